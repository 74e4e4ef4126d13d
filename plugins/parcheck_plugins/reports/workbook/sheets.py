# SPDX-License-Identifier: Apache-2.0
"""What stands in the sheets of the workbook."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Final

from parcheck.catalogue import local_date
from parcheck.model import Certainty, Outcome, Severity
from parcheck_plugins.reports.flat import Flat, of_run
from parcheck_plugins.reports.workbook.book import OUTCOME_COLOURS, SEVERITY_COLOURS, Column, Look, Table, lines
from parcheck_plugins.reports.workbook.deciding import DECISION, NAMING, decision_cells, guide, naming_cells

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcheck.model import CriterionResult, Report, SubmissionResult, Totals
    from parcheck.reporting.summary import Summary, UnitSummary
    from parcheck_plugins.reports.flat import DocumentRow, FindingRow
    from parcheck_plugins.reports.workbook.book import Book, Sheet

_C, _N, _P, _D = Look.CENTRED, Look.COUNT, Look.POINTS, Look.DAY
_ROWS: Final = (
    Column("unit", 20), Column("criterion", 8, _C), Column("criterion-name", 34), Column("outcome", 13, _C),
    Column("points", 8, _P), Column("claimed", 8, _P), Column("supported-least", 11, _P),
    Column("supported-most", 11, _P), Column("to-do", 60), Column("opinion", 24),
)  # fmt: skip
_FINDINGS: Final = (
    Column("unit", 18), Column("criterion", 8, _C), Column("requirement", 24), Column("severity", 11, _C),
    Column("certainty", 12, _C), Column("file", 24), Column("page", 7, _N), Column("seen", 26), Column("finding", 40),
    Column("do-next", 36), *DECISION,
    Column("criterion-name", 30, printed=False), Column("source", 28, printed=False), Column("code", 22, printed=False),
    *NAMING,
)  # fmt: skip
_DOCUMENTS: Final = (
    Column("unit", 18), Column("file", 28), Column("kind", 12), Column("symbol", 16), Column("issued-on", 12, _D),
    Column("issuer", 24), Column("subject", 36), Column("signer", 20), Column("signatures", 26),
    Column("status", 13, _C), Column("filed", 9, _C), Column("held", 14), Column("cited", 36, printed=False),
    Column("sha256", 20, Look.TEXT, printed=False),
)  # fmt: skip
_MOST: Final = (
    Column("severity", 13, _C), Column("finding", 60), Column("units", 10, _N), Column("times", 10, _N),
    Column("where-most", 50), Column("code", 24),
)  # fmt: skip
_MOST_CRITERIA: Final = 8
_SUMMARY_WIDTHS: Final = (5, 34, 16)
_SUMMARY_FIXED: Final = 2
_SUMMARY_SCALE: Final = 60
_NOTE_WIDTHS: Final = (30, 100)
_OUTCOMES: Final = tuple(Outcome)
_TOTALS: Final = ("document-count", "own", "claimed", "supported-least", "supported-most", "unsupported")


class Details:
    """The sheets that have a row per scored row, finding or document."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._rows = Table(book, "rows", _ROWS, fixed=3)
        self._findings = Table(book, "findings", _FINDINGS, fixed=2, finish=guide(_FINDINGS))
        self._documents = Table(book, "documents", _DOCUMENTS, fixed=2)
        self.totals: dict[int, Totals] = {}
        """Of the submissions that have them, by number."""

    def add(self, number: int, submission: SubmissionResult) -> None:
        """Write the rows of one submission."""
        flat = Flat(submission, self._book.catalogue, self._book.language)
        if submission.totals:
            self.totals[number] = submission.totals
        for criterion in submission.criteria:
            self._criterion(flat, criterion)
        for finding in flat.findings():
            self._finding(flat, finding)
        for document in flat.documents():
            self._document(flat, document)

    def end(self, report: Report) -> None:
        """Write what is to be said of the run as a whole, and put the filters on."""
        flat = of_run(report, self._book.catalogue, self._book.language)
        for finding in flat.findings():
            self._finding(flat, finding)
        for table in (self._rows, self._findings, self._documents):
            table.end()

    def _criterion(self, flat: Flat, criterion: CriterionResult) -> None:
        weighed = criterion.supported is not None
        values = (
            flat.unit,
            criterion.code,
            criterion.name,
            flat.term("outcomes", criterion.outcome.value),
            criterion.points,
            criterion.claimed,
            criterion.supported_least if weighed else None,
            criterion.supported,
            "\n".join(f"• {sentence}" for sentence in flat.open(criterion)),
            "",
        )
        self._rows.add(values, {3: OUTCOME_COLOURS[criterion.outcome]})

    def _finding(self, flat: Flat, row: FindingRow) -> None:
        values = (
            flat.unit,
            row.criterion,
            row.requirement,
            flat.term("severities", row.severity.value),
            row.certainty,
            row.file,
            row.page,
            row.words,
            row.message,
            row.fix,
            *decision_cells(row, flat),
            row.criterion_name,
            row.source,
            row.code,
            *naming_cells(row, flat),
        )
        self._findings.add(values, {3: SEVERITY_COLOURS[row.severity]})

    def _document(self, flat: Flat, row: DocumentRow) -> None:
        values = (
            flat.unit,
            row.path,
            row.kind,
            row.symbol,
            row.issued_on,
            row.issuer,
            row.subject,
            row.signer,
            row.signatures,
            row.status,
            row.filed,
            row.held,
            row.cited,
            row.sha256,
        )
        self._documents.add(values, {})


