# SPDX-License-Identifier: Apache-2.0
"""From a cell of free text to the documents it cites, each with what the words say of it and no more."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from parcheck.model import Reason
from parcheck.submission.sheet import Cited
from parcheck_plugins.submissions.bodies import body_at, body_before
from parcheck_plugins.submissions.dates import FOLLOWING, date_of
from parcheck_plugins.submissions.marks import find_marks

if TYPE_CHECKING:
    import datetime as dt

    from parcheck_plugins.submissions.marks import Mark

NORMATIVE: Final = frozenset({"LUẬT", "NĐ", "TT", "THÔNG TƯ LIÊN TỊCH", "PHÁP LỆNH"})
"""Types that a unit names as a ground, hardly ever as its proof."""
_GROUND: Final = re.compile(
    r"(?:khoản|điều|điểm|theo|căn cứ|quy định tại|quy định của|hướng dẫn tại|tại)[^;.\n]{0,60}$", re.IGNORECASE
)
_SIBLING: Final = re.compile(
    r"(?:^|[\n;:(+•–*]|[-–]\s|,|(?<!\w)và)\s*(?:các\s+)?(?:\d{1,2}[.)]\s*|\(\d{1,2}\)\s*)?$", re.IGNORECASE
)
"""What stands before a citation that is not part of the one before it."""
_FORMER: Final = re.compile(r"trước (?:khi )?(?:sáp nhập|hợp nhất|sắp xếp|hợp nhất)|^\s*cũ\s*$", re.IGNORECASE)
_REMARK: Final = re.compile(r"\s*\(([^()\n]{0,90})\)")
_OF: Final = re.compile(r"[\s,]*(?:của|do)\s+(?:các\s+)?")
_ABOUT: Final = re.compile(r"[\s,:\-–]*(?:(?:về|Về)(?:\s+(?:việc|v/v))?|[Vv]/v|Vv)(?!\w)\s*:?\s*")
_NO_SUBJECT: Final = re.compile(
    r"(?:và|để|đã|là|theo|tại|có|nên|thì|trong|gồm|được|của|đạt|cho|nêu|với|như|mà|do|khi|sau|trước|đến|từ|nhằm|cụ thể"
    r"|kèm|gửi|đính|xem|nói|trên|còn|cũng|vẫn|sẽ|đang|hoặc|kết quả đạt|ban hành\s*[,;.)]|,|đối với)(?!\w)",
    re.IGNORECASE,
)
_CUT: Final = re.compile(
    r"\s*(?:,\s+(?:đạt|trong đó|cụ thể|kết quả|qua đó|theo đó|đến nay)(?!\w)|:\s|\s[-–]\s(?=Kết quả|Đã))", re.IGNORECASE
)
_ASIDE: Final = re.compile(
    r"\s*\((?=[^()]{80,}"
    r"|\s*(?:gồm|đã|có|gửi|kèm|đính|phụ lục|trước|sau|nay|cũ|kết thúc|theo|bản|tệp|file|link|xem)(?!\w))",
    re.IGNORECASE,
)
_LEADING: Final = re.compile(r"[\s,\-–]*")
_BRINGS: Final = re.compile(r"(?<!\w)(?:tại|theo|bằng|có|ban hành)\s+(?:các\s+)?$", re.IGNORECASE)
"""Words that bring a document in as proof of what was just said."""
_END: Final = re.compile(r"[.](?=\s+[A-ZĐÀ-ÖØ-Ý(“\"\-–+•\d]|\s*$)|;(?=\s*$|\s*\n|\s+[-–+•(\dA-ZĐ])")
_NUMBERED_ABBREVIATION: Final = re.compile(r"(?:\b(?:TP|Tp|P|TX|Tx|TT|Q|H|đ/c|Đ/c|ThS|TS)|\d)$")
MAX_SUBJECT: Final = 600


@dataclass(slots=True)
class Head:
    """What stands behind a citation's number, while it is read."""

    mark: Mark
    at: int
    """Where what has been read ends."""
    stop: int
    """Where the citation ends."""
    date: dt.date | None
    date_words: str | None
    bad_date: bool
    issuer: str | None = None
    parent: str | None = None
    former: bool = False
    subject_at: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A citation with the stretch of text it takes up."""

    cited: Cited
    start: int
    end: int


def joined_lines(text: str) -> str:
    """Return the text with lines put together again that only a manual break parts."""
    lines = [line.strip() for line in text.split("\n")]
    out: list[str] = []
    for line in lines:
        runs_on = out and line and out[-1] and line[0].islower() and not re.search(r"[.;:)!?…]$", out[-1])
        if runs_on and not re.match(r"[a-zđ][.)]\s", line):
            out[-1] += " " + line
        else:
            out.append(line)
    return "\n".join(out)


def find_citations(text: str) -> list[Found]:
    """Return the documents that a text cites, in order; `text` is normalised and its lines joined."""
    marks = find_marks(text)
    heads: list[Head] = []
    aside: list[bool] = []
    outer: Head | None = None
    for index, mark in enumerate(marks):
        floor = marks[index - 1].end if index else 0
        inside = outer is not None and outer.subject_at is not None and outer.subject_at <= mark.start < outer.stop
        passing = _is_ground(text, mark)
        if inside and outer is not None:
            between = text[floor : mark.start]
            passing = passing or _belongs(mark, between, before_is_aside=aside[-1])
            if not passing:
                outer.stop = _cut_before(text, outer, mark, floor)
        head = _head(text, mark, floor)
        if inside and passing and outer is not None and mark.end < outer.stop:
            head.stop = max(head.at, min(head.stop, outer.stop))
        elif not passing:
            outer = head
        if heads and aside[-1] and heads[-1].stop > mark.start:
            heads[-1].stop = mark.start
        heads.append(head)
        aside.append(passing)
    found = [_citation(text, head, mentioned=passing) for head, passing in zip(heads, aside, strict=True)]
    return _share(found, marks)


def _is_ground(text: str, mark: Mark) -> bool:
    """Tell a law, decree or circular that is only the ground for something."""
    before = text[max(0, mark.start - 80) : mark.start]
    return (mark.named or mark.signed) in NORMATIVE and _GROUND.search(before) is not None


def _belongs(mark: Mark, between: str, *, before_is_aside: bool) -> bool:
    """Tell whether a citation inside another's subject is part of that subject, and not the next in a list."""
    if mark.listed:
        return before_is_aside
    if _SIBLING.search(between):
        # "bãi bỏ Quyết định số 1/… và Quyết định số 2/…": a pair inside one subject.
        return before_is_aside and re.fullmatch(r"\s*(?:,|và)\s*", between) is not None
    return not (";" in between and _BRINGS.search(between))


