# SPDX-License-Identifier: Apache-2.0
"""The letterhead: issuer and number on the left, quốc hiệu and date on the right (NĐ 30/2020/NĐ-CP, Phụ lục I.IV).

Everything is read by position: the order in which a file stores its text says nothing about what stands beside what.
"""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from rapidfuzz.distance import Levenshtein

from parcheck.model import Source
from parcheck_plugins.letterhead import folding, grammar, issuers
from parcheck_plugins.letterhead.geometry import Found, centre, height, row, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcheck.reading.document import Line

STATE: Final = "CONGHOAXAHOICHUNGHIAVIETNAM"
PARTY: Final = "DANGCONGSANVIETNAM"
MOTTO: Final = "DOCLAPTUDOHANHPHUC"
UNION: Final = ("DOANTNCSHOCHIMINH", "DOANTHANHNIENCONGSANHOCHIMINH")
_NUMBER: Final = re.compile(
    r"^\W*(?:luật|nghị quyết|pháp lệnh|lệnh|quyết định)?\s*s\s?[ốôo]\s*(?=[:.;\d\s/…-]|$)", re.IGNORECASE
)
_BLANK_SIGN: Final = re.compile(r"^[^/-]*?(?:[/-])\s*(.+)$")
_DATE: Final = re.compile(r"NGAY(\d{0,2})THANG(\d{0,2})(?:NAM(\d{0,4}))?")
_DATE_LINE: Final = re.compile(r"NGAY\d{0,2}THANG\w{0,7}NAM\d{0,4}$")
_DRAFT: Final = re.compile(
    r"^(?:BAN)?DUTHAO(?:LAN(?:THU)?\w{0,6})?(?:NGAY\S*)?\d*$|^BANNHAP$|^DRAFT$|^DUTHAO\d|^DUTHAOLAN"
)
_URGENT: Final = re.compile(r"^(?:HOATOC(?:HENGIO)?|THUONGKHAN|KHAN|DIENKHAN)$")
_SECRET: Final = re.compile(r"^(?:TUYETMAT|TOIMAT|MAT)$")
_DAY_WORD: Final = re.compile(r",?\s*\(?\s*n\s?g\s?à\s?y\b", re.IGNORECASE)
_BEFORE_DATE: Final = re.compile(
    r"^(?:căn cứ|thực hiện|theo|hôm nay|vào|hồi|lúc|từ(?!\s+sơn)|đến|trước|sau|kèm|ban hành|ngày|tại|quyết định"
    r"|công văn)\b",
    re.IGNORECASE,
)
_BILINGUAL: Final = re.compile(r"^\s*[/(]?\s*No\.?\s*\)?\s*(?=[:.\d\s])", re.IGNORECASE)
_COPY_SIGN: Final = re.compile(r"^(?:SY|SL|TRS|SYBC|SLBC)(?![A-Z])", re.IGNORECASE)
_PLACED: Final = re.compile(r"^[^\W\d_][^\d:]{1,40}(?:\s\d{1,2})?,\s*ngày\b", re.IGNORECASE)
_RULED: Final = re.compile(r"\s[-_=*–—.]{5,}\s*$")
_CITING: Final = re.compile(r"^\W*(?:số|(?i:quyết định))\b")
"""How a citation wrapped to a new line begins: "số 5/QĐ-BTC", "Quyết định số 5/QĐ-BTC"."""
_NUMBER_AND_DATE: Final = re.compile(
    r"^(\W*S[ốôo]\s*[:.]?\s*\d[^,]*?[-/][^\s,]+)\s+([^\W\d_][^:]{1,40},?\s*ngày\b.*)$", re.IGNORECASE
)
"""The left column's number and the right column's date in one line."""
_NUMBERED_PLACE: Final = re.compile(
    r"^(?!(?:Điều|Khoản|Mục|Quý|Tháng|Tuần|Năm|Kỳ|Lần|Số|Phiên|Đợt|Khóa|Phụ lục|Biểu)\b)"
    r"[A-ZĐÀ-ỸĂÂÊÔƠƯ][^\d,;:/]{1,40}\s\d{1,2}$"
)
""""Phường 12", "Bảo Lâm 1": places that are numbered; clauses, quarters and sessions are none."""
_EDGE: Final = 12.0
"""Points by which left edges may differ that are meant to be one."""
_REACH: Final = 230.0
"""Points below the quốc hiệu in which number and date stand."""


