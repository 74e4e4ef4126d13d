# SPDX-License-Identifier: Apache-2.0
"""The points that figures and dates can support under a declarative scoring rule. No score is assigned here.

What is not known stays open: every rule gives a range, and a claim is only questioned when it lies above the range. The
kinds and their keys are described in docs/reference/scoring.md; a kind or key that is not known leaves the row open.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

TOLERANCE = 0.005
"""Claims are written with two decimals: half a unit of the last place."""

_EXACT = 1e-9
_SHARE = re.compile(r"\s*(\w+)\s*/\s*(\w+)\s*")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a row."""

    figures: Mapping[str, float] = field(default_factory=dict)
    """Letter ("2.b" for the second part of a sum) to value."""
    issued: Mapping[str, dt.date] = field(default_factory=dict)
    """Requirement id to the day its proof was issued."""
    upstream: Mapping[str, dt.date] = field(default_factory=dict)
    """Upstream document to its day."""
    rows: Mapping[str, Range] = field(default_factory=dict)
    """Code of another row to the points that it can still reach."""

    def figure(self, name: str, prefix: str) -> float | None:
        """Return a figure of a part ("3.b"), or of the row where no part has figures of its own."""
        if prefix + name in self.figures:
            return self.figures[prefix + name]
        return None if any("." in known for known in self.figures) else self.figures.get(name)


@dataclass(frozen=True, slots=True)
class Range:
    """The lowest and highest points that are still possible."""

    low: float
    high: float

    def __add__(self, other: Range) -> Range:
        return Range(self.low + other.low, self.high + other.high)

    def joined(self, others: Sequence[float]) -> Range:
        """Return the range that holds these points too."""
        return Range(min([self.low, *others]), max([self.high, *others]))


def possible(scoring: Mapping[str, Any], maximum: float, known: Known, prefix: str = "") -> Range:
    """Return the points possible under a rule.

    Args:
        scoring: the rule; an unknown kind or key leaves everything possible.
        maximum: points of the row or part.
        known: figures and dates.
        prefix: "2." for the figures of the second part of a sum.
    """
    kind = _KINDS.get(str(scoring.get("kind")))
    if kind is None or not set(scoring) <= kind.keys | _COMMON:
        return Range(0, maximum)
    result = kind.rule(scoring, maximum, known, prefix)
    kept = 1.0 - sum(float(deduction.get("share_of_achieved", 1)) for deduction in scoring.get("deductions", ()))
    result = Range(result.low * max(kept, 0.0), result.high)
    special = scoring.get("special", ())
    if any("points" not in case for case in special):
        return result.joined([0.0, maximum])
    return result.joined([float(case["points"]) for case in special])


def contradictions(scoring: Mapping[str, Any], known: Known) -> list[tuple[str, float, str, float]]:
    """Return (part, value, whole, value) for figures that cannot both be true: more done than there was to do."""
    found: list[tuple[str, float, str, float]] = []
    for prefix, ratio in _ratios(scoring, ""):
        whole = ratio["of"]
        if not isinstance(whole, str) or (of := known.figure(whole, prefix)) is None or ratio.get("target"):
            continue
        values = {name: known.figure(name, prefix) for name in ratio.get("sum_points", {})}
        told = {name: value for name, value in values.items() if value is not None}
        if told and sum(told.values()) > of + TOLERANCE:
            found.append((" + ".join(told), sum(told.values()), whole, of))
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


def _ratio(rule: Mapping[str, Any], maximum: float, known: Known, prefix: str) -> Range:
    of = float(rule["of"]) if isinstance(rule["of"], int | float) else known.figure(rule["of"], prefix)
    weights: Mapping[str, float] = rule.get("sum_points", {})
    values = {name: known.figure(name, prefix) for name in weights}
    told = {name: float(value) for name, value in values.items() if value is not None}
    if of is None or len(told) < len(weights):
        return Range(0, maximum)
    if of == 0:
        return Range(maximum, maximum) if rule.get("when_zero") == "full" else Range(0, maximum)
    share = sum(told[name] for name in rule.get("floor_on") or told) / of
    points = sum(weights[name] * value for name, value in told.items()) / of / float(rule.get("target") or 1)
    if rule.get("floor") is not None and share < rule["floor"] - _EXACT:
        points = float(rule.get("below_floor", 0))
    elif rule.get("full_at") is not None and share >= rule["full_at"] - _EXACT:
        points = maximum
    points = min(points, maximum)
    if "round" in rule:
        points = round(points, rule["round"])
    return Range(points, points)


