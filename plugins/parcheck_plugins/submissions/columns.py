# SPDX-License-Identifier: Apache-2.0
"""Which column of a self-assessment holds what, told by its heading; and its rows, put together again."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from parcheck.reading.grids import EMPTY
from parcheck.submission.filing import code_in
from parcheck_plugins.letterhead.folding import clean, key
from parcheck_plugins.letterhead.grammar import find_symbols

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from parcheck.reading.grids import Cell, Grid

_ROLES: Final = (
    # The first that fits counts; keys are folded: no marks, no spaces, capitals.
    ("ignored", r"THAMDINH|HOIDONG|DIEMDATDUOC|DIEMCHINHTHUC|CHENHLECH|PHUCTRA|KETQUACHAMCUA|COQUANTHEODOI"),
    ("ignored", r"CACHTINH|CACHCHAM|CACHXACDINH|HUONGDAN|PHUONGPHAP|CONGTHUC|DONVITHUCHIEN|CHUTRI|PHUTRACH|THOIHAN"),
    ("claimed", r"TUDANHGIA|TUCHAM|TUCHODIEM|DIEMTU|DONVICHAM|DIEMDONVI|DIEMCUADONVI|DIEMDIAPHUONG"),
    ("maximum", r"DIEMCHUAN|DIEMTOIDA|THANGDIEM|MUCDIEM|DIEMQUYDINH|DIEMTHANHPHAN|^DIEM$|SODIEM"),
    ("asked", r"(?=.*(?:TAILIEU|KIEMCHUNG|MINHCHUNG|TLKC|HOSO)).*(?:YEUCAU|CANCO|PHAICO|THEOQUYDINH)"),
    ("evidence", r"KIEMCHUNG|TLKC|MINHCHUNG|VANBANCHUNGMINH|CANCUCHAM|TAILIEU"),
    ("explanation", r"GIAITRINH|THUYETMINH|DIENGIAI|LYDO|LIDO"),
    ("note", r"GHICHU"),
    ("result", r"KETQUATHUCHIEN|KETQUADATDUOC|SOLIEU|^KETQUA|NOIDUNGTHUCHIEN|TINHHINHTHUCHIEN|DANHGIAKETQUA"),
    ("code", r"^S?TT$|^SOTT|^SOTHUTU|^MA(?:SO)?(?:TC|TIEUCHI|TCTP)?$|^TTTC|^KYHIEU(?:TC|TIEUCHI)?$"),
    ("name", r"LINHVUC|TIEUCHI|TCTP|NOIDUNG|CHISO|CHITIEU|TENTC"),
)
_TOTAL: Final = re.compile(r"^(?:TONG|CONG|TONGSODIEM|CONGDIEM|(?:TONGDIEM|TONGCONG)[A-Z]{0,30})\d*$")
_LONGEST_HEADING: Final = 220
_LOOK_DOWN: Final = 40
"""A heading begins within so many rows of a table."""
OWN: Final = ("result", "evidence", "explanation", "note")
"""Columns that the unit fills with words, in the order in which they are read."""


@dataclass(slots=True)
class RawRow:
    """One row as written."""

    code: str = ""
    name: str = ""
    claimed: str = ""
    maximum: str = ""
    words: dict[str, list[str]] = field(default_factory=dict)
    """Role of `OWN` to the texts of its cells, in order."""
    has_evidence_column: bool = True


def role_of(heading: str) -> str | None:
    """Return what a column of this heading holds: "code", "name", "maximum", "claimed", "evidence", …"""
    folded = key(heading)
    if not folded or len(heading) > _LONGEST_HEADING:
        return None
    for role, pattern in _ROLES:
        if re.search(pattern, folded):
            return role
    return None


def _roles(rows: Sequence[Sequence[Cell]]) -> dict[int, str]:
    """Return column → role of a heading of one or two rows."""
    width = max(map(len, rows))
    roles: dict[int, str] = {}
    for column in range(width):
        cells = [row[column] for row in rows if column < len(row)]
        texts = [cell.text for index, cell in enumerate(cells) if cell not in cells[:index]]
        lower = role_of(texts[-1]) if texts else None
        # The lower row tells more than the one that spans it ("Điểm" over "Điểm chuẩn", "Điểm tự đánh giá").
        role = lower or role_of(" ".join(texts))
        if role:
            roles[column] = role
    return roles


def _good(roles: dict[int, str]) -> bool:
    # The set itself and its guide have such tables too; only a self-assessment has a column for the unit's own points.
    found = set(roles.values())
    return {"name", "claimed"} <= found and len(found) >= 3


def heading_of(grid: Grid) -> tuple[int, dict[int, str]] | None:
    """Return (row behind the heading, column → role) of a self-assessment's table, or None for any other table."""
    for at in range(min(len(grid.rows), _LOOK_DOWN)):
        if not _is_heading(grid.rows[at]):
            continue
        roles = _roles(grid.rows[at : at + 1])
        height = 1
        if _continues_heading(grid.rows, at, roles):
            roles, height = _roles(grid.rows[at : at + 2]), 2
        if _good(roles):
            return at + height, _with_evidence(_single(roles), grid.rows[at + height :])
    return None


def _continues_heading(rows: Sequence[Sequence[Cell]], at: int, roles: dict[int, str]) -> bool:
    """Tell a heading of two rows: the second has headings of its own, and under the names' column nothing new."""
    if at + 1 >= len(rows) or not _is_heading(rows[at + 1]):
        return False
    below = {
        column
        for column, role in _roles(rows[at + 1 : at + 2]).items()
        if role != "name" and _at(rows[at + 1], column) is not _at(rows[at], column)
    }
    names = [column for column, role in roles.items() if role == "name"]
    quiet = all(not _at(rows[at + 1], c).text or _at(rows[at + 1], c) is _at(rows[at], c) for c in names)
    return bool(below) and quiet


