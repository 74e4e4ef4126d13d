# SPDX-License-Identifier: Apache-2.0
"""Runs good submissions and their faulty copies through parcheck and counts what was seen."""

from __future__ import annotations

import random
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.benchmarks.planted.checking import Checker, findings, outcome, path_of
from tests.benchmarks.planted.faults import BAD, KINDS
from tests.benchmarks.planted.good import good

from parcheck.model import Outcome

if TYPE_CHECKING:
    from tests.benchmarks.planted.kinds import Kind, Planted

    from parcheck.model import SubmissionResult

STREAMS = 2
"""The seeds are dealt to so many processes, always: then the same command plants the same faults."""


@dataclass
class Tally:
    """What came of a run."""

    good: int = 0
    accused: list[str] = field(default_factory=list)
    """Good submissions with something missing or invalid, and what."""
    undetermined: int = 0
    """Criteria of good submissions that could not be decided."""
    criteria: int = 0
    """Criteria of good submissions, in all."""
    warnings: Counter[str] = field(default_factory=Counter)
    """Codes of findings on good submissions."""
    planted: Counter[str] = field(default_factory=Counter)
    """By the words of the kind."""
    missed: dict[str, list[str]] = field(default_factory=dict)
    """Words of the kind to "seed: what was seen instead"."""
    collateral: list[str] = field(default_factory=list)
    """Faulty copies in which a criterion that has nothing to do with the fault became missing or invalid."""

    def add(self, other: Tally) -> None:
        """Take in what another stream counted."""
        self.good += other.good
        self.accused += other.accused
        self.undetermined += other.undetermined
        self.criteria += other.criteria
        self.warnings += other.warnings
        self.planted += other.planted
        self.collateral += other.collateral
        for words, seeds in other.missed.items():
            self.missed.setdefault(words, []).extend(seeds)


def seen(kind: Kind, planted: Planted, result: SubmissionResult) -> bool:
    """Tell whether the fault was found: one of its codes at the right place, and an outcome that it may have."""
    if planted.criterion and outcome(result, planted.criterion) not in kind.outcomes:
        return False
    for finding in findings(result):
        if finding.code not in kind.codes:
            continue
        if planted.criterion and finding.criterion not in (None, planted.criterion, *planted.suffering):
            continue
        path = path_of(result, finding)
        # What is missing has no file; a file handed in twice is named by either copy.
        if not planted.path or path is None or path.rsplit("/", 1)[-1] == planted.path.rsplit("/", 1)[-1]:
            return True
    return False


def _bad(result: SubmissionResult) -> set[str]:
    return {criterion.code for criterion in result.criteria if criterion.outcome in BAD}


def _told(result: SubmissionResult, codes: set[str]) -> str:
    told = [f"{c.code}={c.outcome.value}" for c in result.criteria if c.code in codes]
    told += sorted({f"{f.criterion or ''}:{f.code}" for f in findings(result) if f.code != "same-file-twice"})
    return " ".join(told)


def stream(first: int, count: int, each: int, number: int) -> Tally:
    """Check the seeds of one stream and plant its share of every kind."""
    tally = Tally()
    share = {kind.words: len(range(number, each, STREAMS)) for kind in KINDS}
    seeds = range(first + number, first + count, STREAMS)
    with Checker() as checker:
        for index, seed in enumerate(seeds):
            case = good(seed)
            checker.next_case()
            result = checker.check(case)
            bad = _bad(result)
            tally.good += 1
            tally.criteria += len(result.criteria)
            tally.undetermined += sum(c.outcome is Outcome.UNDETERMINED for c in result.criteria)
            tally.warnings.update(finding.code for finding in findings(result))
            if bad:
                tally.accused.append(f"{seed}: {_told(result, bad)}")
            left = [kind for kind in KINDS if tally.planted[kind.words] < share[kind.words]]
            left.sort(key=lambda kind: tally.planted[kind.words])
            room = -(-sum(share[k.words] - tally.planted[k.words] for k in left) // (len(seeds) - index))
            for kind in left:
                planted = kind.plant(case, random.Random(f"{seed} {kind.words}"))  # noqa: S311 - no secrets
                if room <= 0 or planted is None:
                    continue
                room -= 1
                tally.planted[kind.words] += 1
                faulty = checker.check(planted.case)
                where = {planted.criterion, *planted.suffering}
                if not seen(kind, planted, faulty):
                    tally.missed.setdefault(kind.words, []).append(f"{seed}: {_told(faulty, where)}")
                if other := _bad(faulty) - bad - where:
                    tally.collateral.append(f"{seed} ({kind.words}): {_told(faulty, other)}")
    return tally


def measure(first: int, count: int, each: int) -> Tally:
    """Check good submissions from a seed on, and so many faulty copies of each kind."""
    whole = Tally()
    with ProcessPoolExecutor(STREAMS) as executor:
        for part in executor.map(stream, *zip(*[(first, count, each, n) for n in range(STREAMS)], strict=True)):
            whole.add(part)
    return whole
