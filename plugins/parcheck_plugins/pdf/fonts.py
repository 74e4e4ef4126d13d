# SPDX-License-Identifier: Apache-2.0
"""Text of a page set in fonts of the time before Unicode, converted by the font of each letter."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from typing import TYPE_CHECKING, Final

import pypdfium2.raw as pdfium

from parcheck_plugins import legacy_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcheck_plugins.legacy_text import Coding
    from parcheck_plugins.pdf.layout import Handle

_WORD: Final = re.compile(r"\S+")
_SYMBOLS = ("Symbol", "Wingdings", "ZapfDingbats")


def convert(textpage: Handle, raw: str, known: Mapping[str, Coding]) -> tuple[list[str], dict[str, Coding]] | None:
    """Convert the page's legacy text.

    Args:
        textpage: of PDFium.
        raw: its characters, as `layout.page_text` gives them.
        known: codings of the fonts of other pages of the document, for a page too short to tell.

    Returns:
        What each character of `raw` stands for (see `legacy_text.spread`) and the codings of the page's fonts; None,
        cheaply, for a page without legacy text.
    """
    if not legacy_text.suspect(raw) and not (known and not raw.isascii()):
        return None
    runs = _runs(textpage, raw)
    samples: dict[str, str] = {}
    for font, text in runs:
        samples[font] = samples.get(font, "") + text
    samples = {font: text for font, text in samples.items() if not font.partition("+")[2].startswith(_SYMBOLS)}
    codings = legacy_text.codings_of(samples, known)
    if not codings:
        return None
    return [letter for letters in legacy_text.decode(runs, codings) for letter in letters], codings


def main_encoding(encodings: Mapping[int, str]) -> str:
    """Return the encoding that most of the converted pages are in, "unicode" without any."""
    return Counter(encodings.values()).most_common(1)[0][0] if encodings else "unicode"


def _runs(textpage: Handle, raw: str) -> list[tuple[str, str]]:
    """Return the text as (font, text); blanks that PDFium adds go with the font before them.

    Asking PDFium for a font is dear: a word whose first and last letter share one is taken to be in it throughout.
    """
    same = pdfium.FPDFText_CountChars(textpage) == len(raw)
    flags = ctypes.c_int()
    size = 256
    name = ctypes.create_string_buffer(size)
    names: dict[bytes, str] = {}

    def font_at(place: int, default: str) -> str:
        index = place if same else pdfium.FPDFText_GetCharIndexFromTextIndex(textpage, place)
        written = pdfium.FPDFText_GetFontInfo(textpage, index, name, size, ctypes.byref(flags)) if index >= 0 else 0
        if not 1 < written <= size:
            return default
        value = name.value
        if value not in names:
            names[value] = value.decode("utf-8", errors="replace")
        return names[value]

    found: list[tuple[str, str]] = []
    font, start = "", 0
    for word in _WORD.finditer(raw):
        begin, end = word.span()
        first = font_at(begin, font)
        last = font_at(end - 1, first) if end - begin > 1 else first
        places = ((begin, first),) if first == last else ((i, font_at(i, first)) for i in range(begin, end))
        for i, here in places:
            if here != font:
                if i > start:
                    found.append((font, raw[start:i]))
                font, start = here, i
    found.append((font, raw[start:]))
    return found
