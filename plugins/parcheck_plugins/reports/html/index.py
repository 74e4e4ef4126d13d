# SPDX-License-Identifier: Apache-2.0
"""All units of a report as the index shows them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from parcheck.model import Outcome
from parcheck_plugins.reports.html.findings import NOTHING
from parcheck_plugins.reports.html.unit import ORDER

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from parcheck.model import Totals
    from parcheck.reporting.summary import Summary, UnitSummary
    from parcheck_plugins.reports.html.texts import Said, Speaker

MOST_CODES: Final = 25
MOST_CRITERIA: Final = 5
_OTHER: Final = re.compile(r"[^a-z0-9]+")
_LONGEST: Final = 60


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit."""

    unit: str
    path: str
    link: str
    state: str
    """"not", "look" or "ready"."""
    counts: Mapping[str, int]
    claimed: Said
    claimed_key: str
    supported: Said
    supported_key: str
    """Numbers for sorting; empty where there are none."""
    documents: int


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One kind of finding over all units."""

    code: str
    title: Said
    severity: Said
    units: int
    count: int
    where: str


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """One scored row over all units."""

    code: str
    name: str
    by: Mapping[str, int]
    counts: Sequence[tuple[Outcome, Said, int]]
    total: int


@dataclass(frozen=True, slots=True)
class IndexView:
    """The index."""

    ready: int
    counts: Sequence[tuple[Outcome, Said, int]]
    """Criteria of all units by outcome."""
    units: Sequence[UnitRow]
    codes: Sequence[CodeRow]
    criteria: Sequence[CriterionRow]


def index_view(summary: Summary, totals: Sequence[Totals | None], links: Sequence[str], speaker: Speaker) -> IndexView:
    """Return what the index shows, units with most to do first.

    Args:
        summary: of the report.
        totals: by the units' numbers.
        links: by the units' numbers, where each is shown.
        speaker: the words.
    """
    words = {outcome: speaker.term("outcomes", outcome.value) for outcome in ORDER}
    every = Counter[str]()
    by: dict[str, Counter[str]] = {code: Counter() for code, _ in summary.criteria}
    for unit in summary.units:
        every.update(unit.counts)
        for code, outcome in unit.outcomes.items():
            by[code][outcome.value] += 1
    return IndexView(
        ready=sum(unit.ready for unit in summary.units),
        counts=_counted(every, words),
        units=[_unit(unit, totals[unit.number], links[unit.number], speaker) for unit in summary.worst_first],
        codes=[
            CodeRow(
                each.code,
                speaker.both(lambda language, code=each.code: speaker.catalogue.title(code, language)),  # type: ignore[misc]
                speaker.term("severities", each.severity.value),
                each.units,
                each.count,
                ", ".join(f"{criterion} ({count})" for criterion, count in each.criteria[:MOST_CRITERIA]),
            )
            for each in summary.codes[:MOST_CODES]
        ],
        criteria=[
            CriterionRow(code, name, by[code], _counted(by[code], words), by[code].total())
            for code, name in summary.criteria
        ],
    )


def _counted(counts: Mapping[str, int], words: Mapping[Outcome, Said]) -> list[tuple[Outcome, Said, int]]:
    return [(outcome, words[outcome], counts[outcome.value]) for outcome in ORDER if counts.get(outcome.value)]


def _unit(unit: UnitSummary, totals: Totals | None, link: str, speaker: Speaker) -> UnitRow:
    claimed = totals.whole.claimed if totals else None
    most = totals.whole.supported.most if totals else None
    return UnitRow(
        unit=unit.unit or "",
        path=unit.path,
        link=link,
        state="not" if not unit.ready else "look" if unit.counts[Outcome.UNDETERMINED.value] else "ready",
        counts=unit.counts,
        claimed=NOTHING if claimed is None else speaker.number(claimed),
        claimed_key="" if claimed is None else str(claimed),
        supported=NOTHING if most is None else speaker.number(most),
        supported_key="" if most is None else str(most),
        documents=unit.documents,
    )


def file_name(number: int, name: str) -> str:
    """Return the name of a unit's page: plain letters and digits that every system takes, and no two alike.

    Args:
        number: the unit's place in the report, from 0.
        name: what the unit, or its folder, is called.
    """
    plain = unicodedata.normalize("NFKD", name.casefold().replace("đ", "d")).encode("ascii", "ignore").decode("ascii")
    slug = _OTHER.sub("-", plain)[:_LONGEST].strip("-")
    return f"{number + 1:03d}-{slug or 'don-vi'}.html"
