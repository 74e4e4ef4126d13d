# SPDX-License-Identifier: Apache-2.0
"""Reports to look at: part of a sample, one without a fault, many units."""

from __future__ import annotations

import io
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from parcheck.model import (
    CriterionResult,
    Evidence,
    Outcome,
    Reading,
    Report,
    RequirementResult,
    Status,
    SubmissionResult,
)
from parcheck_plugins.reports.html import write_html

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "samples" / "tinh-truong-giang"
ROWS = ("1.1", "1.2", "1.4")
"""Rows of the sample with a fault of each kind; the others take their time to read."""


@pytest.fixture(scope="session")
def sample(session, tmp_path_factory):
    """Return the report on a few rows of the sample, without what changes from run to run."""
    folder = tmp_path_factory.mktemp("sample") / SAMPLE.name
    for each in SAMPLE.iterdir():
        if each.is_dir() and each.name.split(" ")[0] in ROWS:
            shutil.copytree(each, folder / each.name)
    shutil.copy(SAMPLE / "submission.yaml", folder)
    report = session.check(folder, "par-tinh-2025", only=ROWS)
    return replace(report, run={"tool": "parcheck", "versions": {}}, pack_digest="0" * 64)


@pytest.fixture(scope="session")
def many(sample):
    """Return a report of twelve units, every third of them ready."""
    (one,) = sample.submissions
    sound = [replace(each, outcome=Outcome.SATISFIED, requirements=(), findings=()) for each in one.criteria]
    units = [
        replace(
            one,
            unit=f"UBND xã Số {number}",
            path=f"xa-{number}",
            criteria=tuple(sound) if number % 3 == 0 else one.criteria,
            findings=() if number % 3 == 0 else one.findings,
        )
        for number in range(1, 13)
    ]
    return replace(sample, submissions=tuple(units))


@pytest.fixture(scope="session")
def page(session):
    """Return a function that lays a report out as one page."""

    def lay_out(report, language="vi"):
        stream = io.StringIO()
        write_html(report, session.catalogue, language, stream)
        return stream.getvalue()

    return lay_out


@pytest.fixture
def faultless():
    """Return a report in which all is well."""
    requirement = RequirementResult("ke-hoach", "Kế hoạch CCHC năm 2025", Outcome.SATISFIED, documents=("d001",))
    row = CriterionResult("1.1", "Thực hiện kế hoạch", "1", 1.5, "self", 1.5, 1.5, Outcome.SATISFIED, (requirement,))
    reading = Reading(
        "1.1/Ke hoach.pdf", "0" * 64, "application/pdf", Status.READ, {"type": "KH", "symbol": "12/KH-UBND"}
    )
    unit = SubmissionResult(
        "UBND xã An Bình", "2025", "an-binh", (row,), (Evidence("d001", "1.1/Ke hoach.pdf", None, ("1.1",), reading),)
    )
    return Report("bo-mau", "Bộ tiêu chí mẫu", "1", "0" * 64, (("1", "Chỉ đạo, điều hành"),), (unit,))
