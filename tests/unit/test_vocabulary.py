# SPDX-License-Identifier: Apache-2.0
"""Each keyword of the packs' language: what holds, what fails with which code, what is left undecided."""

from __future__ import annotations

import datetime

import pytest
from jsonschema import Draft202012Validator

from parcheck.catalogue import shipped
from parcheck.judging.vocabulary import Context, Failure, Undecided
from parcheck.model import Reading, Reason, Status
from parcheck.submission import UnitName, Upstream

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HOLDS: list[object] = []


def context(facts=None, unknown=None, media_type="application/pdf", companions=(), **given):
    given.setdefault("unit", (UnitName("UBND tỉnh Trường Giang"),))
    reading = Reading("a.pdf", None, media_type, Status.READ, facts or {}, unknown or {})
    return Context(reading, 2025, companions=tuple(companions), **given)


@pytest.fixture
def results(session):
    """Return what a keyword says of a value: the codes of failures, "?reason" for what is undecided."""

    def of(name, value, parameter, about=None):
        keyword = session.vocabulary.keywords[name]
        Draft202012Validator(dict(keyword.parameter)).validate(parameter)
        found = []
        for result in keyword.check(value, parameter, about or context()):
            if isinstance(result, Undecided):
                found.append(f"?{result.reason.code}")
            else:
                assert isinstance(result, Failure)
                assert result.code in keyword.codes
                found.append(result.code)
        return found

    return of


OFF = ["subject-off-topic"]


@pytest.mark.parametrize(
    ("text", "terms", "found"),
    [
        ("Kế hoạch cải cách hành chính năm 2025", ["cải cách hành chính"], HOLDS),
        ("KẾ HOẠCH CẢI CÁCH HÀNH CHÍNH", ["cải cách hành chính"], HOLDS),
        ("Cải cách hành  chính", ["cải cách hành chính"], HOLDS),
        ("cải cách hành chính", ["cải cách hành chính"], HOLDS),
        ("công tác CCHC", [["cải cách hành chính", "CCHC"]], HOLDS),
        ("hòa giải", ["hoà giải"], HOLDS),
        ("cải cách tư pháp", ["cải cách hành chính"], OFF),
        ("cải cách hành", ["cải cách hành chính"], OFF),
        ("CCHCX", ["CCHC"], OFF),
        ("đào tạo", ["cải cách", "hành chính"], OFF * 2),
        ("", ["cải cách"], OFF),
        ("Kế hoạch 2025", ["2025"], HOLDS),
        ("Kế hoạch 20251", ["2025"], OFF),
    ],
)
def test_mentions(results, text, terms, found):
    assert results("mentions", text, terms) == found


@pytest.mark.parametrize(
    ("text", "terms", "found"),
    [
        ("Kế hoạch năm", ["góp ý"], HOLDS),
        ("góp ý dự thảo", ["góp ý"], ["subject-excluded"]),
        ("Góp  Ý dự thảo", ["góp ý"], ["subject-excluded"]),
        ("góp ý, kiểm tra", ["góp ý", "kiểm tra"], ["subject-excluded"]),
        ("đóng góp ý kiến", [["ý kiến", "đề nghị"]], ["subject-excluded"]),
        ("kiểm trang", ["kiểm tra"], HOLDS),
    ],
)
def test_mentions_none(results, text, terms, found):
    assert results("mentionsNone", text, terms) == found


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        ("Kế hoạch năm 2025", 2025, HOLDS),
        ("Kế hoạch năm 2025", "2025", HOLDS),
        ("Kế hoạch năm 2024", 2025, ["year-differs"]),
        ("Kế hoạch giai đoạn 2021-2025", 2025, HOLDS),
        ("Kế hoạch giai đoạn 2021 – 2030", 2025, HOLDS),
        ("từ năm 2021 đến năm 2030", 2025, HOLDS),
        ("giai đoạn 2026-2030", 2025, ["year-differs"]),
        ("Kế hoạch cải cách hành chính", 2025, HOLDS),
        ("Kế hoạch số 2024/KH-UBND", 2025, HOLDS),
        ("thực hiện Nghị quyết 57/2024/NQ-CP", 2025, HOLDS),
        ("báo cáo năm 2024 và nhiệm vụ năm 2025", 2025, HOLDS),
        ("kinh phí 2.024 triệu, 12.2025 đồng", 2025, HOLDS),
        ("ngày 31/12/2024", 2025, HOLDS),
    ],
)
def test_for_year(results, text, wanted, found):
    assert results("forYear", text, wanted) == found


