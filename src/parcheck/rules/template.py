# SPDX-License-Identifier: Apache-2.0
"""`${year - 1}` and its like in packs: a name, optionally plus or minus a whole number. Nothing else is evaluated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

_SLOT = re.compile(r"\$\{([^}]*)\}")
_EXPRESSION = re.compile(r"\s*([a-z_]\w*(?:\.\w+)*)\s*(?:([+-])\s*(\d+)\s*)?", re.ASCII)


class BadTemplate(ValueError):
    """A `${…}` that cannot be filled; `args` are the expression and the names that are allowed."""


def fill(value: Any, variables: Mapping[str, Any]) -> Any:
    """Return `value` (any JSON data) with every `${…}` in its strings replaced; keys are left alone.

    Args:
        value: strings, numbers, lists and dicts.
        variables: name (with dots: "each.name") to string or number; a number may be shifted: `${year + 1}`.

    Raises:
        BadTemplate: an unknown name, or a sum on something that is no whole number.
    """
    if isinstance(value, str):
        return _SLOT.sub(lambda slot: _evaluate(slot.group(1), variables), value) if "${" in value else value
    if isinstance(value, Mapping):
        return {key: fill(item, variables) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [fill(item, variables) for item in value]
    return value


def expressions(value: Any) -> Iterator[str]:
    """Yield every expression inside `${…}` in the strings of `value`."""
    if isinstance(value, str):
        yield from _SLOT.findall(value)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from expressions(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from expressions(item)


def _evaluate(expression: str, variables: Mapping[str, Any]) -> str:
    match = _EXPRESSION.fullmatch(expression)
    if match is None or match.group(1) not in variables:
        raise BadTemplate(expression, ", ".join(sorted(variables)))
    value = variables[match.group(1)]
    if match.group(2) is None:
        return str(value)
    if not isinstance(value, int):
        raise BadTemplate(expression, ", ".join(sorted(variables)))
    return str(value + int(match.group(2) + match.group(3)))
