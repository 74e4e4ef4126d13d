# SPDX-License-Identifier: Apache-2.0
"""What `rules lint` finds in packs that load: rules that can never be met, patterns, scoring, numbering."""

from __future__ import annotations

import json
import time

import pytest

from parcheck.judging.evaluate import Evaluator
from parcheck.judging.scoring import _KINDS
from parcheck.judging.vocabulary import Context
from parcheck.model import Reading, Status
from parcheck.rules.lint import lint_pack, remarks
from parcheck.rules.patterns import ambiguous, compiled
from parcheck.rules.scoring_lint import kinds

HEAD = """\
id: bo-mau
title: Bộ mẫu
version: "1"
level: xã
year: 2025
sources: {a: {symbol: "1", title: Quyết định}}
fields: [mot.yaml]
"""


@pytest.fixture
def load(session, tmp_path):
    """Return a function that loads a pack of these rows (code → what it states beside a usual row)."""

    def load_rows(rows, *, defs=None, field="1", **top):
        criteria = [usual(code, stated) for code, stated in rows.items()]
        total = sum(points_of(row) for row in criteria)
        content = {"code": field, "name": "Lĩnh vực", "points": total, "criteria": criteria}
        pack = HEAD + "".join(f"{key}: {json.dumps(value)}\n" for key, value in {"total_points": total, **top}.items())
        (tmp_path / "pack.yaml").write_text(pack + "$defs: " + json.dumps(defs or {}) + "\n", encoding="utf-8")
        (tmp_path / "mot.yaml").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        return session.pack(tmp_path)

    return load_rows


def usual(code, stated):
    row = {"code": code, "name": f"Tiêu chí {code}", "points": 1, **stated}
    if "criteria" in row:
        row["criteria"] = [usual(inner, more) for inner, more in row["criteria"].items()]
        return row
    return {"source": {"a": {"page": 1}}, "explanation": True, **row}


def points_of(row):
    return sum(points_of(each) for each in row["criteria"]) if "criteria" in row else row["points"]


def asked(match, valid=True, **more):
    """Return a row that asks for one document."""
    return {"1.1": {"evidence": [{"id": "a", "name": "Tài liệu", "match": match, "valid": valid, **more}]}}


def found(pack, session):
    return [fault.code for fault in lint_pack(pack, session.vocabulary)[0]]


def of(fact, **keywords):
    return {"properties": {fact: keywords}, "required": [fact]}


# --- never reached --------------------------------------------------------------------------------------------------

NEVER = [
    ("two types", {"allOf": [of("type", const="KH"), of("type", const="BC")]}),
    ("list and type", of("type", enum=["KH", "QĐ"], const="BC")),
    ("through a definition", {"$ref": "#/$defs/ke-hoach", **of("type", const="BC")}),
    ("in every alternative", {**of("type", const="BC"), "anyOf": [of("type", const="KH"), of("type", enum=["QĐ"])]}),
    ("window", of("issued_on", notBefore="${year}-06-01", notAfter="${year}-03-31")),
    ("term that is excluded", of("subject", mentions=["kế hoạch"], mentionsNone=["kế hoạch"])),
    ("all terms excluded", of("subject", mentions=[["quý I", "quý 1"]], mentionsNone=["quý I"])),
    ("term that holds an excluded one", of("subject", mentions=["kế hoạch năm"], mentionsNone=["kế hoạch"])),
    ("lengths", of("symbol", minLength=9, maxLength=3)),
    ("absent and required", {"properties": {"symbol": False}, "required": ["symbol"]}),
    ("nothing at all", False),
]
REACHED = [
    ("one of several", {**of("type", const="QĐ"), "anyOf": [of("type", const="KH"), of("type", const="QĐ")]}),
    ("lists that meet", {"allOf": [of("type", enum=["KH", "QĐ"]), of("type", enum=["QĐ", "BC"])]}),
    ("window of a day", of("issued_on", notBefore="2025-03-31", notAfter="2025-03-31")),
    ("other term left", of("subject", mentions=[["quý I", "cả năm"]], mentionsNone=["quý I"])),
    ("excluded longer term", of("subject", mentions=["kế hoạch"], mentionsNone=["kế hoạch kiểm tra"])),
    ("absent, not required", {"properties": {"symbol": False}, "required": ["type"]}),
    ("negated", {**of("type", const="KH"), "not": of("type", const="KH")}),
    ("two years", {"allOf": [of("subject", forYear=2024), of("subject", forYear=2025)]}),
    ("year or none", of("issued_on", notBefore="${year - 1}-06-01", notAfter="${year}-03-31")),
    ("too many ways to tell", {"allOf": [{"anyOf": [of("type", const=str(n)) for n in range(20)]} for _ in range(9)]}),
]
DEFS = {"ke-hoach": of("type", const="KH")}


