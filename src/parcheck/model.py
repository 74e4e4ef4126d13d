# SPDX-License-Identifier: Apache-2.0
"""The values that flow through parcheck: what was read, what was found wrong, what came out.

Everything here is frozen and knows no file format, no country and no index. Text for people is rendered late,
from codes and arguments (see `parcheck.catalogue`), so that one finding can be told in Vietnamese or English.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

Box: TypeAlias = tuple[float, float, float, float]
"""(left, top, right, bottom) in points (1/72 inch), origin at the top left of the page."""


class Source(enum.StrEnum):
    """How a fact was read."""

    TEXT = "text"
    """The text layer of a PDF."""
    STAMP = "stamp"
    """Text that a signing program stamped on the page (form widget or annotation)."""
    OCR = "ocr"
    """Read from pixels: may be misread."""
    WORD = "word"
    """A Word file's own text."""
    SHEET = "sheet"
    """A cell of a spreadsheet."""
    SIGNATURE = "signature"
    """A digital signature's own data."""
    FILE = "file"
    """The file itself: its name, size, bytes."""
    CITATION = "citation"
    """What a citation in the unit's own paper says; the document itself was not seen."""


class Certainty(enum.StrEnum):
    """How surely a finding is true, from the file alone."""

    SURE = "sure"
    """Decidable from the file."""
    LIKELY = "likely"
    """Rests on a heuristic that is right nearly always."""
    HINT = "hint"
    """Only a reason for a person to look."""


class Severity(enum.StrEnum):
    """What a finding does to the outcome."""

    ERROR = "error"
    """The requirement does not hold because of it."""
    WARNING = "warning"
    """A person must look; it decides nothing by itself."""
    NOTE = "note"
    """Said so that nothing is lost."""


class Outcome(enum.StrEnum):
    """What became of a requirement or a criterion. Always derived, never set by hand."""

    SATISFIED = "satisfied"
    MISSING = "missing"
    INVALID = "invalid"
    UNDETERMINED = "undetermined"
    EXPLAINED = "explained"
    NOT_APPLICABLE = "not_applicable"
    WAIVED = "waived"
    NOT_CHECKED = "not_checked"


class Status(enum.StrEnum):
    """How far a file could be read."""

    READ = "read"
    PARTIAL = "partial"
    """Some facts are unknown; `Reading.unknown` says which and why."""
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fact stood, so that a person can look at the same spot."""

    page: int | None = None
    """1-based; None where the format has no pages (Word) or the whole file is meant."""
    box: Box | None = None
    words: str | None = None
    """The words themselves, as printed."""
    source: Source = Source.TEXT
    confidence: float | None = None
    """0..1 for OCR; None where nothing was guessed."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something could not be read: a code of the catalogue's `reasons` and its arguments."""

    code: str
    args: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of one document.

    Exactly one of three holds: it was read (`value` is not None), it was looked for and is not there (`value` is
    None and `unknown` is None), or it could not be read (`unknown` says why). A rule never treats the last two alike.
    """

    value: Any = None
    place: Place | None = None
    unknown: Reason | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was seen: code, arguments and place; the sentences come from the catalogue."""

    code: str
    args: Mapping[str, Any] = field(default_factory=dict)
    certainty: Certainty = Certainty.SURE
    severity: Severity = Severity.ERROR
    document: str | None = None
    """`Evidence.id` of the document it is about."""
    place: Place | None = None
    criterion: str | None = None
    requirement: str | None = None
    source: str | None = None
    """What the rule rests on: document number, page, row."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file says."""

    path: str
    """Relative to the submission, with forward slashes; as given when read alone."""
    sha256: str | None
    media_type: str | None
    status: Status
    facts: Mapping[str, Any] = field(default_factory=dict)
    """Fact name to value; None means looked for and not there."""
    unknown: Mapping[str, Reason] = field(default_factory=dict)
    where: Mapping[str, Place] = field(default_factory=dict)
    problems: tuple[Finding, ...] = ()

    def fact(self, name: str) -> Fact:
        """Return one fact in its three-valued form. A fact nobody provides is unknown, never absent."""
        if name in self.unknown:
            return Fact(unknown=self.unknown[name])
        if name not in self.facts:
            return Fact(unknown=Reason("not-provided"))
        return Fact(self.facts[name], self.where.get(name))


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing handed in: a file, or a citation without a file."""

    id: str
    path: str | None
    cited: str | None
    criteria: tuple[str, ...]
    """Codes that the unit files it under; empty for a loose file."""
    reading: Reading
    mentioned: tuple[str, ...] = ()
    """Codes under which the unit's own paper only names it in passing: it is no proof there."""


@dataclass(frozen=True, slots=True)
class RequirementResult:
    """What became of one requirement of one criterion."""

    id: str
    name: str
    outcome: Outcome
    optional: bool = False
    documents: tuple[str, ...] = ()
    """Ids of the documents that were held against it, the one that counts first."""
    findings: tuple[Finding, ...] = ()
    source: str | None = None


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """What became of one scored row of the set."""

    code: str
    name: str
    field: str
    points: float
    assessed: str
    claimed: float | None
    supported: float | None
    outcome: Outcome
    requirements: tuple[RequirementResult, ...] = ()
    findings: tuple[Finding, ...] = ()
    """Findings on the claim itself: its points, figures and explanation."""


@dataclass(frozen=True, slots=True)
class SubmissionResult:
    """The verdict on one unit's submission."""

    unit: str | None
    period: str
    path: str
    criteria: tuple[CriterionResult, ...]
    documents: tuple[Evidence, ...]
    findings: tuple[Finding, ...] = ()
    """Findings that belong to no single requirement."""

    @property
    def ready(self) -> bool:
        """True when nothing is missing or invalid: no criterion, and no file that nobody could use (locked, empty)."""
        failing = any(c.outcome in (Outcome.MISSING, Outcome.INVALID) for c in self.criteria)
        return not failing and not any(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def counts(self) -> dict[str, int]:
        """Number of criteria by outcome, every outcome named."""
        counts = dict.fromkeys((o.value for o in Outcome), 0)
        for criterion in self.criteria:
            counts[criterion.outcome.value] += 1
        return counts


@dataclass(frozen=True, slots=True)
class Report:
    """The verdict on everything that was checked in one run."""

    pack_id: str
    pack_title: str
    pack_version: str
    pack_digest: str
    fields: tuple[tuple[str, str], ...]
    """(code, name) of the fields of the set."""
    submissions: tuple[SubmissionResult, ...]
    run: Mapping[str, Any] = field(default_factory=dict)

    @property
    def ready(self) -> bool:
        """True when every submission is ready."""
        return all(s.ready for s in self.submissions)
