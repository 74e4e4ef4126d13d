# SPDX-License-Identifier: Apache-2.0
"""Which row of a set a document fits: the set's own conditions decide, the words of its rows tell between several."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from parcheck.judging.evaluate import Evaluator, unique
from parcheck.model import Status
from parcheck.rules.requirements import requirements
from parcheck.rules.template import fill
from parcheck.sorting import Basis, Fit, Sureness
from parcheck.sorting.nearness import Nearness, Vector, likeness
from parcheck.sorting.stated import Stated, canonical, parts, stated, topical
from parcheck.submission.comparing import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from parcheck.catalogue import Catalogue
    from parcheck.judging.coding import Coder
    from parcheck.judging.evaluate import Verdict
    from parcheck.judging.vocabulary import Context, Vocabulary
    from parcheck.model import Finding
    from parcheck.rules import Alternative, Criterion, Pack, Requirement

ROW_NAME: Final = 0.8
"""What the likeness to a row's name counts beside that to the name of what it asks for …"""
GROUP_NAME: Final = 0.5
"""… what that to the names of its group and field …"""
WORDS: Final = 0.3
"""… and what the words of its conditions count. Measured on titles of real documents; little depends on them."""
CLEARLY: Final = 1.12
"""One row is clearly nearer than another from this many times its nearness on."""
ALONE: Final = 0.15
"""The only row whose conditions hold is likely from this nearness on …"""
SURELY: Final = 0.35
"""… and sure from this one on: below it, a document shares hardly more than words that stand in every title …"""
AMONG: Final = 0.45
"""… and among several, the nearest is likely from this one on."""
AGAINST: Final = 1.3
"""A row whose conditions fail speaks against the row whose conditions hold when it is so many times nearer, and near
at all (`AMONG`)."""
NAMED: Final = 3
"""At most so many rows are named for a file."""
SAID: Final = 2
"""At most so many reasons are given for each."""


@dataclass(frozen=True, slots=True)
class _Option:
    """One kind of document that one row asks for."""

    criterion: Criterion
    requirement: Requirement
    alternative: Alternative
    stated: tuple[Stated, ...]
    parts: frozenset[str]
    itself: str
    topical: bool
    names: tuple[Vector, Vector]
    row: Vector
    group: Vector


@dataclass(frozen=True, slots=True)
class _Held:
    """One document held against one option."""

    option: _Option
    match: Verdict
    nearness: float
    naming: float
    """Likeness to the name of what is asked for alone."""
    words: tuple[str, ...]

    @property
    def code(self) -> str:
        return self.option.criterion.code

    @property
    def fits(self) -> bool:
        """The conditions hold, and the document bears words that they ask for."""
        return self.match.holds is True and bool(self.words)

    def includes(self, other: _Held) -> bool:
        """Whether every document that fits this one fits the other one too, by the way the set is written."""
        return other.option.itself in self.option.parts

    def same(self, other: _Held) -> bool:
        """Whether both ask for one kind of document."""
        names = (folded(self.option.alternative.name), folded(other.option.alternative.name))
        return self.option.itself == other.option.itself or names[0] == names[1]


@dataclass(frozen=True, slots=True)
class Choice:
    """Where a document goes by the rules."""

    sureness: Sureness
    codes: tuple[str, ...]
    basis: Basis
    fits: tuple[Fit, ...]