def write_summary(sheet: Sheet, report: Report, summary: Summary, totals: Mapping[int, Totals]) -> None:
    """Write the units, those with most to do first: verdict, counts, totals, and the outcome of each scored row."""
    book = sheet.book
    outcomes = [book.catalogue.term("outcomes", outcome.value, book.language) for outcome in _OUTCOMES]
    heads = [book.word("number"), book.word("unit"), book.word("verdict")]
    heads += [text[:1].upper() + text[1:] for text in outcomes]
    heads += [book.word(key) for key in _TOTALS]
    heads += [f"{code}\n{name}" for code, name in summary.criteria]
    widths = [*_SUMMARY_WIDTHS, *[9] * len(_OUTCOMES), *[12] * len(_TOTALS), *[16] * len(summary.criteria)]
    head = 3
    sheet.prepare(widths, head=head, fixed=_SUMMARY_FIXED, scale=_SUMMARY_SCALE)
    ready = sum(unit.ready for unit in summary.units)
    version = book.ui("version", version=report.pack_version)
    rules = f"{book.ui('rules')}: {report.pack_title} ({report.pack_id}, {version})"
    told = book.ui("units-summary", ready=ready, total=len(summary.units))
    for row, (text, look) in enumerate(((book.ui("report-title"), Look.TITLE), (rules, Look.LINE), (told, Look.LINE))):
        sheet.banner(row, _SUMMARY_FIXED, text, look, sum(_SUMMARY_WIDTHS[:_SUMMARY_FIXED]))
    sheet.height(head, lines(heads, widths))
    for column, text in enumerate(heads):
        sheet.put(head, column, text, Look.HEAD)
    for number, unit in enumerate(summary.worst_first, start=1):
        _unit(sheet, head + number, unit, summary, totals.get(unit.number), number)
    sheet.filter(head, head + len(summary.units), len(heads))


def _unit(sheet: Sheet, row: int, unit: UnitSummary, summary: Summary, totals: Totals | None, number: int) -> None:
    book = sheet.book
    sheet.height(row, lines([unit.name], [_SUMMARY_WIDTHS[1]]))
    sheet.put(row, 0, number, Look.COUNT)
    sheet.put(row, 1, unit.name, Look.WRAPPED)
    key, outcome = verdict(unit)
    sheet.put(row, 2, book.word(key), Look.CENTRED, OUTCOME_COLOURS[outcome])
    column = 3
    for each in _OUTCOMES:
        count = unit.counts[each.value]
        sheet.put(row, column, count, Look.COUNT, OUTCOME_COLOURS[each] if count else None)
        column += 1
    whole = totals.whole if totals else None
    values: tuple[float | None, ...] = (None,) * 5
    if whole:
        values = (whole.own, whole.claimed, whole.supported.least, whole.supported.most, whole.unsupported)
    sheet.put(row, column, unit.documents, Look.COUNT)
    for value in values:
        column += 1
        sheet.put(row, column, value, Look.POINTS)
    for code, _ in summary.criteria:
        column += 1
        found = unit.outcomes.get(code)
        told = book.catalogue.term("outcomes", found.value, book.language) if found else None
        sheet.put(row, column, told, Look.CENTRED, OUTCOME_COLOURS[found] if found else None)


