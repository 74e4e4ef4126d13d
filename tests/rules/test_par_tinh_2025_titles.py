# SPDX-License-Identifier: Apache-2.0
"""The pack of the provincial PAR INDEX 2025 against titles and dates of the kind that units really write.

What an honest unit hands in must be a candidate; what is about something else must not be. Judged with the shipped
vocabulary; paths are "criterion/requirement", "…/requirement.entry" of a series, "…/requirement/alternative".
"""

from __future__ import annotations

from typing import Any

import pytest
from packdata import Bench, loaded

from parcheck.rules.lint import lint_pack
from parcheck.submission import UnitName

PACK = "par-tinh-2025"
UNIT = "UBND tỉnh Trường Sơn"


def holds(path: str, part: str, facts: dict[str, Any]) -> bool | None:
    return Bench(PACK, (UnitName(UNIT),)).holds(path, part, facts)


def test_pack_loads_without_a_fault():
    faults, notes = lint_pack(loaded(PACK))
    assert faults == []
    assert len(notes) == len(loaded(PACK).notes)


RIGHT = [
    ("1.1/ke-hoach", "KH", "CCHC nhà nước năm 2025 tỉnh"),
    (
        "1.1/ke-hoach",
        "KH",
        "Cải cách hành chính nhà nước năm 2025 thực hiện Chương trình giai đoạn 2021 - 2030",
    ),
    ("1.1/ke-hoach", "QĐ", "Ban hành Kế hoạch cải cách hành chính năm 2025"),
    (
        "1.1/bao-cao",
        "BC",
        "công tác cải cách hành chính nhà nước năm 2025 và phương hướng, nhiệm vụ năm 2026",
    ),
    ("1.1/bao-cao", "BC", "Công tác cải cách hành chính quý IV và năm 2025"),
    ("1.1/bao-cao", "BC", "Kết quả CCHC năm 2025, nhiệm vụ trọng tâm quý I năm 2026"),
    ("1.1/bao-cao", "BC", "Công tác CCHC năm 2025 và giai đoạn 2021-2025"),
    ("1.2/bao-cao-dinh-ky.quy-1", "BC", "công tác cải cách hành chính quý I năm 2025"),
    (
        "1.2/bao-cao-dinh-ky.quy-1",
        "BC",
        "Kết quả CCHC quý I, phương hướng nhiệm vụ quý II và 6 tháng đầu năm 2025",
    ),
    ("1.2/bao-cao-dinh-ky.6-thang", "BC", "công tác cải cách hành chính 6 tháng đầu năm 2025"),
    ("1.2/bao-cao-dinh-ky.6-thang", "BC", "Công tác CCHC quý II/2025, nhiệm vụ quý III/2025"),
    ("1.2/bao-cao-dinh-ky.quy-3", "BC", "công tác CCHC quý III và phương hướng, nhiệm vụ quý IV năm 2025"),
    ("1.2/bao-cao-dinh-ky.quy-3", "BC", "Tình hình thực hiện cải cách hành chính 9 tháng đầu năm 2025"),
    ("1.2/bao-cao-nam", "BC", "công tác cải cách hành chính năm 2025 và phương hướng, nhiệm vụ năm 2026"),
    ("1.3.1/ket-qua-kiem-tra/thong-bao", "TB", "kết quả kiểm tra công tác CCHC năm 2025 tại đặc khu Phú Quý"),
    ("1.3.1/ket-qua-kiem-tra/bien-ban", "BB", "Kiểm tra công tác cải cách hành chính"),
    ("1.3.2/van-ban-xu-ly/van-ban", "BC", "Kết quả khắc phục tồn tại, hạn chế sau kiểm tra CCHC"),
    ("1.4/bao-cao", "BC", "công tác cải cách hành chính 6 tháng đầu năm 2025"),
    ("1.5/phe-duyet", "QĐ", "thí điểm các mô hình, sáng kiến cải cách hành chính trên địa bàn tỉnh"),
    (
        "1.6/doi-thoai/van-ban",
        "TB",
        "tổ chức tiếp và làm việc với doanh nghiệp, nhà đầu tư (tháng 01 năm 2025)",
    ),
    (
        "1.6/doi-thoai/van-ban",
        "GM",
        "tham dự Buổi gặp mặt, làm việc với các doanh nghiệp định kỳ tháng 12/2025",
    ),
    ("2.1.1/ket-luan", "KẾT LUẬN", "công tác thi hành pháp luật về xử lý vi phạm hành chính"),
    ("2.1.1/ket-luan", "KẾT LUẬN", "tình hình thi hành pháp luật lĩnh vực trọng tâm, liên ngành năm 2025"),
    ("2.1.1/ket-luan", "TB", "Kết luận kiểm tra công tác thi hành pháp luật năm 2025"),
    ("2.1.2/bao-cao", "CV", "báo cáo thực hiện kết luận kiểm tra của Đoàn Kiểm tra 500"),
    ("2.1.2/van-ban-xu-ly", "CV", "triển khai thực hiện Kết luận số 7795/KL-BTP của Bộ Tư pháp"),
    (
        "2.2/cong-bo",
        "QĐ",
        "công bố danh mục VBQPPL hết hiệu lực toàn bộ, hết hiệu lực một phần trong năm 2024",
    ),
    ("2.2/cong-bo", "QĐ", "Công bố Danh mục văn bản QPPL hết hiệu lực, ngưng hiệu lực năm 2025"),
    ("2.3.1/ke-hoach", "KH", "kiểm tra, rà soát văn bản quy phạm pháp luật năm 2025 trên địa bàn tỉnh"),
    ("2.3.1/danh-muc-theo-ke-hoach/van-ban", "BC", "Kết quả kiểm tra văn bản quy phạm pháp luật tại xã"),
    ("2.3.2/danh-muc/van-ban", "QĐ", "Bãi bỏ Quyết định số 28/2019/QĐ-UBND và Quyết định số 05/2024/QĐ-UBND"),
    ("2.3.2/bao-cao", "BC", "Công tác kiểm tra, xử lý, rà soát, hệ thống hoá văn bản QPPL năm 2025"),
    ("2.4/danh-muc/van-ban", "CV", "cập nhật văn bản trên Cơ sở dữ liệu quốc gia về pháp luật"),
    ("3.1/bao-cao-kstthc", "BC", "Tình hình, kết quả thực hiện công tác kiểm soát TTHC quý IV và năm 2025"),
    (
        "3.2.4/quyet-dinh",
        "QĐ",
        "Công bố thủ tục hành chính nội bộ trong hệ thống hành chính nhà nước của tỉnh",
    ),
    (
        "5.1.2/mo-ta-cong-viec/van-ban",
        "QĐ",
        "Phê duyệt bản mô tả công việc và khung năng lực các vị trí việc làm",
    ),
    ("5.2.1/tuyen-dung/van-ban", "TB", "Tuyển dụng công chức năm 2024"),
    (
        "6.1.1/bao-cao",
        "BC",
        "Giải ngân kế hoạch vốn đầu tư năm 2024 kéo dài sang năm 2025 và kế hoạch năm 2025",
    ),
    ("6.2.2/bao-cao", "BC", "Tình hình quản lý, sử dụng tài sản công năm 2024"),
    ("6.3.1/giao-tu-chu-nam-truoc", "QĐ", "Giao quyền tự chủ tài chính giai đoạn 2023-2025"),
    ("7.1/ke-hoach", "KH", "Chuyển đổi số tỉnh năm 2025"),
    ("8.2/bao-cao-nam-danh-gia", "BC", "Tình hình kinh tế – xã hội năm 2025, kế hoạch năm 2026"),
    ("8.2/bao-cao-nam-truoc", "BC", "Tình hình kinh tế - xã hội năm 2024, kế hoạch năm 2025"),
]
WRONG = [
    ("1.1/ke-hoach", "KH", "Cải cách hành chính nhà nước năm 2026"),
    ("1.1/ke-hoach", "KH", "Tuyên truyền cải cách hành chính năm 2025"),
    ("1.1/ke-hoach", "KH", "Cải cách hành chính giai đoạn 2021-2025"),
    ("1.1/ke-hoach", "QĐ", "Thành lập Tổ giúp việc đánh giá Chỉ số cải cách hành chính năm 2025"),
    ("1.1/bao-cao", "BC", "công tác cải cách hành chính quý III và phương hướng, nhiệm vụ quý IV năm 2025"),
    ("1.1/bao-cao", "BC", "Công tác cải cách hành chính năm 2024 và nhiệm vụ năm 2025"),
    ("1.1/bao-cao", "BC", "Sơ kết công tác cải cách hành chính giai đoạn 2021 - 2025"),
    ("1.2/bao-cao-dinh-ky.quy-1", "BC", "công tác CCHC quý III và phương hướng, nhiệm vụ quý IV năm 2025"),
    ("1.2/bao-cao-dinh-ky.quy-1", "BC", "công tác CCHC năm 2025, nhiệm vụ quý I năm 2026"),
    ("1.2/bao-cao-dinh-ky.6-thang", "BC", "Công tác CCHC quý I, nhiệm vụ quý II năm 2025"),
    ("1.2/bao-cao-dinh-ky.quy-3", "BC", "Công tác CCHC quý II và 6 tháng đầu năm, nhiệm vụ quý III năm 2025"),
    ("1.2/bao-cao-nam", "BC", "Tình hình thực hiện các chỉ số PAR Index, SIPAS, PAPI, PCI trong năm 2025"),
    ("1.3.1/ket-qua-kiem-tra/thong-bao", "QĐ", "thành lập Tổ giúp việc của Hội đồng thẩm định Chỉ số CCHC"),
    ("1.3.1/ket-qua-kiem-tra/thong-bao", "CV", "góp ý dự thảo Kế hoạch kiểm tra CCHC năm 2026"),
    ("1.5/phe-duyet", "BC", "Kết quả đánh giá chất lượng phục vụ người dân, doanh nghiệp"),
    ("1.5/phe-duyet", "QĐ", "Phê duyệt Đề án “Xác định Chỉ số cải cách hành chính”"),
    ("2.1.1/ket-luan", "TB", "lịch kiểm tra công tác thi hành pháp luật về xử lý vi phạm hành chính"),
    ("2.1.1/ket-luan", "CV", "thông báo kiểm tra tình hình thi hành pháp luật lĩnh vực trọng tâm năm 2025"),
    ("2.1.1/ket-luan", "TB", "kiểm tra công tác thi hành pháp luật về xử lý vi phạm hành chính năm 2025"),
    ("2.1.1/ket-luan", "QĐ", "thành lập Đoàn kiểm tra công tác thi hành pháp luật năm 2025"),
    ("2.2/cong-bo", "QĐ", "Công bố danh mục văn bản hết hiệu lực năm 2023"),
    ("3.1/bao-cao-kstthc", "BC", "Công tác kiểm soát TTHC năm 2024 và phương hướng năm 2025"),
    ("8.2/bao-cao-nam-danh-gia", "BC", "Tình hình kinh tế - xã hội năm 2024, kế hoạch năm 2025"),
    ("8.2/bao-cao-nam-truoc", "BC", "Tình hình kinh tế - xã hội năm 2025, kế hoạch năm 2026"),
]


