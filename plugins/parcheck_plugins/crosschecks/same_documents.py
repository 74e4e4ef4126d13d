# SPDX-License-Identifier: Apache-2.0
"""The same file, or the same number and sign, twice in one submission."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from parcheck.model import Certainty, Finding, Severity
from parcheck_plugins.letterhead import folding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parcheck.model import Evidence


class SameFileTwice:
    """The same bytes handed in twice: often right (one report proves several criteria), so only said."""

    name = "same-file"
    codes: tuple[str, ...] = ("same-file-twice",)
    needs: frozenset[str] = frozenset()

    def check(self, documents: Sequence[Evidence]) -> Iterator[Finding]:
        """Yield one note per copy, naming the first."""
        first: dict[str, Evidence] = {}
        for evidence in documents:
            digest = evidence.reading.sha256
            if digest is None:
                continue
            if digest in first:
                args = {"other": first[digest].path or first[digest].cited}
                yield Finding("same-file-twice", args, Certainty.SURE, Severity.NOTE, evidence.id)
            else:
                first[digest] = evidence


class SameNumberTwice:
    """Two different documents of one issuer, year, number and sign (Nghị định 30/2020/NĐ-CP, Điều 15)."""

    name = "same-number"
    codes: tuple[str, ...] = ("same-number-twice",)
    needs = frozenset({"symbol", "issued_on", "issuer", "subject"})

    def check(self, documents: Sequence[Evidence]) -> Iterator[Finding]:
        """Yield one finding per further document with a number that another already bears."""
        groups: dict[tuple[str, str, str], list[Evidence]] = defaultdict(list)
        for evidence in documents:
            facts = evidence.reading.facts
            symbol, issued, issuer = facts.get("symbol"), facts.get("issued_on"), facts.get("issuer")
            if symbol and issued and issuer:
                groups[folding.key(symbol), issued[:4], folding.key(issuer)].append(evidence)
        for group in groups.values():
            seen: dict[str, Evidence] = {}
            for evidence in group:
                subject = folding.key(evidence.reading.facts.get("subject") or "")
                other = next((e for s, e in seen.items() if s and subject and s != subject), None)
                if other is not None:
                    args = {"symbol": evidence.reading.facts["symbol"], "other": other.path or other.cited}
                    place = evidence.reading.where.get("symbol")
                    yield Finding("same-number-twice", args, Certainty.SURE, Severity.WARNING, evidence.id, place)
                seen.setdefault(subject, evidence)
