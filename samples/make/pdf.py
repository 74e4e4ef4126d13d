# SPDX-License-Identifier: Apache-2.0
"""Writes an administrative document as PDF: pages, stamps as form widgets, signatures."""

from __future__ import annotations

import datetime as dt
import io
import zlib
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdfium2
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from samples.make import fonts, images, layout
from samples.make.signing import Signing, sign
from samples.make.spec import Spec, day_month

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL import Image
    from samples.make.layout import Spot

VIETNAM = dt.timezone(dt.timedelta(hours=7))
NOTICE = "Tài liệu mẫu của parcheck: cơ quan, con người và số liệu đều hư cấu"
_SEAL, _HAND = 95.0, (112.0, 47.0)
"""Points: a seal of 33 mm, a hand signature."""


def administrative_pdf(spec: Spec) -> bytes:
    """Return the document as a PDF file, in the way `spec.kind` asks. Equal specs give equal bytes."""
    stamps = _stamps(spec)
    buffer = io.BytesIO()
    spots = layout.lay_out(spec, buffer, _canvas_with(stamps))
    with pikepdf.open(io.BytesIO(buffer.getvalue())) as pdf:
        forms = _take_forms(pdf, len(stamps))
        created = signing_time(spec) - dt.timedelta(hours=3, minutes=12)
        _describe(pdf, spec, created)
        if spec.kind == "scan":
            _draw_marks(pdf, spec, spots.signatures)
            return _scan(_save(pdf), spec)
        signings = (
            [] if spec.kind == "unsigned" else _add_fields(pdf, spec, spots, dict(zip(stamps, forms, strict=True)))
        )
        data = _save(pdf)
    return sign(data, signings) if signings else data


def locked_pdf(spec: Spec, password: str) -> bytes:
    """Return the document encrypted with a user password (128-bit RC4: nothing random)."""
    with pikepdf.open(io.BytesIO(administrative_pdf(spec))) as pdf:
        out = io.BytesIO()
        pdf.save(
            out,
            encryption=pikepdf.Encryption(user=password, owner=password + "-owner", R=3, aes=False, metadata=False),
            static_id=True,
        )
    return out.getvalue()


def signing_time(spec: Spec) -> dt.datetime:
    """Return when the person signed (Vietnamese time)."""
    if spec.signed_at:
        return spec.signed_at.replace(tzinfo=VIETNAM)
    day = spec.issued_on or dt.date(spec.year, spec.month or 1, 10)
    minute = sum(spec.subject.encode()) % 50
    return dt.datetime(day.year, day.month, day.day, 14, minute, 17, tzinfo=VIETNAM)


def _stamps(spec: Spec) -> dict[str, tuple[tuple[str, ...], str, float]]:
    """Name of each text stamp: its lines, font and size."""
    stamps: dict[str, tuple[tuple[str, ...], str, float]] = {}
    if spec.kind in ("stamped", "annotated") and spec.issued_on:
        day, month = day_month(spec.issued_on)
        stamps = {"day": ((day,), fonts.ITALIC, 14), "month": ((month,), fonts.ITALIC, 14)}
        if spec.number:
            stamps = {"number": ((spec.number,), fonts.REGULAR, 13)} | stamps
    if spec.digital_stamp:
        at = signing_time(spec) + dt.timedelta(minutes=25)
        lines = (f"Người ký: {spec.unit.common_name}", "Cơ quan: Tỉnh Trường Giang")
        stamps["note"] = ((*lines, f"Thời gian ký: {at:%d/%m/%Y %H:%M:%S} +07:00"), fonts.REGULAR, 8.5)
    return stamps


def _size(lines: Sequence[str], font: str, size: float) -> tuple[float, float]:
    return max(stringWidth(line, font, size) for line in lines) + 4, size * 1.2 * len(lines) + 4


def _canvas_with(stamps: dict[str, tuple[tuple[str, ...], str, float]]) -> type[Canvas]:
    """Return a canvas class that leaves the stamps' form XObjects on one last page, to be taken from there."""

    class StampCanvas(Canvas):  # type: ignore[misc]
        def save(self) -> None:
            for name, (lines, font, size) in stamps.items():
                width, height = _size(lines, font, size)
                self.beginForm(name, 0, 0, width, height)
                self.setFont(font, size)
                for i, line in enumerate(lines):
                    self.drawString(2, height - 2 - size * (1.2 * i + 0.95), line)
                self.endForm()
                self.doForm(name)
            if stamps:
                self.showPage()
            super().save()

    return StampCanvas


def _take_forms(pdf: pikepdf.Pdf, count: int) -> list[pikepdf.Object]:
    if not count:
        return []
    resources = pdf.pages[-1].obj.Resources
    forms = [
        resources.XObject[name] for name in pdf.pages[-1].Contents.read_bytes().decode().split() if "/FormXob" in name
    ]
    used = {name for page in pdf.pages for name in page.obj.Resources.get("/Font", {})}
    for form in forms:
        form.Resources = pikepdf.Dictionary(Font={k: v for k, v in form.Resources.Font.items() if k in used})
    del pdf.pages[-1]
    for page in pdf.pages:
        if "/XObject" in page.obj.Resources:
            del page.obj.Resources.XObject
    return [pdf.make_indirect(form) for form in forms]


