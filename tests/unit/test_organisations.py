# SPDX-License-Identifier: Apache-2.0
"""Who may have issued a document, before and after the mergers of 01/7/2025."""

from __future__ import annotations

import datetime

import pytest

from parcheck.judging.vocabulary import Context, Failure, Undecided
from parcheck.model import Reading, Status
from parcheck.submission import UnitName
from parcheck_plugins.vocabulary.organisations import KEYWORDS
from parcheck_plugins.vocabulary.provinces import former

CHECK = KEYWORDS[0].check


def answer(issuer, wanted, unit, issued_on, parent=None, names=()):
    facts = {"issuer": issuer, "parent": parent, "issued_on": issued_on}
    reading = Reading("a.pdf", None, None, Status.READ, facts)
    given = tuple(UnitName(name, until=datetime.date(2025, 6, 30)) for name in names)
    results = list(CHECK(issuer, wanted, Context(reading, 2025, (UnitName(unit), *given))))
    if not results:
        return True
    return {Failure: False, Undecided: None}[type(results[0])]


@pytest.mark.parametrize(
    ("issuer", "issued_on", "expected"),
    [
        ("UBND TỈNH LÂM ĐỒNG", "2025-03-01", True),
        ("ỦY BAN NHÂN DÂN TỈNH BÌNH THUẬN", "2025-06-30", True),
        ("UBND TỈNH ĐẮK NÔNG", "2025-01-15", True),
        ("UBND TỈNH BÌNH THUẬN", "2025-07-01", False),
        ("UBND TỈNH KHÁNH HÒA", "2025-03-01", False),
        ("UBND TỈNH NINH THUẬN", "2025-03-01", False),
    ],
)
def test_a_province_and_those_it_was_made_of(issuer, issued_on, expected):
    assert answer(issuer, "unit", "UBND tỉnh Lâm Đồng", issued_on) is expected


def test_a_city_made_of_provinces():
    assert answer("UBND TỈNH HẢI DƯƠNG", "unit", "UBND thành phố Hải Phòng", "2025-05-05") is True
    assert answer("UBND TỈNH BÀ RỊA - VŨNG TÀU", "unit", "UBND Thành phố Hồ Chí Minh", "2025-05-05") is True


@pytest.mark.parametrize(
    ("issuer", "parent", "issued_on", "expected"),
    [
        ("SỞ NỘI VỤ", "UBND TỈNH BÌNH THUẬN", "2025-05-05", True),
        ("SỞ NỘI VỤ", "UBND TỈNH BÌNH THUẬN", "2025-08-05", False),
        ("SỞ NỘI VỤ", "UBND TỈNH KHÁNH HÒA", "2025-05-05", False),
        ("TỈNH ỦY LÂM ĐỒNG", None, "2025-09-01", True),
        ("BAN TỔ CHỨC", "TỈNH ỦY LÂM ĐỒNG", "2025-09-01", True),
        ("BAN TỔ CHỨC", "TỈNH ỦY KHÁNH HÒA", "2025-09-01", False),
        ("TỈNH ỦY ĐẮK NÔNG", None, "2025-02-01", True),
        ("HỘI ĐỒNG NHÂN DÂN TỈNH LÂM ĐỒNG", None, "2025-09-01", True),
        ("BỘ NỘI VỤ", None, "2025-02-01", False),
        ("ĐOÀN KIỂM TRA", None, "2025-02-01", None),
    ],
)
def test_bodies_within_a_province(issuer, parent, issued_on, expected):
    assert answer(issuer, "within-unit", "UBND tỉnh Lâm Đồng", issued_on, parent) is expected


def test_an_old_commune_may_be_a_predecessor_until_the_unit_names_its_own():
    unit = "UBND xã Hòa Ninh"
    assert answer("UBND XÃ TÂN CHÂU", "unit", unit, "2025-03-01") is None
    assert answer("UBND HUYỆN DI LINH", "unit", unit, "2025-03-01") is None
    assert answer("UBND XÃ TÂN CHÂU", "unit", unit, "2025-07-02") is False
    assert answer("UBND TỈNH LÂM ĐỒNG", "unit", unit, "2025-03-01") is False
    assert answer("UBND XÃ TÂN CHÂU", "unit", unit, "2025-03-01", names=["UBND xã Đinh Trang Hòa"]) is False
    assert answer("UBND XÃ ĐINH TRANG HÒA", "unit", unit, "2025-03-01", names=["UBND xã Đinh Trang Hòa"]) is True


def test_sixty_three_provinces_became_thirty_four():
    unmerged = "Hà Nội, Huế, Lai Châu, Điện Biên, Sơn La, Lạng Sơn, Quảng Ninh, Thanh Hóa, Nghệ An, Hà Tĩnh, Cao Bằng"
    from parcheck_plugins.vocabulary.provinces import _FORMER

    assert len(_FORMER) + len(unmerged.split(", ")) == 34
    assert sum(map(len, _FORMER.values())) == 63 - 34
    assert all(former(name) == () for name in unmerged.split(", "))
    assert former("LÂM ĐỒNG") == ("Đắk Nông", "Bình Thuận")
