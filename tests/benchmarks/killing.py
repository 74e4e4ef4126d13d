# SPDX-License-Identifier: Apache-2.0
"""Kills a batch at random moments, lets it go on, and compares the reports.

usage: python tests/benchmarks/killing.py [--runs 100] [--units 6] [--files 15] [--seed 1]

Each run is killed once by SIGKILL at a random moment, started again and left to end. Its report must have the same
bytes as that of a run that nobody disturbed (apart from `run`), nothing may lie beside it, and no file may have been
opened again except those that the readers held in their hands at the moment of the kill (two, one per worker).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "tests" / "batch" / "resumable.py"
WORKERS = 2
sys.path[:0] = [str(ROOT / part) for part in ("src", "plugins", "rules", "tests/support", "tests/plugins", "")]


class Batch:
    """One batch in a folder of its own."""

    def __init__(self, root: Path, pack: Path, out: Path) -> None:
        out.mkdir(parents=True)
        self._out, self._log = out, out.with_suffix(".log")
        self._command = [sys.executable, str(SCRIPT), str(root), str(pack), str(out)]
        path = os.pathsep.join(filter(None, sys.path))
        self._environment = {**os.environ, "COUNTED_LOG": str(self._log), "PYTHONPATH": path}

    def start(self) -> subprocess.Popen[bytes]:
        """Start it, or let it go on."""
        return subprocess.Popen(self._command, env=self._environment, start_new_session=True)

    def report(self) -> str:
        """Return the report without `run`."""
        data = json.loads((self._out / "report.json").read_text(encoding="utf-8"))
        data.pop("run")
        return json.dumps(data, ensure_ascii=False)

    def ended(self) -> bool:
        """Return whether the report is there."""
        return (self._out / "report.json").exists()

    def strays(self) -> list[str]:
        """Return what lies beside the report."""
        return [file.name for file in self._out.iterdir() if file.name != "report.json"]

    def opened(self) -> Counter[str]:
        """Return how often each file was opened."""
        return Counter(self._log.read_text(encoding="utf-8").split())


def _province(root: Path, units: int, files: int) -> tuple[Path, Path]:
    import caselib
    import filemaking

    for unit in range(units):
        for number in range(files):
            facts = {**filemaking.PLAN_FACTS, "subject": f"Kế hoạch CCHC {number} của xã {unit}"}
            filemaking.facts_file(root / "tinh" / f"{unit}" / "1.1" / f"{number}.facts", **facts)
    plan = {"id": "kh", "name": "Kế hoạch", "match": {"properties": {"type": {"const": "KH"}}, "required": ["type"]}}
    pack = caselib.write_pack(root / "bo", *caselib.criteria_of({"rules": {"evidence": [plan]}}))
    return root / "tinh", pack


def main() -> int:
    """Run the benchmark; exit code 1 when any run differs."""
    parser = argparse.ArgumentParser(formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    for name, value in (("runs", 100), ("units", 6), ("files", 15), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=value)
    chosen = parser.parse_args()
    moments = random.Random(chosen.seed)  # noqa: S311 - no secret
    same = again = killed = strays = 0
    with tempfile.TemporaryDirectory(prefix="killing-") as place:
        root, pack = _province(Path(place), chosen.units, chosen.files)
        undisturbed = Batch(root, pack, Path(place, "whole"))
        began = time.monotonic()
        undisturbed.start().wait()
        lasting, wanted = time.monotonic() - began, undisturbed.report()
        for number in range(chosen.runs):
            batch = Batch(root, pack, Path(place, f"run-{number}"))
            process = batch.start()
            time.sleep(moments.uniform(0.05, 1.0) * lasting)
            process.send_signal(signal.SIGKILL)
            process.wait()
            # A run that had its report is a new run when it is started again.
            ended = batch.ended()
            killed += not ended
            batch.start().wait()
            same += batch.report() == wanted
            strays += bool(batch.strays())
            opened = batch.opened()
            needless = not ended and sum(n - 1 for n in opened.values()) > WORKERS
            again += len(opened) != chosen.units * chosen.files or needless
    print(f"{chosen.runs} runs of {lasting:.1f} s, {killed} killed before they ended: {same} identical reports,")
    print(f"{strays} with something beside the report, {again} that lost a file or read one again without need")
    return int(same != chosen.runs or strays or again)


if __name__ == "__main__":
    sys.exit(main())
