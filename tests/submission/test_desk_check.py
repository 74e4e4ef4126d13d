# SPDX-License-Identifier: Apache-2.0
"""A self-assessment held against a set: by itself, and with the files beside it."""

from __future__ import annotations

import caselib
import filemaking
import pytest
from tests.submission.make_assessment import HEADINGS, word

from parcheck.checking import Session
from parcheck.model import Outcome
from parcheck.plugins import PluginChoice, Plugins

ORIGINAL = {
    "properties": {"draft": {"const": False}, "signer": {"required": ["name"]}},
    "required": ["symbol", "issued_on", "signer"],
    "signed": True,
}
RULES = {
    "figures": {"a": "tổng số nhiệm vụ đề ra", "b": "số nhiệm vụ đã hoàn thành"},
    "scoring": {"kind": "ratio", "of": "a", "sum": {"b": 1}, "sum_points": {"b": 1.5}},
    "evidence": [
        {
            "id": "ke-hoach",
            "name": "Kế hoạch CCHC năm ${year}",
            "match": {
                "properties": {"type": {"const": "KH"}, "subject": {"mentions": [["CCHC", "cải cách hành chính"]]}},
                "required": ["type", "subject"],
            },
            "valid": {
                "allOf": [
                    ORIGINAL,
                    {
                        "properties": {
                            "issuer": {"organisation": "unit"},
                            "issued_on": {"notBefore": "${year}-01-01"},
                        },
                        "required": ["issuer"],
                    },
                ]
            },
        }
    ],
}
UNIT = "UBND tỉnh Trường Giang"
PLAN = "Kế hoạch số 12/KH-UBND ngày 10/01/2025 của UBND tỉnh về cải cách hành chính nhà nước năm 2025"
FACTS = {
    "type": "KH",
    "symbol": "12/KH-UBND",
    "number": "12",
    "sign": "KH-UBND",
    "issued_on": "2025-01-10",
    "issuer": "UBND TỈNH TRƯỜNG GIANG",
    "subject": "Cải cách hành chính nhà nước năm 2025",
    "draft": False,
    "signer": {"name": "A", "title": "CHỦ TỊCH"},
    "signatures": [{"kind": "pdf"}],
}


@pytest.fixture
def check(tmp_path):
    """Return a function: (evidence cell, files) → the verdict on the submission."""

    def run(cell, files=None, claimed="1,5", unit=UNIT, rules=RULES):
        session = Session(Plugins(PluginChoice(extra=("faulty.sheet",))))
        pack = session.pack(caselib.write_pack(tmp_path / "rules", *caselib.criteria_of({"rules": rules})))
        folder = tmp_path / "ho-so"
        folder.mkdir()
        rows = [HEADINGS, ["1.1", "Thực hiện kế hoạch CCHC", "1,5", claimed, cell]]
        path = word(folder / "tu-cham.docx", rows)
        for name, facts in (files or {}).items():
            filemaking.facts_file(folder / name, **facts)
        report = session.check(folder if files else path, pack, unit=unit, workers=1)
        return report.submissions[0]

    return run


def outcome(result):
    return result.criteria[0].requirements[0].outcome


def codes(result):
    return {finding.code for finding in caselib.findings_of(result)}


def test_a_sound_citation_satisfies_and_the_report_says_that_nothing_was_seen(check):
    result = check(PLAN)
    assert (outcome(result), codes(result)) == (Outcome.SATISFIED, {"desk-check"})
    (document,) = result.documents
    assert (document.path, document.cited, document.criteria) == (None, PLAN, ("1.1",))
    assert document.reading.facts["issuer"] == UNIT
    assert document.reading.unknown["draft"].code == "citation-silent"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (PLAN.replace("10/01/2025", "31/12/2024"), "issued-too-early"),
        (PLAN.replace("của UBND tỉnh", "của Sở Nội vụ tỉnh Núi Xanh"), "issuer-differs"),
    ],
)
def test_what_the_words_state_is_judged(check, cell, code):
    result = check(cell)
    assert outcome(result) is Outcome.INVALID
    assert code in codes(result)


def test_what_the_words_leave_out_counts_neither_way(check):
    assert outcome(check("Kế hoạch số 12/KH-UBND về cải cách hành chính năm 2025")) is Outcome.SATISFIED


def test_in_matching_what_is_left_out_stays_open(check):
    result = check("Kế hoạch số 12/KH-UBND ngày 10/01/2025 của UBND tỉnh")
    assert outcome(result) is Outcome.UNDETERMINED
    assert "fact-unknown" in codes(result)


def test_another_document_is_no_proof(check):
    result = check("Báo cáo số 9/BC-UBND ngày 10/12/2025 của UBND tỉnh về cải cách hành chính năm 2025")
    assert outcome(result) is Outcome.MISSING


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("(Phụ lục và kế hoạch gửi kèm)", "evidence-unseen"),
        ("Kế hoạch cải cách hành chính năm 2025 của tỉnh", "citation-unnumbered"),
        (
            "Báo cáo số 9/BC-UBND ngày 1/12/2025 về thực hiện Kế hoạch số 12/KH-UBND về cải cách hành chính",
            "cited-in-passing",
        ),
        ("Chưa ban hành do phải chờ hướng dẫn của cấp trên", "explanation-given"),
    ],
)
def test_nothing_is_missing_where_something_may_be_there(check, cell, code):
    result = check(cell)
    assert outcome(result) is Outcome.UNDETERMINED
    assert code in codes(result)
    assert "evidence-missing" not in {f.code for f in caselib.findings_of(result) if f.severity.value != "note"}


