# SPDX-License-Identifier: Apache-2.0
"""Whether a page's text can be trusted: scans, Western OCR over Vietnamese, fonts of the time before Unicode."""

from __future__ import annotations

import re
from typing import Final

from parcheck_plugins.legacy_text import looks_legacy
from parcheck_plugins.letterhead import folding, grammar

_SAMPLE: Final = 3000
_OWN: Final = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_FOREIGN: Final = frozenset(
    [
        "the",
        "of",
        "and",
        "for",
        "with",
        "that",
        "this",
        "from",
        "is",
        "les",
        "des",
        "une",
        "dans",
        "pour",
        "et",
        "le",
        "und",
        "der",
        "die",
        "das",
        "los",
        "para",
        "que",
        "della",
    ]
)
"""Small words of Western languages that are no Vietnamese syllables, or rare ones."""
_WORD: Final = re.compile(r"[^\W\d_]+")
_SYLLABLE: Final = re.compile(
    r"\b(?:b|c|ch|d|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|qu|r|s|t|th|tr|v|x)?"
    r"(?:a|ai|ao|au|ay|e|eo|eu|i|ia|ie|ieu|o|oa|oai|oay|oe|oi|oo|u|ua|uay|ue|ui|uo|uoi|uou|uu|uy|uya|uye|y|ye|yeu)"
    r"(?:c|ch|m|n|ng|nh|p|t)?\b",
    re.IGNORECASE,
)
_TYPICAL: Final = re.compile(
    r"\b(?:nghi|dinh|quyet|thong|chinh|hanh|nuoc|nhan|cong|trinh|duoc|khong|theo|viec|phuong|thuc|hien|quan|truong"
    r"|nghia|viet|phuc|doc|lap|tinh|ngay|thang|nam|dieu|khoan|luat|uy|ban)\b",
    re.IGNORECASE,
)


def substance(text: str) -> str:
    """Return the text without what signing programs print."""
    return grammar.SIGNATURE_NOTE.sub(" ", text)


def fault(text: str) -> str | None:
    """Return `legacy-encoding` or `garbage-text` for a page whose letters are not those printed, else None.

    Judged from the first letters of the page. Text in another language is at no fault.
    """
    sample = text[:_SAMPLE]
    own = len(_OWN.findall(sample))
    if own > 0.04 * len(sample):
        return None
    letters = sum(map(str.isalpha, sample))
    if letters < 40:
        return None
    if not _foreign(sample) and looks_legacy(sample):
        return "legacy-encoding"
    return "garbage-text" if _garbage(sample, letters) else None


def _foreign(text: str) -> bool:
    """Tell text in which the small words of a Western language are frequent."""
    words = text.lower().split()
    return sum(word in _FOREIGN for word in words) > 0.06 * len(words)


def _garbage(text: str, letters: int) -> bool:
    """Tell text that lost its Vietnamese letters: Western OCR over a scan, or a font without a good map."""
    if letters < 80:
        return False
    strange = sum(text.count(c) for c in "\ufffd\x7f") + sum("\ue000" <= c <= "\uf8ff" for c in text)
    if strange > 0.1 * letters:
        return True
    if _foreign(text):
        return False
    tokens = _WORD.findall(text)
    bare = folding.plain(" ".join(tokens))
    typical = len(_TYPICAL.findall(bare))
    syllables = len(_SYLLABLE.findall(bare))
    return typical > 0.06 * len(tokens) and syllables > 0.4 * len(tokens)
