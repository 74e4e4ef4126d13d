# SPDX-License-Identifier: Apache-2.0
"""Who signed, in what authority, and who receives: the end of a document (NĐ 30/2020/NĐ-CP, Điều 13).

The block may stand long before the file's end, in front of appendices with forms of their own, so the first one after
the letterhead counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeAlias

from parcheck.model import Source
from parcheck_plugins.letterhead import folding, grammar, issuers, people
from parcheck_plugins.letterhead.geometry import Found, centre, height

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcheck.model import Reason
    from parcheck.reading.document import Document, Line

_RECEIVES: Final = re.compile(r"N[oơ]i\s?nh[aâậ]n\s?:|(?:^|\n)\W{0,3}N[oơ]i\s?(?:nh[aâậ]n\b|gửi\s?:)", re.IGNORECASE)
_RECEIVERS: Final = re.compile(
    r"^\W{0,3}N[oơ]i\s?(?:nh[aâậ]n|gửi(?=\s?:))\s*(?:[:.;]\s*(?P<rest>.*))?\W{0,3}$", re.IGNORECASE
)
_SIGNS: Final = re.compile(
    r"(?:^|\n|\s{2})\s*(?:T\s?/?\s?M|K\s?/?\s?T|T\s?/?\s?L|TUQ)\s?[./]\s?[A-ZĐÀ-Ỹ][^\n]{2,60}", re.MULTILINE
)
_NOTE: Final = re.compile(
    r"đã\s*ký|ký,?\s*(?:tên|ghi rõ|đóng dấu|và)|họ (?:và )?tên|chữ ký|ký bởi|người ký|thời gian ký|ký số|email"
    r"|cơ quan:",
    re.IGNORECASE,
)
_TAIL: Final = 300.0
"""Points above the last line in which the block of a file without letterhead is looked for."""
_FILED: Final = re.compile(r"^\W*Lưu\b", re.IGNORECASE)
"""The item that closes the list: "Lưu: VT, CCHC."."""
_ENDS: Final = re.compile(r"^(?:PHULUC|MAUSO|BIEUSO|DANHMUC|DANHSACH)")


@dataclass(frozen=True, slots=True)
class Block:
    """The end of a document. Each part is None when it is not there."""

    name: Found | None
    title: str | None
    authority: tuple[str, ...]
    titled: tuple[Line, ...]
    recipients: Found | None
    page: int


Until: TypeAlias = "tuple[int, float] | None"
"""Page and height (points from the top) where a copier's block begins: what follows is not the document's."""


def find(document: Document, first: int, until: Until = None) -> tuple[Block | None, Reason | None]:
    """Return the first signature block from page `first` on, before `until`.

    Returns:
        The block or None, and why it could not be looked for everywhere when a page before it cannot be read.
    """
    hidden: Reason | None = None
    candidates: list[int] = []
    count = _last_page(document, until)
    for number in range(first, count + 1):
        reason = document.unread(number)
        if reason is not None:
            hidden = hidden or reason
            if number == first and document.page_count > 3 and document.unread(document.page_count) is not None:
                return None, hidden
            continue
        text = document.text(number)
        if _RECEIVES.search(text):
            block = _read(document, number, until=until)
            if block is not None:
                return block, hidden
        elif _SIGNS.search(text):
            candidates.append(number)
    if not candidates and count >= first:
        candidates = [n for n in (count, count - 1) if n >= first]
    for number in candidates:
        if document.unread(number) is None:
            block = _read(document, number, until=until)
            if block is not None and (block.name or block.authority):
                return block, hidden
    return None, hidden


def find_last(document: Document, until: Until = None) -> tuple[Block | None, Reason | None]:
    """Return a block with a name at the very end of a file without letterhead; anything less may be a form's."""
    number = _last_page(document, until)
    if number < 1:
        return None, None
    if reason := document.unread(number):
        return None, reason
    if not (_RECEIVES.search(text := document.text(number)) or _SIGNS.search(text)):
        return None, None
    lines = document.lines(number)
    tail = max((x.box[3] for x in lines), default=0.0) - _TAIL
    block = _read(document, number, tail, until)
    return (block, None) if block is not None and block.name else (None, None)


def _last_page(document: Document, until: Until) -> int:
    """Return the last page that holds the document itself; one that the copier's block begins is none."""
    if until is None:
        return document.page_count
    page, top = until
    above = any(x.box[3] < top for x in document.lines(page))
    return page if above else page - 1


