# SPDX-License-Identifier: Apache-2.0
"""One JSON Schema for the files of a pack, for editors: with the keywords and facts of the plugins that are installed.

The schemas that parcheck loads packs with leave `match` and `valid` open, since plugins add to their language; this one
spells it out, in a single file without references to others.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from parcheck.rules.statics import NOT_OF_DOCUMENTS
from parcheck.schema_faults import schema

if TYPE_CHECKING:
    from parcheck.judging.vocabulary import Keyword, Vocabulary

PARTS = ("pack", "field", "scoring", "cases", "submission")
_NUMBER = {"type": "number"}
_COUNT = {"type": "integer", "minimum": 0}
_TEXT = {"type": "string"}
_STANDARD: Mapping[str, Any] = {
    "$comment": _TEXT,
    "title": _TEXT,
    "description": _TEXT,
    "default": True,
    "examples": {"type": "array"},
    "deprecated": {"type": "boolean"},
    "type": {"type": ["string", "array"]},
    "enum": {"type": "array", "minItems": 1},
    "const": True,
    "pattern": {"type": "string", "format": "regex"},
    "format": _TEXT,
    "minLength": _COUNT,
    "maxLength": _COUNT,
    "minimum": _NUMBER,
    "maximum": _NUMBER,
    "exclusiveMinimum": _NUMBER,
    "exclusiveMaximum": _NUMBER,
    "multipleOf": {"type": "number", "exclusiveMinimum": 0},
    "minItems": _COUNT,
    "maxItems": _COUNT,
    "uniqueItems": {"type": "boolean"},
    "minContains": _COUNT,
    "maxContains": _COUNT,
    "minProperties": _COUNT,
    "maxProperties": _COUNT,
    "dependentRequired": {"type": "object"},
}


def editor_schema(vocabulary: Vocabulary) -> dict[str, Any]:
    """Return the schema for `pack.yaml`, the files of fields and the files of cases alike.

    A file with `cases` is one of cases; with `code` or `criteria`, one of a field; any other is a `pack.yaml`.
    """
    defs: dict[str, Any] = {}
    for part in PARTS:
        whole = _moved(copy.deepcopy(schema(f"{part}.schema.json")), part)
        for name, inner in whole.pop("$defs", {}).items():
            defs[f"{part}-{name}"] = inner
        whole.pop("$schema")
        whole.pop("$id")
        defs[part] = whole
    _spell_out(defs, vocabulary)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "parcheck: pack.yaml, its fields, its cases",
        "if": {"required": ["cases"]},
        "then": {"$ref": "#/$defs/cases"},
        "else": {
            "if": {"anyOf": [{"required": ["code"]}, {"required": ["criteria"]}]},
            "then": {"$ref": "#/$defs/field"},
            "else": {"$ref": "#/$defs/pack"},
        },
        "$defs": defs,
    }


def _moved(node: Any, part: str) -> Any:
    """Return a schema with its references turned to where the bundle keeps their targets."""
    if isinstance(node, Mapping):
        return {key: _target(value, part) if key == "$ref" else _moved(value, part) for key, value in node.items()}
    if isinstance(node, list):
        return [_moved(each, part) for each in node]
    return node


def _target(ref: Any, part: str) -> Any:
    if not isinstance(ref, str):
        return _moved(ref, part)
    address, _, pointer = ref.partition("#")
    if address:
        part = address.split(":")[-2]
    if pointer.startswith("/$defs/"):
        return f"#/$defs/{part}-{pointer.removeprefix('/$defs/')}"
    return f"#/$defs/{part}{pointer}"


def _spell_out(defs: dict[str, Any], vocabulary: Vocabulary) -> None:
    """Put the language of the rules in the place of the open `match` and `valid`."""
    facts = {"enum": sorted(vocabulary.facts)}
    defs["rule"] = _language(vocabulary, "rule", at_document=True)
    defs["rule"]["properties"]["properties"]["propertyNames"] = facts
    defs["rule"]["properties"]["required"] = {"type": "array", "items": facts}
    defs["value-rule"] = _language(vocabulary, "value-rule", at_document=False)
    evidence = defs["field-evidence"]["properties"]
    for place in (evidence, evidence["any_of"]["items"]["properties"]):
        place["match"] = place["valid"] = {"$ref": "#/$defs/rule"}
    # A definition may be of a document or of one value of it.
    either = {"anyOf": [{"$ref": "#/$defs/rule"}, {"$ref": "#/$defs/value-rule"}]}
    defs["pack"]["properties"]["$defs"] = {"type": "object", "additionalProperties": either}


def _language(vocabulary: Vocabulary, own: str, *, at_document: bool) -> dict[str, Any]:
    here, value = {"$ref": f"#/$defs/{own}"}, {"$ref": "#/$defs/value-rule"}
    keywords: dict[str, Any] = dict(_STANDARD)
    keywords |= {name: {"type": "array", "minItems": 1, "items": here} for name in ("allOf", "anyOf", "oneOf")}
    keywords |= dict.fromkeys(("not", "if", "then", "else"), here)
    keywords |= dict.fromkeys(("items", "contains", "additionalProperties", "propertyNames"), value)
    keywords |= dict.fromkeys(("unevaluatedItems", "unevaluatedProperties"), value)
    keywords["prefixItems"] = {"type": "array", "items": value}
    keywords["$ref"] = {"type": "string", "pattern": "^#/\\$defs/", "description": "#/$defs/…"}
    keywords["required"] = {"type": "array", "items": _TEXT}
    for name in ("properties", "patternProperties", "dependentSchemas"):
        keywords[name] = {"type": "object", "additionalProperties": value}
    if at_document:
        keywords = {name: shape for name, shape in keywords.items() if name not in NOT_OF_DOCUMENTS}
    keywords |= {name: _parameter(keyword) for name, keyword in vocabulary.keywords.items()}
    return {"type": ["object", "boolean"], "additionalProperties": False, "properties": keywords}


def _parameter(keyword: Keyword) -> dict[str, Any]:
    parameter = dict(keyword.parameter)
    if keyword.doc:
        parameter = {"description": keyword.doc} | parameter
    return parameter
