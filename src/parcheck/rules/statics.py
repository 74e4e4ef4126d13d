# SPDX-License-Identifier: Apache-2.0
"""What can be said of a pack's schemas without a document: facts asked for, and faults in the rules themselves."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from parcheck.errors import ParcheckError
from parcheck.rules.template import BadTemplate, expressions, fill
from parcheck.yaml_file import line_of

if TYPE_CHECKING:
    from pathlib import Path

    from parcheck.judging.vocabulary import Vocabulary
    from parcheck.rules import Pack

SAME_LEVEL = ("allOf", "anyOf", "oneOf")
SAME_LEVEL_ONE = ("not", "if", "then", "else")
BELOW_LIST = ("prefixItems",)
BELOW_ONE = (
    "items",
    "contains",
    "additionalProperties",
    "propertyNames",
    "unevaluatedItems",
    "unevaluatedProperties",
)
BELOW_MAP = ("properties", "patternProperties", "dependentSchemas")
NOT_OF_DOCUMENTS = frozenset(
    {
        "additionalProperties",
        "const",
        "dependentRequired",
        "dependentSchemas",
        "enum",
        "maxProperties",
        "minProperties",
        "patternProperties",
        "propertyNames",
        "unevaluatedProperties",
    }
)
"""Keywords that would count or close the facts of a document: with unknown facts among them they say nothing."""
SHAPES: Mapping[str, Any] = {
    **dict.fromkeys((*SAME_LEVEL, *BELOW_LIST, "required"), list),
    **dict.fromkeys(BELOW_MAP, dict),
}
"""What must stand behind a keyword that is walked into."""
ANNOTATIONS = frozenset(
    {"title", "description", "$comment", "default", "examples", "deprecated", "then", "else", "$defs"}
)
ALWAYS_READ = frozenset({"type", "symbol", "issued_on", "issuer", "subject", "draft", "text", "file"})
"""Facts by which parcheck names a document to a person, whatever the rules ask."""

Path_ = tuple[str | int, ...]


def facts_asked(pack: Pack, vocabulary: Vocabulary) -> frozenset[str]:
    """Return the facts that the pack's schemas name, with those their keywords look at."""
    asked = set(ALWAYS_READ)
    for criterion in pack.criteria:
        for requirement in criterion.evidence:
            for _, schema in _schemas_of(requirement):
                for name, kind in _mentioned(schema, pack.defs, vocabulary):
                    if kind == "fact":
                        asked.add(name)
                    elif kind == "keyword":
                        asked |= vocabulary.keywords[name].needs
            asked.update((requirement.get("count") or {}).get("distinct", ()))
            if requirement.get("kind") == "link":
                asked.add("links")
    return frozenset(asked)


def facts_named(schema: Any, defs: Mapping[str, Any], vocabulary: Vocabulary) -> frozenset[str]:
    """Return the facts that one schema over a document names, `$defs` followed."""
    return frozenset(name for name, kind in _mentioned(schema, defs, vocabulary) if kind == "fact")


def _schemas_of(requirement: Mapping[str, Any]) -> Iterator[tuple[Path_, Any]]:
    for key in ("match", "valid"):
        if key in requirement:
            yield (key,), requirement[key]
    for index, alternative in enumerate(requirement.get("any_of", ())):
        for key in ("match", "valid"):
            if key in alternative:
                yield ("any_of", index, key), alternative[key]


