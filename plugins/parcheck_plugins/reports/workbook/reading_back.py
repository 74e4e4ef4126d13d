# SPDX-License-Identifier: Apache-2.0
"""The decisions that an appraiser wrote into the sheet of findings of a workbook that parcheck wrote.

Columns are found by their headings, wherever they stand. "Waived" and "accepted" are about the finding of the row, by
its fingerprint; "not accepted" is about the document asked for, or the criterion, of the row.
"""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from parcheck.catalogue import LANGUAGES
from parcheck.errors import BadUsage, ParcheckError, UnreadableFile
from parcheck.judging.decisions import WrittenDecision, WrittenDecisions
from parcheck.judging.fingerprints import DIGITS, PREFIX, folded
from parcheck.model import Action
from parcheck_plugins.reports.workbook.cells import opened
from parcheck_plugins.reports.workbook.deciding import DECISION, PACK_PROPERTY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from parcheck.catalogue import Catalogue
    from parcheck_plugins.reports.workbook.cells import Filled, Workbook

NEEDED: Final = ("unit", "criterion", *(column.key for column in DECISION[:3]), "requirement-id", "fingerprint")
"""Without these headings a sheet is not read."""
WANTED: Final = (*NEEDED, *(column.key for column in DECISION[3:]), "path")
DAYS: Final = {"decision-when": "when", "decision-until": "until"}
_FORMS: Final = {"file-encrypted": "decisions-locked"}
_WORKBOOKS: Final = (
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.template",
    "application/vnd.ms-excel.sheet.macroEnabled.12",
)
_TEXTS: Final = (None, "text/plain", "application/x-empty")
_SPREADSHEETS: Final = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
HEADING_WITHIN: Final = 30
"""Rows from the top of a sheet in which the headings may stand."""
_FINGERPRINT: Final = re.compile(rf"{PREFIX}[0-9a-f]{{{DIGITS}}}")
_DAY: Final = re.compile(
    r"(?:ngày\s+)?(\d{1,2})\s*(?:[/.-]|\s+tháng)\s*(\d{1,2})\s*(?:[/.-]|\s+năm)\s*(\d{4})", re.IGNORECASE
)
_ISO_DAY: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:T00:00:00(?:\.0+)?Z?)?")
_EARLIEST: Final = datetime.date(2000, 1, 1)
"""A number that is an earlier day is a year, or another slip."""
_LATEST: Final = datetime.date(2199, 12, 31)


class _BadCell(Exception):
    """A cell that cannot be used: code of the catalogue's errors, and its arguments."""

    def __init__(self, code: str, **args: Any) -> None:
        super().__init__(code)
        self.code, self.args_ = code, args


def decisions_of(path: Path, catalogue: Catalogue) -> WrittenDecisions | None:
    """Return the decisions in a file; None where it is a text, as YAML is, or cannot be opened at all.

    Raises:
        BadUsage: it is neither a text nor a workbook that decisions can be read from.
    """
    from parcheck_plugins.sniffing import ENCRYPTED_OFFICE, parcheck_identify

    if path.name.startswith("~$"):
        raise BadUsage("decisions-lock-file", path=path.name)
    try:
        with path.open("rb") as stream:
            head = stream.read(8192)
        form = parcheck_identify(path, head)
    except OSError:
        return None
    if form in _WORKBOOKS:
        return read_decisions(path, catalogue)
    if form == ENCRYPTED_OFFICE:
        raise BadUsage("decisions-locked", path=path.name)
    if form in _TEXTS and path.suffix.lower() not in _SPREADSHEETS:
        return None
    raise BadUsage("decisions-form", path=path.name)


