# SPDX-License-Identifier: Apache-2.0
"""From the lines drawn on a page to the cells of its tables.

A page holds lines that border no cell: underlined words, shaded words, the rule under the letterhead. Only lines that
meet others at both ends count, and the outline of a table is closed where it was left open at a page's end.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from parcheck.model import Box

SNAP: Final = 3.0
"""Points within which two lines are one."""
_THIN: Final = 3.5
"""Points; a rectangle no thicker is a line."""
_SHORTEST: Final = 6.0
_LEAST_CELLS: Final = 4


@dataclass(frozen=True, slots=True)
class Ruled:
    """One table: where its rows and columns begin and end, and its cells by the places they cover."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[tuple[int, int, int, int], ...]
    """(first row, first column, row behind, column behind)."""

    @property
    def box(self) -> Box:
        """Its outline."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]


@dataclass(slots=True)
class _Line:
    """A horizontal line at `at` from `low` to `high`, or a vertical one."""

    at: float
    low: float
    high: float


def ruled_tables(page: Any) -> list[Ruled]:
    """Return the tables drawn on a page of pdfplumber, from top to bottom; a single box is no table."""
    across, down = _lines(page)
    across, down = _joined(across), _joined(down)
    for _ in range(2):
        across = [line for line in across if _ends_meet(line, down)]
        down = [line for line in down if _meets_two(line, across)]
    tables = [table for part in _parts(across, down) if (table := _table(*part)) is not None]
    outer = [t for t in tables if not any(_inside(t.box, other.box) for other in tables if other is not t)]
    return sorted(outer, key=lambda table: (table.box[1], table.box[0]))


def _lines(page: Any) -> tuple[list[_Line], list[_Line]]:
    across: list[_Line] = []
    down: list[_Line] = []

    def add(left: float, top: float, right: float, bottom: float) -> None:
        if bottom - top <= _THIN and right - left >= _SHORTEST:
            across.append(_Line((top + bottom) / 2, left, right))
        elif right - left <= _THIN and bottom - top >= _SHORTEST:
            down.append(_Line((left + right) / 2, top, bottom))

    for shape in [*page.lines, *page.rects, *page.curves]:
        left, top, right, bottom = (float(shape[key]) for key in ("x0", "top", "x1", "bottom"))
        # What runs off the page is cut to it: some writers draw clip boxes of thousands of points.
        left, right = max(left, page.bbox[0]), min(right, page.bbox[2])
        top, bottom = max(top, page.bbox[1]), min(bottom, page.bbox[3])
        if right - left > _THIN and bottom - top > _THIN:
            if shape.get("object_type") != "rect" or not shape.get("stroke"):
                continue  # a shaded area, or a slanted line: borders are drawn
            add(left, top, right, top)
            add(left, bottom, right, bottom)
            add(left, top, left, bottom)
            add(right, top, right, bottom)
        else:
            add(left, top, right, bottom)
    # A short piece of a border between two cells is kept by joining it with its neighbours.
    return across, down


def _joined(lines: Iterable[_Line]) -> list[_Line]:
    """Return lines with those on one height made one, where they touch."""
    groups: list[list[_Line]] = []
    for line in sorted(lines, key=lambda each: each.at):
        if groups and line.at - groups[-1][-1].at <= SNAP / 2 and line.at - groups[-1][0].at <= SNAP:
            groups[-1].append(line)
        else:
            groups.append([line])
    joined: list[_Line] = []
    for group in groups:
        at = sum(line.at for line in group) / len(group)
        run: _Line | None = None
        for line in sorted(group, key=lambda each: each.low):
            if run is not None and line.low - run.high <= SNAP:
                run.high = max(run.high, line.high)
            else:
                run = _Line(at, line.low, line.high)
                joined.append(run)
    return joined


def _crosses(at: float, line: _Line) -> bool:
    return line.low - SNAP <= at <= line.high + SNAP


def _ends_meet(line: _Line, others: Sequence[_Line]) -> bool:
    """Tell a border from an underline: something crosses it at both ends, or well inside."""
    meeting = [other.at for other in others if _crosses(line.at, other) and _crosses(other.at, line)]
    return (len(meeting) >= 2 and min(meeting) - line.low <= SNAP and line.high - max(meeting) <= SNAP) or (
        # A table without its outer verticals: the lines reach over all of them on both sides.
        len(meeting) >= 2 and max(meeting) - min(meeting) > (line.high - line.low) / 3
    )


def _meets_two(line: _Line, others: Sequence[_Line]) -> bool:
    return sum(_crosses(line.at, other) and _crosses(other.at, line) for other in others) >= 1


def _parts(across: list[_Line], down: list[_Line]) -> list[tuple[list[_Line], list[_Line]]]:
    """Return the lines by table: those that meet, directly or through others."""
    parts: list[tuple[list[_Line], list[_Line]]] = []
    left_across, left_down = list(across), list(down)
    while left_across:
        here_across, here_down = [left_across.pop(0)], list[_Line]()
        while True:
            more_down = [d for d in left_down if any(_crosses(d.at, a) and _crosses(a.at, d) for a in here_across)]
            left_down = [d for d in left_down if d not in more_down]
            here_down += more_down
            more = [a for a in left_across if any(_crosses(d.at, a) and _crosses(a.at, d) for d in here_down)]
            left_across = [a for a in left_across if a not in more]
            here_across += more
            if not more and not more_down:
                break
        parts.append((here_across, here_down))
    return parts


def _table(across: list[_Line], down: list[_Line]) -> Ruled | None:
    if len(across) < 2 or not down:
        return None
    left = min(*(a.low for a in across), *(d.at for d in down)) if down else 0.0
    right = max(*(a.high for a in across), *(d.at for d in down))
    top = min(*(a.at for a in across), *(d.low for d in down))
    bottom = max(*(a.at for a in across), *(d.high for d in down))
    # Close what was left open: no outer verticals, or a row that goes on overleaf.
    across = _joined([*across, _Line(top, left, right), _Line(bottom, left, right)])
    down = _joined([*down, _Line(left, top, bottom), _Line(right, top, bottom)])
    xs, ys = _places(d.at for d in down), _places(a.at for a in across)
    if (len(xs) - 1) * (len(ys) - 1) < _LEAST_CELLS or len(xs) < 3:
        return None
    return Ruled(xs, ys, tuple(_cells(xs, ys, across, down)))


def _places(values: Iterable[float]) -> tuple[float, ...]:
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > SNAP:
            places.append(value)
    return tuple(places)


def _cells(
    xs: Sequence[float], ys: Sequence[float], across: Sequence[_Line], down: Sequence[_Line]
) -> Iterable[tuple[int, int, int, int]]:
    """Yield the cells: places between which no border stands are one, when together they are a rectangle."""
    rows, columns = len(ys) - 1, len(xs) - 1

    def bordered(lines: Sequence[_Line], at: float, low: float, high: float) -> bool:
        middle = (low + high) / 2
        return any(abs(line.at - at) <= SNAP and line.low <= middle <= line.high for line in lines)

    below = [[bordered(across, ys[r + 1], xs[c], xs[c + 1]) for c in range(columns)] for r in range(rows)]
    beside = [[bordered(down, xs[c + 1], ys[r], ys[r + 1]) for c in range(columns)] for r in range(rows)]
    taken = [[False] * columns for _ in range(rows)]
    for r in range(rows):
        for c in range(columns):
            if taken[r][c]:
                continue
            behind = c + 1
            while behind < columns and not beside[r][behind - 1] and not taken[r][behind]:
                behind += 1
            under = r + 1
            while (
                under < rows
                and not any(below[under - 1][c:behind])
                and not any(taken[under][c:behind])
                and not any(beside[under][k] for k in range(c, behind - 1))
            ):
                under += 1
            for row in taken[r:under]:
                row[c:behind] = [True] * (behind - c)
            yield r, c, under, behind


def place_of(value: float, places: Sequence[float]) -> int:
    """Return the index of the row or column in which a coordinate lies; -1 when in none."""
    index = bisect_right(places, value) - 1
    return index if 0 <= index < len(places) - 1 else -1


def _inside(inner: Box, outer: Box) -> bool:
    return (
        outer[0] - SNAP <= inner[0]
        and outer[1] - SNAP <= inner[1]
        and inner[2] <= outer[2] + SNAP
        and inner[3] <= outer[3] + SNAP
    )
