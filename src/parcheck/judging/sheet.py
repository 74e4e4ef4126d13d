# SPDX-License-Identifier: Apache-2.0
"""What a self-assessment adds to judging: claims from its rows, figures from its words, and what nobody has seen."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from parcheck.judging.citing import as_named
from parcheck.judging.partial import parts_said
from parcheck.judging.requirement import judge
from parcheck.judging.scoring import TOLERANCE
from parcheck.judging.vocabulary import SILENT, Context
from parcheck.model import Outcome, Reading, Reason, RequirementResult, Severity, Status
from parcheck.submission.comparing import folded
from parcheck.submission.settling import Set, settle

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from parcheck.judging.coding import Coder
    from parcheck.judging.requirement import Scene
    from parcheck.model import Evidence, Finding
    from parcheck.rules import Criterion, Pack, Requirement
    from parcheck.submission import Claim, Handed
    from parcheck.submission.sheet import SheetRow

OPEN = frozenset({Outcome.MISSING, Outcome.INVALID})
_SENTENCE = re.compile(r"[.;]\s+|\n")
_WORD = re.compile(r"[^\W\d_]+")


def settled(handed: Handed, pack: Pack, coder: Coder) -> tuple[Handed, list[Finding]]:
    """Return the submission with the rows of its self-assessment under the codes of a pack, and what is to be said."""
    if not handed.rows:
        return handed, []
    names = {group.code: group.name for group in pack.groups} | {row.code: row.name for row in pack.criteria}
    fields = {row.code: row.field for row in pack.criteria if row.assessed == "self"}
    result = settle(handed, Set(names, fields))
    findings: list[Finding] = []
    if not handed.items:
        findings.append(coder.say("desk-check", citations=len(result.handed.cited)))
    if result.fields_absent:
        findings.append(coder.say("sheet-part", fields=list(result.fields_absent)))
    wanted = {row.code for code in handed.scope for row in pack.under(code)} if handed.scope else names.keys()
    if absent := [code for code in result.absent if code in wanted]:
        findings.append(coder.say("sheet-row-missing", codes=absent))
    for row in result.strange:
        findings.append(coder.say("sheet-row-unknown", row=f"{row.code} {row.name}".strip()))
    points = {row.code: row.points for row in pack.criteria}
    if other := [
        f"{code}: {_plain(row.maximum)} ({_plain(points[code])})"
        for code, row in result.rows
        if code in points and row.maximum is not None and abs(row.maximum - points[code]) > TOLERANCE
    ]:
        findings.append(coder.say("sheet-maximum-differs", rows=other, count=len(other)))
    for code, row in result.rows:
        findings += _shares_that_differ(code, row, coder)
        for count in row.counts:
            findings.append(coder.say("count-differs", criterion=code, said=count.words, listed=count.listed))
    return result.handed, findings


def _plain(points: float) -> str:
    """Return points as they are written in the sheets of Vietnam, with a decimal comma."""
    return f"{points:g}".replace(".", ",")


def _shares_that_differ(code: str, row: SheetRow, coder: Coder) -> Iterator[Finding]:
    for share in row.shares:
        if share.percent is None or share.part > share.whole:
            continue
        computed = share.part / share.whole * 100
        # Rounding down and rounding up are both met; more than one unit of the last place is neither.
        if abs(computed - share.percent) >= 10.0**-share.decimals + 1e-9:
            yield coder.say(
                "share-differs",
                criterion=code,
                said=share.words,
                computed=round(computed, max(1, share.decimals)),
            )


def figures_said(criterion: Criterion, claim: Claim) -> dict[str, float]:
    """Return the figures of a row that its words state beyond doubt, else nothing.

    A row scored by one part of one whole ("b trên a") qualifies when its words state exactly one share, counted in
    what the set counts. Of a row that adds such parts up, each part qualifies by itself.
    """
    parts = criterion.scoring.get("parts") if criterion.scoring.get("kind") == "sum" else None
    if parts and not criterion.figures:
        return parts_said(parts, claim)
    ratio = _ratio(criterion.scoring)
    if ratio is None or set(ratio) != set(criterion.figures):
        return {}
    whole, part = ratio
    asked = {*folded(f"{criterion.name} {criterion.figures[whole]} {criterion.figures[part]}").split()}
    fitting = {
        (share.part, share.whole)
        for share in claim.shares
        if share.part <= share.whole and share.unit and set(folded(share.unit).split()[:2]) <= asked
    }
    if len(fitting) != 1:
        return {}
    done, total = fitting.pop()
    return {whole: total, part: done}


def _ratio(scoring: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return (whole, part) of the one ratio in a scoring shape."""
    found: list[tuple[str, str]] = []
    if "of" in scoring and len(scoring.get("sum", ())) == 1:
        found.append((scoring["of"], next(iter(scoring["sum"]))))
    elif match := re.fullmatch(r"\s*(\w+)\s*/\s*(\w+)\s*", str(scoring.get("measure", ""))):
        found.append((match[2], match[1]))
    for part in scoring.get("parts", ()):
        if inner := _ratio(part.get("scoring", {})):
            found.append(inner)
    return found[0] if len(found) == 1 else None


