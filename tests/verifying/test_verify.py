# SPDX-License-Identifier: Apache-2.0
"""`parcheck verify`: are the files those that were judged, by what was judged, and what rests on recognised words."""

from __future__ import annotations

import io
import json
import zipfile

import caselib
import filemaking
import pytest

from parcheck.checking_again import compared
from parcheck.model import (
    CriterionResult,
    Evidence,
    Outcome,
    Place,
    Reading,
    Reason,
    Report,
    RequirementResult,
    Source,
    Status,
    SubmissionResult,
)
from parcheck.provenance import Ground, basis
from parcheck.reporting.as_json import write_json
from parcheck.reporting.reading_back import read_report

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
    return {key: unit[key] for key in UNTOUCHED}


UNTOUCHED = {"same": 2, "missing": [], "changed": [], "moved": [], "extra": [], "unsaid": []}


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
    handed_in("1.1/d.facts", subject="Khác")
    code, data = verified(report, folder)
    assert (code, data["holds"]) == (1, False)
    assert files(data) == {**UNTOUCHED, "same": 1, "missing": [A], "changed": [B], "extra": ["1.1/d.facts"]}


def test_a_file_that_moved_is_told_as_moved_and_does_not_hold(write_report, handed_in, verified, parcheck_command):
    """In which folder a file lies says what it is to prove."""
    folder = handed_in(A, B)
    report = write_report(folder)
    (folder / "1.2").mkdir()
    (folder / B).rename(folder / "1.2" / "b.facts")
    code, data = verified(report, folder)
    assert (code, files(data)) == (1, {**UNTOUCHED, "same": 1, "moved": [{"then": B, "now": "1.2/b.facts"}]})
    assert f"✗ {B} → 1.2/b.facts" in parcheck_command("verify", report, folder)[1]


def test_each_file_of_the_same_bytes_moved_once(write_report, handed_in, verified):
    folder = handed_in(A, B)
    report = write_report(folder)
    for name in (A, B):
        (folder / name).unlink()
    handed_in("1.1/c.facts")
    _, data = verified(report, folder)
    assert files(data) == {**UNTOUCHED, "same": 0, "missing": [B], "moved": [{"then": A, "now": "1.1/c.facts"}]}


def test_claims_that_came_later_are_told(write_report, handed_in, verified):
    folder = handed_in(A, B)
    report = write_report(folder)
    (folder / "submission.yaml").write_text("unit: Xã A\n", encoding="utf-8")
    code, data = verified(report, folder)
    assert (code, files(data)) == (1, {**UNTOUCHED, "extra": ["submission.yaml"]})


def test_files_that_came_later_are_told_even_where_the_folder_can_no_longer_be_checked(
    write_report, handed_in, verified
):
    folder = handed_in(A, B)
    report = write_report(folder)
    handed_in("1.1/c.facts")
    (folder / "submission.yaml").write_text("unit: [\n", encoding="utf-8")
    code, data = verified(report, folder)
    assert (code, files(data)["extra"]) == (1, ["1.1/c.facts", "submission.yaml"])


def test_the_report_itself_may_lie_among_the_files(write_report, handed_in, verified):
    folder = handed_in(A, B)
    report = write_report(folder, "ho-so/bao-cao.json")
    assert verified(report, folder)[0] == 0


def test_of_a_part_of_the_set_the_files_of_other_rows_hold_too(write_report, handed_in, verified, pack_folder):
    folder = handed_in(A)
    with zipfile.ZipFile(folder / "kem.zip", "w") as archive:
        archive.writestr("b.facts", json.dumps(filemaking.PLAN_FACTS))
    report = write_report(folder, "bao-cao.json", "--only", "1.1")
    code, data = verified(report, folder)
    assert (code, files(data)["extra"]) == (0, [])


def test_a_report_that_does_not_name_its_inputs_or_plugins_says_so(
    write_report, handed_in, verified, edit, parcheck_command
):
    folder = handed_in(A, B)
    report = write_report(folder)

    def older(data):
        del data["submissions"][0]["inputs"], data["run"]["plugins"], data["run"]["readers"], data["digest"]

    (folder / "submission.yaml").write_text("unit: Xã A\n", encoding="utf-8")
    code, data = verified(edit(report, older), folder)
    assert (code, data["sealed"], files(data)) == (0, None, UNTOUCHED)
    told = " ".join(parcheck_command("verify", report, folder)[1].split())
    assert "không có mã kiểm nên không biết có bị sửa tay hay không" in told
    assert "không biết các tệp ấy có đổi hay không" in told
    assert "không ghi đã dùng những phần mở rộng nào" in told
    assert "giống lúc kiểm tra" not in told


