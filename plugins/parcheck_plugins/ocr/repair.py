# SPDX-License-Identifier: Apache-2.0
"""Slips of OCR put right, only against closed lists: provinces, type names, common words of letterheads.

Marks over capitals are what tesseract loses first ("TINH QUANG NGAI"). A phrase is changed only when its letters
without marks are those of one entry, or one letter off a long entry and two or more off every other.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import Levenshtein

from parcheck_plugins.legacy_text.syllables import is_syllable
from parcheck_plugins.letterhead import folding, grammar, people

_PROVINCES: Final = """
An Giang, Bà Rịa - Vũng Tàu, Bạc Liêu, Bắc Giang, Bắc Kạn, Bắc Ninh, Bến Tre, Bình Dương, Bình Định, Bình Phước,
Bình Thuận, Cà Mau, Cao Bằng, Cần Thơ, Đà Nẵng, Đắk Lắk, Đắk Nông, Điện Biên, Đồng Nai, Đồng Tháp, Gia Lai, Hà Giang,
Hà Nam, Hà Nội, Hà Tĩnh, Hải Dương, Hải Phòng, Hậu Giang, Hòa Bình, Hồ Chí Minh, Huế, Hưng Yên, Khánh Hòa, Kiên Giang,
Kon Tum, Lai Châu, Lạng Sơn, Lào Cai, Lâm Đồng, Long An, Nam Định, Nghệ An, Ninh Bình, Ninh Thuận, Phú Thọ, Phú Yên,
Quảng Bình, Quảng Nam, Quảng Ngãi, Quảng Ninh, Quảng Trị, Sóc Trăng, Sơn La, Tây Ninh, Thái Bình, Thái Nguyên,
Thanh Hóa, Thừa Thiên Huế, Tiền Giang, Trà Vinh, Tuyên Quang, Vĩnh Long, Vĩnh Phúc, Yên Bái
"""
"""The provinces and cities before 01/7/2025; the 34 of Nghị quyết 202/2025/QH15 are among them."""
_WORDS: Final = """
Cộng hòa xã hội chủ nghĩa Việt Nam, Đảng Cộng sản Việt Nam, Ủy ban nhân dân, Hội đồng nhân dân, Chính phủ,
Thủ tướng Chính phủ, Thủ tướng, Phó Thủ tướng, Quốc hội, Bộ trưởng, Thứ trưởng, Chủ tịch, Phó Chủ tịch, Giám đốc,
Phó Giám đốc, Chánh Văn phòng, Phó Chánh Văn phòng, Văn phòng, Cục trưởng, Phó Cục trưởng, Vụ trưởng, Trưởng ban,
Phó Trưởng ban, Trưởng phòng, Phó Trưởng phòng, Hiệu trưởng, Phó Hiệu trưởng, Bí thư, Phó Bí thư, Ban Chỉ đạo,
Ban Thường vụ, Ban Chấp hành, Tỉnh ủy, Thành ủy, Huyện ủy, Đảng ủy, thành phố, thị trấn, Bộ Công an, Bộ Nội vụ,
Bộ Tài chính, Bộ Tư pháp, Bộ Xây dựng, Bộ Y tế, Bộ Quốc phòng, Bộ Giáo dục và Đào tạo, Bộ Công Thương,
Bộ Khoa học và Công nghệ, Bộ Nông nghiệp và Môi trường, Bộ Ngoại giao, Sở Nội vụ, Sở Tài chính, Sở Tư pháp,
Sở Xây dựng, Sở Y tế, Sở Giáo dục và Đào tạo, Sở Công Thương, Sở Khoa học và Công nghệ, Sở Nông nghiệp và Môi trường
"""
_SURNAMES: Final = """
Nguyễn Trần Phạm Hoàng Huỳnh Phan Đặng Dương Đinh Đoàn Đào Trịnh Trương Lương Quách Châu Thái Tống Triệu Nghiêm Khổng
"""
"""Of those with four letters and more, the ones no other family name comes near."""
_PLACED: Final = "tỉnh", "thành phố"
_LONG: Final = 9
"""Letters from which one wrong letter still leaves no doubt."""
_MOST: Final = 9
_SHORT: Final = 5
"""Letters below which too many other words look the same."""
_RANKS: Final = tuple(f"{grade} {arm}" for grade in ("Đại", "Thượng", "Trung", "Thiếu") for arm in ("tướng", "tá"))
_RECEIVERS: Final = "NOINHAN"
_OPENING: Final = 12
"""Letters of a line that says nothing more."""
_LONG_SURNAMES: Final = {folding.key(word): word for word in _SURNAMES.split() if len(folding.key(word)) > 3}
_HIGHLAND: Final = re.compile(r"^[HK]['’`][A-ZĐ]")
_MIDDLE: Final = ("THI", "VAN", "Y")
_VIETNAMESE: Final = re.compile(r"^[A-Za-zÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9 '’`-]+$")
_CODES: Final = {code.upper(): code for code in grammar.TYPES} | {code.upper(): code for code in grammar.OTHER_TYPES}
_ADDRESS: Final = re.compile(r"\w\.\w|@|/")
_CODE: Final = re.compile(r"^(?:TM|KT|TL|TUQ|Q)[./]$|^UBND$|^HĐND$|^\W+$")
_SIGN: Final = re.compile(r"(?P<before>/\s?)(?P<code>[^\W\d]{1,5})(?P<after>-)")


def _entries() -> dict[str, str]:
    provinces = [" ".join(name.split()) for name in _PROVINCES.split(",")]
    names = [" ".join(name.split()) for name in _WORDS.split(",")]
    names += [name for group in grammar.TYPES.values() for name in group]
    names += [f"{kind} {name}" for kind in _PLACED for name in provinces]
    names += [name for name in provinces if " " in name]
    return {folding.key(name): name.upper() for name in names if len(folding.key(name)) >= _SHORT}


_ENTRIES: Final = _entries()


def capitals(text: str) -> tuple[str, bool]:
    """Return a line in capitals with the marks of known phrases put right, and whether it is nothing but those.

    Other lines come back as they are.
    """
    if text != text.upper() or not any(map(str.isalpha, text)):
        return text, False
    tokens = text.split()
    done: list[str] = []
    at = unknown = 0
    while at < len(tokens):
        for n in range(min(_MOST, len(tokens) - at), 0, -1):
            words = tokens[at : at + n]
            key = folding.key("".join(words))
            known = _known(key) if n > 1 else _ENTRIES.get(key)
            if known and not _ADDRESS.search("".join(words)):
                done.append(known + re.sub(r"^.*?(?=[,;:.]*$)", "", words[-1]))
                at += n
                break
        else:
            done.append(tokens[at])
            unknown += not _CODE.match(tokens[at])
            at += 1
    return " ".join(done), not unknown


@lru_cache(maxsize=4096)
def _known(key: str) -> str | None:
    """Return the one entry that a folded phrase must be."""
    if key in _ENTRIES:
        return _ENTRIES[key]
    if len(key) < _LONG:
        return None
    near = [entry for entry in _ENTRIES if Levenshtein.distance(entry, key, score_cutoff=1) <= 1]
    return _ENTRIES[near[0]] if len(near) == 1 else None


def sign(text: str) -> str:
    """Return a line with the type's abbreviation in its sign put right ("/TIr-UBND", "/QD-UBND")."""
    return _SIGN.sub(_put_right, text, count=1)


