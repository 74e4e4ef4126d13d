# SPDX-License-Identifier: Apache-2.0
"""Small files that grow without measure when they are read: in time, memory, pages, pixels, bytes or depth."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

from tests.reading.make_docx import make_docx, paragraph

if TYPE_CHECKING:
    from pathlib import Path

MEGABYTE = 1024 * 1024
_FONT = b"/Font<</F 9 0 R>>"
_HELVETICA = {9: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"}
_FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<<"
_IMAGE = b"/Type/XObject/Subtype/Image/BitsPerComponent 8/ColorSpace/DeviceGray"


def _pdf(objects: dict[int, bytes]) -> bytes:
    body = b"%PDF-1.7\n"
    places = {}
    for number, content in objects.items():
        places[number] = len(body)
        body += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    size = max(objects) + 1
    lines = [b"%010d 00000 n \n" % places[n] if n in places else b"0000000000 65535 f \n" for n in range(size)]
    table = b"xref\n0 %d\n" % size + b"".join(lines)
    return body + table + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(body))


def _stream(data: bytes, about: bytes = b"", filters: int = 1) -> bytes:
    """Return a stream object; `filters` says how often the data given here are deflated already, or will be: once."""
    data = zlib.compress(data)
    names = b"[" + b"/FlateDecode" * filters + b"]"
    return b"<<%s/Filter%s/Length %d>>\nstream\n" % (about, names, len(data)) + data + b"\nendstream"


def _deflated(letter: bytes, megabytes: int) -> bytes:
    """Return deflated data of any size at once: one block said again and again."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(letter * MEGABYTE) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x78\x9c" + block * megabytes + zlib.compressobj(9, zlib.DEFLATED, -15).flush()


def _page(resources: bytes, content: bytes, more: dict[int, bytes], box: bytes = b"0 0 595 842") -> bytes:
    return _pdf(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            3: b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Resources<<%s>>/Contents 4 0 R>>" % (box, resources),
            4: content,
            **more,
        }
    )


def drawn_again_and_again(path: Path) -> None:
    """Twelve times twelve times twelve …: a form that draws a form, ten deep."""
    depth = 10
    more = dict(_HELVETICA)
    for level in range(depth):
        inner = b"/XObject<</X %d 0 R>>>>" % (21 + level)
        more[20 + level] = _stream(b"/X Do " * 12, _FORM + inner)
    more[20 + depth] = _stream(b"BT /F 10 Tf 100 700 Td (KE HOACH) Tj ET", _FORM + _FONT + b">>")
    path.write_bytes(_page(b"/XObject<</X 20 0 R>>", _stream(b"/X Do"), more))


def content_of_gigabytes(path: Path) -> None:
    """A page whose content, deflated twice, is 1.5 GB."""
    path.write_bytes(_page(_FONT, _stream(_deflated(b" ", 1500), filters=2), _HELVETICA))


def picture_of_gigapixels(path: Path) -> None:
    """A page that is a picture of 50 000 × 50 000 pixels."""
    about = _IMAGE + b"/Width 50000/Height 50000"
    picture = _stream(_deflated(b"\xff", 2400), about, filters=2)
    path.write_bytes(_page(b"/XObject<</I 5 0 R>>", _stream(b"q 595 0 0 842 0 0 cm /I Do Q"), {5: picture}))


def paper_of_kilometres(path: Path) -> None:
    """A page of 70 × 70 metres with a picture all over it."""
    picture = _stream(b"\xff" * 10_000, _IMAGE + b"/Width 100/Height 100")
    content = _stream(b"q 200000 0 0 200000 0 0 cm /I Do Q")
    path.write_bytes(_page(b"/XObject<</I 5 0 R>>", content, {5: picture}, b"0 0 200000 200000"))


def pages_without_end(path: Path) -> None:
    """Twenty thousand empty pages."""
    pages = range(10, 20_010)
    kids = b" ".join(b"%d 0 R" % page for page in pages)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>"
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(pages)),
        4: _stream(b" "),
    }
    path.write_bytes(_pdf(objects | dict.fromkeys(pages, page)))


def arrays_in_arrays(path: Path) -> None:
    """An array in an array, two hundred thousand deep."""
    deep = b"/Deep " + b"[" * 200_000 + b"]" * 200_000
    path.write_bytes(_page(_FONT + deep, _stream(b"BT ET"), _HELVETICA))


def page_tree_of_one_branch(path: Path) -> None:
    """A tree of pages five thousand deep, with one page at its end."""
    last = 5000
    objects = {1: b"<</Type/Catalog/Pages 2 0 R>>"}
    for number in range(2, last):
        objects[number] = b"<</Type/Pages/Kids[%d 0 R]/Count 1/Parent %d 0 R>>" % (number + 1, number - 1)
    objects[last] = b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 595 842]>>" % (last - 1)
    path.write_bytes(_pdf(objects))


def tables_in_tables(path: Path) -> None:
    """A Word file with a table in a table, three thousand deep."""
    depth = 3000
    make_docx(path, "<w:tbl><w:tr><w:tc>" * depth + paragraph("KẾ HOẠCH") + "</w:tc></w:tr></w:tbl>" * depth)


def word_of_megabytes(path: Path) -> None:
    """A Word file of 30 KB whose text is 30 MB."""
    make_docx(path, paragraph("x" * (30 * MEGABYTE)))


def photograph_of_gigapixels(path: Path) -> None:
    """A PNG of 40 000 × 40 000 pixels."""
    side = 40_000

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    data = _deflated(b"\xff", (side * (side // 8 + 1)) // MEGABYTE + 1)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b""))
