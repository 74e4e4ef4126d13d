# SPDX-License-Identifier: Apache-2.0
"""The findings as CSV, one row each: UTF-8 with a byte order mark, so that Excel knows it; commas, CRLF (RFC 4180)."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any, Final, TextIO

from parcheck_plugins.reports.flat import Flat, of_run
from parcheck_plugins.reports.harmless import guarded

if TYPE_CHECKING:
    from parcheck.catalogue import Catalogue
    from parcheck.model import Report

COLUMNS: Final = (
    "unit", "path", "period", "criterion", "criterion-name", "requirement", "outcome", "severity", "certainty",
    "file", "page", "seen", "finding", "do-next", "decision", "source", "code",
)  # fmt: skip
"""Keys of the catalogue's terms "workbook", in order; docs/reference/reports.md names them."""
_BYTE_ORDER_MARK: Final = "\ufeff"


def write_csv(report: Report, catalogue: Catalogue, language: str, stream: TextIO) -> None:
    """Write one row per finding, submission by submission; a unit without findings has none."""
    stream.write(_BYTE_ORDER_MARK)
    writer = csv.writer(stream)
    writer.writerow(catalogue.term("workbook", key, language) for key in COLUMNS)
    for submission in report.submissions:
        _write(Flat(submission, catalogue, language), writer)
    _write(of_run(report, catalogue, language), writer)


def _write(flat: Flat, writer: Any) -> None:
    submission = flat.submission
    for row in flat.findings():
        words = (
            flat.unit,
            submission.path,
            submission.period,
            row.criterion,
            row.criterion_name,
            row.requirement,
            flat.term("outcomes", row.outcome.value) if row.outcome else "",
            flat.term("severities", row.severity.value),
            row.certainty,
            row.file,
            str(row.page or ""),
            row.words,
            row.message,
            row.fix,
            row.decision,
            row.source,
            row.code,
        )
        writer.writerow(map(guarded, words))
