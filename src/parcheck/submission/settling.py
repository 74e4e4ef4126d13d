# SPDX-License-Identifier: Apache-2.0
"""From the rows of a self-assessment, as written, to claims and citations under the codes of a set."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

from parcheck.model import Reason
from parcheck.submission import Claim
from parcheck.submission.comparing import closeness, likeness
from parcheck.submission.filing import code_in, filed_under

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from parcheck.submission import Handed
    from parcheck.submission.sheet import Cited, SheetRow

FITS = 45.0
"""A name bears its code out from here on: units shorten names and write abbreviations out."""
NAMES_IT = 88.0
"""A name alone tells the row from here on …"""
AHEAD = 5.0
"""… when it is so far ahead of the next best."""
_ROMAN = dict(zip(("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"), range(1, 11), strict=True))
_CODE_LIKE = re.compile(r"^\d{1,2}(?:[.,]\d{1,2})+\.?$")


@dataclasses.dataclass(frozen=True, slots=True)
class Set:
    """What settling must know of a set of criteria."""

    names: Mapping[str, str]
    """Code to name, of fields, groups and scored rows."""
    fields: Mapping[str, str]
    """Scored row to its field."""


@dataclasses.dataclass(frozen=True, slots=True)
class Settled:
    """A submission whose rows are settled, and what could not be."""

    handed: Handed
    strange: tuple[SheetRow, ...] = ()
    """Rows with claims or evidence that fit no row of the set."""
    absent: tuple[str, ...] = ()
    """Scored rows that the self-assessment leaves out, though it has others of their field."""
    fields_absent: tuple[str, ...] = ()
    """Fields it leaves out altogether, that nothing else was handed in for: they are not judged."""
    rows: tuple[tuple[str, SheetRow], ...] = ()
    """(code, row) in the order of the self-assessment."""


def settle(handed: Handed, known: Set) -> Settled:
    """Return the submission with `claims`, `cited` and `scope` filled from its rows. `submission.yaml` wins where
    both speak. Without rows, nothing changes."""
    if not handed.rows:
        return Settled(handed)
    rows, strange = _resolved(handed.rows, known)
    by_code = dict(rows)
    claims = dict(handed.claims)
    for code in known.fields:
        if own := [by_code[above] for above in _above(code, known) if above in by_code]:
            row = by_code.get(code)
            claims[code] = _claim(claims.get(code, Claim()), row, own)
    named = {known.fields.get(code, code.split(".")[0]) for code in by_code}
    filed = {known.fields.get(code, code) for code in _filed(handed, known)}
    missing_fields = dict.fromkeys(f for f in known.fields.values() if f not in named | filed)
    absent = tuple(code for code, field in known.fields.items() if code not in by_code and field in named)
    for code in absent:
        claims[code] = dataclasses.replace(claims.get(code, Claim()), unseen=Reason("no-sheet-row"))
    scope = handed.scope
    if not scope and missing_fields:
        scope = tuple(dict.fromkeys(field for field in known.fields.values() if field not in missing_fields))
    cited: tuple[tuple[str, Cited], ...] = tuple((code, one) for code, row in rows for one in row.cited)
    return Settled(
        dataclasses.replace(handed, claims=claims, cited=cited, scope=scope),
        strange,
        absent,
        tuple(missing_fields) if not handed.scope else (),
        rows,
    )


def _claim(given: Claim, row: SheetRow | None, own: Sequence[SheetRow]) -> Claim:
    """Return a claim with what a row and the rows above it say; `given` wins."""
    attached = [words for each in own for words in each.attached]
    unseen = None
    if attached:
        unseen = Reason("attached-unseen", {"words": attached[0]})
    elif not all(each.has_evidence_column for each in own):
        unseen = Reason("no-evidence-column")
    explained = [each.explanation for each in own if each.explanation]
    return dataclasses.replace(
        given,
        claimed=given.claimed if given.claimed is not None or row is None else row.claimed,
        explanation=given.explanation or "\n".join(explained) or None,
        said="\n".join(filter(None, (each.said for each in own))),
        shares=row.shares if row else (),
        named=tuple(one for each in own for one in each.named),
        unseen=unseen,
    )


def _above(code: str, known: Set) -> list[str]:
    """Return a scored row's code and those above it, its field last."""
    parts = code.split(".")
    codes = [".".join(parts[:n]) for n in range(len(parts), 0, -1)]
    return list(dict.fromkeys([*codes, known.fields[code]]))


def _filed(handed: Handed, known: Set) -> Iterator[str]:
    for item in handed.items:
        code, _ = filed_under(item.folders, known.names.keys())
        if code:
            yield code


def _resolved(rows: Iterable[SheetRow], known: Set) -> tuple[tuple[tuple[str, SheetRow], ...], tuple[SheetRow, ...]]:
    found: dict[str, SheetRow] = {}
    strange: list[SheetRow] = []
    last: str | None = None
    for row in rows:
        code = code_of(row, known.names, last)
        if code is None and _CODE_LIKE.match(row.code):
            if row.cited or row.claimed or row.said:
                strange.append(row)
            last = None
        elif code is None:
            # A line below a scored row ("a) …", "- Có: 0,5") belongs to it.
            if last is not None:
                found[last] = _joined(found[last], dataclasses.replace(row, claimed=None))
        else:
            found[code] = _joined(found[code], row) if code in found else row
            last = code
    return tuple(found.items()), tuple(strange)


def _joined(row: SheetRow, more: SheetRow) -> SheetRow:
    return dataclasses.replace(
        row,
        claimed=row.claimed if row.claimed is not None else more.claimed,
        said="\n".join(filter(None, (row.said, more.said))),
        cited=row.cited + more.cited,
        named=row.named + more.named,
        attached=row.attached + more.attached,
        explanation="\n".join(filter(None, (row.explanation, more.explanation))) or None,
        shares=row.shares + more.shares,
        counts=row.counts + more.counts,
        has_evidence_column=row.has_evidence_column and more.has_evidence_column,
    )


def code_of(row: SheetRow, names: Mapping[str, str], last: str | None = None) -> str | None:
    """Return the code that a row means: by its code when its name bears it out, else by its name alone.

    Args:
        row: as written; the code column may be missing, wrong, or rounded by a spreadsheet ("1.10" kept as 1,1).
        names: code to name of the set.
        last: the code of the row before, whose field is preferred where a name fits two.
    """
    written = row.code or row.name
    given = code_in(written.replace(",", ".") if row.code else written)
    if given and given not in names and given in _ROMAN:
        given = str(_ROMAN[given])
    name = row.name
    if not row.code and given:
        name = re.sub(r"^\D{0,24}?[\dIVX.]+[\s.:)–-]*", "", name)
    fit = likeness(name, names[given]) if given and given in names and name else 0.0
    if given in names and (not name or fit >= NAMES_IT):
        return given
    scored = sorted(((closeness(name, other), code) for code, other in names.items()), reverse=True) if name else []
    if scored and scored[0][0] >= NAMES_IT:
        best = [code for score, code in scored if score > scored[0][0] - AHEAD]
        if len(best) > 1 and last is not None:
            best = [code for code in best if code.split(".")[0] == last.split(".")[0]] or best
        if given in best:
            return given
        if len(best) == 1:
            return best[0]
    return given if given in names and fit >= FITS else None
