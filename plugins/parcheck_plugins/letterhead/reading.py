# SPDX-License-Identifier: Apache-2.0
"""What a document says of itself at its head and its end, put together from what stands where."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from parcheck.model import Fact, Reason, Source
from parcheck.reading.recognition import Part
from parcheck_plugins.letterhead import (
    copies,
    folding,
    gazette,
    grammar,
    header,
    issuers,
    minutes,
    scanned,
    signature_block,
    title,
)
from parcheck_plugins.letterhead.geometry import Found, around, centre, height, place
from parcheck_plugins.letterhead.reader import END, HEAD

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from parcheck.model import Box
    from parcheck.reading.document import Document, Line

_COVER_PAGES: Final = 5
_COVER_WORDS: Final = 80
_NEAR: Final = 120.0
"""Points below number and date in which DỰ THẢO, KHẨN and MẬT still speak of the document."""
_TITLED: Final = re.compile(r"^(?P<type>[^\W\d_][^\d]{2,30}?)\s+(?:SỐ|Số|số)\s*:?\s*(?P<symbol>\d\S*)(?P<rest>.*)$")
_OWN: Final = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_ENCLOSED: Final = re.compile(r"kèm theo[^()]{0,40}?(?:số\s*:?\s*)?[^()]*?(?P<sign>/\s*[A-ZĐ][\w&-]*)", re.IGNORECASE)
_UPPER: Final = 40
"""Lines at the top of a page that tell where its middle is: wide tables may follow."""
_BOUND: Final = 6
"""Pages of an annex in front of its document that are looked through."""


def read(document: Document, wanted: AbstractSet[str]) -> dict[str, Fact]:
    """Return the wanted facts, and no others."""
    facts: dict[str, Fact] = {}
    whole, document = document, scanned.heads(document)
    page, found = _locate(document)
    copier = found is not None and found.copier
    if copier:
        # The sheet of a copy without its document: it names nobody who issued anything.
        facts.update(
            {**dict.fromkeys(HEAD | END, Fact()), "draft": Fact(False), "copy": _end(whole, page, None)["copy"]}
        )
        return {name: fact for name, fact in facts.items() if name in wanted}
    reason = document.unread(page) if found is None else None
    foreign = found is None and reason is None and _foreign(document.text(page))
    if reason is not None:
        facts.update(dict.fromkeys(wanted & (HEAD | {"draft"}), Fact(unknown=reason)))
    elif wanted & (HEAD | {"draft"}):
        facts.update({**dict.fromkeys(HEAD, Fact()), "draft": Fact(False)} if foreign else _head(document, page, found))
    if wanted & (END | {"copy"}):
        part = Part.BLOCK if "recipients" in wanted else Part.SIGNED
        absent = dict.fromkeys(END | {"copy"}, Fact())
        facts.update(absent if foreign else _end(scanned.feet(whole, page, part), page, found))
    facts = scanned.settle(whole, page, found, facts)
    return {name: fact for name, fact in facts.items() if name in wanted}


def _locate(document: Document) -> tuple[int, header.Header | None]:
    """Return the page that begins the document and its letterhead: page 1, or the first after a cover."""
    for number in range(1, min(document.page_count, _COVER_PAGES) + 1):
        if document.unread(number) is not None:
            return number, None
        if _foreign(document.text(number)):
            continue
        lines = document.lines(number)
        found = header.find(lines)
        if found is not None and not _inside_body(lines, found):
            return number, found
        if number == 1 and title.read_annex_title(lines)[0] is not None:
            return _behind_annex(document)
        if sum(len(x.text.split()) for x in lines) > _COVER_WORDS:
            break
    return 1, None


def _behind_annex(document: Document) -> tuple[int, header.Header | None]:
    """Return the letterhead of the document to which the annex bound in front of it belongs.

    Annexes hold forms and other people's documents: only a complete letterhead counts, with the sign that the annex
    names where it names one.
    """
    if document.layer_fault(1) is not None:
        return 1, None
    cited = _ENCLOSED.search(document.text(1))
    sign = folding.key(cited["sign"]) if cited else ""
    for number in range(2, min(document.page_count, _BOUND) + 1):
        if document.layer_fault(number) is not None or header.STATE not in folding.key(document.text(number)):
            continue
        lines = document.lines(number)
        found = header.find(lines)
        if found is None or _inside_body(lines, found) or found.symbol is None or found.date is None:
            continue
        if not (found.symbol.value and found.date.value and found.issuer):
            continue
        if not cited or _cites(document.text(1), found.symbol.value, sign):
            return number, found
        break
    return 1, None


def _cites(text: str, symbol: str, sign: str) -> bool:
    """Tell whether an annex is the document's own: it names the number, or leaves the number blank before the sign."""
    if any(folding.key(mention.symbol.text) == folding.key(symbol) for mention in grammar.find_symbols(text)):
        return True
    return not grammar.find_symbols(text[:600]) and folding.key(symbol).endswith(sign)