def _with_evidence(roles: dict[int, str], rows: Sequence[Sequence[Cell]]) -> dict[int, str]:
    """Take a column headed "documents asked for" for the unit's own where there is no other and it cites numbers."""
    if "evidence" in roles.values():
        return roles
    return {
        column: "evidence" if role == "asked" and any(find_symbols(_at(row, column).text) for row in rows) else role
        for column, role in roles.items()
    }


def _is_heading(row: Sequence[Cell]) -> bool:
    """Tell a row of headings from a row of data: no cell is a number, a code or long text."""
    texts = [cell.text.strip() for cell in row if cell.text.strip()]
    return bool(texts) and not any(re.fullmatch(r"[\d.,]+", text) or len(text) > _LONGEST_HEADING for text in texts)


def _single(roles: dict[int, str]) -> dict[int, str]:
    """Keep one column for code, name and claim: the first, for merged headings cover several."""
    seen: set[str] = set()
    kept = {}
    for column, role in sorted(roles.items()):
        if role in ("code", "name", "claimed", "maximum") and role in seen:
            continue
        seen.add(role)
        kept[column] = role
    return kept


def read_rows(grids: Iterable[Grid]) -> list[RawRow]:
    """Return the rows of all tables that belong to a self-assessment; a table without a heading goes on with the
    columns of the one before it, when it is as wide."""
    rows: list[RawRow] = []
    columns: dict[int, str] = {}
    width = 0
    for grid in grids:
        heading = heading_of(grid)
        if heading:
            first, columns = heading
            width = max(map(len, grid.rows))
        elif columns and grid.rows and max(map(len, grid.rows)) == width and _goes_on(grid, columns):
            first = 0
        else:
            continue
        _collect(grid.rows[first:], columns, rows)
    return rows


def _goes_on(grid: Grid, columns: dict[int, str]) -> bool:
    codes = [row.code for row in _raw_rows(grid.rows, columns) if row.code]
    return bool(codes) and all(code_in(code) for code in codes)


def _collect(table: Sequence[Sequence[Cell]], columns: dict[int, str], rows: list[RawRow]) -> None:
    code_column = next((column for column, role in columns.items() if role == "code"), None)
    name_column = next(column for column, role in columns.items() if role == "name")
    before: Sequence[Cell] = ()
    for cells, raw in zip(table, _raw_rows(table, columns), strict=True):
        if _repeats_heading(cells, columns) or _counts_columns(cells) or _TOTAL.match(key(raw.name)):
            continue
        keys = [column for column in (code_column, name_column) if column is not None]
        merged = [_at(cells, column) is _at(before, column) for column in keys]
        continues = bool(before) and any(merged) and _at(cells, name_column) is not EMPTY and bool(raw.name)
        blank = not raw.code and not raw.name
        if rows and (blank or (continues and all(merged))):
            _append(rows[-1], raw, cells, before, columns)
        elif raw.code or raw.name:
            rows.append(raw)
        before = cells


def _append(row: RawRow, more: RawRow, cells: Sequence[Cell], before: Sequence[Cell], columns: dict[int, str]) -> None:
    """Add the cells of a row that goes on from the one before it."""
    row.claimed = row.claimed or more.claimed
    for column, role in columns.items():
        cell = _at(cells, column)
        if role in OWN and cell.text and cell is not _at(before, column):
            row.words.setdefault(role, []).append(cell.text)


def _raw_rows(table: Sequence[Sequence[Cell]], columns: dict[int, str]) -> Iterator[RawRow]:
    has_evidence = bool({"evidence", "result", "explanation"} & set(columns.values()))
    for cells in table:
        raw = RawRow(has_evidence_column=has_evidence)
        taken: list[Cell] = []
        for column, role in columns.items():
            cell = _at(cells, column)
            if any(cell is other for other in taken) and cell is not EMPTY:
                continue
            taken.append(cell)
            text = cell.text.strip()
            if role == "code":
                raw.code = clean(text)
            elif role == "name":
                raw.name = clean(text)
            elif role == "claimed":
                raw.claimed = clean(text)
            elif role == "maximum":
                raw.maximum = clean(text)
            elif role in OWN and text:
                raw.words.setdefault(role, []).append(text)
        yield raw


def _at(cells: Sequence[Cell], column: int) -> Cell:
    return cells[column] if column < len(cells) else EMPTY


def _repeats_heading(cells: Sequence[Cell], columns: dict[int, str]) -> bool:
    same = sum(role_of(_at(cells, column).text) == role for column, role in columns.items())
    return same >= 3 and same * 2 > len(columns) and _is_heading(cells)


def _counts_columns(cells: Sequence[Cell]) -> bool:
    """Tell the row under a heading that numbers the columns: "(1) (2) (3)", "A B 1 2=1x2"."""
    texts = [cell.text.strip().strip("()[]") for cell in cells if cell.text.strip()]
    short = [text for text in texts if re.fullmatch(r"[A-Z]|\d{1,2}(?:\s?=.*)?", text)]
    numbers = [int(text) for text in texts if text.isdecimal()]
    return len(texts) > 2 and len(short) == len(texts) and numbers == sorted(numbers) and len(numbers) >= len(texts) - 2
