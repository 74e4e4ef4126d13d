# SPDX-License-Identifier: Apache-2.0
"""One change between two sets of criteria, and what it means for a unit."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


class Effect(enum.StrEnum):
    """What a change costs a unit that prepared for the old set."""

    WORK = "work"
    """Something more is asked, or asked more strictly."""
    RELIEF = "relief"
    """Less is asked, or less strictly."""
    REFILE = "refile"
    """The same proof, under another code."""
    POINTS = "points"
    """Other points for the same proof."""
    LOOK = "look"
    """More or less, depending on the case: a person must look."""
    NONE = "none"
    """Nothing that is asked or scored changes."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs; text and cost are in the language that the comparison was made for."""

    kind: str
    """ "row-added", "renumbered", "renamed", "points", "types", "window" … (terms "changes")."""
    effect: Effect
    text: str
    cost: str = ""
    code: str | None = None
    """Row, group or field, by its code in the new set (in the old one where it is gone); None for the set itself."""
    old_code: str | None = None
    """Its code in the old set; None where it is new."""
    evidence: str | None = None
    """Id of the evidence line."""
    evidence_name: str | None = None
    removed: tuple[str, ...] = ()
    """What held before and no longer does, in words."""
    added: tuple[str, ...] = ()
    """What holds now and did not, in words."""
    shared: str | None = None
    """Name of the `$defs` entry that brings it to several evidence lines at once."""
    rows: tuple[str, ...] = ()
    """Codes of all rows that it touches, where it touches more than `code`."""
    args: Mapping[str, Any] = field(default_factory=dict)