def _tiers(rule: Mapping[str, Any], _maximum: float, known: Known, prefix: str) -> Range:
    tiers: Sequence[Mapping[str, Any]] = rule["tiers"]
    every = [float(tier["points"]) for tier in tiers]
    value = _measured(rule, known, prefix)
    if value is None:
        return Range(min(every), max(every))
    if value == _OF_NOTHING:
        full = rule.get("when_zero") == "full"
        return Range(max(every) if full else min(every), max(every))
    for tier in tiers:
        if _inside(value, tier, both_ends=rule.get("by") in ("count", "rank")):
            return Range(float(tier["points"]), float(tier["points"]))
    return Range(min(every), max(every))


def _inside(value: float, tier: Mapping[str, Any], *, both_ends: bool) -> bool:
    low: float | None = tier.get("from")
    above: float | None = tier.get("above")
    high: float | None = tier.get("to")
    if (low is not None and value < low - _EXACT) or (above is not None and value <= above + _EXACT):
        return False
    if high is None:
        return True
    return value <= high + _EXACT if both_ends or low == high else value < high - _EXACT


_OF_NOTHING = float("inf")
"""A share of nothing: what it gives is for the set to say."""


def _measured(rule: Mapping[str, Any], known: Known, prefix: str) -> float | None:
    """Return what the tiers are by: "b/a" from two figures, a figure that the rule names, or the only one given."""
    measure = str(rule.get("measure", ""))
    if _SHARE.fullmatch(measure):
        return _value(measure, known, prefix)
    own = {name.removeprefix(prefix): value for name, value in known.figures.items() if name.startswith(prefix)}
    named = rule.get("figure")
    value = known.figure(named, prefix) if named else next(iter(own.values())) if len(own) == 1 else None
    highest = max((tier.get("from") or tier.get("above") or 0 for tier in rule["tiers"]), default=0)
    if value is not None and rule.get("by") == "share" and value > 1 and highest <= 1:
        return value / 100
    return value


def _value(measure: str, known: Known, prefix: str) -> float | None:
    """Return a figure, or the share of two; of nothing where the whole is zero."""
    match = _SHARE.fullmatch(measure)
    if match is None:
        return known.figure(measure.strip(), prefix)
    part, whole = (known.figure(name, prefix) for name in match.groups())
    if part is None or whole is None:
        return None
    return part / whole if whole else _OF_NOTHING


def _sum(rule: Mapping[str, Any], _maximum: float, known: Known, prefix: str) -> Range:
    total = Range(0, 0)
    for number, part in enumerate(rule["parts"], start=1):
        total += possible(part.get("scoring") or {}, float(part["points"]), known, f"{prefix}{number}.")
    return total


def _options(rule: Mapping[str, Any], _maximum: float, _known: Known, _prefix: str) -> Range:
    points = [float(option["points"]) for option in rule["options"]]
    lowest = 0.0 if any(option.get("at_most") for option in rule["options"]) else min(points)
    return Range(lowest, max(points))


def _lateness(rule: Mapping[str, Any], _maximum: float, known: Known, _prefix: str) -> Range:
    bands: Sequence[Mapping[str, Any]] = rule["bands"]
    otherwise = float(rule["otherwise"])
    best = max(float(band["points"]) for band in bands)
    day = known.issued.get(rule["evidence"])
    if day is None:
        return Range(otherwise, best)
    for band in bands:
        limit = _limit(band, known)
        if limit is None:
            return Range(otherwise, best)
        if day <= limit:
            reached = float(band["points"])
            return Range(otherwise if rule.get("conditions") else reached, reached)
    return Range(otherwise, otherwise)


