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
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from parcheck.plugins import PluginChoice

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


class Action(enum.StrEnum):
    """What an appraiser decided."""

    WAIVE = "waive"
    """Not asked of this unit."""
    ACCEPT = "accept"
    """Holds: the appraiser has looked and answers for it."""
    REJECT = "reject"
    """Does not hold, whatever was seen in the files."""


class DecisionState(enum.StrEnum):
    """What became of a decision in one unit's verdict."""

    APPLIED = "applied"
    UNNEEDED = "unneeded"
    """What it decides came out so by itself."""
    OVERRULED = "overruled"
    """Another decision on the same thing stands below it in the file, or names it more closely."""
    EXPIRED = "expired"
    ORPHANED = "orphaned"
    """Nothing in the verdict is what it names."""
    REFUSED = "refused"
    """It would waive what the owner of the rule set has locked."""


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
class Decision:
    """One entry of a decisions file: what a person decided, on what, why and until when."""

    number: int
    """Its place in the file, from 1."""
    action: Action
    reason: str
    who: str
    when: str | None = None
    """ISO date on which it was decided."""
    until: str | None = None
    """ISO date: the last day on which it holds; None: as long as the file names it."""
    unit: str | None = None
    """Name or folder of the unit; None: every unit."""
    criterion: str | None = None
    requirement: str | None = None
    finding: str | None = None
    """A finding's code."""
    fingerprint: str | None = None
    """One finding's own mark, as the report states it."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What decisions did to the outcome of a requirement or a criterion."""

    before: Outcome
    """As derived from the documents."""
    after: Outcome
    by: tuple[Decision, ...]
    """Those that changed it; of a criterion, also those on its requirements and findings."""


@dataclass(frozen=True, slots=True)
class DecisionUse:
    """One decision in one unit's verdict, and what became of it there."""

    decision: Decision
    state: DecisionState


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
    decision: Decision | None = None
    """The decision by which it no longer counts; it stays listed."""

    @property
    def counts(self) -> bool:
        """True when it keeps what it is about from holding: an error that no decision sets aside."""
        return self.severity is Severity.ERROR and self.decision is None


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
class InputFile:
    """A file that was read and is no document: the unit's own claims, or the archive that holds everything."""

    path: str
    """Relative to the submission, forward slashes, NFC; of a submission that is one file, its name."""
    sha256: str | None


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
    decision: Decided | None = None
    """What decisions did to `outcome`; None where they did nothing."""


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
    supported_least: float = 0.0
    """Of the points `supported`, those that figures and documents bear out already, whatever is still open."""
    decision: Decided | None = None
    """What decisions did to `outcome`; None where they did nothing. They change no points."""


@dataclass(frozen=True, slots=True)
class Span:
    """Points between which the truth lies; both ends equal where nothing is open."""

    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Reduction:
    """Points that leave the maximum, because the set does not score a row that did not arise."""

    code: str
    points: float
    source: str | None = None
    """Where the official documents say so."""


@dataclass(frozen=True, slots=True)
class Sum:
    """What the rows of a field, or all rows, come to; bonus and penalty are no part of it. No score is assigned."""

    code: str
    """Of the field; empty for all rows."""
    base: float
    """Points of all rows, as the set prints them."""
    not_applicable: float = 0.0
    """Of `base`, what leaves the maximum."""
    by_others: float = 0.0
    """Of what is left, the points that a survey or another body gives: the unit claims none of them."""
    claimed: float | None = None
    """None where nothing is claimed."""
    unclaimed: int = 0
    """How many rows that the unit assesses itself have no claim."""
    supported: Span = Span(0.0, 0.0)
    unsupported: float = 0.0
    """Of `claimed`, what lies above the most that figures and documents can support, row by row."""

    @property
    def maximum(self) -> float:
        """The maximum that applies."""
        return round(self.base - self.not_applicable, 3)

    @property
    def own(self) -> float:
        """Of the maximum, what the unit assesses itself: its claim is held against it."""
        return round(self.maximum - self.by_others, 3)


@dataclass(frozen=True, slots=True)
class Bonus:
    """Points on top of the base."""

    cap: float | None
    """The most that all of them together give; None where the set states none."""
    claimed: float | None
    supported: Span

    @property
    def counted(self) -> float | None:
        """What of the claim can count: no more than the cap."""
        return self.claimed if self.claimed is None or self.cap is None else min(self.claimed, self.cap)


@dataclass(frozen=True, slots=True)
class Totals:
    """What a submission comes to: claims beside what supports them. No score is assigned."""

    whole: Sum
    fields: tuple[Sum, ...]
    reductions: tuple[Reduction, ...] = ()
    bonus: Bonus | None = None
    """None where the set has none."""
    penalty: Span | None = None
    """Points taken away, 0 or below; None where the set has no penalties."""
    scaled_to: float | None = None
    """The set gives its total as a share of the maximum times this; None where it adds points up."""
    source: str | None = None
    """Where the official documents say how the total is made up."""
    complete: bool = True
    """False where only part of the set was judged."""

    def scaled(self, points: float) -> float | None:
        """Return points in the set's scale, held against what the unit assesses itself; None where it has none."""
        if self.scaled_to is None or not self.whole.own:
            return None
        return round(points / self.whole.own * self.scaled_to, 2)


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
    totals: Totals | None = None
    """None where nothing was added up."""
    decisions: tuple[DecisionUse, ...] = ()
    """Decisions that speak of this unit, in the order of their file, with what became of each."""
    inputs: tuple[InputFile, ...] = ()
    """What was read beside `documents`, and the bytes of those that nobody could read."""
    root: Path | None = field(default=None, compare=False)
    """Where it lies on this computer, for formats that show pages; never written into a report."""

    @property
    def ready(self) -> bool:
        """True when nothing is missing or invalid: no criterion, and no file that nobody could use (locked, empty)."""
        failing = any(c.outcome in (Outcome.MISSING, Outcome.INVALID) for c in self.criteria)
        return not failing and not any(finding.counts for finding in self.findings)

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
    submissions: Sequence[SubmissionResult]
    """Of a batch, a sequence that loads each from disk when it is asked for: go through it one by one."""
    run: Mapping[str, Any] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    """Findings on the run as a whole: decisions on any unit that fit none."""
    plugins: PluginChoice | None = field(default=None, compare=False)
    """The plugins that made it, for formats that open files again; never written into a report. None: those that are
    found, less those that `PARCHECK_BLOCK` names."""
    cache: Path | None = field(default=None, compare=False)
    """Where readings are kept, and pieces of pages with them, for formats that open files again; None: nowhere."""

    @property
    def ready(self) -> bool:
        """True when every submission is ready."""
        return all(s.ready for s in self.submissions)
