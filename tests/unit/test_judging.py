# SPDX-License-Identifier: Apache-2.0
"""From documents and rules to outcomes: which document counts, what is said of the others, what claims change."""

from __future__ import annotations

import caselib
import pytest

PLAN = {
    "id": "ke-hoach",
    "name": "Kế hoạch CCHC năm ${year}",
    "match": {
        "properties": {"type": {"const": "KH"}, "subject": {"forYear": "${year}", "mentions": ["cải cách"]}},
        "required": ["type", "subject"],
    },
    "valid": {"required": ["symbol"], "properties": {"issued_on": {"notAfter": "${year}-12-31"}}},
}
SUBJECT = "Cải cách hành chính năm 2025"


def doc(path, type_="KH", subject=SUBJECT, symbol="1/KH-UBND", issued_on="2025-01-10", **more):
    facts = {"type": type_, "subject": subject, "symbol": symbol, "issued_on": issued_on, "issuer": "UBND XÃ A"}
    unknown = {name: "scan" for name, value in facts.items() if value == "?"}
    return {"path": path, "facts": {k: v for k, v in facts.items() if v != "?"}, "unknown": unknown, **more}


@pytest.fixture
def judged(tmp_path):
    """Return a function that judges documents: `judged(documents, evidence=…, submission=…)`."""

    def judge(documents, *evidence, submission=None, more=(), pack=None, **rules):
        case = {
            "rules": {"evidence": list(evidence) or [PLAN], **rules},
            "documents": documents,
            "submission": submission,
            "more": more,
            "pack": pack or {},
        }
        return caselib.run_case(case, tmp_path)[0]

    return judge


def codes(result):
    return sorted(finding.code for finding in result.findings)


def paths(submission, requirement):
    by_id = {evidence.id: evidence.path for evidence in submission.documents}
    return [by_id[id_] for id_ in requirement.documents]


def only(submission):
    return submission.criteria[0].requirements[0]


# --- which document counts ------------------------------------------------------------------------------------------


def test_the_best_candidate_counts(judged):
    documents = [
        doc("1.1/a khong so.pdf", symbol=None),
        doc("1.1/b tot.pdf"),
        doc("1.1/c quet.pdf", symbol="?"),
    ]
    result = judged(documents)
    assert only(result).outcome == "satisfied"
    assert paths(result, only(result)) == ["1.1/b tot.pdf", "1.1/c quet.pdf", "1.1/a khong so.pdf"]
    assert only(result).findings == ()


def test_what_may_be_right_outweighs_what_is_wrong(judged):
    result = judged([doc("1.1/a.pdf", symbol=None), doc("1.1/b.pdf", symbol="?")])
    assert only(result).outcome == "undetermined"
    assert paths(result, only(result)) == ["1.1/b.pdf", "1.1/a.pdf"]
    assert [finding.code for finding in only(result).findings] == ["fact-unknown", "number-blank"]


def test_of_two_wrong_ones_the_one_with_fewer_faults_is_told_first(judged):
    result = judged([doc("1.1/a.pdf", symbol=None, issued_on="2026-01-05"), doc("1.1/b.pdf", symbol=None)])
    assert only(result).outcome == "invalid"
    assert paths(result, only(result))[0] == "1.1/b.pdf"


def test_equals_are_told_by_path_the_same_way_on_every_run(judged):
    result = judged([doc("1.1/b.pdf"), doc("1.1/a.pdf")])
    assert paths(result, only(result)) == ["1.1/a.pdf", "1.1/b.pdf"]


# --- unknown is never absent ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "document",
    [
        doc("1.1/scan.pdf", type_="?", subject="?", symbol="?", issued_on="?"),
        doc("1.1/scan.pdf", type_="?"),
        doc("1.1/scan.pdf", subject="?"),
    ],
)
def test_a_scan_is_undetermined_and_not_missing(judged, document):
    result = judged([document])
    assert only(result).outcome == "undetermined"
    assert set(codes(only(result))) == {"fact-unknown"}
    assert result.ready


def test_a_scan_of_what_is_certainly_something_else_is_no_candidate(judged):
    result = judged([doc("1.1/scan.pdf", type_="BC", subject="?")])
    assert only(result).outcome == "missing"


