# SPDX-License-Identifier: Apache-2.0
"""Which page of a scan bears the signature block, seen from afar, so that only that page need be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from parcheck_plugins.ocr.prepare import saturation

if TYPE_CHECKING:
    from parcheck_plugins.ocr.prepare import Colour

_DARK: Final = 170
"""Of 255: at low resolution print is grey."""
_RUN: Final = 160.0
"""Points of height over which the two columns of a signature block stand apart."""
_GUTTER: Final = 12.0
_LETTERHEAD: Final = 0.32
_MARGIN: Final = 0.04
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
    height, width = colour.shape[:2]
    ink = colour.min(axis=2) < _DARK
    lower = ink[round((_LETTERHEAD if headed else _MARGIN) * height) :]
    gutter = max(2, round(_GUTTER * dpi / 72))
    longest = 0
    for left in range(round(0.34 * width), round(0.56 * width), gutter):
        longest = max(longest, _apart(lower, left, left + gutter))
    shape = min(1.0, longest * 72 / dpi / _RUN)
    red = (saturation(colour) > 60) & (colour[..., 0] > colour[..., 2])
    inked = min(1.0, float(red[round(0.15 * height) :].mean()) / _COLOURED)
    return 0.65 * shape + 0.35 * inked


def _apart(ink: Any, left: int, right: int) -> int:
    """Return the longest run of rows with nothing between `left` and `right` and print on both sides."""
    empty = ~ink[:, left:right].any(axis=1)
    west, east = ink[:, :left].any(axis=1), ink[:, right:].any(axis=1)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], empty, [False])).astype(np.int8)))
    best = 0
    for start, stop in zip(edges[::2], edges[1::2], strict=True):
        rows = slice(start, stop)
        both = min(int(west[rows].sum()), int(east[rows].sum()))
        best = max(best, min(int(stop - start), 4 * both))
    return best