def _mentioned(schema: Any, defs: Mapping[str, Any], vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """Yield (fact at document level, "fact"), (keyword, "keyword") and ($def for documents, "def")."""
    seen: set[tuple[str, bool]] = set()
    stack = [(schema, True)]
    while stack:
        node, at_document = stack.pop()
        if not isinstance(node, Mapping):
            continue
        for key, value in node.items():
            if key in vocabulary.keywords:
                yield key, "keyword"
            elif not _shaped(key, value):
                continue  # a fault of the pack, named by `check_statics`
            elif key in SAME_LEVEL:
                stack += [(child, at_document) for child in value]
            elif key in SAME_LEVEL_ONE:
                stack.append((value, at_document))
            elif key == "$ref" and (name := _def_name(value)) in defs and (name, at_document) not in seen:
                seen.add((name, at_document))
                stack.append((defs[name], at_document))
                if at_document:
                    yield name, "def"
            elif key in BELOW_MAP:
                for name, child in value.items():
                    if at_document and key == "properties":
                        yield name, "fact"
                    stack.append((child, False))
            elif key in BELOW_ONE:
                stack.append((value, False))
            elif key in BELOW_LIST:
                stack += [(child, False) for child in value]
            elif key == "required" and at_document:
                for name in value:
                    yield name, "fact"


def _shaped(key: str, value: Any) -> bool:
    return isinstance(value, SHAPES.get(key, object))


def _def_name(ref: Any) -> str:
    return ref.removeprefix("#/$defs/") if isinstance(ref, str) else ""


def check_statics(
    file: Path, pack: Mapping[str, Any], fields: list[tuple[Path, Any]], vocabulary: Vocabulary
) -> list[ParcheckError]:
    """Return the faults in a pack whose files fit their schemas: names, references, templates, codes."""
    faults: list[ParcheckError] = []
    defs = pack.get("$defs", {})
    variables = {"year": pack["year"]}
    of_documents = {
        name
        for _, content in fields
        for _, row in _rows(content, ())
        for requirement in row.get("evidence", ())
        for _, schema in _schemas_of(requirement)
        for name, kind in _mentioned(schema, defs, vocabulary)
        if kind == "def"
    }
    for name, schema in defs.items():
        faults += _Schema(file, ("$defs", name), defs, vocabulary).check(schema, at_document=name in of_documents)
        faults += _templates(file, ("$defs", name), schema, variables)
    codes: dict[str, Path] = {}
    for part, content in fields:
        for path, row in _rows(content, ()):
            if row["code"] in codes:
                faults.append(_fault("pack-duplicate-code", part, (*path, "code"), code=row["code"]))
            codes[row["code"]] = part
            ids: set[str] = set()
            for index, requirement in enumerate(row.get("evidence", ())):
                where = (*path, "evidence", index)
                if requirement["id"] in ids:
                    faults.append(_fault("pack-duplicate-code", part, (*where, "id"), code=requirement["id"]))
                ids.add(requirement["id"])
                faults += _requirement(part, where, requirement, defs, vocabulary, variables)
    return faults


def _rows(node: Mapping[str, Any], path: Path_) -> Iterator[tuple[Path_, Mapping[str, Any]]]:
    yield path, node
    for index, child in enumerate(node.get("criteria", ())):
        yield from _rows(child, (*path, "criteria", index))


def _requirement(
    file: Path,
    where: Path_,
    requirement: Mapping[str, Any],
    defs: Mapping[str, Any],
    vocabulary: Vocabulary,
    variables: Mapping[str, Any],
) -> Iterator[ParcheckError]:
    asks = "match" in requirement or "any_of" in requirement
    asked = not requirement.get("provided_by") and not requirement.get("other")
    free = requirement.get("kind", "document") != "document"
    if asks != asked and not (asked and free):
        allowed = "match | any_of" if asked else "–"
        found = ", ".join(key for key in requirement if key not in ("id", "name", "note"))
        yield _fault("pack-value", file, where, where=f"evidence {requirement['id']}", found=found, allowed=allowed)
    for path, schema in _schemas_of(requirement):
        yield from _Schema(file, (*where, *path), defs, vocabulary).check(schema)
    for entry in requirement.get("each", [None]):
        extra = {f"each.{key}": value for key, value in (entry or {}).items()}
        body = {key: value for key, value in requirement.items() if key != "each"}
        yield from _templates(file, where, body, {**variables, **extra})


def _templates(file: Path, where: Path_, value: Any, variables: Mapping[str, Any]) -> Iterator[ParcheckError]:
    for expression in dict.fromkeys(expressions(value)):
        try:
            fill("${" + expression + "}", variables)
        except BadTemplate as bad:
            yield _fault("pack-bad-template", file, where, text="${" + expression + "}", allowed=bad.args[1])


@functools.cache
def _standard_keywords() -> Any:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(Draft202012Validator.META_SCHEMA)


class _Schema:
    """Walks one schema of a pack and names what it should not hold."""

    def __init__(self, file: Path, base: Path_, defs: Mapping[str, Any], vocabulary: Vocabulary) -> None:
        from jsonschema import Draft202012Validator

        self.file, self.base, self.defs, self.vocabulary = file, base, defs, vocabulary
        self.standard = frozenset(Draft202012Validator.VALIDATORS) | ANNOTATIONS
        self.parameters = {name: Draft202012Validator(dict(k.parameter)) for name, k in vocabulary.keywords.items()}

    def check(self, schema: Any, *, at_document: bool = True) -> Iterator[ParcheckError]:
        """Yield every fault in the schema; `at_document` says whether its properties are facts."""
        yield from self._walk(schema, self.base, at_document=at_document)

    def _walk(self, node: Any, path: Path_, *, at_document: bool) -> Iterator[ParcheckError]:
        if isinstance(node, bool):
            return
        if not isinstance(node, Mapping):
            yield _fault("pack-value", self.file, path, where=_words(path), found=str(node), allowed="object | boolean")
            return
        for key, value in node.items():
            here = (*path, key)
            if key in self.vocabulary.keywords:
                yield from self._parameter(key, value, here)
            elif key not in self.standard:
                known = ", ".join(sorted(self.vocabulary.keywords))
                yield _fault("pack-unknown-keyword", self.file, here, keyword=key, allowed=known)
            elif key == "$ref" and _def_name(value) not in self.defs:
                known = ", ".join(f"#/$defs/{name}" for name in sorted(self.defs))
                yield _fault("pack-bad-ref", self.file, here, ref=value, allowed=known)
            elif not _shaped(key, value):
                shape = "array" if SHAPES[key] is list else "object"
                words = {"where": _words(here), "found": str(value), "allowed": shape}
                yield _fault("pack-value", self.file, here, **words)
            elif key == "required" and at_document:
                yield from (f for i, name in enumerate(value) for f in self._fact(name, (*here, i)))
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
        yield from self._standard(node, path)

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
        flat = {key: value for key, value in node.items() if key not in nested and _shaped(key, value)}
        for error in _standard_keywords().iter_errors(flat):
            here = (*path, *error.absolute_path)
            yield _fault(
                "pack-value", self.file, here,
                where=_words(here), found=str(error.instance)[:80], allowed=str(error.validator_value)[:80],
            )  # fmt: skip

    def _fact(self, name: str, path: Path_) -> Iterator[ParcheckError]:
        if name not in self.vocabulary.facts:
            known = ", ".join(sorted(self.vocabulary.facts))
            yield _fault("pack-unknown-fact", self.file, path, fact=name, allowed=known)

    def _parameter(self, key: str, value: Any, path: Path_) -> Iterator[ParcheckError]:
        from parcheck.schema_faults import allowed, shown

        for error in self.parameters[key].iter_errors(value):
            here = (*path, *error.absolute_path)
            yield _fault("pack-value", self.file, here, where=_words(here), found=shown(error), allowed=allowed(error))


def _words(path: Path_) -> str:
    from parcheck.schema_faults import dotted

    return dotted(list(path))


def _fault(code_: str, file: Path, path: Path_, /, **args: Any) -> ParcheckError:
    return ParcheckError(code_, file=file.name, line=line_of(file, path), **args)
