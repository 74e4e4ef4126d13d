# SPDX-License-Identifier: Apache-2.0
"""Lines of place and date that a day written by hand tears apart: read again, alone and as one line.

In a block of lines tesseract drops words that a pen stroke runs through ("tháng" above all), and the rest is no date.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from parcheck_plugins.ocr import assemble, engine, vouching

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcheck_plugins.ocr.assemble import Row
    from parcheck_plugins.ocr.engine import Engine
    from parcheck_plugins.ocr.prepare import Grey

_REST: Final = re.compile(
    r"(?:,\s*ng[àaáả]y(?:\s*\S{1,3})?|(?:^|\s)(?:th[áaảạà]ng\s*)?\S{1,3}\s*n[ăaâ]m\s*\d{4})\W*$", re.IGNORECASE
)
"""What is left of the line: "Quảng Ngãi, ngày 04", "tháng 02 năm 2025", "02 năm 2025"."""
_LONGEST: Final = 45
_EAST: Final = 0.42
"""Of the width: date lines stand right of that (NĐ 30/2020/NĐ-CP, Phụ lục I.II.4)."""
_OVERLAP: Final = 0.4
_REACH: Final = (9.0, 1.0)
"""Heights of a line that the place and what follows may lie beyond what is left."""
_PAD: Final = 6


def mended(rows: Sequence[Row], grey: Grey, dpi: float, with_: Engine) -> list[Row]:
    """Return the rows, those that belong to one torn line of date replaced by it where it can be read as a whole."""
    found = list(rows)
    for row in rows:
        if row not in found or not _is_torn(row, grey.shape[1]):
            continue
        parts = [other for other in found if _is_beside(other, row) and other.box[0] > _EAST * grey.shape[1]]
        line = _again(parts, found, grey, dpi, with_)
        if line is not None:
            found = [other for other in found if other not in parts]
            found.append(line)
    return sorted(found, key=lambda row: (row.box[1], row.box[0]))


def _is_torn(row: Row, width: int) -> bool:
    text = row.text
    return (
        len(text) < _LONGEST
        and row.box[0] > _EAST * width
        and _REST.search(text) is not None
        and not vouching.is_date(text)
    )


def _is_beside(row: Row, other: Row) -> bool:
    (_, top, _, bottom), (_, above, _, below) = row.box, other.box
    return min(bottom, below) - max(top, above) > _OVERLAP * min(bottom - top, below - above)


def _again(parts: Sequence[Row], rows: Sequence[Row], grey: Grey, dpi: float, with_: Engine) -> Row | None:
    """Return the line of which the rows are parts, None when it reads as no date."""
    height = max(row.box[3] - row.box[1] for row in parts)
    first = min(row.box[0] for row in parts)
    beside = [row.box[2] for row in rows if row not in parts and _is_beside(row, parts[0]) and row.box[2] < first]
    left = max([round(first - _REACH[0] * height), round(_EAST * grey.shape[1]), *(edge + _PAD for edge in beside)])
    right = min(grey.shape[1], round(max(row.box[2] for row in parts) + _REACH[1] * height))
    top = max(0, min(row.box[1] for row in parts) - _PAD)
    bottom = max(row.box[3] for row in parts) + _PAD
    crop = np.ascontiguousarray(grey[top:bottom, min(left, first - _PAD) : right])
    words = with_.words(crop, engine.LINE, dpi)
    if not words:
        return None
    line = assemble.moved(words, min(left, first - _PAD), top)
    return line if vouching.is_date(line.text) else None
