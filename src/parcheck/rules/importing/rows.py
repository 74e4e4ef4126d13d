# SPDX-License-Identifier: Apache-2.0
"""The rows of tables of criteria as printed: split rows joined, headings and totals left out, notes kept."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from parcheck.reading.grids import EMPTY, Cell
from parcheck.rules.importing.columns import Heading, at, find_heading, numbers_columns, repeats
from parcheck.rules.importing.labels import Label, is_item, label_of, leading_label, names_number, points_in
from parcheck.submission.comparing import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from parcheck.reading.grids import Grid

_TOTAL: Final = re.compile(
    r"^(?:tong(?: so| cong)?(?: diem.*)?|cong(?: diem)?|tong (?:diem )?(?:toi da|chung|cac)\b.*)$"
)
_NOTE: Final = re.compile(r"^(?:\(?\*+\)?\s*)?(?:ghi chú|lưu ý|chú thích|chú ý)\s*[:.]|^\(?\*+\)?\s*\S", re.IGNORECASE)
_ENDED: Final = re.compile(r"[.;:!?…]\s*$")
_VARIABLE: Final = re.compile(r"[a-zđ]\d?\s*(?:là|:|=)\s")
_TEXTS: Final = ("name", "scoring", "evidence", "note", "method", "explanation", "more")
_NEAR: Final = 12.0
"""Points by which a column may stand elsewhere on the next page."""


@dataclass(slots=True)
class Text:
    """The paragraphs of one column of a row, over all its pages; shared by the rows that one merged cell covers."""

    lines: list[str] = field(default_factory=list)
    flows_on: bool = False
    covers: int = 1

    def add(self, cell: Cell, *, overleaf: bool) -> None:
        """Add a cell's paragraphs; the first goes on with the last one where the page ended inside it."""
        lines = [line.strip() for line in cell.text.split("\n") if line.strip()]
        if not lines:
            return
        if overleaf and self.lines and _goes_on(self, lines[0]):
            self.lines[-1] += " " + lines.pop(0)
        self.lines += lines
        self.flows_on = cell.flows_on


@dataclass(slots=True)
class RawRow:
    """One row as printed, nothing interpreted but its label."""

    label: Label | None
    texts: dict[str, Text]
    file: int
    number: int
    """Row within the table, heading aside, from 1."""
    pages: list[int] = field(default_factory=list)
    points: list[str] = field(default_factory=list)
    split: dict[str, str] = field(default_factory=dict)
    """Method to what stands in its own column: points, or a cross."""
    loose: list[RawRow] = field(default_factory=list)
    """Rows without a label below it: ways of scoring in rows of their own, or criteria that have no number."""
    listed: str = ""
    """The running number of the row, where its code stands elsewhere."""
    whole: bool = False
    """Whether it is one cell over the whole width."""
    unsure: set[str] = field(default_factory=set)

    def text(self, role: str) -> list[str]:
        """Return the paragraphs of a column; none where the table has no such column."""
        return self.texts[role].lines if role in self.texts else []

    @property
    def name(self) -> str:
        """The first paragraph of the name."""
        return next(iter(self.text("name")), "")


@dataclass(slots=True)
class Table:
    """The rows under one heading, on however many pages."""

    file: int
    heading: Heading
    before: list[str]
    pages: list[int] = field(default_factory=list)
    sheet: str | None = None
    rows: list[RawRow] = field(default_factory=list)
    total: float | None = None
    notes: list[str] = field(default_factory=list)
    filled: dict[str, list[float]] = field(default_factory=dict)
    """Columns of results ("claimed", "authority", "reached", "rank") to the numbers in them."""
    cited: int = 0
    """Cells of evidence that cite a document by number: what a unit hands in, not what is asked for."""

    def has(self, role: str) -> bool:
        """Return whether it has a column of this kind."""
        return bool(self.heading.columns(role))


_CITED: Final = re.compile(r"(?:số\s*:?\s*)?\d{1,5}\s*/\s*(?:\d{4}/)?[A-ZĐa-z]{1,6}\s*-\s*[A-ZĐ]")
_RESULTS: Final = ("claimed", "authority", "reached", "rank", "survey")


