# SPDX-License-Identifier: Apache-2.0
"""The report as JSON, in the shape of `report.schema.json`: the contract with other programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TextIO

from parcheck.reading.codec import encode_place
from parcheck.reporting.wording import Teller

if TYPE_CHECKING:
    from parcheck.catalogue import Catalogue
    from parcheck.model import (
        CriterionResult,
        Evidence,
        Finding,
        Reading,
        Report,
        RequirementResult,
        SubmissionResult,
    )

SCHEMA = "urn:parcheck:schema:report:1"


def write_json(report: Report, catalogue: Catalogue, language: str, stream: TextIO) -> None:
    """Write the report. Same input, pack and versions give identical bytes apart from `run`."""
    json.dump(report_data(report, catalogue, language), stream, ensure_ascii=False, indent=1)
    stream.write("\n")


def report_data(report: Report, catalogue: Catalogue, language: str = "vi") -> dict[str, Any]:
    """Return the report as plain JSON data."""
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
        "submissions": [_submission(submission, catalogue, language) for submission in report.submissions],
    }


def _submission(submission: SubmissionResult, catalogue: Catalogue, language: str) -> dict[str, Any]:
    teller = Teller(submission, catalogue, language)
    return {
        "unit": submission.unit,
        "period": submission.period,
        "path": submission.path,
        "ready": submission.ready,
        "counts": submission.counts,
        "criteria": [_criterion(criterion, teller) for criterion in submission.criteria],
        "documents": [_document(evidence, catalogue, language) for evidence in submission.documents],
        "findings": [finding_data(finding, teller) for finding in submission.findings],
    }


def _criterion(criterion: CriterionResult, teller: Teller) -> dict[str, Any]:
    return {
        "code": criterion.code,
        "name": criterion.name,
        "field": criterion.field,
        "points": criterion.points,
        "assessed": criterion.assessed,
        "claimed": criterion.claimed,
        "supported": criterion.supported,
        "outcome": criterion.outcome.value,
        "requirements": [_requirement(requirement, teller) for requirement in criterion.requirements],
        "findings": [finding_data(finding, teller) for finding in criterion.findings],
    }


def _requirement(requirement: RequirementResult, teller: Teller) -> dict[str, Any]:
    return {
        "id": requirement.id,
        "name": requirement.name,
        "optional": requirement.optional,
        "outcome": requirement.outcome.value,
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
    }


def finding_data(finding: Finding, teller: Teller) -> dict[str, Any]:
    """Return one finding with its sentences."""
    told = teller.tell(finding)
    return {
        "code": finding.code,
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
        "source": finding.source,
        "clause": told.clause or None,
    }


def _plain(value: Any) -> Any:
    code = getattr(value, "code", None)
    return code if isinstance(code, str) else value


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
