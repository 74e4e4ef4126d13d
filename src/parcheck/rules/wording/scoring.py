# SPDX-License-Identifier: Apache-2.0
"""A declarative scoring rule in words, one line per statement (shapes: docs/reference/scoring.md).

Phrases are the catalogue's terms "scoring". A kind or key that is not known is shown as it stands: nothing is dropped.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from parcheck.rules.wording import at_year

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from parcheck.rules.wording import Wording

    _Lines = Callable[[Mapping[str, Any], Wording], Iterator[str]]

_PRINTED: Final = frozenset({"kind", "sum"})
"""Keys that only repeat what others phrase: the weights as printed stand in `sum_points` as points."""


def scoring_lines(scoring: Mapping[str, Any], wording: Wording) -> list[str]:
    """Return a rule in words; empty for a row without one."""
    return list(_lines(scoring, wording)) if scoring else []


def _lines(scoring: Mapping[str, Any], wording: Wording) -> Iterator[str]:
    kind = str(scoring.get("kind"))
    told, shape = _SHAPES.get(kind, (frozenset(), _unknown))
    yield from shape(scoring, wording)
    for case in scoring.get("special", ()):
        points = case.get("points")
        key = "special" if points is not None else "special-open"
        yield wording.phrase("scoring", key, text=case.get("text", ""), points=points)
    for case in scoring.get("deductions", ()):
        share = case.get("share_of_achieved", 1)
        yield wording.phrase("scoring", "deduction", text=case.get("text", ""), share=percent(share, wording))
    if scoring.get("when_zero") == "full":
        yield wording.phrase("scoring", "when-zero")
    if case := scoring.get("not_applicable"):
        key = f"effect-{case.get('effect', '')}"
        known = wording.catalogue.terms.get("scoring", {})
        effect = wording.phrase("scoring", key) if key in known else case.get("effect", "")
        yield wording.phrase("scoring", "not-applicable", when=case.get("when", ""), effect=effect)
    for letter, meaning in (scoring.get("figures") or {}).items() if isinstance(scoring.get("figures"), dict) else ():
        yield f"{letter}: {meaning}"
    common = {"special", "deductions", "not_applicable", *_PRINTED}
    common |= {"when_zero"} if scoring.get("when_zero") == "full" else set()
    common |= {"figures"} if isinstance(scoring.get("figures"), dict) else set()
    for key, value in scoring.items():
        if key not in told | common:
            shown = json.dumps(at_year(value, wording.year), ensure_ascii=False)
            yield f"{key}: {shown}"


def percent(share: float, wording: Wording) -> str:
    """Return a share as a percentage."""
    return f"{wording.tell(round(float(share) * 100, 4))}%"


def _unknown(scoring: Mapping[str, Any], wording: Wording) -> Iterator[str]:
    yield wording.phrase("scoring", "unknown", kind=scoring.get("kind", ""))


def _ratio(scoring: Mapping[str, Any], wording: Wording) -> Iterator[str]:
    of = wording.tell(scoring.get("of", ""))
    weights = scoring.get("sum_points", {})
    terms = " + ".join(f"{wording.tell(points)} × {letter}/{of}" for letter, points in weights.items())
    if target := scoring.get("target"):
        yield wording.phrase("scoring", "ratio-target", terms=terms, target=percent(target, wording))
    else:
        yield wording.phrase("scoring", "ratio", terms=terms)
    if scoring.get("floor") is not None:
        on = " + ".join(scoring.get("floor_on") or weights)
        on = f"({on})" if "+" in on else on
        below = scoring.get("below_floor", 0)
        yield wording.phrase(
            "scoring", "floor", share=f"{on}/{of}", floor=percent(scoring["floor"], wording), points=below
        )
    if scoring.get("full_at") is not None:
        yield wording.phrase("scoring", "full-at", share=percent(scoring["full_at"], wording))
    if "round" in scoring:
        yield wording.phrase("scoring", "round", places=scoring["round"])


def _tiers(scoring: Mapping[str, Any], wording: Wording) -> Iterator[str]:
    by = str(scoring.get("by"))
    measure = str(scoring.get("measure", ""))
    if figure := scoring.get("figure"):
        measure = f"{measure} ({figure})"
    key = "tiers" if measure else "tiers-alone"
    yield wording.phrase("scoring", key, by=wording.phrase("scoring", f"by-{by}"), measure=measure)
    if scoring.get("out_of") is not None:
        yield wording.phrase("scoring", "out-of", count=scoring["out_of"])
    for tier in scoring.get("tiers", ()):
        key = "tier-per" if "per" in tier else "tier"
        points, per = tier.get("points", ""), str(tier.get("per", ""))
        known = f"per-{per}" in wording.catalogue.terms.get("scoring", {})
        per = wording.phrase("scoring", f"per-{per}") if known else per
        yield wording.phrase("scoring", key, band=_band(tier, by, wording), points=points, per=per)


def _band(tier: Mapping[str, Any], by: str, wording: Wording) -> str:
    def number(value: float) -> str:
        return percent(value, wording) if by.startswith("share") else wording.tell(value)

    low, above, high = tier.get("from"), tier.get("above"), tier.get("to")
    if low is not None and low == high:
        return wording.phrase("scoring", "band-exact", value=number(low))
    if low == 0 and high is not None and by.startswith("share"):
        return wording.phrase("scoring", "band-under", value=number(high))
    if high is not None and low is not None and by in ("rank", "count", "days_late"):
        return f"{number(low)}–{number(high)}"
    parts = []
    if low is not None:
        parts.append(wording.phrase("scoring", "band-from", value=number(low)))
    if above is not None:
        parts.append(wording.phrase("scoring", "band-above", value=number(above)))
    if high is not None:
        key = "band-to" if by in ("rank", "count", "days_late") else "band-below"
        parts.append(wording.phrase("scoring", key, value=number(high)))
    return " ".join(parts) or wording.phrase("scoring", "band-any")


def _options(scoring: Mapping[str, Any], wording: Wording) -> Iterator[str]:
    for option in scoring.get("options", ()):
        key = "option-at-most" if option.get("at_most") else "option"
        yield wording.phrase("scoring", key, text=option.get("text", ""), points=option.get("points", ""))


def _all_or_nothing(scoring: Mapping[str, Any], wording: Wording) -> Iterator[str]:
    if scoring.get("conditions"):
        yield wording.phrase("scoring", "all-or-nothing", conditions="; ".join(scoring["conditions"]))
    yield from _options(scoring, wording)


def _sum(scoring: Mapping[str, Any], wording: Wording) -> Iterator[str]:
    for number, part in enumerate(scoring.get("parts", ()), start=1):
        who = part.get("assessed")
        assessed = f" ({wording.catalogue.term('assessed', who, wording.language)})" if who else ""
        head = wording.phrase("scoring", "part", text=part.get("text", ""), points=part.get("points", ""))
        yield f"({number}) {head}{assessed}"
        for letter, meaning in (part.get("figures") or {}).items():
            yield f"({number}) {letter}: {meaning}"
        for line in _lines(part.get("scoring") or {}, wording) if part.get("scoring") else ():
            yield f"({number}) {line}"


def _lateness(scoring: Mapping[str, Any], wording: Wording) -> Iterator[str]:
    yield wording.phrase("scoring", "lateness", evidence=scoring.get("evidence", ""))
    for band in scoring.get("bands", ()):
        points = band.get("points", "")
        if within := band.get("within"):
            yield wording.phrase(
                "scoring", "late-within", days=within.get("days", ""), of=within.get("of", ""), points=points
            )
        else:
            yield wording.phrase("scoring", "late-by", day=band.get("notAfter", ""), points=points)
    yield wording.phrase("scoring", "late-otherwise", points=scoring.get("otherwise", ""))
    if scoring.get("conditions"):
        yield wording.phrase("scoring", "all-or-nothing", conditions="; ".join(scoring["conditions"]))


def _compared(scoring: Mapping[str, Any], wording: Wording) -> Iterator[str]:
    yield wording.phrase("scoring", "compared", measure=scoring.get("measure", ""), **{"with": scoring.get("with", "")})
    for key, points in scoring.get("points", {}).items():
        yield wording.phrase("scoring", "option", text=wording.phrase("scoring", f"compared-{key}"), points=points)


def _depends(scoring: Mapping[str, Any], wording: Wording) -> Iterator[str]:
    for case in scoring.get("cases", ()):
        row = scoring.get("row", "")
        head = wording.phrase("scoring", "depends", row=row, reached=case.get("reached", ""), text=case.get("text", ""))
        yield head
        for line in _lines(case.get("scoring") or {}, wording):
            yield f"– {line}"


def _bonus(scoring: Mapping[str, Any], wording: Wording) -> Iterator[str]:
    yield wording.phrase("scoring", "bonus")
    yield from _lines(scoring["form"], wording) if scoring.get("form") else ()


def _penalty(scoring: Mapping[str, Any], wording: Wording) -> Iterator[str]:
    if "points" in scoring:
        yield wording.phrase("scoring", "penalty", points=scoring["points"])
    if "due" in scoring:
        yield wording.phrase("scoring", "due", day=scoring["due"])
    if "closes" in scoring:
        yield wording.phrase("scoring", "closes", day=scoring["closes"])
    if "tiers" in scoring:
        yield from _tiers({"measure": "", **scoring}, wording)


def _survey(scoring: Mapping[str, Any], wording: Wording) -> Iterator[str]:
    yield wording.phrase("scoring", "survey")
    yield from _lines(scoring["form"], wording) if scoring.get("form") else ()


def _authority(scoring: Mapping[str, Any], wording: Wording) -> Iterator[str]:
    by = scoring.get("by") or wording.catalogue.term("assessed", "authority", wording.language)
    yield wording.phrase("scoring", "authority", by=by)
    yield from _lines(scoring["form"], wording) if scoring.get("form") else ()


def _shape(lines: _Lines, keys: str) -> tuple[frozenset[str], _Lines]:
    return frozenset(keys.split()), lines


_SHAPES: Final[Mapping[str, tuple[frozenset[str], _Lines]]] = {
    "ratio": _shape(_ratio, "of sum_points floor floor_on below_floor full_at target round"),
    "tiers": _shape(_tiers, "by measure figure tiers out_of"),
    "choice": _shape(_options, "options"),
    "all_or_nothing": _shape(_all_or_nothing, "conditions options"),
    "sum": _shape(_sum, "parts"),
    "lateness": _shape(_lateness, "evidence bands otherwise conditions"),
    "compared": _shape(_compared, "measure with points"),
    "depends": _shape(_depends, "row cases"),
    "bonus": _shape(_bonus, "form"),
    "penalty": _shape(_penalty, "points due closes by tiers"),
    "survey": _shape(_survey, "form"),
    "authority": _shape(_authority, "by form"),
}


def scoring_key(scoring: Mapping[str, Any]) -> str:
    """Return a rule for comparing: two rules with one key give the same points."""
    return json.dumps(_meant(scoring), ensure_ascii=False, sort_keys=True)


def _meant(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {key: _meant(item) for key, item in value.items()}
        if "sum_points" in kept:
            kept.pop("sum", None)
        return kept
    if isinstance(value, list):
        return [_meant(item) for item in value]
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value