def read_tables(grids: Iterable[Grid], file: int) -> tuple[list[Table], list[Grid]]:
    """Return (tables that may list criteria, grids that are something else).

    A grid without a heading, or with the same one again and nothing but the page's end above it, goes on with the
    table before.
    """
    tables: list[Table] = []
    others: list[Grid] = []
    reader: _Reader | None = None
    for grid in grids:
        if not grid.rows:
            continue
        heading = find_heading(grid)
        above = _above(grid, heading) if heading else grid.before
        running = not above or (reader is not None and set(above) <= reader.said)
        if heading and heading.of_criteria and reader and running and _same(reader.table.heading, heading):
            reader.take(grid, heading.roles, heading.behind)
        elif heading and heading.of_criteria:
            reader = _Reader(Table(file, heading, above))
            reader.said |= set(above)
            reader.table.sheet = grid.sheet
            tables.append(reader.table)
            reader.take(grid, heading.roles, heading.behind)
        elif reader and (roles := _carried(reader, grid)) and (heading is None or not _other(heading)):
            reader.take(grid, roles, 0)
        else:
            others.append(grid)
            reader = None
    return tables, others


def _above(grid: Grid, heading: Heading) -> list[str]:
    inner = [text for row in grid.rows[: heading.top] for text in dict.fromkeys(cell.text for cell in row) if text]
    return [*grid.before, *inner]


def _same(one: Heading, other: Heading) -> bool:
    same = sum(b == a or b.startswith(a + " ") for a, b in zip(one.texts, other.texts, strict=False))
    return one.roles == other.roles and same * 3 >= len(one.texts) * 2


def _other(heading: Heading) -> bool:
    """Tell a heading of another table from a first row whose words happen to sound like one."""
    return len({role for _, role in heading.roles}) > 2


def _carried(reader: _Reader, grid: Grid) -> tuple[tuple[int, str], ...] | None:
    """Return the roles of the columns of a part without a heading, or None where it is another table."""
    if grid.before and not all(_NOTE.match(line) or len(line) < 4 for line in grid.before):
        return None
    width = max(map(len, grid.rows))
    if grid.columns and reader.columns:
        roles = []
        for column, role in reader.table.heading.roles:
            left = reader.columns[column]
            near = [k for k, edge in enumerate(grid.columns[:-1]) if abs(edge - left) <= _NEAR]
            if near:
                roles.append((near[0], role))
        return tuple(roles) if any(role == "name" for _, role in roles) else None
    return reader.table.heading.roles if width == len(reader.table.heading.texts) else None


def _unstacked(own: dict[str, Cell]) -> list[dict[str, Cell]]:
    """Return the rows that a writer put into one: "1.1" over "1.2" in one cell, their names over each other too."""
    codes = own.get("code", EMPTY).text.split("\n")
    count = len(codes)
    names = own.get("name", EMPTY).text.split("\n")
    if count < 2 or len(names) != count or not all((each := label_of(c)) and each.kind != "dash" for c in codes):
        return [own]
    rows: list[dict[str, Cell]] = [{} for _ in codes]
    for role, cell in own.items():
        parts = cell.text.split("\n")
        for number, row in enumerate(rows):
            row[role] = Cell(parts[number]) if len(parts) == count else cell if number == 0 else EMPTY
    return rows


def _behind(cell: Cell, heading: str) -> Cell:
    """Return what a cell holds behind the words of its heading."""
    if not heading or not folded(cell.text).startswith(heading + " "):
        return EMPTY
    for match in re.finditer(r"\s+", cell.text):
        if folded(cell.text[: match.start()]) == heading:
            return Cell(cell.text[match.end() :], cell.flows_on)
    return EMPTY


def _goes_on(text: Text, line: str) -> bool:
    if is_item(line) or _VARIABLE.match(line):
        return False
    last = text.lines[-1]
    return text.flows_on or (not _ENDED.search(last) and line[:1].islower())


