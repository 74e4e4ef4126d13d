# SPDX-License-Identifier: Apache-2.0
"""What is odd about a pack that loads: sums that do not add up, rows without source or proof."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcheck.errors import ParcheckError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcheck.rules import Pack

EXACT = 1e-6


def lint_pack(pack: Pack) -> tuple[list[ParcheckError], list[str]]:
    """Return (faults of the pack, notes on the official set itself, each with its source)."""
    noted = {note.get("code") for note in pack.notes if note.get("kind") == "points"}
    faults = [fault for code, fault in _sums(pack) if code not in noted]
    faults += list(_rows(pack))
    notes = []
    for note in pack.notes:
        source = f" ({note['source']})" if note.get("source") else ""
        code = f"{note['code']}: " if note.get("code") else ""
        notes.append(f"{code}{note['text']}{source}")
    return faults, notes


def _sums(pack: Pack) -> Iterator[tuple[str, ParcheckError]]:
    for group in pack.groups:
        total = sum(criterion.points for criterion in pack.under(group.code))
        if abs(total - group.points) > EXACT:
            note = f"{group.code}: {group.points:g} ≠ {total:g}"
            yield group.code, ParcheckError("pack-sum", note=note)
    total = sum(criterion.points for criterion in pack.criteria)
    if abs(total - pack.total_points) > EXACT:
        yield "", ParcheckError("pack-sum", note=f"{pack.id}: {pack.total_points:g} ≠ {total:g}")


def _rows(pack: Pack) -> Iterator[ParcheckError]:
    for criterion in pack.criteria:
        if not criterion.source:
            yield ParcheckError("pack-row-without-source", code=criterion.code)
        for key in criterion.source:
            if key not in pack.sources:
                yield ParcheckError(
                    "pack-source-unknown", code=criterion.code, key=key, allowed=", ".join(pack.sources)
                )
        asks = any(not e.get("optional") and not e.get("provided_by") for e in criterion.evidence)
        if criterion.assessed == "self" and not asks and not criterion.explanation:
            yield ParcheckError("pack-row-without-evidence", code=criterion.code)
