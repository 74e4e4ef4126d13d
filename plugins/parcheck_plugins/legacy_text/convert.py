# SPDX-License-Identifier: Apache-2.0
"""From text in TCVN3, VNI or VPS, its bytes shown as Western characters, to Unicode."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from parcheck_plugins.legacy_text.syllables import is_syllable
from parcheck_plugins.legacy_text.tables import BYTES, TCVN3, VIETNAMESE_BYTES, VNI, VPS, WINDOWS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_UNICODE_WORD: Final = re.compile(r"[^\s\ufffe\x02]*[\u1ea0-\u1ef9][^\s\ufffe\x02]*")
# PDF writers take TCVN3's soft hyphen, middle dot and Eth for look-alikes, which may be meant as well.
_ODD: Final = re.compile("[-\u2010\u2212\ufffe\x02\u2219\u22c5\u0110]")
# An optional hyphen beside the letter: "ưư" is in no word.
_TWICE: Final = re.compile("\u00ad{2,}")
# Signs of Windows-1252 that are capitals in VPS, and may be meant as signs.
_SIGNS: Final = re.compile("[\u201c\u201d\u2022\u2013\u2014]")
_LINE_END: Final = "\ufffe\x02"
"""PDFium's mark for a hyphen that ends a line."""
_LETTERS_BEFORE: Final = re.compile(r"[^\W\d_]*$")
_LETTERS: Final = re.compile(r"[^\W\d_]*")
_REACH: Final = 8


@dataclass(frozen=True, slots=True)
class Coding:
    """How a font's text is coded."""

    encoding: str
    """"tcvn3", "vni" or "vps"."""
    capitals: bool = False
    """The font draws capitals from small letters."""
    through_1258: bool = False
    """Some program took the bytes for Windows-1258: "ă", "đ" and combining tones stand for other letters."""


def to_unicode(text: str, encoding: str, *, capitals: bool = False) -> str:
    """Return text of a legacy encoding in Unicode (NFC).

    Words that have letters only Unicode has, and characters that the encoding does not define, stay. What is no
    legacy text at all comes out as rubbish: ask `detect` or the font's name first.

    Args:
        text: as extracted: bytes as Latin-1, Windows-1252 or symbol (U+F0xx) characters.
        encoding: "tcvn3", "vni" or "vps".
        capitals: the font draws capitals from small letters (see `is_capital_font`).
    """
    return "".join(spread(text, Coding(encoding, capitals)))


def spread(text: str, coding: Coding) -> list[str]:
    """Return what each character of the text stands for, as many entries as characters.

    A letter made of several characters stands at the first of them, "" at the others; so any slice joined gives
    the text of the same slice of the original.
    """
    if text.isascii() and "-" not in text and "\x02" not in text:
        return list(text.upper() if coding.capitals else text)
    out = list(map(_letters(coding.encoding, coding.through_1258).__getitem__, text))
    if coding.encoding == "vni":
        out = _pairs(out)
    kept: set[int] = set()
    for match in _UNICODE_WORD.finditer(text):
        kept.update(range(*match.span()))
        out[match.start() : match.end()] = match[0]
    if coding.encoding == "tcvn3":
        for match in _ODD.finditer(text):
            if match.start() not in kept:
                out[match.start()] = _odd(match[0], match.start(), out)
        for match in _TWICE.finditer(text):
            out[match.start() + 1 : match.end()] = [""] * (len(match[0]) - 1)
    if coding.encoding == "vps":
        for match in _SIGNS.finditer(text):
            left, right = _around(match.start(), out)
            word = left + out[match.start()] + right
            if not (word.isupper() and len(word) > 1 and is_syllable(word)):
                out[match.start()] = match[0]
    if coding.capitals:
        out = [letter if i in kept else letter.upper() for i, letter in enumerate(out)]
    return out


class _Letters(dict[str, str]):
    """What a character as extracted stands for by itself; filled as characters come."""

    def __init__(self, bytes_of: Mapping[str, int], table: Mapping[int, str]) -> None:
        super().__init__()
        self._bytes_of = bytes_of
        self._table = table

    def __missing__(self, char: str) -> str:
        code = self._bytes_of.get(char, -1)
        letter = char if code < 0 else self._table.get(code) or WINDOWS.get(code, chr(code))
        self[char] = letter
        return letter


@cache
def _letters(encoding: str, through_1258: bool) -> _Letters:
    tables: dict[str, Mapping[int, str]] = {"tcvn3": TCVN3, "vps": VPS}
    return _Letters(VIETNAMESE_BYTES if through_1258 else BYTES, tables.get(encoding, {}))


def _pairs(shown: Sequence[str]) -> list[str]:
    out = []
    i = 0
    while i < len(shown):
        pair = VNI.get(shown[i] + shown[i + 1]) if i + 1 < len(shown) else None
        if pair:
            out += [pair, ""]
            i += 2
        else:
            out.append(VNI.get(shown[i], shown[i]))
            i += 1
    return out


def _odd(char: str, at: int, out: Sequence[str]) -> str:
    """Return what a character that TCVN3 text may hold for another stands for, by the word it stands in."""
    left, right = _around(at, out)
    if char == "\u0110":
        return "é" if left else char
    if char in "\u2219\u22c5":
        return "ã" if left or right else char
    if char in _LINE_END:
        ends = left[-1:].islower() and not is_syllable(left) and is_syllable(left + "ư")
        return "ư" + ("" if out[at + 1 : at + 2] in (["\r"], ["\n"]) else "\n") if ends else char
    if not is_syllable(left + "ư" + right):
        return char
    if char == "\u2212":
        return "ư" if left or right else char
    certain = not is_syllable(left) and not is_syllable(right) and (left[-1:].islower() if left else bool(right))
    return "ư" if certain else char


def _around(at: int, out: Sequence[str]) -> tuple[str, str]:
    """Return the letters just before and just after a place."""
    before = _LETTERS_BEFORE.search("".join(out[max(0, at - _REACH) : at]))
    after = _LETTERS.match("".join(out[at + 1 : at + 1 + _REACH]))
    return before[0] if before else "", after[0] if after else ""
