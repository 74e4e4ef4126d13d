# SPDX-License-Identifier: Apache-2.0
"""An opened workbook: one page per sheet, through python-calamine."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from parcheck.errors import UnreadableFile
from parcheck.model import Reason, Source
from parcheck.reading.document import Document, Line
from parcheck_plugins import legacy_text
from parcheck_plugins.spreadsheet.formats import PARTS, ZIPPED
from parcheck_plugins.spreadsheet.grid import Rows, lay_out, table_text
from parcheck_plugins.spreadsheet.limits import MAX_CELLS, MAX_ROWS, MAX_SHEETS, check_archive, wide_sheets
from parcheck_plugins.spreadsheet.values import Value, cell_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

TOO_LARGE: Final = Reason("sheet-too-large", {"rows": MAX_ROWS})


@dataclass(slots=True)
class Sheet:
    """One sheet of a workbook."""

    name: str
    hidden: bool
    rows: Rows = field(default_factory=list)
    merged: dict[tuple[int, int], int] = field(default_factory=dict)
    """(row, column) of a merged cell's first corner to the column behind its last."""
    encoding: str = "unicode"
    """How the file codes its text: "tcvn3", "vni" and "vps" were converted."""
    unread: Reason | None = None

    @property
    def cells(self) -> int:
        """Number of filled cells."""
        return sum(map(len, self.rows))


class SheetDocument(Document):
    """A workbook as evidence. Hidden sheets are read too, behind the others: page 1 is the first tab that is seen.

    Raises:
        UnreadableFile: `file-damaged`, `file-encrypted`, `file-too-large`.
    """

    paged = False
    source = Source.SHEET
    wraps = False

    def __init__(self, path: Path, media_type: str) -> None:
        self.media_type = media_type
        if media_type in ZIPPED:
            check_archive(path)
        far = wide_sheets(path) if media_type in PARTS else frozenset()
        self.sheets: tuple[Sheet, ...] = tuple(_read(path, far))
        """The sheets, those that are seen first."""
        self.page_count = max(1, len(self.sheets))
        self._lines: dict[int, tuple[Line, ...]] = {}
        self._texts: dict[int, str] = {}

    def _sheet(self, page: int) -> Sheet | None:
        return self.sheets[page - 1] if 1 <= page <= len(self.sheets) else None

    def text(self, page: int) -> str:
        """Return the sheet's filled rows, cells parted by tabs."""
        sheet = self._sheet(page)
        if page not in self._texts:
            self._texts[page] = table_text(sheet.rows) if sheet else ""
        return self._texts[page]

    def lines(self, page: int) -> Sequence[Line]:
        """Return the cells of the sheet, one line for each line of each cell."""
        sheet = self._sheet(page)
        if page not in self._lines:
            self._lines[page] = tuple(lay_out(sheet.rows, sheet.merged, page)) if sheet else ()
        return self._lines[page]

    @property
    def encoding(self) -> str:
        """Return the font encoding that a sheet was converted from, or "unicode"."""
        return next((sheet.encoding for sheet in self.sheets if sheet.encoding != "unicode"), "unicode")

    def unread(self, page: int) -> Reason | None:
        """Return `sheet-too-large` for a sheet read in part or not at all, or `legacy-encoding`."""
        sheet = self._sheet(page)
        return sheet.unread if sheet else None

    def close(self) -> None:
        """Release what was read."""
        self.sheets = ()
        self._lines.clear()
        self._texts.clear()


def _guarded(what: Callable[[], Any]) -> Any:
    """Call into python-calamine; what it cannot read is the file's fault, a panic of its own included."""
    from python_calamine import CalamineError, PasswordError

    try:
        return what()
    except PasswordError as error:
        raise UnreadableFile("file-encrypted") from error
    except CalamineError as error:
        # An OpenDocument sheet that repeats its cells into millions: "Cell limit exceeded (… requested, max …)".
        numbers = re.findall(r"\d+", str(error))
        if "limit exceeded" in str(error) and len(numbers) == 2:
            raise UnreadableFile("file-too-large", size=f"{numbers[0]} ô", limit=f"{numbers[1]} ô") from error
        raise UnreadableFile("file-damaged", detail=str(error)) from error
    except BaseException as error:
        # Not an Exception by its class, and its class is not importable: pyo3_runtime.PanicException.
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableFile("file-damaged", detail=str(error)) from error


def _read(path: Path, far: frozenset[str]) -> list[Sheet]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    workbook = _guarded(lambda: CalamineWorkbook.from_path(path))
    known = [m for m in workbook.sheets_metadata if m.typ in (SheetTypeEnum.WorkSheet, SheetTypeEnum.MacroSheet)]
    known.sort(key=lambda m: m.visible != SheetVisibleEnum.Visible)
    sheets: list[Sheet] = []
    left = MAX_CELLS
    for number, about in enumerate(known):
        sheet = Sheet(about.name, about.visible != SheetVisibleEnum.Visible)
        sheets.append(sheet)
        if number >= MAX_SHEETS or left <= 0 or about.name in far:
            sheet.unread = TOO_LARGE
            continue
        _fill(sheet, workbook, left)
        left -= sheet.cells
    return sheets


def _fill(sheet: Sheet, workbook: Any, most: int) -> None:
    table = _guarded(lambda: workbook.get_sheet_by_name(sheet.name))
    if table.start is None:
        return
    top, first = table.start
    rows = _guarded(lambda: table.to_python(nrows=MAX_ROWS))
    coding = _coding(sheet, rows)
    count = 0
    for values in rows:
        row = {column: text for column, value in enumerate(values) if value != "" and (text := _text(value, coding))}
        sheet.rows.append(row)
        count += len(row)
        if count >= most:
            break
    if len(sheet.rows) < table.height:
        sheet.unread = TOO_LARGE
    for (row_number, column), (_, last) in table.merged_cell_ranges or ():
        at = (row_number - top, column - first)
        if 0 <= at[0] < len(sheet.rows) and at[1] >= 0:
            sheet.merged[at] = last - first + 1
    if coding and sheet.unread is None and not legacy_text.reads_well(table_text(sheet.rows)):
        sheet.unread = Reason("legacy-encoding", {"encoding": coding.encoding})


def _coding(sheet: Sheet, rows: list[list[Value]]) -> legacy_text.Coding | None:
    """Find out how a sheet's text is coded, by how it reads: the fonts are not known."""
    sample = "\n".join(value for row in rows for value in row if isinstance(value, str) and value)
    if sample.isascii():
        return None
    found = legacy_text.detect(sample)
    if found is not None:
        sheet.encoding = found.coding.encoding
        return found.coding
    doubtful = legacy_text.looks_legacy(sample)
    if doubtful:
        sheet.unread = Reason("legacy-encoding", {"encoding": doubtful})
    return None


def _text(value: Value, coding: legacy_text.Coding | None) -> str:
    if coding and isinstance(value, str) and not value.isascii():
        value = "".join(legacy_text.decode([("", value)], {"": coding})[0])
    return cell_text(value)