@pytest.mark.parametrize(
    ("keyword", "value", "found"),
    [
        ("notAfter", "2025-01-31", HOLDS),
        ("notAfter", "2025-02-01", ["issued-too-late"]),
        ("notBefore", "2025-01-31", HOLDS),
        ("notBefore", "2025-01-30", ["issued-too-early"]),
    ],
)
def test_bounds_include_their_day(results, keyword, value, found):
    assert results(keyword, value, "2025-01-31") == found


@pytest.mark.parametrize(
    ("value", "upstream", "found"),
    [
        ("2025-02-09", Upstream("kh", "1/KH", datetime.date(2025, 1, 10)), HOLDS),
        ("2025-02-10", Upstream("kh", "1/KH", datetime.date(2025, 1, 10)), ["deadline-passed"]),
        ("2024-12-01", Upstream("kh", "1/KH", datetime.date(2025, 1, 10)), HOLDS),
        ("2025-02-10", Upstream("kh", "1/KH", None), ["?no-upstream"]),
        ("2025-02-10", None, ["?no-upstream"]),
    ],
)
def test_within(results, value, upstream, found):
    about = context(upstream={"kh": upstream} if upstream else {})
    assert results("within", value, {"days": 30, "of": "kh"}, about) == found


def test_within_names_an_upstream_document_without_number_by_its_id(session):
    about = context(upstream={"kh": Upstream("kh", None, datetime.date(2025, 1, 10))})
    failure = next(iter(session.vocabulary.keywords["within"].check("2025-12-31", {"days": 1, "of": "kh"}, about)))
    assert failure.args == {"found": "2025-12-31", "days": 1, "upstream": "kh", "limit": "2025-01-11"}


DIFFERS = ["issuer-differs"]
PROVINCE = "ỦY BAN NHÂN DÂN TỈNH TRƯỜNG GIANG"


@pytest.mark.parametrize(
    ("issuer", "wanted", "parent", "found"),
    [
        (PROVINCE, "unit", None, HOLDS),
        ("UBND TỈNH TRƯỜNG GIANG", "unit", None, HOLDS),
        ("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH TRƯỜNG GIANG", "unit", None, HOLDS),
        ("UỶ BAN NHÂN DÂN TỈNH TRƯỜNG GIANG", "unit", None, HOLDS),
        ("ỦY BAN NHÂN DÂN TỈNH HỒNG SƠN", "unit", None, DIFFERS),
        ("SỞ NỘI VỤ", "unit", PROVINCE, DIFFERS),
        ("SỞ NỘI VỤ", "within-unit", PROVINCE, HOLDS),
        ("SỞ NỘI VỤ TỈNH TRƯỜNG GIANG", "within-unit", None, HOLDS),
        ("SỞ NỘI VỤ", "within-unit", "ỦY BAN NHÂN DÂN TỈNH HỒNG SƠN", DIFFERS),
        ("SỞ NỘI VỤ TỈNH HỒNG SƠN", "within-unit", None, DIFFERS),
        ("SỞ NỘI VỤ", "within-unit", None, ["?issuer-unclear"]),
        ("BỘ NỘI VỤ", "within-unit", None, DIFFERS),
        ("ĐOÀN KIỂM TRA", "within-unit", None, ["?issuer-unclear"]),
        ("CHÍNH PHỦ", "parent", None, HOLDS),
        ("BỘ NỘI VỤ", "parent", None, DIFFERS),
        ("BỘ NỘI VỤ", "Bộ Nội vụ", None, HOLDS),
        ("BỘ NỘI VỤ", "Bộ Tài chính", None, DIFFERS),
        ("BỘ NỘI VỤ", ["Bộ Tài chính", "Bộ Nội vụ"], None, HOLDS),
        ("SỞ NỘI VỤ", ["unit", "within-unit"], PROVINCE, HOLDS),
        ("ĐOÀN KIỂM TRA", ["unit", "within-unit"], None, ["?issuer-unclear"]),
    ],
)
def test_organisation(results, issuer, wanted, parent, found):
    about = context({"parent": parent, "issued_on": "2025-03-01"}, parent="Chính phủ")
    assert results("organisation", issuer, wanted, about) == found