def _foreign(text: str) -> bool:
    """Tell a page of another language: some text, no letter one that only Vietnamese has."""
    return len(text) > 40 and not _OWN.search(text)


def _inside_body(lines: Sequence[Line], found: header.Header) -> bool:
    """Tell a form's letterhead further down a page that began with other text."""
    above = [x for x in lines if x.box[3] < found.top - 45 and x.source is not Source.STAMP]
    return sum(len(x.text.split()) for x in above) > 25


def _head(document: Document, page: int, found: header.Header | None) -> dict[str, Fact]:
    lines = document.lines(page)
    paged = document.paged
    kind, subject, about = _titles(lines, found)
    if kind is None and found and about is None and document.encoding != "unicode":
        kind, subject = title.read_uncapped(lines, found)
    if found and kind and found.symbol is None and (numbered := _number_under(lines, kind.lines[0])):
        found.number_with(*numbered)
    titled = (_titled(lines) or gazette.read_heading(lines)) if found is None else {}
    named = gazette.read(subject) if subject and kind and about is None else {}
    if found is None and not titled:
        titled = {name: value for name, value in named.items() if name != "subject"}
    subject = named.get("subject", subject)
    near = [x for x in lines if x.box[1] < found.bottom + _NEAR] if found else lines[:8]
    issuer, parent = (found.issuer, found.parent) if found else _bare_issuer(lines)
    values: dict[str, Found | None] = {
        "issuer": issuer,
        "parent": parent,
        "place": found.place if found else None,
        "urgency": next((Found(x.text, (x,)) for x in near if header.is_urgent(x)), None),
        "secrecy": next((Found(x.text, (x,)) for x in near if header.is_secret(x)), None),
        "type": kind,
        "subject": subject,
        **titled,
    }
    facts = {name: value.fact(paged) if value else Fact() for name, value in values.items()}
    facts.update(_numbered(document, page, found))
    for name in ("symbol", "number", "sign", "issued_on"):
        if name in titled:
            facts[name] = titled[name].fact(paged)
    facts.setdefault("issued_on", Fact())
    if facts["type"].value is None and found and found.parsed and found.parsed.type and found.symbol:
        facts["type"] = Found(found.parsed.type, found.symbol.lines).fact(paged)
    elif facts["type"].value is None and found and about is None and found.sign and found.sign.value:
        code = grammar.sign_type(found.sign.value)
        facts["type"] = Found(code, found.sign.lines).fact(paged) if code else Fact()
    if facts["type"].value == "BB" and found and found.date is None and kind:
        held = minutes.held_on(lines, kind.lines[-1].box[3])
        facts["issued_on"] = held.fact(paged) if held else Fact()
    facts["draft"] = _draft(document, lines, found, facts)
    return facts


def _number_under(lines: Sequence[Line], head: Line) -> tuple[grammar.Symbol, tuple[Line, ...]] | None:
    """Read "Số: 05/CĐ-UBND" centred right under the type: telegrams and contracts print it there."""
    for line in lines:
        if not 0 < line.box[1] - head.box[1] < 3 * height(head) or abs(centre(line) - centre(head)) > 40:
            continue
        symbol = grammar.parse_symbol(line.text) if line.text[:1] in "Ss" else None
        if symbol:
            return symbol, (line,)
    return None


def _titles(lines: Sequence[Line], found: header.Header | None) -> tuple[Found | None, Found | None, Found | None]:
    if not lines:
        return None, None, None
    whole = around(lines[:_UPPER])
    middle = (whole[0] + whole[2]) / 2
    if found is None:
        kind, subject = title.read_annex_title(lines)
        if kind is None:
            kind, subject = title.read_title(lines[:10], lines[0].box[1], middle, whole_line=True)
        if kind is None:
            subject = title.read_bare_title(lines, middle)
        return kind, subject, None
    about = title.read_about(found)
    kind, subject = title.read_title(lines, found.bottom, middle)
    if about is not None and (kind is None or (found.parsed and found.parsed.type == "CV")):
        return Found("CV", about.lines), about, about
    return kind, subject, about


def _bare_issuer(lines: Sequence[Line]) -> tuple[Found | None, Found | None]:
    """Read the issuer that alone stands at the top left of an annex in a file of its own."""
    if not lines:
        return None, None
    whole = around(lines)
    middle = (whole[0] + whole[2]) / 2
    named = [x for x in lines[:4] if x.box[2] < middle and issuers.is_issuer(x.text)]
    return issuers.read(named) if named and named[0] in lines[:2] else (None, None)


