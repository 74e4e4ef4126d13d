# SPDX-License-Identifier: Apache-2.0
"""The code tables of TCVN3, VNI and VPS, and the way back from the characters of a file to their bytes.

TCVN3 is VN3 of TCVN 5712:1993 (".VnTime" and its family; the capitals with tones live in the "H" fonts). VNI is
VNI for Windows: a vowel, then a letter that stands for its marks. VPS is that of the Vietnamese Professionals
Society; its 14 codes below 0x20 are left out, no file of the formats read here can hold them.
"""

from __future__ import annotations

import unicodedata
from typing import Final

_TONES: Final = "\u0300\u0309\u0303\u0301\u0323"
"""Grave, hook above, tilde, acute, dot below: the order of TCVN 5712."""


def _toned(vowel: str, tones: str = _TONES) -> str:
    return "".join(unicodedata.normalize("NFC", vowel + tone) for tone in tones)


def _from(code: int, letters: str) -> dict[int, str]:
    return dict(enumerate(letters, code))


TCVN3: Final[dict[int, str]] = {
    **_from(0xA1, "ĂÂÊÔƠƯĐăâêôơưđ"),
    **_from(0xB5, _toned("a")),
    **_from(0xBB, "ằẳẵắ"),
    **_from(0xC6, "ặ" + _toned("â") + "è"),
    **_from(0xCE, "ẻẽéẹ" + _toned("ê") + "ìỉ"),
    **_from(0xDC, "ĩíịò"),
    **_from(0xE1, "ỏõóọ" + _toned("ô") + _toned("ơ") + "ù"),
    **_from(0xF1, "ủũúụ" + _toned("ư") + _toned("y")),
}
"""Byte to letter, 74 of them."""

VPS: Final[dict[int, str]] = {
    **_from(0x80, "ÀẢÃẤẦẨọỗĂếềểệẮẰẲẾ"),
    **_from(0x93, "ỀỂỄỐỒỔỖýỷỵỚỜỞ"),
    **_from(0xA1, "ắằẳẵặỠớÙờởỡŨỨợỪổỬỲỸÍÌộỈĨÓửữÒỎÕựầÁÂấẩẫậđẻÉÊẹỉễịỹƯỦồốÔỏơÈừứÚũưÝẺ"),
    **_from(0xE0, "àáâãảạă"),
    **_from(0xE8, "èéêẽìí"),
    **_from(0xEF, "ĩẴĐòóôõ"),
    **_from(0xF7, "Ơụùúủ"),
    **_from(0xFD, "ỶẼỳ"),
}
"""Byte to letter, 120 of them (0x91 and 0x92 are quotation marks)."""

_VNI_TONES: Final = dict(zip("øûõùï", _TONES, strict=True))
_VNI_HAT: Final = dict(zip("âàåãáä", ("", *_TONES), strict=True))
_VNI_BREVE: Final = dict(zip("êèúüéë", ("", *_TONES), strict=True))
_VNI_PLAIN: Final = {"ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ñ": "đ"}


def _vni() -> dict[str, str]:
    found = dict(_VNI_PLAIN)
    # Some converters write "iù" for "í"; the fonts draw it so too.
    for base in "aeiouyôö":
        vowel = _VNI_PLAIN.get(base, base)
        found |= {base + mark: vowel + tone for mark, tone in _VNI_TONES.items()}
    for base in "aeo":
        found |= {base + mark: base + "\u0302" + tone for mark, tone in _VNI_HAT.items()}
    found |= {"a" + mark: "a\u0306" + tone for mark, tone in _VNI_BREVE.items()}
    cased = {}
    for codes, letter in found.items():
        small = unicodedata.normalize("NFC", letter)
        for code in {codes, codes[0] + codes[1:].upper()}:
            cased[code] = small
        for code in {codes.upper(), codes[0].upper() + codes[1:]}:
            cased[code] = small.upper()
    return cased


VNI: Final[dict[str, str]] = _vni()
"""One letter or a pair of them to the letter meant. The case of the first decides, as typists mix them ("Aùnh")."""


def _bytes() -> dict[str, int]:
    found = {chr(0xF000 + code): code for code in range(0x20, 0x100)}
    found |= {chr(code): code for code in range(0x80, 0x100)}
    for code in range(0x80, 0xA0):
        letter = bytes([code]).decode("cp1252", errors="ignore")
        if letter:
            found[letter] = code
    # The names of two glyphs have two characters each; PDF writers take the other one.
    return found | {"\u03bc": 0xB5, "\u02c9": 0xAF}


def _vietnamese_bytes() -> dict[str, int]:
    found = {}
    for code in range(0x80, 0x100):
        letter = bytes([code]).decode("cp1258", errors="ignore")
        if letter and letter != chr(code):
            found[letter] = code
    return found


BYTES: Final[dict[str, int]] = _bytes()
"""The byte behind a character: Latin-1, Windows-1252, symbol fonts (U+F020 to U+F0FF)."""
VIETNAMESE_BYTES: Final[dict[str, int]] = BYTES | _vietnamese_bytes()
"""The same for text that some program took for Windows-1258, whose tones are combining marks."""
WINDOWS: Final[dict[int, str]] = {
    code: letter for code in range(0x80, 0xA0) if (letter := bytes([code]).decode("cp1252", errors="ignore"))
}
"""What the bytes that a table leaves alone show: quotation marks, dashes, dots."""
