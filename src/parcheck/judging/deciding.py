# SPDX-License-Identifier: Apache-2.0
"""Decisions applied to a verdict: once, after judging, here and nowhere else. Nothing is taken out of the verdict."""

from __future__ import annotations

import dataclasses
import functools
from typing import TYPE_CHECKING, Any, Final

from parcheck.judging.fingerprints import all_findings, fingerprint, folded
from parcheck.judging.judge import together
from parcheck.model import Action, Decided, DecisionState, DecisionUse, Outcome, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from parcheck.judging.coding import Coder
    from parcheck.judging.decisions import DecisionBook
    from parcheck.model import CriterionResult, Decision, Evidence, Finding, RequirementResult, SubmissionResult
    from parcheck.rules import Pack

AFTER: Final = {Action.WAIVE: Outcome.WAIVED, Action.ACCEPT: Outcome.SATISFIED, Action.REJECT: Outcome.INVALID}
NOTHING_TO_DECIDE: Final = frozenset({Outcome.NOT_CHECKED, Outcome.NOT_APPLICABLE})
OPEN: Final = frozenset({Outcome.MISSING, Outcome.INVALID, Outcome.UNDETERMINED})


class Deciding:
    """Applies the decisions of one book to the verdicts of one run.

    Args:
        book: the decisions.
        pack: the rule set; what it locks is not waived.
        coder: makes findings.
        alone: whether one unit is checked: then a decision for any unit that fits nothing in it is orphaned.
    """

    def __init__(self, book: DecisionBook, pack: Pack, coder: Coder, *, alone: bool) -> None:
        self._book, self._pack, self._coder, self.alone = book, pack, coder, alone
        self._rows: dict[str, frozenset[str]] = {}
        self._locked = frozenset(code for locked in pack.locked_rows for code in self.rows(locked))

    def apply(self, result: SubmissionResult) -> SubmissionResult:
        """Return a verdict with the decisions that speak of its unit applied, and said."""
        return _Applying(self, result).run()

    def unmatched(self, results: Iterable[SubmissionResult]) -> tuple[Finding, ...]:
        """Return what is to be said of decisions that fit nothing in any verdict of a run over many units."""
        left = {entry.number: entry for entry in self._book.entries}
        looked: set[int] = set()
        for result in results:
            for use in result.decisions:
                left.pop(use.decision.number, None)
            looked |= {number for number, entry in left.items() if self.looked_at(entry, result)}
        return tuple(self.say("decision-orphaned", entry) for number, entry in left.items() if number in looked)

    def looked_at(self, decision: Decision, result: SubmissionResult) -> bool:
        """Return whether a verdict looked at what a decision names; of a part of the set, only at rows in it."""
        judged = {criterion.code for criterion in result.criteria}
        if decision.criterion is not None:
            return bool(judged & self.rows(decision.criterion))
        return len(judged) == len(self._pack.criteria)

    def say(self, code: str, decision: Decision) -> Finding:
        """Return a finding on a decision as a whole."""
        finding = self._coder.say(
            code, criterion=decision.criterion, number=decision.number, scope=scope(decision), who=decision.who
        )
        if code == "decision-expired":
            finding = dataclasses.replace(finding, args={**finding.args, "until": decision.until})
        return dataclasses.replace(finding, requirement=decision.requirement)

    def told(self, decision: Decision, before: Outcome, after: Outcome) -> Finding:
        """Return the finding that says what a decision did to an outcome."""
        code = "decision-rejected" if decision.action is Action.REJECT else "decision-applied"
        return self._coder.say(
            code,
            action=decision.action.value,
            reason=decision.reason,
            who=decision.who,
            when=decision.when,
            until=decision.until,
            before=before.value,
            after=after.value,
        )

    def refuses(self, decision: Decision, target: _Target) -> bool:
        """Return whether a decision would waive what the owner of the rule set has locked.

        To accept what was never handed in is to waive it. To accept a document that is there is to answer for what it
        says, which no lock forbids.
        """
        if decision.action is Action.REJECT:
            return False
        row = target.criterion in self._locked
        locked = [f for f in target.findings if f.counts and (row or f.code in self._pack.locked_severities)]
        if decision.action is Action.ACCEPT:
            return (row and target.outcome is Outcome.MISSING) or any(f.document is None for f in locked)
        return row or bool(locked)

    def entries(self, result: SubmissionResult) -> list[Decision]:
        """Return the decisions that speak of a unit, or of every unit."""
        stem = result.path.rsplit(".", 1)[0]
        names = {folded(name) for name in (result.unit, result.path, stem) if name}
        return [entry for entry in self._book.entries if entry.unit is None or folded(entry.unit) in names]

    def expired(self, decision: Decision) -> bool:
        """Return whether the last day of a decision is past."""
        return self._book.expired(decision)

    @property
    def run(self) -> dict[str, Any]:
        """What a report says of the decisions in `run`."""
        return self._book.run

    @property
    def identity(self) -> list[object]:
        """What verdicts rest on: the decisions, those that have expired, and whether one unit is checked."""
        expired = [entry.number for entry in self._book.entries if self._book.expired(entry)]
        return [self._book.digest, expired, self.alone]

    def rows(self, code: str) -> frozenset[str]:
        """Return the codes of the scored rows at or below a code."""
        if code not in self._rows:
            self._rows[code] = frozenset(row.code for row in self._pack.under(code))
        return self._rows[code]


