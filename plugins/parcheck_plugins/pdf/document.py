# SPDX-License-Identifier: Apache-2.0
"""A PDF as parcheck reads it: text, lines, stamps, signatures and what cannot be trusted, on PDFium."""

from __future__ import annotations

import ctypes
import datetime as dt
import re
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pypdfium2
import pypdfium2.raw as pdfium

from parcheck.errors import UnreadableFile
from parcheck.model import Reason, Source
from parcheck.reading.document import Document
from parcheck_plugins import legacy_text
from parcheck_plugins.letterhead import folding
from parcheck_plugins.pdf import fonts, layout, quality, raster, stamps
from parcheck_plugins.pdf.stamps import Stamp

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from parcheck.model import Box
    from parcheck.reading.document import Line
    from parcheck.reading.recognition import Raster
    from parcheck_plugins.pdf.layout import Handle

_OPEN_PAGES: Final = 4
_FEW: Final = 30
"""Letters and digits below which a page with a picture on it has no text layer worth the name."""
_SOME: Final = 150
"""The same for a page that one picture covers."""
_TIME: Final = re.compile(r"D?:?(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:([+-])(\d\d)'?(\d\d)?'?|Z.*)?")


@dataclass(frozen=True, slots=True)
class PdfSignature:
    """What PDFium says of a signature field with a value; nothing of it is verified."""

    sub_filter: str | None
    claimed_at: str | None
    """ISO date and time; with offset when the file gives one."""
    byte_range: tuple[int, ...]


@dataclass(slots=True)
class _Page:
    page: Handle
    textpage: Handle
    raw: str
    letters: list[str] | None
    """What each character of `raw` stands for, where fonts are older than Unicode."""
    text: str
    place: tuple[int, float, float, float, float]


