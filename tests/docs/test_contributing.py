# SPDX-License-Identifier: Apache-2.0
"""The examples of CONTRIBUTING.md work as they stand."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"```(?:python|yaml)\n# (\S+)\n(.*?)```", re.DOTALL)


@pytest.fixture
def blocks() -> dict[str, str]:
    """The files that the page shows, by the name in their first line."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    return dict(BLOCK.findall(text))


@pytest.fixture
def workshop(tmp_path: Path, blocks: dict[str, str]) -> Path:
    """A folder with the plugin, the pack, and a submission of one document."""
    for name in ("parcheck_words.py", "words.yaml"):
        (tmp_path / name).write_text(blocks[name], encoding="utf-8")
    pack = tmp_path / "vi-du-2025"
    pack.mkdir()
    for name in ("pack.yaml", "linh-vuc-1.yaml"):
        (pack / name).write_text(blocks[name], encoding="utf-8")
    folder = tmp_path / "nop" / "1.1"
    folder.mkdir(parents=True)
    sample = next((ROOT / "samples" / "so-noi-vu-truong-giang").glob("1.1*/*.pdf"))
    (folder / "ke hoach.pdf").write_bytes(sample.read_bytes())
    return tmp_path


def run(workshop: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    program = "import sys; from parcheck.plugins import PluginChoice, Plugins\nfrom parcheck.checking import Session\n"
    return subprocess.run(
        [sys.executable, "-c", program + arguments[0]],
        cwd=workshop,
        env={**os.environ, "PYTHONPATH": str(workshop)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_pack_is_without_faults(workshop: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "parcheck", "rules", "lint", "vi-du-2025"],
        cwd=workshop, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stdout + result.stderr


def test_pack_names_a_decision_that_comes_near_the_plan(workshop: Path) -> None:
    result = subprocess.run(
        [
            *(sys.executable, "-m", "parcheck", "check", "nop", "--rules", "vi-du-2025", "--format", "json"),
            *("--unit", "Sở Xây dựng tỉnh Trường Giang"),
        ],
        cwd=workshop, capture_output=True, text=True, check=False,
    )  # fmt: skip
    (submission,) = json.loads(result.stdout)["submissions"]
    (criterion,) = submission["criteria"]
    assert result.returncode == 1
    assert criterion["outcome"] == "missing"
    codes = [finding["code"] for finding in criterion["requirements"][0]["findings"]]
    assert codes[:2] == ["evidence-missing", "type-differs"]


def test_plugin_reads_judges_and_speaks(workshop: Path) -> None:
    pack = workshop / "vi-du-2025" / "linh-vuc-1.yaml"
    rule = pack.read_text(encoding="utf-8").replace(
        "              required: [issuer]", "                word_count: {minWords: 100000}"
    )
    pack.write_text(rule, encoding="utf-8")
    result = run(
        workshop,
        "session = Session(Plugins(PluginChoice(extra=('parcheck_words',))))\n"
        "report = session.check('nop', 'vi-du-2025', unit='Sở Nội vụ tỉnh Trường Giang')\n"
        "from parcheck.reporting.as_json import report_data\n"
        "import json; print(json.dumps(report_data(report, session.catalogue)))",
    )
    assert result.returncode == 0, result.stderr
    (submission,) = json.loads(result.stdout)["submissions"]
    findings = [f for r in submission["criteria"][0]["requirements"] for f in r["findings"]]
    too_short = [finding for finding in findings if finding["code"] == "too-short"]
    assert too_short, findings
    assert "cần ít nhất 100000 từ" in too_short[0]["message"]
