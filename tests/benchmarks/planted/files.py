# SPDX-License-Identifier: Apache-2.0
"""What befalls files: damaged, locked, changed after signing, marked as a draft, badly scanned."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
from PIL import ImageFilter
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from samples.make import fonts
from samples.make.pdf import administrative_pdf

if TYPE_CHECKING:
    import random

    from samples.make.spec import Spec


def cut_off(data: bytes, rng: random.Random) -> bytes:
    """Return the first part of a file, as a broken download leaves it."""
    return data[: int(len(data) * rng.uniform(0.2, 0.6))]


def locked(data: bytes) -> bytes:
    """Return a PDF that asks for a password."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        out = io.BytesIO()
        pdf.save(out, encryption=pikepdf.Encryption(user="2025", owner="chu", R=4))
    return out.getvalue()


def zipped(data: bytes, name: str) -> bytes:
    """Return an archive that holds the file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return out.getvalue()


def pointer(data: bytes) -> bytes:
    """Return what a repository keeps in the place of a large file."""
    digest = hashlib.sha256(data).hexdigest()
    return f"version https://git-lfs.github.com/spec/v1\noid sha256:{digest}\nsize {len(data)}\n".encode()


def web_page() -> bytes:
    """Return the page that a portal gives to who is not signed in."""
    head, form = "<head><title>Đăng nhập</title></head>", "<form>Tên đăng nhập <input></form>"
    return f"<!DOCTYPE html>\n<html>{head}<body>{form}</body></html>".encode()


def tampered(data: bytes) -> bytes:
    """Return a signed PDF with one byte changed under its signatures."""
    return data.replace(b"parcheck samples", b"parcheck sample5", 1)


def changed_after(data: bytes) -> bytes:
    """Return a signed PDF with a revision behind the last signature that writes on the first page."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        page = pdf.pages[0].obj
        number, raw = page.objgen[0], page.unparse(resolved=True)
        contents = page.Contents
        content = (
            b"".join(c.read_bytes() for c in contents) if isinstance(contents, pikepdf.Array) else contents.read_bytes()
        )
        size, root = int(pdf.trailer.Size), pdf.Root.objgen[0]
        info = pdf.trailer.Info.objgen[0]
        identity = bytes(pdf.trailer.ID[0]).hex()
    added = content + b"\nq 0.4 g 90 400 300 18 re f Q\n"
    previous = int(re.findall(rb"startxref\s+(\d+)", data)[-1])
    out = bytearray(data if data.endswith(b"\n") else data + b"\n")
    page_at = len(out)
    raw = re.sub(rb"/Contents (?:\d+ \d+ R|\[[^]]*\])", b"/Contents %d 0 R" % size, raw, count=1)
    out += b"%d 0 obj\n%s\nendobj\n" % (number, raw)
    content_at = len(out)
    out += b"%d 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (size, len(added), added)
    xref = len(out)
    out += b"xref\n%d 1\n%010d 00000 n \n%d 1\n%010d 00000 n \n" % (number, page_at, size, content_at)
    out += f"trailer\n<< /Size {size + 1} /Root {root} 0 R /Info {info} 0 R /Prev {previous}".encode()
    out += f" /ID [<{identity}> <{identity}>] >>\nstartxref\n{xref}\n%%EOF\n".encode()
    return bytes(out)


def marked(data: bytes, words: str, *, across: bool) -> bytes:
    """Return a PDF with words over its first page: large across it, or small at its head."""
    buffer = io.BytesIO()
    fonts.register()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    if across:
        canvas.translate(A4[0] / 2, A4[1] / 2)
        canvas.rotate(45)
        canvas.setFillGray(0.8)
        canvas.setFont(fonts.BOLD, 90)
        canvas.drawCentredString(0, 0, words)
    else:
        canvas.setFont(fonts.BOLD, 13)
        canvas.drawString(60, A4[1] - 44, words)
    canvas.save()
    with pikepdf.open(io.BytesIO(data)) as pdf, pikepdf.open(io.BytesIO(buffer.getvalue())) as mark:
        pdf.pages[0].add_overlay(mark.pages[0], None)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def unreadable_scan(spec: Spec, rng: random.Random) -> bytes:
    """Return the document as a scan that nobody can read: 40 dpi, grey, out of focus."""
    source = pypdfium2.PdfDocument(administrative_pdf(spec))
    out = pikepdf.new()
    for index in range(len(source)):
        page = source[index]
        bitmap = page.render(scale=rng.uniform(34, 44) / 72)
        picture = bitmap.to_pil().convert("L").filter(ImageFilter.GaussianBlur(1.1))
        jpeg = io.BytesIO()
        picture.save(jpeg, "JPEG", quality=30)
        width, height = page.get_size()
        head = {
            "/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Width": picture.width,
            "/Height": picture.height, "/ColorSpace": pikepdf.Name.DeviceGray, "/BitsPerComponent": 8,
            "/Filter": pikepdf.Name.DCTDecode,
        }  # fmt: skip
        image = pikepdf.Stream(out, jpeg.getvalue(), head)
        added = out.add_blank_page(page_size=(width, height))
        added.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=out.make_indirect(image)))
        added.obj.Contents = pikepdf.Stream(out, f"q {width:.2f} 0 0 {height:.2f} 0 0 cm /Im0 Do Q".encode())
        bitmap.close()
        page.close()
    source.close()
    buffer = io.BytesIO()
    out.save(buffer, deterministic_id=True)
    return buffer.getvalue()