class PdfDocument(Document):
    """A PDF file. Pages are opened when asked for and at most four stay open.

    Raises:
        UnreadableFile: `file-encrypted` (a password is needed), `file-damaged`, `file-empty`.
    """

    media_type = "application/pdf"

    def __init__(self, path: Path) -> None:
        self._data = path.read_bytes()
        if not self._data:
            raise UnreadableFile("file-empty")
        begin = self._data.find(b"%PDF-", 0, 65536)
        if begin > 0:
            self._data = self._data[begin:]
        self._path = path
        self._document = self._load()
        self._pages: OrderedDict[int, _Page] = OrderedDict()
        self._texts: dict[int, str] = {}
        self._lines: dict[int, list[Line]] = {}
        self._stamps: dict[int, tuple[Stamp, ...]] = {}
        self._apart: set[int] = set()
        """Pages whose stamps are pictures only, and no part of the page yet."""
        self._unread: dict[int, Reason | None] = {}
        self._codings: dict[str, legacy_text.Coding] = {}
        self._encodings: dict[int, str] = {}
        self._signatures: list[PdfSignature] | None = None
        self.page_count = len(self._document)
        if self.page_count < 1:
            self._document.close()
            raise UnreadableFile("file-damaged", detail="0 pages")

    def _load(self) -> Handle:
        try:
            return pypdfium2.PdfDocument(self._data)
        except pypdfium2.PdfiumError as error:
            locked = getattr(error, "err_code", None) in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
            if locked:
                raise UnreadableFile("file-encrypted") from error
            raise UnreadableFile("file-damaged", detail=str(error)) from error

    def _open(self, number: int) -> _Page | None:
        """Open a page, or return None when PDFium cannot."""
        if number in self._pages:
            self._pages.move_to_end(number)
            return self._pages[number]
        page = pdfium.FPDF_LoadPage(self._document.raw, number - 1)
        if not page:
            return None
        textpage = pdfium.FPDFText_LoadPage(page)
        raw = layout.page_text(textpage) if textpage else ""
        rect = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(rect))
        place = (pdfium.FPDFPage_GetRotation(page), rect.left, rect.top, rect.right, rect.bottom)
        letters = self._converted(number, textpage, raw)
        text = folding.normalise(raw if letters is None else "".join(letters))
        opened = _Page(page, textpage, raw, letters, text, place)
        self._pages[number] = opened
        if len(self._pages) > _OPEN_PAGES:
            self._shut(self._pages.popitem(last=False)[1])
        return opened

    def _converted(self, number: int, textpage: Handle, raw: str) -> list[str] | None:
        converted = fonts.convert(textpage, raw, self._codings)
        if converted is None:
            return None
        letters, codings = converted
        self._codings |= codings
        self._encodings[number] = next(iter(codings.values())).encoding
        return letters

    @property
    def encoding(self) -> str:
        """How the text of the pages opened so far is coded: "unicode", "tcvn3", "vni", "vps". It is given converted."""
        return fonts.main_encoding(self._encodings)

    @staticmethod
    def _shut(opened: _Page) -> None:
        if opened.textpage:
            pdfium.FPDFText_ClosePage(opened.textpage)
        pdfium.FPDF_ClosePage(opened.page)

    def text(self, page: int) -> str:
        """Return the page's text in PDFium's order, stamps left out; "" for a page that cannot be opened."""
        if page not in self._texts:
            opened = self._open(page)
            self._texts[page] = opened.text if opened else ""
        return self._texts[page]

    def lines(self, page: int) -> Sequence[Line]:
        """Return the page's lines; text of stamps has `Source.STAMP`, invisible text over a scan `Source.OCR`."""
        if page not in self._lines:
            self._compose(page)
        return self._lines[page]

    def stamps(self, page: int) -> tuple[Stamp, ...]:
        """Return the stamps that show on the page, in no order; invisible ones are left out."""
        if page not in self._stamps:
            self._compose(page)
        return self._stamps[page]

    def _compose(self, number: int) -> None:
        opened = self._open(number)
        if opened is None or not opened.textpage:
            self._lines[number], self._stamps[number] = [], ()
            return

        def place(box: Box) -> Box:
            return _turned(box, opened.place)

        source = Source.OCR if layout.is_hidden(opened.textpage, opened.raw) else Source.TEXT

        def runs(apart: Sequence[Box] = ()) -> list[layout.Piece]:
            return layout.join(
                layout.pieces(opened.textpage, opened.raw, place, source, apart=apart, letters=opened.letters), apart
            )

        boxes, worded = stamps.find(opened.page, place)
        flat = self._flattened(number, opened) if worded else None
        if boxes and not worded:
            self._apart.add(number)
        if flat is None:
            self._stamps[number] = tuple(Stamp(box, "") for box in boxes)
            self._lines[number] = layout.to_lines(runs(), number, {source: opened.textpage})
            return
        page, textpage = flat
        try:
            new = stamps.words(textpage, opened.textpage, opened.raw, place, boxes)
            textpages = {source: opened.textpage, Source.STAMP: textpage}
            self._lines[number] = layout.to_lines([*runs([p.box for p in new]), *new], number, textpages)
            self._stamps[number] = tuple(
                Stamp(box, folding.clean(" ".join(p.text for p in new if stamps.within(p.box, box)))) for box in boxes
            )
        finally:
            pdfium.FPDFText_ClosePage(textpage)
            pdfium.FPDF_ClosePage(page)

    def _flattened(self, number: int, opened: _Page) -> tuple[Handle, Handle] | None:
        """Return page and text page with the annotations made part of the page.

        Flattening changes the document in memory, never the page object that is open already: text and judgement of
        the page were taken before, and are kept.
        """
        self._flatten(number, opened)
        page = pdfium.FPDF_LoadPage(self._document.raw, number - 1)
        if not page:
            return None
        textpage = pdfium.FPDFText_LoadPage(page)
        if not textpage:
            pdfium.FPDF_ClosePage(page)
            return None
        return page, textpage

    def _flatten(self, number: int, opened: _Page) -> None:
        self.unread(number)
        self.signatures()  # flattening takes the fields with it
        pdfium.FPDFPage_Flatten(opened.page, pdfium.FLAT_NORMALDISPLAY)

    def unread(self, page: int) -> Reason | None:
        """Return why the page's text cannot be trusted.

        Returns:
            `scan` (pictures or outlines instead of text), `garbage-text`, `legacy-encoding`, `page-unread`, or None.
        """
        if page not in self._unread:
            self._unread[page] = self._judge(page)
        return self._unread[page]

    def _judge(self, number: int) -> Reason | None:
        text = self.text(number)
        if len(text) < 1500:
            opened = self._open(number)
            if opened is None:
                return Reason("page-unread")
            count = sum(map(str.isalnum, text))
            if count < 4 * _SOME:
                count = sum(map(str.isalnum, quality.substance(text)))
            if count < _SOME:
                covered, paths = _pictures(opened)
                if covered > 0.6 or (count < _FEW and (covered > 0.03 or paths > 200)):
                    return Reason("scan")
        if number in self._encodings:
            sound = legacy_text.reads_well(text)
            return None if sound else Reason("legacy-encoding", {"encoding": self._encodings[number]})
        code = quality.fault(text)
        if code == "legacy-encoding":
            return Reason(code, {"encoding": legacy_text.looks_legacy(text)})
        return Reason(code) if code else None

    @property
    def signature_count(self) -> int:
        """Number of signature fields that hold a signature."""
        return len(self.signatures())

    def signatures(self) -> list[PdfSignature]:
        """Return the signatures in the file's order, unverified."""
        if self._signatures is None:
            self._signatures = self._listed()
        return list(self._signatures)

    def _listed(self) -> list[PdfSignature]:
        found = []
        for i in range(max(0, pdfium.FPDF_GetSignatureCount(self._document.raw))):
            signature = pdfium.FPDF_GetSignatureObject(self._document.raw, i)
            if not signature or pdfium.FPDFSignatureObj_GetContents(signature, None, 0) <= 0:
                continue
            count = pdfium.FPDFSignatureObj_GetByteRange(signature, None, 0)
            numbers = (ctypes.c_int * max(count, 1))()
            pdfium.FPDFSignatureObj_GetByteRange(signature, numbers, count)
            found.append(
                PdfSignature(
                    _string(pdfium.FPDFSignatureObj_GetSubFilter, signature),
                    _iso(_string(pdfium.FPDFSignatureObj_GetTime, signature)),
                    tuple(numbers[:count]),
                )
            )
        return found

    def pictures(self, page: int) -> list[Box]:
        """Return the boxes of pictures on the page that are smaller than half of it (seals, signatures, logos)."""
        opened = self._open(page)
        return _small_pictures(opened) if opened else []

    def image(self, page: int, dpi: float) -> Raster | None:
        """Return the page as a person sees it, signature widgets drawn; None when it cannot be opened."""
        # PDFium draws widgets only with a form environment, so they are made part of the page: those with words when
        # its lines are composed, mere pictures here.
        self.lines(page)
        opened = self._open(page) if page in self._apart else None
        if opened is not None:
            self._flatten(page, opened)
            self._apart.discard(page)
        drawn = pdfium.FPDF_LoadPage(self._document.raw, page - 1)
        if not drawn:
            return None
        try:
            return raster.render(drawn, dpi)
        finally:
            pdfium.FPDF_ClosePage(drawn)

    def scan_quality(self, page: int) -> tuple[float | None, bool | None]:
        """Return pixels per inch of the picture that covers most of the page, and whether it has colour channels."""
        opened = self._open(page)
        return raster.largest_picture(opened.page) if opened else (None, None)

    def tables(self, page: int) -> list[list[list[str | None]]]:
        """Return the page's tables as rows of cells. Dear: some 30 ms a page, through pdfplumber."""
        import pdfplumber

        with pdfplumber.open(self._path) as opened:
            sheet = opened.pages[page - 1]
            try:
                return [[list(row) for row in table] for table in sheet.extract_tables()]
            finally:
                sheet.close()

    def close(self) -> None:
        """Close pages first: PDFium crashes when one outlives its document."""
        while self._pages:
            self._shut(self._pages.popitem()[1])
        self._document.close()


