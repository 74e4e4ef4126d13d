# SPDX-License-Identifier: Apache-2.0
"""A pack as a flat list of rows, for other programs and for comparing it with the official text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from parcheck.rules.requirements import requirements

if TYPE_CHECKING:
    from parcheck.rules import Criterion, Group, Pack

MIXED = "mixed"
"""Who assesses a group whose rows differ."""


def pack_rows(pack: Pack, code: str | None = None) -> dict[str, Any]:
    """Return a pack's rows as JSON data, in the order of the set.

    Args:
        pack: the pack.
        code: only this row and those below it.

    Returns:
        {"id", "title", "total_points", "rows": [{"code", "name", "points", "level", "assessed", "evidence": [{"name",
        "types"}], "unsure"}]}; level 0 is a field; `points` is null where the document prints none; a group is
        "assessed" as its rows are, or "mixed"; `types` are those that the proof may have, [] for any.
    """
    rows = []
    for row, level in _ordered(pack):
        below = list(pack.under(row.code)) if level is not None else []
        unknown = "points" in row.unsure and not row.points
        methods = list(dict.fromkeys(each.assessed for each in below)) or [getattr(row, "assessed", MIXED)]
        made = {
            "code": row.code,
            "name": row.name,
            "points": None if unknown else row.points,
            "level": _depth(pack, row.code) if level is None else level,
            "assessed": methods[0] if len(methods) == 1 else MIXED,
            "evidence": [] if level is not None else _evidence(row, pack),
            "unsure": list(row.unsure),
        }
        if code is None or row.code == code or any(each.code == row.code for each in pack.under(code)):
            rows.append(made)
    return {"id": pack.id, "title": pack.title, "total_points": pack.total_points, "rows": rows}


def _ordered(pack: Pack) -> Iterator[tuple[Any, int | None]]:
    """Yield fields, groups (with their level) and criteria (None) as they stand in the set."""
    groups = {group.code: group for group in pack.groups}
    told: set[str] = set()
    for criterion in pack.criteria:
        for group in _above(criterion, groups):
            if group.code not in told:
                told.add(group.code)
                yield group, group.level
        yield criterion, None


def _above(criterion: Criterion, groups: Mapping[str, Group]) -> list[Group]:
    parts = criterion.code.split(".")
    codes = [criterion.field, *(".".join(parts[:n]) for n in range(1, len(parts)))]
    return [groups[code] for code in dict.fromkeys(codes) if code in groups]


def _depth(pack: Pack, code: str) -> int:
    criterion = next(each for each in pack.criteria if each.code == code)
    return max((group.level for group in _above(criterion, {g.code: g for g in pack.groups})), default=0) + 1


def _evidence(criterion: Criterion, pack: Pack) -> list[dict[str, Any]]:
    return [
        {
            "name": one.name,
            "types": list(dict.fromkeys(t for a in one.alternatives for t in _types(a.match, pack.defs))),
        }
        for one in requirements(criterion, pack.year)
    ]


def _types(schema: Any, defs: Mapping[str, Any], depth: int = 0) -> Iterator[str]:
    """Yield the types of document that a schema admits by name, `$defs` followed."""
    if not isinstance(schema, Mapping) or depth > 8:
        return
    asked = schema.get("properties", {}).get("type", {})
    if isinstance(asked, Mapping):
        yield from map(str, asked.get("enum", [asked["const"]] if "const" in asked else []))
    for key in ("allOf", "anyOf", "oneOf"):
        for part in schema.get(key, ()):
            yield from _types(part, defs, depth + 1)
    if "$ref" in schema:
        yield from _types(defs.get(str(schema["$ref"]).removeprefix("#/$defs/")), defs, depth + 1)
