# SPDX-License-Identifier: Apache-2.0
"""What a submission comes to: maximum, claim, what supports it, bonus and penalties. Never a score."""

from __future__ import annotations

import json
from pathlib import Path

import caselib
import pytest
from jsonschema import Draft202012Validator

from parcheck.catalogue import shipped
from parcheck.checking import Session
from parcheck.judging.codec import decode_result, encode_result
from parcheck.judging.judge import Judge
from parcheck.model import Span
from parcheck.reporting.as_json import totals_data
from parcheck.reporting.totals import totals_told
from parcheck.schema_faults import schema
from parcheck.submission import Claim, Handed

RATIO = {"kind": "ratio", "of": "a", "sum": {"b": 1}, "sum_points": {"b": 4}}
FIGURES = {"a": "tổng số nhiệm vụ", "b": "số nhiệm vụ đã xong"}
CHOICE = {"kind": "choice", "options": [{"text": "có", "points": 8}, {"text": "không", "points": 0}]}
REDUCED = {**CHOICE, "not_applicable": {"when": "không phát sinh", "effect": "reduce_maximum"}}
BONUS = {
    "kind": "bonus",
    "form": {"kind": "choice", "options": [{"text": "có", "points": 3}, {"text": "không", "points": 0}]},
}
PLAN = [
    {"id": "ke-hoach", "name": "Kế hoạch", "match": {"properties": {"type": {"const": "KH"}}, "required": ["type"]}}
]
ROWS = [
    {"code": "1.1", "points": 4, "scoring": RATIO, "figures": FIGURES, "evidence": PLAN},
    {"code": "1.2", "points": 8, "scoring": REDUCED, "evidence": PLAN},
    {"code": "1.3", "points": 5, "assessed": "survey", "scoring": {"kind": "survey"}},
    {"code": "2.1", "points": 3, "scoring": BONUS, "evidence": PLAN},
    {"code": "2.2", "points": 3, "scoring": BONUS, "evidence": PLAN},
    {"code": "3.1", "points": 0, "assessed": "authority", "scoring": {"kind": "penalty", "points": -1}},
]
DONE = {"claimed": 4, "figures": {"a": 10, "b": 10}}
"""A claim that the figures and a plan bear out."""


@pytest.fixture
def totals(tmp_path):
    """Return a function that gives the totals of claims: `totals({"1.1": {…}}, plans=["1.1"])`."""

    def run(claims, plans=(), rows=None, **pack):
        case = {
            "rules": (rows or ROWS)[0],
            "more": (rows or ROWS)[1:],
            "pack": {"bonus_points": 4, **pack},
            "submission": {"criteria": claims},
            "documents": [{"path": f"{code}/Ke hoach.pdf", "facts": {"type": "KH"}} for code in plans]
            or [{"path": "chung/Giay moi.pdf", "facts": {"type": "GM"}}],
        }
        return caselib.run_case(case, tmp_path)[0].totals

    return run


def test_the_maximum_is_the_base_without_bonus_and_penalty(totals):
    found = totals({})
    assert (found.whole.base, found.whole.maximum, found.whole.by_others, found.whole.own) == (17, 17, 5, 12)
    assert [(each.code, each.own) for each in found.fields] == [("1", 12)]
    assert found.complete


def test_what_did_not_arise_leaves_the_maximum(totals):
    found = totals({"1.2": {"not_applicable": True, "explanation": "Không có yêu cầu."}})
    assert (found.whole.not_applicable, found.whole.maximum, found.whole.own) == (8, 9, 4)
    assert [(each.code, each.points) for each in found.reductions] == [("1.2", 8)]
    assert found.reductions[0].source


@pytest.mark.parametrize("claim", [{"not_applicable": True}, {"explanation": "Không có yêu cầu."}, {"claimed": 0}])
def test_only_what_is_stated_and_explained_leaves_the_maximum(totals, claim):
    assert totals({"1.2": claim}).whole.maximum == 17


def test_a_set_that_does_not_say_what_follows_keeps_its_maximum(totals):
    rows = [{**ROWS[0]}, {**ROWS[1], "scoring": CHOICE}]
    found = totals({"1.2": {"not_applicable": True, "explanation": "Không có yêu cầu."}}, rows=rows)
    assert found.whole.maximum == 12
    assert found.whole.supported == Span(0, 8)


def test_claims_are_added_up_beside_what_supports_them(totals):
    found = totals({"1.1": DONE, "1.2": {"claimed": 8}}, plans=["1.1"])
    assert (found.whole.claimed, found.whole.unclaimed) == (12, 0)
    assert found.whole.supported == Span(4, 4)
    assert found.whole.unsupported == 8


def test_what_a_person_must_judge_is_a_range(totals):
    found = totals({"1.1": DONE, "1.2": {"claimed": 8}}, plans=["1.1", "1.2"])
    assert found.whole.supported == Span(4, 12)
    assert found.whole.unsupported == 0


def test_figures_without_proof_support_nothing(totals):
    assert totals({"1.1": DONE}).whole.supported == Span(0, 0)


def test_rows_without_a_claim_are_counted(totals):
    found = totals({"1.1": DONE}, plans=["1.1"])
    assert (found.whole.claimed, found.whole.unclaimed) == (4, 1)


