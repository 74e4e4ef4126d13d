# SPDX-License-Identifier: Apache-2.0
"""A finding in words, the same words in every format."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from parcheck.judging.fingerprints import fingerprint
from parcheck.model import Outcome, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcheck.catalogue import Catalogue
    from parcheck.model import Decision, Evidence, Finding, Place, RequirementResult, SubmissionResult

LONGEST_QUOTE = 160
UNKNOWN = "fact-unknown"
SOURCES_LANGUAGE = "vi"
"""Sources are written down in the language of the official documents."""


_ALWAYS_COUNTED = (Outcome.SATISFIED, Outcome.MISSING, Outcome.INVALID, Outcome.UNDETERMINED)


def outcomes_told(counts: Mapping[str, int], catalogue: Catalogue, language: str) -> str:
    """Return how many criteria came out how; what is rare is left out where there is none."""
    shown = [each for each in Outcome if each in _ALWAYS_COUNTED or counts[each.value]]
    terms = [catalogue.term("outcomes", each.value, language) for each in shown]
    return " · ".join(
        f"{term[0].upper()}{term[1:]}: {counts[each.value]}" for term, each in zip(terms, shown, strict=True)
    )


@dataclass(frozen=True, slots=True)
class Told:
    """One finding, ready to be shown."""

    title: str
    message: str
    why: str
    fix: str
    example: str
    clause: str


class Teller:
    """Puts the findings of one submission into words."""

    def __init__(self, submission: SubmissionResult, catalogue: Catalogue, language: str) -> None:
        self._catalogue = catalogue
        self._language = language
        self._documents = by_id(submission)
        self._paths = {evidence.id: evidence.path or self.quoted(evidence) for evidence in submission.documents}
        self._names: dict[tuple[str | None, str], str] = {
            (criterion.code, requirement.id): requirement.name
            for criterion in submission.criteria
            for requirement in criterion.requirements
        }

    def tell(self, finding: Finding, *, under_document: bool = False) -> Told:
        """Return the finding's sentences; without the file's name where they stand under it already."""
        entry = self._catalogue.findings.get(finding.code, {})
        common: dict[str, Any] = {
            "file": "" if under_document else self._paths.get(finding.document or "", ""),
            "where": self.where(finding.place),
            "words": self.words(finding.place),
            "requirement": self._names.get((finding.criterion, finding.requirement or ""), ""),
            "criterion": finding.criterion or "",
        }
        say = {
            part: self._catalogue.part(finding, part, self._language, **common)
            for part in ("message", "why", "fix", "example")
        }
        if finding.code == UNKNOWN:
            advice = self._catalogue.reason_fix(finding.args["reason"], self._language)
            say["fix"] = advice or say["fix"]
        if under_document:
            message = say["message"].lstrip(" ,:")
            say["message"] = message[:1].upper() + message[1:]
        return Told(self._catalogue.title(finding.code, self._language), clause=entry.get("clause") or "", **say)

    def certainty(self, finding: Finding) -> str:
        """Return how sure a finding is; nothing for a note, and no claim of sureness where nothing was decided."""
        if finding.severity is Severity.NOTE:
            return ""
        if finding.code == UNKNOWN:
            return self._catalogue.term("ui", "certainty-open", self._language)
        return self._catalogue.term("certainties", finding.certainty.value, self._language)

    def where(self, place: Place | None) -> str:
        """Return ", trang 2" or nothing."""
        if place is None or place.page is None:
            return ""
        return self._catalogue.phrase("where-page", self._language, page=place.page)

    def words(self, place: Place | None) -> str:
        """Return the words that were read, as a sentence; nothing where there are none."""
        if place is None or not place.words:
            return ""
        return self._catalogue.phrase("words-read", self._language, text=_short(place.words))

    def quoted(self, evidence: Evidence) -> str:
        """Return the words of a citation that has no file, marked as such."""
        return self._catalogue.phrase("cited", self._language, words=_short(evidence.cited or ""))

    def document(self, evidence: Evidence) -> str:
        """Return what a document is, by its facts."""
        return self._catalogue.describe(evidence.reading.facts, self._language)

    def source(self, source: str | None) -> str | None:
        """Return where the official documents state a rule."""
        return None if source is None else told_source(source, self._catalogue, self._language)

    def fingerprint(self, finding: Finding) -> str:
        """Return a finding's own mark, the same on every run and wherever its document lies."""
        return fingerprint(finding, self._documents)

    def decision(self, decision: Decision) -> str:
        """Return who decided what, why and until when, in one line."""
        return self._catalogue.phrase(
            "decision-line",
            self._language,
            action=self._catalogue.term("actions", decision.action.value, self._language),
            who=decision.who,
            reason=decision.reason,
            until=self._catalogue.tell(decision.until, self._language, "until"),
        )

    def requirement(self, result: RequirementResult) -> str:
        """Return a requirement's name, marked when it is optional."""
        mark = self._catalogue.term("ui", "optional", self._language)
        return result.name if not result.optional or mark in result.name else f"{result.name} ({mark})"


def told_source(source: str, catalogue: Catalogue, language: str) -> str:
    """Return where the official documents state a rule; their names stay as they are, page and row are told."""
    for key in ("source-page", "source-row"):
        printed = catalogue.term("ui", key, SOURCES_LANGUAGE)
        source = re.sub(rf"(?<=, ){printed} (?=\S)", f"{catalogue.term('ui', key, language)} ", source)
    return source


def _short(words: str) -> str:
    return words if len(words) <= LONGEST_QUOTE else words[: LONGEST_QUOTE - 1] + "…"


def by_id(submission: SubmissionResult) -> Mapping[str, Evidence]:
    """Return the submission's documents by id."""
    return {evidence.id: evidence for evidence in submission.documents}
