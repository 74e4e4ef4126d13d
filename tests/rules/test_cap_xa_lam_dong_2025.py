# SPDX-License-Identifier: Apache-2.0
"""The pack of the communes of Lâm Đồng 2025 against the official figures and the titles that communes write.

Official figures: Phụ lục II and letter 2775/SNV-CCHC&VTLT of 10/11/2025.
"""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from packdata import WORD, Bench, best, judged, letters, loaded, objects, plain, points_at, unused_defs

from parcheck.rules.lint import lint_pack
from parcheck.submission import UnitName

PACK = "cap-xa-lam-dong-2025"
DATA = plain(PACK)
ROWS = DATA.rows

# Column "Điểm tối đa" of all 107 rows of the table.
POINTS = """
1=17 1.1=4 1.1.1=2 1.1.2=2 1.2=1.5 1.3=2 1.3.1=1 1.3.2=1 1.4=2 1.4.1=0.5 1.4.2=0.5 1.4.3=0.5
1.4.4=0.5 1.5=3 1.6=1.5 1.6.1=0.5 1.6.2=1 1.7=3 2=6 2.1=1 2.2=2 2.2.1=0.5 2.2.2=0.5 2.2.3=0.5
2.2.4=0.5 2.3=1 2.4=2 2.4.1=0.25 2.4.2=0.75 2.4.3=0.25 2.4.4=0.25 2.4.5=0.5 3=12 3.1=2 3.1.1=0.25
3.1.2=0.25 3.1.3=0.25 3.1.4=1.25 3.2=1.5 3.2.1=0.5 3.2.2=1 3.3=1.5 3.3.1=0.5 3.3.2=1 3.4=5 3.4.1=3
3.4.2=1 3.4.3=1 3.5=2 3.5.1=1.5 3.5.2=0.5 4=5 4.1=2 4.1.1=0.5 4.1.2=0.5 4.1.3=1 4.2=2 4.2.1=1
4.2.2=1 4.3=1 4.3.1=0.5 4.3.2=0.5 5=9 5.1=2 5.1.1=1 5.1.2=1 5.2=1 5.2.1=0.5 5.2.2=0.5 5.3=1 5.4=2
5.4.1=0.5 5.4.2=0.5 5.4.3=0.5 5.4.4=0.5 5.5=1 5.6=2 5.6.1=1 5.6.2=1 6=7.5 6.1=5 6.1.1=3 6.1.2=1
6.1.3=1 6.2=1.5 6.2.1=0.25 6.2.2=0.25 6.2.3=0.25 6.2.4=0.75 6.3=1 6.3.1=0.5 6.3.2=0.5 7=18.5 7.1=1
7.2=2 7.2.1=0.5 7.2.2=0.5 7.2.3=1 7.3=15.5 7.3.1=0.5 7.3.2=2 7.3.3=2 7.3.4=2 7.3.5=1 7.3.6=3
7.3.7=2 7.3.8=3
"""
OFFICIAL = {code: float(points) for code, points in (pair.split("=") for pair in POINTS.split())}
AUTHORITY = {"3.4.3", "6.3.2"}
# One printed cell for two rows (asked at the first), or only "nếu có".
NOTHING_ASKED = {"1.6.2", "5.6.2", "5.4.4"}


# --- The set itself ---


def test_rows_codes_and_points_are_those_of_the_table():
    assert {code: node["points"] for code, node in DATA.nodes.items()} == OFFICIAL
    assert list(DATA.nodes) == list(OFFICIAL)
    assert (len(DATA.nodes), len(DATA.fields), len(ROWS)) == (107, 7, 77)


def test_points_add_up_at_every_level():
    for code, node in DATA.nodes.items():
        if "criteria" in node:
            assert sum(child["points"] for child in node["criteria"]) == pytest.approx(node["points"]), code
    assert sum(field["points"] for field in DATA.fields) == DATA.pack["total_points"] == 75


def test_points_by_who_assesses():
    assert {code for code, row in ROWS.items() if row["assessed"] == "authority"} == AUTHORITY
    assert sum(row["points"] for row in ROWS.values() if row["assessed"] == "self") == 73.5


