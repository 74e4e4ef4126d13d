# SPDX-License-Identifier: Apache-2.0
"""From rows in a line to the tree of fields and criteria: by their labels, or by points that add up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcheck.rules.importing.coding import number_all, settle, with_fields
from parcheck.rules.importing.nodes import EXACT, OPTION, Node, fold
from parcheck.rules.importing.rows import capitals

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def build(nodes: Sequence[Node]) -> list[Node]:
    """Return the fields of the set, everything else below them; codes are unique, missing parents made up."""
    nodes = _options_folded(list(nodes))
    if not any(node.label for node in nodes):
        roots = _by_points(nodes)
        number_all(roots, "")
    elif _running_numbers(nodes):
        # Numbers that only count rows are no codes: they say nothing of what belongs to what.
        roots = _by_points(nodes)
        for node in nodes:
            node.raw[0].listed, node.label = node.label.code if node.label else "", None
        number_all(roots, "")
    else:
        roots = _by_rank(nodes)
        settle(roots)
    roots = with_fields(roots)
    for level, node in _levels(roots):
        node.rank = level
    return roots


def _levels(nodes: Sequence[Node], level: int = 0) -> Iterator[tuple[int, Node]]:
    for node in nodes:
        yield level, node
        yield from _levels(node.children, level + 1)


def _options_folded(nodes: list[Node]) -> list[Node]:
    """Fold rows "a)", "b)" that are ways of scoring into the row above; those that share its points stay."""
    kept: list[Node] = []
    at = 0
    while at < len(nodes):
        node = nodes[at]
        if node.label is None or node.label.kind not in ("letter", "dash") or not kept:
            kept.append(node)
            at += 1
            continue
        run = at
        while run < len(nodes) and (label := nodes[run].label) is not None and label.kind in ("letter", "dash"):
            run += 1
        parent, parts = kept[-1], nodes[at:run]
        known = [part.points for part in parts if part.points is not None]
        shares = len(known) == len(parts) and parent.points is not None and abs(sum(known) - parent.points) <= EXACT
        if len(known) == len(parts) and parent.points is None:
            shares = True
        if not known and parent.points is None:
            shares = not any(OPTION.search(part.name) for part in parts)
        if shares and len(parts) > 1 and all(value > 0 for value in known):
            kept += parts
        else:
            for part in parts:
                fold(parent, part)
        at = run
    return kept


def _by_rank(nodes: Sequence[Node]) -> list[Node]:
    roots: list[Node] = []
    stack: list[Node] = []
    for node in nodes:
        while stack and (stack[-1].rank >= node.rank or not _may_hold(stack[-1], node)):
            stack.pop()
        (stack[-1].children if stack else roots).append(node)
        stack.append(node)
    return roots


def _may_hold(above: Node, node: Node) -> bool:
    """Tell that "1.2" is no parent of "1.3.1", which comes behind it in a guide that prints no "1.3"."""
    if above.label is None or node.label is None or not above.label.kind == node.label.kind == "dotted":
        return True
    return node.label.parts[: len(above.label.parts)] == above.label.parts


def _running_numbers(nodes: Sequence[Node]) -> bool:
    """Tell a first column that only counts rows, fields and criteria alike."""
    labels = [node.label for node in nodes if node.label]
    plain = [int(label.parts[0]) for label in labels if label.kind == "plain"]
    fields = [node for node in nodes if capitals(node.name)]
    return (
        len(plain) == len(labels) == len(nodes)
        and plain == list(range(plain[0], plain[0] + len(plain)))
        and 0 < len(fields) < len(nodes)
    )


def _by_points(nodes: Sequence[Node]) -> list[Node]:
    """Return the tree of rows without labels: fields by their capitals, the rest by points that add up."""
    if any(node.rank == 0 or capitals(node.name) for node in nodes):
        roots: list[Node] = []
        for node in nodes:
            if node.rank == 0 or capitals(node.name) or not roots:
                roots.append(node)
            else:
                roots[-1].children.append(node)
        for root in roots:
            total = sum(child.points or 0 for child in root.children)
            if root.points is not None and abs(total - root.points) > EXACT:
                root.children = _summed(root.children)
        return roots
    return _summed(nodes)


def _summed(nodes: Sequence[Node]) -> list[Node]:
    """Return rows with those below them whose points add up to theirs."""
    made: list[Node] = []
    at = 0
    while at < len(nodes):
        node, behind = _consume(nodes, at, 0)
        made.append(node)
        at = behind
    return made


def _consume(nodes: Sequence[Node], at: int, depth: int) -> tuple[Node, int]:
    node = nodes[at]
    if not node.points or depth > 2:
        return node, at + 1
    total, here, taken = 0.0, at + 1, list[Node]()
    while here < len(nodes) and total < node.points - EXACT:
        child, behind = _consume(nodes, here, depth + 1)
        if not child.points:
            break
        total += child.points
        taken.append(child)
        here = behind
    if len(taken) > 1 and abs(total - node.points) <= EXACT:
        node.children = taken
        return node, here
    for child in (inner for each in taken for inner in each.walk()):
        child.children = []
    return node, at + 1
