# SPDX-License-Identifier: Apache-2.0
"""The sign against the printed type and issuer (NĐ 30/2020/NĐ-CP, Điều 8, Phụ lục I.II.3)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from parcheck.model import Certainty, Finding, Severity
from parcheck_plugins.crosschecks.one import OneDocument, printed
from parcheck_plugins.letterhead import folding, grammar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcheck.model import Evidence

_NATIONAL: Final = re.compile(r"^(?:QH|UBTVQH)\d")
_COUNCILS: Final = {
    "UBND": ("UYBANNHANDAN", "UBND"),
    "HĐND": ("HOIDONGNHANDAN", "HDND"),
}
"""The two bodies whose abbreviation is one everywhere; all others shorten their names as they like."""


class SignDiffers(OneDocument):
    """A sign of another type than the printed one ("/BC-" on a QUYẾT ĐỊNH), or of a council that did not issue it."""

    name = "sign-differs"
    codes: tuple[str, ...] = ("sign-type-differs", "sign-issuer-differs")
    needs = frozenset({"type", "sign", "issuer", "parent"})

    def look(self, evidence: Evidence) -> Iterator[Finding]:
        """Yield hints only: offices have habits of their own."""
        sign, kind, issuer = (printed(evidence, name) for name in ("sign", "type", "issuer"))
        if not sign or _NATIONAL.match(sign) or grammar.is_joint(sign):
            return
        place = evidence.reading.where.get("sign")
        meant = grammar.sign_type(sign)
        if meant in grammar.TYPES and kind in grammar.TYPES and meant != kind:
            args = {"sign": sign, "type": grammar.TYPES[kind][0]}
            yield Finding("sign-type-differs", args, Certainty.HINT, Severity.WARNING, evidence.id, place)
        agency = re.split(r"[-/.]", sign)
        groups = agency[1:] if meant != "CV" else agency[:1]
        if not issuer or not groups or groups[0] not in _COUNCILS:
            return
        named = folding.key(issuer)
        if not any(name in named for name in _COUNCILS[groups[0]]):
            args = {"sign": sign, "issuer": issuer}
            yield Finding("sign-issuer-differs", args, Certainty.HINT, Severity.WARNING, evidence.id, place)
