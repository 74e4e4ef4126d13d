# SPDX-License-Identifier: Apache-2.0
"""Writes Unicode text in TCVN3, VNI and VPS, as the typists' programs did: the other way round than the reader."""

from __future__ import annotations

import unicodedata

from parcheck_plugins.legacy_text.tables import TCVN3, VPS

_VNI_MARKS = {
    "": "ùøûõï",
    "\u0302": "áàåãä",
    "\u0306": "éèúüë",
    "\u031b": "ùøûõï",
}
_TONES = "\u0301\u0300\u0309\u0303\u0323"
_VNI_WHOLE = {"í": "í", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î", "đ": "ñ", "ơ": "ô", "ư": "ö"}
_BACK = {"tcvn3": {v: k for k, v in TCVN3.items()}, "vps": {v: k for k, v in VPS.items()}}


def _vni(letter: str) -> str:
    small = letter.lower()
    if small in _VNI_WHOLE:
        out = _VNI_WHOLE[small]
    elif small.isascii():
        out = small
    else:
        parts = unicodedata.normalize("NFD", small)
        base = parts[0]
        mark = next((m for m in parts[1:] if m in _VNI_MARKS), "")
        tone = next((t for t in parts[1:] if t in _TONES), "")
        head = {"o": "ô", "u": "ö"}[base] if mark == "\u031b" else base
        tail = _VNI_MARKS[mark][_TONES.index(tone)] if tone else {"\u0302": "â", "\u0306": "ê"}[mark]
        out = head + tail
    return out if letter == small else out.upper()


def holds(encoding: str, text: str) -> bool:
    """Tell whether the encoding has all letters of the text; TCVN3 has no capitals with tones."""
    return encoding == "vni" or all(c.isascii() or c in _BACK[encoding] for c in text)


def encode(text: str, encoding: str) -> str:
    """Return the text's bytes as the Windows-1252 characters that a program shows for them."""
    if encoding == "vni":
        return "".join(_vni(c) if c.isalpha() else c for c in text)
    codes = bytes(ord(c) if c.isascii() else _BACK[encoding][c] for c in text)
    return "".join(bytes([c]).decode("cp1252", errors="ignore") or chr(c) for c in codes)
