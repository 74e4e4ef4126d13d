# SPDX-License-Identifier: Apache-2.0
"""Finds the fonts: Tinos and Arimo (Apache-2.0; widths of Times New Roman and Arial; every Vietnamese letter).

Debian and Ubuntu have them in `fonts-croscore`; elsewhere set PARCHECK_SAMPLE_FONTS to the folder of the files.
"""

from __future__ import annotations

import io
import itertools
import os
import struct
from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

_FACES = {"regular": "Regular", "bold": "Bold", "italic": "Italic", "bolditalic": "BoldItalic"}
REGULAR, BOLD, ITALIC, BOLD_ITALIC = "Tinos", "Tinos-Bold", "Tinos-Italic", "Tinos-BoldItalic"


def font_file(face: str, *, sans: bool = False) -> Path:
    """Return the TTF file of "regular", "bold", "italic" or "bolditalic"; FileNotFoundError tells how."""
    folder = Path(os.environ.get("PARCHECK_SAMPLE_FONTS", "/usr/share/fonts/truetype/croscore"))
    path = folder / f"{'Arimo' if sans else 'Tinos'}-{_FACES[face]}.ttf"
    if not path.exists():
        raise FileNotFoundError(f"{path}: install fonts-croscore, or set PARCHECK_SAMPLE_FONTS to the fonts' folder")
    return path


@cache
def register() -> None:
    """Make the four faces known to reportlab, and <b> and <i> inside paragraphs."""
    for name, face in ((REGULAR, "regular"), (BOLD, "bold"), (ITALIC, "italic"), (BOLD_ITALIC, "bolditalic")):
        pdfmetrics.registerFont(TTFont(name, io.BytesIO(_without_hints(font_file(face).read_bytes()))))
    pdfmetrics.registerFontFamily(REGULAR, REGULAR, BOLD, ITALIC, BOLD_ITALIC)


def _without_hints(font: bytes) -> bytes:
    """Return a TrueType font without its instructions: half the size, the same outlines and widths."""
    count = struct.unpack(">H", font[4:6])[0]
    tables = {}
    for i in range(count):
        tag, _, start, length = struct.unpack(">4sLLL", font[12 + 16 * i : 28 + 16 * i])
        if tag not in (b"fpgm", b"prep", b"cvt ", b"gasp", b"hdmx", b"VDMX", b"LTSH"):
            tables[tag] = font[start : start + length]
    wide = struct.unpack(">h", tables[b"head"][50:52])[0]
    loca = tables[b"loca"]
    offsets = [
        o * (1 if wide else 2) for o in struct.unpack(f">{len(loca) // (4 if wide else 2)}{'LH'[not wide]}", loca)
    ]
    glyphs = [_bare_glyph(tables[b"glyf"][a:b]) for a, b in itertools.pairwise(offsets)]
    places = [0]
    for glyph in glyphs:
        places.append(places[-1] + len(glyph))
    tables[b"glyf"] = b"".join(glyphs)
    tables[b"loca"] = struct.pack(f">{len(places)}L", *places)
    tables[b"head"] = tables[b"head"][:50] + struct.pack(">h", 1) + tables[b"head"][52:]
    return _font_file(tables)


def _bare_glyph(glyph: bytes) -> bytes:
    if not glyph:
        return glyph
    contours = struct.unpack(">h", glyph[:2])[0]
    if contours >= 0:
        at = 10 + 2 * contours
        length = struct.unpack(">H", glyph[at : at + 2])[0]
        glyph = glyph[:at] + b"\0\0" + glyph[at + 2 + length :]
        return glyph + b"\0" * (-len(glyph) % 4)
    data, at, more = bytearray(glyph), 10, True
    while more:
        flags = struct.unpack(">H", data[at : at + 2])[0]
        more = bool(flags & 0x20)
        data[at : at + 2] = struct.pack(">H", flags & ~0x100)
        at += 4 + (4 if flags & 1 else 2) + (2 if flags & 8 else 4 if flags & 0x40 else 8 if flags & 0x80 else 0)
    return bytes(data[:at]) + b"\0" * (-at % 4)


def _font_file(tables: dict[bytes, bytes]) -> bytes:
    power = 1 << (len(tables).bit_length() - 1)
    head = struct.pack(
        ">4sHHHH", b"\0\1\0\0", len(tables), power * 16, power.bit_length() - 1, len(tables) * 16 - power * 16
    )
    at = 12 + 16 * len(tables)
    directory, body = b"", b""
    for tag in sorted(tables):
        table = tables[tag]
        padded = table + b"\0" * (-len(table) % 4)
        total = sum(struct.unpack(f">{len(padded) // 4}L", padded)) & 0xFFFFFFFF
        directory += struct.pack(">4sLLL", tag, total, at + len(body), len(table))
        body += padded
    return head + directory + body
