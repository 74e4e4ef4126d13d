# SPDX-License-Identifier: Apache-2.0
"""The report as JSON, in the shape of `report.schema.json`: the contract with other programs."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any, TextIO

from parcheck.judging.deciding import scoped
from parcheck.model import Reason, SubmissionResult
from parcheck.provenance import basis
from parcheck.reading.codec import encode_place
from parcheck.reporting.layout import laid_out
from parcheck.reporting.seal import KEY, Seal, seal_of
from parcheck.reporting.totals import totals_told
from parcheck.reporting.wording import Teller

if TYPE_CHECKING:
    from parcheck.catalogue import Catalogue
    from parcheck.model import (
        CriterionResult,
        Decided,
        Decision,
        Evidence,
        Finding,
        Reading,
        Report,
        RequirementResult,
        Span,
        Sum,
        Totals,
    )

SCHEMA = "urn:parcheck:schema:report:1"


def write_json(report: Report, catalogue: Catalogue, language: str, stream: TextIO) -> None:
    """Write the report. Same input, pack and versions give identical bytes apart from `run`.

    Submissions are written one by one, so that a batch is never in memory as a whole.
    """
    head = json.dumps({**head_data(report), **run_findings(report, catalogue, language)}, ensure_ascii=False, indent=1)
    seal = Seal(json.loads(head))
    stream.write(head.removesuffix("\n}") + ',\n "submissions": [')
    before = "\n"
    for submission in report.submissions:
        text = laid_out(submission_data(submission, catalogue, language), "  ")
        stream.write(before + "  " + text)
        seal.add(json.loads(text))
        before = ",\n"
    stream.write(f'\n ],\n "{KEY}": "{seal.digest}"\n}}\n')


def head_data(report: Report) -> dict[str, Any]:
    """Return what a report says beside its submissions, as plain JSON data."""
    return {
        "schema": SCHEMA,
        "run": dict(report.run),
        "pack": {
            "id": report.pack_id,
            "title": report.pack_title,
            "version": report.pack_version,
            "digest": report.pack_digest,
            "fields": [{"code": code, "name": name} for code, name in report.fields],
        },
    }


def run_findings(report: Report, catalogue: Catalogue, language: str = "vi") -> dict[str, Any]:
    """Return the key that holds the findings on the run as a whole; nothing without any."""
    teller = Teller(SubmissionResult(None, "", "", (), ()), catalogue, language)
    findings = [finding_data(finding, teller) for finding in report.findings]
    return {"findings": findings} if findings else {}


def report_data(report: Report, catalogue: Catalogue, language: str = "vi") -> dict[str, Any]:
    """Return the report as plain JSON data."""
    submissions = [submission_data(submission, catalogue, language) for submission in report.submissions]
    data = {**head_data(report), **run_findings(report, catalogue, language), "submissions": submissions}
    return {**data, KEY: seal_of(json.loads(json.dumps(data)))}


def raw_data(finding: Finding, teller: Teller) -> dict[str, Any]:
    """Return what a developer wants to know of a finding, and its sentences do not say: what is empty left out."""
    data = finding_data(finding, teller)
    kept = ("code", "certainty", "severity", "criterion", "requirement", "document", "args")
    raw = {key: data[key] for key in kept if data[key] not in (None, {})}
    if finding.place:
        raw["place"] = {key: value for key, value in encode_place(finding.place).items() if value is not None}
    return raw


def submission_data(submission: SubmissionResult, catalogue: Catalogue, language: str) -> dict[str, Any]:
    """Return one unit's verdict as plain JSON data."""
    teller = Teller(submission, catalogue, language)
    decisions = [
        {**_decision(use.decision), **scoped(use.decision), "state": use.state.value} for use in submission.decisions
    ]
    return {
        "unit": submission.unit,
        "period": submission.period,
        "path": submission.path,
        "ready": submission.ready,
        "counts": submission.counts,
        "criteria": [_criterion(criterion, submission, teller) for criterion in submission.criteria],
        **({"totals": totals_data(submission.totals, catalogue, language)} if submission.totals else {}),
        "documents": [_document(evidence, catalogue, language) for evidence in submission.documents],
        "inputs": [{"path": each.path, "sha256": each.sha256} for each in submission.inputs],
        **({"decisions": decisions} if decisions else {}),
        "findings": [finding_data(finding, teller) for finding in submission.findings],
    }


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "number": decision.number,
        "decision": decision.action.value,
        "reason": decision.reason,
        "who": decision.who,
        "when": decision.when,
        "until": decision.until,
    }


def _decided(decided: Decided | None) -> dict[str, Any]:
    """Return the key that says what decisions did; none where they did nothing."""
    if decided is None:
        return {}
    by = [_decision(decision) for decision in decided.by]
    return {"decision": {"before": decided.before.value, "after": decided.after.value, "by": by}}


