# SPDX-License-Identifier: Apache-2.0
"""`parcheck sort` at the command line: files of facts, read by real workers."""

from __future__ import annotations

import json
from pathlib import Path

import filemaking
import pytest

SAMPLE = Path(__file__).parents[2] / "samples" / "rules" / "par-so-mau-2025"
UNIT = "Sở Nội vụ tỉnh Trường Giang"
PLAN = {
    "type": "KH",
    "symbol": "12/KH-SNV",
    "issued_on": "2025-01-10",
    "issuer": "SỞ NỘI VỤ",
    "subject": "Cải cách hành chính năm 2025",
    "draft": False,
}
REPORT = {**PLAN, "type": "BC", "symbol": "312/BC-SNV", "subject": "Kết quả công tác cải cách hành chính năm 2025"}


@pytest.fixture
def pile(tmp_path, installed):
    """Make three files in one heap: a plan, a report for two rows, and a letter that nobody asks for."""
    installed("faulty.sheet")
    folder = tmp_path / "dong-tep"
    filemaking.facts_file(folder / "KH 12.facts", **PLAN)
    filemaking.facts_file(folder / "ban sao cua ke hoach.facts", **PLAN)
    filemaking.facts_file(folder / "BC 312.facts", **REPORT)
    filemaking.facts_file(
        folder / "moi hop.facts", **{**PLAN, "type": "CV", "symbol": "7/SNV-VP", "subject": "mời họp"}
    )
    return folder


def test_what_goes_where_and_why_is_told_in_vietnamese(pile, parcheck_command):
    code, out, err = parcheck_command("sort", pile, "--rules", SAMPLE, "--unit", UNIT)
    text = " ".join(out.split())
    assert (code, err) == (1, "")
    assert "KH 12.facts (chắc chắn)" in text
    assert "Kế hoạch số 12/KH-SNV" in text
    assert "khớp với “Kế hoạch CCHC năm 2025, hoặc quyết định ban hành kế hoạch” của tiêu chí 1.1" in text
    assert "các chữ quyết định: “cải cách hành chính”, “Kế hoạch”." in text
    assert "Cùng chứng minh: 1.2." in text
    assert "ban sao cua ke hoach.facts giống hệt KH 12.facts" in text
    assert "Chưa xếp được, cần một người xem (1 tệp) moi hop.facts" in text
    assert sorted(file.name for file in pile.parent.iterdir() if file.is_dir() and file != pile) == ["site"]


def test_json_tells_the_same_to_programs(pile, parcheck_command):
    code, out, _ = parcheck_command(
        "sort", pile, "--rules", SAMPLE, "--unit", UNIT, "--year", "2025", "--format", "json", "--lang", "en"
    )
    data = json.loads(out)
    files = {one["path"]: one for one in data["files"]}
    assert code == 1
    assert (data["schema"], data["unit"], data["year"]) == ("urn:parcheck:schema:sort:1", UNIT, 2025)
    assert data["counts"] == {"sure": 2, "likely": 0, "unsure": 1}
    assert data["applied"] is None
    assert files["KH 12.facts"]["codes"] == ["1.1"]
    assert files["BC 312.facts"]["codes"] == ["1.1", "1.2"]
    assert files["BC 312.facts"]["reason"].startswith("Report")
    assert files["ban sao cua ke hoach.facts"]["same_as"] == "KH 12.facts"
    assert files["moi hop.facts"]["codes"] == []


def test_the_year_can_be_given(pile, parcheck_command):
    _, out, _ = parcheck_command("sort", pile, "--rules", SAMPLE, "--year", "2024", "--format", "json")
    files = {one["path"]: one for one in json.loads(out)["files"]}
    assert files["KH 12.facts"]["codes"] == []
    assert files["KH 12.facts"]["fits"][0]["findings"] == ["year-differs"]


def test_applied_and_checked(pile, parcheck_command, tmp_path):
    target = tmp_path / "ho-so-da-xep"
    (pile / "moi hop.facts").unlink()
    before = {file.name: file.read_bytes() for file in pile.iterdir()}
    code, out, _ = parcheck_command("sort", pile, "--rules", SAMPLE, "--unit", UNIT, "--apply", target)
    assert code == 0
    assert "Đã chép 2 tệp" in out
    assert {file.name: file.read_bytes() for file in pile.iterdir()} == before
    _, out, _ = parcheck_command("check", target, "--rules", SAMPLE, "--only", "1.1,1.2", "--format", "json")
    (checked,) = json.loads(out)["submissions"]
    assert checked["unit"] == UNIT
    used = {one["path"].rsplit("/", 1)[-1]: one["criteria"] for one in checked["documents"]}
    assert used == {"KH 12.facts": ["1.1"], "BC 312.facts": ["1.1", "1.2"]}


def test_wrong_use_is_a_sentence_and_reads_nothing(pile, parcheck_command, tmp_path):
    (tmp_path / "co-san").mkdir()
    (tmp_path / "co-san" / "a.txt").write_text("giữ", encoding="utf-8")
    for arguments, said in (
        ((pile, "--rules", SAMPLE, "--apply", tmp_path / "co-san"), "không rỗng"),
        ((pile, "--rules", SAMPLE, "--apply", pile / "moi"), "nằm trong chính thư mục cần xếp"),
        ((pile, "--rules", SAMPLE, "--format", "xml"), "json, text"),
        ((pile, "--rules", "khong-co"), "khong-co"),
        ((tmp_path / "khong-co", "--rules", SAMPLE), "khong-co"),
        ((pile, "--rules", SAMPLE, "--year", "hai nghìn"), "hai nghìn"),
    ):
        code, out, err = parcheck_command("sort", *arguments)
        assert (code, out) == (2, ""), arguments
        assert said in err
    assert [file.name for file in (tmp_path / "co-san").iterdir()] == ["a.txt"]


def test_the_answer_can_go_to_a_file(pile, parcheck_command, tmp_path):
    code, out, err = parcheck_command("sort", pile, "--rules", SAMPLE, "--format", "json", "-o", tmp_path / "xep.json")
    assert (code, out) == (1, "")
    assert "xep.json" in err
    assert json.loads((tmp_path / "xep.json").read_text(encoding="utf-8"))["counts"]["unsure"] == 1
