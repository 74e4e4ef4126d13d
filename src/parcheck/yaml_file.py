# SPDX-License-Identifier: Apache-2.0
"""The one place that reads YAML: plain data in the sense of YAML 1.2, and the line of any value when asked.

libyaml reads YAML 1.1, in which `no`, `1:30` and `2025-01-01` are a boolean, a number and a date. Codes and dates in
packs must stay what people wrote, so scalars are resolved here by the core schema of YAML 1.2.2, chapter 10.3.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_INT = re.compile(r"[-+]?[0-9]{1,300}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_WORDS = {"": None, "~": None, "null": None, "Null": None, "NULL": None} | {
    spelling: value
    for word, value in (("true", True), ("false", False))
    for spelling in (word, word.capitalize(), word.upper())
}

MOST_VALUES = 200_000
"""Values that a file may hold, aliases written out: the largest pack has some 10 000."""
DEEPEST = 100


class YamlFault(Exception):
    """A file that is not YAML, with the line (1-based) where reading stopped and what the reader said."""

    def __init__(self, line: int, detail: str) -> None:
        super().__init__(f"{line}: {detail}")
        self.line = line
        self.detail = detail


def load_plain(file: Path) -> Any:
    """Return a file's data as plain dicts, lists and scalars.

    Raises:
        YamlFault: the file is not YAML, holds a key twice, or would grow without measure.
        OSError: it cannot be read.
    """
    node = _compose(file)
    _measure(node, {})
    return _plain(node, {})


def line_of(file: Path, path: Sequence[str | int]) -> int:
    """Return the line (1-based) where the value at `path` stands, or that of its nearest parent that exists."""
    import yaml

    node = _compose(file)
    line = 1
    for step in path:
        if isinstance(node, yaml.MappingNode):
            found = [(key, value) for key, value in node.value if key.value == step]
            if not found:
                break
            line, node = found[0][0].start_mark.line + 1, found[0][1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
        else:
            break
    return line


def _compose(file: Path) -> Any:
    import yaml

    try:
        text = file.read_text(encoding="utf-8-sig")
        return yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlFault(mark.line + 1 if mark else 1, str(error.problem or error.context or "")) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise YamlFault(1, str(error)) from error


def _measure(node: Any, sizes: dict[int, int], depth: int = 0) -> int:
    """Return how many values a node stands for, aliases written out."""
    if node is None or isinstance(node.value, str):
        return 1
    line = node.start_mark.line + 1
    if depth > DEEPEST:
        raise YamlFault(line, f"more than {DEEPEST} levels")
    if id(node) not in sizes:
        # While a node is measured it counts as endless: one that holds itself is.
        sizes[id(node)] = MOST_VALUES + 1
        inner = [part[1] if isinstance(part, tuple) else part for part in node.value]
        sizes[id(node)] = 1 + sum(_measure(part, sizes, depth + 1) for part in inner)
    if sizes[id(node)] > MOST_VALUES:
        raise YamlFault(line, f"more than {MOST_VALUES} values")
    return sizes[id(node)]


def _plain(node: Any, made: dict[int, Any]) -> Any:
    """Return a node's data; `made` keeps what aliases point to, so that they are one value."""
    import yaml

    if id(node) in made:
        return made[id(node)]
    value: Any
    if isinstance(node, yaml.MappingNode):
        value = made[id(node)] = {}
        for key, item in node.value:
            if not isinstance(key, yaml.ScalarNode) or key.value in value:
                raise YamlFault(key.start_mark.line + 1, f"“{key.value}”" if key.id == "scalar" else key.id)
            value[key.value] = _plain(item, made)
    elif isinstance(node, yaml.SequenceNode):
        value = made[id(node)] = []
        value.extend(_plain(item, made) for item in node.value)
    elif node is None:
        value = None
    else:
        value = node.value if node.style in ("'", '"', "|", ">") else _scalar(node.value)
    return value


def _scalar(text: str) -> Any:
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text) and math.isfinite(number := float(text)):
        return number
    return text
