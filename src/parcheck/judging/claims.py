# SPDX-License-Identifier: Apache-2.0
"""What a unit claims for a criterion, held against its maximum, its own figures, and the evidence found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcheck.judging.scoring import TOLERANCE, contradictions, possible
from parcheck.model import Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcheck.judging.coding import Coder
    from parcheck.model import Finding, RequirementResult
    from parcheck.rules import Criterion
    from parcheck.submission import Claim

NOT_COUNTED = frozenset({"survey", "authority"})
UNPROVED = frozenset({Outcome.MISSING, Outcome.INVALID})


def weigh(
    criterion: Criterion, claim: Claim, results: Sequence[RequirementResult], coder: Coder
) -> tuple[float | None, list[Finding]]:
    """Return (the most points that figures and evidence can support, what is wrong with the claim).

    The points are None where the row has no declarative scoring.
    """
    findings: list[Finding] = []
    claimed = claim.claimed
    if claimed is not None and claimed > criterion.points + TOLERANCE:
        findings.append(coder.say("claim-above-maximum", claimed=claimed, points=criterion.points))
        claimed = None
    if not criterion.scoring or criterion.scoring.get("kind") in NOT_COUNTED:
        return None, findings
    for part, done, whole, total in contradictions(criterion.scoring, claim.figures):
        findings.append(coder.say("figures-contradict", part=part, done=done, whole=whole, total=total))
    by_figures = possible(criterion.scoring, criterion.points, claim.figures).high
    supported = min(by_figures, _by_evidence(criterion, results))
    if claimed is not None and claimed > by_figures + TOLERANCE:
        figures = ", ".join(f"{name} = {value:g}" for name, value in claim.figures.items())
        findings.append(
            coder.say("claim-above-figures", claimed=claimed, supported=round(by_figures, 3), figures=figures)
        )
    elif claimed is not None and claimed > supported + TOLERANCE:
        findings.append(coder.say("claim-above-evidence", claimed=claimed, supported=round(supported, 3)))
    return round(supported, 3), findings


def _by_evidence(criterion: Criterion, results: Sequence[RequirementResult]) -> float:
    """Return the most points possible with the proof found: none without any, the lowest where all must hold."""
    asked = [result for result in results if not result.optional]
    unproved = [result for result in asked if result.outcome in UNPROVED]
    if asked and len(unproved) == len(asked):
        return 0.0
    if unproved and criterion.scoring.get("kind") == "all_or_nothing":
        return min(float(option["points"]) for option in criterion.scoring["options"])
    return criterion.points
