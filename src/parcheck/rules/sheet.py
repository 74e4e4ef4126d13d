# SPDX-License-Identifier: Apache-2.0
"""The empty self-assessment of a pack, for a unit to fill: a table in Word or Excel that `check` reads back."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

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
    shown = [Row(tuple(headings), heading=True), *rows]
    for table_row, row in zip(table.rows, shown, strict=True):
        for cell, text, width in zip(table_row.cells, row.cells, WIDTHS, strict=True):
            cell.width = Mm(round(width * _MM_PER_LETTER))
            cell.paragraphs[0].add_run(text).bold = row.heading
    document.save(str(path))


_CONTENT: Final = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    '<Override PartName="/xl/styles.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>'
)
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS: Final = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="{office}/{kind}" Target="{target}"/>{more}</Relationships>'
)
# Look 1 wraps its text, look 2 is bold too, look 3 is text by format: "1.10" stays what it is when it is edited.
_LOOKS: Final = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="12"/><name val="Times New Roman"/></font>'
    '<font><b/><sz val="12"/><name val="Times New Roman"/></font></fonts>'
    '<fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
    '<borders count="2"><border/><border><left style="thin"/><right style="thin"/><top style="thin"/>'
    '<bottom style="thin"/></border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="4"><xf/>'
    '<xf borderId="1" applyBorder="1" applyAlignment="1"><alignment wrapText="1" vertical="top"/></xf>'
    '<xf fontId="1" borderId="1" numFmtId="49" applyFont="1" applyBorder="1" applyNumberFormat="1"'
    ' applyAlignment="1"><alignment wrapText="1" vertical="top"/></xf>'
    '<xf numFmtId="49" borderId="1" applyBorder="1" applyNumberFormat="1" applyAlignment="1">'
    '<alignment wrapText="1" vertical="top"/></xf></cellXfs></styleSheet>'
)


def _write_excel(path: Path, lines: Sequence[str], headings: Sequence[str], rows: Sequence[Row]) -> None:
    """Write a workbook by hand: the shape is fixed, and no library that writes Excel need be installed for it."""
    shown = [Row((line,), heading=True) for line in lines] + [Row(tuple(headings), heading=True), *rows]
    body = "".join(_excel_row(number, row) for number, row in enumerate(shown, start=1))
    columns = "".join(f'<col min="{n}" max="{n}" width="{w}" customWidth="1"/>' for n, w in enumerate(WIDTHS, start=1))
    worksheet = f'<worksheet xmlns="{_MAIN}"><cols>{columns}</cols><sheetData>{body}</sheetData></worksheet>'
    workbook = (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="Tu cham" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    styles = f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    parts = {
        "[Content_Types].xml": _CONTENT,
        "_rels/.rels": _RELATIONS.format(office=_OFFICE, kind="officeDocument", target="xl/workbook.xml", more=""),
        "xl/workbook.xml": workbook,
        "xl/_rels/workbook.xml.rels": _RELATIONS.format(
            office=_OFFICE, kind="worksheet", target="worksheets/sheet1.xml", more=styles
        ),
        "xl/styles.xml": _LOOKS,
        "xl/worksheets/sheet1.xml": worksheet,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + content)


def _excel_row(number: int, row: Row) -> str:
    cells = "".join(
        f'<c r="{chr(ord("A") + column)}{number}" s="{_look(column, row)}" t="inlineStr">'
        f'<is><t xml:space="preserve">{escape(text)}</t></is></c>'
        for column, text in enumerate(row.cells)
    )
    return f'<row r="{number}">{cells}</row>'


def _look(column: int, row: Row) -> int:
    if row.heading:
        return 2
    return 3 if COLUMNS[column] in ("code", "claimed") else 1
