# SPDX-License-Identifier: Apache-2.0
"""How many different documents are taken for copies, how many copies are found, and what comparing a province costs.

usage: python tests/benchmarks/near_copies.py [--submissions 200] [--units 140] [--documents 179] [FILE…]

Texts of so many good generated submissions are held against those of all others, then each against itself in another
unit's name. FILEs (real documents) are held against each other; pairs are printed, to be looked at by eye. Last, so
many units with so many documents each are compared; memory is the peak of this process.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[2]
for part in ("tests/support", "rules", "plugins", "src", ""):
    sys.path.insert(0, str(ROOT / part))

from tests.benchmarks.planted import offices  # noqa: E402 - the path to it is set above
from tests.benchmarks.planted.good import good  # noqa: E402
from tests.crosschecks.wordings import renamed, text  # noqa: E402

from parcheck.catalogue import shipped  # noqa: E402
from parcheck.judging.coding import Coder  # noqa: E402
from parcheck.judging.unitcheck import compare_units  # noqa: E402
from parcheck.model import Evidence, Reading, Status, SubmissionResult  # noqa: E402
from parcheck.reading.pool import Job, ReaderPool  # noqa: E402
from parcheck_plugins.crosschecks.sketching import likeness, near_copies, sketch, sketch_of  # noqa: E402
from parcheck_plugins.unitchecks import parcheck_unitchecks  # noqa: E402
from parcheck_plugins.unitchecks.index import near_pairs  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any


def generated(count: int) -> list[dict[str, Any]]:
    """Measure generated submissions; return the sketches of their documents."""
    facts, keyed = [], []
    found = copies = 0
    rng = random.Random(1)  # noqa: S311 - test data
    for seed in range(count):
        case = good(seed)
        for paper in case.papers:
            names = [" ".join(paper.spec.unit.name)]
            words = text(paper.spec)
            facts.append(sketch(words, names))
            mine = sketch_of({"sketch": facts[-1]})
            if mine is None:
                continue
            keyed.append((mine, seed))
            place, *_ = offices.places(rng, 2)
            own = case.office.name.removeprefix("UBND ")
            kind = next((kind for kind in ("xã", "phường", "tỉnh") if own.startswith(kind)), None)
            if kind:
                other = {own: f"{kind} {place}", paper.spec.unit.place: place}
                again = sketch_of({"sketch": sketch(renamed(words, other), [renamed(names[0], other)])})
                copies += 1
                found += again is not None and near_copies(mine, again)
    keyed.sort(key=lambda pair: (pair[0].hashes, pair[1]))
    pairs = near_pairs([mine for mine, _ in keyed])
    across = sum(keyed[one][1] != keyed[other][1] for one, other in pairs)
    print(f"{len(facts)} documents of {count} submissions, {len(keyed)} long enough")
    print(f"near copies: {across} across submissions, {len(pairs) - across} inside one (last year's plan, Word copies)")
    print(f"copies in another unit's name found: {found} of {copies}")
    return facts


def real(files: Sequence[Path]) -> None:
    """Print the pairs among real documents."""
    with ReaderPool(facts=frozenset({"sketch"}), workers=2) as pool:
        jobs = [Job(file, str(file), (), frozenset()) for file in files]
        read = [(reading.path, sketch_of(reading.facts)) for _, reading in pool.read_many(jobs)]
    telling = sorted((path, mine) for path, mine in read if mine is not None)
    print(f"{len(files)} files, {len(telling)} with enough text of their own")
    for (path, mine), (other, theirs) in combinations(telling, 2):
        if near_copies(mine, theirs):
            print(f"  {likeness(mine, theirs):.2f} {path} {other}")


def province(sketches: Sequence[dict[str, Any]], units: int, documents: int) -> None:
    """Time the comparison of a province whose documents are drawn from a few."""
    rng = random.Random(2)  # noqa: S311 - test data

    class Results(list[SubmissionResult]):
        def __len__(self) -> int:
            return units

        def __iter__(self) -> Iterator[SubmissionResult]:
            for number in range(units):
                name = f"xã {chr(65 + number % 26)} {chr(65 + number // 26)}"
                yield SubmissionResult(name, "2025", name, (), tuple(evidence(name, each) for each in range(documents)))

    def evidence(unit: str, number: int) -> Evidence:
        facts = {"issuer": f"UBND {unit.upper()}", "symbol": f"{number}/KH-UBND", "sketch": rng.choice(sketches)}
        reading = Reading("", f"{unit} {number}", "application/pdf", Status.READ, facts)
        return Evidence(f"d{number}", f"1.1/{number}.pdf", None, (), reading)

    began = time.monotonic()
    compared = compare_units(Results(), parcheck_unitchecks(), Coder(shipped()))
    seconds = time.monotonic() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    said = sum(map(len, compared.findings.values()))
    print(f"{units} units with {documents} documents each: {seconds:.1f} s, peak {peak:.0f} MB, {said} findings")


def main() -> None:
    """Run the benchmark and print what came of it."""
    parser = argparse.ArgumentParser(formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("files", type=Path, nargs="*", help="real documents")
    parser.add_argument("--submissions", type=int, default=200)
    parser.add_argument("--units", type=int, default=140)
    parser.add_argument("--documents", type=int, default=179)
    chosen = parser.parse_args()
    facts = generated(chosen.submissions)
    if chosen.files:
        real(chosen.files)
    province(facts, chosen.units, chosen.documents)


if __name__ == "__main__":
    main()
