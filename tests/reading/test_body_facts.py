# SPDX-License-Identifier: Apache-2.0
"""What the body reader finds in a text, and above all what it leaves alone."""

from __future__ import annotations

import pytest

from parcheck.model import Fact, Reason
from parcheck.reading.document import Document
from parcheck_plugins.body import BodyReader


class Pages(Document):
    """A document of given page texts; None stands for a scanned page."""

    media_type = "text/plain"

    def __init__(self, *pages, paged=True):
        self.pages = pages
        self.page_count = len(pages)
        self.paged = paged

    def text(self, page):
        return self.pages[page - 1] or ""

    def lines(self, page):
        return []

    def unread(self, page):
        return Reason("scan") if self.pages[page - 1] is None else None

    def close(self):
        pass


def read(name, *pages, own=None, paged=True):
    known = {"symbol": Fact(own)}
    return BodyReader().read(Pages(*pages, paged=paged), {name}, known)[name]


def cited(text, own=None):
    return [(entry["symbol"], entry["issued_on"]) for entry in read("references", text, own=own).value]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quyết định số 766/QĐ-TTg ngày 23/6/2022 của Thủ tướng", [("766/QĐ-TTg", "2022-06-23")]),
        ("Nghị quyết số 76/NQ-\nCP ngày 15 tháng\n7 năm 2021", [("76/NQ-CP", "2021-07-15")]),
        ("Nghị quyết số 11/NQ-CP của Chính phủ ngày 12/3/2025", [("11/NQ-CP", "2025-03-12")]),
        ("theo Nghị định 60/2021/NĐ-CP.\n18. Tổ chức", [("60/2021/NĐ-CP", None)]),
        ("Công văn số 12/SNV-CCHC. UBND tỉnh giao", [("12/SNV-CCHC", None)]),
        (
            "Quyết định số 5/QĐ-UBND; Quyết định số 5/QĐ-UBND ngày 02/01/2025; lại số 5/QĐ-UBND",
            [("5/QĐ-UBND", "2025-01-02")],
        ),
        (
            "số 01/KH-UBND ngày 05/01/2024 và số 01/KH-UBND ngày 06/01/2025",
            [("01/KH-UBND", "2024-01-05"), ("01/KH-UBND", "2025-01-06")],
        ),
        ("Mẫu số 01/TTHC-ĐK kèm theo", []),
        ("đạt 45/45 nhiệm vụ, ngày 15/7/2025, địa chỉ 36/KP3, 24/7", []),
    ],
)
def test_cited_documents(text, expected):
    assert cited(text) == expected


def test_its_own_number_is_not_cited():
    page = "SỞ NỘI VỤ\nSố: 12/KH-SNV\nKẾ HOẠCH\nThực hiện Kế hoạch số 9/KH-UBND\n(Kèm theo Kế hoạch số 12/KH-SNV)"
    assert cited(page, own="12/KH-SNV") == [("9/KH-UBND", None)]
    assert cited("SỞ NỘI VỤ\nSố: 12/KH-SNV\nThực hiện Kế hoạch số 9/KH-UBND") == [("9/KH-UBND", None)]


def test_words_and_page_of_a_citation():
    fact = read("references", "Trang một", "căn cứ Quyết định số 5/QĐ-UBND ngày 02/01/2025 của UBND")
    assert fact.value[0]["words"] == "Quyết định số 5/QĐ-UBND ngày 02/01/2025"
    assert fact.value[0]["page"] == fact.place.page == 2
    assert "page" not in read("references", "Quyết định số 5/QĐ-UBND", paged=False).value[0]


PREAMBLE = """QUYẾT ĐỊNH
Về việc giao chỉ tiêu
Căn cứ Luật Tổ chức chính quyền địa phương ngày 16/6/2025;
Căn cứ Nghị định số 25/2025/NĐ-CP ngày 21 tháng 02 năm 2025 của Chính
phủ quy định chức năng; Nghị định số 26/2025/NĐ-CP;
Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 4/TTr-SNV.
QUYẾT ĐỊNH:
Điều 1. Giao chỉ tiêu.
Căn cứ chức năng, nhiệm vụ được giao, các sở thực hiện.
"""


def test_legal_bases_are_those_of_the_preamble():
    found = read("legal_bases", PREAMBLE).value
    assert [(entry["symbol"], entry["issued_on"]) for entry in found] == [
        (None, "2025-06-16"),
        ("25/2025/NĐ-CP", "2025-02-21"),
        ("26/2025/NĐ-CP", None),
    ]
    assert found[0]["words"] == "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16/6/2025"


