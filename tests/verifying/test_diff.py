# SPDX-License-Identifier: Apache-2.0
"""`parcheck diff`: what is mended, new, still open; which documents changed; and what nobody looked at."""

from __future__ import annotations

import json

import caselib
import filemaking
import pytest
from jsonschema import Draft202012Validator

from parcheck.comparing_reports import compare_reports
from parcheck.reporting.reading_back import read_report
from parcheck.schema_faults import schema

A, B = "1.1/a.facts", "1.1/b.facts"
WAIVED = 'criterion: "1.1", decision: waive, reason: Chờ cấp số, who: Sở Nội vụ'


def codes(findings):
    return [finding.code for finding in findings]


@pytest.fixture
def compared():
    """Return a function that compares two report files: (all, the change of the only unit)."""

    def compare(old, new):
        difference = compare_reports(read_report(old), read_report(new))
        return difference, difference.units[0]

    return compare


def test_the_same_check_twice_changes_nothing(write_report, handed_in, compared, parcheck_command):
    old, new = (write_report(handed_in(A, symbol=None), name) for name in ("cu.json", "moi.json"))
    difference, unit = compared(old, new)
    assert unit.same
    assert codes(unit.still) == ["number-blank"]
    assert not difference.worse
    code, out, err = parcheck_command("diff", old, new)
    assert (code, err) == (0, "")
    assert "Không có gì thay đổi." in out


def test_a_mended_file_is_a_replaced_document_and_a_finding_less(write_report, handed_in, compared):
    old = write_report(handed_in(A, symbol=None), "cu.json")
    new = write_report(handed_in(A), "moi.json")
    difference, unit = compared(old, new)
    assert (codes(unit.fixed), unit.fresh, unit.still) == (["number-blank"], (), ())
    assert [(pair.old.path, pair.new.path) for pair in unit.replaced] == [(A, A)]
    assert [(pair.old.outcome, pair.new.outcome) for pair in unit.outcomes] == [("invalid", "satisfied")]
    assert (unit.old.ready, unit.new.ready, difference.worse) == (False, True, False)


def test_a_fault_that_stays_in_the_replacing_file_is_still_open(write_report, handed_in, compared):
    old = write_report(handed_in(A, symbol=None), "cu.json")
    new = write_report(handed_in(A, symbol=None, subject="Kế hoạch sửa lại năm 2025"), "moi.json")
    difference, unit = compared(old, new)
    assert (unit.fixed, unit.fresh, codes(unit.still)) == ((), (), ["number-blank"])
    assert len(unit.replaced) == 1
    assert not difference.worse


def test_a_moved_file_keeps_its_faults(write_report, handed_in, compared, tmp_path):
    old = write_report(handed_in(A, symbol=None), "cu.json")
    (tmp_path / "ho-so" / A).rename(tmp_path / "ho-so" / B)
    _, unit = compared(old, write_report(tmp_path / "ho-so", "moi.json"))
    assert (unit.fixed, unit.fresh, codes(unit.still)) == ((), (), ["number-blank"])
    assert [(pair.old.path, pair.new.path) for pair in unit.moved] == [(A, B)]
    assert (unit.added, unit.removed, unit.replaced) == ((), (), ())


def test_the_same_number_elsewhere_with_other_bytes_is_a_replacement(write_report, handed_in, compared, tmp_path):
    old = write_report(handed_in(A), "cu.json")
    (tmp_path / "ho-so" / A).unlink()
    _, unit = compared(old, write_report(handed_in("1.1/ban ky.facts", subject="Khác"), "moi.json"))
    assert [(pair.old.path, pair.new.path) for pair in unit.replaced] == [(A, "1.1/ban ky.facts")]


def test_what_is_new_is_new_and_ends_in_1(write_report, handed_in, compared, parcheck_command):
    old = write_report(handed_in(A), "cu.json")
    handed_in("la.facts", symbol="13/KH-SNV")
    new = write_report(handed_in(A, symbol=None), "moi.json")
    difference, unit = compared(old, new)
    assert sorted(codes(unit.fresh)) == ["file-loose", "number-blank"]
    assert [document.path for document in unit.added] == ["la.facts"]
    assert difference.worse
    code, out, _ = parcheck_command("diff", old, new)
    assert code == 1
    assert "Mới xuất hiện (2)" in out
    assert "la.facts" in out
    code, out, _ = parcheck_command("diff", new, old, "--lang", "en")
    assert code == 0
    assert "Mended (2)" in out
    assert "Documents removed (1)" in out


def test_what_a_decision_sets_aside_is_not_mended(write_report, handed_in, decisions, compared):
    path = handed_in(A, symbol=None)
    old = write_report(path, "cu.json")
    _, unit = compared(old, write_report(path, "moi.json", "--decisions", decisions(WAIVED)))
    assert (unit.fixed, codes(unit.decided)) == ((), ["number-blank"])
    assert [(pair.old.outcome, pair.new.outcome) for pair in unit.outcomes] == [("invalid", "waived")]