def read_decisions(path: Path, catalogue: Catalogue) -> WrittenDecisions:
    """Return the decisions in a workbook.

    Raises:
        BadUsage: it is no workbook, is damaged or locked, or has no sheet with the columns.
    """
    reader = _Reader(path, catalogue)
    try:
        with opened(path) as workbook:
            for name in workbook.sheets:
                reader.read(workbook, name)
            pack = workbook.properties.get(PACK_PROPERTY)
    except UnreadableFile as error:
        raise BadUsage(_FORMS.get(error.code, "decisions-unreadable"), path=path.name, detail=_detail(error)) from error
    except OSError as error:
        raise BadUsage("decisions-unreadable", path=path.name, detail=error.strerror or "") from error
    if not reader.found:
        missing = ", ".join(f"“{catalogue.term('workbook', key, 'vi')}”" for key in reader.missing)
        raise BadUsage("decisions-no-columns", path=path.name, missing=missing)
    return WrittenDecisions(tuple(reader.entries()), pack, tuple(reader.faults))


def _detail(error: UnreadableFile) -> str:
    return str(error.details.get("detail") or error.say("vi"))


@dataclass(slots=True)
class _Row:
    """A row with a decision."""

    place: str
    number: int
    unit: str
    path: str
    entry: dict[str, Any] = field(default_factory=dict)

    @property
    def about(self) -> tuple[str, ...]:
        """What it decides on."""
        named = ("fingerprint",) if "fingerprint" in self.entry else ("criterion", "requirement")
        return (self.unit, self.path, *(self.entry.get(key, "") for key in named))


