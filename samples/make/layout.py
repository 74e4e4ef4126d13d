# SPDX-License-Identifier: Apache-2.0
"""Lays out a document on A4 as NĐ 30/2020/NĐ-CP, Phụ lục I asks; notes where blanks and signatures stand."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    KeepTogether,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)
from samples.make import fonts
from samples.make.spec import Annex, Grid, Signer, Spec, Text, day_month

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.pdfgen.canvas import Canvas

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
LEFT, RIGHT, TOP, BOTTOM = 30 * mm, 17 * mm, 20 * mm, 20 * mm
WIDTH = A4[0] - LEFT - RIGHT
_GUTTER = 178.0
_BLANK = {"number": 11, "day": 8, "month": 8}
"""Blank characters that the typist leaves for the stamp."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on a page: 0-based page, left, baseline or bottom, width; points, origin bottom left."""

    page: int
    x: float
    y: float
    width: float


@dataclass(slots=True)
class Spots:
    """Where stamps belong, found while the pages are drawn."""

    blanks: dict[str, Spot] = field(default_factory=dict)
    """"number", "day", "month"."""
    signatures: list[Spot] = field(default_factory=list)
    """One per signer: centre of the space between title and name, its bottom, and the column's width."""


def rich(words: str) -> str:
    """Turn **bold** and *italic* into reportlab's mark-up."""
    marked = re.sub(r" {2,}", lambda m: "\u00a0" * len(m.group()), escape(words))
    marked = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", marked)
    return re.sub(r"(?<![*\w])\*(?!\s)(.+?)\*", r"<i>\1</i>", marked)


def number_line(spec: Spec) -> tuple[str, str, str]:
    """Return the three pieces of the number line: before the number, the number or blanks, behind it."""
    number = " " * _BLANK["number"] if spec.kind in ("stamped", "annotated") or not spec.number else f" {spec.number}"
    return "Số:", number, f"/{spec.sign}"


def date_line(spec: Spec) -> tuple[str, str, str, str, str]:
    """Return the pieces of the place and date line; day and month are blanks where a stamp is due."""
    stamped = spec.kind in ("stamped", "annotated")
    day = month = ""
    if spec.issued_on:
        day, month = day_month(spec.issued_on)
    elif spec.month:
        month = f"{spec.month:02d}" if spec.month < 3 else str(spec.month)
    year = spec.issued_on.year if spec.issued_on else spec.year
    day = " " * _BLANK["day"] if stamped or not day else f" {day} "
    month = " " * _BLANK["month"] if (stamped and month not in _preprinted(spec)) or not month else f" {month} "
    return f"{spec.unit.place}, ngày", day, "tháng", month, f"năm {year}"


def _preprinted(spec: Spec) -> tuple[str, ...]:
    """Offices often type the month and leave the day only; here: those that sign before the 15th."""
    if spec.issued_on and spec.issued_on.day < 15:
        return (day_month(spec.issued_on)[1],)
    return ()


