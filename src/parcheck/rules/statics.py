# SPDX-License-Identifier: Apache-2.0
"""What a pack's schemas name, told without a document: facts, keywords and definitions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from parcheck.judging.vocabulary import Vocabulary
    from parcheck.rules import Criterion, Pack

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
    return ALWAYS_READ.union(*(row_facts(criterion, pack, vocabulary) for criterion in pack.criteria))


def row_facts(criterion: Criterion, pack: Pack, vocabulary: Vocabulary) -> frozenset[str]:
    """Return the facts that one scored row's schemas name, with those their keywords look at."""
    asked: set[str] = set()
    for requirement in criterion.evidence:
        for _, schema in schemas_of(requirement):
            for name, kind in mentioned(schema, pack.defs, vocabulary):
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
    return frozenset(name for name, kind in mentioned(schema, defs, vocabulary) if kind == "fact")


def schemas_of(requirement: Mapping[str, Any]) -> Iterator[tuple[Path_, Any]]:
    """Yield (where it stands in the requirement, schema) for each schema of a requirement."""
    for key in ("match", "valid"):
        if key in requirement:
            yield (key,), requirement[key]
    for index, alternative in enumerate(requirement.get("any_of", ())):
        for key in ("match", "valid"):
            if key in alternative:
                yield ("any_of", index, key), alternative[key]


def mentioned(schema: Any, defs: Mapping[str, Any], vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
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
            elif not shaped(key, value):
                continue  # a fault of the pack, named by `check_statics`
            elif key in SAME_LEVEL:
                stack += [(child, at_document) for child in value]
            elif key in SAME_LEVEL_ONE:
                stack.append((value, at_document))
            elif key == "$ref" and (name := def_name(value)) in defs and (name, at_document) not in seen:
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


def shaped(key: str, value: Any) -> bool:
    """Return whether what stands behind a keyword that is walked into can be walked into."""
    return isinstance(value, SHAPES.get(key, object))


def def_name(ref: Any) -> str:
    """Return the name of the definition that a `$ref` points to; empty for what is no text."""
    return ref.removeprefix("#/$defs/") if isinstance(ref, str) else ""
