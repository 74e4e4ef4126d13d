# SPDX-License-Identifier: Apache-2.0
"""Scans of made-up documents: drawn, sealed, signed and turned into pictures, with or without handwriting."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING

import pypdfium2
from PIL import Image, ImageDraw
from samples.make.pdf import administrative_pdf
from samples.make.spec import Signer, Spec, Text, Unit

if TYPE_CHECKING:
    from pathlib import Path

UNIT = Unit(
    name=("ỦY BAN NHÂN DÂN", "TỈNH QUẢNG NGÃI"),
    place="Quảng Ngãi",
    seal=("ỦY BAN", "NHÂN DÂN"),
    seal_rim="TỈNH QUẢNG NGÃI",
)
PLAN = Spec(
    unit=UNIT,
    type="KẾ HOẠCH",
    sign="KH-UBND",
    number="45",
    issued_on=dt.date(2025, 3, 17),
    subject="Cải cách hành chính nhà nước năm 2025",
    body=(
        Text("Căn cứ Nghị quyết số 76/NQ-CP ngày 15 tháng 7 năm 2021 của Chính phủ;", "basis"),
        Text("Ủy ban nhân dân tỉnh ban hành Kế hoạch cải cách hành chính với các nội dung sau đây."),
    ),
    signers=(Signer(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "Trần Văn Hùng"),),
    recipients=("Như trên;", "Lưu: VT, NC."),
    kind="scan",
)


def scan(folder: Path, spec: Spec = PLAN, name: str = "scan.pdf") -> Path:
    """Write the document as a scanned PDF."""
    path = folder / name
    path.write_bytes(administrative_pdf(spec))
    return path


def picture(folder: Path, name: str, *, turn: int = 0, scribble: bool = False, dpi: int = 200) -> Path:
    """Write the first page as a picture file, turned by `turn` degrees; `scribble` puts strokes over the number."""
    document = pypdfium2.PdfDocument(administrative_pdf(PLAN))
    page = document[0].render(scale=dpi / 72).to_pil().convert("RGB")
    document.close()
    if scribble:
        _scribble(page, dpi / 72)
    if turn:
        page = page.rotate(turn, expand=True)
    path = folder / name
    page.save(path, dpi=(dpi, dpi))
    return path


def frames(folder: Path, *pages: Path) -> Path:
    """Join pictures into one TIFF."""
    first, *others = [Image.open(page) for page in pages]
    path = folder / "frames.tiff"
    first.save(path, save_all=True, append_images=others, dpi=(150, 150))
    return path


def blank_png(width: int = 400, height: int = 300, colour: tuple[int, int, int] = (255, 255, 255)) -> bytes:
    """Return a picture of one colour."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "PNG")
    return out.getvalue()


def _scribble(page: Image.Image, scale: float) -> None:
    """Put a pen's strokes where the number stands: no digit can be read there."""
    draw = ImageDraw.Draw(page)
    left, top = _number_spot(page)
    draw.rectangle((left, top - 2 * scale, left + 15 * scale, top + 14 * scale), fill="white")
    points = [(0, 12), (4, -3), (7, 11), (3, 6), (12, -2), (9, 13), (15, 3)]
    draw.line([(left + x * scale, top + y * scale) for x, y in points], fill=(20, 20, 20), width=round(1.6 * scale))


def _number_spot(page: Image.Image) -> tuple[float, float]:
    """Find the number's digits in the printed page: the words are placed by the layout, not here."""
    document = pypdfium2.PdfDocument(administrative_pdf(_printed()))
    text = document[0].get_textpage()
    at = text.get_text_range().index("45")
    left, _, _, top = text.get_charbox(at)
    height = document[0].get_height()
    scale = page.height / height
    text.close()
    document.close()
    return left * scale, (height - top) * scale


def _printed() -> Spec:
    import dataclasses

    return dataclasses.replace(PLAN, kind="unsigned", number="45")
