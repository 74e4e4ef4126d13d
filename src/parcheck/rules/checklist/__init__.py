# SPDX-License-Identifier: Apache-2.0
"""What a unit hands in for a set of criteria, as a list to print and tick off: each document, by when, by whom."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from parcheck.rules.requirements import requirements
from parcheck.rules.template import fill
from parcheck.rules.wording import Condition, Wording, aspect, conditions
from parcheck.rules.wording.scoring import scoring_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from parcheck.catalogue import Catalogue
    from parcheck.rules import Alternative, Criterion, Pack, Requirement

FORMATS: Final = (".docx", ".html")
COLUMNS: Final = ("tick", "document", "when", "who", "what", "reference")
"""Keys of the catalogue's terms "checklist", in order; the unit writes into the last."""
MOST_TERMS: Final = 4
"""Of words of which one is enough, name so many."""
_ISSUED: Final = (
    (("symbol",), "required"),
    (("issued_on",), "required"),
    (("signer",), "required"),
    (("draft",), "enum"),
    ((), "signed"),
)
"""What together makes "an issued document" (Nghị định 30/2020/NĐ-CP, Điều 8); told once, above the list."""


_ISSUED_BY: Final = ((("signer", "name"), "required"),)


@dataclass(frozen=True, slots=True)
class Document:
    """One box to tick."""

    name: str
    when: tuple[str, ...] = ()
    who: tuple[str, ...] = ()
    what: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()
    """Names of the documents of which one is enough, with the letters that the other columns use."""
    note: str | None = None
    asked: bool = True
    """False for what another authority provides: nothing to tick."""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One scored row that the unit proves itself."""

    code: str
    heading: str
    """Code, name and the points at stake."""
    group: str | None
    """Name of the criterion above it, with its code; None for a row straight below its field."""
    documents: tuple[Document, ...]
    facts: tuple[tuple[str, str], ...]
    """(label, words): source, scoring, figures, explanation."""


@dataclass(frozen=True, slots=True)
class Section:
    """One field."""

    code: str
    heading: str
    rows: tuple[Row, ...]
    apart: tuple[str, ...]
    """Rows that others score: "1.7 Name (1,5 points)", with who scores them."""


@dataclass(frozen=True, slots=True)
class Checklist:
    """The whole list."""

    title: str
    lines: tuple[str, ...]
    """What stands below the title: the set, its sources, the unit, the sums."""
    legend: tuple[str, ...]
    headings: tuple[str, ...]
    sections: tuple[Section, ...]
    apart_label: str
    signatures: tuple[str, ...]
    language: str
    page: str
    """How pages are numbered, with {page} and {pages}."""


def make_checklist(
    pack: Pack,
    catalogue: Catalogue,
    language: str = "vi",
    *,
    unit: str | None = None,
    level: str | None = None,
    notes: bool = False,
) -> Checklist:
    """Return the list of what to hand in for a set.

    Args:
        pack: the set.
        catalogue: the words.
        language: "vi" or "en"; names and notes stay as the set has them.
        unit: name of the unit, for the head and as the issuer; without it a line to fill in.
        level: of the unit, where it is not the set's.
        notes: also what the set's owner remarks on single documents.
    """
    wording = Wording(catalogue, language, pack.year, unit, brief=True, most=MOST_TERMS)
    return _Maker(pack, wording, level or pack.level, notes=notes).make()


class _Maker:
    def __init__(self, pack: Pack, wording: Wording, level: str, *, notes: bool) -> None:
        self.pack, self.wording, self.level, self.notes = pack, wording, level, notes
        self._defs = fill(pack.defs, {"year": pack.year})
        self._groups = {group.code: group for group in pack.groups if group.level > 0}

    def phrase(self, key: str, /, **args: Any) -> str:
        return self.wording.phrase("checklist", key, **args)

    def make(self) -> Checklist:
        sections = tuple(self._section(group.code) for group in self.pack.groups if group.level == 0)
        boxes = [one for section in sections for row in section.rows for one in row.documents if one.asked]
        own = sum(float(row.points) for row in self.pack.criteria if row.assessed == "self" and not row.penalty)
        sources = "; ".join(
            ", ".join(filter(None, [str(source["symbol"]), source.get("issuer"), source.get("part")]))
            for source in self.pack.sources.values()
        )
        lines = (
            self.phrase("pack", title=self.pack.title, id=self.pack.id, version=self.pack.version),
            self.phrase("sources", sources=sources),
            self.phrase("unit", unit=self.wording.unit or self.phrase("blank"), level=self.level),
            self.phrase(
                "sums",
                needed=sum(not one.optional for one in boxes),
                optional=sum(one.optional for one in boxes),
                points=round(own, 3),
                total=float(self.pack.total_points),
            ),
        )
        return Checklist(
            title=self.phrase("title", year=str(self.pack.year)),
            lines=lines,
            legend=tuple(self.phrase(f"legend-{key}") for key in ("issued", "words", "look", "more")),
            headings=tuple(self.phrase(f"column-{key}") for key in COLUMNS),
            sections=sections,
            apart_label=self.phrase("apart"),
            signatures=(self.phrase("made-by"), self.phrase("head")),
            language=self.wording.language,
            page=self.wording.catalogue.term("checklist", "page", self.wording.language),
        )

    def _section(self, code: str) -> Section:
        field = self.pack.group(code)
        rows = [row for row in self.pack.criteria if row.field == code]
        return Section(
            code=code,
            heading=self.phrase("field", code=code, name=field.name, points=field.points) if field else code,
            rows=tuple(self._row(row) for row in rows if row.assessed == "self"),
            apart=tuple(self._apart(row) for row in rows if row.assessed != "self"),
        )

    def _apart(self, row: Criterion) -> str:
        who = self.wording.catalogue.term("assessed", row.assessed, self.wording.language)
        return self.phrase("apart-row", code=row.code, name=row.name, points=row.points, who=who)

    def _row(self, row: Criterion) -> Row:
        parts = row.code.split(".")
        above = next((c for n in range(len(parts) - 1, 0, -1) if (c := ".".join(parts[:n])) in self._groups), None)
        facts = [
            (
                self.phrase("scoring"),
                "; ".join(scoring_lines(fill(row.scoring, {"year": self.pack.year}), self.wording)),
            ),
            (self.phrase("figures"), "; ".join(f"{letter}: {text}" for letter, text in row.figures.items())),
            (self.phrase("explanation"), self.phrase("explanation-accepted") if row.explanation else ""),
            (self.phrase("note"), row.note or ""),
            (self.phrase("source"), self.pack.cite(row)),
        ]
        return Row(
            code=row.code,
            heading=self.phrase("row", code=row.code, name=row.name, points=row.points),
            group=f"{above} {self._groups[above].name}" if above else None,
            documents=tuple(self._documents(row)),
            facts=tuple((label, words) for label, words in facts if words),
        )

    def _documents(self, row: Criterion) -> Iterator[Document]:
        for line in row.evidence:
            if line.get("other"):
                continue
            noted = line.get("note") if self.notes else None
            for asked in requirements(dataclasses.replace(row, evidence=(line,)), self.pack.year):
                # A remark on a whole series stands at its first entry.
                yield self._document(asked, noted)
                noted = None

    def _document(self, asked: Requirement, note: str | None) -> Document:
        if asked.provided_by:
            name = self.phrase("provided-by", name=asked.name, by=asked.provided_by)
            return Document(name, note=note, asked=False)
        mark = self.wording.catalogue.term("ui", "optional", self.wording.language)
        name = f"{asked.name} ({mark})" if asked.optional and mark not in asked.name else asked.name
        told = [self._told(one) for one in asked.alternatives]
        issued = [self._issued(one) for one in asked.alternatives]
        ways: tuple[str, ...] = ()
        columns: list[Sequence[str]] = [(), (), ()]
        if len(told) > 1:
            letters = [chr(ord("a") + number) for number in range(len(told))]
            names = [
                self.phrase("issued", name=one.name) if is_issued else one.name
                for one, is_issued in zip(asked.alternatives, issued, strict=True)
            ]
            ways = tuple(f"{letter}) {way}" for letter, way in zip(letters, names, strict=True))
            columns = [_lettered(letters, [each[column] for each in told]) for column in range(3)]
        elif told:
            columns = [*told[0]]
            name = self.phrase("issued", name=name) if issued[0] else name
        when, who, what = (tuple(column) for column in columns)
        return Document(name, when, who, (*self._manner(asked), *what), ways, note, optional=asked.optional)

    def _manner(self, asked: Requirement) -> Iterator[str]:
        if asked.kind != "document":
            yield self.phrase(f"kind-{asked.kind}")
        if asked.minimum > 1:
            facts = self.wording.either([self.wording.fact((fact,)) for fact in asked.distinct])
            yield self.phrase("count-distinct" if facts else "count", count=asked.minimum, facts=facts)

    def _asked(self, one: Alternative) -> list[Condition]:
        both = [*conditions(one.match, self._defs), *conditions(one.valid, self._defs)]
        return list({each.key: each for each in both}.values())

    def _issued(self, one: Alternative) -> bool:
        """Tell whether a document must be an issued one, in the sense of the legend."""
        named = {(each.fact, each.keyword) for each in self._asked(one)}
        return all(each in named for each in _ISSUED)

    def _told(self, one: Alternative) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        """Return what stands in the columns "when", "who" and "what" for one document."""
        asked = self._asked(one)
        if self._issued(one):
            asked = [each for each in asked if (each.fact, each.keyword) not in (*_ISSUED, *_ISSUED_BY)]
        told = _without_echoes([kept for each in asked if (kept := _worth_telling(each))])
        columns: dict[str, list[Condition]] = {"when": [], "who": [], "types": [], "subject": [], "form": []}
        for each in told:
            columns[_column(each)].append(each)
        what = [*columns["types"], *columns["subject"], *columns["form"]]
        return (
            tuple(self.wording.each(columns["when"])),
            tuple(self.wording.each(columns["who"])),
            tuple(self.wording.each(what)),
        )


def _lettered(letters: Sequence[str], columns: Sequence[Sequence[str]]) -> list[str]:
    """Return a column of several documents: once where all have the same, by letter where they differ."""
    if all(tuple(column) == tuple(columns[0]) for column in columns):
        return list(columns[0])
    return [f"{letter}) {'; '.join(column)}" for letter, column in zip(letters, columns, strict=True) if column]


def _column(one: Condition) -> str:
    """Return the column that a condition stands in; a choice, by what each of its branches is about."""
    kinds = [{aspect(leaf) for leaf in each} for each in (one.parts if one.kind in ("any", "one") else [[one]])]
    if one.kind == "if":
        kinds = [{aspect(leaf) for leaf in one.parts[1]}]
    for kind, column in (("issuer", "who"), ("types", "types"), ("signature", "who"), ("window", "when")):
        if all(kind in each for each in kinds):
            return column
    return "subject" if all("subject" in each for each in kinds) else "form"


def _worth_telling(one: Condition) -> Condition | None:
    """Return a condition as far as it tells what the document is.

    Terms that must not stand in a title only keep other documents apart; a choice of which one branch is nothing but
    such terms asks nothing of a proper document.
    """
    if one.kind == "leaf":
        return None if one.keyword == "mentionsNone" else one
    if one.kind == "not":
        return one if aspect(one) == "types" and len(list(one.leaves())) == 1 else None
    parts = tuple(
        tuple(_without_echoes([kept for each in part if (kept := _worth_telling(each))])) for part in one.parts
    )
    if one.kind in ("any", "one") and not all(parts):
        return None
    if one.kind == "any":
        # Of issuers, those that a rule names; the words by which it knows others are for machines.
        named = tuple(part for part in parts if any(each.keyword == "organisation" for each in part))
        if named and len(named) < len(parts):
            parts = (*named, (Condition("leaf", ("issuer",), "more"),))
    return dataclasses.replace(one, parts=parts)


def _without_echoes(part: Iterable[Condition]) -> list[Condition]:
    """Leave out "has a date of issue" where something is asked of that date."""
    kept = list(part)
    told: Mapping[tuple[str, ...], int] = {each.fact[:1]: 1 for each in kept if each.keyword != "required"}
    for each in kept:
        if each.kind != "leaf":
            told = {**told, **{leaf.fact[:1]: 1 for leaf in each.leaves()}}
    return [each for each in kept if each.keyword != "required" or each.fact[:1] not in told]
