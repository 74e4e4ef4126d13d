# SPDX-License-Identifier: Apache-2.0
"""What the schemas of `match` and `valid` ask, as a flat list of conditions, and each condition in words.

Keywords have their phrases in the catalogue's terms "asks": by keyword and fact ("notAfter:issued_on"), else by keyword
alone. A keyword that the catalogue does not know is shown with its parameter.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from parcheck.catalogue import local_date
from parcheck.rules.statics import ANNOTATIONS, BELOW_LIST, BELOW_MAP, BELOW_ONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from parcheck.catalogue import Catalogue

ANY_YEAR: Final = 9_000_000
"""Stands for the assessed year in templates that are filled only to be compared."""
_STANDS_FOR_YEAR: Final = re.compile(r"(?<!\d)(?:90000\d\d|89999\d\d)(?!\d)")
_DATE: Final = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_LISTED: Final = ("mentions", "enum")
"""Keywords whose value is a list of which one is enough."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition on a document; where several stand together, all must hold."""

    kind: str
    """ "leaf", or what combines `parts`: "any", "one", "not", "if", "items", "contains"."""
    fact: tuple[str, ...] = ()
    """The fact, and the way inside it: ("signer", "name"); empty for the document as a whole."""
    keyword: str = ""
    value: Any = None
    parts: tuple[tuple[Condition, ...], ...] = ()
    via: tuple[str, ...] = ()
    """Names of the pack's `$defs` entries that bring it, the one that states it last."""

    @property
    def key(self) -> str:
        """What it asks, the same for every way of writing it down."""
        if self.kind == "leaf":
            value = sorted(self.value, key=str) if listed(self) else self.value
            return json.dumps([*self.fact, self.keyword, value], ensure_ascii=False, sort_keys=True)
        parts = ["&".join(sorted(one.key for one in part)) for part in self.parts]
        return json.dumps([self.kind, *self.fact, *(parts if self.kind == "if" else sorted(parts))], ensure_ascii=False)

    def leaves(self) -> Iterator[Condition]:
        """Yield the single conditions in it."""
        if self.kind == "leaf":
            yield self
        for part in self.parts:
            for one in part:
                yield from one.leaves()


def conditions(schema: Any, defs: Mapping[str, Any]) -> tuple[Condition, ...]:
    """Return what a schema over a document asks; all of it must hold. References are followed, repeats left out.

    Args:
        schema: of `match` or `valid`, templates filled.
        defs: the pack's `$defs`, templates filled.
    """
    kept: dict[str, Condition] = {}
    for condition in _walk(schema, defs, (), ()):
        kept.setdefault(condition.key, condition)
    return tuple(kept.values())


def _walk(schema: Any, defs: Mapping[str, Any], fact: tuple[str, ...], inside: tuple[str, ...]) -> Iterator[Condition]:
    def part(child: Any, where: tuple[str, ...] = fact) -> tuple[Condition, ...]:
        kept = {one.key: one for one in reversed(list(_walk(child, defs, where, inside)))}
        return tuple(reversed(kept.values()))

    if schema is False:
        yield Condition("leaf", fact, "never", via=inside)
    if not isinstance(schema, Mapping):
        return
    for keyword, value in schema.items():
        if keyword == "$ref":
            name = str(value).rsplit("/", 1)[-1]
            if name not in defs:
                yield Condition("leaf", fact, keyword, value, via=inside)
            elif name not in inside:
                yield from _walk(defs[name], defs, fact, (*inside, name))
        elif keyword == "allOf":
            for child in value:
                yield from _walk(child, defs, fact, inside)
        elif keyword in ("anyOf", "oneOf"):
            branches = tuple(part(child) for child in value)
            if len(branches) == 1:
                yield from branches[0]
            else:
                yield Condition("any" if keyword == "anyOf" else "one", fact, parts=branches, via=inside)
        elif keyword == "not":
            yield Condition("not", fact, parts=(part(value),), via=inside)
        elif keyword == "if":
            parts = (part(value), part(schema.get("then", True)), part(schema.get("else", True)))
            yield Condition("if", fact, parts=parts, via=inside)
        elif keyword in ANNOTATIONS:
            continue
        elif keyword == "properties":
            for name, child in value.items():
                yield from _walk(child, defs, (*fact, name), inside)
        elif keyword == "required":
            for name in value:
                yield Condition("leaf", (*fact, name), "required", True, via=inside)
        elif keyword in ("items", "contains") and isinstance(value, Mapping):
            yield Condition(keyword, fact, parts=(part(value, ()),), via=inside)
        elif keyword in (*BELOW_ONE, *BELOW_LIST, *BELOW_MAP):
            yield Condition("leaf", fact, keyword, _plain(value), via=inside)
        else:
            for name, single in _single(keyword, value):
                yield Condition("leaf", fact, name, single, via=inside)


