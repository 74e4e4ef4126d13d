# SPDX-License-Identifier: Apache-2.0
"""A document that cites what did not exist yet when it was issued, or signed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from parcheck.model import Certainty, Finding, Place, Severity, Source
from parcheck_plugins.crosschecks.one import OneDocument, day_signed, printed, printed_date
from parcheck_plugins.crosschecks.signing_time import own_signatures
from parcheck_plugins.letterhead import folding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcheck.model import Evidence


class CitesLater(OneDocument):
    """A cited document dated after the citing one: one of the two dates is a slip, or the document is backdated."""

    name = "cites-later"
    codes: tuple[str, ...] = ("cites-later", "signed-before-cited")
    needs = frozenset({"dated_citations", "issued_on", "issuer", "signer", "signatures", "symbol", "draft"})

    def look(self, evidence: Evidence) -> Iterator[Finding]:
        """Yield one finding per cited document, at most one of either code per number and sign."""
        cited = evidence.reading.facts.get("dated_citations")
        issued = printed_date(evidence)
        if not cited or issued is None or evidence.reading.facts.get("draft"):
            return
        # Annexes and other documents bound behind the signature have dates of their own.
        signed_at = evidence.reading.where.get("signer")
        last = signed_at.page if signed_at is not None else None
        days = [day for signature in own_signatures(evidence) if (day := day_signed(signature))]
        signed = max(days, default=None)
        own = folding.key(printed(evidence, "symbol") or "")
        said: set[str] = set()
        for entry in cited:
            key, day = folding.key(entry["symbol"]), dt.date.fromisoformat(entry["issued_on"])
            page = entry.get("page")
            if key == own or key in said or (last is not None and page is not None and page > last):
                continue
            if last is None and page not in (None, 1):
                continue
            place = Place(page, words=entry["words"], source=Source.TEXT)
            args = {"cited": entry["symbol"], "cited_on": day.isoformat()}
            if day > issued:
                said.add(key)
                args["own"] = issued.isoformat()
                yield Finding("cites-later", args, Certainty.LIKELY, Severity.WARNING, evidence.id, place)
            elif signed is not None and day > signed + dt.timedelta(days=1):
                said.add(key)
                args["signed"] = signed.isoformat()
                yield Finding("signed-before-cited", args, Certainty.LIKELY, Severity.WARNING, evidence.id, place)