def _titled(lines: Sequence[Line]) -> dict[str, Found]:
    """Read "ÁN LỆ SỐ 55/2022/AL" at the top of a page without letterhead."""
    for i, line in enumerate(lines[:6]):
        match = _TITLED.match(line.text)
        if not match or match["type"] != match["type"].upper():
            continue
        kind, symbol = grammar.type_named(match["type"]), grammar.parse_symbol(match["symbol"])
        if kind and symbol:
            at = (line,)
            found = {
                "type": Found(kind, at),
                "symbol": Found(symbol.text, at),
                "number": Found(symbol.number, at),
                "sign": Found(symbol.sign, at),
            }
            if subject := title.subject_under(lines[i + 1 :], line):
                found["subject"] = subject
            if date := grammar.parse_date(match["rest"]):
                found["issued_on"] = Found(date.isoformat(), at)
            return found
    return {}


def _numbered(document: Document, page: int, found: header.Header | None) -> dict[str, Fact]:
    """Return number, sign and date; blank ones are unknown where a picture may hold them."""
    facts = dict.fromkeys(("symbol", "number", "sign", "issued_on"), Fact())
    if found is None:
        return facts
    paged = document.paged
    if found.sign:
        facts["sign"] = found.sign.fact(paged)
    if found.symbol:
        if found.symbol.value is None:
            reason = _pictured(document, page, around(found.symbol.lines))
            facts["symbol"] = facts["number"] = Fact(None, place(found.symbol.lines, paged), reason)
        else:
            facts["symbol"] = found.symbol.fact(paged)
            if found.parsed:
                facts["number"] = Found(found.parsed.number, found.symbol.lines).fact(paged)
    if found.date:
        if found.date.value is None:
            reason = _pictured(document, page, around(found.date.lines))
            facts["issued_on"] = Fact(None, place(found.date.lines, paged), reason)
        else:
            facts["issued_on"] = found.date.fact(paged)
    return facts


def _pictured(document: Document, page: int, box: Box) -> Reason | None:
    """Return why a blank may not be blank: signatures in the file, or a picture over the spot."""
    if getattr(document, "signature_count", 0):
        return Reason("stamp-image")
    regions: list[Box] = [s.box for s in document.stamps(page)] if hasattr(document, "stamps") else []
    if hasattr(document, "pictures"):
        regions.extend(document.pictures(page))
    x0, y0, x1, y1 = box
    over = any(a < x1 and c > x0 and b < y1 + 4 and d > y0 - 4 for a, b, c, d in regions)
    return Reason("stamp-image") if over else None


def _draft(document: Document, lines: Sequence[Line], found: header.Header | None, facts: Mapping[str, Fact]) -> Fact:
    """Tell a draft: the word at the head, or number and day both blank where nothing can have been stamped in."""
    limit = (found.bottom if found else lines[0].box[1] if lines else 0.0) + _NEAR
    for line in lines:
        if header.is_draft(line) and (line.box[1] < limit or (line.size or 0) > 24):
            return Found(True, (line,)).fact(document.paged)
    blank = found is not None and found.symbol is not None and found.symbol.value is None
    undated = found is not None and found.date is not None and found.date.value is None
    if blank and undated and found and found.symbol and found.date:
        if facts["symbol"].unknown or facts["issued_on"].unknown:
            return Fact(unknown=facts["symbol"].unknown or facts["issued_on"].unknown)
        return Found(True, found.symbol.lines + found.date.lines).fact(document.paged)
    return Fact(False)


def _end(document: Document, page: int, found: header.Header | None) -> dict[str, Fact]:
    """Read signer and recipients, and whether a copier's block follows, whose signer and recipients are not these."""
    block, hidden = signature_block.find(document, page) if found else signature_block.find_last(document)
    # A copier's block may stand on the first page, the last, and after the signature.
    after = {block.page, block.page + 1} if block else set()
    after = {number for number in after if block and (number == block.page or not _recognised(document, number))}
    pages = sorted(number for number in {page, *after, document.page_count} if number <= document.page_count)
    copy, unseen = copies.find(document, pages)
    if copy is not None and copy.top is not None:
        until = (copy.page, copy.top)
        if found:
            block, hidden = signature_block.find(document, page, until)
        else:
            block, hidden = signature_block.find_last(document, until)
    facts = _signed(document, block, hidden)
    if copy is not None:
        facts["copy"] = Fact(copy.kind, place((copy.line,), document.paged))
    else:
        facts["copy"] = Fact(unknown=unseen) if unseen else Fact()
    return facts


def _recognised(document: Document, number: int) -> bool:
    return number <= document.page_count and document.recognised(number)


def _signed(document: Document, block: signature_block.Block | None, hidden: Reason | None) -> dict[str, Fact]:
    unknown = Fact(unknown=hidden) if hidden else Fact()
    if block is None:
        return dict.fromkeys(END, unknown)
    signer: dict[str, Any] | None = None
    if block.name or block.title:
        signer = {
            "name": block.name.value if block.name else None,
            "title": block.title,
            "authority": list(block.authority),
        }
    lines = (*block.titled, *(block.name.lines if block.name else ()))
    return {
        "signer": Fact(signer, place(lines, document.paged)) if signer else unknown,
        "recipients": block.recipients.fact(document.paged) if block.recipients else Fact(),
    }
