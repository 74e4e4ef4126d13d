# SPDX-License-Identifier: Apache-2.0
"""What signing programs and clerks put on a page as annotations: where it stands, and the words it shows."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pypdfium2.raw as pdfium

from parcheck.model import Source
from parcheck_plugins.pdf import layout

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from parcheck.model import Box
    from parcheck_plugins.pdf.layout import Handle

_STAMPING: Final = (pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_FREETEXT)
_HIDDEN: Final = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
_DEEP: Final = 6
"""Forms within forms that are looked into; what lies deeper is taken for words."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a signing program put on a page: a form widget, a stamp or a free text annotation."""

    box: Box
    words: str
    """The text it shows, "" for a picture."""


def find(page: Handle, place: Callable[[Box], Box]) -> tuple[list[Box], bool]:
    """Return the boxes of the visible stamps on an open page, and whether any may show words.

    `place` turns PDFium's (left, top, right, bottom) into a `Box`.
    """
    boxes, worded = [], False
    rect = pdfium.FS_RECTF()
    for i in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, i)
        if not annotation:
            continue
        if (
            pdfium.FPDFAnnot_GetSubtype(annotation) in _STAMPING
            and not pdfium.FPDFAnnot_GetFlags(annotation) & _HIDDEN
            and pdfium.FPDFAnnot_GetRect(annotation, ctypes.byref(rect))
            and abs(rect.right - rect.left) > 1
            and abs(rect.top - rect.bottom) > 1
        ):
            x0, x1 = sorted((rect.left, rect.right))
            y0, y1 = sorted((rect.bottom, rect.top))
            boxes.append(place((x0, y1, x1, y0)))
            worded = worded or _has_words(pdfium.FPDFAnnot_GetObjectCount, pdfium.FPDFAnnot_GetObject, annotation)
        pdfium.FPDFPage_CloseAnnot(annotation)
    return boxes, worded


def _has_words(
    count: Callable[[Handle], int], get: Callable[[Handle, int], Handle], holder: Handle, deep: int = 0
) -> bool:
    """Tell whether an annotation's appearance, or a form in it, holds text; yes where that cannot be told."""
    for i in range(count(holder)):
        item = get(holder, i)
        kind = pdfium.FPDFPageObj_GetType(item) if item else pdfium.FPDF_PAGEOBJ_UNKNOWN
        if kind in (pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_UNKNOWN) or deep > _DEEP:
            return True
        if kind == pdfium.FPDF_PAGEOBJ_FORM and _has_words(
            pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, item, deep + 1
        ):
            return True
    return False


def within(inner: Box, outer: Box, slack: float = 3) -> bool:
    """Tell whether the middle of one box lies in the other, `slack` points beside it let by."""
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] - slack <= x <= outer[2] + slack and outer[1] - slack <= y <= outer[3] + slack


def words(
    textpage: Handle, before: Handle, raw: str, place: Callable[[Box], Box], boxes: Sequence[Box]
) -> list[layout.Piece]:
    """Return the runs inside the stamps that a flattened page shows and the page itself does not have there.

    Args:
        textpage: of the flattened page.
        before: of the page as it was.
        raw: the characters of `before`, as `layout.page_text` gives them.
        place: turns PDFium's (left, top, right, bottom) into a `Box`.
        boxes: of the stamps.
    """
    flat = layout.page_text(textpage)
    start = len(raw) if flat.startswith(raw) else 0
    runs = layout.pieces(textpage, flat, place, Source.STAMP, start)
    if not start and raw:
        had = {(p.text, round(p.box[0]), round(p.box[1])) for p in layout.pieces(before, raw, place)}
        runs = [r for r in runs if (r.text, round(r.box[0]), round(r.box[1])) not in had]
    return layout.join(r for r in runs if any(within(r.box, box) for box in boxes))
