# SPDX-License-Identifier: Apache-2.0
"""Codes of the rows of a tree: as printed where that is unique, and parents that no table prints."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from parcheck.rules.importing.labels import roman_value
from parcheck.rules.importing.nodes import Node

if TYPE_CHECKING:
    from collections.abc import Sequence


def number_all(nodes: Sequence[Node], above: str) -> None:
    """Number rows that have no codes: 1, 1.1, 1.1.1; each is marked unsure."""
    for number, node in enumerate(nodes, start=1):
        node.code = f"{above}.{number}" if above else str(number)
        node.unsure.add("code")
        number_all(node.children, node.code)


def settle(roots: Sequence[Node]) -> None:
    """Give every node a code: as printed where that is unique, behind its parent's where it is not."""
    printed = Counter(
        node.label.code
        for root in roots
        for node in root.walk()
        if node.label and node.label.kind not in ("letter", "dash")
    )
    repeated = [code for code, count in printed.items() if code and count > 1]
    # One code twice may be a slip, or 1.10 out of a spreadsheet; numbering that begins anew repeats several.
    again = len(roots) > 1 and (len(repeated) > 1 or any("." not in code for code in repeated))
    taken: set[str] = set()
    for root in roots:
        _settle_below(root, "", taken, prefixed=again and _fieldlike(root))


def _fieldlike(root: Node) -> bool:
    return bool(root.children) and (root.label is None or root.label.kind in ("upper", "roman"))


def _settle_below(node: Node, above: str, taken: set[str], *, prefixed: bool, depth: int = 0) -> None:
    label = node.label
    if label is None or label.kind == "dash":
        code = _next_code(above, taken)
        node.unsure.add("code")
    elif label.kind == "letter":
        code = f"{above}.{label.code}" if above else label.code
    else:
        code = label.code
        if depth > 1 and not code.startswith(above + ".") and not prefixed:
            # Below a group, a code begins with the group's.
            code = f"{above}.{label.parts[-1]}"
            node.unsure.add("code")
        if prefixed and depth and not code.startswith(above.split(".", maxsplit=1)[0] + "."):
            code = f"{above.split('.', maxsplit=1)[0]}.{code}" if label.kind == "dotted" else f"{above}.{code}"
    if code in taken:
        ten = _tenth(code, taken)
        node.unsure.add("code")
        code = ten or _next_code(above or code, taken)
    taken.add(code)
    node.code = code
    for child in node.children:
        _settle_below(child, code, taken, prefixed=prefixed, depth=depth + 1)


def _next_code(above: str, taken: set[str]) -> str:
    number = 1
    while (f"{above}.{number}" if above else str(number)) in taken:
        number += 1
    return f"{above}.{number}" if above else str(number)


def _tenth(code: str, taken: set[str]) -> str | None:
    """Return "1.10" for a second "1.1" behind "1.9": a spreadsheet drops the last zero of a number."""
    head, _, last = code.rpartition(".")
    if head and len(last) == 1 and last.isdecimal() and f"{head}.{int(last) * 10 - 1}" in taken:
        return f"{code}0"
    return None


def with_fields(roots: list[Node]) -> list[Node]:
    """Return the tree with the parents that the tables do not print, so that every criterion stands in a field."""
    made: dict[str, Node] = {}
    kept: list[Node] = []
    for root in roots:
        dotted = root.label is not None and root.label.kind == "dotted"
        if not dotted:
            made.setdefault(root.code, root)
            kept.append(root)
            continue
        field_code = root.code.split(".")[0]
        holder = made.get(field_code)
        if holder is None:
            holder = next((r for r in kept if str(roman_value(r.code)) == field_code), None)
        if holder is None:
            holder = Node(None, "", None, 0, root.raw, code=field_code)
            holder.unsure |= {"name", "points"}
            kept.append(holder)
        made[field_code] = holder
        holder.children.append(root)
    for root in kept:
        root.children = _with_parents(root.children, root)
    if not any(root.children for root in kept):
        holder = Node(None, "", None, 0, kept[0].raw, code="TC", children=kept)
        holder.unsure |= {"code", "name", "points"}
        return [holder]
    for root in kept:
        if not root.children:
            # A field that is scored as one: its only criterion is itself.
            only = Node(None, root.name, root.points, 1, root.raw, code=f"{root.code}.1")
            only.lines, only.evidence, only.said, only.split = root.lines, root.evidence, root.said, root.split
            only.unsure = set(root.unsure) | {"code"}
            root.lines, root.evidence = [], []
            root.children = [only]
    return kept


def _with_parents(children: list[Node], field_: Node) -> list[Node]:
    known = {node.code for child in children for node in child.walk()} | {field_.code}
    kept: list[Node] = []
    made: dict[str, Node] = {}
    for child in children:
        parts = child.code.split(".")
        above = ".".join(parts[:-1])
        numeric = child.label is not None and child.label.kind == "dotted"
        if not numeric or len(parts) < 3 or above in known:
            kept.append(child)
            continue
        parent = made.get(above)
        if parent is None:
            parent = made[above] = Node(child.label, "", None, 1, child.raw, code=above)
            parent.unsure |= {"name", "points"}
            kept.append(parent)
        parent.children.append(child)
    return kept