@pytest.mark.parametrize("schema", [each for _, each in NEVER], ids=[name for name, _ in NEVER])
def test_what_can_never_match_is_found(load, session, schema):
    assert found(load(asked(schema), defs=DEFS), session) == ["pack-never-matches"]


@pytest.mark.parametrize("schema", [each for _, each in REACHED], ids=[name for name, _ in REACHED])
def test_what_can_match_is_not_accused(load, session, schema):
    assert found(load(asked(schema), defs=DEFS), session) == []


def test_what_valid_forbids_of_match_is_found(load, session):
    pack = load(asked(of("type", const="KH"), {"$ref": "#/$defs/bao-cao"}), defs={"bao-cao": of("type", const="BC")})
    (fault,) = lint_pack(pack, session.vocabulary)[0]
    assert fault.code == "pack-never-valid"
    assert "type phải thỏa cùng lúc “KH” – “BC”" in fault.say("vi")
    assert fault.details["file"] == "mot.yaml"


def test_a_window_across_match_and_valid_is_found(load, session):
    pack = load(asked(of("issued_on", notBefore="${year}-07-01"), of("issued_on", notAfter="${year}-06-30")))
    assert found(pack, session) == ["pack-never-valid"]


def test_one_entry_of_a_series_that_is_never_reached_is_found(load, session):
    series = [{"id": "q1", "name": "quý I", "ky": "quý I"}, {"id": "q2", "name": "quý II", "ky": "quý II"}]
    match = of("subject", mentions=["${each.ky}"], mentionsNone=["quý II"])
    assert found(load(asked(match, each=series)), session) == ["pack-never-matches"]


def test_without_a_vocabulary_only_the_standard_keywords_are_known_to_clash(load):
    assert lint_pack(load(asked(of("issued_on", notBefore="2025-06-01", notAfter="2025-03-31"))))[0] == []
    assert [f.code for f in lint_pack(load(asked(of("type", enum=["KH"], const="BC"))))[0]] == ["pack-never-matches"]


def test_alternatives_that_never_matter_are_found(load, session):
    def choice(*pairs):
        each = [{"id": f"c{n}", "name": f"Cách {n}", "match": m, "valid": v} for n, (m, v) in enumerate(pairs)]
        return {"1.1": {"evidence": [{"id": "a", "name": "Tài liệu", "any_of": each}]}}

    plan, report = of("type", const="KH"), of("type", const="BC")
    assert found(load(choice((plan, True), (report, True))), session) == []
    assert found(load(choice((plan, True), (plan, {"required": ["symbol"]}))), session) == ["pack-shadowed"]
    assert found(load(choice((True, True), (plan, True))), session) == ["pack-shadowed"]
    assert found(load(choice((plan, {"required": ["symbol"]}), (plan, True))), session) == []


def test_requirements_that_ask_the_same_are_remarked(load):
    twice = [{"id": id_, "name": f"Tài liệu {id_}", "match": of("type", const="KH")} for id_ in ("a", "b")]
    (remark,) = remarks(load({"1.1": {"evidence": twice}}))
    assert remark.code == "pack-repeated"
    assert "Tài liệu b" in remark.say("vi")