@dataclass(slots=True)
class Header:
    """What the letterhead of a page says. A `Found` with value None: the place was there, and blank."""

    page: int
    gutter: float
    top: float
    bottom: float
    """Where the number, date and V/v end; the title stands below."""
    party: bool = False
    symbol: Found | None = None
    sign: Found | None = None
    date: Found | None = None
    place: Found | None = None
    issuer: Found | None = None
    parent: Found | None = None
    left: list[Line] = field(default_factory=list)
    """The left column below the number: V/v and what follows it."""
    parsed: grammar.Symbol | None = None

    @property
    def copier(self) -> bool:
        """True for the letterhead of a copy ("3/SY-VP"): it names who copied a document, never who issued it."""
        return self.sign is not None and bool(_COPY_SIGN.match(self.sign.value))

    def number_with(self, parsed: grammar.Symbol, lines: tuple[Line, ...]) -> None:
        """Set number and sign as read from these lines."""
        self.parsed = parsed
        self.symbol, self.sign = Found(parsed.text, lines), Found(parsed.sign, lines)


def find(lines: Sequence[Line]) -> Header | None:
    """Return the letterhead of a page, or None when it has none."""
    anchored = _anchor(lines)
    if anchored is None:
        return _without_anchor(lines)
    lines, anchor, party = anchored
    gutter = anchor.box[0] - 4
    header = Header(anchor.page, gutter, anchor.box[1], anchor.box[3], party)
    zone = [x for x in lines if anchor.box[1] - 60 < x.box[1] < anchor.box[1] + _REACH]
    wrapped = STATE[len(folding.key(anchor.text)) :] if not party else ""
    zone = [part for x in zone if x is not anchor and folding.key(x.text) != wrapped for part in _apart(x, gutter)]
    _read(header, _above_body(zone, header))
    return header


def _apart(line: Line, gutter: float) -> tuple[Line, ...]:
    """Cut a line that runs across the gutter where the right column's words begin: the motto, or place and date."""
    if line.box[0] > gutter - _EDGE or line.box[2] < gutter or line.source is Source.STAMP:
        return (line,)
    compact = folding.key(line.text)
    at = compact.find(MOTTO)
    if at >= 4 and len(compact) - at <= len(MOTTO) + 4:
        return _cut(line, at)
    dated = _NUMBER_AND_DATE.match(line.text)
    if dated and grammar.parse_symbol(dated[1]) and _opens_date(dated[2]):
        return _cut(line, len(folding.key(dated[1])))
    return (line,)


def _above_body(zone: Sequence[Line], header: Header) -> list[Line]:
    """Leave out the body: what begins with the first line below the quốc hiệu that runs across both columns."""
    if not zone:
        return []
    left, right = min(x.box[0] for x in zone), max(x.box[2] for x in zone)
    top = min(
        (
            x.box[1]
            for x in zone
            if x.box[1] > header.bottom
            and x.box[0] < header.gutter - 0.3 * (header.gutter - left)
            and x.box[2] > header.gutter + 0.4 * (right - header.gutter)
            and x.text != x.text.upper()
            and not _NUMBER.match(x.text)
            and not (_DATE_LINE.search(folding.key(x.text)) and _opens_date(x.text))
            and "TUDO" not in folding.key(x.text)
        ),
        default=float("inf"),
    )
    return [x for x in zone if x.box[1] < top - 0.3 * height(x)]


