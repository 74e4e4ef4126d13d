# SPDX-License-Identifier: Apache-2.0
"""Where files go and why, as text for people and as JSON for programs."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING, Any, Final, TextIO

from parcheck.judging.coding import describing
from parcheck.model import Certainty, Status
from parcheck.sorting import Basis, Sureness

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcheck.catalogue import Catalogue
    from parcheck.model import Finding
    from parcheck.sorting import Applied, Fit, Placement, Sorted

SCHEMA: Final = "urn:parcheck:schema:sort:1"
WIDTH: Final = 110
WORDS: Final = 4
"""At most so many words that decided are named."""


class Told:
    """Puts a sorted pile into words."""

    def __init__(self, result: Sorted, catalogue: Catalogue, language: str) -> None:
        self._result, self._catalogue, self._language = result, catalogue, language
        self._names = {row.code: row.name for row in result.pack.criteria}
        self._names |= {group.code: group.name for group in result.pack.groups if group.code not in self._names}

    def phrase(self, key: str, /, **args: Any) -> str:
        """Return a phrase of the catalogue's group "sorting"."""
        told = {name: self._catalogue.tell(value, self._language) for name, value in args.items()}
        return self._catalogue.term("sorting", key, self._language).format(**told)

    def row(self, code: str) -> str:
        """Return a row's code and name."""
        return f"{code} {self._names.get(code, '')}".strip()

    def what(self, one: Placement) -> str:
        """Return what a file is."""
        return self._catalogue.describe(describing(one.reading), self._language)

    def reason(self, one: Placement) -> str:
        """Return why a file goes where it goes, or why it goes nowhere, in one sentence."""
        what = self.what(one)
        if not one.codes:
            problems = [self._message(problem, file=one.path) for problem in one.reading.problems]
            if problems and one.reading.status is Status.UNREADABLE:
                return " ".join(dict.fromkeys(problems))
            return self.phrase("nowhere" if one.fits else "nowhere-near", what=what)
        if one.basis in (Basis.SHEET, Basis.MANIFEST):
            return self.phrase(f"by-{one.basis.value}", what=what, codes=list(one.codes))
        fit = one.fits[0]
        words = self.words(fit)
        told = self.phrase("fits", what=what, requirement=fit.requirement, code=fit.code)
        told += self.phrase("words", words=", ".join(f"“{word}”" for word in words)) if words else ""
        told += self.phrase("by-code", hint=one.hint) if one.basis is Basis.CODE and one.hint else ""
        return told + "."

    def words(self, fit: Fit) -> list[str]:
        """Return the words that decided, the longest first; a type is told as its name."""
        types = self._catalogue.terms.get("types", {})
        words = [self._catalogue.term("types", word, self._language) if word in types else word for word in fit.words]
        kept = [word for word in words if not any(word != other and word in other for other in words)]
        return sorted(dict.fromkeys(kept), key=len, reverse=True)[:WORDS]

    def near(self, fit: Fit) -> str:
        """Return a row that comes near, with what keeps the file from it."""
        # What only hints at another topic is no reason where something plain speaks against the row.
        findings = sorted(fit.findings, key=lambda finding: finding.certainty is Certainty.HINT)
        why = self.phrase("near-fits") if fit.holds else "".join(self._message(each, fit) for each in findings[:1])
        return self.phrase("near", row=self.row(fit.code), requirement=fit.requirement, why=why).strip()

    def notes(self, one: Placement) -> Iterator[str]:
        """Yield what else is to be said of a file that goes somewhere."""
        if len(one.codes) > 1:
            yield self.phrase("shared", codes=list(one.codes[1:]))
        others = [fit.code for fit in one.fits if fit.code not in one.codes]
        if one.sureness is Sureness.LIKELY and others:
            yield self.phrase("others", codes=others)
        if one.hint and one.hint not in one.codes and not any(_below(code, one.hint) for code in one.codes):
            yield self.phrase("hint-unproved", hint=one.hint)
        for fit in one.fits[:1]:
            if fit.valid is False and fit.code in one.codes:
                titles = dict.fromkeys(self._catalogue.title(each.code, self._language) for each in fit.findings)
                yield self.phrase("not-valid", titles="; ".join(titles))

    def _message(self, finding: Finding, fit: Fit | None = None, *, file: str = "") -> str:
        message = self._catalogue.part(
            finding,
            "message",
            self._language,
            file=file,
            where="",
            words="",
            requirement=fit.requirement if fit else "",
            criterion=fit.code if fit else "",
        ).lstrip(" ,:")
        return message[:1].upper() + message[1:]


