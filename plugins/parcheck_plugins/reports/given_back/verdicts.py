# SPDX-License-Identifier: Apache-2.0
"""What is written beside one row of the unit's own sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from parcheck.model import Outcome, Severity
from parcheck_plugins.reports.flat import Flat

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from parcheck.catalogue import Catalogue
    from parcheck.model import CriterionResult, SubmissionResult
    from parcheck_plugins.reports.flat import FindingRow

COLUMNS: Final = ("outcome", "supported", "findings", "where")
"""Keys of the catalogue's terms "sheet-back", in order."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The added cells of one row, in the order of `COLUMNS`."""

    outcome: Outcome
    cells: tuple[str | float | None, ...]


def verdicts(submission: SubmissionResult, catalogue: Catalogue, language: str) -> dict[str, Verdict]:
    """Return code → what is written beside the row of that code."""
    flat = Flat(submission, catalogue, language)
    files = {evidence.path for evidence in submission.documents if evidence.path}
    return {criterion.code: _verdict(flat, criterion, files) for criterion in submission.criteria}


def _verdict(flat: Flat, criterion: CriterionResult, files: Collection[str]) -> Verdict:
    """Return a row's cells. What is only cited stands in the unit's own words beside it, and is no file."""
    rows = [row for row in _rows(flat, criterion) if row.severity is not Severity.NOTE and not row.decision]
    said = dict.fromkeys(flat.decided(criterion))
    for row in rows:
        said[f"• {row.message}"] = None
    for row in rows:
        if row.fix and row.severity is Severity.ERROR:
            said[f"→ {row.fix}"] = None
    where: dict[str, None] = {}
    for row in rows:
        if row.file in files:
            where[row.file + (flat.ui("where-page", page=row.page) if row.page else "")] = None
    for requirement in criterion.requirements:
        if requirement.outcome is Outcome.SATISFIED and requirement.documents:
            file = flat.file(requirement.documents[0])
            where |= {file: None} if file in files else {}
    outcome = flat.term("outcomes", criterion.outcome.value)
    cells = (outcome, _supported(flat, criterion), "\n".join(said), "\n".join(where))
    return Verdict(criterion.outcome, cells)


def _rows(flat: Flat, criterion: CriterionResult) -> Iterator[FindingRow]:
    """Yield what is to be said of a row: nothing of a requirement that is met, or that nobody checks."""
    quiet = {Outcome.SATISFIED, Outcome.NOT_CHECKED}
    for requirement in criterion.requirements:
        for finding in requirement.findings if requirement.outcome not in quiet else ():
            yield flat.finding(finding, criterion, requirement)
    for finding in criterion.findings:
        yield flat.finding(finding, criterion)
    for finding in flat.submission.findings:
        if finding.criterion == criterion.code:
            yield flat.finding(finding, criterion)


def _supported(flat: Flat, criterion: CriterionResult) -> str | float | None:
    if criterion.outcome is Outcome.NOT_CHECKED:
        return None
    if criterion.supported is None:
        return flat.ui("supported-unknown")
    if criterion.supported_least < criterion.supported:
        least, most = float(criterion.supported_least), float(criterion.supported)
        return flat.phrase("sheet-back", "span", least=least, most=most)
    return float(criterion.supported)
