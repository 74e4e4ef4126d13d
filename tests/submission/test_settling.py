# SPDX-License-Identifier: Apache-2.0
"""Which criterion a row means, and what becomes of claims."""

from __future__ import annotations

from pathlib import Path

import pytest

from parcheck.submission import Claim, Handed
from parcheck.submission.settling import Set, code_of, settle
from parcheck.submission.sheet import SheetRow

NAMES = {
    "1": "Công tác chỉ đạo, điều hành cải cách hành chính",
    "1.1": "Thực hiện kế hoạch CCHC",
    "1.2": "Thực hiện chế độ báo cáo CCHC định kỳ",
    "1.3": "Công tác kiểm tra CCHC",
    "1.3.1": "Tỷ lệ cơ quan chuyên môn (CQCM) cấp tỉnh được kiểm tra trong năm",
    "1.10": "Đổi mới, sáng tạo trong cải cách hành chính",
    "2": "Cải cách thể chế",
    "2.1": "Tổ chức thi hành pháp luật",
}
FIELDS = {"1.1": "1", "1.2": "1", "1.3.1": "1", "1.10": "1", "2.1": "2"}
SET = Set(NAMES, FIELDS)


def handed(*rows, **keys):
    return Handed(path=Path("tu-cham.docx"), items=(), rows=rows, **keys)


@pytest.mark.parametrize(
    ("code", "name", "expected"),
    [
        ("1.1", "Thực hiện kế hoạch CCHC", "1.1"),
        ("1.1.", "Thực hiện kế hoạch cải cách hành chính", "1.1"),
        ("Tiêu chí 1.2", "Chế độ báo cáo", "1.2"),
        ("I", "CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH CCHC", "1"),
        ("", "1.3.1. Tỷ lệ cơ quan chuyên môn cấp tỉnh được kiểm tra trong năm", "1.3.1"),
        ("", "Tổ chức thi hành pháp luật", "2.1"),
        ("5.7", "Tổ chức thi hành pháp luật", "2.1"),
        ("1,1", "Đổi mới, sáng tạo trong CCHC", "1.10"),
        ("1,1", "Thực hiện kế hoạch CCHC", "1.1"),
        ("1.1", "", "1.1"),
        ("9.9", "Việc khác hẳn", None),
        ("2", "Hội nghị đối thoại với doanh nghiệp", None),
        ("", "a) Ban hành kịp thời: 0,5 điểm", None),
    ],
)
def test_the_criterion_that_a_row_means(code, name, expected):
    assert code_of(SheetRow(code, name), NAMES) == expected


def test_claims_come_from_rows_and_the_manifest_wins():
    given = Claim(claimed=1.0, files=("a.pdf",))
    result = settle(
        handed(
            SheetRow("1.1", NAMES["1.1"], claimed=1.5, said="x", explanation="vì"),
            SheetRow("1.2", NAMES["1.2"], claimed=0.5),
            claims={"1.1": given},
        ),
        SET,
    )
    claim = result.handed.claims["1.1"]
    assert (claim.claimed, claim.files, claim.explanation, claim.said) == (1.0, ("a.pdf",), "vì", "x")
    assert result.handed.claims["1.2"].claimed == 0.5


def test_what_is_attached_to_a_row_is_attached_to_those_below_it():
    result = settle(
        handed(SheetRow("1.3", NAMES["1.3"], attached=("gửi kèm",)), SheetRow("1.3.1", NAMES["1.3.1"], claimed=1.0)),
        SET,
    )
    assert result.handed.claims["1.3.1"].unseen.code == "attached-unseen"


def test_lines_below_a_row_belong_to_it():
    result = settle(
        handed(SheetRow("1.1", NAMES["1.1"], claimed=1.5), SheetRow("", "- Có: 1,5 điểm", claimed=9.0, said="kèm")), SET
    )
    assert (result.handed.claims["1.1"].claimed, result.handed.claims["1.1"].said) == (1.5, "kèm")
    assert result.strange == ()


def test_fields_that_are_not_there_are_not_judged_and_said():
    result = settle(handed(SheetRow("1.1", NAMES["1.1"])), SET)
    assert (result.handed.scope, result.fields_absent) == (("1",), ("2",))


def test_rows_left_out_are_said_and_nothing_is_missing_of_them():
    result = settle(handed(SheetRow("1.1", NAMES["1.1"])), SET)
    assert result.absent == ("1.2", "1.3.1", "1.10")
    assert result.handed.claims["1.2"].unseen.code == "no-sheet-row"


def test_a_row_of_another_set_is_said():
    row = SheetRow("7.7", "Việc khác hẳn", claimed=1.0)
    assert settle(handed(row, SheetRow("1.1", NAMES["1.1"])), SET).strange == (row,)


def test_without_rows_nothing_changes():
    plain = handed()
    assert settle(plain, SET).handed is plain
