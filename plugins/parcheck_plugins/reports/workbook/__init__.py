# SPDX-License-Identifier: Apache-2.0
"""The workbook for appraisers (XLSX): units, rows, findings, documents, what comes up most, how to read it.

Rows go to disk as they are written, and submissions are loaded one by one: memory does not grow with their number.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from parcheck.catalogue import Catalogue
    from parcheck.model import Report


def write_xlsx(report: Report, catalogue: Catalogue, language: str, stream: IO[bytes]) -> None:
    """Write the workbook."""
    from parcheck.reporting.summary import summarise
    from parcheck_plugins.reports.workbook.book import Book
    from parcheck_plugins.reports.workbook.deciding import PACK_PROPERTY
    from parcheck_plugins.reports.workbook.sheets import Details, write_most, write_notes, write_summary

    summary = summarise(report)
    started, properties = str(report.run.get("started") or ""), {PACK_PROPERTY: report.pack_id}
    with Book(stream, catalogue, language, started, properties) as book:
        overview = book.sheet("summary")
        details = Details(book)
        for number, submission in enumerate(report.submissions):
            details.add(number, submission)
        details.end(report)
        write_summary(overview, report, summary, details.totals)
        write_most(book, summary)
        write_notes(book, report)
