# SPDX-License-Identifier: Apache-2.0
"""Which provinces became which on 01/7/2025 (Nghị quyết 202/2025/QH15, Điều 1): 63 became 34."""

from __future__ import annotations

import datetime
from typing import Final

from parcheck_plugins.letterhead import folding

MERGED_ON: Final = datetime.date(2025, 7, 1)
"""The day on which the new provinces began to work (Điều 2), and the communes after their own rearrangement."""

_FORMER: Final = {
    "Tuyên Quang": ("Hà Giang",),
    "Lào Cai": ("Yên Bái",),
    "Thái Nguyên": ("Bắc Kạn",),
    "Phú Thọ": ("Vĩnh Phúc", "Hòa Bình"),
    "Bắc Ninh": ("Bắc Giang",),
    "Hưng Yên": ("Thái Bình",),
    "Hải Phòng": ("Hải Dương",),
    "Ninh Bình": ("Hà Nam", "Nam Định"),
    "Quảng Trị": ("Quảng Bình",),
    "Đà Nẵng": ("Quảng Nam",),
    "Quảng Ngãi": ("Kon Tum",),
    "Gia Lai": ("Bình Định",),
    "Khánh Hòa": ("Ninh Thuận",),
    "Lâm Đồng": ("Đắk Nông", "Bình Thuận"),
    "Đắk Lắk": ("Phú Yên",),
    "Hồ Chí Minh": ("Bà Rịa - Vũng Tàu", "Bình Dương"),
    "Đồng Nai": ("Bình Phước",),
    "Tây Ninh": ("Long An",),
    "Cần Thơ": ("Sóc Trăng", "Hậu Giang"),
    "Vĩnh Long": ("Bến Tre", "Trà Vinh"),
    "Đồng Tháp": ("Tiền Giang",),
    "Cà Mau": ("Bạc Liêu",),
    "An Giang": ("Kiên Giang",),
}


def former(province: str) -> tuple[str, ...]:
    """Return the provinces that were merged into one and lost their name by it.

    Args:
        province: name or key of a province of today, without "tỉnh" or "thành phố".

    Returns:
        Their names; empty for a province that was not merged or is not known.
    """
    return _KEYS.get(folding.key(province), ())


_KEYS: Final = {folding.key(new): old for new, old in _FORMER.items()}
