# SPDX-License-Identifier: Apache-2.0
"""What writing each report format costs, on a made-up report: peak memory, seconds, size.

    python tests/benchmarks/reports.py [--units 140] [--documents 25000] [--formats xlsx,csv,jsonl,junit,minutes]

The report is made submission by submission as it is asked for, as one from disk would be; each format is written by a
process of its own, also with a tenth and with half of the units: where memory grows with the units, the figures do.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from parcheck.model import (
    Certainty,
    CriterionResult,
    Evidence,
    Finding,
    Outcome,
    Place,
    Reading,
    Report,
    RequirementResult,
    Severity,
    Status,
    SubmissionResult,
)

FORMATS = ("json", "jsonl", "csv", "junit", "xlsx", "minutes")
CRITERIA = 80
_OUTCOMES = (Outcome.SATISFIED, Outcome.INVALID, Outcome.MISSING, Outcome.UNDETERMINED, Outcome.NOT_CHECKED)


class Made(Sequence):
    """Submissions that are made when they are asked for, and never kept."""

    def __init__(self, units: int, documents: int) -> None:
        self._units, self._documents = units, documents

    def __len__(self) -> int:
        return self._units

    def __getitem__(self, index):
        if index >= self._units:
            raise IndexError(index)
        per_unit = self._documents // self._units + (index < self._documents % self._units)
        return submission(index, per_unit)


def submission(number: int, documents: int) -> SubmissionResult:
    """Return one unit with so many documents, all criteria, and a finding on most of what is not satisfied."""
    evidence = tuple(document(number, n) for n in range(documents))
    criteria = tuple(criterion(number, n, evidence) for n in range(CRITERIA))
    loose = tuple(
        Finding("file-loose", {"what": each.reading.facts}, Certainty.SURE, Severity.WARNING, each.id)
        for each in evidence[::4]
    )
    return SubmissionResult(f"UBND xã số {number}", "2025", f"xa-{number:03}", criteria, evidence, loose)


def document(unit: int, number: int) -> Evidence:
    """Return one document with the facts of a letterhead and a digital signature."""
    code = f"{number % 8 + 1}.{number % 10 + 1}"
    path = f"{code} - Tài liệu kiểm chứng/Van ban so {number} cua xa {unit}.pdf"
    facts = {
        "type": "BC",
        "symbol": f"{number}/BC-UBND",
        "issued_on": f"2025-{number % 12 + 1:02}-{number % 28 + 1:02}",
        "issuer": f"ỦY BAN NHÂN DÂN XÃ SỐ {unit}",
        "subject": f"Kết quả thực hiện nhiệm vụ cải cách hành chính đợt {number} năm 2025 trên địa bàn xã",
        "signer": {"name": "Nguyễn Văn An", "title": "CHỦ TỊCH", "authority": ["TM"]},
        "signatures": [{"signer": "Nguyễn Văn An", "signed_at": "2025-03-04T08:00:00+07:00", "intact": True}],
    }
    reading = Reading(path, f"{unit * 100_000 + number:064x}", "application/pdf", Status.READ, facts)
    return Evidence(f"d{number:03}", path, None, (code,), reading)


def criterion(unit: int, number: int, evidence: Sequence[Evidence]) -> CriterionResult:
    """Return one scored row with two requirements."""
    code = f"{number // 10 + 1}.{number % 10 + 1}"
    outcome = _OUTCOMES[(unit + number) % len(_OUTCOMES)]
    requirements = []
    for n in range(2):
        held = evidence[(number * 2 + n) % len(evidence)] if evidence else None
        findings = ()
        if held and outcome in (Outcome.INVALID, Outcome.UNDETERMINED):
            place = Place(1, words=f"Xã số {unit}, ngày 20 tháng 12 năm 2025")
            args = {"found": "2025-12-20", "limit": "2025-12-15"}
            findings = (
                Finding("issued-too-late", args, Certainty.SURE, Severity.ERROR, held.id, place, code, f"r{n}"),
            )
        held_ids = (held.id,) if held else ()
        name = f"Báo cáo cải cách hành chính đợt {n + 1} năm 2025"
        requirements.append(RequirementResult(f"r{n}", name, outcome, documents=held_ids, findings=findings))
    name = f"Thực hiện nhiệm vụ thứ {number} trong kế hoạch cải cách hành chính của địa phương"
    return CriterionResult(code, name, str(number // 10 + 1), 1.5, "self", 1.5, 1.0, outcome, tuple(requirements))


def made_report(units: int, documents: int) -> Report:
    """Return the report."""
    fields = tuple((str(n), f"Lĩnh vực số {n}") for n in range(1, CRITERIA // 10 + 1))
    run = {"tool": "parcheck", "versions": {}, "started": "2026-01-05T01:00:00+00:00"}
    return Report("bo-mau", "Bộ tiêu chí mẫu", "1", "0" * 64, fields, Made(units, documents), run)


def write(name: str, units: int, documents: int, folder: Path) -> dict[str, float]:
    """Write one format and return what it cost."""
    from parcheck.checking import Session
    from parcheck.reporting import ReportFormat

    session = Session()
    formats = {each.name: each for each in session.plugins.collect("parcheck_reports", ReportFormat)[0]}
    catalogue = session.catalogue
    each, report = formats[name], made_report(units, documents)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    if each.write_folder:
        each.write_folder(report, catalogue, "vi", folder)
    elif each.binary:
        with (folder / f"report{each.extension}").open("wb") as stream:
            each.write(report, catalogue, "vi", stream)
    else:
        with (folder / f"report{each.extension}").open("w", encoding="utf-8", newline="\n") as stream:
            each.write(report, catalogue, "vi", stream)
    return {
        "seconds": round(time.perf_counter() - began, 1),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "before_mb": round(before / 1024),
        "size_mb": round(sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 2**20, 1),
    }


def main() -> None:
    """Print a line per format."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=140)
    parser.add_argument("--documents", type=int, default=25_000)
    parser.add_argument("--formats", default=",".join(FORMATS))
    parser.add_argument("--one", help="write this format in this process and print its figures as JSON")
    asked = parser.parse_args()
    if asked.one:
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps(write(asked.one, asked.units, asked.documents, Path(folder))))
        return
    print(f"{'format':10} {'units':>6} {'files':>7} {'seconds':>8} {'start MB':>9} {'peak MB':>8} {'size MB':>8}")
    for name in asked.formats.split(","):
        for share in (10, 2, 1):
            units, documents = asked.units // share, asked.documents // share
            command = [sys.executable, __file__, "--one", name, "--units", str(units), "--documents", str(documents)]
            cost = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            print(
                f"{name:10} {units:6} {documents:7} {cost['seconds']:8} {cost['before_mb']:9} {cost['peak_mb']:8}"
                f" {cost['size_mb']:8}",
                flush=True,
            )


if __name__ == "__main__":
    main()
