# SPDX-License-Identifier: Apache-2.0
"""`parcheck verify`: are the files those that were judged, by what was judged, and what rests on recognised words."""

from __future__ import annotations

import json
import zipfile

import filemaking
import pytest

from parcheck.model import (
    CriterionResult,
    Evidence,
    Outcome,
    Place,
    Reading,
    RequirementResult,
    Source,
    Status,
    SubmissionResult,
)
from parcheck.provenance import Ground, basis

A, B = "1.1/a.facts", "1.1/b.facts"


@pytest.fixture
def verified(parcheck_command):
    """Return a function that verifies: (exit code, data)."""

    def verify(*arguments):
        code, out, err = parcheck_command("verify", *arguments, "--format", "json")
        assert err == ""
        return code, json.loads(out)

    return verify


def files(data):
    (unit,) = data["units"]
    return {key: unit[key] for key in ("same", "missing", "changed", "extra", "unsaid")}


UNTOUCHED = {"same": 2, "missing": [], "changed": [], "extra": [], "unsaid": []}


def test_untouched_files_are_as_reported(write_report, handed_in, verified, pack_folder):
    folder = handed_in(A, B)
    report = write_report(folder)
    code, data = verified(report, folder, "--rules", pack_folder)
    assert (code, data["holds"], files(data)) == (0, True, UNTOUCHED)
    assert data["made_with_other"] == []


def test_beside_the_report_a_folder_is_found_by_itself(write_report, handed_in, verified):
    report = write_report(handed_in(A, B))
    assert verified(report)[0] == 0


def test_changed_gone_and_new_files_are_named(write_report, handed_in, verified, tmp_path):
    folder = handed_in(A, B, "1.1/c.facts")
    report = write_report(folder)
    handed_in(B, symbol=None)
    (folder / A).unlink()
    handed_in("1.1/d.facts")
    code, data = verified(report, folder)
    assert (code, data["holds"]) == (1, False)
    assert files(data) == {
        "same": 1, "missing": [A], "changed": [B], "extra": ["1.1/d.facts"], "unsaid": [],
    }  # fmt: skip


def test_the_unit_s_own_claims_are_inputs_too(write_report, handed_in, verified):
    folder = handed_in(A)
    (folder / "submission.yaml").write_text("unit: Xã A\n", encoding="utf-8")
    report = write_report(folder)
    assert verified(report, folder)[0] == 0
    (folder / "submission.yaml").write_text("unit: Xã B\n", encoding="utf-8")
    code, data = verified(report, folder)
    assert (code, files(data)["changed"]) == (1, ["submission.yaml"])


def test_members_of_archives_are_held_against_their_own_bytes(write_report, handed_in, verified, tmp_path):
    folder = handed_in(A)
    archive = folder / "1.1" / "kem.zip"

    def pack(**members):
        with zipfile.ZipFile(archive, "w") as file:
            for name, facts in members.items():
                file.writestr(f"{name}.facts", json.dumps({**filemaking.PLAN_FACTS, **facts}))

    pack(b={}, c={})
    report = write_report(folder)
    assert verified(report, folder)[0] == 0
    pack(b={"symbol": None}, d={})
    code, data = verified(report, folder)
    assert code == 1
    assert (files(data)["changed"], files(data)["missing"], files(data)["extra"]) == (
        ["1.1/kem.zip/b.facts"], ["1.1/kem.zip/c.facts"], ["1.1/kem.zip/d.facts"],
    )  # fmt: skip


def test_a_submission_in_a_zip_is_held_against_the_zip(write_report, verified, tmp_path):
    archive = tmp_path / "xa-a.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("1.1/a.facts", json.dumps(filemaking.PLAN_FACTS))
    report = write_report(archive)
    moved = archive.rename(tmp_path / "xa-a (ban nop).zip")
    code, data = verified(report, moved)
    assert (code, files(data)) == (0, UNTOUCHED)
    with zipfile.ZipFile(moved, "a") as file:
        file.writestr("submission.yaml", "unit: Xã A\n")
    assert files(verified(report, moved)[1])["changed"] == ["xa-a.zip"]


def test_a_file_without_a_digest_is_not_called_changed(write_report, handed_in, verified):
    folder = handed_in(A)
    (folder / "1.1" / "trong.pdf").touch()
    code, data = verified(write_report(folder), folder)
    assert (code, files(data)["unsaid"], files(data)["changed"]) == (0, ["1.1/trong.pdf"], [])


def test_a_folder_that_is_not_found_is_no_proof_of_anything(write_report, handed_in, verified, tmp_path, monkeypatch):
    folder = handed_in(A)
    report = write_report(folder)
    folder.rename(tmp_path / "noi khac")
    code, data = verified(report)
    assert (code, data["holds"], data["files_found"]) == (3, True, False)
    assert verified(report, tmp_path / "noi khac")[0] == 0


def test_units_are_found_below_one_folder(write_report, verified, tmp_path):
    for name in ("Xã A", "Xã B"):
        filemaking.facts_file(tmp_path / "tinh" / "huyen" / name / "1.1" / "a.facts", **filemaking.PLAN_FACTS)
    report = write_report(tmp_path / "tinh")
    code, data = verified(report, tmp_path / "tinh")
    assert (code, [unit["same"] for unit in data["units"]]) == (0, [1, 1])
    filemaking.facts_file(
        tmp_path / "tinh" / "huyen" / "Xã B" / "1.1" / "a.facts", **{**filemaking.PLAN_FACTS, "type": "BC"}
    )
    code, data = verified(report, tmp_path / "tinh")
    assert (code, [unit["changed"] for unit in data["units"]]) == (1, [[], ["1.1/a.facts"]])