def scope(decision: Decision) -> str:
    """Return what a decision names, in codes."""
    return " · ".join(scoped(decision).values())


def scoped(decision: Decision) -> dict[str, str]:
    """Return what a decision names, by key of the decisions file."""
    keys = ("unit", "criterion", "requirement", "finding", "fingerprint")
    return {key: getattr(decision, key) for key in keys if getattr(decision, key)}


@dataclasses.dataclass(frozen=True, slots=True)
class _Target:
    """One thing in a verdict that a decision names: a criterion, a requirement of one, or a finding."""

    criterion: str | None
    requirement: str | None
    findings: tuple[Finding, ...]
    """The finding itself; of a criterion or requirement, all of its."""
    outcome: Outcome | None
    """None: a finding is meant."""

    @property
    def key(self) -> tuple[object, ...]:
        if self.outcome is None:
            return ("finding", id(self.findings[0]))
        return (self.criterion, self.requirement)

    @property
    def needed(self) -> bool:
        """Whether there is anything to decide."""
        if self.outcome is None:
            return self.findings[0].severity is not Severity.NOTE
        return self.outcome not in NOTHING_TO_DECIDE


class _Applying:
    """Applies the decisions to one verdict."""

    def __init__(self, deciding: Deciding, result: SubmissionResult) -> None:
        self.deciding, self.result = deciding, result
        self.documents: Mapping[str, Evidence] = {evidence.id: evidence for evidence in result.documents}
        self.states: dict[int, DecisionState] = {}
        self.chosen: dict[tuple[object, ...], Decision] = {}

    def run(self) -> SubmissionResult:
        entries = self.deciding.entries(self.result)
        said = [finding for entry in entries for finding in self._sort(entry)]
        criteria = tuple(self._criterion(criterion) for criterion in self.result.criteria)
        rest = self._findings(self.result.findings)
        uses = tuple(DecisionUse(entry, self.states[entry.number]) for entry in entries if entry.number in self.states)
        return dataclasses.replace(self.result, criteria=criteria, findings=(*rest, *said), decisions=uses)

    def _sort(self, entry: Decision) -> list[Finding]:
        """Note what a decision is applied to; return what is to be said of one that is not applied."""
        targets = list(self._targets(entry))
        if not targets:
            if not self.deciding.looked_at(entry, self.result) or (entry.unit is None and not self.deciding.alone):
                return []
            return [self._set_aside(entry, DecisionState.ORPHANED, "decision-orphaned")]
        if self.deciding.expired(entry):
            return [self._set_aside(entry, DecisionState.EXPIRED, "decision-expired")]
        if any(self.deciding.refuses(entry, target) for target in targets):
            return [self._set_aside(entry, DecisionState.REFUSED, "decision-refused")]
        # It is applied, or overruled, when its turn comes.
        self.states[entry.number] = DecisionState.UNNEEDED
        for target in targets:
            if target.needed:
                before = self.chosen.get(target.key)
                if before is not None and self.states[before.number] is DecisionState.UNNEEDED:
                    self.states[before.number] = DecisionState.OVERRULED
                self.chosen[target.key] = entry
        return []

    def _set_aside(self, entry: Decision, state: DecisionState, code: str) -> Finding:
        self.states[entry.number] = state
        return self.deciding.say(code, entry)

    def _targets(self, entry: Decision) -> Iterable[_Target]:
        """Yield what a decision names."""
        if entry.finding or entry.fingerprint:
            for finding, mark in self._marked:
                if self._names(entry, finding, mark):
                    yield _Target(finding.criterion, finding.requirement, (finding,), None)
            return
        under = self.deciding.rows(entry.criterion or "")
        for criterion in self.result.criteria:
            if criterion.code not in under:
                continue
            if entry.requirement is None:
                inner = tuple(finding for each in criterion.requirements for finding in each.findings)
                yield _Target(criterion.code, None, (*inner, *criterion.findings), criterion.outcome)
            for each in criterion.requirements:
                if each.id == entry.requirement:
                    yield _Target(criterion.code, each.id, each.findings, each.outcome)

    @functools.cached_property
    def _marked(self) -> list[tuple[Finding, str]]:
        return [(finding, fingerprint(finding, self.documents)) for finding in all_findings(self.result)]

    def _names(self, entry: Decision, finding: Finding, mark: str) -> bool:
        return (
            entry.finding in (None, finding.code)
            and entry.requirement in (None, finding.requirement)
            and (
                entry.criterion in (None, finding.criterion)
                or finding.criterion in self.deciding.rows(entry.criterion or "")
            )
            and entry.fingerprint in (None, mark)
        )

    def _used(self, decision: Decision) -> Decision:
        self.states[decision.number] = DecisionState.APPLIED
        return decision

    def _findings(self, findings: Sequence[Finding]) -> tuple[Finding, ...]:
        """Return findings, those that a decision names marked with it."""
        marked = []
        for finding in findings:
            decision = self.chosen.get(("finding", id(finding)))
            marked.append(dataclasses.replace(finding, decision=self._used(decision)) if decision else finding)
        return tuple(marked)

    def _requirement(self, requirement: RequirementResult, code: str) -> RequirementResult:
        findings = self._findings(requirement.findings)
        outcome, by = settled(requirement, findings)
        decision = self.chosen.get((code, requirement.id))
        if decision is not None and needed(decision, outcome):
            outcome, by = AFTER[decision.action], (*by, self._used(decision))
            findings = _under(findings, decision)
        if outcome is requirement.outcome:
            return dataclasses.replace(requirement, findings=findings)
        decided = Decided(requirement.outcome, outcome, unique(by))
        told = tuple(self._about(each, decided, code, requirement.id) for each in decided.by)
        return dataclasses.replace(requirement, outcome=outcome, findings=(*findings, *told), decision=decided)

    def _criterion(self, criterion: CriterionResult) -> CriterionResult:
        requirements = tuple(self._requirement(each, criterion.code) for each in criterion.requirements)
        findings = self._findings(criterion.findings)
        by = tuple(decision for each in requirements if each.decision for decision in each.decision.by)
        by += tuple(finding.decision for finding in findings if finding.decision)
        outcome = derived(criterion, requirements, findings) if by else criterion.outcome
        decision = self.chosen.get((criterion.code, None))
        if decision is not None and needed(decision, outcome):
            outcome, by = AFTER[decision.action], (*by, self._used(decision))
            findings = _under(findings, decision)
            requirements = tuple(
                dataclasses.replace(each, findings=_under(each.findings, decision)) for each in requirements
            )
        decided = Decided(criterion.outcome, outcome, unique(by)) if outcome is not criterion.outcome else None
        if decided is not None and decision in decided.by:
            findings = (*findings, self._about(decision, decided, criterion.code, None))
        return dataclasses.replace(
            criterion, requirements=requirements, findings=findings, outcome=outcome, decision=decided
        )

    def _about(self, decision: Decision, decided: Decided, criterion: str, requirement: str | None) -> Finding:
        finding = self.deciding.told(decision, decided.before, decided.after)
        return dataclasses.replace(finding, criterion=criterion, requirement=requirement)


