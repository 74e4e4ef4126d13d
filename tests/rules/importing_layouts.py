# SPDX-License-Identifier: Apache-2.0
"""Sets of criteria printed in many layouts: the rows of a shipped pack as DOCX, XLSX and PDF tables."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

ROMAN = ["0", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"]
FONT = "Vera.ttf"
"""Comes with reportlab; letters that it lacks are drawn as those they are built on, and still mapped to Unicode."""


@dataclass
class Sheet:
    """A table to be printed: cells row by row; None goes on with the cell to the left, "^" with the one above."""

    title: list[str]
    heading: list[list[str | None]]
    rows: list[list[str | None]]
    widths: list[int]
    below: list[str] = field(default_factory=list)


def comma(points: float | None) -> str:
    """Write points as most decisions do."""
    return "" if points is None else f"{points:.2f}".replace(".", ",")


def dot(points: float | None) -> str:
    """Write points as 1187/QĐ-BNV does."""
    return "" if points is None else f"{points:g}"


def worded(points: float | None) -> str:
    """Write points with the word."""
    return "" if points is None else f"{points:g} điểm".replace(".", ",")


def bullets(lines: Sequence[str], mark: str = "- ") -> str:
    """Write lines of evidence under each other."""
    return "\n".join(mark + line for line in lines)


def options(row: dict[str, Any], points: Callable[[float | None], str] = comma) -> list[str]:
    """Ways of scoring a row, as most sets print them."""
    most = row["points"] or 1
    return [
        f"Thực hiện đầy đủ, đúng thời hạn: {points(most)}",
        f"Thực hiện nhưng chưa đầy đủ: {points(most / 2)}",
        f"Không thực hiện: {points(0.0)}",
    ]


TITLE = ["PHỤ LỤC I", "BỘ TIÊU CHÍ ĐÁNH GIÁ CẢI CÁCH HÀNH CHÍNH CẤP XÃ NĂM 2026", "(Kèm theo Quyết định số 99/QĐ-UBND)"]


def write_docx(path: Path, sheets: Sequence[Sheet], *, merged: bool = True) -> None:
    """Write tables into a Word file, merged cells as merged ones."""
    import docx

    document = docx.Document()
    for sheet in sheets:
        for line in sheet.title:
            document.add_paragraph(line)
        rows = [*sheet.heading, *sheet.rows]
        table = document.add_table(rows=len(rows), cols=len(rows[0]))
        table.style = "Table Grid"
        grid = table._cells
        width = len(rows[0])
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                if text is not None and text != "^":
                    cell = grid[r * width + c]
                    first, *rest = text.split("\n")
                    cell.paragraphs[0].add_run(first)
                    for line in rest:
                        cell.add_paragraph(line)
        if merged:
            for top, left, bottom, right in spans(rows):
                grid[top * width + left].merge(grid[bottom * width + right])
        for line in sheet.below:
            document.add_paragraph(line)
    document.save(str(path))


def spans(rows: Sequence[Sequence[str | None]]) -> list[tuple[int, int, int, int]]:
    """Return (top, left, bottom, right) of the merged cells."""
    found = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text is None or text == "^":
                continue
            right, bottom = c, r
            while right + 1 < len(row) and row[right + 1] is None:
                right += 1
            while bottom + 1 < len(rows) and rows[bottom + 1][c] == "^":
                bottom += 1
            if (bottom, right) != (r, c):
                found.append((r, c, bottom, right))
    return found


def write_xlsx(path: Path, sheets: Sequence[Sheet], *, numbers: bool = True) -> None:
    """Write tables into a workbook; codes and points as numbers where they read like one."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as book:
        for number, sheet in enumerate(sheets):
            page = book.add_worksheet(f"Bang {number + 1}")
            for r, line in enumerate(sheet.title):
                page.write_string(r, 0, line)
            top = len(sheet.title) + 1
            rows = [*sheet.heading, *sheet.rows]
            for r, row in enumerate(rows):
                for c, text in enumerate(row):
                    if text is None or text in ("^", ""):
                        continue
                    value = text.replace(",", ".")
                    if numbers and value.count(".") <= 1 and value.replace(".", "").isdecimal():
                        page.write_number(top + r, c, float(value))
                    else:
                        page.write_string(top + r, c, text)
            for first, left, bottom, right in spans(rows):
                text = rows[first][left] or ""
                page.merge_range(top + first, left, top + bottom, right, text)
            for r, line in enumerate(sheet.below):
                page.write_string(top + len(rows) + 1 + r, 0, line)


def write_pdf(
    path: Path,
    sheets: Sequence[Sheet],
    *,
    landscape: bool = True,
    repeat: bool = True,
    split: bool = True,
    turned: int = 0,
    size: int = 9,
) -> None:
    """Write tables into a PDF, over as many pages as they need.

    Args:
        path: where.
        sheets: the tables.
        landscape: the paper.
        repeat: whether the heading stands on every page.
        split: whether rows go on overleaf.
        turned: degrees by which every page is turned afterwards (as scanners and printers do it).
        size: of the letters.
    """
    from reportlab.lib import colors, pagesizes
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table, TableStyle

    font = TTFont("Body", FONT)
    face = font.face
    for code in (*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA), 0x2026, 0x2013):
        base = ord({"đ": "d", "Đ": "D"}.get(chr(code), unicodedata.normalize("NFD", chr(code))[0]))
        base = base if base in face.charToGlyph else ord("-")
        if code not in face.charToGlyph:
            face.charToGlyph[code] = face.charToGlyph[base]
            face.charWidths[code] = face.charWidths[base]
    pdfmetrics.registerFont(font)
    style = ParagraphStyle("Body", fontName="Body", fontSize=size, leading=size * 1.25)
    paper = pagesizes.landscape(pagesizes.A4) if landscape else pagesizes.A4
    story: list[Any] = []
    for number, sheet in enumerate(sheets):
        if number:
            story.append(PageBreak())
        story += [Paragraph(line, style) for line in sheet.title]
        rows = [*sheet.heading, *sheet.rows]
        width = (paper[0] - 72) / sum(sheet.widths)
        cells = [
            [
                "" if text is None or text == "^" else [Paragraph(escaped(line), style) for line in text.split("\n")]
                for text in row
            ]
            for row in rows
        ]
        looks: list[Any] = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")]
        looks += [("SPAN", (left, top), (right, bottom)) for top, left, bottom, right in spans(rows)]
        looks += [("BACKGROUND", (0, 0), (-1, len(sheet.heading) - 1), colors.lightgrey)]
        table = Table(
            cells,
            colWidths=[each * width for each in sheet.widths],
            repeatRows=len(sheet.heading) if repeat else 0,
            splitInRow=int(split),
        )
        table.setStyle(TableStyle(looks))
        story.append(table)
        story += [Paragraph(line, style) for line in sheet.below]
    SimpleDocTemplate(str(path), pagesize=paper, leftMargin=36, rightMargin=36, topMargin=36, bottomMargin=36).build(
        story
    )
    if turned:
        import pikepdf

        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            for page in pdf.pages:
                page.Rotate = turned
            pdf.save(path)


def escaped(text: str) -> str:
    """Return a text for reportlab's markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
