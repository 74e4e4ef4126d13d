# SPDX-License-Identifier: Apache-2.0
"""What each column of a table holds, told by its heading: the code, the name, the points, the evidence, …"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from parcheck.reading.grids import EMPTY
from parcheck.submission.comparing import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcheck.reading.grids import Cell, Grid

# Over folded words (small, no marks). Of the patterns that fit, the one that fits first in the heading counts.
_ROLES: Final = tuple(
    (role, re.compile(pattern))
    for role, pattern in (
        ("code", r"^(?:s?tt|so tt|so thu tu|ma|ma so|ma (?:tieu chi|tc|so tc|tctp|chi so)|ky hieu|muc|tt tc|s t t)$"),
        ("survey", r"dieu tra|d ?t ?xhh|khao sat|\bxhh\b|xa hoi hoc"),
        ("method", r"(?:phuong thuc|hinh thuc|phuong phap|cach thuc|nguon) (?:danh gia|cham|xac dinh)|^phuong thuc$"),
        ("authority", r"tham dinh|hoi dong|bnv|bo noi vu|so noi vu|phuc tra|co quan cham"),
        ("claimed", r"tu danh gia|tu cham|diem tu|tu cho diem|don vi cham|diem (?:cua )?(?:don vi|dia phuong)"),
        ("rank", r"xep hang|thu hang|xep loai|^hang$"),
        ("share", r"^ty le|trong so|^chi so$"),
        ("reached", r"dat duoc|thuc te|ket qua|^diem danh gia$|nam 20\d\d|^20\d\d$"),
        ("points", r"diem (?:toi da|chuan|quy dinh|thanh phan|tc)|thang diem|muc diem|^diem(?: so)?$|so diem|toi da"),
        (
            "scoring",
            r"cach (?:tinh|cham|xac dinh|danh gia|thuc)|huong dan|cong thuc|phuong phap|noi dung cham|dien giai",
        ),
        ("evidence", r"kiem chung|tlkc|minh chung|tai lieu|ho so|van ban chung minh|can cu (?:cham|danh gia|xac dinh)"),
        ("explanation", r"giai trinh|thuyet minh"),
        (
            "owner",
            r"(?:(?:don vi|co quan|bo phan) )?(?:chu tri|phu trach|theo doi|trach nhiem)|(?:don vi|co quan) thuc hien",
        ),
        ("due", r"thoi (?:han|gian|diem)"),
        ("note", r"ghi chu"),
        ("unit", r"^(?:ten )?(?:don vi|co quan|dia phuong|tinh|xa|phuong|so)\b|ten don vi"),
        ("name", r"linh vuc|tieu chi|\btctp\b|\btc\b|noi dung|chi so|chi tieu|tieu chuan|yeu cau"),
    )
)
_PROOF: Final = re.compile(r"kiem chung|minh chung|tlkc")
_LISTS: Final = re.compile(r"linh vuc|tieu chi|\btctp\b|\btc\b|chi so|chi tieu")
_MAXIMUM: Final = re.compile(r"toi da|diem chuan|thang diem|co cau|phan bo|quy dinh")
_LONGEST: Final = 220
_LONGEST_PART: Final = 60
_LOOK_DOWN: Final = 40
"""A heading begins within so many rows of a table."""
_HIGHEST: Final = 3
SINGLE: Final = frozenset({"code", "name", "points"})


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a table of criteria, or of one that looks like it."""

    top: int
    """First row of the heading."""
    behind: int
    """First row behind it."""
    roles: tuple[tuple[int, str], ...]
    """(column, what it holds), from left to right."""
    texts: tuple[str, ...]
    """Folded heading of every column."""
    maxima: frozenset[int] = frozenset()
    """Columns of methods that stand under a heading for the maximum: they split it up, and are no results."""

    def columns(self, role: str) -> list[int]:
        """Return the columns of a role."""
        return [column for column, name in self.roles if name == role]

    @property
    def of_criteria(self) -> bool:
        """Whether the table may list criteria: it has names, and what is asked of them or given for them."""
        found = {role for _, role in self.roles}
        if "name" not in found:
            return False
        named = any(re.search(r"tieu chi|linh vuc", self.texts[column]) for column in self.columns("name"))
        # Forms to fill in have names and documents too; only a set numbers its rows, or calls them criteria.
        told = bool(found & {"points", "scoring"}) or bool(self.maxima)
        return told or ("code" in found and (named or "evidence" in found)) or (named and "evidence" in found)


def role_of(heading: str) -> str | None:
    """Return what a column of this heading holds; None where it says nothing known."""
    words = folded(heading)
    if not words or len(heading) > _LONGEST:
        return None
    found = [(match.start(), order, role) for order, (role, p) in enumerate(_ROLES) if (match := p.search(words))]
    if not found:
        return None
    first = min(found)[2]
    if _PROOF.search(words) and first != "code" and not (first == "name" and _LISTS.search(words)):
        return "evidence"
    return first


def at(row: Sequence[Cell], column: int) -> Cell:
    """Return a cell of a row that may be shorter than others."""
    return row[column] if column < len(row) else EMPTY


