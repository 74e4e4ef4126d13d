# SPDX-License-Identifier: Apache-2.0
"""Text from documents and file names, made harmless for programs that show tables: Excel, Word, readers of XML.

Names and words come from whoever made the files. What a program could take for a command, or what would change the
order in which signs are shown, becomes visible instead; what is too long ends in "…".
"""

from __future__ import annotations

import re
from typing import Final

MOST_IN_CELL: Final = 32_767
"""UTF-16 units that a cell of Excel holds (Microsoft: Excel specifications and limits)."""
CUT: Final = "…"
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What makes a spreadsheet take a text for a formula, wide forms included (OWASP: CSV injection)."""
_ODD: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff"
    "\ufff9-\ufffb\ufffe\uffff]"
)
_UNSEEN: Final = frozenset("\u061c\u200b\u200e\u200f\u2060\ufeff")
"""Marks without width or effect of their own."""
_PICTURES: Final = 0x2400
"""Unicode's pictures of the control characters, in their order."""
_DELETE_PICTURE: Final = "\u2421"


def shown(text: str) -> str:
    """Return a text that is safe in XML and on a page: control characters and overrides of direction are visible.

    A control character becomes its picture ("␀"), an override its number ("[U+202E]"), half a surrogate pair "�";
    marks without width are left out. Line ends become "\\n".
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if text.isascii() and text.isprintable() else _ODD.sub(_visible, text)


def _visible(match: re.Match[str]) -> str:
    sign = match[0]
    number = ord(sign)
    if sign in _UNSEEN:
        return ""
    if number < 0x20:
        return chr(_PICTURES + number)
    if number == 0x7F:
        return _DELETE_PICTURE
    return f"[U+{number:04X}]" if 0x2000 < number < 0x2100 else "\ufffd"


def one_line(text: str) -> str:
    """Return a text on one line, harmless as `shown` makes it."""
    return " ".join(shown(text).split())


def cut(text: str, most: int = MOST_IN_CELL) -> str:
    """Return at most so many UTF-16 units of a text; "…" at its end says that more followed."""
    if len(text) * 2 <= most:
        return text
    raw = text.encode("utf-16-le", "surrogatepass")
    if len(raw) <= most * 2:
        return text
    return raw[: (most - 1) * 2].decode("utf-16-le", "ignore") + CUT


def formula(text: str) -> bool:
    """Return whether a spreadsheet may take a text for a formula."""
    return text.startswith(_FORMULA)


def guarded(text: str) -> str:
    """Return a text for a CSV: one line, harmless, cut, and behind an apostrophe where it could be a formula."""
    line = one_line(text)
    # A leading tab or line end is gone by now; it was there, so the rest is not trusted either.
    return cut(f"'{line}" if formula(line) or formula(text) else line)
