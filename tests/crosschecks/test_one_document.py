# SPDX-License-Identifier: Apache-2.0
"""Each check on facts: what it says, and above all what it leaves alone."""

from __future__ import annotations

import datetime as dt

import pytest

from parcheck.model import Certainty, Evidence, Place, Reading, Reason, Severity, Source, Status
from parcheck_plugins.crosschecks import parcheck_crosschecks
from parcheck_plugins.crosschecks.authority import broken_rules
from parcheck_plugins.crosschecks.page_order import gap, printed_number
from parcheck_plugins.crosschecks.ratios import find_ratios
from parcheck_plugins.crosschecks.signing_time import latest_day

CHECKS = parcheck_crosschecks()
SIGNED = {
    "kind": "pdf", "intact": True, "signer": "Nguyễn Hữu Phước", "organisation": "UBND tỉnh Trường Giang",
    "units": ["Sở Nội vụ"], "signed_at": "2025-12-12T16:00:00+07:00", "changed_after": "nothing",
}  # fmt: skip
FACTS = {
    "type": "BC", "symbol": "45/BC-SNV", "sign": "BC-SNV", "issued_on": "2025-12-12", "issuer": "SỞ NỘI VỤ",
    "parent": "UBND TỈNH TRƯỜNG GIANG", "copy": None, "draft": False,
    "signer": {"name": "Nguyễn Hữu Phước", "title": "GIÁM ĐỐC", "authority": []}, "signatures": [SIGNED],
}  # fmt: skip


def evidence(*, where=None, unknown=None, sha256="1", **facts):
    facts = {name: value for name, value in (FACTS | facts).items() if name not in (unknown or ())}
    reasons = {name: Reason("scan") for name in unknown or ()}
    reading = Reading("a.pdf", sha256, "application/pdf", Status.READ, facts, reasons, where or {})
    return Evidence("d001", "a.pdf", None, (), reading)


def said(*documents):
    return [finding.code for check in CHECKS for finding in check.check(documents)]


def test_a_document_in_order_is_left_alone():
    assert said(evidence()) == []


def test_a_document_of_which_nothing_is_known_is_left_alone():
    reading = Reading("a.pdf", "1", None, Status.UNREADABLE)
    cited = Evidence("d002", None, "12/KH-UBND", (), Reading("12/KH-UBND", None, None, Status.READ))
    assert said(Evidence("d001", "a.pdf", None, (), reading), cited) == []


def test_a_file_handed_in_twice_is_told_of_once():
    wrong = {"revisions": {"changes": 1, "comments": 0}}
    assert said(evidence(**wrong), evidence(**wrong)).count("revisions-left") == 1


# --- signing time


def signed(day, **other):
    return SIGNED | {"signed_at": f"{day}T09:00:00+07:00"} | other


@pytest.mark.parametrize("day", ["2025-12-01", "2025-12-12", "2025-12-15", "2025-12-16"])
def test_signed_in_time(day):
    assert said(evidence(signatures=[signed(day)])) == []


def test_the_first_of_the_own_signatures_counts():
    late, early = signed("2026-01-20"), signed("2025-12-12")
    assert said(evidence(signatures=[late, early])) == []
    assert said(evidence(signatures=[late])) == ["signed-later"]


@pytest.mark.parametrize(
    "changed",
    [
        {"copy": "SAO Y"},
        {"type": "BB"},
        {"signatures": [signed("2026-01-20", signer="Cổng Thông tin điện tử", organisation="Tỉnh khác", units=[])]},
        {"signatures": [signed("2026-01-20", intact=False, broken="rewritten")]},
        {"signatures": [SIGNED | {"signed_at": None}]},
        {"issued_on": None},
        {"where": {"issued_on": Place(1, source=Source.OCR)}},
        {"unknown": ["issued_on"]},
        {"unknown": ["copy"]},
        {"unknown": ["signatures"]},
    ],
)
def test_later_signing_that_proves_nothing(changed):
    late = {"signatures": [signed("2026-01-20")]}
    unknown = changed.pop("unknown", None)
    assert "signed-later" not in said(evidence(unknown=unknown, **(late | changed)))


@pytest.mark.parametrize(
    ("issued", "latest"),
    [
        ("2025-12-12", "2025-12-16"),
        ("2025-12-10", "2025-12-12"),
        ("2025-08-29", "2025-09-04"),
        ("2025-04-29", "2025-05-05"),
    ],
)
def test_weekends_and_holidays_do_not_count(issued, latest):
    assert latest_day(dt.date.fromisoformat(issued)) == dt.date.fromisoformat(latest)


def test_tet_takes_its_days():
    assert latest_day(dt.date(2026, 2, 13)) >= dt.date(2026, 2, 23)


# --- cited documents


