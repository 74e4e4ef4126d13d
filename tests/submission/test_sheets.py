# SPDX-License-Identifier: Apache-2.0
"""Self-assessments as units really lay them out: headings, merged cells, several tables, workbooks."""

from __future__ import annotations

import sys

import pytest
from tests.submission.make_assessment import HEADINGS, excel, read, tables, word

from parcheck.errors import BadSubmission
from parcheck_plugins.submissions.assessing import number
from parcheck_plugins.submissions.columns import role_of
from parcheck_plugins.submissions.forms import read_sheet

PLAN = "Kế hoạch số 12/KH-UBND ngày 10/01/2025 của UBND tỉnh về CCHC năm 2025"
REPORT = "Báo cáo số 90/BC-UBND ngày 15/12/2025 của UBND tỉnh về CCHC năm 2025"
ROWS = [
    ["1", "CHỈ ĐẠO, ĐIỀU HÀNH", "2.00", "2.00", ""],
    ["1.1", "Thực hiện kế hoạch CCHC", "1.50", "1,5", PLAN],
    ["1.2", "Thực hiện chế độ báo cáo", "0.50", "0.50", REPORT],
]


def seen(path):
    return [(row.code, row.claimed, [one.facts["symbol"] for one in row.cited]) for row in read(path).rows]


USUAL = [("1", 2.0, []), ("1.1", 1.5, ["12/KH-UBND"]), ("1.2", 0.5, ["90/BC-UBND"])]


def test_the_usual_table(tmp_path):
    title = ["BẢNG TỔNG HỢP KẾT QUẢ TỰ ĐÁNH GIÁ, CHẤM ĐIỂM", "NĂM 2025 CỦA ỦY BAN NHÂN DÂN TỈNH TRƯỜNG GIANG"]
    path = word(tmp_path / "a.docx", [HEADINGS, *ROWS], title=title)
    assert seen(path) == USUAL
    assert (read(path).unit, read(path).year) == ("ỦY BAN NHÂN DÂN TỈNH TRƯỜNG GIANG", 2025)


@pytest.mark.parametrize(
    "headings",
    [
        ["STT", "Nội dung tiêu chí", "Điểm tối đa", "Điểm tự chấm", "Minh chứng"],
        ["Mã số", "Tên tiêu chí", "Thang điểm", "Điểm đơn vị tự đánh giá", "TLKC"],
        ["Số TT", "Tiêu chí, tiêu chí thành phần", "Điểm chuẩn", "Tự chấm", "Tài liệu chứng minh"],
        ["TT", "LĨNH VỰC/TIÊU CHÍ", "ĐIỂM", "ĐIỂM TỰ ĐÁNH GIÁ CỦA ĐƠN VỊ", "HỒ SƠ, VĂN BẢN KIỂM CHỨNG"],
    ],
)
def test_other_wordings_of_headings(tmp_path, headings):
    assert seen(word(tmp_path / "a.docx", [headings, *ROWS])) == USUAL


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Điểm thẩm định", "ignored"),
        ("Điểm Hội đồng thẩm định", "ignored"),
        ("Cách tính điểm", "ignored"),
        ("Các yêu cầu và tài liệu kiểm chứng", "asked"),
        ("Tài liệu kiểm chứng\n(Số, ký hiệu, Phụ lục giải trình)", "evidence"),
        ("Giải trình", "explanation"),
        ("Ghi chú", "note"),
        ("Kết quả thực hiện", "result"),
        ("Họ và tên", None),
    ],
)
def test_roles_of_headings(heading, role):
    assert role_of(heading) == role


def test_a_heading_of_two_rows(tmp_path):
    rows = [
        ["TT", "Tiêu chí", "Điểm", "", "Tài liệu kiểm chứng"],
        ["", "", "Điểm chuẩn", "Tự chấm", ""],
        ["(1)", "(2)", "(3)", "(4)", "(5)"],
        *ROWS,
    ]
    merge = [((0, 2), (0, 3)), ((0, 0), (1, 0)), ((0, 1), (1, 1)), ((0, 4), (1, 4))]
    assert seen(word(tmp_path / "a.docx", rows, merge=merge)) == USUAL


def test_more_columns_and_another_order(tmp_path):
    headings = ["TT", "Tiêu chí", "Tài liệu kiểm chứng", "Điểm chuẩn", "Điểm tự chấm", "Điểm thẩm định", "Ghi chú"]
    rows = [[r[0], r[1], r[4], r[2], r[3], "9,99", ""] for r in ROWS]
    assert seen(word(tmp_path / "a.docx", [headings, *rows])) == USUAL


