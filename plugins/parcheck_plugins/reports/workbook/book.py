# SPDX-License-Identifier: Apache-2.0
"""One XLSX file: its looks, cells that can do no harm, and tables that go on in a further sheet when one is full."""

from __future__ import annotations

import contextlib
import datetime
import enum
import math
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, Final, Self

from parcheck.model import Outcome, Severity
from parcheck_plugins.reports.harmless import cut, formula, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import TracebackType

    from parcheck.catalogue import Catalogue

MAX_ROWS: Final = 1_048_576
"""Of one sheet, its heading included (Microsoft: Excel specifications and limits)."""
_A4: Final = 9
_FIRST_DAY: Final = datetime.date(1900, 3, 1)
"""Excel counts a 29 February 1900 that never was; what lies before it is written as text."""
_LINE_HEIGHT: Final = 14.5
"""Of a line of 11 points, in points."""
_LETTERS: Final = 1.1
"""Of Times New Roman, in the width of one digit of Excel's own font; a little low, so that no line is hidden."""
_CAPITAL: Final = 1.6
"""Small letters that a capital is as wide as: names of agencies are printed in capitals."""
_TITLE_LINE: Final = 19.0
"""Of a line of 14 points, in points."""
_TITLE_LARGER: Final = 0.7
"""So many letters of a title stand where one of the text would."""
_HIGHEST: Final = 409.0
"""Of a row, in points (Microsoft: Excel specifications and limits)."""
_FONT: Final = "Times New Roman"
_HEAD: Final = "#1F3864"
_LINE: Final = "#BFBFBF"
_ENTRY: Final = ("#FFFFE5", "#000000")
OUTCOME_COLOURS: Final[Mapping[Outcome, tuple[str, str]]] = {
    Outcome.SATISFIED: ("#E2EFDA", "#1E4620"),
    Outcome.MISSING: ("#F8CBAD", "#7B1E0A"),
    Outcome.INVALID: ("#FCE4D6", "#7B1E0A"),
    Outcome.UNDETERMINED: ("#FFF2CC", "#5F4700"),
    Outcome.EXPLAINED: ("#DDEBF7", "#1F3864"),
    Outcome.NOT_APPLICABLE: ("#EDEDED", "#404040"),
    Outcome.WAIVED: ("#EDEDED", "#404040"),
    Outcome.NOT_CHECKED: ("#EDEDED", "#404040"),
}
"""Paper and ink; every pair has a contrast of 7:1 or more. The word stands in the cell as well."""
SEVERITY_COLOURS: Final[Mapping[Severity, tuple[str, str]]] = {
    Severity.ERROR: OUTCOME_COLOURS[Outcome.INVALID],
    Severity.WARNING: OUTCOME_COLOURS[Outcome.UNDETERMINED],
    Severity.NOTE: OUTCOME_COLOURS[Outcome.NOT_CHECKED],
}


class Look(enum.Enum):
    """How a cell looks."""

    TEXT = enum.auto()
    WRAPPED = enum.auto()
    CENTRED = enum.auto()
    COUNT = enum.auto()
    POINTS = enum.auto()
    DAY = enum.auto()
    HEAD = enum.auto()
    TITLE = enum.auto()
    LINE = enum.auto()
    ENTRY = enum.auto()
    """A cell that an appraiser fills in."""
    ENTRY_DAY = enum.auto()
    """The same for a day. It is a text: a spreadsheet set to American dates takes 05/6/2026 for the 6th of May."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    key: str
    """Of the catalogue's terms "workbook"."""
    width: float
    """In letters."""
    look: Look = Look.WRAPPED
    printed: bool = True
    """Whether it goes on paper; those that do not stand last."""


