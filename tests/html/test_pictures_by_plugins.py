# SPDX-License-Identifier: Apache-2.0
"""Pictures are drawn by the plugins that made the report: none that was blocked, each that was added."""

from __future__ import annotations

import io

import caselib
import pytest
from faulty import pictured

from parcheck.checking import Session
from parcheck.plugins import PluginChoice, Plugins
from parcheck.reporting import ReportFormat

ASKED = {
    "id": "kh",
    "name": "Kế hoạch",
    "match": {"properties": {"type": {"const": "KH"}}, "required": ["type"]},
    "valid": {"properties": {"symbol": {"pattern": "^99/"}}, "required": ["symbol"]},
}
PICTURE = "data:image/png;base64,"


@pytest.fixture
def rules(tmp_path):
    return caselib.write_pack(tmp_path / "bo-mau", *caselib.criteria_of({"rules": {"evidence": [ASKED]}}))


@pytest.fixture
def handed(tmp_path):
    file = tmp_path / "ho-so" / "1.1" / "a.pictured"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"a page")
    return tmp_path / "ho-so"


@pytest.fixture
def log(tmp_path, monkeypatch):
    monkeypatch.setenv(pictured.LOG, str(tmp_path / "opened"))
    yield tmp_path / "opened"
    monkeypatch.delenv(pictured.LOG)


@pytest.mark.parametrize("folder", [False, True], ids=["one file", "a folder"])
def test_what_a_reader_of_a_third_party_read_is_shown(folder, handed, rules, log, tmp_path):
    session = Session(Plugins(PluginChoice(extra=("faulty.pictured",))))
    report = session.check(handed, rules, workers=1)
    (html,) = (each for each in session.plugins.collect("parcheck_reports", ReportFormat)[0] if each.name == "html")
    if folder:
        html.write_folder(report, session.catalogue, "vi", tmp_path)
        (page,) = (file.read_text(encoding="utf-8") for file in tmp_path.glob("001-*.html"))
    else:
        stream = io.StringIO()
        html.write(report, session.catalogue, "vi", stream)
        page = stream.getvalue()
    assert page.count(PICTURE) == 1
    assert log.read_text(encoding="utf-8").splitlines() == ["pictured"] * 2


def test_a_blocked_reader_draws_nothing(handed, rules, log, installed, parcheck_command, tmp_path):
    installed("faulty.pictured", "faulty.pictured_too")
    target = tmp_path / "bao-cao.html"
    arguments = ("check", handed, "--rules", rules, "--no-cache", "--workers", 1, "-o", target)
    assert parcheck_command(*arguments)[0] == 1
    assert log.read_text(encoding="utf-8").splitlines() == ["pictured"] * 2
    log.unlink()
    assert parcheck_command(*arguments, "--block", "pictured")[0] == 1
    assert log.read_text(encoding="utf-8").splitlines() == ["pictured_too"] * 2
    assert target.read_text(encoding="utf-8").count(PICTURE) == 1


def test_the_next_report_takes_the_pieces_that_were_kept_but_not_those_of_other_plugins(
    handed, rules, log, installed, parcheck_command, tmp_path
):
    installed("faulty.pictured", "faulty.pictured_too")
    target = tmp_path / "bao-cao.html"
    arguments = ("check", handed, "--rules", rules, "--workers", 1, "-o", target)
    assert parcheck_command(*arguments)[0] == 1
    first = target.read_bytes()
    log.unlink()
    assert parcheck_command(*arguments)[0] == 1
    assert not log.exists()
    again = target.read_bytes()
    assert again.count(PICTURE.encode()) == first.count(PICTURE.encode()) == 1
    assert parcheck_command(*arguments, "--block", "pictured")[0] == 1
    assert log.read_text(encoding="utf-8").splitlines() == ["pictured_too"] * 2
    log.unlink()
    assert parcheck_command(*arguments, "--no-cache")[0] == 1
    assert log.read_text(encoding="utf-8").splitlines() == ["pictured"] * 2