@pytest.mark.parametrize("wanted", ["unit", "within-unit"])
def test_organisation_of_a_unit_that_is_not_named_is_undecided(results, wanted):
    about = context({"parent": None, "issued_on": None}, unit=())
    assert results("organisation", PROVINCE, wanted, about) == ["?no-unit"]


@pytest.mark.parametrize(("day", "found"), [("2025-06-30", HOLDS), ("2025-07-01", DIFFERS), (None, HOLDS)])
def test_a_name_counts_on_the_days_when_it_was_in_force(results, day, found):
    names = (
        UnitName("UBND tỉnh Trường Giang", since=datetime.date(2025, 7, 1)),
        UnitName("UBND tỉnh Hồng Sơn", until=datetime.date(2025, 6, 30)),
    )
    about = context({"parent": None, "issued_on": day}, unit=names)
    assert results("organisation", "ỦY BAN NHÂN DÂN TỈNH HỒNG SƠN", "unit", about) == found


SIGNED = [{"kind": "pdf", "signer": "A"}]


@pytest.mark.parametrize(
    ("facts", "unknown", "media_type", "found"),
    [
        ({"signatures": SIGNED, "marks": None}, {}, "application/pdf", HOLDS),
        ({"signatures": [], "marks": {"seal": True}}, {}, "application/pdf", HOLDS),
        ({"signatures": [], "marks": {"ink": True}}, {}, "application/pdf", HOLDS),
        ({"signatures": [], "marks": {"digital_stamp": True}}, {}, "application/pdf", HOLDS),
        ({"signatures": [], "marks": {"seal": False}}, {}, "application/pdf", ["unsigned"]),
        ({"signatures": None, "marks": None}, {}, "application/pdf", ["unsigned"]),
        ({"signatures": []}, {"marks": Reason("page-unread")}, "application/pdf", ["?marks-unread"]),
        ({"signatures": []}, {}, "application/pdf", ["?marks-unread"]),
        ({"marks": None}, {"signatures": Reason("file-unreadable")}, "application/pdf", ["?file-unreadable"]),
        ({"marks": {"seal": True}}, {}, "application/pdf", ["?not-provided"]),
        ({"signatures": []}, {}, WORD, ["unsigned"]),
        ({"signatures": SIGNED}, {}, WORD, HOLDS),
    ],
)
def test_signed(results, facts, unknown, media_type, found):
    assert results("signed", facts, True, context(facts, unknown, media_type)) == found


@pytest.mark.parametrize(("media_type", "certainty"), [(WORD, "sure"), ("application/pdf", "hint")])
def test_only_a_plain_word_file_is_surely_unsigned(session, media_type, certainty):
    about = context({"signatures": [], "marks": {"seal": False}}, media_type=media_type)
    failure = next(iter(session.vocabulary.keywords["signed"].check({}, True, about)))
    assert failure.certainty == certainty


@pytest.mark.parametrize(
    ("signer", "wanted", "found"),
    [
        ({"title": "CHỦ TỊCH", "authority": ["TM"]}, {"titles": ["Chủ tịch"]}, HOLDS),
        ({"title": "PHÓ CHỦ TỊCH", "authority": ["KT"]}, {"titles": ["Chủ tịch"]}, HOLDS),
        ({"title": "PHÓ CHỦ TỊCH THƯỜNG TRỰC"}, {"titles": ["Chủ tịch"]}, ["signer-differs"]),
        ({"title": "GIÁM ĐỐC"}, {"titles": ["Chủ tịch", "Giám đốc"]}, HOLDS),
        ({"title": "CHÁNH VĂN PHÒNG"}, {"titles": ["Chủ tịch"]}, ["signer-differs"]),
        ({"name": "A"}, {"titles": ["Chủ tịch"]}, ["?title-unseen"]),
        ({"title": "CHỦ TỊCH", "authority": ["TM"]}, {"authority": ["TM", "KT"]}, HOLDS),
        ({"title": "CHÁNH VĂN PHÒNG", "authority": ["TL"]}, {"authority": ["TM"]}, ["signer-differs"]),
        ({"title": "CHỦ TỊCH"}, {"authority": ["TM"]}, ["signer-differs"]),
    ],
)
def test_signed_by(results, signer, wanted, found):
    assert results("signedBy", signer, wanted) == found