def find_heading(grid: Grid) -> Heading | None:
    """Return the best heading among the first rows of a table: the first that names criteria, else the fullest."""
    best: Heading | None = None
    for top in range(min(len(grid.rows), _LOOK_DOWN)):
        if not _is_heading(grid.rows[top]):
            continue
        heading = _heading(grid, top)
        if heading.of_criteria:
            return heading
        if len(heading.roles) > 1 and (best is None or len(heading.roles) > len(best.roles)):
            best = heading
    return best


def _heading(grid: Grid, top: int) -> Heading:
    height = 1
    while height < _HIGHEST and _goes_on(grid, top, height):
        height += 1
    rows = grid.rows[top : top + height]
    width = max(map(len, rows))
    roles: dict[int, str] = {}
    texts: list[str] = []
    maxima: set[int] = set()
    for column in range(width):
        cells = [at(row, column) for row in rows]
        words = [cell.text for index, cell in enumerate(cells) if not any(cell is other for other in cells[:index])]
        words = [text for text in words if text.strip()]
        texts.append(folded(" ".join(words)))
        role = (role_of(words[-1]) if words else None) or role_of(" ".join(words))
        if role:
            roles[column] = role
        if role in ("survey", "claimed", "authority") and _MAXIMUM.search(folded(" ".join(words[:-1]))):
            maxima.add(column)
    roles = _settled(roles, texts, rows)
    return Heading(top, top + height, tuple(sorted(roles.items())), tuple(texts), frozenset(maxima))


def _settled(roles: dict[int, str], texts: Sequence[str], rows: Sequence[Sequence[Cell]]) -> dict[int, str]:
    """Let each role be what it can be in one table: one column of names, a share or index is no name beside one."""
    names = [column for column, role in roles.items() if role == "name"]
    if not names:
        # "Chỉ số" heads the names where nothing else does.
        names = [column for column, role in roles.items() if role == "share" and texts[column] == "chi so"][:1]
        roles |= dict.fromkeys(names, "name")
    telling = [c for c in names if re.search(r"linh vuc|tieu chi|\btctp\b|\btc\b|noi dung|chi so", texts[c])] or names
    wide = max(telling, key=lambda c: (sum(at(rows[-1], c) is cell for cell in rows[-1]), -c), default=None)
    for column in names:
        if column not in telling[:1] and not any(at(row, column) is at(row, telling[0]) for row in rows):
            roles[column] = "scoring" if column > telling[0] and "yeu cau" in texts[column] else "more"
    if wide is not None:
        roles[telling[0]] = "name"
    points = [column for column, role in roles.items() if role == "points"]
    best = [c for c in points if re.search(r"toi da|chuan|quy dinh|thang", texts[c])] or points
    for column in points:
        if column != best[0]:
            roles[column] = "share"
    return roles


def _is_heading(row: Sequence[Cell]) -> bool:
    """Tell a row of headings from a row of data: no cell is a number, or long text."""
    texts = [cell.text.strip() for cell in row if cell.text.strip()]
    return bool(texts) and not any(re.fullmatch(r"[\d.,]+", text) or len(text) > _LONGEST for text in texts)


def _goes_on(grid: Grid, top: int, height: int) -> bool:
    """Tell whether the next row still belongs to the heading: it splits up columns that the row above spans."""
    if top + height >= len(grid.rows) or not _is_heading(grid.rows[top + height]):
        return False
    above, row = grid.rows[top + height - 1], grid.rows[top + height]
    fresh = [c for c in range(len(row)) if row[c].text.strip() and row[c] is not at(above, c)]
    return all(_spanned(above, c) and len(row[c].text) <= _LONGEST_PART for c in fresh) and any(
        role_of(row[c].text) for c in fresh
    )


def _spanned(above: Sequence[Cell], column: int) -> bool:
    """Tell a column below a heading over several: merged, or with nothing written over those beside it."""
    cell = at(above, column)
    if not cell.text.strip():
        return any(at(above, left).text.strip() for left in range(column))
    beside = [at(above, column + 1)] if column + 1 < len(above) else []
    if column:
        beside.append(above[column - 1])
    return any(other is cell for other in beside) or (column + 1 < len(above) and not beside[0].text.strip())


def repeats(heading: Heading, row: Sequence[Cell]) -> bool:
    """Tell whether a row repeats the heading, as on top of every page."""
    shown = [(folded(at(row, column).text), heading.texts[column]) for column in range(len(heading.texts))]
    filled = [(text, head) for text, head in shown if text]
    same = sum(text in head for text, head in filled)
    return len(filled) >= 2 and same * 3 >= len(filled) * 2 and same >= 2


def numbers_columns(row: Sequence[Cell]) -> bool:
    """Tell the row under a heading that numbers the columns: "(1) (2) (3)", "A B 1 2=1x2"."""
    texts = [text for cell in row if (text := cell.text.strip().strip("()[]"))]
    if len(texts) < 3 or not all(re.fullmatch(r"[A-Z]|\d{1,2}(?:\s?=.*)?", text) for text in texts):
        return False
    numbers = [int(text) for text in texts if text.isdecimal()]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else True
