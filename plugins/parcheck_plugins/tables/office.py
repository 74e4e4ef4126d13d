# SPDX-License-Identifier: Apache-2.0
"""Tables of a Word file or a workbook as grids of cells.

Both formats are measured before anything is unpacked, and XML is parsed without entities.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

from parcheck.errors import UnreadableFile
from parcheck.reading.grids import EMPTY, Cell, Grid, Tables
from parcheck_plugins.letterhead.folding import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from lxml import etree

    from parcheck_plugins.word.inline import InlineReader
    from parcheck_plugins.word.numbering import Numbering
    from parcheck_plugins.word.styles import Styles

MAX_COLUMNS: Final = 60


def sheet_tables(path: Path) -> Tables:
    """Return the visible sheets of a workbook.

    Raises:
        UnreadableFile: `file-damaged`, `file-encrypted`, `file-too-large`, `reader-missing`.
    """
    if find_spec("python_calamine") is None:
        raise UnreadableFile("reader-missing", kind="application/vnd.ms-excel")
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    from parcheck_plugins.spreadsheet.limits import MAX_ROWS, check_archive, wide_sheets

    if path.suffix.lower() != ".xls":
        check_archive(path)
    far = wide_sheets(path) if path.suffix.lower() in (".xlsx", ".xlsm") else frozenset()
    grids = []
    try:
        workbook = CalamineWorkbook.from_path(path)
        for about in workbook.sheets_metadata:
            if about.visible != SheetVisibleEnum.Visible or about.name in far:
                continue
            table = workbook.get_sheet_by_name(about.name)
            if table.start is not None:
                ranges = table.merged_cell_ranges or ()
                grid = _sheet_grid(table.to_python(nrows=MAX_ROWS), ranges, table.start)
                grid.sheet = about.name
                grids.append(grid)
    except CalamineError as error:
        raise UnreadableFile("file-damaged", detail=str(error)) from error
    except BaseException as error:
        # Not an Exception by its class, and its class is not importable: pyo3_runtime.PanicException.
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableFile("file-damaged", detail=str(error)) from error
    return Tables(grids)


def _sheet_grid(values: list[list[Any]], merged: Iterable[Any], start: tuple[int, int]) -> Grid:
    from parcheck_plugins.spreadsheet.values import cell_text

    grid = Grid([[Cell(cell_text(value)) for value in row[:MAX_COLUMNS]] for row in values])
    for (top, left), (bottom, right) in merged:
        top, left, bottom, right = top - start[0], left - start[1], bottom - start[0], right - start[1]  # noqa: PLW2901
        if not (0 <= top < len(grid.rows) and 0 <= left < len(grid.rows[top])):
            continue
        corner = grid.rows[top][left]
        for row in grid.rows[top : bottom + 1]:
            row[left : right + 1] = [corner] * len(row[left : right + 1])
    return grid


def word_tables(path: Path) -> Tables:
    """Return the tables in the body of a Word file.

    Raises:
        UnreadableFile: `file-damaged`, `file-encrypted`, `file-too-large`.
    """
    from parcheck_plugins.word.package import Package

    package = Package(path)
    try:
        return _Word(package).tables()
    finally:
        package.close()


def old_word_tables(path: Path, media_type: str) -> Tables:
    """Return the tables of an old Word file, RTF or ODT, converted by LibreOffice.

    Raises:
        UnreadableFile: `file-encrypted`, `file-damaged`; `reader-missing` where LibreOffice is not installed,
            `reader-timeout` where it takes too long.
    """
    from parcheck_plugins import legacy_word
    from parcheck_plugins.legacy_word.document import ConvertedDocument

    document = legacy_word.parcheck_open(path, media_type)
    try:
        if not isinstance(document, ConvertedDocument):
            raise UnreadableFile("reader-missing", kind=media_type)
        return word_tables(document.docx)
    finally:
        if document is not None:
            document.close()


class _Word:
    """Walks the body of one Word file."""

    def __init__(self, package: object) -> None:
        from parcheck_plugins.word.inline import InlineReader
        from parcheck_plugins.word.numbering import Numbering
        from parcheck_plugins.word.package import Package, W
        from parcheck_plugins.word.styles import Styles

        assert isinstance(package, Package)  # noqa: S101 - tells the type checker
        self.w = W
        root = package.xml(package.main)
        body = root.find(W + "body") if root is not None else None
        if body is None:
            raise UnreadableFile("file-damaged", detail=f"XML: {package.main}")
        self.body = body
        relations = package.relationships(package.main)

        def part(kind: str) -> etree._Element | None:
            targets = [target for name, target, external in relations.values() if name == kind and not external]
            return package.xml(targets[0]) if targets else None

        links = {key: target for key, (kind, target, outside) in relations.items() if kind == "hyperlink" and outside}
        self.styles: Styles = Styles(part("styles"))
        self.numbering: Numbering = Numbering(part("numbering"))
        self.reader: InlineReader = InlineReader(self.styles, links, {})

    def tables(self) -> Tables:
        """Return the tables, each with the text above it."""
        tables = Tables()
        above: list[str] = []
        for block in self._blocks(self.body):
            if block.tag == self.w + "p":
                above += self._paragraph(block).split("\n")
            else:
                grid = self._table(block)
                grid.before, above = above, []
                tables.grids.append(grid)
        tables.after = above
        return tables

    def _blocks(self, parent: etree._Element) -> Iterator[etree._Element]:
        yield from self._unwrapped(parent, (self.w + "p", self.w + "tbl"))

    def _unwrapped(self, parent: etree._Element, tags: tuple[str, ...]) -> Iterator[etree._Element]:
        wrappers = {self.w + name for name in ("ins", "moveTo", "sdt", "sdtContent", "smartTag", "customXml")}
        for child in parent:
            if child.tag in tags:
                yield child
            elif child.tag in wrappers:
                yield from self._unwrapped(child, tags)

    def _table(self, table: etree._Element) -> Grid:
        from parcheck_plugins.word.styles import value

        w = self.w
        grid = Grid()
        for row in self._unwrapped(table, (w + "tr",)):
            if row.find(f"{w}trPr/{w}del") is not None:
                continue
            skipped = value(row.find(f"{w}trPr/{w}gridBefore")) or "0"
            cells: list[Cell] = [EMPTY] * min(MAX_COLUMNS, int(skipped) if skipped.isdecimal() else 0)
            for element in self._unwrapped(row, (w + "tc",)):
                properties = element.find(w + "tcPr")
                span, continues = 1, False
                if properties is not None:
                    wide = value(properties.find(w + "gridSpan")) or "1"
                    span = int(wide) if wide.isdecimal() else 1
                    merge = properties.find(w + "vMerge")
                    continues = merge is not None and value(merge) != "restart"
                text = self._text(element)
                at = len(cells)
                above = grid.rows[-1][at] if continues and grid.rows and at < len(grid.rows[-1]) else None
                cell = above if above is not None and not text else Cell(text)
                cells += [cell] * max(1, min(span, MAX_COLUMNS - at))
            grid.rows.append(cells)
        return grid

    def _text(self, parent: etree._Element) -> str:
        """Return a cell's text, one line a paragraph, the cells of a table inside it one after the other."""
        lines: list[str] = []
        for block in self._blocks(parent):
            if block.tag == self.w + "p":
                lines.append(self._paragraph(block))
            else:
                for row in self._table(block).rows:
                    unique = dict.fromkeys(map(id, row))
                    by_id = {id(cell): cell.text for cell in row}
                    lines.append(" ".join(filter(None, (by_id[key] for key in unique))))
        return "\n".join(line for line in lines if line.strip())

    def _paragraph(self, element: etree._Element) -> str:
        from parcheck_plugins.word.styles import paragraph_look, value

        properties = element.find(self.w + "pPr")
        style = value(properties.find(self.w + "pStyle")) if properties is not None else None
        look = paragraph_look(self.styles.paragraph(style), properties)
        shown = len(self.reader.urls)
        text = "".join(piece.text for piece in self.reader.read(element, look.run).pieces)
        text = "\n".join(" ".join(line.split()) for line in normalise(text).split("\n"))
        for url in self.reader.urls[shown:]:
            if url not in text:
                text += f" ({url})"
        if look.numbering:
            # A cell that holds nothing but its automatic number is the usual form of a code.
            label = self.numbering.next(look.numbering)
            text = f"{label} {text}".strip() if label else text
        return text
