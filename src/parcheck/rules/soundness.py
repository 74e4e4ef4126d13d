# SPDX-License-Identifier: Apache-2.0
"""Faults in a pack whose files fit their schemas: names, references, templates, patterns, dates, codes."""

from __future__ import annotations

import datetime
import functools
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from parcheck.errors import ParcheckError
from parcheck.rules import patterns
from parcheck.rules.statics import (
    ANNOTATIONS,
    BELOW_LIST,
    BELOW_MAP,
    BELOW_ONE,
    NOT_OF_DOCUMENTS,
    SAME_LEVEL,
    SAME_LEVEL_ONE,
    SHAPES,
    Path_,
    def_name,
    mentioned,
    schemas_of,
    shaped,
)
from parcheck.rules.template import BadTemplate, expressions, fill
from parcheck.schema_faults import allowed, dotted, nearest_first, shown
from parcheck.yaml_file import line_of

if TYPE_CHECKING:
    from pathlib import Path

    from parcheck.judging.vocabulary import Vocabulary

_DATE_LIKE = re.compile(r"\d{4}-\d{2}-\d{2}")
_USABLE = re.compile(r"[a-z_][\w.]*", re.ASCII)
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Ground:
    """What the parts of a pack are checked against."""

    defs: Mapping[str, Any]
    vocabulary: Vocabulary
    year: int


class Codes:
    """The codes seen so far, and where each stands."""

    def __init__(self, seen: Mapping[str, tuple[Path, Path_]] | None = None) -> None:
        self._seen = dict(seen or {})

    def add(self, code: str, file: Path, path: Path_) -> Iterator[ParcheckError]:
        """Take note of a code; yield the fault when it is in use already."""
        if code in self._seen:
            first, where = self._seen[code]
            yield fault_at("pack-duplicate-code", file, path, code=code, first=f"{first.name}:{line_of(first, where)}")
        else:
            self._seen[code] = (file, path)


def check_pack(
    file: Path, defs: Mapping[str, Any], fields: Sequence[tuple[Path, Any]], ground: Ground, codes: Codes
) -> Iterator[ParcheckError]:
    """Yield the faults in definitions and fields of one pack.

    Args:
        file: the `pack.yaml` that holds the definitions.
        defs: the definitions that it states itself.
        fields: (file, content) of its fields.
        ground: what it is checked against; `ground.defs` also has definitions that it takes over.
        codes: takes note of all codes.
    """
    rows = [(part, path, row) for part, content in fields for path, row in below(content, ())]
    yield from check_defs(file, defs, [row for _, _, row in rows], ground)
    for part, path, row in rows:
        yield from check_row(part, path, row, ground, codes)


def check_defs(
    file: Path, defs: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], ground: Ground
) -> Iterator[ParcheckError]:
    """Yield the faults in the definitions of one `pack.yaml`; `rows` are those that may use them."""
    of_documents = {
        name
        for row in rows
        for requirement in row.get("evidence", ())
        for _, schema in schemas_of(requirement)
        for name, kind in mentioned(schema, ground.defs, ground.vocabulary)
        if kind == "def"
    }
    variables = [{"year": ground.year}]
    for name, schema in defs.items():
        walker = _Schema(file, ("$defs", name), ground, variables)
        yield from walker.check(schema, at_document=name in of_documents)
        yield from check_texts(file, ("$defs", name), schema, variables)
        if circle := _circle(name, ground.defs):
            chain = " → ".join(circle)
            yield fault_at("pack-ref-circular", file, ("$defs", name), ref=f"#/$defs/{name}", chain=chain)


def _circle(start: str, defs: Mapping[str, Any]) -> list[str] | None:
    """Return the way back to a definition that holds itself without going deeper into the document."""
    stack = [[start]]
    seen: set[str] = set()
    while stack:
        way = stack.pop()
        for name in _beside(defs.get(way[-1])):
            if name == start:
                return [*way, start]
            if name not in seen:
                seen.add(name)
                stack.append([*way, name])
    return None


def _beside(schema: Any) -> Iterator[str]:
    """Yield the definitions that a schema holds at its own level."""
    if not isinstance(schema, Mapping):
        return
    for key, value in schema.items():
        if key == "$ref":
            yield def_name(value)
        elif key in SAME_LEVEL_ONE:
            yield from _beside(value)
        elif key in SAME_LEVEL and isinstance(value, list):
            for child in value:
                yield from _beside(child)


def below(node: Mapping[str, Any], path: Path_) -> Iterator[tuple[Path_, Mapping[str, Any]]]:
    """Yield (path, row) for a field or row and all rows below it."""
    yield path, node
    for index, child in enumerate(node.get("criteria", ())):
        yield from below(child, (*path, "criteria", index))