@pytest.mark.parametrize("code", ROWS)
def test_row_has_its_source_and_its_proof(code):
    row = ROWS[code]
    assert row["source"].keys() == {"guide"}
    assert row["source"]["guide"]["row"] == code
    pages = row["source"]["guide"]["pages"]
    assert pages == sorted(pages)
    assert 1 <= pages[0] <= pages[-1] <= 33
    if row["assessed"] == "self":
        assert row["explanation"] is True  # letter 2775, section 1.b
        asked = [e for e in row["evidence"] if not (e.get("optional") or e.get("provided_by") or e.get("other"))]
        assert bool(asked) == (code not in NOTHING_ASKED)


def test_pages_run_on():
    firsts = [row["source"]["guide"]["pages"][0] for row in ROWS.values()]
    assert firsts == sorted(firsts)


@pytest.mark.parametrize("code", ROWS)
def test_scoring_reaches_exactly_the_points(code):
    row = ROWS[code]
    assert best(row["scoring"]) == pytest.approx(row["points"])
    assert letters(row["scoring"]) <= set(row.get("figures", ()))


@pytest.mark.parametrize("code", [code for code, row in ROWS.items() if row["scoring"]["kind"] == "tiers"])
def test_tiers_leave_no_gap_and_do_not_overlap(code):
    tiers = ROWS[code]["scoring"]
    for value in range(12) if tiers["by"] == "count" else [n / 200 for n in range(201)]:
        assert len(points_at(tiers, value)) == 1, value


@pytest.mark.parametrize(
    ("code", "value", "points"),
    [
        ("1.1.1", 1, 2),
        ("1.1.1", 0.9999, 1),
        ("1.1.1", 0.8, 1),
        ("1.1.1", 0.7999, 0),
        ("1.3.1", 0.3, 1),
        ("1.3.1", 0.2999, 0),
        ("1.5", 4, 3),
        ("1.5", 2, 2),
        ("1.5", 0, 0),
        ("1.7", 1.0001, 3),
        ("1.7", 1, 1.5),
        ("1.7", 0.9999, 0),
        ("3.4.1", 0.98, 3),
        ("3.4.1", 0.9799, 1.5),
        ("3.4.1", 0.9499, 0),
        ("6.1.1", 0.95, 3),
        ("6.1.1", 0.7, 1.5),
        ("6.2.4", 0.5, 0.25),
        ("6.2.4", 0.6, 0.5),
        ("6.2.4", 0.8, 0.75),
        ("7.3.4", 0.95, 1),
        ("7.3.4", 1, 2),
    ],
)
def test_tiers_at_the_printed_bounds(code, value, points):
    assert points_at(ROWS[code]["scoring"], value) == [points]


def test_floors_deduction_and_reduced_maximum_are_those_of_the_guide():
    floors = {code: each["floor"] for code, row in ROWS.items() for each in objects(row["scoring"]) if "floor" in each}
    assert floors == {"7.3.6": 0.7, "7.3.8": 0.6}
    taken = {code: row["scoring"]["deductions"] for code, row in ROWS.items() if "deductions" in row["scoring"]}
    assert {code: [d["share_of_achieved"] for d in found] for code, found in taken.items()} == {"6.2.2": [0.5]}
    reduced = {code for code, row in ROWS.items() if row["scoring"].get("not_applicable")}
    assert reduced == {"4.2.2", "5.2.1", "5.2.2"}
    assert all(ROWS[code]["scoring"]["not_applicable"]["effect"] == "reduce_maximum" for code in reduced)
    full = {code for code, row in ROWS.items() if row["scoring"].get("when_zero") == "full"}
    assert full == {"1.6.2", "3.5.1", "6.1.3"}


# --- The rules ---


def test_pack_loads_without_a_fault():
    faults, notes = lint_pack(loaded(PACK))
    assert faults == []
    assert len(notes) == len(DATA.pack["notes"])
    assert {note.get("code") for note in DATA.pack["notes"]} <= set(DATA.nodes) | {None}


def test_every_def_is_used():
    assert unused_defs(DATA) == set()