def test_two_units_with_folders_of_one_name_are_told_apart(write_report, verified, tmp_path):
    for district, subject in (("huyen a", "Một"), ("huyen b", "Hai")):
        file = tmp_path / "tinh" / district / "Xã Tân Lập" / "1.1" / "a.facts"
        filemaking.facts_file(file, **{**filemaking.PLAN_FACTS, "subject": subject})
    report = write_report(tmp_path / "tinh")
    code, data = verified(report, tmp_path / "tinh")
    assert (code, [unit["same"] for unit in data["units"]]) == (0, [1, 1])
    filemaking.facts_file(file, **{**filemaking.PLAN_FACTS, "subject": "Ba"})
    code, data = verified(report, tmp_path / "tinh")
    assert (code, [unit["changed"] for unit in data["units"]]) == (1, [[], ["1.1/a.facts"]])


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
    assert files(data) == {
        **UNTOUCHED,
        "same": 1,
        "changed": ["1.1/kem.zip/b.facts"],
        "moved": [{"then": "1.1/kem.zip/c.facts", "now": "1.1/kem.zip/d.facts"}],
    }


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


def test_a_file_that_nobody_could_read_is_held_against_its_bytes_too(write_report, handed_in, verified):
    """Who hands in an empty file and fills it after the check has handed in another file."""
    folder = handed_in(A)
    (folder / "1.1" / "trong.pdf").touch()
    report = write_report(folder)
    code, data = verified(report, folder)
    assert (code, files(data)) == (0, UNTOUCHED)
    (folder / "1.1" / "trong.pdf").write_bytes(b"%PDF-1.7")
    code, data = verified(report, folder)
    assert (code, files(data)) == (1, {**UNTOUCHED, "same": 1, "changed": ["1.1/trong.pdf"]})


def test_a_file_without_a_digest_is_not_called_changed(write_report, handed_in, verified, edit):
    folder = handed_in(A)
    (folder / "1.1" / "trong.pdf").touch()
    older = edit(write_report(folder), lambda data: data["submissions"][0].update(inputs=[]), knowing=True)
    code, data = verified(older, folder)
    assert (code, files(data)) == (0, {**UNTOUCHED, "same": 1, "unsaid": ["1.1/trong.pdf"]})


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

    edit(report, older, knowing=True)
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

    edit(report, embellish, knowing=True)
    code, data = verified(report, folder, "--again", "--rules", pack_folder)
    assert (code, data["sealed"]) == (1, True)
    assert data["again"] == [
        {"unit": "ho-so", "kind": "outcome", "code": "1.1", "what": "1.1", "then": "satisfied", "now": "invalid"}
    ]
    told = parcheck_command("verify", report, folder, "--again", "--rules", pack_folder)[1]
    assert "báo cáo ghi đạt, kiểm tra lại ra chưa đạt" in told


def criterion(data):
    return data["submissions"][0]["criteria"][0]


def requirement(data):
    return criterion(data)["requirements"][0]


EDITS = {
    "the outcome of a row": lambda data: criterion(data).update(outcome="satisfied"),
    "the outcome of a document asked for": lambda data: requirement(data).update(outcome="satisfied"),
    "the document that counts": lambda data: requirement(data).update(documents=[]),
    "a finding taken away": lambda data: requirement(data)["findings"].clear(),
    "a finding made light": lambda data: requirement(data)["findings"][0].update(severity="note"),
    "a finding put elsewhere": lambda data: requirement(data)["findings"][0].update(place={"page": 9}),
    "a finding set aside": lambda data: requirement(data).update(
        outcome="waived", decision={"before": "satisfied", "after": "waived", "by": []}
    ),
    "the points claimed": lambda data: criterion(data).update(claimed=1.5),
    "what a document says": lambda data: data["submissions"][0]["documents"][0]["facts"].update(type="QĐ"),
    "where a document counts": lambda data: data["submissions"][0]["documents"][0].update(criteria=["9.9"]),
    "the name of the unit": lambda data: data["submissions"][0].update(unit="Xã khác"),
    "ready": lambda data: data["submissions"][0].update(ready=True),
    "the counts": lambda data: data["submissions"][0]["counts"].update(invalid=0),
    "a row taken away": lambda data: data["submissions"][0]["criteria"].clear(),
    "a row added": lambda data: data["submissions"][0]["criteria"].append({**criterion(data), "code": "1.9"}),
}


