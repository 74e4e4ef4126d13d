# SPDX-License-Identifier: Apache-2.0
"""Every self-assessed row of the provincial PAR INDEX 2025: an honest document satisfies it, a near miss does not.

Rows are those of Phụ lục 2 of 12094/BNV-CCHC. A document is (type, trích yếu) and, where they matter, its date,
issuer and the line above the issuer. Paths are "criterion/requirement[.entry][/alternative]".
"""

from __future__ import annotations

from typing import Any

import pytest
from packdata import Bench, plain

from parcheck.submission import UnitName

PACK = "par-tinh-2025"
UNIT = "UBND tỉnh Lâm Đồng"
PROVINCE = Bench(PACK, (UnitName(UNIT),))
# Proven by what a national portal holds (3.2.3); the guide's cell is empty (7.2.3).
NOTHING_ASKED = {"3.2.3", "7.2.3"}

Doc = tuple[str | None, str | None] | tuple[str | None, str | None, dict[str, Any]]
DATED_LATE = {"issued_on": "2026-01-12"}
YEAR_BEFORE = {"issued_on": "2024-12-20"}
OF_OFFICE = {"issuer": "Văn phòng", "parent": UNIT}
OF_INTERIOR = {"issuer": "Sở Nội vụ", "parent": UNIT}
OF_FINANCE = {"issuer": "Sở Tài chính", "parent": UNIT}
OF_JUSTICE = {"issuer": "Sở Tư pháp", "parent": UNIT}
OF_PARTY = {"issuer": "Tỉnh ủy Lâm Đồng", "parent": None, "symbol": "12-BC/TU"}
OF_PARTY_BOARD = {"issuer": "Ban Tổ chức", "parent": "Tỉnh ủy Lâm Đồng"}
OF_COUNCIL = {"issuer": "Hội đồng nhân dân tỉnh Lâm Đồng", "parent": None}
OF_FORMER = {"issuer": "UBND tỉnh Bình Thuận", "parent": None, "issued_on": "2025-03-14"}
OF_FORMER_OFFICE = {"issuer": "Sở Nội vụ", "parent": "UBND tỉnh Bình Thuận", "issued_on": "2025-05-14"}
OF_OTHER = {"issuer": "UBND tỉnh Khác", "parent": None}
OF_OTHER_OFFICE = {"issuer": "Sở Tài chính", "parent": "UBND tỉnh Khác"}
OF_MINISTRY = {"issuer": "Bộ Nội vụ", "parent": None}
LOOSE = (None, None)


def satisfies(path: str, doc: Doc) -> bool:
    """Tell whether a document is sound proof; of one that does not say what it is, whether it may be for a person."""
    kind, subject, *more = doc
    facts: dict[str, Any] = {
        "type": kind,
        "symbol": "1/X-UBND",
        "subject": subject,
        "issued_on": "2025-07-15",
        "issuer": UNIT,
        "signer": {"name": "A"},
        "draft": False,
        "signatures": [{"kind": "pdf"}],
    }
    if doc == LOOSE:
        facts = {"type": None, "draft": False, "signatures": []}
    facts |= more[0] if more else {}
    match = True if facts["type"] else None
    return PROVINCE.holds(path, "match", facts) is match and PROVINCE.holds(path, "valid", facts) is True


PAR_YEAR: Doc = ("BC", "Công tác CCHC năm 2025, phương hướng nhiệm vụ năm 2026", DATED_LATE)
CONTROL: Doc = ("BC", "Tình hình, kết quả thực hiện công tác kiểm soát TTHC năm 2025", OF_OFFICE)