def _put_right(match: re.Match[str]) -> str:
    code = match["code"]
    if code in grammar.TYPES or code in grammar.OTHER_TYPES:
        return match[0]
    exact = _CODES.get(code.upper())
    slips = {c for key, c in _CODES.items() if len(key) > 1 and folding.key(key) == folding.key(code)}
    if exact is None and len(slips) == 1:
        exact = slips.pop()
    if exact is None and code.upper().replace("I", "T").replace("L", "T") == "TTR":
        exact = "TTr"
    return f"{match['before']}{exact or code}{match['after']}"


def rank(text: str) -> str:
    """Return a line with the rank before a name put right ("Đạt tướng" is "Đại tướng")."""
    first, _, rest = text.partition(" ")
    second, _, name = rest.partition(" ")
    key = folding.key(first + second)
    near = [rank for rank in _RANKS if Levenshtein.distance(folding.key(rank), key, score_cutoff=1) <= 1]
    return f"{near[0]} {name}" if name and len(near) == 1 else text


def receivers(text: str) -> str:
    """Return the line "Nơi nhận:" put right ("Nơi nhộn:"); others come back as they are."""
    slip = len(text) < _OPENING and Levenshtein.distance(folding.key(text), _RECEIVERS, score_cutoff=1) == 1
    return "Nơi nhận:" if slip else text


def surname(name: str) -> str | None:
    """Return a name with the marks of its family name put right, None when it does not begin with a known one.

    A name that has lost its first word begins with a middle name, which now and then is a family name but for its
    marks ("Tấn" and "Tẩn"), so only long and common ones are put right. "Văn" and "Thị" are family names as well, but
    mostly what is left of a longer name, and so is a single letter.
    """
    first, _, rest = name.partition(" ")
    key = folding.key(first)
    if _HIGHLAND.match(first):
        return name
    if not _VIETNAMESE.match(name) or (is_syllable(first) and not all(map(_is_spelt, rest.split()))):
        return None
    if first in people.SURNAMES_PRINTED and key not in _MIDDLE:
        return name
    return f"{_LONG_SURNAMES[key]} {rest}" if key in _LONG_SURNAMES else None


def _is_spelt(word: str) -> bool:
    """Tell a word that Vietnamese can spell; names of the Highlands have "H'" and the like."""
    return is_syllable(word) or any(mark in word for mark in "'’`-")


def is_authority(text: str) -> bool:
    """Tell a line that opens a signature block ("KT. CHỦ TỊCH")."""
    return text == text.upper() and grammar.parse_authority(text) is not None
