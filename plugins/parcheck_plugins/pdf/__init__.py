# SPDX-License-Identifier: Apache-2.0
"""PDF files as pages of positioned lines, read with PDFium."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcheck.hookspecs import hookimpl

if TYPE_CHECKING:
    from pathlib import Path

    from parcheck_plugins.pdf.document import PdfDocument

MEDIA_TYPE = "application/pdf"
_OTHERS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"\xff\xd8\xff", b"\x89PNG", b"7z\xbc\xaf", b"Rar!")


@hookimpl
def parcheck_identify(path: Path, head: bytes) -> str | None:
    """Know a PDF by its magic; junk may stand before it, and one that lost its first line is a damaged PDF."""
    if head.startswith(_OTHERS):
        return None
    if b"%PDF" in head:
        return MEDIA_TYPE
    named = path.suffix.lower() == ".pdf"
    return MEDIA_TYPE if named and (b" obj" in head or b"\nxref" in head) else None


@hookimpl
def parcheck_open(path: Path, media_type: str) -> PdfDocument | None:
    """Open a PDF."""
    if media_type != MEDIA_TYPE:
        return None
    from parcheck_plugins.pdf.document import PdfDocument

    return PdfDocument(path)
