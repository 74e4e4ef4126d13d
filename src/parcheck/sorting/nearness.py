# SPDX-License-Identifier: Apache-2.0
"""How near the words of a document come to the words of a set: rare words of the set tell more than common ones."""

from __future__ import annotations

import math
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from parcheck.submission.comparing import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Vector = dict[str, float]
_EMPTY_WORDS = frozenset(
    folded("các của về và năm tại trong theo cho đến từ với được do có là một số nếu khác").split()
)
"""Words that stand in every title; they count only as parts of pairs."""


class Nearness:
    """Weighs words by how few rows of a set use them.

    Args:
        rows: for each row, all texts that tell what it asks.
        terms: for each row, the terms that its conditions name.
    """

    def __init__(self, rows: Sequence[Iterable[str]], terms: Sequence[Iterable[str]]) -> None:
        self._rows = len(rows)
        self._using = Counter(word for texts in rows for word in {w for text in texts for w in words_and_pairs(text)})
        self._stating = Counter(term for own in terms for term in {folded(each) for each in own})

    def vector(self, text: str) -> Vector:
        """Return a text as a vector of length 1; an empty one for a text without words."""
        weighed = {
            word: (1 + math.log(count)) * self._rarity(self._using[word])
            for word, count in words_and_pairs(text).items()
        }
        length = math.sqrt(sum(weight * weight for weight in weighed.values()))
        return {word: weight / length for word, weight in weighed.items()} if length else {}

    def telling(self, term: str, alternatives: int) -> float:
        """Return how much it tells, 0..1, that a document bears a term: less where it is one of many alternatives."""
        rarity = self._rarity(self._stating[folded(term)]) / self._rarity(0)
        return rarity / math.sqrt(max(1, alternatives))

    def _rarity(self, rows: int) -> float:
        return math.log(1 + self._rows / (1 + rows))


def likeness(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Return how much two vectors have in common, 0..1."""
    fewer, more = (one, other) if len(one) < len(other) else (other, one)
    return sum(weight * more.get(word, 0.0) for word, weight in fewer.items())


def words_and_pairs(text: str) -> Counter[str]:
    """Return the words of a text that mean something, and all pairs of neighbours (a Vietnamese word has two parts)."""
    words = [word for word in folded(text).split() if not word.isdigit()]
    found = Counter(word for word in words if word not in _EMPTY_WORDS)
    found.update(f"{a} {b}" for a, b in pairwise(words) if {a, b} - _EMPTY_WORDS)
    return found
