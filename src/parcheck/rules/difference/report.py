# SPDX-License-Identifier: Apache-2.0
"""The comparison of two sets as text for people and as JSON for programs."""

from __future__ import annotations

import json
import textwrap
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, TextIO

from parcheck.rules.difference.changes import Effect
from parcheck.rules.difference.row import asked_lines
from parcheck.rules.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from parcheck.catalogue import Catalogue
    from parcheck.rules import Pack
    from parcheck.rules.difference import Difference
    from parcheck.rules.difference.changes import Change

SCHEMA: Final = "urn:parcheck:schema:rules-diff:1"
WIDTH: Final = 110


class Lines:
    """Text that grows line by line, wrapped and indented."""

    def __init__(self) -> None:
        self._lines: list[str] = []

    def add(self, text: str = "", indent: int = 0, sign: str = "") -> None:
        """Add one paragraph; what follows its sign hangs below it."""
        head, rest = " " * indent + sign, " " * (indent + len(sign))
        wrapped = textwrap.wrap(text, WIDTH, initial_indent=head, subsequent_indent=rest, break_long_words=False,
                                break_on_hyphens=False)  # fmt: skip
        self._lines += wrapped or [""]

    def write(self, stream: TextIO) -> None:
        """Write all lines."""
        stream.writelines(line.rstrip() + "\n" for line in self._lines)


def write_difference(difference: Difference, catalogue: Catalogue, language: str, lines: Lines) -> None:
    """Tell a comparison: the sums, the set as a whole, then row by row, words without effect last."""
    wording = Wording(catalogue, language, difference.new.year)

    def phrase(key: str, /, **args: Any) -> str:
        return wording.phrase("difference", key, **args)

    lines.add(phrase("title"))
    for key, pack in (("old", difference.old), ("new", difference.new)):
        lines.add(phrase(key, title=pack.title, id=pack.id, version=pack.version), 2)
    lines.add()
    if difference.same:
        lines.add(phrase("same"))
        return
    if not difference.changes:
        lines.add(phrase("same-rules"))
    for key, numbers in summary(difference).items():
        lines.add(phrase(key, **numbers), 2)
    _changes(difference, wording, lines)
    if difference.wording:
        lines.add()
        lines.add(phrase("wording"))
        for code, same in groupby(difference.wording, key=lambda change: change.code):
            lines.add(f"{code + ': ' if code else ''}{_once(same)}", 2, "• ")


def _once(changes: Iterable[Change]) -> str:
    told = dict.fromkeys(
        f"{change.text} (“{change.evidence_name}”)" if change.evidence else change.text for change in changes
    )
    return "; ".join(told)


def _changes(difference: Difference, wording: Wording, lines: Lines) -> None:
    whole = [change for change in difference.changes if change.code is None and change.shared is None]
    shared = [change for change in difference.changes if change.shared is not None]
    for key, changes in (("whole", whole), ("shared", shared)):
        if changes:
            lines.add()
            lines.add(wording.phrase("difference", key))
        for change in changes:
            _change(change, wording, lines, 2)
    old_names, names = _names(difference.old), _names(difference.old) | _names(difference.new)
    along = _along(difference.changes)
    own = [change for change in difference.changes if change.code is not None and change not in along]
    for (code, old_code, gone), same in groupby(own, key=_place):
        lines.add()
        name = (old_names if gone else names).get(code or "", "")
        moved = old_code and code != old_code and not gone
        lines.add(wording.phrase("difference", "row-moved" if moved else "row", code=code, old=old_code, name=name))
        for evidence, group in groupby(same, key=lambda change: change.evidence_name if _inside(change) else None):
            if evidence is not None:
                lines.add(wording.phrase("difference", "evidence", name=evidence), 2)
            for change in group:
                _change(change, wording, lines, 4 if evidence is not None else 2)


def _names(pack: Pack) -> dict[str, str]:
    return {group.code: group.name for group in pack.groups} | {row.code: row.name for row in pack.criteria}


def _along(changes: Sequence[Change]) -> list[Change]:
    """Return the renumberings that only follow that of a group above: they are told there."""
    groups = [change for change in changes if change.kind == "group-renumbered"]
    renumbered = [change for change in changes if change.kind in ("renumbered", "group-renumbered")]
    return [change for change in renumbered if any(_under(change, group) for group in groups)]