@pytest.mark.parametrize(
    ("references", "wanted", "found"),
    [
        ([{"symbol": "12/KH-UBND"}], ["12/KH-UBND"], HOLDS),
        ([{"symbol": "12/kh-ubnd"}], ["12/KH-UBND"], HOLDS),
        ([{"symbol": "13/KH-UBND"}], ["12/KH-UBND"], ["citation-missing"]),
        ([], ["12/KH-UBND", "1/QĐ-UBND"], ["citation-missing"] * 2),
        ([{"symbol": "7/KH-UBND"}], ["cap-tren"], HOLDS),
        ([{"symbol": "8/KH-UBND"}], ["cap-tren"], ["citation-missing"]),
        ([{"symbol": "8/KH-UBND"}], ["khong-ghi"], ["?no-upstream"]),
        ([{"symbol": "8/KH-UBND"}], ["khong-so"], ["?no-upstream"]),
        ([{"title": "không số"}], ["12/KH-UBND"], ["citation-missing"]),
    ],
)
def test_cites(results, references, wanted, found):
    upstream = {"cap-tren": Upstream("cap-tren", "7/KH-UBND"), "khong-so": Upstream("khong-so")}
    assert results("cites", references, wanted, context(upstream=upstream)) == found


@pytest.mark.parametrize(
    ("value", "companion", "found"),
    [
        ({"declared": 0, "found": 0}, None, HOLDS),
        ({"declared": 2, "found": 2}, None, HOLDS),
        ({"declared": 1, "found": 3}, None, HOLDS),
        ({"declared": 2, "found": 1}, None, ["appendix-missing"]),
        ({"declared": 2, "found": None}, None, ["appendix-missing"]),
        ({"declared": 2, "found": 1}, {"symbol": None}, ["?appendix-elsewhere"]),
        ({"declared": 2, "found": 1}, {"symbol": "9/BC-UBND"}, ["appendix-missing"]),
    ],
)
def test_attached(results, value, companion, found):
    others = [] if companion is None else [Reading("phu luc.pdf", None, None, Status.READ, companion)]
    assert results("attached", value, True, context(companions=others)) == found


@pytest.mark.parametrize(
    ("facts", "unknown", "found"),
    [
        ({"type": "DANH MỤC"}, {}, HOLDS),
        ({"type": None}, {}, ["?untitled"]),
        ({}, {"type": Reason("picture")}, ["?picture"]),
    ],
)
def test_titled(results, facts, unknown, found):
    assert results("titled", {}, True, context(facts, unknown)) == found


@pytest.mark.parametrize(
    ("name", "parameter"),
    [
        ("mentions", "cải cách"), ("mentions", []), ("mentions", [[]]), ("mentions", [1]), ("mentionsNone", ""),
        ("forYear", "năm nay"), ("forYear", 2025.5), ("notAfter", "31/12/2025"), ("notAfter", 20251231),
        ("notBefore", "2025-1-1"), ("within", {"days": 30}), ("within", {"days": -1, "of": "a"}),
        ("within", {"days": "30", "of": "a"}), ("within", {"days": 1, "of": "a", "from": "b"}), ("organisation", []),
        ("organisation", ""), ("organisation", 1), ("signed", False), ("signedBy", {}), ("signedBy", {"titles": []}),
        ("signedBy", {"authority": ["XX"]}), ("signedBy", {"title": ["A"]}), ("cites", []), ("cites", "12/KH"),
        ("attached", False), ("titled", False), ("titled", ["type"]),
    ],
)  # fmt: skip
def test_a_parameter_that_makes_no_sense_is_refused(session, name, parameter):
    schema = dict(session.vocabulary.keywords[name].parameter)
    assert not Draft202012Validator(schema).is_valid(parameter)


def test_every_keyword_is_described_and_its_parameter_a_schema(session):
    known = shipped().findings
    for keyword in session.vocabulary.keywords.values():
        Draft202012Validator.check_schema(dict(keyword.parameter))
        assert keyword.doc.endswith(".")
        assert set(keyword.codes) <= set(known)
        assert keyword.needs <= session.vocabulary.facts
        assert keyword.applies_to in ("string", "object", "array", "document")
        assert keyword.name not in Draft202012Validator.VALIDATORS


def test_every_keyword_has_a_test(session):
    assert set(session.vocabulary.keywords) == {
        "mentions", "mentionsNone", "forYear", "notBefore", "notAfter", "within", "organisation", "signed", "signedBy",
        "cites", "attached", "titled",
    }  # fmt: skip