def test_what_was_not_looked_at_is_not_mended(write_report, handed_in, tmp_path, compared):
    rows = caselib.criteria_of(
        {"rules": {"evidence": [one("KH")]}, "more": [{"code": "1.2", "name": "Báo cáo", "evidence": [one("BC")]}]}
    )
    rules = caselib.write_pack(tmp_path / "hai-dong", *rows)
    path = handed_in("1.2/a.facts")
    old = write_report(path, "cu.json", rules=rules)
    difference, unit = compared(old, write_report(path, "moi.json", "--only", "1.2", rules=rules))
    assert ("evidence-missing", "1.1") in [(finding.code, finding.criterion) for finding in unit.unlooked]
    assert unit.fixed == ()
    assert [(pair.old.code, pair.new) for pair in unit.outcomes] == [("1.1", None)]
    assert not difference.worse


def one(type_):
    match = {"properties": {"type": {"const": type_}}, "required": ["type"]}
    return {"id": type_.lower(), "name": type_, "match": match}


def test_other_rules_are_told(write_report, handed_in, tmp_path, compared, parcheck_command):
    path = handed_in(A)
    old = write_report(path, "cu.json")
    rules = caselib.write_pack(
        tmp_path / "bo-2", *caselib.criteria_of({"rules": {"evidence": [one("KH")]}}), version="2"
    )
    new = write_report(path, "moi.json", rules=rules)
    difference, _ = compared(old, new)
    assert difference.other_pack
    assert "bộ tiêu chí khác nhau (bo-mau 1 [" in " ".join(parcheck_command("diff", old, new)[1].split())


def test_another_program_or_plugin_is_told(write_report, handed_in, edit, parcheck_command, compared):
    path = handed_in(A)
    old, new = write_report(path, "cu.json"), write_report(path, "moi.json")
    assert not compared(old, new)[0].other_program
    edit(old, lambda data: data["run"].update(readers="0" * 64), knowing=True)
    assert compared(old, new)[0].other_program
    assert "phiên bản chương trình hoặc phần mở rộng khác nhau" in " ".join(
        parcheck_command("diff", old, new)[1].split()
    )


def test_a_report_that_was_edited_by_hand_is_told(write_report, handed_in, edit, parcheck_command):
    path = handed_in(A, symbol=None)
    old, new = write_report(path, "cu.json"), write_report(path, "moi.json")
    assert "BỊ SỬA" not in parcheck_command("diff", old, new)[1]
    edit(new, lambda data: data["submissions"][0]["criteria"][0]["requirements"][0]["findings"].clear())
    code, out, _ = parcheck_command("diff", old, new)
    assert "✗ moi.json ĐÃ BỊ SỬA" in out
    assert code == 1
    assert json.loads(parcheck_command("diff", old, new, "--format", "json")[1])["new"]["sealed"] is False


def named(folder, unit, **facts):
    """Write a unit's submission, the unit named in it."""
    filemaking.facts_file(folder / A, **{**filemaking.PLAN_FACTS, **facts})
    (folder / "submission.yaml").write_text(f"unit: {unit}\n", encoding="utf-8")
    return folder


def test_reports_on_two_units_are_not_compared_item_by_item(write_report, tmp_path, parcheck_command):
    """Folders of different units are often called alike."""
    old = write_report(named(tmp_path / "a" / "ho-so", "Xã A", subject="Một"), "cu.json")
    new = write_report(named(tmp_path / "b" / "ho-so", "Xã B", subject="Hai", symbol=None), "moi.json")
    difference = compare_reports(read_report(old), read_report(new))
    assert (difference.units, difference.worse) == ((), True)
    assert ([each.unit for each in difference.removed], [each.unit for each in difference.added]) == (
        ["Xã A"],
        ["Xã B"],
    )
    code, out, _ = parcheck_command("diff", old, new)
    assert (code, "Hai báo cáo không có đơn vị nào chung" in out) == (1, True)


def test_a_unit_that_was_renamed_is_known_by_its_files(write_report, tmp_path, compared, parcheck_command):
    old = write_report(named(tmp_path / "ho-so", "UBND xã Cũ"), "cu.json")
    new = write_report(named(tmp_path / "ho-so", "UBND xã Mới"), "moi.json")
    _, unit = compared(old, new)
    assert (unit.old.unit, unit.new.unit, unit.fresh, unit.fixed) == ("UBND xã Cũ", "UBND xã Mới", (), ())
    assert "Lần trước ghi tên: UBND xã Cũ" in parcheck_command("diff", old, new)[1]
    assert "Lần trước ghi tên" not in parcheck_command("diff", old, old)[1]