class _Letterhead(Flowable):  # type: ignore[misc]
    """Issuer, quốc hiệu, number, place and date; for a công văn also its subject."""

    def __init__(self, spec: Spec, spots: Spots) -> None:
        super().__init__()
        self.spec, self.spots = spec, spots
        self.left = [(line, fonts.REGULAR) for line in spec.unit.parent] + [
            (line, fonts.BOLD) for line in spec.unit.name
        ]
        self.about = [] if spec.type else simpleSplit(f"V/v {spec.subject}", fonts.REGULAR, 12, _GUTTER - 8)
        self.width = WIDTH
        self.height = 15.5 * max(2, len(self.left)) + 26 + 14 * len(self.about) + 12

    def wrap(self, *_available: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        canvas, spec = self.canv, self.spec
        left, right = _GUTTER / 2 - 4, (_GUTTER + WIDTH) / 2 + 3
        y = self.height - 12
        for i, (line, font) in enumerate(self.left):
            size = 13.0
            while stringWidth(line, font, size) > _GUTTER - 2:
                size -= 0.5
            canvas.setFont(font, size)
            canvas.drawCentredString(left, y - 15.5 * i, line)
        last = y - 15.5 * (len(self.left) - 1)
        _rule(canvas, left, last - 5.5, stringWidth(self.left[-1][0], fonts.BOLD, 13) * 0.4)
        canvas.setFont(fonts.BOLD, 13)
        canvas.drawCentredString(right, y, NATION)
        canvas.setFont(fonts.BOLD, 14)
        canvas.drawCentredString(right, y - 16, MOTTO)
        _rule(canvas, right, y - 20.5, stringWidth(MOTTO, fonts.BOLD, 14))
        line_y = y - 15.5 * (max(2, len(self.left)) - 1) - 25
        self._pieces(left, line_y, number_line(spec), fonts.REGULAR, 13, {1: "number"})
        if spec.dated:
            self._pieces(right, line_y, date_line(spec), fonts.ITALIC, 14, {1: "day", 3: "month"})
        canvas.setFont(fonts.REGULAR, 12)
        for i, line in enumerate(self.about):
            canvas.drawCentredString(left, line_y - 15 - 14 * i, line)

    def _pieces(
        self, centre: float, y: float, pieces: Sequence[str], font: str, size: float, blanks: dict[int, str]
    ) -> None:
        x = centre - stringWidth("".join(pieces), font, size) / 2
        self.canv.setFont(font, size)
        self.canv.drawString(x, y, "".join(pieces))
        for i, piece in enumerate(pieces):
            width = stringWidth(piece, font, size)
            if i in blanks and not piece.strip():
                at_x, at_y = self.canv.absolutePosition(x, y)
                self.spots.blanks[blanks[i]] = Spot(self.canv.getPageNumber() - 1, at_x, at_y, width)
            x += width


class _Ending(Flowable):  # type: ignore[misc]
    """Nơi nhận on the left, the signature block on the right; minutes have a signer on either side."""

    def __init__(self, spec: Spec, spots: Spots) -> None:
        super().__init__()
        self.spec, self.spots = spec, spots
        self.width = WIDTH
        self.to = [part for line in spec.recipients for part in simpleSplit(f"- {line}", fonts.REGULAR, 11, 205)]
        lines = max((len(s.authority) for s in spec.signers), default=0)
        self.height = max(16.5 * lines + 96, 20 + 13 * len(self.to)) + 8
        if len(spec.signers) > 1 and self.to:
            self.height = 16.5 * lines + 96 + 30 + 13 * len(self.to)

    def wrap(self, *_available: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        two = len(self.spec.signers) > 1
        for i, signer in enumerate(self.spec.signers):
            self._block(signer, (0.24, 0.76)[i] * WIDTH if two else 0.755 * WIDTH)
        if self.to:
            top = 13 * len(self.to) + 16 if two else self.height - 14
            self.canv.setFont(fonts.BOLD_ITALIC, 12)
            self.canv.drawString(4, top, "Nơi nhận:")
            self.canv.setFont(fonts.REGULAR, 11)
            for i, line in enumerate(self.to):
                self.canv.drawString(4, top - 13 * (i + 1), line)

    def _block(self, signer: Signer, centre: float) -> None:
        y = self.height - 14
        for line in signer.authority:
            size = 13.5
            while stringWidth(line, fonts.BOLD, size) > 0.56 * WIDTH:
                size -= 0.5
            self.canv.setFont(fonts.BOLD, size)
            self.canv.drawCentredString(centre, y, line)
            y -= 16.5
        x, bottom = self.canv.absolutePosition(centre, y - 58)
        self.spots.signatures.append(Spot(self.canv.getPageNumber() - 1, x, bottom, 0.45 * WIDTH))
        self.canv.setFont(fonts.BOLD, 14)
        self.canv.drawCentredString(centre, y - 68, signer.name)


class _Rule(Flowable):  # type: ignore[misc]
    """The short line under a trích yếu."""

    def __init__(self, length: float, width: float = WIDTH) -> None:
        super().__init__()
        self.length, self.width, self.height = length, width, 8

    def wrap(self, available: float, _height: float) -> tuple[float, float]:
        self.width = available
        return available, self.height

    def draw(self) -> None:
        _rule(self.canv, self.width / 2, 2.5, self.length)


def _rule(canvas: Canvas, centre: float, y: float, length: float) -> None:
    canvas.setLineWidth(0.7)
    canvas.line(centre - length / 2, y, centre + length / 2, y)


def _style(name: str, **options: object) -> ParagraphStyle:
    base: dict[str, Any] = {"fontName": fonts.REGULAR, "fontSize": 14, "leading": 18, "spaceBefore": 5}
    base |= {"alignment": TA_JUSTIFY, "firstLineIndent": 36, "allowWidows": 0, "allowOrphans": 0}
    return ParagraphStyle(name, **base | options)


STYLES = {
    "body": _style("body"),
    "basis": _style("basis", fontName=fonts.ITALIC),
    "heading": _style("heading", fontName=fonts.BOLD, spaceBefore=7, keepWithNext=1),
    "subheading": _style("subheading", fontName=fonts.BOLD, keepWithNext=1),
    "centre": _style("centre", alignment=TA_CENTER, firstLineIndent=0, keepWithNext=1),
    "enacting": _style("enacting", fontName=fonts.BOLD, alignment=TA_CENTER, firstLineIndent=0, spaceBefore=12),
    "title": _style("title", fontName=fonts.BOLD, alignment=TA_CENTER, firstLineIndent=0, leading=17, spaceBefore=0),
    "note": _style("note", fontName=fonts.ITALIC, alignment=TA_CENTER, firstLineIndent=0, leading=17),
    "cell": _style("cell", fontSize=12, leading=14.2, alignment=0, firstLineIndent=0, spaceBefore=0),
    "number": _style("number", fontSize=12, leading=14.2, alignment=TA_CENTER, firstLineIndent=0, spaceBefore=0),
    "head": _style(
        "head",
        fontName=fonts.BOLD,
        fontSize=12,
        leading=14.2,
        alignment=TA_CENTER,
        firstLineIndent=0,
        spaceBefore=0,
    ),
}


def table(grid: Grid, width: float) -> Table:
    """Return a table as wide as the text; short and numeric cells are centred."""
    total = sum(grid.widths)
    rows = [[Paragraph(rich(cell), STYLES["head"]) for cell in grid.rows[0]]]
    rows += [[Paragraph(rich(c), STYLES["number" if _short(c) else "cell"]) for c in row] for row in grid.rows[1:]]
    drawn = Table(rows, colWidths=[width * w / total for w in grid.widths], repeatRows=1, spaceBefore=6, spaceAfter=4)
    drawn.setStyle(
        TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("BACKGROUND", (0, 0), (-1, 0), colors.Color(0.94, 0.94, 0.94)),
                ("TOPPADDING", (0, 0), (-1, -1), 2),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
                ("LEFTPADDING", (0, 0), (-1, -1), 4),
                ("RIGHTPADDING", (0, 0), (-1, -1), 4),
            ]
        )
    )
    return drawn


