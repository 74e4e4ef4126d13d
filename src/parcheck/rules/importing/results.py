# SPDX-License-Identifier: Apache-2.0
"""Telling tables of results from tables of criteria: filled scores, ranks, documents cited by number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

from parcheck.rules.importing.columns import find_heading
from parcheck.rules.importing.labels import points_in

if TYPE_CHECKING:
    from parcheck.reading.grids import Grid
    from parcheck.rules.importing.rows import Table

Verdict = Literal["criteria", "filled", "cited", "small"]
_SHARE: Final = 0.3
_FEWEST: Final = 2
_METHODS: Final = ("claimed", "survey", "authority")


def verdict(table: Table) -> Verdict:
    """Return what a table is: criteria, or results (scores filled in, documents cited), or too little to tell."""
    rows = table.rows
    if len(rows) < _FEWEST:
        return "small"
    scored = sum(bool(row.points) for row in rows) or len(rows)
    filled = {role: values for role, values in table.filled.items() if any(values)}
    many = any(len(values) >= max(3, _SHARE * scored) for values in filled.values())
    if many and not table.heading.maxima and not _splits(table):
        return "filled"
    asked = sum(bool(row.text("evidence")) for row in rows)
    if asked and table.cited >= max(3, _SHARE * asked):
        return "cited"
    return "criteria"


def _splits(table: Table) -> bool:
    """Tell columns that split the maximum up by method: one of them for each row, and as much as the row gives."""
    told = [row for row in table.rows if any(role in row.split for role in _METHODS)]
    fitting, used = 0, set[str]()
    for row in told:
        shown = {role: sum(points_in(row.split[role])[:1]) for role in _METHODS if role in row.split}
        worth = [role for role, value in shown.items() if value]
        points = [value for text in row.points for value in points_in(text)][:1]
        used |= set(worth)
        fitting += not points or abs(sum(shown.values()) - points[0]) < 1e-6
    plain = not ({"reached", "rank"} & set(table.filled))
    return plain and len(used) > 1 and fitting >= 0.9 * len(told)


def of_results(grid: Grid) -> bool:
    """Tell a table that is no table of criteria but lists what units reached."""
    heading = find_heading(grid)
    if heading is None:
        return False
    found = {role for _, role in heading.roles}
    numbers = sum(
        bool(re.match(r"^\d{1,3}(?:[.,]\d+)?\s*(?:%|/\s*\d+)?$", cell.text.strip()))
        for row in grid.rows[heading.behind :]
        for cell in row
    )
    return bool(found & {"reached", "rank", "share", "points", "claimed", "authority"}) and numbers >= len(grid.rows)
