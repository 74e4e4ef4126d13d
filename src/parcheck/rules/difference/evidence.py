# SPDX-License-Identifier: Apache-2.0
"""One evidence line of a row beside the same line in another set: what it asks more, less, or otherwise."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from parcheck.rules.difference.changes import Effect
from parcheck.rules.difference.pairing import SAME_EVIDENCE, best_pairs, name_likeness
from parcheck.rules.requirements import requirements
from parcheck.rules.template import fill
from parcheck.rules.wording import ANY_YEAR, Condition, Wording, aspect, conditions, listed, relative_key, without_year

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from parcheck.rules import Alternative, Criterion, Pack, Requirement


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two sets, ready to be compared."""

    pack: Pack
    defs: Mapping[str, Any]
    """Templates filled with `ANY_YEAR`."""
    wording: Wording

    @classmethod
    def of(cls, pack: Pack, wording: Wording) -> Side:
        """Return a set with its definitions filled."""
        return cls(pack, fill(pack.defs, {"year": ANY_YEAR}), wording)


@dataclass(frozen=True, slots=True)
class Point:
    """One difference inside an evidence line."""

    kind: str
    """ "types", "subject", "window", "issuer", "signature", "form", "alternatives"."""
    effect: Effect
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    shared: str | None = None
    narrowed: bool | None = None
    """For lists of accepted words or types: True where only some went, False where only some came."""