def test_a_sentence_that_begins_so_is_no_legal_basis():
    assert read("legal_bases", "I. MỤC ĐÍCH\nCăn cứ tình hình thực tế, các xã báo cáo.").value == []


def figures_of(text, paged=True):
    return [
        (entry["value"], entry["unit"], *([entry["of"]] if "of" in entry else []))
        for entry in read("figures", text, paged=paged).value
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("đã tiếp nhận 1.234 hồ sơ, đạt 97,5%", [(1234, "hồ sơ"), (97.5, "%")]),
        ("kinh phí 1.234.567,89 đồng", [(1234567.89, "đồng")]),
        ("hoàn thành 45/45 nhiệm vụ", [(45, "nhiệm vụ", 45)]),
        ("hoàn thành 05 (năm) nhiệm\nvụ", [(5, "nhiệm vụ")]),
        ("đạt 98.5% kế hoạch", [(98.5, "%")]),
        ("trong thời hạn 30 ngày", [(30, "ngày")]),
        ("ngày 05 tháng 3 năm 2020, quý 3 năm 2025, Điều 5 Luật này, khoản 2 Điều 7", []),
        ("Quyết định số 12 ngày 15/7/2025 của Bộ Nội vụ, giai đoạn 2021 - 2025 của tỉnh", []),
        ("họp lúc 14 giờ 30, ngày 5 tháng 3", []),
        ("trực 24/7 ngày", []),
        ("năm 2025 nhiệm vụ trọng tâm", []),
    ],
)
def test_figures_count_and_measure(text, expected):
    assert figures_of(text) == expected


def test_numbers_of_rows_and_pages_count_nothing():
    assert figures_of("1 Sở Nội vụ\n2 Sở Tư pháp") == []
    assert figures_of("hết trang\n5\nnhiệm vụ tiếp theo") == []
    assert figures_of("12\nnhiệm vụ", paged=False) == []


def test_words_around_a_figure_stay_in_its_sentence():
    text = "Năm qua có nhiều cố gắng. Toàn tỉnh đã hoàn thành 45 nhiệm vụ được giao. Còn lại chưa xong."
    assert read("figures", text).value[0]["words"] == "Toàn tỉnh đã hoàn thành 45 nhiệm vụ được giao"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("xem tại https://a.gov.vn/x.", ["https://a.gov.vn/x"]),
        ("xem tại https://a.gov.vn/tin-tuc/\nbai-viet-1.html để biết", ["https://a.gov.vn/tin-tuc/bai-viet-1.html"]),
        ("xem tại https://a.gov.vn/tin?id\n=12 để biết", ["https://a.gov.vn/tin?id=12"]),
        ("xem tại https://a.gov.vn\nCông khai trên", ["https://a.gov.vn"]),
        ("xem tại https://a.gov.vn\nbao cao", ["https://a.gov.vn"]),
        ("tại dichvucong.gov.vn và http://dichvucong.gov.vn/", ["dichvucong.gov.vn"]),
        ("thư điện tử snv@tinh.gov.vn", []),
    ],
)
def test_links_are_whole_and_given_once(text, expected):
    assert read("links", text).value == expected


SIGNED = "\nNơi nhận:\n- Như trên;\n- Lưu: VT.\nGIÁM ĐỐC\nNguyễn Văn A\n"