def _moment(iso: str | None, language: str) -> str:
    """Return a time in the local form; its zone is the report's, so that the same report gives the same bytes."""
    try:
        there = datetime.datetime.fromisoformat(iso or "")
    except ValueError:
        return iso or ""
    return f"{there:%H:%M} {local_date(there.date().isoformat(), language)} ({there.tzname() or ''})".removesuffix(
        " ()"
    )


def verdict(unit: UnitSummary) -> tuple[str, Outcome]:
    """Return (key of the word, outcome whose colours it has) of a unit's verdict."""
    if not unit.outcomes:
        return "nothing-checked", Outcome.MISSING
    if not unit.ready:
        return "not-ready", Outcome.INVALID
    if unit.own_failures:
        return "not-concluded", Outcome.UNDETERMINED
    if unit.counts[Outcome.UNDETERMINED.value]:
        return "to-look-at", Outcome.UNDETERMINED
    return "ready", Outcome.SATISFIED


def write_most(book: Book, summary: Summary) -> None:
    """Write what comes up most, the gravest first."""
    table = Table(book, "most", _MOST)
    for code in summary.codes:
        where = ", ".join(f"{criterion} ({count})" for criterion, count in code.criteria[:_MOST_CRITERIA])
        values = (
            book.catalogue.term("severities", code.severity.value, book.language),
            book.catalogue.title(code.code, book.language),
            code.units,
            code.count,
            where + (" …" if len(code.criteria) > _MOST_CRITERIA else ""),
            code.code,
        )
        table.add(values, {0: SEVERITY_COLOURS[code.severity]})
    table.end()


def write_notes(book: Book, report: Report) -> None:
    """Write what the report rests on, and how to read it."""
    sheet = book.sheet("notes")
    sheet.prepare(_NOTE_WIDTHS, head=0)
    run = report.run
    versions = ", ".join(f"{name} {version}" for name, version in (run.get("versions") or {}).items())
    told_lines: list[tuple[str, str, tuple[str, str] | None]] = [
        (book.ui("rules"), f"{report.pack_title} ({report.pack_id})", None),
        (book.word("pack-version"), f"{report.pack_version}, {report.pack_digest}", None),
        (
            book.ui("checked-on"),
            " – ".join(_moment(run.get(key), book.language) for key in ("started", "finished")),
            None,
        ),
        (book.word("versions"), versions, None),
        ("", book.ui("disclaimer"), None),
        ("", book.ui("limits"), None),
    ]
    groups: tuple[tuple[str, str, tuple[tuple[str, tuple[str, str] | None], ...]], ...] = (
        ("outcomes", "outcome-notes", tuple((each.value, OUTCOME_COLOURS[each]) for each in Outcome)),
        ("severities", "severity-notes", tuple((each.value, SEVERITY_COLOURS[each]) for each in Severity)),
        ("certainties", "certainty-notes", tuple((each.value, None) for each in Certainty)),
    )
    for group, notes, members in groups:
        for key, colours in members:
            told = (book.catalogue.term(name, key, book.language) for name in (group, notes))
            told_lines.append((*told, colours))  # type: ignore[arg-type]
    for key in ("supported-most", "opinion", "decision", "held"):
        told_lines.append((book.word(key), book.word(f"{key}-note"), None))
    for key in ("empty-note", "cut-note"):
        told_lines.append(("", book.word(key), None))
    sheet.put(0, 0, book.word("notes"), Look.HEAD)
    sheet.put(0, 1, book.word("how-to-read"), Look.HEAD)
    for row, (name, text, colours) in enumerate(told_lines, start=1):
        sheet.height(row, lines((name, text), _NOTE_WIDTHS))
        sheet.put(row, 0, name, Look.WRAPPED, colours)
        sheet.put(row, 1, text, Look.WRAPPED)