def test_what_cannot_be_decided_on_words_that_were_read_shows_where_they_stand(judged):
    """A date that OCR read is after the deadline: it may be misread, so a person is led to the very words."""
    words = "An Bình, ngày 20 tháng 01 năm 2026"
    where = {"issued_on": {"page": 2, "words": words, "from": "ocr", "confidence": 0.6}}
    result = judged([doc("1.1/a.pdf", issued_on="2026-01-20", where=where)])
    (finding,) = only(result).findings
    assert (only(result).outcome, finding.code, finding.args["fact"]) == ("undetermined", "fact-unknown", "issued_on")
    assert (finding.place.page, finding.place.words) == (2, words)


def test_what_is_unknown_of_a_document_that_fits_is_told_with_its_reason(judged):
    finding = only(judged([doc("1.1/a.pdf", symbol="?")])).findings[0]
    assert (finding.args["fact"], finding.args["reason"].code) == ("symbol", "scan")


# --- nearest --------------------------------------------------------------------------------------------------------


def test_where_nothing_fits_the_nearest_and_what_keeps_it_from_fitting_is_told(judged):
    result = judged([doc("1.1/a.pdf", subject="Cải cách hành chính năm 2026")])
    assert [(f.code, f.severity) for f in only(result).findings] == [
        ("evidence-missing", "error"), ("year-differs", "warning"),
    ]  # fmt: skip


def test_a_document_on_another_topic_is_not_near(judged):
    result = judged([doc("1.1/a.pdf", subject="Phòng cháy năm 2025")])
    assert codes(only(result)) == ["evidence-missing"]
    assert [finding.code for finding in result.findings] == ["file-unmatched"]


def test_at_most_three_near_ones_are_named_nearest_first(judged):
    documents = [
        doc(f"1.1/{n}.pdf", subject=f"Cải cách hành chính năm {n}", symbol=None, issued_on="2026-01-01")
        for n in range(2020, 2025)
    ]
    documents.append(doc("1.1/z.pdf", subject="Cải cách hành chính năm 2026"))
    findings = only(judged(documents)).findings
    named = list(dict.fromkeys(f.document for f in findings if f.document))
    assert len(named) == 3
    assert named[0] == "d006"


def test_a_document_that_is_named_as_near_is_not_called_unmatched_too(judged):
    result = judged([doc("1.1/a.pdf", subject="Cải cách hành chính năm 2026")])
    assert result.findings == ()


# --- series, count, alternatives, optional ------------------------------------------------------------------------


SERIES = {
    "id": "bao-cao",
    "name": "Báo cáo ${each.name} năm ${year}",
    "each": [
        {"id": "quy-1", "name": "quý I", "han": "${year}-04-15"},
        {"id": "nam", "name": "năm", "han": "2025-12-31"},
    ],
    "match": {"properties": {"type": {"const": "BC"}, "subject": {"mentions": ["${each.name}"]}}, "required": ["type"]},
    "valid": {"properties": {"issued_on": {"notAfter": "${each.han}"}}},
}


def test_each_entry_of_a_series_is_a_requirement_of_its_own(judged):
    late = doc("1.1/a.pdf", type_="BC", subject="Báo cáo quý I", issued_on="2025-04-16")
    requirements = judged([late], SERIES).criteria[0].requirements
    assert [(r.id, r.name, r.outcome) for r in requirements] == [
        ("bao-cao.quy-1", "Báo cáo quý I năm 2025", "invalid"),
        ("bao-cao.nam", "Báo cáo năm năm 2025", "missing"),
    ]
    assert requirements[0].findings[0].args["limit"] == "2025-04-15"


REPORTS = {
    "id": "bao-cao",
    "name": "Báo cáo",
    "match": {"properties": {"type": {"const": "BC"}}, "required": ["type"]},
    "valid": {"required": ["symbol"]},
    "count": {"min": 2},
}