class EvidenceComparer:
    """Compares evidence lines of two sets."""

    def __init__(self, old: Side, new: Side) -> None:
        self.old, self.new = old, new
        self._same_defs = old.defs == new.defs
        self._changed_defs = {
            name for name in old.defs.keys() & new.defs.keys() if not self._same_def(old.defs[name], new.defs[name])
        }

    def _same_def(self, one: Any, other: Any) -> bool:
        """Tell two definitions that ask the same of their own, whatever those they refer to ask."""
        first, second = conditions(one, {}), conditions(other, {})
        return not any(self._left(first, second))

    def pairs(
        self, old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]
    ) -> list[tuple[Mapping[str, Any] | None, Mapping[str, Any] | None]]:
        """Return the evidence lines of two rows side by side."""
        return best_pairs(old, new, self._likeness, SAME_EVIDENCE)

    def _likeness(self, a: Mapping[str, Any], b: Mapping[str, Any]) -> float:
        name = name_likeness(a["name"], b["name"], self.old.pack, self.new.pack)
        same_id = a["id"] == b["id"]
        asks = ("match", "valid", "any_of", "each", "kind")
        proves = any(key in a for key in asks) and all(a.get(key) == b.get(key) for key in asks)
        if a.get("other") and b.get("other"):
            return 150.0
        score: float = name + 15 * same_id
        return score + 40 if proves and (same_id or name > SAME_EVIDENCE / 2) else score

    def points(self, row: Criterion, a: Mapping[str, Any], other: Criterion, b: Mapping[str, Any]) -> list[Point]:
        """Return what two versions of one line ask otherwise of its documents, entries of a series told apart."""
        olds, news = _entries(row, a), _entries(other, b)
        common = [key for key in news if key in olds]
        if not common:
            # One line became a series, or the other way round: what each document must be is still compared.
            return self._requirement(next(iter(olds.values())), next(iter(news.values()))) if olds and news else []
        found = {key: self._requirement(olds[key], news[key]) for key in common}
        everywhere = [point for point in found[common[0]] if all(point in found[key] for key in common)]
        told = list(everywhere)
        names = {entry["id"]: str(entry["name"]) for entry in b.get("each", ())}
        for key in common:
            for point in found[key]:
                if point not in everywhere:
                    told.append(_of_entry(point, self.new.wording.tell(fill(names[key], {"year": ANY_YEAR}))))
        return told

    def _requirement(self, a: Requirement, b: Requirement) -> list[Point]:
        if self._same_defs and a.alternatives == b.alternatives:
            return []
        found: list[Point] = []
        for one, other in self._alternatives(a, b):
            if one is None and other is not None:
                effect = Effect.RELIEF if a.alternatives else Effect.LOOK
                found.append(Point("alternatives", effect, added=(self._alternative(other, self.new),)))
            elif other is None and one is not None:
                effect = Effect.WORK if b.alternatives else Effect.LOOK
                found.append(Point("alternatives", effect, removed=(self._alternative(one, self.old),)))
            elif one is not None and other is not None:
                several = len(b.alternatives) > 1
                for point in self._documents(one, other):
                    found.append(_of_entry(point, self.new.wording.tell(other.name)) if several else point)
        return found

    def _alternatives(self, a: Requirement, b: Requirement) -> list[tuple[Alternative | None, Alternative | None]]:
        def alike(one: Alternative, other: Alternative) -> float:
            if (one.match, one.valid) == (other.match, other.valid):
                return 200.0
            return 30.0 * (one.id == other.id) + name_likeness(one.name, other.name, self.old.pack, self.new.pack)

        if len(a.alternatives) == len(b.alternatives) == 1:
            return [(a.alternatives[0], b.alternatives[0])]
        return best_pairs(a.alternatives, b.alternatives, alike, SAME_EVIDENCE)

    def _alternative(self, one: Alternative, side: Side) -> str:
        named = side.wording.tell(one.name)
        asked = side.wording.shortened(3).together(conditions(one.match, side.defs))
        return f"{named} ({asked})"

    def _documents(self, a: Alternative, b: Alternative) -> list[Point]:
        first, second = ((conditions(one.match, side.defs), conditions(one.valid, side.defs)) for one, side in (
            (a, self.old), (b, self.new),
        ))  # fmt: skip
        # A condition that moved between "which document" and "when is it valid" asks the same of the unit.
        return self.compare((*first[0], *first[1]), (*second[0], *second[1]))

    def _left(self, old: Sequence[Condition], new: Sequence[Condition]) -> tuple[list[Condition], list[Condition]]:
        """Return (conditions only the old set has, conditions only the new one has), repeats left out."""
        olds = {one.key: one for one in reversed(old)}
        news = {one.key: one for one in reversed(new)}
        gone = [one for key, one in reversed(olds.items()) if key not in news]
        came = [one for key, one in reversed(news.items()) if key not in olds]
        if not gone or not came:
            return gone, came
        near = {relative_key(one, self.new.pack.year) for one in new}
        far = {relative_key(one, self.old.pack.year) for one in old}
        return (
            [one for one in gone if relative_key(one, self.old.pack.year) not in near],
            [one for one in came if relative_key(one, self.new.pack.year) not in far],
        )

    def compare(self, old: Sequence[Condition], new: Sequence[Condition]) -> list[Point]:
        """Return what differs between two lists of conditions, like put beside like."""
        gone, came = self._left(old, new)
        found: list[Point] = []
        lost: list[Condition] = []
        extra: list[Condition] = []
        for one, other in best_pairs(gone, came, _alike, 0.1):
            if one is not None and other is not None:
                found.append(self._changed(one, other))
            elif one is not None and not _follows(one, gone):
                lost.append(one)
            elif other is not None and not _follows(other, came):
                extra.append(other)
        found += self._lone(lost, self.old, came=False)
        found += self._lone(extra, self.new, came=True)
        return found

    def _lone(self, lone: Iterable[Condition], side: Side, *, came: bool) -> Iterator[Point]:
        """Yield what holds on one side only, told together where it is about one thing."""
        together: dict[tuple[str, Effect, str | None], list[Condition]] = {}
        for one in lone:
            plain = Effect.WORK if came else Effect.RELIEF
            effect = Effect.LOOK if one.kind == "if" else plain
            together.setdefault((aspect(one), effect, self._shared(one)), []).append(one)
        for (kind, effect, shared), same in together.items():
            words = tuple(side.wording.each(same))
            yield Point(kind, effect, () if came else words, words if came else (), shared)

    def _changed(self, one: Condition, other: Condition) -> Point:
        shared = self._shared(one) if self._shared(one) == self._shared(other) else None
        if one.kind != other.kind:
            effect = Effect.RELIEF if one.kind == "leaf" else Effect.WORK
            words = ((self.old.wording.condition(one),), (self.new.wording.condition(other),))
            return Point(aspect(one if one.kind == "leaf" else other), effect, *words, shared=shared)
        if one.kind != "leaf":
            return self._combined(one, other)
        if listed(one):
            before, after = list(one.value), list(other.value)
            went = [value for value in before if value not in after]
            new = [value for value in after if value not in before]
            narrowed = None if went and new else bool(went)
            effect = Effect.LOOK if narrowed is None else Effect.WORK if narrowed else Effect.RELIEF
            return Point(
                aspect(other),
                effect,
                removed=(self._some(one, went, self.old),) if went else (),
                added=(self._some(other, new, self.new),) if new else (),
                shared=shared,
                narrowed=narrowed,
            )
        return Point(
            aspect(other),
            _direction(
                dataclasses.replace(one, value=without_year(one.value, self.old.pack.year)),
                dataclasses.replace(other, value=without_year(other.value, self.new.pack.year)),
            ),
            removed=(self.old.wording.condition(one),),
            added=(self.new.wording.condition(other),),
            shared=shared,
        )

    @staticmethod
    def _some(condition: Condition, values: Sequence[Any], side: Side) -> str:
        return side.wording.accepted(dataclasses.replace(condition, value=list(values)))

    def _combined(self, one: Condition, other: Condition) -> Point:
        """Return what differs inside conditions that stand for one another, told by its single conditions."""
        gone, came = self._left(list(one.leaves()), list(other.leaves()))
        owners = {self._shared(leaf) for leaf in (*gone, *came)}
        shared = owners.pop() if len(owners) == 1 else None
        if not gone and not came:
            words = ((self.old.wording.condition(one),), (self.new.wording.condition(other),))
            return Point(aspect(other), Effect.LOOK, *words, shared=self._shared(other))
        removed, added = list(gone), list(came)
        told: list[tuple[str, str]] = []
        for first, second in best_pairs(gone, came, _alike, 0.1):
            if first is not None and second is not None and first.kind == "leaf":
                point = self._changed(first, second)
                told.append(("".join(point.removed), "".join(point.added)))
                removed.remove(first)
                added.remove(second)
        before = [*(old for old, _ in told if old), *self.old.wording.each(removed)]
        after = [*(new for _, new in told if new), *self.new.wording.each(added)]
        scope = aspect(other) if aspect(other) == aspect(one) else "form"
        return Point(scope, Effect.LOOK, tuple(before), tuple(after), shared=shared)

    def _shared(self, condition: Condition) -> str | None:
        return next((name for name in reversed(condition.via) if name in self._changed_defs), None)


