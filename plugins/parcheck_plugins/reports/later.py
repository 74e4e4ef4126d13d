# SPDX-License-Identifier: Apache-2.0
"""The formats for tables, pipelines and the record; each module is imported when its format is written."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from parcheck.reporting import ReportFormat

if TYPE_CHECKING:
    from collections.abc import Callable

    from parcheck.catalogue import Catalogue
    from parcheck.model import Report


def _later(module: str, function: str) -> Callable[[Report, Catalogue, str, Any], None]:
    def write(report: Report, catalogue: Catalogue, language: str, target: Any) -> None:
        writer = getattr(importlib.import_module(f"{__package__}.{module}"), function)
        writer(report, catalogue, language, target)

    return write


FORMATS = (
    ReportFormat("xlsx", _later("workbook", "write_xlsx"), ".xlsx", binary=True),
    ReportFormat("csv", _later("as_csv", "write_csv"), ".csv"),
    ReportFormat("jsonl", _later("jsonl", "write_jsonl"), ".jsonl"),
    ReportFormat("junit", _later("junit", "write_junit"), ".xml"),
    ReportFormat(
        "minutes",
        _later("minutes", "write_minutes"),
        ".docx",
        binary=True,
        write_folder=_later("minutes", "write_minutes_folder"),
    ),
    ReportFormat(
        "sheet-back",
        _later("given_back", "write_given_back"),
        "/",
        binary=True,
        write_folder=_later("given_back", "write_given_back_folder"),
    ),
)
