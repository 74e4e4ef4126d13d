# SPDX-License-Identifier: Apache-2.0
"""What is odd about a pack that loads: sums, scoring, sources, proof, numbering, and rules that can never be met."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from parcheck.errors import ParcheckError
from parcheck.judging.vocabulary import Vocabulary
from parcheck.rules.reach import repeated, unreachable
from parcheck.rules.scoring_lint import EXACT, figures_unused, lint_scoring
from parcheck.rules.statics import def_name
from parcheck.schema_faults import nearest_first
from parcheck.yaml_file import line_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcheck.rules import Criterion, Group, Pack

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def lint_pack(pack: Pack, vocabulary: Vocabulary | None = None) -> tuple[list[ParcheckError], list[str]]:
    """Return (faults of the pack, notes on the official set itself, each with its source).

    Args:
        pack: the pack, loaded.
        vocabulary: keywords that can tell which of their parameters exclude each other; without it only those of JSON
            Schema are known to.
    """
    noted = {note.get("code") for note in pack.notes if note.get("kind") == "points"}
    faults = [fault for code, fault in _sums(pack) if code not in noted]
    faults += _rows(pack)
    for code, fault in lint_scoring(pack, lambda code, path: _at(pack, code, path)):
        if code not in noted or fault.code != "pack-scoring-points":
            faults.append(fault)
    for each in unreachable(pack, vocabulary or Vocabulary()):
        faults.append(ParcheckError(each.code, **_at_evidence(pack, each.criterion, each.index), **each.args))
    notes = []
    for note in pack.notes:
        source = f" ({note['source']})" if note.get("source") else ""
        code = f"{note['code']}: " if note.get("code") else ""
        notes.append(f"{code}{note['text']}{source}")
    return faults, notes


def remarks(pack: Pack) -> list[ParcheckError]:
    """Return what may be meant, but is worth a look: jumps in the numbering, what is declared and not used."""
    found = [*_unsure(pack), *_gaps(pack)]
    for criterion, index, name, earlier in repeated(pack):
        where = _at_evidence(pack, criterion.code, index)
        found.append(ParcheckError("pack-repeated", **where, requirement=name, found=earlier))
    for criterion in pack.criteria:
        for letter in figures_unused(criterion):
            where = _at(pack, criterion.code, ("figures", letter))
            found.append(ParcheckError("pack-figure-unused", **where, code=criterion.code, found=letter))
    used = _defs_used(pack)
    for name in pack.defs:
        if name not in used and not pack.extends:
            file = pack.path / "pack.yaml"
            found.append(
                ParcheckError("pack-def-unused", file=file.name, line=line_of(file, ("$defs", name)), found=name)
            )
    return found


def _unsure(pack: Pack) -> Iterator[ParcheckError]:
    """Yield what an import was not sure of, the whole set first."""
    if pack.unsure:
        yield ParcheckError("pack-unsure", **_at(pack, "", ("unsure",)), keys=", ".join(pack.unsure))
    rows: list[Group | Criterion] = [*pack.groups, *pack.criteria]
    for row in rows:
        if row.unsure:
            where = _at(pack, row.code, ("unsure",))
            yield ParcheckError("pack-row-unsure", **where, code=row.code, keys=", ".join(row.unsure))


def _at(pack: Pack, code: str, path: tuple[str | int, ...] = ()) -> dict[str, Any]:
    """Return the file and line of a row, or of something in it."""
    origin = pack.origins.get(code)
    if origin is None:
        file = pack.path / "pack.yaml"
        return {"file": file.name, "line": line_of(file, path)}
    whole = (*origin.path, *path) if path else (*origin.path, "code")
    foreign = origin.pack != pack.id and not origin.changed_by
    name = f"{origin.pack}/{origin.file.name}" if foreign else origin.file.name
    return {"file": name, "line": line_of(origin.file, whole)}


def _at_evidence(pack: Pack, code: str, index: int) -> dict[str, Any]:
    """Return the file and line of a requirement of a row."""
    changed = code in pack.origins and pack.origins[code].changed_by
    criterion = next(each for each in pack.criteria if each.code == code)
    return _at(pack, code, ("evidence", criterion.evidence[index]["id"] if changed else index))


def _sums(pack: Pack) -> Iterator[tuple[str, ParcheckError]]:
    for group in pack.groups:
        total = sum(criterion.points for criterion in pack.under(group.code))
        if abs(total - group.points) > EXACT:
            note = f"{group.code}: {group.points:g} ≠ {total:g}"
            yield group.code, ParcheckError("pack-sum", **_at(pack, group.code, ("points",)), note=note)
    total = sum(criterion.points for criterion in pack.criteria)
    if abs(total - pack.total_points) > EXACT:
        note = f"{pack.id}: {pack.total_points:g} ≠ {total:g}"
        yield "", ParcheckError("pack-sum", **_at(pack, "", ("total_points",)), note=note)


def _rows(pack: Pack) -> Iterator[ParcheckError]:
    for criterion in pack.criteria:
        code = criterion.code
        if not criterion.source:
            yield ParcheckError(
                "pack-row-without-source", **_at(pack, code), code=code, allowed=", ".join(pack.sources)
            )
        for key in criterion.source:
            if key not in pack.sources:
                known = ", ".join(nearest_first(key, pack.sources))
                where = _at(pack, code, ("source", key))
                yield ParcheckError("pack-source-unknown", **where, code=code, key=key, allowed=known)
        asks = any(not e.get("optional") and not e.get("provided_by") for e in criterion.evidence)
        if criterion.assessed == "self" and not asks and not criterion.explanation:
            yield ParcheckError("pack-row-without-evidence", **_at(pack, code), code=code)
    for group in pack.groups:
        for criterion in (each for each in pack.criteria if group.level and _inside(pack, each.code, group.code)):
            if not criterion.code.startswith(group.code + "."):
                where = _at(pack, criterion.code)
                yield ParcheckError("pack-code-outside", **where, code=criterion.code, group=group.code)


def _inside(pack: Pack, code: str, group: str) -> bool:
    """Tell whether a row is written below a group."""
    row, above = pack.origins.get(code), pack.origins.get(group)
    if row is None or above is None or row.file != above.file or row.changed_by or above.changed_by:
        return False
    return row.path[: len(above.path)] == above.path


def _gaps(pack: Pack) -> Iterator[ParcheckError]:
    """Yield where siblings are numbered 1, 2, 4 (or I, II, IV): a row may have been left out."""
    children: dict[tuple[str, str], dict[int, str]] = {}
    for code in pack.codes():
        parts = code.split(".")
        for depth in range(len(parts)):
            kind, number = _number(parts[depth])
            if number:
                children.setdefault((".".join(parts[:depth]), kind), {}).setdefault(
                    number, ".".join(parts[: depth + 1])
                )
    for (above, kind), numbers in sorted(children.items()):
        for missing in sorted(set(range(1, max(numbers))) - numbers.keys()):
            follower = numbers[min(number for number in numbers if number > missing)]
            wanted = ".".join(filter(None, (above, _spelt(missing, kind))))
            inside = min((c for c in pack.codes() if c == follower or c.startswith(follower + ".")), key=len)
            yield ParcheckError("pack-code-gap", **_at(pack, inside), found=follower, wanted=wanted)


def _number(part: str) -> tuple[str, int]:
    """Return (kind, number) of one part of a code; 0 for what is not counted."""
    if part.isdigit():
        return "1", int(part)
    if re.fullmatch(r"[IVXLC]+", part):
        values = [_ROMAN[sign] for sign in part]
        following = [*values[1:], 0]
        return "I", sum(-value if value < after else value for value, after in zip(values, following, strict=True))
    return part, 0


def _spelt(number: int, kind: str) -> str:
    if kind == "1":
        return str(number)
    text = ""
    for sign, value in (
        ("C", 100),
        ("XC", 90),
        ("L", 50),
        ("XL", 40),
        ("X", 10),
        ("IX", 9),
        ("V", 5),
        ("IV", 4),
        ("I", 1),
    ):
        text, number = text + sign * (number // value), number % value
    return text


def _defs_used(pack: Pack) -> set[str]:
    used: set[str] = set()
    stack: list[Any] = [list(criterion.evidence) for criterion in pack.criteria]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            name = def_name(node.get("$ref"))
            if name in pack.defs and name not in used:
                used.add(name)
                stack.append(pack.defs[name])
            stack += node.values()
        elif isinstance(node, list | tuple):
            stack += node
    return used
