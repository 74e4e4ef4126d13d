# SPDX-License-Identifier: Apache-2.0
"""Columns added at the right of an XLSX self-assessment, in the XML of its sheets: all else stays as it was."""

from __future__ import annotations

import copy
import math
import re
from typing import IO, TYPE_CHECKING, Final

from lxml import etree

from parcheck.errors import UnreadableFile
from parcheck_plugins.reports.given_back.package import write_copy
from parcheck_plugins.reports.given_back.printing import AFTER_MERGES, fit_page, insert, printed_too
from parcheck_plugins.reports.given_back.rows import marked
from parcheck_plugins.reports.given_back.styles import Styles
from parcheck_plugins.reports.given_back.verdicts import COLUMNS
from parcheck_plugins.reports.harmless import cut, shown
from parcheck_plugins.reports.places import REFERENCE, letters_of, number_of
from parcheck_plugins.tables.office import sheet_tables
from parcheck_plugins.word.package import Package, R

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from parcheck.model import Outcome
    from parcheck.reading.grids import Grid
    from parcheck_plugins.reports.given_back.rows import Marked
    from parcheck_plugins.reports.given_back.verdicts import Verdict

S: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
WIDTHS: Final = (16, 15, 60, 40)
"""Of the added columns, in letters."""
_LINE_HEIGHT: Final = 16.0
_HIGHEST: Final = 409.0
_USUAL_WIDTH: Final = 8.43
_LAST_COLUMN: Final = 16_384
_ESCAPED: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def give_back(
    path: Path, verdicts: Mapping[str, Verdict], names: Mapping[str, str], heads: Sequence[str], target: IO[bytes]
) -> int:
    """Write a copy with the verdicts beside the rows they are about.

    Args:
        path: the unit's workbook.
        verdicts: by code of the scored row.
        names: code to name of the scored rows.
        heads: headings of the added columns.
        target: takes the copy.

    Returns:
        How many rows a verdict was written beside.

    Raises:
        UnreadableFile: it cannot be opened, or an important part of it is missing.
    """
    grids = sheet_tables(path).grids
    tables = marked(grids, names)
    starts = _starts(path)
    package = Package(path)
    try:
        parts = _parts(package)
        styles = Styles(package)
        changed: dict[str, etree._Element] = {}
        added: dict[str, tuple[int, int]] = {}
        written = 0
        for table in tables:
            grid = grids[table.grid]
            part = parts.get(grid.sheet or "")
            root = changed.get(part or "")
            if root is None:
                root = package.xml(part) if part else None
            if part is None or root is None:
                raise UnreadableFile("file-damaged", detail=f"XML: {grid.sheet}")
            changed[part] = root
            sheet = _Sheet(root, styles, grid, starts[grid.sheet or ""])
            written += sheet.fill(table, verdicts, heads)
            added[grid.sheet or ""] = sheet.added
        workbook = package.xml(package.main)
        if workbook is not None and printed_too(workbook, added):
            changed[package.main] = workbook
        if styles.root is not None and styles.part:
            changed[styles.part] = styles.root
    finally:
        package.close()
    write_copy(path, changed, target)
    return written


def _starts(path: Path) -> dict[str, tuple[int, int]]:
    """Return sheet → (row, column), from 0, of its first filled cell: where its grid begins."""
    from python_calamine import CalamineWorkbook

    workbook = CalamineWorkbook.from_path(path)
    return {name: workbook.get_sheet_by_name(name).start or (0, 0) for name in workbook.sheet_names}


def _parts(package: Package) -> dict[str, str]:
    """Return sheet name → part."""
    workbook = package.xml(package.main)
    links = package.relationships(package.main)
    found: dict[str, str] = {}
    for sheet in workbook.iter(f"{S}sheet") if workbook is not None else ():
        link = links.get(sheet.get(f"{R}id") or "")
        if link:
            found[sheet.get("name") or ""] = link[1]
    return found


