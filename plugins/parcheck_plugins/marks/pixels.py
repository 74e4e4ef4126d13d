# SPDX-License-Identifier: Apache-2.0
"""Red seals and blue ink among the pixels of a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parcheck.model import Box
    from parcheck.reading.recognition import Raster

Mask: TypeAlias = NDArray[np.bool_]

_CELL: Final = 1.5
"""Millimetres of the grid on which blobs are gathered: strokes of one seal are no further apart."""
_SEAL: Final = (20.0, 48.0)
"""Millimetres across: 30 to 40 in the rules for seals, and scaled pictures of them."""
_SECTORS: Final = 24
_RING: Final = 0.6
"""Share of the sectors in which a round seal shows its rim."""
_CORNERS: Final = 0.2
"""Share of ink outside the circle from which it is none: frames have corners."""
_STROKE: Final = (10.0, 6.0)
"""Millimetres of width and height that no line of print has and a signature does."""
_DENSE: Final = 0.45
"""Share of its box that a signature does not fill: a logo or a picture does."""
_CHROMA: Final = 14
"""Difference between channels that the paper of a colour scan shows here and there."""
_TINTED: Final = 0.005
"""Share of the pixels of a colour scan that do."""
_RED, _BLUE = 45, 40
"""How far the channel of a seal, or of ink, exceeds the others."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the pixels of a page show."""

    seal: Box | None
    ink: Box | None
    coloured: bool
    """Whether the page was scanned in colour at all; with `only` whether the part with these boxes is coloured."""


def look(image: Raster, skip: Iterable[Box] = (), only: Iterable[Box] | None = None) -> Seen:
    """Look for a round red seal and strokes of blue ink.

    Args:
        image: the page; 60 pixels per inch suffice.
        skip: boxes in points that do not count (stamps of text, the top of the first page).
        only: where given, only these boxes count: the pictures on a page of print.
    """
    colour = np.frombuffer(image.pixels, dtype=np.uint8).reshape(image.height, image.width, 3)
    windows = [_window(box, image.dpi) for box in only] if only is not None else None
    part = _around(windows, image) if windows is not None else (slice(None), slice(None))
    red, green, blue = (np.ascontiguousarray(colour[*part, plane]) for plane in range(3))
    spread = np.maximum(np.maximum(red, green), blue) - np.minimum(np.minimum(red, green), blue)
    reds, blues = np.zeros((2, image.height, image.width), dtype=np.bool_)
    if windows is None:
        allowed = np.ones(colour.shape[:2], dtype=np.bool_)
    else:
        allowed = np.zeros(colour.shape[:2], dtype=np.bool_)
        for window in windows:
            allowed[window] = True
    for box in skip:
        allowed[_window(box, image.dpi)] = False
    # Subtraction of bytes wraps: only what is redder, or bluer, than the others is compared.
    others = np.maximum(green, blue)
    reds[part] = allowed[part] & (red > others) & (red - others > _RED)
    blues[part] = allowed[part] & (blue > red) & (blue - red > _BLUE) & (blue >= green)
    seal = next((box for box in _blobs(reds, image.dpi) if _is_seal(reds, box, image.dpi)), None)
    ink = next((box for box in _blobs(blues, image.dpi) if _is_stroke(blues, box, image.dpi)), None)
    coloured = bool((spread >= _CHROMA).sum() > _TINTED * spread.size)
    return Seen(_points(seal, image.dpi), _points(ink, image.dpi), coloured)


def _around(windows: list[tuple[slice, slice]], image: Raster) -> tuple[slice, slice]:
    """Return the part of the page that holds all windows."""
    rows, columns = ([window[axis] for window in windows] for axis in (0, 1))
    return (
        slice(min(side.start for side in rows), min(image.height, max(side.stop for side in rows))),
        slice(min(side.start for side in columns), min(image.width, max(side.stop for side in columns))),
    )


def _window(box: Box, dpi: float) -> tuple[slice, slice]:
    left, top, right, bottom = (max(0, round(v * dpi / 72)) for v in box)
    return slice(top, bottom), slice(left, right)


def _points(box: tuple[int, int, int, int] | None, dpi: float) -> Box | None:
    if box is None:
        return None
    left, top, right, bottom = (round(v * 72 / dpi, 1) for v in box)
    return left, top, right, bottom


def _blobs(mask: Mask, dpi: float) -> list[tuple[int, int, int, int]]:
    """Return the boxes (left, top, right, bottom in pixels) of pixels that stand together, the largest first."""
    if not mask.any():
        return []
    cell = max(1, round(_CELL * dpi / 25.4))
    high, wide = -(-mask.shape[0] // cell), -(-mask.shape[1] // cell)
    padded = np.zeros((high * cell, wide * cell), dtype=np.uint16)
    padded[: mask.shape[0], : mask.shape[1]] = mask
    # Rows first: summed at once over both axes it takes three times as long.
    columns = padded.reshape(high, cell, wide * cell).sum(axis=1, dtype=np.uint16)
    grid = columns.reshape(high, wide, cell).sum(axis=2) >= max(1, cell * cell // 12)
    open_cells = {(int(y), int(x)) for y, x in np.argwhere(grid)}
    found: list[tuple[int, tuple[int, int, int, int]]] = []
    while open_cells:
        group = [open_cells.pop()]
        for y, x in group:
            near = [(y + dy, x + dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1)]
            new = [spot for spot in near if spot in open_cells]
            open_cells.difference_update(new)
            group += new
        ys, xs = [y for y, _ in group], [x for _, x in group]
        box = (min(xs) * cell, min(ys) * cell, (max(xs) + 1) * cell, (max(ys) + 1) * cell)
        found.append((len(group), box))
    found.sort(key=lambda item: (-item[0], item[1]))
    return [box for _, box in found[:12]]


def _size(box: tuple[int, int, int, int], dpi: float) -> tuple[float, float]:
    return (box[2] - box[0]) * 25.4 / dpi, (box[3] - box[1]) * 25.4 / dpi


def _is_seal(mask: Mask, box: tuple[int, int, int, int], dpi: float) -> bool:
    """Tell a round seal: as wide as high, with its rim on most sides."""
    wide, high = _size(box, dpi)
    if not (_SEAL[0] <= wide <= _SEAL[1] and _SEAL[0] <= high <= _SEAL[1] and 0.75 < wide / high < 1.34):
        return False
    ys, xs = np.nonzero(mask[box[1] : box[3], box[0] : box[2]])
    middle_x, middle_y = (xs.min() + xs.max()) / 2, (ys.min() + ys.max()) / 2
    radius = (xs.max() - xs.min() + ys.max() - ys.min()) / 4
    far = np.hypot(xs - middle_x, ys - middle_y)
    if float((far >= 1.15 * radius).mean()) > _CORNERS:
        return False
    rim = (far > 0.8 * radius) & (far < 1.15 * radius)
    angles = np.arctan2(ys[rim] - middle_y, xs[rim] - middle_x)
    sectors = np.unique(((angles + np.pi) / (2 * np.pi) * _SECTORS).astype(int) % _SECTORS)
    return len(sectors) >= _RING * _SECTORS


def _is_stroke(mask: Mask, box: tuple[int, int, int, int], dpi: float) -> bool:
    """Tell a signature: larger than print, and thin."""
    wide, high = _size(box, dpi)
    if wide < _STROKE[0] or high < _STROKE[1]:
        return False
    return float(mask[box[1] : box[3], box[0] : box[2]].mean()) < _DENSE