@pytest.mark.parametrize("code", ROWS)
def test_evidence_is_well_formed(code):
    for _, entry in judged(ROWS[code]):
        assert {"match", "valid"} <= entry.keys()


TRUONG_SON = Bench(
    PACK,
    (
        UnitName("UBND xã Trường Sơn", datetime.date(2025, 7, 1)),
        UnitName("UBND xã Sơn Hạ", None, datetime.date(2025, 6, 30)),
    ),
    "UBND tỉnh Lâm Đồng",
)
UNIT = "UBND xã Trường Sơn"
PROVINCE = "tỉnh Lâm Đồng"

RIGHT = [
    ("1.1.1/ke-hoach", "KH", "Cải cách hành chính nhà nước năm 2025 trên địa bàn xã"),
    ("1.1.1/ke-hoach", "KH", "công tác CCHC 6 tháng cuối năm 2025"),
    ("1.1.1/ke-hoach", "QĐ", "Ban hành Kế hoạch cải cách hành chính năm 2025"),
    ("1.1.1/van-ban-trien-khai", "CV", "đẩy mạnh công tác cải cách hành chính những tháng cuối năm"),
    ("1.1.1/van-ban-trien-khai", "KH", "Tuyên truyền cải cách hành chính năm 2025"),
    ("1.2/bao-cao", "BC", "Công tác cải cách hành chính quý III năm 2025"),
    ("1.2/bao-cao", "BC", "kết quả thực hiện công tác CCHC năm 2025, nhiệm vụ năm 2026"),
    ("1.3.1/ke-hoach", "KH", "Kiểm tra công tác cải cách hành chính năm 2025"),
    ("1.3.1/ke-hoach", "QĐ", "Ban hành kế hoạch tự kiểm tra việc chấp hành kỷ luật, kỷ cương năm 2025"),
    ("1.3.1/ket-qua/bien-ban", "BB", "Kiểm tra CCHC tại phòng Kinh tế"),
    ("1.3.1/ket-qua/bao-cao", "BC", "Kết quả kiểm tra công tác CCHC năm 2025"),
    ("1.4.2/san-pham/van-ban", "GM", "Dự Hội nghị tập huấn cải cách hành chính"),
    ("1.5/ban-mo-ta/van-ban", "BC", "Mô tả giải pháp “Ngày thứ bảy vì dân”"),
    ("1.6.1/doi-thoai/van-ban", "TB", "Kết luận hội nghị đối thoại với người dân, hộ kinh doanh năm 2025"),
    ("1.7/giao-thu", "QĐ", "Giao dự toán ngân sách nhà nước năm 2025"),
    ("2.2.1/ke-hoach", "KH", "Theo dõi tình hình thi hành pháp luật năm 2025 trên địa bàn xã"),
    ("2.3/cong-bo", "QĐ", "Công bố danh mục VBQPPL hết hiệu lực năm 2024"),
    ("2.4.1/ke-hoach", "KH", "Kiểm tra, rà soát, hệ thống hoá văn bản quy phạm pháp luật năm 2025"),
    ("3.1.1/ke-hoach", "KH", "Hoạt động kiểm soát thủ tục hành chính năm 2025"),
    ("3.1.2/bao-cao", "BC", "Tình hình, kết quả thực hiện công tác kiểm soát TTHC quý III năm 2025"),
    ("3.1.3/ke-hoach", "KH", "Rà soát, đánh giá thủ tục hành chính năm 2025"),
    ("3.1.4/bao-cao/bao-cao-ra-soat", "BC", "Kết quả rà soát, đơn giản hóa TTHC năm 2025"),
    ("3.5.1/tra-loi", "CV", "trả lời phản ánh, kiến nghị của công dân"),
    ("4.1.1/quy-dinh", "QĐ", "Quy định chức năng, nhiệm vụ, quyền hạn và cơ cấu tổ chức của Phòng Kinh tế"),
    ("4.2.1/giao-bien-che", "QĐ", "Giao chỉ tiêu biên chế công chức năm 2025 cho UBND các xã"),
    ("5.2.1/dang-ky", "CV", "đăng ký nhu cầu tuyển dụng công chức năm 2025"),
    ("5.3/quyet-dinh", "QĐ", "Về việc bổ nhiệm công chức giữ chức vụ Trưởng phòng Kinh tế"),
    ("6.1.1/bao-cao", "BC", "Tình hình giải ngân kế hoạch vốn đầu tư công năm 2025"),
    ("6.2.1/quy-che", "QĐ", "Ban hành Quy chế quản lý, sử dụng tài sản công"),
    ("6.2.2/bao-cao", "BC", "Tình hình quản lý, sử dụng tài sản công năm 2024"),
    ("7.1/ke-hoach", "KH", "Chuyển đổi số năm 2025"),
    ("7.3.6/bao-cao", "BC", "Kết quả triển khai Đề án 06 và chuyển đổi số tháng 11 năm 2025"),
]
WRONG = [
    ("1.1.1/ke-hoach", "KH", "Cải cách hành chính năm 2026"),
    ("1.1.1/ke-hoach", "KH", "Tuyên truyền cải cách hành chính năm 2025"),
    ("1.1.1/ke-hoach", "KH", "Cải cách hành chính giai đoạn 2021-2025"),
    ("1.1.1/ke-hoach", "BC", "Cải cách hành chính năm 2025"),
    ("1.1.1/van-ban-trien-khai", "KH", "Cải cách hành chính năm 2025"),
    ("1.1.1/van-ban-trien-khai", "BC", "Công tác cải cách hành chính quý III năm 2025"),
    ("1.2/bao-cao", "BC", "Tự đánh giá, chấm điểm Chỉ số cải cách hành chính năm 2025"),
    ("1.2/bao-cao", "BC", "Công tác cải cách hành chính năm 2024 và phương hướng năm 2025"),
    ("1.3.1/ket-qua/thong-bao", "TB", "lịch kiểm tra công tác cải cách hành chính"),
    ("2.3/cong-bo", "QĐ", "Công bố danh mục VBQPPL hết hiệu lực năm 2023"),
    ("3.1.1/ke-hoach", "KH", "Phát triển kinh tế - xã hội năm 2025"),
    ("3.1.2/bao-cao", "BC", "Công tác kiểm soát TTHC năm 2024 và nhiệm vụ năm 2025"),
    ("5.3/quyet-dinh", "TB", "Bổ nhiệm công chức"),
    ("6.2.1/quy-che", "QĐ", "Quy định chức năng, nhiệm vụ của Phòng Kinh tế"),
    ("7.1/ke-hoach", "KH", "Chuyển đổi số năm 2026"),
]


