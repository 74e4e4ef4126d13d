# SPDX-License-Identifier: Apache-2.0
"""The points that figures can support under a declarative scoring rule. No score is assigned here.

What is not known stays open: every rule gives a range, and a claim is only questioned when it lies above the range.
The kinds are described in docs/reference/scoring.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

TOLERANCE = 0.005
"""Claims are written with two decimals: half a unit of the last place."""

_SHARE = re.compile(r"\s*(\w+)\s*/\s*(\w+)\s*")

Figures = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Range:
    """The lowest and highest points that are still possible."""

    low: float
    high: float

    def __add__(self, other: Range) -> Range:
        return Range(self.low + other.low, self.high + other.high)

    def scaled(self, share: float) -> Range:
        """Return the range multiplied by a share."""
        return Range(self.low * share, self.high * share)

    @property
    def exact(self) -> bool:
        """Whether only one value is possible."""
        return self.high - self.low < TOLERANCE


def possible(scoring: Mapping[str, Any], maximum: float, figures: Figures) -> Range:
    """Return the points possible under a rule, given the figures that are known.

    Args:
        scoring: the rule; an unknown kind leaves everything possible.
        maximum: points of the row.
        figures: letter (with "2." in front for the second part of a sum) to value.
    """
    rule = _KINDS.get(str(scoring.get("kind")))
    return rule(scoring, maximum, figures) if rule else Range(0, maximum)


def contradictions(scoring: Mapping[str, Any], figures: Figures) -> list[tuple[str, float, str, float]]:
    """Return (part, value, whole, value) for figures that cannot both be true: more done than there was to do."""
    found: list[tuple[str, float, str, float]] = []
    for prefix, ratio in _ratios(scoring, ""):
        whole = ratio["of"]
        if not isinstance(whole, str) or (of := _figure(whole, prefix, figures)) is None:
            continue
        values = {name: _figure(name, prefix, figures) for name in ratio.get("sum_points", {})}
        known = {name: value for name, value in values.items() if value is not None}
        if known and sum(known.values()) > of + TOLERANCE:
            found.append((" + ".join(known), sum(known.values()), whole, of))
    return found


def _ratios(scoring: Mapping[str, Any], prefix: str) -> list[tuple[str, Mapping[str, Any]]]:
    if scoring.get("kind") == "ratio":
        return [(prefix, scoring)]
    parts = scoring.get("parts", ()) if scoring.get("kind") == "sum" else ()
    return [
        pair
        for number, part in enumerate(parts, start=1)
        for pair in _ratios(part.get("scoring") or {}, f"{prefix}{number}.")
    ]


def _figure(name: str, prefix: str, figures: Figures) -> float | None:
    """Return a figure of a part ("3.b"), or of the row where the part has none of its own."""
    return figures.get(prefix + name, figures.get(name) if not prefix or not _has_parts(figures) else None)


def _has_parts(figures: Figures) -> bool:
    return any("." in name for name in figures)


def _ratio(rule: Mapping[str, Any], maximum: float, figures: Figures, prefix: str = "") -> Range:
    of = float(rule["of"]) if isinstance(rule["of"], int | float) else _figure(rule["of"], prefix, figures)
    weights: Mapping[str, float] = rule.get("sum_points", {})
    values = {name: _figure(name, prefix, figures) for name in weights}
    if of is None or any(value is None for value in values.values()):
        return Range(0, maximum)
    if of == 0:
        return Range(maximum, maximum) if rule.get("when_zero") == "full" else Range(0, maximum)
    known = {name: float(value) for name, value in values.items() if value is not None}
    share = sum(known[name] for name in rule.get("floor_on") or known) / of
    points = sum(weights[name] * value for name, value in known.items()) / of
    if rule.get("floor") is not None and share < rule["floor"] - 1e-9:
        points = float(rule.get("below_floor", 0))
    elif rule.get("full_at") is not None and share >= rule["full_at"] - 1e-9:
        points = maximum
    points = min(points, maximum)
    kept = 1.0
    for deduction in rule.get("deductions", ()):
        kept -= float(deduction.get("share_of_achieved", 0))
    return Range(points * kept, points)


def _tiers(rule: Mapping[str, Any], maximum: float, figures: Figures, prefix: str = "") -> Range:
    value = _measured(rule, figures, prefix)
    tiers: Sequence[Mapping[str, Any]] = rule["tiers"]
    every = [float(tier["points"]) for tier in (*tiers, *rule.get("special", ()))]
    if value is None:
        return Range(min(every, default=0), max(every, default=maximum))
    both_ends = rule.get("by") in ("count", "rank")
    for tier in tiers:
        if _inside(value, tier.get("from"), tier.get("to"), both_ends=both_ends):
            return Range(float(tier["points"]), float(tier["points"]))
    return Range(min(every), max(every))


def _inside(value: float, low: float | None, high: float | None, *, both_ends: bool) -> bool:
    if low is not None and value < low - 1e-9:
        return False
    if high is None or ((both_ends or low == high) and value <= high + 1e-9):
        return True
    return value < high - 1e-9


def _measured(rule: Mapping[str, Any], figures: Figures, prefix: str) -> float | None:
    """Return what the tiers are by: "b/a" from two figures, a figure that the rule names, or the only one given."""
    measure = str(rule.get("measure", ""))
    if match := _SHARE.fullmatch(measure):
        part, whole = (_figure(name, prefix, figures) for name in match.groups())
        return part / whole if part is not None and whole else None
    named = rule.get("figure")
    own = {name.removeprefix(prefix): value for name, value in figures.items() if name.startswith(prefix)}
    value = own.get(named) if named else next(iter(own.values())) if len(own) == 1 else None
    if value is not None and rule.get("by") == "share" and value > 1:
        return value / 100
    return value


def _sum(rule: Mapping[str, Any], _maximum: float, figures: Figures, prefix: str = "") -> Range:
    total = Range(0, 0)
    for number, part in enumerate(rule["parts"], start=1):
        inner = part.get("scoring") or {}
        within = _WITH_PARTS.get(str(inner.get("kind")))
        points = float(part["points"])
        total += within(inner, points, figures, f"{prefix}{number}.") if within else possible(inner, points, {})
    return total


def _options(rule: Mapping[str, Any], _maximum: float, _figures: Figures) -> Range:
    points = [float(option["points"]) for option in (*rule["options"], *rule.get("special", ()))]
    return Range(min(points), max(points))


_WITH_PARTS: dict[str, Callable[[Mapping[str, Any], float, Figures, str], Range]] = {
    "ratio": _ratio,
    "tiers": _tiers,
    "sum": _sum,
}
_KINDS: dict[str, Callable[[Mapping[str, Any], float, Figures], Range]] = {
    **_WITH_PARTS,  # type: ignore[dict-item]
    "choice": _options,
    "all_or_nothing": _options,
}
