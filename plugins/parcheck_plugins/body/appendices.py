# SPDX-License-Identifier: Apache-2.0
"""How many attachments a document says it has, and how many stand in the same file.

Counting too few declared is a silence, counting one too many accuses: words that point to another document's
appendix ("Phụ lục I ban hành kèm theo Nghị định số …") or that stand on an appendix itself ("(Ban hành kèm
theo Quyết định số …)") declare nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from parcheck_plugins.letterhead.folding import key
from parcheck_plugins.letterhead.grammar import TYPES, type_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from parcheck_plugins.body.pages import Body

_ID: Final = r"(?:[IVX]{1,5}|\d{1,2})(?:[.-]?\d{1,2}|[A-Ha-h])?(?![\w/])"
_KIND: Final = r"(?:phụ\s+lục|biểu(?:\s+mẫu)?|mẫu)"
_HEADING: Final = re.compile(
    r"^[ \t]*(?P<kind>PHỤ LỤC|Phụ lục|BIỂU(?: MẪU)?|Biểu(?: mẫu)?|MẪU|Mẫu)(?:[ \t]+(?:số|SỐ))?"
    rf"[ \t]*(?P<id>{_ID})?(?P<rest>[^\n]*)$",
    re.MULTILINE,
)
_SENTENCE: Final = re.compile(r"(?<![.…])[.;:]\s*$")
"""How the text above ends that is no title."""
_CONTINUED: Final = re.compile(r"tiếp|\.{4,}|…{2,}", re.IGNORECASE)
_ATTACHED: Final = re.compile(r"kèm\s+theo|đính\s+kèm|gửi\s+kèm", re.IGNORECASE)
_TYPE_WORDS: Final = "|".join(
    sorted((n.replace(" ", r"\s+") for names in TYPES.values() for n in names), key=len, reverse=True)
)
_SUBTITLE: Final = re.compile(
    r"^[ \t]{0,80}[(\[]? ?(?:Ban hành |Phê duyệt |Được ban hành |Gửi )?kèm theo\s+"
    rf"(?:{_TYPE_WORDS}|Văn\s+bản|Luật|Nghị)\b[^\n]{{0,90}}(?:số|\n)",
    re.MULTILINE | re.IGNORECASE,
)
_FOREIGN: Final = re.compile(
    rf"(?:[\s(]+(?:được\s+)?(?:ban\s+hành|phê\s+duyệt))?(?:[\s(]+(?:kèm\s+theo|đính\s+kèm|của|tại|theo|trong))?\s+(?:các\s+)?(?:dự\s+thảo\s+)?"
    rf"(?P<type>{_TYPE_WORDS}|Văn\s+bản|Luật)\b(?P<after>.{{0,40}})",
    re.IGNORECASE | re.DOTALL,
)
_NAMED: Final = re.compile(
    rf"(?P<kind>{_KIND})(?:\s+số)?\s+(?P<ids>{_ID}(?:\s*(?:,|;|và|-|–|đến)\s*(?:(?:{_KIND}\s+)?(?:số\s+)?)?{_ID})*)",
    re.IGNORECASE,
)
_POINTER: Final = re.compile(r"(?:tại|theo|ở|xem|trong|\(|có|chi tiết|gồm|và|các|những)\s*(?:các\s+)?$", re.IGNORECASE)
_NOUN: Final = r"(?:phụ\s+lục|biểu|bảng|danh\s+(?:sách|mục)|đề\s+cương)"
# In brackets, at a sentence's end, or "Gửi kèm …" at its beginning: elsewhere the words speak of what others attach
# ("hồ sơ kèm theo danh sách", "hợp đồng có thể có phụ lục kèm theo để …").
_LOOSE: Final = re.compile(
    r"\(\s*(?:có|xem|chi\s+tiết|theo|các|phân\s+công|phụ\s+lục|biểu|danh\s+(?:sách|mục)|bảng|số\s+liệu|tại)"
    r"[^()]{0,90}?(?:kèm\s+theo|đính\s+kèm|gửi\s+kèm)\b[^()]{0,40}\)"
    rf"|\(\s*(?:gửi|đính)\s+kèm(?:\s+theo)?(?:\s+(?:các\s+)?(?:{_NOUN}|dự\s+thảo|báo\s+cáo)\b[^()]{{0,60}})?\)"
    rf"|\(\s*kèm\s+theo\s+(?:các\s+|\d+\s+)?{_NOUN}\b(?![^()]{{0,80}}?số\s*:?\s*\d+\s*/)[^()]{{0,80}}\)"
    rf"|\b(?:tại|theo|ở|xem|có|các)\s+{_NOUN}(?:\s+\w+){{0,4}}?\s+(?:kèm\s+theo|đính\s+kèm|gửi\s+kèm)"
    rf"(?:\s*[).,;:\n]|\s+(?:{_TYPE_WORDS}|văn\s+bản)\s+này)"
    rf"|(?:(?<=[.;:]\s)|(?<=\n)|(?<=xin\s))gửi\s+kèm(?:\s+theo)?(?:\s+\w+){{0,4}}?\s+{_NOUN}\b",
    re.IGNORECASE,
)
_ENACTED: Final = re.compile(
    rf"ban\s+hành\s+kèm\s+theo\s+(?:{_TYPE_WORDS})\s+này|ban\s+hành\s+(?:{_TYPE_WORDS})\b[^.;]{{0,160}}?kèm\s+theo"
    rf"\s+(?:{_TYPE_WORDS})\s+này",
    re.IGNORECASE,
)
_THIS: Final = re.compile(r"\s+(?:này|trên|đây|nêu)\b", re.IGNORECASE)
# What attachments without the word "Phụ lục" are headed with, alone or with their title, in capitals.
_LISTED: Final = re.compile(
    r"^[ \t]*(?P<head>(?:DANH (?:MỤC|SÁCH)|BẢNG|BIỂU|ĐỀ CƯƠNG|LỊCH|SỐ LIỆU|THUYẾT MINH|TỔNG HỢP|KẾT QUẢ|MẪU|SƠ ĐỒ)\b"
    r"[^\n]{0,120})$",
    re.MULTILINE,
)
_RECIPIENTS: Final = re.compile(r"^[ \t]*Nơi\s+nhận\s*:?", re.MULTILINE | re.IGNORECASE)
# Letters that every match holds, so that the patterns run only near them.
_KIND_STEMS: Final = (("hụ", "HỤ"), ("iểu", "IỂU"), ("ẫu", "ẪU"))
_ATTACH_STEMS: Final = ("kèm", "Kèm", "KÈM")
_LOOSE_REACH: Final = 110
_NEARBY: Final = 400
"""A heading and the "(Kèm theo …)" under it stand within so many letters: one attachment, not two."""
_ADJACENT: Final = 3


def count_appendices(body: Body) -> tuple[dict[str, int], int]:
    """Return {"declared", "found"} and the position of the first declaration, -1 when nothing is declared."""
    text = body.text
    if not any(stem in text for stems in (*_KIND_STEMS, _ATTACH_STEMS) for stem in stems):
        return {"declared": 0, "found": 0}, -1
    blocks, first_block = _found(text)
    main = text[:first_block]
    declared, at = _declared(main)
    return {"declared": declared, "found": blocks}, at


def _found(text: str) -> tuple[int, int]:
    """Return the number of attachments in the file and where the first begins."""
    starts: list[int] = []
    seen: set[str] = set()
    for match in _HEADING.finditer(text):
        label = _heading(text, match)
        if label is None:
            continue
        if label not in seen:
            seen.add(label)
            starts.append(match.start())
    recipients = _RECIPIENTS.search(text)
    behind = recipients.end() if recipients else len(text)
    headings = list(starts)
    for match in _SUBTITLE.finditer(text):
        near = [s for s in headings if -_NEARBY < s - match.start() <= 0]
        before = text[max(0, match.start() - _NEARBY) : match.start()]
        titled = any(_capital(line) for line in before.split("\n")) and not _SENTENCE.search(before)
        if near or not (titled or (match.start() > behind and match[0].lstrip().startswith("("))):
            continue
        starts.append(match.start())
    if recipients and not starts:
        starts = _listed(text, behind)
    if recipients and not starts:
        # The attached regulation or plan follows the signature under its own name.
        for line in re.finditer(r"^[^\n]{4,40}$", text[recipients.end() :], re.MULTILINE):
            if line[0].isupper() and type_named(line[0]):
                starts.append(recipients.end() + line.start())
                break
    return len(starts), min(starts, default=len(text))


def _capital(line: str) -> bool:
    return len(line.strip()) > 5 and line == line.upper() and any(c.isalpha() for c in line)


def _listed(text: str, behind: int) -> list[int]:
    """Return where lists and tables begin that follow the signature under a heading of their own."""
    seen: dict[str, int] = {}
    last = -_ADJACENT
    for match in _LISTED.finditer(text, behind):
        if not _capital(match["head"]):
            continue
        # A heading of several lines is one attachment.
        if match.start() - last >= _ADJACENT:
            seen.setdefault(key(match["head"]), match.start())
        last = match.end()
    return sorted(seen.values())


def _heading(text: str, match: re.Match[str]) -> str | None:
    """Return a label that tells one attachment's heading from another's, or None for an ordinary line."""
    kind, identifier, rest = match["kind"], match["id"], match["rest"].strip()
    capitals = kind.isupper()
    if len(rest) > 160 or _CONTINUED.search(rest):
        return None
    if rest and rest[0] not in ".:-–(" and not (rest.isupper() and (capitals or identifier)):
        return None
    if rest.startswith((")", ",", ";")) or (not identifier and rest.startswith(("-", "–"))):
        return None
    if not capitals and rest.endswith((";", ".")):
        return None
    if not identifier:
        if not kind.casefold().startswith("phụ") or (not capitals and rest):
            return None
        # Unnumbered ones are told apart by what they are headed with.
        following = rest or text[match.end() : match.end() + 200].strip().partition("\n")[0]
        return "phụ lục " + key(following)[:40]
    return key(kind)[:3] + key(identifier).lstrip("0")


def _declared(main: str) -> tuple[int, int]:
    named: dict[str, int] = {}
    for match in _named(main):
        if not _is_own(main, match):
            continue
        for identifier in _identifiers(match["ids"]):
            named.setdefault(key(match["kind"])[:3] + identifier, match.start())
    position = min(named.values(), default=-1)
    count = len(named)
    if not count:
        for at in _positions(main, _ATTACH_STEMS):
            loose = _LOOSE.search(main, max(0, at - _LOOSE_REACH), at + _LOOSE_REACH // 2)
            if loose and loose.end() > at and not _points_elsewhere(main, loose):
                count, position = 1, loose.start()
                break
    enacted = _ENACTED.search(main)
    if enacted and not count:
        count, position = 1, enacted.start()
    return count, position


def _positions(text: str, stems: Iterable[str]) -> list[int]:
    found: list[int] = []
    for stem in stems:
        at = text.find(stem)
        while at >= 0:
            found.append(at)
            at = text.find(stem, at + 1)
    return sorted(found)


def _named(main: str) -> Iterator[re.Match[str]]:
    for at in _positions(main, (stem for stems in _KIND_STEMS for stem in stems)):
        match = _NAMED.match(main, max(0, at - 1))
        if match:
            yield match


def _is_own(main: str, match: re.Match[str]) -> bool:
    """Tell whether a named appendix is this document's own and attached to it."""
    after = main[match.end() : match.end() + 120]
    before = main[max(0, match.start() - 40) : match.start()]
    foreign = _FOREIGN.match(after)
    if foreign and not _THIS.match(foreign["after"]):
        return False
    if match["kind"].casefold().startswith("phụ"):
        return bool(_ATTACHED.search(after[:50]) or _ATTACHED.search(before) or _POINTER.search(before))
    return bool(_ATTACHED.match(after.lstrip()) or _ATTACHED.search(before[-25:]))


def _identifiers(ids: str) -> list[str]:
    parts = [key(part).lstrip("0") for part in re.findall(_ID, ids)]
    bounds = re.search(r"(?:-|–|đến)", ids)
    if bounds and len(parts) == 2 and all(part.isdigit() for part in parts):
        low, high = int(parts[0]), int(parts[1])
        if low < high <= low + 20:
            return [str(number) for number in range(low, high + 1)]
    return parts


def _points_elsewhere(main: str, match: re.Match[str]) -> bool:
    """Tell whether another document is named next: "(Phụ lục kèm theo Quyết định số 12/QĐ-TTg)"."""
    end = match.end() - 1 if match[0].endswith(")") else match.end()
    tail = main[match.start() : end + 120]
    attached = _ATTACHED.search(tail)
    if attached is None:
        return False
    rest = tail[attached.end() :]
    if match[0].endswith(")"):
        rest = tail[attached.end() : match.end() - match.start()]
    foreign = _FOREIGN.match(rest)
    return bool(foreign and not _THIS.match(foreign["after"]))
