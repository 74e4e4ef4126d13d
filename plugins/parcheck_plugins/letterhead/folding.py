# SPDX-License-Identifier: Apache-2.0
"""Folding of Vietnamese text, so that two spellings of the same words compare equal.

Real files mix composed and decomposed letters, "Ð" (U+00D0) and "Đ", six kinds of dash, "òa" and "oà". Nothing of
that is ever a fault of a document: the decree on paperwork itself prints both HÒA and HOÀ.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_REPLACED: Final = {
    "\u00d0": "Đ",
    "\u0189": "Đ",
    "\u00f0": "đ",
    "\u0256": "đ",
    "\u0340": "\u0300",
    "\u0341": "\u0301",
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\ufe58\ufe63\uff0d", "-"),
    **dict.fromkeys(
        "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t",
        " ",
    ),
    **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\x00", ""),
    "\u2044": "/",
    "\u2215": "/",
    "\uff0f": "/",
}
_ODD: Final = re.compile("[" + "".join(map(re.escape, _REPLACED)) + "]")
_BROKEN: Final = re.compile("[\ufffe\x02](?:\r?\n)?")
_SOFT: Final = re.compile("(?<=[^\\W\\d_])\u00ad(?=[a-zà-öø-ỹ])")
_WORD: Final = re.compile(r"[^\W_]+")
_TONES: Final = "\u0300\u0301\u0303\u0309\u0323"
_TONE: Final = re.compile(f"[{_TONES}]")
_GLIDE: Final = re.compile(
    f"(o)([{_TONES}]?)([aăe](?!\u0302)\u0306?)([{_TONES}]?)|(?<!q)(u)([{_TONES}]?)(y)([{_TONES}]?)|(?<=q)u([{_TONES}])y[{_TONES}]?"
)


def _replacement(match: re.Match[str]) -> str:
    return _REPLACED[match[0]]


def normalise(text: str) -> str:
    """Return the text in NFC with one "Đ", one dash, one kind of space; line breaks and runs of spaces stay.

    A hyphen that PDFium marked as a line's end (U+FFFE, U+0002) becomes "-" and a line break. A soft hyphen between
    small letters goes; elsewhere it is the visible hyphen of "QĐ-UBND", which some PDF writers encode so.
    """
    if text.isascii():
        return text.replace("\r\n", "\n").replace("\x02", "-\n").replace("\t", " ").replace("\x00", "")
    if "\ufffe" in text or "\x02" in text:
        text = _BROKEN.sub("-\n", text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\u00ad" in text:
        text = _SOFT.sub("", text).replace("\u00ad", "-")
    text = _ODD.sub(_replacement, text)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    """Return one line of text fit for showing: `normalise`, white space collapsed, ends stripped."""
    return " ".join(normalise(text).split())


class _KeyTable(dict[int, str]):
    """Letter to its folded form, filled as letters come."""

    def __missing__(self, code: int) -> str:
        kept = "".join(c for c in unicodedata.normalize("NFKD", chr(code)).upper() if c in _KEPT)
        if chr(code) in "đĐÐð":
            kept = "D"
        self[code] = kept
        return kept


_KEPT: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/")
_KEYS: Final = _KeyTable()


def key(text: str) -> str:
    """Return the compact key for fuzzy comparing: no marks, đ as D, upper case, only `[A-Z0-9/]`.

    Tone placement, letter-spacing, split runs, dashes and most slips of diacritics do not matter on it.
    """
    return text.translate(_KEYS)


def plain(text: str) -> str:
    """Return the text in upper case without marks, spaces and punctuation kept (đ as D)."""
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D").replace("\u00d0", "D"))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).upper()


def _move(match: re.Match[str]) -> str:
    """Put the tone of "oa", "oe", "uy" where the syllable wants it: on the first letter at the end, else second."""
    if match[9]:
        return "uy" + match[9]
    first, second = match[1] or match[5], match[3] or match[7]
    tone = match[2] or match[4] or match[6] or match[8] or ""
    last = match.end() == len(match.string) and "\u0306" not in second
    return first + tone + second if last else first + second + tone


@lru_cache(maxsize=8192)
def _word(word: str) -> str:
    if word.isascii():
        return word
    decomposed = unicodedata.normalize("NFD", word)
    if _TONE.search(decomposed):
        # NFD orders a dot below before a breve or circumflex; the tone is moved behind them to compare by position.
        decomposed = re.sub("(\u0323)([\u0302\u0306\u031b])", r"\2\1", decomposed)
        decomposed = _GLIDE.sub(_move, decomposed)
    return unicodedata.normalize("NFC", decomposed)


def words(text: str) -> list[str]:
    """Return the words (letters and digits) casefolded, in NFC, tone placement made one, diacritics kept.

    "Hoà" and "Hòa" give the same word, "Hòa" and "Hoa" do not.
    """
    return [_word(w) for w in _WORD.findall(normalise(text).casefold())]