@pytest.mark.parametrize(("path", "kind", "subject"), RIGHT)
def test_honest_title_is_a_candidate(path, kind, subject):
    assert holds(path, "match", {"type": kind, "symbol": "1/X-UBND", "subject": subject}) is True


@pytest.mark.parametrize(("path", "kind", "subject"), WRONG)
def test_other_title_is_no_candidate(path, kind, subject):
    assert holds(path, "match", {"type": kind, "symbol": "1/X-UBND", "subject": subject}) is False


def issued(**changes: Any) -> dict[str, Any]:
    facts = {
        "symbol": "1/X-UBND",
        "issued_on": "2025-07-15",
        "signer": {"name": "A"},
        "issuer": UNIT,
        "draft": False,
        "signatures": [{"kind": "pdf"}],
    }
    return facts | changes


@pytest.mark.parametrize(
    ("path", "issued_on", "right"),
    [
        ("1.1/ke-hoach", "2024-12-30", True),
        ("1.1/ke-hoach", "2025-07-15", True),
        ("1.1/bao-cao", "2025-12-19", True),
        ("1.1/bao-cao", "2026-01-10", True),
        ("1.1/bao-cao", "2024-12-20", False),
        ("1.2/bao-cao-dinh-ky.quy-1", "2025-03-19", True),
        ("1.2/bao-cao-dinh-ky.quy-1", "2026-01-05", False),
        ("2.2/cong-bo", "2025-01-09", True),
        ("2.2/cong-bo", "2026-01-30", True),
    ],
)
def test_dates_are_as_strict_as_the_guide(path, issued_on, right):
    assert holds(path, "valid", issued(issued_on=issued_on)) is right


