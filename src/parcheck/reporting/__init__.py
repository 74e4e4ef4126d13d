# SPDX-License-Identifier: Apache-2.0
"""One file per format; each is told the report and the words, and writes to a stream."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from parcheck.catalogue import Catalogue
    from parcheck.model import Report

    Write = Callable[[Report, Catalogue, str, IO[Any]], None]
    WriteFolder = Callable[[Report, Catalogue, str, Path], None]


class Depth(enum.Enum):
    """How much a report says, and to whom."""

    UNIT = "unit"
    """What to mend."""
    APPRAISER = "appraiser"
    """All that was found, with what it rests on."""
    DEVELOPER = "developer"
    """That, with codes, names of facts, places, digests and versions."""


@dataclass(frozen=True, slots=True)
class ReportFormat:
    """A report format: the name that `--format` takes and what writes it.

    `write(report, catalogue, language, stream)` writes the whole report to one stream; language is "vi" or "en". It
    goes through `report.submissions` one by one and keeps none: of a batch, each is loaded from disk when asked for.
    What opens files again goes by `report.plugins` (see the hook `parcheck_reports`).
    """

    name: str
    write: Write
    extension: str = ".txt"
    binary: bool = False
    """Whether the stream takes bytes."""
    write_folder: WriteFolder | None = None
    """`write_folder(report, catalogue, language, folder)`: writes several files into an existing folder, for formats
    that are better so ("index.html" and a page per unit); without it, a folder gets one file "report" + extension."""
    depths: Mapping[Depth, Write] = field(default_factory=dict)
    """What writes it when `--depth` asks for one of these, for formats that say more or less; `write` is for none."""
