# SPDX-License-Identifier: Apache-2.0
"""Titles that name the issuer themselves: "QUYẾT ĐỊNH / CỦA BỘ TÀI CHÍNH SỐ 13/2001/QĐ-BTC NGÀY 8 THÁNG 3 NĂM 2001".

Gazettes and law databases print documents so, without a letterhead; older decrees and directives name their issuer
under the type as well as in the letterhead.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from parcheck_plugins.letterhead import folding, grammar, issuers, people
from parcheck_plugins.letterhead.geometry import Found
from parcheck_plugins.letterhead.title import ABOUT, until_grounds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcheck.reading.document import Line

_NAMED: Final = re.compile(
    r"^CỦA (?P<issuer>[^\d,;]{4,80}?)\s+SỐ\s*:?\s*(?P<symbol>\d\S*)\s+"
    r"(?P<date>NGÀY\s+\d{1,2}\s+THÁNG\s+\d{1,2}\s+NĂM\s+\d{4})\s+(?P<subject>\S.*)$"
)
_HEADING: Final = re.compile(
    r"^(?P<type>[^\W\d_][^\d,;:]{2,24}?)\s+của (?P<issuer>[^\d,;]{4,80}?)\s+số\s*:?\s*(?P<symbol>\d\S*)\s+"
    r"(?P<date>ngày\s+\d{1,2}(?:\s+tháng\s+\d{1,2}\s+năm\s+|\s?[/.-]\s?\d{1,2}\s?[/.-]\s?)\d{4})\s+(?P<subject>\S.*)$",
    re.IGNORECASE,
)
_TOP: Final = 4
"""Lines at the top of a page among which the heading begins."""


def read_heading(lines: Sequence[Line]) -> dict[str, Found]:
    """Read "Nghị định của Chính phủ / số 116/2003/NĐ-CP ngày 10/10/2003 / về việc …" at the top of a page.

    In any letters, over any lines; "Căn cứ …" must follow and the sign name the same type, so that no citation is
    taken for it.
    """
    for i in range(min(_TOP, len(lines))):
        if grammar.type_named(lines[i].text.lower().partition(" của ")[0]) is None:
            continue
        taken = until_grounds(lines[i:])
        match = _HEADING.match(" ".join(x.text for x in taken))
        if match is None:
            continue
        kind, symbol = grammar.type_named(match["type"]), grammar.parse_symbol(match["symbol"])
        date = grammar.parse_date(match["date"])
        if kind and symbol and date and symbol.type == kind and _is_body(match["issuer"]):
            at = tuple(taken)
            found = {
                "type": Found(kind, at[:1]),
                "issuer": Found(match["issuer"], at),
                "symbol": Found(symbol.text, at),
                "number": Found(symbol.number, at),
                "sign": Found(symbol.sign, at),
                "issued_on": Found(date.isoformat(), at),
            }
            subject = ABOUT.sub("", _without_author(taken, match)).strip(' ./*_"“”')
            return found | ({"subject": Found(subject, at)} if subject else {})
    return {}


def _without_author(taken: Sequence[Line], match: re.Match[str]) -> str:
    """Leave out the authority that stands between trích yếu and "Căn cứ …": "CHÍNH PHỦ", "Bộ trưởng Bộ Tài chính"."""
    words, last = match["subject"], taken[-1].text
    authority = folding.key(last) == folding.key(match["issuer"]) or (_is_body(last) and len(taken) > 2)
    return words[: -len(last)] if authority and words.endswith(last) and len(words) > len(last) else words


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
