# SPDX-License-Identifier: Apache-2.0
"""Near copies among many texts without holding each against each: only those that share a small hash."""

from __future__ import annotations

from array import array
from itertools import combinations, groupby
from typing import TYPE_CHECKING, Final

from parcheck_plugins.crosschecks.sketching import near_copies, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parcheck_plugins.crosschecks.sketching import Sketch

KEYS: Final = 16
"""Smallest hashes by which a text is found: near copies without a common one among so many are not to be expected."""
SMALL: Final = 64
"""Texts with one hash in common that are held each against each."""
WINDOW: Final = 8
"""In a larger group (a phrase that all offices use) each text is held against so many that sort next to it."""


def near_pairs(texts: Sequence[Sketch]) -> set[tuple[int, int]]:
    """Return the places (smaller first) of the texts that are near copies of each other.

    Args:
        texts: different sketches, sorted by their hashes: then the answer does not depend on how they came.
    """
    keys = array("Q")
    for place, text in enumerate(texts):
        keys.extend(value << 32 | place for value in unpacked(text.hashes[: 4 * KEYS]))
    found: set[tuple[int, int]] = set()
    for _, group in groupby(sorted(keys), key=lambda each: each >> 32):
        for one, other in _pairs([each & 0xFFFFFFFF for each in group]):
            if (one, other) not in found and near_copies(texts[one], texts[other]):
                found.add((one, other))
    return found


def _pairs(places: list[int]) -> Iterator[tuple[int, int]]:
    if len(places) <= SMALL:
        yield from combinations(places, 2)
        return
    for at, one in enumerate(places):
        for other in places[at + 1 : at + 1 + WINDOW]:
            yield one, other
