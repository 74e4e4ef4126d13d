# SPDX-License-Identifier: Apache-2.0
"""Titles that name the issuer themselves: "QUYẾT ĐỊNH / CỦA BỘ TÀI CHÍNH SỐ 13/2001/QĐ-BTC NGÀY 8 THÁNG 3 NĂM 2001".

Gazettes and law databases print documents so, without a letterhead; older decrees and directives name their issuer
under the type as well as in the letterhead.
"""

from __future__ import annotations

import re
from typing import Final

from parcheck_plugins.letterhead import grammar, issuers, people
from parcheck_plugins.letterhead.geometry import Found
from parcheck_plugins.letterhead.title import ABOUT

_NAMED: Final = re.compile(
    r"^CỦA (?P<issuer>[^\d,;]{4,80}?)\s+SỐ\s*:?\s*(?P<symbol>\d\S*)\s+"
    r"(?P<date>NGÀY\s+\d{1,2}\s+THÁNG\s+\d{1,2}\s+NĂM\s+\d{4})\s+(?P<subject>\S.*)$"
)


def read(subject: Found) -> dict[str, Found]:
    """Return what a trích yếu holds beside itself: `subject`, and where the title gives them issuer, symbol and date.

    The same subject alone where it names no issuer in capitals at its beginning.
    """
    lines = subject.lines
    if match := _NAMED.match(subject.value):
        symbol, date = grammar.parse_symbol(match["symbol"]), grammar.parse_date(match["date"])
        if symbol and date and _is_body(match["issuer"]):
            return {
                "subject": Found(ABOUT.sub("", match["subject"]), lines),
                "issuer": Found(match["issuer"], lines),
                "symbol": Found(symbol.text, lines),
                "number": Found(symbol.number, lines),
                "sign": Found(symbol.sign, lines),
                "issued_on": Found(date.isoformat(), lines),
            }
    first = lines[0].text.strip() if lines else ""
    if leading := grammar.type_leading(first):
        first = leading[1]
    names = first.startswith("CỦA ") and first == first.upper() and " VỀ " not in first
    if names and len(lines) > 1 and _is_body(first.removeprefix("CỦA ")) and subject.value.startswith(first):
        words = ABOUT.sub("", subject.value[len(first) :].strip(' "“”')).strip(' ./*_"“”')
        return {"subject": Found(words, lines[1:])} if words else {"subject": subject}
    return {"subject": subject}


def _is_body(name: str) -> bool:
    return issuers.rank(name) is not None or people.is_title(name)
