# SPDX-License-Identifier: Apache-2.0
"""All kinds of faults, and those that are not counted."""

from __future__ import annotations

from tests.benchmarks.planted import document_faults, file_faults  # noqa: F401 - they register their kinds
from tests.benchmarks.planted.kinds import BAD, KINDS

__all__ = ["BAD", "KINDS", "OUT_OF_SCOPE"]

OUT_OF_SCOPE = {
    "F14": "gợi ý: không khớp nội dung tiêu chí; parcheck chỉ nói tệp chưa khớp tài liệu nào",
    "F15": "gợi ý: thiếu nội dung trong văn bản do người thẩm định xem",
    "F17": "gợi ý: thiếu trang (pages-missing)",
    "F21": "bẫy cho chính chương trình: NFD, Uỷ/Ủy, “dự thảo” trong thân bài, chỗ trống có dấu số nằm ở hồ sơ đúng",
    "F23": "cần mạng: parcheck không mở đường link",
    "F24": "gợi ý: ảnh không có ngày, nơi chụp",
    "F25": "cần dữ liệu khác: số liệu giữa hai tiêu chí hoặc với hệ thống",
    "F28": "cần giờ của hệ thống nộp; giờ ghi trong tệp không chứng minh gì",
    "F31": "gợi ý: văn bản bị thay thế, bãi bỏ về sau",
    "F32": "gợi ý: bản chụp không có SAO Y",
}
"""Faults that are a hint for a person, or need more than the files: not counted."""