def needed(decision: Decision, outcome: Outcome) -> bool:
    """Return whether a decision changes an outcome: what holds needs no waiver."""
    if outcome in NOTHING_TO_DECIDE or outcome is AFTER[decision.action]:
        return False
    return not (decision.action is Action.WAIVE and outcome is Outcome.SATISFIED)


def settled(requirement: RequirementResult, findings: Sequence[Finding]) -> tuple[Outcome, tuple[Decision, ...]]:
    """Return what becomes of a requirement once some of its findings no longer count, and by which decisions.

    It holds when nothing is left to be said of any one of its documents, nor of the requirement itself.
    """
    outcome = requirement.outcome
    by = tuple(finding.decision for finding in findings if finding.decision)
    if not by or outcome not in OPEN:
        return outcome, ()
    good = Outcome.WAIVED if any(each.action is Action.WAIVE for each in by) else Outcome.SATISFIED
    itself = [finding for finding in findings if finding.document is None]
    if outcome is Outcome.MISSING:
        return (good, by) if any(f.decision for f in itself) and not any(f.counts for f in itself) else (outcome, ())
    if any(_stands(finding) for finding in itself):
        return outcome, ()
    if outcome is Outcome.UNDETERMINED and any(finding.decision for finding in itself):
        return good, by
    of_each = [[finding for finding in findings if finding.document == id_] for id_ in requirement.documents]
    touched = [each for each in of_each if any(finding.decision for finding in each)]
    if any(not any(_stands(finding) for finding in each) for each in touched):
        return good, by
    if outcome is Outcome.INVALID and any(not any(finding.counts for finding in each) for each in touched):
        return Outcome.UNDETERMINED, by
    return outcome, ()


