# SPDX-License-Identifier: Apache-2.0
"""The shipped report formats, one module or folder each; what a format needs is imported when it is written."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from parcheck.hookspecs import hookimpl
from parcheck.reporting import Depth, ReportFormat
from parcheck_plugins.reports.later import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from parcheck.catalogue import Catalogue
    from parcheck.judging.decisions import WrittenDecisions
    from parcheck.model import Report


def _screen(report: Report, catalogue: Catalogue, language: str, stream: Any, depth: Depth = Depth.UNIT) -> None:
    from parcheck.reporting.screen import write_screen

    write_screen(report, catalogue, language, stream, depth)


def _json(report: Report, catalogue: Catalogue, language: str, stream: Any) -> None:
    from parcheck.reporting.as_json import write_json

    write_json(report, catalogue, language, stream)


def _html(report: Report, catalogue: Catalogue, language: str, stream: Any) -> None:
    from parcheck_plugins.reports.html import write_html

    write_html(report, catalogue, language, stream)


def _html_folder(report: Report, catalogue: Catalogue, language: str, folder: Path) -> None:
    from parcheck_plugins.reports.html import write_html_folder

    write_html_folder(report, catalogue, language, folder)


@hookimpl
def parcheck_reports() -> Iterable[ReportFormat]:
    """Name the formats for a screen, for a browser and for other programs."""
    return [
        ReportFormat("text", _screen, depths={depth: partial(_screen, depth=depth) for depth in Depth}),
        ReportFormat("json", _json, ".json"),
        ReportFormat("html", _html, ".html", write_folder=_html_folder),
        *FORMATS,
    ]


@hookimpl
def parcheck_decisions(path: Path, catalogue: Catalogue) -> WrittenDecisions | None:
    """Read decisions from the workbook that appraisers worked in."""
    from parcheck_plugins.reports.workbook.reading_back import decisions_of

    return decisions_of(path, catalogue)
