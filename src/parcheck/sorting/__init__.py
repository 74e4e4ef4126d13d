# SPDX-License-Identifier: Apache-2.0
"""A pile of unsorted files goes to the criteria that each fits: where, why, and how surely."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from parcheck.model import Finding, Reading
    from parcheck.rules import Pack
    from parcheck.submission import Handed, Item


class Sureness(enum.StrEnum):
    """How surely a file belongs where it was put."""

    SURE = "sure"
    """Only one row asks for it (or rows that ask for the same), or the unit's own paper says so."""
    LIKELY = "likely"
    """Several rows would take it, and one is clearly nearer."""
    UNSURE = "unsure"
    """A person must say; the nearest rows are named."""


class Basis(enum.StrEnum):
    """What decided."""

    RULES = "rules"
    """The conditions of the rule set."""
    CODE = "code"
    """A code in the name of the file or a folder, borne out by the conditions of its row."""
    SHEET = "sheet"
    """The unit's self-assessment cites the document by number and sign."""
    MANIFEST = "manifest"
    """`submission.yaml` names the file."""


@dataclass(frozen=True, slots=True)
class Fit:
    """One row that a file fits, or comes near to."""

    code: str
    row: str
    """Name of the row."""
    requirement: str
    """Name of what is asked for."""
    nearness: float
    """0 and up; to compare rows for one file, not files with each other."""
    words: tuple[str, ...] = ()
    """Words of the conditions that the file bears."""
    holds: bool | None = False
    """Whether the conditions of `match` hold; None where that cannot be known."""
    valid: bool | None = None
    """Whether it also is what the rules call valid; None where that cannot be known."""
    findings: tuple[Finding, ...] = ()
    """What keeps it from fitting, or from being valid, or from being decided."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where one file goes."""

    item: Item
    reading: Reading
    sureness: Sureness
    codes: tuple[str, ...] = ()
    """Rows (or codes above them) that it proves; it is copied into the folder of the first. Empty: nowhere."""
    basis: Basis = Basis.RULES
    fits: tuple[Fit, ...] = ()
    """Of a file that goes somewhere, the row it fits and then the next best; of others, the nearest rows."""
    hint: str | None = None
    """A code that the name of the file or a folder bears."""
    same_as: str | None = None
    """Path of another file with the same bytes, which goes in its place."""

    @property
    def path(self) -> str:
        """Path of the file in the pile: NFC, forward slashes."""
        return self.item.path


@dataclass(frozen=True, slots=True)
class Sorted:
    """A pile of files, sorted."""

    pack: Pack
    handed: Handed
    placements: tuple[Placement, ...]
    sheets: tuple[str, ...] = ()
    """Paths of the self-assessments among the files: they are the unit's own list and prove nothing themselves."""

    def of(self, sureness: Sureness) -> tuple[Placement, ...]:
        """Return the files of one sureness, files of the same bytes told once."""
        return tuple(one for one in self.placements if one.sureness is sureness and one.same_as is None)


@dataclass(frozen=True, slots=True)
class Applied:
    """What was written."""

    target: Path
    paths: dict[str, str] = field(default_factory=dict)
    """Path in the pile → path below the target, of the files that were copied."""
    lost: tuple[tuple[str, str], ...] = ()
    """(path, why) of files that could not be copied."""
