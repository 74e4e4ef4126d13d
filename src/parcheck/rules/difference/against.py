# SPDX-License-Identifier: Apache-2.0
"""What was gathered for an old set, held against the new one: what still holds, what moves, what is left to do."""

from __future__ import annotations

import dataclasses
import enum
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from parcheck.model import Outcome
from parcheck.reading.store import ReadingStore
from parcheck.reporting.wording import Teller
from parcheck.rules.difference.evidence import EvidenceComparer, Side
from parcheck.rules.difference.refiling import GONE, Prepared, Refiling
from parcheck.rules.requirements import requirements
from parcheck.rules.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from parcheck.checking import Session
    from parcheck.model import CriterionResult, Evidence, Report, RequirementResult, SubmissionResult
    from parcheck.rules import Criterion
    from parcheck.rules.difference import Difference

MISFILED = "evidence-misfiled"
_FAILED = frozenset({Outcome.MISSING, Outcome.INVALID})


class Fate(enum.StrEnum):
    """What becomes of one requirement of the new set, or of a document that it has no use for."""

    HOLDS = "holds"
    """What was gathered proves it, where it lies."""
    REFILE = "refile"
    """What was gathered proves it, under another code than it lies under."""
    WORK = "work"
    """Nothing gathered proves it, and the new set is why."""
    LOOK = "look"
    """A person must look whether what was gathered proves it."""
    OPEN = "open"
    """It is not proved, or its proof lies under another code, and that was so under the old set too."""
    DROPPED = "dropped"
    """A document that proved something, and that the new set does not ask for."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the answer."""

    fate: Fate
    code: str | None
    """Row of the new set; None where it is gone."""
    old_code: str | None
    """Row of the old set; None where it is new."""
    requirement: str
    """Id of the requirement: of the new set, of the old one where it is dropped."""
    name: str
    """What is asked for."""
    documents: tuple[str, ...] = ()
    """Paths (or citations) of what proves it, or is dropped."""
    had: tuple[str, ...] = ()
    """What proved it under the old set and no longer does."""
    filed: tuple[str, ...] = ()
    """Codes of the old set that the documents lie under, where they must be filed elsewhere too."""
    why: tuple[str, ...] = ()
    """What keeps the nearest documents from proving it, in words."""
    points: float = 0.0
    """Points of the row."""


@dataclass(frozen=True, slots=True)
class Held:
    """One submission held against the new set."""

    unit: str | None
    path: str
    entries: tuple[Entry, ...]
    above: tuple[tuple[str, float, float], ...]
    """(code, points claimed, maximum) of claims above what the new set gives."""
    report: Report
    """The check against the new set."""

    def of(self, fate: Fate) -> tuple[Entry, ...]:
        """Return the entries of one fate."""
        return tuple(entry for entry in self.entries if entry.fate is fate)


def hold_against(
    session: Session,
    difference: Difference,
    path: Path,
    language: str = "vi",
    *,
    unit: str | None = None,
    workers: int | None = None,
    cached: bool = False,
) -> Held:
    """Hold a submission that was gathered for the old set against the new one.

    Args:
        session: plugins and words.
        difference: the two sets, compared.
        path: a folder, ZIP or self-assessment, filed by the codes of the old set.
        language: of the sentences in the answer.
        unit: name of the unit; wins over `submission.yaml`.
        workers: worker processes.
        cached: also use the user's cache of readings.

    Raises:
        BadUsage, BadSubmission: as `parcheck.check`.
    """
    before, after = Prepared(session, difference), Refiling(session, difference)
    with (
        tempfile.TemporaryDirectory(prefix="parcheck-") as folder,
        ReadingStore(Path(folder) / "readings.sqlite", session.readers, keeps_failures=True) as store,
    ):
        first = before.check(path, difference.old, unit=unit, workers=workers, cache=cached, stores=[store])
        second = after.check(path, difference.new, unit=unit, workers=workers, cache=cached, stores=[store])
    old, new = first.submissions[0], second.submissions[0]
    new = dataclasses.replace(new, documents=tuple(_restored(one, after.paths) for one in new.documents))
    judged = _Judged(session, difference, old, new, language)
    return Held(
        unit=new.unit,
        path=new.path,
        entries=tuple(judged.entries()),
        above=tuple(
            (row.code, row.claimed, row.points)
            for row in new.criteria
            if row.claimed is not None and row.claimed > row.points + 0.005
        ),
        report=dataclasses.replace(second, submissions=(new,)),
    )


def _restored(evidence: Evidence, paths: Mapping[str, str]) -> Evidence:
    path = evidence.path and paths.get(evidence.path, evidence.path)
    return dataclasses.replace(evidence, path=path)


