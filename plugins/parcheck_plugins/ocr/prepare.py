# SPDX-License-Identifier: Apache-2.0
"""Pictures of pages made fit for tesseract: upright, level, black on white, without seals and coloured ink.

Measured on real and made scans: paper that is not quite white gave hundreds of garbage words where the page bears
only a name, and a name under a red seal was read in five of five cases once saturated pixels were made white, in one
of five from grey.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image

if TYPE_CHECKING:
    from parcheck.reading.recognition import Raster

Colour: TypeAlias = NDArray[np.uint8]
"""Height × width × 3."""
Grey: TypeAlias = NDArray[np.uint8]
"""Height × width."""
INK: Final = 128
"""Darker pixels are print."""
SATURATED: Final = 45
_PAPER: Final = 45
_STEEPEST: Final = 4.0
_STEP: Final = 0.25
_POINTS: Final = 15_000
"""Pixels of ink that suffice to see how lines slope."""
_PARTS: Final = 4
"""Of a pixel: what a shear is done in."""


def pixels(raster: Raster) -> Colour:
    """Return the raster as an array."""
    return np.frombuffer(raster.pixels, dtype=np.uint8).reshape(raster.height, raster.width, 3)


def spread(red: Grey, green: Grey, blue: Grey) -> Grey:
    """Return how far each pixel is from grey: the largest of its three values less the smallest."""
    high = np.maximum(np.maximum(red, green), blue)
    return high - np.minimum(np.minimum(red, green), blue)


def planes(colour: Colour) -> tuple[Grey, Grey, Grey]:
    """Return red, green and blue, each in one piece: a third of the time of reading every third byte."""
    return (
        np.ascontiguousarray(colour[..., 0]),
        np.ascontiguousarray(colour[..., 1]),
        np.ascontiguousarray(colour[..., 2]),
    )


def clean(colour: Colour, *, coloured: bool = False) -> Grey:
    """Return grey print on white: saturated pixels (seals, coloured ink) and the paper made white.

    With `coloured` what has a colour counts as print.
    """
    parts = planes(colour)
    return _whitened(_mean(*parts), None if coloured else spread(*parts))


def parted(colour: Colour) -> tuple[Grey, Grey]:
    """Return grey print on white as `clean` does, and how far each pixel is from grey."""
    parts = planes(colour)
    tints = spread(*parts)
    return _whitened(_mean(*parts), tints), tints


def _mean(red: Grey, green: Grey, blue: Grey) -> Grey:
    return ((red.astype(np.uint16) + green + blue) // 3).astype(np.uint8)


def _whitened(grey: Grey, tints: Grey | None) -> Grey:
    if tints is not None:
        _whiten(grey, tints > SATURATED)
    paper = float(np.median(grey[::4, ::4]))
    _whiten(grey, grey > max(paper - _PAPER, INK))
    return grey


def _whiten(grey: Grey, where: NDArray[np.bool_]) -> None:
    """Make pixels white; minus one is a byte of ones, and no pixel need be picked out."""
    grey |= np.negative(where.view(np.uint8))


def level(grey: Grey) -> Grey:
    """Return the picture with its lines level, corners filled white."""
    return rotated(grey, skew(grey))


def rotated(picture: Grey, angle: float, fill: int = 255) -> Grey:
    """Return a picture turned by some degrees about its middle, corners filled.

    Columns are moved up or down and rows sideways, by quarters of a pixel: for so small a turn that reads as well as
    computing each pixel anew, in a tenth of the time.
    """
    if abs(angle) < _STEP:
        return picture
    slope = float(np.tan(np.radians(angle)))
    upright = np.ascontiguousarray(_sheared(np.ascontiguousarray(picture.T), slope, fill).T)
    return _sheared(upright, -slope, fill)


def _sheared(picture: Grey, slope: float, fill: int) -> Grey:
    """Return the picture with each row moved to the left by `slope` times its distance from the middle."""
    height, width = picture.shape
    moves = np.rint((np.arange(height) - height / 2) * slope * _PARTS).astype(np.int32)
    edges = [0, *(np.flatnonzero(np.diff(moves)) + 1).tolist(), height]
    margin = int(np.abs(moves).max()) // _PARTS + 2
    wide = np.full((height, width + 2 * margin), fill, dtype=np.uint8)
    wide[:, margin : margin + width] = picture
    moved = np.empty_like(picture)
    for top, bottom in itertools.pairwise(edges):
        whole, part = divmod(int(moves[top]), _PARTS)
        begin = margin + whole
        left = wide[top:bottom, begin : begin + width]
        if not part:
            moved[top:bottom] = left
            continue
        right = wide[top:bottom, begin + 1 : begin + 1 + width]
        mixed = left.astype(np.uint16)
        mixed *= _PARTS - part
        mixed += right if part == 1 else right.astype(np.uint16) * part
        mixed //= _PARTS
        moved[top:bottom] = mixed
    return moved


def skew(grey: Grey) -> float:
    """Return by how many degrees the lines fall to the right: the slope along which the rows of ink stand out most."""
    ink = grey[::2, ::2] < INK
    spots = np.flatnonzero(ink)
    if len(spots) < 500:
        return 0.0
    ys, xs = np.divmod(spots[:: max(1, len(spots) // _POINTS)], ink.shape[1])
    best, angle = -1.0, 0.0
    for candidate in np.arange(-_STEEPEST, _STEEPEST + _STEP / 2, _STEP):
        rows = (ys - xs * np.tan(np.radians(candidate))).astype(np.int32)
        profile = np.bincount(rows - rows.min()).astype(np.float64)
        edges = float(np.square(np.diff(profile)).sum())
        if edges > best:
            best, angle = edges, float(candidate)
    return angle


def thinned(colour: Colour, step: int) -> Colour:
    """Return a picture of a fraction of the size, each pixel the mean of `step` × `step`."""
    return np.asarray(Image.fromarray(colour).reduce(step)) if step > 1 else colour


def resized(grey: Grey, factor: float) -> Grey:
    """Return the picture enlarged or reduced."""
    height, width = grey.shape
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    return np.asarray(Image.fromarray(grey).resize(size, Image.Resampling.BICUBIC))
