# SPDX-License-Identifier: Apache-2.0
"""Letterheads of scans: only the regions that matter are recognised, and nothing missed is called absent.

Recognised digits are held against what is known otherwise: the file's name and the times of signing. What is read
twice by different ways is surer; what is written by hand stays unknown unless such a witness says the same.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from parcheck.model import Fact, Reason, Source
from parcheck.reading.document import Document
from parcheck.reading.recognition import Part
from parcheck_plugins.letterhead import folding, grammar, people, signature_block
from parcheck_plugins.letterhead.geometry import Found, around, centre, height

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from parcheck.reading.document import Line
    from parcheck_plugins.letterhead.header import Header

HANDWRITTEN: Final = Reason("handwritten")
UNCLEAR: Final = Reason("low-confidence")
NEVER_ABSENT: Final = frozenset(
    {"type", "symbol", "number", "sign", "issued_on", "place", "issuer", "subject", "signer", "recipients"}
)
"""Facts that every document has, or whose absence would be held against it: missed is not absent."""
_HEADS: Final = 5
"""Pages whose heads may be read in search of the letterhead."""
_FEET: Final = 4
"""Pages whose feet may be read in search of the signature block."""
_BLOCK: Final = 260.0
"""Points under "Nơi nhận" in which the name stands."""
_LOW: Final = 640.0
"""Points from the top below which a block may run on to the next page."""
_HALF_READ: Final = 0.8
_HALF_NAMES: Final = frozenset({"UYBANNHANDAN", "HOIDONGNHANDAN", "UBND", "HDND"})
"""Issuers that are none without the name of their place."""
_AGREED: Final = 0.95
_WITNESSED: Final = 0.9
_POOR: Final = 0.6
"""Confidence below which words that no list and no second look stands behind are not given."""
_STAMPED: Final = 60.0
"""Points of height up to which a picture over the number is a stamp of it, and no emblem or seal."""
_PRINTED: Final = re.compile(r"NGAY(\d{0,2})THANG(\d{0,2})NAM(\d{0,4})")
_NAME_DATES: Final = re.compile(
    r"(?<!\d)(?:19|20)\d{6}(?:[_-]?\d{6})?(?!\d)|(?<!\d)\d{1,2}[._-]\d{1,2}[._-](?:19|20)\d\d"
)
_NAMED: Final = re.compile(r"\d{1,5}|[^\W\d_]+")
_DAYS: Final = 5


class Region(Document):
    """A document of which recognised pages show one part only, and only on some pages.

    Args:
        inner: the document.
        part: what recognised pages show.
        pages: those that show it.
        empty: what the other recognised pages do: be empty (True), or be unread for the fault of their own text.
    """

    def __init__(self, inner: Document, part: Part, pages: Collection[int], *, empty: bool = False) -> None:
        self._inner = inner
        self._part = part
        self._shown = pages
        self._empty = empty
        self.media_type = inner.media_type
        self.page_count = inner.page_count
        self.paged = inner.paged
        self.wraps = inner.wraps
        self.source = inner.source

    def __getattr__(self, name: str) -> Any:
        """Hand on what only the format knows."""
        return getattr(self._inner, name)

    @property
    def encoding(self) -> str:
        """Return the inner document's."""
        return self._inner.encoding

    def recognised(self, page: int) -> bool:
        """Tell whether the page's words were recognised from pixels."""
        return self._inner.recognised(page)

    def _hidden(self, page: int) -> bool:
        return self._inner.recognised(page) and page not in self._shown

    def unread(self, page: int) -> Reason | None:
        """Return why the page cannot be read."""
        if self._hidden(page):
            return None if self._empty else self._inner.layer_fault(page)
        return self._inner.unread(page)

    def text(self, page: int) -> str:
        """Return the text of the part."""
        return "" if self._hidden(page) else self._inner.text_in(page, self._part)

    def lines(self, page: int) -> Sequence[Line]:
        """Return the lines of the part."""
        return [] if self._hidden(page) else self._inner.lines_in(page, self._part)

    def close(self) -> None:
        """Do nothing: the inner document is closed by who opened it."""


def heads(document: Document) -> Document:
    """Return the document with the heads of its first pages."""
    return Region(document, Part.HEAD, range(1, _HEADS + 1))


def feet(document: Document, first: int, part: Part = Part.BLOCK) -> Document:
    """Return the document with the foot of the page that bears the signature block.

    Args:
        document: the document.
        first: the page that has the letterhead.
        part: `SIGNED` where nobody asks for the recipients, else `BLOCK`.
    """
    if not document.recognised(first):
        return Region(document, Part.FOOT, ())
    pages: list[int] = []
    for number in islice(document.endings(first), _FEET):
        if document.lines_in(number, part):
            return _shown(document, number, first, part)[0]
        pages.append(number)
    best: Document | None = None
    for number in pages:
        view, block = _shown(document, number, first, Part.FOOT)
        if _receivers(view.lines(number)) is not None or (block is not None and block.name):
            return view
        best = best or (view if block else None)
    return best or Region(document, Part.FOOT, (document.page_count,), empty=True)


