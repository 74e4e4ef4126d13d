# SPDX-License-Identifier: Apache-2.0
"""What is asked: a rule pack as values. Packs are data; nothing here knows which index they score."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Alternative:
    """One document that would do: which it is, and what it must satisfy."""

    id: str
    name: str
    match: Any = True
    valid: Any = True


@dataclass(frozen=True, slots=True)
class Requirement:
    """One proof that a criterion asks for, templates filled, one per entry of a series."""

    id: str
    name: str
    alternatives: tuple[Alternative, ...] = ()
    optional: bool = False
    provided_by: str | None = None
    """The authority that holds it; then nothing is asked from the unit."""
    other: bool = False
    """Takes any further file of the criterion."""
    kind: str = "document"
    minimum: int = 1
    distinct: tuple[str, ...] = ()
    """Facts in which the counted documents must differ."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One scored row of the set."""

    code: str
    name: str
    field: str
    """Code of its field (lĩnh vực)."""
    points: float
    assessed: str
    evidence: tuple[Mapping[str, Any], ...] = ()
    """As the pack states it, templates not filled; see `requirements`."""
    scoring: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    figures: Mapping[str, str] = dataclasses.field(default_factory=dict)
    explanation: bool = False
    source: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    note: str | None = None
    unsure: tuple[str, ...] = ()
    """Keys that `rules import` was not sure of and nobody has looked at yet."""

    @property
    def bonus(self) -> bool:
        """Whether its points come on top of the base, for those who claim them."""
        return self.scoring.get("kind") == "bonus"

    @property
    def penalty(self) -> bool:
        """Whether it takes points away."""
        return self.scoring.get("kind") == "penalty"

    @property
    def leaves_maximum(self) -> bool:
        """Whether its points leave the maximum of a unit for which it did not arise."""
        return (self.scoring.get("not_applicable") or {}).get("effect") == "reduce_maximum"


@dataclass(frozen=True, slots=True)
class Group:
    """A field, or a criterion that only groups scored rows."""

    code: str
    name: str
    points: float
    level: int
    """0 for a field, 1 for a criterion with sub-criteria."""
    unsure: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a field, group or row is written, and which packs had a hand in it."""

    pack: str
    """Id of the pack that brought it."""
    file: Path
    path: tuple[str | int, ...]
    """Keys and indexes that lead to it in `file`; of a row that was changed, to its last change."""
    changed_by: tuple[str, ...] = ()
    """Ids of the packs that changed it, in order."""


@dataclass(frozen=True, slots=True)
class Pack:
    """A rule pack, checked and ready to use."""

    id: str
    title: str
    version: str
    level: str
    year: int
    total_points: float
    sources: Mapping[str, Any]
    criteria: tuple[Criterion, ...]
    groups: tuple[Group, ...]
    defs: Mapping[str, Any]
    notes: tuple[Mapping[str, Any], ...]
    follows: str | None
    path: Path
    digest: str
    """SHA-256 over its files, those of the packs it is built on included."""
    bonus_points: float | None = None
    """Of `total_points`, what is a bonus: the cap of all bonus rows together."""
    scaled_to: float | None = None
    """The set's total is the share of the maximum that was reached, times this; None where points are added up."""
    totals_source: str | None = None
    """Where the official documents say how the total is made up."""
    severities: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Finding code to "error" or "warning", where this set is stricter or milder than is usual."""
    locked_rows: frozenset[str] = frozenset()
    """Codes that its owner, or one of a pack it is built on, has locked, with all below them."""
    locked_severities: frozenset[str] = frozenset()
    """Finding codes whose severity is locked."""
    origins: Mapping[str, Origin] = dataclasses.field(default_factory=dict)
    """Code of a field, group or row to where it is written."""
    extends: tuple[str, ...] = ()
    """Ids of the packs it is built on, the nearest first."""
    unsure: tuple[str, ...] = ()
    """Keys of pack.yaml, and of all rows, that `rules import` was not sure of and nobody has looked at yet."""

    def codes(self) -> frozenset[str]:
        """Return all codes: fields, groups and scored rows."""
        return frozenset(c.code for c in self.criteria) | frozenset(g.code for g in self.groups)

    def under(self, code: str) -> Iterator[Criterion]:
        """Yield the scored rows at or below a code."""
        for criterion in self.criteria:
            if criterion.code == code or criterion.field == code or criterion.code.startswith(code + "."):
                yield criterion

    @staticmethod
    def above(criterion: Criterion) -> frozenset[str]:
        """Return the codes under which a document may be filed to prove a scored row: its own and those above it."""
        parts = criterion.code.split(".")
        return frozenset([criterion.field, *(".".join(parts[:n]) for n in range(1, len(parts) + 1))])

    def group(self, code: str) -> Group | None:
        """Return the field or grouping criterion with this code."""
        return next((g for g in self.groups if g.code == code), None)

    def cite(self, criterion: Criterion) -> str:
        """Return where the row stands in the official documents, for a person: document, part, page, row."""
        parts = []
        for key, where in criterion.source.items():
            document = self.sources.get(key, {})
            pages = where.get("pages") or ([where["page"]] if "page" in where else [])
            words = [document.get("part"), document.get("symbol", key)]
            words = [", ".join(filter(None, words))]
            if where.get("clause"):
                words.append(where["clause"])
            if pages:
                words.append("trang " + "–".join(dict.fromkeys((str(pages[0]), str(pages[-1])))))
            if where.get("row"):
                words.append(f"dòng {where['row']}")
            parts.append(", ".join(words))
        return "; ".join(parts)