def _under(change: Change, group: Change) -> bool:
    old, new = f"{group.old_code}.", f"{group.code}."
    below = (change.code or "").startswith(new) and (change.old_code or "").startswith(old)
    return below and (change.code or "")[len(new) :] == (change.old_code or "")[len(old) :]


def _inside(change: Change) -> bool:
    return change.evidence is not None and change.kind not in ("evidence-added", "evidence-removed")


def _place(change: Change) -> tuple[str | None, str | None, bool]:
    return change.code, change.old_code, change.kind in ("row-removed", "group-removed")


def _change(change: Change, wording: Wording, lines: Lines, indent: int) -> None:
    def phrase(key: str, /, **args: Any) -> str:
        return wording.phrase("difference", key, **args)

    effect = wording.phrase("effects", change.effect.value)
    lines.add(f"{change.text} [{effect}]", indent, "• ")
    for key, words in (("before", change.removed), ("after", change.added)):
        if words:
            lines.add(phrase(key, words="; ".join(words)), indent + 2, "– ")
    if change.shared and change.rows:
        lines.add(phrase("touched", rows=", ".join(change.rows)), indent + 2)
    if change.cost:
        lines.add(phrase("cost", cost=change.cost), indent + 2, "→ ")


def summary(difference: Difference) -> dict[str, dict[str, Any]]:
    """Return the numbers of the summary, by the phrase of the terms "difference" that tells them."""
    kinds = [change.kind for change in difference.changes]
    effects = [change.effect for change in difference.changes]
    old, new = difference.old, difference.new
    own_old, other_old = _points(old)
    own_new, other_new = _points(new)
    return {
        "rows": {
            "old": len(old.criteria),
            "new": len(new.criteria),
            "added": kinds.count("row-added"),
            "removed": kinds.count("row-removed"),
            "renumbered": kinds.count("renumbered"),
            "renamed": kinds.count("renamed"),
        },
        "points": {"old": own_old, "new": own_new, "old_other": other_old, "new_other": other_new},
        "documents": {"old": asked_lines(old.criteria), "new": asked_lines(new.criteria)},
        "counts": {effect.value: effects.count(effect) for effect in Effect},
    }


def _points(pack: Pack) -> tuple[float, float]:
    own = sum(float(row.points) for row in pack.criteria if row.assessed == "self")
    return round(own, 3), round(sum(float(row.points) for row in pack.criteria) - own, 3)


def difference_data(difference: Difference, language: str) -> dict[str, Any]:
    """Return a comparison as plain JSON data; codes, kinds and effects are the same in every language."""
    return {
        "schema": SCHEMA,
        "language": language,
        "old": _pack(difference.old),
        "new": _pack(difference.new),
        "same": difference.same,
        "summary": summary(difference),
        "rows": [
            {"old": old.code if old else None, "new": new.code if new else None} for old, new in difference.pairs.rows
        ],
        "changes": [_data(change) for change in difference.changes],
        "wording": [_data(change) for change in difference.wording],
    }


def _pack(pack: Pack) -> dict[str, Any]:
    return {
        "id": pack.id,
        "title": pack.title,
        "version": pack.version,
        "year": pack.year,
        "total_points": pack.total_points,
        "digest": pack.digest,
    }


def _data(change: Change) -> dict[str, Any]:
    return dict(_pairs(change))


def _pairs(change: Change) -> Iterator[tuple[str, Any]]:
    yield "kind", change.kind
    yield "effect", change.effect.value
    yield "code", change.code
    yield "old_code", change.old_code
    yield "evidence", change.evidence
    yield "evidence_name", change.evidence_name
    yield "text", change.text
    yield "cost", change.cost
    for key, words in (("removed", change.removed), ("added", change.added), ("rows", change.rows)):
        yield key, list(words)
    yield "shared", change.shared
    yield "args", dict(change.args)


def write_data(data: Sequence[Any] | dict[str, Any], stream: TextIO) -> None:
    """Write JSON data."""
    json.dump(data, stream, ensure_ascii=False, indent=1)
    stream.write("\n")
