# SPDX-License-Identifier: Apache-2.0
"""One unit's minutes: what stands in them, in order.

The form is that of Mẫu 1.9, Phụ lục III, Nghị định 30/2020/NĐ-CP: no place and date in the head, two blocks to sign,
the addressees under the left one. Names, hours and the council's own words are blanks to be filled by hand: parcheck
holds documents against what is asked, and concludes nothing in anybody's name.
"""

from __future__ import annotations

import datetime
from typing import IO, TYPE_CHECKING, Final

from parcheck.model import Outcome
from parcheck.reporting.totals import totals_told
from parcheck.reporting.wording import by_id, outcomes_told
from parcheck_plugins.reports.flat import Flat
from parcheck_plugins.reports.minutes.paper import Paper

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcheck.catalogue import Catalogue
    from parcheck.model import CriterionResult, Report, SubmissionResult

_WIDTHS: Final = (13, 34, 25, 67, 26)
"""Of the table's columns, in millimetres: A4 less the margins that the decree asks for."""
_HEADS: Final = ("column-code", "column-criterion", "column-points", "column-outcome", "column-council")


def write_unit(
    submission: SubmissionResult, report: Report, catalogue: Catalogue, language: str, stream: IO[bytes]
) -> None:
    """Write the minutes on one unit."""
    _Minutes(submission, report, catalogue, language).write(stream)


class _Minutes:
    def __init__(self, submission: SubmissionResult, report: Report, catalogue: Catalogue, language: str) -> None:
        self._submission, self._report = submission, report
        self._catalogue, self._language = catalogue, language
        self._flat = Flat(submission, catalogue, language)
        self._documents = by_id(submission)

    def word(self, key: str, **args: object) -> str:
        """Return a sentence of the minutes."""
        return self._flat.phrase("minutes", key, **args)

    def write(self, stream: IO[bytes]) -> None:
        """Write the file."""
        title = self.word("title")
        about = self.word("about", rules=self._report.pack_title, unit=self._submission.unit or self.word("blank"))
        paper = Paper(f"{title} {about}", self._language, _day(self._report))
        left = [(self.word("parent"), False), (self.word("agency"), True)]
        paper.head(left, (self.word("nation"), self.word("motto")), self.word("number"))
        paper.title(title, about)
        for key in ("begins", "place"):
            paper.text(self.word(key))
        paper.heading(self.word("present"))
        for key in ("chair", "secretary", "members", "members-more", "unit-side"):
            paper.text(self.word(key))
        paper.heading(self.word("basis"))
        for line in self._basis():
            paper.text(line)
        paper.heading(self.word("results"))
        for line in self._overview():
            paper.text(line)
        paper.heading(self.word("by-criterion"))
        paper.table([self.word(key) for key in _HEADS], _WIDTHS, self._rows())
        paper.text(self.word("machine-note"), italic=True)
        for key in ("unit-opinion", "conclusion"):
            paper.heading(self.word(key))
            paper.blank_lines(4)
        paper.text(self.word("ends"))
        paper.text(self.word("read-back"))
        signers = [(self.word(key), self.word("sign-here")) for key in ("sign-secretary", "sign-unit", "sign-chair")]
        paper.signatures(signers, [self.word("addressees"), self.word("addressees-1"), self.word("addressees-2")])
        paper.save(stream)

    def _basis(self) -> Iterator[str]:
        report = self._report
        yield self.word("basis-rules", rules=report.pack_title, id=report.pack_id, version=report.pack_version)
        day = _day(report)
        checked = self._catalogue.tell(day.isoformat(), self._language) if day else self.word("blank")
        yield self.word("basis-check", day=checked, documents=len(self._submission.documents))

    def _overview(self) -> Iterator[str]:
        yield outcomes_told(self._submission.counts, self._catalogue, self._language)
        if self._submission.totals:
            yield from totals_told(self._submission.totals, self._catalogue, self._language)

    def _rows(self) -> Iterator[tuple[tuple[str, ...] | str, ...] | str]:
        """Yield a name of a field, or the cells of a row, each one paragraph or several."""
        names = dict(self._report.fields)
        field: str | None = None
        for criterion in self._submission.criteria:
            if criterion.field != field:
                field = criterion.field
                yield f"{self._flat.ui('field')} {field}. {names.get(field, '')}".rstrip(". ")
            outcome = self._flat.term("outcomes", criterion.outcome.value)
            reasons = tuple(self._reasons(criterion))
            told = (f"{outcome[:1].upper()}{outcome[1:]}.", *reasons)
            yield (criterion.code, criterion.name, tuple(self._points(criterion)), told, "")

    def _points(self, criterion: CriterionResult) -> Iterator[str]:
        yield self.word("points", points=float(criterion.points))
        if criterion.claimed is not None:
            yield self.word("claimed", points=float(criterion.claimed))
        if criterion.supported is not None and criterion.outcome is not Outcome.NOT_CHECKED:
            least, most = float(criterion.supported_least), float(criterion.supported)
            key = "supported" if least == most else "supported-span"
            yield self.word(key, least=least, most=most)

    def _reasons(self, criterion: CriterionResult) -> Iterator[str]:
        """Yield why: what differs, what it rests on, or why nothing was looked at."""
        if criterion.outcome is Outcome.NOT_CHECKED:
            key = "zero" if criterion.assessed == "self" else criterion.assessed
            yield self._flat.ui(f"not-checked-{key}")
            return
        for sentence in self._flat.open(criterion):
            yield f"- {sentence}"
        for requirement in criterion.requirements:
            if requirement.outcome is Outcome.SATISFIED and requirement.documents:
                evidence = self._documents[requirement.documents[0]]
                document = self._flat.teller.document(evidence)
                yield self.word("rests-on", requirement=requirement.name, document=document, file=evidence.path or "–")
        if criterion.outcome in (Outcome.EXPLAINED, Outcome.NOT_APPLICABLE, Outcome.WAIVED):
            note = self._flat.term("outcome-notes", criterion.outcome.value)
            yield f"{note[:1].upper()}{note[1:]}."


def _day(report: Report) -> datetime.date | None:
    try:
        return datetime.datetime.fromisoformat(str(report.run.get("started"))).date()
    except ValueError:
        return None
