# SPDX-License-Identifier: Apache-2.0
"""Requirements that no document can ever meet, and those that another one makes pointless, told from the rules alone.

Schemas are written out as alternatives, each a set of conditions that hold together. What cannot be reasoned about
(`not`, `if`, keywords without a `clash`) is taken to be satisfiable: nothing is called unreachable that is not.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from parcheck.rules.requirements import requirements
from parcheck.rules.statics import def_name
from parcheck.rules.template import fill

if TYPE_CHECKING:
    from parcheck.judging.vocabulary import Vocabulary
    from parcheck.rules import Alternative, Criterion, Pack

MOST_BRANCHES = 256
"""Rules with more alternatives than this are not reasoned about."""
_BOUNDS = (("minimum", "maximum"), ("minLength", "maxLength"), ("minItems", "maxItems"))


@dataclass(frozen=True, slots=True)
class Unreachable:
    """A requirement (or one of its alternatives) that can never be met, or never matters."""

    code: str
    """Error code of the catalogue."""
    criterion: str
    index: int
    """Place among the row's evidence."""
    args: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Branch:
    """Conditions that hold together: path to keyword to parameters."""

    asked: Mapping[tuple[str, ...], Mapping[str, Sequence[Any]]] = field(default_factory=dict)
    required: frozenset[tuple[str, ...]] = frozenset()

    def __and__(self, other: _Branch) -> _Branch:
        asked = {path: dict(keywords) for path, keywords in self.asked.items()}
        for path, keywords in other.asked.items():
            here = asked.setdefault(path, {})
            for keyword, parameters in keywords.items():
                here[keyword] = [*here.get(keyword, ()), *parameters]
        return _Branch(asked, self.required | other.required)


class _TooMany(Exception):
    pass


def unreachable(pack: Pack, vocabulary: Vocabulary) -> Iterator[Unreachable]:
    """Yield the requirements of a pack that no document can meet, and alternatives that never matter."""
    defs = fill(pack.defs, {"year": pack.year})
    for criterion in pack.criteria:
        for index, evidence in enumerate(criterion.evidence):
            told: set[tuple[str, str]] = set()
            alone = dataclasses.replace(criterion, evidence=(evidence,))
            for requirement in requirements(alone, pack.year):
                for problem in _of(requirement.alternatives, defs, vocabulary):
                    code, args = problem
                    if (code, args["requirement"]) not in told:
                        told.add((code, args["requirement"]))
                        yield Unreachable(code, criterion.code, index, args)


def repeated(pack: Pack) -> Iterator[tuple[Criterion, int, str, str]]:
    """Yield (row, place, name, earlier name) of requirements that ask exactly what an earlier one of the row asks."""
    for criterion in pack.criteria:
        seen: dict[str, str] = {}
        for index, evidence in enumerate(criterion.evidence):
            asked = {key: evidence[key] for key in ("match", "valid", "any_of", "each", "count") if key in evidence}
            key = json.dumps(asked, sort_keys=True, ensure_ascii=False)
            if asked and key in seen:
                yield criterion, index, evidence["name"], seen[key]
            seen.setdefault(key, evidence["name"])


def _of(
    alternatives: Sequence[Alternative], defs: Mapping[str, Any], vocabulary: Vocabulary
) -> Iterator[tuple[str, dict[str, Any]]]:
    for number, alternative in enumerate(alternatives):
        try:
            match = _branches(alternative.match, defs)
            both = _product(match, _branches(alternative.valid, defs))
        except (_TooMany, RecursionError):
            continue
        if clash := _clash_of_all(match, vocabulary):
            yield "pack-never-matches", {"requirement": alternative.name} | clash
        elif clash := _clash_of_all(both, vocabulary):
            yield "pack-never-valid", {"requirement": alternative.name} | clash
        for earlier in alternatives[:number]:
            if _covers(earlier.match, alternative.match) and _covers(earlier.valid, alternative.valid):
                yield "pack-shadowed", {"requirement": alternative.name, "found": earlier.name}
                break


def _covers(one: Any, other: Any) -> bool:
    """Tell that what satisfies `other` satisfies `one` for certain."""
    return one is True or json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def _product(one: list[_Branch], other: list[_Branch]) -> list[_Branch]:
    if len(one) * len(other) > MOST_BRANCHES:
        raise _TooMany
    return [left & right for left in one for right in other]


def _branches(schema: Any, defs: Mapping[str, Any], path: tuple[str, ...] = ()) -> list[_Branch]:
    """Return a schema as alternatives, one of which must hold."""
    if schema is False:
        return [_Branch({path: {"false": [False]}})]
    found = [_Branch()]
    if not isinstance(schema, Mapping):
        return found
    for key, value in schema.items():
        if key == "$ref":
            found = _product(found, _branches(defs[def_name(value)], defs, path))
        elif key == "allOf":
            for child in value:
                found = _product(found, _branches(child, defs, path))
        elif key in ("anyOf", "oneOf"):
            found = _product(found, [branch for child in value for branch in _branches(child, defs, path)])
        elif key == "properties":
            for name, child in value.items():
                found = _product(found, _branches(child, defs, (*path, name)))
        elif key == "required":
            found = _product(found, [_Branch(required=frozenset((*path, name) for name in value))])
        else:
            found = _product(found, [_Branch({path: {key: [value]}})])
    return found


def _clash_of_all(branches: list[_Branch], vocabulary: Vocabulary) -> dict[str, Any] | None:
    """Return what clashes, where something clashes in every alternative."""
    first: dict[str, Any] | None = None
    for branch in branches:
        clash = _clash(branch, vocabulary)
        if clash is None:
            return None
        first = first or clash
    return first


def _clash(branch: _Branch, vocabulary: Vocabulary) -> dict[str, Any] | None:
    for path, asked in branch.asked.items():
        if found := _clash_of_value(asked, vocabulary):
            return {"subject": ".".join(path) or "/", "found": f"“{found[0]}” – “{found[1]}”"}
        if "false" in asked and (not path or path in branch.required):
            return {"subject": ".".join(path) or "/", "found": "“false” – “required”"}
    return None


def _clash_of_value(asked: Mapping[str, Sequence[Any]], vocabulary: Vocabulary) -> tuple[Any, Any] | None:
    lists = [list(values) for values in asked.get("enum", ())] + [[value] for value in asked.get("const", ())]
    kept = lists[0] if lists else []
    for other in lists[1:]:
        left = [value for value in kept if value in other]
        if not left:
            return _shown(kept), _shown(other)
        kept = left
    for low, high in _BOUNDS:
        if low in asked and high in asked and max(asked[low]) > min(asked[high]):
            return f"{low}: {max(asked[low])}", f"{high}: {min(asked[high])}"
    for name in asked:
        keyword = vocabulary.keywords.get(name)
        if keyword is not None and keyword.clash is not None and (found := keyword.clash(asked)):
            return found
    return None


def _shown(values: Sequence[Any]) -> str:
    return " | ".join(map(str, values))