@pytest.mark.parametrize(("claims", "claimed"), [({}, None), ({"1.1": {"claimed": 0}}, 0)])
def test_nothing_claimed_is_no_claim_of_nothing(totals, claims, claimed):
    assert totals(claims).whole.claimed == claimed


@pytest.mark.parametrize(("claims", "counted"), [((2, 2), 4), ((3, 1), 4), ((3, 2), 4), ((3, 0.5), 3.5)])
def test_the_bonus_counts_up_to_its_cap(totals, claims, counted):
    found = totals({"2.1": {"claimed": claims[0]}, "2.2": {"claimed": claims[1]}}, plans=["2.1", "2.2"]).bonus
    assert (found.claimed, found.counted, found.supported.most) == (sum(claims), counted, 4)


def test_a_bonus_that_nobody_claims_supports_nothing(totals):
    assert totals({}).bonus.supported == Span(0, 0)


@pytest.mark.parametrize(("figures", "span"), [({}, Span(-1, 0)), ({"a": 0}, Span(0, 0)), ({"a": 1}, Span(-1, -1))])
def test_a_penalty_is_open_until_it_is_stated(totals, figures, span):
    assert totals({"3.1": {"figures": figures}}).penalty == span


def test_a_share_of_the_maximum_is_given_where_the_set_gives_its_total_so(totals):
    scale = {"scaled_to": 100, "source": "Quyết định"}
    found = totals({"1.1": {**DONE, "claimed": 3}}, plans=["1.1"], totals=scale)
    assert found.scaled(found.whole.claimed) == 25.0
    assert totals_data(found, shipped())["scaled"]["claimed"] == 25.0


def test_without_a_scale_points_are_added_up(totals):
    found = totals({"1.1": DONE})
    assert found.scaled(4) is None
    assert totals_data(found, shipped())["scaled"] is None


def test_in_part_of_a_set_only_that_part_is_added_up():
    session = Session()
    pack = session.pack("par-tinh-2025")
    handed = Handed(path=Path("ho-so"), items=(), scope=("1",))
    found = Judge(pack, session.vocabulary, session.catalogue).judge(handed, ()).totals
    assert (found.whole.base, found.complete) == (9.5, False)
    assert totals_told(found, session.catalogue, "vi")[0].startswith("Chỉ cộng các tiêu chí được kiểm tra")


def test_the_provinces_own_share_of_the_set():
    """QĐ 1187/QĐ-BNV: 61.5 self-assessed, 32 by survey, 6.5 by the ministry; a real province claimed 60.5/61.5."""
    session = Session()
    pack = session.pack("par-tinh-2025")
    handed = Handed(path=Path("ho-so"), items=())
    found = Judge(pack, session.vocabulary, session.catalogue).judge(handed, ()).totals
    assert (found.whole.maximum, found.whole.by_others, found.whole.own) == (100, 38.5, 61.5)
    assert found.scaled(60.5) == 98.37


def test_communes_under_the_resolution_have_a_base_a_bonus_and_penalties():
    """Quy định 11-QĐ/TU: 85 and 15 on top; where nothing arose the maximum is less; up to 6.5 may be taken away."""
    session = Session()
    pack = session.pack("xa-nq57-2026")
    gone = Claim(not_applicable=True, explanation="Không phát sinh.")
    handed = Handed(path=Path("ho-so"), items=(), claims={"II.2": gone, "II.6": gone})
    found = Judge(pack, session.vocabulary, session.catalogue).judge(handed, ()).totals
    assert (found.whole.base, found.whole.maximum) == (85, 67)
    assert {each.code: each.points for each in found.reductions} == {"II.2": 8, "II.6": 10}
    assert all("11-QĐ/TU" in each.source for each in found.reductions)
    assert (found.bonus.cap, found.bonus.supported) == (15, Span(0, 0))
    assert found.penalty == Span(-6.5, 0)


def test_totals_fit_the_schema_and_survive_being_kept(tmp_path):
    case = {
        "rules": ROWS[0],
        "more": ROWS[1:],
        "pack": {"bonus_points": 4},
        "documents": [{"path": "a.pdf", "facts": {}}],
    }
    result, session = caselib.run_case(case, tmp_path)
    data = totals_data(result.totals, session.catalogue)
    whole = schema("report.schema.json")
    Draft202012Validator({"$ref": "#/$defs/totals", "$defs": whole["$defs"]}).validate(data)
    kept = decode_result(json.loads(json.dumps(encode_result(result))))
    assert kept.totals == result.totals


@pytest.mark.parametrize("language", ["vi", "en"])
def test_totals_are_told_and_never_called_a_score(totals, language):
    found = totals({"1.1": DONE, "1.2": {"claimed": 8}, "2.1": {"claimed": 3}}, plans=["1.1", "2.1"])
    told = " ".join(totals_told(found, shipped(), language))
    assert "…" not in told
    assert "score" not in told.lower()
    assert "điểm chấm" not in told
    for number in ("12", "8", "-1"):
        assert number in told


def test_an_english_report_tells_page_and_row_of_a_source_in_english(totals):
    found = totals({"1.2": {"not_applicable": True, "explanation": "Không có yêu cầu."}})
    told = " ".join(totals_told(found, shipped(), "en"))
    assert "1/QĐ-UBND, page 1, row 1" in told
    assert "1/QĐ-UBND, trang 1, dòng 1" in " ".join(totals_told(found, shipped(), "vi"))
