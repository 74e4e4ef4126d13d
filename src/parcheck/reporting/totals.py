# SPDX-License-Identifier: Apache-2.0
"""The totals of a submission in words, the same words in every format. They are never called a score."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from parcheck.reporting.wording import told_source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcheck.catalogue import Catalogue
    from parcheck.model import Bonus, Reduction, Span, Sum, Totals


def totals_told(totals: Totals, catalogue: Catalogue, language: str) -> list[str]:
    """Return the totals as sentences, one a line: maximum, claim, what supports it, bonus, penalties."""
    return list(_Lines(catalogue, language).of(totals))


def field_told(part: Sum, catalogue: Catalogue, language: str) -> str:
    """Return what is claimed in one field, and of how much; empty where nothing of it is claimed."""
    if not part.own or part.claimed is None:
        return ""
    return catalogue.phrase("totals-claimed", language, claimed=float(part.claimed), own=float(part.own))


class _Lines:
    def __init__(self, catalogue: Catalogue, language: str) -> None:
        self._catalogue, self._language = catalogue, language

    def words(self, key: str, **args: Any) -> str:
        points = {name: float(value) if isinstance(value, int | float) else value for name, value in args.items()}
        return self._catalogue.phrase(key, self._language, **points)

    def of(self, totals: Totals) -> Iterator[str]:
        whole = totals.whole
        if not totals.complete:
            yield self.words("totals-part")
        if whole.not_applicable:
            yield self.words("totals-reduced", maximum=whole.maximum, base=whole.base, reduced=whole.not_applicable)
            yield from map(self._reduction, totals.reductions)
        else:
            yield self.words("totals-maximum", maximum=whole.maximum)
        if whole.by_others:
            yield self.words("totals-own", own=whole.own, others=whole.by_others)
        yield from self._claimed(totals)
        yield self._supported(whole.supported)
        if whole.unsupported:
            yield self.words("totals-unsupported", points=whole.unsupported)
        if totals.bonus:
            yield self._bonus(totals.bonus)
        if totals.penalty:
            yield self._penalty(totals.penalty)

    def _reduction(self, reduction: Reduction) -> str:
        source = told_source(reduction.source or self.words("unknown"), self._catalogue, self._language)
        return self.words("totals-reduction", code=reduction.code, points=reduction.points, source=source)

    def _claimed(self, totals: Totals) -> Iterator[str]:
        whole = totals.whole
        if whole.claimed is None:
            yield self.words("totals-nothing-claimed")
            return
        scaled = totals.scaled(whole.claimed)
        if scaled is None:
            yield self.words("totals-claimed", claimed=whole.claimed, own=whole.own)
        else:
            yield self.words(
                "totals-claimed-scaled", claimed=whole.claimed, own=whole.own, scale=totals.scaled_to, scaled=scaled
            )
        if whole.unclaimed:
            yield self.words("totals-unclaimed", count=whole.unclaimed)

    def _supported(self, supported: Span) -> str:
        if supported.least == supported.most:
            return self.words("totals-supported", most=supported.most)
        return self.words("totals-supported-range", least=supported.least, most=supported.most)

    def _bonus(self, bonus: Bonus) -> str:
        told = self.words("totals-bonus", claimed=bonus.claimed or 0, most=bonus.supported.most)
        return told if bonus.cap is None else f"{told} {self.words('totals-bonus-cap', cap=bonus.cap)}"

    def _penalty(self, penalty: Span) -> str:
        if math.isinf(penalty.least):
            return self.words("totals-penalty-open")
        if penalty.least == penalty.most:
            return self.words("totals-penalty", points=penalty.most)
        return self.words("totals-penalty-range", least=penalty.least, most=penalty.most)
