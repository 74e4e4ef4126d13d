# SPDX-License-Identifier: Apache-2.0
"""How long a province takes: time per document, memory of the whole process tree, cold and warm, one worker and two.

usage: python tests/benchmarks/batch.py [--documents 1000 10000] [--workers 2 1] [--per-unit 180] [--scans 0.45]

For each size a province is made (see provinces.py) and checked by the command line against a pack whose rules ask for
letterhead and signature, with an empty cache and then with the cache it left, writing the reports that a folder gets
when nothing is said. Whether the time per document is constant is told by the units' lines on standard error: what the
first fifth of the documents took, the middle and the last. Memory is the sum of the resident sizes of the command and
all its children, looked at ten times a second (Linux only). Python keeps the bytecode of modules between the runs, as
where parcheck is installed. The last lines are the ratios.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from provinces import ROOT, Press, write_pack  # noqa: E402 - the path to it is set above

IN_AN_HOUR = 25_000
FIFTHS = 5


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the command."""

    documents: int
    workers: int
    warm: bool
    seconds: float
    peak: float
    """Megabytes."""
    report: dict[str, float]
    """Ending to megabytes."""
    units: int
    fifths: tuple[float, ...]
    """Milliseconds per document in each fifth of the run."""

    def __str__(self) -> str:
        kind = "warm" if self.warm else "cold"
        sizes = ", ".join(f"{ending} {size:.2f}" for ending, size in sorted(self.report.items()))
        whole = sum(self.report.values())
        return (
            f"{self.documents:6} documents, {self.workers} workers, {kind}: {self.seconds:8.2f} s, "
            f"{self.seconds / self.documents * 1000:7.2f} ms each, peak {self.peak:.0f} MB\n"
            f"       ms each by fifths of the run: {', '.join(f'{each:.1f}' for each in self.fifths)}\n"
            f"       reports: {whole:.1f} MB ({sizes}), {whole / self.units * 1000:.0f} kB a unit"
        )


