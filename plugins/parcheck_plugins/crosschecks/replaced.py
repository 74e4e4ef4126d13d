# SPDX-License-Identifier: Apache-2.0
"""A document that another of the same submission declares replaced or void."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from parcheck.model import Certainty, Finding, Place, Severity, Source
from parcheck_plugins.crosschecks.one import printed
from parcheck_plugins.letterhead import folding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parcheck.model import Evidence

ORDERING: Final = frozenset({"QĐ", "NQ", "CT", "NĐ", "TT", "LUẬT", "QC", "QyĐ"})
"""Types that may put another document out of force by a bare order; reports and letters only propose to."""


class Replaced:
    """Whether a document is still in force can matter, or not (it may have been when it was needed): a hint."""

    name = "replaced"
    codes: tuple[str, ...] = ("document-replaced",)
    needs = frozenset({"replaced_documents", "symbol", "issued_on", "issuer", "type", "draft"})

    def check(self, documents: Sequence[Evidence]) -> Iterator[Finding]:
        """Yield one finding per document that another, not older than it, replaces."""
        by_symbol: dict[str, list[Evidence]] = defaultdict(list)
        for evidence in documents:
            if evidence.path is not None and (symbol := printed(evidence, "symbol")):
                by_symbol[folding.key(symbol)].append(evidence)
        said: set[str] = set()
        for evidence in documents:
            if evidence.path is None or evidence.reading.facts.get("draft"):
                continue
            for entry in evidence.reading.facts.get("replaced_documents") or ():
                if not entry["own"] and evidence.reading.facts.get("type") not in ORDERING:
                    continue
                for gone in by_symbol.get(folding.key(entry["symbol"]), ()):
                    if gone.id not in said and _meant(entry, gone, evidence):
                        said.add(gone.id)
                        yield _finding(entry, gone, evidence)


def _meant(entry: dict[str, Any], gone: Evidence, by: Evidence) -> bool:
    """Return whether a document is the one that is said to be replaced: of that number and that very day."""
    issued = printed(gone, "issued_on")
    if gone is by or gone.reading.sha256 == by.reading.sha256 or not issued:
        return False
    since = printed(by, "issued_on")
    if since and since < issued:
        return False
    if entry["issued_on"]:
        return bool(entry["issued_on"] == issued)
    # Without a day, numbers begin anew each year: only one that bears its year is told apart.
    return f"/{issued[:4]}/" in entry["symbol"]


def _finding(entry: dict[str, Any], gone: Evidence, by: Evidence) -> Finding:
    args = {"symbol": entry["symbol"], "other": gone.path}
    place = Place(entry.get("page"), words=entry["words"], source=Source.TEXT)
    return Finding("document-replaced", args, Certainty.HINT, Severity.WARNING, by.id, place)