class _Judged:
    """The two verdicts on one submission, side by side."""

    def __init__(
        self, session: Session, difference: Difference, old: SubmissionResult, new: SubmissionResult, language: str
    ) -> None:
        self.difference, self.old, self.new = difference, old, new
        sides = (
            Side.of(pack, Wording(session.catalogue, language, pack.year)) for pack in (difference.old, difference.new)
        )
        self._lines = EvidenceComparer(*sides)
        self._teller = Teller(new, session.catalogue, language)
        self._rows = {row.code: row for row in difference.new.criteria}
        self._partner = {b.code: a for a, b in difference.pairs.rows if a is not None and b is not None}
        self._old_rows = {row.code: row for row in old.criteria}
        self._old_names = {one.id: _shown(one) for one in old.documents}
        self._new_names = {one.id: _shown(one) for one in new.documents}
        self._filed = {_shown(one): tuple(code for code in one.criteria if code != GONE) for one in old.documents}
        self._special = {
            (row.code, one.id)
            for row in (*difference.old.criteria, *difference.new.criteria)
            for one in requirements(row, difference.new.year)
            if one.other or one.provided_by
        }
        self._kept: set[tuple[str, str]] = set()
        """(old row, old requirement) that live on in the new set."""

    def entries(self) -> Iterator[Entry]:
        """Yield what becomes of each requirement of the new set, then the documents it has no use for."""
        for row in self.new.criteria:
            if row.outcome in (Outcome.NOT_CHECKED, Outcome.NOT_APPLICABLE):
                self._still(row)
                continue
            for result in row.requirements:
                yield from self._requirement(row, result)
        yield from self._dropped()

    def _still(self, row: CriterionResult) -> None:
        """Note that a row is still self-assessed, though this unit claims nothing for it."""
        partner = self._partner.get(row.code)
        if row.assessed == "self" and partner is not None:
            self._kept.update((partner.code, one.id) for one in requirements(partner, self.difference.old.year))

    def _requirement(self, row: CriterionResult, result: RequirementResult) -> Iterator[Entry]:
        partner = self._partner.get(row.code)
        was = self._was(partner, self._rows[row.code], result.id)
        if partner is not None and was is not None and (row.code, result.id) not in self._special:
            self._kept.add((partner.code, was.id))
        if result.outcome is Outcome.NOT_CHECKED:
            return
        documents = self._named(result)
        entry = Entry(
            fate=Fate.HOLDS,
            code=row.code,
            old_code=partner.code if partner else None,
            requirement=result.id,
            name=result.name,
            documents=documents[:1],
            points=row.points,
        )
        if result.outcome is Outcome.SATISFIED:
            asked = requirements(self._rows[row.code], int(self.new.period))
            minimum = next((one.minimum for one in asked if one.id == result.id), 1)
            moved = partner is not None and partner.code != row.code
            fate = Fate.REFILE if moved and documents else Fate.HOLDS
            filed = tuple(dict.fromkeys(code for name in documents for code in self._filed.get(name, ())))
            yield dataclasses.replace(entry, fate=fate, documents=documents[:minimum], filed=filed if moved else ())
            return
        if result.optional:
            return
        if result.outcome not in _FAILED:
            yield dataclasses.replace(entry, fate=Fate.LOOK, documents=documents, why=self._why(result))
            return
        if elsewhere := [f.document for f in result.findings if f.code == MISFILED and f.document]:
            found = tuple(self._new_names[id_] for id_ in elsewhere)
            filed = tuple(dict.fromkeys(code for name in found for code in self._filed.get(name, ())))
            fate = Fate.OPEN if was is not None and was.outcome in _FAILED else Fate.REFILE
            yield dataclasses.replace(entry, fate=fate, documents=found, filed=filed)
            return
        held = was is not None and was.outcome is Outcome.SATISFIED
        had = tuple(self._old_names[id_] for id_ in was.documents[:1]) if held and was else ()
        open_ = was is not None and was.outcome in _FAILED
        fate = Fate.OPEN if open_ else Fate.WORK
        if was is not None and was.outcome not in _FAILED and not held:
            fate = Fate.LOOK
        yield dataclasses.replace(entry, fate=fate, documents=(), had=had, why=self._why(result))

    def _was(self, partner: Criterion | None, row: Criterion, id_: str) -> RequirementResult | None:
        """Return what became of the same requirement under the old set."""
        if partner is None or partner.code not in self._old_rows:
            return None
        line, _, entry = id_.partition(".")
        for one, other in self._lines.pairs(partner.evidence, row.evidence):
            if one is not None and other is not None and other["id"] == line:
                wanted = f"{one['id']}.{entry}" if entry else one["id"]
                results = self._old_rows[partner.code].requirements
                return next((result for result in results if result.id == wanted), None)
        return None

    def _named(self, result: RequirementResult) -> tuple[str, ...]:
        return tuple(self._new_names[id_] for id_ in result.documents)

    def _why(self, result: RequirementResult) -> tuple[str, ...]:
        told = [self._teller.tell(finding).message for finding in result.findings if finding.document]
        return tuple(dict.fromkeys(told))[:3]

    def _dropped(self) -> Iterator[Entry]:
        """Yield documents that proved something that the new set does not ask for, and that it uses nowhere else."""
        used = {
            name
            for row in self.new.criteria
            for result in row.requirements
            if (row.code, result.id) not in self._special
            for name in (*self._named(result), *(self._new_names[f.document] for f in result.findings if f.document))
        }
        codes = self.difference.pairs.codes()
        for row in self.old.criteria:
            for result in row.requirements:
                if (row.code, result.id) in self._special or (row.code, result.id) in self._kept:
                    continue
                if result.outcome in (Outcome.SATISFIED, Outcome.UNDETERMINED, Outcome.INVALID):
                    names = tuple(dict.fromkeys(self._old_names[id_] for id_ in result.documents))
                    left = tuple(name for name in names if name not in used)
                    if left:
                        yield Entry(Fate.DROPPED, codes.get(row.code), row.code, result.id, result.name, left)


def _shown(evidence: Evidence) -> str:
    """Return what names a document in both verdicts: its path, or the words of its citation."""
    return evidence.path or evidence.cited or evidence.id


def counts(held: Held) -> dict[str, int]:
    """Return how many entries there are of each fate."""
    return {fate.value: len(held.of(fate)) for fate in Fate}


def by_row(entries: Iterable[Entry]) -> list[tuple[tuple[str | None, str | None], list[Entry]]]:
    """Return entries together that are of one row, in order."""
    rows: dict[tuple[str | None, str | None], list[Entry]] = {}
    for entry in entries:
        rows.setdefault((entry.code, entry.old_code), []).append(entry)
    return list(rows.items())
