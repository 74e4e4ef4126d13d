# SPDX-License-Identifier: Apache-2.0
"""Every self-assessed row for the communes of Lâm Đồng 2025: an honest document satisfies it, a near miss does not.

Rows are those of Phụ lục II of 2775/SNV-CCHC&VTLT. A document is (type, trích yếu) and, where they matter, its date,
issuer and the line above the issuer. Paths are "criterion/requirement[/alternative]".
"""

from __future__ import annotations

from typing import Any

import pytest
from packdata import Bench, plain

from parcheck.submission import UnitName

PACK = "cap-xa-lam-dong-2025"
UNIT = "UBND xã Trường Sơn"
COMMUNE = Bench(PACK, (UnitName(UNIT),), "UBND tỉnh Lâm Đồng")
# One printed cell for two rows (asked at the first), or only "nếu có".
NOTHING_ASKED = {"1.6.2", "5.6.2", "5.4.4"}

Doc = tuple[str | None, str | None] | tuple[str | None, str | None, dict[str, Any]]
BEFORE_WINDOW = {"issued_on": "2025-06-20"}
LOCKED = {"issued_on": "2025-12-06"}
OF_OFFICE = {"issuer": "Văn phòng HĐND và UBND", "parent": UNIT}
OF_ECONOMY = {"issuer": "Phòng Kinh tế", "parent": UNIT}
OF_CENTRE = {"issuer": "Trung tâm Phục vụ hành chính công", "parent": UNIT}
OF_PROVINCE = {"issuer": "UBND tỉnh Lâm Đồng", "parent": None}
OF_FORMER = {"issuer": "UBND huyện Cũ", "parent": None, "issued_on": "2025-02-10"}
OF_OTHER = {"issuer": "UBND xã Khác", "parent": "tỉnh Khánh Hòa"}
SIGNED = {"signatures": [{"kind": "pdf"}]}
LOOSE = (None, None)
PICTURE = (None, None, {"signatures": []})


def satisfies(path: str, doc: Doc) -> bool:
    """Tell whether a document is sound proof; of one that does not say what it is, whether it may be for a person."""
    kind, subject, *more = doc
    facts: dict[str, Any] = {
        "type": kind,
        "symbol": "1/X-UBND",
        "subject": subject,
        "issued_on": "2025-09-15",
        "issuer": UNIT,
        "parent": "tỉnh Lâm Đồng",
        "signer": {"name": "A"},
        "draft": False,
        "signatures": [{"kind": "pdf"}],
    }
    if (kind, subject) == LOOSE:
        facts = {"type": None, "draft": False, **SIGNED}
    facts |= more[0] if more else {}
    match = True if facts["type"] else None
    return COMMUNE.holds(path, "match", facts) is match and COMMUNE.holds(path, "valid", facts) is True


PAR: Doc = ("BC", "Công tác CCHC quý III năm 2025", OF_OFFICE)
CONTROL: Doc = ("BC", "Công tác kiểm soát TTHC quý III năm 2025", OF_CENTRE)
DIGITAL: Doc = ("BC", "Kết quả chuyển đổi số năm 2025")
DIGITAL_PLAN: Doc = ("KH", "Chuyển đổi số năm 2025")
LAW: Doc = ("BC", "Theo dõi tình hình thi hành pháp luật năm 2025")
TEXTS: Doc = ("BC", "Kiểm tra, rà soát, hệ thống hóa VBQPPL năm 2025")
ASSETS: Doc = ("BC", "Tình hình quản lý, sử dụng tài sản công năm 2024", {"issued_on": "2025-02-20"})
STAFF_PLAN: Doc = ("QĐ", "Giao biên chế công chức năm 2025", OF_PROVINCE)
MEETING: Doc = ("GM", "dự họp giao ban")