def _read(document: Document, number: int, top: float = float("-inf"), until: Until = None) -> Block | None:
    lines = [x for x in document.lines(number) if x.box[1] >= top]
    if until is not None and number == until[0]:
        lines = [x for x in lines if x.box[1] < until[1]]
    if not lines:
        return None
    left, right = min(x.box[0] for x in lines), max(x.box[2] for x in lines)
    middle = (left + right) / 2
    lines = [part for x in lines for part in _apart(x, middle)]
    start, recipients = _recipients(lines, middle)
    wide = right - left
    column = [x for x in lines if _on_the_right(x, left, wide) or _is_central(x, lines, middle)]
    if start is not None:
        level = start.box[1] - 5.5 * height(start)
        chain = _chain([x for x in column if x.box[1] > level])
        if chain is None:
            chain = _chain([x for x in column if x.box[1] > start.box[1] - 16 * height(start)])
    else:
        chain = _last_chain(column)
    if chain is None and start is not None and number > 1 and start.box[1] < lines[0].box[1] + 100:
        earlier = document.lines(number - 1)
        chain = _last_chain([x for x in earlier if _on_the_right(x, left, wide)])
    chain = chain or _flat_chain(lines)
    if chain is None:
        return Block(None, None, (), (), recipients, number) if start is not None and recipients else None
    titles, name = _from_its_top(column, chain[0]), chain[1]
    if name is None and number < document.page_count and document.unread(number + 1) is None:
        name = _carried(document.lines(number + 1), middle)
    codes: list[str] = []
    for line in titles:
        if (split := grammar.parse_authority(line.text)) and split[0] not in codes:
            codes.append(split[0])
    words = " / ".join(x.text.strip(" ,;:") for x in titles)
    person = Found(people.signed_name_in(name.text), (name,)) if name else None
    return Block(person, words or None, tuple(codes), tuple(titles), recipients, number)


def _apart(line: Line, middle: float) -> tuple[Line, ...]:
    """Cut "Nơi nhận:   KT. GIÁM ĐỐC", which a file may hold as one line, where the right column begins."""
    match = _RECEIVERS.match(line.text) if line.box[0] < middle < line.box[2] else None
    if (
        match is None
        or not match["rest"]
        or not (grammar.parse_authority(match["rest"]) or _names_title(match["rest"]))
    ):
        return (line,)
    x0, y0, x1, y1 = line.box
    at = x0 + (x1 - x0) * match.start("rest") / len(line.text)
    left = replace(line, text=line.text[: match.start("rest")].strip(), box=(x0, y0, at, y1))
    return left, replace(line, text=match["rest"], box=(max(at, middle), y0, x1, y1))


def _names_title(text: str) -> bool:
    return text == text.upper() and people.is_title(text)


def _on_the_right(line: Line, left: float, wide: float) -> bool:
    """Tell a line of the right column, whose middle typed blanks may put a little off the page's."""
    return centre(line) > left + 0.43 * wide and line.box[0] > left + 0.28 * wide


def _recipients(lines: Sequence[Line], middle: float) -> tuple[Line | None, Found | None]:
    """Return the line "Nơi nhận" and the items under it."""
    for i, line in enumerate(lines):
        match = _RECEIVERS.match(line.text)
        if not match or line.box[0] > middle:
            continue
        items: list[str] = [match["rest"]] if match["rest"] else []
        taken = [line]
        last = line
        for other in lines[i + 1 :]:
            if other.box[0] > middle - 20 or other.source is Source.STAMP or centre(other) > middle + 30:
                continue
            if other.box[1] - last.box[3] > 2.0 * height(line) or _ENDS.match(folding.key(other.text)):
                break
            begins = not items or bool(re.match(r"^[-+*•–]", other.text))
            if not begins and _FILED.match(items[-1]) and (last.text.endswith((".", ")")) or _stands_off(other, last)):
                break
            taken.append(other)
            last = other
            if begins:
                items.append(other.text)
            else:
                items[-1] += " " + other.text
        tidy = [x for x in (item.strip(" -+*•–;.,:") for item in items) if x]
        return line, Found(tidy, tuple(taken)) if tidy else None
    return None, None


