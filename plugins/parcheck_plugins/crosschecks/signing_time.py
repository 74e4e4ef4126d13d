# SPDX-License-Identifier: Apache-2.0
"""The printed date against the day of signing.

A document is issued on the day it is signed or the next working day (NĐ 30/2020/NĐ-CP, Điều 18).
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from parcheck.model import Certainty, Finding, Severity
from parcheck_plugins.crosschecks.one import OneDocument, day_signed, printed, printed_date
from parcheck_plugins.signatures.names import names_match

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcheck.model import Evidence

WORKING_DAYS: Final = 2
"""Later signing is let by: the rule gives one working day, and a signer's clock may be a day off."""
_HOLIDAYS: Final = frozenset({(1, 1), (4, 30), (5, 1), (9, 1), (9, 2)})
_TET: Final = ((1, 18), (2, 28))
"""Tết moves between these days and takes up to nine days off."""
_TET_DAYS: Final = 9


def latest_day(issued: dt.date) -> dt.date:
    """Return the last day on which a document of that date may be signed without a word."""
    day, left = issued, WORKING_DAYS
    while left:
        day += dt.timedelta(days=1)
        if day.weekday() < 5 and (day.month, day.day) not in _HOLIDAYS:
            left -= 1
    if _TET[0] <= (day.month, day.day) <= _TET[1] or _TET[0] <= (issued.month, issued.day) <= _TET[1]:
        day += dt.timedelta(days=_TET_DAYS)
    return day


def own_signatures(evidence: Evidence) -> list[dict[str, Any]]:
    """Return the signatures of the issuer or the signer that verify: portals and registries sign what others issued."""
    issuer, signer = evidence.reading.facts.get("issuer"), evidence.reading.facts.get("signer")
    name = signer.get("name") if isinstance(signer, dict) else None
    own = []
    for signature in evidence.reading.facts.get("signatures") or ():
        matches = names_match(signature, issuer, name)
        if (matches["issuer"] or matches["signer"]) and signature.get("intact") is not False:
            own.append(signature)
    return own


class SignedLater(OneDocument):
    """Signed days after the date that the document bears. Copies are signed later, rightly."""

    name = "signed-later"
    codes: tuple[str, ...] = ("signed-later",)
    needs = frozenset({"issued_on", "issuer", "signer", "signatures", "copy", "type"})

    def look(self, evidence: Evidence) -> Iterator[Finding]:
        """Yield a finding when even the first signature of the issuer or signer is too late."""
        issued = printed_date(evidence)
        # Minutes bear the day of the meeting, and are written and signed afterwards.
        if issued is None or printed(evidence, "copy") or evidence.reading.facts.get("type") == "BB":
            return
        if "copy" in evidence.reading.unknown:
            return
        days = [(day, signature) for signature in own_signatures(evidence) if (day := day_signed(signature))]
        if not days:
            return
        first, signature = min(days, key=lambda pair: pair[0])
        if first > latest_day(issued):
            args = {"printed": issued.isoformat(), "signed": first.isoformat(), "signer": signature["signer"] or "…"}
            place = evidence.reading.where.get("issued_on")
            yield Finding("signed-later", args, Certainty.LIKELY, Severity.WARNING, evidence.id, place)