def figures_stand(requirement: Requirement, claim: Claim, scene: Scene, asked: Collection[str]) -> bool:
    """Return whether the row itself states figures on what a requirement of figures is about."""
    for sentence in _SENTENCE.split(claim.said):
        if not re.search(r"\d", sentence) or not _WORD.search(sentence):
            continue
        unknown = {name: SILENT for name in asked if name != "subject"}
        reading = Reading("", None, None, Status.PARTIAL, {"subject": sentence}, unknown)
        context = Context(reading, scene.year, scene.handed.unit_names)
        if any(scene.evaluator.evaluate(one.match, context).holds for one in requirement.alternatives):
            return True
    return False


@dataclass(frozen=True, slots=True)
class Unproved:
    """What stands under a criterion in the self-assessment and is no proof, but may point to one."""

    named: Sequence[Evidence]
    """Documents that are only named in passing."""
    perhaps: Sequence[Evidence]
    """Cited documents whose file may be one that could not be read."""


def unseen(
    result: RequirementResult,
    requirement: Requirement,
    claim: Claim,
    filed: Sequence[Evidence],
    unproved: Unproved,
    scene: Scene,
    asked: Collection[str],
) -> RequirementResult:
    """Return a requirement's result where not all that was handed in could be seen: then nothing is called missing.

    Args:
        result: by what is cited or filed as proof.
        requirement: what is asked.
        claim: what the unit says; `unseen` tells why something cannot be seen.
        filed: the documents filed under the criterion; with files among them what is attached lies there.
        unproved: what else the self-assessment says under it.
        scene: what all requirements are judged with.
        asked: facts that a citation may be silent on.
    """
    if result.outcome not in OPEN:
        return result
    finding: Finding | None = None
    if result.outcome is Outcome.MISSING and _fits(requirement, unproved.perhaps, scene):
        finding = scene.coder.say("evidence-unseen", reason=Reason("cited-file-unread"))
    elif not any(evidence.path for evidence in filed):
        if claim.unseen:
            finding = scene.coder.say("evidence-unseen", reason=claim.unseen)
        elif result.outcome is Outcome.MISSING:
            finding = _named(requirement, claim, unproved.named, scene, asked)
    if finding is None:
        return result
    kept = result.findings if result.outcome is Outcome.INVALID else ()
    noted = tuple(dataclasses.replace(each, severity=Severity.NOTE) for each in kept)
    return dataclasses.replace(result, outcome=Outcome.UNDETERMINED, findings=(finding, *noted))


def _fits(requirement: Requirement, documents: Sequence[Evidence], scene: Scene) -> str | None:
    """Return the id of the first document that is, or may be, what a requirement asks for."""
    found = judge(requirement, documents, scene)
    return found.documents[0] if found.outcome in (Outcome.SATISFIED, Outcome.UNDETERMINED) else None


def _named(
    requirement: Requirement, claim: Claim, in_passing: Sequence[Evidence], scene: Scene, asked: Collection[str]
) -> Finding | None:
    """Return the finding that names a document which may be the proof, though it is not properly cited as such."""
    if document := _fits(requirement, in_passing, scene):
        return scene.coder.say("cited-in-passing", document=document)
    for cited in claim.named:
        if _fits(requirement, [as_named(cited, asked)], scene) is not None:
            return scene.coder.say("citation-unnumbered", named=cited.words)
    return None
