# SPDX-License-Identifier: Apache-2.0
"""The one place that reads YAML: plain data in the sense of YAML 1.2, and the line of any value when asked.

libyaml reads YAML 1.1, in which `no`, `1:30` and `2025-01-01` are a boolean, a number and a date. Codes and dates in
packs must stay what people wrote, so scalars are resolved here by the core schema of YAML 1.2.2, chapter 10.3.
"""

from __future__ import annotations

import functools
import math
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parcheck.model import Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

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
MOST_BYTES = 4_000_000
"""The largest file of a shipped pack has some 60 000."""
SHOWN = 60
"""Longer lines are cut in messages."""


class YamlFault(Exception):
    """A file that is not YAML, with the line (1-based) where reading stopped and what the reader said."""

    def __init__(self, line: int, detail: str, found: str = "", reason: Reason | None = None) -> None:
        super().__init__(f"{line}: {detail}")
        self.line = line
        self.detail = detail
        self.found = found
        """What stands there, cut to a readable length."""
        self.reason = reason or Reason("yaml-syntax", {"detail": detail})
        """What is wrong with it and what is allowed, for a person."""


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

    stat = file.stat()
    node = _composed(str(file), stat.st_mtime_ns, stat.st_size)
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


@functools.lru_cache(maxsize=16)
def _composed(file: str, _changed: int, _size: int) -> Any:
    """Keep the last files: a pack with a hundred faults is not read a hundred times."""
    return _compose(Path(file))


def _compose(file: Path) -> Any:
    import yaml

    size = file.stat().st_size
    if size > MOST_BYTES:
        limit = Reason("yaml-too-large", {"allowed": MOST_BYTES // 1_000_000})
        raise YamlFault(1, f"more than {MOST_BYTES} bytes", f"{size / 1e6:.1f} MB", limit)
    data = file.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise YamlFault(line, str(error), f"0x{data[error.start]:02X}", Reason("yaml-encoding")) from error
    try:
        return yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        found = _line(text, line)
        detail = str(error.problem or error.context or "")
        reason: Reason | None = None
        if "\t" in found[: len(found) - len(found.lstrip())]:
            reason = Reason("yaml-tab")
        elif "${" in found and "expected ','" in detail:
            reason = Reason("yaml-slot")
        raise YamlFault(line, detail, found.strip()[:SHOWN], reason) from error
    except yaml.YAMLError as error:
        raise YamlFault(1, str(error).splitlines()[0], _line(text, 1).strip()[:SHOWN]) from error


def _line(text: str, line: int) -> str:
    """Return one line of a text; the last one with words where the reader stopped behind the end."""
    lines = text.splitlines()[:line]
    while lines and not lines[-1].strip():
        lines.pop()
    return lines[-1] if lines else ""


def _measure(node: Any, sizes: dict[int, int], depth: int = 0) -> int:
    """Return how many values a node stands for, aliases written out."""
    if node is None or isinstance(node.value, str):
        return 1
    line = node.start_mark.line + 1
    if depth > DEEPEST:
        reason = Reason("yaml-too-deep", {"allowed": DEEPEST})
        raise YamlFault(line, f"more than {DEEPEST} levels", f"> {DEEPEST}", reason)
    if id(node) not in sizes:
        # While a node is measured it counts as endless: one that holds itself is.
        sizes[id(node)] = MOST_VALUES + 1
        inner = [part[1] if isinstance(part, tuple) else part for part in node.value]
        sizes[id(node)] = 1 + sum(_measure(part, sizes, depth + 1) for part in inner)
    if sizes[id(node)] > MOST_VALUES:
        reason = Reason("yaml-too-many", {"allowed": MOST_VALUES})
        raise YamlFault(line, f"more than {MOST_VALUES} values", f"> {MOST_VALUES}", reason)
    return sizes[id(node)]


def _plain(node: Any, made: dict[int, Any]) -> Any:
    """Return a node's data; `made` keeps what aliases point to, so that they are one value."""
    import yaml

    if id(node) in made:
        return made[id(node)]
    value: Any
    if isinstance(node, yaml.MappingNode):
        value = made[id(node)] = {}
        lines: dict[str, int] = {}
        for key, item in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                raise YamlFault(line, key.id, key.id, Reason("yaml-key-shape"))
            if key.value in value:
                twice = Reason("yaml-key-twice", {"first": lines[key.value]})
                raise YamlFault(line, f"“{key.value}”", key.value, twice)
            lines[key.value] = line
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
