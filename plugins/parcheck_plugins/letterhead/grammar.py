# SPDX-License-Identifier: Apache-2.0
"""The small grammars of Vietnamese paperwork: numbers and signs, dates, type names, signing authority, names.

Rules: Nghị định 30/2020/NĐ-CP, Điều 7, 8, 13, 15 and Phụ lục I, III; practice that departs from them (normative
documents with a year, party documents, signs from before 2011, "&") is read too, since reading is not judging.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from parcheck_plugins.letterhead import folding

TYPES: Final[dict[str, tuple[str, ...]]] = {
    "NQ": ("Nghị quyết",),
    "QĐ": ("Quyết định",),
    "CT": ("Chỉ thị",),
    "QC": ("Quy chế",),
    "QyĐ": ("Quy định",),
    "TC": ("Thông cáo",),
    "TB": ("Thông báo",),
    "HD": ("Hướng dẫn",),
    "CTr": ("Chương trình",),
    "KH": ("Kế hoạch",),
    "PA": ("Phương án",),
    "ĐA": ("Đề án",),
    "DA": ("Dự án",),
    "BC": ("Báo cáo",),
    "BB": ("Biên bản",),
    "TTr": ("Tờ trình",),
    "HĐ": ("Hợp đồng",),
    "CĐ": ("Công điện",),
    "BGN": ("Bản ghi nhớ",),
    "BTT": ("Bản thỏa thuận", "Thỏa thuận"),
    "GUQ": ("Giấy ủy quyền",),
    "GM": ("Giấy mời",),
    "GGT": ("Giấy giới thiệu",),
    "GNP": ("Giấy nghỉ phép",),
    "PG": ("Phiếu gửi",),
    "PC": ("Phiếu chuyển",),
    "PB": ("Phiếu báo",),
    "CV": ("Công văn",),
    "NĐ": ("Nghị định",),
    "TT": ("Thông tư",),
    "LUẬT": ("Luật", "Bộ luật"),
}
"""Abbreviation of a document type to its printed names (Nghị định 30/2020/NĐ-CP, Phụ lục III, and three normative)."""

OTHER_TYPES: Final[dict[str, str]] = {
    "TTLT": "THÔNG TƯ LIÊN TỊCH",
    "NQLT": "NGHỊ QUYẾT LIÊN TỊCH",
    "KL": "KẾT LUẬN",
    "PL": "PHÁP LỆNH",
    "VBHN": "VĂN BẢN HỢP NHẤT",
    "AL": "ÁN LỆ",
    "L": "LỆNH",
    "TM": "THƯ MỜI",
    "GCN": "GIẤY CHỨNG NHẬN",
    "QCPH": "QUY CHẾ PHỐI HỢP",
    "HDLN": "HƯỚNG DẪN LIÊN NGÀNH",
    "HDLT": "HƯỚNG DẪN LIÊN TỊCH",
    "KHLT": "KẾ HOẠCH LIÊN TỊCH",
    "KHPH": "KẾ HOẠCH PHỐI HỢP",
    "CTPH": "CHƯƠNG TRÌNH PHỐI HỢP",
    "CTHĐ": "CHƯƠNG TRÌNH HÀNH ĐỘNG",
    "SY": "BẢN SAO Y",
    "SL": "BẢN SAO LỤC",
    "TrS": "BẢN TRÍCH SAO",
}
"""Abbreviations met in signs whose type has no code of its own: the printed name stands for it."""

_BY_KEY: Final = {folding.key(name): code for code, names in TYPES.items() for name in names} | {
    folding.key(name): name for name in OTHER_TYPES.values()
}
_BY_KEY.update({folding.key(n): n for n in ("PHỤ LỤC", "BẢN CAM KẾT", "THƯ CÔNG", "GIẤY ĐI ĐƯỜNG", "THÔNG TRI")})


SIGNATURE_NOTE: Final = re.compile(
    r"(?:Ký bởi|Người ký|Được ký bởi|Ký số bởi|Cơ quan phát hành|Cơ quan\s*:|Email\s*:|Thời gian ký|Ngày ký|Ký ngày"
    r"|Digitally signed by|Signature Not Verified|Signer\s*:|Date\s*:)[^\n]*"
    r"|\d{2}[./-]\d{2}[./-]\d{4}\s+\d{2}:\d{2}[^\n]*"
    r"|\+0?7:?00|https?://\S+|\b[\w.+-]{1,40}@[\w.-]{1,60}",
    re.IGNORECASE,
)
"""What signing programs print on a page: it is no part of the document's words."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """A number and sign in canonical form (no spaces)."""

    text: str
    """"45/TTr-SNV", "30/2020/NĐ-CP", "107-TB/TU"."""
    number: str
    """"45"; leading zeros as printed."""
    sign: str
    """"TTr-SNV", "NĐ-CP", "TB/TU": what follows the number (and the year)."""
    year: int | None
    """The year inside a normative number."""
    type: str | None
    """Key of `TYPES` or a name in capitals when the sign names a type; "CV" for an agency's letter; else None."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A number and sign found in running text."""

    symbol: Symbol
    start: int
    end: int
    """`text[start:end]` is the number and sign as printed."""
    date: dt.date | None
    """The date that follows it directly ("ngày 15/7/2025"), when whole and possible."""
    date_end: int
    """Where the date ends; `end` when there is none."""


