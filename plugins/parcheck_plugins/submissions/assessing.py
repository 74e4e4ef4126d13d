# SPDX-License-Identifier: Apache-2.0
"""A Word file or workbook as the unit's self-assessment: its rows, and what its head says of unit and year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from parcheck.submission.sheet import SheetRow
from parcheck_plugins.letterhead.folding import clean, normalise
from parcheck_plugins.submissions.bodies import body_at
from parcheck_plugins.submissions.citing import find_citations, joined_lines
from parcheck_plugins.submissions.columns import OWN, heading_of, read_rows
from parcheck_plugins.submissions.counts import counts_that_differ
from parcheck_plugins.submissions.naming import named_documents
from parcheck_plugins.submissions.remarks import attached, explanation, former_names, shares

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from parcheck.reading.grids import Grid
    from parcheck_plugins.submissions.columns import RawRow

_NUMBER: Final = re.compile(r"(\d{1,3})(?:[.,](\d{1,3}))?(?!\d)")
_TITLE: Final = re.compile(r"tự (?:đánh giá|chấm)|chấm điểm|chỉ số cải cách hành chính|chỉ số CCHC", re.IGNORECASE)
_YEAR: Final = re.compile(r"năm\s+(?:đánh giá\s+)?(20\d\d)(?!\d)", re.IGNORECASE)
_OF: Final = re.compile(r"(?<!\w)của\s+", re.IGNORECASE)
_TITLE_LINES: Final = 4


@dataclass(frozen=True, slots=True)
class Assessment:
    """What one file says."""

    rows: tuple[SheetRow, ...]
    unit: str | None
    year: int | None
    former: tuple[str, ...]
    """Names of predecessors."""


def assessed(grids: Sequence[Grid], shown: str) -> Assessment | None:
    """Return the self-assessment in the tables of a file, or None when none of them has the headings of one.

    Args:
        grids: the tables of a Word file or workbook.
        shown: its path relative to the submission.
    """
    if not any(heading_of(grid) for grid in grids):
        return None
    raw = read_rows(grids)
    head = [normalise(line) for line in _head_lines(grids)]
    rows = tuple(_row(each, shown) for each in raw)
    former = dict.fromkeys(name for row in rows for name in former_names(row.said))
    unit, year = _title(head)
    return Assessment(rows, unit, year, tuple(former))


def _head_lines(grids: Iterable[Grid]) -> Iterable[str]:
    """Yield the lines above the table, and in a workbook those above its heading row."""
    for grid in grids:
        yield from grid.before
        heading = heading_of(grid)
        for row in grid.rows[: heading[0] - 1] if heading else ():
            yield from dict.fromkeys(cell.text for cell in row if cell.text)
        if heading:
            return


def _row(raw: RawRow, shown: str) -> SheetRow:
    # Words written twice (a cell merged over several columns) are read once.
    own = [normalise(text) for role in OWN for text in raw.words.get(role, ())]
    said = joined_lines("\n".join(dict.fromkeys(own)))
    found = find_citations(said)
    proof, vague = named_documents(said, found)
    reasons = [explanation(said, found)]
    if given := " ".join(clean(text) for text in raw.words.get("explanation", ())):
        reasons.append(given)
    return SheetRow(
        code=raw.code,
        name=raw.name,
        claimed=number(raw.claimed),
        said=said,
        cited=(*(each.cited for each in found), *proof),
        named=vague,
        attached=attached(said, found),
        explanation="\n".join(filter(None, reasons)) or None,
        shares=shares(said),
        counts=counts_that_differ(said, found),
        maximum=_whole_number(raw.maximum),
        sheet=shown,
        has_evidence_column=raw.has_evidence_column,
    )


def _whole_number(text: str) -> float | None:
    """Return the points in a cell that holds nothing else."""
    return number(text) if re.fullmatch(r"\s*\d{1,3}(?:[.,]\d{1,3})?(?:\s*điểm)?\s*", text) else None


def number(text: str) -> float | None:
    """Return the points in a cell: "1,5", "0.25", "1,50 điểm", "1,5/2"; None for "-", "x", or nothing."""
    match = _NUMBER.match(text.strip())
    return float(f"{match[1]}.{match[2] or 0}") if match else None


def _title(lines: list[str]) -> tuple[str | None, int | None]:
    """Return (unit, year) as the title above the table names them: "… NĂM 2025 CỦA ỦY BAN NHÂN DÂN TỈNH A"."""
    lines = [clean(line) for line in lines if line.strip()]
    unit: str | None = None
    year: int | None = None
    for index, line in enumerate(lines):
        if not _TITLE.search(line):
            continue
        title = " ".join(lines[index : index + _TITLE_LINES])
        if year is None and (named := _YEAR.search(title)):
            year = int(named[1])
        for of in _OF.finditer(title):
            body = body_at(title, of.end(), any_case=True)
            if unit is None and body and len(body.name.split()) > 1:
                unit = body.name
        if unit and year:
            break
    return unit, year