def _alike(one: Condition, other: Condition) -> float:
    """Return how much one condition is another changed; 0 for conditions of another kind."""
    for leaf, combined in ((one, other), (other, one)):
        if leaf.kind == "leaf" and combined.kind in ("any", "one"):
            # One way to prove it became one of several, or the other way round.
            inside = {each.key for each in combined.leaves()}
            return 0.6 if leaf.key in inside and leaf.keyword != "required" else 0.0
    if (one.kind, one.fact, one.keyword) != (other.kind, other.fact, other.keyword):
        return 0.0
    if one.kind != "leaf":
        first, second = ({leaf.key for leaf in each.leaves()} for each in (one, other))
        return 0.2 + len(first & second) / max(1, len(first | second))
    if not listed(one):
        return 0.0 if one.keyword in ("required", "mentionsNone") else 0.5
    first, second = (set(map(str, each.value)) for each in (one, other))
    return (0.15 if one.keyword != "mentions" else 0.0) + len(first & second) / len(first | second)


def _follows(one: Condition, others: Iterable[Condition]) -> bool:
    """Tell that a fact is asked for at all only because something is asked of it."""
    return one.keyword == "required" and any(
        leaf.fact[:1] == one.fact[:1] and leaf.keyword != "required" for other in others for leaf in other.leaves()
    )


def _direction(one: Condition, other: Condition) -> Effect:
    """Return whether a changed bound is stricter; dates are ISO dates and compare as text."""
    before, after = one.value, other.value
    if one.keyword == "within" and before.get("of") == after.get("of"):
        return Effect.WORK if after["days"] < before["days"] else Effect.RELIEF
    if type(before) is not type(after) or not isinstance(before, str | int | float):
        return Effect.LOOK
    if one.keyword in ("notBefore", "minItems", "minLength", "minimum"):
        return Effect.WORK if after > before else Effect.RELIEF
    if one.keyword in ("notAfter", "maxItems", "maxLength", "maximum"):
        return Effect.WORK if after < before else Effect.RELIEF
    return Effect.LOOK


def _of_entry(point: Point, name: str) -> Point:
    """Return a point with the entry of the series, or the alternative, that it is about.

    What a shared definition changes is the same wherever it is used, and stays without.
    """
    if point.shared:
        return point
    return dataclasses.replace(
        point,
        removed=tuple(f"{name}: {words}" for words in point.removed),
        added=tuple(f"{name}: {words}" for words in point.added),
    )


def _entries(row: Criterion, evidence: Mapping[str, Any]) -> dict[str, Requirement]:
    """Return what a line asks for by entry of its series; by "" where it has none."""
    alone = dataclasses.replace(row, evidence=(evidence,))
    suffix = len(evidence["id"]) + 1
    return {one.id[suffix:]: one for one in requirements(alone, ANY_YEAR)}


def merged(points: Iterable[Point]) -> Iterator[Point]:
    """Yield points, those of one kind, effect and origin together; nothing twice."""
    together: dict[tuple[Any, ...], Point] = {}
    for point in points:
        key = (point.kind, point.effect, point.shared, point.narrowed)
        if key in together:
            had = together[key]
            together[key] = dataclasses.replace(
                had,
                removed=tuple(dict.fromkeys((*had.removed, *point.removed))),
                added=tuple(dict.fromkeys((*had.added, *point.added))),
            )
        else:
            together[key] = point
    yield from together.values()
