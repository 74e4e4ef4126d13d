# SPDX-License-Identifier: Apache-2.0
"""From the rows of a set to the data of a pack: pack.yaml and one file per field."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from parcheck.rules.importing.evidence import Guesser, evidence_lines, is_vague
from parcheck.rules.importing.method import spread
from parcheck.rules.importing.scoring import neat, scoring_of
from parcheck.rules.starting import id_from
from parcheck.submission.comparing import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from parcheck.rules.importing.joining import Set
    from parcheck.rules.importing.nodes import Node

EXACT: Final = 1e-6
_BONUS: Final = re.compile(r"^(?:nhom )?diem (?:thuong|cong)\b|\bdiem (?:thuong|cong)(?: them)?$")
_PENALTY: Final = re.compile(r"^(?:nhom )?diem tru\b|\bdiem tru$|\btru diem\b")
_TAKEN: Final = re.compile(r"trừ\s*(\d{1,2}(?:[.,]\d+)?)", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?:năm|chỉ số[^.\n]{0,60}?)\s+(20\d\d)(?!\d)", re.IGNORECASE)
_LEVELS: Final = (
    ("xã", r"cap xa|xa phuong|cac xa|phuong xa|xa thi tran|don vi hanh chinh cap xa"),
    ("sở", r"cac so\b|so ban nganh|so nganh|co quan chuyen mon|don vi thuoc"),
    ("huyện", r"cap huyen|cac huyen|huyen thanh pho"),
    ("bộ", r"cac bo\b|cap bo|co quan ngang bo"),
    ("tỉnh", r"cap tinh|cac tinh|uy ban nhan dan tinh|thanh pho truc thuoc"),
)
_VALUES: Final = {
    "van-ban": {
        "description": "Văn bản đã ban hành: có số, ký hiệu, ngày; không phải dự thảo.",
        "properties": {"draft": {"const": False}},
        "required": ["symbol", "issued_on"],
    },
    "khong-du-thao": {
        "description": "Chỉ đòi không phải dự thảo.",
        "properties": {"draft": {"const": False}},
    },
}
KEYS: Final = ("code", "name", "points", "level", "assessed", "scoring", "evidence", "match")
"""What can be marked unsure in a row, in the order in which it is listed."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file that was imported, with what is known of the document."""

    path: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Draft:
    """A pack as data, with what was counted on the way."""

    pack: dict[str, Any]
    fields: list[tuple[str, dict[str, Any]]]
    """(file name, content)."""
    rows: int = 0
    criteria: int = 0
    evidence: int = 0
    doubtful: int = 0
    """Rows with something marked unsure, guessed matches aside."""


def draft_pack(
    found: Set, sources: Sequence[Source], types: Mapping[str, str], identifier: str, year: int | None, now: int
) -> Draft:
    """Return a set as a pack.

    Args:
        found: its rows.
        sources: the files, by the numbers that the tables bear.
        types: abbreviation of a document type to its name.
        identifier: id of the pack.
        year: the year that is assessed, where the caller knows it.
        now: the year to fall back on.
    """
    roots = found.roots
    spread(roots)
    nodes = [node for root in roots for node in root.walk()]
    told = any(node.assessed != "self" for node in nodes)
    _bonuses(roots)
    for root in roots:
        _fill_points(root)
    keys = _source_keys(found)
    guesser = Guesser(types, [node.name for node in nodes] + [line for node in nodes for line in node.lines])
    written = _Writer(guesser, keys)
    contents = [written.field(root) for root in roots]
    taken: set[str] = set()
    names = [_file_name(root, taken) for root in roots]
    lines = {number: [x for t in found.tables if t.file == number for x in t.before if x.strip()] for number in keys}
    unsure = ["match"] + ([] if told else ["assessed"])
    pack = _head(sources, keys, lines, identifier, year, now, unsure)
    pack["total_points"] = neat(_total(found, roots, unsure))
    if bonus := sum(node.points or 0 for node in roots if node.bonus):
        pack["bonus_points"] = neat(bonus)
    pack["notes"] = [
        {"kind": "source", "text": text.strip()[:600]}
        for table in found.tables
        for text in table.notes
        if len(text) > 3
    ]
    if not pack["notes"]:
        del pack["notes"]
    pack["unsure"] = unsure
    used = {
        name: schema
        for name, schema in _VALUES.items()
        if any(f"#/$defs/{name}" in str(content) for content in contents)
    }
    if used:
        pack["$defs"] = used
    pack["fields"] = names
    made = Draft(pack, list(zip(names, contents, strict=True)))
    made.rows, made.criteria = len(nodes), sum(not node.children for node in nodes)
    made.evidence = written.lines
    made.doubtful = sum(bool(node.unsure) for node in nodes)
    return made


