# SPDX-License-Identifier: Apache-2.0
"""Documents that a document cites: every number and sign in it, and the "Căn cứ" of its preamble."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from parcheck_plugins.letterhead.folding import clean, key
from parcheck_plugins.letterhead.grammar import OTHER_TYPES, TYPES, find_symbols, parse_date

if TYPE_CHECKING:
    from parcheck_plugins.body.pages import Body
    from parcheck_plugins.letterhead.grammar import Mention

_NAMES: Final = sorted(
    {n.casefold() for names in TYPES.values() for n in names}
    | {n.casefold() for n in OTHER_TYPES.values()}
    | {"hiến pháp", "pháp lệnh", "điều lệ", "văn bản"},
    key=len,
    reverse=True,
)
_TYPE: Final = "(?:" + "|".join(name.replace(" ", r"\s+") for name in _NAMES) + ")"
# "Nghị quyết số", "các Quyết định:", "Công văn": what stands before a number when a document is cited.
_BEFORE: Final = re.compile(rf"(?:{_TYPE}(?:\s+liên\s+tịch)?\s*(?:số)?|số)\s*:?\s*$", re.IGNORECASE)
_FORM: Final = re.compile(r"(?:mẫu|biểu|phụ\s+lục)(?:\s+mẫu)?(?:\s+số)?\s*:?\s*$", re.IGNORECASE)
_OWN_LINE: Final = re.compile(r"^[ \t]*số\s*:\s*$", re.IGNORECASE | re.MULTILINE)
_LATER_DATE: Final = re.compile(
    r"\s*(?:của|do)\s[^;.:,()\n]{2,60}(?:\n[^;.:,()\n]{0,60})?\s(?:ban\s+hành\s+)?(?=ngày\s+\d)",
    re.IGNORECASE,
)
_DATE: Final = re.compile(
    r"ngày\s+(?:\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}|\d{1,2}\s+tháng\s+\S+\s+năm\s+\d{4})", re.IGNORECASE
)
LOOK_BACK: Final = 60
HEADER_LETTERS: Final = 1500
"""The document's own "Số:" stands within so many letters of its beginning."""


def references(body: Body, own: str | None) -> list[tuple[dict[str, Any], int]]:
    """Return every document cited by number and sign, with the position of its first mention.

    `own` is the document's own number, left out. A document cited twice is given once; two documents of one
    number and different dates are two.
    """
    text = body.text
    own_key = key(own) if own else None
    found: dict[tuple[str, str | None], tuple[dict[str, Any], int]] = {}
    if "/" not in text:
        return []
    for mention in find_symbols(text):
        folded = key(mention.symbol.text)
        if folded == own_key:
            continue
        start = _start(text, mention)
        if start is None:
            continue
        issued, end = _issued(text, mention)
        entry: dict[str, Any] = {
            "symbol": mention.symbol.text,
            "issued_on": issued,
            "words": clean(text[start:end]),
        }
        page = body.page_at(mention.start)
        if page is not None:
            entry["page"] = page
        _merge(found, folded, entry, mention.start)
    return sorted(found.values(), key=lambda pair: pair[1])


def _merge(
    found: dict[tuple[str, str | None], tuple[dict[str, Any], int]],
    folded: str,
    entry: dict[str, Any],
    position: int,
) -> None:
    issued = entry["issued_on"]
    if (folded, issued) in found:
        return
    same = [known for known in found if known[0] == folded]
    if issued is None and same:
        return
    if (folded, None) in found:
        # The earlier mention had no date: this one tells it.
        _, position = found.pop((folded, None))
    found[folded, issued] = (entry, position)


def _start(text: str, mention: Mention) -> int | None:
    """Return where the citation's words begin, or None when the number is no cited document's."""
    before = text[max(0, mention.start - LOOK_BACK) : mention.start]
    if _FORM.search(before):
        return None
    head = _BEFORE.search(before)
    if mention.start < HEADER_LETTERS and head and _OWN_LINE.search(before):
        return None
    if head:
        return mention.start - len(before) + head.start()
    # "12/KP3", "36/TDP": an address or a rate, unless the sign names a type or an agency, or a date follows.
    if mention.symbol.type is None and mention.date is None:
        return None
    return mention.start