def test_what_it_was_made_with_is_told_where_it_is_another_now(
    write_report, handed_in, verified, edit, parcheck_command
):
    folder = handed_in(A)
    report = write_report(folder)

    def older(data):
        data["run"]["versions"]["parcheck"] = "0.0.9"
        data["run"]["plugins"][0]["version"] = "7"
        data["pack"]["digest"] = "0" * 64

    edit(report, older)
    code, data = verified(report, folder)
    assert code == 0
    other = {(each["kind"], each["name"]): (each["then"], each["now"]) for each in data["made_with_other"]}
    assert other["version", "parcheck"][0] == "0.0.9"
    assert [kind for kind, _ in other] == ["version", "plugin", "pack"]
    # A rule set that is no installed one is not found by its id.
    assert other["pack", "bo-mau"] == ("0" * 12, None)
    told = " ".join(parcheck_command("verify", report, folder)[1].split())
    assert "parcheck: 0.0.9 →" in told
    assert "bộ tiêu chí bo-mau (mã kiểm): 000000000000 → không có" in told


def test_a_new_check_comes_out_alike_or_is_told(write_report, handed_in, verified, edit, pack_folder, parcheck_command):
    folder = handed_in(A, symbol=None)
    report = write_report(folder, "bao-cao.json", "--only", "1.1", "--year", "2024")
    code, data = verified(report, folder, "--again", "--rules", pack_folder)
    assert (code, data["again"]) == (0, [])

    def embellish(data):
        data["submissions"][0]["criteria"][0]["outcome"] = "satisfied"

    edit(report, embellish)
    code, data = verified(report, folder, "--again", "--rules", pack_folder)
    assert code == 1
    assert data["again"] == [{"unit": "ho-so", "code": "1.1", "then": "satisfied", "now": "invalid"}]
    told = parcheck_command("verify", report, folder, "--again", "--rules", pack_folder)[1]
    assert "báo cáo ghi đạt, kiểm tra lại ra chưa đạt" in told


def test_a_new_check_is_held_against_what_was_derived_before_decisions(
    write_report, handed_in, verified, decisions, pack_folder
):
    folder = handed_in(A, symbol=None)
    file = decisions('criterion: "1.1", decision: waive, reason: Chờ cấp số, who: Sở Nội vụ')
    report = write_report(folder, "bao-cao.json", "--decisions", file)
    code, data = verified(report, folder, "--again", "--rules", pack_folder)
    assert (code, data["again"]) == (0, [])
    assert data["units"][0]["grounds"] == {"1.1": ["bytes", "decision"]}


def test_the_screen_ends_in_one_verdict(write_report, handed_in, parcheck_command):
    folder = handed_in(A)
    report = write_report(folder)
    code, out, err = parcheck_command("verify", report, folder)
    assert (code, err) == (0, "")
    assert "1 trong 1 tiêu chí: kết quả chỉ dựa vào nội dung tệp" in out
    assert out.endswith("ĐÚNG NHƯ BÁO CÁO.\n")
    (folder / A).unlink()
    code, out, _ = parcheck_command("verify", report, folder, "--lang", "en")
    assert code == 1
    assert "1 files are gone" in out
    assert "NOT AS REPORTED" in out


# --- what a verdict rests on ------------------------------------------------------------------------------------------


def document(id_, path="1.1/a.pdf", criteria=("1.1",), **where):
    return Evidence(
        id_, path, None if path else "KH số 1", criteria, Reading(path or "", "ab", None, Status.READ, where=where)
    )


def rests(*documents, outcome=Outcome.SATISFIED, named=("d1",)):
    requirement = RequirementResult("kh", "KH", outcome, documents=named)
    criterion = CriterionResult("1.1", "A", "1", 1, "self", None, None, outcome, (requirement,))
    return basis(criterion, SubmissionResult(None, "2025", "ho-so", (criterion,), documents))


TEXT, OCR = Place(1, words="12/KH"), Place(1, words="12/KH", source=Source.OCR, confidence=0.9)
SEAL = Place(1, (0, 0, 9, 9), source=Source.OCR)
BODY = Place(source=Source.OCR)


@pytest.mark.parametrize(
    ("where", "grounds"),
    [
        ({"symbol": TEXT}, [Ground.BYTES]),
        ({"symbol": OCR, "type": TEXT}, [Ground.BYTES, Ground.OCR]),
        ({"symbol": TEXT, "marks": SEAL}, [Ground.BYTES]),
        ({"references": BODY}, [Ground.BYTES, Ground.OCR]),
    ],
)
def test_words_recognised_from_pixels_are_told_and_a_seal_is_no_word(where, grounds):
    found = rests(document("d1", **where))
    assert list(found.grounds) == grounds
    assert found.ocr == (("d1",) if Ground.OCR in grounds else ())


def test_a_document_of_another_criterion_is_not_rested_on():
    assert rests(document("d1"), document("d2", criteria=("1.2",), symbol=OCR)).grounds == (Ground.BYTES,)


def test_where_a_document_is_missing_all_that_are_filed_there_were_looked_at():
    other = document("d2", criteria=("1",), symbol=OCR)
    assert rests(document("d1"), other).grounds == (Ground.BYTES,)
    assert rests(document("d1"), other, outcome=Outcome.MISSING, named=()).ocr == ("d2",)


def test_a_citation_is_neither_bytes_nor_ocr():
    assert rests(document("d1", path=None)).grounds == (Ground.CITATION,)


def test_what_was_not_judged_rests_on_nothing():
    assert rests(document("d1"), outcome=Outcome.NOT_CHECKED).grounds == ()