@pytest.mark.parametrize(
    ("symbols", "outcome", "severity"),
    [
        (["1", "2"], "satisfied", None),
        (["1", "?"], "undetermined", "warning"),
        (["?", "?"], "undetermined", "warning"),
        (["1", None], "missing", "error"),
        (["1"], "missing", "error"),
        (["1", "2", None], "satisfied", None),
    ],
)
def test_so_many_good_documents_are_needed(judged, symbols, outcome, severity):
    documents = [doc(f"1.1/{n}.pdf", type_="BC", symbol=symbol) for n, symbol in enumerate(symbols)]
    requirement = only(judged(documents, REPORTS))
    assert requirement.outcome == outcome
    short = [finding.severity for finding in requirement.findings if finding.code == "count-too-few"]
    assert short == ([severity] if severity else [])


def test_no_document_at_all_is_missing_also_where_several_are_needed(judged):
    assert codes(only(judged([doc("1.1/a.pdf", subject="x")], REPORTS))) == ["evidence-missing"]


EITHER = {
    "id": "van-ban",
    "name": "Kế hoạch hoặc chương trình",
    "valid": {"required": ["symbol"]},
    "any_of": [
        {"id": "a", "name": "Kế hoạch", "match": {"properties": {"type": {"const": "KH"}}, "required": ["type"]}},
        {
            "id": "b",
            "name": "Chương trình",
            "match": {"properties": {"type": {"const": "CTr"}}, "required": ["type"]},
            "valid": True,
        },
    ],
}


@pytest.mark.parametrize(
    ("type_", "symbol", "outcome"),
    [("KH", "1/KH", "satisfied"), ("KH", None, "invalid"), ("CTr", None, "satisfied"), ("BC", "1/BC", "missing")],
)
def test_any_alternative_will_do_each_with_its_own_demands(judged, type_, symbol, outcome):
    assert only(judged([doc("1.1/a.pdf", type_=type_, symbol=symbol)], EITHER)).outcome == outcome


def test_a_document_is_held_against_the_alternative_that_it_fits_best(judged):
    both = {**EITHER, "any_of": [{**each, "match": True} for each in EITHER["any_of"]]}
    result = judged([doc("1.1/a.pdf", symbol=None)], both)
    assert only(result).outcome == "satisfied"
    assert len(only(result).documents) == 1


@pytest.mark.parametrize(("symbol", "outcome"), [("1/KH", "satisfied"), (None, "invalid")])
def test_an_optional_document_is_judged_but_does_not_decide(judged, symbol, outcome):
    result = judged(
        [doc("1.1/a.pdf", symbol=symbol), doc("1.1/b.pdf", type_="BC")],
        {**PLAN, "optional": True},
        REPORTS | {"count": {"min": 1}},
    )
    assert [r.outcome for r in result.criteria[0].requirements] == [outcome, "satisfied"]
    assert result.criteria[0].outcome == "satisfied"


def test_an_optional_document_that_is_not_there_is_not_missed(judged):
    result = judged([doc("1.1/b.pdf", type_="BC")], {**PLAN, "optional": True}, REPORTS | {"count": {"min": 1}})
    assert result.criteria[0].requirements[0].outcome == "not_checked"
    assert result.criteria[0].requirements[0].findings == ()


# --- what is not asked from the unit ------------------------------------------------------------------------------


def test_what_an_authority_holds_is_not_asked_from_the_unit(judged):
    held = {"id": "so-lieu", "name": "Số liệu của Bộ", "provided_by": "Bộ Nội vụ"}
    result = judged([doc("1.1/a.pdf")], held, PLAN)
    assert [r.outcome for r in result.criteria[0].requirements] == ["not_checked", "satisfied"]
    assert result.criteria[0].outcome == "satisfied"


@pytest.mark.parametrize("assessed", ["survey", "authority"])
def test_a_row_that_others_score_is_not_checked(judged, assessed):
    result = judged([doc("Khac/a.pdf")], assessed=assessed)
    assert result.criteria[0].outcome == "not_checked"
    assert result.criteria[0].requirements == ()


def test_other_evidence_takes_what_nothing_else_took(judged):
    rest = {"id": "khac", "name": "Tài liệu khác", "optional": True, "other": True}
    result = judged([doc("1.1/a.pdf"), doc("1.1/b.pdf", type_="CV", subject="mời họp")], PLAN, rest)
    assert paths(result, result.criteria[0].requirements[1]) == ["1.1/b.pdf"]


# --- links and figures --------------------------------------------------------------------------------------------