class _Reader:
    """Takes the parts of one table, page by page."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.columns: tuple[float, ...] = ()
        self.before: Sequence[Cell] = ()
        self.count = 0
        self.said: set[str] = set()
        """Lines above the parts so far: one that stands there again is a running title."""

    def take(self, grid: Grid, roles: tuple[tuple[int, str], ...], first: int) -> None:
        """Take the rows of a part from `first` on."""
        self.columns = grid.columns or self.columns
        if grid.page is not None and grid.page not in self.table.pages:
            self.table.pages.append(grid.page)
        self.before = ()
        fresh = bool(self.table.rows)
        heads = {id(cell) for row in grid.rows[:first] for cell in row if cell is not EMPTY}
        spilt = self._spilt(grid.rows[first - 1]) if first else []
        for shown in grid.rows[first:]:
            # A cell without a border below its heading reaches into the rows: there it says nothing.
            cells = [EMPTY if id(cell) in heads else cell for cell in shown]
            if not any(cell.text.strip() for cell in cells) or numbers_columns(cells):
                continue
            if repeats(self.table.heading, cells):
                spilt = self._spilt(cells) or spilt
                continue
            for each in [*spilt, cells]:
                self._row(each, dict(roles), grid.page, overleaf=fresh)
                self.before = each
                fresh = False
            spilt = []

    def _spilt(self, row: Sequence[Cell]) -> list[list[Cell]]:
        """Return what a row that goes on overleaf has left in the heading, where no line parts the two."""
        texts = self.table.heading.texts
        cells = [_behind(cell, texts[column]) if column < len(texts) else EMPTY for column, cell in enumerate(row)]
        return [cells] if any(cell is not EMPTY for cell in cells) else []

    def _row(self, cells: Sequence[Cell], columns: dict[int, str], page: int | None, *, overleaf: bool) -> None:
        own = self._cells(cells, columns)
        for single in _unstacked(own) if not self._again(own.get("code", EMPTY), columns, "code") else [own]:
            self._one(single, cells, columns, page, overleaf=overleaf)

    def _one(
        self,
        own: dict[str, Cell],
        cells: Sequence[Cell],
        columns: dict[int, str],
        page: int | None,
        *,
        overleaf: bool,
    ) -> None:
        name, code = own.get("name", EMPTY), own.get("code", EMPTY)
        whole = len({id(cell) for cell in cells if cell is not EMPTY}) == 1 and len(cells) > 1
        label = label_of(code.text) if not self._again(code, columns, "code") else None
        again = self._again(name, columns, "name")
        said = name.text.strip() or (code.text.strip() if label is None and code is not EMPTY else "")
        points = [] if self._again(own.get("points", EMPTY), columns, "points") else [own.get("points", EMPTY).text]
        if _TOTAL.match(folded(said.split("\n")[0])):
            if not self._total(points, own):
                self.table.notes.append(said)
            return
        if whole and _NOTE.match(said):
            self.table.notes.append(said)
            return
        listed = ""
        inner = leading_label(said) if label is None or label.kind in ("plain", "dash") else None
        if inner is None and label is None and (whole or code is name or not self.table.has("code")):
            inner = leading_label(said, loose=True)
        if inner is not None and not again:
            listed, label = (label.code if label else ""), inner[0]
            said = "\n".join([inner[1], *said.split("\n")[1:]])
        elif label is None and code.text.strip() and code is not name and not said:
            said = code.text.strip()
        starts = label is not None and label.kind != "dash" and not again
        if not self.table.rows and not starts:
            if not said:
                return
            starts = True
        if not starts and self._unlabelled(said, points, own, again=again, overleaf=overleaf, label=label):
            starts = True
        if starts:
            self._start(label, said, own, page, listed=listed, whole=whole, columns=columns)
        else:
            self._add(said, own, page, columns, again=again, overleaf=overleaf)
        row = self.table.rows[-1]
        if starts or (again and not row.points):
            row.points += [text for text in points if text.strip()]
        self._results(own, row, fresh=starts)

    def _unlabelled(
        self, said: str, points: list[str], own: dict[str, Cell], *, again: bool, overleaf: bool, label: Label | None
    ) -> bool:
        """Tell a row of its own from one that goes on, where no label says so."""
        pointed = any(text.strip() for text in points)
        if again or not said or label is not None:
            return False
        if overleaf and not pointed and _goes_on(self.table.rows[-1].texts["name"], said):
            return False
        if names_number(said) or (capitals(said) and own.get("points", EMPTY).text.strip()):
            return True
        labelled = any(row.label for row in self.table.rows)
        if labelled:
            return False
        if is_item(said):
            return False
        return pointed or not self.table.has("points") or capitals(said)

    def _start(
        self,
        label: Label | None,
        said: str,
        own: dict[str, Cell],
        page: int | None,
        *,
        listed: str,
        whole: bool,
        columns: dict[int, str],
    ) -> None:
        self.count += 1
        row = RawRow(label, {}, self.table.file, self.count, listed=listed, whole=whole)
        previous = self.table.rows[-1] if self.table.rows else None
        for role in _TEXTS:
            if role not in own or (role != "name" and own[role] is own.get("name")):
                continue
            if role == "name":
                text = Text()
                text.add(Cell(said, own[role].flows_on), overleaf=False)
            elif previous and role in previous.texts and self._again(own[role], columns, role) and own[role].text:
                text = previous.texts[role]
                text.covers += 1
            else:
                text = Text()
                text.add(own[role], overleaf=False)
            row.texts[role] = text
        row.texts.setdefault("name", Text([said] if said else []))
        if page is not None:
            row.pages.append(page)
        self.table.rows.append(row)

    def _add(
        self, said: str, own: dict[str, Cell], page: int | None, columns: dict[int, str], *, again: bool, overleaf: bool
    ) -> None:
        row = self.table.rows[-1]
        if page is not None and page not in row.pages:
            row.pages.append(page)
        last = row.loose[-1] if row.loose else row
        if said and not again:
            if not overleaf or not (_goes_on(last.texts["name"], said) or last is row):
                self._loose(row, said, own, page, columns)
                return
            last.texts["name"].add(Cell(said, own.get("name", EMPTY).flows_on), overleaf=True)
        for role in _TEXTS:
            if role == "name" or role not in own or own[role] is own.get("name"):
                continue
            if not self._again(own[role], columns, role):
                target = last if last.text(role) else row
                target.texts.setdefault(role, Text()).add(own[role], overleaf=overleaf)

    def _loose(self, row: RawRow, said: str, own: dict[str, Cell], page: int | None, columns: dict[int, str]) -> None:
        """Keep a row without a label below the one that has one."""
        made = RawRow(None, {"name": Text([line for line in said.split("\n") if line.strip()])}, row.file, row.number)
        made.texts["name"].flows_on = own.get("name", EMPTY).flows_on
        made.pages = [page] if page is not None else []
        for role in _TEXTS:
            if role in own and role != "name" and own[role] is not own.get("name"):
                made.texts[role] = Text()
                if not self._again(own[role], columns, role):
                    made.texts[role].add(own[role], overleaf=False)
        points = own.get("points", EMPTY)
        if points.text.strip() and not self._again(points, columns, "points"):
            made.points = [points.text]
        row.loose.append(made)

    def _cells(self, cells: Sequence[Cell], columns: dict[int, str]) -> dict[str, Cell]:
        own: dict[str, Cell] = {}
        for column, role in columns.items():
            cell = at(cells, column)
            if role not in own or (not own[role].text.strip() and cell.text.strip()):
                own[role] = cell
            elif role in _TEXTS and cell.text.strip() and cell is not own[role] and role != "name":
                own[role] = Cell(own[role].text + "\n" + cell.text, cell.flows_on)
        codes = [at(cells, column) for column, role in columns.items() if role == "code"]
        if len(codes) > 1:
            best = [cell for cell in codes if (label := label_of(cell.text)) and label.kind in ("dotted", "roman")]
            own["code"] = (best or codes)[0]
        return own

    def _again(self, cell: Cell, columns: dict[int, str], role: str) -> bool:
        """Tell a cell that is merged with the one above it."""
        if cell is EMPTY or not self.before:
            return False
        return any(at(self.before, column) is cell for column, name in columns.items() if name == role)

    def _total(self, points: list[str], own: dict[str, Cell]) -> bool:
        values = [value for text in points for value in points_in(text)]
        if not values and "code" in own:
            values = points_in(own.get("name", EMPTY).text)
        if values and self.table.total is None:
            self.table.total = values[0]
        return bool(values)

    def _results(self, own: dict[str, Cell], row: RawRow, *, fresh: bool) -> None:
        for role in _RESULTS:
            if role not in own or own[role] is own.get("name") or not own[role].text.strip():
                continue
            text = own[role].text.strip()
            if fresh:
                row.split[role] = text
            match = re.match(r"-?\d{1,4}(?:[.,]\d+)?", text)
            if match:
                self.table.filled.setdefault(role, []).append(float(match[0].replace(",", ".")))
        if fresh and _CITED.search(own.get("evidence", EMPTY).text):
            self.table.cited += 1


def capitals(text: str) -> bool:
    """Tell a name in capitals, as fields are printed."""
    letters = [c for c in text.split("\n", maxsplit=1)[0] if c.isalpha()]
    return len(letters) >= 6 and sum(c.isupper() for c in letters) * 10 >= len(letters) * 9