def _cut_before(text: str, outer: Head, mark: Mark, floor: int) -> int:
    """Return where a subject ends that another citation of the same sentence follows."""
    semicolon = text.rfind(";", max(floor, outer.subject_at or 0), mark.start)
    return semicolon if semicolon >= 0 and _BRINGS.search(text[semicolon : mark.start]) else mark.start


def _segment_end(text: str, mark: Mark) -> int:
    """Return where the sentence or item that holds a citation ends."""
    line_end = text.find("\n", mark.end)
    stop = len(text) if line_end < 0 else line_end
    for match in _END.finditer(text, mark.end, stop):
        if match[0] == "." and _NUMBERED_ABBREVIATION.search(text, mark.end, match.start()):
            continue
        stop = match.start()
        break
    depth = 0
    for position in range(mark.end, stop):
        if text[position] == "(":
            depth += 1
        elif text[position] == ")":
            depth -= 1
            if depth < 0:
                return position
    return stop


def _head(text: str, mark: Mark, floor: int) -> Head:
    """Read what stands behind a number and sign: remarks, issuer, a date that comes late, where the subject begins."""
    end = _segment_end(text, mark)
    head = Head(mark, mark.end, mark.end, mark.date, mark.date_words, mark.bad_date)
    while head.at < end:
        if remark := _REMARK.match(text, head.at, end):
            head.former = head.former or _FORMER.search(remark[1]) is not None
            head.at = remark.end()
        elif head.issuer is None and (of := _OF.match(text, head.at, end)):
            body = body_at(text, of.end())
            if body is None or body.end > end:
                break
            head.issuer, head.parent, head.at = body.name, body.parent, body.end
        elif head.date is None and not head.bad_date and (following := FOLLOWING.match(text, head.at, end)):
            head.date, head.date_words = date_of(following), following[0].strip(" ,(")
            head.bad_date, head.at = head.date is None, following.end()
        else:
            break
    head.stop = head.at
    about = _ABOUT.match(text, head.at, end)
    start = about.end() if about else _LEADING.match(text, head.at, end).end()  # type: ignore[union-attr]
    stated = head.date is not None or head.issuer is not None
    if about or (start < end and stated and text[start].isalpha() and not _NO_SUBJECT.match(text, start, end)):
        head.subject_at = start
        limit = min(end, start + MAX_SUBJECT)
        cuts = [match.start() for pattern in (_CUT, _ASIDE) if (match := pattern.search(text, start, limit))]
        head.stop = min([limit, *cuts])
    if head.issuer is None:
        head.issuer = body_before(text, max(floor, mark.start - 160), mark.start)
    return head