def _issued(text: str, mention: Mention) -> tuple[str | None, int]:
    if mention.date is not None:
        return mention.date.isoformat(), mention.date_end
    later = _LATER_DATE.match(text, mention.end)
    date = _DATE.match(text, later.end()) if later else None
    issued = parse_date(date[0]) if date else None
    return (issued.isoformat(), date.end()) if date and issued else (None, mention.end)


_BASIS: Final = re.compile(r"^[ \t]*(?:[-–+•*][ \t]*)?(?:Căn cứ|CĂN CỨ)\s+(?:vào\s+)?", re.MULTILINE)
_BODY_BEGINS: Final = re.compile(
    r"^[ \t]*(?:Điều\s+1\b|Chương\s+I\b|Phần\s+(?:I|1|thứ nhất)\b|(?:I|A|1)\s?[.\-/)]\s"
    r"|QUYẾT ĐỊNH\s*:|QUYẾT NGHỊ\s*:?|BAN HÀNH\s*:|CHỈ THỊ\s*:)",
    re.MULTILINE,
)
_ITEM_END: Final = re.compile(
    r";|\.\s*(?:\n|$)|:\s*\n|\n(?=[ \t]*(?:[-–+•*][ \t]*)?"
    r"(?:Căn cứ|CĂN CỨ|Theo đề nghị|Xét |Thực hiện |QUYẾT ĐỊNH|Điều 1))"
)
_NEXT_IN_ITEM: Final = re.compile(
    r"\s*(?:và\s+)?(?:các\s+)?(?:" + "|".join(sorted(name[0].upper() + name[1:] for name in _NAMES)) + r")\b[^;\n]"
)
PREAMBLE_REACH: Final = 6_000
"""A preamble begins within so many letters."""
GAP: Final = 1_200
MAX_ITEM: Final = 900


def legal_bases(body: Body) -> list[tuple[dict[str, Any], int]]:
    """Return the "Căn cứ …" items of the preamble, each with its position.

    An item that lists several laws with ";" between them gives one entry per law. "Căn cứ" later in the text
    opens an ordinary sentence and is not a legal basis.
    """
    text = body.text
    found: list[tuple[dict[str, Any], int]] = []
    last: int | None = None
    position = 0
    while match := _BASIS.search(text, position):
        if last is None and match.start() > PREAMBLE_REACH:
            break
        if last is not None and (match.start() - last > GAP or _BODY_BEGINS.search(text, last, match.start() + 1)):
            break
        if last is None and _body_began(text, match.start()):
            break
        start = match.start()
        words_from = match.end()
        while True:
            end = _ITEM_END.search(text, words_from, words_from + MAX_ITEM)
            stop = end.start() if end else min(len(text), words_from + MAX_ITEM)
            found.append((_basis(body, start, words_from, stop), start))
            position = last = max(stop, match.end())
            following = _NEXT_IN_ITEM.match(text, stop + 1) if end and end[0] == ";" else None
            if following is None:
                break
            start = words_from = stop + 1 + len(following[0]) - len(following[0].lstrip())
    return found


def _body_began(text: str, before: int) -> bool:
    """Tell whether numbered sections stand before the first "Căn cứ": then it is no preamble."""
    return len(_BODY_BEGINS.findall(text, 0, before)) > 0


def _basis(body: Body, start: int, words_from: int, stop: int) -> dict[str, Any]:
    words = clean(body.text[start:stop]).lstrip("-–+•* ")
    cited = find_symbols(words)
    issued: str | None
    if cited:
        symbol: str | None = cited[0].symbol.text
        issued = _issued(words, cited[0])[0]
    else:
        symbol = None
        date = _DATE.search(clean(body.text[words_from:stop]))
        parsed = parse_date(date[0]) if date else None
        issued = parsed.isoformat() if parsed else None
    entry: dict[str, Any] = {"words": words, "symbol": symbol, "issued_on": issued}
    page = body.page_at(start)
    if page is not None:
        entry["page"] = page
    return entry
