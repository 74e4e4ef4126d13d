# SPDX-License-Identifier: Apache-2.0
"""From PDFium's characters to lines that keep columns apart."""

from __future__ import annotations

import ctypes
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import pypdfium2.raw as pdfium

from parcheck.model import Source
from parcheck.reading.document import Line
from parcheck_plugins.letterhead import folding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from parcheck.model import Box

Handle: TypeAlias = Any
"""A pointer or structure of PDFium."""
GAP: Final = 1.6
"""Of the line's height: a wider gap begins another column (measured on real letterheads)."""
_TALL: Final = 20.0
"""Points: only words taller than this are asked whether they are slanted."""
_TOKEN: Final = re.compile(r"[^\s\ufffe\x02]+[\ufffe\x02]?")
_BOLD: Final = re.compile(r"bold|black|heavy|demi|,b|-b[di]?\b", re.IGNORECASE)
_ITALIC: Final = re.compile(r"italic|oblique", re.IGNORECASE)


@dataclass(slots=True)
class Piece:
    """A run of words on the way to becoming a line."""

    text: str
    box: Box
    source: Source
    first: int
    """Index of its first character, to ask for the font."""
    slanted: bool = False
    """Written across the page (a watermark): its box covers lines that it has nothing to do with."""


def page_text(textpage: Handle) -> str:
    """Return PDFium's characters as they come, one string character per PDFium character index where it can be."""
    count = pdfium.FPDFText_CountChars(textpage)
    if count <= 0:
        return ""
    buffer = ctypes.create_string_buffer(2 * (count + 1))
    pointer = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    written = pdfium.FPDFText_GetText(textpage, 0, count, pointer)
    raw = buffer.raw[: 2 * max(0, written - 1)]
    return raw.decode("utf-16-le", errors="replace")


