# SPDX-License-Identifier: Apache-2.0
"""`parcheck check … --decisions`: what reaches the screen, the JSON and the exit code; what is told of a bad file."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from parcheck.schema_faults import schema

PLAN = "1.1/Ke hoach.facts"
WAIVED = 'criterion: "1.1", decision: waive, reason: Chờ cấp số, who: Nguyễn Văn An, until: 2026-12-31'


@pytest.fixture
def lacking(installed, handed_in, pack_folder):
    """Return the arguments of a check that ends in 1."""
    installed("faulty.sheet")
    return ["check", handed_in(PLAN, symbol=None), "--rules", pack_folder]


def test_a_waiver_makes_ready_and_is_told(lacking, decisions, parcheck_command):
    assert parcheck_command(*lacking)[0] == 1
    code, out, err = parcheck_command(*lacking, "--decisions", decisions(WAIVED), "--today", "2026-12-31")
    assert (code, err) == (0, "")
    told = " ".join(out.split())
    assert "SẴN SÀNG NỘP" in told
    assert "được miễn" in told
    assert "Theo quyết định của Nguyễn Văn An" in told
    assert "Chờ cấp số" in told
    assert "không còn tính, theo quyết định thứ 1" in told
    assert "Quyết định thứ 1 (1.1), cho miễn theo quyết định của Nguyễn Văn An" in told


def test_past_its_end_it_is_told_and_not_applied(lacking, decisions, parcheck_command):
    code, out, _ = parcheck_command(*lacking, "--decisions", decisions(WAIVED), "--today", "2027-01-01")
    assert code == 1
    assert "đã hết hạn ngày 31/12/2026" in " ".join(out.split())


def test_the_json_has_all_of_it_and_fits_its_schema(lacking, decisions, parcheck_command):
    _, out, _ = parcheck_command(
        *lacking, "--decisions", decisions(WAIVED), "--today", "2026-06-30", "--format", "json"
    )
    data = json.loads(out)
    assert [error.message for error in Draft202012Validator(schema("report.schema.json")).iter_errors(data)] == []
    assert data["run"]["decisions"]["today"] == "2026-06-30"
    assert data["run"]["decisions"]["entries"] == 1
    (unit,) = data["submissions"]
    (criterion,) = unit["criteria"]
    assert (criterion["outcome"], criterion["decision"]["before"]) == ("waived", "invalid")
    assert criterion["decision"]["by"][0]["who"] == "Nguyễn Văn An"
    assert criterion["basis"]["from"] == ["bytes", "decision"]
    assert [(each["criterion"], each["state"]) for each in unit["decisions"]] == [("1.1", "applied")]
    (fault,) = [each for each in criterion["requirements"][0]["findings"] if each["code"] == "number-blank"]
    assert fault["severity"] == "error"
    assert fault["decision"]["until"] == "2026-12-31"


def test_the_day_is_the_only_clock(lacking, decisions, parcheck_command):
    arguments = [*lacking, "--decisions", decisions(WAIVED), "--today", "2026-06-30", "--format", "json", "--no-cache"]
    reports = [json.loads(parcheck_command(*arguments)[1]) for _ in range(2)]
    for each in reports:
        each.pop("run")
    assert json.dumps(reports[0]) == json.dumps(reports[1])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["--today", "31/12/2026"], "YYYY-MM-DD"), (["--decisions", "khong-co.yaml"], "khong-co.yaml")],
)
def test_what_cannot_be_used_is_one_sentence(lacking, parcheck_command, arguments, said):
    code, out, err = parcheck_command(*lacking, *arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert len(err.strip().splitlines()) == 1


def test_a_faulty_file_is_told_before_any_file_is_read(lacking, decisions, parcheck_command):
    code, out, err = parcheck_command(
        *lacking, "--decisions", decisions("criterion: 1.1, decision: waive, reason: a, who: b")
    )
    assert (code, out) == (2, "")
    assert err.startswith("quyet-dinh.yaml, dòng 2: ")


@pytest.mark.parametrize("into", ["folder", "file"])
def test_a_report_is_never_written_over_the_decisions_it_read(lacking, decisions, parcheck_command, tmp_path, into):
    folder = tmp_path / "bao-cao"
    folder.mkdir()
    written = decisions(WAIVED).rename(folder / "report.json")
    before = written.read_bytes()
    code, out, err = parcheck_command(*lacking, "--decisions", written, "-o", folder if into == "folder" else written)
    assert (code, out) == (2, "")
    assert "Báo cáo sẽ ghi đè lên" in err
    assert "report.json" in err
    assert written.read_bytes() == before
    assert [path.name for path in folder.iterdir()] == ["report.json"]
