# SPDX-License-Identifier: Apache-2.0
"""Small PDFs written from code: words at places, stamps as widgets, pictures, signatures' fields.

No font file is needed: the fonts are named, not embedded, each letter half as wide as high, and mapped to Unicode.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Array, Dictionary, Name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WIDTH, HEIGHT = 595, 842
_IDENTITY = pikepdf.String("Identity")
_FONTS = {"R": "TimesNewRomanPSMT", "B": "TimesNewRomanPS-BoldMT", "I": "TimesNewRomanPS-ItalicMT"}


@dataclass(frozen=True)
class Put:
    """Words at a place: `x` is the left edge, or the middle when `centred`; `y` the top, both in points."""

    x: float
    y: float
    text: str
    style: str = "R"
    size: float = 13
    centred: bool = False

    @property
    def left(self) -> float:
        return self.x - len(self.text) * self.size / 4 if self.centred else self.x


def middle(x: float, y: float, text: str, style: str = "R", size: float = 13) -> Put:
    return Put(x, y, text, style, size, centred=True)


def _to_unicode() -> bytes:
    ranges = [f"<{high:02X}00> <{high:02X}FF> <{high:02X}00>" for high in range(256)]
    blocks = [ranges[i : i + 100] for i in range(0, 256, 100)]
    body = "\n".join(f"{len(b)} beginbfrange\n" + "\n".join(b) + "\nendbfrange" for b in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{body}\nendcmap end end"
    ).encode()


def _fonts(pdf: pikepdf.Pdf, names: Mapping[str, str]) -> Dictionary:
    cmap = pdf.make_stream(_to_unicode())
    fonts = Dictionary()
    for key, name in names.items():
        descriptor = Dictionary(
            Type=Name.FontDescriptor, FontName=Name("/" + name), Flags=4, FontBBox=Array([0, -220, 1000, 890]),
            ItalicAngle=-12 if key == "I" else 0, Ascent=890, Descent=-220, CapHeight=660,
            StemV=140 if key == "B" else 80,
        )  # fmt: skip
        child = Dictionary(
            Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name("/" + name), DW=500,
            CIDSystemInfo=Dictionary(Registry=pikepdf.String("Adobe"), Ordering=_IDENTITY, Supplement=0),
            FontDescriptor=pdf.make_indirect(descriptor), CIDToGIDMap=Name.Identity,
        )  # fmt: skip
        fonts[Name("/" + key)] = pdf.make_indirect(
            Dictionary(
                Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/" + name), Encoding=Name("/Identity-H"),
                DescendantFonts=Array([pdf.make_indirect(child)]), ToUnicode=cmap,
            )
        )  # fmt: skip
    return fonts


def _show(put: Put, height: float) -> str:
    code = put.text.encode("utf-16-be").hex()
    return f"BT /{put.style} {put.size} Tf 1 0 0 1 {put.left:.2f} {height - put.y - put.size:.2f} Tm <{code}> Tj ET"


@dataclass(frozen=True)
class Stamp:
    """A form widget over `box` (left, top, right, bottom); without text it shows a picture only."""

    box: tuple[float, float, float, float]
    text: str | None = None
    size: float = 13


def make_pdf(
    *pages: Sequence[Put],
    stamps: Sequence[Stamp] = (),
    pictures: Sequence[tuple[float, float, float, float]] = (),
    signed: bool = False,
    media: tuple[float, float] = (WIDTH, HEIGHT),
    fonts: Mapping[str, str] = _FONTS,
    password: str | None = None,
    hidden: bool = False,
) -> bytes:
    """Return a PDF; stamps and pictures stand on its first page."""
    pdf = pikepdf.new()
    resources = Dictionary(Font=_fonts(pdf, fonts))
    high = media[1]
    for number, page in enumerate(pages):
        content = "3 Tr\n" * hidden + "\n".join(_show(put, high) for put in page)
        here = Dictionary(resources)
        if number == 0 and pictures:
            image = pdf.make_stream(b"\xc0\x20\x20")
            image.update(
                Dictionary(
                    Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1,
                    ColorSpace=Name.DeviceRGB, BitsPerComponent=8,
                )
            )  # fmt: skip
            here.XObject = Dictionary(Im=image)
            for x0, y0, x1, y1 in pictures:
                content += f"\nq {x1 - x0} 0 0 {y1 - y0} {x0} {high - y1} cm /Im Do Q"
        sheet = pdf.add_blank_page(page_size=media)
        sheet.obj.Resources = here
        sheet.obj.Contents = pdf.make_stream(content.encode())
    widgets = []
    for i, stamp in enumerate(stamps):
        x0, y0, x1, y1 = stamp.box
        box = Array([0, 0, x1 - x0, y1 - y0])
        drawn = (
            f"BT /R {stamp.size} Tf 1 0 0 1 0 2 Tm <{stamp.text.encode('utf-16-be').hex()}> Tj ET"
            if stamp.text
            else "1 0 0 rg 0 0 9 9 re f"
        )
        form = pdf.make_stream(drawn.encode())
        form.update(Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=box, Resources=resources))
        widgets.append(
            pdf.make_indirect(
                Dictionary(
                    Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=pikepdf.String(f"stamp{i}"), F=4,
                    Rect=Array([x0, high - y1, x1, high - y0]), AP=Dictionary(N=form),
                )
            )
        )  # fmt: skip
    fields = list(widgets)
    if signed:
        value = Dictionary(
            Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), SubFilter=Name("/ETSI.CAdES.detached"),
            Contents=pikepdf.String(b"\x30\x03\x02\x01\x01"), ByteRange=Array([0, 1, 2, 3]),
            M=pikepdf.String("D:20251128103825+07'00'"),
        )  # fmt: skip
        fields.append(
            pdf.make_indirect(
                Dictionary(
                    Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, T=pikepdf.String("sig"), F=4,
                    Rect=Array([0, 0, 0, 0]), V=pdf.make_indirect(value),
                )
            )
        )  # fmt: skip
    if fields:
        pdf.Root.AcroForm = pdf.make_indirect(Dictionary(Fields=Array(fields), SigFlags=3 if signed else 0))
        pdf.pages[0].obj.Annots = Array(fields)
    out = io.BytesIO()
    encryption = pikepdf.Encryption(owner="o" + password, user=password) if password else False
    pdf.save(out, encryption=encryption, static_id=not password)
    return out.getvalue()


LEFT, RIGHT, MIDDLE = 160, 400, 300


def head(
    *issuer: str,
    number: str = "Số: 45/TTr-SNV",
    date: str = "Lâm Đồng, ngày 16 tháng 01 năm 2026",
    state: str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    motto: str = "Độc lập - Tự do - Hạnh phúc",
    y: float = 55,
) -> list[Put]:
    """Return a letterhead: the issuer's lines (the last bold), number, quốc hiệu, date."""
    lines = issuer or ("UBND TỈNH LÂM ĐỒNG", "SỞ NỘI VỤ")
    puts = [middle(LEFT, y + 16 * i, text, "B" if i == len(lines) - 1 else "R") for i, text in enumerate(lines)]
    puts += [middle(RIGHT, y, state, "B"), middle(RIGHT, y + 16, motto, "B")]
    level = y + 16 * max(3, len(lines)) + 2
    if number:
        puts.append(middle(LEFT, level, number))
    if date:
        puts.append(middle(RIGHT, level, date, "I"))
    return puts


