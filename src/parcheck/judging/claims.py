# SPDX-License-Identifier: Apache-2.0
"""What a unit claims for a criterion, held against its maximum, its own figures, and the evidence found."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from parcheck.judging.scoring import TOLERANCE, Known, contradictions, possible
from parcheck.model import Outcome
from parcheck.rules.template import fill

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from parcheck.judging.requirement import Scene
    from parcheck.model import Evidence, Finding, RequirementResult
    from parcheck.rules import Criterion
    from parcheck.submission import Claim

NOT_COUNTED = frozenset({"survey", "authority"})
UNPROVED = frozenset({Outcome.MISSING, Outcome.INVALID})


def weigh(
    criterion: Criterion,
    claim: Claim,
    results: Sequence[RequirementResult],
    documents: Mapping[str, Evidence],
    scene: Scene,
) -> tuple[float | None, list[Finding]]:
    """Return (the most points that figures and evidence can support, what is wrong with the claim).

    The points are None where the row has no declarative scoring.
    """
    coder = scene.coder
    findings: list[Finding] = []
    claimed = claim.claimed
    if claimed is not None and claimed > criterion.points + TOLERANCE:
        findings.append(coder.say("claim-above-maximum", claimed=claimed, points=criterion.points))
        claimed = None
    if not criterion.scoring or criterion.scoring.get("kind") in NOT_COUNTED:
        return None, findings
    scoring = fill(criterion.scoring, {"year": scene.year})
    known = Known(claim.figures, dict(_issued(results, documents)), dict(_upstream(scene)))
    for part, done, whole, total in contradictions(scoring, known):
        findings.append(coder.say("figures-contradict", part=part, done=done, whole=whole, total=total))
    by_figures = possible(scoring, criterion.points, known).high
    supported = min(by_figures, _by_evidence(criterion, results))
    if claimed is not None and claimed > by_figures + TOLERANCE:
        figures = ", ".join(f"{name} = {value:g}" for name, value in claim.figures.items())
        findings.append(
            coder.say("claim-above-figures", claimed=claimed, supported=round(by_figures, 3), figures=figures)
        )
    elif claimed is not None and claimed > supported + TOLERANCE:
        findings.append(coder.say("claim-above-evidence", claimed=claimed, supported=round(supported, 3)))
    return round(supported, 3), findings


def _issued(results: Sequence[RequirementResult], documents: Mapping[str, Evidence]) -> Iterator[tuple[str, dt.date]]:
    """Yield (requirement, day its proof was issued) where the proof that counts has a date."""
    for result in results:
        for id_ in result.documents[:1]:
            if day := documents[id_].reading.facts.get("issued_on"):
                yield result.id, dt.date.fromisoformat(day)


def _upstream(scene: Scene) -> Iterator[tuple[str, dt.date]]:
    for upstream in scene.handed.upstream.values():
        if upstream.issued_on is not None:
            yield upstream.id, upstream.issued_on


def _by_evidence(criterion: Criterion, results: Sequence[RequirementResult]) -> float:
    """Return the most points possible with the proof found: none without any, the lowest where all must hold."""
    asked = [result for result in results if not result.optional]
    unproved = [result for result in asked if result.outcome in UNPROVED]
    if asked and len(unproved) == len(asked):
        return 0.0
    if unproved and criterion.scoring.get("kind") == "all_or_nothing":
        return min(float(option["points"]) for option in criterion.scoring["options"])
    return criterion.points
