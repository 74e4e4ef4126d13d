# SPDX-License-Identifier: Apache-2.0
"""What a submission comes to: the maximum that applies to it, what it claims, and what is there to support that.

No score is assigned: what is not known stays open, and every sum that rests on it has two ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcheck.judging.claims import provable
from parcheck.judging.scoring import Known, possible
from parcheck.model import Bonus, Outcome, Reduction, Span, Sum, Totals
from parcheck.rules.template import fill

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from parcheck.model import CriterionResult
    from parcheck.rules import Criterion, Pack
    from parcheck.submission import Claim


def add_up(pack: Pack, results: Sequence[CriterionResult], claims: Mapping[str, Claim], year: int) -> Totals:
    """Return the totals of a submission.

    Args:
        pack: the set; it says what the bonus comes to at most, and whether the total is scaled.
        results: what became of the rows that were judged.
        claims: what the unit says of each row, by code.
        year: the year that is assessed.
    """
    rows = {criterion.code: criterion for criterion in pack.criteria}
    judged = [(rows[result.code], result) for result in results]
    bonus = [(row, result) for row, result in judged if row.bonus]
    base = [(row, result) for row, result in judged if not row.bonus and not row.penalty]
    fields = dict.fromkeys(row.field for row, _ in base)
    reductions = tuple(
        Reduction(row.code, row.points, pack.cite(row) or None) for row, result in base if _leaves(row, result)
    )
    penalties = [
        possible(fill(row.scoring, {"year": year}), 0.0, Known(claims[row.code].figures if row.code in claims else {}))
        for row, _ in judged
        if row.penalty
    ]
    return Totals(
        whole=_sum("", base),
        fields=tuple(_sum(code, [pair for pair in base if pair[0].field == code]) for code in fields),
        reductions=reductions,
        bonus=_bonus(bonus, pack.bonus_points) if bonus else None,
        penalty=Span(sum(each.low for each in penalties), sum(each.high for each in penalties)) if penalties else None,
        scaled_to=pack.scaled_to,
        source=pack.totals_source,
        complete=len(judged) == len(rows),
    )


def _leaves(row: Criterion, result: CriterionResult) -> bool:
    return result.outcome is Outcome.NOT_APPLICABLE and row.leaves_maximum


def _sum(code: str, rows: Sequence[tuple[Criterion, CriterionResult]]) -> Sum:
    kept = [(row, result) for row, result in rows if not _leaves(row, result)]
    own = [(row, result) for row, result in kept if row.assessed == "self"]
    base = sum(row.points for row, _ in rows)
    return Sum(
        code=code,
        base=_points(base),
        not_applicable=_points(base - sum(row.points for row, _ in kept)),
        by_others=_points(sum(row.points for row, _ in kept) - sum(row.points for row, _ in own)),
        claimed=_claimed(own),
        unclaimed=sum(result.claimed is None and result.outcome is not Outcome.NOT_APPLICABLE for _, result in own),
        supported=_supported(own),
        unsupported=_points(
            sum(max(0.0, result.claimed - _span(row, result).most) for row, result in own if result.claimed is not None)
        ),
    )


def _bonus(rows: Sequence[tuple[Criterion, CriterionResult]], cap: float | None) -> Bonus:
    supported = _supported(rows)
    if cap is not None:
        supported = Span(min(supported.least, cap), min(supported.most, cap))
    return Bonus(cap, _claimed(rows), supported)


def _claimed(rows: Sequence[tuple[Criterion, CriterionResult]]) -> float | None:
    claims = [result.claimed for _, result in rows if result.claimed is not None]
    return _points(sum(claims)) if claims else None


def _supported(rows: Sequence[tuple[Criterion, CriterionResult]]) -> Span:
    spans = [_span(row, result) for row, result in rows]
    return Span(_points(sum(span.least for span in spans)), _points(sum(span.most for span in spans)))


def _span(row: Criterion, result: CriterionResult) -> Span:
    """Return between which points a row lies that the unit assesses itself."""
    if result.outcome is Outcome.NOT_CHECKED and (row.bonus or result.claimed == 0):
        return Span(0.0, 0.0)
    if result.outcome is Outcome.NOT_APPLICABLE:
        # The set does not take it out of the maximum, and does not say what it gives.
        return Span(0.0, row.points)
    most = provable(row, result.requirements) if result.supported is None else result.supported
    return Span(result.supported_least, most)


def _points(value: float) -> float:
    return round(value, 3)
