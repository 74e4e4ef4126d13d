# SPDX-License-Identifier: Apache-2.0
"""Cases beside a pack: those of the shipped packs hold, and a case that does not is told as a person can read it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import parcheck_rules
from parcheck.rules.cases import case_files, run_cases
from parcheck.rules.editor_schema import editor_schema
from parcheck.yaml_file import load_plain

PACKS = ("par-tinh-2025", "cap-xa-lam-dong-2025", "xa-nq57-2026")
FAULTY = {"missing", "invalid", "undetermined"}
HEAD = "unit: UBND xã A\ndocument: {issuer: UBND xã A, signer: {name: Nguyễn Văn A}}\ncases:\n"


@pytest.fixture
def folder(pack_folder):
    """Return a function that writes cases beside a small pack, whose 1.1 asks for a plan with a number."""

    def write(cases, head=HEAD, name="a.yaml"):
        (pack_folder / "tests").mkdir(exist_ok=True)
        (pack_folder / "tests" / name).write_text(head + cases, encoding="utf-8")
        return pack_folder

    return write


@pytest.fixture
def differences(folder, session):
    """Return a function that runs one case of row 1.1: what came out otherwise."""

    def run(documents, expect, **more):
        case = {"name": "thử", "row": "1.1", "documents": documents, "expect": expect, **more}
        pack = session.pack(folder("  - " + json.dumps(case, ensure_ascii=False) + "\n"))
        (result,) = run_cases(pack, session.vocabulary, session.catalogue)
        return {(each.kind, each.subject): (each.wanted, each.found) for each in result.differences}

    return run


# --- the shipped packs ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("id_", PACKS)
def test_the_cases_of_a_shipped_pack_hold(session, id_):
    results = run_cases(session.pack(id_), session.vocabulary, session.catalogue)
    assert [(result.file, result.line, result.differences) for result in results if not result.passed] == []


@pytest.mark.parametrize("id_", PACKS)
def test_a_shipped_pack_has_honest_and_faulty_cases(session, id_):
    cases = [case for file in case_files(session.pack(id_)) for case in load_plain(file)["cases"]]
    assert len(cases) >= 15
    assert len({case["name"] for case in cases}) == len(cases)
    outcomes = [case["expect"]["outcome"] for case in cases]
    assert sum(outcome in FAULTY for outcome in outcomes) >= 5
    assert sum(outcome not in FAULTY for outcome in outcomes) >= 5
    assert all("findings" in case["expect"] or case["expect"]["outcome"] != "satisfied" for case in cases)


@pytest.mark.parametrize("id_", PACKS)
def test_a_case_of_a_shipped_pack_can_fail(session, id_, monkeypatch):
    pack = session.pack(id_)
    turned = {"satisfied": "invalid", "invalid": "satisfied", "missing": "satisfied", "undetermined": "satisfied"}
    file = case_files(pack)[0]
    data = load_plain(file)
    for case in data["cases"]:
        case["expect"] = {"outcome": turned.get(case["expect"]["outcome"], "missing")}
    monkeypatch.setattr("parcheck.rules.cases.load_checked", lambda *_: (data, []))
    monkeypatch.setattr("parcheck.rules.cases.case_files", lambda _: [file])
    results = run_cases(pack, session.vocabulary, session.catalogue)
    assert not any(result.passed for result in results)


# --- what a case says -----------------------------------------------------------------------------------------------


PLAN = {"type": "KH", "symbol": "1/KH-UBND"}


@pytest.mark.parametrize(
    ("documents", "outcome", "findings"),
    [
        ([PLAN], "satisfied", []),
        ([], "missing", ["evidence-missing"]),
        ([{"type": "BC", "symbol": "1/BC-UBND"}], "missing", ["evidence-missing"]),
        ([{"type": "KH"}], "invalid", ["number-blank"]),
        ([{"type": "KH", "unknown": ["symbol"]}], "undetermined", ["fact-unknown"]),
        ([{"type": "KH", "cited": "Kế hoạch năm 2025"}], "satisfied", []),
        ([{"symbol": "1/KH-UBND", "cited": "số 1/KH-UBND"}], "undetermined", ["fact-unknown"]),
        ([{"type": "KH"}, PLAN], "satisfied", []),
        ([{**PLAN, "filed": "1"}], "satisfied", []),
    ],
)
def test_facts_in_outcome_and_findings_out(differences, documents, outcome, findings):
    found = differences(documents, {"outcome": outcome, "findings": findings})
    assert found == {}


def test_what_comes_out_otherwise_is_told(differences):
    found = differences(
        [{"type": "KH"}],
        {"outcome": "satisfied", "findings": ["unsigned"], "requirements": {"ke-hoach": "missing"}},
    )
    assert found == {
        ("outcome", ""): ("satisfied", "invalid"),
        ("requirement", "ke-hoach"): ("missing", "invalid"),
        ("findings", ""): (["unsigned"], ["number-blank"]),
    }


def test_points_supported_are_compared(differences):
    # The row has no scoring, so nothing says what points are supported.
    found = differences([PLAN], {"outcome": "satisfied", "supported": 2})
    assert found == {("supported", ""): (2.0, None)}


def test_explanations_and_claims_reach_the_judge(differences):
    assert differences([], {"outcome": "not_checked"}, claimed=0) == {}
    assert differences([], {"outcome": "not_applicable"}, not_applicable=True, explanation="không có") == {}
    assert differences([], {"outcome": "missing", "findings": ["explanation-missing"]}, not_applicable=True) == {}


def test_what_every_document_has_is_stated_once(folder, session):
    head = "document: {symbol: 5/KH-UBND}\ncases:\n"
    cases = "  - {name: chung, row: '1.1', documents: [{type: KH}], expect: {outcome: satisfied}}\n"
    cases += "  - {name: riêng, row: '1.1', documents: [{type: KH, symbol: null}], expect: {outcome: invalid}}\n"
    results = run_cases(session.pack(folder(cases, head)), session.vocabulary, session.catalogue)
    assert [result.differences for result in results] == [(), ()]


# --- the command ----------------------------------------------------------------------------------------------------


RIGHT = (
    "  - name: Đủ\n    row: '1.1'\n    documents: [{type: KH, symbol: 1/KH-UBND}]\n    expect: {outcome: satisfied}\n"
)


def test_0_all_cases_hold(folder, parcheck_command):
    code, out, err = parcheck_command("rules", "test", folder(RIGHT))
    assert (code, err) == (0, "")
    assert out == "Bộ tiêu chí bo-mau: 1 tình huống, đều đúng.\n"


def test_1_a_case_does_not_hold(folder, parcheck_command):
    wrong = RIGHT.replace("outcome: satisfied", "outcome: missing, findings: [draft]")
    code, out, err = parcheck_command("rules", "test", folder(RIGHT + wrong))
    assert (code, err) == (1, "")
    assert out.splitlines() == [
        "SAI  tests/a.yaml, dòng 8 – 1.1: Đủ",
        "  Kết quả của dòng: cần “thiếu (missing)”, thực tế “đạt (satisfied)”.",
        "  Lỗi được nêu: cần Tài liệu có vẻ là bản dự thảo (draft), thực tế –.",
        "Bộ tiêu chí bo-mau: 2 tình huống, 1 sai.",
    ]
    _, out, _ = parcheck_command("rules", "test", folder(RIGHT + wrong), "--lang", "en")
    assert "expected, “satisfied (satisfied)” came out" in out


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("row: '1.1'", "row: '1.2'", 5, ["1.2", "1.1"]),
        ("row: '1.1'", "rows: '1.1'", 5, ["rows", "row"]),
        ("outcome: satisfied", "outcome: đạt", 7, ["đạt", "satisfied"]),
        ("outcome: satisfied", "outcome: missing, findings: [draf]", 7, ["draf", "draft"]),
        ("outcome: satisfied", "outcome: missing, requirements: {kehoach: missing}", 7, ["kehoach", "ke-hoach"]),
        ("type: KH", "typ: KH", 6, ["typ", "type"]),
        ("type: KH", "unknown: [typ]", 6, ["typ", "type"]),
        ("type: KH", "type: [KH]", 6, ['["KH"]', "string"]),
        ("type: KH", "issued_on: 2025-02-30", 6, ["2025-02-30", "YYYY-MM-DD"]),
        ("type: KH", "filed: '9', type: KH", 6, ["9", "1.1"]),
        ("type: KH", "type: KH: x", 6, ["type: KH: x"]),
    ],
)
def test_2_a_file_of_cases_has_a_fault(folder, parcheck_command, old, new, line, words):
    assert RIGHT.count(old) == 1
    for language, word in (("vi", "dòng"), ("en", "line")):
        code, out, err = parcheck_command("rules", "test", folder(RIGHT.replace(old, new)), "--lang", language)
        assert (code, out) == (2, "")
        assert err.startswith(f"tests/a.yaml, {word} {line}: ")
        assert [each for each in words if each not in err] == []


def test_2_there_are_no_cases(pack_folder, parcheck_command):
    code, out, err = parcheck_command("rules", "test", pack_folder)
    assert (code, out) == (2, "")
    assert "chưa có tình huống thử nào" in err


# --- for editors ----------------------------------------------------------------------------------------------------


def test_the_schema_for_editors_takes_every_file_of_every_shipped_pack(session):
    schema = editor_schema(session.vocabulary)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    files = sorted(Path(parcheck_rules.__file__).parent.glob("*/**/*.yaml"))
    assert len(files) > 20
    assert [(file.name, error.message) for file in files for error in validator.iter_errors(load_plain(file))] == []


@pytest.mark.parametrize(
    ("part", "broken"),
    [
        ("pack.yaml", {"id": "A B"}),
        ("pack.yaml", {"yaer": 2025}),
        ("pack.yaml", {"$defs": {"a": {"mentionz": ["x"]}}}),
        ("pack.yaml", {"$defs": {"a": {"properties": {"subject": {"mentions": "x"}}}}}),
        ("field", {"points": "hai"}),
        ("field", {"criteria": [{"code": "1.1", "name": "Tên", "points": 1, "evidence": [
            {"id": "a", "name": "Tên", "match": {"properties": {"tpye": {}}}}]}]}),
        ("field", {"criteria": [{"code": "1.1", "name": "Tên", "points": 1, "evidence": [
            {"id": "a", "name": "Tên", "match": {"required": ["tpye"]}}]}]}),
        ("field", {"criteria": [{"code": "1.1", "name": "Tên", "points": 1, "scoring": {"kind": "ratio"}}]}),
        ("cases", {"cases": [{"name": "Tên", "row": "1.1", "expect": {"outcome": "đạt"}}]}),
    ],
)  # fmt: skip
def test_the_schema_for_editors_refuses_what_lint_refuses(session, part, broken):
    right = {
        "pack.yaml": {
            "id": "a", "title": "Bộ", "version": "1", "level": "xã", "year": 2025, "total_points": 1,
            "sources": {"a": {"symbol": "1", "title": "Tên"}}, "fields": ["a.yaml"],
        },
        "field": {"code": "1", "name": "Tên", "points": 1, "criteria": [{"code": "1.1", "name": "Tên", "points": 1}]},
        "cases": {"cases": [{"name": "Tên", "row": "1.1", "expect": {"outcome": "missing"}}]},
    }  # fmt: skip
    validator = Draft202012Validator(editor_schema(session.vocabulary))
    assert validator.is_valid({**right[part], "title": "Bộ tiêu chí"} if part == "pack.yaml" else right[part])
    title = {"title": "Bộ tiêu chí"} if part == "pack.yaml" else {}
    assert not validator.is_valid({**right[part], **title, **broken})


def test_the_schema_names_the_keywords_of_plugins(parcheck_command, tmp_path):
    code, out, _ = parcheck_command("rules", "schema")
    assert code == 0
    rule = json.loads(out)["$defs"]["rule"]["properties"]
    assert {"mentions", "notAfter", "signed", "allOf"} <= rule.keys()
    target = tmp_path / "rules.schema.json"
    code, printed, err = parcheck_command("rules", "schema", "-o", target)
    assert (code, printed) == (0, "")
    assert str(target) in err
    assert target.read_text(encoding="utf-8") == out
    _, without, _ = parcheck_command("rules", "schema", "--block", "vocabulary")
    assert "mentions" not in json.loads(without)["$defs"]["rule"]["properties"]
