# SPDX-License-Identifier: Apache-2.0
"""Tables of a PDF as grids: cells from the lines drawn, text from the letters between them."""

from __future__ import annotations

import io
import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, Final

from parcheck.errors import UnreadableFile
from parcheck.reading.grids import EMPTY, Cell, Grid, Tables
from parcheck_plugins.tables.flowing import TextLine, paragraphs, text_lines
from parcheck_plugins.tables.ruling import place_of, ruled_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from parcheck_plugins.tables.ruling import Ruled

MAX_PAGES: Final = 400
_FEW_LETTERS: Final = 20
"""A page with fewer, and a picture on it, is a scan."""
_PADDING: Final = 8.0
"""Points; the widest that the blank beside a cell's text is taken to be."""
_PAGE_NUMBER: Final = re.compile(r"(?:trang\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?", re.IGNORECASE)


def pdf_tables(path: Path) -> Tables:
    """Return the tables of a PDF, one grid for each part that stands on a page.

    Pages with their text turned are turned back first. Pages that are pictures are named in `Tables.unread`.

    Raises:
        UnreadableFile: `file-encrypted`, `file-damaged`, `file-too-large`.
    """
    import pdfplumber
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        with pdfplumber.open(path) as pdf:
            _check_length(len(pdf.pages))
            turns: dict[int, int] = {}
            tables = _read(pdf, turns)
        if turns:
            with pdfplumber.open(_turned(path, turns)) as pdf:
                tables = _read(pdf, {})
    except UnreadableFile:
        raise
    except PdfminerException as error:
        cause = error.args[0] if error.args else error
        if isinstance(cause, PDFPasswordIncorrect | PDFEncryptionError):
            raise UnreadableFile("file-encrypted") from error
        raise UnreadableFile("file-damaged", detail=f"{type(cause).__name__}: {cause}") from error
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise UnreadableFile("file-encrypted") from error
    except Exception as error:
        # pdfminer raises whatever a broken file makes it stumble over: KeyError, TypeError, struct.error …
        raise UnreadableFile("file-damaged", detail=f"{type(error).__name__}: {error}") from error
    else:
        return tables


def _check_length(pages: int) -> None:
    if pages > MAX_PAGES:
        raise UnreadableFile("file-too-large", size=f"{pages} tr.", limit=f"{MAX_PAGES} tr.")


def _turn(page: Any) -> int:
    """Return by how many degrees, clockwise, a page must be turned for its text to stand upright."""
    ways: Counter[int] = Counter()
    for letter in page.chars:
        a, b = letter["matrix"][:2]
        if letter["text"].strip():
            ways[0 if abs(a) >= abs(b) and a > 0 else 180 if abs(a) >= abs(b) else 90 if b > 0 else 270] += 1
    if not ways:
        return 0
    way, count = ways.most_common(1)[0]
    return way if count * 5 > sum(ways.values()) * 3 else 0


def _turned(path: Path, turns: dict[int, int]) -> io.BytesIO:
    import pypdfium2

    made = io.BytesIO()
    document = pypdfium2.PdfDocument(path)
    try:
        for number, turn in turns.items():
            page = document[number]
            page.set_rotation((page.get_rotation() + turn) % 360)
            page.close()
        document.save(made)
    finally:
        document.close()
    made.seek(0)
    return made


def _read(pdf: Any, turns: dict[int, int]) -> Tables:
    """Return the tables; `turns` takes the pages (0-based) that must be turned before they can be read."""
    tables = Tables()
    above: list[str] = []
    unread: list[int] = []
    for page in pdf.pages:
        try:
            letters = page.chars
            if sum(bool(letter["text"].strip()) for letter in letters) < _FEW_LETTERS:
                if page.images:
                    unread.append(page.page_number)
                continue
            if turn := _turn(page):
                turns[page.page_number - 1] = turn
                continue
            found = ruled_tables(page)
            inside, outside = _sorted_letters(letters, found)
            outer = text_lines(outside)
            for table, own in zip(found, inside, strict=True):
                above += _said(line for line in outer if line.bottom <= table.box[1] + 2)
                outer = [line for line in outer if line.bottom > table.box[1] + 2]
                tables.grids.append(_grid(table, own, above, page.page_number))
                above = []
            above += _said(outer)
        finally:
            page.close()
    tables.after = above
    tables.unread = tuple(unread)
    return tables


def _said(lines: Iterable[TextLine]) -> list[str]:
    return [line.text for line in lines if not _PAGE_NUMBER.fullmatch(line.text)]


def _sorted_letters(letters: Sequence[Any], tables: Sequence[Ruled]) -> tuple[list[list[Any]], list[Any]]:
    inside: list[list[Any]] = [[] for _ in tables]
    outside: list[Any] = []
    for letter in letters:
        x, y = (letter["x0"] + letter["x1"]) / 2, (letter["top"] + letter["bottom"]) / 2
        for number, table in enumerate(tables):
            left, top, right, bottom = table.box
            if left <= x <= right and top <= y <= bottom:
                inside[number].append(letter)
                break
        else:
            outside.append(letter)
    return inside, outside


def _grid(table: Ruled, letters: Sequence[Any], above: list[str], page: int) -> Grid:
    rows, columns = len(table.ys) - 1, len(table.xs) - 1
    owner = {
        (row, column): cell
        for cell in table.cells
        for row in range(cell[0], cell[2])
        for column in range(cell[1], cell[3])
    }
    by_cell: dict[tuple[int, int, int, int], list[Any]] = defaultdict(list)
    for letter in letters:
        row = place_of((letter["top"] + letter["bottom"]) / 2, table.ys)
        column = place_of((letter["x0"] + letter["x1"]) / 2, table.xs)
        if (row, column) in owner:
            by_cell[owner[row, column]].append(letter)
    lines = {cell: text_lines(own) for cell, own in by_cell.items()}
    padding = _paddings(table, lines)
    grid = Grid([[EMPTY] * columns for _ in range(rows)], above, page, columns=table.xs)
    for cell in table.cells:
        blank = padding[cell[1]]
        left, right = table.xs[cell[1]] + blank, table.xs[cell[3]] - blank
        texts, flows_on = paragraphs(lines.get(cell, ()), left, right)
        made = Cell("\n".join(texts), flows_on)
        for covered in grid.rows[cell[0] : cell[2]]:
            covered[cell[1] : cell[3]] = [made] * (cell[3] - cell[1])
    return grid


def _paddings(table: Ruled, lines: dict[tuple[int, int, int, int], list[TextLine]]) -> dict[int, float]:
    """Return, by first column of a cell, the blank between its border and its text."""
    paddings = dict.fromkeys(range(len(table.xs)), _PADDING)
    for cell, own in lines.items():
        for line in own:
            blank = line.left - table.xs[cell[1]]
            paddings[cell[1]] = max(0.5, min(paddings[cell[1]], blank))
    return paddings
