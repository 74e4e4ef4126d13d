# SPDX-License-Identifier: Apache-2.0
"""What a unit claims for a criterion, held against its maximum, its own figures, and the evidence found."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from parcheck.judging.scoring import TOLERANCE, Known, Range, contradictions, possible
from parcheck.model import Outcome
from parcheck.rules.template import fill

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parcheck.judging.requirement import Scene
    from parcheck.model import Evidence, Finding, RequirementResult
    from parcheck.rules import Criterion, Pack
    from parcheck.submission import Claim

NOT_COUNTED = frozenset({"survey", "authority"})
UNPROVED = frozenset({Outcome.MISSING, Outcome.INVALID})


@dataclasses.dataclass(frozen=True, slots=True)
class Weighed:
    """What figures and evidence make of a claim."""

    supported: float | None = None
    """The most points that they can support; None where the row has no declarative scoring."""
    least: float = 0.0
    """The points that they bear out already, whatever is still open."""
    findings: tuple[Finding, ...] = ()
    """What is wrong with the claim."""


def weigh(
    criterion: Criterion,
    claim: Claim,
    results: Sequence[RequirementResult],
    documents: Mapping[str, Evidence],
    rows: Mapping[str, Range],
    scene: Scene,
) -> Weighed:
    """Return what the figures of a claim and the evidence found can support.

    Args:
        criterion: the row.
        claim: what the unit says of it.
        results: what became of its requirements.
        documents: all documents, by id.
        rows: what other rows reach, where their points decide which scale holds.
        scene: what all requirements are judged with.
    """
    coder = scene.coder
    findings: list[Finding] = []
    claimed = claim.claimed
    if claimed is not None and claimed > criterion.points + TOLERANCE:
        findings.append(coder.say("claim-above-maximum", claimed=claimed, points=criterion.points))
        claimed = None
    if not criterion.scoring or criterion.scoring.get("kind") in NOT_COUNTED:
        return Weighed(findings=tuple(findings))
    scoring = fill(criterion.scoring, {"year": scene.year})
    known = _known(claim, results, documents, rows, scene)
    for part, done, whole, total in contradictions(scoring, known):
        findings.append(coder.say("figures-contradict", part=part, done=done, whole=whole, total=total))
    by_figures = possible(scoring, criterion.points, known)
    supported = min(by_figures.high, provable(criterion, results))
    if claimed is not None and claimed > by_figures.high + TOLERANCE:
        figures = ", ".join(f"{name} = {value:g}" for name, value in claim.figures.items())
        findings.append(
            coder.say("claim-above-figures", claimed=claimed, supported=round(by_figures.high, 3), figures=figures)
        )
    elif claimed is not None and claimed > supported + TOLERANCE:
        findings.append(coder.say("claim-above-evidence", claimed=claimed, supported=round(supported, 3)))
    least = min(by_figures.low, supported) if _proved(results) else 0.0
    return Weighed(round(supported, 3), round(least, 3), tuple(findings))


def rows_asked(pack: Pack) -> frozenset[str]:
    """Return the codes of the rows whose points decide which scale holds for another row."""
    found: set[str] = set()
    stack: list[Any] = [criterion.scoring for criterion in pack.criteria]
    while stack:
        node = stack.pop()
        if isinstance(node, Mapping):
            if node.get("kind") == "depends":
                found.add(node["row"])
            stack += node.values()
        elif isinstance(node, list | tuple):
            stack += node
    return frozenset(found)


def reached(
    criterion: Criterion,
    claim: Claim,
    results: Sequence[RequirementResult],
    documents: Mapping[str, Evidence],
    scene: Scene,
) -> Range | None:
    """Return the points that a row reaches, where the submission itself settles it; None where it is open.

    Settled is what the unit does not claim, and a claim that its figures allow and its evidence proves. A proof that
    is missing or not valid settles nothing: it may be handed in elsewhere, or mended.
    """
    claimed = claim.claimed
    if claimed is None or claim.not_applicable:
        return None
    if claimed == 0:
        return Range(0, 0)
    scoring = fill(criterion.scoring, {"year": scene.year})
    allowed = possible(scoring, criterion.points, _known(claim, results, documents, {}, scene))
    fits = allowed.low - TOLERANCE <= claimed <= allowed.high + TOLERANCE
    return Range(claimed, claimed) if fits and _proved(results) else None


def _known(
    claim: Claim,
    results: Sequence[RequirementResult],
    documents: Mapping[str, Evidence],
    rows: Mapping[str, Range],
    scene: Scene,
) -> Known:
    return Known(claim.figures, dict(_issued(results, documents)), dict(_upstream(scene)), rows)


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


def _proved(results: Sequence[RequirementResult]) -> bool:
    """Tell that all that a row asks for was found in order."""
    asked = [result for result in results if not result.optional]
    return bool(asked) and all(result.outcome is Outcome.SATISFIED for result in asked)


def provable(criterion: Criterion, results: Sequence[RequirementResult]) -> float:
    """Return the most points possible with the proof found: none without any, the lowest where all must hold."""
    asked = [result for result in results if not result.optional]
    unproved = [result for result in asked if result.outcome in UNPROVED]
    if asked and len(unproved) == len(asked):
        return 0.0
    if unproved and criterion.scoring.get("kind") == "all_or_nothing":
        return min(float(option["points"]) for option in criterion.scoring["options"])
    return criterion.points