def _bonuses(roots: Sequence[Node]) -> None:
    for root in roots:
        words = folded(root.name)
        for node in root.walk():
            own = folded(node.name)
            node.bonus = bool(_BONUS.search(words)) or (not node.children and own.startswith("diem thuong"))
            if (_PENALTY.search(words) or node.penalty is not None) and not node.children:
                behind = _TAKEN.search(node.name)
                lost = node.penalty if node.penalty is not None else -(node.points or 0)
                if not lost and behind:
                    lost = -float(behind[1].replace(",", "."))
                node.penalty, node.points = lost, 0.0
        if _PENALTY.search(words):
            for node in root.walk():
                node.points = 0.0


def _fill_points(node: Node) -> None:
    for child in node.children:
        _fill_points(child)
    if node.children:
        total = round(sum(child.points or 0 for child in node.children), 4)
        if node.points is None:
            node.points = total
            node.unsure.add("points")
        elif abs(node.points - total) > EXACT:
            node.unsure.add("points")
    elif node.points is None:
        node.points = 0.0
        node.unsure.add("points")


def _total(found: Set, roots: Sequence[Node], unsure: list[str]) -> float:
    added = round(sum(root.points or 0 for root in roots), 4)
    bonus = sum(root.points or 0 for root in roots if root.bonus)
    printed = next((table.total for table in found.tables if table.total is not None), None)
    if printed is None or not added:
        unsure.append("total_points")
        return added or printed or 0
    if abs(printed - added) > EXACT:
        if abs(printed + bonus - added) <= EXACT:
            return added
        unsure.append("total_points")
    return printed


def _source_keys(found: Set) -> dict[int, str]:
    """Return file → key of the source: the files with points are the set, the others guides."""
    keys: dict[int, str] = {}
    order = sorted({table.file for table in found.tables})
    scoring = {table.file for table in found.tables if table.has("points") or table.heading.maxima}
    for number in order:
        kind = "set" if number in scoring or not scoring else "guide"
        same = sum(key.startswith(kind) for key in keys.values())
        keys[number] = f"{kind}-{same + 1}" if same else kind
    return keys


def _head(
    sources: Sequence[Source],
    keys: Mapping[int, str],
    lines: Mapping[int, Sequence[str]],
    identifier: str,
    year: int | None,
    now: int,
    unsure: list[str],
) -> dict[str, Any]:
    words = "\n".join(line for own in lines.values() for line in own)
    subjects = [str(sources[number].facts["subject"]) for number in keys if sources[number].facts.get("subject")]
    if year is None:
        years = [*_YEAR.findall(words), *(each for subject in subjects for each in _YEAR.findall(subject))]
        year = int(years[0]) if years else now
        unsure.append("year")
    titles = {number: _title(own) for number, own in lines.items()}
    title = next(filter(None, titles.values()), "") or next(iter(subjects), "") or sources[next(iter(keys))].path
    if not any(titles.values()):
        unsure.append("title")
    described = folded(" ".join([title, words, *subjects]))
    level = next((name for name, pattern in _LEVELS if re.search(pattern, described)), None)
    unsure.append("level")
    pack: dict[str, Any] = {
        "id": identifier,
        "title": title[:300],
        "version": "nhap.1",
        "level": level or "đơn vị",
        "year": year,
        "total_points": 0,
        "sources": {},
    }
    for number, key in keys.items():
        source = sources[number]
        symbol = source.facts.get("symbol")
        known = {name: source.facts.get(name) for name in ("issued_on", "issuer") if source.facts.get(name)}
        part = next((part for line in lines[number] if (part := _part(line))), None)
        pack["sources"][key] = {
            "symbol": str(symbol or source.path),
            **known,
            "title": (titles[number] or str(source.facts.get("subject") or title))[:400],
            **({"part": part} if part else {}),
            "note": source.path,
        }
        if not symbol and "sources" not in unsure:
            unsure.append("sources")
    return pack