def _short(cell: str) -> bool:
    return len(cell) <= 4 or bool(re.fullmatch(r"[\d.,/%()\s*–-]+", cell))


def story(spec: Spec, spots: Spots) -> list[Flowable]:
    """Return everything that stands on the pages, in order."""
    parts: list[Flowable] = [_Letterhead(spec, spots)]
    if spec.type:
        parts += [Spacer(1, 8), Paragraph(escape(spec.type), STYLES["title"])]
        lines = _balanced(spec.subject)
        parts.append(Paragraph("<br/>".join(rich(line) for line in lines), STYLES["title"]))
        parts += [_Rule(stringWidth(lines[-1], fonts.BOLD, 14) * 0.36), Spacer(1, 8)]
    if spec.to:
        parts.append(Spacer(1, 6))
        first = f"Kính gửi: {spec.to[0]}" if len(spec.to) == 1 else "Kính gửi:"
        parts.append(Paragraph(escape(first), STYLES["centre"]))
        if len(spec.to) > 1:
            indented = ParagraphStyle("to", parent=STYLES["body"], leftIndent=170, firstLineIndent=0, spaceBefore=1)
            parts += [Paragraph(escape(f"- {line}"), indented) for line in spec.to]
        parts.append(Spacer(1, 6))
    annexes = [i for i, b in enumerate(spec.body) if isinstance(b, Annex)]
    main = spec.body[: annexes[0]] if annexes else spec.body
    flow = [_flow(b, WIDTH) for b in main]
    ending: list[Flowable] = [Spacer(1, 8), _Ending(spec, spots)] if spec.signers else []
    parts += flow[:-1]
    parts.append(KeepTogether([*flow[-1:], *ending]))
    for start, stop in zip(annexes, [*annexes[1:], len(spec.body)], strict=False):
        annex = spec.body[start]
        assert isinstance(annex, Annex)  # noqa: S101 - for the type checker
        width = A4[1] - 40 * mm if annex.landscape else WIDTH
        parts += [NextPageTemplate(f"{'across' if annex.landscape else 'upright'}-first"), PageBreak()]
        parts.append(Paragraph(escape(annex.title), STYLES["title"]))
        parts.append(Paragraph("<br/>".join(rich(line) for line in _balanced(annex.subject)), STYLES["title"]))
        if annex.note:
            parts.append(Paragraph(rich(annex.note), STYLES["note"]))
        parts += [_Rule(90), Spacer(1, 8)]
        parts += [_flow(b, width) for b in spec.body[start + 1 : stop] if not isinstance(b, Annex)]
    return parts