def _anchor(lines: Sequence[Line]) -> tuple[list[Line], Line, bool] | None:
    """Find the quốc hiệu, or the party's; a line that holds the issuer too is cut in two."""
    for i, line in enumerate(lines):
        if len(line.text) < 12:
            continue
        compact = folding.key(line.text)
        if "HOI" in compact or "CHUNGHIA" in compact or "VIETNAM" in compact or "CONGHOA" in compact:
            at = compact.find("CONGHOAXAHOI")
            if at >= 4 and len(compact) - at <= len(STATE) + 4:
                before, after = _cut(line, at)
                return [*lines[:i], before, after, *lines[i + 1 :]], after, False
            size = max(len(compact), 12)
            if len(compact) >= 12 and STATE.startswith(compact) and _carries_on(line, compact, lines[i + 1 :]):
                return list(lines), line, False
            if len(compact) >= 18 and Levenshtein.distance(compact, STATE[:size], score_cutoff=5) <= 5:
                return list(lines), line, False
            if (
                len(compact) <= 24
                and line.text == line.text.upper()
                and Levenshtein.distance(compact, PARTY, score_cutoff=3) <= 3
            ):
                return list(lines), line, True
            at = compact.find(PARTY)
            if at >= 4 and at + len(PARTY) == len(compact) and line.text == line.text.upper():
                before, after = _cut(line, at)
                return [*lines[:i], before, after, *lines[i + 1 :]], after, True
        elif compact.startswith("DOCLAP") and Levenshtein.distance(compact, MOTTO, score_cutoff=3) <= 3:
            return list(lines), line, False
    return None


def _carries_on(line: Line, compact: str, below: Sequence[Line]) -> bool:
    """Tell a quốc hiệu that a narrow cell wrapped, by the line right under it."""
    return any(
        STATE[len(compact) :].startswith(folding.key(x.text) or "-")
        for x in below
        if x.box[1] - line.box[3] < height(line) and abs(centre(x) - centre(line)) < 40
    )


def _names_union(line: Line) -> bool:
    """Tell the youth union's own line, which stands where the state's would."""
    return folding.key(line.text) in UNION and line.text == line.text.upper()


def _cut(line: Line, at: int) -> tuple[Line, Line]:
    """Cut a line before the word that holds letter `at` of its folded key, its box in proportion."""
    tokens = line.text.split()
    length = n = 0
    while n < len(tokens) - 1 and length < at:
        length += len(folding.key(tokens[n]))
        n += 1
    left, right = " ".join(tokens[:n]), " ".join(tokens[n:])
    x0, y0, x1, y1 = line.box
    middle = x0 + (x1 - x0) * len(left) / max(1, len(left) + len(right))
    return (
        dataclasses.replace(line, text=left, box=(x0, y0, middle - 2, y1)),
        dataclasses.replace(line, text=right, box=(middle + 2, y0, x1, y1)),
    )


def _without_anchor(lines: Sequence[Line]) -> Header | None:
    """Take number and date standing level at the top of the page for a letterhead whose quốc hiệu was lost."""
    if not lines:
        return None
    left = min(x.box[0] for x in lines)
    gutter = left + 0.42 * (max(x.box[2] for x in lines) - left)
    limit = lines[0].box[1] + _REACH
    numbers = [x for x in lines if x.box[1] < limit and centre(x) < gutter and _NUMBER.match(x.text)]
    union = next((x for x in lines if x.box[1] < limit and _names_union(x) and centre(x) > gutter), None)
    for number in numbers:
        right = [x for x in row(lines, number) if centre(x) > gutter]
        above = union is not None and union.box[3] < number.box[1]
        if union is not None and above:
            # Under the union's name the date stands near enough, level or not.
            reach = number.box[3] + 2 * height(number)
            right = [x for x in lines if union.box[3] < x.box[3] and x.box[1] < reach and centre(x) > gutter]
        if _DATE.search(folding.key(text_of(right))):
            header = Header(number.page, gutter, number.box[1] - 60, number.box[3])
            if union is not None and above:
                header = Header(number.page, union.box[0] - 4, union.box[1], number.box[3])
            _read(header, _above_body([x for x in lines if x.box[1] < limit], header))
            return header
    return None