class Placer:
    """Finds the rows that documents fit, for one set and one year.

    A match that states no words (any document with a link, say) tells nothing about where a document belongs; such
    are left out.

    Args:
        pack: the set.
        year: the year that is assessed.
        scope: codes of fields or rows that are considered; empty for the whole set.
        vocabulary: the keywords of its schemas.
        coder: says what keeps a document from fitting.
        catalogue: names of document types.
    """

    def __init__(
        self, pack: Pack, year: int, scope: Iterable[str], vocabulary: Vocabulary, coder: Coder, catalogue: Catalogue
    ) -> None:
        self._defs: Mapping[str, Any] = fill(pack.defs, {"year": year})
        self._evaluator = Evaluator(vocabulary, self._defs)
        self._coder, self._catalogue = coder, catalogue
        wanted = {row.code for code in scope for row in pack.under(code)}
        rows = [row for row in pack.criteria if row.assessed == "self" and (not wanted or row.code in wanted)]
        asked = {row.code: [one for one in requirements(row, year) if not one.provided_by] for row in rows}
        self._nearness = Nearness(
            [list(_texts(row, asked[row.code])) for row in rows],
            [
                [word for one in asked[row.code] for kind in one.alternatives for word in self._words(kind)]
                for row in rows
            ],
        )
        self._options = [
            self._option(pack, row, one, kind)
            for row in rows
            for one in asked[row.code]
            for kind in one.alternatives
            if stated(kind.match, self._defs)
        ]

    def _words(self, kind: Alternative) -> list[str]:
        return [word for each in stated(kind.match, self._defs) for word in each.words]

    def _option(self, pack: Pack, row: Criterion, requirement: Requirement, kind: Alternative) -> _Option:
        above = pack.above(row)
        vector = self._nearness.vector
        return _Option(
            row,
            requirement,
            kind,
            stated(kind.match, self._defs),
            parts(kind.match, self._defs),
            canonical(kind.match, self._defs),
            topical(kind.match, self._defs),
            (vector(kind.name), vector(requirement.name)),
            vector(row.name),
            vector(" ".join(group.name for group in pack.groups if group.code in above)),
        )

    def place(self, context: Context, name: str, hinted: frozenset[str] = frozenset()) -> Choice:
        """Return where a document goes by the rules.

        Args:
            context: the document and who handed it in.
            name: of the file, without suffix; it stands in for a title that is not known.
            hinted: codes of rows that the name of the file or of a folder speaks of.
        """
        held = self._hold(context, name)
        fitting = [one for one in held if one.fits]
        # Of two kinds of which one is a case of the other, only the narrower tells where a document belongs.
        narrow = [one for one in fitting if not any(o.includes(one) and not one.includes(o) for o in fitting)]
        if not narrow:
            return self._nowhere(held, context, hinted)
        best = _first(narrow)
        told = [one for one in narrow if one.code in hinted and one.nearness * AGAINST >= best.nearness]
        told = told or [one for one in fitting if one.code in hinted and best.includes(one)]
        basis = Basis.CODE if told else Basis.RULES
        best = _first(told) if told else best
        best = max((one for one in told or narrow if one.code == best.code), key=lambda one: one.naming)
        wide = [one for one in fitting if best.includes(one)]
        shared = [one for one in fitting if best.same(one) or (one in wide and one.option.topical)]
        codes = list(dict.fromkeys([best.code, *(one.code for one in shared)]))
        apart = {*codes, *(one.code for one in wide)}
        others = [one for one in held if one.code not in apart]
        sureness = self._sureness(best, others, hinted=bool(told))
        if sureness is Sureness.UNSURE:
            return self._nowhere(held, context, hinted)
        rivals = _by_row(one for one in held if one.fits and one.code not in codes)
        fits = [self._fit(one, context) for one in (best, *rivals[: NAMED - 1])]
        return Choice(sureness, tuple(codes), basis, tuple(fits))

    def _hold(self, context: Context, name: str) -> list[_Held]:
        facts = context.reading.facts
        kind = self._catalogue.term("types", str(facts.get("type") or ""), "vi")
        title = self._nearness.vector(f"{kind} {facts.get('subject') or name}")
        held = []
        for option in self._options:
            borne = [(each, each.borne(context.reading)) for each in option.stated]
            naming = max(likeness(title, each) for each in option.names)
            nearness = naming + ROW_NAME * likeness(title, option.row) + GROUP_NAME * likeness(title, option.group)
            nearness += WORDS * sum(
                max((self._nearness.telling(word, len(each.words)) for word in words), default=0.0)
                for each, words in borne
            )
            words = tuple(unique(word for _, words in borne for word in words))
            held.append(
                _Held(option, self._evaluator.evaluate(option.alternative.match, context), nearness, naming, words)
            )
        return held

    def _sureness(self, best: _Held, others: Sequence[_Held], *, hinted: bool) -> Sureness:
        rivals = [one for one in others if one.match.holds is not False]
        nearest = max((one.nearness for one in rivals if one.words), default=0.0)
        against = max((one.nearness for one in others if one.match.holds is False), default=0.0)
        if best.nearness >= max(SURELY, against) and not rivals:
            return Sureness.SURE
        least = AMONG if rivals else ALONE
        clear = best.nearness >= max(least, CLEARLY * nearest)
        clear = clear and (against < AMONG or best.nearness * AGAINST >= against)
        return Sureness.LIKELY if clear or hinted else Sureness.UNSURE

    def _nowhere(self, held: Sequence[_Held], context: Context, hinted: frozenset[str]) -> Choice:
        """Return the nearest rows of a document that goes nowhere, those that its name speaks of first."""
        named = [one for one in _by_row(held) if one.code in hinted]
        near = [one for one in _by_row(held) if one not in named and (one.fits or one.nearness >= AMONG)]
        near = [one for one in near if one.fits or one.nearness * AGAINST >= near[0].nearness]
        near.sort(key=lambda one: not one.fits)
        # What a file that was not read is called tells nothing by itself.
        chosen = named if context.reading.status is Status.UNREADABLE else [*named, *near]
        return Choice(Sureness.UNSURE, (), Basis.RULES, tuple(self._fit(one, context) for one in chosen[:NAMED]))

    def _fit(self, held: _Held, context: Context) -> Fit:
        option, reading = held.option, context.reading
        holds = held.match.holds
        valid = None
        findings: list[Finding] = []
        if holds:
            verdict = self._evaluator.valid(option.alternative.valid, context)
            valid = verdict.holds
            findings = [self._coder.finding(error, reading, "") for error in verdict.failures]
        elif holds is False:
            findings = [self._coder.finding(error, reading, "") for error in held.match.failures]
        else:
            findings = [self._coder.undecided(undecided, "") for undecided in held.match.undecided]
        return Fit(
            code=held.code,
            row=option.criterion.name,
            requirement=option.requirement.name,
            nearness=round(held.nearness, 3),
            words=held.words,
            holds=holds,
            valid=valid,
            findings=tuple(
                dataclasses.replace(each, criterion=held.code, requirement=option.requirement.id)
                for each in unique(findings)[:SAID]
            ),
        )


def _first(held: Iterable[_Held]) -> _Held:
    """Return the nearest; of equals, one that asks for this kind of document only, then the first in the set."""
    return max(held, key=lambda one: (round(one.nearness, 2), -len(one.option.requirement.alternatives)))


def _by_row(held: Iterable[_Held]) -> list[_Held]:
    """Return the best of each row, the nearest first."""
    best: dict[str, _Held] = {}
    for one in held:
        if one.code not in best or _order(one) > _order(best[one.code]):
            best[one.code] = one
    return sorted(best.values(), key=_order, reverse=True)


def _order(one: _Held) -> tuple[float, bool]:
    return (one.nearness, one.match.holds is not False)


def _texts(row: Criterion, asked: Sequence[Requirement]) -> Iterable[str]:
    yield row.name
    for one in asked:
        yield one.name
        for kind in one.alternatives:
            yield kind.name