def _balanced(words: str) -> list[str]:
    """Break a title as typists do: lines of like length, none across the whole page."""
    count = len(simpleSplit(words, fonts.BOLD, 14, WIDTH * 0.93))
    width = WIDTH * 0.93
    while width > 120 and len(simpleSplit(words, fonts.BOLD, 14, width - 8)) == count:
        width -= 8
    return list(simpleSplit(words, fonts.BOLD, 14, max(width, WIDTH * 0.55)))


def _flow(block: Text | Grid | Annex, width: float) -> Flowable:
    if isinstance(block, Grid):
        return table(block, width)
    assert isinstance(block, Text)  # noqa: S101 - for the type checker
    return Paragraph(rich(block.words), STYLES[block.style])


class _Template(BaseDocTemplate):  # type: ignore[misc]
    """A4 pages, the page number at the top centre from the second page of the text and of each annex on."""

    def __init__(self, out: BinaryIO) -> None:
        super().__init__(out, pagesize=A4, invariant=1, pageCompression=1)
        self.first = 1
        across = landscape(A4)
        upright = Frame(LEFT, BOTTOM, WIDTH, A4[1] - TOP - BOTTOM, 0, 0, 0, 0)
        flat = Frame(20 * mm, 17 * mm, A4[1] - 40 * mm, A4[0] - 40 * mm, 0, 0, 0, 0)
        for name, frame, size in (("upright", upright, A4), ("across", flat, across)):
            begin = PageTemplate(f"{name}-first", [frame], onPage=self._begin, pagesize=size)
            begin.autoNextPageTemplate = name
            later = PageTemplate(name, [frame], onPage=self._number, pagesize=size)
            self.addPageTemplates([begin, later])

    def _begin(self, canvas: Canvas, _doc: BaseDocTemplate) -> None:
        self.first = canvas.getPageNumber()

    def _number(self, canvas: Canvas, doc: BaseDocTemplate) -> None:
        width, height = doc.pageTemplate.pagesize
        canvas.saveState()
        canvas.setFont(fonts.REGULAR, 14)
        centre = LEFT + WIDTH / 2 if width < height else width / 2
        canvas.drawCentredString(centre, height - 13.5 * mm, str(canvas.getPageNumber() - self.first + 1))
        canvas.restoreState()


def lay_out(spec: Spec, out: BinaryIO, canvas: type[Canvas]) -> Spots:
    """Write the pages to `out`, through the given canvas class, and return where the stamps belong."""
    fonts.register()
    spots = Spots()
    _Template(out).build(story(spec, spots), canvasmaker=canvas)
    return spots