def _read(header: Header, zone: list[Line]) -> None:
    zone = [x for x in zone if not grammar.SIGNATURE_NOTE.match(x.text)]
    left = [x for x in zone if centre(x) < header.gutter or _runs_out(header, x)]
    right = [x for x in zone if x not in left]
    if not left:
        _read_stacked(header, right)
        return
    number = _read_number(header, left)
    _read_date(header, right or left)
    end = number[0].box[1] if number else _end_of_names(left, header.bottom)
    above = [x for x in left if x.box[3] <= end + 0.4 * height(x) and x not in number and x.source is not Source.STAMP]
    joint = header.sign is not None and grammar.is_joint(header.sign.value)
    header.issuer, header.parent = issuers.read([x for x in above if not marks_something(x)], joint=joint)
    header.left = [x for x in left if number and x.box[1] >= number[0].box[3] - 0.5 * height(x) and x not in number]


def _runs_out(header: Header, line: Line) -> bool:
    """Tell a number in the left column whose line goes on as the rule drawn under the motto: "Số: 1/QĐ-BTC -----"."""
    ruled = line.box[0] < header.gutter - 40 and _RULED.search(line.text)
    return bool(ruled and _NUMBER.match(line.text) and _whole_number(line.text))


def _whole_number(text: str) -> grammar.Symbol | None:
    """Read a line that is "Số: <number and sign>" and nothing else but a rule."""
    opened = _NUMBER.match(text)
    return grammar.parse_symbol(_RULED.sub("", text[opened.end() :]).lstrip(" :.;")) if opened else None


def _read_stacked(header: Header, lines: list[Line]) -> None:
    """Read a letterhead whose columns were put one below the other, all at the left edge of the quốc hiệu.

    Only what is sure without columns: a line that is wholly a number, the date, and the names of bodies that stand
    above both the number and the quốc hiệu.
    """
    _read_date(header, lines)
    edge = header.gutter + 4
    flush = [x for x in lines if abs(x.box[0] - edge) < _EDGE and x.source is not Source.STAMP]
    near = [x for x in flush if abs(x.box[1] - header.top) < 8 * height(x)]
    number, parsed = next(((x, s) for x in near if (s := _whole_number(x.text))), (None, None))
    if number is None or parsed is None or _CITING.match(number.text) or _goes_on(number, lines):
        return
    header.number_with(parsed, (number,))
    header.bottom = max(header.bottom, number.box[3])
    above = [x for x in near if x.box[3] <= min(header.top, number.box[1]) + 0.4 * height(x)]
    joint = grammar.is_joint(parsed.sign)
    header.issuer, header.parent = issuers.read([x for x in above if not marks_something(x)], joint=joint)


def _goes_on(number: Line, lines: Sequence[Line]) -> bool:
    """Tell the end of a sentence's line, which cites a number, by the small "ngày …" right below it."""
    return any(-2 < x.box[1] - number.box[3] < height(number) and x.text.startswith("ngày") for x in lines)


def _end_of_names(left: Sequence[Line], bottom: float) -> float:
    """Return where the capitals end that begin the left column of a letterhead without a number."""
    end = bottom
    for line in left:
        if line.box[3] > end and line.box[1] - end < 0.8 * height(line) and line.text == line.text.upper():
            end = line.box[3]
    return end


def marks_something(line: Line) -> bool:
    """Tell the words DỰ THẢO, KHẨN, MẬT on their own, which are no part of the issuer's name."""
    compact = folding.key(line.text)
    return bool(_DRAFT.match(compact) or _URGENT.match(compact) or _SECRET.match(compact))


def is_draft(line: Line) -> bool:
    """Tell DỰ THẢO or BẢN NHÁP standing on its own."""
    return len(line.text) < 40 and bool(_DRAFT.match(folding.key(line.text)))