@pytest.fixture
def invalid_report(write_report, handed_in):
    folder = handed_in(A, symbol=None)
    return write_report(folder), folder


@pytest.fixture(scope="session")
def invalid_text(tmp_path_factory):
    """A report on a plan without a number."""
    asked = {"id": "kh", "name": "Kế hoạch", "match": {"required": ["type"]}, "valid": {"required": ["symbol"]}}
    case = {
        "rules": {"evidence": [asked]},
        "documents": [{"path": "1.1/a.pdf", "facts": {"type": "KH", "symbol": None}}],
    }
    result, session = caselib.run_case(case, tmp_path_factory.mktemp("chua-dat"))
    report = Report("bo-mau", "Bộ mẫu", "1", "0" * 64, (("1", "Chỉ đạo"),), (result,), {"finished": "2026-01-05"})
    stream = io.StringIO()
    write_json(report, session.catalogue, "vi", stream)
    return stream.getvalue()


@pytest.mark.parametrize("change", EDITS.values(), ids=EDITS)
def test_an_edit_by_hand_breaks_the_digest(change, invalid_text, edit, tmp_path):
    report = tmp_path / "bao-cao.json"
    report.write_text(invalid_text, encoding="utf-8")
    assert read_report(report).sealed is True
    assert read_report(edit(report, change)).sealed is False
    assert read_report(edit(report, lambda _: None, knowing=True)).sealed is True


@pytest.mark.parametrize("change", EDITS.values(), ids=EDITS)
def test_an_edit_by_somebody_who_knows_how_is_told_by_a_new_check(change, invalid_text):
    now = json.loads(invalid_text)["submissions"][0]
    assert list(compared("ho-so", now, now)) == []
    data = json.loads(invalid_text)
    change(data)
    assert list(compared("ho-so", data["submissions"][0], now))


def test_an_edit_by_hand_is_told_without_a_new_check(invalid_report, edit, verified, parcheck_command):
    report, folder = invalid_report
    code, data = verified(edit(report, EDITS["ready"]), folder)
    assert (code, data["sealed"], data["holds"]) == (1, False, False)
    told = parcheck_command("verify", report, folder)[1]
    assert "✗ Báo cáo ĐÃ BỊ SỬA sau khi chương trình ghi ra" in told
    assert "CÓ KHÁC VỚI BÁO CÁO" in told


def test_the_layout_of_a_report_is_no_edit(invalid_report, edit, verified):
    """Programs write JSON in their own layout; what it says is the same."""
    report, folder = invalid_report
    report.write_text(json.dumps(json.loads(report.read_text(encoding="utf-8")), indent=4), encoding="utf-8")
    code, data = verified(report, folder)
    assert (code, data["sealed"]) == (0, True)


@pytest.mark.parametrize("key", ["versions", "plugins", "readers", "options", "finished"])
def test_a_run_that_is_no_run_is_a_damaged_report(key, plain_report, edit, parcheck_command):
    code, _, err = parcheck_command("verify", edit(plain_report, lambda data: data["run"].update({key: [7]})))
    assert code == 2
    assert "thiếu hoặc sai một phần" in err


def test_every_line_of_a_new_check_has_its_words(invalid_report, edit, parcheck_command, pack_folder):
    report, folder = invalid_report

    def everywhere(data):
        for name in ("what a document says", "where a document counts", "ready", "a finding made light"):
            EDITS[name](data)

    edit(report, everywhere, knowing=True)
    for language, words in (
        ("vi", ("đọc lại ra", "kiểm tra lại xếp vào", "chỉ có trong báo cáo", "báo cáo không có", "ready: báo cáo")),
        ("en", ("read anew it is", "a new check under", "in the report only", "found by a new check", "the report")),
    ):
        told = " ".join(
            parcheck_command("verify", report, folder, "--again", "--rules", pack_folder, "--lang", language)[1].split()
        )
        assert [each for each in words if each not in told] == []


