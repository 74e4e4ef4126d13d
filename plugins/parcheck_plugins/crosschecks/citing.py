# SPDX-License-Identifier: Apache-2.0
"""What a text says of other documents: who issued what it cites and on what subject, and which ones it replaces."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from parcheck_plugins.body.citations import references
from parcheck_plugins.letterhead.folding import clean
from parcheck_plugins.letterhead.grammar import TYPES, find_symbols

if TYPE_CHECKING:
    from parcheck_plugins.body.pages import Body
    from parcheck_plugins.letterhead.grammar import Mention

MOST: Final = 200
"""Citations kept of one document: more only stand in lists of all law there is."""
_BY: Final = re.compile(
    r"[\s,]*(?:của|do)\s+(?P<by>[^;.:()\n]{3,90}?(?:\n[^;.:()\n]{2,60}?)?)"
    r"(?=\s*(?:[;.:,()]|ngày\s+\d|về\b|v/v|ban\s+hành|quy\s+định|phê\s+duyệt|triển\s+khai|hướng\s+dẫn|thực\s+hiện|$))",
    re.IGNORECASE,
)
_DAY: Final = re.compile(
    r"[\s,]*ngày\s+(?:\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}|\d{1,2}\s+tháng\s+\S+\s+năm\s+\d{4})", re.IGNORECASE
)
_ABOUT: Final = re.compile(
    r"[\s,]*(?P<about>(?:về|v/v|ban\s+hành|phê\s+duyệt|triển\s+khai|thực\s+hiện|quy\s+định|hướng\s+dẫn)\b[^;.:]{4,220})",
    re.IGNORECASE,
)


def cited_documents(body: Body) -> list[dict[str, Any]]:
    """Return the documents that a text cites: {symbol, issued_on, by, about, words, page}; null where not said."""
    found = []
    for entry, at in references(body, None)[:MOST]:
        window = body.text[at : at + 500]
        mentions = find_symbols(window)
        if not mentions:
            continue
        by, about = _said_of(window, mentions[0])
        found.append({**entry, "by": by, "about": about})
    return found


def _said_of(window: str, mention: Mention) -> tuple[str | None, str | None]:
    """Return (who issued it, on what subject), read from the words behind a number."""
    end = max(mention.end, mention.date_end)
    by = _BY.match(window, end)
    if by:
        end = by.end()
    if day := _DAY.match(window, end):
        end = day.end()
    about = _ABOUT.match(window, end)
    return (clean(by["by"]) if by else None), (clean(about["about"]) if about else None)


_NAMES: Final = sorted({name.casefold() for names in TYPES.values() for name in names}, key=len, reverse=True)
_TYPE: Final = "(?:" + "|".join(name.replace(" ", r"\s+") for name in _NAMES) + ")"
_VERB: Final = r"(?:thay\s+thế(?:\s+cho)?|bãi\s+bỏ|h(?:ủy|uỷ)\s+bỏ|thu\s+hồi)"
_SENTENCE: Final = re.compile(r"[;:]\s|\.\s+(?=[A-ZĐÀ-Ỹ0-9])|\n\s*(?=Điều\s+\d)|\n\s*[-–+•*]\s|\n\s*\n")
_DIRECT: Final = re.compile(
    rf"(?P<before>.*?)\b{_VERB}\s+(?:toàn\s+bộ\s+)?(?:các\s+)?{_TYPE}(?:\s+số)?\s*:?\s*$", re.IGNORECASE | re.DOTALL
)
_BEGINS: Final = re.compile(
    r"^\W*(?:(?:điều|khoản|mục)\s+\d+\s*[.:]\s*|\d+[.)]\s*|(?:về\s+việc|v/v)\s+)*$", re.IGNORECASE
)
_TITLE: Final = re.compile(r"(?:^|\n)\s*(?:về\s+việc|v/v)\s*$", re.IGNORECASE)
_THIS: Final = re.compile(rf"\b{_TYPE}\s+này\b(?!.*\b{_TYPE}\s+số\b)", re.IGNORECASE | re.DOTALL)
_PLANNED: Final = re.compile(
    r"\b(?:không|chưa|dự\s+thảo|đề\s+nghị|kiến\s+nghị|đề\s+xuất|xem\s+xét|trình|tham\s+mưu|nghiên\s+cứu|sẽ|dự\s+kiến"
    r"|rà\s+soát|cần|phải)\b",
    re.IGNORECASE,
)
_NAMED: Final = re.compile(rf"\b{_TYPE}(?:\s+số)?\s*:?\s*$", re.IGNORECASE)
_AND: Final = re.compile(rf"(?:,|\bvà)\s*(?:các\s+)?{_TYPE}\s*(?:số)?\s*:?\s*$", re.IGNORECASE)
_ON_SOMETHING: Final = re.compile(r"\b(?:về|v/v|thực\s+hiện|triển\s+khai|hướng\s+dẫn)\b", re.IGNORECASE)
_ENDED: Final = re.compile(
    r"[^;.]{0,160}?\b(?:hết\s+hiệu\s+lực(?!\s+một\s+phần)"
    rf"|(?:đã\s+)?(?:được|bị)\s+{_VERB}\s+(?:bởi|bằng|tại|theo))",
    re.IGNORECASE,
)
_REACH: Final = 320


def replaced_documents(body: Body) -> list[dict[str, Any]]:
    """Return the documents that a text declares replaced or void as a whole: {symbol, issued_on, own, words, page}.

    `own`: the text says it of itself ("Quyết định này … thay thế Quyết định số …"); otherwise it is a bare order
    ("Bãi bỏ Quyết định số …") or a statement ("Quyết định số … hết hiệu lực"), which counts only in a document that may
    give such orders. What is proposed, planned or denied, and what only touches some articles, is left out.
    """
    text = body.text
    found: list[dict[str, Any]] = []
    last: Mention | None = None
    for mention in find_symbols(text):
        lead, start = _lead(text, mention.start)
        own: bool | None = None
        if last is not None and mention.start - last.end < _REACH:
            between = text[last.end : mention.start]
            if not _SENTENCE.search(between) and _AND.search(between) and not _ON_SOMETHING.search(between):
                own = bool(found[-1]["own"])
        own = _replaces(lead, text, mention) if own is None else own
        if own is None:
            last = None
            continue
        last = mention
        entry: dict[str, Any] = {
            "symbol": mention.symbol.text,
            "issued_on": mention.date.isoformat() if mention.date else None,
            "own": own,
            "words": clean(text[max(start, mention.start - 120) : max(mention.end, mention.date_end)]),
        }
        page = body.page_at(mention.start)
        found.append(entry if page is None else {**entry, "page": page})
        if len(found) == MOST:
            break
    return found


def _lead(text: str, at: int) -> tuple[str, int]:
    """Return what stands in the sentence before a place, and where the sentence begins."""
    begins = max(0, at - _REACH)
    for end in _SENTENCE.finditer(text, begins, at):
        begins = end.end()
    return text[begins:at], begins


def _replaces(lead: str, text: str, mention: Mention) -> bool | None:
    """Return whether a sentence declares a document void of itself (True), or barely so (False); None: it does not."""
    if _PLANNED.search(lead):
        return None
    if match := _DIRECT.match(lead):
        if _THIS.search(match["before"]):
            return True
        return False if _BEGINS.match(match["before"]) or _TITLE.search(match["before"]) else None
    ended = _ENDED.match(text, max(mention.end, mention.date_end))
    named = _NAMED.search(lead)
    if ended and named and _BEGINS.match(lead[: named.start()]):
        return None if _PLANNED.search(ended[0]) or find_symbols(ended[0]) else False
    return None
