# SPDX-License-Identifier: Apache-2.0
"""Letterheads and blocks as people really type them: columns run together, names wrapped, blocks out of their place."""

from __future__ import annotations

import pytest
from tests.reading.make_docx import make_docx, paragraph, run
from tests.reading.make_pdf import LEFT, MIDDLE, RIGHT, Put, body, end, head, make_pdf, middle, title

from parcheck.model import Fact
from parcheck_plugins.letterhead import people
from parcheck_plugins.letterhead.reader import Letterhead
from parcheck_plugins.pdf.document import PdfDocument
from parcheck_plugins.word.document import WordDocument

READER = Letterhead()
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
REPORT = title("BÁO CÁO", "Kết quả cải cách hành chính")
BASES = [Put(120, 330, "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;")]


@pytest.fixture
def read(tmp_path):
    def run_reader(*pages, **options):
        path = tmp_path / "a.pdf"
        path.write_bytes(make_pdf(*pages, **options))
        with PdfDocument(path) as document:
            return READER.read(document, READER.provides, {})

    return run_reader


@pytest.fixture
def read_word(tmp_path):
    def run_reader(*paragraphs):
        with WordDocument(make_docx(tmp_path / "a.docx", "".join(paragraphs)), DOCX) as document:
            return READER.read(document, READER.provides, {})

    return run_reader


def values(facts, *names):
    return tuple(facts[name].value for name in names)


# --- issuers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("light", "bold", "issuer", "parent"),
    [
        (
            ["SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG"],
            ["CHI NHÁNH VĂN PHÒNG ĐĂNG KÝ", "ĐẤT ĐAI KHU VỰC A"],
            "CHI NHÁNH VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI KHU VỰC A",
            "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG",
        ),
        (["SỞ NÔNG NGHIỆP VÀ MÔI", "TRƯỜNG"], ["CHI CỤC KIỂM LÂM"], "CHI CỤC KIỂM LÂM", "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG"),
        (["CỤC THUẾ"], ["THUẾ TỈNH LÂM ĐỒNG"], "THUẾ TỈNH LÂM ĐỒNG", "CỤC THUẾ"),
        (["CỤC THỐNG KÊ"], ["THỐNG KÊ TỈNH A"], "THỐNG KÊ TỈNH A", "CỤC THỐNG KÊ"),
        (["QUÂN KHU 7"], ["BỘ CHỈ HUY QUÂN SỰ TỈNH A"], "BỘ CHỈ HUY QUÂN SỰ TỈNH A", "QUÂN KHU 7"),
        (["HỌC VIỆN CHÍNH TRỊ"], ["PHÂN VIỆN MIỀN TRUNG"], "PHÂN VIỆN MIỀN TRUNG", "HỌC VIỆN CHÍNH TRỊ"),
        (["LIÊN ĐOÀN LAO ĐỘNG TỈNH A"], ["CÔNG ĐOÀN VIÊN CHỨC"], "CÔNG ĐOÀN VIÊN CHỨC", "LIÊN ĐOÀN LAO ĐỘNG TỈNH A"),
        ([], ["CÔNG AN TỈNH A - SỞ NỘI", "VỤ"], "CÔNG AN TỈNH A - SỞ NỘI VỤ", None),
        ([], ["SỞ XÂY DỰNG", "____________"], "SỞ XÂY DỰNG", None),
    ],
)
def test_where_one_body_ends_and_the_next_begins(read, light, bold, issuer, parent):
    lines = [*light, *bold]
    names = [middle(LEFT, 55 + 16 * i, t, "R" if i < len(light) else "B") for i, t in enumerate(lines)]
    facts = read([*names, *head(*lines)[len(lines) :], *REPORT, *body(), *end()])
    assert values(facts, "issuer", "parent") == (issuer, parent)


def test_an_issuer_of_three_lines_without_a_number(read):
    names = [middle(LEFT, 55 + 17 * i, t, "B") for i, t in enumerate(["UBND PHƯỜNG XUÂN", "HƯƠNG", "ĐÀ LẠT"])]
    facts = read([*names, *head("x", number="", date="")[1:], *title("BIÊN BẢN", "Họp"), *body(), *end()])
    assert facts["issuer"].value == "UBND PHƯỜNG XUÂN HƯƠNG ĐÀ LẠT"