@pytest.mark.parametrize(
    ("text", "declared", "found"),
    [
        ("Báo cáo này không đính kèm gì khác.", 0, 0),
        ("Chi tiết nêu sau (có Phụ lục kèm theo)." + SIGNED, 1, 0),
        ("Chi tiết (có Phụ lục kèm theo)." + SIGNED + "PHỤ LỤC\nDANH MỤC\n(Kèm theo Kế hoạch số /KH-SNV)", 1, 1),
        ("theo Phụ lục I, II và III kèm theo." + SIGNED, 3, 0),
        ("(Phụ lục I)." + SIGNED + "Phụ lục I\nDANH MỤC\n1\nPhụ lục I (tiếp theo)\n2", 1, 1),
        ("theo Phụ lục I ban hành kèm theo Nghị định số 30/2020/NĐ-CP" + SIGNED, 0, 0),
        ("theo Phụ lục kèm theo Quyết định số 12/QĐ-TTg" + SIGNED, 0, 0),
        ("theo Phụ lục II Thông tư số 01/2025/TT-BNV" + SIGNED, 0, 0),
        ("tại Phụ lục kèm theo Kế hoạch này" + SIGNED, 1, 0),
        ("Sở báo cáo.\nGửi kèm danh sách cán bộ." + SIGNED, 1, 0),
        ("chỉ đạo. (Phân công nhiệm vụ theo Phụ lục đính kèm)" + SIGNED, 1, 0),
        ("hồ sơ gồm đơn kèm theo danh sách cán bộ." + SIGNED, 0, 0),
        ("các xã gửi kèm danh sách về Sở." + SIGNED, 0, 0),
        ("Hợp đồng có thể có phụ lục kèm theo để quy định chi tiết." + SIGNED, 0, 0),
        ("theo Mẫu số 01 Nghị định số 30/2020/NĐ-CP" + SIGNED, 0, 0),
        (
            "Điều 1. Ban hành kèm theo Quyết định này Quy chế làm việc." + SIGNED + "QUY CHẾ\nLàm việc của Sở\n"
            "(Ban hành kèm theo Quyết định số 5/QĐ-SNV ngày 02/01/2025)\nĐiều 1.",
            1,
            1,
        ),
        ("Điều 1. Ban hành kèm theo Quyết định này Quy chế làm việc." + SIGNED, 1, 0),
        ("PHỤ LỤC I\nDANH MỤC\n(Ban hành kèm theo Quyết định số 5/QĐ-SNV)\n1. Việc một", 0, 1),
        ("Mục lục\nPhụ lục I .......... 12\nNội dung", 0, 0),
        ("Có Danh mục kèm theo.\nNơi nhận:\n- Lưu: VT.\nDANH MỤC NHIỆM VỤ NĂM 2025\n1. Việc", 1, 1),
        ("(có bảng tổng hợp kèm theo)\nNơi nhận:\n- Lưu: VT.\nBẢNG TỔNG HỢP\nKẾT QUẢ THỰC HIỆN\nTT Nội dung", 1, 1),
        (
            "(tại Biểu kèm theo)\nNơi nhận:\n- Lưu: VT.\nDanh sách học viên\n(Kèm theo Quyết định số 12/QĐ-SNV)\n",
            1,
            1,
        ),
        ("SỞ NỘI VỤ\nSở báo cáo.\n(Kèm theo Phụ lục tổng hợp kết quả thực hiện)" + SIGNED, 1, 0),
        ("SỞ NỘI VỤ\nSở báo cáo.\n(Kèm theo các biểu số liệu)" + SIGNED, 1, 0),
        ("Sở báo cáo.\n(Kèm theo Phụ lục I, II)" + SIGNED, 2, 0),
        ("Sở báo cáo.\n(Kèm theo danh sách tại Quyết định số 12/QĐ-UBND)" + SIGNED, 0, 0),
        ("SỞ NỘI VỤ\nUBND tỉnh đã chỉ đạo.\n(Kèm theo Quyết định số 12/QĐ-UBND ngày 05/01/2025)" + SIGNED, 0, 0),
        (
            "Sở báo cáo.\n(Kèm theo Phụ lục tổng hợp)"
            + SIGNED
            + "PHỤ LỤC\nTỔNG HỢP\n(Kèm theo Báo cáo số 12/BC-SNV)\n",
            1,
            1,
        ),
        ("tại Phụ lục số 1 và số 13 Thông tư số 126/2004/TT-BTC." + SIGNED, 0, 0),
        ("theo Phụ lục số 3 (Ban hành kèm theo Thông tư số 126/2004/TT-BTC)" + SIGNED, 0, 0),
        ("(có danh sách kèm theo)\nDANH SÁCH CÔNG CHỨC\nNơi nhận:\n- Lưu: VT.\n", 1, 0),
    ],
)
def test_appendices_declared_and_found(text, declared, found):
    assert read("appendices", text).value == {"declared": declared, "found": found}


def test_a_file_without_any_text_leaves_all_lists_unknown():
    facts = BodyReader().read(Pages(None, None), BodyReader.provides, {})
    assert facts["text"].value == {"source": "none", "encoding": None, "pages": 2, "pages_without_text": 2}
    assert all(facts[name].unknown == Reason("scan") for name in BodyReader.provides - {"text"})


def test_one_page_without_text_is_counted_and_the_others_are_read():
    facts = BodyReader().read(Pages("Quyết định số 5/QĐ-UBND", None), BodyReader.provides, {})
    assert facts["text"].value == {
        "source": "text",
        "encoding": "unicode",
        "pages": 2,
        "pages_without_text": 1,
    }
    assert facts["references"].value[0]["symbol"] == "5/QĐ-UBND"


def test_only_what_was_asked_is_read():
    assert set(BodyReader().read(Pages("x"), {"links"}, {})) == {"links"}
