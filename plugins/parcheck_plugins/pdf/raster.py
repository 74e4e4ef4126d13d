# SPDX-License-Identifier: Apache-2.0
"""PDF pages as pixels, and what the pictures on them are."""

from __future__ import annotations

import ctypes
import math
from typing import TYPE_CHECKING, Final

import pypdfium2.raw as pdfium

from parcheck.reading.recognition import Raster

if TYPE_CHECKING:
    from parcheck_plugins.pdf.layout import Handle

_MOST: Final = 20_000_000
"""Pixels of one page: an A3 sheet at 300 per inch has 17 million; posters are rendered coarser."""


def render(page: Handle, dpi: float) -> Raster | None:
    """Return an open page as RGB pixels on white, annotations drawn; None when it has no size."""
    wide, high = pdfium.FPDF_GetPageWidthF(page) / 72, pdfium.FPDF_GetPageHeightF(page) / 72
    if wide <= 0 or high <= 0:
        return None
    dpi = min(dpi, math.sqrt(_MOST / (wide * high)))
    width, height = max(1, round(wide * dpi)), max(1, round(high * dpi))
    buffer = ctypes.create_string_buffer(width * height * 3)
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_BGR, buffer, width * 3)
    if not bitmap:
        return None
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        flags = pdfium.FPDF_ANNOT | pdfium.FPDF_REVERSE_BYTE_ORDER
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, flags)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    return Raster(width, height, buffer.raw, dpi)
