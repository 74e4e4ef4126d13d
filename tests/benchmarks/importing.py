# SPDX-License-Identifier: Apache-2.0
"""How much of an official set `rules import` gets right, against the same set as data.

    python tests/benchmarks/importing.py FILE… --against SET.json

SET.json is what `rules show … --format json` prints, or a file with "fields" → "criteria" → "sub". Printed: the share
of rows whose code was found, of those whose points, method and name are right, and of lines of evidence that stand in
the right row; then everything that is wrong, one a line.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rapidfuzz import fuzz

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ALIKE = 93.0
"""Of 100: two printings of one line."""


@dataclass
class Wanted:
    """One row of the set as it should come out."""

    code: str
    name: str
    points: float | None
    assessed: str | None
    evidence: list[str] = field(default_factory=list)


@dataclass
class Score:
    """Counts of what was right, and the words for what was not."""

    right: dict[str, int] = field(default_factory=dict)
    total: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def count(self, what: str, ok: bool, words: str) -> None:
        """Count one thing."""
        self.total[what] = self.total.get(what, 0) + 1
        self.right[what] = self.right.get(what, 0) + bool(ok)
        if not ok:
            self.wrong.append(f"{what}: {words}")

    def share(self, what: str) -> float:
        """Return the share that was right, 1 where nothing was to be found."""
        return self.right.get(what, 0) / self.total[what] if self.total.get(what) else 1.0


def wanted_rows(data: Mapping[str, Any]) -> list[Wanted]:
    """Return the rows of a set as data, in either form."""
    if "rows" in data:
        return [
            Wanted(row["code"], row["name"], row["points"], row.get("assessed"), list(_lines(row)))
            for row in data["rows"]
        ]
    rows = []
    for each in data["fields"]:
        rows.append(Wanted(each["code"], each["name"], each["points"], None))
        for criterion in each["criteria"]:
            for row in (criterion, *criterion.get("sub", ())):
                method = None if row["assessed"] == "mixed" or row.get("sub") else row["assessed"]
                rows.append(Wanted(row["code"], row["name"], row["points"], method, list(_lines(row))))
    return rows


def _lines(row: Mapping[str, Any]) -> Iterator[str]:
    if row.get("evidence_is_remark"):
        return
    texts = [line if isinstance(line, str) else line.get("text") or line["name"] for line in row.get("evidence", ())]
    yield from dict.fromkeys(texts)


def key(text: str) -> str:
    """Return a line for comparing: no marks, no punctuation, small."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return " ".join(re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c))))


def same(one: str, other: str) -> bool:
    """Tell two printings of one line."""
    return key(one) == key(other) or fuzz.ratio(key(one), key(other)) >= ALIKE


def compare(wanted: list[Wanted], found: list[Mapping[str, Any]]) -> Score:
    """Return how rows found compare with those wanted."""
    score = Score()
    by_code = {row["code"]: row for row in found}
    for row in wanted:
        got = by_code.get(row.code)
        score.count("codes", got is not None, f"{row.code} missing: {row.name}")
        if got is None:
            for line in row.evidence:
                score.count("evidence", False, f"{row.code} missing with {line}")
            continue
        score.count("names", same(row.name, got["name"]), f"{row.code}: {got['name']!r}, wanted {row.name!r}")
        if row.points is not None:
            points = got["points"] is not None and abs(got["points"] - row.points) < 0.001
            score.count("points", points, f"{row.code}: {got['points']}, wanted {row.points}")
        if row.assessed in ("self", "survey", "authority"):
            score.count("methods", got["assessed"] == row.assessed, f"{row.code}: {got['assessed']}, {row.assessed}")
        lines = [line["name"] for line in got["evidence"]]
        for line in row.evidence:
            score.count("evidence", any(same(line, each) for each in lines), f"{row.code}: {line!r} not in {lines}")
        for each in lines:
            score.count("no extra evidence", any(same(line, each) for line in row.evidence), f"{row.code}: {each!r}")
    codes = {row.code for row in wanted}
    for code, got in by_code.items():
        score.count("no extra rows", code in codes, f"{code} {got['name']!r}")
    return score


def imported(files: list[Path]) -> dict[str, Any]:
    """Return what `rules import` makes of files, as `rules show --format json` prints it."""
    from parcheck.checking import Session
    from parcheck.rules.importing import import_files
    from parcheck.rules.rows import pack_rows

    session = Session()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "nhap"
        import_files(files, folder, session)
        return pack_rows(session.pack(folder))


def main() -> int:
    """Measure and print; exit code 1 when a bar of issue 5 is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--against", required=True, type=Path)
    options = parser.parse_args()
    wanted = wanted_rows(json.loads(options.against.read_text(encoding="utf-8")))
    score = compare(wanted, imported(options.files)["rows"])
    for what in score.total:
        print(f"{what:18} {score.right[what]:4}/{score.total[what]:4}  {score.share(what):7.2%}")
    print("\n".join(score.wrong))
    bars = {"codes": 0.99, "points": 0.99, "methods": 0.99, "evidence": 0.95}
    return int(any(score.share(what) < bar for what, bar in bars.items()))


if __name__ == "__main__":
    sys.exit(main())