def _describe(pdf: pikepdf.Pdf, spec: Spec, created: dt.datetime) -> None:
    stamp = created.strftime("D:%Y%m%d%H%M%S+07'00'")
    info = {"/Title": spec.subject, "/Author": " ".join(spec.unit.name), "/Subject": NOTICE}
    pdf.trailer.Info = pdf.make_indirect(pikepdf.Dictionary({k: pikepdf.String(v) for k, v in info.items()}))
    pdf.docinfo["/Creator"] = "Microsoft® Word 2019" if spec.kind != "scan" else "Máy quét văn phòng"
    pdf.docinfo["/Producer"] = "parcheck samples"
    pdf.docinfo["/CreationDate"] = pdf.docinfo["/ModDate"] = stamp


def _save(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(
        out,
        deterministic_id=True,
        min_version="1.7",
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        recompress_flate=True,
    )
    return out.getvalue()


def _picture(pdf: pikepdf.Pdf, mask: Image.Image, colour: tuple[int, int, int]) -> pikepdf.Object:
    width, height = mask.size
    common = {
        "/Type": pikepdf.Name.XObject,
        "/Subtype": pikepdf.Name.Image,
        "/Width": width,
        "/Height": height,
    }
    common |= {"/BitsPerComponent": 8, "/Filter": pikepdf.Name.FlateDecode}
    soft = pikepdf.Stream(pdf, zlib.compress(mask.tobytes(), 9), common | {"/ColorSpace": pikepdf.Name.DeviceGray})
    return pdf.make_indirect(
        pikepdf.Stream(
            pdf,
            zlib.compress(bytes(colour) * (width * height), 9),
            common | {"/ColorSpace": pikepdf.Name.DeviceRGB, "/SMask": pdf.make_indirect(soft)},
        )
    )


def _wrap(pdf: pikepdf.Pdf, inner: pikepdf.Object, width: float, height: float) -> pikepdf.Object:
    """Nest an appearance as signing programs do: /N draws /FRM, which draws an empty /n0 and the content /n2."""

    def form(content: bytes, box: tuple[float, float], objects: dict[str, Any]) -> pikepdf.Object:
        head = {
            "/Type": pikepdf.Name.XObject,
            "/Subtype": pikepdf.Name.Form,
            "/FormType": 1,
            "/BBox": [0, 0, *box],
        }
        return pdf.make_indirect(pikepdf.Stream(pdf, content, head | {"/Resources": objects}))

    empty = form(b"% DSBlank\n", (100, 100), {})
    frame = form(
        b"q 1 0 0 1 0 0 cm /n0 Do Q\nq 1 0 0 1 0 0 cm /n2 Do Q\n",
        (width, height),
        {"/XObject": pikepdf.Dictionary({"/n0": empty, "/n2": inner})},
    )
    return form(b"q 1 0 0 1 0 0 cm /FRM Do Q\n", (width, height), {"/XObject": pikepdf.Dictionary({"/FRM": frame})})


def _image_form(pdf: pikepdf.Pdf, picture: pikepdf.Object, width: float, height: float) -> pikepdf.Object:
    head = {
        "/Type": pikepdf.Name.XObject,
        "/Subtype": pikepdf.Name.Form,
        "/FormType": 1,
        "/BBox": [0, 0, width, height],
    }
    content = b"q %.2f 0 0 %.2f 2 2 cm /img1 Do Q\n" % (width - 4, height - 4)
    resources = {"/XObject": pikepdf.Dictionary({"/img1": picture})}
    return pdf.make_indirect(pikepdf.Stream(pdf, content, head | {"/Resources": resources}))


def _places(spots: Sequence[Spot]) -> list[tuple[int, tuple[float, float], tuple[float, float]]]:
    """Page, lower left corner of the hand, lower left corner of the seal, which covers its left third."""
    return [(s.page, (s.x - 40, s.y + 2), (s.x - 40 + _HAND[0] * 0.32 - _SEAL, s.y - 18)) for s in spots]


def _draw_marks(pdf: pikepdf.Pdf, spec: Spec, spots: Sequence[Spot]) -> None:
    """Put ink and seal into the page itself, as on paper; the seal only beside the last signer."""
    for i, (page, hand, seal) in enumerate(_places(spots)):
        drawn = [(images.signature_mask(spec.signers[i].name), images.BLUE, hand, _HAND)]
        if i == len(spots) - 1 and spec.unit.seal:
            drawn.append((images.seal_mask(spec.unit), images.RED, seal, (_SEAL, _SEAL)))
        for mask, colour, (x, y), (w, h) in drawn:
            name = pdf.pages[page].add_resource(_picture(pdf, mask, colour), pikepdf.Name.XObject)
            content = f"q {w:.2f} 0 0 {h:.2f} {x:.2f} {y:.2f} cm {name} Do Q\n".encode()
            pdf.pages[page].contents_add(content)


def _add_fields(pdf: pikepdf.Pdf, spec: Spec, spots: layout.Spots, forms: dict[str, pikepdf.Object]) -> list[Signing]:
    """Add the widgets with their appearances and return who signs them, in order."""
    signed = signing_time(spec)
    agency = spec.unit.common_name or " ".join(spec.unit.name)
    issued = signed + dt.timedelta(minutes=25)
    signings: list[Signing] = []
    pdf.Root.AcroForm = pdf.make_indirect(
        pikepdf.Dictionary(Fields=[], SigFlags=3, DA=pikepdf.String("/Helv 0 Tf 0 g "))
    )

    def widget(page: int, box: tuple[float, float, float, float], inner: pikepdf.Object, holder: str | None) -> None:
        width, height = box[2] - box[0], box[3] - box[1]
        entry: dict[str, Any] = {
            "/Type": pikepdf.Name.Annot,
            "/Subtype": pikepdf.Name.Widget if holder else pikepdf.Name.Stamp,
            "/Rect": [round(v, 2) for v in box],
            "/F": 132,
            "/P": pdf.pages[page].obj,
            "/AP": pikepdf.Dictionary(N=_wrap(pdf, inner, width, height)),
        }
        if holder:
            name = f"Signature{len(signings) + 1}"
            entry |= {"/FT": pikepdf.Name.Sig, "/T": pikepdf.String(name)}
            when = signed if holder != agency else issued + dt.timedelta(seconds=4 * len(signings))
            signings.append(Signing(name, holder, agency, when))
        annotation = pdf.make_indirect(pikepdf.Dictionary(entry))
        annots = pdf.pages[page].obj.get("/Annots", pikepdf.Array())
        annots.append(annotation)
        pdf.pages[page].obj.Annots = annots
        if holder:
            pdf.Root.AcroForm.Fields.append(annotation)

    for i, (page, (hx, hy), _) in enumerate(_places(spots.signatures)):
        width, height = _HAND[0] + 4, _HAND[1] + 4
        picture = _picture(pdf, images.signature_mask(spec.signers[i].name), images.BLUE)
        box = (hx - 2, hy - 2, hx - 2 + width, hy - 2 + height)
        widget(page, box, _image_form(pdf, picture, width, height), spec.signers[i].name)
    for name in ("number", "day", "month", "note"):
        if name in forms and (name in spots.blanks or name == "note"):
            page, box = _stamp_box(pdf, forms[name], spots.blanks.get(name))
            widget(page, box, forms[name], agency if spec.kind == "stamped" or name == "note" else None)
    if spec.unit.seal:
        page, _, (sx, sy) = _places(spots.signatures)[-1]
        width = _SEAL + 4
        picture = _picture(pdf, images.seal_mask(spec.unit), images.RED)
        widget(
            page,
            (sx - 2, sy - 2, sx - 2 + width, sy - 2 + width),
            _image_form(pdf, picture, width, width),
            agency,
        )
    return signings


def _stamp_box(
    pdf: pikepdf.Pdf, form: pikepdf.Object, blank: Spot | None
) -> tuple[int, tuple[float, float, float, float]]:
    width, height = float(form.BBox[2]), float(form.BBox[3])
    if blank is None:
        right, top = float(pdf.pages[0].mediabox[2]), float(pdf.pages[0].mediabox[3])
        return 0, (right - width - 34, top - height - 12, right - 34, top - 12)
    x = blank.x + (blank.width - width) / 2 + 1
    y = blank.y - (height - 2 - 0.95 * (height - 4) / 1.2) + 0.6
    return blank.page, (x, y, x + width, y + height)


def _scan(pdf: bytes, spec: Spec, dpi: int = 150) -> bytes:
    """Return the pages as pictures: skewed a little differently each, JPEG, no text."""
    out = pikepdf.new()
    source = pypdfium2.PdfDocument(pdf)
    for i in range(len(source)):
        page = source[i]
        bitmap = page.render(scale=dpi / 72)
        picture = bitmap.to_pil()
        jpeg = images.scan_of(picture, f"{spec.subject}{i}", angle=(0.7, -0.45, 0.3)[i % 3])
        width, height = page.get_size()
        image = pikepdf.Stream(
            out,
            jpeg,
            {
                "/Type": pikepdf.Name.XObject,
                "/Subtype": pikepdf.Name.Image,
                "/Width": picture.width,
                "/Height": picture.height,
                "/ColorSpace": pikepdf.Name.DeviceRGB,
                "/BitsPerComponent": 8,
                "/Filter": pikepdf.Name.DCTDecode,
            },
        )
        added = out.add_blank_page(page_size=(width, height))
        added.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=out.make_indirect(image)))
        added.obj.Contents = pikepdf.Stream(out, f"q {width:.2f} 0 0 {height:.2f} 0 0 cm /Im0 Do Q".encode())
        bitmap.close()
        page.close()
    source.close()
    _describe(out, spec, signing_time(spec))
    return _save(out)