# --- places and dates ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["Phường 3", "Bảo Lâm 1", "Quận 12", "B’Lao"])
def test_a_place_may_be_numbered(read, place):
    facts = read([*head(date=f"{place}, ngày 10 tháng 02 năm 2025"), *REPORT, *body(), *end()])
    assert values(facts, "place", "issued_on") == (place, "2025-02-10")


@pytest.mark.parametrize("words", ["Điều 3, ngày 10 tháng 02 năm 2025", "Kỳ họp 5, ngày 10 tháng 02 năm 2025"])
def test_what_is_numbered_and_no_place_opens_no_date(read, words):
    facts = read([*head(date=words), *REPORT, *body(), *end()])
    assert facts["issued_on"] == Fact(None)


# --- columns run together --------------------------------------------------------------------------------------------


def test_the_left_column_runs_into_the_motto_and_the_date(read):
    facts = read(
        [
            middle(LEFT, 55, "UBND TỈNH A"),
            middle(RIGHT, 55, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "B"),
            Put(70, 71, "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG    Độc lập - Tự do - Hạnh phúc", "B"),
            Put(95, 95, "Số: 08/BC-SNNMT      Tỉnh A, ngày 05 tháng 3 năm 2025"),
            *REPORT,
            *body(),
            *end(),
        ]
    )
    assert values(facts, "issuer", "parent") == ("SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "UBND TỈNH A")
    assert values(facts, "symbol", "issued_on", "place") == ("08/BC-SNNMT", "2025-03-05", "Tỉnh A")


@pytest.mark.parametrize(
    "state",
    [
        ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA", "VIỆT NAM"],
        ["CỘNG HÒA XÃ HỘI", "CHỦ NGHĨA VIỆT NAM"],
        ["CỘNG HÒA XÃ HỘI", "CHỦ NGHĨA VIỆT", "NAM"],
    ],
)
def test_a_narrow_cell_wraps_the_quoc_hieu(read, state):
    lines = [middle(440, 55 + 15 * i, text, "B") for i, text in enumerate(state)]
    left = [middle(LEFT, 55, "UBND TỈNH A"), middle(LEFT, 71, "SỞ NỘI VỤ", "B"), middle(LEFT, 125, "Số: 08/BC-SNV")]
    date = middle(440, 125, "Tỉnh A, ngày 05 tháng 3 năm 2025", "I", 12)
    facts = read([*left, *lines, date, *title("BÁO CÁO", "Kết quả", y=170), *body(), *end()])
    assert values(facts, "issuer", "symbol", "issued_on", "type") == ("SỞ NỘI VỤ", "08/BC-SNV", "2025-03-05", "BC")


def test_the_end_of_a_wrapped_quoc_hieu_is_no_part_of_the_issuer(read):
    facts = read(
        [
            Put(85, 55, "TÒA ÁN NHÂN DÂN TỐI CAO"),
            Put(310, 55, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT", "B"),
            Put(85, 71, "NAM", "B"),
            Put(85, 87, "TÒA ÁN NHÂN DÂN TỈNH A", "B"),
            Put(85, 120, "Số: 31/BC-TA"),
            Put(310, 120, "Tỉnh A, ngày 05 tháng 3 năm 2025", "I"),
            *title("BÁO CÁO", "Kết quả", y=170),
            *body(),
            *end(),
        ]
    )
    assert values(facts, "issuer", "parent") == ("TÒA ÁN NHÂN DÂN TỈNH A", "TÒA ÁN NHÂN DÂN TỐI CAO")


def test_the_union_s_date_need_not_stand_level_with_its_number(read):
    facts = read(
        [
            middle(LEFT, 55, "BCH ĐOÀN TỈNH A"),
            middle(LEFT, 71, "ĐOÀN XÃ B", "B"),
            middle(LEFT, 95, "Số: 12-KH/ĐTN"),
            middle(RIGHT, 55, "ĐOÀN TNCS HỒ CHÍ MINH", "B"),
            middle(RIGHT, 112, "Xã B, ngày 05 tháng 9 năm 2025", "I"),
            *title("KẾ HOẠCH", "Ra quân"),
            *body(),
            *end("TM. BAN THƯỜNG VỤ", "BÍ THƯ"),
        ]
    )
    assert values(facts, "issuer", "parent", "symbol") == ("ĐOÀN XÃ B", "BCH ĐOÀN TỈNH A", "12-KH/ĐTN")
    assert values(facts, "issued_on", "place") == ("2025-09-05", "Xã B")


# --- titles ----------------------------------------------------------------------------------------------------------


def test_the_author_in_the_title_line_is_not_the_subject(read):
    subject = [middle(MIDDLE, 167, "về việc sửa đổi mức thuế suất", "I"), middle(MIDDLE, 184, "thuế nhập khẩu", "I")]
    kind = middle(MIDDLE, 150, "QUYẾT ĐỊNH CỦA BỘ TRƯỞNG BỘ TÀI CHÍNH", "B")
    facts = read([*head("BỘ TÀI CHÍNH", number="Số: 14/2002/QĐ-BTC"), kind, *subject, *BASES, *end()])
    assert values(facts, "type", "subject") == ("QĐ", "sửa đổi mức thuế suất thuế nhập khẩu")


def test_quotation_marks_around_a_title_go_in_pairs(read):
    lines = title("QUYẾT ĐỊNH CỦA UBND TỈNH A", '"V/v ban hành bản Quy định', 'mức giá các loại đất"')
    assert (
        read([*head("UBND TỈNH A"), *lines, *BASES, *end()])["subject"].value
        == "ban hành bản Quy định mức giá các loại đất"
    )


def test_a_remark_under_the_title_is_no_part_of_it(read):
    aside = middle(MIDDLE, 184, "(Số liệu tính đến ngày 30/9/2025)", "I", 12)
    facts = read([*head(), *title("BÁO CÁO", "Kết quả thực hiện"), aside, *body(), *end()])
    assert facts["subject"].value == "Kết quả thực hiện"


def test_a_title_without_letterhead_may_name_its_type_first(read):
    page = [middle(MIDDLE, 70, "BÁO CÁO VỀ TÌNH HÌNH SẢN XUẤT", "B", 14), *body(120, 20)]
    assert values(read(page), "type", "subject") == ("BC", "VỀ TÌNH HÌNH SẢN XUẤT")
    other = [middle(MIDDLE, 70, "KẾ HOẠCH HÀNH ĐỘNG QUỐC GIA CỦA VIỆT NAM", "B", 14), *body(120, 20)]
    assert read(other)["type"] == Fact(None)


HEADING = (
    "Nghị định của Chính phủ",
    "số 116/2003/NĐ-CP ngày 10/10/2003",
    "về việc tuyển dụng cán bộ",
    "Chính phủ",
    "Căn cứ Luật Tổ chức Chính phủ;",
)


def test_a_heading_in_small_letters_stands_for_the_letterhead(read_word):
    facts = read_word(*map(paragraph, HEADING))
    assert values(facts, "type", "symbol", "issued_on") == ("NĐ", "116/2003/NĐ-CP", "2003-10-10")
    assert values(facts, "issuer", "subject") == ("Chính phủ", "tuyển dụng cán bộ")


@pytest.mark.parametrize(
    "lines",
    [
        HEADING[:4],
        ("Thực hiện Nghị định của Chính phủ", *HEADING[1:]),
        ("Nghị định của Chính phủ", "số 116/2003/QĐ-TTg ngày 10/10/2003", *HEADING[2:]),
        ("Nghị định của Chính phủ", "số 116/2003/NĐ-CP ngày 30/02/2003", *HEADING[2:]),
    ],
)
def test_a_citation_at_the_top_is_no_heading(read_word, lines):
    assert read_word(*map(paragraph, lines))["symbol"] == Fact(None)


# --- signature blocks ------------------------------------------------------------------------------------------------


def test_an_authority_high_above_noi_nhan_belongs_to_the_block(read):
    lines = ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]
    block = [middle(430, 400 + 17 * i, text, "B", 14) for i, text in enumerate(lines)]
    facts = read([*head(), *REPORT, *body(), *block, *end("x", name=None, y=530)[1:]])
    assert facts["signer"].value == {"name": None, "title": " / ".join(lines), "authority": ["TM", "KT"]}


def test_what_follows_the_block_is_no_title(read):
    after = [middle(MIDDLE, 690, "QUY CHẾ", "B", 14), middle(MIDDLE, 707, "CHI TIÊU NỘI BỘ", "B", 14)]
    facts = read([*head(), *REPORT, *body(), *end("TRƯỞNG BAN", name=None), *after])
    assert facts["signer"].value == {"name": None, "title": "TRƯỞNG BAN", "authority": []}


def test_another_office_may_stand_above_the_name(read):
    office = middle(430, 640, "GIÁM ĐỐC SỞ NỘI VỤ", "B", 14)
    facts = read([*head(), *REPORT, *body(), *end("TM. HỘI ĐỒNG", "CHỦ TỊCH", gap=96), office])
    assert facts["signer"].value["title"] == "TM. HỘI ĐỒNG / CHỦ TỊCH / GIÁM ĐỐC SỞ NỘI VỤ"
    assert facts["signer"].value["name"] == "Trần Hữu Tuấn"


def test_titles_typed_in_the_line_of_noi_nhan(read_word):
    blanks = " " * 70
    facts = read_word(
        paragraph("BÁO CÁO", '<w:jc w:val="center"/>'),
        paragraph("Sở báo cáo kết quả thực hiện nhiệm vụ."),
        paragraph(run("Nơi nhận:" + blanks + "KT. BỘ TRƯỞNG BỘ TÀI CHÍNH" + " " * 40, '<w:sz w:val="24"/>')),
        paragraph(run("- Như trên;" + blanks + "THỨ TRƯỞNG", '<w:sz w:val="24"/>')),
        paragraph(run("- Lưu: VT." + " " * 72 + "Trương Chí Trung", '<w:sz w:val="24"/>')),
    )
    assert facts["signer"].value == {
        "name": "Trương Chí Trung",
        "title": "KT. BỘ TRƯỞNG BỘ TÀI CHÍNH / THỨ TRƯỞNG",
        "authority": ["KT"],
    }
    assert facts["recipients"].value == ["Như trên", "Lưu: VT"]


def flat(*closing):
    opening = ["UBND TỈNH A", "SỞ NỘI VỤ", "Số: 12/QĐ-SNV", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
    date = [
        "Độc lập - Tự do - Hạnh phúc",
        "Tỉnh A, ngày 13 tháng 3 năm 2001",
        "QUYẾT ĐỊNH",
        "Điều 1. Ban hành Quy chế.",
    ]
    return [paragraph(text) for text in (*opening, *date, "Nơi gửi:", "- Như Điều 3;", "- Lưu VP.", *closing)]


def test_a_block_at_the_left_edge(read_word):
    facts = read_word(*flat("KT. Giám đốc", "Phó Giám đốc", "Trần Văn Tá", "Quy chế"))
    assert facts["signer"].value == {"name": "Trần Văn Tá", "title": "KT. Giám đốc / Phó Giám đốc", "authority": ["KT"]}
    assert facts["recipients"].value == ["Như Điều 3", "Lưu VP"]


@pytest.mark.parametrize(
    "closing", [("KT. Giám đốc", "đã ban hành quy chế", "Trần Văn Tá"), ("Giám đốc", "Trần Văn Tá")]
)
def test_less_than_a_whole_block_at_the_left_edge_names_nobody(read_word, closing):
    assert read_word(*flat(*closing))["signer"] == Fact(None)


def test_the_filing_line_closes_the_recipients(read):
    below = [Put(85, 632, "Thạch", "R", 11), Put(85, 660, "Số điện thoại liên hệ: 0974000000", "R", 11)]
    facts = read([*head(), *REPORT, *body(), *end(), *below])
    assert facts["recipients"].value == ["Như trên", "UBND tỉnh", "Lưu: VT, CCHC"]


def test_a_filing_line_may_be_wrapped(read):
    facts = read([*head(), *REPORT, *body(), *end(recipients=("- Như trên;", "- Lưu: VT, Vụ Pháp chế,", "CCHC."))])
    assert facts["recipients"].value == ["Như trên", "Lưu: VT, Vụ Pháp chế, CCHC"]


@pytest.mark.parametrize("office", ["HẠT TRƯỞNG", "TRẠM TRƯỞNG", "ĐỒN TRƯỞNG", "QUẢN ĐỐC"])
def test_heads_of_small_offices(read, office):
    assert people.is_title(office)
    facts = read([*head("HẠT KIỂM LÂM A"), *REPORT, *body(), *end(office, name="Liêng Jrang Ha Tuyên")])
    assert facts["signer"].value == {"name": "Liêng Jrang Ha Tuyên", "title": office, "authority": []}


# --- marks over the text ---------------------------------------------------------------------------------------------


def test_a_draft_mark_between_the_lines_is_no_part_of_the_title(read):
    lines = title("KẾ HOẠCH", "Cải cách hành chính", "năm 2025 của tỉnh")
    facts = read([*head(), *lines, middle(MIDDLE, 201, "DỰ THẢO", "B", 14), *body(), *end()])
    assert values(facts, "subject", "draft") == ("Cải cách hành chính năm 2025 của tỉnh", True)
