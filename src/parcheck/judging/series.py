# SPDX-License-Identifier: Apache-2.0
"""The requirements of a criterion together: the entries of a series (quý I, 6 tháng, …) are different documents.

So a document that proves one entry is not named as coming near another, and a document that cannot be read stands for
one entry only.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from parcheck.judging.requirement import conclude, hold
from parcheck.model import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from parcheck.judging.requirement import Held, Scene
    from parcheck.model import Evidence, RequirementResult
    from parcheck.rules import Requirement


def judge_all(
    asked: Iterable[Requirement], documents: Sequence[Evidence], scene: Scene
) -> dict[str, RequirementResult]:
    """Return what becomes of the requirements of one criterion, by id."""
    by_id = {requirement.id: requirement for requirement in asked}
    held = {id_: hold(requirement, documents, scene) for id_, requirement in by_id.items()}
    results = {id_: conclude(requirement, held[id_], documents, scene) for id_, requirement in by_id.items()}
    series: dict[str, list[str]] = {}
    for id_, requirement in by_id.items():
        if "." in id_ and requirement.minimum == 1:
            series.setdefault(id_.partition(".")[0], []).append(id_)
    for entries in series.values():
        proving = {results[id_].documents[0] for id_ in entries if results[id_].outcome is Outcome.SATISFIED}
        for id_ in entries:
            if results[id_].outcome is Outcome.MISSING and proving:
                near = tuple(pair for pair in held[id_].near if pair[1].evidence.id not in proving)
                results[id_] = conclude(by_id[id_], dataclasses.replace(held[id_], near=near), documents, scene)
        for id_ in _decided(entries, held, results):
            own = tuple(candidate for candidate in held[id_].candidates if candidate.sure_match)
            results[id_] = conclude(by_id[id_], dataclasses.replace(held[id_], candidates=own), documents, scene)
    return results


def _decided(entries: Sequence[str], held: Mapping[str, Held], results: Mapping[str, RequirementResult]) -> list[str]:
    """Return the entries whose own document fails and that no document of unclear title can save.

    Such a document may be a second, better copy of the entry. It cannot where another requirement of the criterion has
    nothing else: then the criterion lacks a document either way, and what fails is told.
    """
    open_ = [id_ for id_ in entries if results[id_].outcome is Outcome.UNDETERMINED]
    own = {id_: [each for each in held[id_].candidates if each.sure_match] for id_ in held}
    unclear = {id_: {each.evidence.id for each in held[id_].candidates if not each.sure_match} for id_ in open_}
    decided = []
    for id_ in open_:
        failing = {each.evidence.id for each in own[id_] if each.outcome is Outcome.INVALID}
        if not failing or len(failing) < len(own[id_]):
            continue
        taken: dict[str, str] = {}
        for other, sure in own.items():
            # What any document fits is no other document's place.
            alone = len(sure) == 1 and not failing.intersection(each.evidence.id for each in held[other].candidates)
            if alone and other != id_ and sure[0].outcome is not Outcome.INVALID:
                taken[sure[0].evidence.id] = other
        fixed = set(taken)
        for bare in (other for other in open_ if not own[other]):
            _place(bare, unclear, taken, set(fixed))
        if unclear[id_] <= taken.keys():
            decided.append(id_)
    return decided


def _place(id_: str, unclear: Mapping[str, set[str]], taken: dict[str, str], tried: set[str]) -> bool:
    """Give an entry a document of its own, moving others where need be; `taken` is document → entry."""
    for document in sorted(unclear[id_] - tried):
        tried.add(document)
        if document not in taken or _place(taken[document], unclear, taken, tried):
            taken[document] = id_
            return True
    return False
