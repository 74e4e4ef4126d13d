# SPDX-License-Identifier: Apache-2.0
"""Names in certificates against names in documents; what cannot be told is never called different."""

from __future__ import annotations

import pytest

from parcheck_plugins.signatures.names import names_match

PROVINCE = "ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG"


def _entry(signer=None, organisation=None, units=()):
    return {"signer": signer, "organisation": organisation, "units": list(units)}


@pytest.mark.parametrize(
    ("entry", "issuer", "expected"),
    [
        (_entry("SỞ NỘI VỤ", PROVINCE), "SỞ NỘI VỤ", True),
        (_entry("SỞ NỘI VỤ", PROVINCE), "UBND TỈNH LÂM ĐỒNG", True),
        (_entry("SỞ NỘI VỤ", PROVINCE), "SỞ TƯ PHÁP", False),
        (_entry("Uy ban nhan dan tinh Lam Dong", "Tinh Lam Dong"), "UBND TỈNH LÂM ĐỒNG", True),
        (_entry("Trần Thị Bình", PROVINCE, ["SỞ NỘI VỤ", "PHÒNG TỔ CHỨC"]), "Sở Nội vụ", True),
        (_entry("Trần Thị Bình", PROVINCE), "SỞ NỘI VỤ", None),
        (_entry("UBND XÃ ĐĂK HÀ"), "ỦY BAN NHÂN DÂN XÃ ĐĂK HÀ", True),
        (_entry("Sở Nội vụ tỉnh Lâm Đồng"), "SỞ NỘI VỤ", True),
        (_entry("UBND xã Hòa Bình"), "UBND XÃ HÒA", None),
        (_entry("Cổng Thông tin điện tử Chính phủ", "Văn phòng Chính phủ"), "BỘ NỘI VỤ", False),
        (_entry(), "SỞ NỘI VỤ", None),
        (_entry("SỞ NỘI VỤ"), None, None),
    ],
)
def test_issuer(entry, issuer, expected):
    assert names_match(entry, issuer, None) == {"issuer": expected, "signer": None}


@pytest.mark.parametrize(
    ("holder", "signer", "expected"),
    [
        ("Nguyễn Văn An", "Nguyễn Văn An", True),
        ("NGUYEN VAN AN", "Nguyễn Văn An", True),
        ("Nguyễn Văn An", "TS. Nguyễn Văn An", True),
        ("Nguyễn Văn An 0123", "Nguyễn Văn An", True),
        ("Trần Thị Bình", "Nguyễn Văn An", False),
        ("SỞ NỘI VỤ", "Nguyễn Văn An", None),
        ("Cổng Thông tin điện tử Chính phủ", "Nguyễn Văn An", None),
        ("An", "Nguyễn Văn An", None),
        (None, "Nguyễn Văn An", None),
        ("Nguyễn Văn An", None, None),
    ],
)
def test_signer(holder, signer, expected):
    assert names_match(_entry(holder), None, signer) == {"issuer": None, "signer": expected}
