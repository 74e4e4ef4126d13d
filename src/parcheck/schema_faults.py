# SPDX-License-Identifier: Apache-2.0
"""A YAML file held against a JSON Schema: every fault with file, line, what was found and what is allowed."""

from __future__ import annotations

import difflib
import functools
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parcheck.errors import ParcheckError
from parcheck.model import Reason
from parcheck.yaml_file import YamlFault, line_of, load_plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jsonschema import ValidationError

_SCHEMAS = Path(__file__).parent / "schemas"
SHOWN = 80
"""Longer values are cut in messages."""


@functools.cache
def schema(name: str) -> Any:
    """Return one of the JSON Schemas that parcheck publishes, by file name."""
    return json.loads((_SCHEMAS / name).read_text(encoding="utf-8"))


@functools.cache
def _registry() -> Any:
    """Return where the published schemas find each other."""
    from referencing import Registry

    contents = [schema(file.name) for file in sorted(_SCHEMAS.glob("*.json"))]
    return Registry().with_contents((content["$id"], content) for content in contents)


def nearest_first(found: Any, known: Iterable[str]) -> list[str]:
    """Return names in the order of their likeness to what was written: the one that was meant comes first."""
    match = difflib.SequenceMatcher(b=str(found).lower(), autojunk=False)

    def unlike(name: str) -> float:
        match.set_seq1(name.lower())
        return -match.ratio()

    return sorted(sorted(known), key=unlike)


def load_checked(file: Path, schema_: Any, kind: str) -> tuple[Any, list[ParcheckError]]:
    """Return (data, faults) of a YAML file; data is None when it cannot be read at all.

    Args:
        file: the file.
        schema_: the JSON Schema (draft 2020-12) it must fit.
        kind: "pack" or "submission", the prefix of the error codes.
    """
    from jsonschema import Draft202012Validator

    try:
        data = load_plain(file)
    except YamlFault as fault:
        found, reason = fault.found, fault.reason
        return None, [ParcheckError(f"{kind}-yaml", file=file.name, line=fault.line, found=found, reason=reason)]
    except OSError as error:
        reason = Reason("yaml-not-opened", {"detail": error.strerror or ""})
        return None, [ParcheckError(f"{kind}-yaml", file=file.name, line=1, found=file.name, reason=reason)]
    if data is None and schema_.get("required"):
        return None, [ParcheckError("pack-empty", file=file.name, line=1, allowed=", ".join(schema_["required"]))]
    checker = Draft202012Validator.FORMAT_CHECKER
    validator = Draft202012Validator(schema_, format_checker=checker, registry=_registry())
    errors = sorted(_leaves(validator.iter_errors(data)), key=lambda e: list(map(str, e.absolute_path)))
    return data, [fault for error in errors for fault in _faults(file, error, kind)]


KINDS = {
    "integer": Reason("type-integer"),
    "number": Reason("type-number"),
    "string": Reason("type-string"),
    "boolean": Reason("type-boolean"),
    "array": Reason("type-array"),
    "object": Reason("type-object"),
    "null": Reason("type-null"),
}
"""The types of JSON Schema, in words."""
_WORDS = re.compile(r"\s")


def _leaves(errors: Iterator[ValidationError]) -> Iterator[ValidationError]:
    """Yield the errors that say most: those of the branch that fits best where a schema offers several."""
    from jsonschema.exceptions import best_match

    for error in errors:
        if error.context and (best := best_match([error])) is not None:
            yield best
        else:
            yield error


def _faults(file: Path, error: ValidationError, kind: str) -> Iterator[ParcheckError]:
    path = list(error.absolute_path)
    if error.validator in ("additionalProperties", "unevaluatedProperties") and isinstance(error.instance, dict):
        schema_: Any = error.schema
        known = sorted(schema_.get("properties", {}))
        for key in error.instance:
            if key not in known:
                yield ParcheckError(
                    f"{kind}-key-unknown" if kind == "submission" else "pack-unknown-key",
                    file=file.name, line=line_of(file, [*path, key]),
                    where=dotted(path), key=key, allowed=", ".join(nearest_first(key, known)),
                )  # fmt: skip
        return
    yield ParcheckError(
        f"{kind}-value",
        file=file.name, line=line_of(file, path), where=dotted(path), found=shown(error), allowed=allowed(error),
    )  # fmt: skip


def dotted(path: list[str | int]) -> str:
    """Return a path as people read it: criteria[3].evidence[0].match."""
    text = ""
    for step in path:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else step
    return text or "/"


def shown(error: ValidationError) -> str:
    """Return what stands there, cut to a readable length."""
    if error.validator == "required" and isinstance(error.instance, dict):
        return "{" + ", ".join(error.instance) + "}"
    text = json.dumps(error.instance, ensure_ascii=False, default=str)
    if isinstance(error.instance, str) and _WORDS.search(error.instance):
        # Quotes only tell something where they make text of what would else be a number.
        text = error.instance
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def allowed(error: ValidationError) -> str | list[Reason]:
    """Return what would be right: in a notation that needs no translation, or as kinds of values."""
    value: Any = error.validator_value
    match error.validator:
        case "enum":
            return " | ".join(map(str, value))
        case "const":
            return json.dumps(value, ensure_ascii=False)
        case "type":
            return [KINDS[name] for name in ([value] if isinstance(value, str) else value)]
        case "required":
            return "{" + ", ".join(value) + "}"
        case "minimum":
            return f"≥ {value}"
        case "maximum":
            return f"≤ {value}"
        case "minLength":
            return [Reason("at-least-letters", {"count": value})]
        case "minItems" | "minProperties":
            return [Reason("at-least-entries", {"count": value})]
        case "exclusiveMinimum":
            return f"> {value}"
        case "dependentRequired":
            return "; ".join(f"{key} ⇒ {', '.join(needed)}" for key, needed in value.items())
        case "pattern" | "format":
            return str(error.schema.get("description") or value) if isinstance(error.schema, dict) else str(value)
        case _:
            return f"{error.validator}: {json.dumps(value, ensure_ascii=False, default=str)}"[:SHOWN]
