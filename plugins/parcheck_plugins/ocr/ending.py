# SPDX-License-Identifier: Apache-2.0
"""Where the signature block stands in a scan, seen from afar, so that only that part need be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from parcheck_plugins.ocr.prepare import planes, spread

if TYPE_CHECKING:
    from parcheck_plugins.ocr.prepare import Colour, Grey

_DARK: Final = 170
"""Of 255: at low resolution print is grey."""
_RUN: Final = 160.0
"""Points of height over which the two columns of a signature block stand apart."""
_GUTTER: Final = 12.0
_LETTERHEAD: Final = 0.32
_MARGIN: Final = 0.04
_BLOCK: Final = 70.0
"""Points over which the columns stand apart in the least: authority, title, a signature and a name."""
_EDGE: Final = 6.0
"""Points kept below the last print."""
_MIDDLE: Final = (0.34, 0.64)
_COLOURED: Final = 0.004
"""Share of the page that a seal of 35 mm covers with ink."""


def promise(colour: Colour, dpi: float, *, headed: bool = False) -> float:
    """Return how much a page seen from afar looks as if it bore the signature block, 0..1.

    "Nơi nhận" stands on the left, authority, seal and name on the right, and nothing between them for some
    centimetres: no paragraph leaves such a gap, and a table has rules in it. A seal's colour adds to it.

    Args:
        colour: the page.
        dpi: its pixels per inch.
        headed: the page begins with the letterhead, which has two columns as well and does not count.
    """
    height = colour.shape[0]
    red, green, blue = planes(colour)
    low = np.minimum(np.minimum(red, green), blue)
    lower = _below_margin(low < _DARK, headed=headed)
    longest = max((run.weight for run in _runs(lower, dpi)), default=0)
    shape = min(1.0, longest * 72 / dpi / _RUN)
    reddish = (spread(red, green, blue) > 60) & (red > blue)
    inked = min(1.0, float(reddish[round(0.15 * height) :].mean()) / _COLOURED)
    return 0.65 * shape + 0.35 * inked


@dataclass(frozen=True, slots=True)
class Block:
    """Where the two columns of a signature block stand, in rows of pixels."""

    top: int
    bottom: int
    followed: bool
    """Whether there is print below."""

    def enlarged(self, factor: int) -> Block:
        """Return where they stand on a page of higher resolution."""
        return Block(self.top * factor, self.bottom * factor, self.followed)


def block(grey: Grey, dpi: float, *, headed: bool) -> Block | None:
    """Return where the page has the two columns of a signature block; None without them.

    Args:
        grey: the page, level and clean; 60 pixels per inch suffice.
        dpi: its pixels per inch.
        headed: whether the page begins with the letterhead.
    """
    ink = grey < _DARK
    lower = _below_margin(ink, headed=headed)
    best = max(_runs(lower, dpi), key=lambda run: run.weight, default=None)
    if best is None or best.weight * 72 / dpi < _BLOCK:
        return None
    # Seals and long lines of recipients reach over the gutter; a paragraph leaves no gap anywhere in the middle.
    filled = np.flatnonzero(~_is_open(lower, dpi))
    above, below = filled[filled < best.start], filled[filled >= best.stop]
    begin = int(above[-1]) + 1 if len(above) else 0
    end = int(below[0]) if len(below) else lower.shape[0]
    printed = np.flatnonzero(lower[begin:end].any(axis=1))
    if len(printed):
        # Much of the last page is empty.
        end = min(end, begin + int(printed[-1]) + 1 + round(_EDGE * dpi / 72))
    skipped = ink.shape[0] - lower.shape[0]
    return Block(begin + skipped, end + skipped, bool(lower[end:].any()))


def _is_open(ink: Any, dpi: float) -> Any:
    """Tell for each row whether it has a gap in the middle that is wider than one between words."""
    width = ink.shape[1]
    gutter = max(2, round(_GUTTER * dpi / 72))
    middle = ink[:, round(_MIDDLE[0] * width) : round(_MIDDLE[1] * width)]
    before = np.cumsum(np.pad(middle, ((0, 0), (1, 0))), axis=1, dtype=np.int32)
    return (before[:, gutter:] == before[:, :-gutter]).any(axis=1)


def _below_margin(ink: Any, *, headed: bool) -> Any:
    return ink[round((_LETTERHEAD if headed else _MARGIN) * ink.shape[0]) :]


@dataclass(frozen=True, slots=True)
class _Run:
    """Rows with nothing in one strip between two columns."""

    weight: int
    """Rows, fewer where one of the columns is all but empty."""
    start: int
    stop: int


def _runs(ink: Any, dpi: float) -> list[_Run]:
    """Return the longest run of rows for each strip in the middle of the page."""
    width = ink.shape[1]
    gutter = max(2, round(_GUTTER * dpi / 72))
    strips = range(round(0.34 * width), round(0.56 * width), gutter)
    return [run for left in strips if (run := _apart(ink, left, left + gutter))]


def _apart(ink: Any, left: int, right: int) -> _Run | None:
    """Return the longest run of rows with nothing between `left` and `right` and print on both sides."""
    empty = ~ink[:, left:right].any(axis=1)
    west, east = ink[:, :left].any(axis=1), ink[:, right:].any(axis=1)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], empty, [False])).astype(np.int8)))
    best: _Run | None = None
    for start, stop in zip(edges[::2], edges[1::2], strict=True):
        rows = slice(start, stop)
        both = min(int(west[rows].sum()), int(east[rows].sum()))
        weight = min(int(stop - start), 4 * both)
        if weight and (best is None or weight > best.weight):
            best = _Run(weight, int(start), int(stop))
    return best