def _shown(document: Document, page: int, first: int, part: Part) -> tuple[Document, signature_block.Block | None]:
    """Return the document with one part of a page, and the signature block found there."""
    view = Region(document, part, (page,), empty=True)
    block, _ = signature_block.find(view, first)
    start = _receivers(view.lines(page))
    if (block is None or not block.name) and start is not None and start.box[1] > _LOW and page < document.page_count:
        # The name may have slipped to the next page.
        return Region(document, Part.FOOT, (page, page + 1), empty=True), block
    return view, block


def settle(document: Document, page: int, found: Header | None, facts: Mapping[str, Fact]) -> dict[str, Fact]:
    """Return the facts of a document whose letterhead was recognised, as far as they can be stood by."""
    if not document.recognised(page):
        return {**facts, **_pictured(document, page, found, facts)}
    settled = {name: _vouched(name, fact) for name, fact in facts.items()}
    settled.update(_numbered(document, found, settled))
    draft = settled.get("draft")
    if draft and draft.value and draft.place and "DUTHAO" not in folding.key(draft.place.words or ""):
        # Number and day both blank is what handwriting looks like from here.
        settled["draft"] = Fact(unknown=HANDWRITTEN)
    if "issued_on" in settled:
        settled["issued_on"] = _dated(document, found, settled["issued_on"])
    if "signer" in settled and settled["signer"].value is None:
        settled["signer"] = _lone_name(document, page) or settled["signer"]
    if "issuer" in settled and folding.key(settled["issuer"].value or "") in _HALF_NAMES:
        settled["issuer"] = Fact(None, settled["issuer"].place, UNCLEAR)
    if found is None:
        for name in settled.keys() & {"parent", "urgency", "secrecy", "draft", "copy"}:
            if not settled[name].value:
                settled[name] = Fact(unknown=UNCLEAR)
    return settled


def _pictured(document: Document, page: int, found: Header | None, facts: Mapping[str, Fact]) -> dict[str, Fact]:
    """Return number and date where a page of print leaves them blank and a picture over the blank shows them."""
    told: dict[str, Fact] = {}
    if found is None or not (hasattr(document, "line_at") and hasattr(document, "pictures")):
        return told
    if any(_is_pictured(facts.get(name)) for name in ("symbol", "number")) and found.symbol:
        line = _under_picture(document, page, found.symbol.lines)
        symbol = grammar.parse_symbol(line.text) if line else None
        printed = found.sign.value if found.sign else ""
        if line and symbol and symbol.number.isdigit() and folding.key(symbol.sign) == folding.key(printed):
            told["symbol"] = Found(symbol.text, (line,)).fact(document.paged)
            told["number"] = Found(symbol.number, (line,)).fact(document.paged)
    if _is_pictured(facts.get("issued_on")) and found.date:
        line = _under_picture(document, page, found.date.lines)
        date = grammar.parse_date(line.text) if line else None
        if line and date and _fits(date, found.date.lines):
            told["issued_on"] = Found(date.isoformat(), (line,)).fact(document.paged)
    if told and _is_pictured(facts.get("draft")):
        told["draft"] = Fact(False)
    return {name: fact for name, fact in told.items() if name in facts}


def _is_pictured(fact: Fact | None) -> bool:
    return fact is not None and fact.unknown is not None and fact.unknown.code == "stamp-image"


def _under_picture(document: Any, page: int, lines: Sequence[Line]) -> Line | None:
    """Return the line as the page shows it when a small picture lies over it, None when none does."""
    x0, y0, x1, y1 = box = around(lines)
    if any(line.page != page for line in lines) or y1 - y0 > 2 * height(lines[0]):
        return None
    regions = [*(stamp.box for stamp in document.stamps(page) if not stamp.words), *document.pictures(page)]
    if not any(a < x1 and c > x0 and b < y1 and d > y0 and d - b < _STAMPED for a, b, c, d in regions):
        return None
    line: Line | None = document.line_at(page, box)
    return line if line and (line.confidence or 0.0) > _POOR else None


def _fits(date: dt.date, lines: Sequence[Line]) -> bool:
    """Tell whether a date agrees with what the page prints of it."""
    match = _PRINTED.search(folding.key("".join(line.text for line in lines)))
    printed = zip(match.groups(), (date.day, date.month, date.year), strict=True) if match else ()
    return all(not digits or int(digits) == value for digits, value in printed)


def _vouched(name: str, fact: Fact) -> Fact:
    if name in NEVER_ABSENT and fact.value is None:
        return Fact(None, fact.place, UNCLEAR)
    confidence = fact.place.confidence if fact.place else None
    if fact.value and confidence is not None and confidence < _POOR and name not in ("type", "symbol", "number"):
        return Fact(None, fact.place, UNCLEAR)
    if name == "signer" and fact.value and not fact.value["name"]:
        return Fact(None, fact.place, UNCLEAR)
    return fact


