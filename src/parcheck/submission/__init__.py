# SPDX-License-Identifier: Apache-2.0
"""What was handed in: files, where the unit filed them, what it claims and what it is called."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping
    from pathlib import Path

    from parcheck.model import Finding, Reason
    from parcheck.submission.sheet import Cited, Share, SheetRow


@dataclass(frozen=True, slots=True)
class Item:
    """One file that was handed in."""

    file: Path
    """The file on disk: the archive's, for a member of one."""
    path: str
    """Relative to the submission, forward slashes, NFC."""
    member: tuple[str, ...] = ()
    """Where it lies inside `file`: one name per archive, outermost first; empty for the file itself."""

    @property
    def folders(self) -> tuple[str, ...]:
        """Names of the folders and archives it lies in, outermost first."""
        return tuple(self.path.split("/")[:-1])

    @property
    def archives(self) -> tuple[str, ...]:
        """Paths of the archives that it lies in, innermost first, those left out that are the submission itself."""
        found: list[str] = []
        path = self.path
        for name in reversed(self.member):
            outer = path.removesuffix(f"/{name}")
            if outer == path:
                break
            found.append(outer)
            path = outer
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Claim:
    """What the unit says of one criterion."""

    claimed: float | None = None
    figures: Mapping[str, float] = field(default_factory=dict)
    explanation: str | None = None
    not_applicable: bool = False
    files: tuple[str, ...] = ()
    """Paths of files that prove it, wherever they lie."""
    said: str = ""
    """All that the self-assessment says of it."""
    shares: tuple[Share, ...] = ()
    named: tuple[Cited, ...] = ()
    """Documents that the self-assessment names without a number."""
    unseen: Reason | None = None
    """Why something that the unit hands in for it cannot be seen: then nothing is called missing."""


@dataclass(frozen=True, slots=True)
class UnitName:
    """A name of the unit and the days between which it was in force, both included; None is open."""

    name: str
    since: datetime.date | None = None
    until: datetime.date | None = None

    def valid_on(self, day: datetime.date | None) -> bool:
        """Return whether the name was in force on a day; True when the day is not known."""
        if day is None:
            return True
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Upstream:
    """Another body's document that deadlines are counted from."""

    id: str
    symbol: str | None = None
    issued_on: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Handed:
    """A submission as it was handed in, nothing opened yet."""

    path: Path
    items: tuple[Item, ...]
    unit: str | None = None
    names: tuple[UnitName, ...] = ()
    parent: str | None = None
    level: str | None = None
    year: int | None = None
    upstream: Mapping[str, Upstream] = field(default_factory=dict)
    claims: Mapping[str, Claim] = field(default_factory=dict)
    scope: tuple[str, ...] = ()
    """Codes of the fields or criteria that were handed in; empty for the whole set."""
    rows: tuple[SheetRow, ...] = ()
    """Rows of the unit's self-assessment as written; `parcheck.submission.settling` tells which criteria they mean."""
    cited: tuple[tuple[str, Cited], ...] = ()
    """(code, citation) in the order of the self-assessment, once its rows are settled."""
    problems: tuple[Finding, ...] = ()
    top: str = ""
    """Path, with a slash at its end, of the archive in which everything lies but loose files; empty where none does."""

    @property
    def unit_names(self) -> tuple[UnitName, ...]:
        """All names of the unit. The one it hands in under holds for any day: a name is often older than the unit
        that bears it now (provinces merged on 01/7/2025 mostly kept one of the old names)."""
        own = () if self.unit is None else (UnitName(self.unit),)
        return (*own, *(name for name in self.names if name.name != self.unit))
