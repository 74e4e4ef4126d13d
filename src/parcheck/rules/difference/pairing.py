# SPDX-License-Identifier: Apache-2.0
"""Which row of one set is which row of another: by name, evidence, points and scoring, whatever its code is now."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

from parcheck.rules.wording import ANY_YEAR, without_year
from parcheck.rules.wording.scoring import scoring_key
from parcheck.submission.comparing import closeness, folded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from parcheck.rules import Criterion, Group, Pack

_T = TypeVar("_T")
SAME_ROW: Final = 0.62
"""Likeness from which on two rows are one: a row with another name must keep its proof, one with other proof its
name. Neighbouring rows of real sets ("công chức", "viên chức") reach it, and lose to the row itself."""
SAME_GROUP: Final = 0.5
SAME_EVIDENCE: Final = 60.0
"""Likeness of two names of documents from which on one is the other renamed."""
_WEIGHTS: Final = {"name": 0.55, "evidence": 0.25, "scoring": 0.08, "points": 0.06, "assessed": 0.06}
_SAME_CODE: Final = 0.05
_CERTAIN: Final = 3.0
_MOVED_NAME: Final = 55.0
"""A row that changed its code must have kept so much of its name."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Two sets side by side; what has no partner was added or removed."""

    rows: tuple[tuple[Criterion | None, Criterion | None], ...]
    """In the order of the new set, each removed row behind the row it followed."""
    groups: tuple[tuple[Group | None, Group | None], ...]

    def codes(self) -> dict[str, str | None]:
        """Return old code → new code of rows, groups and fields; None for what is gone."""
        moved: dict[str, str | None] = {}
        for old_group, new_group in self.groups:
            if old_group is not None:
                moved[old_group.code] = new_group.code if new_group else None
        for old, new in self.rows:
            if old is not None:
                moved[old.code] = new.code if new else None
        return moved


def pair_sets(old: Pack, new: Pack) -> Pairs:
    """Return the rows, groups and fields of two sets side by side."""
    kept = {row.code: row for row in old.criteria}
    same = {row.code for row in new.criteria if row.code in kept and kept[row.code].name == row.name}

    def rows_alike(a: Criterion, b: Criterion) -> float:
        if a.code in same or b.code in same:
            # A row that kept code and name is itself, and no other's partner.
            return _CERTAIN if a.code == b.code else 0.0
        return _row_likeness(a, b, old, new)

    rows = best_pairs(old.criteria, new.criteria, rows_alike, SAME_ROW)
    partner = {a.code: b.code for a, b in rows if a is not None and b is not None}

    def groups_alike(a: Group, b: Group) -> float:
        return _group_likeness(a, b, old, new, partner)

    groups: list[tuple[Group | None, Group | None]] = []
    for level in sorted({group.level for group in (*old.groups, *new.groups)}):
        ours, theirs = ([group for group in pack.groups if group.level == level] for pack in (old, new))
        found = best_pairs(ours, theirs, groups_alike, SAME_GROUP)
        groups += found
    return Pairs(tuple(rows), tuple(groups))


def best_pairs(
    old: Sequence[_T], new: Sequence[_T], likeness: Callable[[_T, _T], float], least: float
) -> list[tuple[_T | None, _T | None]]:
    """Return two lists side by side, the most alike paired first.

    In the order of the new list; each entry of the old one without a partner stands behind the one it followed.
    """
    scored = [
        (score, -abs(i - j), i, j)
        for i, a in enumerate(old)
        for j, b in enumerate(new)
        if (score := likeness(a, b)) >= least
    ]
    by_old: dict[int, int] = {}
    by_new: dict[int, int] = {}
    for _, _, i, j in sorted(scored, key=lambda one: (-one[0], -one[1], one[2], one[3])):
        if i not in by_old and j not in by_new:
            by_old[i], by_new[j] = j, i
    lone = [i for i in range(len(old)) if i not in by_old]
    order: list[tuple[tuple[float, int], tuple[_T | None, _T | None]]] = [
        ((j, -1), (old[by_new[j]] if j in by_new else None, b)) for j, b in enumerate(new)
    ]
    for i in lone:
        before = [by_old[k] for k in range(i) if k in by_old]
        order.append(((before[-1] if before else -1, i), (old[i], None)))
    return [pair for _, pair in sorted(order, key=lambda one: one[0])]


