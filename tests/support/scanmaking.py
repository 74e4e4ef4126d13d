# SPDX-License-Identifier: Apache-2.0
"""Scans as offices hand them in: sealed in red or copied in black and white, at several resolutions, skewed."""

from __future__ import annotations

import dataclasses
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
import pikepdf
import pypdfium2
from PIL import Image, ImageDraw, ImageFont
from samples.make import images
from samples.make.fonts import font_file
from samples.make.pdf import administrative_pdf
from samples.make.spec import day_month

if TYPE_CHECKING:
    from samples.make.spec import Spec

_SEAL: Final = 33 * 72 / 25.4
"""Points across."""
_HAND: Final = (100.0, 44.0)
_LINE: Final = 30.0
"""Points of height up to which a stamp is one of a line of text."""
_FINE: Final = 4
"""Pixels a point of drawn digits."""
_PAPER: Final = 150
"""Of 255: a scanner in black and white takes what is darker for print."""


@dataclass(frozen=True, slots=True)
class Scanner:
    """How a document was sealed and scanned."""

    dpi: int = 200
    black: bool = False
    """Scanned in black and white, seal and pen included."""
    seal: tuple[float, float] = (-46.0, -40.0)
    """Where the middle of the seal stands, in points right of and below the middle of the printed name."""
    solid: bool = False
    """Whether the seal hides what is under it, as some copiers make it; ink lets print through."""
    hand: Literal["blue", "black"] = "blue"
    angle: float = 0.0


def scanned(spec: Spec, scanner: Scanner) -> bytes:
    """Return the document, signed by its last signer, as a PDF of pictures; each page one.

    Args:
        spec: with one signer at least; its own `kind` does not matter.
        scanner: how it was sealed and scanned.
    """
    printed = administrative_pdf(dataclasses.replace(spec, kind="unsigned"))
    document = pypdfium2.PdfDocument(printed)
    name = spec.signers[-1].name
    pages: list[Image.Image] = []
    spots: list[tuple[int, float, float]] = []
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        spot = _middle(text, name)
        text.close()
        if spot:
            spots.append((number, spot[0], page.get_height() - spot[1]))
        pages.append(page.render(scale=scanner.dpi / 72).to_pil().convert("RGB"))
        page.close()
    document.close()
    number, x, y = spots[-1]
    _sign(pages[number], spec, scanner, x, y)
    return _pdf([_scan(page, scanner, f"{name}{i}") for i, page in enumerate(pages)], scanner)


def _middle(text: pypdfium2.PdfTextPage, words: str) -> tuple[float, float] | None:
    """Return the middle of the last time that the words are printed on a page, in points from the lower left."""
    whole = text.get_text_range()
    at = whole.rfind(words)
    if at < 0:
        return None
    boxes = [text.get_charbox(i) for i in (at, at + len(words) - 1)]
    return (boxes[0][0] + boxes[1][2]) / 2, (boxes[0][1] + boxes[0][3]) / 2


def _sign(page: Image.Image, spec: Spec, scanner: Scanner, x: float, y: float) -> None:
    """Put hand and seal on the page, over the print."""
    scale = scanner.dpi / 72
    wide, high = (round(side * scale) for side in _HAND)
    hand = images.signature_mask(spec.signers[-1].name, wide, high)
    ink = images.BLUE if scanner.hand == "blue" else (20, 20, 24)
    page.paste(Image.new("RGB", hand.size, ink), (round(x * scale - wide / 3), round((y - 52) * scale)), hand)
    size = round(_SEAL * scale)
    mask = images.seal_mask(spec.unit, size)
    corner = (round((x + scanner.seal[0]) * scale - size / 2), round((y + scanner.seal[1]) * scale - size / 2))
    if scanner.solid:
        page.paste(Image.new("RGB", mask.size, images.RED), corner, mask.point(lambda v: 255 if v > 90 else 0))
        return
    under = page.crop((*corner, corner[0] + size, corner[1] + size))
    red = np.asarray(images.tint(mask, images.RED), dtype=np.float32)
    share = red[..., 3:] / 255
    through = np.asarray(under, dtype=np.float32) * (1 - share + share * red[..., :3] / 255)
    page.paste(Image.fromarray(through.astype(np.uint8)), corner)


def _scan(page: Image.Image, scanner: Scanner, seed: str) -> Image.Image:
    scan = Image.open(io.BytesIO(images.scan_of(page, seed, angle=scanner.angle, quality=70)))
    if not scanner.black:
        return scan
    return scan.convert("L").point(lambda v: 255 if v > _PAPER else 0).convert("1")


def _pdf(pages: list[Image.Image], scanner: Scanner) -> bytes:
    out = io.BytesIO()
    first, *others = pages
    first.save(out, "PDF", save_all=True, append_images=others, resolution=scanner.dpi)
    return out.getvalue()


def pictured(spec: Spec, colour: tuple[int, int, int] = images.BLUE) -> bytes:
    """Return the document as text, with number, day and month stamped on it as pictures of their digits.

    So some registries' programs do it: the page text has blanks, and the stamps hold no words.
    """
    pdf = pikepdf.Pdf.open(io.BytesIO(administrative_pdf(dataclasses.replace(spec, kind="stamped"))))
    on = spec.issued_on
    digits = [spec.number, *(day_month(on) if on else ())]
    for annotation in pdf.pages[0].Annots:
        left, bottom, right, top = (float(side) for side in annotation.Rect)
        if top - bottom < _LINE and digits:
            annotation.AP.N = _drawn(pdf, digits.pop(0), right - left, top - bottom, colour)
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def _drawn(pdf: pikepdf.Pdf, words: str, width: float, height: float, colour: tuple[int, int, int]) -> pikepdf.Object:
    """Return an appearance that shows the words as a picture."""
    size = (round(width * _FINE), round(height * _FINE))
    picture = Image.new("RGB", size, "white")
    font = ImageFont.truetype(str(font_file("regular")), round(13 * _FINE))
    ImageDraw.Draw(picture).text((2 * _FINE, size[1] / 2), words, fill=colour, font=font, anchor="lm")
    image = pikepdf.Stream(pdf, picture.tobytes())
    image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    image.Width, image.Height = size
    image.BitsPerComponent, image.ColorSpace = 8, pikepdf.Name.DeviceRGB
    form = pikepdf.Stream(pdf, f"q {width} 0 0 {height} 0 0 cm /Im Do Q".encode())
    form.Type, form.Subtype, form.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, width, height]
    form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=pdf.make_indirect(image)))
    return pdf.make_indirect(form)