def _citation(text: str, head: Head, *, mentioned: bool) -> Found:
    mark = head.mark
    facts: dict[str, Any] = {"number": mark.number}
    places: dict[str, str] = {}
    unclear: dict[str, Reason] = {}
    if mark.symbol and mark.sign:
        facts |= {"symbol": mark.symbol, "sign": mark.sign}
        places["symbol"] = mark.symbol
    if mark.named and mark.signed and mark.named != mark.signed and not _same_kind(mark.named, mark.signed):
        unclear["type"] = Reason("citation-unclear")
    elif kind := mark.named or mark.signed:
        facts["type"] = kind
    if head.date is not None:
        facts["issued_on"] = head.date.isoformat()
        places["issued_on"] = head.date_words or ""
    elif head.bad_date:
        unclear["issued_on"] = Reason("citation-unclear")
    subject = _subject(text, head)
    for name, value in (("issuer", head.issuer), ("parent", head.parent), ("subject", subject)):
        if value:
            facts[name] = value
            places[name] = value
    stop = max(head.stop, mark.end)
    words = re.sub(r"\s+(?:và|tại)$", "", " ".join(text[mark.start : stop].split()).strip(" ,;.:"))
    return Found(Cited(words, facts, places, unclear, mentioned, head.former), mark.start, stop)


def _same_kind(named: str, signed: str) -> bool:
    """Tell a name and a sign that mean one type: a notice of a conclusion is either."""
    return {named, signed} == {"TB", "KẾT LUẬN"}


def _subject(text: str, head: Head) -> str | None:
    if head.subject_at is None:
        return None
    subject = " ".join(text[head.subject_at : head.stop].split()).strip(' ,;.:-–“”"')
    return re.sub(r"\s+(?:và|tại|ban hành)$", "", subject) or None


def _share(found: list[Found], marks: list[Mark]) -> list[Found]:
    """Documents of one list share the issuer, and under one name also the subject, that stand behind the last."""
    for index in range(len(found) - 1, 0, -1):
        mark, before = marks[index], marks[index - 1]
        later, earlier = found[index], found[index - 1]
        together = mark.listed or earlier.end >= later.start - len(" và ") - 1
        if not together or mark.sign != before.sign or "subject" in earlier.cited.facts:
            continue
        names = ("issuer", "parent", "subject") if mark.listed else ("issuer", "parent")
        shared = {
            name: later.cited.facts[name]
            for name in names
            if name in later.cited.facts and name not in earlier.cited.facts
        }
        facts, places = {**earlier.cited.facts, **shared}, {**earlier.cited.places, **shared}
        former = earlier.cited.former or later.cited.former
        found[index - 1] = replace(earlier, cited=replace(earlier.cited, facts=facts, places=places, former=former))
    return found
