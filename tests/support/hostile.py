# SPDX-License-Identifier: Apache-2.0
"""A report that strangers filled with the worst they could think of."""

from __future__ import annotations

from dataclasses import replace

from parcheck.model import (
    CriterionResult,
    Evidence,
    Finding,
    InputFile,
    Outcome,
    Place,
    Reading,
    Reason,
    Report,
    RequirementResult,
    Severity,
    Source,
    Status,
    SubmissionResult,
)


def report_saying(text):
    """Return a report in which everything that a stranger can write is this text."""
    place = Place(1, (10, 10, 60, 20), text, Source.OCR, 0.9)
    args = {"fact": "issuer", "found": text, "wanted": text}
    reading = Reading(
        text,
        "0" * 64,
        text,
        Status.PARTIAL,
        {"type": text, "symbol": text, "issued_on": text, "issuer": text, "subject": text},
        {"signer": Reason("plugin-failed", {"plugin": text}), "draft": Reason(text, {})},
        {"issuer": place},
    )
    file = Evidence("d001", text, None, (text,), reading)
    citation = Evidence("d002", None, text, (), replace(reading, path=text, sha256=None))
    about = {"criterion": text, "requirement": text, "source": text}
    findings = (
        Finding("value-differs", args, document="d001", place=place, **about),
        Finding("issuer-differs", args, severity=Severity.WARNING, document="d002", place=place, **about),
        Finding(text, {text: text}, place=place, **about),
    )
    requirement = RequirementResult(text, text, Outcome.INVALID, documents=("d001",), findings=findings, source=text)
    accepted = RequirementResult("b", text, Outcome.SATISFIED, documents=("d002",))
    row = CriterionResult(
        text, text, text, 1.0, "self", 1.0, 0.5, Outcome.INVALID, (requirement, accepted), findings[:1]
    )
    loose = (Finding("file-unmatched", {"path": text, "what": reading.facts}, document="d001"),)
    unit = SubmissionResult(text, text, text, (row,), (file, citation), loose, inputs=(InputFile(text, None),))
    return Report(text, text, text, text, ((text, text),), (unit,), {"tool": text, "versions": {"parcheck": text}})