@pytest.mark.parametrize(("path", "kind", "subject"), RIGHT)
def test_honest_title_is_a_candidate(path, kind, subject):
    assert TRUONG_SON.holds(path, "match", {"type": kind, "symbol": "1/X-UBND", "subject": subject}) is True


@pytest.mark.parametrize(("path", "kind", "subject"), WRONG)
def test_other_title_is_no_candidate(path, kind, subject):
    assert TRUONG_SON.holds(path, "match", {"type": kind, "symbol": "1/X-UBND", "subject": subject}) is False


def issued(**changes: Any) -> dict[str, Any]:
    facts = {
        "symbol": "1/X-UBND",
        "issued_on": "2025-09-15",
        "signer": {"name": "A"},
        "issuer": UNIT,
        "parent": PROVINCE,
        "draft": False,
        "signatures": [{"kind": "pdf"}],
    }
    return facts | changes


@pytest.mark.parametrize(
    ("path", "issued_on", "right"),
    [
        ("1.1.1/ke-hoach", "2024-12-30", True),
        ("1.1.1/ke-hoach", "2025-07-15", True),
        ("1.1.1/ke-hoach", "2025-12-05", True),
        ("1.1.1/ke-hoach", "2025-12-06", False),
        ("1.2/bao-cao", "2025-06-30", False),
        ("1.2/bao-cao", "2025-07-01", True),
        ("3.4.1/bao-cao", "2025-06-30", True),
        ("3.4.1/bao-cao", "2024-12-31", False),
        ("5.1.1/phe-duyet", "2023-05-10", True),
    ],
)
def test_dates_are_those_of_the_letter(path, issued_on, right):
    assert TRUONG_SON.holds(path, "valid", issued(issued_on=issued_on)) is right


