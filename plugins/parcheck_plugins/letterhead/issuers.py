# SPDX-License-Identifier: Apache-2.0
"""The left column of a letterhead: which lines name the issuer, which the body above it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from parcheck_plugins.letterhead import folding
from parcheck_plugins.letterhead.geometry import Found, centre, height, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcheck.reading.document import Line

_SEAT: Final = "(?=TINH|THANHPHO|KHUVUC|HUYEN|QUAN|THIXA|TP)"
"""Offices that are named after the place alone since 2025: "THUẾ TỈNH LÂM ĐỒNG", "THỐNG KÊ TỈNH …"."""
_RANKS: Final = (
    "QUOCHOI|UYBANTHUONGVUQUOCHOI|CHINHPHU|THUTUONG|CHUTICHNUOC|BANCHAPHANHTRUNGUONG|TRUNGUONG|LIENBO",
    (
        "BO(?!DOI|CHIHUY|PHAN)|UYBAN|UBND|HOIDONGNHANDAN|HDND|TOAAN|VIENKIEMSAT|KIEMTOAN|NGANHANG|DAIHOC"
        "|(?:TINH|THANH|HUYEN|QUAN|THI|DANG)UY|DANGBO|UBMTTQ|TONGLIENDOAN|LIENDOAN|THANHTRACHINHPHU|TAPDOAN"
        "|MATTRAN|HOILIENHIEP|HOINONGDAN|HOICUUCHIENBINH|DOANTHANHNIEN|DOANTNCS|TONGCONGTY|TINHDOAN"
        "|QUAN(?:KHU|CHUNG|DOAN)|BINHDOAN|LIENHIEP"
    ),
    "TONGCUC|BAOHIEMXAHOI|BHXH|CONGAN|BOCHIHUY|HOCVIEN|VIEN(?!THONG)|SUDOAN|BCH",
    (
        "SO|CUC|VANPHONG|BAN(?!HANH)|BQL|HOIDONG|THANHTRA|DOAN|HOI|CONGTY|CONGDOAN|KHOBAC|QUYDAUTU|DAI"
        "|BAO(?!CAO|HIEM)|TRUONGDAIHOC|TRUONGCAODANG|HIEPHOI|TRUNGDOAN|LUDOAN|TAPCHI|NHAXUATBAN"
    ),
    (
        "CHICUC|PHONG(?!CHONG)|TRUNGTAM|TRUONG|BENHVIEN|VU|THUVIEN|BAOTANG|DOI|HAT|TRAM|XINGHIEP|CHINHANH|CHIBO"
        f"|PHAN(?:VIEN|HIEU)|(?:THUE|THONGKE|THIHANHAN(?:DANSU)?|HAIQUAN){_SEAT}|NHA(?:HAT|VANHOA|MAY)|DON(?=BIENPHONG)"
        "|CONGDOANCOSO|DANQUAN|VUON(?=QUOCGIA)|LAMTRUONG"
    ),
    "TO(?!NG|A)|NHOM|TIEUBAN|BOPHAN|KHOA|(?:THUE|THONGKE)COSO",
)
"""First words of the names of public bodies, folded; the highest bodies first."""
_HEADS: Final = tuple((rank, re.compile(f"(?:{pattern})")) for rank, pattern in enumerate(_RANKS))
_ALIKE: Final = re.compile(r"SO(?=[A-Z])|BO(?!TULENH|TONGTHAMMUU|CHIHUY|DOI|PHAN|MON)(?=[A-Z])")
_WHOLE_WORD: Final = re.compile(r"^(?:SO|VU|BO|CUC|BAN|VIEN|DOI|DAI|TO|HAT|HOI|KHOA|DOAN|BAO|QUAN|TRAM|NHOM|PHONG)$")
_CONTINUES: Final = re.compile(r"^(?:VÀ|TẠI|CỦA|VỀ|CHO|THUỘC|TRỰC THUỘC|-|–|&)\b|^[-–&]", re.IGNORECASE)
_OPEN_END: Final = re.compile(
    r"(?:[,\-–&]|\bVÀ|\bCỦA|\bCHỈ ĐẠO|\bVĂN PHÒNG|\bHỘI ĐỒNG|\bBAN|(?<!MÔI )(?<!THỊ )\bTRƯỜNG|(?<!CÁN )\bBỘ|\bSỞ"
    r"|(?<!QUỐC )(?<!BIÊN )(?<!DỰ )\bPHÒNG)$"
)
_RULE: Final = re.compile(r"^[\W_]*$")
_DRAWN: Final = re.compile(r"[_=*]{3,}|[-–—.]{4,}")
"""A rule typed after a name, or that the file put into the name's line."""
_ENGLISH: Final = re.compile(
    r"\b(?:OF|AND|THE|MINISTRY|DEPARTMENT|COMMITTEE|COUNCIL|UNIVERSITY|INSTITUTE|OFFICE|CENT(?:ER|RE)|COMPANY|PROVINCE"
    r"|PROVINCIAL|GOVERNMENT|CORPORATION|BANK|VIETNAM)\b",
    re.IGNORECASE,
)
_PLACEHOLDER: Final = re.compile(r"^TÊN (?:CƠ QUAN|DOANH NGHIỆP|TỔ CHỨC|ĐƠN VỊ|CQ|TC)", re.IGNORECASE)


