# SPDX-License-Identifier: Apache-2.0
"""Where the body begins under a letterhead and title, seen in the print's outline, so that it need not be read.

Letterhead, title and trích yếu are set in two columns or centred; a paragraph of the body is the first print that
begins further right than the line after it and ends at the margin (NĐ 30/2020/NĐ-CP, Phụ lục I.II: trích yếu centred,
paragraphs justified with an indent of 1 or 1.27 cm).
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

from parcheck_plugins.ocr import outline
from parcheck_plugins.ocr.prepare import INK

if TYPE_CHECKING:
    from parcheck_plugins.ocr.prepare import Grey

_HIGHEST: Final = 1.4
"""Inches: no body begins further up."""
_LONG: Final = 0.7
"""Of the width between the margins: lines that tell where the margins are."""
_MARGIN: Final = 0.012
"""Of the same: how far justified lines may miss a margin."""
_INDENT: Final = (0.03, 0.14)
_RAGGED: Final = 0.2
"""Of the same: less than that is left empty by a line whose paragraph goes on, and more by one that ends it; a centred
line leaves as much empty on both sides."""
_GAP: Final = 0.32
"""Inches: a wider gap parts columns, not words."""


def end(grey: Grey, dpi: float) -> int | None:
    """Return the row of pixels above the body's first line.

    Args:
        grey: the upper part of a page, level and clean.
        dpi: its pixels per inch.

    Returns:
        None where no line is surely one of the body with another one below.
    """
    lines = outline.lines(grey < INK, dpi)
    wide = max((line.right - line.left for line in lines if line.gap < _GAP * dpi), default=0)
    long = [line for line in lines if line.right - line.left > _LONG * wide and line.gap < _GAP * dpi]
    if len(long) < 2:
        return None
    near = _MARGIN * wide
    lefts = sorted(line.left for line in lines if line.gap < _GAP * dpi)
    left = _shared(lefts, near)
    right = -_shared(sorted(-line.right for line in long), near)
    span = right - left
    for before, line, second in zip(lines, lines[1:], lines[2:], strict=False):
        if line.top < _HIGHEST * dpi or max(line.gap, second.gap) > _GAP * dpi:
            continue
        # Where only one line ends a paragraph up here, indented ones alone share an edge on the left.
        at_margin, furthest = abs(second.left - left) <= near, second.left == lefts[0]
        justified = abs(right - line.right) < near
        ragged = right - line.right < _RAGGED * span < right - second.right + _INDENT[0] * span
        indented = _INDENT[0] * span < line.left - second.left < _INDENT[1] * span
        if indented and ((at_margin and (justified or ragged)) or (furthest and justified)):
            return (before.bottom + line.top) // 2
    return None


def _shared(edges: list[int], near: float) -> int:
    """Return the first edge that two lines share, for specks and stamps lie outside the margins; else the first."""
    return next((a for a, b in itertools.pairwise(edges) if b - a < near), edges[0])