LINK = {"id": "duong-dan", "name": "Đường dẫn chuyên mục", "kind": "link"}


@pytest.mark.parametrize(
    ("explanation", "links", "outcome"),
    [
        ("Xem https://truonggiang.gov.vn/cchc", [], "satisfied"),
        ("Xem www.truonggiang.gov.vn", [], "satisfied"),
        (None, ["https://truonggiang.gov.vn"], "satisfied"),
        (None, [], "missing"),
        ("không có", [], "undetermined"),
    ],
)
def test_a_link_may_stand_in_the_explanation_or_in_a_document(judged, explanation, links, outcome):
    claim = {"criteria": {"1.1": {"explanation": explanation}}} if explanation else None
    document = doc("1.1/a.pdf")
    document["facts"]["links"] = links
    assert only(judged([document], LINK, submission=claim)).outcome == outcome


def test_figures_are_missing_only_where_no_document_could_hold_them(judged):
    figures = {"id": "so-lieu", "name": "Số lượt truy cập", "kind": "figures"}
    assert only(judged([doc("Khac/a.pdf")], figures)).outcome == "missing"


# --- claims -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accepted", "document", "outcome"),
    [
        (True, doc("1.1/a.pdf", type_="BC"), "explained"),
        (True, doc("1.1/a.pdf", symbol=None), "explained"),
        (False, doc("1.1/a.pdf", type_="BC"), "undetermined"),
        (True, doc("1.1/a.pdf"), "satisfied"),
        (True, doc("1.1/a.pdf", symbol="?"), "undetermined"),
    ],
)
def test_an_explanation_stands_for_a_proof_where_the_rules_accept_one(judged, accepted, document, outcome):
    claim = {"criteria": {"1.1": {"explanation": "vì chưa đến hạn"}}}
    result = judged([document], submission=claim, explanation=accepted)
    assert only(result).outcome == outcome
    if outcome == "explained":
        assert {finding.severity for finding in only(result).findings} == {"note"}


@pytest.mark.parametrize(
    ("claim", "outcome", "ready"),
    [
        ({"not_applicable": True, "explanation": "không phát sinh"}, "not_applicable", True),
        ({"not_applicable": True}, "missing", False),
        ({"not_applicable": True, "explanation": "   "}, "missing", False),
        ({"not_applicable": False, "explanation": "không phát sinh"}, "undetermined", True),
    ],
)
def test_not_applicable_needs_a_reason(judged, claim, outcome, ready):
    result = judged([doc("Khac/a.pdf")], submission={"criteria": {"1.1": claim}})
    assert result.criteria[0].outcome == outcome
    assert result.ready is ready


def test_a_claim_above_the_maximum_does_not_hide_that_evidence_is_missing(judged):
    result = judged([doc("Khac/a.pdf")], submission={"criteria": {"1.1": {"claimed": 9}}})
    assert result.criteria[0].outcome == "missing"
    assert {"claim-above-maximum", "evidence-missing"} <= {f.code for f in caselib.findings_of(result)}


# --- where a document lies ----------------------------------------------------------------------------------------


def test_a_document_may_lie_under_a_code_above_its_row(judged):
    result = judged([doc("1/a.pdf")])
    assert only(result).outcome == "satisfied"


def test_a_listed_file_counts_wherever_it_lies(judged):
    claim = {"criteria": {"1.1": {"files": ["Chung/a.pdf"]}}}
    assert only(judged([doc("Chung/a.pdf")], submission=claim)).outcome == "satisfied"


def test_a_listed_file_may_be_named_without_its_folder(judged):
    claim = {"criteria": {"1.1": {"files": ["a.pdf"]}}}
    assert only(judged([doc("Chung/a.pdf")], submission=claim)).outcome == "satisfied"


def test_a_document_elsewhere_that_does_not_fit_fully_is_not_pointed_to(judged):
    result = judged([doc("Khac/a.pdf", symbol=None)])
    assert codes(only(result)) == ["evidence-missing"]


@pytest.mark.parametrize("problem", ["file-empty", "file-pointer", "file-temporary"])
def test_what_is_no_document_is_no_candidate(judged, problem):
    result = judged([doc("1.1/a.pdf", problems=[problem])])
    assert only(result).outcome == "missing"
    assert [finding.code for finding in result.findings] == [problem]