def citing(*entries):
    return [{"symbol": s, "issued_on": d, "words": f"số {s}", "page": p} for s, d, p in entries]


def test_a_later_document_cited_before_the_signature():
    page_of_signer = {"signer": Place(2), "issued_on": Place(1)}
    found = citing(("1/QĐ-UBND", "2025-12-19", 1), ("2/QĐ-UBND", "2025-12-12", 1), ("3/QĐ-UBND", "2025-12-20", 3))
    check = next(c for c in CHECKS if "cites-later" in c.codes)
    (finding,) = check.check([evidence(dated_citations=found, where=page_of_signer)])
    assert (finding.code, finding.certainty, finding.severity) == ("cites-later", Certainty.LIKELY, Severity.WARNING)
    assert finding.args == {"cited": "1/QĐ-UBND", "cited_on": "2025-12-19", "own": "2025-12-12"}


@pytest.mark.parametrize(
    "changed",
    [
        {"where": {"issued_on": Place(1, source=Source.OCR)}},
        {"draft": True},
        {"symbol": "1/QĐ-UBND"},
        {"issued_on": None},
    ],
)
def test_citations_that_prove_nothing(changed):
    found = citing(("1/QĐ-UBND", "2025-12-19", 1))
    assert "cites-later" not in said(evidence(**{"dated_citations": found, "signatures": []} | changed))


# --- sign, type, issuer


@pytest.mark.parametrize(
    ("sign", "kind", "issuer"),
    [
        ("BC-UBND", "BC", "ỦY BAN NHÂN DÂN XÃ A"),
        ("BC-UBND", "BC", "UBND XÃ A"),
        ("QH15", "NQ", "QUỐC HỘI"),
        ("KL/TU", "KẾT LUẬN", "TỈNH ỦY A"),
        ("HDLN-SNV-STC", "HD", "SỞ NỘI VỤ - SỞ TÀI CHÍNH"),
        ("UBND-VX", "CV", "ỦY BAN NHÂN DÂN TỈNH A"),
        ("NQ-HĐND", "NQ", "HỘI ĐỒNG NHÂN DÂN TỈNH A"),
        ("TTr-SNV", "TTr", "SỞ NỘI VỤ"),
        ("BC-ĐKT", "BC", "ĐOÀN KIỂM TRA"),
        ("GM-UBND", "GM", None),
    ],
)
def test_signs_that_fit(sign, kind, issuer):
    assert said(evidence(sign=sign, type=kind, issuer=issuer, signatures=[])) == []


# --- authority


@pytest.mark.parametrize(
    ("title", "codes"),
    [
        ("TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH", []),
        ("TL. CHỦ TỊCH / KT. CHÁNH VĂN PHÒNG / PHÓ CHÁNH VĂN PHÒNG", []),
        ("TUQ. CHỦ TỊCH / GIÁM ĐỐC SỞ NỘI VỤ", []),
        ("TM. HỘI ĐỒNG / CHỦ TỊCH / GIÁM ĐỐC SỞ NỘI VỤ", []),
        ("KT. TRƯỞNG BAN / PHÓ TRƯỞNG BAN / GIÁM ĐỐC SỞ NỘI VỤ", []),
        ("KT. BỘ TRƯỞNG / THỨ TRƯỞNG", []),
        ("KT. CHỦ TỊCH / HỘI ĐỒNG / PHÓ CHỦ TỊCH", []),
        ("KT. GIÁM ĐỐC", []),
        ("T/M ĐẢNG ỦY / PHÓ BÍ THƯ", []),
        ("TM. SỐ ĐÔNG", []),
        ("TUQ. CHỦ TỊCH / KT. GIÁM ĐỐC SỞ NỘI VỤ / PHÓ GIÁM ĐỐC", ["authority-passed-on"]),
        ("KT. CHỦ TỊCH / CHỦ TỊCH", ["authority-no-deputy"]),
        ("KT. GIÁM ĐỐC / TRƯỞNG PHÒNG", ["authority-no-deputy"]),
        ("TM. SỞ NỘI VỤ / GIÁM ĐỐC", ["authority-not-collegial"]),
        ("TM. CHỦ TỊCH / PHÓ CHỦ TỊCH", ["authority-not-collegial"]),
    ],
)
def test_authority(title, codes):
    assert [code for code, _ in broken_rules(title)] == codes