def _single(keyword: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Yield a keyword as conditions that stand on their own: one per entry that must be met."""
    if keyword == "mentions":
        for entry in value:
            yield keyword, [entry] if isinstance(entry, str) else list(entry)
    elif keyword == "mentionsNone":
        for entry in value:
            for term in [entry] if isinstance(entry, str) else entry:
                yield keyword, term
    elif keyword in ("enum", "const"):
        yield "enum", list(value) if keyword == "enum" else [value]
    elif keyword == "organisation":
        yield keyword, [value] if isinstance(value, str) else list(value)
    elif keyword == "forYear":
        yield keyword, str(value)
    else:
        yield keyword, _plain(value)


def _plain(value: Any) -> Any:
    return json.loads(json.dumps(value, ensure_ascii=False, sort_keys=True))


def at_year(value: Any, year: int) -> Any:
    """Return a value (any JSON data) whose templates were filled with `ANY_YEAR`, with a year in its place."""
    return _mapped(value, lambda text: _STANDS_FOR_YEAR.sub(lambda m: str(year + int(m[0]) - ANY_YEAR), text))


def without_year(value: Any, year: int) -> Any:
    """Return a value with the assessed year, and those beside it, written as `ANY_YEAR` and those beside it.

    Two sets that name their own years as plain numbers then compare as alike as two that use templates.
    """
    near = "|".join(str(year + shift) for shift in range(-2, 3))
    wanted = re.compile(rf"(?<!\d)(?:{near})(?!\d)")
    return _mapped(value, lambda text: wanted.sub(lambda m: str(ANY_YEAR + int(m[0]) - year), text))


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: _mapped(item, change) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_mapped(item, change) for item in value]
    return value


def relative_key(condition: Condition, year: int) -> str:
    """Return the key of a condition with its set's own year left open."""
    return str(without_year(condition.key, year))


class _Slots(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"


@dataclass(frozen=True, slots=True)
class Wording:
    """Puts conditions into words for one set and language."""

    catalogue: Catalogue
    language: str
    year: int
    unit: str | None = None
    """Name of the unit; without it the words say "the unit"."""
    brief: bool = False
    """Short forms, for the narrow columns of a table."""
    most: int | None = None
    """Of a list of words of which one is enough, name so many at most; all without."""

    def phrase(self, group: str, key: str, /, **args: Any) -> str:
        """Return a phrase of the catalogue's terms with its placeholders filled."""
        told = _Slots({name: self.tell(value) for name, value in args.items()})
        return self.catalogue.term(group, key, self.language).format_map(told)

    def tell(self, value: Any) -> str:
        """Return a value as people write it: dates in the local form, numbers with a comma."""
        value = at_year(value, self.year)
        if isinstance(value, str):
            return _DATE.sub(lambda day: self._date(day[0]), value)
        if isinstance(value, bool) or not isinstance(value, int | float):
            return self.catalogue.tell(value, self.language)
        return self.catalogue.tell(float(value), self.language)

    def _date(self, iso: str) -> str:
        try:
            return local_date(iso, self.language)
        except ValueError:
            return iso

    def quoted(self, terms: Iterable[str], *, every: bool = False) -> str:
        """Return terms in quotation marks, joined by "or"; shortened to `most`."""
        shown = [f"“{self.tell(term)}”" for term in dict.fromkeys(terms)]
        if self.most and len(shown) > self.most and not every:
            return ", ".join(shown[: self.most]) + ", …"
        return self.either(shown)

    def either(self, names: Sequence[str]) -> str:
        """Return names joined by commas and a last "or"."""
        if len(names) < 2:
            return "".join(names)
        return f"{', '.join(names[:-1])} {self.catalogue.term('ui', 'or', self.language)} {names[-1]}"

    def types(self, types: Iterable[Any]) -> str:
        """Return names of document types, joined by "or"."""
        names = [self.catalogue.term("types", str(one), self.language) for one in types]
        names = [name.capitalize() if name.isupper() else name for name in dict.fromkeys(names)]
        return self.either(names)

    def fact(self, fact: Sequence[str]) -> str:
        """Return the name of a fact; inside one, with the way there."""
        if not fact:
            return self.phrase("asks", "whole")
        named = self.catalogue.term("facts", fact[0], self.language)
        return " › ".join([named, *fact[1:]])

    def condition(self, condition: Condition) -> str:
        """Return one condition as a clause without a full stop."""
        if condition.kind != "leaf":
            return self._combined(condition)
        dotted = ".".join(condition.fact)
        exact = f"{condition.keyword}:{dotted}={json.dumps(condition.value)}"
        return self._leaf(condition, exact, f"{condition.keyword}:{dotted}", condition.keyword)

    def accepted(self, condition: Condition) -> str:
        """Return a condition whose value is only a part of the list that is accepted, as such."""
        return self._leaf(condition, f"some-{condition.keyword}", condition.keyword)

    def _leaf(self, condition: Condition, *keys: str) -> str:
        known = self.catalogue.terms.get("asks", {})
        if self.brief:
            keys = (*(f"short:{key}" for key in keys), *keys)
        key = next((key for key in keys if key in known), "other")
        args: dict[str, Any] = {"fact": self.fact(condition.fact), "keyword": condition.keyword}
        return self.phrase("asks", key, **args, **self._values(condition))

    def _values(self, condition: Condition) -> dict[str, str]:
        value = condition.value
        if condition.keyword == "enum" and condition.fact == ("type",):
            return {"value": self.types(value)}
        if condition.keyword == "organisation":
            return {"value": self.bodies(value)}
        if condition.keyword in ("mentions", "mentionsNone"):
            return {"value": self.quoted([value] if isinstance(value, str) else value)}
        if isinstance(value, Mapping):
            inner = {f"{name}": self._listed(item) for name, item in value.items()}
            whole = "; ".join(f"{name}: {item}" for name, item in inner.items())
            known = {"days": "…", "of": "…"} | inner
            if condition.keyword == "signedBy":
                whole = "; ".join(self.phrase("asks", f"signedBy-{name}", value=item) for name, item in inner.items())
            return {"value": whole, **{name: known[name] for name in ("days", "of")}}
        return {"value": self._listed(value)}

    def _listed(self, value: Any) -> str:
        if isinstance(value, list):
            return self.quoted(map(str, value), every=True)
        if isinstance(value, Mapping):
            return json.dumps(at_year(value, self.year), ensure_ascii=False)
        return self.tell(value)

    def bodies(self, who: Iterable[str]) -> str:
        """Return accepted issuers, joined by "or"."""
        known = self.catalogue.terms.get("bodies", {})
        names = []
        for one in who:
            if one == "unit" and self.unit:
                names.append(self.unit)
            else:
                names.append(self.phrase("bodies", one, unit=self.unit or "") if one in known else self.tell(one))
        return self.either(names)

    def _combined(self, condition: Condition) -> str:
        parts = [self.together(part) for part in condition.parts]
        if self.brief and condition.kind in ("any", "one"):
            return self.phrase("asks", "short:any").join(dict.fromkeys(parts))
        if condition.kind in ("any", "one"):
            joined = "; ".join(f"({number}) {part}" for number, part in enumerate(parts, start=1))
            return self.phrase("asks", condition.kind, parts=joined)
        if condition.kind == "if":
            otherwise = self.phrase("asks", "else", part=parts[2]) if condition.parts[2] else ""
            return self.phrase("asks", self._form("if"), when=parts[0], then=parts[1], otherwise=otherwise)
        return self.phrase("asks", self._form(condition.kind), part=parts[0], fact=self.fact(condition.fact))

    def _form(self, kind: str) -> str:
        short = f"short:{kind}"
        return short if self.brief and short in self.catalogue.terms.get("asks", {}) else kind

    def together(self, part: Sequence[Condition]) -> str:
        """Return conditions that hold together, as one clause."""
        if not part:
            return self.phrase("asks", "anything")
        clauses = self.each(part)
        if self.brief and len(clauses) > 1:
            return f"{clauses[0]} ({', '.join(clauses[1:])})"
        return ", ".join(clauses)

    def each(self, part: Iterable[Condition]) -> list[str]:
        """Return conditions in words, the terms that one text must not have told together."""
        told: list[str] = []
        barred: dict[tuple[str, ...], list[str]] = {}
        for one in part:
            if one.kind == "leaf" and one.keyword == "mentionsNone":
                barred.setdefault(one.fact, []).append(str(one.value))
            else:
                told.append(self.condition(one))
        for fact, terms in barred.items():
            told.append(self.phrase("asks", "mentionsNone", fact=self.fact(fact), value=self.quoted(terms)))
        return told

    def shortened(self, most: int) -> Wording:
        """Return the same words with long lists cut."""
        return dataclasses.replace(self, most=most)


_ASPECTS: Final[Mapping[str, str]] = {
    "type": "types",
    "subject": "subject",
    "issuer": "issuer",
    "parent": "issuer",
    "signer": "signature",
    "signatures": "signature",
    "marks": "signature",
    "signed": "signature",
    "signedBy": "signature",
}


def aspect(condition: Condition) -> str:
    """Return what a condition is about: "types", "subject", "window", "issuer", "signature" or "form"."""
    found = {_aspect(leaf) for leaf in condition.leaves()}
    return found.pop() if len(found) == 1 else "form"


def _aspect(leaf: Condition) -> str:
    if not leaf.fact:
        return _ASPECTS.get(leaf.keyword, "form")
    if leaf.fact[0] == "issued_on" and leaf.keyword != "required":
        return "window"
    return _ASPECTS.get(leaf.fact[0], "form")


def listed(condition: Condition) -> bool:
    """Return whether a condition is a list of which one entry is enough."""
    return condition.kind == "leaf" and (condition.keyword in _LISTED or condition.keyword == "organisation")
