# SPDX-License-Identifier: Apache-2.0
"""How alike two texts are, told from less than a kilobyte of each: nobody needs the texts themselves.

A text becomes the set of its runs of four masked words, and of that set the smallest hashes are kept (a bottom-k
sketch): the share of them that two texts have in common estimates how much the texts share (Jaccard), with an error of
about 0.03, and exactly where a text has few runs. Hashes are BLAKE2b's, so that a sketch of this year can be held
against one of last year, whatever the version.
"""

from __future__ import annotations

import base64
import hashlib
import heapq
import struct
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from parcheck_plugins.crosschecks.masking import masked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FORM: Final = 1
"""Goes up when the same text would be sketched otherwise: sketches of two forms are never compared."""
RUN: Final = 4
KEPT: Final = 128
KEPT_FIGURES: Final = 32
LEAST_PARTS: Final = 100
"""Shorter texts say too little of their own: 424 pairs of 1 933 generated documents, all decisions of three articles,
were alike below it, and none above."""
ALIKE: Final = 0.85
"""From here on texts are near copies. Measured on 90 real Vietnamese files and 1 933 generated ones: pairs that are
different documents reach 0.57 and 0.76, copies in another unit's name stay above 0.87."""
FEW_FIGURES: Final = 3
ALIKE_FIGURES: Final = 0.7


@dataclass(frozen=True, slots=True)
class Sketch:
    """One text in small."""

    parts: int
    """Different runs of words in it."""
    hashes: bytes
    """The smallest hashes of those, ascending, four bytes each."""
    figures: int
    """Different numbers in it, with the words around them."""
    figure_hashes: bytes

    @property
    def telling(self) -> bool:
        """Whether the text is long enough to be compared."""
        return self.parts >= LEAST_PARTS


def sketch(text: str, own_names: Iterable[str] = ()) -> dict[str, Any]:
    """Return the sketch of a text as a fact: {form, parts, text, figures, numbers}, at most 900 bytes of JSON."""
    seen = masked(text, own_names)
    parts = {" ".join(seen.words[at : at + RUN]) for at in range(len(seen.words) - RUN + 1)}
    figures = set(seen.figures)
    return {
        "form": FORM,
        "parts": len(parts),
        "text": _packed(parts, KEPT),
        "figures": len(figures),
        "numbers": _packed(figures, KEPT_FIGURES),
    }


def sketch_of(facts: Mapping[str, Any]) -> Sketch | None:
    """Return a document's sketch from its facts; None where there is none that can be compared.

    The facts may come from a report of an earlier year, or from anybody's reader.
    """
    value = facts.get("sketch")
    if not isinstance(value, dict) or value.get("form") != FORM:
        return None
    try:
        hashes, numbers = (base64.b64decode(value[name], validate=True) for name in ("text", "numbers"))
        found = Sketch(int(value["parts"]), hashes, int(value["figures"]), numbers)
    except (KeyError, TypeError, ValueError):
        return None
    return found if found.telling and hashes and not (len(hashes) % 4 or len(numbers) % 4) else None


def likeness(one: Sketch, other: Sketch) -> float:
    """Return how much two texts share, 0..1, names, numbers and dates left out."""
    return _shared(one.hashes, other.hashes, KEPT)


def near_copies(one: Sketch, other: Sketch) -> bool:
    """Return whether two texts are alike to the word but for names, dates and numbers of documents.

    Texts with figures of their own are none, however alike their words: a common form, honestly filled in.
    """
    small, large = sorted((one.parts, other.parts))
    if small < ALIKE * large * 0.9:
        return False
    ours, theirs = _set(one.hashes), _set(other.hashes)
    # Most pairs end here: what they share at all would not be enough.
    if len(ours & theirs) < ALIKE * max(len(ours), len(theirs)) or likeness(one, other) < ALIKE:
        return False
    if min(one.figures, other.figures) < FEW_FIGURES:
        return max(one.figures, other.figures) < 2 * FEW_FIGURES
    return _shared(one.figure_hashes, other.figure_hashes, KEPT_FIGURES) >= ALIKE_FIGURES


def unpacked(hashes: bytes) -> tuple[int, ...]:
    """Return the hashes of a sketch, ascending."""
    return struct.unpack(f">{len(hashes) // 4}I", hashes)


def _packed(parts: Iterable[str], kept: int) -> str:
    smallest = heapq.nsmallest(kept, {hashlib.blake2b(part.encode(), digest_size=4).digest() for part in parts})
    return base64.b64encode(b"".join(smallest)).decode()


@lru_cache(maxsize=4096)
def _set(hashes: bytes) -> frozenset[int]:
    return frozenset(unpacked(hashes))


def _shared(one: bytes, other: bytes, kept: int) -> float:
    """Return the estimate of what two sets share: of the smallest hashes of both together, those that both have."""
    if one == other:
        return 1.0
    ours, theirs = _set(one), _set(other)
    common = ours & theirs
    union = sorted(ours | theirs)[:kept]
    return len(common.intersection(union)) / len(union) if union else 1.0
