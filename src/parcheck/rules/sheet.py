# SPDX-License-Identifier: Apache-2.0
"""The empty self-assessment of a pack, for a unit to fill: a table in Word or Excel that `check` reads back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from parcheck.rules.requirements import requirements

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from parcheck.catalogue import Catalogue
    from parcheck.rules import Criterion, Group, Pack

FORMATS: Final = (".docx", ".xlsx")
COLUMNS: Final = ("code", "name", "points", "asked", "claimed", "evidence", "explanation")
"""Keys of the catalogue's terms "sheet", in order."""
WIDTHS: Final = (7, 30, 8, 38, 9, 46, 24)
"""Of the columns, in letters."""
_MM_PER_LETTER: Final = 1.6
_LINE: Final = 18
"""Points of one line of the title."""
_A4: Final = 9
"""Excel's number for the paper."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells, and whether it only heads others."""

    cells: tuple[str, ...]
    heading: bool = False


def sheet_rows(pack: Pack, catalogue: Catalogue, language: str = "vi") -> list[Row]:
    """Return the rows of the empty sheet: fields, groups, and scored rows with the evidence asked for.

    The columns that the unit fills are empty; rows that a survey or the appraising body scores say so, and have "-"
    where the unit would claim points.
    """
    rows: list[Row] = []
    groups = {group.code: group for group in pack.groups}
    told: set[str] = set()
    for criterion in pack.criteria:
        parts = criterion.code.split(".")
        above = dict.fromkeys([criterion.field, *(".".join(parts[:n]) for n in range(1, len(parts)))])
        for code in above:
            if code in groups and code not in told:
                told.add(code)
                rows.append(_group(groups[code], catalogue, language))
        rows.append(_criterion(criterion, pack, catalogue, language))
    return rows


def _group(group: Group, catalogue: Catalogue, language: str) -> Row:
    name = group.name.upper() if group.level == 0 else group.name
    return Row((group.code, name, catalogue.tell(float(group.points), language), "", "", "", ""), heading=True)


def _criterion(criterion: Criterion, pack: Pack, catalogue: Catalogue, language: str) -> Row:
    points = catalogue.tell(float(criterion.points), language)
    if criterion.assessed != "self":
        asked = catalogue.term("assessed", criterion.assessed, language)
        return Row((criterion.code, criterion.name, points, asked[:1].upper() + asked[1:], "-", "", ""))
    wanted = [f"- {one.name}" for one in requirements(criterion, pack.year) if not one.provided_by]
    wanted += [f"{name} = {meaning}" for name, meaning in criterion.figures.items()]
    return Row((criterion.code, criterion.name, points, "\n".join(wanted), "", "", ""))


def write_sheet(pack: Pack, path: Path, suffix: str, catalogue: Catalogue, language: str = "vi") -> None:
    """Write the empty sheet of a pack.

    Args:
        pack: the set of criteria.
        path: where to write; need not bear the suffix (a draft that is renamed when it is whole).
        suffix: one of `FORMATS`.
        catalogue: the words of headings and notes.
        language: "vi" or "en"; the sheet is read back in either.
    """
    headings = [catalogue.term("sheet", key, language) for key in COLUMNS]
    title = catalogue.term("sheet", "title", language)
    rows = sheet_rows(pack, catalogue, language)
    if suffix == ".docx":
        _write_word(path, [title, pack.title], headings, rows)
    else:
        _write_excel(path, [title, pack.title], headings, rows)


def _write_word(path: Path, lines: Sequence[str], headings: Sequence[str], rows: Sequence[Row]) -> None:
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.oxml import OxmlElement
    from docx.shared import Mm, Pt

    document = docx.Document()
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(15)
    document.styles["Normal"].font.name, document.styles["Normal"].font.size = "Times New Roman", Pt(12)
    for line in lines:
        document.add_paragraph().add_run(line).bold = True
    table = document.add_table(rows=1, cols=len(headings))
    table.style = "Table Grid"
    table.autofit = False
    for _ in rows:
        table.add_row()
    repeat = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = Mm(round(width * _MM_PER_LETTER))
    shown = [Row(tuple(headings), heading=True), *rows]
    for table_row, row in zip(table.rows, shown, strict=True):
        for cell, text, width in zip(table_row.cells, row.cells, WIDTHS, strict=True):
            cell.width = Mm(round(width * _MM_PER_LETTER))
            cell.paragraphs[0].add_run(text).bold = row.heading
    document.save(str(path))


def _write_excel(path: Path, lines: Sequence[str], headings: Sequence[str], rows: Sequence[Row]) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        look = {"font_name": "Times New Roman", "font_size": 12, "text_wrap": True, "valign": "top"}
        title = book.add_format({**look, "bold": True, "align": "center", "valign": "vcenter"})
        plain = book.add_format({**look, "border": 1})
        # Text by format: "1.10" stays what it is when it is edited.
        text = book.add_format({**look, "border": 1, "num_format": "@"})
        bold = book.add_format({**look, "border": 1, "num_format": "@", "bold": True})
        sheet = book.add_worksheet("Tu cham")
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        last = len(headings) - 1
        for number, line in enumerate(lines):
            sheet.merge_range(number, 0, number, last, line, title)
            sheet.set_row(number, _LINE * (1 + len(line) // sum(WIDTHS)))
        first = len(lines)
        for number, row in enumerate([Row(tuple(headings), heading=True), *rows], start=first):
            for column, cell in enumerate(row.cells):
                kind = bold if row.heading else text if COLUMNS[column] in ("code", "claimed") else plain
                sheet.write_string(number, column, cell, kind)
        sheet.freeze_panes(first + 1, 0)
        sheet.repeat_rows(first)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