def test_a_predecessor_counts_as_the_unit(check):
    cell = PLAN.replace("của UBND tỉnh", "của UBND tỉnh Núi Xanh (trước sáp nhập)")
    assert outcome(check(cell)) is Outcome.SATISFIED


def test_figures_come_from_the_words_when_they_are_beyond_doubt(check):
    result = check(f"{PLAN}. (Đã hoàn thành 36/45 nhiệm vụ, đạt 80%)", claimed="1,5")
    assert result.criteria[0].supported == pytest.approx(1.2)
    assert "claim-above-figures" in codes(result)


def test_two_shares_leave_the_figures_open(check):
    result = check(f"{PLAN}. Hoàn thành 36/45 nhiệm vụ; quý I hoàn thành 9/10 nhiệm vụ.")
    assert "claim-above-figures" not in codes(result)


def test_a_share_that_the_division_does_not_give(check):
    assert "share-differs" in codes(check(f"{PLAN} (hoàn thành 36/45 nhiệm vụ, đạt 85%)", claimed="1"))


def test_the_files_facts_count_once_the_file_is_found(check):
    result = check(PLAN, {"1.1/a.facts": {**FACTS, "draft": True}})
    assert outcome(result) is Outcome.INVALID
    assert [document.path for document in result.documents] == ["1.1/a.facts"]


def test_a_file_lies_anywhere_when_the_sheet_cites_it(check):
    result = check(PLAN, {"van-ban/a.facts": FACTS})
    assert outcome(result) not in (Outcome.MISSING, Outcome.INVALID)
    assert not codes(result) & {"cited-not-attached", "file-loose", "desk-check"}
    assert result.documents[0].criteria == ("1.1",)


def test_cited_but_not_attached(check):
    other = {**FACTS, "symbol": "99/BC-UBND", "type": "BC", "subject": "Tình hình kinh tế - xã hội năm 2025"}
    result = check(PLAN, {"1.1/a.facts": other})
    assert {"cited-not-attached", "attached-not-cited"} <= codes(result)
    assert outcome(result) is Outcome.MISSING


def test_an_unread_file_may_be_the_one_that_is_cited(check):
    unread = {"type": "KH", "symbol": "?", "subject": "?"}
    result = check(PLAN, {"1.1/a.facts": unread})
    (finding,) = [f for f in caselib.findings_of(result) if f.code == "cited-not-attached"]
    assert (finding.certainty.value, finding.severity.value) == ("hint", "note")


@pytest.mark.parametrize(
    ("changed", "fact"),
    [
        ({"issued_on": "2025-01-20"}, "issued_on"),
        ({"issuer": "SỞ NỘI VỤ"}, "issuer"),
        ({"symbol": "21/KH-UBND", "number": "21"}, "symbol"),
    ],
)
def test_a_citation_that_differs_from_its_document(check, changed, fact):
    result = check(PLAN, {"1.1/a.facts": {**FACTS, **changed}})
    (finding,) = [f for f in caselib.findings_of(result) if f.code == "citation-differs"]
    assert (finding.args["fact"], finding.document, finding.criterion) == (fact, "d001", "1.1")
    assert "cited-not-attached" not in codes(result)


@pytest.mark.parametrize("changed", [{"symbol": "012/KH-UBND"}, {"issuer": "ỦY BAN NHÂN DÂN TỈNH TRƯỜNG GIANG"}])
def test_what_is_written_otherwise_and_means_the_same(check, changed):
    assert "citation-differs" not in codes(check(PLAN, {"1.1/a.facts": {**FACTS, **changed}}))


def test_a_file_named_by_number_when_it_cannot_be_read(check):
    unread = {key: value for key, value in FACTS.items() if key not in ("symbol", "number", "sign", "subject")}
    result = check(PLAN, {"1.1/12-KH-UBND.facts": unread})
    assert not codes(result) & {"cited-not-attached", "attached-not-cited"}


def test_one_document_cited_twice_is_one_document(check):
    assert len(check(f"{PLAN};\n{PLAN}.").documents) == 1


def test_the_empty_sheet_is_read_back(tmp_path, parcheck_command):
    for suffix in (".docx", ".xlsx"):
        target = tmp_path / f"bang{suffix}"
        assert parcheck_command("rules", "sheet", "par-tinh-2025", "-o", target)[0] == 0
        code, out, _ = parcheck_command("check", target, "--rules", "par-tinh-2025")
        assert code == 1
        assert "sheet-row" not in out
    assert parcheck_command("rules", "sheet", "par-tinh-2025", "-o", tmp_path / "bang.pdf")[0] == 2


def test_a_word_file_that_is_no_self_assessment(tmp_path, parcheck_command):
    path = word(tmp_path / "a.docx", [["A", "B"], ["1", "2"]])
    code, _, err = parcheck_command("check", path, "--rules", "par-tinh-2025")
    assert code == 2
    assert "Không thấy bảng tự chấm" in err