class _Sheet:
    """One sheet's XML."""

    def __init__(self, root: etree._Element, styles: Styles, grid: Grid, start: tuple[int, int]) -> None:
        data = root.find(f"{S}sheetData")
        if data is None:
            raise UnreadableFile("file-damaged", detail="XML: sheetData")
        self._root, self._data, self._styles, self._grid = root, data, styles, grid
        self._top, self._left = start
        self._rows = _numbered(data)
        self._first = self._free_column()
        self._widths = self._column_widths()

    def _free_column(self) -> int:
        """Return the first column, from 1, right of all that holds something or is merged."""
        last = self._left + max(map(len, self._grid.rows), default=0)
        for row in self._rows.values():
            for cell in row:
                if len(cell) and (place := _place(cell.get("r"))):
                    last = max(last, place[0])
        for merge in self._root.iter(f"{S}mergeCell"):
            corners = REFERENCE.findall(merge.get("ref") or "")
            if corners and all(number_of(letters) < _LAST_COLUMN for letters, _ in corners):
                last = max(last, *(number_of(letters) for letters, _ in corners))
        if last + len(COLUMNS) > _LAST_COLUMN:
            raise UnreadableFile("file-too-large", size=f"{last}", limit=f"{_LAST_COLUMN}")
        return last + 1

    @property
    def added(self) -> tuple[int, int]:
        """First and last of the added columns, from 1."""
        return self._first, self._first + len(COLUMNS) - 1

    def fill(self, table: Marked, verdicts: Mapping[str, Verdict], heads: Sequence[str]) -> int:
        """Write headings and verdicts; return how many verdicts."""
        if table.heading:
            first, behind = (self._top + row + 1 for row in table.heading)
            for number, head in enumerate(heads):
                for row in range(first, behind):
                    self._put(row, number, head if row == first else None, head=True)
                self._merge(first, behind - 1, number)
            if behind - first == 1:
                self._raise(first, table.heading[0], heads)
        for row, code in sorted(table.codes.items()):
            at, height = self._top + row + 1, table.heights[row]
            verdict = verdicts[code]
            for number, value in enumerate(verdict.cells):
                for each in range(at, at + height):
                    outcome = verdict.outcome if number == 0 else None
                    self._put(each, number, value if each == at else None, outcome=outcome)
                self._merge(at, at + height - 1, number)
            if height == 1:
                self._raise(at, row, verdict.cells)
        self._widen()
        fit_page(self._root)
        dimension = self._root.find(f"{S}dimension")
        if dimension is not None:
            self._root.remove(dimension)
        return len(table.codes)

    def _put(
        self, row: int, number: int, value: str | float | None, *, head: bool = False, outcome: Outcome | None = None
    ) -> None:
        """Write one cell: text as text, whatever it begins with."""
        element = self._row(row)
        column = self._first + number
        neighbour = self._neighbour(element)
        text = cut(shown(value)) if isinstance(value, str) else None
        cell = etree.Element(f"{S}c", r=f"{letters_of(column)}{row}")
        style = self._styles.style(neighbour, head=head, outcome=outcome, text=text)
        if style is not None:
            cell.set("s", str(style))
        if text:
            cell.set("t", "inlineStr")
            inline = etree.SubElement(etree.SubElement(cell, f"{S}is"), f"{S}t")
            inline.text = _ESCAPED.sub("_x005F_", text)
            inline.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        elif value is not None and text is None:
            etree.SubElement(cell, f"{S}v").text = repr(value)
        places = [(_place(each.get("r")) or (0, 0))[0] for each in element]
        for each, place in zip(list(element), places, strict=True):
            if place == column:
                element.remove(each)
        element.insert(sum(place < column for place in places), cell)
        element.attrib.pop("spans", "")

    def _neighbour(self, row: etree._Element) -> int:
        """Return the style of the last cell of the unit's own in a row: the added ones look like it."""
        own = [cell for cell in row if (place := _place(cell.get("r"))) and place[0] < self._first]
        style = own[-1].get("s") if own else None
        return int(style) if style and style.isdecimal() else 0

    def _row(self, number: int) -> etree._Element:
        if number not in self._rows:
            row = etree.Element(f"{S}row", r=str(number))
            after = [each for each in self._rows if each < number]
            self._data.insert(len(after), row)
            self._rows[number] = row
        return self._rows[number]

    def _raise(self, number: int, own: int, cells: Sequence[str | float | None]) -> None:
        """Make a row high enough for what was added; one that fits by itself stays so."""
        row = self._rows[number]
        added = zip(WIDTHS, cells, strict=True)
        need = max(_lines(value, width) for width, value in added if isinstance(value, str))
        if row.get("ht") is None:
            for cell in row:
                column = (_place(cell.get("r")) or (0, 0))[0]
                at = column - 1 - self._left
                if column < self._first and 0 <= at < len(self._grid.rows[own]) and self._styles.wraps(cell.get("s")):
                    width = self._widths.get(column, _USUAL_WIDTH)
                    need = max(need, _lines(self._grid.rows[own][at].text, width))
        height = min(need * _LINE_HEIGHT, _HIGHEST)
        if height > float(row.get("ht") or 0):
            row.set("ht", f"{height:g}")

    def _merge(self, first: int, last: int, number: int) -> None:
        if last <= first:
            return
        merges = self._root.find(f"{S}mergeCells")
        if merges is None:
            merges = etree.Element(f"{S}mergeCells")
            insert(self._root, merges, AFTER_MERGES)
        letters = letters_of(self._first + number)
        etree.SubElement(merges, f"{S}mergeCell", ref=f"{letters}{first}:{letters}{last}")
        merges.set("count", str(len(merges)))

    def _column_widths(self) -> dict[int, float]:
        widths: dict[int, float] = {}
        for column in self._root.iter(f"{S}col"):
            first, last = (int(column.get(name) or 0) for name in ("min", "max"))
            for number in range(first, min(last, self._first) + 1):
                widths[number] = float(column.get("width") or _USUAL_WIDTH)
        return widths

    def _widen(self) -> None:
        """Set the widths of the added columns; what was set for a range that they lie in stays set around them."""
        columns = self._root.find(f"{S}cols")
        if columns is None:
            columns = etree.Element(f"{S}cols")
            self._data.addprevious(columns)
        last = self._first + len(COLUMNS) - 1
        for column in list(columns):
            low, high = (int(column.get(name) or 0) for name in ("min", "max"))
            if high < self._first or low > last:
                continue
            if high > last:
                rest = copy.deepcopy(column)
                rest.set("min", str(last + 1))
                column.addnext(rest)
            if low < self._first:
                column.set("max", str(self._first - 1))
            else:
                columns.remove(column)
        before = sum(int(column.get("max") or 0) < self._first for column in columns)
        for number, width in enumerate(WIDTHS):
            at = str(self._first + number)
            made = etree.Element(f"{S}col", min=at, max=at, width=str(width), customWidth="1")
            columns.insert(before + number, made)


def _numbered(data: etree._Element) -> dict[int, etree._Element]:
    """Return the rows by number, with every row's and cell's place written down: a file may leave them out."""
    rows: dict[int, etree._Element] = {}
    number = 0
    for row in data.iter(f"{S}row"):
        given = row.get("r") or ""
        number = int(given) if given.isdecimal() else number + 1
        row.set("r", str(number))
        rows[number] = row
        column = 0
        for cell in row.iter(f"{S}c"):
            place = _place(cell.get("r"))
            column = place[0] if place else column + 1
            cell.set("r", f"{letters_of(column)}{number}")
    return rows


def _lines(text: str, width: float) -> int:
    return sum(max(1, math.ceil(len(line) / max(width, 1))) for line in text.split("\n"))


def _place(reference: str | None) -> tuple[int, int] | None:
    match = REFERENCE.fullmatch(reference or "")
    return (number_of(match[1]), int(match[2])) if match else None
