# SPDX-License-Identifier: Apache-2.0
"""The small parts of `rules import`: labels, points, headings, lines of evidence, ways of scoring."""

from __future__ import annotations

import pytest

from parcheck.reading.grids import Cell, Grid
from parcheck.rules.importing.columns import find_heading, role_of
from parcheck.rules.importing.evidence import Guesser, evidence_lines
from parcheck.rules.importing.labels import label_of, leading_label, points_behind, points_in, roman_value
from parcheck.rules.importing.nodes import split_name
from parcheck.rules.importing.scoring import scoring_of

TYPES = {
    "KH": "Kế hoạch",
    "BC": "Báo cáo",
    "QĐ": "Quyết định",
    "CV": "Công văn",
    "BB": "Biên bản",
    "TB": "Thông báo",
    "KL": "Kết luận",
}


@pytest.mark.parametrize(
    ("text", "kind", "code"),
    [
        ("1.1.1.", "dotted", "1.1.1"), ("I.", "roman", "I"), ("IV", "roman", "IV"), ("A", "upper", "A"),
        ("TC 2.2.-", "dotted", "2.2"), ("a)", "letter", "a"), ("-", "dash", ""), ("1,1", "dotted", "1.1"),
        ("12", "plain", "12"), ("I.2.1", "dotted", "I.2.1"), ("Lĩnh vực 3:", "plain", "3"),
    ],
)  # fmt: skip
def test_labels(text: str, kind: str, code: str) -> None:
    label = label_of(text)
    assert label is not None
    assert (label.kind, label.code) == (kind, code)


@pytest.mark.parametrize("text", ["", "Kế hoạch CCHC", "100% nhiệm vụ", "2025 năm", "Có"])
def test_what_is_no_label(text: str) -> None:
    assert label_of(text) is None


@pytest.mark.parametrize(
    ("text", "code", "rest"),
    [
        ("TC 1.1 - Thực hiện kế hoạch CCHC", "1.1", "Thực hiện kế hoạch CCHC"),
        ("TCTP 1.3.1 – Tỷ lệ cơ quan", "1.3.1", "Tỷ lệ cơ quan"),
        ("2.2. Công bố danh mục", "2.2", "Công bố danh mục"),
        ("Lĩnh vực 3: CẢI CÁCH", "3", "CẢI CÁCH"),
    ],
)
def test_a_name_that_begins_with_its_code(text: str, code: str, rest: str) -> None:
    found = leading_label(text)
    assert found is not None
    assert (found[0].code, found[1]) == (code, rest)


@pytest.mark.parametrize(
    "text", ["03 cuộc đối thoại", "0.5 điểm nếu đạt", "Tỷ lệ 20% trở lên", "1.5 điểm", "I cho tất cả"]
)
def test_a_name_that_only_begins_with_a_number(text: str) -> None:
    assert leading_label(text) is None


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1,50", [1.5]), ("0.5", [0.5]), ("10 điểm", [10]), ("(10)", [10]), ("1,0\n0,5\n0,5", [1, 0.5, 0.5]),
        ("-2", [-2]),
        ("", []), ("x", []), ("Tối đa 3 điểm", [3]), ("2 - 3", []), ("83,1/100", [83.1]),
    ],
)  # fmt: skip
def test_points(text: str, values: list[float]) -> None:
    assert points_in(text) == values


def test_points_behind_a_name() -> None:
    assert points_behind("CẢI CÁCH THỂ CHẾ (9,0 điểm)") == ("CẢI CÁCH THỂ CHẾ", 9)
    assert points_behind("CẢI CÁCH THỂ CHẾ: 9 điểm") == ("CẢI CÁCH THỂ CHẾ", 9)
    assert points_behind("Có từ 3 sáng kiến") == ("Có từ 3 sáng kiến", None)


def test_roman_numbers() -> None:
    assert [roman_value(text) for text in ("I", "IV", "VIII", "XL", "1", "")] == [1, 4, 8, 40, 0, 0]


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("STT", "code"), ("Nội dung Tiêu chí/Tiêu chí thành phần và hướng dẫn cách đánh giá", "name"),
        ("Tên TC/TCTP", "name"),
        ("Điểm tối đa", "points"), ("Điểm tự đánh giá của đơn vị", "claimed"), ("Cách chấm điểm", "scoring"),
        ("Tài liệu kiểm chứng/giải trình", "evidence"), ("Điều tra XHH", "survey"), ("Điểm thẩm định", "authority"),
        ("Xếp hạng", "rank"), ("Đơn vị chủ trì", "owner"), ("Ghi chú", "note"),
        ("Các yêu cầu và tài liệu kiểm chứng", "evidence"),
        ("Cơ quan", "unit"), ("Hoa quả", None),
    ],
)  # fmt: skip
def test_headings(heading: str, role: str | None) -> None:
    assert role_of(heading) == role


