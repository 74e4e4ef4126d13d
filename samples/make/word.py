# SPDX-License-Identifier: Apache-2.0
"""Writes an administrative document as Word file: what lies on a desk before the PDF is issued."""

from __future__ import annotations

import datetime as dt
import io
import re
import unicodedata
import zipfile
from typing import TYPE_CHECKING

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt
from samples.make.layout import MOTTO, NATION, date_line, number_line
from samples.make.pdf import NOTICE
from samples.make.spec import Annex, Grid, Spec, Text

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

_PIECES = re.compile(r"(\*\*.+?\*\*|(?<![*\w])\*(?!\s).+?\*|https?://[^\s,;)]+)")


def administrative_docx(spec: Spec) -> bytes:
    """Return the document as a Word file, equal specs equal bytes; without `spec.sign` no letterhead."""
    writer = _Writer(spec)
    writer.write()
    return writer.data()


class _Writer:
    def __init__(self, spec: Spec) -> None:
        self.spec = spec
        self.document: Document = docx.Document()
        self.when = dt.datetime.combine(spec.issued_on or dt.date(spec.year, spec.month or 1, 10), dt.time(9, 30))
        self.changes = 0

    def write(self) -> None:
        document, spec = self.document, self.spec
        style = document.styles["Normal"]
        style.font.name, style.font.size = "Times New Roman", Pt(14)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
        style.paragraph_format.space_after = Pt(0)
        section = document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin = section.bottom_margin = Mm(20)
        section.left_margin, section.right_margin = Mm(30), Mm(17)
        self._page_number(section)
        if spec.sign:
            self._tabbed_head() if spec.tabs else self._table_head()
        if spec.type:
            self._line("")
            self._line(spec.type, bold=True, centre=True)
            self._line(spec.subject, bold=True, centre=True)
            self._line("-------", centre=True)
        if spec.to:
            self._line(f"Kính gửi: {'; '.join(spec.to)}", centre=True)
        before = True
        for block in spec.body:
            if isinstance(block, Annex) and before:
                before = False
                self._ending()
            self._block(block)
        if before:
            self._ending()
        core = document.core_properties
        core.author, core.title, core.comments = " ".join(spec.unit.name), spec.subject, NOTICE
        core.last_modified_by, core.revision = "", 1
        core.created = core.modified = self.when

    def data(self) -> bytes:
        """Zip again with fixed times, so that equal documents give equal bytes."""
        raw = io.BytesIO()
        self.document.save(raw)
        out = io.BytesIO()
        with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for item in source.infolist():
                fixed = zipfile.ZipInfo(item.filename, (1980, 1, 1, 0, 0, 0))
                fixed.compress_type = zipfile.ZIP_DEFLATED
                fixed.external_attr = 0o600 << 16
                target.writestr(fixed, source.read(item.filename))
        return out.getvalue()

    def _form(self, words: str) -> str:
        return unicodedata.normalize("NFD" if self.spec.decomposed else "NFC", words)

    def _line(self, words: str, *, bold: bool = False, italic: bool = False, centre: bool = False) -> Paragraph:
        paragraph = self.document.add_paragraph()
        self._run(paragraph, words, bold=bold, italic=italic)
        if centre:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        return paragraph

    def _run(
        self, paragraph: Paragraph, words: str, *, bold: bool = False, italic: bool = False, size: float = 0
    ) -> Run:
        run = paragraph.add_run(self._form(words))
        run.bold, run.italic = bold or None, italic or None
        if size:
            run.font.size = Pt(size)
        return run

    def _head_lines(self) -> tuple[list[tuple[str, bool]], list[tuple[str, bool, bool]]]:
        unit = self.spec.unit
        left = [(line, False) for line in unit.parent] + [(line, True) for line in unit.name]
        return left, [(NATION, True, False), (MOTTO, True, False)]

    def _table_head(self) -> None:
        left, right = self._head_lines()
        table = self.document.add_table(rows=2, cols=2)
        table.autofit = False
        for row in table.rows:
            row.cells[0].width, row.cells[1].width = Mm(63), Mm(100)
        cells = table.rows[0].cells
        for cell, lines in ((cells[0], left), (cells[1], [(w, b) for w, b, _ in right])):
            for i, (words, bold) in enumerate(lines):
                paragraph = cell.paragraphs[0] if i == 0 else cell.add_paragraph()
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                self._run(paragraph, words, bold=bold, size=13 if words != MOTTO else 14).underline = words == MOTTO
            if lines is left:
                paragraph = cell.add_paragraph()
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                self._run(paragraph, "-------", size=8)
        cells = table.rows[1].cells
        cells[0].paragraphs[0].alignment = cells[1].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        self._run(cells[0].paragraphs[0], "".join(number_line(self.spec)), size=13)
        if not self.spec.type:
            paragraph = cells[0].add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            self._run(paragraph, f"V/v {self.spec.subject}", size=12)
        if self.spec.dated:
            self._run(cells[1].paragraphs[0], "".join(date_line(self.spec)), italic=True)

    def _tabbed_head(self) -> None:
        left, right = self._head_lines()
        lines: list[tuple[tuple[str, bool, bool], tuple[str, bool, bool]]] = [
            ((words, bold, False), r) for (words, bold), r in zip(left, right, strict=False)
        ]
        date = "".join(date_line(self.spec)) if self.spec.dated else ""
        lines.append((("".join(number_line(self.spec)), False, False), (date, False, True)))
        for first, second in lines:
            paragraph = self.document.add_paragraph()
            stops = paragraph.paragraph_format.tab_stops
            stops.add_tab_stop(Mm(29), WD_TAB_ALIGNMENT.CENTER)
            stops.add_tab_stop(Mm(114), WD_TAB_ALIGNMENT.CENTER)
            for words, bold, italic in (first, second):
                self._run(paragraph, "\t" + words, bold=bold, italic=italic, size=13)

    def _block(self, block: Text | Grid | Annex) -> None:
        if isinstance(block, Annex):
            section = self.document.add_section(WD_SECTION.NEW_PAGE) if self.document.paragraphs else None
            section = section or self.document.sections[-1]
            if block.landscape:
                section.orientation = WD_ORIENT.LANDSCAPE
                section.page_width, section.page_height = Mm(297), Mm(210)
            self._line(block.title, bold=True, centre=True)
            self._line(block.subject, bold=True, centre=True)
            if block.note:
                self._line(block.note, italic=True, centre=True)
        elif isinstance(block, Grid):
            self._grid(block)
        else:
            self._paragraph(block)

    def _paragraph(self, block: Text) -> None:
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(6)
        if block.style == "enacting":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        else:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
            paragraph.paragraph_format.first_line_indent = Mm(12.7)
        bold, italic = block.style in ("heading", "subheading", "enacting"), block.style == "basis"
        words = block.words
        for change in self.spec.changes:
            if change.old in words:
                before, _, words = words.partition(change.old)
                self._rich(paragraph, before, bold=bold, italic=italic)
                self._tracked(paragraph, "del", change.old, change.author, change.on)
                self._tracked(paragraph, "ins", change.new, change.author, change.on)
        self._rich(paragraph, words, bold=bold, italic=italic)

    def _rich(self, paragraph: Paragraph, words: str, *, bold: bool = False, italic: bool = False) -> None:
        for piece in _PIECES.split(words):
            if piece.startswith("http"):
                self._link(paragraph, piece)
            elif piece.startswith("**"):
                self._run(paragraph, piece.strip("*"), bold=True, italic=italic)
            elif piece.startswith("*") and piece.endswith("*") and len(piece) > 2:
                self._run(paragraph, piece.strip("*"), bold=bold, italic=True)
            elif piece:
                self._run(paragraph, piece, bold=bold, italic=italic)

    def _link(self, paragraph: Paragraph, address: str) -> None:
        relation = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), relation)
        run = self._run(paragraph, address)
        run.underline = True
        link.append(run._r)
        paragraph._p.append(link)

    def _tracked(self, paragraph: Paragraph, kind: str, words: str, author: str, on: dt.date) -> None:
        self.changes += 1
        mark = OxmlElement(f"w:{kind}")
        mark.set(qn("w:id"), str(900 + self.changes))
        mark.set(qn("w:author"), author)
        mark.set(qn("w:date"), f"{on.isoformat()}T10:15:00Z")
        run = self._run(paragraph, words)._r
        if kind == "del":
            for text in run.findall(qn("w:t")):
                text.tag = qn("w:delText")
        mark.append(run)
        paragraph._p.append(mark)

    def _grid(self, grid: Grid) -> None:
        table = self.document.add_table(rows=len(grid.rows), cols=len(grid.widths))
        table.style = "Table Grid"
        section = self.document.sections[-1]
        room = int(section.page_width or 0) - int(section.left_margin or 0) - int(section.right_margin or 0)
        for i, row in enumerate(grid.rows):
            for j, words in enumerate(row):
                cell = table.cell(i, j)
                cell.width = Emu(int(room * grid.widths[j] / sum(grid.widths)))
                paragraph = cell.paragraphs[0]
                if i == 0 or len(words) < 5:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                self._rich(paragraph, words, bold=i == 0)
                for run in paragraph.runs:
                    run.font.size = Pt(12)

    def _ending(self) -> None:
        if not self.spec.signers:
            return
        self.document.add_paragraph()
        table = self.document.add_table(rows=1, cols=2)
        left, right = table.rows[0].cells
        blocks = [(right, self.spec.signers[-1])]
        if len(self.spec.signers) > 1:
            blocks.insert(0, (left, self.spec.signers[0]))
        for cell, signer in blocks:
            lines = [*signer.authority, "", "", "", "", signer.name]
            for i, words in enumerate(lines):
                paragraph = cell.paragraphs[0] if i == 0 else cell.add_paragraph()
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                self._run(paragraph, words, bold=True)
        if self.spec.recipients and len(self.spec.signers) == 1:
            self._run(left.paragraphs[0], "Nơi nhận:", bold=True, italic=True, size=12)
            for words in self.spec.recipients:
                self._run(left.add_paragraph(), f"- {words}", size=11)

    def _page_number(self, section: Section) -> None:
        section.different_first_page_header_footer = True
        paragraph = section.header.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), "PAGE")
        run = paragraph.add_run("2")
        field.append(run._r)
        paragraph._p.append(field)