def _criterion(criterion: CriterionResult, submission: SubmissionResult, teller: Teller) -> dict[str, Any]:
    rests = basis(criterion, submission)
    return {
        "code": criterion.code,
        "name": criterion.name,
        "field": criterion.field,
        "points": criterion.points,
        "assessed": criterion.assessed,
        "claimed": criterion.claimed,
        "supported": criterion.supported,
        "supported_least": criterion.supported_least,
        "outcome": criterion.outcome.value,
        **_decided(criterion.decision),
        "basis": {"from": [ground.value for ground in rests.grounds], "ocr": list(rests.ocr)},
        "requirements": [_requirement(requirement, teller) for requirement in criterion.requirements],
        "findings": [finding_data(finding, teller) for finding in criterion.findings],
    }


def totals_data(totals: Totals, catalogue: Catalogue, language: str = "vi") -> dict[str, Any]:
    """Return the totals as JSON data, with the sentences that tell them. No score is assigned."""
    whole = totals.whole
    bonus, penalty = totals.bonus, totals.penalty
    return {
        "complete": totals.complete,
        **_sum(whole),
        "not_applicable_rows": [
            {"code": each.code, "points": each.points, "source": each.source} for each in totals.reductions
        ],
        "bonus": {
            "cap": bonus.cap,
            "claimed": bonus.claimed,
            "counted": bonus.counted,
            "supported": _span(bonus.supported),
        }
        if bonus
        else None,
        "penalty": _span(penalty) if penalty else None,
        "scaled": {
            "to": totals.scaled_to,
            "claimed": None if whole.claimed is None else totals.scaled(whole.claimed),
            "supported": {
                "least": totals.scaled(whole.supported.least),
                "most": totals.scaled(whole.supported.most),
            },
        }
        if totals.scaled_to
        else None,
        "source": totals.source,
        "fields": [{"code": each.code, **_sum(each)} for each in totals.fields],
        "told": totals_told(totals, catalogue, language),
    }


def _sum(part: Sum) -> dict[str, Any]:
    return {
        "base": part.base,
        "not_applicable": part.not_applicable,
        "maximum": part.maximum,
        "by_others": part.by_others,
        "own": part.own,
        "claimed": part.claimed,
        "unclaimed": part.unclaimed,
        "supported": _span(part.supported),
        "unsupported": part.unsupported,
    }


def _span(span: Span) -> dict[str, float | None]:
    return {"least": span.least if math.isfinite(span.least) else None, "most": span.most}


def _requirement(requirement: RequirementResult, teller: Teller) -> dict[str, Any]:
    return {
        "id": requirement.id,
        "name": requirement.name,
        "optional": requirement.optional,
        "outcome": requirement.outcome.value,
        **_decided(requirement.decision),
        "documents": list(requirement.documents),
        "findings": [finding_data(finding, teller) for finding in requirement.findings],
    }


def _document(evidence: Evidence, catalogue: Catalogue, language: str) -> dict[str, Any]:
    reading = reading_data(evidence.reading, catalogue, language)
    return {
        "id": evidence.id,
        "path": evidence.path,
        "cited": evidence.cited,
        "criteria": list(evidence.criteria),
        **({"mentioned": list(evidence.mentioned)} if evidence.mentioned else {}),
        **{key: reading[key] for key in ("sha256", "media_type", "status", "facts", "unknown")},
        "sources": {name: place.source.value for name, place in evidence.reading.where.items()},
    }


def finding_data(finding: Finding, teller: Teller) -> dict[str, Any]:
    """Return one finding with its sentences."""
    told = teller.tell(finding)
    return {
        "code": finding.code,
        "fingerprint": teller.fingerprint(finding),
        "certainty": finding.certainty.value,
        "severity": finding.severity.value,
        "criterion": finding.criterion,
        "requirement": finding.requirement,
        "document": finding.document,
        "place": encode_place(finding.place) if finding.place else None,
        "args": {name: _plain(value) for name, value in finding.args.items()},
        "title": told.title,
        "message": told.message,
        "fix": told.fix,
        "source": teller.source(finding.source),
        "clause": told.clause or None,
        **({"decision": _decision(finding.decision)} if finding.decision else {}),
    }


def _plain(value: Any) -> Any:
    """Return an argument as JSON data; a reason by its code."""
    match value:
        case Reason():
            return value.code
        case dict():
            return {key: _plain(each) for key, each in value.items()}
        case list() | tuple():
            return [_plain(each) for each in value]
        case _:
            return value


def reading_data(reading: Reading, catalogue: Catalogue, language: str = "vi") -> dict[str, Any]:
    """Return a reading in the form of `parcheck read --format jsonl`, reasons in words."""
    return {
        "path": reading.path,
        "sha256": reading.sha256,
        "media_type": reading.media_type,
        "status": reading.status.value,
        "facts": dict(reading.facts),
        "unknown": {name: catalogue.reason(reason, language) for name, reason in reading.unknown.items()},
        "where": {name: encode_place(place) for name, place in reading.where.items()},
        "problems": [
            {
                "code": problem.code,
                "certainty": problem.certainty.value,
                "severity": problem.severity.value,
                "place": encode_place(problem.place) if problem.place else None,
                "args": {name: _plain(value) for name, value in problem.args.items()},
                "message": catalogue.part(
                    problem,
                    "message",
                    language,
                    file=reading.path,
                    where="",
                    words="",
                    requirement="",
                    criterion="",
                ),
            }
            for problem in reading.problems
        ],
    }
