# SPDX-License-Identifier: Apache-2.0
"""A verdict as rows for tables: each finding, each document, with the words that people read."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from parcheck.model import Action, Decision, Outcome, Severity, SubmissionResult
from parcheck.reporting.wording import Teller, by_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcheck.catalogue import Catalogue
    from parcheck.model import (
        CriterionResult,
        Evidence,
        Finding,
        Report,
        RequirementResult,
    )


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding in words."""

    code: str
    severity: Severity
    certainty: str
    """In words; empty for a note."""
    criterion: str
    """Code of the scored row; empty where it is about none."""
    criterion_name: str
    requirement: str
    file: str
    """Path of the file, or the words of a citation; empty where it is about none."""
    page: int | None
    words: str
    """As read in the document, whole."""
    title: str
    message: str
    """Without the words."""
    fix: str
    source: str
    decision: str
    """By which it no longer counts; empty where it counts."""
    outcome: Outcome | None
    """Of the requirement, else of the criterion."""
    requirement_id: str
    fingerprint: str
    """The finding's own mark."""
    decided: Decision | None
    """By which it no longer counts; of a finding that tells of a document not accepted, that decision."""


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document in the register. A text that says "unknown" stands where a fact could not be read."""

    path: str
    """Empty for a citation without a file."""
    cited: str
    kind: str
    symbol: str
    issued_on: datetime.date | str
    issuer: str
    subject: str
    signer: str
    signatures: str
    status: str
    filed: str
    """Codes that the unit files it under."""
    held: str
    """Codes of the rows that it was held against, with what came out."""
    sha256: str


def of_run(report: Report, catalogue: Catalogue, language: str) -> Flat:
    """Return the rows on a run as a whole: findings that are about no unit."""
    return Flat(SubmissionResult(None, "", "", (), (), report.findings), catalogue, language)


class Flat:
    """The rows of one submission."""

    def __init__(self, submission: SubmissionResult, catalogue: Catalogue, language: str) -> None:
        self.submission = submission
        self.teller = Teller(submission, catalogue, language)
        self._catalogue, self._language = catalogue, language
        self._documents = by_id(submission)
        self._criteria = {criterion.code: criterion for criterion in submission.criteria}

    @property
    def unit(self) -> str:
        """The unit's name; what it handed in where the name is not known."""
        return self.submission.unit or self.submission.path

    def findings(self) -> Iterator[FindingRow]:
        """Yield the findings in the order of the set, those of the submission as a whole last."""
        for criterion in self.submission.criteria:
            yield from self.of_criterion(criterion)
        for finding in self.submission.findings:
            yield self.finding(finding, self._criteria.get(finding.criterion or ""))

    def of_criterion(self, criterion: CriterionResult) -> Iterator[FindingRow]:
        """Yield the findings on one scored row: of its requirements, then of its claim."""
        for requirement in criterion.requirements:
            for finding in requirement.findings:
                yield self.finding(finding, criterion, requirement)
        for finding in criterion.findings:
            yield self.finding(finding, criterion)

    def open(self, criterion: CriterionResult) -> list[str]:
        """Return what keeps a scored row from being settled, a sentence each, once: notes left out.

        Where decisions changed its outcome, that comes first, with the outcome before.
        """
        said = dict.fromkeys(self.decided(criterion))
        quiet = {Outcome.SATISFIED, Outcome.NOT_CHECKED}
        for requirement in criterion.requirements:
            for finding in requirement.findings if requirement.outcome not in quiet else ():
                if finding.severity is not Severity.NOTE and finding.decision is None:
                    said[self.finding(finding, criterion, requirement).message] = None
        for finding in criterion.findings:
            if finding.severity is not Severity.NOTE and finding.decision is None:
                said[self.finding(finding, criterion).message] = None
        return list(said)

    def decided(self, criterion: CriterionResult) -> list[str]:
        """Return what decisions did to the outcome of a scored row, as sentences; empty where they did nothing."""
        decided = criterion.decision
        if decided is None:
            return []
        before, after = (self.term("outcomes", outcome.value) for outcome in (decided.before, decided.after))
        told = [f"{decision}." for decision in map(self.teller.decision, decided.by)]
        return [self.phrase("workbook", "decided", before=before, after=after), *told]

    def finding(
        self, finding: Finding, criterion: CriterionResult | None = None, requirement: RequirementResult | None = None
    ) -> FindingRow:
        """Return one finding in words."""
        told = self.teller.tell(finding)
        of = requirement or criterion
        return FindingRow(
            code=finding.code,
            severity=finding.severity,
            certainty=self.teller.certainty(finding),
            criterion=criterion.code if criterion else finding.criterion or "",
            criterion_name=criterion.name if criterion else "",
            requirement=self.teller.requirement(requirement) if requirement else "",
            file=self.file(finding.document),
            page=finding.place.page if finding.place else None,
            words=(finding.place.words or "") if finding.place else "",
            title=told.title,
            message=told.message.removesuffix(self.teller.words(finding.place)).rstrip() or told.title,
            fix=told.fix,
            source=self.teller.source(finding.source or (requirement.source if requirement else None)) or "",
            decision=self.teller.decision(finding.decision) if finding.decision else "",
            outcome=of.outcome if of else None,
            requirement_id=finding.requirement or "",
            fingerprint=self.teller.fingerprint(finding),
            decided=finding.decision or _rejection(finding),
        )

    def file(self, document: str | None) -> str:
        """Return the path of a document, or the words that cite it."""
        evidence = self._documents.get(document or "")
        if evidence is None:
            return ""
        return evidence.path or self.teller.quoted(evidence)

    def documents(self) -> Iterator[DocumentRow]:
        """Yield the documents in the order of the submission."""
        held: dict[str, dict[str, Outcome]] = {}
        for criterion in self.submission.criteria:
            for requirement in criterion.requirements:
                for id_ in requirement.documents:
                    held.setdefault(id_, {}).setdefault(criterion.code, requirement.outcome)
        for evidence in self.submission.documents:
            yield self._document(evidence, held.get(evidence.id, {}))

    def _document(self, evidence: Evidence, held: Mapping[str, Outcome]) -> DocumentRow:
        kind = evidence.reading.facts.get("type")
        told = [f"{code} ({self.term('outcomes', outcome.value)})" for code, outcome in held.items()]
        return DocumentRow(
            path=evidence.path or "",
            cited=evidence.cited or "",
            kind=self.term("types", str(kind)) if kind else self._fact(evidence, "type"),
            symbol=self._fact(evidence, "symbol"),
            issued_on=self._day(evidence),
            issuer=self._fact(evidence, "issuer"),
            subject=self._fact(evidence, "subject"),
            signer=self._signer(evidence),
            signatures=self._signatures(evidence),
            status=self.term("statuses", evidence.reading.status.value) if evidence.path else self.ui("citation-only"),
            filed=", ".join(evidence.criteria),
            held=", ".join(told),
            sha256=evidence.reading.sha256 or "",
        )

    def _fact(self, evidence: Evidence, name: str) -> str:
        """Return a fact in words: none is not unknown, and what nobody looked for is neither."""
        reading = evidence.reading
        if name in reading.unknown:
            return self.ui("unknown")
        if name not in reading.facts:
            return ""
        value = reading.facts[name]
        return self.ui("none") if value in (None, "", []) else self._catalogue.tell(value, self._language)

    def _day(self, evidence: Evidence) -> datetime.date | str:
        try:
            return datetime.date.fromisoformat(str(evidence.reading.facts.get("issued_on")))
        except ValueError:
            return self._fact(evidence, "issued_on")

    def _signer(self, evidence: Evidence) -> str:
        signer = evidence.reading.facts.get("signer")
        if not isinstance(signer, Mapping):
            return self._fact(evidence, "signer")
        name, title = signer.get("name"), signer.get("title")
        return f"{name} ({title})" if name and title else str(name or title or self.ui("none"))

    def _signatures(self, evidence: Evidence) -> str:
        entries = evidence.reading.facts.get("signatures")
        if not entries or not isinstance(entries, list):
            return self._fact(evidence, "signatures")
        count = Counter(self._signature(entry) for entry in entries)
        return "; ".join(f"{told} (×{times})" if times > 1 else told for told, times in count.items())

    def _signature(self, entry: Mapping[str, Any]) -> str:
        """Return what is known of one digital signature: who, when, and whether the signed bytes are as they were."""
        state = {True: "intact", False: "not-intact", None: "unverified"}[entry.get("intact")]
        day = str(entry.get("signed_at") or "")[:10]
        parts = [
            str(entry.get("signer") or self.ui("unknown")),
            self._catalogue.tell(day, self._language) if day else "",
        ]
        return f"{', '.join(filter(None, parts))}: {self.term('workbook', state)}"

    def term(self, group: str, key: str) -> str:
        """Return a word of the catalogue."""
        return self._catalogue.term(group, key, self._language)

    def phrase(self, group: str, key: str, **args: object) -> str:
        """Return a sentence of a group of terms, its placeholders filled."""
        told = {name: self._catalogue.tell(value, self._language) for name, value in args.items()}
        return self.term(group, key).format(**told)

    def ui(self, key: str, **args: object) -> str:
        """Return a phrase of the catalogue."""
        return self._catalogue.phrase(key, self._language, **args)


def _rejection(finding: Finding) -> Decision | None:
    """Return the decision that a finding tells of: what is not accepted marks no finding, it gives one of its own."""
    args = finding.args
    if finding.code != "decision-rejected":
        return None
    return Decision(0, Action.REJECT, str(args["reason"]), str(args["who"]), args.get("when"), args.get("until"))
