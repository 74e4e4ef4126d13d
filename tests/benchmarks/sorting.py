# SPDX-License-Identifier: Apache-2.0
"""How many files `parcheck sort` puts back where they came from, their folders taken away.

    python tests/benchmarks/sorting.py [--good 20] [--seed 1] [--submission FOLDER --rules PACK [--unit NAME]]

Measured are the sample submissions and good submissions made by chance (see `planted_faults.py`), or a submission of
your own. Each is read once, then its files lie in one heap: no folders, no claims, no scope, only the unit and its
names. Right is a row that a file was filed under (by its folder, or by `submission.yaml`); files that prove nothing
where they lay (of the wrong year, unreadable, drafts of something else) are told apart. Exit code 1 when a file is
surely put in a wrong row, or fewer than 95 % of the others go back.
"""

from __future__ import annotations

import argparse
import dataclasses
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parcheck.checking import Session
    from parcheck.model import Reading
    from parcheck.rules import Pack
    from parcheck.sorting import Placement
    from parcheck.submission import Handed

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = {
    "tinh-truong-giang": "par-tinh-2025",
    "so-noi-vu-truong-giang": str(ROOT / "samples" / "rules" / "par-so-mau-2025"),
}
WANTED = 0.95


@dataclass
class Tally:
    """What became of the files of one or several submissions."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(sureness, "right" | "shared" | "wrong" | "unsure") to files that prove something where they lay."""
    apart: Counter[str] = field(default_factory=Counter)
    """Sureness to files that prove nothing where they lay."""
    told: list[str] = field(default_factory=list)

    def add(self, one: Placement, filed: set[str], *, proves: bool, where: str) -> None:
        """Count one file."""
        if not one.codes:
            kind = "unsure"
        elif one.codes[0] in filed:
            kind = "right"
        else:
            kind = "shared" if filed & set(one.codes) else "wrong"
        goes = ", ".join(one.codes) or "–"
        subject = one.reading.facts.get("subject") or ""
        if not proves:
            self.apart[one.sureness.value] += 1
            self.told.append(f"apart  {where}: {one.path} [{', '.join(sorted(filed)) or '–'} → {goes}] {subject}")
            return
        self.counts[one.sureness.value, kind] += 1
        if kind in ("wrong", "unsure"):
            self.told.append(
                f"{kind:6} {where}: {one.path} [{', '.join(sorted(filed))} → {goes}, {one.sureness.value}] {subject}"
            )

    @property
    def total(self) -> int:
        """Files that prove something where they lay."""
        return self.counts.total()

    def share(self, *kinds: str) -> float:
        """Return the share of files of these kinds."""
        return sum(n for (_, kind), n in self.counts.items() if kind in kinds) / max(1, self.total)

    @property
    def surely_wrong(self) -> int:
        """Files that were surely put in a wrong row."""
        return self.counts["sure", "wrong"]

    def joined(self, other: Tally) -> Tally:
        """Return both together."""
        return Tally(self.counts + other.counts, self.apart + other.apart, self.told + other.told)


def heaped(handed: Handed) -> Handed:
    """Return a submission with all files in one heap, and only the unit and its names known."""
    taken: set[str] = set()
    items = []
    for item in handed.items:
        path = Path(item.path.rsplit("/", 1)[-1])
        number, name = 2, path.name
        while name in taken:
            name, number = f"{path.stem} ({number}){path.suffix}", number + 1
        taken.add(name)
        items.append(dataclasses.replace(item, path=name))
    return dataclasses.replace(handed, items=tuple(items), claims={}, scope=(), rows=(), cited=())


def measure(session: Session, pack: Pack, handed: Handed, readings: Sequence[Reading]) -> Tally:
    """Sort the heap that a submission makes and hold it against where its files lay."""
    from parcheck.judging.judge import Judge
    from parcheck.rules.requirements import requirements
    from parcheck.sorting.running import place_all

    result = Judge(pack, session.vocabulary, session.catalogue).judge(handed, readings)
    named = {
        (row.code, one.id)
        for row in pack.criteria
        for one in requirements(row, handed.year or pack.year)
        if not one.other
    }
    used = {
        id_
        for criterion in result.criteria
        for requirement in criterion.requirements
        if (criterion.code, requirement.id) in named
        for id_ in requirement.documents
    }
    filed: dict[str, set[str]] = {}
    proves: dict[str, bool] = {}
    for evidence in result.documents:
        if evidence.path is not None:
            key = evidence.reading.sha256 or evidence.path
            filed.setdefault(key, set()).update(evidence.criteria)
            proves[key] = proves.get(key, False) or evidence.id in used
    tally = Tally()
    for item, one in zip(handed.items, place_all(session, pack, heaped(handed), readings).placements, strict=True):
        if one.same_as is None:
            key = one.reading.sha256 or item.path
            # Of a locked file, nothing tells where it belongs.
            read_ = (
                any(one.reading.facts.get(name) for name in ("type", "subject", "symbol")) or not one.reading.unknown
            )
            tally.add(one, filed[key], proves=proves[key] and read_, where=handed.path.name)
    return tally