def _stands_off(line: Line, last: Line) -> bool:
    """Tell what no longer belongs to the item above: a larger gap, another size, another letterhead."""
    gap = line.box[1] - last.box[3]
    sizes = (line.size, last.size)
    other = None not in sizes and abs((line.size or 0) - (last.size or 0)) > 0.6
    heading = line.text == line.text.upper() and (len(line.text) > 20 or issuers.is_issuer(line.text))
    return gap > 0.7 * height(last) or other or heading


def _from_its_top(column: Sequence[Line], titles: list[Line]) -> list[Line]:
    """Add the authority that stands right above the titles, out of the window in which they were looked for."""
    titles = list(titles)
    above = [x for x in column if x.box[3] <= titles[0].box[1] + 3 and x.source is not Source.STAMP]
    while above and titles[0].box[1] - above[-1].box[3] < 0.9 * height(titles[0]) and _opens(above[-1]):
        titles.insert(0, above.pop())
    return titles


def _flat_chain(lines: Sequence[Line]) -> tuple[list[Line], Line | None] | None:
    """Read a block at the left edge, as files have it whose columns were put one below the other.

    Only what is sure without columns: an authority, titles and a name in lines that follow each other directly.
    """
    for i, line in enumerate(lines):
        if not grammar.parse_authority(line.text) or len(line.text) > 70:
            continue
        titles = [line]
        for other in lines[i + 1 : i + 5]:
            if abs(other.box[0] - line.box[0]) > 12 or other.box[1] - titles[-1].box[3] > 1.5 * height(other):
                break
            if people.signed_name_in(other.text):
                return titles, other
            if not people.is_title(other.text) or len(other.text) > 60:
                break
            titles.append(other)
    return None


def _chain(column: Sequence[Line]) -> tuple[list[Line], Line | None] | None:
    """Read authority and titles, then the name, from the first line that is one down."""
    titles: list[Line] = []
    for line in column:
        if line.source is Source.STAMP:
            continue
        if _NOTE.search(line.text) and not people.signed_name_in(line.text):
            continue
        if titles and line.box[1] - titles[-1].box[3] > 260:
            break
        if not titles:
            if _opens(line):
                titles.append(line)
            continue
        if people.signed_name_in(line.text):
            return titles, line
        compact = folding.key(line.text)
        if _ENDS.match(compact) or len(titles) > 6:
            break
        capital = line.text == line.text.upper() and len(compact) > 2
        apart = line.box[1] - titles[-1].box[3] > 2.5 * height(line)
        if capital and ((apart and not people.is_title(line.text)) or grammar.type_named(line.text)):
            break
        if capital or (people.is_title(line.text) and len(line.text) < 60):
            titles.append(line)
        elif len(line.text.split()) > 8:
            break
    return (titles, None) if titles else None


def _is_central(line: Line, lines: Sequence[Line], middle: float) -> bool:
    """Tell a title in the middle of the page with "(Đã ký)" right under it: so laws close."""
    if abs(centre(line) - middle) > 40 or not _opens(line):
        return False
    return any(
        folding.key(x.text) == "DAKY" and abs(x.box[1] - line.box[3]) < 3 * height(line) and centre(x) > middle - 40
        for x in lines
    )


def _opens(line: Line) -> bool:
    if len(line.text) > 70:
        return False
    if grammar.parse_authority(line.text):
        return True
    return (
        line.text == line.text.upper()
        and people.is_title(line.text)
        and not line.text.rstrip().endswith((",", ";", ":"))
    )


def _last_chain(column: Sequence[Line]) -> tuple[list[Line], Line | None] | None:
    """Read the last chain of a page without "Nơi nhận", only when a name closes it or an authority opens it."""
    found: tuple[list[Line], Line | None] | None = None
    for i, line in enumerate(column):
        chain = _chain(column[i:]) if _opens(line) else None
        if chain is None or (chain[1] is None and not grammar.parse_authority(chain[0][0].text)):
            continue
        if found is None or found[1] is None or chain[1] is not found[1]:
            found = chain
    return found


def _carried(lines: Sequence[Line], middle: float) -> Line | None:
    """Return a name at the top right of the page after the block."""
    if not lines:
        return None
    top = lines[0].box[1]
    for line in lines:
        if line.box[1] > top + 160:
            break
        if centre(line) > middle - 8 and people.name_in(line.text):
            return line
    return None
