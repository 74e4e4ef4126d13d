# SPDX-License-Identifier: Apache-2.0
"""One scored row of a set beside the row it became in another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from parcheck.rules.difference.changes import Change, Effect
from parcheck.rules.difference.evidence import EvidenceComparer, Point, Side, merged
from parcheck.rules.difference.pairing import same_text
from parcheck.rules.template import fill
from parcheck.rules.wording import ANY_YEAR, without_year
from parcheck.rules.wording.scoring import scoring_key, scoring_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from parcheck.rules import Criterion
    from parcheck.rules.difference.pairing import Pairs

_Line = Mapping[str, Any]


class RowComparer:
    """Compares rows of two sets."""

    def __init__(self, old: Side, new: Side, pairs: Pairs) -> None:
        self.old, self.new, self._pairs = old, new, pairs
        self._moved = pairs.codes()
        self._lines = EvidenceComparer(old, new)
        self.phrase = new.wording.phrase

    def changes(self, a: Criterion | None, b: Criterion | None) -> tuple[list[Change], list[Change]]:
        """Return (what changes in what is asked, scored or filed; what changes in words only)."""
        if a is None:
            return ([self._added(b)] if b else []), []
        if b is None:
            return [self._removed(a)], []
        where: dict[str, Any] = {"code": b.code, "old_code": a.code}
        found = [
            *self._names(a, b, where),
            *self._scores(a, b, where),
            *self._figures(a, b, where),
        ]
        words = [
            Change(kind, Effect.NONE, self.phrase("changes", kind), **where)
            for kind, before, after in (("note", a.note, b.note), ("source", a.source, b.source))
            if before != after
        ]
        for one, other in self._lines.pairs(a.evidence, b.evidence):
            mine, noted = self._evidence(a, one, b, other, where)
            found += mine
            words += noted
        return found, words

    def _added(self, row: Criterion) -> Change:
        documents = [e for e in row.evidence if _asked(e)]
        args = {"name": row.name, "points": float(row.points), "documents": len(documents)}
        who = self.new.wording.catalogue.term("assessed", row.assessed, self.new.wording.language)
        own = row.assessed == "self"
        cost = self.phrase("costs", "row-added" if own else "row-added-other", who=who, **args)
        names = tuple(self._name(e, self.new) for e in documents) if own else ()
        effect = Effect.WORK if own else Effect.NONE
        return Change("row-added", effect, self.phrase("changes", "row-added", **args), cost, code=row.code,
                      added=names, args=args)  # fmt: skip

    def _removed(self, row: Criterion) -> Change:
        args = {"name": row.name, "points": float(row.points)}
        own = row.assessed == "self"
        cost = self.phrase("costs", "row-removed" if own else "row-removed-other", **args)
        effect = Effect.RELIEF if own else Effect.NONE
        text = self.phrase("changes", "row-removed", **args)
        if row.code in {group.code for group in self.new.pack.groups} and not any(
            group.code == row.code for group in self.old.pack.groups
        ):
            parts = ", ".join(part.code for part in self.new.pack.under(row.code))
            text = self.phrase("changes", "row-split", parts=parts, **args)
        return Change("row-removed", effect, text, cost, code=row.code, old_code=row.code, args=args)

    def _names(self, a: Criterion, b: Criterion, where: dict[str, Any]) -> Iterator[Change]:
        if a.code != b.code:
            args = {"old": a.code, "new": b.code}
            text, cost = self.phrase("changes", "renumbered", **args), self.phrase("costs", "renumbered", **args)
            own = b.assessed == "self"
            yield Change("renumbered", Effect.REFILE if own else Effect.NONE, text, cost if own else "",
                         args=args, **where)  # fmt: skip
        if self._moved.get(a.field) != b.field:
            args = {"old": a.field, "new": b.field}
            yield Change("moved", Effect.NONE, self.phrase("changes", "moved", **args), args=args, **where)
        if not same_text(a.name, b.name, self.old.pack, self.new.pack):
            args = {"old": a.name, "new": b.name}
            text, cost = self.phrase("changes", "renamed", **args), self.phrase("costs", "renamed", **args)
            yield Change("renamed", Effect.LOOK, text, cost, args=args, **where)

    def _scores(self, a: Criterion, b: Criterion, where: dict[str, Any]) -> Iterator[Change]:
        if a.points != b.points:
            args = {"old": float(a.points), "new": float(b.points), "by": float(abs(b.points - a.points))}
            cost = self.phrase("costs", "points-up" if b.points > a.points else "points-down", **args)
            yield Change("points", Effect.POINTS, self.phrase("changes", "points", **args), cost, args=args, **where)
        if a.assessed != b.assessed:
            words = self.new.wording.catalogue
            told = {
                side: words.term("assessed", row.assessed, self.new.wording.language)
                for side, row in (("old", a), ("new", b))
            }
            effect = Effect.WORK if b.assessed == "self" else Effect.RELIEF if a.assessed == "self" else Effect.NONE
            cost = self.phrase("costs", f"assessed-{effect.value}")
            codes = {"old": a.assessed, "new": b.assessed}
            yield Change("assessed", effect, self.phrase("changes", "assessed", **told), cost, args=codes, **where)
        if scoring_key(self._own(a.scoring, self.old)) != scoring_key(self._own(b.scoring, self.new)):
            before, after = (scoring_lines(row.scoring, side.wording) for row, side in ((a, self.old), (b, self.new)))
            kinds = {"old": a.scoring.get("kind"), "new": b.scoring.get("kind")}
            gone = [line for line in before if line not in after] or before
            came = [line for line in after if line not in before] or after
            if kinds["old"] != kinds["new"] or set(before) == set(after):
                gone, came = before, after
            yield Change("scoring", Effect.LOOK, self.phrase("changes", "scoring"), self.phrase("costs", "scoring"),
                         removed=tuple(gone), added=tuple(came), args=kinds, **where)  # fmt: skip

    @staticmethod
    def _own(scoring: Mapping[str, Any], side: Side) -> Any:
        return without_year(fill(scoring, {"year": ANY_YEAR}), side.pack.year)

    def _figures(self, a: Criterion, b: Criterion, where: dict[str, Any]) -> Iterator[Change]:
        gone = [
            f"{letter}: {text}" for letter, text in a.figures.items() if not self._told(letter, text, b, back=False)
        ]
        came = [f"{letter}: {text}" for letter, text in b.figures.items() if not self._told(letter, text, a, back=True)]
        if gone or came:
            effect = Effect.RELIEF if not came else Effect.WORK
            yield Change("figures", effect, self.phrase("changes", "figures"), self.phrase("costs", "figures"),
                         removed=tuple(gone), added=tuple(came), **where)  # fmt: skip
        if a.explanation != b.explanation:
            effect = Effect.RELIEF if b.explanation else Effect.WORK
            key = f"explanation-{'yes' if b.explanation else 'no'}"
            yield Change("explanation", effect, self.phrase("changes", key), self.phrase("costs", key),
                         args={"old": a.explanation, "new": b.explanation}, **where)  # fmt: skip

    def _told(self, letter: str, text: str, other: Criterion, *, back: bool) -> bool:
        if letter not in other.figures:
            return False
        one, two = (self.new.pack, self.old.pack) if back else (self.old.pack, self.new.pack)
        return same_text(text, other.figures[letter], one, two)

    def _name(self, evidence: _Line, side: Side) -> str:
        values = {"year": ANY_YEAR}
        series = evidence.get("each", ())
        named: dict[str, Any] = dict(values)
        for key in {key for entry in series for key in entry}:
            joined = dict.fromkeys(str(fill(entry.get(key, ""), values)) for entry in series)
            named[f"each.{key}"] = "/".join(joined)
        return side.wording.tell(fill(evidence["name"], named))

    def _evidence(
        self, a: Criterion, one: _Line | None, b: Criterion, other: _Line | None, where: dict[str, Any]
    ) -> tuple[list[Change], list[Change]]:
        if one is None or other is None:
            return [self._line_alone(one, other, b, where)], []
        at = {**where, "evidence": other["id"], "evidence_name": self._name(other, self.new)}
        found: list[Change] = []
        words: list[Change] = []
        if not same_text(str(one["name"]), str(other["name"]), self.old.pack, self.new.pack):
            args = {"old": self._name(one, self.old), "new": self._name(other, self.new)}
            text, cost = self.phrase("changes", "evidence-renamed", **args), self.phrase("costs", "evidence-renamed")
            found.append(Change("evidence-renamed", Effect.LOOK, text, cost, args=args, **at))
        found += self._demands(one, other, at)
        if not one.get("provided_by") and not other.get("provided_by"):
            found += self._series(one, other, at)
            found += self._count(one.get("count") or {}, other.get("count") or {}, at)
            found += [self._point(point, at) for point in merged(self._lines.points(a, one, b, other))]
        for key in ("id", "note"):
            if one.get(key) != other.get(key):
                text = self.phrase("changes", f"evidence-{key}", old=one.get(key, ""), new=other.get(key, ""))
                words.append(Change(f"evidence-{key}", Effect.NONE, text, **at))
        for number, (before, after) in enumerate(zip(one.get("any_of", ()), other.get("any_of", ()), strict=False)):
            if before.get("note") != after.get("note") and before["id"] == after["id"]:
                text = self.phrase("changes", "evidence-note")
                words.append(Change("evidence-note", Effect.NONE, text, args={"alternative": number}, **at))
            if before["name"] != after["name"] and before["id"] == after["id"]:
                args = {"old": before["name"], "new": after["name"]}
                text = self.phrase("changes", "alternative-renamed", **args)
                words.append(Change("alternative-renamed", Effect.NONE, text, args=args, **at))
        return found, words

    def _line_alone(self, one: _Line | None, other: _Line | None, row: Criterion, where: dict[str, Any]) -> Change:
        side, line = (self.new, other or {}) if one is None else (self.old, one)
        kind = "evidence-added" if one is None else "evidence-removed"
        args = {"name": self._name(line, side), "optional": line.get("optional", False)}
        manner, effect = "asked", Effect.WORK if one is None else Effect.RELIEF
        if row.assessed != "self" or line.get("provided_by"):
            manner, effect = "not-asked", Effect.NONE
        elif line.get("optional"):
            manner, effect = "optional", Effect.LOOK if one is None else Effect.NONE
        cost = self.phrase("costs", f"{kind}-{manner}", **args)
        at = {**where, "evidence": line["id"], "evidence_name": args["name"]}
        return Change(kind, effect, self.phrase("changes", kind, **args), cost, args=args, **at)

    def _demands(self, one: _Line, other: _Line, at: dict[str, Any]) -> Iterator[Change]:
        if one.get("optional", False) != other.get("optional", False):
            key = f"optional-{'yes' if other.get('optional') else 'no'}"
            effect = Effect.RELIEF if other.get("optional") else Effect.WORK
            yield Change("optional", effect, self.phrase("changes", key), self.phrase("costs", key), **at)
        before, after = one.get("provided_by"), other.get("provided_by")
        if before != after:
            key = "provided-by" if before and after else "provided-by-yes" if after else "provided-by-no"
            effect = Effect.NONE if before and after else Effect.RELIEF if after else Effect.WORK
            args = {"old": before or "", "new": after or ""}
            yield Change("provided-by", effect, self.phrase("changes", key, **args), self.phrase("costs", key, **args),
                         args=args, **at)  # fmt: skip
        kinds = {"old": one.get("kind", "document"), "new": other.get("kind", "document")}
        if kinds["old"] != kinds["new"] and not before and not after:
            args = {side: self.phrase("evidence-kinds", kind) for side, kind in kinds.items()}
            yield Change("kind", Effect.LOOK, self.phrase("changes", "kind", **args), self.phrase("costs", "look"),
                         args=kinds, **at)  # fmt: skip
        if one.get("other", False) != other.get("other", False):
            key = f"other-{'yes' if other.get('other') else 'no'}"
            yield Change("other", Effect.LOOK, self.phrase("changes", key), self.phrase("costs", "look"), **at)

    def _count(self, one: _Line, other: _Line, at: dict[str, Any]) -> Iterator[Change]:
        before, after = int(one.get("min", 1)), int(other.get("min", 1))
        apart = [sorted(count.get("distinct", ())) for count in (one, other)]
        if before == after and apart[0] == apart[1]:
            return
        stricter = after > before or bool(set(apart[1]) - set(apart[0]))
        looser = after < before or bool(set(apart[0]) - set(apart[1]))
        effect = Effect.LOOK if stricter and looser else Effect.WORK if stricter else Effect.RELIEF
        removed, added = (
            tuple([self.phrase("changes", "count-min", count=least)] * (before != after))
            + tuple(self.phrase("changes", "count-distinct", fact=self.new.wording.fact((fact,))) for fact in facts)
            for least, facts in (
                (before, [fact for fact in apart[0] if fact not in apart[1]]),
                (after, [fact for fact in apart[1] if fact not in apart[0]]),
            )
        )
        yield Change("count", effect, self.phrase("changes", "count"), self.phrase("costs", effect.value),
                     removed=removed, added=added, args={"old": before, "new": after}, **at)  # fmt: skip

    def _series(self, one: _Line, other: _Line, at: dict[str, Any]) -> Iterator[Change]:
        olds, news = ({e["id"]: str(fill(e["name"], {"year": ANY_YEAR})) for e in line.get("each", ())}
                      for line in (one, other))  # fmt: skip
        gone = [self.old.wording.tell(name) for id_, name in olds.items() if id_ not in news]
        came = [self.new.wording.tell(name) for id_, name in news.items() if id_ not in olds]
        if gone or came:
            effect = Effect.LOOK if gone and came else Effect.WORK if came else Effect.RELIEF
            cost = self.phrase("costs", f"series-{effect.value}")
            yield Change(
                "series", effect, self.phrase("changes", "series"), cost, removed=tuple(gone), added=tuple(came), **at
            )
        renamed = [id_ for id_ in olds.keys() & news.keys()
                   if not same_text(olds[id_], news[id_], self.old.pack, self.new.pack)]  # fmt: skip
        for id_ in sorted(renamed):
            args = {"old": olds[id_], "new": news[id_]}
            yield Change("series-renamed", Effect.LOOK, self.phrase("changes", "series-renamed", **args),
                         self.phrase("costs", "look"), args=args, **at)  # fmt: skip

    def _point(self, point: Point, at: dict[str, Any]) -> Change:
        key = point.effect.value
        cost = self.phrase("costs", key if point.kind != "alternatives" else f"alternatives-{key}")
        text = self.phrase("changes", point.kind)
        return Change(point.kind, point.effect, text, cost, removed=point.removed, added=point.added,
                      shared=point.shared, **at)  # fmt: skip


def _asked(evidence: _Line) -> bool:
    return not (evidence.get("other") or evidence.get("optional") or evidence.get("provided_by"))


def asked_lines(rows: Iterable[Criterion]) -> int:
    """Return how many evidence lines rows ask from the unit itself, those "if any" left out."""
    return sum(_asked(evidence) for row in rows if row.assessed == "self" for evidence in row.evidence)
