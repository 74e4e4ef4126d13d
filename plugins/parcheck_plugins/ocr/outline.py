# SPDX-License-Identifier: Apache-2.0
"""Lines of print seen in their outline: where they stand and how long they are, before any of them is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

_LINE: Final = (0.04, 0.22)
"""Inches: heights of the middle of a line, marks above and below it left out."""
_CORE: Final = 0.25
"""Of the ink of a line's fullest row: rows with less hold marks only."""
_SPECKS: Final = 2


@dataclass(frozen=True, slots=True)
class Line:
    """The middle of a line of print, in pixels."""

    top: int
    bottom: int
    left: int
    right: int
    gap: int
    """The widest between two of its words."""


def lines(ink: Any, dpi: float) -> list[Line]:
    """Return the lines of print, from the top."""
    profile = ink.sum(axis=1, dtype=np.int32)
    core = np.zeros(len(profile), dtype=np.bool_)
    for top, bottom in _spans(profile > _SPECKS):
        core[top:bottom] = profile[top:bottom] > _CORE * profile[top:bottom].max()
    found: list[Line] = []
    for top, bottom in _spans(core):
        if not _LINE[0] * dpi < bottom - top < _LINE[1] * dpi:
            continue
        columns = np.flatnonzero(ink[top:bottom].sum(axis=0, dtype=np.int32) >= _SPECKS)
        if not len(columns):
            continue
        gap = int(np.diff(columns).max(initial=0))
        found.append(Line(top, bottom, int(columns[0]), int(columns[-1]), gap))
    return found


def _spans(mask: Any) -> list[tuple[int, int]]:
    """Return where the mask is true, each run with its end."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], mask, [False])).astype(np.int8))).tolist()
    return list(zip(edges[::2], edges[1::2], strict=True))
