# SPDX-License-Identifier: Apache-2.0
"""Seals over print: where they stand, and the page as it may look under them.

A seal covers the left third of the signature and with it the beginning of title and name (NĐ 30/2020/NĐ-CP, Phụ lục
I.II.8). In colour it is known by its saturation; in a black and white scan only its rings tell it from print. Under
either the strokes of letters are broken where a ring crosses them, and can be joined again across it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from parcheck_plugins.ocr.prepare import INK, SATURATED

if TYPE_CHECKING:
    from parcheck_plugins.ocr.prepare import Grey

Mask: TypeAlias = NDArray[np.bool_]

_MILLIMETRE: Final = 25.4
_RADII: Final = (13.5, 21.5, 0.5)
"""Millimetres: seals are 30 to 42 across, and scans are now and then a little larger or smaller than the paper."""
_CELL: Final = 0.5
"""Millimetres of the grid on which a ring is looked for."""
_CLEAR: Final = 0.6
"""Of a ring that is all ink with nothing beside it: nine black seals of nine had 0.74 and more, a page of print 0.3."""
_RING: Final = 0.5
"""Share of the circle that is ink where a ring of the seal is."""
_INNER: Final = 0.62
"""Of the radius: rings further in belong to the emblem, where no print stands."""
_RIM: Final = 0.85
_OUTSIDE: Final = 1.07
_SPOTS: Final = 0.002
"""Share of coloured pixels from which something coloured covers the print."""
_POINTS: Final = 360
"""On a circle that are looked at."""
_THICK: Final = 1.3
"""Millimetres of the widest ring that letters are joined across."""


@dataclass(frozen=True, slots=True)
class Views:
    """A part of a page with a seal on it."""

    covered: Mask
    """Where the seal hides or may hide print."""
    free: Grey
    """What is surely print: nothing of the seal."""
    others: tuple[Grey, ...]
    """The print under the seal as it may be."""


def views(tints: Grey, grey: Grey, dpi: float) -> Views | None:
    """Return the part with its seal removed in several ways, None when no seal is seen.

    Args:
        tints: how far each pixel of the part is from grey.
        grey: the same made ready for recognition (`prepare.clean`).
        dpi: its pixels per inch.
    """
    coloured = tints > SATURATED
    reach = round(_THICK * dpi / _MILLIMETRE)
    if np.count_nonzero(coloured) > _SPOTS * coloured.size:
        joined = _joined(grey, coloured, reach)
        return Views(coloured, grey, (grey, joined))
    ring = _find(grey < INK, dpi)
    if ring is None:
        return None
    x, y, radius = ring
    rows, columns = np.ogrid[: grey.shape[0], : grey.shape[1]]
    far = np.hypot(rows - y, columns - x)
    disc: Mask = far < radius * _OUTSIDE
    free = grey.copy()
    free[disc] = 255
    lines = _lines(grey < INK, ring)
    on_line: Mask = lines[np.minimum(np.rint(far).astype(np.int32), len(lines) - 1)]
    bare = grey.copy()
    bare[on_line] = 255
    return Views(disc, free, (grey, bare, _joined(bare, on_line, reach)))


def _find(ink: Mask, dpi: float) -> tuple[float, float, float] | None:
    """Return centre and radius in pixels of the ring that stands out most, None when none does."""
    step = max(1, round(_CELL * dpi / _MILLIMETRE))
    height, width = (side // step * step for side in ink.shape)
    if height < 2 * step or width < 2 * step:
        return None
    # Rows first: summed at once over both axes it takes three times as long.
    columns = ink[:height, :width].reshape(height // step, step, width).sum(axis=1, dtype=np.uint16)
    counted = columns.reshape(height // step, width // step, step).sum(axis=2)
    small = np.minimum(1.0, 2.5 * (counted / (step * step))).astype(np.float32)
    scale = dpi / step / _MILLIMETRE
    radii = np.arange(*_RADII) * scale
    reach = int(radii[-1]) + 5
    shape = (_quick(small.shape[0] + 2 * reach), _quick(small.shape[1] + 2 * reach))
    seen = np.fft.rfft2(small, shape)
    rows, columns = np.ogrid[-reach : reach + 1, -reach : reach + 1]
    far = np.hypot(rows, columns)
    best, found = 0.0, (0, 0, 0.0)
    middle = (slice(reach, reach + small.shape[0]), slice(reach, reach + small.shape[1]))
    for radius in radii:
        ring, around = np.abs(far - radius) < 0.6, np.abs(far - radius - 2.5) < 0.6
        kernel = (ring / ring.sum() - _CLEAR * around / around.sum()).astype(np.float32)
        match = np.fft.irfft2(seen * np.fft.rfft2(kernel, shape), shape)[middle]
        at = int(match.argmax())
        if match.flat[at] > best:
            best, found = float(match.flat[at]), (at % match.shape[1], at // match.shape[1], float(radius))
    if best < _CLEAR:
        return None
    x, y, radius = found
    return _refined(ink, (x + 0.5) * step, (y + 0.5) * step, radius * step, step)


def _quick(size: int) -> int:
    """Return the next size whose Fourier transform is quick: one without large prime factors."""
    while True:
        rest = size
        for factor in (2, 3, 5):
            while rest % factor == 0:
                rest //= factor
        if rest == 1:
            return size
        size += 1


def _refined(ink: Mask, x: float, y: float, radius: float, step: int) -> tuple[float, float, float]:
    """Return the circle near the given one that has most ink."""
    near = np.arange(-step - 1, step + 2)
    around = np.arange(-2 * step, 2 * step + 1)
    angles = np.linspace(0, 2 * np.pi, _POINTS, endpoint=False)
    far = (radius + around)[:, None]
    columns = np.rint(x + near[:, None, None] + far * np.cos(angles)).astype(np.int32)
    rows = np.rint(y + near[:, None, None] + far * np.sin(angles)).astype(np.int32)
    (height, width), edge = ink.shape, 1
    # What lies outside is neither ink nor counted.
    inside = np.pad(np.ones_like(ink), edge)
    padded = np.pad(ink, edge)
    across = np.clip(columns + edge, 0, width + edge)[:, None]
    down = np.clip(rows + edge, 0, height + edge)[None]
    counted = inside[down, across].sum(axis=-1)
    share = np.where(counted >= _POINTS // 2, padded[down, across].sum(axis=-1) / np.maximum(counted, 1), 0.0)
    dx, dy, dr = np.unravel_index(int(share.argmax()), share.shape)
    return x + float(near[dx]), y + float(near[dy]), radius + float(around[dr])


def _covered(ink: Mask, x: float, y: float, radius: float) -> float:
    """Return the share of a circle that is ink, 0 when half of it lies outside the picture."""
    angles = np.linspace(0, 2 * np.pi, _POINTS, endpoint=False)
    columns = np.rint(x + radius * np.cos(angles)).astype(np.int32)
    rows = np.rint(y + radius * np.sin(angles)).astype(np.int32)
    inside = (rows >= 0) & (rows < ink.shape[0]) & (columns >= 0) & (columns < ink.shape[1])
    if inside.sum() < _POINTS // 2:
        return 0.0
    return float(ink[rows[inside], columns[inside]].mean())


def _lines(ink: Mask, ring: tuple[float, float, float]) -> Mask:
    """Return for each whole distance from the centre whether a ring of the seal is there."""
    x, y, radius = ring
    found = np.zeros(int(1.3 * radius) + 3, dtype=np.bool_)
    for distance in range(int(_INNER * radius), int(1.12 * radius)):
        needed = _RING if distance > _RIM * radius else _RING + 0.05
        found[distance] = _covered(ink, x, y, distance) > needed
    thick: Mask = found.copy()
    thick[1:] |= found[:-1]
    thick[:-1] |= found[1:]
    return thick


def _joined(grey: Grey, hidden: Mask, reach: int) -> Grey:
    """Return the picture with strokes joined across what is hidden, over gaps of at most `reach` pixels."""
    joined = grey.copy()
    down, across = (np.flatnonzero(hidden.any(axis=axis)) for axis in (1, 0))
    if not len(down):
        return joined
    near = tuple(slice(max(0, int(side[0]) - reach), int(side[-1]) + reach + 1) for side in (down, across))
    ink: Mask = grey[near] < INK
    filled = np.zeros_like(ink)
    for dy, dx in ((1, 0), (1, 1), (1, -1), (0, 1)):
        before, after = _spread(ink, dy, dx, reach), _spread(ink, -dy, -dx, reach)
        for gap in range(1, reach):
            filled |= before[gap - 1] & after[reach - gap - 1]
    joined[near][filled & hidden[near]] = 0
    return joined


def _spread(ink: Mask, down: int, right: int, reach: int) -> list[Mask]:
    """Return where ink lies at most 1, 2, … `reach` pixels away in one direction."""
    found: list[Mask] = []
    so_far = np.zeros_like(ink)
    for steps in range(1, reach + 1):
        so_far = so_far | _moved(ink, down * steps, right * steps)
        found.append(so_far)
    return found


def _moved(ink: Mask, down: int, right: int) -> Mask:
    """Return the mask moved, nothing coming in at the edges."""
    moved = np.zeros_like(ink)
    height, width = ink.shape
    if abs(down) >= height or abs(right) >= width:
        return moved
    moved[max(0, down) : height + min(0, down), max(0, right) : width + min(0, right)] = ink[
        max(0, -down) : height - max(0, down), max(0, -right) : width - max(0, right)
    ]
    return moved