ROWS: dict[str, tuple[list[Doc], list[Doc]]] = {
    # ── Lĩnh vực 1 ───────────────────────────────────────────────────────────────────────────────────────────────
    "1.1/ke-hoach": (
        [("KH", "Cải cách hành chính nhà nước năm 2025"), ("QĐ", "Ban hành Kế hoạch CCHC năm 2025", OF_FORMER)],
        [("KH", "Khắc phục hạn chế, nâng cao Chỉ số CCHC năm 2025"), ("KH", "CCHC năm 2025", OF_OTHER)],
    ),
    "1.1/bao-cao": (
        [PAR_YEAR, ("CV", "báo cáo kết quả công tác CCHC năm 2025"), ("BC", "CCHC năm 2025, so với năm 2024")],
        [("CV", "hướng dẫn xây dựng báo cáo công tác CCHC năm 2025"), ("BC", "CCHC năm 2025", OF_INTERIOR)],
    ),
    "1.2/bao-cao-dinh-ky.quy-1": (
        [("BC", "Công tác CCHC Quý 1 năm 2025", OF_FORMER)],
        [("BC", "Công tác CCHC quý II năm 2025"), ("BC", "Công tác CCHC quý I năm 2025", DATED_LATE)],
    ),
    "1.2/bao-cao-dinh-ky.6-thang": (
        [("BC", "Công tác CCHC 06 tháng đầu năm 2025"), ("BC", "CCHC quý hai năm 2025")],
        [("BC", "CCHC quý I, nhiệm vụ 6 tháng đầu năm 2025"), ("BC", "CCHC 6 tháng đầu năm 2024")],
    ),
    "1.2/bao-cao-dinh-ky.quy-3": (
        [("BC", "Công tác CCHC quý III và chín tháng đầu năm 2025")],
        [("BC", "Công tác CCHC 6 tháng đầu năm, nhiệm vụ quý III năm 2025")],
    ),
    "1.2/bao-cao-nam": ([PAR_YEAR], [("BC", "Kết quả kiểm tra công tác CCHC năm 2025")]),
    "1.3.1/ket-qua-kiem-tra/bien-ban": (
        [("BB", "Làm việc của Đoàn kiểm tra", {"symbol": None, "issued_on": None}), ("BB", None)],
        [("BB", "Họp xét thi đua năm 2025"), ("BB", "Kiểm tra CCHC", YEAR_BEFORE)],
    ),
    "1.3.1/ket-qua-kiem-tra/thong-bao": (
        [("BC", "Kết quả kiểm tra công tác CCHC năm 2025", OF_INTERIOR), ("KẾT LUẬN", "Kiểm tra CCHC năm 2025")],
        [("KH", "Kiểm tra công tác CCHC năm 2025"), ("BC", "Kết quả khắc phục sau kiểm tra CCHC năm 2025")],
    ),
    "1.3.2/ket-qua-kiem-tra/thong-bao": (
        [("TB", "Kết luận kiểm tra CCHC năm 2024", YEAR_BEFORE)],
        [("TB", "Lịch kiểm tra CCHC năm 2025")],
    ),
    "1.3.2/van-ban-xu-ly/van-ban": (
        [("CV", "giải trình và rút kinh nghiệm theo Thông báo số 27/TB-SNV", OF_JUSTICE)],
        [("TB", "Kết quả kiểm tra công tác CCHC năm 2025")],
    ),
    "1.4/bao-cao": ([("BC", "Công tác CCHC quý III năm 2025")], [("BC", "Tự đánh giá Chỉ số CCHC năm 2025")]),
    "1.4/duong-link": (
        [("PHỤ LỤC", "Danh sách tin, bài tuyên truyền CCHC năm 2025", {"links": ["https://a.vn"]})],
        [("PHỤ LỤC", "Danh sách tin, bài tuyên truyền CCHC năm 2025")],
    ),
    "1.4/luot-truy-cap/van-ban": (
        [("BC", "Số lượt truy cập Chuyên trang CCHC năm 2025")],
        [("BC", "Công tác CCHC quý I năm 2025")],
    ),
    "1.5/phe-duyet": (
        [("QĐ", "Triển khai nền tảng trợ lý ảo phục vụ người dân"), ("TB", "thí điểm mô hình một cửa", OF_PARTY)],
        [("BC", "Kết quả thực hiện sáng kiến CCHC năm 2025"), ("QĐ", "Ban hành Kế hoạch CCHC năm 2025")],
    ),
    "1.6/doi-thoai/van-ban": (
        [("KH", "Tổ chức Hội nghị đối thoại với hộ kinh doanh năm 2025"), ("TB", "gặp gỡ hiệp hội DN", OF_FINANCE)],
        [("KH", "Tổ chức Hội nghị đối thoại với doanh nghiệp năm 2024"), ("KH", "Chuyển đổi số năm 2025")],
    ),
    "1.6/doi-thoai/bien-ban": ([("BB", "Hội nghị đối thoại")], [("BB", "Kiểm kê tài sản")]),
    "1.6/tong-hop-kien-nghi/van-ban": ([("BC", "Tổng hợp khó khăn, vướng mắc của DN")], [("BC", "CCHC năm 2025")]),
    "1.6/chi-dao-xu-ly": ([("TB", "Kết luận tại buổi đối thoại")], [("CV", "mời họp giao ban")]),
    "1.6/ket-qua-xu-ly/van-ban": ([("CV", "trả lời kiến nghị của Công ty A", OF_FINANCE)], [("CV", "mời họp")]),
    # ── Lĩnh vực 2 ───────────────────────────────────────────────────────────────────────────────────────────────
    "2.1.1/ket-luan/ket-luan": (
        [
            ("BC", "Kết quả kiểm tra việc chấp hành pháp luật về đất đai năm 2025", OF_JUSTICE),
            ("KẾT LUẬN", "kiểm tra công tác thi hành pháp luật về XLVPHC năm 2024"),
        ],
        [
            ("KẾT LUẬN", "kiểm tra công tác thi hành pháp luật về XLVPHC năm 2024", YEAR_BEFORE),
            ("KH", "Kiểm tra tình hình thi hành pháp luật năm 2025"),
        ],
    ),
    "2.1.1/ket-luan/bien-ban": (
        [("BB", "Kiểm tra tình hình thi hành pháp luật tại xã A")],
        [("BB", "Kiểm tra phòng cháy")],
    ),
    "2.1.2/bao-cao": (
        [("BC", "Công tác thi hành pháp luật về XLVPHC năm 2025", OF_JUSTICE)],
        [("BC", "Công tác thi hành pháp luật về XLVPHC năm 2025", OF_OTHER)],
    ),
    "2.1.2/van-ban-xu-ly": (
        [("CV", "kiến nghị xử lý vướng mắc trong thi hành pháp luật", OF_JUSTICE)],
        [("CV", "mời họp đánh giá")],
    ),
    "2.2/cong-bo": (
        [("QĐ", "Công bố danh mục VBQPPL hết hiệu lực năm 2024", OF_FORMER)],
        [("QĐ", "Công bố danh mục VBQPPL hết hiệu lực năm 2022"), ("BC", "Danh mục VBQPPL hết hiệu lực năm 2025")],
    ),
    "2.3.1/ke-hoach": (
        [("QĐ", "Ban hành Kế hoạch kiểm tra, xử lý VBQPPL năm 2025", OF_JUSTICE)],
        [("KH", "Kiểm tra, xử lý VBQPPL năm 2024")],
    ),
    "2.3.1/danh-muc-theo-ke-hoach/van-ban": (
        [("TB", "Kết quả kiểm tra văn bản do HĐND, UBND xã ban hành", OF_JUSTICE)],
        [("KH", "Kiểm tra VBQPPL năm 2025")],
    ),
    "2.3.1/danh-muc-theo-can-cu-khac/danh-muc": ([LOOSE], [("CV", "cử người dự họp")]),
    "2.3.2/danh-muc/van-ban": ([("QĐ", "Bãi bỏ Quyết định số 05/2024/QĐ-UBND")], [("QĐ", "Bổ nhiệm công chức")]),
    "2.3.2/bao-cao": (
        [("BC", "Công tác kiểm tra, xử lý, rà soát, hệ thống hóa VBQPPL năm 2025", OF_JUSTICE)],
        [("BC", "Công tác kiểm tra, xử lý VBQPPL năm 2025", YEAR_BEFORE)],
    ),
    "2.4/danh-muc/van-ban": (
        [("BC", "Đăng tải văn bản trên CSDLQG về pháp luật")],
        [("BC", "Công tác tư pháp năm 2025")],
    ),
    # ── Lĩnh vực 3 ───────────────────────────────────────────────────────────────────────────────────────────────
    "3.1/bao-cao-kstthc": (
        [CONTROL, ("BC", "Kết quả giải quyết TTHC theo cơ chế một cửa 6 tháng đầu năm 2025", OF_FORMER_OFFICE)],
        [("BC", "Khảo sát mức độ hài lòng về giải quyết TTHC năm 2025"), ("BC", "Kiểm soát TTHC năm 2025", OF_OTHER)],
    ),
    "3.2.1/bao-cao-kstthc": ([CONTROL], [("KH", "Kiểm soát TTHC năm 2025")]),
    "3.2.2/bao-cao-kstthc": ([CONTROL], [("BC", "Kiểm soát TTHC năm 2024")]),
    "3.2.4/quyet-dinh": (
        [("QĐ", "Về việc công bố danh mục thủ tục hành chính nội bộ", {"issued_on": "2023-05-05"})],
        [("QĐ", "Phê duyệt quy trình nội bộ giải quyết thủ tục hành chính")],
    ),
    "3.3.1/bao-cao/bao-cao-kstthc": ([CONTROL], [("BC", "Kiểm soát TTHC năm 2025", OF_MINISTRY)]),
    "3.3.2/bao-cao/bao-cao-cchc": ([PAR_YEAR], [("BC", "Công tác CCHC quý III năm 2025")]),
    "3.4.1/bao-cao/bao-cao-kstthc": ([CONTROL], [("BC", "Tuyên truyền cải cách TTHC năm 2025")]),
    "3.4.2/bao-cao/bao-cao-cchc": ([PAR_YEAR], [("BC", "Công tác CCHC năm 2024")]),
    "3.4.3/bao-cao/bao-cao-kstthc": ([CONTROL], [("CV", "xin lỗi người dân do trễ hẹn")]),
    "3.4.4/bao-cao-kstthc": ([CONTROL], [("QĐ", "Công bố kết quả đánh giá Bộ chỉ số 766")]),
    "3.5.1/bao-cao/bao-cao-kstthc": ([CONTROL], [("BC", "Kiểm soát TTHC năm 2025", YEAR_BEFORE)]),
    "3.5.2/bao-cao": (
        [("BC", "Kết quả xử lý PAKN của cá nhân, tổ chức quý IV năm 2025", OF_OFFICE)],
        [("BC", "Tự đánh giá, chấm điểm CCHC năm 2025")],
    ),
    # ── Lĩnh vực 4 ───────────────────────────────────────────────────────────────────────────────────────────────
    "4.1.1/bao-cao-chuyen-de": (
        [
            ("BC", "Tổng kết Nghị quyết số 18-NQ/TW về sắp xếp tổ chức bộ máy", OF_PARTY),
            ("BC", "Kiện toàn các cơ quan chuyên môn năm 2025", OF_PARTY_BOARD),
            ("BC", "Vận hành chính quyền địa phương 2 cấp năm 2025", OF_INTERIOR),
            ("BC", "Kết quả sắp xếp tổ chức bộ máy", OF_FORMER_OFFICE),
            ("CV", "báo cáo kết quả sắp xếp tổ chức bộ máy", OF_INTERIOR),
        ],
        [
            ("BC", "Kết quả sắp xếp tổ chức bộ máy năm 2023"),
            ("BC", "Kết quả sắp xếp tổ chức bộ máy", OF_MINISTRY),
            ("BC", "Kết quả sắp xếp tổ chức bộ máy", OF_OTHER_OFFICE),
            ("CV", "đôn đốc báo cáo kết quả sắp xếp tổ chức bộ máy"),
        ],
    ),
    "4.1.1/bao-cao-cchc": ([PAR_YEAR], [("BC", "CCHC 6 tháng đầu năm 2025")]),
    "4.1.2/bang-so-nganh/van-ban": ([("CV", "cung cấp danh sách cán bộ", OF_INTERIOR)], [("CV", "mời họp")]),
    "4.1.2/bang-phong-thuoc-so/bang-roi": ([LOOSE], [("CV", "mời họp")]),
    "4.1.2/bang-phong-cap-xa/bang-roi": ([("PHỤ LỤC", "Số lượng cấp phó")], [("KH", "Chuyển đổi số năm 2025")]),
    "4.1.2/bao-cao-chuyen-de": (
        [("BC", "Rà soát, kiện toàn bộ máy năm 2025", OF_COUNCIL)],
        [("KH", "Rà soát, kiện toàn bộ máy năm 2025")],
    ),
    "4.1.3/bao-cao/bao-cao-cchc": ([("BC", "CCHC quý III năm 2025")], [("BC", "CCHC quý III năm 2024")]),
    "4.1.3/bao-cao/bao-cao-chuyen-de": (
        [("BC", "Sắp xếp ĐVSNCL năm 2025", OF_PARTY_BOARD)],
        [("BC", "Sắp xếp ĐVSNCL năm 2025", OF_OTHER)],
    ),
    "4.2.1/bao-cao/bao-cao-thong-ke": (
        [("BC", "Thống kê số lượng, chất lượng đội ngũ CBCC năm 2025", OF_INTERIOR)],
        [("QĐ", "Giao biên chế công chức năm 2025")],
    ),
    "4.2.2/bao-cao/bao-cao-thong-ke": (
        [("BC", "Tình hình sử dụng số lượng người làm việc năm 2025", OF_PARTY_BOARD)],
        [("BC", "Tình hình sử dụng số lượng người làm việc năm 2024")],
    ),
    "4.3.1/bao-cao/bao-cao-phan-cap": (
        [("BC", "Tình hình phân cấp, ủy quyền năm 2025", OF_COUNCIL)],
        [("QĐ", "Phân cấp quản lý tài sản công")],
    ),
    "4.3.2/ket-luan/ket-luan": (
        [("TB", "Kết luận thanh tra công tác quản lý đất đai tại xã A")],
        [("QĐ", "Thành lập Đoàn thanh tra"), ("TB", "Kết luận thanh tra đất đai", YEAR_BEFORE)],
    ),
    "4.3.2/ket-luan/bien-ban": ([("BB", "Kiểm tra việc thực hiện phân cấp")], [("BB", "Họp tổ thẩm định")]),
    "4.3.3/ket-luan/ket-luan": ([("TB", "Kết quả kiểm tra năm 2024", YEAR_BEFORE)], [("KH", "Kiểm tra năm 2025")]),
    "4.3.3/van-ban-xu-ly": (
        [("CV", "đôn đốc thực hiện kết luận thanh tra")],
        [("KH", "Kế hoạch kiểm tra"), ("TB", "Kết luận thanh tra đất đai")],
    ),
    # ── Lĩnh vực 5 ───────────────────────────────────────────────────────────────────────────────────────────────
    "5.1.1/van-ban": ([("QĐ", "Phê duyệt Đề án VTVL và cơ cấu ngạch công chức")], [("QĐ", "Bổ nhiệm công chức")]),
    "5.1.2/bao-cao": ([PAR_YEAR], [("BC", "CCHC quý I năm 2025")]),
    "5.1.2/mo-ta-cong-viec/van-ban": ([("QĐ", "Ban hành bản mô tả công việc các VTVL")], [("QĐ", "Nâng lương")]),
    "5.1.3/mo-ta-cong-viec/ban-roi": ([("BẢN MÔ TẢ CÔNG VIỆC", None)], [("QĐ", "Nâng lương")]),
    "5.2.1/tuyen-dung/van-ban": (
        [("QĐ", "Phê duyệt kết quả trúng tuyển kỳ thi tuyển công chức năm 2023", {"issued_on": "2023-10-10"})],
        [("QĐ", "Bổ nhiệm công chức"), ("TB", "Tuyển dụng viên chức năm 2025")],
    ),
    "5.2.1/tuyen-dung/bao-cao": (
        [("BC", "Kết quả tuyển dụng CBCCVC năm 2025", OF_INTERIOR)],
        [("BC", "Kết quả tuyển dụng công chức năm 2025", OF_OTHER)],
    ),
    "5.2.2/tuyen-dung/van-ban": (
        [("TB", "Xét tuyển giáo viên năm học 2025 - 2026")],
        [("TB", "Tuyển dụng công chức năm 2025")],
    ),
    "5.3.1/bao-cao": (
        [("BC", "Kết quả bổ nhiệm lãnh đạo, quản lý năm 2025", OF_PARTY_BOARD), ("BC", "Công tác tổ chức, cán bộ")],
        [("QĐ", "Bổ nhiệm Giám đốc Sở"), ("BC", "Công tác cán bộ năm 2024")],
    ),
    "5.4/bao-cao/bao-cao-ky-luat": (
        [("BC", "Chấp hành kỷ luật, kỷ cương hành chính năm 2025", OF_INTERIOR), ("BC", "Xử lý cán bộ", OF_PARTY)],
        [("CT", "Tăng cường kỷ luật, kỷ cương năm 2025")],
    ),
    "5.5.1/ke-hoach": (
        [("KH", "Đào tạo, bồi dưỡng CBCCVC năm 2025", OF_PARTY), ("QĐ", "Phê duyệt Kế hoạch ĐTBD năm 2025")],
        [("KH", "Đào tạo nghề cho lao động nông thôn năm 2025"), ("KH", "Đào tạo, bồi dưỡng giai đoạn 2021-2025")],
    ),
    "5.5.1/bao-cao": (
        [("BC", "Kết quả đào tạo, bồi dưỡng cán bộ, công chức năm 2025", OF_INTERIOR | DATED_LATE)],
        [("BC", "Kết quả đào tạo nghề năm 2025"), ("KH", "Đào tạo, bồi dưỡng năm 2025")],
    ),
    # ── Lĩnh vực 6 ───────────────────────────────────────────────────────────────────────────────────────────────
    "6.1.1/bao-cao": (
        [("BC", "Tình hình giải ngân vốn ĐTC đến hết ngày 31/12/2025", OF_FINANCE | DATED_LATE)],
        [("BC", "Tình hình giải ngân vốn đầu tư công năm 2024"), ("QĐ", "Giao kế hoạch đầu tư công năm 2025")],
    ),
    "6.1.2/bao-cao/bao-cao-tu-chu": (
        [("BC", "Thực hiện cơ chế tự chủ năm 2024", OF_FINANCE), ("BC", "Thực hiện tự chủ năm 2025", OF_FORMER)],
        [("BC", "Thực hiện cơ chế tự chủ năm 2024", YEAR_BEFORE), ("BC", "Thực hiện tự chủ năm 2025", OF_OTHER)],
    ),
    "6.1.2/bao-cao/bao-cao-khac": (
        [("BC", "Công tác thanh tra, phòng, chống tham nhũng năm 2025", {"issuer": "Thanh tra tỉnh", "parent": UNIT})],
        [("BC", "Chuyển đổi số năm 2025")],
    ),
    "6.1.3/ket-luan": (
        [("BC", "Kiểm toán ngân sách địa phương năm 2023", {"issuer": "Kiểm toán nhà nước khu vực X"})],
        [("KH", "Thực hiện kiến nghị của Kiểm toán nhà nước")],
    ),
    "6.1.3/bao-cao": (
        [("CV", "báo cáo kết quả thực hiện kiến nghị của KTNN", OF_FINANCE)],
        [("CV", "đôn đốc thực hiện kiến nghị của KTNN"), ("BC", "Thực hiện kiến nghị kiểm toán", OF_OTHER_OFFICE)],
    ),
    "6.1.3/chung-tu/van-ban": ([("CV", "nộp tiền vào ngân sách theo kiến nghị")], [("CV", "mời họp")]),
    "6.2.1/van-ban/phan-cap": (
        [("NQ", "Phân cấp thẩm quyền quản lý tài sản công", OF_COUNCIL)],
        [("BC", "Tình hình quản lý tài sản công năm 2025")],
    ),
    "6.2.1/van-ban/xe-o-to": (
        [("QĐ", "Số lượng xe ô tô phục vụ công tác chung")],
        [("QĐ", "Tiêu chuẩn, định mức máy móc, thiết bị")],
    ),
    "6.2.2/chi-dao": (
        [("CV", "tăng cường quản lý trụ sở dôi dư", OF_FINANCE)],
        [("BC", "Quản lý tài sản công năm 2025")],
    ),
    "6.2.2/bao-cao": (
        [("CV", "báo cáo tình hình quản lý tài sản công năm 2024", OF_FINANCE)],
        [("CV", "tăng cường quản lý tài sản công"), ("BC", "Quản lý tài sản công năm 2023", YEAR_BEFORE)],
    ),
    "6.2.3/bao-cao": (
        [("CV", "tổng hợp kết quả sắp xếp lại, xử lý nhà, đất", OF_FINANCE)],
        [("QĐ", "Phê duyệt phương án sắp xếp lại nhà, đất năm 2025"), ("BC", "Sắp xếp nhà, đất năm 2025", OF_OTHER)],
    ),
    "6.3.1/bao-cao/bao-cao-tu-chu": (
        [("BC", "Kết quả thực hiện cơ chế tự chủ tài chính năm 2025", OF_FINANCE)],
        [("BC", "Kết quả thực hiện cơ chế tự chủ tài chính năm 2023")],
    ),
    "6.3.1/giao-tu-chu-nam-danh-gia": (
        [("QĐ", "Phân loại đơn vị sự nghiệp tự bảo đảm chi thường xuyên năm 2025")],
        [("QĐ", "Giao quyền tự chủ tài chính giai đoạn 2021-2023"), ("BC", "Giao quyền tự chủ tài chính năm 2025")],
    ),
    "6.3.1/giao-tu-chu-nam-truoc": (
        [("QĐ", "Giao quyền tự chủ tài chính giai đoạn 2023 - 2025", {"issued_on": "2023-02-02"} | OF_OTHER)],
        [("QĐ", "Giao quyền tự chủ tài chính giai đoạn 2025-2027")],
    ),
    "6.3.2/giao-tu-chu-nam-danh-gia": (
        [("QĐ", "Phê duyệt phương án tự chủ tài chính năm 2025")],
        [("TTr", "Phê duyệt phương án tự chủ tài chính năm 2025")],
    ),
    "6.3.3/bao-cao/bao-cao-khac": (
        [("BC", "Quyết toán ngân sách năm 2025", OF_FINANCE | DATED_LATE)],
        [("BC", "Tình hình an ninh trật tự năm 2025")],
    ),
    "6.3.4/bao-cao/bao-cao-tu-chu": (
        [("BC", "Thực hiện cơ chế tự chủ tại các ĐVSNCL", OF_FINANCE)],
        [("KH", "Thực hiện cơ chế tự chủ năm 2025")],
    ),
    # ── Lĩnh vực 7 ───────────────────────────────────────────────────────────────────────────────────────────────
    "7.1/bang-theo-ke-hoach/van-ban": ([("BC", "Kết quả nhiệm vụ CĐS năm 2025")], [("KH", "CĐS năm 2025")]),
    "7.1/bang-ngoai-ke-hoach/bang-roi": ([LOOSE], [("QĐ", "Bổ nhiệm công chức")]),
    "7.1/ke-hoach": (
        [("KH", "Chuyển đổi số giai đoạn 2021 - 2025"), ("CTr", "thực hiện Nghị quyết 57-NQ/TW", OF_PARTY)],
        [("KH", "Chuyển đổi số năm 2026"), ("QĐ", "Thành lập Ban Chỉ đạo chuyển đổi số")],
    ),
    "7.1/bao-cao": (
        [("BC", "Thực hiện Nghị quyết số 57-NQ/TW năm 2025", OF_PARTY)],
        [("BC", "Ứng dụng CNTT năm 2024")],
    ),
    "7.2.1/bao-cao": ([("BC", "Kết quả UDCNTT năm 2025")], [("KH", "Ứng dụng CNTT năm 2025")]),
    "7.2.2/bao-cao": ([("BC", "Kết quả CĐS năm 2025", DATED_LATE)], [("BC", "CĐS năm 2025", OF_OTHER)]),
    "7.3.1/bao-cao": ([("BC", "Công tác văn thư, lưu trữ năm 2025", OF_INTERIOR)], [("BC", "Phòng, chống dịch")]),
    "7.3.2/bao-cao": ([("BC", "Tình hình thực hiện nhiệm vụ Thủ tướng giao")], [("BC", "Chấm điểm CCHC năm 2025")]),
    "7.3.3/bao-cao": ([("BC", "Vận hành Bộ chỉ số điều hành", OF_OFFICE)], [("QĐ", "Ban hành Bộ chỉ số điều hành")]),
    "7.3.4/bao-cao": ([("BC", "Hệ thống thông tin báo cáo tỉnh", OF_OFFICE)], [("BC", "CĐS năm 2024")]),
    "7.4.3/bao-cao": ([("BC", "Kết quả thực hiện một cửa, DVC trực tuyến")], [("CV", "triển khai DVC trực tuyến")]),
    "7.4.4/bao-cao": ([("BC", "Số hóa hồ sơ TTHC năm 2025", OF_OFFICE)], [("BC", "Số hóa hồ sơ TTHC", OF_MINISTRY)]),
    "7.4.5/bao-cao": ([("BC", "Đề án 06 năm 2025")], [("BC", "Đề án 06 năm 2025", YEAR_BEFORE)]),
    "7.4.7/bao-cao": ([("BC", "Thanh toán không dùng tiền mặt năm 2025")], [("BC", "Công tác dân tộc năm 2025")]),
    # ── Lĩnh vực 8 ───────────────────────────────────────────────────────────────────────────────────────────────
    "8.2/bao-cao-nam-danh-gia": (
        [("BC", "Tình hình kinh tế – xã hội năm 2025", {"issuer": "Thống kê tỉnh"})],
        [("BC", "Tình hình KT-XH 6 tháng đầu năm 2025"), ("NQ", "Phát triển KT-XH năm 2025")],
    ),
    "8.2/bao-cao-nam-truoc": (
        [("BC", "Tình hình kinh tế, xã hội năm 2024, nhiệm vụ quý I năm 2025", OF_FORMER | YEAR_BEFORE)],
        [("BC", "Tình hình KT-XH 6 tháng đầu năm 2024"), ("BC", "Tình hình KT-XH năm 2023, kế hoạch năm 2024")],
    ),
    "8.3.1/bao-cao-nam-danh-gia": (
        [("BC", "KT-XH quý IV và năm 2025", DATED_LATE)],
        [("BC", "KT-XH quý III năm 2025")],
    ),
    "8.3.2/bao-cao-nam-truoc": ([("BC", "KT-XH năm 2024", YEAR_BEFORE)], [("BC", "KT-XH 9 tháng năm 2024")]),
    "8.3.3/bao-cao": (
        [("BC", "Kết quả thu thuế nội địa năm 2025", {"issuer": "Thuế tỉnh Lâm Đồng"})],
        [("BC", "Quyết toán ngân sách năm 2024"), ("QĐ", "Giao dự toán ngân sách năm 2025")],
    ),
    "8.3.4/bao-cao": ([("BC", "Hoạt động KHCN và ĐMST năm 2025")], [("KH", "Đổi mới sáng tạo năm 2025")]),
    "8.5/bao-cao-nam-danh-gia": ([("BC", "KT-XH năm 2025", DATED_LATE)], [("BC", "KT-XH năm 2024, kế hoạch 2025")]),
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


@pytest.mark.parametrize("code", sorted({path.partition("/")[0] for path in ROWS}))
def test_a_draft_proves_nothing(code):
    path, (right, _) = next((p, docs) for p, docs in ROWS.items() if p.partition("/")[0] == code)
    kind, subject, *more = right[0]
    assert not satisfies(path, (kind, subject, {**(more[0] if more else {}), "draft": True}))
