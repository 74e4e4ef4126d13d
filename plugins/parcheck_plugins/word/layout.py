# SPDX-License-Identifier: Apache-2.0
"""Lays a Word story out on one synthetic page, so that columns stand side by side as they do on paper.

The page is 595 points wide and as long as it must be. Positions come from grids, tabs, indents and alignment;
a paragraph is one line however long it is, as high as the lines it would be wrapped into.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from parcheck.model import Source
from parcheck.reading.document import Line
from parcheck_plugins.letterhead.folding import clean
from parcheck_plugins.word.inline import BREAK, Piece, TextBox, chosen
from parcheck_plugins.word.package import W
from parcheck_plugins.word.stretches import (
    COLUMN_GAP,
    LEADING,
    Stretch,
    ink,
    join,
    printed_lines,
    split_by_spaces,
    trimmed,
    whole,
)
from parcheck_plugins.word.styles import ParagraphLook, paragraph_look, points, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from parcheck_plugins.word.inline import InlineReader
    from parcheck_plugins.word.numbering import Numbering
    from parcheck_plugins.word.styles import Styles

PAGE_WIDTH = 595.0
CELL_MARGIN = 5.4
"""Left and right, Word's default."""
DEFAULT_TAB = 36.0
_MC_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_BLOCK_WRAPPERS = frozenset(W + name for name in ("ins", "moveTo", "smartTag", "customXml", "sdtContent"))


@dataclass(frozen=True, slots=True)
class Area:
    """Where text may stand: from `left` to `right`, in points."""

    left: float
    right: float
    page: float = PAGE_WIDTH
    """Width of the sheet that the positions count on; landscape ones are narrowed to the synthetic page."""

    @property
    def width(self) -> float:
        """Never less than a letter, whatever a broken grid says."""
        return max(12.0, self.right - self.left)


