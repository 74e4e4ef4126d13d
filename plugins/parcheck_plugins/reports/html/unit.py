# SPDX-License-Identifier: Apache-2.0
"""One unit's verdict as its page shows it: everything said, in both languages, nothing laid out yet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from parcheck.judging.deciding import scope
from parcheck.model import Outcome, Status
from parcheck.provenance import Ground, basis
from parcheck.reporting.summary import findings_of
from parcheck.reporting.totals import field_told, totals_told
from parcheck.reporting.wording import Teller, told_source
from parcheck_plugins.reports.html.findings import NOTHING, FindingTeller
from parcheck_plugins.reports.html.register import inputs, register
from parcheck_plugins.reports.html.tasks import FAILING, TaskTeller, advice_on, at_stake
from parcheck_plugins.reports.html.texts import Said

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from parcheck.model import (
        CriterionResult,
        Decided,
        DecisionUse,
        Report,
        RequirementResult,
        SubmissionResult,
        Totals,
    )
    from parcheck_plugins.reports.html.findings import FindingView, Held
    from parcheck_plugins.reports.html.pictures import Picture
    from parcheck_plugins.reports.html.register import InputRow, Row
    from parcheck_plugins.reports.html.tasks import Task
    from parcheck_plugins.reports.html.texts import Speaker

ORDER: Final = (
    Outcome.MISSING,
    Outcome.INVALID,
    Outcome.UNDETERMINED,
    Outcome.SATISFIED,
    Outcome.EXPLAINED,
    Outcome.WAIVED,
    Outcome.NOT_APPLICABLE,
    Outcome.NOT_CHECKED,
)
"""What asks for work comes first."""
_MISSING: Final = "evidence-missing"
_CODE: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z.]{0,30}")


@dataclass(frozen=True, slots=True)
class RequirementView:
    """One document that a criterion asks for."""

    name: Said
    outcome: Outcome
    accepted: Held | None
    """The document that counts, of a requirement that holds."""
    groups: Sequence[tuple[Held | None, Sequence[FindingView]]]
    """Findings, those on one document together."""
    source: Said
    decided: Sequence[Said]
    """What decisions did to the outcome."""


@dataclass(frozen=True, slots=True)
class CriterionView:
    """One scored row."""

    anchor: str
    code: str
    name: str
    outcome: Outcome
    points: Said
    claimed: Said
    supported: Said
    not_checked: Said
    """Why nothing was to be handed in; empty where something was."""
    nothing_handed_in: Said
    requirements: Sequence[RequirementView]
    about: Sequence[FindingView]
    """Findings on the claim, and on documents that fit no requirement."""
    fixes: Sequence[Said]
    decided: Sequence[Said]
    stake: float
    """Points claimed that are not borne out for sure."""

    @property
    def unfolded(self) -> bool:
        """Whether it asks for work."""
        return self.outcome in (*FAILING, Outcome.UNDETERMINED)


@dataclass(frozen=True, slots=True)
class Points:
    """The sums of the head, as numbers in words."""

    claimed: Said
    own: Said
    supported: Said
    spanned: bool
    """Whether `supported` is a span, from what is sure to the most."""
    unsupported: Said


@dataclass(frozen=True, slots=True)
class UnitView:
    """One unit."""

    prefix: str
    name: Said
    named: bool
    period: str
    ready: bool
    open_questions: bool
    verdict: Said
    counts: Sequence[tuple[Outcome, Said, int]]
    points: Points | None
    files: Said
    ocr: Said
    """At which criteria words were recognised from pixels."""
    tasks: Sequence[Task]
    to_look_at: Sequence[Task]
    totals: Sequence[Said]
    totals_source: Said
    fields: Sequence[tuple[str, str, Said, Sequence[CriterionView]]]
    """Code, name, what is claimed, criteria."""
    rest: Sequence[FindingView]
    decisions: Sequence[tuple[Said, Said]]
    """What became of each decision, and the decision."""
    register: Sequence[Row]
    unlisted: Said
    inputs: Sequence[InputRow]
    """What was handed in and is no document."""
    inputs_unlisted: Said
    no_pictures: Said


class UnitTeller:
    """Makes the view of one submission.

    Args:
        report: what the submission belongs to.
        submission: the unit's verdict.
        speaker: the words.
        pictures: by `id` of a finding, its picture or why there is none.
        prefix: what anchors begin with, for pages that hold several units.
    """

    def __init__(
        self,
        report: Report,
        submission: SubmissionResult,
        speaker: Speaker,
        pictures: Mapping[int, Picture | str],
        prefix: str = "",
    ) -> None:
        self._fields, self._submission, self._say = dict(report.fields), submission, speaker
        self._tellers = {language: Teller(submission, speaker.catalogue, language) for language in ("vi", "en")}
        self._prefix = prefix
        self._findings = FindingTeller(submission, speaker, self._tellers, pictures, prefix)
        self._anchors = {
            criterion.code: f"{prefix}c-{criterion.code if _CODE.fullmatch(criterion.code) else number}"
            for number, criterion in enumerate(submission.criteria, 1)
        }
        rest = f"{prefix}rest"
        self._tasks = TaskTeller(submission, speaker, self._tellers, self._findings, self._anchors, rest)

    def view(self) -> UnitView:
        """Return all that the page says."""
        submission, say = self._submission, self._say
        codes = {criterion.code for criterion in submission.criteria}
        loose = [finding for finding in submission.findings if finding.criterion not in codes]
        totals = submission.totals if submission.totals and len(submission.criteria) > 1 else None
        counts = submission.counts
        undetermined = counts[Outcome.UNDETERMINED.value]
        fields = [
            (code, self._fields.get(code, ""), self._claimed_in(code), [self._criterion(each) for each in group])
            for code, group in groupby(submission.criteria, key=lambda criterion: criterion.field)
        ]
        rows, unlisted = register(submission, say, self._anchors, self._findings.held)
        beside, beside_unlisted = inputs(submission, say)
        return UnitView(
            prefix=self._prefix,
            name=Said(submission.unit, submission.unit) if submission.unit else say.ui("unit-unknown"),
            named=bool(submission.unit),
            period=submission.period,
            ready=submission.ready,
            open_questions=bool(undetermined),
            verdict=say.ui("not-ready")
            if not submission.ready
            else say.ui("ready-undetermined", count=undetermined)
            if undetermined
            else say.ui("ready"),
            counts=[(each, say.term("outcomes", each.value), counts[each]) for each in ORDER if counts[each]],
            points=self._points(totals),
            files=self._files(),
            ocr=self._ocr(),
            tasks=[*self._tasks.on_criteria(FAILING), *self._tasks.on_files(loose)],
            to_look_at=self._tasks.on_criteria((Outcome.UNDETERMINED,)),
            totals=self._totals(totals),
            totals_source=self._source(totals.source if totals else None),
            fields=fields,
            rest=self._findings.views(loose),
            decisions=[(self._used(use), self._findings.decision(use.decision)) for use in submission.decisions],
            register=rows,
            unlisted=say.ui("html-register-more", count=unlisted) if unlisted else NOTHING,
            inputs=beside,
            inputs_unlisted=say.ui("html-register-more", count=beside_unlisted) if beside_unlisted else NOTHING,
            no_pictures=self._no_pictures(),
        )

    def _source(self, source: str | None) -> Said:
        if source is None:
            return NOTHING
        return self._say.both(lambda language: told_source(source, self._say.catalogue, language))

    def _claimed_in(self, field: str) -> Said:
        totals = self._submission.totals
        part = next((each for each in totals.fields if each.code == field), None) if totals else None
        return self._say.both(lambda language: field_told(part, self._say.catalogue, language)) if part else NOTHING

    def _points(self, totals: Totals | None) -> Points | None:
        if totals is None or totals.whole.claimed is None:
            return None
        least, most = (
            self._say.number(points) for points in (totals.whole.supported.least, totals.whole.supported.most)
        )
        span = least if least == most else Said(f"{least.vi} – {most.vi}", f"{least.en} – {most.en}")
        over = self._say.number(totals.whole.unsupported) if totals.whole.unsupported else NOTHING
        claimed, own = self._say.number(totals.whole.claimed), self._say.number(totals.whole.own)
        return Points(claimed, own, span, least != most, over)

    def _totals(self, totals: Totals | None) -> list[Said]:
        if totals is None:
            return []
        lines = {language: totals_told(totals, self._say.catalogue, language) for language in self._tellers}
        return [Said(vi, en) for vi, en in zip(lines["vi"], lines["en"], strict=True)]

    def _files(self) -> Said:
        readings = [evidence.reading for evidence in self._submission.documents if evidence.path is not None]
        count = {status.value: sum(reading.status is status for reading in readings) for status in Status}
        return self._say.ui("documents-counts", files=len(readings), **count)

    def _ocr(self) -> Said:
        submission = self._submission
        codes = [each.code for each in submission.criteria if Ground.OCR in basis(each, submission).grounds]
        return self._say.ui("rests-on-ocr", codes=codes) if codes else NOTHING

    def _no_pictures(self) -> Said:
        root = self._submission.root
        if root is not None and root.exists():
            return NOTHING
        placed = any(finding.place and finding.place.box for finding in findings_of(self._submission))
        return self._say.ui("html-no-pictures") if placed else NOTHING

    def _criterion(self, criterion: CriterionResult) -> CriterionView:
        own = [finding for finding in self._submission.findings if finding.criterion == criterion.code]
        empty = _without_files(criterion)
        if criterion.assessed != "self":
            why = self._say.ui(f"not-checked-{criterion.assessed}")
        elif criterion.claimed == 0:
            why = self._say.ui("not-checked-zero")
        else:
            why = NOTHING
        return CriterionView(
            anchor=self._anchors[criterion.code],
            code=criterion.code,
            name=criterion.name,
            outcome=criterion.outcome,
            points=self._say.number(criterion.points),
            claimed=NOTHING if criterion.claimed is None else self._say.number(criterion.claimed),
            supported=self._supported(criterion),
            not_checked=why,
            nothing_handed_in=self._say.ui("no-files", code=criterion.code) if empty else NOTHING,
            requirements=[
                self._requirement(each, brief=empty)
                for each in criterion.requirements
                if each.findings or each.outcome is not Outcome.NOT_CHECKED
            ],
            about=self._findings.views([*criterion.findings, *own]),
            fixes=advice_on(criterion, self._findings),
            decided=self._decided(criterion.decision),
            stake=at_stake(criterion),
        )

    def _supported(self, criterion: CriterionResult) -> Said:
        if criterion.claimed is None or criterion.outcome is Outcome.NOT_CHECKED:
            return NOTHING
        if criterion.supported is None:
            return self._say.ui("supported-unknown")
        least, most = criterion.supported_least, criterion.supported
        if least >= most:
            return self._say.number(most)
        return self._say.ui("html-at-most", most=self._say.number(most))

    def _requirement(self, requirement: RequirementResult, *, brief: bool) -> RequirementView:
        satisfied = requirement.outcome is Outcome.SATISFIED
        return RequirementView(
            name=self._say.both(lambda language: self._tellers[language].requirement(requirement)),
            outcome=requirement.outcome,
            accepted=self._findings.held(requirement.documents[0]) if satisfied and requirement.documents else None,
            groups=[] if brief else self._findings.grouped(requirement.findings),
            source=self._source(requirement.source),
            decided=self._decided(requirement.decision),
        )

    def _decided(self, decided: Decided | None) -> list[Said]:
        if decided is None:
            return []
        before, after = (self._say.term("outcomes", outcome.value) for outcome in (decided.before, decided.after))
        changed = self._say.ui("html-decided", before=before, after=after)
        return [changed, *(self._findings.decision(decision) for decision in decided.by)]

    def _used(self, use: DecisionUse) -> Said:
        state = self._say.term("decision-states", use.state.value)
        return self._say.ui("decision-used", number=use.decision.number, scope=scope(use.decision), state=state)


def _without_files(criterion: CriterionResult) -> bool:
    """Return whether all that is to be said is that nothing was handed in for the criterion."""
    findings = [finding for requirement in criterion.requirements for finding in requirement.findings]
    return bool(findings) and all(f.code == _MISSING and not f.args.get("files") for f in findings)