_UP: Final = "A-ZĐÀ-ÖØ-ÝĂÂÊÔƠƯẠ-Ỹ"
_GROUP: Final = f"[{_UP}][{_UP}a-zđ0-9&]{{0,24}}(?!\\w)"
_SIGN: Final = rf"{_GROUP}(?:(?:\s?[-/]|[-/]\s|\.)(?:{_GROUP}|(?<=-)\d{{2,3}})){{0,7}}"
_RUNNING: Final = re.compile(
    rf"(?<![\w/.,-])(?P<number>\d{{1,6}}[a-zđA-E]?)\s?"
    rf"(?:/\s?(?P<year>(?:19|20)\d\d)\s?[/-]\s?|/\s?|(?P<party>[-–]\s?))(?P<sign>{_SIGN})",
)
_WHOLE: Final = re.compile(
    r"(?:S[ốôo]|SỐ|SÔ|SO)?[:.;]*(?P<number>\d{1,6}[a-zđA-E]?)"
    r"(?:/(?P<year>(?:19|20)\d\d)[/-]|/|(?P<party>[-–]))(?P<sign>"
    rf"[{_UP}][{_UP}a-zđ0-9&]*(?:[-/.,_]+[{_UP}0-9][{_UP}a-zđ0-9&]*)*)[-.,:;*]*",
)
_JOINT: Final = re.compile(r"[A-ZĐ]{1,3}(?:LT|LN|LB|LS|PH)(?![^\W\d_])")
_SLIPS: Final = {"TTR": "TTr", "CTR": "CTr", "QYĐ": "QyĐ", "QYD": "QyĐ", "QD": "QĐ", "ND": "NĐ"}
_NUMERIC_DATE: Final = re.compile(r"(?<![\d/.-])(\d{1,2})\s?([/.-])\s?(\d{1,2})\s?\2\s?(\d{4})(?![\d])")
_FOLLOWING_DATE: Final = re.compile(
    r"[\s,]*\(?\s*(?:ban hành\s+)?ngày\s*(?:"
    r"(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4})(?!\d)"
    r"|(\d{1,2})\s*tháng\s*(\d{1,2}|[^\W\d_]+)\s*năm\s*(\d{4})(?!\d))",
    re.IGNORECASE,
)
_LONG_DATE: Final = re.compile(
    r"NGAY(\d{1,2})THANG(\d{1,2}|GIENG|HAI|BA|TU|NAM|SAU|BAY|TAM|CHIN|MUOIMOT|MUOIHAI|MUOI|MOT|CHAP)NAM(\d{4})(?!\d)"
)
_MONTHS: Final = {
    "GIENG": 1, "MOT": 1, "HAI": 2, "BA": 3, "TU": 4, "NAM": 5, "SAU": 6, "BAY": 7, "TAM": 8, "CHIN": 9,
    "MUOI": 10, "MUOIMOT": 11, "MUOIHAI": 12, "CHAP": 12,
}  # fmt: skip


def type_named(text: str) -> str | None:
    """Return the type that a printed name stands for ("BÁO  CÁO" → "BC"), or None.

    The name must be the whole text, apart from a closing colon.
    """
    wanted = folding.key(text)
    if not 3 < len(wanted) < 24:
        return None
    return _BY_KEY.get(wanted)


def type_leading(text: str) -> tuple[str, str] | None:
    """Return the type whose name begins the text in capitals, and the rest ("KẾ HOẠCH Cải cách …")."""
    tokens = text.split()
    for n in range(min(5, len(tokens)), 0, -1):
        head = " ".join(tokens[:n])
        if head.upper() == head and (code := type_named(head)):
            return code, " ".join(tokens[n:])
    return None


def _symbol(match: re.Match[str]) -> Symbol | None:
    sign = re.sub(r"\s+|[-.,:;*_]+$", "", match["sign"].replace("–", "-")).replace("_", "-")
    first, *rest = re.split(r"[-/.]", sign)
    if not _plausible(first) or not all(_plausible(g, False) for g in rest):
        return None
    number, year = match["number"], match["year"]
    joint = "-" if match["party"] else f"/{year}/" if year else "/"
    return Symbol(f"{number}{joint}{sign}", number, sign, int(year) if year else None, sign_type(sign))