def _lone_name(document: Document, first: int) -> Fact | None:
    """Return the one name under "Nơi nhận" in the right column where a seal hides authority and title."""
    pages = list(islice(document.endings(first), _FEET))
    plain = [number for number in pages if document.lines_in(number, Part.SIGNED)]
    for number in plain or pages:
        lines = document.lines_in(number, Part.SIGNED if plain else Part.FOOT)
        start = _receivers(lines)
        if start is None:
            continue
        right = max(x.box[2] for x in lines)
        below = [x for x in lines if 0 < x.box[1] - start.box[1] < _BLOCK and centre(x) > 0.55 * right]
        named = [(name, x) for x in below if (name := people.name_in(x.text)) and _surname(name)]
        if len(named) != 1:
            return None
        name, line = named[0]
        fact = Found({"name": name, "title": None, "authority": []}, (line,)).fact(document.paged)
        confidence = min(_HALF_READ, line.confidence or 0.0)
        return (
            dataclasses.replace(fact, place=dataclasses.replace(fact.place, confidence=confidence))
            if fact.place
            else fact
        )
    return None


def _receivers(lines: Sequence[Line]) -> Line | None:
    return next((line for line in lines if folding.key(line.text).startswith("NOINHAN")), None)


def _surname(name: str) -> bool:
    return folding.key(name.split(maxsplit=1)[0]) in people.SURNAMES


def _numbered(document: Document, found: Header | None, facts: Mapping[str, Fact]) -> dict[str, Fact]:
    """Hold number and sign against the file's name."""
    if "symbol" not in facts and "number" not in facts and "sign" not in facts:
        return {}
    lines = found.symbol.lines if found and found.symbol else ()
    if found is None or not any(line.source is Source.OCR for line in lines):
        return {}
    symbol = found.parsed
    guessed = symbol is None
    if symbol is None:
        guess = next((line.guess for line in lines if line.guess), None)
        symbol = grammar.parse_symbol(guess) if guess else None
    if symbol is None:
        return dict.fromkeys(facts.keys() & {"symbol", "number"}, Fact(unknown=HANDWRITTEN))
    witness = _in_name(document.path.stem, symbol)
    if witness is False or (guessed and witness is None):
        reason = HANDWRITTEN if guessed else UNCLEAR
        return dict.fromkeys(facts.keys() & {"symbol", "number"}, Fact(unknown=reason))
    values = {"symbol": symbol.text, "number": symbol.number, "sign": symbol.sign}
    told: dict[str, Fact] = {}
    for name in facts.keys() & values.keys():
        fact = Found(values[name], lines).fact(document.paged)
        told[name] = _surer(fact, _WITNESSED if guessed else _AGREED) if witness else fact
    return told


def _in_name(stem: str, symbol: grammar.Symbol) -> bool | None:
    """Tell whether the file's name gives the same number beside a part of the sign, another one, or none."""
    tokens = _NAMED.findall(_NAME_DATES.sub(" ", folding.normalise(stem)))
    groups = {folding.key(group) for group in re.split(r"[-/.]", symbol.sign)}
    known = groups | {"UB"} if "UBND" in groups else groups
    numbers = {
        int(token)
        for i, token in enumerate(tokens)
        if token.isdigit() and any(folding.key(t) in known for t in tokens[max(0, i - 1) : i] + tokens[i + 1 : i + 2])
    }
    if not numbers or not symbol.number.isdigit():
        return None
    return int(symbol.number) in numbers


def _dated(document: Document, found: Header | None, fact: Fact) -> Fact:
    """Hold the date against the times at which the file says it was signed."""
    lines = found.date.lines if found and found.date else ()
    if not any(line.source is Source.OCR for line in lines):
        return fact
    claims = _claimed(document)
    if fact.value is not None:
        date = dt.date.fromisoformat(fact.value)
        if any(claim < date - dt.timedelta(days=_DAYS) for claim in claims):
            return Fact(None, fact.place, UNCLEAR)
        near = any(dt.timedelta(0) <= claim - date <= dt.timedelta(days=_DAYS) for claim in claims)
        return _surer(fact, _AGREED) if near else fact
    guess = next((line.guess for line in lines if line.guess), None)
    date_guessed = grammar.parse_date(guess) if guess else None
    if date_guessed is not None and date_guessed in claims:
        return _surer(Found(date_guessed.isoformat(), lines).fact(document.paged), _WITNESSED)
    return Fact(None, fact.place, HANDWRITTEN)


def _claimed(document: Document) -> set[dt.date]:
    """Return the days on which the file's signatures say they were made, as the signer's program wrote them."""
    if not hasattr(document, "signatures"):
        return set()
    days = set()
    for signature in document.signatures():
        claimed = getattr(signature, "claimed_at", None)
        if claimed:
            moment = dt.datetime.fromisoformat(claimed)
            days.add((moment.astimezone(_VIETNAM) if moment.tzinfo else moment).date())
    return days


_VIETNAM: Final = dt.timezone(dt.timedelta(hours=7))


def _surer(fact: Fact, confidence: float) -> Fact:
    if fact.place is None:
        return fact
    confidence = max(confidence, fact.place.confidence or 0.0)
    return dataclasses.replace(fact, place=dataclasses.replace(fact.place, confidence=confidence))