def _under(findings: Sequence[Finding], decision: Decision) -> tuple[Finding, ...]:
    """Return findings on what a decision lets pass, marked with it; those on what it rejects stay as they are."""
    if decision.action is Action.REJECT:
        return tuple(findings)
    return tuple(
        dataclasses.replace(finding, decision=decision) if _stands(finding) else finding for finding in findings
    )


def _stands(finding: Finding) -> bool:
    return finding.severity is not Severity.NOTE and finding.decision is None


def derived(
    criterion: CriterionResult, requirements: Sequence[RequirementResult], findings: Sequence[Finding]
) -> Outcome:
    """Return the outcome of a criterion once some of its requirements or findings are decided."""
    counting = any(finding.counts for finding in findings)
    if criterion.outcome in NOTHING_TO_DECIDE:
        return criterion.outcome
    if not requirements:
        waived = any(finding.decision and finding.decision.action is Action.WAIVE for finding in findings)
        good = Outcome.WAIVED if waived else Outcome.SATISFIED
        return criterion.outcome if counting else good
    outcome = together(requirements)
    return Outcome.INVALID if counting and outcome is not Outcome.MISSING else outcome


def unique(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return decisions in the order of their file, each once."""
    return tuple(sorted(dict.fromkeys(decisions), key=lambda decision: decision.number))
