# SPDX-License-Identifier: Apache-2.0
"""The list of what to hand in as a Word document on A4, one table per field."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from parcheck.rules.checklist import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from parcheck.rules.checklist import Checklist, Document, Row, Section

_FONT: Final = "Times New Roman"
_WIDTHS: Final = (11, 80, 31, 42, 74, 35)
"""Of the columns, in millimetres: A4 across, less its margins."""
_GREY: Final = "E8E8E8"
_NOT_IN_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_docx(checklist: Checklist, path: Path) -> None:
    """Write the list."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    document = docx.Document()
    document.core_properties.title = _clean(checklist.title)
    document.core_properties.author = ""
    document.core_properties.language = checklist.language
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(12)
    section.top_margin = section.bottom_margin = Mm(15)
    for name, size in (("Normal", 12), ("Heading 1", 15), ("Heading 2", 13)):
        _style(document.styles[name], size)
    head = document.add_heading(_clean(checklist.title), level=1)
    head.alignment, head.paragraph_format.space_before = WD_ALIGN_PARAGRAPH.CENTER, Pt(0)
    for line in checklist.lines:
        document.add_paragraph(_clean(line))
    for line in checklist.legend:
        document.add_paragraph().add_run(_clean(line)).font.size = Pt(10.5)
    _number_pages(section.footer.paragraphs[0], checklist.page)
    for each in checklist.sections:
        _section(document, each, checklist)
    _signatures(document, checklist.signatures)
    document.save(str(path))


def _style(style: Any, size: float) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.name, style.font.size, style.font.color.rgb = _FONT, Pt(size), RGBColor(0, 0, 0)
    # Headings of the default template name a theme font, which would win over the font's name.
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{key}"), _FONT)
        fonts.attrib.pop(qn(f"w:{key}Theme"), None)
    fonts.attrib.pop(qn("w:asciiTheme"), None)
    style.paragraph_format.space_after = Pt(3)


def _section(document: Any, section: Section, checklist: Checklist) -> None:
    document.add_heading(_clean(section.heading), level=2)
    if section.rows:
        table = _table(document, 1 + sum(1 + len(row.documents) for row in section.rows), len(COLUMNS))
        grid = iter(table.rows)
        top = next(grid)
        for cell, text in zip(top.cells, checklist.headings, strict=True):
            _write(cell, [text], bold=True, centred=True)
        _mark(top, "w:tblHeader")
        for row in section.rows:
            _row(row, grid)
    if section.apart:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_before = 50800
        paragraph.add_run(_clean(checklist.apart_label) + " ").bold = True
        paragraph.add_run(_clean("; ".join(section.apart)) + ".")


def _table(document: Any, rows: int, columns: int) -> Any:
    from docx.shared import Mm

    table = document.add_table(rows=rows, cols=columns)
    table.style = "Table Grid"
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        _mark(row, "w:cantSplit")
        for cell, width in zip(row.cells, _WIDTHS, strict=True):
            cell.width = Mm(width)
    return table


def _row(row: Row, grid: Any) -> None:
    line = next(grid)
    cells = line.cells
    cell = cells[0].merge(cells[-1])
    _shade(cell)
    small = [row.group] if row.group else []
    _write(cell, small, size=10)
    _write(cell, [row.heading], bold=True, more=bool(small))
    for label, words in row.facts:
        _write(cell, [f"{label} {words}"], size=10, more=True)
    for paragraph in cell.paragraphs:
        paragraph.paragraph_format.keep_with_next = True
    for document in row.documents:
        _document(document, next(grid).cells)


def _document(document: Document, cells: Any) -> None:
    _write(cells[0], ["☐" if document.asked else "–"], centred=True, size=14 if document.asked else 12)
    _write(cells[1], [document.name, *document.ways])
    if document.note:
        _write(cells[1], [document.note], size=10, italic=True, more=True)
    for cell, words in zip(cells[2:5], (document.when, document.who, document.what), strict=True):
        _write(cell, words, size=11)


def _write(
    cell: Any,
    lines: Iterable[str],
    *,
    size: float | None = None,
    bold: bool = False,
    italic: bool = False,
    centred: bool = False,
    more: bool = False,
) -> None:
    """Write paragraphs into a cell; `more` adds them behind those it has."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    for number, text in enumerate(lines):
        paragraph = cell.add_paragraph() if more or number else cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(_clean(text))
        run.bold, run.italic = bold, italic
        if size:
            run.font.size = Pt(size)


def _mark(row: Any, name: str) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _shade(cell: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shade = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", _GREY)):
        shade.set(qn(f"w:{key}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _number_pages(paragraph: Any, pattern: str) -> None:
    """Write "page x of y" with the fields that Word fills in."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for part in re.split(r"(\{page\}|\{pages\})", pattern):
        if part in ("{page}", "{pages}"):
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), "PAGE" if part == "{page}" else "NUMPAGES")
            paragraph._p.append(field)
        elif part:
            paragraph.add_run(part)


def _signatures(document: Any, who: tuple[str, ...]) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    document.add_paragraph()
    table = document.add_table(rows=1, cols=len(who))
    _mark(table.rows[0], "w:cantSplit")
    table.rows[0].height = Mm(28)
    for cell, text in zip(table.rows[0].cells, who, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(text).bold = True


def _clean(text: str) -> str:
    """Return a text without signs that XML cannot hold."""
    return _NOT_IN_XML.sub("", text)
