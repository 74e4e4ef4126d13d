# SPDX-License-Identifier: Apache-2.0
"""One row of the set, as it is understood: name, points, ways of scoring, evidence; doubtful parts marked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from parcheck.rules.importing.labels import Label, is_item, leading_label, points_behind, points_in, without_item
from parcheck.rules.importing.rows import capitals

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parcheck.rules.importing.rows import RawRow, Table

EXACT: Final = 1e-6
_CUT: Final = re.compile(
    r"\s+(?=(?:Yêu cầu(?: đánh giá)?|Cách (?:tính|chấm)(?: điểm)?|Tính điểm theo|Nếu|Trong đó)\s*:)"
)
_NO_NAME: Final = re.compile(
    r"^(?:Yêu cầu|Nếu|Trong đó|Tính |Cách |Xác định|Mức độ đạt|Điểm |Trường hợp|\()", re.IGNORECASE
)
_ENDED: Final = re.compile(r"[.;:!?]\s*$")
_PROOF: Final = re.compile(
    r"^\W*(?:TLKC|tài liệu kiểm chứng|tài liệu minh chứng|hồ sơ kiểm chứng|minh chứng)\s*(?:\(TLKC\))?\s*:\s*",
    re.IGNORECASE,
)
OPTION: Final = re.compile(r"[:=]\s*-?\d{1,3}(?:[.,]\d+)?\s*(?:điểm|đ)?\s*[.;]?\s*$|điểm", re.IGNORECASE)


@dataclass(slots=True)
class Node:
    """One row of the set: a field, a group of criteria, or a criterion."""

    label: Label | None
    name: str
    points: float | None
    rank: int
    raw: tuple[RawRow, ...]
    """The rows that it was made of: its own, and those of guides."""
    code: str = ""
    lines: list[str] = field(default_factory=list)
    """How it is scored, as printed."""
    evidence: list[str] = field(default_factory=list)
    """What is asked for, as printed, paragraph by paragraph."""
    said: dict[str, list[str]] = field(default_factory=dict)
    """Other columns: note, method, explanation."""
    split: dict[str, str] = field(default_factory=dict)
    assessed: str = "self"
    unsure: set[str] = field(default_factory=set)
    children: list[Node] = field(default_factory=list)
    bonus: bool = False
    penalty: float | None = None
    """Points that it takes away; None for any other row."""
    sources: dict[str, dict[str, Any]] = field(default_factory=dict)

    def walk(self) -> Iterator[Node]:
        """Yield the node and all below it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()


def nodes_of(tables: Sequence[Table]) -> list[Node]:
    """Return the rows of one set as a flat list of nodes, in the order of the tables, codes not settled."""
    found: list[Node] = []
    for table in tables:
        heading = _heading_above(table)
        if heading is not None:
            found.append(heading)
        for row in table.rows:
            node = _node(row, table)
            found.append(node)
            found += _loose(row, node, table)
    return found


def _node(row: RawRow, table: Table) -> Node:
    paragraphs = list(row.text("name"))
    name, rest = split_name(paragraphs)
    name, printed = points_behind(name)
    node = Node(row.label, name, None, rank_of(row), (row,))
    node.unsure |= row.unsure
    _set_points(node, row.points, printed, table)
    rest, proof = _with_proof(rest)
    scoring, more = _with_proof(row.text("scoring"))
    node.lines = rest + scoring
    evidence, before = list(row.text("evidence")), []
    marked = next((i for i, line in enumerate(evidence) if _PROOF.match(line)), None)
    if marked:
        before, evidence = evidence[:marked], evidence[marked:]
    node.lines += before
    node.evidence = [_PROOF.sub("", line) for line in evidence if _PROOF.sub("", line)] + proof + more
    if "evidence" in row.texts and row.texts["evidence"].covers > 1 and node.evidence:
        node.unsure.add("evidence")
    node.said = {role: list(row.text(role)) for role in ("note", "method", "explanation") if row.text(role)}
    node.split = dict(row.split)
    if not name:
        node.unsure.add("name")
    return node


def rank_of(row: RawRow) -> int:
    """Return how deep a row stands by its label; by its capitals where it has none."""
    if row.label is not None:
        return row.label.rank
    return 0 if capitals(row.name) or row.whole else 40