class _Reader:
    """Collects the decisions of the sheets of one workbook."""

    def __init__(self, path: Path, catalogue: Catalogue) -> None:
        self._file, self._catalogue = path.name, catalogue
        terms = [(key, language) for key in WANTED for language in LANGUAGES]
        self._heads = {folded(catalogue.term("workbook", key, language)): key for key, language in terms}
        self._actions = {action.value: action for action in Action}
        for action in Action:
            for language in LANGUAGES:
                self._actions[folded(catalogue.term("actions", action.value, language))] = action
        self._rows: list[_Row] = []
        self._paths: dict[str, set[str]] = defaultdict(set)
        self.faults: list[ParcheckError] = []
        self.found = False
        self._language = LANGUAGES[0]
        self.missing: tuple[str, ...] = NEEDED

    def read(self, workbook: Workbook, sheet: str) -> None:
        """Read one sheet; one without the headings holds no decisions."""
        columns: dict[str, int] = {}
        heads: dict[str, str] = {}
        for number, cells in workbook.rows(sheet):
            if not columns:
                if number > HEADING_WITHIN:
                    return
                columns, heads = self._heading(cells)
                continue
            named = {key: cells[column] for key, column in columns.items() if column in cells}
            unit, path = (_text(named.get(key)) for key in ("unit", "path"))
            if unit and path:
                self._paths[unit].add(path)
            row = _Row(f"{self._file} ({sheet})", number, unit, path)
            try:
                if self._decides(named, heads, row, workbook):
                    self._rows.append(row)
            except _BadCell as bad:
                self.faults.append(ParcheckError(bad.code, file=row.place, line=number, **bad.args_))

    def _heading(self, cells: Mapping[int, Filled]) -> tuple[dict[str, int], dict[str, str]]:
        """Return column and words by key where a row has all headings that are needed."""
        columns: dict[str, int] = {}
        for column, cell in sorted(cells.items(), reverse=True):
            if key := self._heads.get(folded(cell.text)):
                columns[key] = column
        missing = tuple(key for key in NEEDED if key not in columns)
        if missing:
            # What is told is how the sheet that has most of them falls short.
            if len(missing) < len(self.missing):
                self.missing = missing
            return {}, {}
        self.found = True
        head = folded(cells[columns["decision"]].text)
        self._language = next(each for each in LANGUAGES if folded(self._word("decision", each)) == head)
        return columns, {key: " ".join(cells[column].text.split()) for key, column in columns.items()}

    def _decides(self, named: Mapping[str, Filled], heads: Mapping[str, str], row: _Row, workbook: Workbook) -> bool:
        """Fill in the entry of a row; return whether there is one.

        Raises:
            _BadCell: it is not complete, or says what cannot be understood.
        """
        for key in heads:
            if key.startswith("decision") and key in named and named[key].failed:
                raise _BadCell("decision-cell-formula", column=heads[key], found=named[key].text)
        word, reason, who = (_text(named.get(column.key)) for column in DECISION[:3])
        if not word and not reason:
            # Who decides may be filled down the whole column beforehand.
            return False
        texts = {"decision": word, "decision-reason": reason, "decision-who": who}
        for key, text in texts.items():
            if not text:
                others = ", ".join(f"“{heads[other]}”" for other, said in texts.items() if said)
                raise _BadCell("decision-cell-empty", column=heads[key], others=others)
        action = self._actions.get(folded(word))
        if action is None:
            words = " | ".join(self._said(each) for each in Action)
            raise _BadCell("decision-cell-word", column=heads["decision"], found=word, allowed=words)
        row.entry |= {"decision": action.value, "reason": reason, "who": who}
        for key, name in DAYS.items():
            if key in named:
                row.entry[name] = _day(named[key], heads[key], since_1904=workbook.since_1904)
        self._name(named, heads, row, action)
        return True

    def _name(self, named: Mapping[str, Filled], heads: Mapping[str, str], row: _Row, action: Action) -> None:
        """Say what is decided on."""
        fingerprint, criterion, requirement = (
            _text(named.get(key)) for key in ("fingerprint", "criterion", "requirement-id")
        )
        if not _FINGERPRINT.fullmatch(fingerprint):
            raise _BadCell("decision-row-unmarked", column=heads["fingerprint"])
        if not row.unit:
            raise _BadCell("decision-row-unmarked", column=heads["unit"])
        if action is Action.REJECT and not criterion:
            raise _BadCell("decision-row-no-criterion", word=self._said(action))
        if criterion:
            row.entry["criterion"] = criterion
        if action is not Action.REJECT:
            row.entry["fingerprint"] = fingerprint
        elif requirement:
            row.entry["requirement"] = requirement

    def _word(self, key: str, language: str) -> str:
        return self._catalogue.term("workbook", key, language)

    def _said(self, action: Action) -> str:
        """Return the word for an action in the language of the workbook."""
        return self._catalogue.term("actions", action.value, self._language)

    def entries(self) -> Iterator[WrittenDecision]:
        """Yield the decisions, each once; what contradicts another becomes a fault."""
        first: dict[tuple[str, ...], _Row] = {}
        for row in self._rows:
            # Communes of two districts may bear one name; what they handed in tells them apart.
            unit = row.path if len(self._paths[row.unit]) > 1 and row.path else row.unit
            before = first.setdefault(row.about, row)
            if before is not row and before.entry["decision"] != row.entry["decision"]:
                other = f"{before.number}" if before.place == row.place else f"{before.number} ({before.place})"
                self.faults.append(
                    ParcheckError("decision-row-contradicts", file=row.place, line=row.number, other=other)
                )
            elif before is row or before.entry != row.entry:
                yield WrittenDecision({"unit": unit, **row.entry}, row.place, row.number)


def _text(cell: Filled | None) -> str:
    return " ".join(cell.text.split()) if cell is not None else ""


def _day(cell: Filled, column: str, *, since_1904: bool) -> str:
    """Return a day as an ISO date: a day of the spreadsheet, or a text.

    Raises:
        _BadCell: it is none.
    """
    text = _text(cell)
    try:
        if cell.number:
            zero = datetime.date(1904, 1, 1) if since_1904 else datetime.date(1899, 12, 30)
            day = zero + datetime.timedelta(days=int(float(text)))
        elif match := _ISO_DAY.fullmatch(text):
            day = datetime.date(*map(int, match.groups()))
        elif match := _DAY.fullmatch(text):
            day = datetime.date(*(int(part) for part in reversed(match.groups())))
        else:
            raise _BadCell("decision-cell-day", column=column, found=text)
    except (ValueError, OverflowError) as error:
        raise _BadCell("decision-cell-day", column=column, found=text) from error
    if not _EARLIEST <= day <= _LATEST:
        raise _BadCell("decision-cell-day", column=column, found=text)
    return day.isoformat()