def _part(line: str) -> str | None:
    match = re.match(r"\W*((?:phụ lục|bảng|biểu)\s+(?:số\s+)?[\dIVX]{1,4}[a-z]?)\b", line, re.IGNORECASE)
    return match[1].capitalize() if match else None


def _title(lines: Sequence[str]) -> str:
    """Return the title above the first table: its lines in capitals, or those that speak of criteria."""
    told = [" ".join(line.split()) for line in lines]
    at = next((i for i, line in enumerate(told) if re.search(r"chỉ số|tiêu chí|chấm điểm|đánh giá", line, re.IGNORECASE)
               and not line.startswith("(") and 12 < len(line) < 300), None)  # fmt: skip
    if at is None:
        return ""
    title = [told[at]]
    for line in told[at + 1 : at + 3]:
        if line.startswith("(") or not line.isupper():
            break
        title.append(line)
    return " ".join(title).strip(" .:;")


def _file_name(root: Node, taken: set[str]) -> str:
    base = f"linh-vuc-{id_from(root.code) or 'x'}"
    name, number = base, 2
    while name in taken:
        name, number = f"{base}-{number}", number + 1
    taken.add(name)
    return f"{name}.yaml"


class _Writer:
    """Turns nodes into the data of a field file."""

    def __init__(self, guesser: Guesser, keys: Mapping[int, str]) -> None:
        self.guesser = guesser
        self.keys = keys
        self.lines = 0

    def field(self, root: Node) -> dict[str, Any]:
        """Return the content of one field's file."""
        made: dict[str, Any] = {"code": root.code, "name": _named(root), "points": neat(root.points or 0)}
        if marks := _marks(root):
            made["unsure"] = marks
        made["criteria"] = [self.row(child) for child in root.children]
        return made

    def row(self, node: Node) -> dict[str, Any]:
        """Return one row and all below it."""
        made: dict[str, Any] = {"code": node.code, "name": _named(node), "points": neat(node.points or 0)}
        if not node.children:
            made["assessed"] = node.assessed
        made["source"] = self._source(node)
        if node.children:
            if marks := _marks(node):
                made["unsure"] = marks
            made["criteria"] = [self.row(child) for child in node.children]
            return made
        scoring, figures = scoring_of(node.lines, node.points or 0) if node.points else (None, {})
        if node.penalty is not None:
            scoring = {"kind": "penalty", "points": neat(node.penalty)}
        elif node.bonus:
            # One part without a rule of its own: anything up to its points is possible.
            whole = {"kind": "sum", "parts": [{"text": node.name, "points": neat(node.points or 0)}]}
            scoring = {"kind": "bonus", "form": scoring or whole}
        if scoring is None and node.lines:
            node.unsure.add("scoring")
        if figures:
            made["figures"] = figures
        if scoring:
            made["scoring"] = scoring
        taken: set[str] = set()
        evidence = [self.guesser.requirement(line, taken) for line in evidence_lines(node.evidence)]
        self.lines += len(evidence)
        if node.assessed == "self" and not any(
            not entry.get("optional") and not entry.get("provided_by") for entry in evidence
        ):
            made["explanation"] = True
            node.unsure |= {"evidence"} | ({"assessed"} if evidence else set())
        if any(is_vague(entry) for entry in evidence if not entry.get("optional")):
            node.unsure.add("match")
        note = "\n".join(line.strip() for line in node.lines)
        if note:
            made["note"] = note.replace("${", "$ {")
        if marks := _marks(node):
            made["unsure"] = marks
        if evidence:
            made["evidence"] = evidence
        return made

    def _source(self, node: Node) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for raw in node.raw:
            where: dict[str, Any] = {}
            if raw.pages:
                where = {"page": raw.pages[0]} if len(raw.pages) == 1 else {"pages": list(raw.pages)}
            where["row"] = int(raw.listed) if raw.listed.isdecimal() else raw.number
            made.setdefault(self.keys[raw.file], where)
        return made


def _named(node: Node) -> str:
    if len(node.name) > 1:
        return node.name
    node.unsure.add("name")
    return f"({node.code})"


def _marks(node: Node) -> list[str]:
    return [key for key in KEYS if key in node.unsure]


def rows_of(draft: Draft) -> Iterator[Mapping[str, Any]]:
    """Yield the rows of a draft, fields first, each before those below it."""

    def below(row: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        yield row
        for child in row.get("criteria", ()):
            yield from below(child)

    for _, content in draft.fields:
        yield from below(content)
