# SPDX-License-Identifier: Apache-2.0
"""The register of a unit's documents: what each is, and what it was good for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from parcheck.model import Outcome, Severity, Status
from parcheck.submission.manifest import NAME as MANIFEST
from parcheck_plugins.reports.html.texts import Said

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from parcheck.model import Evidence, InputFile, SubmissionResult
    from parcheck_plugins.reports.html.findings import Held
    from parcheck_plugins.reports.html.texts import Speaker

MOST: Final = 1500
"""Documents that one page lists: some 1 KB each."""
REASONS: Final = 6
SHEETS: Final = frozenset({"docx", "docm", "dotx", "doc", "rtf", "odt", "xlsx", "xlsm", "xls", "xlsb", "ods"})
"""Endings of self-assessments."""


@dataclass(frozen=True, slots=True)
class Row:
    """One document."""

    anchor: str
    path: str
    cited: str
    kind: Said
    symbol: str
    date: str
    """ISO, for sorting; empty where there is none."""
    day: Said
    issuer: str
    subject: str
    filed: Said
    """Where the unit files it; empty for a loose file."""
    proves: Sequence[tuple[str, str]]
    """(code, anchor) of the criteria for which it counts: it bears out one of their requirements."""
    status: str
    told: Said
    unknown: Sequence[Said]
    """What is wrong with the file itself, then why something could not be read."""
    media: Said
    sha256: str


def register(
    submission: SubmissionResult, speaker: Speaker, anchors: dict[str, str], held: Callable[[str], Held]
) -> tuple[list[Row], int]:
    """Return (the documents in the order of the report, how many more there are).

    Args:
        submission: the unit's verdict.
        speaker: the words.
        anchors: by code of a criterion, its anchor.
        held: gives a document's anchor and what it is.
    """
    proves: dict[str, dict[str, str]] = {}
    for criterion in submission.criteria:
        for requirement in criterion.requirements:
            if requirement.outcome is Outcome.SATISFIED and requirement.documents:
                proves.setdefault(requirement.documents[0], {})[criterion.code] = anchors[criterion.code]
    digests = {each.path: each.sha256 for each in submission.inputs}
    rows = [
        _row(evidence, speaker, held(evidence.id).anchor, list(proves.get(evidence.id, {}).items()), digests)
        for evidence in submission.documents[:MOST]
    ]
    return rows, max(0, len(submission.documents) - MOST)


@dataclass(frozen=True, slots=True)
class InputRow:
    """A file that was handed in and is no document: the unit's own claims, an archive whose content is listed above."""

    path: str
    kind: Said
    status: str
    told: Said
    reason: Said
    """Why it could not be read; empty where it was."""
    sha256: str


def inputs(submission: SubmissionResult, speaker: Speaker) -> tuple[list[InputRow], int]:
    """Return (the files that are no documents, how many more there are): documents that nobody could read are not."""
    documents = {evidence.path for evidence in submission.documents}
    beside = [each for each in submission.inputs if each.path not in documents]
    return [_input(each, speaker) for each in beside[:MOST]], max(0, len(beside) - MOST)


def _input(file: InputFile, speaker: Speaker) -> InputRow:
    status = Status.READ if file.sha256 else Status.UNREADABLE
    return InputRow(
        path=file.path,
        kind=speaker.ui(f"html-input-{_kind(file.path)}"),
        status=status.value,
        told=speaker.term("statuses", status.value),
        reason=Said("", "") if file.sha256 else speaker.ui("html-input-not-opened"),
        sha256=file.sha256 or "",
    )


def _kind(path: str) -> str:
    """Return what a file that is no document is, which its name tells: what else it held was taken as documents."""
    if path == MANIFEST:
        return "manifest"
    ending = path.rpartition(".")[2].casefold()
    return "archive" if ending == "zip" else "sheet" if ending in SHEETS else "other"


def _row(
    evidence: Evidence,
    speaker: Speaker,
    anchor: str,
    proves: Sequence[tuple[str, str]],
    digests: Mapping[str, str | None],
) -> Row:
    reading = evidence.reading
    facts = reading.facts
    kind = facts.get("type")
    problems = (
        speaker.both(lambda language, code=problem.code: speaker.catalogue.title(code, language))  # type: ignore[misc]
        for problem in reading.problems
        if problem.severity is not Severity.NOTE
    )
    reasons = dict.fromkeys(
        speaker.both(lambda language, reason=reason: speaker.catalogue.reason(reason, language))  # type: ignore[misc]
        for reason in reading.unknown.values()
    )
    return Row(
        anchor=anchor,
        path=evidence.path or "",
        cited=evidence.cited or "",
        kind=_capital(speaker.term("types", str(kind))) if kind else Said("", ""),
        symbol=_text(facts.get("symbol")),
        date=_text(facts.get("issued_on")),
        day=speaker.day(facts.get("issued_on")),
        issuer=_text(facts.get("issuer")),
        subject=_text(facts.get("subject")),
        filed=speaker.ui("html-filed", codes=", ".join(evidence.criteria)) if evidence.criteria else Said("", ""),
        proves=proves,
        status=reading.status.value,
        told=speaker.term("statuses", reading.status.value) if evidence.path else speaker.ui("citation-only"),
        unknown=list(dict.fromkeys([*problems, *reasons]))[:REASONS] if evidence.path else (),
        media=speaker.term("media", reading.media_type) if reading.media_type else Said("", ""),
        sha256=reading.sha256 or digests.get(evidence.path or "") or "",
    )


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _capital(said: Said) -> Said:
    return Said(said.vi[:1].upper() + said.vi[1:], said.en[:1].upper() + said.en[1:])