def same_text(one: str, other: str, old: Pack, new: Pack) -> bool:
    """Return whether two texts of two sets say the same, each set's own year counting as one."""
    return one == other or without_year(one, old.year) == without_year(other, new.year)


def name_likeness(one: str, other: str, old: Pack, new: Pack) -> float:
    """Return how alike two names are, 0..100, each set's own year counting as one."""
    if folded(one) == folded(other):
        return 100.0
    return closeness(plain_name(one, old), plain_name(other, new))


def plain_name(text: str, pack: Pack) -> str:
    """Return a text with the set's year, and templates for it, left open."""
    return _plain_name(text, pack.year)


@functools.lru_cache(maxsize=8192)
def _plain_name(text: str, year: int) -> str:
    return str(without_year(text.replace("${year}", str(ANY_YEAR)), year))


def _row_likeness(a: Criterion, b: Criterion, old: Pack, new: Pack) -> float:
    name = name_likeness(a.name, b.name, old, new)
    parts = {"name": name / 100, "points": float(a.points == b.points), "assessed": float(a.assessed == b.assessed)}
    if a.scoring or b.scoring:
        same_kind = a.scoring.get("kind") == b.scoring.get("kind")
        parts["scoring"] = 1.0 if scoring_key(a.scoring) == scoring_key(b.scoring) else 0.5 * same_kind
    first, second = (_asked(row) for row in (a, b))
    if first or second:
        parts["evidence"] = _evidence_likeness(first, second, old, new)
    score = sum(_WEIGHTS[key] * value for key, value in parts.items()) / sum(_WEIGHTS[key] for key in parts)
    if "evidence" not in parts:
        unmoved = a.code == b.code and all(parts.get(key) == 1 for key in ("points", "assessed", "scoring"))
        if name < (_LONE_NAME_UNMOVED if unmoved else _LONE_NAME):
            return 0.0
    if a.code != b.code and name < _MOVED_NAME:
        return 0.0
    if name == 100:
        # Two rows of one name are told apart by the rest; against rows of other names the name wins.
        score = 1 + score
    return score + _SAME_CODE * (a.code == b.code)


_LONE_NAME: Final = 70.0
"""Rows without proof (surveys) have nothing but their name …"""
_LONE_NAME_UNMOVED: Final = 45.0
"""… and where code, points and scoring stayed, less of it is enough."""


def _asked(row: Criterion) -> list[Mapping[str, Any]]:
    return [evidence for evidence in row.evidence if not evidence.get("other")]


def _evidence_likeness(
    first: Iterable[Mapping[str, Any]], second: Iterable[Mapping[str, Any]], old: Pack, new: Pack
) -> float:
    ones, others = [str(e["name"]) for e in first], [str(e["name"]) for e in second]
    if not ones or not others:
        return 0.0
    table = [[name_likeness(a, b, old, new) for b in others] for a in ones]
    forth = sum(max(row) for row in table) / len(ones)
    back = sum(max(column) for column in zip(*table, strict=True)) / len(others)
    return float(forth + back) / 200


def _group_likeness(a: Group, b: Group, old: Pack, new: Pack, partner: Mapping[str, str]) -> float:
    ours = {partner.get(row.code, row.code + " (old)") for row in old.under(a.code)}
    theirs = {row.code for row in new.under(b.code)}
    shared = len(ours & theirs) / len(ours | theirs) if ours | theirs else 0.0
    return 0.5 * name_likeness(a.name, b.name, old, new) / 100 + 0.5 * shared + _SAME_CODE * (a.code == b.code)