def check_row(file: Path, path: Path_, row: Mapping[str, Any], ground: Ground, codes: Codes) -> Iterator[ParcheckError]:
    """Yield the faults in one row, those below it left out."""
    yield from codes.add(row["code"], file, (*path, "code"))
    yield from check_texts(file, (*path, "scoring"), row.get("scoring"), [{"year": ground.year}])
    ids = Codes()
    for index, requirement in enumerate(row.get("evidence", ())):
        where = (*path, "evidence", index)
        yield from ids.add(requirement["id"], file, (*where, "id"))
        yield from check_requirement(file, where, requirement, ground)


def check_requirement(
    file: Path, where: Path_, requirement: Mapping[str, Any], ground: Ground
) -> Iterator[ParcheckError]:
    """Yield the faults in one requirement of a row."""
    asks = "match" in requirement or "any_of" in requirement
    asked = not requirement.get("provided_by") and not requirement.get("other")
    free = requirement.get("kind", "document") != "document"
    if asks != asked and not (asked and free):
        needed = "match | any_of" if asked else "–"
        found = ", ".join(key for key in requirement if key not in ("id", "name", "note"))
        yield fault_at(
            "pack-value", file, where, where=f"evidence {requirement['id']}", found=found or "–", allowed=needed
        )
    variables = [
        {"year": ground.year} | {f"each.{key}": value for key, value in (entry or {}).items()}
        for entry in requirement.get("each", [None])
    ]
    for path, schema in schemas_of(requirement):
        yield from _Schema(file, (*where, *path), ground, variables).check(schema)
    body = {key: value for key, value in requirement.items() if key != "each"}
    yield from check_texts(file, where, body, variables)
    for key in ("each", "any_of"):
        ids = Codes()
        for index, entry in enumerate(requirement.get(key, ())):
            yield from ids.add(entry["id"], file, (*where, key, index, "id"))
    for index, entry in enumerate(requirement.get("each", ())):
        yield from check_texts(file, (*where, "each", index), entry, [{"year": ground.year}])


def check_texts(
    file: Path, where: Path_, value: Any, variables: Sequence[Mapping[str, Any]]
) -> Iterator[ParcheckError]:
    """Yield the faults in the texts of a value, whatever they are for: templates, and days that no calendar has."""
    for expression in dict.fromkeys(expressions(value)):
        text = "${" + expression + "}"
        for each in variables:
            try:
                fill(text, each)
            except BadTemplate:
                # A name with a hyphen would be read as a difference: no placeholder can use it.
                known = ", ".join(nearest_first(expression, [name for name in each if _USABLE.fullmatch(name)]))
                yield fault_at("pack-bad-template", file, where, text=text, allowed=known)
                break
    for path, text in _leaves(value, ()):
        for each in variables:
            try:
                filled = fill(text, each)
            except BadTemplate:
                break
            if _DATE_LIKE.fullmatch(filled) and not real_day(filled):
                yield fault_at("pack-bad-date", file, (*where, *path), found=filled)
                break


