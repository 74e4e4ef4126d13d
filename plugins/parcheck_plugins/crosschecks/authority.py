# SPDX-License-Identifier: Apache-2.0
"""The lines above a signature as a chain of authority (NĐ 30/2020/NĐ-CP, Điều 13)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from parcheck.model import Certainty, Finding, Severity
from parcheck_plugins.crosschecks.one import OneDocument, printed
from parcheck_plugins.letterhead import folding, grammar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcheck.model import Evidence

_HEAD: Final = re.compile(
    r"^(?:CHUTICH|GIAMDOC|TONGGIAMDOC|BOTRUONG|CUCTRUONG|CHICUCTRUONG|VUTRUONG|VIENTRUONG|HIEUTRUONG|CHANHVANPHONG"
    r"|CHANHTHANHTRA|TRUONGPHONG|TRUONGBAN|TRUONGDOAN)"
)
_DEPUTY: Final = re.compile(r"^(?:PHO|THUTRUONG|THUONGTRUC|UYVIEN|QUYEN|PHUTRACH|THAMMUUTRUONG)|PHUTRACH")
_SINGLE: Final = re.compile(
    r"^(?:SỞ|PHÒNG|CHI CỤC|CỤC|TRUNG TÂM|GIÁM ĐỐC|CHỦ TỊCH|CHÁNH VĂN PHÒNG|HIỆU TRƯỞNG)\b", re.IGNORECASE
)
"""One person decides there, or the words name a person: nothing that could be signed on behalf of all."""


def broken_rules(title: str) -> Iterator[tuple[str, Certainty]]:
    """Yield the finding codes that a signature's lines ("KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC") call for, each once."""
    parts = [part.strip() for part in title.split(" / ")]
    chain = [grammar.parse_authority(part) for part in parts]
    codes = [split[0] if split else None for split in chain]
    # The office of KT. may go on after TL. (Điều 13 khoản 4), but not after TUQ. (khoản 3).
    if "TUQ" in codes and "KT" in codes[codes.index("TUQ") + 1 :]:
        yield "authority-passed-on", Certainty.LIKELY
    if "KT" in codes:
        after = [folding.key(part) for part in parts[codes.index("KT") + 1 :]]
        if after and _HEAD.match(after[0]) and not any(_DEPUTY.search(part) for part in after):
            yield "authority-no-deputy", Certainty.LIKELY
    for split in chain:
        if split and split[0] == "TM" and _SINGLE.match(split[1]):
            yield "authority-not-collegial", Certainty.HINT
            return


class AuthorityChain(OneDocument):
    """Signing authority that contradicts itself."""

    name = "authority"
    codes: tuple[str, ...] = ("authority-passed-on", "authority-no-deputy", "authority-not-collegial")
    needs = frozenset({"signer"})

    def look(self, evidence: Evidence) -> Iterator[Finding]:
        """Yield one finding per rule that the lines break."""
        signer = printed(evidence, "signer")
        title = signer.get("title") if isinstance(signer, dict) else None
        if not title:
            return
        place = evidence.reading.where.get("signer")
        for code, certainty in broken_rules(title):
            if code == "authority-passed-on":
                yield Finding("authority-passed-on", {"title": title}, certainty, Severity.WARNING, evidence.id, place)
            elif code == "authority-no-deputy":
                yield Finding("authority-no-deputy", {"title": title}, certainty, Severity.WARNING, evidence.id, place)
            else:
                args = {"title": title}
                yield Finding("authority-not-collegial", args, certainty, Severity.WARNING, evidence.id, place)
