# SPDX-License-Identifier: Apache-2.0
"""The codes that the code raises, found by reading it: calls and data, not runs."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = ("src/parcheck", "plugins/parcheck_plugins")
KINDS = {
    "findings": {"Finding", "say", "Failure", "UnreadableFile", "unread"},
    "reasons": {"Reason"},
    "errors": {"ParcheckError", "BadUsage", "BadPack", "BadSubmission", "_fault", "fault_at"},
}
POSITION = {"unread": 1}
"""Which argument holds the code where it is not the first."""
NEVER_SHOWN = {"bad-pack", "bad-manifest", "bad-decisions", "pack-key-unknown"}
"""Codes of errors that only hold others; and one that `_faults` names in a branch that packs never take."""
LANGUAGES = {"vi", "en"}
"""Arguments of other methods called `say`."""


def _strings(node: ast.expr | None) -> set[str]:
    """Return the strings that an argument may be: both arms of a conditional, each kind of an f-string's prefix."""
    match node:
        case ast.Constant(value=str() as text):
            return {text}
        case ast.IfExp():
            return _strings(node.body) | _strings(node.orelse)
        case ast.JoinedStr(values=[ast.FormattedValue(value=ast.Name(id="kind")), ast.Constant(value=str() as rest)]):
            return {prefix + rest for prefix in ("pack", "submission")}
    return set()


def mentioned() -> set[str]:
    """Return every string that the code holds: a code may be kept in a table and raised from there."""
    files = [file for source in SOURCES for file in (ROOT / source).rglob("*.py")]
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in files]
    return {
        node.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def raised() -> dict[str, dict[str, set[str]]]:
    """Return kind → code → the places that raise it ("file:line")."""
    found: dict[str, dict[str, set[str]]] = {kind: defaultdict(set) for kind in KINDS}
    for source in SOURCES:
        for file in sorted((ROOT / source).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Call):
                    continue
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                for kind, names in KINDS.items():
                    position = POSITION.get(name, 0)
                    if name in names and len(node.args) > position:
                        for code in _strings(node.args[position]) - LANGUAGES:
                            found[kind][code].add(f"{file.relative_to(ROOT)}:{node.lineno}")
    return found
