# SPDX-License-Identifier: Apache-2.0
"""Personal names and official titles, as they stand in a signature block."""

from __future__ import annotations

import re
from typing import Final

from parcheck_plugins.letterhead import folding

_SURNAMES: Final = """
An Âu Bá Bạch Bành Báo Bế Biện Bùi Ca Cà Cái Cầm Cao Châu Chảo Chế Chu Chử Cù Cung Danh Doãn Dư
Dương Đái Đàm Đan Đàng Đặng Đào Đậu Điêu Điểu Đinh Đỗ Đoàn Đổng Đồng Giang Giàng Giáp Hà Hạ Hàn
Hán Hạng Hầu Hình Hồ Hoàng Hờ Hứa Hùng Huỳnh Kha Khổng Khuất Khương Kiên Kiều Kim Kpă Ksor La
Lã Lại Lâm Lăng Lê Lều Lò Lô Lộ Lộc Lù Lục Lư Lữ Lương Lường Lưỡng Lưu Lừu Lý Lỷ Ma Mã Mạc Mạch
Mai Mấu Mẫn Mông Mùa Nay Nghiêm Ngô Nguyễn Nhan Nhâm Nhữ Niê Ninh Nông Ong Phàn Phạm Phan Phi
Phí Phó Phùng Phương Quách Quan Quản Quàng Rmah Rơ Sầm Siu Sơn Sùng Tạ Tăng Tẩn Tề Thạch Thái
Thào Thân Thập Thẩm Thi Thị Thiều Tiêu Tô Tôn Tòng Tống Trà Tráng Trần Triệu Trịnh Trượng
Trương Từ Tưởng Ung Ứng Văn Vàng Vi Viên Võ Vũ Vừ Vương Y
"""
SURNAMES_PRINTED: Final = frozenset(_SURNAMES.split())
SURNAMES: Final = frozenset(map(folding.key, SURNAMES_PRINTED))
"""Family names of Vietnam's peoples, folded."""
_HIGHLAND: Final = ("K'", "H'", "K’", "H’", "K`")
_JOINTS: Final = str.maketrans("", "", "'’`-")
_NO_LETTER: Final = re.compile(r"[\d/:;()\[\]@&_\"“”+=]")
_BEFORE_NAME: Final = re.compile(
    r"^(?:(?:P?GS|TSKH|TS|Ts|[Tt]h\.?S|T[Hh]S|Ths|BS|BSCK|CK|BSNT|DS|KS|KTS|CN|LS|NGND|NG[ƯU]T|TTND|TT[ƯU]T|NSND|NSƯT|AHLĐ)"
    r"(?:[I]{1,2}|1|2)?(?:\s*[.,]\s*|\s+)"
    r"|(?:Giáo sư|Phó [Gg]iáo sư|Tiến sĩ|Thạc sĩ|Bác sĩ|Dược sĩ|Kỹ sư|Luật sư|Cử nhân)\s*[.,]?\s*"
    r"|(?:Đại|Thượng|Trung|Thiếu)\s+(?:tướng|tá|úy|uý)\s*,?\s*|(?:Chuẩn|Phó)\s+[đĐ]ô\s+đốc\s*|Ông:?\s+|Bà:?\s+)+",
)
_TITLE: Final = re.compile(
    r"^(?:PHO|QUYEN|CHUTICH|GIAMDOC|BOTRUONG|THUTRUONG|THUTUONG|TRUONG|CHANH|CUCTRUONG|VUTRUONG|HIEUTRUONG|BITHU"
    r"|THONGDOC|TONG|VIENTRUONG|CHUNHIEM|CHUTOA|CHUTRI|THUKY|UYVIEN|NGUOI|DOITRUONG|CHIHUY|TULENH|DAIDIEN|KETOAN"
    r"|CHICUC|PHUTRACH|XAC|THAYMAT|DAIBIEU|TOTRUONG|CHINHUY|CHUYENVIEN|THAMPHAN|THUONGTRUC|THANHTRA|DOANTRUONG|QUANDOC|CHINHTRIVIEN|CHAPHANHVIEN"
    r"|(?:HAT|TRAM|DON|XADOI|PHUONGDOI|PHAN(?:VIEN|HIEU)|LIENDOI|LIENDOAN|TIEUDOAN|DAIDOI)TRUONG)"
)
_SIGNED: Final = re.compile(r"^\W*đã\s+ký\W+|\W+đã\s+ký\W*$", re.IGNORECASE)
_NO_NAME: Final = re.compile(
    r"NOINHAN|KINHGUI|CONGHOA|VIETNAM$|DOCLAP|^PHULUC|^DAKY|^KYTEN|^HOVATEN|^HOTEN|^NGAY|^DIEU\d|^CHUONG|^LUUVT|^UBND"
    r"|^UYBAN|^SONOIVU|^VANPHONG|^BANQUANLY|^HOIDONG|^BANCHIDAO|^CANCU|^NOIDUNG|^KYBOI|^NGUOIKY|^BIEUMAU|^CHUKY"
)


def is_title(text: str) -> bool:
    """Tell an official title ("PHÓ GIÁM ĐỐC", "Thứ trưởng") from other words."""
    return bool(_TITLE.match(folding.key(text)))


def name_in(text: str) -> str | None:
    """Return the personal name that is the whole line, rank and degree before it left out, or None.

    A name has two to six words, each with a capital, as printed; a name all in capitals must begin with a known
    surname. Names of the Central Highlands may be one word ("K'Brèo"). "Nguyễn Văn A" is a form's example.
    """
    text = _BEFORE_NAME.sub("", text.strip(" ,;:*")).strip(" .,;:*")
    if not 4 <= len(text) <= 50 or _NO_LETTER.search(text):
        return None
    tokens = text.split()
    highland = tokens[0][:2] in _HIGHLAND
    if not (1 if highland else 2) <= len(tokens) <= 6 or not all(map(_is_name_word, tokens)):
        return None
    if len(tokens[-1]) == 1 and tokens[-1] != "Y":
        return None
    known = highland or folding.key(tokens[0]) in SURNAMES
    capitals = text == text.upper()
    if _NO_NAME.search(folding.key(text)) or (capitals and not known):
        return None
    if is_title(text) and (capitals or not known or len(tokens) < 3 or is_title(" ".join(tokens[1:]))):
        return None
    return text


def signed_name_in(text: str) -> str | None:
    """Return the name that is the whole line but for "(Đã ký)" before or after it, which copies print; or None."""
    return name_in(_SIGNED.sub("", text, count=1))


def _is_name_word(word: str) -> bool:
    return word[0].isupper() and word.translate(_JOINTS).isalpha()
