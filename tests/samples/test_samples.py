# SPDX-License-Identifier: Apache-2.0
"""The samples give the reports that are committed beside them, with the exit codes the README promises."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SAMPLES = {
    "tinh-truong-giang": ("par-tinh-2025", 1),
    "so-noi-vu-truong-giang": ("samples/rules/par-so-mau-2025", 0),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_sample_gives_its_expected_report(name: str) -> None:
    """After a wanted change: parcheck check samples/NAME --rules PACK > samples/expected/NAME.txt; read the diff."""
    rules, code = SAMPLES[name]
    done = subprocess.run(
        [sys.executable, "-m", "parcheck", "check", f"samples/{name}", "--rules", rules],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == code, done.stderr
    assert done.stdout == (ROOT / "samples" / "expected" / f"{name}.txt").read_text(encoding="utf-8")
    assert done.stderr == ""


@pytest.mark.parametrize("name", SAMPLES)
def test_every_file_of_a_sample_is_spoken_of(name: str) -> None:
    """Nothing that was handed in is lost on the way."""
    import json

    rules, _ = SAMPLES[name]
    done = subprocess.run(
        [sys.executable, "-m", "parcheck", "check", f"samples/{name}", "--rules", rules, "--format", "json"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    (submission,) = json.loads(done.stdout)["submissions"]
    handed = {p.relative_to(ROOT / "samples" / name).as_posix() for p in (ROOT / "samples" / name).rglob("*.*")}
    files = {path for path in handed if (ROOT / "samples" / name / path).is_file()} - {"submission.yaml"}
    assert {document["path"] for document in submission["documents"]} == files