def title(kind: str, *subject: str, y: float = 150) -> list[Put]:
    return [
        middle(MIDDLE, y, kind, "B", 14),
        *(middle(MIDDLE, y + 17 * (i + 1), s, "B", 14) for i, s in enumerate(subject)),
    ]


def body(y: float = 260, lines: int = 6) -> list[Put]:
    words = "Thực hiện nhiệm vụ được giao, cơ quan báo cáo kết quả như sau đây"
    return [Put(120 if i % 3 == 0 else 85, y + 18 * i, words, "R", 13) for i in range(lines)]


def end(
    *block: str,
    name: str | None = "Trần Hữu Tuấn",
    recipients: Sequence[str] = ("- Như trên;", "- UBND tỉnh;", "- Lưu: VT, CCHC."),
    y: float = 560,
    gap: float = 90,
) -> list[Put]:
    """Return the signature block, titles on the right and Nơi nhận on the left."""
    puts = [middle(430, y + 16 * i, text, "B", 14) for i, text in enumerate(block or ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"))]
    if recipients:
        puts.append(Put(85, y, "Nơi nhận:", "B", 12))
        puts += [Put(85, y + 14 * (i + 1), text, "R", 11) for i, text in enumerate(recipients)]
    if name:
        puts.append(middle(430, y + gap, name, "B", 14))
    return puts