def run(place: Path, province: Path, pack: Path, cache: Path, workers: int, per_unit: int, *, warm: bool) -> Run:
    """Check a province once."""
    out = Path(tempfile.mkdtemp(prefix="out-", dir=place))
    documents = sum(file.is_file() for file in province.rglob("*.*"))
    path = os.pathsep.join(str(ROOT / part) for part in ("src", "plugins", "rules"))
    environment = {**os.environ, "PYTHONPATH": path, "PARCHECK_CACHE": str(cache)}
    environment |= {"PYTHONPYCACHEPREFIX": str(place / "bytecode"), "PYTHONUNBUFFERED": "1"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-m", "parcheck", "check", str(province), "--rules", str(pack), "-o", str(out)]
    started = time.monotonic()
    process = subprocess.Popen(
        [*command, "--workers", str(workers)], env=environment, stderr=subprocess.PIPE, encoding="utf-8"
    )
    watch = Watch(process.pid)
    said, ends = [], []
    for line in process.stderr or ():
        said.append(line)
        ends.append(time.monotonic() - started)
    process.wait()
    seconds = time.monotonic() - started
    peak = watch.stop()
    if process.returncode not in (0, 1):
        sys.exit("".join(said))
    report: dict[str, float] = {}
    for file in out.rglob("*.*"):
        report[file.suffix] = report.get(file.suffix, 0.0) + file.stat().st_size / 1e6
    shutil.rmtree(out)
    units = -(-documents // per_unit)
    return Run(documents, workers, warm, seconds, peak, report, units, _fifths(ends[:units], documents, per_unit))


def _fifths(ends: list[float], documents: int, per_unit: int) -> tuple[float, ...]:
    """Return the milliseconds per document in each fifth of the units; nothing where there are fewer than five."""
    if len(ends) < FIFTHS:
        return ()
    cuts = [round(part * len(ends) / FIFTHS) for part in range(FIFTHS + 1)]
    times = [0.0, *ends]
    counts = [min(unit * per_unit, documents) for unit in range(len(ends) + 1)]
    return tuple(
        (times[end] - times[start]) / (counts[end] - counts[start]) * 1000 for start, end in itertools.pairwise(cuts)
    )


class Watch:
    """Looks at the memory of a process and all below it."""

    def __init__(self, pid: int) -> None:
        if not next(Path(f"/proc/{pid}/task").glob("*/children"), None):
            sys.exit("/proc tells no children of a process here: the memory of workers cannot be measured")
        self._pid, self._peak, self._ended = pid, 0, threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()

    def _look(self) -> None:
        while not self._ended.wait(0.1):
            self._peak = max(self._peak, sum(map(_resident, _tree(self._pid))))

    def stop(self) -> float:
        """Return the most megabytes seen."""
        self._ended.set()
        self._thread.join()
        return self._peak / 1e6


def _tree(pid: int) -> list[int]:
    """Return a process and all below it; to look through all of the system's would take a share of a processor."""
    found, todo = [], [pid]
    while todo:
        one = todo.pop()
        found.append(one)
        for entry in Path(f"/proc/{one}/task").glob("*/children"):
            # A process that ended meanwhile has nothing below it.
            with contextlib.suppress(OSError):
                todo += map(int, entry.read_text().split())
    return found


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def main() -> None:
    """Run the benchmark and print its table."""
    parser = argparse.ArgumentParser(formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("--documents", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--workers", type=int, nargs="+", default=[2, 1], help="the smallest size is run with each")
    parser.add_argument("--per-unit", type=int, default=180)
    parser.add_argument("--scans", type=float, default=0.45, help="share of the documents")
    parser.add_argument("--different-scans", type=int, default=24, help="drawn; the others are made of these")
    chosen = parser.parse_args()
    runs: list[Run] = []
    with tempfile.TemporaryDirectory(prefix="province-") as name:
        place = Path(name)
        started = time.monotonic()
        press = Press(scans=chosen.different_scans)
        print(f"{len(press.printed)} documents and {len(press.scans)} scans made in {time.monotonic() - started:.0f} s")
        pack = write_pack(place / "bo")
        print(f"facts that are read: {', '.join(asked(pack))}")
        for documents in sorted(chosen.documents):
            province = place / f"{documents}"
            started = time.monotonic()
            press.write(province, documents, per_unit=chosen.per_unit, scans=chosen.scans)
            size = sum(file.stat().st_size for file in province.rglob("*.*") if file.is_file()) / 1e6
            print(f"{documents} files, {size:.0f} MB, written in {time.monotonic() - started:.1f} s", flush=True)
            for workers in chosen.workers if documents == min(chosen.documents) else chosen.workers[:1]:
                cache = place / f"cache-{documents}-{workers}"
                for warm in (False, True):
                    runs.append(run(place, province, pack, cache, workers, chosen.per_unit, warm=warm))
                    print(runs[-1], flush=True)
            shutil.rmtree(province)
    _ratios(runs, chosen.workers)


def asked(pack: Path) -> list[str]:
    """Return the facts that a check against a pack reads."""
    from parcheck.checking import Session

    session = Session()
    return sorted(session.facts(session.pack(pack)))


def _ratios(runs: list[Run], workers: list[int]) -> None:
    cold = {(each.documents, each.workers): each for each in runs if not each.warm}
    warm = {(each.documents, each.workers): each for each in runs if each.warm}
    small, large = min(each.documents for each in runs), max(each.documents for each in runs)
    first = workers[0]
    for other in workers[1:]:
        print(f"{first} workers against {other}: {cold[small, other].seconds / cold[small, first].seconds:.2f} times")
    for size in sorted({small, large}):
        print(f"warm against cold, {size}: {cold[size, first].seconds / warm[size, first].seconds:.1f} times")
    each = {size: cold[size, first].seconds / size for size in (small, large)}
    if large > small:
        print(f"time per document, {large} against {small}: {each[large] / each[small]:.3f}")
        print(f"peak memory, {large} against {small}: {cold[large, first].peak / cold[small, first].peak:.2f}")
    for one in (cold[large, first], warm[large, first]):
        if one.fifths:
            inner = one.fifths[1:-1]
            # The first fifth bears the start, the last the writing of the last unit's report.
            spread = (max(inner) - min(inner)) / statistics.mean(inner)
            print(f"spread of the inner fifths, {'warm' if one.warm else 'cold'}: {spread:.1%}")
            print(f"last fifth against first, {'warm' if one.warm else 'cold'}: {one.fifths[-1] / one.fifths[0]:.3f}")
    print(f"{IN_AN_HOUR} documents at the larger size's rate: {each[large] * IN_AN_HOUR / 60:.1f} minutes")


if __name__ == "__main__":
    main()