class Book:
    """A workbook being written."""

    def __init__(
        self, stream: IO[bytes], catalogue: Catalogue, language: str, started: str, properties: Mapping[str, str]
    ) -> None:
        import xlsxwriter

        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self._file = xlsxwriter.Workbook(stream, options)
        self.catalogue, self.language = catalogue, language
        self._file.set_properties({"title": self.ui("report-title"), "created": _moment(started)})
        for name, value in properties.items():
            self._file.set_custom_property(name, value, "text")
        self._formats: dict[tuple[object, ...], Any] = {}
        self._names: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self._file.close()
            return
        # Closing removes the rows kept on disk; the half file itself is not wanted.
        with contextlib.suppress(Exception):
            self._file.close()

    def ui(self, key: str, **args: object) -> str:
        """Return a phrase of the catalogue."""
        return self.catalogue.phrase(key, self.language, **args)

    def word(self, key: str) -> str:
        """Return a word of the workbook."""
        return self.catalogue.term("workbook", key, self.language)

    def sheet(self, key: str) -> Sheet:
        """Add a sheet; a second one of that name is numbered."""
        name = base = self.word(key)
        number = 1
        while name in self._names:
            number += 1
            name = f"{base} ({number})"
        self._names.add(name)
        from parcheck_plugins.reports.workbook.streamed import StreamedSheet

        return Sheet(self, self._file.add_worksheet(name, worksheet_class=StreamedSheet), name)

    def format(self, look: Look, colours: tuple[str, str] | None = None, *, quoted: bool = False) -> Any:
        """Return a format. Quoted: a spreadsheet leaves the text alone even when somebody edits the cell."""
        key = (look, colours, quoted)
        if key not in self._formats:
            self._formats[key] = self._file.add_format(_properties(look, colours) | {"quote_prefix": quoted})
        return self._formats[key]

    def added(self, properties: Mapping[str, object]) -> Any:
        """Return a format for what changes only a part of a cell's look."""
        return self._file.add_format(dict(properties))


class Sheet:
    """One worksheet; rows are written from the top down."""

    def __init__(self, book: Book, sheet: Any, name: str) -> None:
        self.book, self.name, self._sheet = book, name, sheet
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.set_footer(f"&L{name.replace('&', '&&')}&R{book.word('page-of')}")

    def prepare(self, widths: Sequence[float], *, head: int, fixed: int = 0, scale: int | None = None) -> None:
        """Set widths, what stays in sight, and how it prints.

        Args:
            widths: of the columns, in letters.
            head: row of the headings, from 0; it and all above stay in sight, it alone is repeated on paper.
            fixed: so many columns stay in sight and are repeated on paper.
            scale: percent at which it prints, pages side by side; without it, it is shrunk to one page's width.
        """
        for column, width in enumerate(widths):
            self._sheet.set_column(column, column, width)
        self._sheet.freeze_panes(head + 1, fixed)
        self._sheet.repeat_rows(head)
        if scale is None:
            self._sheet.fit_to_pages(1, 0)
        else:
            self._sheet.repeat_columns(0, fixed - 1)
            self._sheet.set_print_scale(scale)

    def filter(self, head: int, last: int, columns: int) -> None:
        """Put filters on a table."""
        self._sheet.autofilter(head, 0, max(head, last), columns - 1)

    def allow(self, rows: tuple[int, int], column: int, rule: Mapping[str, Any]) -> None:
        """Say what may be written into the cells of a column, from the first row to the last (XlsxWriter's terms)."""
        self._sheet.data_validation(rows[0], column, rows[1], column, dict(rule))

    def highlight(self, rows: tuple[int, int], column: int, formula: str, colours: tuple[str, str]) -> None:
        """Colour the cells of a column where a formula holds."""
        paper, ink = colours
        look = self.book.added({"bg_color": paper, "font_color": ink})
        rule = {"type": "formula", "criteria": formula, "format": look}
        self._sheet.conditional_format(rows[0], column, rows[1], column, rule)

    def print_only(self, last: int, columns: int) -> None:
        """Print the first columns only, down to a row."""
        self._sheet.print_area(0, 0, last, columns - 1)

    def banner(self, row: int, columns: int, text: str, look: Look, width: float) -> None:
        """Write a line over the first columns, as high as it needs to be: where these are repeated it is not cut."""
        count = lines([text], [width * (_TITLE_LARGER if look is Look.TITLE else 1)])
        self._sheet.set_row(row, count * (_TITLE_LINE if look is Look.TITLE else _LINE_HEIGHT) + 1)
        self._sheet.merge_range(row, 0, row, columns - 1, "", self.book.format(look))
        self.put(row, 0, text, look)

    def height(self, row: int, lines: int) -> None:
        """Set the height of a row that is not written yet: not every program finds it out by itself."""
        self._sheet.set_row(row, min(max(lines, 1) * _LINE_HEIGHT + 1, _HIGHEST))

    def put(self, row: int, column: int, value: object, look: Look, colours: tuple[str, str] | None = None) -> None:
        """Write one cell: numbers and days as what they are, everything else as text that cannot become a formula."""
        form = self.book.format(look, colours)
        match value:
            case None | "":
                self._sheet.write_blank(row, column, None, form)
            case float() | int() if math.isfinite(value):
                self._sheet.write_number(row, column, value, form)
            case datetime.date() if value >= _FIRST_DAY:
                self._sheet.write_datetime(row, column, value, form)
            case _:
                text = cut(shown(str(value)))
                if formula(text):
                    form = self.book.format(look, colours, quoted=True)
                self._sheet.write_string(row, column, text, form)


