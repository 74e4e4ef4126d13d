# SPDX-License-Identifier: Apache-2.0
"""The pack on Nghị quyết 57 (communes, 2026) against the figures of its source and the titles that communes write.

Source: a secondary copy of Phụ lục 3, Quy định 11-QĐ/TU.
"""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from packdata import Bench, best, judged, letters, loaded, objects, plain, points_at, unused_defs

from parcheck.rules.lint import lint_pack
from parcheck.submission import UnitName, Upstream

PACK = "xa-nq57-2026"
DATA = plain(PACK)
ROWS = DATA.rows

# Maximum of each row; what a penalty takes away stands in PENALTIES.
POINTS = """
I.1=3 I.2.1=1 I.2.2=1 I.3=3 I.4=2 II.1.1=10 II.1.2=10 II.1.3=10 II.2=8 II.3.1=4 II.3.2=4 II.4.1=3 II.4.2=5
II.5.1=4 II.5.2=4 II.6=10 II.7=3 IV.1=2 IV.2=1 IV.3.1=6 IV.3.2=3 IV.3.3=1 IV.3.4=1 IV.3.5=1 V.1=0 V.2=0 V.3=0
V.4=0
"""
OFFICIAL = {code: float(points) for code, points in (pair.split("=") for pair in POINTS.split())}
FIELDS = {"I": 10, "II": 75, "IV": 15, "V": 0}
PENALTIES = {"V.2": -1, "V.3": -0.5, "V.4": -1}


# --- The set itself ---


def test_rows_and_points_are_those_of_the_source():
    assert {code: row["points"] for code, row in ROWS.items()} == OFFICIAL
    assert list(ROWS) == list(OFFICIAL)
    assert {field["code"]: field["points"] for field in DATA.fields} == FIELDS


def test_points_add_up_at_every_level():
    for code, node in DATA.nodes.items():
        if "criteria" in node:
            assert sum(child["points"] for child in node["criteria"]) == pytest.approx(node["points"]), code


def test_base_and_bonus():
    bonus = sum(row["points"] for row in ROWS.values() if row["scoring"]["kind"] == "bonus")
    assert DATA.pack["bonus_points"] == bonus == 15
    assert sum(row["points"] for row in ROWS.values()) == DATA.pack["total_points"] == 100
    assert {code for code, row in ROWS.items() if row["scoring"]["kind"] == "bonus"} == {
        code for code in ROWS if code.startswith("IV.")
    }


@pytest.mark.parametrize("code", ROWS)
def test_scoring_reaches_exactly_the_points(code):
    row = ROWS[code]
    assert best(row["scoring"]) == pytest.approx(row["points"])
    assert letters(row["scoring"]) == set(row.get("figures", ()))


def test_penalties_take_away_and_are_not_the_units_to_score():
    rows = {code: row for code, row in ROWS.items() if row["scoring"]["kind"] == "penalty"}
    assert rows.keys() == {code for code in ROWS if code.startswith("V.")}
    assert {row["assessed"] for row in rows.values()} == {"authority"}
    assert {code: row["scoring"]["points"] for code, row in rows.items() if "points" in row["scoring"]} == PENALTIES
    late = rows["V.1"]["scoring"]
    assert (late["by"], late["due"], late["closes"]) == ("days_late", "${year}-12-15", "${year}-12-20")
    assert late["tiers"] == [{"from": 1, "to": 2, "points": -1}, {"from": 3, "points": -1, "per": "day"}]


def test_the_plan_is_due_by_the_day_of_the_provinces_plan():
    scoring = ROWS["I.1"]["scoring"]
    bands = [(band["within"], band["points"]) for band in scoring["bands"]]
    assert bands == [({"days": 30, "of": "ke-hoach-tinh"}, 3), ({"days": 60, "of": "ke-hoach-tinh"}, 1.5)]
    assert scoring["otherwise"] == 0
    assert scoring["evidence"] in {entry["id"] for entry in ROWS["I.1"]["evidence"]}


def test_where_nothing_arose_the_maximum_is_reduced():
    reduced = {code for code, row in ROWS.items() if row["scoring"].get("not_applicable")}
    assert reduced == {"I.2.1", "II.2", "II.6"}
    assert all(ROWS[code]["scoring"]["not_applicable"]["effect"] == "reduce_maximum" for code in reduced)