def is_hidden(textpage: Handle, text: str) -> bool:
    """Tell the invisible text that OCR programs lay over a scan, from a letter in the middle of the page."""
    letter = next((i for i in range(len(text) // 2, len(text)) if text[i].isalnum()), None)
    if letter is None:
        return False
    item = pdfium.FPDFText_GetTextObject(textpage, letter)
    return bool(item) and pdfium.FPDFTextObj_GetTextRenderMode(item) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE


def pieces(
    textpage: Handle,
    text: str,
    place: Callable[[Box], Box],
    source: Source = Source.TEXT,
    start: int = 0,
    apart: Sequence[Box] = (),
    letters: Sequence[str] | None = None,
) -> list[Piece]:
    """Return the words from text index `start` on, joined while they follow each other closely on one line.

    `place` turns PDFium's (left, top, right, bottom) into a `Box`. Words with one of the boxes `apart` between them
    are not joined: something was stamped into the gap. `letters`: what each character of `text` stands for, where that
    is something else.
    """
    same = pdfium.FPDFText_CountChars(textpage) == len(text)
    to_char = pdfium.FPDFText_GetCharIndexFromTextIndex
    loose = pdfium.FPDFText_GetLooseCharBox
    rect = pdfium.FS_RECTF()
    reference = ctypes.byref(rect)
    found: list[Piece] = []
    previous_end, last = -1, None
    for match in _TOKEN.finditer(text, start):
        begin, end = match.start(), match.end() - 1
        first, final = (begin, end) if same else (to_char(textpage, begin), to_char(textpage, end))
        if first < 0 or not loose(textpage, first, reference):
            continue
        box = (rect.left, rect.top, rect.right, rect.bottom)
        word = match[0]
        if end > begin and text[end].isdigit():
            full = abs(rect.top - rect.bottom)
            end = _before_note(textpage, text, begin, end, full, reference, rect, None if same else to_char)
            word, final = text[begin : end + 1], end if same else to_char(textpage, end)
        if letters is not None:
            word = "".join(letters[begin : begin + len(word)])
        if final > first and loose(textpage, final, reference):
            box = (
                min(box[0], rect.left),
                max(box[1], rect.top),
                max(box[2], rect.right),
                min(box[3], rect.bottom),
            )
        left, top, right, bottom = place(box)
        height = bottom - top
        slanted = height > _TALL and _is_slanted(textpage, first)
        if last is not None and slanted and last.slanted and "\n" not in text[previous_end:begin]:
            last.text += " " + word
            x0, y0, x1, y1 = last.box
            last.box = (min(x0, left), min(y0, top), max(x1, right), max(y1, bottom))
            previous_end = match.end()
            continue
        if last is not None and not (slanted or last.slanted) and "\n" not in text[previous_end:begin]:
            x0, y0, x1, y1 = last.box
            size = max(height, y1 - y0)
            overlap = min(bottom, y1) - max(top, y0)
            near = -0.5 * size < left - x1 <= GAP * size and overlap > 0.5 * min(height, y1 - y0)
            if near and not (apart and _holds(apart, x1, left, top, bottom)):
                last.text += " " + word
                last.box = (min(x0, left), min(y0, top), max(x1, right), max(y1, bottom))
                previous_end = match.end()
                continue
        last = Piece(word, (left, top, right, bottom), source, first, slanted)
        found.append(last)
        previous_end = match.end()
    return found


def _is_slanted(textpage: Handle, index: int) -> bool:
    """Tell letters that run neither along nor across the page."""
    angle = math.degrees(pdfium.FPDFText_GetCharAngle(textpage, index)) % 90
    return 5 < angle < 85


def _before_note(
    textpage: Handle,
    text: str,
    begin: int,
    end: int,
    full: float,
    reference: Handle,
    rect: Handle,
    to_char: Callable[[Handle, int], int] | None,
) -> int:
    """Return the index of the last letter before a raised note mark ("55/2022/AL¹"), `end` without one."""
    last = end
    while last > begin and text[last].isdigit():
        index = to_char(textpage, last) if to_char else last
        if not pdfium.FPDFText_GetLooseCharBox(textpage, index, reference):
            return end
        if abs(rect.top - rect.bottom) > 0.8 * full:
            break
        last -= 1
    return last


def _holds(boxes: Sequence[Box], left: float, right: float, top: float, bottom: float) -> bool:
    """Tell whether the middle of one of the boxes lies between `left` and `right`, level with `top` to `bottom`."""
    return any(
        left - 3 < (b[0] + b[2]) / 2 < right + 3 and min(bottom, b[3]) - max(top, b[1]) > 0.3 * (b[3] - b[1])
        for b in boxes
    )


def join(runs: Iterable[Piece], apart: Sequence[Box] = ()) -> list[Piece]:
    """Join runs that stand on one line with no column gap between them; stamps stay on their own."""
    done: list[Piece] = []
    active: list[Piece] = []
    for piece in sorted(runs, key=lambda p: (p.box[1], p.box[0])):
        if piece.slanted:
            done.append(piece)
            continue
        left, top, right, bottom = piece.box
        height = bottom - top
        active = [a for a in active if a.box[3] > top]
        for other in active:
            x0, y0, x1, y1 = other.box
            size = max(height, y1 - y0)
            if other.source is not piece.source or min(bottom, y1) - max(top, y0) < 0.6 * min(height, y1 - y0):
                continue
            if apart and _holds(apart, min(x1, right), max(left, x0), top, bottom):
                continue
            if -0.3 * size < left - x1 <= GAP * size:
                glue = "" if left - x1 < 0.08 * size else " "
                other.text = other.text + glue + piece.text
            elif -0.3 * size < x0 - right <= GAP * size:
                glue = "" if x0 - right < 0.08 * size else " "
                other.text = piece.text + glue + other.text
            else:
                continue
            other.box = (min(x0, left), min(y0, top), max(x1, right), max(y1, bottom))
            break
        else:
            active.append(piece)
            done.append(piece)
    return done


def to_lines(runs: Iterable[Piece], page: int, textpages: dict[Source, Handle]) -> list[Line]:
    """Return the lines of the contract: cleaned, with size and style of their first letter, sorted from the top."""
    lines = []
    flags = ctypes.c_int()
    name = ctypes.create_string_buffer(128)
    for run in runs:
        text = folding.clean(run.text.replace("\ufffe", "-").replace("\x02", "-"))
        if not text:
            continue
        textpage = textpages[run.source]
        size = pdfium.FPDFText_GetFontSize(textpage, run.first)
        written = pdfium.FPDFText_GetFontInfo(textpage, run.first, name, 128, ctypes.byref(flags))
        font = name.value.decode("latin-1") if 0 < written <= 128 else ""
        weight = pdfium.FPDFText_GetFontWeight(textpage, run.first)
        bold = bool(_BOLD.search(font)) or weight >= 600 or bool(flags.value & 0x40000) if font or weight > 0 else None
        italic = bool(_ITALIC.search(font)) or bool(flags.value & 0x40) if font else None
        height = run.box[3] - run.box[1]
        lines.append(Line(text, page, run.box, run.source, size if size > 1.5 else height, bold, italic))
    lines.sort(key=lambda line: (line.box[1], line.box[0]))
    return lines
