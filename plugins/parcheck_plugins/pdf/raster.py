# SPDX-License-Identifier: Apache-2.0
"""PDF pages as pixels, and what the pictures on them are."""

from __future__ import annotations

import ctypes
import math
from typing import TYPE_CHECKING, Final

import pypdfium2.raw as pdfium

from parcheck.reading.recognition import Raster

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcheck_plugins.pdf.layout import Handle

_GREY: Final = (pdfium.FPDF_COLORSPACE_DEVICEGRAY, pdfium.FPDF_COLORSPACE_CALGRAY)
_MOST_OBJECTS: Final = 500
_MOST: Final = 20_000_000
"""Pixels of one page: an A3 sheet at 300 per inch has 17 million; posters are rendered coarser."""


def render(page: Handle, dpi: float) -> Raster | None:
    """Return an open page as RGB pixels on white, annotations drawn; None when it has no size."""
    wide, high = pdfium.FPDF_GetPageWidthF(page) / 72, pdfium.FPDF_GetPageHeightF(page) / 72
    if wide <= 0 or high <= 0:
        return None
    dpi = min(dpi, math.sqrt(_MOST / (wide * high)))
    width, height = max(1, round(wide * dpi)), max(1, round(high * dpi))
    pixels = bytearray(width * height * 3)
    buffer = (ctypes.c_ubyte * len(pixels)).from_buffer(pixels)
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_BGR, buffer, width * 3)
    if not bitmap:
        return None
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        flags = pdfium.FPDF_ANNOT | pdfium.FPDF_REVERSE_BYTE_ORDER
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, flags)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    # A copy of ten megabytes would take as long as drawing some pages.
    return Raster(width, height, memoryview(pixels).toreadonly(), dpi)


def largest_picture(page: Handle) -> tuple[float | None, bool | None]:
    """Return pixels per inch of the picture that covers most of an open page, and whether it has colour channels."""
    x0, y0, x1, y1 = (ctypes.c_float() for _ in range(4))
    data = pdfium.FPDF_IMAGEOBJ_METADATA()
    best, dpi, colour = 0.0, None, None
    for item in _pictures(page):
        if not pdfium.FPDFPageObj_GetBounds(item, *(ctypes.byref(v) for v in (x0, y0, x1, y1))):
            continue
        wide, high = abs(x1.value - x0.value), abs(y1.value - y0.value)
        if wide * high <= best or min(wide, high) < 1:
            continue
        if not pdfium.FPDFImageObj_GetImageMetadata(item, page, ctypes.byref(data)):
            continue
        best = wide * high
        dpi = round(max(data.width, data.height) / max(wide, high) * 72, 1)
        grey = data.colorspace in _GREY or data.bits_per_pixel in (1, 8)
        colour = not grey
    return dpi, colour


def _pictures(page: Handle) -> Iterator[Handle]:
    """Yield the picture objects of a page, those inside one form included."""
    for i in range(min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        item = pdfium.FPDFPage_GetObject(page, i)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            yield item
        elif kind == pdfium.FPDF_PAGEOBJ_FORM:
            for k in range(max(0, min(pdfium.FPDFFormObj_CountObjects(item), _MOST_OBJECTS))):
                inner = pdfium.FPDFFormObj_GetObject(item, k)
                if inner and pdfium.FPDFPageObj_GetType(inner) == pdfium.FPDF_PAGEOBJ_IMAGE:
                    yield inner
