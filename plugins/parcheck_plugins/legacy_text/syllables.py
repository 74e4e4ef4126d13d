# SPDX-License-Identifier: Apache-2.0
"""Whether a word can be a Vietnamese syllable: by its onset, rhyme and tone, without a list of words."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_]+")
_ABBREVIATION: Final = re.compile("[b-df-hj-np-tv-xzđ]+", re.IGNORECASE)
_TONES: Final = "\u0300\u0309\u0303\u0301\u0323"
_TONE: Final = re.compile(f"[{_TONES}]")
_REORDERED: Final = re.compile("(\u0323)([\u0302\u0306\u031b])")
_ONSETS: Final = "b ch d đ h kh l m n nh p ph r s t th tr v x"
# Each rhyme's vowels, then the ends they take; "-" is none.
_RHYMES: Final = {
    "a": "- c ch i m n ng nh o p t u y",
    "ă": "c m n ng p t",
    "â": "c m n ng p t u y",
    "e": "- c m n ng o p t",
    "ê": "- ch m n nh p t u",
    "i": "- a ch m n nh p t u",
    "iê": "c m n ng p t u",
    "o": "- c i m n ng p t",
    "oo": "c ng",
    "oa": "- c ch i m n ng nh o p t y",
    "oă": "c m n ng t",
    "oe": "- m n o t",
    "ô": "- c i m n ng p t",
    "ơ": "- i m n p t",
    "u": "- a c i m n ng p t",
    "uâ": "n ng t y",
    "uê": "- ch n nh",
    "uơ": "-",
    "uô": "c i m n ng t",
    "uy": "- a ch n nh p t u",
    "uyê": "n t",
    "ư": "- a c i m n ng t u",
    "ươ": "c i m n ng p t u",
    "y": "- ch n nh p t",
    "yê": "m n ng t u",
}
_STOPPED: Final = ("c", "p", "t", "ch")
"""Ends that leave a syllable only the acute tone and the dot below."""


def _shapes() -> frozenset[str]:
    """Return all syllables without tones."""
    rhymes = {vowels + ("" if end == "-" else end) for vowels, ends in _RHYMES.items() for end in ends.split()}
    before_front = tuple("eêiy")
    found = set(rhymes)
    for onset in _ONSETS.split():
        found |= {onset + rhyme for rhyme in rhymes if not rhyme.startswith("yê")}
    for rhyme in rhymes:
        front = rhyme.startswith(before_front)
        for onset in ("k", "gh", "ngh") if front else ("c", "g", "ng"):
            found.add(onset + rhyme)
        if not rhyme.startswith(("i", "y")):
            found.add("gi" + rhyme)
        if rhyme.startswith("i"):
            found.add("g" + rhyme)
        if rhyme[0] in "aăâeêiôơy":
            found.add("qu" + rhyme)
    return frozenset(found)


_SHAPES: Final = _shapes()


@lru_cache(maxsize=16384)
def is_syllable(word: str) -> bool:
    """Tell whether the word, in any case and Unicode form, is spelt like a Vietnamese syllable.

    Words with tones on the wrong vowel, two tones, or a tone that the end does not allow are none.
    """
    marks = unicodedata.normalize("NFD", word.casefold())
    tones = _TONE.findall(marks)
    if len(tones) > 1:
        return False
    if tones:
        marks = _REORDERED.sub(r"\2\1", marks)
        at = marks.index(tones[0])
        if not _carries(unicodedata.normalize("NFC", marks[:at]), unicodedata.normalize("NFC", marks[at + 1 :])):
            return False
        marks = marks[:at] + marks[at + 1 :]
    shape = unicodedata.normalize("NFC", marks)
    if shape not in _SHAPES:
        return False
    return not (shape.endswith(_STOPPED) and (not tones or tones[0] not in "\u0301\u0323"))


def _carries(before: str, after: str) -> bool:
    """Tell whether a tone may stand between the two parts: on the marked vowel, else not before one."""
    return before[-1:] in tuple("aăâeêioôơuưy") and not re.search("[ăâêôơ]|ư(?!$|[aiu]$)", after)


@dataclass(frozen=True, slots=True)
class Score:
    """How much of a text reads as Vietnamese."""

    words: int
    marked: int
    """Words with a letter outside ASCII, "QĐ" and the like left out: only these tell one encoding from another."""
    valid: int
    """Marked words that are syllables."""

    @property
    def share(self) -> float:
        """Of the marked words, how many are syllables; 0 without any."""
        return self.valid / self.marked if self.marked else 0.0


def score(text: str) -> Score:
    """Count the words of a text and those that are Vietnamese syllables."""
    words = _WORD.findall(unicodedata.normalize("NFC", text))
    marked = [w for w in words if not w.isascii() and not _ABBREVIATION.fullmatch(w)]
    return Score(len(words), len(marked), sum(map(is_syllable, marked)))
