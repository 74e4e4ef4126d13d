# SPDX-License-Identifier: Apache-2.0
"""What a new set makes of what was gathered, as text for people and as JSON for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parcheck.rules.difference.against import Fate, by_row, counts

if TYPE_CHECKING:
    from parcheck.catalogue import Catalogue
    from parcheck.rules.difference.against import Entry, Held
    from parcheck.rules.difference.report import Lines


def write_against(held: Held, catalogue: Catalogue, language: str, lines: Lines) -> None:
    """Tell one submission: what is to do first, what still holds last."""

    def phrase(key: str, /, **args: Any) -> str:
        told = {name: catalogue.tell(value, language) for name, value in args.items()}
        return catalogue.term("against", key, language).format(**told)

    lines.add()
    lines.add(phrase("title", unit=held.unit or held.path, path=held.path))
    lines.add(phrase("counts", **counts(held)), 2)
    for fate in (Fate.WORK, Fate.REFILE, Fate.LOOK, Fate.OPEN, Fate.DROPPED, Fate.HOLDS):
        entries = held.of(fate)
        if not entries:
            continue
        lines.add()
        lines.add(phrase(f"{fate.value}-head", count=len(entries)))
        for (code, old_code), same in by_row(entries):
            for entry in same:
                lines.add(f"{_place(code, old_code, fate)}: {entry.name}", 2, "• ")
                _entry(entry, lines, phrase)
    if held.above:
        lines.add()
        lines.add(phrase("above-head"))
        for code, claimed, maximum in held.above:
            lines.add(phrase("above", code=code, claimed=float(claimed), maximum=float(maximum)), 2, "• ")


def _place(code: str | None, old_code: str | None, fate: Fate) -> str:
    if fate is Fate.DROPPED or code is None:
        return old_code or ""
    return code if old_code in (None, code) else f"{old_code} → {code}"


def _entry(entry: Entry, lines: Lines, phrase: Any) -> None:
    if entry.filed and entry.code:
        lines.add(phrase("from", codes=list(entry.filed), code=entry.code), 4)
    for document in entry.documents:
        lines.add(document, 4, "– ")
    for document in entry.had:
        lines.add(phrase("had", document=document), 4, "– ")
    for reason in entry.why:
        lines.add(reason, 4, "– ")


def against_data(held: Held) -> dict[str, Any]:
    """Return one submission held against the new set as plain JSON data."""
    return {
        "unit": held.unit,
        "path": held.path,
        "ready": held.report.ready,
        "counts": counts(held),
        "entries": [
            {
                "fate": entry.fate.value,
                "code": entry.code,
                "old_code": entry.old_code,
                "requirement": entry.requirement,
                "name": entry.name,
                "documents": list(entry.documents),
                "had": list(entry.had),
                "filed": list(entry.filed),
                "why": list(entry.why),
                "points": entry.points,
            }
            for entry in held.entries
        ],
        "claims_above": [
            {"code": code, "claimed": claimed, "maximum": maximum} for code, claimed, maximum in held.above
        ],
    }