def split_name(paragraphs: Sequence[str]) -> tuple[str, list[str]]:
    """Return (name, what follows it in the same cell: requirement and ways of scoring)."""
    if not paragraphs:
        return "", []
    parts = [piece for paragraph in paragraphs for piece in _CUT.split(paragraph) if piece.strip()]
    name, rest = parts[0], parts[1:]
    while rest and not _ENDED.search(name) and _carries_on(name, rest[0]):
        name += " " + rest.pop(0)
    return name.strip().rstrip(".;:").strip(), rest


def _carries_on(name: str, line: str) -> bool:
    if is_item(line) or _NO_NAME.match(line) or re.match(r"[a-zđ]\d?\s*(?:là|:|=)\s", line):
        return False
    return line[:1].islower() or (capitals(name) and capitals(line))


def _with_proof(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return (lines, those behind "Tài liệu kiểm chứng:" that are no scoring but evidence)."""
    at = next((i for i, line in enumerate(lines) if _PROOF.match(line)), None)
    if at is None:
        return list(lines), []
    proof = [_PROOF.sub("", lines[at]), *lines[at + 1 :]]
    return list(lines[:at]), [line for line in proof if line.strip()]


def _set_points(node: Node, texts: Sequence[str], printed: float | None, table: Table) -> None:
    values = [value for text in texts for value in points_in(text)]
    written = any(text.strip() not in ("", "-", "–") for text in texts)
    if not values and table.heading.maxima:
        roles = [role for column, role in table.heading.roles if column in table.heading.maxima]
        values = [sum(v for role in roles for v in points_in(node.raw[0].split.get(role, ""))[:1])]
        written = any(role in node.raw[0].split for role in roles)
        values = values if written else []
    if not values:
        node.points = printed
        if written and printed is None:
            node.unsure.add("points")
        return
    first, rest = values[0], values[1:]
    if rest:
        # Points stacked in one cell: the row's own over those of its parts or options.
        whole = first >= max(rest) - EXACT
        if not whole or (abs(first - sum(rest)) > EXACT and abs(first - max(rest)) > EXACT):
            node.unsure.add("points")
        node.points = first if whole else sum(values)
    else:
        node.points = first
    if node.points < 0:
        node.penalty, node.points = node.points, 0.0


def _loose(row: RawRow, node: Node, table: Table) -> list[Node]:
    """Return rows without labels as criteria of their own, or add them to the one above as ways of scoring."""
    made = [_node(each, table) for each in row.loose]
    with_points = [each for each in made if each.points is not None]
    total = sum(each.points or 0 for each in with_points)
    grouping = node.rank <= 1 or (node.label is not None and node.label.kind == "plain" and capitals(node.name))
    parts = (
        grouping
        and len(with_points) >= 2
        and all(each.points for each in with_points)
        and node.points is not None
        and abs(total - node.points) <= EXACT
    )
    if parts:
        kept: list[Node] = []
        for each in made:
            if each.points is None and kept:
                fold(kept[-1], each)
            elif each.points is not None:
                each.rank, each.name = node.rank + 1, without_item(each.name)
                each.unsure.add("code")
                kept.append(each)
        return kept
    for each in made:
        fold(node, each)
    if with_points and node.points is not None:
        best = max(each.points or 0 for each in with_points)
        if abs(best - node.points) > EXACT and abs(total - node.points) > EXACT:
            node.unsure.add("scoring")
    return []


def fold(node: Node, part: Node) -> None:
    """Make a row a way of scoring of the one above it."""
    behind = ""
    if part.points is not None and not OPTION.search(part.name):
        behind = f": {part.points:g}".replace(".", ",")
    name = part.raw[0].name if part.raw else part.name
    node.lines += [name + behind, *part.raw[0].text("name")[1:], *part.raw[0].text("scoring")]
    node.evidence += part.evidence
    for role, lines in part.said.items():
        node.said.setdefault(role, []).extend(lines)


def _heading_above(table: Table) -> Node | None:
    """Return the field that stands as a line of text above its own table, where the table has no row for it."""
    if not table.before or not table.rows or min(rank_of(row) for row in table.rows) < 2:
        return None
    line = next((line.strip() for line in reversed(table.before) if line.strip()), "")
    name, points = points_behind(line)
    found = leading_label(name, loose=True)
    if found is None or found[0].kind not in ("roman", "upper", "plain") or re.match(r"bảng|phụ lục|mẫu", name.lower()):
        return None
    if found[0].kind == "plain" and not (capitals(found[1]) or points is not None or name[:1].isalpha()):
        return None
    node = Node(found[0], found[1].rstrip(".;: "), points, min(found[0].rank, 1), table.rows[0:0])  # type: ignore[arg-type]
    node.raw = (table.rows[0],)
    return node