@pytest.mark.parametrize("problem", ["file-encrypted", "file-damaged", "reader-crashed", "reader-missing"])
def test_what_could_not_be_read_may_be_the_proof(judged, problem):
    result = judged([doc("1.1/a.pdf", "?", "?", "?", "?", problems=[problem])])
    assert only(result).outcome == "undetermined"


# --- scope and year -----------------------------------------------------------------------------------------------


MORE = [{"code": "1.2", "name": "Báo cáo", "evidence": [REPORTS | {"count": {"min": 1}}]}]


@pytest.mark.parametrize(
    ("scope", "checked"),
    [([], ["1.1", "1.2"]), (["1"], ["1.1", "1.2"]), (["1.2"], ["1.2"]), (["1.2", "1.1"], ["1.1", "1.2"])],
)
def test_only_what_is_in_scope_is_checked(judged, scope, checked):
    result = judged([doc("1.1/a.pdf")], submission={"scope": scope}, more=MORE)
    assert [criterion.code for criterion in result.criteria] == checked


def test_an_unknown_code_in_the_scope_is_said(judged):
    result = judged([doc("1.1/a.pdf")], submission={"scope": ["1.1", "9.9"]})
    assert [(f.code, f.args["code"]) for f in result.findings] == [("criterion-unknown", "9.9")]


def test_the_year_of_the_submission_wins_over_that_of_the_pack(judged):
    document = doc("1.1/a.pdf", subject="Cải cách năm 2026", issued_on="2026-12-31")
    result = judged([document], submission={"year": 2026})
    assert only(result).name == "Kế hoạch CCHC năm 2026"
    assert only(result).outcome == "satisfied"
    assert result.period == "2026"


# --- what follows from what ---------------------------------------------------------------------------------------


def test_a_draft_is_told_once_and_not_that_it_lacks_number_date_and_signature(judged):
    evidence = {
        "id": "ke-hoach",
        "name": "Kế hoạch",
        "match": True,
        "valid": {
            "properties": {"draft": {"const": False}},
            "required": ["draft", "symbol", "issued_on", "signer", "issuer"],
            "signed": True,
        },
    }
    document = doc("1.1/a.pdf", symbol=None, issued_on=None)
    document["facts"] |= {"draft": True, "signer": None, "signatures": [], "marks": None, "issuer": None}
    assert codes(only(judged([document], evidence))) == ["draft", "issuer-unseen"]


def test_a_hint_alone_never_makes_a_requirement_fail(judged):
    evidence = {
        "id": "a",
        "name": "Kế hoạch",
        "match": True,
        "valid": {"properties": {"subject": {"mentions": ["x y"]}}},
    }
    requirement = only(judged([doc("1.1/a.pdf")], evidence))
    assert (requirement.outcome, requirement.findings[0].severity) == ("undetermined", "warning")


def test_every_finding_of_a_row_names_row_requirement_and_source(judged):
    result = judged([doc("1.1/a.pdf", symbol=None)])
    for finding in only(result).findings:
        assert (finding.criterion, finding.requirement) == ("1.1", "ke-hoach")
        assert finding.source == "1/QĐ-UBND, trang 1, dòng 1"


@pytest.mark.parametrize(
    ("outcomes", "criterion"),
    [
        ([doc("1.1/a.pdf"), doc("1.1/b.pdf", type_="BC")], "satisfied"),
        ([doc("1.1/a.pdf")], "missing"),
        ([doc("1.1/a.pdf", symbol=None), doc("1.1/b.pdf", type_="BC")], "invalid"),
        ([doc("1.1/a.pdf", symbol="?"), doc("1.1/b.pdf", type_="BC")], "undetermined"),
        ([doc("1.1/a.pdf", symbol=None)], "missing"),
    ],
)
def test_the_worst_of_what_must_be_met_decides(judged, outcomes, criterion):
    assert judged(outcomes, PLAN, REPORTS | {"count": {"min": 1}}).criteria[0].outcome == criterion


def test_counts_name_every_outcome(judged):
    counts = judged([doc("1.1/a.pdf")]).counts
    assert counts == dict.fromkeys(counts, 0) | {"satisfied": 1}
    assert len(counts) == 8