# --- patterns -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "pattern",
    ["(a+)+$", "(a*)*", "(.*)*x", r"(\w+\s?)*", "([a-z]+)*", "(x+x+)+y", r"(\d{1,2})*x", "(a|aa)+", "(?:ab?|b?a)*"],
)
def test_patterns_that_backtracking_cannot_finish_are_found(pattern):
    assert ambiguous(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        r"^\d+/[A-ZĐ]+(-[A-ZĐ]+)*$", r"^\d{1,5}/(KH|QĐ|BC)-UBND$", ".*quý.*năm.*", r"(\w+\s)*", "([^-]+-)*[^-]+",
        "^(tháng|quý) [0-9]+$", "a{1000}", "(", "[A-ZĐ]{2,10}(-[A-ZĐ]{2,10}){0,5}",
    ],
)  # fmt: skip
def test_patterns_with_marks_between_their_parts_are_not(pattern):
    assert not ambiguous(pattern)


@pytest.mark.parametrize("pattern", ["(?=a)", "(?<!a)b", r"(a)\1", "(", "[", "a**", r"(?P<x>a)(?P=x)"])
def test_patterns_that_cannot_be_matched_in_linear_time_are_refused(pattern):
    with pytest.raises(ValueError, match=r"."):
        compiled(pattern)


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|aa)+$", "(.*)*(.*)*(.*)*x$", "a*a*a*a*a*a*a*a*b$"])
def test_no_pattern_hangs_a_check(session, pattern):
    reading = Reading("a", None, None, Status.READ, {"subject": "a" * 50_000 + "!"})
    before = time.monotonic()
    verdict = Evaluator(session.vocabulary, {}).evaluate(of("subject", pattern=pattern), Context(reading, 2025))
    assert verdict.holds is False
    assert time.monotonic() - before < 5


@pytest.mark.parametrize(("text", "holds"), [("45/KH-UBND", True), ("45/KH", False), (5, True), (None, False)])
def test_a_pattern_holds_for_the_text_it_fits(session, text, holds):
    reading = Reading("a", None, None, Status.READ, {"symbol": text})
    schema = of("symbol", pattern="^[0-9]+/[A-ZĐ]+-UBND$")
    assert Evaluator(session.vocabulary, {}).evaluate(schema, Context(reading, 2025)).holds is holds


def test_a_pattern_that_a_template_spoils_decides_nothing(session):
    reading = Reading("a", None, None, Status.READ, {"symbol": "45/KH"})
    verdict = Evaluator(session.vocabulary, {}).evaluate(of("symbol", pattern="("), Context(reading, 2025))
    assert verdict.holds is None


# --- scoring --------------------------------------------------------------------------------------------------------


def scored(scoring, points=1, **more):
    return {"1.1": {"points": points, "scoring": scoring, **more}}


RATIO = {"kind": "ratio", "of": "a", "sum_points": {"b": 1}}
FIGURES = {"a": "tổng số", "b": "đã làm"}


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        (scored(RATIO, figures=FIGURES), []),
        (scored(RATIO, figures={"a": "tổng số"}), ["pack-figure-undeclared"]),
        (scored({**RATIO, "floor_on": ["c"]}, figures=FIGURES), ["pack-figure-undeclared"]),
        (scored({**RATIO, "figures": FIGURES}), []),
        (scored(RATIO, 2, figures=FIGURES), ["pack-scoring-points"]),
        (scored({"kind": "rato"}), ["pack-scoring-kind"]),
        (scored({**RATIO, "flor": 0.8}, figures=FIGURES), ["pack-scoring-key"]),
        (scored({"kind": "tiers", "measure": "b/a", "tiers": [{"points": 1}]}, figures=FIGURES), []),
        (scored({"kind": "tiers", "measure": "d/a", "tiers": [{"points": 1}]}, figures=FIGURES),
         ["pack-figure-undeclared"]),
        (scored({"kind": "tiers", "figure": "c", "tiers": [{"points": 1}]}, figures=FIGURES),
         ["pack-figure-undeclared"]),
        (scored({"kind": "lateness", "evidence": "x", "otherwise": 0,
                 "bands": [{"notAfter": "2025-12-31", "points": 1}]}), ["pack-scoring-reference"]),
        (scored({"kind": "depends", "row": "9", "cases": [{"reached": 1, "scoring": {**RATIO}}]}, figures=FIGURES),
         ["pack-scoring-reference"]),
        (scored({"kind": "sum", "parts": [{"text": "một", "points": 1, "figures": FIGURES, "scoring": RATIO}]}), []),
        (scored({"kind": "sum", "parts": [{"text": "một", "points": 0.5, "figures": FIGURES, "scoring": RATIO}]}, 0.5),
         ["pack-scoring-points"]),
        (scored({"kind": "sum", "parts": [{"text": "một", "points": 1, "scoring": RATIO}]}),
         ["pack-figure-undeclared", "pack-figure-undeclared"]),
        (scored({"kind": "bonus", "form": RATIO}, figures=FIGURES), []),
        (scored({"kind": "penalty", "points": -1}, 0), []),
        (scored({"kind": "survey"}), []),
    ],
)  # fmt: skip
def test_scoring_that_cannot_be_computed_is_found(load, session, rows, codes):
    assert found(load(rows), session) == codes


