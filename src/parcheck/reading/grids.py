# SPDX-License-Identifier: Apache-2.0
"""Tables as values: grids of cells, merged ones known as such, whatever file they came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final


@dataclass(slots=True)
class Cell:
    """One cell; a merged one stands at every place that it covers, as the same object."""

    text: str
    """Its paragraphs, one a line; lines that only wrap are joined."""
    flows_on: bool = False
    """Whether its last line is full, so that a paragraph may go on in the same column of the next page."""


EMPTY: Final = Cell("")


@dataclass(slots=True)
class Grid:
    """One table, or the part of one that stands on one page."""

    rows: list[list[Cell]] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    """Lines of text that stand above it, since the table before."""
    page: int | None = None
    """1-based; None where the format has no pages."""
    sheet: str | None = None
    """Name of the worksheet it is."""
    columns: tuple[float, ...] = ()
    """Where its columns begin and the last one ends, in points; empty where the format does not say."""


@dataclass(slots=True)
class Tables:
    """All tables of one file, in order."""

    grids: list[Grid] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    """Lines of text below the last table."""
    unread: tuple[int, ...] = ()
    """Pages that are pictures only, so that nothing of them was read."""