def rank(text: str) -> int | None:
    """Return the rank of the body a line begins to name: 0 the highest; None when it begins with no such word."""
    first = folding.key(text.split(maxsplit=1)[0]) if text.strip() else ""
    compact = folding.key(text)
    for value, pattern in reversed(_HEADS):
        match = pattern.match(compact)
        if match and (not _WHOLE_WORD.match(match[0]) or first == match[0]):
            return value
    return None


def is_issuer(text: str) -> bool:
    """Tell the name of a public body in capitals."""
    return len(text) > 3 and text == text.upper() and rank(text) is not None


def read(lines: Sequence[Line], *, joint: bool = False) -> tuple[Found | None, Found | None]:
    """Return issuer and the body above it, from the left column's lines above the number.

    The body above is printed light and the issuer bold (NĐ 30/2020/NĐ-CP, Phụ lục I.II.2); where the print does not
    tell, a line that begins to name a lower body than the one before it begins the issuer. Bodies of one rank that
    issue together (`joint`, or of one kind, as no ministry or sở stands above another) are one issuer, " - " between.
    """
    columns = [column for column in _columns(lines) if column]
    if len(columns) > 1:
        found = [read(column, joint=joint) for column in columns]
        issuers = [issuer for issuer, _ in found if issuer is not None]
        if len(issuers) == len(columns):
            return _together(issuers), found[0][1]
    named = _named(lines)
    if not named:
        return None, None
    groups = [_found(group) for group in _groups(named, joint)]
    first = len(groups) - 1
    while first > 0 and _are_joint(groups[first - 1].value, groups[-1].value, joint):
        first -= 1
    return _together(groups[first:]), groups[first - 1] if first else None


def _columns(lines: Sequence[Line]) -> list[list[Line]]:
    """Cut two issuers that stand side by side; a single column otherwise."""
    bodies = [x for x in lines if is_issuer(x.text)]
    for one in bodies:
        for other in bodies:
            level = min(one.box[3], other.box[3]) - max(one.box[1], other.box[1])
            if other.box[0] > one.box[2] and level > 0.5 * height(one):
                middle = (one.box[2] + other.box[0]) / 2
                return [[x for x in lines if centre(x) < middle], [x for x in lines if centre(x) >= middle]]
    return [list(lines)]


def _are_joint(one: str, other: str, joint: bool) -> bool:
    if joint:
        return rank(one) == rank(other)
    kinds = [_ALIKE.match(folding.key(text)) for text in (one, other)]
    return all(kinds) and len({kind[0] for kind in kinds if kind}) == 1 and all(" " in x for x in (one, other))


def _together(bodies: Sequence[Found]) -> Found:
    if len(bodies) == 1:
        return bodies[0]
    return Found(" - ".join(body.value for body in bodies), tuple(x for body in bodies for x in body.lines))


def _named(lines: Sequence[Line]) -> list[Line]:
    """Leave out rules, asterisks, form numbers and small print; a name in small letters must begin as a body's."""
    kept: list[Line] = []
    for line in sorted(lines, key=lambda x: (x.box[1], x.box[0])):
        text = line.text.strip(" *_.-–")
        if _RULE.match(text) or _PLACEHOLDER.match(text) or len(text) < 2:
            continue
        if text.isascii() and _ENGLISH.search(text):
            continue
        capital = text == text.upper()
        if not capital and rank(text) is None and not kept:
            continue
        if not capital and (len(text) > 80 or re.match(r"(?i)(?:mẫu|biểu|phụ lục|kính|số|v/v)\b", text)):
            continue
        if not kept and capital and rank(text) is None and len(text.split()) < 2:
            continue
        if kept and line.box[1] - kept[-1].box[3] > 2.2 * height(line):
            if rank(text) is None:
                break
            if rank(kept[-1].text) is None:
                kept.clear()
        kept.append(line)
    while kept and rank(kept[0].text) is None and any(rank(x.text) is not None for x in kept):
        kept.pop(0)
    return kept


def _groups(lines: list[Line], joint: bool) -> list[list[Line]]:
    weights = {line.bold for line in lines}
    if weights == {True, False} and not lines[0].bold and lines[-1].bold:
        first_bold = next(i for i, line in enumerate(lines) if line.bold)
        named = rank(lines[first_bold].text) is not None and not _runs_on(lines[:first_bold], lines[first_bold])
        if named and all(line.bold for line in lines[first_bold:]):
            upper = _by_rank(lines[:first_bold], joint)
            return [*upper, *(_by_rank(lines[first_bold:], joint) if joint else [lines[first_bold:]])]
    return _by_rank(lines, joint)


def _runs_on(before: Sequence[Line], line: Line) -> bool:
    """Tell a name that goes on in the next line."""
    return bool(_CONTINUES.match(line.text) or _OPEN_END.search(text_of(before).rstrip(" *_.").upper()))


def _by_rank(lines: list[Line], joint: bool) -> list[list[Line]]:
    groups: list[list[Line]] = [[lines[0]]]
    for line in lines[1:]:
        before = groups[-1]
        here, there = rank(line.text), rank(before[0].text)
        starts = (
            here is not None
            and " " in line.text.strip()
            and not _runs_on(before, line)
            and (there is None or here > there or here == there == 1 or _are_joint(before[0].text, line.text, joint))
        )
        if starts:
            groups.append([line])
        else:
            before.append(line)
    return groups


def _found(lines: list[Line]) -> Found:
    return Found(" ".join(_DRAWN.sub(" ", text_of(lines)).split()).strip(" *_.-–:"), tuple(lines))
