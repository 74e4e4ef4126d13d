# SPDX-License-Identifier: Apache-2.0
"""One file per format; each is told the report and the words, and writes to a stream."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from parcheck.catalogue import Catalogue
    from parcheck.model import Report

    Write = Callable[[Report, Catalogue, str, IO[Any]], None]
    WriteFolder = Callable[[Report, Catalogue, str, Path], None]


@dataclass(frozen=True, slots=True)
class ReportFormat:
    """A report format: the name that `--format` takes and what writes it.

    `write(report, catalogue, language, stream)` writes the whole report to one stream; language is "vi" or "en". It
    goes through `report.submissions` one by one and keeps none: of a batch, each is loaded from disk when asked for.
    """

    name: str
    write: Write
    extension: str = ".txt"
    binary: bool = False
    """Whether the stream takes bytes."""
    write_folder: WriteFolder | None = None
    """`write_folder(report, catalogue, language, folder)`: writes several files into an existing folder, for formats
    that are better so ("index.html" and a page per unit); without it, a folder gets one file "report" + extension."""
