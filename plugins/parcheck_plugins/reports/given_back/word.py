# SPDX-License-Identifier: Apache-2.0
"""Columns added at the right of the tables of a DOCX self-assessment, in its XML: all else stays as it was.

Where the page has no room it becomes A4 across, or A3 across; the added columns take what is left there. Only where
that is too little for anybody to read are the unit's own columns made narrower, all alike.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Final

from lxml import etree

from parcheck.errors import UnreadableFile
from parcheck_plugins.reports.given_back.package import write_copy
from parcheck_plugins.reports.given_back.room import make_room, whole
from parcheck_plugins.reports.given_back.rows import marked
from parcheck_plugins.reports.given_back.styles import HEAD_PAPER
from parcheck_plugins.reports.harmless import shown
from parcheck_plugins.reports.workbook.book import OUTCOME_COLOURS
from parcheck_plugins.tables.office import word_tables
from parcheck_plugins.word.package import Package, W

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from parcheck_plugins.reports.given_back.rows import Marked
    from parcheck_plugins.reports.given_back.verdicts import Verdict

_FONT: Final = "Times New Roman"
_HALF_POINTS: Final = "20"
_WRAPPERS: Final = frozenset(W + name for name in ("ins", "moveTo", "sdt", "sdtContent", "smartTag", "customXml"))


def give_back(
    path: Path, verdicts: Mapping[str, Verdict], names: Mapping[str, str], heads: Sequence[str], target: IO[bytes]
) -> int:
    """Write a copy with the verdicts beside the rows they are about; see `excel.give_back`.

    Raises:
        UnreadableFile: it cannot be opened.
    """
    tables = marked(word_tables(path).grids, names)
    package = Package(path)
    try:
        root = package.xml(package.main)
        body = root.find(f"{W}body") if root is not None else None
        if root is None or body is None:
            raise UnreadableFile("file-damaged", detail=f"XML: {package.main}")
        elements = list(_unwrapped(body, W + "tbl"))
        for table in tables:
            element = elements[table.grid]
            made = _Table(element)
            made.fill(table, verdicts, heads, make_room(element))
        main = package.main
    finally:
        package.close()
    write_copy(path, {main: root}, target)
    return sum(len(table.codes) for table in tables)


def _unwrapped(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Yield the children of a kind, those inside insertions and content controls too, in order."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _unwrapped(child, tag)


class _Table:
    def __init__(self, element: etree._Element) -> None:
        self._element = element
        rows = _unwrapped(element, W + "tr")
        self._rows = [row for row in rows if row.find(f"{W}trPr/{W}del") is None]
        self._spans = [_span(row) for row in self._rows]
        self._wide = max(self._spans, default=0)

    def fill(self, table: Marked, verdicts: Mapping[str, Verdict], heads: Sequence[str], widths: Sequence[int]) -> None:
        """Add the columns to every row."""
        grid = self._element.find(W + "tblGrid")
        if grid is not None:
            # What a tracked change of the grid says of the old one stands last.
            before = sum(column.tag == W + "gridCol" for column in grid)
            for number, width in enumerate(widths):
                grid.insert(before + number, etree.Element(W + "gridCol", {W + "w": str(width)}))
        wide = self._element.find(f"{W}tblPr/{W}tblW")
        if wide is not None and wide.get(W + "type") == "dxa":
            wide.set(W + "w", str(whole(wide.get(W + "w")) + sum(widths)))
        first, behind = table.heading or (0, 0)
        goes_on = {row + n: row for row, height in table.heights.items() for n in range(1, height)}
        for number, row in enumerate(self._rows):
            _fill_up(row, self._wide - self._spans[number])
            code = table.codes.get(number)
            for column, width in enumerate(widths):
                if first <= number < behind:
                    merge = None if behind - first == 1 else "restart" if number == first else "continue"
                    _add(row, width, heads[column] if number == first else "", HEAD_PAPER, merge=merge, bold=True)
                elif code:
                    verdict = verdicts[code]
                    paper = OUTCOME_COLOURS[verdict.outcome][0] if column == 0 else None
                    merge = "restart" if table.heights[number] > 1 else None
                    _add(row, width, _told(verdict.cells[column]), paper, merge=merge, bold=column == 0)
                else:
                    _add(row, width, "", None, merge="continue" if number in goes_on else None)


def _told(value: str | float | None) -> str:
    return f"{value:g}".replace(".", ",") if isinstance(value, float) else value or ""


def _add(
    row: etree._Element, width: int, text: str, paper: str | None, *, merge: str | None, bold: bool = False
) -> None:
    cell = etree.SubElement(row, W + "tc")
    properties = etree.SubElement(cell, W + "tcPr")
    etree.SubElement(properties, W + "tcW", {W + "w": str(width), W + "type": "dxa"})
    if merge:
        etree.SubElement(properties, W + "vMerge", {W + "val": merge})
    borders = etree.SubElement(properties, W + "tcBorders")
    for side in ("top", "left", "bottom", "right"):
        etree.SubElement(borders, W + side, {W + "val": "single", W + "sz": "4", W + "space": "0", W + "color": "auto"})
    if paper:
        shade = {W + "val": "clear", W + "color": "auto", W + "fill": paper[1:]}
        etree.SubElement(properties, W + "shd", shade)
    if paper == HEAD_PAPER:
        etree.SubElement(properties, W + "vAlign", {W + "val": "center"})
    for line in shown(text).split("\n"):
        paragraph = etree.SubElement(cell, W + "p")
        spacing = {W + "before": "0", W + "after": "0", W + "line": "240", W + "lineRule": "auto"}
        about = etree.SubElement(paragraph, W + "pPr")
        etree.SubElement(about, W + "spacing", spacing)
        if paper:
            etree.SubElement(about, W + "jc", {W + "val": "center"})
        if not line:
            continue
        run = etree.SubElement(paragraph, W + "r")
        look = etree.SubElement(run, W + "rPr")
        etree.SubElement(look, W + "rFonts", {W + name: _FONT for name in ("ascii", "hAnsi", "cs")})
        if bold:
            etree.SubElement(look, W + "b")
        etree.SubElement(look, W + "sz", {W + "val": _HALF_POINTS})
        words = etree.SubElement(run, W + "t")
        words.text = line
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _span(row: etree._Element) -> int:
    """Return how many columns of the grid a row's cells cover."""
    properties = row.find(W + "trPr")
    before = properties.find(W + "gridBefore") if properties is not None else None
    total = whole(before.get(W + "val")) if before is not None else 0
    for cell in _unwrapped(row, W + "tc"):
        span = cell.find(f"{W}tcPr/{W}gridSpan")
        total += max(1, whole(span.get(W + "val"))) if span is not None else 1
    return total


def _fill_up(row: etree._Element, columns: int) -> None:
    """Add an empty cell where a row is shorter than the table, so that the added ones stand in line."""
    properties = row.find(W + "trPr")
    for name in ("gridAfter", "wAfter"):
        after = properties.find(W + name) if properties is not None else None
        if properties is not None and after is not None:
            properties.remove(after)
    if columns > 0:
        cell = etree.SubElement(row, W + "tc")
        look = etree.SubElement(cell, W + "tcPr")
        etree.SubElement(look, W + "gridSpan", {W + "val": str(columns)})
        etree.SubElement(cell, W + "p")
