# SPDX-License-Identifier: Apache-2.0
"""A Word document in the form of Nghị định 30/2020/NĐ-CP, Phụ lục I: paper, margins, letters, head, pages numbered."""

from __future__ import annotations

import datetime
from typing import IO, TYPE_CHECKING, Any, Final

from parcheck_plugins.reports.harmless import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_FONT: Final = "Times New Roman"
_MARGINS: Final = {"top": 20, "bottom": 20, "left": 30, "right": 15}
"""In millimetres (Phụ lục I, Phần I, mục I.3)."""
_TEXT: Final = 13.0
_SMALL: Final = 11.0
_GREY: Final = "E7E6E6"
_LEFT_WIDTH: Final = 61
_RIGHT_WIDTH: Final = 104
_NO_DAY: Final = datetime.date(1980, 1, 1)


class Paper:
    """A document being written from the top down."""

    def __init__(self, title: str, language: str, day: datetime.date | None) -> None:
        import docx
        from docx.shared import Mm, Pt

        self._document: Any = docx.Document()
        about = self._document.core_properties
        about.title, about.author, about.language = shown(title)[:255], "", language
        moment = datetime.datetime.combine(day or _NO_DAY, datetime.time())
        about.created = about.modified = moment
        about.last_modified_by, about.revision, about.comments = "", 1, ""
        section = self._document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        for side, width in _MARGINS.items():
            setattr(section, f"{side}_margin", Mm(width))
        style = self._document.styles["Normal"]
        style.font.name, style.font.size = _FONT, Pt(_TEXT)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(_qn(key), _FONT)
        style.paragraph_format.space_after = Pt(4)
        section.different_first_page_header_footer = True
        _page_number(section.header.paragraphs[0])

    def head(self, left: Sequence[tuple[str, bool]], right: tuple[str, str], number: str) -> None:
        """Write the agencies at the left, quốc hiệu and tiêu ngữ at the right (Phụ lục I, Phần I, mục II.1, II.2)."""
        from docx.shared import Mm

        table = self._document.add_table(rows=1, cols=2)
        table.autofit = False
        cells = table.rows[0].cells
        for column, cell, width in zip(table.columns, cells, (_LEFT_WIDTH, _RIGHT_WIDTH), strict=True):
            column.width = cell.width = Mm(width)
        for at, (text, bold) in enumerate(left):
            self._centred(cells[0], text, 12, bold=bold, first=at == 0)
        self._centred(cells[0], "_______", 8)
        self._centred(cells[0], number, _TEXT)
        self._centred(cells[1], right[0], 12, bold=True, first=True)
        # The line under the motto is as long as the motto: so is an underline.
        self._centred(cells[1], right[1], _TEXT, bold=True).underline = True

    def title(self, title: str, about: str) -> None:
        """Write what the document is, and on what."""
        from docx.shared import Pt

        self._centred(self._document, title, 14, bold=True, space_before=14)
        self._centred(self._document, about, 14, bold=True)
        self._centred(self._document, "__________", 8).font.size = Pt(8)

    def heading(self, text: str) -> None:
        """Write the heading of a part."""
        paragraph = self._document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.space_before = 76_200
        paragraph.add_run(shown(text)).bold = True

    def text(self, text: str, *, italic: bool = False) -> None:
        """Write one paragraph."""
        self._document.add_paragraph().add_run(shown(text)).italic = italic

    def blank_lines(self, count: int) -> None:
        """Write dotted lines to be filled by hand, as long as the text is wide in whatever font."""
        from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
        from docx.shared import Mm

        for _ in range(count):
            paragraph = self._document.add_paragraph()
            paragraph.paragraph_format.tab_stops.add_tab_stop(
                Mm(_LEFT_WIDTH + _RIGHT_WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
            )
            paragraph.add_run("\t")

    def table(
        self, heads: Sequence[str], widths: Sequence[int], rows: Iterable[tuple[tuple[str, ...] | str, ...] | str]
    ) -> None:
        """Write a table whose headings are repeated on each page.

        Args:
            heads: headings.
            widths: in millimetres.
            rows: cells, each one paragraph or several; or one text that heads the rows below it.
        """
        from docx.shared import Mm

        listed = list(rows)
        table = self._document.add_table(rows=1 + len(listed), cols=len(heads))
        table.style = "Table Grid"
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        lines = iter(table.rows)
        top = next(lines)
        _mark(top, "w:tblHeader")
        for cell, head, width in zip(top.cells, heads, widths, strict=True):
            cell.width = Mm(width)
            _shade(cell)
            self._fill(cell, (head,), bold=True, centred=True)
            cell.paragraphs[0].paragraph_format.keep_with_next = True
        for line, row in zip(lines, listed, strict=True):
            cells = line.cells
            for cell, width in zip(cells, widths, strict=True):
                cell.width = Mm(width)
            if isinstance(row, str):
                self._fill(cells[0].merge(cells[-1]), (row,), bold=True)
                cells[0].paragraphs[0].paragraph_format.keep_with_next = True
                continue
            for number, (cell, texts) in enumerate(zip(cells, row, strict=True)):
                self._fill(cell, (texts,) if isinstance(texts, str) else texts, centred=number == 0)
        self._document.add_paragraph().paragraph_format.space_after = 0

    def signatures(self, signers: Sequence[tuple[str, str]], addressees: Sequence[str]) -> None:
        """Write who signs, side by side, and below whom the minutes go to."""
        from docx.shared import Mm, Pt

        table = self._document.add_table(rows=1, cols=len(signers))
        row = table.rows[0]
        row.height = Mm(42)
        _mark(row, "w:cantSplit")
        for cell, (who, how) in zip(row.cells, signers, strict=True):
            self._centred(cell, who, _TEXT, bold=True, first=True)
            self._centred(cell, how, _SMALL).italic = True
        for number, text in enumerate(addressees):
            paragraph = self._document.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(0)
            run = paragraph.add_run(shown(text))
            run.bold = run.italic = number == 0
            run.font.size = Pt(12 if number == 0 else _SMALL)

    def save(self, stream: IO[bytes]) -> None:
        """Write the file."""
        self._document.save(stream)

    def _centred(
        self, parent: Any, text: str, size: float, *, bold: bool = False, first: bool = False, space_before: float = 0
    ) -> Any:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt

        paragraph = parent.paragraphs[0] if first else parent.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.space_before = Pt(space_before)
        run = paragraph.add_run(shown(text))
        run.bold, run.font.size = bold, Pt(size)
        return run

    @staticmethod
    def _fill(cell: Any, texts: Sequence[str], *, bold: bool = False, centred: bool = False) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt

        for number, text in enumerate(texts):
            paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(0)
            if centred:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            run = paragraph.add_run(shown(text))
            run.bold, run.font.size = bold or None, Pt(_SMALL)


def _qn(key: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(f"w:{key}"))


def _mark(row: Any, name: str) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _shade(cell: Any) -> None:
    from docx.oxml import OxmlElement

    shade = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", _GREY)):
        shade.set(_qn(key), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _page_number(paragraph: Any) -> None:
    """Number the pages at the top, in the middle; the first has none (Phụ lục I, Phần I, mục I.7)."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(_qn("instr"), "PAGE")
    paragraph._p.append(field)
