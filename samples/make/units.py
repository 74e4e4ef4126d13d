# SPDX-License-Identifier: Apache-2.0
"""The fictional province, its bodies and its people."""

from __future__ import annotations

from samples.make.spec import Signer, Unit

_PROVINCE = "TỈNH TRƯỜNG GIANG"
_COMMITTEE = ("ỦY BAN", "NHÂN DÂN")

UNITS = {
    "ubnd": Unit(
        ("ỦY BAN NHÂN DÂN", _PROVINCE),
        seal=_COMMITTEE,
        seal_rim=_PROVINCE,
        common_name="Ủy ban nhân dân tỉnh Trường Giang",
    ),
    "hong-son": Unit(
        ("ỦY BAN NHÂN DÂN", "TỈNH HỒNG SƠN"),
        place="Hồng Sơn",
        seal=_COMMITTEE,
        seal_rim="TỈNH HỒNG SƠN",
        common_name="Ủy ban nhân dân tỉnh Hồng Sơn",
    ),
    "snv": Unit(
        ("SỞ NỘI VỤ",),
        parent=(f"UBND {_PROVINCE}",),
        seal=("SỞ", "NỘI VỤ"),
        seal_rim=_PROVINCE,
        common_name="Sở Nội vụ",
    ),
    "stp": Unit(
        ("SỞ TƯ PHÁP",),
        parent=(f"UBND {_PROVINCE}",),
        seal=("SỞ", "TƯ PHÁP"),
        seal_rim=_PROVINCE,
        common_name="Sở Tư pháp",
    ),
    "doan-kiem-tra": Unit(
        ("ĐOÀN KIỂM TRA CCHC",),
        parent=(f"UBND {_PROVINCE}",),
        common_name="Đoàn kiểm tra CCHC tỉnh Trường Giang",
    ),
    "to-kiem-tra": Unit(
        ("SỞ NỘI VỤ",),
        parent=(f"UBND {_PROVINCE}",),
        common_name="Sở Nội vụ",
    ),
}

_COLLEGE = "TM. ỦY BAN NHÂN DÂN"
SIGNERS = {
    "thai": Signer((_COLLEGE, "CHỦ TỊCH"), "Đặng Quang Thái"),
    "thai-ct": Signer(("CHỦ TỊCH",), "Đặng Quang Thái"),
    "van": Signer((_COLLEGE, "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Lê Thị Hồng Vân"),
    "van-ct": Signer(("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Lê Thị Hồng Vân"),
    "khai": Signer((_COLLEGE, "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Trần Đình Khải"),
    "khai-ct": Signer(("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Trần Đình Khải"),
    "nguyet": Signer(("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"), "Cao Thị Minh Nguyệt"),
    "luc": Signer((_COLLEGE, "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Hoàng Văn Lực"),
    "luc-ct": Signer(("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Hoàng Văn Lực"),
    "phuoc": Signer(("GIÁM ĐỐC",), "Nguyễn Hữu Phước"),
    "mai-anh": Signer(("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "Phan Thị Mai Anh"),
    "bach": Signer(("GIÁM ĐỐC",), "Đỗ Xuân Bách"),
    "don-vi-soxd": Signer(("ĐẠI DIỆN ĐƠN VỊ ĐƯỢC KIỂM TRA", "PHÓ GIÁM ĐỐC SỞ XÂY DỰNG"), "Lương Thế Hiển"),
    "don-vi-phulong": Signer(("ĐẠI DIỆN ĐƠN VỊ ĐƯỢC KIỂM TRA", "CHỦ TỊCH UBND XÃ PHÚ LONG"), "Ngô Thị Bích Liên"),
    "don-vi-donghai": Signer(("ĐẠI DIỆN ĐƠN VỊ ĐƯỢC KIỂM TRA", "PHÓ CHỦ TỊCH UBND XÃ ĐÔNG HẢI"), "Võ Tấn Lợi"),
    "truong-doan": Signer(("TRƯỞNG ĐOÀN KIỂM TRA", "PHÓ GIÁM ĐỐC SỞ NỘI VỤ"), "Phan Thị Mai Anh"),
    "don-vi-phong": Signer(("ĐẠI DIỆN PHÒNG ĐƯỢC KIỂM TRA", "TRƯỞNG PHÒNG"), "Huỳnh Kim Yến"),
    "don-vi-tt": Signer(("ĐẠI DIỆN ĐƠN VỊ ĐƯỢC KIỂM TRA", "GIÁM ĐỐC TRUNG TÂM"), "Tạ Quốc Dũng"),
    "to-truong": Signer(("TỔ TRƯỞNG TỔ KIỂM TRA",), "Bùi Thanh Tùng"),
}