def test_the_scale_of_training_depends_on_the_plan():
    scoring = ROWS["II.4.2"]["scoring"]
    assert scoring["row"] in ROWS
    assert [case["reached"] for case in scoring["cases"]] == [3, 0]
    assert [best(case["scoring"]) for case in scoring["cases"]] == [5, 2]


def test_disbursement_is_linear_up_to_its_target():
    scoring = ROWS["II.6"]["scoring"]
    assert (scoring["target"], scoring["floor"], scoring["round"], scoring["sum_points"]) == (0.85, 0.6, 2, {"b": 10})


@pytest.mark.parametrize(
    ("code", "value", "points"),
    [
        ("I.2.1", 0.3, 1),
        ("I.2.1", 0.2999, 0.5),
        ("I.2.1", 0.25, 0.5),
        ("I.2.1", 0.2499, 0.25),
        ("I.2.1", 0, 0),
        ("I.4", 2, 2),
        ("I.4", 1, 1),
        ("II.1.1", 1, 10),
        ("II.1.1", 0.9999, 8),
        ("II.1.1", 0.9, 8),
        ("II.1.1", 0.7, 4),
        ("II.1.1", 0.6999, 0),
        ("II.4.2", 1, 5),
        ("II.4.2", 0.85, 4),
        ("II.4.2", 0.6, 3),
        ("II.4.2", 0.5999, 2),
        ("II.4.2", 0, 0),
        ("II.5.1", 100, 4),
        ("II.5.1", 99, 3),
        ("II.5.1", 49, 2),
        ("II.5.1", 0, 0),
        ("IV.3.2", 5, 3),
        ("IV.3.2", 4, 1.5),
        ("IV.3.2", 1, 0),
    ],
)
def test_tiers_at_the_printed_bounds(code, value, points):
    tiers = next(each for each in objects(ROWS[code]["scoring"]) if each["kind"] == "tiers")
    assert points_at(tiers, value) == [points]


# --- The rules ---


def test_pack_loads_without_a_fault():
    faults, notes = lint_pack(loaded(PACK))
    assert faults == []
    assert len(notes) == len(DATA.pack["notes"])
    assert {note.get("code") for note in DATA.pack["notes"]} <= set(DATA.nodes) | {None}
    assert "thứ cấp" in DATA.pack["sources"]["secondary"]["note"]


def test_every_def_is_used():
    assert unused_defs(DATA) == set()


@pytest.mark.parametrize("code", ROWS)
def test_row_has_its_source_and_its_proof(code):
    row = ROWS[code]
    assert row["source"] == {"secondary": {"row": code}}
    assert row["evidence"]
    for _, entry in judged(row):
        assert {"match", "valid"} <= entry.keys()


PLAN = Upstream("ke-hoach-tinh", "12-KH/TU", datetime.date(2026, 1, 31))
CONG_SON = Bench(PACK, (UnitName("UBND xã Cồng Sơn"),), "UBND tỉnh Khánh Hòa", (PLAN,))
UNIT = "UBND xã Cồng Sơn"

RIGHT = [
    ("I.1/ke-hoach", "KH", "Thực hiện Nghị quyết số 57-NQ/TW của Bộ Chính trị năm 2026"),
    ("I.1/ke-hoach", "KH", "thực hiện Nghị quyết 57-NQ/TW giai đoạn 2025 - 2030 trên địa bàn xã"),
    ("I.1/ke-hoach", "QĐ", "Ban hành Kế hoạch phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số"),
    ("I.2.1/ke-hoach", "CTr", "Kiểm tra, giám sát năm 2026 của Đảng ủy"),
    ("I.3/bao-cao-ky.quy-1", "BC", "Kết quả thực hiện Nghị quyết số 57-NQ/TW quý I năm 2026, nhiệm vụ quý II"),
    ("I.3/bao-cao-ky.6-thang", "BC", "Tình hình thực hiện Nghị quyết 57 sáu tháng, quý II năm 2026"),
    ("I.3/bao-cao-ky.quy-3", "BC", "Công tác chuyển đổi số 9 tháng năm 2026"),
    ("I.3/bao-cao-nam", "BC", "Kết quả thực hiện Nghị quyết số 57-NQ/TW năm 2026, nhiệm vụ năm 2027"),
    ("I.4/cong-nhan", "QĐ", "Công nhận sáng kiến cấp cơ sở năm 2026"),
    ("II.2/gop-y", "CV", "góp ý dự thảo Nghị quyết của HĐND tỉnh"),
    ("II.4.1/ke-hoach", "KH", "Đào tạo, bồi dưỡng kỹ năng số năm 2026"),
    ("II.6/cap-kinh-phi", "QĐ", "Giao dự toán ngân sách năm 2026"),
    ("II.7/bao-cao", "BC", "Tự đánh giá kết quả thực hiện Nghị quyết số 57-NQ/TW năm 2026"),
    ("IV.3.5/phe-duyet", "QĐ", "Phê duyệt danh mục nhiệm vụ khoa học và công nghệ năm 2027"),
]
WRONG = [
    ("I.1/ke-hoach", "KH", "Thực hiện Nghị quyết số 57-NQ/TW năm 2025"),
    ("I.1/ke-hoach", "BC", "Thực hiện Nghị quyết số 57-NQ/TW năm 2026"),
    ("I.1/ke-hoach", "KH", "Phát triển kinh tế - xã hội năm 2026"),
    ("I.3/bao-cao-ky.quy-1", "BC", "Kết quả thực hiện Nghị quyết số 57-NQ/TW quý III năm 2026"),
    ("I.3/bao-cao-nam", "BC", "Kết quả thực hiện Nghị quyết số 57-NQ/TW 6 tháng đầu năm 2026"),
    ("I.4/cong-nhan", "QĐ", "Công nhận kết quả thi đua năm 2026"),
    ("II.4.1/ke-hoach", "KH", "Đào tạo, bồi dưỡng năm 2025"),
    ("II.6/bao-cao", "BC", "Giải ngân vốn đầu tư công năm 2025"),
]


