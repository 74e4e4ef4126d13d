# SPDX-License-Identifier: Apache-2.0
"""What the conditions of a match state in words, and which conditions stand inside others."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from parcheck.rules.statics import def_name
from parcheck.submission.comparing import folded

if TYPE_CHECKING:
    from parcheck.model import Reading

_TOGETHER = ("allOf", "anyOf", "oneOf")
_DEEPEST = 24


@dataclass(frozen=True, slots=True)
class Stated:
    """One list of words of which a document must bear one."""

    fact: str
    words: tuple[str, ...]

    def borne(self, reading: Reading) -> tuple[str, ...]:
        """Return those words that a document bears; none where the fact is unknown or absent."""
        value = reading.facts.get(self.fact)
        if not isinstance(value, str):
            return ()
        if self.fact == "type":
            return tuple(word for word in self.words if word == value)
        text = f" {folded(value)} "
        found = {folded(word): word for word in reversed(self.words) if f" {folded(word)} " in text}
        return tuple(word for word in self.words if word in found.values())


def stated(schema: Any, defs: Mapping[str, Any]) -> tuple[Stated, ...]:
    """Return the words that a schema over a document names as wanted, `$defs` followed; those excluded are left out."""
    return tuple(dict.fromkeys(each for each, _ in _stated(schema, defs, None, 0)))


def topical(schema: Any, defs: Mapping[str, Any]) -> bool:
    """Return whether a schema wants words on a topic in every document, not only of some types of document."""
    return any(always and each.fact != "type" for each, always in _stated(schema, defs, None, 0))


def _stated(
    schema: Any, defs: Mapping[str, Any], fact: str | None, depth: int, *, always: bool = True
) -> Iterator[tuple[Stated, bool]]:
    """Yield (words, whether they are wanted whatever else the document is)."""
    if not isinstance(schema, Mapping) or depth > _DEEPEST:
        return
    for key, value in schema.items():
        if key == "$ref":
            yield from _stated(defs.get(def_name(value)), defs, fact, depth + 1, always=always)
        elif key in _TOGETHER:
            for part in value:
                yield from _stated(part, defs, fact, depth + 1, always=always and key == "allOf")
        elif key == "properties" and fact is None:
            for name, part in value.items():
                yield from _stated(part, defs, name, depth + 1, always=always)
        elif fact is None:
            continue
        elif key == "const" and isinstance(value, str):
            yield Stated(fact, (value,)), always
        elif key == "enum":
            yield Stated(fact, tuple(each for each in value if isinstance(each, str))), always
        elif key == "mentions":
            for entry in value:
                yield Stated(fact, (entry,) if isinstance(entry, str) else tuple(entry)), always


def parts(schema: Any, defs: Mapping[str, Any]) -> frozenset[str]:
    """Return, as canonical JSON, a schema and all conditions that must hold along with it.

    Where the whole of one match is a part of another, every document that fits the other fits the one: "báo cáo CCHC
    quý I" is a "báo cáo CCHC định kỳ".
    """
    return frozenset(_parts(schema, defs, 0))


def _parts(schema: Any, defs: Mapping[str, Any], depth: int) -> Iterator[str]:
    if not isinstance(schema, Mapping) or depth > _DEEPEST:
        return
    yield canonical(schema, defs)
    if "$ref" in schema:
        yield from _parts(defs.get(def_name(schema["$ref"])), defs, depth + 1)
    for part in schema.get("allOf", ()):
        yield from _parts(part, defs, depth + 1)


def canonical(schema: Any, defs: Mapping[str, Any]) -> str:
    """Return a schema as text that is the same for the same conditions: a bare `$ref` is what it points to."""
    for _ in range(_DEEPEST):
        if not (isinstance(schema, Mapping) and set(schema) - {"description"} == {"$ref"}):
            break
        schema = defs.get(def_name(schema["$ref"]))
    if isinstance(schema, Mapping):
        schema = {key: value for key, value in schema.items() if key != "description"}
    return json.dumps(schema, ensure_ascii=False, sort_keys=True)