def read(session: Session, pack: Pack, folder: Path, unit: str | None = None) -> tuple[Handed, list[Reading]]:
    """Return a submission and its readings."""
    from parcheck.reading.pool import Job, ReaderPool

    handed = session.handed(folder, unit=unit)
    with ReaderPool(facts=session.facts(pack), choice=session.plugins.choice) as pool:
        jobs = [Job(item.file, item.path, item.member) for item in handed.items]
        found = dict(pool.read_many(jobs))
    return handed, [found[index] for index in range(len(jobs))]


def planted(session: Session, seeds: Sequence[int]) -> Iterator[Tally]:
    """Yield what becomes of good submissions made by chance."""
    from tests.benchmarks.planted.good import good

    packs = {name: session.pack(name) for name in SAMPLES.values()}
    for seed in seeds:
        case = good(seed)
        pack = packs["par-tinh-2025" if case.level == "tỉnh" else SAMPLES["so-noi-vu-truong-giang"]]
        with tempfile.TemporaryDirectory(prefix=f"{seed}-") as place:
            case.write(Path(place))
            yield measure(session, pack, *read(session, pack, Path(place), case.office.name))


def show(name: str, tally: Tally) -> bool:
    """Print a tally; return whether it is good enough."""
    counts = tally.counts
    print(f"{name}: {tally.total} tệp chứng minh được điều gì đó ở nơi cũ, {tally.apart.total()} tệp để riêng")
    for sureness in ("sure", "likely", "unsure"):
        kinds = {kind: counts[sureness, kind] for kind in ("right", "shared", "wrong", "unsure")}
        print(f"  {sureness:7}", "  ".join(f"{kind} {n}" for kind, n in kinds.items() if n) or "–")
    print(
        f"  về đúng tiêu chí {tally.share('right', 'shared'):.1%} (thư mục đúng {tally.share('right'):.1%}), "
        f"chưa rõ {tally.share('unsure'):.1%}, sai {tally.share('wrong'):.1%}; chắc chắn mà sai: {tally.surely_wrong}"
    )
    print(f"  để riêng: {dict(tally.apart)}")
    for told in tally.told:
        print(f"    {told}")
    return not tally.surely_wrong and tally.share("right", "shared") >= WANTED


def main() -> int:
    """Measure and print."""
    sys.path[:0] = [str(ROOT / part) for part in ("", "src", "plugins", "rules")]
    parser = argparse.ArgumentParser(description="Sorting", formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("--good", type=int, default=20, help="good submissions made by chance")
    parser.add_argument("--seed", type=int, default=1, help="the first seed")
    parser.add_argument("--submission", type=Path, help="a submission of your own, filed by criteria, instead")
    parser.add_argument("--rules", help="its rule set")
    parser.add_argument("--unit", help="its unit")
    chosen = parser.parse_args()
    from parcheck.checking import Session

    started = time.monotonic()
    session = Session()
    if chosen.submission:
        pack = session.pack(chosen.rules)
        tally = measure(session, pack, *read(session, pack, chosen.submission, chosen.unit))
        return int(not show(chosen.submission.name, tally))
    good_enough = True
    for name, rules in SAMPLES.items():
        pack = session.pack(rules)
        good_enough &= show(name, measure(session, pack, *read(session, pack, ROOT / "samples" / name)))
    total = Tally()
    for tally in planted(session, range(chosen.seed, chosen.seed + chosen.good)):
        total = total.joined(tally)
    good_enough &= show(f"{chosen.good} hồ sơ dựng ngẫu nhiên", total)
    print(f"{time.monotonic() - started:.0f} giây")
    return int(not good_enough)


if __name__ == "__main__":
    sys.exit(main())