class Layout:
    """Collects the lines and the text of one document, story after story."""

    def __init__(self, styles: Styles, numbering: Numbering, areas: list[Area]) -> None:
        self._styles = styles
        self._numbering = numbering
        self._areas = areas
        self._section = 0
        self.area = areas[0]
        self.lines: list[Line] = []
        self.paragraphs: list[str] = []
        self.foreign_parts = 0
        """Embedded documents (`w:altChunk`) whose text is not read."""

    def story(self, root: etree._Element, reader: InlineReader, top: float) -> float:
        """Lay out all blocks of a story from `top` down and return where it ends."""
        return self._blocks(root, reader, None, top)

    def _blocks(
        self, parent: etree._Element, reader: InlineReader, area: Area | None, y: float, depth: int = 0
    ) -> float:
        for block in _blocks_of(parent):
            if block.tag == W + "p":
                y = self._paragraph(block, reader, area or self.area, y)
                if area is None and block.find(f"{W}pPr/{W}sectPr") is not None:
                    self._section = min(self._section + 1, len(self._areas) - 1)
                    self.area = self._areas[self._section]
            elif block.tag == W + "tbl":
                y = self._table(block, reader, area or self.area, y, depth)
            else:
                self.foreign_parts += 1
        return y

    def _table(self, table: etree._Element, reader: InlineReader, area: Area, y: float, depth: int) -> float:
        rows = list(_rows_of(table))
        grid = _grid(table, rows, area)
        properties = table.find(W + "tblPr")
        align, indent = None, None
        if properties is not None:
            align = value(properties.find(W + "jc"))
            indent = points(value(properties.find(W + "tblInd"), "w"))
        if align in ("center", "right", "end"):
            slack = area.right - area.left - sum(grid)
            left = area.left + (slack / 2 if align == "center" else slack)
        else:
            left = area.left + (indent if indent is not None else -CELL_MARGIN)
        edges = [left]
        for width in grid:
            edges.append(edges[-1] + width)
        for row in rows:
            bottom = y + 2
            column = _before(row)
            for cell in _cells_of(row):
                tcpr = cell.find(W + "tcPr")
                span = value(tcpr.find(W + "gridSpan")) if tcpr is not None else None
                end = column + max(1, int(span) if span is not None and span.isdecimal() else 1)
                start_x = edges[min(column, len(edges) - 2)]
                end_x = edges[min(end, len(edges) - 1)]
                column = end
                inside = Area(start_x + CELL_MARGIN, max(start_x + CELL_MARGIN, end_x - CELL_MARGIN))
                bottom = max(bottom, self._blocks(cell, reader, inside, y, depth + 1))
            y = bottom
        return y

    def _paragraph(self, element: etree._Element, reader: InlineReader, area: Area, y: float) -> float:
        properties = element.find(W + "pPr")
        style = value(properties.find(W + "pStyle")) if properties is not None else None
        look = paragraph_look(self._styles.paragraph(style), properties)
        inline = reader.read(element, look.run)
        if look.numbering and any(piece.text.strip() for piece in inline.pieces):
            label = self._numbering.next(look.numbering)
            if label:
                look_of_label = replace(inline.pieces[0].look, caps=False)
                inline.pieces[:0] = reader.shown([Piece(label + " ", look_of_label)])
        text = "".join(piece.text for piece in inline.pieces)
        self.paragraphs.extend(line for line in map(clean, text.split(BREAK)) if line)
        top = y
        y += look.before
        for stretches in printed_lines(inline):
            size = max((p.look.size for s in stretches for p in s.pieces), default=look.run.size)
            wraps = self._print(stretches, look, area, y, size)
            y += wraps * size * LEADING
            look = replace(look, first=0.0)
        y += look.after
        for box in inline.boxes:
            y = self._box(box, reader, area, top, y)
        return y

    def _print(self, stretches: list[Stretch], look: ParagraphLook, area: Area, y: float, size: float) -> int:
        """Put one printed line on the page and return how many it would be when wrapped."""
        left, right = area.left + look.left, area.right - look.right
        room = max(12.0, right - left - max(0.0, look.first))
        if sum(ink(stretch, size) for stretch in stretches) > room + size:
            return self._print_prose(stretches, left + look.first, right, y, room)
        rows = _rows_between(stretches, look, area, left, right, size)
        for number, placed in enumerate(rows):
            if not placed:
                continue
            joined = join(placed, COLUMN_GAP * size * LEADING)
            if look.align in ("center", "right"):
                end = joined[-1][0] + joined[-1][1].width
                slack = right - end if look.align == "right" else (right - end - (joined[0][0] - left)) / 2
                joined = [(at + slack, stretch) for at, stretch in joined]
            for at, stretch in joined:
                self._emit(stretch, at, right, y + number * size * LEADING, size)
        return len(rows)

    def _print_prose(self, stretches: list[Stretch], x: float, right: float, y: float, room: float) -> int:
        """Put a text that is longer than its line on the page: one line of the contract, as high as its lines."""
        prose = trimmed(whole(stretches))
        size = max(piece.look.size for piece in prose.pieces)
        lines = max(1, -int(-prose.width // room))
        self._emit(prose, x, right, y, size, lines)
        return lines

    def _emit(self, stretch: Stretch, x: float, right: float, y: float, size: float, lines: int = 1) -> None:
        text = clean(stretch.text)
        if not text:
            return
        scale = PAGE_WIDTH / self.area.page
        letters = sum(len(p.text.strip()) for p in stretch.pieces) or 1
        bold = sum(len(p.text.strip()) for p in stretch.pieces if p.look.bold) * 2 > letters
        italic = sum(len(p.text.strip()) for p in stretch.pieces if p.look.italic) * 2 > letters
        end = min(x + stretch.width, max(right, x + size))
        box = (x * scale, y, end * scale, y + lines * size * LEADING)
        self.lines.append(Line(text, 1, box, Source.WORD, size, bold, italic))

    def _box(self, box: TextBox, reader: InlineReader, area: Area, top: float, y: float) -> float:
        """Lay a text box out where it is anchored; one that flows with the text pushes the text down."""
        if box.x_from == "inline":
            return self._blocks(box.content, reader, area, y, 1)
        width = box.width or area.width / 3
        base = 0.0 if box.x_from in ("page", "leftMargin") else self.area.left
        left = base + box.x if box.x is not None else base
        left = min(max(0.0, left), self.area.page - 24)
        start = top
        if box.y is not None and box.y_from in ("paragraph", "line"):
            start = max(0.0, top + min(max(box.y, -60.0), 400.0))
        elif box.y is not None and top < 800:
            start = max(0.0, box.y + (0.0 if box.y_from == "page" else 50.0))
        inside = Area(left + CELL_MARGIN, min(left + max(24.0, width), self.area.page) - CELL_MARGIN)
        self._blocks(box.content, reader, inside, start, 1)
        return y


def _blocks_of(parent: etree._Element) -> Iterator[etree._Element]:
    for child in parent:
        tag = child.tag
        if tag in (W + "p", W + "tbl", W + "altChunk"):
            yield child
        elif tag in _BLOCK_WRAPPERS:
            yield from _blocks_of(child)
        elif tag == W + "sdt":
            for content in child.iterfind(W + "sdtContent"):
                yield from _blocks_of(content)
        elif tag == _MC_ALTERNATE:
            for branch in chosen(child):
                yield from _blocks_of(branch)


def _unwrapped(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _BLOCK_WRAPPERS or child.tag == W + "sdt":
            yield from _unwrapped(child, tag)


def _rows_of(table: etree._Element) -> Iterator[etree._Element]:
    return _unwrapped(table, W + "tr")


def _cells_of(row: etree._Element) -> Iterator[etree._Element]:
    return _unwrapped(row, W + "tc")


def _before(row: etree._Element) -> int:
    skipped = value(row.find(f"{W}trPr/{W}gridBefore"))
    return int(skipped) if skipped is not None and skipped.isdecimal() else 0


def _grid(table: etree._Element, rows: list[etree._Element], area: Area) -> list[float]:
    """Return the column widths: the table's grid, else the widest row's cells, else equal shares."""
    widths = [points(value(col, "w")) or 0.0 for col in table.iterfind(f"{W}tblGrid/{W}gridCol")]
    if not widths or not all(widths):
        widest: list[float] = []
        for row in rows:
            cells = list(_cells_of(row))
            if len(cells) > len(widest):
                widest = [points(value(cell.find(f"{W}tcPr/{W}tcW"), "w")) or 0.0 for cell in cells]
        if widths and len(widths) >= len(widest):
            widest = widths
        share = area.width / max(1, len(widest))
        widths = [width or share for width in widest] or [area.width]
    total = sum(widths)
    # A grid wider than the sheet is drawn off it; only the proportions tell anything then.
    return [width * area.width / total for width in widths] if total > PAGE_WIDTH * 1.5 else widths


def _next_stop(x: float, look: ParagraphLook) -> tuple[float, str]:
    for position, kind in look.tabs:
        if position > x + 0.5:
            return position, kind
    # The hanging indent is a tab stop of its own.
    if look.first < 0 and x + 0.5 < look.left:
        return look.left, "left"
    # Half a point past the last stop still stands on it: sums of widths are never exact.
    return (int((x + 0.5) / DEFAULT_TAB) + 1) * DEFAULT_TAB, "left"


def _rows_between(
    stretches: list[Stretch], look: ParagraphLook, area: Area, left: float, right: float, size: float
) -> list[list[tuple[float, Stretch]]]:
    """Place what stands between tabs and wide blanks; what they push past the margin carries on in the next row."""
    rows: list[list[tuple[float, Stretch]]] = [[]]
    x = left + look.first
    own = {position for position, _ in look.tabs}
    limit = max(right - size, area.left + max(own, default=0.0) + 1)
    for index, stretch in enumerate(stretches):
        if index:
            stop, kind = _next_stop(x - area.left, look)
            if area.left + stop > right and stop not in own:
                rows.append([])
                x = left
                stop, kind = _next_stop(x - area.left, look)
            share = {"center": 0.5, "right": 1.0, "end": 1.0, "decimal": 1.0}.get(kind, 0.0)
            x = max(x, area.left + stop - share * stretch.width)
        begin = x
        for offset, part in split_by_spaces(stretch, size):
            at = begin + offset
            if at >= limit:
                rows.append([])
                begin, at = left - offset, left
            rows[-1].append((at, part))
        x = begin + stretch.width
    return rows
