# SPDX-License-Identifier: Apache-2.0
"""What changed from one set of criteria to another, and what each change costs a unit that prepared for the old one."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from parcheck.rules.difference.changes import Change, Effect
from parcheck.rules.difference.evidence import Side
from parcheck.rules.difference.pack import pack_changes
from parcheck.rules.difference.pairing import pair_sets, same_text
from parcheck.rules.difference.row import RowComparer
from parcheck.rules.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parcheck.catalogue import Catalogue
    from parcheck.rules import Group, Pack
    from parcheck.rules.difference.pairing import Pairs

FEW: Final = 2
"""A change that a shared definition brings to so many evidence lines is told once, with the rows it touches."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that differs between two sets."""

    old: Pack
    new: Pack
    pairs: Pairs
    changes: tuple[Change, ...]
    """What is asked, scored or filed otherwise: the set itself first, then row by row in the order of the new set."""
    wording: tuple[Change, ...]
    """What changes words only: notes, sources, names inside the pack."""

    @property
    def same(self) -> bool:
        """Return whether nothing at all differs."""
        return not self.changes and not self.wording


def compare_packs(old: Pack, new: Pack, catalogue: Catalogue, language: str = "vi") -> Difference:
    """Return what changed from one set to another, in words of one language ("vi" or "en")."""
    sides = (
        Side.of(old, Wording(catalogue, language, old.year)),
        Side.of(new, Wording(catalogue, language, new.year)),
    )
    pairs = pair_sets(old, new)
    effective, wording = pack_changes(*sides)
    changes = [*effective, *_groups(pairs, sides)]
    rows = RowComparer(*sides, pairs)
    found: list[Change] = []
    for before, after in pairs.rows:
        mine, words = rows.changes(before, after)
        found += mine
        wording += words
    shared, own = _shared(found, sides[1].wording)
    return Difference(old, new, pairs, (*changes, *shared, *own), tuple(wording))


def _groups(pairs: Pairs, sides: tuple[Side, Side]) -> Iterator[Change]:
    phrase = sides[1].wording.phrase
    for a, b in pairs.groups:
        if a is None and b is not None:
            args: dict[str, Any] = {"name": b.name, "points": float(b.points)}
            yield Change("group-added", Effect.NONE, phrase("changes", "group-added", **args), code=b.code, args=args)
        elif b is None and a is not None:
            args = {"name": a.name, "points": float(a.points)}
            text = phrase("changes", "group-removed", **args)
            yield Change("group-removed", Effect.NONE, text, code=a.code, old_code=a.code, args=args)
        elif a is not None and b is not None:
            yield from _group(a, b, pairs, sides)


def _group(a: Group, b: Group, pairs: Pairs, sides: tuple[Side, Side]) -> Iterator[Change]:
    old, new = sides
    phrase = new.wording.phrase
    common: dict[str, Any] = {"code": b.code, "old_code": a.code}
    if a.code != b.code:
        rows = tuple(
            after.code
            for before, after in pairs.rows
            if before and after and after in tuple(new.pack.under(b.code)) and before.code != after.code
        )
        args: dict[str, Any] = {"old": a.code, "new": b.code, "count": len(rows)}
        text, cost = phrase("changes", "group-renumbered", **args), phrase("costs", "renumbered", **args)
        yield Change("group-renumbered", Effect.REFILE, text, cost, rows=rows, args=args, **common)
    if not same_text(a.name, b.name, old.pack, new.pack):
        args = {"old": a.name, "new": b.name}
        yield Change("group-renamed", Effect.NONE, phrase("changes", "renamed", **args), args=args, **common)
    if a.points != b.points:
        args = {"old": float(a.points), "new": float(b.points)}
        yield Change("group-points", Effect.POINTS, phrase("changes", "points", **args), args=args, **common)


def _shared(changes: Sequence[Change], wording: Wording) -> tuple[list[Change], list[Change]]:
    """Return (changes that one shared definition brings to several lines, told once; the rest)."""
    together: dict[tuple[Any, ...], list[Change]] = {}
    for change in changes:
        if change.shared is not None:
            together.setdefault(_brought(change), []).append(change)
    told: list[Change] = []
    for (name, *_), same in together.items():
        if len(same) >= FEW:
            first = same[0]
            rows = tuple(dict.fromkeys(one.code for one in same if one.code))
            args = {"name": name, "lines": len(same), "count": len(rows)}
            text = f"{wording.phrase('changes', 'shared', **args)} {first.text}"
            kept = dataclasses.replace(first, code=None, old_code=None, evidence=None, evidence_name=None)
            told.append(dataclasses.replace(kept, text=text, rows=rows, args={**first.args, **args}))
    own = [
        dataclasses.replace(change, shared=None)
        for change in changes
        if change.shared is None or len(together[_brought(change)]) < FEW
    ]
    return told, own


def _brought(change: Change) -> tuple[Any, ...]:
    return change.shared, change.kind, change.removed, change.added