def is_urgent(line: Line) -> bool:
    """Tell a degree of urgency standing on its own (NĐ 30/2020/NĐ-CP, Phụ lục I.II.10)."""
    return len(line.text) < 24 and line.text == line.text.upper() and bool(_URGENT.match(folding.key(line.text)))


def is_secret(line: Line) -> bool:
    """Tell a degree of secrecy standing on its own."""
    return len(line.text) < 12 and line.text == line.text.upper() and bool(_SECRET.match(folding.key(line.text)))


def _read_number(header: Header, left: list[Line]) -> list[Line]:
    """Read "Số: 45/TTr-SNV", its parts in one line or stamped in; return the lines it stands in."""
    for line in left:
        opened = _NUMBER.match(line.text)
        parsed = None if opened else grammar.parse_symbol(line.text)
        if opened is None and (parsed is None or line.source is Source.STAMP):
            continue
        together = row(left, line)
        begin = together.index(line)
        together = [x for x in together[begin:] if not issuers.is_issuer(x.text) or x is line]
        words = text_of(together)
        if (start := _NUMBER.match(words)) is not None:
            words = _BILINGUAL.sub("", words[start.end() :]).lstrip(" :.;…")
        parsed = _parse(words)
        if parsed:
            header.number_with(parsed, tuple(together))
        else:
            sign = _BLANK_SIGN.match(words)
            if sign is None and words.strip(" .…_:") and "/" not in words:
                continue
            header.symbol = Found(None, tuple(together))
            canonical = re.sub(r"\s+", "", sign[1]).strip(".,:;") if sign else ""
            if canonical and (with_number := grammar.parse_symbol("1/" + canonical)):
                header.sign = Found(with_number.sign, tuple(together))
        header.bottom = max(header.bottom, line.box[3])
        return together
    return []


def _parse(words: str) -> grammar.Symbol | None:
    words = words.replace("…", " ")
    if whole := grammar.parse_symbol(words):
        return whole
    found = grammar.find_symbols(words)
    return found[0].symbol if found and found[0].start < 2 else None


def _read_date(header: Header, right: list[Line]) -> None:
    """Read "<Địa danh>, ngày dd tháng m năm yyyy", wrapped or with stamped numbers; a date in digits only without one.

    "Ngày: 20/3/2018" alone is what a received stamp prints, so digits need a place before them.
    """
    named = [x for x in right if x.source is not Source.STAMP and "NGAY" in folding.key(x.text)]
    for line in named:
        together = _dated(right, line)
        words = text_of(together)
        if _DATE.search(folding.key(words)) and _opens_date(words):
            _take_date(header, line, together, words)
            return
    for line in named:
        if _PLACED.match(line.text) and _opens_date(line.text) and grammar.parse_date(line.text):
            _take_date(header, line, [line], line.text)
            return


def _opens_date(words: str) -> bool:
    """Tell "Lâm Đồng, ngày …" from a sentence that cites a date: only a place stands before the day."""
    before = _DAY_WORD.split(words, maxsplit=1)[0].strip(" ,.*_-(")
    if any(c.isdigit() for c in before) and not _NUMBERED_PLACE.match(before):
        return False
    return not _BEFORE_DATE.match(before) and len(before) < 60


def _dated(right: list[Line], line: Line) -> list[Line]:
    """Return the row of the line that says "ngày", and the row below when the date is wrapped."""
    together = row(right, line)
    if re.search(r"NAM\d", folding.key(text_of(together))):
        return together
    below = [x for x in right if 0 < x.box[1] - line.box[1] < 1.8 * height(line) and x not in together]
    wrapped = below and re.match(r"\d{0,2}THANG|NAM|\d", folding.key(text_of(below)))
    return [*together, *below] if wrapped else together


def _take_date(header: Header, line: Line, together: list[Line], words: str) -> None:
    date = grammar.parse_date(words)
    header.date = Found(date.isoformat() if date else None, tuple(together))
    before = _DAY_WORD.split(words, maxsplit=1)[0].strip(" ,.*_-")
    if before:
        header.place = Found(before, (line,))
    header.bottom = max(header.bottom, line.box[3])
