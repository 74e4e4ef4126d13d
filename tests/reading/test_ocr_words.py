# SPDX-License-Identifier: Apache-2.0
"""From tesseract's words to lines: columns, dirt, digits that can be vouched for, slips against closed lists."""

from __future__ import annotations

import pytest

pytest.importorskip("numpy")

from parcheck_plugins.ocr import assemble, repair, vouching
from parcheck_plugins.ocr.engine import Word


def words(text, *, top=0, line=0, left=0, gap=10, confidence=0.95):
    found = []
    for token in text.split():
        found.append(Word(token, confidence, (left, top, left + 10 * len(token), top + 20), line))
        left += 10 * len(token) + gap
    return found


def test_columns_are_cut_apart():
    row = [*words("SỞ NỘI VỤ"), *words("Độc lập", left=300)]
    assert [r.text for r in assemble.rows(row)] == ["SỞ NỘI VỤ", "Độc lập"]


def test_a_gap_filled_in_by_hand_does_not_cut():
    row = [*words("Số:"), *words("/KH-UBND", left=100)]
    assert [r.text for r in assemble.rows(row)] == ["Số: /KH-UBND"]
    row = [*words("Huế, ngày"), *words("tháng 3 năm 2025", left=180)]
    assert [r.text for r in assemble.rows(row)] == ["Huế, ngày tháng 3 năm 2025"]


def test_specks_and_scrawl_are_left_out():
    row = [*words("~ ¬", confidence=0.3), *words("QUYẾT ĐỊNH", left=60), *words("l", left=400, confidence=0.1)]
    assert [r.text for r in assemble.rows(row)] == ["QUYẾT ĐỊNH"]


def test_a_stamp_before_the_words_is_cut_off():
    row = [*words("TRUNQ TÂN CÔHG", confidence=0.4), *words("Về việc tăng cường công tác", left=160)]
    assert [r.text for r in assemble.rows(row)] == ["Về việc tăng cường công tác"]


@pytest.mark.parametrize(
    ("first", "others", "sure"),
    [
        ("Số: 45/KH-UBND", ["Số: 45/KH-UBND", "Số: 45 /KH-UBND"], "Số: 45/KH-UBND"),
        ("Số: 146 /QĐ-TTg", ["Số: 1⁄6 /QĐ-TTg", "Số: #6 /QĐ-TTg"], "Số: …/QĐ-TTg"),
        ("Số: 45/KH-UBND", ["Số: 48/KH-UBND", "Số: 45/KH-UBND"], "Số: …/KH-UBND"),
        ("Số: 2652 /QĐÐ-BGDĐT", ["Số: 2652 /QĐ-BGDĐT", "Số: 2652 /QĐ-BGDĐT"], "Số: 2652/QĐ-BGDĐT"),
        ("2023/TT-BCA", ["x/2023/TT-BCA", "2023/TT-BCA"], "… /TT-BCA"),
        ("/CT-UBND", ["/CT-UBND", "/CT-UBND"], "Số: …/CT-UBND"),
        ("Số: 45KH-UBND", ["Số: 45/KH-UBND", "Số: 45/KH-UBND"], "Số: 45/KH-UBND"),
    ],
)
def test_only_numbers_that_every_look_confirms_are_given(first, others, sure):
    assert vouching.is_number(first)
    assert vouching.number(first, others)[0] == sure


@pytest.mark.parametrize(
    ("first", "others", "sure"),
    [
        (
            "Hà Nội, ngày 17 tháng 9 năm 2025",
            ["Hà Nội, ngày 17 tháng 9 năm 2025"] * 2,
            "Hà Nội, ngày 17 tháng 9 năm 2025",
        ),
        (
            "Hà Nội, ngày 1Š tháng 6 năm 2021",
            ["Hà Nội, ngày 4Š tháng 6 năm 2021", "Hà Nội, ngày 45 tháng 6 năm 2021"],
            "Hà Nội, ngày … tháng 6 năm 2021",
        ),
        (
            "Huế, ngày15 tháng 5 năm 2025",
            ["Huế, ngày 15 tháng Š năm 2025", "Huế, ngày 15 tháng 5 năm 2025"],
            "Huế, ngày 15 tháng 5 năm 2025",
        ),
        ("Huế, ngày 45 tháng 5 năm 2025", ["Huế, ngày 45 tháng 5 năm 2025"] * 2, "Huế, ngày … tháng 5 năm 2025"),
    ],
)
def test_only_days_that_every_look_confirms_are_given(first, others, sure):
    assert vouching.is_date(first)
    assert vouching.date(first, others)[0] == sure


@pytest.mark.parametrize(
    "text", ["Căn cứ Luật Cư trú ngày 13 tháng 11 năm 2020", "địa phương ngày 22 tháng 11 năm 2019"]
)
def test_a_date_in_a_sentence_is_not_that_of_the_letterhead(text):
    assert not vouching.is_date(text)