def test_headings_repeated_on_the_next_page_and_a_table_that_goes_on(tmp_path):
    path = word(tmp_path / "a.docx", [HEADINGS, *ROWS[:2], HEADINGS], ROWS[2:])
    assert seen(path) == USUAL


def test_another_table_is_left_alone(tmp_path):
    other = [["TT", "Họ và tên", "Chức vụ", "Đơn vị", "Ký tên"], ["1", "A", "B", "C", "D"]]
    assert seen(word(tmp_path / "a.docx", other, [HEADINGS, *ROWS], other)) == USUAL
    assert read(word(tmp_path / "b.docx", other)) is None


def test_totals_are_no_rows(tmp_path):
    path = word(
        tmp_path / "a.docx", [HEADINGS, *ROWS, ["", "Tổng cộng", "2.00", "2.00", ""], ["", "TỔNG ĐIỂM", "2", "2", ""]]
    )
    assert seen(path) == USUAL


def test_a_row_that_goes_on_below(tmp_path):
    rows = [HEADINGS, ["1.1", "Thực hiện kế hoạch CCHC", "1.50", "1.50", PLAN], ["", "", "", "", REPORT]]
    assert seen(word(tmp_path / "a.docx", rows)) == [("1.1", 1.5, ["12/KH-UBND", "90/BC-UBND"])]


def test_a_criterion_merged_over_several_rows_of_evidence(tmp_path):
    rows = [HEADINGS, ["1.1", "Thực hiện kế hoạch CCHC", "1.50", "1.50", PLAN], ["", "", "", "", REPORT]]
    merge = [((1, column), (2, column)) for column in range(4)]
    assert seen(word(tmp_path / "a.docx", rows, merge=merge)) == [("1.1", 1.5, ["12/KH-UBND", "90/BC-UBND"])]


def test_evidence_merged_over_several_criteria_is_that_of_each(tmp_path):
    path = word(tmp_path / "a.docx", [HEADINGS, *ROWS], merge=[((2, 4), (3, 4))])
    assert seen(path) == [("1", 2.0, []), ("1.1", 1.5, ["12/KH-UBND"]), ("1.2", 0.5, ["12/KH-UBND"])]


def test_a_column_of_explanations(tmp_path):
    rows = [[*HEADINGS, "Giải trình"], [*ROWS[1], "Chờ hướng dẫn của cấp trên"]]
    (row,) = read(word(tmp_path / "a.docx", rows)).rows
    assert row.explanation == "Chờ hướng dẫn của cấp trên"


def test_a_workbook(tmp_path):
    rows = [
        ["BẢNG TỰ CHẤM ĐIỂM NĂM 2025 CỦA UBND XÃ BÌNH AN"],
        [],
        HEADINGS,
        ["1", "CHỈ ĐẠO, ĐIỀU HÀNH", 2, 2],
        [1.1, "Thực hiện kế hoạch CCHC", 1.5, 1.5, PLAN],
        ["1.2", "Thực hiện chế độ báo cáo", 0.5, 0.5, REPORT],
    ]
    path = excel(tmp_path / "a.xlsx", rows)
    found = read(path)
    assert [(row.code.replace(",", "."), row.claimed, len(row.cited)) for row in found.rows] == [
        ("1", 2.0, 0),
        ("1.1", 1.5, 1),
        ("1.2", 0.5, 1),
    ]
    assert (found.unit, found.year) == ("UBND XÃ BÌNH AN", 2025)


def test_merged_cells_of_a_workbook(tmp_path):
    rows = [HEADINGS, ["1.1", "Kế hoạch", 1.5, 1.5], ["1.2", "Báo cáo", 0.5, 0.5]]
    path = excel(tmp_path / "a.xlsx", rows, merge=[(1, 4, 2, 4, PLAN)])
    assert [len(row.cited) for row in read(path).rows] == [1, 1]


def test_a_workbook_without_the_reader_says_what_to_install(tmp_path, monkeypatch):
    path = excel(tmp_path / "a.xlsx", [HEADINGS])
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    with pytest.raises(BadSubmission) as error:
        read_sheet(path, {}, tables)
    assert error.value.code == "excel-missing"
    assert "parcheck[excel]" in error.value.say("vi")


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx"])
def test_a_file_that_is_no_such_file(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(b"PK\x03\x04 not a package")
    with pytest.raises(BadSubmission) as error:
        read_sheet(path, {}, tables)
    assert error.value.code == "sheet-unreadable"


@pytest.mark.parametrize(
    ("text", "value"),
    [("1,5", 1.5), ("0.25", 0.25), ("1,50 điểm", 1.5), ("2", 2.0), ("0", 0.0), ("-", None), ("", None), ("x", None)],
)
def test_points(text, value):
    assert number(text) == value
