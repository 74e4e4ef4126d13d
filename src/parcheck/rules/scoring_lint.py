# SPDX-License-Identifier: Apache-2.0
"""What is odd about how rows are scored: kinds and keys that cannot be computed, points, figures and rows named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from parcheck.errors import ParcheckError
from parcheck.schema_faults import nearest_first, schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from parcheck.rules import Criterion, Pack

    Place = Callable[[str, tuple[str | int, ...]], dict[str, Any]]

EXACT = 1e-6
_SHARE = re.compile(r"\s*(\w+)\s*/\s*(\w+)\s*")
_LETTER = re.compile(r"\w{1,3}")


def kinds() -> Mapping[str, frozenset[str]]:
    """Return each kind of scoring with the keys it may have, by the published schema."""
    whole = schema("scoring.schema.json")
    common = set(whole["properties"])
    found: dict[str, frozenset[str]] = {}
    for branch in whole["allOf"]:
        condition = branch["if"]["properties"]["kind"]
        own = whole["$defs"][branch["then"]["$ref"].removeprefix("#/$defs/")]["properties"]
        for kind in condition.get("enum", [condition.get("const")]):
            found[kind] = frozenset(common | set(own))
    return found


def inner(scoring: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], Mapping[str, Any]]]:
    """Yield (path, rule) for the rules inside a rule."""
    for index, part in enumerate(scoring.get("parts", ())):
        if part.get("scoring"):
            yield ("parts", index, "scoring"), part["scoring"]
    for index, case in enumerate(scoring.get("cases", ())):
        yield ("cases", index, "scoring"), case["scoring"]
    if "form" in scoring:
        yield ("form",), scoring["form"]


def most(scoring: Mapping[str, Any]) -> float | None:
    """Return the most points that a rule can give; None where that cannot be told."""
    match scoring.get("kind"):
        case "ratio":
            return float(max(scoring["sum_points"].values()))
        case "tiers":
            return float(max(tier["points"] for tier in scoring["tiers"]))
        case "choice" | "all_or_nothing":
            return float(max(option["points"] for option in scoring["options"]))
        case "sum":
            return float(sum(part["points"] for part in scoring["parts"]))
        case "lateness":
            return float(max([band["points"] for band in scoring["bands"]] + [scoring["otherwise"]]))
        case "compared":
            return float(max(scoring["points"].values()))
        case "depends":
            cases = [most(case["scoring"]) for case in scoring["cases"]]
            return max((value for value in cases if value is not None), default=None)
        case "penalty":
            return 0.0
        case "bonus" | "authority" | "survey":
            return most(scoring["form"]) if "form" in scoring else None
    return None


def figures_unused(criterion: Criterion) -> list[str]:
    """Return the figures of a row that its scoring does not name; none where words may mean them."""
    rules = list(_all(criterion.scoring)) if criterion.scoring else []
    if not rules or not all(rule.get("kind") == "sum" or any(_named(rule, ())) for rule in rules):
        return []
    used = {name for rule in rules for name, _ in _named(rule, ())}
    return sorted(set(criterion.figures) - used)


def _all(scoring: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield scoring
    for _, each in inner(scoring):
        yield from _all(each)


def lint_scoring(pack: Pack, place: Place) -> Iterator[tuple[str, ParcheckError]]:
    """Yield (code of the row, fault) for the scoring of every row.

    Args:
        pack: the pack.
        place: (code, path in the row) → file and line, as arguments of an error.
    """
    known = kinds()
    for criterion in pack.criteria:
        if criterion.scoring:
            for path, code, args in _rule(criterion, pack, criterion.scoring, ("scoring",), criterion.points, known):
                yield criterion.code, ParcheckError(code, **place(criterion.code, path), **args)


_Found = tuple[tuple[str | int, ...], str, dict[str, Any]]


def _rule(
    criterion: Criterion,
    pack: Pack,
    rule: Mapping[str, Any],
    path: tuple[str | int, ...],
    points: float | None,
    known: Mapping[str, frozenset[str]],
    figures: Mapping[str, str] | None = None,
) -> Iterator[_Found]:
    kind = str(rule["kind"])
    if kind not in known:
        yield (*path, "kind"), "pack-scoring-kind", {"found": kind, "allowed": ", ".join(nearest_first(kind, known))}
        return
    for key in rule:
        if key not in known[kind]:
            allowed = ", ".join(nearest_first(key, known[kind]))
            yield (*path, key), "pack-scoring-key", {"found": key, "kind": kind, "allowed": allowed}
    best = most(rule)
    if points is not None and best is not None and abs(best - points) > EXACT:
        yield path, "pack-scoring-points", {"code": criterion.code, "found": best, "allowed": float(points)}
    declared = {**(figures if figures is not None else criterion.figures), **rule.get("figures", {})}
    for name, where in _named(rule, path):
        if name not in declared:
            allowed = ", ".join(nearest_first(name, declared)) or "–"
            yield where, "pack-figure-undeclared", {"code": criterion.code, "found": name, "allowed": allowed}
    yield from _references(criterion, pack, rule, path)
    parts: dict[tuple[str | int, ...], Any] = {}
    parts |= {("parts", index, "scoring"): part for index, part in enumerate(rule.get("parts", ()))}
    for inside, each in inner(rule):
        part = parts.get(inside, {})
        own = part.get("figures") or (figures if figures is not None else criterion.figures)
        at_most = part.get("points") if kind == "sum" else None
        yield from _rule(criterion, pack, each, (*path, *inside), at_most, known, own)


def _references(
    criterion: Criterion, pack: Pack, rule: Mapping[str, Any], path: tuple[str | int, ...]
) -> Iterator[_Found]:
    if rule["kind"] == "lateness":
        ids = [str(evidence["id"]) for evidence in criterion.evidence]
        key, known = "evidence", ids
    elif rule["kind"] == "depends":
        key, known = "row", [each.code for each in pack.criteria]
    else:
        return
    if rule[key] not in known:
        allowed = ", ".join(nearest_first(rule[key], known)[:10]) or "–"
        yield (*path, key), "pack-scoring-reference", {"code": criterion.code, "found": rule[key], "allowed": allowed}


def _named(rule: Mapping[str, Any], path: tuple[str | int, ...]) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    """Yield (figure, where it is named) for one rule, the rules inside it left out."""
    kind = rule.get("kind")
    if kind == "ratio":
        names = dict.fromkeys(rule["sum_points"], "sum_points") | dict.fromkeys(rule.get("floor_on", ()), "floor_on")
        names |= dict.fromkeys(rule.get("sum", {}), "sum")
        if isinstance(rule["of"], str):
            names[rule["of"]] = "of"
        for name, key in names.items():
            yield name, (*path, key)
    if kind in ("tiers", "compared"):
        for key in ("measure", "with"):
            text = str(rule.get(key, ""))
            if match := _SHARE.fullmatch(text):
                yield match[1], (*path, key)
                yield match[2], (*path, key)
            elif kind == "compared" and _LETTER.fullmatch(text):
                yield text, (*path, key)
        if "figure" in rule:
            yield str(rule["figure"]), (*path, "figure")
