# SPDX-License-Identifier: Apache-2.0
"""One requirement held against the documents of its criterion: the best candidate counts."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from parcheck.judging.evaluate import fact_of, unique
from parcheck.judging.vocabulary import SILENT, Context
from parcheck.model import Evidence, Finding, Outcome, RequirementResult, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parcheck.judging.coding import Coder
    from parcheck.judging.evaluate import Evaluator, Verdict
    from parcheck.rules import Alternative, Requirement
    from parcheck.submission import Handed

NEAREST = 3
"""At most so many documents are named where none fits."""

OFF_TOPIC = "subject-off-topic"
SIGNS_OF_SIGNING = frozenset({"signatures", "marks"})
FOLLOWS_FROM_DRAFT = frozenset({"number-blank", "date-blank", "signer-unseen", "unsigned"})

_RANK = {Outcome.SATISFIED: 0, Outcome.UNDETERMINED: 1, Outcome.INVALID: 2}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One document held against one alternative."""

    evidence: Evidence
    outcome: Outcome
    findings: tuple[Finding, ...] = ()
    sure_match: bool = True
    silent: bool = False
    """True where only what a citation leaves out keeps it from matching, or from not matching."""

    @property
    def order(self) -> tuple[int, bool, int, str]:
        """Sorts the best first, the same way on every run."""
        return (
            _RANK[self.outcome],
            not self.sure_match,
            len(self.findings),
            self.evidence.path or self.evidence.id,
        )


@dataclass(frozen=True, slots=True)
class Scene:
    """What all requirements of one submission are judged with."""

    handed: Handed
    year: int
    evaluator: Evaluator
    coder: Coder

    def contexts(self, documents: Sequence[Evidence]) -> Iterator[tuple[Evidence, Context]]:
        """Yield each of the documents of a criterion with what the keywords may look at for it."""
        readings = tuple(evidence.reading for evidence in documents)
        for number, evidence in enumerate(documents):
            yield (
                evidence,
                Context(
                    reading=evidence.reading,
                    year=self.year,
                    unit=self.handed.unit_names,
                    parent=self.handed.parent,
                    upstream=self.handed.upstream,
                    companions=readings[:number] + readings[number + 1 :],
                ),
            )


@dataclass(frozen=True, slots=True)
class Held:
    """The documents of a criterion held against one of its requirements."""

    candidates: tuple[Candidate, ...]
    """Documents that fit the description, or may; the best first."""
    near: tuple[tuple[int, Candidate], ...]
    """(how many conditions keep it from fitting, document) of those that come near."""


def judge(requirement: Requirement, documents: Sequence[Evidence], scene: Scene) -> RequirementResult:
    """Hold the documents filed under a criterion against one of its requirements."""
    return conclude(requirement, hold(requirement, documents, scene), documents, scene)


def hold(requirement: Requirement, documents: Sequence[Evidence], scene: Scene) -> Held:
    """Return which documents fit a requirement, and which come near."""
    candidates: list[Candidate] = []
    near: list[tuple[int, Candidate]] = []
    for evidence, context in scene.contexts(documents):
        best: Candidate | None = None
        for alternative in requirement.alternatives:
            candidate, nearness = _hold(alternative, evidence, context, scene)
            if candidate is None:
                continue
            if nearness is not None:
                near.append((nearness, candidate))
            elif best is None or candidate.order < best.order:
                best = candidate
        if best is not None and not (requirement.optional and best.silent):
            candidates.append(best)
    candidates.sort(key=lambda candidate: candidate.order)
    return Held(tuple(candidates), tuple(near))


def conclude(requirement: Requirement, held: Held, documents: Sequence[Evidence], scene: Scene) -> RequirementResult:
    """Return what becomes of a requirement: the best candidate counts."""
    if held.candidates:
        outcome, findings = _count(requirement, list(held.candidates), scene)
    else:
        outcome, findings = _none(requirement, documents, list(held.near), scene)
    return RequirementResult(
        id=requirement.id,
        name=requirement.name,
        outcome=outcome,
        optional=requirement.optional,
        documents=tuple(candidate.evidence.id for candidate in held.candidates),
        findings=tuple(dataclasses.replace(finding, requirement=requirement.id) for finding in findings),
    )


def _hold(
    alternative: Alternative, evidence: Evidence, context: Context, scene: Scene
) -> tuple[Candidate | None, int | None]:
    """Return (the document as a candidate, None), (it as one that comes near, how far it is), or (None, None)."""
    match = scene.evaluator.evaluate(alternative.match, context)
    if match.holds is False:
        far = _distance(match, alternative, evidence, scene)
        if far is None:
            return None, None
        valid = scene.evaluator.valid(alternative.valid, context)
        findings = _findings(match, evidence, scene, certain_only=True)
        findings += _findings(valid, evidence, scene, certain_only=True)
        return Candidate(evidence, Outcome.INVALID, tuple(_subsumed(unique(findings)))), far
    valid = scene.evaluator.valid(alternative.valid, context)
    findings = _findings(valid, evidence, scene)
    if match.holds is None:
        findings = _findings(match, evidence, scene)
        silent = all(undecided.reason.code == SILENT.code for undecided in match.undecided)
        candidate = Candidate(evidence, Outcome.UNDETERMINED, tuple(unique(findings)), sure_match=False, silent=silent)
        return candidate, None
    if any(finding.severity is Severity.ERROR for finding in findings):
        outcome = Outcome.INVALID
    elif findings:
        outcome = Outcome.UNDETERMINED
    else:
        outcome = Outcome.SATISFIED
    return Candidate(evidence, outcome, tuple(_subsumed(unique(findings)))), None


