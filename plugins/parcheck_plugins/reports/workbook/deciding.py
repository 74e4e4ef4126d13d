# SPDX-License-Identifier: Apache-2.0
"""The columns of the sheet of findings in which an appraiser decides, and those by which a decision finds its finding.

`reading_back` reads them again. Decisions that hold already stand in them, so that a workbook written by a check with
decisions can be worked on in the place of the one before.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Final

from parcheck.model import Action, Outcome
from parcheck_plugins.reports.workbook.book import OUTCOME_COLOURS, Column, Look

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from parcheck_plugins.reports.flat import FindingRow, Flat
    from parcheck_plugins.reports.workbook.book import Sheet

DECISION: Final = (
    Column("decision", 18, Look.ENTRY, printed=False),
    Column("decision-reason", 34, Look.ENTRY, printed=False),
    Column("decision-who", 24, Look.ENTRY, printed=False),
    Column("decision-when", 15, Look.ENTRY_DAY, printed=False),
    Column("decision-until", 18, Look.ENTRY_DAY, printed=False),
)
NAMING: Final = (
    Column("path", 20, printed=False),
    Column("requirement-id", 18, Look.TEXT, printed=False),
    Column("fingerprint", 24, Look.TEXT, printed=False),
)
PACK_PROPERTY: Final = "parcheck-pack"
"""The file's property that says which rule set its codes are of."""
_SHORTEST_DAY: Final = 8
_LONGEST_DAY: Final = 10


def decision_cells(row: FindingRow, flat: Flat) -> tuple[str, ...]:
    """Return the cells of `DECISION`: the decision that holds, else empty ones."""
    decided = row.decided
    if decided is None:
        return ("",) * len(DECISION)
    word = flat.term("actions", decided.action.value)
    return (word, decided.reason, decided.who, _day(decided.when), _day(decided.until))


def naming_cells(row: FindingRow, flat: Flat) -> tuple[str, ...]:
    """Return the cells of `NAMING`; none for what is about no unit, for nothing can be decided on it."""
    path = flat.submission.path
    return (path, row.requirement_id, row.fingerprint) if path else ("",) * len(NAMING)


def guide(columns: Sequence[Column]) -> Callable[[Sheet, tuple[int, int]], None]:
    """Return what helps to fill the columns in: a list to choose from, days looked at, what is still to be written."""
    at = {column.key: number for number, column in enumerate(columns)}

    def finish(sheet: Sheet, rows: tuple[int, int]) -> None:
        book = sheet.book
        words = [book.catalogue.term("actions", action.value, book.language) for action in Action]
        told = book.word("decision-list").format(allowed=" / ".join(words))
        choice = {"validate": "list", "source": words, "error_title": book.word("decision"), "error_message": told}
        sheet.allow(rows, at["decision"], choice)
        for key in ("decision-when", "decision-until"):
            # A day that is a number, pasted from elsewhere, is asked about and let pass: it is read as well.
            rule = {"validate": "length", "criteria": "between", "minimum": _SHORTEST_DAY, "maximum": _LONGEST_DAY}
            asked = {
                "error_type": "warning",
                "error_title": book.word("decision"),
                "error_message": book.word("decision-day"),
            }
            sheet.allow(rows, at[key], rule | asked)
        for key in ("decision-reason", "decision-who"):
            decided, cell = (f"${_letter(at[name])}{rows[0] + 1}" for name in ("decision", key))
            formula = f'=AND({decided}<>"",{cell}="")'
            sheet.highlight(rows, at[key], formula, OUTCOME_COLOURS[Outcome.MISSING])

    return finish


def _letter(column: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(column))


def _day(day: str | None) -> str:
    return datetime.date.fromisoformat(day).strftime("%d/%m/%Y") if day else ""
