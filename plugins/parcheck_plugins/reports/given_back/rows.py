# SPDX-License-Identifier: Apache-2.0
"""Which rows of a self-assessment's tables are about which scored row, so that a verdict can be written beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from parcheck.submission.filing import code_in
from parcheck.submission.settling import code_of
from parcheck.submission.sheet import SheetRow
from parcheck_plugins.letterhead.folding import clean
from parcheck_plugins.submissions.columns import heading_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from parcheck.reading.grids import Cell, Grid


_Table: TypeAlias = "tuple[int, tuple[int, int] | None, dict[str, int]]"
"""Its place among the tables, first row of the heading and the row behind it, role to column."""


@dataclass(frozen=True, slots=True)
class Marked:
    """One table of the self-assessment."""

    grid: int
    """Its place among the tables of the file."""
    heading: tuple[int, int] | None
    """First row of the heading and the row behind it; None where the table goes on from the one before."""
    codes: Mapping[int, str]
    """Row to the code of the scored row whose verdict stands there."""
    heights: Mapping[int, int]
    """Row with a code to how many rows its cells of code and name cover."""


def marked(grids: Sequence[Grid], names: Mapping[str, str]) -> list[Marked]:
    """Return the tables that are part of a self-assessment.

    Args:
        grids: all tables of the file, in order.
        names: code to name of the scored rows that were judged.
    """
    tables: list[_Table] = []
    columns: dict[str, int] = {}
    width = 0
    for number, grid in enumerate(grids):
        found = heading_of(grid)
        if found:
            behind, roles = found
            columns = {role: column for column, role in sorted(roles.items(), reverse=True)}
            width = max(map(len, grid.rows))
            tables.append((number, (behind - _heading_height(grid, behind), behind), columns))
        elif columns and grid.rows and max(map(len, grid.rows)) == width:
            tables.append((number, None, columns))
    places = _places(grids, tables, names)
    result = []
    for number, heading, roles_ in tables:
        codes = {row: code for code, (grid, row) in places.items() if grid == number}
        if heading or codes:
            heights = {row: _height(grids[number], row, roles_) for row in codes}
            result.append(Marked(number, heading, codes, heights))
    return result


def _heading_height(grid: Grid, behind: int) -> int:
    """Return of how many rows a heading is: two where a cell is merged over both."""
    if behind < 2:
        return 1
    upper, lower = grid.rows[behind - 2], grid.rows[behind - 1]
    return 2 if any(one is other and one.text for one, other in zip(upper, lower, strict=False)) else 1


def _places(
    grids: Sequence[Grid],
    tables: Sequence[_Table],
    names: Mapping[str, str],
) -> dict[str, tuple[int, int]]:
    """Return code → (table, row). A row that bears the code itself counts before one that only has the name."""
    written: dict[str, tuple[int, int]] = {}
    named: dict[str, tuple[int, int]] = {}
    last: str | None = None
    for number, heading, columns in tables:
        for row, sheet_row in _rows(grids[number], heading[1] if heading else 0, columns):
            code = code_of(sheet_row, names, last)
            if code is None:
                continue
            last = code
            own = code_in(sheet_row.code.replace(",", ".")) or code_in(sheet_row.name)
            if own == code:
                written.setdefault(code, (number, row))
            elif own is None or not code.startswith(f"{own}."):
                # "1.3 Kiểm tra" above "1.3.1 Kiểm tra …" is the group, whatever its name is like.
                named.setdefault(code, (number, row))
    return named | written


def _rows(grid: Grid, first: int, columns: Mapping[str, int]) -> Iterator[tuple[int, SheetRow]]:
    for number, cells in enumerate(grid.rows[first:], start=first):
        code, name = (clean(_text(cells, columns.get(role))) for role in ("code", "name"))
        if code or name:
            yield number, SheetRow(code, name)


def _text(cells: Sequence[Cell], column: int | None) -> str:
    return cells[column].text.strip() if column is not None and column < len(cells) else ""


def _height(grid: Grid, row: int, columns: Mapping[str, int]) -> int:
    """Return over how many rows the cells of code and name are merged."""
    keys = [column for role in ("code", "name") if (column := columns.get(role)) is not None]
    keys = [column for column in keys if column < len(grid.rows[row])]
    height = 1
    for cells in grid.rows[row + 1 :]:
        same = (column < len(cells) and cells[column] is grid.rows[row][column] for column in keys)
        if not keys or not all(same):
            break
        height += 1
    return height
