# SPDX-License-Identifier: Apache-2.0
"""Where a text cites documents: each number and sign, the name before it, the date behind it.

Beyond the numbers that the decree on paperwork knows it reads what units really write: signs with a blank
("274/KL-STP ĐKT 557"), several numbers that share one sign ("số 325, 326/TB-UBND"), numbers without a sign
("Kết luận số 257"), names cut short ("KH số 213/KH-UBND").
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from parcheck_plugins.letterhead.grammar import OTHER_TYPES, TYPES, find_symbols, sign_type
from parcheck_plugins.submissions.dates import FOLLOWING, INCOMPLETE, date_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

_BY_NAME: Final = {name.casefold(): code for code, names in TYPES.items() for name in names} | {
    name.casefold(): name for name in OTHER_TYPES.values()
}
GENERIC: Final = "văn bản"
"""Names nothing but a document: its sign tells the type."""
_SHORT: Final = {code: code for code in TYPES if len(code) > 1} | {"KL": "KẾT LUẬN"}
_LONG_NAMES: Final = "|".join(sorted((*_BY_NAME, GENERIC, "thông báo kết luận"), key=len, reverse=True))
_NAME: Final = re.compile(
    rf"(?<!\w)(?:(?P<long>(?i:{_LONG_NAMES}))|(?P<short>{'|'.join(sorted(_SHORT, key=len, reverse=True))}))(?!\w)"
)
_LEAD: Final = re.compile(r"(?:\s+[^\W\d_]+){0,6}\s*(?:\(?\s*(?:số|Số|SỐ))?\s*:?\s*")
"""What may stand between a document's name and its number: "kiểm tra số"."""
_LOOK_BACK: Final = 70
_TAIL: Final = re.compile(
    r"\s(?:[A-ZĐ]{2,6}\s)?(?!(?:19|20)\d\d(?!\d))\d{2,4}(?=\s*(?:ngày(?!\w)|của(?!\w)|về(?!\w)|V/v|[,;:.)\n(]|$))"
)
_SHARED: Final = re.compile(r"(?:số|Số)\s*:?\s*(?P<list>(?:\d{1,6}\s*(?:,|;|và)\s*(?:số\s+)?)+)$")
_BARE: Final = re.compile(
    rf"(?P<name>(?i:{_LONG_NAMES}))(?P<more>(?:\s+[^\W\d_]+){{0,2}})\s+(?:số|Số)\s*:?\s*(?P<number>\d{{1,5}})(?![\d/\w])"
    r"(?!\s*[/%]|[.,]\d)(?=\s*(?:[:;,.)\n(]|$|(?:ngày|của|về)(?!\w)))"
)
_NOT_ALONE: Final = frozenset({"ĐA", "DA", "CTr", "PA", "HĐ"})
"""Types that are named with a number that is none: "Đề án số 06"."""
_NUMBER_WORD: Final = re.compile(r"(?:số|Số|SỐ)\s*:?\s*$")
_FORM: Final = re.compile(r"(?:mẫu|biểu|phụ\s+lục)(?:\s+mẫu)?(?:\s+số)?\s*:?\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mark:
    """One document cited in a text. Positions are in the text given."""

    start: int
    """Where the document's name begins, or its number where no name stands before it."""
    number_at: int
    end: int
    """Behind number, sign and the date that follows directly."""
    number: str
    sign: str | None
    symbol: str | None
    named: str | None
    """Type by the name before the number; None where none stands there, or only "văn bản"."""
    signed: str | None
    """Type by the sign."""
    date: dt.date | None = None
    date_words: str | None = None
    bad_date: bool = False
    """A date stands there, with a part missing or impossible."""
    listed: bool = False
    """Goes on a list begun by the mark before: it has no name of its own."""


def find_marks(text: str) -> list[Mark]:
    """Return every citation of a document by number, in order.

    Args:
        text: `folding.normalise`d; line breaks stay.
    """
    found = sorted([*_signed(text), *_bare(text)], key=lambda mark: mark.number_at)
    kept: list[Mark] = []
    for mark in found:
        if kept and mark.number_at < kept[-1].end:
            continue
        kept.append(_inherited(mark, kept[-1], text) if kept else mark)
    return _dated(kept)


def _signed(text: str) -> Iterator[Mark]:
    for mention in find_symbols(text):
        symbol, end = mention.symbol, mention.end
        sign, whole = symbol.sign, symbol.text
        if tail := _TAIL.match(text, end):
            extra = "".join(tail[0].split())
            sign, whole, end = sign + extra, whole + extra, tail.end()
        if _FORM.search(text, max(0, mention.start - _LOOK_BACK), mention.start):
            continue
        start, named = _name_before(text, mention.start, sign_type(symbol.sign))
        mark = Mark(start, mention.start, end, symbol.number, sign, whole, named, sign_type(symbol.sign))
        mark = _with_date(mark, text)
        if start == mention.start and mark.signed is None and mark.date is None and not mark.named:
            continue
        yield from _sharing(mark, text)
        yield mark


def _sharing(mark: Mark, text: str) -> Iterator[Mark]:
    """Yield the numbers before this one that share its sign: "các Thông báo số 325, 326/TB-UBND"."""
    shared = _SHARED.search(text, max(0, mark.number_at - 200), mark.number_at)
    if shared is None or mark.sign is None or mark.symbol is None:
        return
    rest = mark.symbol[len(mark.number) :]
    start, named = _name_before(text, shared.start("list"), mark.signed)
    for index, number in enumerate(re.finditer(r"\d+", shared["list"])):
        at = shared.start("list") + number.start()
        yield replace(
            mark,
            start=at if index else start,
            number_at=at,
            end=at + len(number[0]),
            number=number[0],
            symbol=number[0] + rest,
            named=named,
            listed=bool(index),
        )


def _bare(text: str) -> Iterator[Mark]:
    for match in _BARE.finditer(text):
        name = match["name"].casefold()
        kind = _BY_NAME.get(name)
        if kind in _NOT_ALONE or name == GENERIC:
            continue
        mark = Mark(match.start(), match.start("number"), match.end(), match["number"], None, None, kind, None)
        yield _with_date(mark, text)


def _name_before(text: str, at: int, signed: str | None) -> tuple[int, str | None]:
    """Return (where the name before a number begins, the type it names): the one that the sign bears out, else the
    nearest. Without a name: where "số" begins, or the number itself."""
    lower = max(0, at - _LOOK_BACK)
    options: list[tuple[int, str | None]] = []
    for match in _NAME.finditer(text, lower, at):
        if _LEAD.fullmatch(text, match.end(), at):
            name = (match["long"] or "").casefold()
            kind = _SHORT.get(match["short"] or "") or ("TB" if name.startswith("thông báo") else _BY_NAME.get(name))
            options.append((match.start(), kind))
    for start, kind in options:
        if kind is not None and kind == signed:
            return start, kind
    if options:
        # "Kế hoạch kiểm tra, Quyết định số": the nearest name that is not in small letters inside another's title.
        return options[-1]
    word = _NUMBER_WORD.search(text, lower, at)
    return (word.start() if word else at), None


def _with_date(mark: Mark, text: str) -> Mark:
    following = FOLLOWING.match(text, mark.end)
    if following:
        date = date_of(following)
        words = " ".join(following[0].split()).strip(" ,(")
        return replace(mark, end=following.end(), date=date, date_words=words, bad_date=date is None)
    blank = INCOMPLETE.match(text, mark.end)
    if blank and blank[0].strip():
        return replace(mark, end=blank.end(), date_words=" ".join(blank[0].split()), bad_date=True)
    return mark


_JOINT: Final = re.compile(r"\s*(?:,|;|và|,\s*và)\s*(?:số\s*)?")


def _inherited(mark: Mark, before: Mark, text: str) -> Mark:
    """Give a number without a name of its own the name that begins its list."""
    start = min(mark.start, mark.number_at)
    nameless = mark.named is None and not _NAME.match(text, mark.start)
    if nameless and _JOINT.fullmatch(text, before.end, mark.number_at):
        same = mark.signed == before.signed or mark.sign is None
        return replace(mark, start=start, named=before.named if same else None, listed=True)
    return mark


def _dated(marks: list[Mark]) -> list[Mark]:
    """One date behind a list under one name dates them all: "các Thông báo số 325/…, 326/… ngày 12/5/2025"."""
    for index in range(len(marks) - 1, 0, -1):
        mark, before = marks[index], marks[index - 1]
        if mark.listed and mark.date and before.date is None and not before.bad_date and before.sign == mark.sign:
            marks[index - 1] = replace(before, date=mark.date, date_words=mark.date_words)
    return marks
