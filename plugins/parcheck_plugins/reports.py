# SPDX-License-Identifier: Apache-2.0
"""The shipped report formats."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from parcheck.hookspecs import hookimpl
from parcheck.reporting import ReportFormat

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parcheck.catalogue import Catalogue
    from parcheck.model import Report


def _screen(report: Report, catalogue: Catalogue, language: str, stream: TextIO) -> None:
    from parcheck.reporting.screen import write_screen

    write_screen(report, catalogue, language, stream)


def _json(report: Report, catalogue: Catalogue, language: str, stream: TextIO) -> None:
    from parcheck.reporting.as_json import write_json

    write_json(report, catalogue, language, stream)


@hookimpl
def parcheck_reports() -> Iterable[ReportFormat]:
    """Name the formats for a screen and for other programs."""
    return [ReportFormat("text", _screen), ReportFormat("json", _json, ".json")]
