# SPDX-License-Identifier: Apache-2.0
"""One submission held against one pack: from readings to outcomes, no file opened any more."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

from parcheck.judging.citing import Joined, gather, join
from parcheck.judging.claims import Weighed, reached, rows_asked, weigh
from parcheck.judging.coding import Coder, describing
from parcheck.judging.evaluate import Evaluator
from parcheck.judging.requirement import Scene, judge
from parcheck.judging.series import judge_all
from parcheck.judging.sheet import Unproved, figures_said, figures_stand, settled, unseen
from parcheck.judging.totals import add_up
from parcheck.model import (
    CriterionResult,
    Evidence,
    Finding,
    Outcome,
    Reading,
    RequirementResult,
    Severity,
    SubmissionResult,
)
from parcheck.rules.requirements import requirements
from parcheck.rules.statics import facts_asked
from parcheck.rules.template import fill
from parcheck.submission import Claim
from parcheck.submission.filing import filed_under

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from parcheck.catalogue import Catalogue
    from parcheck.judging.crosscheck import CrossCheck
    from parcheck.judging.scoring import Range
    from parcheck.judging.vocabulary import Vocabulary
    from parcheck.plugins import Answer
    from parcheck.rules import Criterion, Pack, Requirement
    from parcheck.submission import Handed

NEVER_PROOF = frozenset({"file-empty", "file-pointer", "file-temporary", "archive-empty"})
"""Problems that show a file to be no document at all: it is no candidate for anything."""
_URL = re.compile(r"https?://\S+|\bwww\.\S+", re.IGNORECASE)


@dataclasses.dataclass(frozen=True, slots=True)
class _Held:
    """A scored row whose requirements are judged, and whose claim is not weighed yet."""

    criterion: Criterion
    claim: Claim
    outcome: Outcome
    results: tuple[RequirementResult, ...] = ()
    findings: tuple[Finding, ...] = ()


class Judge:
    """Judges submissions against one pack."""

    def __init__(self, pack: Pack, vocabulary: Vocabulary, catalogue: Catalogue) -> None:
        self._pack = pack
        self._codes = pack.codes()
        self._vocabulary = vocabulary
        self._coder = Coder(catalogue, pack.severities)
        self._asked = facts_asked(pack, vocabulary)
        self._deciding = rows_asked(pack)

    def judge(
        self,
        handed: Handed,
        readings: Sequence[Reading],
        crosschecks: Iterable[CrossCheck] = (),
        failed: Iterable[Answer] = (),
    ) -> SubmissionResult:
        """Return the verdict on a submission.

        Args:
            handed: what was handed in.
            readings: one per item of `handed`, in the same order.
            crosschecks: checks over all documents.
            failed: plugins whose cross-checks could not be had.
        """
        year = handed.year or self._pack.year
        findings = list(handed.problems)
        handed, said = settled(handed, self._pack, self._coder)
        findings += self._within(handed, said)
        files = tuple(self._evidence(handed, readings, findings))
        joined = join(files, gather(handed), self._asked, self._coder)
        documents = joined.documents
        findings += self._within(handed, joined.findings)
        evaluator = Evaluator(self._vocabulary, fill(self._pack.defs, {"year": year}))
        scene = Scene(handed, year, evaluator, self._coder)
        held = [self._held(criterion, joined, scene) for criterion in self._in_scope(handed, findings)]
        by_id = {evidence.id: evidence for evidence in documents}
        rows = {
            each.criterion.code: points
            for each in held
            if each.criterion.code in self._deciding
            and (points := reached(each.criterion, each.claim, each.results, by_id, scene))
        }
        criteria = [self._weighed(each, by_id, rows, scene) for each in held]
        used = {id_ for criterion in criteria for result in criterion.requirements for id_ in _named(result)}
        criteria = [self._misfiled(criterion, joined.standing, scene) for criterion in criteria]
        for evidence in documents:
            findings += self._about(evidence, used)
        findings += self._crosschecks(documents, crosschecks, failed)
        return SubmissionResult(
            unit=handed.unit,
            period=str(year),
            path=handed.path.name,
            criteria=tuple(criteria),
            documents=documents,
            findings=tuple(findings),
            totals=add_up(self._pack, criteria, {each.criterion.code: each.claim for each in held}, year),
        )

    def _within(self, handed: Handed, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Yield findings on criteria that are judged, and on none: the self-assessment may speak of others too."""
        wanted = {row.code for code in handed.scope for row in self._pack.under(code)}
        for finding in findings:
            code = finding.criterion
            if not handed.scope or code is None or wanted.intersection(row.code for row in self._pack.under(code)):
                yield finding

    def _in_scope(self, handed: Handed, findings: list[Finding]) -> Iterator[Criterion]:
        for code in dict.fromkeys([*handed.scope, *handed.claims]):
            if code not in self._codes:
                findings.append(self._coder.say("criterion-unknown", code=code))
        wanted = {row.code for code in handed.scope for row in self._pack.under(code)}
        for criterion in self._pack.criteria:
            if not handed.scope or criterion.code in wanted:
                yield criterion

    def _evidence(self, handed: Handed, readings: Sequence[Reading], findings: list[Finding]) -> Iterator[Evidence]:
        """Yield the documents with the codes they are filed under, by folder and by the unit's own list."""
        listed: dict[str, list[str]] = {}
        names = {item.path: [item.path] for item in handed.items}
        for item in handed.items:
            for archive in item.archives:
                names.setdefault(archive, []).append(item.path)
        for path, files in list(names.items()):
            names.setdefault(path.rsplit("/", 1)[-1], files)
        for claimed, claim in handed.claims.items():
            for name in claim.files:
                if name in names:
                    for file in names[name]:
                        listed.setdefault(file, []).append(claimed)
                else:
                    findings.append(self._coder.say("file-not-found", name=name, criterion=claimed))
        strange: dict[str, None] = {}
        for number, (item, reading) in enumerate(zip(handed.items, readings, strict=True), start=1):
            code, unknown = filed_under(item.folders, self._codes)
            if unknown:
                strange[unknown] = None
            codes = [code] if code else []
            codes += [c for c in listed.get(item.path, ()) if c not in codes]
            yield Evidence(f"d{number:03}", item.path, None, tuple(codes), reading)
        findings += [self._coder.say("folder-unknown", folder=folder) for folder in strange]

    def _filed(self, criterion: Criterion, documents: Sequence[Evidence], *, mentioned: bool = False) -> list[Evidence]:
        """Return the documents filed under a scored row, or under a code above it; or those only named there."""
        above = self._pack.above(criterion)
        return [
            evidence
            for evidence in documents
            if above.intersection(evidence.mentioned if mentioned else evidence.criteria)
            and not any(problem.code in NEVER_PROOF for problem in evidence.reading.problems)
        ]

    def _held(self, criterion: Criterion, joined: Joined, scene: Scene) -> _Held:
        """Hold the documents of a scored row against its requirements."""
        documents = joined.standing
        claim = scene.handed.claims.get(criterion.code, Claim())
        if not claim.figures:
            claim = dataclasses.replace(claim, figures=figures_said(criterion, claim))
        if criterion.assessed != "self" or claim.claimed == 0:
            return _Held(criterion, claim, Outcome.NOT_CHECKED)
        if criterion.bonus and not claim.claimed and not self._filed(criterion, documents):
            # A bonus that nobody claims is no fault.
            return _Held(criterion, claim, Outcome.NOT_CHECKED)
        if claim.not_applicable:
            return self._not_applicable(criterion, claim)
        filed = self._filed(criterion, documents)
        asked = list(requirements(criterion, scene.year))
        unproved = Unproved(
            named=self._filed(criterion, documents, mentioned=True),
            perhaps=self._filed(criterion, joined.perhaps),
        )
        judged = judge_all((one for one in asked if not one.provided_by and not one.other), filed, scene)
        results = [
            self._requirement(one, criterion, claim, filed, judged.get(one.id), unproved, scene) for one in asked
        ]
        matched = {id_ for result in results for id_ in result.documents}
        results = [
            self._other(result, filed, matched) if one.other else result
            for one, result in zip(asked, results, strict=True)
        ]
        return _Held(criterion, claim, together(results), tuple(results))

    def _not_applicable(self, criterion: Criterion, claim: Claim) -> _Held:
        if not claim.explanation:
            return _Held(criterion, claim, Outcome.MISSING, findings=(self._coder.say("explanation-missing"),))
        said: tuple[Finding, ...] = ()
        if claim.claimed and criterion.leaves_maximum:
            said = (self._coder.say("claim-not-applicable", claimed=claim.claimed),)
        return _Held(criterion, claim, Outcome.NOT_APPLICABLE, findings=said)

    def _weighed(
        self, held: _Held, documents: Mapping[str, Evidence], rows: Mapping[str, Range], scene: Scene
    ) -> CriterionResult:
        """Return what became of a scored row: its requirements, and its claim held against them."""
        criterion, outcome = held.criterion, held.outcome
        source = self._pack.cite(criterion)
        weighed = Weighed()
        if outcome not in (Outcome.NOT_CHECKED, Outcome.NOT_APPLICABLE):
            weighed = weigh(criterion, held.claim, held.results, documents, rows, scene)
        extra = (*held.findings, *weighed.findings)
        if outcome is not Outcome.MISSING and any(finding.severity is Severity.ERROR for finding in extra):
            outcome = Outcome.INVALID
        return CriterionResult(
            code=criterion.code,
            name=criterion.name,
            field=criterion.field,
            points=criterion.points,
            assessed=criterion.assessed,
            claimed=held.claim.claimed,
            supported=weighed.supported,
            supported_least=weighed.least,
            outcome=outcome,
            requirements=tuple(
                dataclasses.replace(
                    result,
                    source=source,
                    findings=tuple(
                        dataclasses.replace(finding, criterion=criterion.code, requirement=result.id, source=source)
                        for finding in result.findings
                    ),
                )
                for result in held.results
            ),
            findings=tuple(dataclasses.replace(f, criterion=criterion.code, source=source) for f in extra),
        )

    def _requirement(
        self,
        requirement: Requirement,
        criterion: Criterion,
        claim: Claim,
        filed: list[Evidence],
        result: RequirementResult | None,
        unproved: Unproved,
        scene: Scene,
    ) -> RequirementResult:
        plain = RequirementResult(requirement.id, requirement.name, Outcome.NOT_CHECKED, requirement.optional)
        if result is None:
            return dataclasses.replace(plain, optional=True)
        if requirement.kind == "link" and _URL.search(f"{claim.said}\n{claim.explanation}"):
            return dataclasses.replace(plain, outcome=Outcome.SATISFIED)
        if requirement.kind == "figures" and (claim.figures or figures_stand(requirement, claim, scene, self._asked)):
            return dataclasses.replace(plain, outcome=Outcome.SATISFIED)
        if requirement.kind == "figures" and result.outcome is Outcome.MISSING and filed:
            # Figures may stand in any of the documents; whether they do, only a person can tell.
            finding = self._coder.say("figures-unseen", files=len(filed))
            result = dataclasses.replace(result, outcome=Outcome.UNDETERMINED, findings=(finding,))
        result = unseen(result, requirement, claim, filed, unproved, scene, self._asked)
        if result.outcome in (Outcome.MISSING, Outcome.INVALID) and claim.explanation:
            if criterion.explanation:
                return dataclasses.replace(result, outcome=Outcome.EXPLAINED, findings=_noted(result.findings))
            finding = self._coder.say("explanation-given")
            findings = (finding, *_noted(result.findings))
            return dataclasses.replace(result, outcome=Outcome.UNDETERMINED, findings=findings)
        return result

    @staticmethod
    def _other(result: RequirementResult, filed: list[Evidence], matched: set[str]) -> RequirementResult:
        """Give "other evidence" the files that no named requirement took."""
        rest = tuple(evidence.id for evidence in filed if evidence.id not in matched)
        return dataclasses.replace(result, documents=rest)

    def _misfiled(self, criterion: CriterionResult, documents: Sequence[Evidence], scene: Scene) -> CriterionResult:
        """Add to missing requirements where a document that fits lies elsewhere."""
        if criterion.outcome is not Outcome.MISSING:
            return criterion
        row = next(c for c in self._pack.criteria if c.code == criterion.code)
        here = {evidence.id for evidence in self._filed(row, documents)}
        elsewhere = [evidence for evidence in documents if evidence.id not in here]
        asked = {requirement.id: requirement for requirement in requirements(row, scene.year)}
        results = []
        for result in criterion.requirements:
            if result.outcome is Outcome.MISSING and result.id in asked:
                found = judge(asked[result.id], elsewhere, scene)
                by_id = {evidence.id: evidence for evidence in elsewhere}
                fitting = [by_id[id_] for id_ in found.documents]
                if found.outcome is Outcome.SATISFIED:
                    pointer = dataclasses.replace(
                        self._coder.say("evidence-misfiled", path=fitting[0].path or fitting[0].cited),
                        document=fitting[0].id,
                        criterion=criterion.code,
                        requirement=result.id,
                        source=result.source,
                    )
                    result = dataclasses.replace(result, findings=(*result.findings, pointer))  # noqa: PLW2901
            results.append(result)
        return dataclasses.replace(criterion, requirements=tuple(results))

    def _about(self, evidence: Evidence, used: set[str]) -> Iterator[Finding]:
        """Yield what is to be said of a document whatever the requirements: problems, loose, fitting nothing."""
        if evidence.path is None:
            return
        codes = {problem.code for problem in evidence.reading.problems}
        for problem in evidence.reading.problems:
            yield dataclasses.replace(self._coder.usual(problem), document=evidence.id)
        if codes & NEVER_PROOF:
            return
        what = describing(evidence.reading)
        if not evidence.criteria:
            yield self._coder.say("file-loose", what=what, document=evidence.id)
        elif evidence.id not in used:
            yield self._coder.say("file-unmatched", what=what, document=evidence.id, criterion=evidence.criteria[0])

    def _crosschecks(
        self, documents: Sequence[Evidence], checks: Iterable[CrossCheck], failed: Iterable[Answer]
    ) -> Iterator[Finding]:
        for answer in failed:
            yield self._coder.say("plugin-failed", plugin=answer.plugin, hook="parcheck_crosschecks")
        for check in checks:
            try:
                yield from list(check.check(documents))
            except Exception:  # noqa: BLE001 - one check's failure costs that check, and is said
                yield self._coder.say("plugin-failed", plugin=check.name, hook="parcheck_crosschecks")


def _named(result: RequirementResult) -> set[str]:
    """Return the documents that a requirement speaks of; what "other evidence" takes in is not spoken of."""
    if result.outcome is Outcome.NOT_CHECKED:
        return set()
    return {*result.documents, *(finding.document for finding in result.findings if finding.document)}


def _noted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Keep findings that an explanation stands against, as notes."""
    return tuple(dataclasses.replace(finding, severity=Severity.NOTE) for finding in findings)


_ORDER = (
    Outcome.MISSING,
    Outcome.INVALID,
    Outcome.UNDETERMINED,
    Outcome.EXPLAINED,
    Outcome.WAIVED,
    Outcome.SATISFIED,
)


def together(results: Sequence[RequirementResult]) -> Outcome:
    """Return what the requirements make of their criterion: the worst of those that must be met."""
    outcomes = {result.outcome for result in results if not result.optional}
    return next((outcome for outcome in _ORDER if outcome in outcomes), Outcome.NOT_CHECKED)