def _turned(box: Box, place: tuple[int, float, float, float, float]) -> Box:
    """Turn PDFium's (left, top, right, bottom), origin below, into a box on the page as a person sees it."""
    rotation, left, top, right, bottom = place
    x0, y1, x1, y0 = box
    match rotation:
        case 1:
            return y0 - bottom, x0 - left, y1 - bottom, x1 - left
        case 2:
            return right - x1, y0 - bottom, right - x0, y1 - bottom
        case 3:
            return top - y1, right - x1, top - y0, right - x0
        case _:
            return x0 - left, top - y1, x1 - left, top - y0


def _pictures(opened: _Page) -> tuple[float, int]:
    """Return the largest picture's share of the page and the number of drawn paths, forms looked into once."""
    _, left, top, right, bottom = opened.place
    area = max(1.0, (right - left) * (top - bottom))
    largest, paths = 0.0, 0
    x0, y0, x1, y1 = (ctypes.c_float() for _ in range(4))
    for i in range(min(pdfium.FPDFPage_CountObjects(opened.page), 5000)):
        item = pdfium.FPDFPage_GetObject(opened.page, i)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM):
            if pdfium.FPDFPageObj_GetBounds(item, *(ctypes.byref(v) for v in (x0, y0, x1, y1))):
                wide = max(0.0, min(x1.value, right) - max(x0.value, left))
                high = max(0.0, min(y1.value, top) - max(y0.value, bottom))
                largest = max(largest, wide * high / area)
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            paths += 1
    return largest, paths