def _leaves(value: Any, path: Path_) -> Iterator[tuple[Path_, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _leaves(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _leaves(item, (*path, index))


def real_day(text: str) -> bool:
    """Return whether an ISO date is a day of the calendar."""
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


@functools.cache
def _standard_keywords() -> Any:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(Draft202012Validator.META_SCHEMA)


class _Schema:
    """Walks one schema of a pack and names what it should not hold."""

    def __init__(self, file: Path, base: Path_, ground: Ground, variables: Sequence[Mapping[str, Any]]) -> None:
        from jsonschema import Draft202012Validator

        self.file, self.base, self.defs, self.vocabulary = file, base, ground.defs, ground.vocabulary
        self.variables = variables
        self.standard = (frozenset(Draft202012Validator.VALIDATORS) | ANNOTATIONS) - {"$dynamicRef"}
        self.parameters = {
            name: Draft202012Validator(dict(k.parameter)) for name, k in ground.vocabulary.keywords.items()
        }

    def check(self, schema: Any, *, at_document: bool = True) -> Iterator[ParcheckError]:
        """Yield every fault in the schema; `at_document` says whether its properties are facts."""
        yield from self._walk(schema, self.base, at_document=at_document)

    def _walk(self, node: Any, path: Path_, *, at_document: bool) -> Iterator[ParcheckError]:
        if isinstance(node, bool):
            return
        if not isinstance(node, Mapping):
            yield self._wrong(path, node, "object | boolean")
            return
        for key, value in node.items():
            here = (*path, key)
            if key in self.vocabulary.keywords:
                yield from self._parameter(key, value, here)
            elif key not in self.standard:
                known = ", ".join(nearest_first(key, {*self.vocabulary.keywords, *self.standard}))
                yield fault_at("pack-unknown-keyword", self.file, here, keyword=key, allowed=known)
            elif at_document and key in NOT_OF_DOCUMENTS:
                known = ", ".join(sorted(self.standard - NOT_OF_DOCUMENTS - ANNOTATIONS))
                yield fault_at("pack-keyword-misplaced", self.file, here, keyword=key, allowed=known)
            elif key == "$ref" and def_name(value) not in self.defs:
                known = ", ".join(f"#/$defs/{name}" for name in nearest_first(def_name(value), self.defs))
                yield fault_at("pack-bad-ref", self.file, here, ref=value, allowed=known or "–")
            elif not shaped(key, value):
                yield self._wrong(here, value, "array" if SHAPES[key] is list else "object")
            else:
                yield from self._pattern(key, value, here)
                yield from self._inner(key, value, here, at_document=at_document)
        yield from self._standard(node, path)

    def _inner(self, key: str, value: Any, here: Path_, *, at_document: bool) -> Iterator[ParcheckError]:
        if key == "required" and at_document:
            yield from (fault for i, name in enumerate(value) for fault in self._fact(name, (*here, i)))
        elif key in SAME_LEVEL:
            for index, child in enumerate(value):
                yield from self._walk(child, (*here, index), at_document=at_document)
        elif key in SAME_LEVEL_ONE:
            yield from self._walk(value, here, at_document=at_document)
        elif key in BELOW_MAP:
            for name, child in value.items():
                if at_document and key == "properties":
                    yield from self._fact(name, (*here, name))
                yield from self._walk(child, (*here, name), at_document=False)
        elif key in BELOW_ONE:
            yield from self._walk(value, here, at_document=False)
        elif key in BELOW_LIST:
            for index, child in enumerate(value):
                yield from self._walk(child, (*here, index), at_document=False)

    def _pattern(self, key: str, value: Any, here: Path_) -> Iterator[ParcheckError]:
        texts = [value] if key == "pattern" else list(value) if key == "patternProperties" else []
        for text in (patterns.without_slots(text) for text in texts if isinstance(text, str)):
            try:
                patterns.compiled(text)
                if key == "patternProperties":
                    re.compile(text)  # the names inside a fact are matched by jsonschema, with Python's own engine
            except (ValueError, re.error) as error:
                yield fault_at("pack-bad-pattern", self.file, here, found=text, detail=str(error))
            else:
                if patterns.ambiguous(text):
                    yield fault_at("pack-slow-pattern", self.file, here, found=text)

    def _standard(self, node: Mapping[str, Any], path: Path_) -> Iterator[ParcheckError]:
        """Check the standard keywords' own parameters, this level only."""
        nested = {
            *SAME_LEVEL,
            *SAME_LEVEL_ONE,
            *BELOW_MAP,
            *BELOW_ONE,
            *BELOW_LIST,
            *self.vocabulary.keywords,
        }
        flat = {key: value for key, value in node.items() if key not in nested and shaped(key, value)}
        for error in _standard_keywords().iter_errors(flat):
            yield self._wrong((*path, *error.absolute_path), error.instance, allowed(error))

    def _fact(self, name: Any, path: Path_) -> Iterator[ParcheckError]:
        if name not in self.vocabulary.facts:
            known = ", ".join(nearest_first(name, self.vocabulary.facts))
            yield fault_at("pack-unknown-fact", self.file, path, fact=name, allowed=known)

    def _parameter(self, key: str, value: Any, path: Path_) -> Iterator[ParcheckError]:
        faults = list(self.parameters[key].iter_errors(value))
        for error in faults:
            here = (*path, *error.absolute_path)
            yield fault_at(
                "pack-value", self.file, here, where=dotted(list(here)), found=shown(error), allowed=allowed(error)
            )
        if faults or "${" not in json.dumps(value):
            return
        for each in self.variables:
            try:
                filled = fill(value, each)
            except BadTemplate:
                return
            for error in self.parameters[key].iter_errors(filled):
                here = (*path, *error.absolute_path)
                yield fault_at(
                    "pack-value", self.file, here, where=dotted(list(here)), found=shown(error), allowed=allowed(error)
                )

    def _wrong(self, path: Path_, found: Any, allowed_: Any) -> ParcheckError:
        words = str(found)
        words = words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
        return fault_at("pack-value", self.file, path, where=dotted(list(path)), found=words, allowed=allowed_)


def fault_at(code_: str, file: Path, path: Path_, /, **args: Any) -> ParcheckError:
    """Return an error of a pack with the file and the line where the value at `path` stands."""
    return ParcheckError(code_, file=file.name, line=line_of(file, path), **args)
