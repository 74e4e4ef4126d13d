# SPDX-License-Identifier: Apache-2.0
"""How long a province takes: time per document, memory of the whole process tree, cold and warm, one worker and two.

usage: python tests/benchmarks/batch.py [--documents 1000 5000] [--workers 2 1] [--per-unit 180] [--scans 0.45]

For each size a province is made (see provinces.py) and checked by the command line against a pack whose rules ask for
letterhead and signature, with an empty cache and then with the cache it left. Memory is the sum of the resident sizes
of the command and all its children, looked at ten times a second (Linux only). The last lines are the ratios.
"""

from __future__ import annotations

import argparse
import os
import shutil
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


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the command."""

    documents: int
    workers: int
    warm: bool
    seconds: float
    peak: float
    """Megabytes."""
    report: float
    """Megabytes."""

    def __str__(self) -> str:
        kind = "warm" if self.warm else "cold"
        return (
            f"{self.documents:6} documents, {self.workers} workers, {kind}: {self.seconds:8.2f} s, "
            f"{self.seconds / self.documents * 1000:7.2f} ms each, peak {self.peak:.0f} MB, report {self.report:.1f} MB"
        )


def run(province: Path, pack: Path, cache: Path, documents: int, workers: int, *, warm: bool) -> Run:
    """Check a province once."""
    out = Path(tempfile.mkdtemp(prefix="out-"))
    path = os.pathsep.join(str(ROOT / part) for part in ("src", "plugins", "rules"))
    environment = {**os.environ, "PYTHONPATH": path, "PARCHECK_CACHE": str(cache)}
    command = [sys.executable, "-m", "parcheck", "check", str(province), "--rules", str(pack), "-o", str(out)]
    started = time.monotonic()
    process = subprocess.Popen(
        [*command, "--format", "json", "--workers", str(workers)],
        env=environment,
        stderr=subprocess.PIPE,
    )
    watch = Watch(process.pid)
    _, said = process.communicate()
    seconds = time.monotonic() - started
    peak = watch.stop()
    if process.returncode not in (0, 1):
        sys.exit(said.decode())
    report = (out / "report.json").stat().st_size / 1e6
    shutil.rmtree(out)
    return Run(documents, workers, warm, seconds, peak, report)


class Watch:
    """Looks at the memory of a process and all below it."""

    def __init__(self, pid: int) -> None:
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
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(entry.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        children.setdefault(parent, []).append(int(entry.parent.name))
    found, todo = [], [pid]
    while todo:
        one = todo.pop()
        found.append(one)
        todo += children.get(one, [])
    return found


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def main() -> None:
    """Run the benchmark and print its table."""
    parser = argparse.ArgumentParser(formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("--documents", type=int, nargs="+", default=[1000, 5000])
    parser.add_argument("--workers", type=int, nargs="+", default=[2, 1], help="the smallest size is run with each")
    parser.add_argument("--per-unit", type=int, default=180)
    parser.add_argument("--scans", type=float, default=0.45)
    chosen = parser.parse_args()
    runs: list[Run] = []
    with tempfile.TemporaryDirectory(prefix="province-") as place:
        press = Press()
        pack = write_pack(Path(place, "bo"))
        for documents in sorted(chosen.documents):
            province = Path(place, f"{documents}")
            press.write(province, documents, per_unit=chosen.per_unit, scans=chosen.scans)
            for workers in chosen.workers if documents == min(chosen.documents) else chosen.workers[:1]:
                cache = Path(place, f"cache-{documents}-{workers}")
                for warm in (False, True):
                    runs.append(run(province, pack, cache, documents, workers, warm=warm))
                    print(runs[-1], flush=True)
            shutil.rmtree(province)
    _ratios(runs, chosen.workers)


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
    print(f"time per document, {large} against {small}: {each[large] / each[small]:.3f}")
    print(f"{IN_AN_HOUR} documents at the larger size's rate: {each[large] * IN_AN_HOUR / 60:.1f} minutes")


if __name__ == "__main__":
    main()