def _small_pictures(opened: _Page) -> list[Box]:
    _, left, top, right, bottom = opened.place
    area = max(1.0, (right - left) * (top - bottom))
    found = []
    x0, y0, x1, y1 = (ctypes.c_float() for _ in range(4))
    for i in range(min(pdfium.FPDFPage_CountObjects(opened.page), 5000)):
        item = pdfium.FPDFPage_GetObject(opened.page, i)
        if pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_IMAGE and pdfium.FPDFPageObj_GetBounds(
            item, *(ctypes.byref(v) for v in (x0, y0, x1, y1))
        ):
            box = _turned((x0.value, y1.value, x1.value, y0.value), opened.place)
            if (box[2] - box[0]) * (box[3] - box[1]) < 0.5 * area:
                found.append(box)
    return found


def _string(function: Callable[[Handle, Handle, int], int], signature: Handle) -> str | None:
    size = function(signature, None, 0)
    if size <= 1:
        return None
    buffer = ctypes.create_string_buffer(size)
    function(signature, buffer, size)
    return buffer.value.decode("latin-1") or None


def _iso(claimed: str | None) -> str | None:
    """Turn "D:20250626151901+07'00'" into ISO 8601, None when it is no possible time."""
    match = _TIME.match(claimed or "")
    if not match:
        return None
    year, month, day, hour, minute, second, sign, off_hours, off_minutes = match.groups()
    zone: dt.timezone | None = None
    if sign:
        shift = dt.timedelta(hours=int(off_hours), minutes=int(off_minutes or 0))
        zone = dt.timezone(shift if sign == "+" else -shift) if shift < dt.timedelta(hours=24) else None
    elif "Z" in match[0]:
        zone = dt.UTC
    try:
        numbers = (int(year), int(month), int(day), int(hour), int(minute), int(second or 0))
        return dt.datetime(*numbers, tzinfo=zone).isoformat()
    except ValueError:
        return None