def test_a_batch_with_decisions_and_findings_between_units_comes_out_alike(
    write_report, verified, decisions, pack_folder, tmp_path
):
    for name, facts in (("Xã A", {"symbol": None}), ("Xã B", {})):
        folder = tmp_path / "tinh" / name
        filemaking.facts_file(folder / "1.1" / "a.facts", **{**filemaking.PLAN_FACTS, **facts})
        filemaking.facts_file(folder / "1.1" / "b.facts", **{**filemaking.PLAN_FACTS, "issuer": "UBND XÃ A"})
        (folder / "submission.yaml").write_text(f"unit: UBND {name.lower()}\n", encoding="utf-8")
    file = decisions(
        'criterion: "1.1", unit: UBND xã a, decision: reject, reason: Văn bản giả, who: Sở Nội vụ',
        'criterion: "1.1", requirement: khac, unit: UBND xã b, decision: waive, reason: Thử, who: Sở Nội vụ',
    )
    report = write_report(tmp_path / "tinh", "bao-cao.json", "--decisions", file)
    told = report.read_text(encoding="utf-8")
    assert [code for code in ("file-of-other-unit", "decision-rejected", "decision-orphaned") if code not in told] == []
    code, data = verified(report, tmp_path / "tinh", "--again", "--rules", pack_folder)
    assert (code, data["again"], data["vouched"]) == (0, [], "again")


def test_a_new_check_is_held_against_what_was_derived_before_decisions(
    write_report, handed_in, verified, decisions, pack_folder
):
    folder = handed_in(A, symbol=None)
    file = decisions('criterion: "1.1", decision: waive, reason: Chờ cấp số, who: Sở Nội vụ')
    report = write_report(folder, "bao-cao.json", "--decisions", file)
    code, data = verified(report, folder, "--again", "--rules", pack_folder)
    assert (code, data["again"]) == (0, [])
    assert data["units"][0]["grounds"] == {"1.1": ["bytes", "decision"]}


def test_the_screen_ends_in_one_verdict(write_report, handed_in, parcheck_command, pack_folder):
    folder = handed_in(A)
    report = write_report(folder)
    code, out, err = parcheck_command("verify", report, folder)
    assert (code, err) == (0, "")
    assert "1 trong 1 tiêu chí: kết quả chỉ dựa vào nội dung tệp" in out
    assert "TỆP ĐÚNG NHƯ BÁO CÁO; KẾT QUẢ CHƯA ĐƯỢC BẢO ĐẢM" in out.splitlines()[-2]
    out = parcheck_command("verify", report, folder, "--again", "--rules", pack_folder)[1]
    assert out.endswith("\nĐÚNG NHƯ BÁO CÁO.\n")
    (folder / A).unlink()
    code, out, _ = parcheck_command("verify", report, folder, "--lang", "en")
    assert code == 1
    assert "1 files are gone" in out
    assert "NOT AS REPORTED" in out


# --- what a verdict rests on ------------------------------------------------------------------------------------------


def document(id_, path="1.1/a.pdf", criteria=("1.1",), facts=None, unknown=None, **where):
    reading = Reading(path or "", "ab", None, Status.READ, facts or {}, unknown or {}, where)
    return Evidence(id_, path, None if path else "KH số 1", criteria, reading)


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


@pytest.mark.parametrize(
    ("read", "grounds"),
    [
        ({"unknown": {"type": Reason("low-confidence")}}, [Ground.BYTES, Ground.OCR]),
        ({"unknown": {"signer": Reason("handwritten")}}, [Ground.BYTES, Ground.OCR]),
        ({"facts": {"copy": None, "text": {"source": "ocr"}}}, [Ground.BYTES, Ground.OCR]),
        ({"facts": {"copy": None, "text": {"source": "mixed"}}}, [Ground.BYTES, Ground.OCR]),
        ({"facts": {"copy": None, "text": {"source": "text"}}}, [Ground.BYTES]),
        ({"unknown": {"references": Reason("scan")}}, [Ground.BYTES]),
    ],
)
def test_words_that_were_not_read_clearly_or_not_found_in_pixels_are_told_too(read, grounds):
    assert list(rests(document("d1", **read)).grounds) == grounds


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