OWN_BODIES = [
    ("1.1.1/ke-hoach", "Ủy ban nhân dân xã Trường Sơn", PROVINCE, True),
    ("1.1.1/ke-hoach", "Chủ tịch UBND xã Trường Sơn", PROVINCE, True),
    ("1.2/bao-cao", "Văn phòng HĐND và UBND", UNIT, True),
    ("3.1.2/bao-cao", "Trung tâm Phục vụ hành chính công", UNIT, True),
    ("6.1.1/bao-cao", "Phòng Kinh tế", UNIT, True),
    # The party committee and the council name neither the commune's UBND nor a body under it: not decided.
    ("7.1/ke-hoach", "Đảng ủy xã Trường Sơn", "Đảng bộ tỉnh Lâm Đồng", None),
    ("4.3.1/van-ban", "Hội đồng nhân dân xã Trường Sơn", PROVINCE, None),
]
OTHERS = [
    ("1.1.1/ke-hoach", "UBND xã Khác", PROVINCE, False),
    ("1.1.1/ke-hoach", "UBND tỉnh Lâm Đồng", None, False),
    ("4.1.1/quy-dinh", "Phòng Kinh tế", UNIT, False),
    ("6.1.1/bao-cao", "Bộ Tài chính", None, False),
    ("5.1.1/phe-duyet", "UBND tỉnh Lâm Đồng", None, True),
]


@pytest.mark.parametrize(("path", "issuer", "parent", "right"), OWN_BODIES + OTHERS)
def test_issuer_is_the_commune_or_a_body_of_it(path, issuer, parent, right):
    assert TRUONG_SON.holds(path, "valid", issued(issuer=issuer, parent=parent)) is right


@pytest.mark.parametrize(("path", "issuer", "parent", "_right"), OWN_BODIES)
def test_a_body_of_a_unit_named_with_its_province_is_never_refused(path, issuer, parent, _right):
    bench = Bench(PACK, (UnitName("UBND xã Trường Sơn, tỉnh Lâm Đồng"),))
    assert bench.holds(path, "valid", issued(issuer=issuer, parent=parent)) is not False


def test_before_the_merger_the_issuer_is_not_judged():
    old = issued(issuer="UBND huyện Cũ", parent=None, issued_on="2025-06-30")
    assert TRUONG_SON.holds("1.1.1/ke-hoach", "valid", old) is True
    assert TRUONG_SON.holds("1.1.1/ke-hoach", "valid", old | {"issued_on": "2025-07-01"}) is False
    assert TRUONG_SON.holds("1.1.1/ke-hoach", "valid", old | {"issuer": "UBND xã Sơn Hạ"}) is True


def test_a_document_needs_number_date_signer_and_signature():
    assert TRUONG_SON.holds("1.1.1/ke-hoach", "valid", issued()) is True
    assert TRUONG_SON.holds("1.1.1/ke-hoach", "valid", issued(draft=True)) is False
    for name in ("symbol", "issued_on", "signer", "issuer"):
        assert TRUONG_SON.holds("1.1.1/ke-hoach", "valid", issued(**{name: None})) is False


def test_an_appendix_must_be_signed_and_a_picture_need_not():
    loose = {"draft": False, "signatures": []}
    assert TRUONG_SON.holds("3.4.1/phu-luc/phu-luc-roi", "match", {}) is None
    assert TRUONG_SON.holds("3.4.1/phu-luc/phu-luc-roi", "match", {"type": "PHỤ LỤC"}) is True
    assert TRUONG_SON.holds("3.4.1/phu-luc/phu-luc-roi", "valid", loose, WORD) is False
    assert TRUONG_SON.holds("3.4.1/phu-luc/phu-luc-roi", "valid", loose | {"marks": {"ink": True}}) is True
    assert TRUONG_SON.holds("1.4.2/san-pham/san-pham-roi", "valid", loose, "image/jpeg") is True