def _findings(verdict: Verdict, evidence: Evidence, scene: Scene, *, certain_only: bool = False) -> list[Finding]:
    findings = [scene.coder.finding(error, evidence.reading, evidence.id) for error in verdict.failures]
    if not certain_only:
        where = evidence.reading.where
        findings += [scene.coder.undecided(each, evidence.id, where.get(each.fact or "")) for each in verdict.undecided]
    return findings


def _distance(match: Verdict, alternative: Alternative, evidence: Evidence, scene: Scene) -> int | None:
    """Return how many conditions keep a document from matching; None when it is not near at all.

    It comes near when it is about the right thing (no topic is missing) and either some fact that tells the proof from
    others fits, or only the year is another.
    """
    failed = {fact_of(error) for error in match.failures}
    codes = {getattr(getattr(error, "failure", None), "code", None) for error in match.failures}
    if OFF_TOPIC in codes or not match.failures:
        return None
    silent = {name for name, reason in evidence.reading.unknown.items() if reason.code == SILENT.code}
    if codes == {"year-differs"} or scene.evaluator.facts_named(alternative.match) - failed - silent:
        return len(match.failures)
    return None


def _subsumed(findings: list[Finding]) -> list[Finding]:
    """Drop what follows from a graver finding on the same document: a draft has no number, date or signature yet."""
    if not any(finding.code == "draft" for finding in findings):
        return findings
    return [
        finding
        for finding in findings
        if finding.code not in FOLLOWS_FROM_DRAFT and finding.args.get("fact") not in SIGNS_OF_SIGNING
    ]


def _count(requirement: Requirement, candidates: list[Candidate], scene: Scene) -> tuple[Outcome, list[Finding]]:
    """Return the outcome where at least one document fits the description."""
    good = _distinct(requirement, [c for c in candidates if c.outcome is Outcome.SATISFIED])
    if len(good) >= requirement.minimum:
        return Outcome.SATISFIED, []
    open_ = [c for c in candidates if c.outcome is Outcome.UNDETERMINED]
    findings = [finding for c in candidates if c.outcome is not Outcome.SATISFIED for finding in c.findings]
    if requirement.minimum > 1:
        enough = len(good) + len(open_) >= requirement.minimum
        short = scene.coder.say("count-too-few", found=len(good), wanted=requirement.minimum)
        findings.insert(0, dataclasses.replace(short, severity=Severity.WARNING) if enough else short)
        return (Outcome.UNDETERMINED if enough else Outcome.MISSING), findings
    best = candidates[0]
    # What keeps the others from counting is said too, but below what would have to be mended first.
    rest = [finding for finding in findings if finding not in best.findings]
    return best.outcome, [*best.findings, *rest]


def _distinct(requirement: Requirement, good: list[Candidate]) -> list[Candidate]:
    if not requirement.distinct:
        return good
    kept: dict[tuple[str, ...], Candidate] = {}
    for candidate in good:
        key = tuple(str(candidate.evidence.reading.facts.get(fact)) for fact in requirement.distinct)
        kept.setdefault(key, candidate)
    return list(kept.values())


def _of_any(finding: Finding, others: Sequence[Candidate]) -> Finding:
    """Return a finding on a document that comes near, naming what any of the alternatives would take."""
    wanted: list[Any] = []
    for other in others:
        for same in other.findings:
            if same.code == finding.code and same.args.get("fact") == finding.args.get("fact"):
                value = same.args.get("wanted")
                wanted += value if isinstance(value, list) else [value]
    args = {**finding.args, "wanted": unique(wanted)} if len(others) > 1 and "wanted" in finding.args else finding.args
    return dataclasses.replace(finding, args=args, severity=Severity.WARNING)


def _none(
    requirement: Requirement, documents: Sequence[Evidence], near: list[tuple[int, Candidate]], scene: Scene
) -> tuple[Outcome, list[Finding]]:
    """Return the outcome where no document fits: missing, with what comes nearest and what keeps it from fitting."""
    if requirement.optional:
        return Outcome.NOT_CHECKED, []
    near.sort(key=lambda pair: (pair[0], pair[1].order))
    named: list[Finding] = []
    seen: set[str] = set()
    for _, candidate in near:
        id_ = candidate.evidence.id
        if id_ not in seen and len(seen) < NEAREST:
            seen.add(id_)
            others = [other for _, other in near if other.evidence.id == id_]
            named += [_of_any(finding, others) for finding in candidate.findings]
    return Outcome.MISSING, [scene.coder.say("evidence-missing", files=len(documents)), *named]