def test_points_that_the_official_set_itself_gets_wrong_are_a_note(load, session):
    note = {"code": "1.1", "kind": "points", "text": "In sai"}
    assert found(load(scored(RATIO, 2, figures=FIGURES), notes=[note]), session) == []


def test_a_figure_that_nothing_uses_is_remarked(load):
    (remark,) = remarks(load(scored(RATIO, figures={**FIGURES, "c": "khác"})))
    assert (remark.code, remark.details["found"]) == ("pack-figure-unused", "c")
    words = {"kind": "choice", "options": [{"text": "được 100% của c", "points": 1}]}
    assert remarks(load(scored(words, figures=FIGURES))) == []


def test_the_schema_and_the_judge_know_the_same_kinds_and_keys():
    published = kinds()
    assert set(_KINDS) <= set(published)
    for name, kind in _KINDS.items():
        assert kind.keys <= published[name], name


# --- codes ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("codes", "gaps"),
    [
        (["1.1", "1.2", "1.3"], []),
        (["1.1", "1.3"], ["1.2"]),
        (["1.2"], ["1.1"]),
        (["1.1", "1.4"], ["1.2", "1.3"]),
        (["1.1", "1.2a"], []),
        (["1.I", "1.III"], ["1.II"]),
        (["1.1", "1.10"], [f"1.{n}" for n in range(2, 10)]),
    ],
)
def test_jumps_in_the_numbering_are_remarked(load, codes, gaps):
    said = remarks(load({code: {} for code in codes}))
    assert [(remark.code, remark.details["wanted"]) for remark in said] == [("pack-code-gap", gap) for gap in gaps]


def test_a_row_in_another_group_than_its_code_says_is_found(load, session):
    group = {"1.1": {"criteria": {"1.1.1": {}, "1.2.1": {}}, "points": 2}}
    assert "pack-code-outside" in found(load(group), session)


def test_a_field_may_have_another_numbering_than_its_rows(load, session):
    assert found(load({"1": {}, "2": {}}, field="I"), session) == []


def test_definitions_that_no_row_uses_are_remarked(load):
    defs = {"dung": of("type", const="KH"), "thua": of("type", const="BC")}
    said = remarks(load(asked({"$ref": "#/$defs/dung"}), defs=defs))
    assert [(remark.code, remark.details["found"]) for remark in said] == [("pack-def-unused", "thua")]


def test_remarks_and_notes_are_no_faults(load, parcheck_command, tmp_path):
    load({"1.1": {}, "1.3": {}}, notes=[{"code": "1.1", "text": "Chưa rõ", "source": "trang 1"}])
    code, out, err = parcheck_command("rules", "lint", tmp_path)
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "để biết: mot.yaml, dòng 1: Mã nhảy số ở 1.3: không có 1.2. Đối chiếu với văn bản gốc.",
        "để biết: 1.1: Chưa rõ (trang 1)",
        "Bộ tiêu chí bo-mau: không thấy lỗi.",
    ]