def _below(code: str, above: str) -> bool:
    return code == above or code.startswith(f"{above}.")


def write_text(result: Sorted, applied: Applied | None, catalogue: Catalogue, language: str, stream: TextIO) -> None:
    """Write where files go, criterion by criterion in the order of the set; those without a place last."""
    told = Told(result, catalogue, language)
    lines = _Lines(stream)
    lines.add(told.phrase("title", **_counts(result), files=len(result.placements), pack=result.pack.title))
    placed = [one for one in result.placements if one.same_as is None and one.codes]
    order = {row.code: number for number, row in enumerate(result.pack.criteria)}
    for code in sorted({one.codes[0] for one in placed}, key=lambda code: (order.get(code, len(order)), code)):
        lines.add("")
        lines.add(told.row(code))
        for one in placed:
            if one.codes[0] == code:
                lines.add(f"{one.path} ({told.phrase(one.sureness.value)})", 2)
                lines.add(told.reason(one), 6)
                for note in told.notes(one):
                    lines.add(note, 6)
    loose = [one for one in result.placements if one.same_as is None and not one.codes]
    if loose:
        lines.add("")
        lines.add(told.phrase("loose-head", count=len(loose)))
        for one in loose:
            lines.add(one.path, 2)
            lines.add(told.reason(one), 6)
            for fit in one.fits:
                lines.add(told.near(fit), 6)
    copies = [one for one in result.placements if one.same_as]
    if copies:
        lines.add("")
        lines.add(told.phrase("copies-head"))
        for one in copies:
            lines.add(told.phrase("copy", path=one.path, same=one.same_as), 2)
    if result.sheets:
        lines.add("")
        lines.add(told.phrase("sheets", paths=list(result.sheets)))
    if applied is not None:
        lines.add("")
        lines.add(told.phrase("applied", target=str(applied.target), files=len(set(applied.paths.values()))))
        for path, why in applied.lost:
            lines.add(told.phrase("lost", path=path, why=why), 2)


class _Lines:
    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def add(self, text: str, indent: int = 0) -> None:
        blank = " " * indent
        for line in textwrap.wrap(text, WIDTH, initial_indent=blank, subsequent_indent=blank) or [""]:
            self._stream.write(line.rstrip() + "\n")


def _counts(result: Sorted) -> dict[str, int]:
    return {sureness.value: len(result.of(sureness)) for sureness in Sureness}


def sorted_data(result: Sorted, applied: Applied | None, catalogue: Catalogue, language: str) -> dict[str, Any]:
    """Return a sorted pile as plain JSON data.

    Returns:
        {"schema", "pack": {"id", "version"}, "unit", "year", "counts", "files": [{"path", "sureness", "codes", "basis",
        "hint", "same_as", "what", "reason", "notes", "fits"}], "sheets", "applied"}; `codes` is empty for a file that
        goes nowhere, whose `fits` are then the nearest rows; `applied` is null, or {"target", "files", "not_copied"}.
    """
    told = Told(result, catalogue, language)
    return {
        "schema": SCHEMA,
        "pack": {"id": result.pack.id, "version": result.pack.version},
        "unit": result.handed.unit,
        "year": result.handed.year or result.pack.year,
        "counts": _counts(result),
        "files": [
            {
                "path": one.path,
                "sureness": one.sureness.value,
                "codes": list(one.codes),
                "basis": one.basis.value if one.codes else None,
                "hint": one.hint,
                "same_as": one.same_as,
                "what": told.what(one),
                "reason": told.reason(one),
                "notes": list(told.notes(one)) if one.codes else [told.near(fit) for fit in one.fits],
                "fits": [_fit_data(fit) for fit in one.fits],
            }
            for one in result.placements
        ],
        "sheets": list(result.sheets),
        "applied": None
        if applied is None
        else {
            "target": str(applied.target),
            "files": applied.paths,
            "not_copied": [{"path": path, "why": why} for path, why in applied.lost],
        },
    }


def _fit_data(fit: Fit) -> dict[str, Any]:
    return {
        "code": fit.code,
        "name": fit.row,
        "requirement": fit.requirement,
        "nearness": fit.nearness,
        "words": list(fit.words),
        "holds": fit.holds,
        "valid": fit.valid,
        "findings": [finding.code for finding in fit.findings],
    }


def write_json(result: Sorted, applied: Applied | None, catalogue: Catalogue, language: str, stream: TextIO) -> None:
    """Write a sorted pile as JSON (see `sorted_data`)."""
    json.dump(sorted_data(result, applied, catalogue, language), stream, ensure_ascii=False, indent=1)
    stream.write("\n")
