# SPDX-License-Identifier: Apache-2.0
"""What a unit has to do, in the order in which it pays: the head of its page."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from parcheck.model import Outcome, Severity
from parcheck_plugins.reports.html.findings import MISFILED, NOTHING, advice
from parcheck_plugins.reports.html.texts import Said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from parcheck.model import CriterionResult, Finding, SubmissionResult
    from parcheck.reporting.wording import Teller
    from parcheck_plugins.reports.html.findings import FindingTeller
    from parcheck_plugins.reports.html.texts import Speaker

FAILING: Final = (Outcome.MISSING, Outcome.INVALID)
FILES: Final = 3
"""Files that a thing to do names: the criterion names all."""


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do."""

    anchor: str
    code: str
    """Of the criterion; empty for what concerns none."""
    name: str
    outcome: Outcome | None
    faults: Sequence[tuple[Said, Said, Said]]
    """What is asked for, or the file; what is wrong with it; and in which file, where that is not said yet."""
    fixes: Sequence[Said]
    at_stake: Said
    """Points claimed that it concerns; empty where there are none."""


class TaskTeller:
    """Makes a submission's things to do.

    Args:
        submission: the unit's verdict.
        speaker: the words.
        tellers: by language, what puts its findings into words.
        findings: says what is wrong and what to do about it.
        anchors: by code of a criterion, its anchor.
        rest: anchor of what belongs to no criterion.
    """

    def __init__(
        self,
        submission: SubmissionResult,
        speaker: Speaker,
        tellers: Mapping[str, Teller],
        findings: FindingTeller,
        anchors: Mapping[str, str],
        rest: str,
    ) -> None:
        self._submission, self._say, self._tellers = submission, speaker, tellers
        self._findings, self._anchors, self._rest = findings, anchors, rest

    def on_criteria(self, outcomes: Sequence[Outcome]) -> list[Task]:
        """Return the criteria to work on, those with most points at stake first."""
        criteria = [criterion for criterion in self._submission.criteria if criterion.outcome in outcomes]
        criteria.sort(key=lambda criterion: -at_stake(criterion))
        return [
            Task(
                self._anchors[criterion.code],
                criterion.code,
                criterion.name,
                criterion.outcome,
                list(self._faults(criterion)),
                list(advice_on(criterion, self._findings)),
                self._say.ui("html-at-stake", points=self._say.number(at_stake(criterion)))
                if at_stake(criterion)
                else NOTHING,
            )
            for criterion in criteria
        ]

    def _faults(self, criterion: CriterionResult) -> Iterator[tuple[Said, Said, Said]]:
        for requirement in criterion.requirements:
            if requirement.outcome not in (*FAILING, Outcome.UNDETERMINED):
                continue
            name = self._say.both(lambda language, each=requirement: self._tellers[language].requirement(each))  # type: ignore[misc]
            standing = [finding for finding in requirement.findings if finding.decision is None]
            grave = [finding for finding in standing if finding.severity is Severity.ERROR]
            elsewhere = [finding for finding in standing if finding.code == MISFILED]
            found = [*grave, *elsewhere] or standing[:1]
            told = dict.fromkeys(self._findings.title(finding) for finding in found)
            files = dict.fromkeys(filter(None, map(self._about, found)))
            if told:
                yield name, _listed(told), _listed(list(files)[:FILES])
            else:
                yield name, self._say.term("outcomes", requirement.outcome.value), NOTHING

    def on_files(self, findings: Sequence[Finding]) -> Iterator[Task]:
        """Yield what is grave and belongs to no criterion: files that nobody could use."""
        grave = [finding for finding in findings if finding.counts]
        for code, alike in groupby(sorted(grave, key=lambda finding: finding.code), key=lambda finding: finding.code):
            found = list(alike)
            faults = [(self._about(finding), self._findings.title(finding), NOTHING) for finding in found[:5]]
            if len(found) > len(faults):
                faults.append((NOTHING, self._say.ui("more-like-this", count=len(found) - len(faults)), NOTHING))
            fixes = list(dict.fromkeys(filter(None, (self._findings.fix(finding) for finding in found))))
            yield Task(self._rest, "", code, None, faults, fixes[:3], NOTHING)

    def _about(self, finding: Finding) -> Said:
        held = self._findings.held(finding.document) if finding.document else None
        return NOTHING if held is None else Said(held.path, held.path) if held.path else held.told


def _listed(parts: Iterable[Said]) -> Said:
    told = list(parts)
    return Said("; ".join(each.vi for each in told), "; ".join(each.en for each in told))


def advice_on(criterion: CriterionResult, findings: FindingTeller) -> list[Said]:
    """Return what to do about a criterion, each advice once."""
    found = [f for r in criterion.requirements if r.outcome is not Outcome.SATISFIED for f in r.findings]
    return list(advice([*found, *criterion.findings], findings))


def at_stake(criterion: CriterionResult) -> float:
    """Return the points claimed that are not borne out for sure."""
    return round(max(0.0, (criterion.claimed or 0.0) - criterion.supported_least), 3)