def _plausible(group: str, first: bool = True) -> bool:
    """Tell an abbreviation from a word: capitals prevail ("TTg", "QyĐ" hold, "Nội" does not)."""
    if group.isdigit():
        return not first
    letters = [c for c in group if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    if not letters or not capitals:
        return False
    if first and len(letters) == 1:
        return group.upper() == "L"
    return capitals * 2 > len(letters) and len(group) <= 16


def sign_type(sign: str) -> str | None:
    """Return the type a sign names: its first group ("TTr-SNV" → "TTr"); "QH15" → "LUẬT"; an agency → "CV".

    "TT-BNV" is a circular, "TTr-SNV" a proposal; capitals slip ("TTR", "CTR"), so those are read too. Before 2011 the
    agency could stand first ("TC/QĐ/CĐKT"). None when the sign is a single group that is no type.
    """
    groups = re.split(r"[-/.]", sign)
    first = groups[0]
    if sign.count("/") > 1 and groups[1] in TYPES:
        return groups[1]
    if first in TYPES:
        return first
    if first in OTHER_TYPES:
        return OTHER_TYPES[first]
    if first in _SLIPS:
        return _SLIPS[first]
    if re.fullmatch(r"QH\d{1,2}", first):
        return "LUẬT"
    return "CV" if len(groups) > 1 else None


def is_joint(sign: str) -> bool:
    """Tell the sign of a document of several issuers: "TTLT-BNV-BTC", "HDLN-SNV-STC", "KHPH-…"."""
    return bool(_JOINT.match(sign))


def parse_symbol(text: str) -> Symbol | None:
    """Read a number and sign that is the whole text, "Số:" before it and any spaces let by.

    None when the number is blank ("Số:     /BC-SNV"), or the text is something else.
    """
    match = _WHOLE.fullmatch(re.sub(r"\s+", "", folding.normalise(text)))
    return _symbol(match) if match else None


def find_symbols(text: str) -> list[Mention]:
    """Find every number and sign in running text, in order, each with the date that follows it.

    Positions are those of the text as given; give it `folding.normalise`d.
    """
    found: list[Mention] = []
    for match in _RUNNING.finditer(text):
        symbol = _symbol(match)
        end = match.end()
        while symbol is None and (cut := _shorter(match, end)) is not None:
            end = cut
            again = _RUNNING.match(text, match.start(), end)
            symbol = _symbol(again) if again else None
        if symbol is None or (match["party"] and symbol.type in (None, "CV")):
            continue
        date, date_end = None, end
        if following := _FOLLOWING_DATE.match(text, end):
            day, month, year = (following[i] or following[i + 3] for i in (1, 2, 3))
            date = _date(day, _MONTHS.get(folding.key(month), month), year)
            date_end = following.end() if date else end
        found.append(Mention(symbol, match.start(), end, date, date_end))
    return found


def _shorter(match: re.Match[str], end: int) -> int | None:
    """Return where to cut a sign whose last group turned out to be a word, or None when nothing is left."""
    head = match.string[match.start("sign") : end]
    cut = max(head.rfind(c) for c in "-/.")
    return match.start("sign") + len(head[:cut].rstrip()) if cut > 0 else None


def _date(day: str | int, month: str | int, year: str | int) -> dt.date | None:
    try:
        date = dt.date(int(year), int(month), int(day))
    except ValueError:
        return None
    return date if 1900 <= date.year <= 2100 else None


def parse_date(text: str) -> dt.date | None:
    """Read the first whole, possible date: "ngày 05 tháng 3 năm 2020", "15/7/2025", months in words too."""
    if match := _LONG_DATE.search(folding.key(text)):
        return _date(match[1], _MONTHS.get(match[2], match[2]), match[3])
    if match := _NUMERIC_DATE.search(text):
        return _date(match[1], match[3], match[4])
    return None


_AUTHORITY: Final = re.compile(
    r"^\W*(?P<code>T\s?U\s?Q|T\s?/?\s?M|K\s?/?\s?T|T\s?/?\s?L|Q)\s?(?P<mark>[./,;:]|(?=\s))\s*(?P<rest>\S.*)$",
    re.IGNORECASE,
)


def parse_authority(text: str) -> tuple[str, str] | None:
    """Split "KT. GIÁM ĐỐC" into ("KT", "GIÁM ĐỐC"); codes TM, KT, TL, TUQ, Q (Nghị định 30/2020/NĐ-CP, Điều 13).

    Party and older forms ("T/M", "K/T", "KT/") are read as the same codes. None without such a prefix.
    """
    match = _AUTHORITY.match(text)
    if not match or match["rest"][0] in "./":
        return None
    code = re.sub(r"[\s/]", "", match["code"])
    if (not match["mark"] or code.upper() == "Q") and (code != code.upper() or not match["rest"][0].isupper()):
        return None
    if code.upper() == "Q" and match["mark"] != ".":
        return None
    return code.upper(), match["rest"]
