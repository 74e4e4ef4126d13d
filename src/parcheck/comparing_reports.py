# SPDX-License-Identifier: Apache-2.0
"""Two reports on the same units compared: what was mended, what is new, what is still open, which files changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from parcheck.judging.fingerprints import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

    from parcheck.reporting.reading_back import SaidCriterion, SaidDocument, SaidFinding, SaidReport, SaidUnit

_T = TypeVar("_T")
NOT_LOOKED_AT = frozenset({"not_checked", "not_applicable"})


@dataclass(frozen=True, slots=True)
class DocumentPair:
    """One document before and now."""

    old: SaidDocument
    new: SaidDocument


@dataclass(frozen=True, slots=True)
class OutcomePair:
    """A criterion whose outcome changed; None where it was not in the report."""

    old: SaidCriterion | None
    new: SaidCriterion | None


@dataclass(frozen=True, slots=True)
class UnitChange:
    """What changed in one unit."""

    old: SaidUnit
    new: SaidUnit
    fixed: tuple[SaidFinding, ...]
    """Open before, not there now."""
    fresh: tuple[SaidFinding, ...]
    """Open now, not before."""
    still: tuple[SaidFinding, ...]
    """Open in both, as the new report says it."""
    decided: tuple[SaidFinding, ...]
    """Open before, set aside by a decision now."""
    unlooked: tuple[SaidFinding, ...]
    """Open before, of criteria that the new report did not look at: neither mended nor open."""
    outcomes: tuple[OutcomePair, ...]
    replaced: tuple[DocumentPair, ...]
    """The same number or the same name, other bytes."""
    moved: tuple[DocumentPair, ...]
    """The same bytes elsewhere."""
    added: tuple[SaidDocument, ...]
    removed: tuple[SaidDocument, ...]

    @property
    def same(self) -> bool:
        """Whether nothing changed."""
        changes: tuple[Sequence[object], ...] = (
            *(self.fixed, self.fresh, self.decided, self.unlooked, self.outcomes),
            *(self.replaced, self.moved, self.added, self.removed),
        )
        return not any(changes) and (self.old.ready, self.old.unit) == (self.new.ready, self.new.unit)


@dataclass(frozen=True, slots=True)
class ReportDifference:
    """What changed between two reports."""

    old: SaidReport
    new: SaidReport
    units: tuple[UnitChange, ...]
    """Units that are in both, in the order of the new report."""
    added: tuple[SaidUnit, ...]
    removed: tuple[SaidUnit, ...]

    @property
    def other_pack(self) -> bool:
        """Whether the two were made by other rules: then a change may come from them."""
        return (self.old.pack_id, self.old.pack_version, self.old.pack_digest) != (
            self.new.pack_id,
            self.new.pack_version,
            self.new.pack_digest,
        )

    @property
    def other_program(self) -> bool:
        """Whether the two were made by another program, plugins or readers: then a change may come from these."""
        keys = ("versions", "plugins", "readers")
        return any(self.old.run.get(key) != self.new.run.get(key) for key in keys)

    @property
    def edited(self) -> tuple[SaidReport, ...]:
        """Reports that do not say what they said when they were written."""
        return tuple(report for report in (self.old, self.new) if report.sealed is False)

    @property
    def other_period(self) -> bool:
        """Whether some unit was assessed for another period."""
        return any(unit.old.period != unit.new.period for unit in self.units)

    @property
    def worse(self) -> bool:
        """Whether something open is new; what a unit new to the report has open counts."""
        return any(unit.fresh for unit in self.units) or any(
            finding.open for unit in self.added for finding in unit.findings
        )


def compare_reports(old: SaidReport, new: SaidReport) -> ReportDifference:
    """Return what changed between two reports of the same or of other rules."""
    pairs, removed, added = _paired(old.units, new.units, [_by_name_and_folder, _by_name, _by_folder])
    strangers = [pair for pair in pairs if _strangers(*pair)]
    pairs = [pair for pair in pairs if not _strangers(*pair)]
    removed += [before for before, _ in strangers]
    added += [now for _, now in strangers]
    order = {id(unit): index for index, unit in enumerate(new.units)}
    units = sorted((_unit(before, now) for before, now in pairs), key=lambda change: order[id(change.new)])
    return ReportDifference(old, new, tuple(units), tuple(added), tuple(removed))


def _by_name_and_folder(unit: SaidUnit) -> Hashable:
    return (folded(unit.unit or ""), folded(unit.path))


def _by_name(unit: SaidUnit) -> Hashable:
    return folded(unit.unit) if unit.unit else None


def _by_folder(unit: SaidUnit) -> Hashable:
    return folded(unit.path)


def _strangers(old: SaidUnit, new: SaidUnit) -> bool:
    """Return whether two units have only the name of their folder in common: one that was renamed keeps files."""
    if not old.unit or not new.unit or folded(old.unit) == folded(new.unit):
        return False
    files = [{each.sha256 for each in unit.documents.values() if each.sha256} for unit in (old, new)]
    return not files[0] & files[1]


def _paired(
    old: Iterable[_T], new: Iterable[_T], keys: Sequence[Callable[[_T], Hashable]]
) -> tuple[list[tuple[_T, _T]], list[_T], list[_T]]:
    """Pair what one key after the other knows for the same; what two share in one list is known by no key of that kind.

    Returns:
        (pairs, those left of the old ones, those left of the new ones)
    """
    pairs: list[tuple[_T, _T]] = []
    olds, news = list(old), list(new)
    for key in keys:
        counts = [Counter(key(each) for each in side) for side in (olds, news)]
        there = {key(each): each for each in olds}
        found = [
            (there[key(each)], each)
            for each in news
            if key(each) is not None and counts[0][key(each)] == counts[1][key(each)] == 1
        ]
        pairs += found
        taken = {id(each) for pair in found for each in pair}
        olds = [each for each in olds if id(each) not in taken]
        news = [each for each in news if id(each) not in taken]
    return pairs, olds, news


def _unit(old: SaidUnit, new: SaidUnit) -> UnitChange:
    same, olds, news = _paired(
        old.documents.values(), new.documents.values(), [_place_and_bytes, lambda each: each.identity]
    )
    replaced, removed, added = _paired(olds, news, [lambda each: each.path, _number, lambda each: folded(each.name)])
    fixed, fresh, still, decided, unlooked = _findings(old, new, replaced)
    return UnitChange(
        old=old,
        new=new,
        fixed=fixed,
        fresh=fresh,
        still=still,
        decided=decided,
        unlooked=unlooked,
        outcomes=tuple(_outcomes(old.criteria, new.criteria)),
        replaced=tuple(DocumentPair(*pair) for pair in replaced),
        moved=tuple(DocumentPair(*pair) for pair in same if pair[0].path != pair[1].path),
        added=tuple(added),
        removed=tuple(removed),
    )


def _place_and_bytes(document: SaidDocument) -> Hashable:
    return (document.path, document.identity)


def _number(document: SaidDocument) -> Hashable:
    return folded(document.symbol) if document.symbol else None


def _outcomes(old: Mapping[str, SaidCriterion], new: Mapping[str, SaidCriterion]) -> Iterable[OutcomePair]:
    for code in dict.fromkeys([*new, *old]):
        before, now = old.get(code), new.get(code)
        if before is None or now is None or before.outcome != now.outcome:
            yield OutcomePair(before, now)


_Findings = tuple["SaidFinding", ...]


def _findings(
    old: SaidUnit, new: SaidUnit, replaced: Iterable[tuple[SaidDocument, SaidDocument]]
) -> tuple[_Findings, _Findings, _Findings, _Findings, _Findings]:
    """Return findings (fixed, new, still open, set aside, not looked at)."""
    followed = {before.id: now.id for before, now in replaced}
    # A document that took another's place keeps the findings that hold for it too.
    now_alike = {(each.alike, each.document): each for each in new.findings if each.document}
    now_exact: dict[str, SaidFinding] = {}
    for each in new.findings:
        if each.open or each.fingerprint not in now_exact:
            now_exact[each.fingerprint] = each
    fixed: dict[str, SaidFinding] = {}
    still: dict[str, SaidFinding] = {}
    decided: dict[str, SaidFinding] = {}
    unlooked: dict[str, SaidFinding] = {}
    for each in (finding for finding in old.findings if finding.open):
        follower = followed.get(each.document or "")
        now = now_exact.get(each.fingerprint) or (now_alike.get((each.alike, follower)) if follower else None)
        if now is not None and now.open:
            still[now.fingerprint] = now
        elif now is not None and now.decided:
            decided[now.fingerprint] = now
        elif each.criterion is not None and _unlooked(each.criterion, old, new):
            unlooked[each.fingerprint] = each
        else:
            fixed[each.fingerprint] = each
    fresh = {each.fingerprint: each for each in new.findings if each.open and each.fingerprint not in still}
    sides = (fixed, fresh, still, decided, unlooked)
    return tuple(tuple(side.values()) for side in sides)  # type: ignore[return-value]


def _unlooked(code: str, old: SaidUnit, new: SaidUnit) -> bool:
    """Return whether the new report did not look at a criterion that the old one looked at."""
    now = new.criteria.get(code)
    return code in old.criteria and (now is None or now.outcome in NOT_LOOKED_AT)
