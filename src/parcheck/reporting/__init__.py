# SPDX-License-Identifier: Apache-2.0
"""One file per format; each is told the report and the words, and writes to a stream."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable

    from parcheck.catalogue import Catalogue
    from parcheck.model import Report

    Write = Callable[[Report, Catalogue, str, TextIO], None]


@dataclass(frozen=True, slots=True)
class ReportFormat:
    """A report format: the name that `--format` takes and the function that writes it.

    `write(report, catalogue, language, stream)` writes text; language is "vi" or "en".
    """

    name: str
    write: Write
    extension: str = ".txt"