def test_a_heading_of_two_rows_and_a_first_row_that_is_none() -> None:
    def grid(*rows: list[str]) -> Grid:
        return Grid([[Cell(text) for text in row] for row in rows])

    double = find_heading(
        grid(["STT", "Tiêu chí", "Điểm", "", "TLKC"], ["", "", "Tối đa", "Tự chấm", ""], ["1", "A", "2", "", "x"])
    )
    assert double is not None
    assert (double.behind, dict(double.roles)[2], dict(double.roles)[3]) == (2, "points", "claimed")
    single = find_heading(grid(["STT", "Tiêu chí", "Điểm", "TLKC"], ["", "", "", "Kết quả thẩm định của Sở Nội vụ"]))
    assert single is not None
    assert single.behind == 1


def test_a_name_ends_where_its_requirement_begins() -> None:
    name, rest = split_name(["Thực hiện chế độ báo cáo. Yêu cầu: Đủ số lượng.", "- Có: 1", "- Không: 0"])
    assert name == "Thực hiện chế độ báo cáo"
    assert rest == ["Yêu cầu: Đủ số lượng.", "- Có: 1", "- Không: 0"]
    assert split_name(["TÁC ĐỘNG CỦA CCHC ĐẾN NGƯỜI DÂN", "VÀ KINH TẾ - XÃ HỘI"]) == (
        "TÁC ĐỘNG CỦA CCHC ĐẾN NGƯỜI DÂN VÀ KINH TẾ - XÃ HỘI",
        [],
    )


def test_lines_of_evidence() -> None:
    assert evidence_lines(["Tài liệu kiểm chứng:", "- Kế hoạch CCHC năm;", "+ Báo cáo CCHC năm.", "-"]) == [
        "Kế hoạch CCHC năm",
        "Báo cáo CCHC năm",
    ]
    assert evidence_lines(["- Kế hoạch; - Báo cáo năm"]) == ["Kế hoạch", "Báo cáo năm"]
    assert evidence_lines(["Kế hoạch chuyển đổi số của tỉnh Báo cáo kết quả thực hiện Kế hoạch"]) == [
        "Kế hoạch chuyển đổi số của tỉnh",
        "Báo cáo kết quả thực hiện Kế hoạch",
    ]
    assert evidence_lines(["Danh mục văn bản theo Báo cáo của Sở"]) == ["Danh mục văn bản theo Báo cáo của Sở"]


@pytest.mark.parametrize(
    ("line", "types"),
    [
        ("Kế hoạch CCHC năm", ["KH"]), ("Báo cáo kết quả thực hiện Kế hoạch", ["BC"]),
        ("Các thông báo kết luận kiểm tra", ["TB"]),
        ("Các biên bản kiểm tra, thông báo kết luận kiểm tra", ["BB", "TB"]),
        ("Quyết định/Kế hoạch của đơn vị", ["QĐ", "KH"]),
        ("Kế hoạch kiểm tra; Biên bản hoặc Thông báo/Báo cáo kết quả", ["KH", "BB", "TB", "BC"]),
        ("Danh mục văn bản", []),
    ],
)  # fmt: skip
def test_types_in_a_line(line: str, types: list[str]) -> None:
    assert Guesser(TYPES, ()).types_in(line) == types


def test_requirements() -> None:
    guesser = Guesser(TYPES, ["kiểm soát thủ tục hành chính (TTHC)"])
    taken: set[str] = set()
    plan = guesser.requirement("Kế hoạch kiểm soát TTHC (nếu có)", taken)
    assert plan["optional"]
    assert plan["match"]["properties"] == {
        "type": {"enum": ["KH"]},
        "subject": {"mentions": [["thủ tục hành chính", "TTHC"]]},
    }
    assert guesser.requirement("TLKC khác (nếu có)", taken)["other"]
    assert (
        guesser.requirement("Kết quả theo dõi, kiểm tra của Bộ Tài chính (do Bộ Tài chính cung cấp)", taken)[
            "provided_by"
        ]
        == "Bộ Tài chính"
    )
    assert guesser.requirement("Cung cấp các đường link tới tin, bài", taken)["kind"] == "link"
    assert guesser.requirement("Giải trình ghi rõ số liệu", taken)["kind"] == "figures"
    assert guesser.requirement("Hình ảnh cuộc họp", taken)["match"] is True
    assert len(taken) == 6


def test_ways_of_scoring_are_only_guessed_without_doubt() -> None:
    assert scoring_of(["Có: 0,5", "Không: 0"], 0.5)[0] == {
        "kind": "choice",
        "options": [{"text": "Có", "points": 0.5}, {"text": "Không", "points": 0}],
    }
    # Parts that add up are no options: a claim of both must not be called too high.
    assert scoring_of(["Ban hành: 0,5", "Công khai: 0,5"], 1)[0] is None
    assert (
        scoring_of(["(1) (b/a)*1.00. Trong đó: a là x; b là y", "(2) (b/a)*0.50. Trong đó: a là z; b là t"], 1.5)[0]
        is None
    )
    assert scoring_of(
        ["(b/a)*1.00 + (c/a)*0.50. Trong đó:", "a là việc", "b là xong", "c là dở", "a = 0 thì đạt điểm tối đa"], 1
    )[0] == {
        "kind": "ratio",
        "of": "a",
        "sum": {"b": 1, "c": 0.5},
        "sum_points": {"b": 1, "c": 0.5},
        "when_zero": "full",
    }
