# SPDX-License-Identifier: Apache-2.0
"""A report over many units in small: each unit's outcomes, and what went wrong most and where. One pass, no text."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parcheck.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from parcheck.model import Finding, Outcome, Report, SubmissionResult

OWN_FAILURES = frozenset({"reader-crashed", "reader-failed", "reader-memory", "reader-timeout", "plugin-failed"})
"""Findings that say that parcheck itself could not do its work."""


@dataclass(frozen=True, slots=True)
class UnitSummary:
    """One submission."""

    number: int
    """Its place in the report, from 0."""
    unit: str | None
    path: str
    ready: bool
    counts: Mapping[str, int]
    """Criteria by outcome."""
    outcomes: Mapping[str, Outcome]
    """Outcome by code of the scored row."""
    findings: Mapping[str, int]
    """Findings by code."""
    documents: int
    own_failures: int
    """Findings that say that parcheck itself could not do its work."""

    @property
    def name(self) -> str:
        """The unit's name with its folder's; the folder's alone where it is not known."""
        return f"{self.unit} ({self.path})" if self.unit else self.path

    @property
    def faults(self) -> int:
        """Criteria that are missing or invalid."""
        return self.counts["missing"] + self.counts["invalid"]


@dataclass(frozen=True, slots=True)
class CodeSummary:
    """One kind of finding over all units."""

    code: str
    severity: Severity
    """The gravest it was given with."""
    count: int
    units: int
    """Units that have it."""
    criteria: tuple[tuple[str, int], ...]
    """(code of a scored row, count), most first."""


@dataclass(frozen=True, slots=True)
class Summary:
    """All units and all kinds of findings."""

    units: tuple[UnitSummary, ...]
    codes: tuple[CodeSummary, ...]
    """Gravest first, then most units first."""
    criteria: tuple[tuple[str, str], ...]
    """(code, name) of the rows that were judged in any unit, in the order of the set."""

    @property
    def worst_first(self) -> tuple[UnitSummary, ...]:
        """The units: those that could not be checked at all, then those with most missing and invalid criteria."""
        return tuple(
            sorted(
                self.units, key=lambda u: (bool(u.outcomes), u.ready, -u.faults, -u.counts["undetermined"], u.number)
            )
        )

    @property
    def ready(self) -> bool:
        """True when every unit is ready."""
        return all(unit.ready for unit in self.units)


def summarise(report: Report) -> Summary:
    """Return the summary of a report; each submission is looked at once."""
    units: list[UnitSummary] = []
    count: Counter[str] = Counter()
    having: Counter[str] = Counter()
    where: dict[str, Counter[str]] = {}
    gravest: dict[str, Severity] = {}
    criteria: dict[str, str] = {}
    for number, submission in enumerate(report.submissions):
        found = list(findings_of(submission))
        units.append(_unit(number, submission, found))
        for criterion in submission.criteria:
            criteria.setdefault(criterion.code, criterion.name)
        own = Counter(finding.code for finding in found)
        count.update(own)
        having.update(own.keys())
        for finding in found:
            if finding.criterion:
                where.setdefault(finding.code, Counter())[finding.criterion] += 1
            gravest[finding.code] = _graver(gravest.get(finding.code), finding.severity)
    codes = [
        CodeSummary(code, gravest[code], n, having[code], tuple(_most(where.get(code, Counter()))))
        for code, n in count.items()
    ]
    codes.sort(key=lambda each: (_ORDER.index(each.severity), -each.units, -each.count, each.code))
    return Summary(tuple(units), tuple(codes), tuple(criteria.items()))


def findings_of(submission: SubmissionResult) -> Iterator[Finding]:
    """Yield all findings of a submission: its own, those of its criteria and of their requirements."""
    yield from submission.findings
    for criterion in submission.criteria:
        yield from criterion.findings
        for requirement in criterion.requirements:
            yield from requirement.findings


def own_failure(finding: Finding) -> bool:
    """Return whether a finding says that parcheck, or a plugin of it, could not do its work."""
    reason = finding.args.get("reason")
    return finding.code in OWN_FAILURES or getattr(reason, "code", None) in OWN_FAILURES


_ORDER: Sequence[Severity] = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


def _unit(number: int, submission: SubmissionResult, found: Iterable[Finding]) -> UnitSummary:
    findings = list(found)
    return UnitSummary(
        number=number,
        unit=submission.unit,
        path=submission.path,
        ready=submission.ready,
        counts=submission.counts,
        outcomes={criterion.code: criterion.outcome for criterion in submission.criteria},
        findings=dict(Counter(finding.code for finding in findings)),
        documents=len(submission.documents),
        own_failures=sum(own_failure(finding) for finding in findings),
    )


def _graver(one: Severity | None, other: Severity) -> Severity:
    return other if one is None or _ORDER.index(other) < _ORDER.index(one) else one


def _most(counted: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