# --- signatures


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({"intact": False, "broken": "bytes"}, ["signature-broken"]),
        ({"intact": False, "broken": "rewritten"}, []),
        ({"intact": False, "broken": "cut"}, []),
        ({"intact": None, "broken": None}, []),
        ({"changed_after": "other", "later_signed": False}, ["changed-after-signing"]),
        ({"changed_after": "other", "later_signed": True}, []),
        ({"changed_after": "other", "later_signed": None}, []),
        ({"changed_after": "annotations", "later_signed": False}, []),
        ({"signer": "Trần Văn Hải", "organisation": "Sở Tư pháp", "units": ["Phòng A"]}, ["signature-other-name"]),
        ({"signer": "Trần Văn Hải", "organisation": "UBND tỉnh Trường Giang", "units": []}, []),
        ({"signer": None, "organisation": None, "units": []}, []),
        ({"signer": "Cổng Thông tin điện tử Chính phủ", "organisation": "Văn phòng Chính phủ", "units": []}, []),
    ],
)
def test_the_state_of_signatures(changed, codes):
    assert said(evidence(signatures=[SIGNED | changed])) == codes


def test_one_known_name_among_the_signatures_is_enough():
    other = SIGNED | {"signer": "Trần Văn Hải", "organisation": "Sở Tư pháp", "units": ["Phòng A"]}
    assert said(evidence(signatures=[other, SIGNED])) == []


def test_only_a_changed_byte_is_an_error():
    check = next(c for c in CHECKS if "signature-broken" in c.codes)
    (finding,) = check.check([evidence(signatures=[SIGNED | {"intact": False, "broken": "bytes"}])])
    assert (finding.certainty, finding.severity) == (Certainty.SURE, Severity.ERROR)


# --- ratios


@pytest.mark.parametrize(
    ("text", "ratio"),
    [
        ("đã hoàn thành 46/48 nhiệm vụ, đạt 95,83%.", (46, 48, 95.83)),
        ("(42/139 đơn vị, đạt 30,2%)", (42, 139, 30.2)),
        ("8/7 = 114,3 %", (8, 7, 114.3)),
        ("04/10 phòng, đơn vị thuộc Sở, đạt tỷ lệ 40%", (4, 10, 40)),
        ("2.846/2.850 hồ sơ (99,86%)", (2846, 2850, 99.86)),
        ("184,5/186 triệu đồng, đạt 99.19%", (184.5, 186, 99.19)),
        ("34/63 82,6%", None),
        ("60,5/61,5 điểm (chỉ số 98,37%)", None),
        ("xếp hạng 12/63 (85,2%)", None),
        ("4/15 sở và 38/124 xã, chỉ tiêu đề ra là tối thiểu 20%", None),
        ("ngày 15/7 đạt 50%", None),
        ("12/14 tỉnh) chiếm 28,0%", None),
        ("15/7/2025, đạt 50%", None),
        ("Nghị quyết số 76/NQ-CP đạt 50%", None),
        ("3/5 chỉ tiêu tăng so với năm trước, đạt 20%", None),
    ],
)
def test_ratios_are_found(text, ratio):
    found = [(entry["part"], entry["whole"], entry["percent"]) for entry, _ in find_ratios(text)]
    assert found == ([ratio] if ratio else [])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("46/48 nhiệm vụ, đạt 95,83%", None),
        ("46/48 nhiệm vụ, đạt 95,8%", None),
        ("46/48 nhiệm vụ, đạt 96%", None),
        ("46/48 nhiệm vụ, đạt 95%", None),
        ("42/139 đơn vị, đạt 30%", None),
        ("0/0 nhiệm vụ, đạt 100%", None),
        ("1.200/1.000 triệu đồng, đạt 120%", None),
        ("46/48 nhiệm vụ, đạt 98,53%", "ratio-differs"),
        ("46/48 nhiệm vụ, đạt 100%", "ratio-differs"),
        ("8/7 nhiệm vụ, đạt 114,3%", "ratio-above-whole"),
    ],
)
def test_ratios_are_worked_out_anew(text, code):
    found = [entry for entry, _ in find_ratios(text)]
    assert said(evidence(ratios=found)) == ([code] if code else [])


# --- pages


@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        ([None, 2, 3, 4, 5], None),
        ([None, 2, 3, None, 5, 6], None),
        ([None, 2, 3, 4, None, 2, 3], None),
        ([None, 2, 3, 4, None, None, 7, 8, 9], None),
        ([None, 2, 3, 4, 7, 8, 9], (5, 7, 5)),
        ([None, 2, 3, 12, 5, 6], None),
        ([1, 2, 3, 3, 4, 5], None),
        ([None, 7, None, 40, None], None),
        ([None, None], None),
        ([], None),
    ],
)
def test_gaps_between_pages(numbers, found):
    assert gap(numbers) == found


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2\nThực hiện nhiệm vụ", (2, None)),
        ("Thực hiện\nnhiệm vụ\nnăm\nTrang 3/12", (3, 12)),
        ("- 4 -\nThực hiện", (4, None)),
        ("Thực hiện 5\nnhiệm vụ", None),
        ("a\nb\nc\n7\nd\ne\nf", None),
        ("2025\nThực hiện", None),
        ("", None),
    ],
)
def test_page_numbers(text, number):
    assert printed_number(text) == number
