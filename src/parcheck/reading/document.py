# SPDX-License-Identifier: Apache-2.0
"""What a format plugin makes of a file: pages of positioned lines, whatever the format."""

from __future__ import annotations

import abc
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from parcheck.model import Source

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from parcheck.model import Box, Reason


@dataclass(frozen=True, slots=True)
class Line:
    """A run of words on one line, cut where a gap shows that another column begins.

    `text` is NFC, without line breaks; "Ð" U+00D0 is "Đ"; line-end U+FFFE and soft hyphens are "-" or gone.
    """

    text: str
    page: int
    """1-based."""
    box: Box
    """Points, origin top left. Word files get a synthetic page 595 points wide that keeps columns and order."""
    source: Source = Source.TEXT
    size: float | None = None
    """Font size in points, where known."""
    bold: bool | None = None
    italic: bool | None = None


class Document(abc.ABC):
    """An opened file. Closed by the reading pipeline; use as a context manager elsewhere.

    Lives in the worker process. Methods may raise any exception: the pipeline turns it into a finding.
    """

    path: Path
    media_type: str
    page_count: int
    """Number of pages; 1 for formats without pages."""
    paged: bool = True
    """False where pages are not those a person sees (Word): findings then name no page."""

    @abc.abstractmethod
    def text(self, page: int) -> str:
        """Return the page's plain text (NFC), lines separated by "\\n", in no promised order. Cheap."""

    @abc.abstractmethod
    def lines(self, page: int) -> Sequence[Line]:
        """Return the page's lines sorted by top, then left, stamps merged in by position."""

    def unread(self, page: int) -> Reason | None:  # noqa: ARG002 - for those that override it
        """Return why this page's text cannot be trusted (scan, garbage layer), or None when it can."""
        return None

    @abc.abstractmethod
    def close(self) -> None:
        """Release the file."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
