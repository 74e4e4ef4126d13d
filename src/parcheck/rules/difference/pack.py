# SPDX-License-Identifier: Apache-2.0
"""What changed in a set as a whole: its year, level and totals, and the words around the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from parcheck.rules.difference.changes import Change, Effect
from parcheck.rules.wording import conditions

if TYPE_CHECKING:
    from parcheck.rules.difference.evidence import Side

_WORDS: Final = ("id", "title", "version", "follows", "sources", "notes")


def pack_changes(old: Side, new: Side) -> tuple[list[Change], list[Change]]:
    """Return (what changes in what the set asks as a whole, what changes in its words only)."""
    phrase = new.wording.phrase
    found: list[Change] = []
    for key, effect in (("year", Effect.WORK), ("level", Effect.LOOK), ("total_points", Effect.NONE)):
        before, after = getattr(old.pack, key), getattr(new.pack, key)
        if before != after:
            kind = key.replace("_", "-")
            shown = {"old": str(before) if key == "year" else before, "new": str(after) if key == "year" else after}
            cost = "" if effect is Effect.NONE else phrase("costs", kind, **shown)
            args: dict[str, Any] = {"old": before, "new": after}
            found.append(Change(kind, effect, phrase("changes", kind, **shown), cost, args=args))
    bonus = {side: float(pack.bonus_points or 0) for side, pack in (("old", old.pack), ("new", new.pack))}
    if bonus["old"] != bonus["new"]:
        found.append(Change("bonus-points", Effect.POINTS, phrase("changes", "bonus-points", **bonus), args=bonus))
    words = [
        Change(key, Effect.NONE, phrase("changes", key), args={"old": before, "new": after} if key in _SHORT else {})
        for key in _WORDS
        if (before := getattr(old.pack, key)) != (after := getattr(new.pack, key))
    ]
    return found, words + _definitions(old, new)


_SHORT: Final = frozenset({"id", "title", "version"})


def _definitions(old: Side, new: Side) -> list[Change]:
    """Return definitions that came, went, or were described anew.

    What a definition asks is compared in the lines that use it: one that nobody uses asks nothing.
    """
    phrase = new.wording.phrase
    found = []
    for name in sorted(old.defs.keys() | new.defs.keys()):
        before, after = old.defs.get(name), new.defs.get(name)
        if before == after:
            continue
        kind = "definition-added" if name not in old.defs else "definition-removed" if name not in new.defs else ""
        if not kind and conditions(before, {}) == conditions(after, {}):
            kind = "definition"
        if kind:
            found.append(Change(kind, Effect.NONE, phrase("changes", kind, name=name), args={"name": name}))
    return found
