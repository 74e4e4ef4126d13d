# SPDX-License-Identifier: Apache-2.0
"""How many planted faults parcheck finds, and whether it accuses submissions that are in order.

usage: python tests/benchmarks/planted_faults.py [--good 200] [--each 20] [--seed 1]

Makes good submissions of a fictional province, department or commune by chance (numbers, dates, signers, layouts,
titles, names of folders), and copies of them with exactly one fault of each kind of the project's list of faults that
is sure or likely. The same arguments give the same files. Provinces are held against `par-tinh-2025`, departments and
communes against the sample pack `par-so-mau-2025`. Exit code 1 when a good submission is accused, a sure fault is
missed, or fewer than 95 % of the likely ones are found.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIKELY = 0.95


def main() -> int:
    """Run the benchmark and print its table."""
    sys.path[:0] = [str(ROOT / part) for part in ("", "src", "plugins", "rules")]
    parser = argparse.ArgumentParser(
        description="Planted faults", formatter_class=argparse.ArgumentDefaultsHelpFormatter
    )
    parser.add_argument("--good", type=int, default=200, help="good submissions")
    parser.add_argument("--each", type=int, default=20, help="faulty copies of each kind")
    parser.add_argument("--seed", type=int, default=1, help="the first seed")
    chosen = parser.parse_args()
    from tests.benchmarks.planted.faults import KINDS, OUT_OF_SCOPE
    from tests.benchmarks.planted.measuring import measure
    from tests.benchmarks.planted.packs import FAULTS, found

    started = time.monotonic()
    tally = measure(chosen.seed, chosen.good, chosen.each)
    print(f"{'':5}{'lỗi':66}{'mức':8}{'gài':>5}{'thấy':>6}{'sót':>5}")
    sums = {"sure": [0, 0], "likely": [0, 0]}
    rows = [(k.number, k.words, k.sight, tally.planted[k.words], tally.missed.get(k.words, [])) for k in KINDS]
    from parcheck.checking import Session

    session = Session()
    for words in FAULTS:
        seeds = range(chosen.seed, chosen.seed + chosen.each)
        rows.append(("F30", words, "sure", chosen.each, [f"{s}" for s in seeds if not found(session, words, s)]))
    for number, words, sight, planted, missed in sorted(rows, key=lambda row: int(row[0][1:])):
        print(f"{number:5}{words[:64]:66}{sight:8}{planted:5}{planted - len(missed):6}{len(missed):5}")
        for told in missed:
            print(f"       sót ở {told[:200]}")
        sums[sight][0] += planted
        sums[sight][1] += planted - len(missed)
    for sight, (planted, seen) in sums.items():
        print(f"{sight}: {seen}/{planted} = {seen / max(planted, 1):.1%}")
    print(f"hồ sơ đúng: {tally.good}; bị báo oan: {len(tally.accused)}")
    for told in tally.accused:
        print(f"       oan ở {told[:300]}")
    print(
        f"tiêu chí chưa xác định: {tally.undetermined}/{tally.criteria}; báo oan bên cạnh lỗi: {len(tally.collateral)}"
    )
    for told in tally.collateral:
        print(f"       {told[:300]}")
    print("cảnh báo ở hồ sơ đúng:", ", ".join(f"{c} {n}" for c, n in tally.warnings.most_common()) or "không")
    for number, reason in OUT_OF_SCOPE.items():
        print(f"{number:5}ngoài phạm vi: {reason}")
    print(f"{time.monotonic() - started:.0f} giây")
    (every, seen), (most, some) = sums["sure"], sums["likely"]
    return int(bool(tally.accused or tally.collateral) or seen < every or some < LIKELY * most)


if __name__ == "__main__":
    sys.exit(main())