def _limit(band: Mapping[str, Any], known: Known) -> dt.date | None:
    if "notAfter" in band:
        return dt.date.fromisoformat(band["notAfter"])
    upstream = known.upstream.get(band["within"]["of"])
    return upstream + dt.timedelta(days=band["within"]["days"]) if upstream else None


def _compared(rule: Mapping[str, Any], _maximum: float, known: Known, prefix: str) -> Range:
    points: Mapping[str, float] = rule["points"]
    now, before = _value(rule["measure"], known, prefix), _value(rule["with"], known, prefix)
    if now is None or before is None or _OF_NOTHING in (now, before):
        return Range(min(points.values()), max(points.values()))
    key = "same" if abs(now - before) < _EXACT else "up" if now > before else "down"
    return Range(points[key], points[key])


def _depends(rule: Mapping[str, Any], maximum: float, known: Known, prefix: str) -> Range:
    cases: Sequence[Mapping[str, Any]] = rule["cases"]
    reached = known.rows.get(rule["row"])
    if reached is not None:
        fitting = [case for case in cases if reached.low - _EXACT <= float(case["reached"]) <= reached.high + _EXACT]
        # Points that no case names (a row may be given part of its points): the set does not say which one holds.
        cases = fitting or cases
    ranges = [possible(case["scoring"], maximum, known, prefix) for case in cases]
    return Range(min(each.low for each in ranges), max(each.high for each in ranges))


def _bonus(rule: Mapping[str, Any], maximum: float, known: Known, prefix: str) -> Range:
    return possible(rule["form"], maximum, known, prefix)


def _penalty(rule: Mapping[str, Any], _maximum: float, known: Known, prefix: str) -> Range:
    """Return what is taken away; the row's only figure, where one is given, is how many days or how many times."""
    own = [value for name, value in known.figures.items() if name.startswith(prefix)]
    value = own[0] if len(own) == 1 else None
    if rule.get("by") != "days_late":
        taken = float(rule["points"])
        return Range(taken, 0) if value is None else Range(taken, taken) if value > 0 else Range(0, 0)
    last = math.inf
    if "closes" in rule:
        last = (dt.date.fromisoformat(rule["closes"]) - dt.date.fromisoformat(rule["due"])).days
    if value is None:
        return Range(_for_days(rule["tiers"], last), 0)
    taken = _for_days(rule["tiers"], min(math.ceil(value), last))
    return Range(taken, taken)


def _for_days(tiers: Sequence[Mapping[str, Any]], days: float) -> float:
    """Return what so many whole days cost: the last tier begun, and for each day of those counted by day."""
    flat, by_day = 0.0, 0.0
    for tier in tiers:
        if days < tier["from"]:
            continue
        if tier.get("per") == "day":
            by_day += float(tier["points"]) * (min(days, tier.get("to", days)) - tier["from"] + 1)
        else:
            flat = float(tier["points"])
    return flat + by_day


_Rule = Callable[[Mapping[str, Any], float, Known, str], Range]


@dataclass(frozen=True, slots=True)
class _Kind:
    rule: _Rule
    keys: frozenset[str]


def _kind(rule: _Rule, keys: str) -> _Kind:
    return _Kind(rule, frozenset(keys.split()))


_COMMON = frozenset({"kind", "special", "deductions", "not_applicable"})
_KINDS: Mapping[str, _Kind] = {
    "ratio": _kind(_ratio, "of sum sum_points floor floor_on below_floor full_at target round when_zero figures"),
    "tiers": _kind(_tiers, "by measure figure figures tiers out_of when_zero"),
    "sum": _kind(_sum, "parts"),
    "choice": _kind(_options, "options"),
    "all_or_nothing": _kind(_options, "conditions options"),
    "lateness": _kind(_lateness, "evidence bands otherwise conditions"),
    "compared": _kind(_compared, "measure with points figures"),
    "depends": _kind(_depends, "row cases"),
    "bonus": _kind(_bonus, "form"),
    "penalty": _kind(_penalty, "points by due closes tiers"),
}