ROWS: dict[str, tuple[list[Doc], list[Doc]]] = {
    # ── Lĩnh vực 1 ───────────────────────────────────────────────────────────────────────────────────────────────
    "1.1.1/ke-hoach": (
        [("KH", "CCHC 6 tháng cuối năm 2025"), ("QĐ", "Ban hành Kế hoạch CCHC năm 2025", OF_FORMER)],
        [("KH", "CCHC năm 2026"), ("KH", "CCHC 5 năm 2021-2025"), ("KH", "CCHC năm 2025", OF_ECONOMY)],
    ),
    "1.1.1/van-ban-trien-khai": (
        [("CV", "nâng cao tỷ lệ DVC trực tuyến", OF_OFFICE), ("TB", "phân công nhiệm vụ Đề án 06")],
        [PAR, ("KH", "CCHC năm 2025"), ("CV", "phòng, chống dịch")],
    ),
    "1.1.2/bao-cao": (
        [PAR, ("CV", "báo cáo kết quả thực hiện công tác CCHC")],
        [("CV", "đôn đốc báo cáo công tác CCHC"), ("BC", "Công tác CCHC năm 2025", BEFORE_WINDOW)],
    ),
    "1.1.2/phu-luc/phu-luc-roi": ([LOOSE], [PICTURE, MEETING]),
    "1.2/bao-cao": ([PAR], [("BC", "Công tác CCHC năm 2025", LOCKED), ("BC", "Công tác CCHC năm 2025", OF_OTHER)]),
    "1.3.1/ke-hoach": (
        [("KH", "Kiểm tra hoạt động các phòng chuyên môn năm 2025", OF_OFFICE)],
        [("KH", "Kiểm tra an toàn thực phẩm năm 2025")],
    ),
    "1.3.1/ket-qua/bien-ban": (
        [("BB", "Kiểm tra tại phòng Kinh tế", {"symbol": None, "issued_on": None}), ("BB", None)],
        [("BB", "Họp xét thi đua")],
    ),
    "1.3.1/ket-qua/thong-bao": (
        [("TB", "Kết quả kiểm tra CCHC tại các phòng")],
        [("TB", "Kết luận thanh tra đất đai"), ("TB", "Lịch kiểm tra CCHC")],
    ),
    "1.3.1/ket-qua/bao-cao": (
        [("BC", "Kết quả tự kiểm tra CCHC năm 2025")],
        [("BC", "Kiểm tra rừng năm 2025")],
    ),
    "1.3.2/ket-luan/thong-bao": ([("TB", "Kết luận kiểm tra CCHC", OF_PROVINCE)], [("KH", "Kiểm tra CCHC")]),
    "1.3.2/khac-phuc": (
        [("BC", "Khắc phục hạn chế sau kiểm tra CCHC", OF_ECONOMY), ("CV", "giải trình nội dung kết luận")],
        [PAR],
    ),
    "1.3.2/phu-luc/phu-luc-roi": ([LOOSE], [MEETING]),
    "1.4.1/bao-cao": ([PAR], [("BC", "Tuyên truyền CCHC năm 2025")]),
    "1.4.1/phu-luc/bao-cao": ([("BC", "Thống kê tin, bài năm 2025")], [("BC", "Thống kê tin, bài năm 2024")]),
    "1.4.2/san-pham/van-ban": (
        [("GM", "dự Hội nghị tập huấn CCHC")],
        [("KH", "Tập huấn CCHC năm 2024"), ("CV", "mời họp")],
    ),
    "1.4.2/san-pham/san-pham-roi": ([PICTURE], [("BC", "CCHC năm 2025")]),
    "1.4.3/phu-luc/phu-luc-roi": ([LOOSE], [PICTURE]),
    "1.4.4/san-pham/san-pham-roi": ([PICTURE], [MEETING]),
    "1.5/ban-mo-ta/van-ban": ([("TTr", "Công nhận giải pháp đổi mới")], [MEETING]),
    "1.5/bao-cao": (
        [("BC", "Kết quả thí điểm mô hình “Ngày thứ bảy vì dân”")],
        [("QĐ", "Công nhận sáng kiến"), PAR],
    ),
    "1.6.1/doi-thoai/van-ban": (
        [("KH", "Đối thoại với cử tri, hộ kinh doanh năm 2025")],
        [("KH", "Đối thoại với nhân dân năm 2024")],
    ),
    "1.6.1/doi-thoai/bien-ban": ([("BB", "Hội nghị đối thoại")], [("BB", "Kiểm kê tài sản")]),
    "1.6.1/tong-hop/bien-ban": ([("BB", "Tiếp xúc, đối thoại với nhân dân")], [("BB", "Bàn giao hồ sơ")]),
    "1.6.1/chi-dao": ([("TB", "Kết luận tại buổi đối thoại")], [MEETING]),
    "1.6.1/ket-qua/van-ban": ([("CV", "trả lời kiến nghị", OF_ECONOMY)], [MEETING]),
    "1.7/giao-thu": (
        [("QĐ", "Giao dự toán thu, chi ngân sách năm 2025", OF_PROVINCE | {"issued_on": "2024-12-20"})],
        [("QĐ", "Giao dự toán ngân sách năm 2024", OF_PROVINCE), ("BC", "Dự toán ngân sách năm 2025")],
    ),
    "1.7/ket-qua/bao-cao": (
        [("BC", "Tình hình thu NSNN 11 tháng năm 2025", OF_ECONOMY)],
        [("BC", "Thu ngân sách năm 2024"), ("BC", "Thu ngân sách năm 2025", OF_OTHER)],
    ),
    # ── Lĩnh vực 2 ───────────────────────────────────────────────────────────────────────────────────────────────
    "2.1/giao-nhiem-vu": ([("QĐ", "Danh mục VBQPPL giao UBND cấp xã ban hành", OF_PROVINCE)], [MEETING]),
    "2.1/danh-muc/phu-luc-roi": ([LOOSE], [MEETING]),
    "2.2.1/ke-hoach": (
        [("KH", "Tổ chức thi hành pháp luật năm 2025", OF_OFFICE)],
        [LAW, ("KH", "Theo dõi thi hành pháp luật năm 2024")],
    ),
    "2.2.2/bao-cao": ([LAW], [("BC", "Theo dõi thi hành pháp luật năm 2025", BEFORE_WINDOW)]),
    "2.2.3/bao-cao": ([LAW, ("CV", "báo cáo kết quả TDTHPL")], [("KH", "Theo dõi thi hành pháp luật năm 2025")]),
    "2.2.4/bao-cao": ([LAW], [("BC", "Công tác hòa giải năm 2025")]),
    "2.2.4/van-ban-xu-ly": ([("CV", "kiến nghị xử lý vướng mắc trong thi hành pháp luật")], [MEETING]),
    "2.3/cong-bo": (
        [("QĐ", "Công bố danh mục VBQPPL hết hiệu lực năm 2024", OF_FORMER)],
        [("BC", "Danh mục VBQPPL hết hiệu lực năm 2025")],
    ),
    "2.4.1/ke-hoach": ([("KH", "Rà soát, hệ thống hóa VBQPPL năm 2025")], [TEXTS]),
    "2.4.2/danh-muc/phu-luc-roi": ([LOOSE], [PICTURE]),
    "2.4.2/bao-cao": ([TEXTS], [("KH", "Kiểm tra VBQPPL năm 2025")]),
    "2.4.3/bao-cao": ([TEXTS], [("BC", "Kiểm tra VBQPPL năm 2024")]),
    "2.4.3/van-ban-xu-ly": ([("QĐ", "Bãi bỏ Quyết định số 01/2024/QĐ-UBND")], [MEETING]),
    "2.4.4/bao-cao": ([TEXTS], [("BC", "Rà soát VBQPPL năm 2025", LOCKED)]),
    "2.4.5/bao-cao": ([TEXTS], [("BC", "Rà soát hộ nghèo năm 2025")]),
    # ── Lĩnh vực 3 ───────────────────────────────────────────────────────────────────────────────────────────────
    "3.1.1/ke-hoach": ([("KH", "Hoạt động KSTTHC năm 2025", OF_CENTRE)], [("KH", "Hoạt động KSTTHC năm 2024")]),
    "3.1.2/bao-cao": ([CONTROL], [("BC", "Khảo sát mức độ hài lòng về giải quyết TTHC năm 2025")]),
    "3.1.3/ke-hoach": ([("KH", "Rà soát, đánh giá TTHC năm 2025")], [("KH", "Rà soát VBQPPL năm 2025")]),
    "3.1.4/bao-cao/bao-cao-ra-soat": (
        [("BC", "Kết quả rà soát TTHC năm 2025", BEFORE_WINDOW)],
        [("BC", "Kết quả rà soát TTHC năm 2024")],
    ),
    "3.2.1/bao-cao": ([CONTROL], [PAR]),
    "3.2.1/danh-muc/phu-luc-roi": ([LOOSE], [PICTURE]),
    "3.2.2/danh-muc/bao-cao": ([("QĐ", "Danh mục TTHC công khai", OF_PROVINCE)], [MEETING]),
    "3.3.1/bao-cao": ([CONTROL], [("BC", "Kiểm soát TTHC năm 2025", BEFORE_WINDOW)]),
    "3.3.2/bao-cao": ([("BC", "Hoạt động của Trung tâm Phục vụ hành chính công năm 2025", OF_CENTRE)], [PAR]),
    "3.4.1/bao-cao": (
        [("BC", "Giải quyết TTHC 6 tháng đầu năm 2025", BEFORE_WINDOW)],
        [("BC", "Giải quyết TTHC năm 2025", OF_OTHER)],
    ),
    "3.4.1/phu-luc/phu-luc-roi": ([LOOSE], [PICTURE]),
    "3.4.2/bao-cao": ([CONTROL], [("BC", "Kiểm soát TTHC năm 2024")]),
    "3.5.1/bao-cao": ([CONTROL], [PAR]),
    "3.5.1/tra-loi": ([("CV", "trả lời PAKN của công dân", OF_ECONOMY)], [("CV", "trả lời PAKN", OF_OTHER)]),
    "3.5.2/bao-cao": ([CONTROL], [PAR]),
    "3.5.2/tra-loi": ([("CV", "trả lời phản ánh, kiến nghị")], [MEETING]),
    # ── Lĩnh vực 4 ───────────────────────────────────────────────────────────────────────────────────────────────
    "4.1.1/quy-dinh": (
        [("QĐ", "Quy định chức năng, nhiệm vụ của Phòng Văn hóa - Xã hội")],
        [("BC", "Chức năng, nhiệm vụ của các phòng"), ("QĐ", "Quy định chức năng", OF_PROVINCE)],
    ),
    "4.1.2/danh-muc/phu-luc-roi": ([LOOSE], [PICTURE]),
    "4.1.3/phuong-an": ([("PA", "Sắp xếp các trường học trực thuộc")], [("BC", "Sắp xếp các trường học")]),
    "4.1.3/bao-cao/tai-lieu": ([("CV", "kết quả tổ chức lại ĐVSN")], [MEETING]),
    "4.2.1/giao-bien-che": ([STAFF_PLAN], [("QĐ", "Bổ nhiệm công chức")]),
    "4.2.1/phu-luc/bao-cao": ([("BC", "Tình hình sử dụng biên chế")], [STAFF_PLAN]),
    "4.2.2/giao-bien-che": ([("QĐ", "Giao số lượng người làm việc năm 2025", OF_PROVINCE)], [MEETING]),
    "4.2.2/phu-luc/phu-luc-roi": ([LOOSE], [PICTURE]),
    "4.3.1/van-ban": (
        [("QĐ", "Ủy quyền cho Trưởng phòng Kinh tế")],
        [("QĐ", "Phân cấp quản lý nhà nước", OF_PROVINCE)],
    ),
    "4.3.2/ket-luan/bao-cao": ([("BC", "Kết quả kiểm tra thực hiện phân cấp")], [DIGITAL]),
    "4.3.2/xu-ly": ([("CV", "đôn đốc khắc phục tồn tại")], [MEETING]),
    # ── Lĩnh vực 5 ───────────────────────────────────────────────────────────────────────────────────────────────
    "5.1.1/phe-duyet": ([("QĐ", "Phê duyệt Đề án VTVL", OF_PROVINCE)], [("TTr", "Phê duyệt Đề án VTVL")]),
    "5.1.2/phe-duyet": ([("QĐ", "Phê duyệt vị trí việc làm", OF_FORMER)], [("QĐ", "Bổ nhiệm công chức")]),
    "5.1.2/bao-cao": (
        [("BC", "Bố trí công chức theo VTVL năm 2025", OF_OFFICE)],
        [("BC", "Bố trí công chức theo VTVL năm 2024")],
    ),
    "5.2.1/dang-ky": ([("CV", "không đăng ký nhu cầu tuyển dụng")], [("CV", "nhu cầu tuyển dụng", OF_OTHER)]),
    "5.2.2/ke-hoach": ([("KH", "Tuyển dụng viên chức", {"issuer": "Trường Tiểu học A"})], [STAFF_PLAN]),
    "5.2.2/thong-bao": ([("TB", "Xét tuyển viên chức")], [("KH", "Xét tuyển viên chức")]),
    "5.2.2/dang-tai/ban-chup": ([PICTURE], [STAFF_PLAN]),
    "5.3/quyet-dinh": (
        [("QĐ", "Chỉ định, bổ nhiệm Trưởng phòng")],
        [("QĐ", "Bổ nhiệm Trưởng phòng", {"issued_on": "2024-11-11"}), ("TB", "Bổ nhiệm Trưởng phòng")],
    ),
    "5.3/danh-sach/phu-luc-roi": ([LOOSE], [PICTURE]),
    "5.4.1/bao-cao": (
        [("BC", "Chấp hành kỷ luật, kỷ cương năm 2025")],
        [("BC", "Kỷ luật, kỷ cương năm 2024"), ("CT", "Tăng cường kỷ luật, kỷ cương")],
    ),
    "5.4.2/bao-cao": ([("BC", "Tình hình CBCCVC năm 2025", OF_OFFICE)], [DIGITAL]),
    "5.4.3/bao-cao": ([PAR], [("BC", "Chấp hành kỷ luật, kỷ cương năm 2025", LOCKED)]),
    "5.5/ke-hoach": (
        [("KH", "ĐTBD cán bộ, công chức năm 2025")],
        [("KH", "Đào tạo nghề cho lao động nông thôn năm 2025")],
    ),
    "5.5/bao-cao": ([("BC", "Bồi dưỡng công chức năm 2025")], [("BC", "Bồi dưỡng học sinh giỏi năm 2025")]),
    "5.6.1/bao-cao": ([("BC", "Cập nhật dữ liệu phần mềm CBCCVC năm 2025")], [CONTROL]),
    # ── Lĩnh vực 6 ───────────────────────────────────────────────────────────────────────────────────────────────
    "6.1.1/bao-cao": (
        [("BC", "Giải ngân vốn ĐTC năm 2025", OF_ECONOMY)],
        [("QĐ", "Giao kế hoạch vốn năm 2025"), ("BC", "Giải ngân vốn năm 2024")],
    ),
    "6.1.2/bao-cao": ([("BC", "Quyết toán kinh phí quý III năm 2025", OF_ECONOMY)], [DIGITAL]),
    "6.1.3/ket-luan/ket-luan": ([("KẾT LUẬN", "Thanh tra tài chính", OF_PROVINCE)], [("KH", "Thanh tra năm 2025")]),
    "6.1.3/bao-cao": (
        [("CV", "báo cáo kết quả thực hiện kết luận thanh tra", OF_ECONOMY)],
        [("BC", "Thực hiện kiến nghị kiểm toán", OF_OTHER)],
    ),
    "6.1.3/chung-tu/chung-tu-roi": ([PICTURE], [MEETING]),
    "6.2.1/quy-che": (
        [("QĐ", "Ban hành Quy chế quản lý, sử dụng tài sản công")],
        [ASSETS, ("QĐ", "Quy chế quản lý tài sản công", OF_PROVINCE)],
    ),
    "6.2.1/bieu/phu-luc-roi": ([LOOSE], [PICTURE]),
    "6.2.2/bao-cao": ([ASSETS], [("BC", "Quản lý tài sản công", {"issued_on": "2024-02-20"})]),
    "6.2.3/bao-cao": ([ASSETS], [("QĐ", "Thanh lý tài sản công")]),
    "6.2.4/phe-duyet": ([("QĐ", "Phương án xử lý trụ sở", OF_PROVINCE)], [("BC", "Phương án xử lý trụ sở")]),
    "6.3.1/bao-cao": ([("BC", "Thực hiện tự chủ tại ĐVSN năm 2025")], [("QĐ", "Giao tự chủ năm 2025")]),
    # ── Lĩnh vực 7 ───────────────────────────────────────────────────────────────────────────────────────────────
    "7.1/ke-hoach": (
        [DIGITAL_PLAN, ("KH", "Thực hiện Nghị quyết 57 năm 2025", OF_OFFICE)],
        [("KH", "Tuyên truyền chuyển đổi số năm 2025"), ("QĐ", "Thành lập Ban Chỉ đạo CĐS năm 2025")],
    ),
    "7.1/bao-cao": ([DIGITAL], [DIGITAL_PLAN]),
    "7.2.1/bao-cao": ([DIGITAL], [PAR]),
    "7.2.1/van-thu/bao-cao": ([("BC", "Công tác văn thư, lưu trữ năm 2025")], [("BC", "Hòa giải năm 2025")]),
    "7.2.2/bao-cao": ([DIGITAL], [("BC", "Kết quả chuyển đổi số", BEFORE_WINDOW)]),
    "7.2.3/bao-cao": ([DIGITAL], [("BC", "Kết quả chuyển đổi số năm 2024")]),
    "7.3.1/bao-cao": ([DIGITAL], [DIGITAL_PLAN]),
    "7.3.2/bao-cao": ([("BC", "Số hóa hồ sơ TTHC năm 2025", OF_CENTRE)], [DIGITAL_PLAN]),
    "7.3.3/bao-cao": ([DIGITAL], [("BC", "Kết quả chuyển đổi số năm 2025", OF_OTHER)]),
    "7.3.4/bao-cao": ([DIGITAL], [PAR]),
    "7.3.5/bao-cao": ([DIGITAL], [("CV", "triển khai chứng thực bản sao điện tử")]),
    "7.3.6/bao-cao": ([("BC", "Kết quả DVC trực tuyến năm 2025", OF_CENTRE)], [("BC", "Chuyển đổi số", LOCKED)]),
    "7.3.7/bao-cao": ([("BC", "Thanh toán không dùng tiền mặt năm 2025")], [DIGITAL_PLAN]),
    "7.3.8/bao-cao": ([DIGITAL], [DIGITAL_PLAN]),
}  # fmt: skip


def cases(which: int) -> list[tuple[str, Doc]]:
    return [(path, doc) for path, both in ROWS.items() for doc in both[which]]


@pytest.mark.parametrize(("path", "doc"), cases(0), ids=str)
def test_an_honest_document_satisfies(path, doc):
    assert satisfies(path, doc)


@pytest.mark.parametrize(("path", "doc"), cases(1), ids=str)
def test_a_near_miss_does_not(path, doc):
    assert not satisfies(path, doc)


@pytest.mark.parametrize(("path", "doc"), [case for case in cases(0) if case[1][0] is None], ids=str)
def test_a_list_that_says_what_it_is_needs_no_person(path, doc):
    kind, subject, *more = doc
    assert satisfies(path, (kind, subject, {**(more[0] if more else {}), "type": "PHỤ LỤC"}))


def test_every_row_that_asks_for_something_has_both():
    asked = {code for code, row in plain(PACK).rows.items() if row["assessed"] == "self"} - NOTHING_ASKED
    assert {path.partition("/")[0] for path in ROWS} == asked
    assert all(right and wrong for right, wrong in ROWS.values())