def test_a_draft_or_a_document_without_number_is_not_valid():
    assert holds("1.1/ke-hoach", "valid", issued()) is True
    assert holds("1.1/ke-hoach", "valid", issued(draft=True)) is False
    for name in ("symbol", "issued_on", "signer", "issuer"):
        assert holds("1.1/ke-hoach", "valid", issued(**{name: None})) is False


@pytest.mark.parametrize(
    ("path", "issuer", "parent", "right"),
    [
        ("1.1/ke-hoach", "Chủ tịch UBND tỉnh Trường Sơn", None, True),
        ("1.1/ke-hoach", "Sở Nội vụ", UNIT, False),
        ("1.3.1/ket-qua-kiem-tra/thong-bao", "Sở Nội vụ", UNIT, True),
        ("2.1.1/ket-luan", "Đoàn kiểm tra 557", None, True),
        ("2.2/cong-bo", "UBND tỉnh Hải Sơn", None, True),
        ("3.1/bao-cao-kstthc", "Văn phòng", UNIT, True),
        ("3.1/bao-cao-kstthc", "Bộ Nội vụ", None, False),
    ],
)
def test_issuer_only_where_only_the_unit_can_issue(path, issuer, parent, right):
    assert holds(path, "valid", issued(issuer=issuer, parent=parent)) is right


def test_a_loose_list_is_taken_or_for_a_person_and_a_letter_is_not():
    assert holds("2.4/danh-muc/danh-muc-roi", "match", {"type": "PHỤ LỤC"}) is True
    assert holds("2.4/danh-muc/danh-muc-roi", "match", {}) is None
    assert holds("2.4/danh-muc/danh-muc-roi", "match", {"type": "BC", "symbol": "1/BC-STP"}) is False
