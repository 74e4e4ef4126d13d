# SPDX-License-Identifier: Apache-2.0
"""Lays a sheet out on one synthetic page, as if it were printed to the width of a sheet of paper.

The page is 595 points wide and as long as it must be. Column widths are estimated from what the columns hold, for
the reader of the file gives none; merged cells are taken for centred, as they nearly always are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from parcheck.model import Source
from parcheck.reading.document import Line
from parcheck_plugins.word.layout import PAGE_WIDTH
from parcheck_plugins.word.stretches import LEADING, text_width

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SIZE: Final = 11.0
"""Font size before narrowing, in points."""
_MARGIN: Final = 30.0
_PAD: Final = 3.0
_NARROWEST: Final = 36.0
_WIDEST: Final = 180.0
_DENSE: Final = 3
"""A row with so many filled cells belongs to a table, whose cells do not run over into the next."""
_SMALLEST: Final = 0.35
"""Of the font size, when a wide sheet is narrowed."""

Rows = list[dict[int, str]]
"""Column to text, for each row; columns and rows count from the sheet's own first ones."""


def lay_out(rows: Rows, merged: Mapping[tuple[int, int], int], page: int) -> list[Line]:
    """Return a sheet's lines, sorted by top, then left.

    Args:
        rows: the filled cells.
        merged: (row, column) of a merged cell's first corner to the column behind its last.
        page: the sheet's number, 1-based.
    """
    count = max((column + 1 for row in rows for column in row), default=0)
    count = max([count, *merged.values()]) if count else 0
    if not count:
        return []
    edges = _edges(rows, merged, count)
    scale = max(_SMALLEST, min(1.0, (PAGE_WIDTH - 2 * _MARGIN) / edges[-1]))
    room = min(scale, (PAGE_WIDTH - 2 * _MARGIN) / edges[-1])
    size = SIZE * scale
    lines: list[Line] = []
    y = _MARGIN
    for number, row in enumerate(rows):
        filled = sorted(row)
        tallest = 1
        for at, column in enumerate(filled):
            end = merged.get((number, column))
            centred = end is not None and end > column + 1
            if end is None or not centred:
                end = filled[at + 1] if at + 1 < len(filled) else count
            left, right = _MARGIN + edges[column] * room + _PAD, _MARGIN + edges[end] * room - _PAD
            tallest = max(tallest, _cell(lines, row[column], (left, y, right), page, size, centred))
        y += tallest * size * LEADING + _PAD
    lines.sort(key=lambda line: (line.box[1], line.box[0]))
    return lines


def _edges(rows: Rows, merged: Mapping[tuple[int, int], int], count: int) -> list[float]:
    widths = [_NARROWEST] * count
    for number, row in enumerate(rows):
        dense = len(row) >= _DENSE
        for column, text in row.items():
            if (number, column) in merged or not (dense or column + 1 in row):
                continue
            if widths[column] < _WIDEST:
                longest = max(text_width(line, SIZE) for line in text.split("\n"))
                widths[column] = max(widths[column], min(_WIDEST, longest + 2 * _PAD))
    edges = [0.0]
    for width in widths:
        edges.append(edges[-1] + width)
    return edges


def _cell(
    lines: list[Line], text: str, place: tuple[float, float, float], page: int, size: float, centred: bool
) -> int:
    """Put a cell's text on the page and return how many lines it would be when wrapped."""
    left, y, right = place
    room = max(size, right - left)
    height = 0
    for part in text.split("\n"):
        width = text_width(part, size)
        start = left + (room - width) / 2 if centred and width < room else left
        top = y + height * size * LEADING
        box = (start, top, start + min(width, room), top + size * LEADING)
        lines.append(Line(part, page, box, Source.SHEET, size))
        height += max(1, -int(-width // room))
    return height


def table_text(rows: Sequence[Mapping[int, str]]) -> str:
    """Return the rows as lines, cells parted by tabs, blank rows left out; a line break inside a cell is a space."""
    found = []
    for row in rows:
        if row:
            cells = (row.get(column, "").replace("\n", " ") for column in range(max(row) + 1))
            found.append("\t".join(cells))
    return "\n".join(found)
