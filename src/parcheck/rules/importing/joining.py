# SPDX-License-Identifier: Apache-2.0
"""Which tables make up one set, and the guide's rows put to those of the set: by code, or by name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from parcheck.rules.importing.nodes import Node, nodes_of
from parcheck.rules.importing.outline import build
from parcheck.submission.comparing import closeness, likeness

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcheck.rules.importing.rows import Table

_SAME: Final = 75.0
"""Of 100: names that mean one criterion though a word differs."""
_DIFFERENT: Final = 45.0
"""Below, two names under one code are two criteria."""
_BY_NAME: Final = 88.0
_FEW: Final = 3


@dataclass(slots=True)
class Part:
    """Tables of one file that belong together: a set of criteria, a field of it, or its guide."""

    tables: list[Table]
    roots: list[Node] = field(default_factory=list)

    @property
    def by_code(self) -> dict[str, Node]:
        """Rows by code."""
        return {node.code: node for root in self.roots for node in root.walk()}

    @property
    def scored(self) -> int:
        """Rows with points."""
        return sum(node.points is not None for node in self.by_code.values())

    @property
    def coded(self) -> bool:
        """Whether its rows have codes of their own, and no running number only."""
        nodes = list(self.by_code.values())
        return sum("code" not in node.unsure and "." in node.code for node in nodes) * 2 > len(nodes)


@dataclass(slots=True)
class Set:
    """One set of criteria, its guide's rows joined to it."""

    roots: list[Node]
    tables: list[Table]


def join(tables: Sequence[Table]) -> list[Set]:
    """Return the sets that tables of criteria make up, in the order in which they stand."""
    parts: list[Part] = []
    for table in tables:
        single = Part([table], build(nodes_of([table])))
        into = next((part for part in reversed(parts) if _continues(part, single, table)), None)
        if into is None:
            parts.append(single)
        else:
            into.tables.append(table)
            into.roots = build(nodes_of(into.tables))
    sets: list[Part] = []
    guides: list[Part] = []
    for part in sorted(parts, key=lambda each: not each.scored):
        alike = next((each for each in sets if _alike(each, part)), None)
        if alike is None:
            sets.append(part)
        else:
            guides.append(part)
            # The part with the points is the set; ties go to the one with more rows, then to the first.
            _merge(alike, part)
    order = {id(table): number for number, table in enumerate(tables)}
    sets.sort(key=lambda each: order[id(each.tables[0])])
    return [Set(each.roots, each.tables) for each in sets]


def _continues(part: Part, single: Part, table: Table) -> bool:
    """Tell whether a table goes on with a set of the same file: the same kind of columns, and codes not used yet."""
    last = part.tables[-1]
    if last.file != table.file or not _same_columns(last, table):
        return False
    known, new = part.by_code, single.by_code
    shared = [code for code in new if code in known]
    if not shared:
        return True
    titled = any(re.match(r"\W*(?:phụ lục|bảng|biểu|mẫu)\b", line, re.IGNORECASE) for line in table.before)
    flat = all(root.label is not None and "TC" in single.by_code for root in single.roots)
    printed = [code for code in shared if new[code].name and known[code].name]
    return not titled and (flat or not printed)


def _same_columns(one: Table, other: Table) -> bool:
    first = {role for _, role in one.heading.roles}
    second = {role for _, role in other.heading.roles}
    return len(first & second) * 3 >= len(first | second) * 2


def _alike(one: Part, other: Part) -> bool:
    """Tell whether two parts are about the same criteria: a set and its guide."""
    known, new = one.by_code, other.by_code
    shared = [code for code in new if code in known and new[code].name and known[code].name]
    if other.coded and one.coded:
        if len(shared) >= min(_FEW, len(new)):
            close = sum(_near(known[code].name, new[code].name) >= _SAME for code in shared)
            return close * 2 >= len(shared)
        if not shared and one.tables[0].file != other.tables[0].file:
            return False
    names = [node.name for node in new.values() if node.name and not node.children]
    found = sum(any(_near(name, node.name) >= _BY_NAME for node in known.values() if node.name) for name in names)
    return bool(names) and found * 2 >= len(names)


def _near(one: str, other: str) -> float:
    return max(closeness(one, other), likeness(one, other) * 0.95)


def _merge(into: Part, guide: Part) -> None:
    """Join the rows of a guide to those of the set."""
    known = into.by_code
    into.tables += guide.tables
    by_code = guide.coded and into.coded
    for node in list(guide.by_code.values()):
        if node.children and not node.evidence and not node.lines:
            continue
        target = known.get(node.code) if by_code else None
        if target is None or (node.name and target.name and _near(node.name, target.name) < _DIFFERENT):
            best = max(known.values(), key=lambda each: _near(each.name, node.name) if each.name else 0.0)
            score = _near(best.name, node.name) if best.name else 0.0
            if score >= _BY_NAME:
                if target is not None or not by_code:
                    best.unsure |= {"evidence"} if by_code or score < 100 else set()
                target = best
            elif target is not None:
                target.unsure |= {"name", "evidence"}
        if target is None:
            _add_row(into, node)
            known[node.code] = node
            continue
        if not target.name:
            target.name = node.name
            target.unsure.discard("name")
        _take(target, node)


def _take(target: Node, node: Node) -> None:
    target.raw += node.raw
    if node.points is not None:
        if target.points is None:
            target.points = node.points
            target.unsure.discard("points")
        elif abs(target.points - node.points) > 1e-6:
            target.unsure.add("points")
    if node.lines:
        target.lines = node.lines
    target.evidence += [line for line in node.evidence if line not in target.evidence]
    for role, lines in node.said.items():
        target.said.setdefault(role, []).extend(lines)
    target.unsure |= node.unsure - {"name", "points", "code"}


def _add_row(into: Part, node: Node) -> None:
    """Add a row that only the guide has below the nearest parent that the set has."""
    node.unsure.add("code")
    node.children = []
    code = node.code
    known = into.by_code
    while "." in code:
        code = code.rpartition(".")[0]
        if code in known:
            known[code].children.append(node)
            return
    into.roots[-1].children.append(node)