class Table:
    """A table with headings and filters; goes on in a further sheet when one is full."""

    def __init__(
        self,
        book: Book,
        key: str,
        columns: Sequence[Column],
        fixed: int = 0,
        *,
        finish: Callable[[Sheet, tuple[int, int]], None] | None = None,
    ) -> None:
        self._book, self._key, self._columns, self._fixed, self._finish = book, key, columns, fixed, finish
        self._begin()

    def _begin(self) -> None:
        self._sheet = self._book.sheet(self._key)
        self._sheet.prepare([column.width for column in self._columns], head=0, fixed=self._fixed)
        self._sheet.height(0, 3)
        for number, column in enumerate(self._columns):
            self._sheet.put(0, number, self._book.word(column.key), Look.HEAD)
        self._row = 0

    def add(self, values: Sequence[object], colours: Mapping[int, tuple[str, str]]) -> None:
        """Write one row; `colours` are those of columns that have their own."""
        if self._row + 1 >= MAX_ROWS:
            self.end()
            self._begin()
        self._row += 1
        self._sheet.height(self._row, lines(values, [column.width for column in self._columns]))
        for number, (column, value) in enumerate(zip(self._columns, values, strict=True)):
            self._sheet.put(self._row, number, value, column.look, colours.get(number))

    def end(self) -> None:
        """Put the filters on, and what `finish` puts on a sheet and its rows."""
        self._sheet.filter(0, self._row, len(self._columns))
        self._sheet.print_only(self._row, sum(column.printed for column in self._columns))
        if self._finish is not None and self._row:
            self._finish(self._sheet, (1, self._row))


def lines(values: Sequence[object], widths: Sequence[float]) -> int:
    """Return how many lines the highest cell of a row takes, by its letters."""
    return max(
        sum(max(1, math.ceil(_length(line, width) / (width * _LETTERS))) for line in str(value or "").split("\n"))
        for value, width in zip(values, widths, strict=True)
    )


def _length(line: str, width: float) -> float:
    """Return the length of a line in small letters; of one that fits however it is written, how many signs it has."""
    count = len(line)
    return count if count * _CAPITAL <= width else count + (_CAPITAL - 1) * sum(map(str.isupper, line))


def _properties(look: Look, colours: tuple[str, str] | None) -> dict[str, object]:
    made: dict[str, object] = {"font_name": _FONT, "font_size": 11, "valign": "top"}
    match look:
        case Look.TITLE:
            return made | {"bold": True, "font_size": 14, "text_wrap": True}
        case Look.LINE:
            return made | {"text_wrap": True}
        case Look.HEAD:
            colours = (_HEAD, "#FFFFFF")
            made |= {"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter"}
        case Look.WRAPPED:
            made["text_wrap"] = True
        case Look.CENTRED:
            made |= {"align": "center", "text_wrap": True}
        case Look.COUNT:
            made |= {"num_format": "#,##0", "align": "center"}
        case Look.POINTS:
            made |= {"num_format": "#,##0.###;-#,##0.###;0", "align": "center"}
        case Look.DAY:
            made |= {"num_format": "dd/mm/yyyy", "align": "center", "text_wrap": True}
        case Look.ENTRY:
            colours = _ENTRY
            made["text_wrap"] = True
        case Look.ENTRY_DAY:
            colours = _ENTRY
            made |= {"num_format": "@", "align": "center"}
    if colours:
        paper, ink = colours
        made |= {"bg_color": paper, "font_color": ink}
    return made | {"border": 1, "border_color": _LINE}


def _moment(started: str) -> datetime.datetime:
    """Return when the check began: the file says that of itself, so that the same report gives the same bytes."""
    try:
        return datetime.datetime.fromisoformat(started).replace(tzinfo=None)
    except ValueError:
        return datetime.datetime(1980, 1, 1)  # noqa: DTZ001 - a file's own date has no zone
