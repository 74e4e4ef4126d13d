# SPDX-License-Identifier: Apache-2.0
"""A YAML file held against a JSON Schema: every fault with file, line, what was found and what is allowed."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parcheck.errors import ParcheckError
from parcheck.yaml_file import YamlFault, line_of, load_plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonschema import ValidationError

SHOWN = 80
"""Longer values are cut in messages."""


@functools.cache
def schema(name: str) -> Any:
    """Return one of the JSON Schemas that parcheck publishes, by file name."""
    return json.loads((Path(__file__).parent / "schemas" / name).read_text(encoding="utf-8"))


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
        return None, [ParcheckError(f"{kind}-yaml", file=file.name, line=fault.line, detail=fault.detail)]
    except OSError as error:
        return None, [ParcheckError(f"{kind}-yaml", file=file.name, line=1, detail=error.strerror or "")]
    errors = sorted(
        _leaves(Draft202012Validator(schema_, format_checker=Draft202012Validator.FORMAT_CHECKER).iter_errors(data)),
        key=lambda e: list(map(str, e.absolute_path)),
    )
    return data, [fault for error in errors for fault in _faults(file, error, kind)]


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
                line = line_of(file, [*path, key])
                yield ParcheckError(
                    f"{kind}-key-unknown" if kind == "submission" else "pack-unknown-key",
                    file=file.name, line=line, where=dotted(path), key=key, allowed=", ".join(known),
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
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def allowed(error: ValidationError) -> str:
    """Return what would be right, in a notation that needs no translation."""
    value: Any = error.validator_value
    match error.validator:
        case "enum":
            return " | ".join(map(str, value))
        case "const":
            return json.dumps(value, ensure_ascii=False)
        case "type":
            return " | ".join(value) if isinstance(value, list) else str(value)
        case "required":
            return "{" + ", ".join(value) + "}"
        case "minimum":
            return f"≥ {value}"
        case "maximum":
            return f"≤ {value}"
        case "minItems" | "minLength" | "minProperties":
            return f"≥ {value}"
        case "pattern" | "format":
            return str(error.schema.get("description") or value) if isinstance(error.schema, dict) else str(value)
        case _:
            return f"{error.validator}: {json.dumps(value, ensure_ascii=False, default=str)}"[:SHOWN]