@pytest.mark.parametrize(("path", "kind", "subject"), RIGHT)
def test_honest_title_is_a_candidate(path, kind, subject):
    assert CONG_SON.holds(path, "match", {"type": kind, "symbol": "1/X-UBND", "subject": subject}) is True


@pytest.mark.parametrize(("path", "kind", "subject"), WRONG)
def test_other_title_is_no_candidate(path, kind, subject):
    assert CONG_SON.holds(path, "match", {"type": kind, "symbol": "1/X-UBND", "subject": subject}) is False


def issued(**changes: Any) -> dict[str, Any]:
    facts = {
        "type": "KH",
        "symbol": "1/X-UBND",
        "issued_on": "2026-02-15",
        "signer": {"name": "A"},
        "issuer": UNIT,
        "parent": "tỉnh Khánh Hòa",
        "draft": False,
        "signatures": [{"kind": "pdf"}],
    }
    return facts | changes


@pytest.mark.parametrize(
    ("path", "issued_on", "right"),
    [
        ("I.1/ke-hoach", "2026-04-01", True),
        ("I.1/ke-hoach", "2026-04-02", False),
        ("II.7/bao-cao", "2026-12-15", True),
        ("II.7/bao-cao", "2026-12-16", False),
        ("II.7/bao-cao", "2025-12-31", False),
        ("I.3/bao-cao-ky.quy-1", "2027-01-02", False),
        ("II.6/cap-kinh-phi", "2025-12-10", True),
    ],
)
def test_dates_are_as_strict_as_the_source(path, issued_on, right):
    assert CONG_SON.holds(path, "valid", issued(issued_on=issued_on)) is right


def test_without_the_provinces_plan_nothing_is_said_of_the_deadline():
    bench = Bench(PACK, CONG_SON.unit)
    assert bench.holds("I.1/ke-hoach", "valid", issued(issued_on="2026-11-30")) is None


@pytest.mark.parametrize(
    ("path", "issuer", "parent", "right"),
    [
        ("I.1/ke-hoach", UNIT, "tỉnh Khánh Hòa", True),
        ("I.1/ke-hoach", "Đảng ủy xã Cồng Sơn", "Đảng bộ tỉnh Khánh Hòa", None),
        ("II.1.1/bao-cao", "Phòng Văn hóa - Xã hội", UNIT, True),
        ("II.1.1/bao-cao", "Bộ Khoa học và Công nghệ", None, False),
        ("IV.1/van-ban-tinh", "UBND tỉnh Khánh Hòa", None, True),
        ("IV.1/van-ban-tinh", UNIT, None, False),
        ("IV.3.1/xac-nhan", "Sở Khoa học và Công nghệ", "UBND tỉnh Khánh Hòa", True),
        ("IV.3.1/xac-nhan", UNIT, "tỉnh Khánh Hòa", False),
    ],
)
def test_issuer_is_whom_the_source_names(path, issuer, parent, right):
    assert CONG_SON.holds(path, "valid", issued(issuer=issuer, parent=parent)) is right