def test_units_come_and_go(write_report, tmp_path, parcheck_command):
    def unit(name, **facts):
        filemaking.facts_file(tmp_path / "tinh" / name / "1.1" / "a.facts", **{**filemaking.PLAN_FACTS, **facts})

    unit("Xã A", symbol=None)
    unit("Xã B")
    old = write_report(tmp_path / "tinh", "cu.json")
    (tmp_path / "tinh" / "Xã A").rename(tmp_path / "tinh" / "Xã C")
    new = write_report(tmp_path / "tinh", "moi.json")
    difference = compare_reports(read_report(old), read_report(new))
    assert [each.new.path for each in difference.units] == ["Xã B"]
    assert ([each.path for each in difference.added], [each.path for each in difference.removed]) == (
        ["Xã C"],
        ["Xã A"],
    )
    assert difference.worse
    code, out, _ = parcheck_command("diff", old, new)
    assert code == 1
    assert "Xã C: 1 nội dung" in out
    assert "Không thay đổi: 1 đơn vị." in out


def test_the_json_says_the_same(write_report, handed_in, parcheck_command):
    old = write_report(handed_in(A, symbol=None), "cu.json")
    new = write_report(handed_in(A), "moi.json")
    _, out, _ = parcheck_command("diff", old, new, "--format", "json")
    data = json.loads(out)
    assert [error.message for error in Draft202012Validator(schema("diff.schema.json")).iter_errors(data)] == []
    assert (data["schema"], data["worse"], data["other_pack"]) == ("urn:parcheck:schema:diff:1", False, False)
    (unit,) = data["units"]
    assert [each["code"] for each in unit["findings"]["fixed"]] == ["number-blank"]
    assert unit["ready"] == {"old": False, "new": True}
    assert unit["documents"]["replaced"][0]["new"]["path"] == A


def test_a_report_from_before_fingerprints_is_compared_too(write_report, handed_in, compared, edit):
    path = handed_in(A, symbol=None)
    old, new = write_report(path, "cu.json"), write_report(path, "moi.json")

    def strip(data):
        for criterion in data["submissions"][0]["criteria"]:
            del criterion["basis"]
            for requirement in criterion["requirements"]:
                for finding in requirement["findings"]:
                    del finding["fingerprint"]

    _, unit = compared(edit(old, strip), new)
    assert (unit.fixed, unit.fresh, codes(unit.still)) == ((), (), ["number-blank"])


def test_nothing_in_a_report_moves_the_cursor(write_report, handed_in, edit, parcheck_command):
    new = write_report(handed_in(A, symbol=None), "moi.json")
    old = write_report(handed_in(A), "cu.json")

    def spoil(data):
        finding = data["submissions"][0]["criteria"][0]["requirements"][0]["findings"][0]
        finding["message"] = "\x1b[2Jxong\u202e"

    _, out, _ = parcheck_command("diff", old, edit(new, spoil))
    assert "xong" in out
    assert "\x1b" not in out
    assert "\u202e" not in out


# --- what is no report ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "không phải tệp JSON trọn vẹn"),
        ('{"schema": "urn:parcheck:schema:rep', "không phải tệp JSON trọn vẹn"),
        ("[" * 100_000, "không phải tệp JSON trọn vẹn"),
        ("[]", "không phải báo cáo của parcheck"),
        ("{}", "không phải báo cáo của parcheck"),
        ('{"schema": "urn:parcheck:schema:report:9"}', "urn:parcheck:schema:report:9"),
        ('{"schema": "urn:parcheck:schema:report:1", "run": {}, "pack": {}}', "thiếu hoặc sai một phần"),
        ('{"schema": "urn:parcheck:schema:report:1"}', "thiếu hoặc sai một phần"),
    ],
)
def test_what_is_no_report_is_told_in_a_sentence(plain_report, tmp_path, parcheck_command, text, said):
    good, bad = plain_report, tmp_path / "hong.json"
    bad.write_text(text, encoding="utf-8")
    for arguments in ((good, bad), (bad, good)):
        code, out, err = parcheck_command("diff", *arguments)
        assert (code, out) == (2, "")
        assert said in err
        assert len(err.strip().splitlines()) == 1


def test_a_report_that_is_not_there_is_told(parcheck_command, tmp_path):
    code, _, err = parcheck_command("diff", tmp_path / "a.json", tmp_path / "b.json")
    assert code == 2
    assert "a.json" in err


@pytest.mark.parametrize("key", ["criteria", "documents", "findings", "path"])
def test_a_report_with_a_part_cut_out_is_told(plain_report, edit, parcheck_command, key):
    edit(plain_report, lambda data: data["submissions"][0].pop(key))
    code, _, err = parcheck_command("diff", plain_report, plain_report)
    assert code == 2
    assert "thiếu hoặc sai một phần" in err