def test_a_name_needs_two_looks_that_agree():
    assert vouching.name("Vũ Đức Đam", ["Vũ Đức Đam", "Vủ Đức Đam"]) == ("Vũ Đức Đam", True)
    assert vouching.name("Văn Hùng", ["#rần Văn Hùng", "Tiần Văn Hùng"])[1] is False


@pytest.mark.parametrize(
    ("seen", "right", "known"),
    [
        ("TINH QUANG NGAI", "TỈNH QUẢNG NGÃI", True),
        ("TĨNH QUẢNG NGÁAI", "TỈNH QUẢNG NGÃI", True),
        ("ÚY BAN NHÂN DÂN TỈNH GIA LAI", "ỦY BAN NHÂN DÂN TỈNH GIA LAI", True),
        ("CHỦTỊCH", "CHỦ TỊCH", True),
        ("KT. CHỦ TỊCH", "KT. CHỦ TỊCH", True),
        ("CÔNG TY QUANG MINH", "CÔNG TY QUANG MINH", False),
        ("QUẢNG NAI", "QUẢNG NAI", False),
        ("CHINHPHU.VN", "CHINHPHU.VN", False),
        ("Tinh Quang Ngai", "Tinh Quang Ngai", False),
    ],
)
def test_capitals_are_put_right_only_against_closed_lists(seen, right, known):
    assert repair.capitals(seen) == (right, known)


@pytest.mark.parametrize(
    ("seen", "right"),
    [
        ("Số: 45/QD-UBND", "Số: 45/QĐ-UBND"),
        ("Số: 45/TIr-UBND", "Số: 45/TTr-UBND"),
        ("Số: 45/TTR-UBND", "Số: 45/TTr-UBND"),
        ("Số: 45/SNV-VP", "Số: 45/SNV-VP"),
        ("Số: 5/TT-BNV", "Số: 5/TT-BNV"),
    ],
)
def test_the_type_in_a_sign_is_put_right(seen, right):
    assert repair.sign(seen) == right


def test_a_rank_before_a_name_is_put_right():
    assert repair.rank("Đạt tướng Tô Lâm") == "Đại tướng Tô Lâm"
    assert repair.rank("Nguyễn Văn Hùng") == "Nguyễn Văn Hùng"


@pytest.mark.parametrize(
    "title",
    [
        "Báo cáo kết quả 6 tháng đầu năm 2025",
        "Kết quả công tác cải cách hành chính 6 tháng đầu năm 2025",
        "Báo cáo công tác tháng 6 năm 2025",
        "Tình hình, kết quả 6 tháng cuối năm 2025",
        "Về việc triển khai nhiệm vụ trọng tâm ngày 05 tháng 3 năm 2025",
    ],
)
def test_month_and_year_in_a_title_are_no_date_of_issue(title):
    assert not vouching.is_date(title)


@pytest.mark.parametrize(
    "line",
    [
        "Hà Nội, ngày 05 tháng 3 năm 2025",
        "Quảng Ngãi, ngày tháng 02 năm 2025",
        "Quảng Ngãi ngàyÁ tháng 3 năm 2025",
        "Lâm Đồng, tháng 3 năm 2025",
    ],
)
def test_place_and_date_are_known_however_the_day_came_out(line):
    assert vouching.is_date(line)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Trần Văn Hùng", "Trần Văn Hùng"),
        ("Đương Thị Trà", "Dương Thị Trà"),
        ("Dượng Thị Tuấn", "Dương Thị Tuấn"),
        ("Tấn Giang", None),
        ("Thị Thanh Trà", None),
        ("Văn Thọ", None),
        ("Đương Øuốc Linh", None),
        ("Trần Lzu Quang", None),
        ("K'Brèo", "K'Brèo"),
        ("Ksor Phước", "Ksor Phước"),
    ],
)
def test_family_names_are_put_right_or_refused(text, name):
    assert repair.surname(text) == name


@pytest.mark.parametrize(
    ("text", "right"), [("Nơi nhộn:", "Nơi nhận:"), ("Nơi nhận:", "Nơi nhận:"), ("Nội dung:", "Nội dung:")]
)
def test_receivers_line_is_put_right(text, right):
    assert repair.receivers(text) == right


def test_name_of_which_another_look_says_otherwise_is_not_sure():
    assert vouching.name("Hà Hữu Sơn", ["Hà Hữu Sơn", "Hà Hữu Sưn"]) == ("Hà Hữu Sơn", False)
    assert vouching.name("Hà Hữu Sơn", ["Hà Hữu Son", "/ Hữu S0n"]) == ("Hà Hữu Sơn", True)
