# SPDX-License-Identifier: Apache-2.0
"""Letterheads that are not the ordinary one: minutes, copies, joint and party documents, old and new units."""

from __future__ import annotations

import pytest
from tests.reading.make_docx import make_docx, paragraph, run, table
from tests.reading.make_pdf import LEFT, MIDDLE, RIGHT, Put, body, end, head, make_pdf, middle, title

from parcheck.model import Fact
from parcheck_plugins.letterhead.reader import Letterhead
from parcheck_plugins.pdf.document import PdfDocument
from parcheck_plugins.word.document import WordDocument

READER = Letterhead()
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def read(tmp_path):
    def run_reader(*pages, **options):
        path = tmp_path / "a.pdf"
        path.write_bytes(make_pdf(*pages, **options))
        with PdfDocument(path) as document:
            return READER.read(document, READER.provides, {})

    return run_reader


def values(facts, *names):
    return tuple(facts[name].value for name in names)


# --- biên bản (NĐ 30/2020/NĐ-CP, Mẫu 1.9) ---------------------------------------------------------------------------

CITING = [
    Put(120, 200, "Thực hiện Quyết định số 1602/QĐ-UBND ngày 03 tháng 9 năm 2025 của"),
    Put(85, 218, "Chủ tịch UBND tỉnh về việc thành lập Đoàn kiểm tra cải cách hành"),
    Put(85, 236, "chính năm 2025,"),
]
PARTIES = [
    middle(170, 560, "ĐẠI DIỆN ĐƠN VỊ ĐƯỢC KIỂM TRA", "B"),
    middle(170, 650, "Lương Thế Hiển", "B"),
    middle(430, 560, "TRƯỞNG ĐOÀN KIỂM TRA", "B"),
    middle(430, 576, "PHÓ GIÁM ĐỐC SỞ NỘI VỤ", "B"),
    middle(430, 650, "Phan Thị Mai Anh", "B"),
]


def minutes(*lines, ending=PARTIES):
    return [
        *head("UBND TỈNH A", "ĐOÀN KIỂM TRA CCHC", number="Số: 04/BB-ĐKT", date=""),
        *title("BIÊN BẢN", "Kiểm tra công tác cải cách hành chính tại Sở Xây dựng", y=140),
        *CITING,
        *[Put(120 if i == 0 else 85, 260 + 18 * i, text) for i, text in enumerate(lines)],
        *ending,
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["Hôm nay, ngày 14 tháng 10 năm 2025, tại trụ sở Sở Xây dựng, hai bên gồm:"],
        ["Hôm nay, hồi 08 giờ 00 phút ngày 14 tháng 10 năm", "2025, tại trụ sở Sở Xây dựng, chúng tôi gồm:"],
        ["Vào hồi 8 giờ 00 ngày 14/10/2025, tại Hội trường A, Đoàn kiểm tra họp."],
        ["Thời gian bắt đầu: 8 giờ 00 phút, ngày 14 tháng 10 năm 2025."],
        ["1. Thời gian: 08h00, thứ Ba ngày 14/10/2025"],
        ["Hồi 14h30’ ngày 14-10-2025, tại Sở Xây dựng,"],
    ],
)
def test_minutes_are_dated_in_their_body(read, lines):
    facts = read(minutes(*lines))
    assert values(facts, "type", "symbol", "issued_on") == ("BB", "04/BB-ĐKT", "2025-10-14")
    assert facts["subject"].value == "Kiểm tra công tác cải cách hành chính tại Sở Xây dựng"
    assert facts["place"].value is None
    assert facts["signer"].value["name"] == "Phan Thị Mai Anh"


@pytest.mark.parametrize(
    "lines",
    [
        ["Đoàn kiểm tra đã làm việc tại Sở Xây dựng với các nội dung sau:"],
        ["Hôm nay, tại Sở Xây dựng, căn cứ Quyết định số 9/QĐ-SXD ngày 14 tháng 10 năm 2025"],
        ["Thời gian kiểm tra: từ ngày 01/9/2025 đến ngày 14/10/2025."],
        ["Hôm nay, ngày      tháng      năm 2025, tại trụ sở Sở Xây dựng,"],
        ["Thời hạn khắc phục: trước ngày 31/10/2025"],
    ],
)
def test_minutes_without_a_day_of_their_own_have_none(read, lines):
    assert read(minutes(*lines))["issued_on"] == Fact(None)


def test_a_body_date_is_for_minutes_only(read):
    page = [
        *head("SỞ NỘI VỤ", number="Số: 4/BC-SNV", date=""),
        *title("BÁO CÁO", "Kết quả kiểm tra"),
        Put(120, 260, "Hôm nay, ngày 14 tháng 10 năm 2025, Sở Nội vụ báo cáo như sau:"),
    ]
    assert read(page)["issued_on"] == Fact(None)


def test_a_cited_date_at_the_head_of_the_body_is_not_the_document_s(read):
    page = [
        *head("SỞ NỘI VỤ", number="Số: 4/BC-SNV", date=""),
        *title("BÁO CÁO", "Kết quả", y=135),
        Put(85, 185, "Thực hiện Kế hoạch số 12/KH-UBND ngày 15 tháng 01 năm 2025 của tỉnh"),
        Put(300, 203, "Lâm Đồng, ngày 02 tháng 3 năm 2025"),
    ]
    facts = read(page)
    assert facts["issued_on"] == Fact(None)
    assert facts["subject"].value == "Kết quả"


def test_minutes_with_secretary_and_chair(read):
    ending = [
        middle(160, 500, "THƯ KÝ", "B"),
        middle(160, 590, "Lê Thị Hoa", "B"),
        middle(430, 500, "CHỦ TỌA", "B"),
        middle(430, 590, "Trần Văn Bình", "B"),
        Put(85, 640, "Nơi nhận:", "B", 12),
        Put(85, 654, "- Lưu: VT."),
    ]
    facts = read(minutes("Hôm nay, ngày 14 tháng 10 năm 2025, họp.", ending=ending))
    assert facts["signer"].value == {"name": "Trần Văn Bình", "title": "CHỦ TỌA", "authority": []}


# --- copies (NĐ 30/2020/NĐ-CP, Điều 25–27, Mẫu 3.1) -----------------------------------------------------------------

COPIER = [
    *head(
        "UBND TỈNH A", "VĂN PHÒNG",
        number="Số: 3/SY-VP", date="Lâm Đồng, ngày 20 tháng 02 năm 2026", y=600, state="SAO Y", motto="",
    ),
    Put(85, 690, "Nơi nhận:", "B", 12),
    Put(85, 704, "- Các sở;", "R", 11),
    Put(85, 718, "- Lưu: VT.", "R", 11),
    middle(430, 690, "CHÁNH VĂN PHÒNG", "B"),
    middle(430, 760, "Lê Văn Tâm", "B"),
]  # fmt: skip
ORIGINAL = [*head(), *title("KẾ HOẠCH", "Cải cách hành chính"), *body(220)]


@pytest.mark.parametrize(
    "original",
    [[*ORIGINAL, *end(y=400)], [*ORIGINAL, *end(y=400, recipients=())]],
    ids=["with recipients", "without recipients"],
)
@pytest.mark.parametrize("on_next_page", [False, True])
def test_the_copier_signs_the_copy_only(read, original, on_next_page):
    facts = read(original, COPIER) if on_next_page else read([*original, *COPIER])
    assert values(facts, "copy", "symbol", "issued_on", "issuer") == ("SAO Y", "45/TTr-SNV", "2026-01-16", "SỞ NỘI VỤ")
    assert facts["signer"].value["name"] == "Trần Hữu Tuấn"
    assert "Các sở" not in (facts["recipients"].value or [])


@pytest.mark.parametrize("kind", ["SAO LỤC", "TRÍCH SAO", "SAO Y BẢN CHÍNH"])
def test_kinds_of_copies(read, kind):
    sheet = [*head(*("UBND TỈNH A", "VĂN PHÒNG"), number="Số: 3/SL-VP", state=kind, motto="", y=600)]
    facts = read([*ORIGINAL, *end(y=400), *sheet])
    assert facts["copy"].value == kind.removesuffix(" BẢN CHÍNH")


def test_the_sheet_of_a_copy_alone_names_no_document(read):
    facts = read([*head("VĂN PHÒNG", number="Số: 3/SY-VP"), middle(MIDDLE, 160, "SAO Y", "B", 14), *end(y=300)])
    assert facts["copy"].value == "SAO Y"
    assert values(facts, "symbol", "issued_on", "issuer", "signer") == (None, None, None, None)


def test_words_about_copies_are_no_copy(read):
    facts = read(
        [*ORIGINAL, Put(85, 330, "SAO Y"), Put(85, 348, "Việc sao y, sao lục thực hiện theo quy định."), *end()]
    )
    assert facts["copy"] == Fact(None)


# --- joint documents ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "number", "issuer", "parent"),
    [
        (["BỘ NỘI VỤ - BỘ TÀI CHÍNH"], "Số: 02/2013/TTLT-BNV-BTC", "BỘ NỘI VỤ - BỘ TÀI CHÍNH", None),
        (["BỘ NỘI VỤ", "BỘ TÀI CHÍNH"], "Số: 02/2013/TTLT-BNV-BTC", "BỘ NỘI VỤ - BỘ TÀI CHÍNH", None),
        (["BỘ NỘI VỤ -", "BỘ TÀI CHÍNH"], "Số: 02/2013/TTLT-BNV-BTC", "BỘ NỘI VỤ - BỘ TÀI CHÍNH", None),
        (
            ["UBND TỈNH A", "SỞ NỘI VỤ - SỞ TÀI CHÍNH"],
            "Số: 5/HDLN-SNV-STC",
            "SỞ NỘI VỤ - SỞ TÀI CHÍNH",
            "UBND TỈNH A",
        ),
        (["SỞ NỘI VỤ", "SỞ TÀI CHÍNH"], "Số: 5/HDLN-SNV-STC", "SỞ NỘI VỤ - SỞ TÀI CHÍNH", None),
    ],
)
@pytest.mark.parametrize("style", ["R", "B"])
def test_joint_documents_name_all_issuers(read, lines, number, issuer, parent, style):
    puts = [middle(LEFT, 55 + 16 * i, text, style) for i, text in enumerate(lines)]
    page = [*puts, *head("X", number=number)[1:], *title("THÔNG TƯ LIÊN TỊCH", "Hướng dẫn một việc"), *body()]
    facts = read(page)
    assert values(facts, "issuer", "parent", "type") == (issuer, parent, "THÔNG TƯ LIÊN TỊCH")


def test_joint_issuers_side_by_side(read):
    issuers = [
        middle(70, 55, "BỘ LAO ĐỘNG -", "B", 9), middle(70, 67, "THƯƠNG BINH", "B", 9),
        middle(70, 79, "VÀ XÃ HỘI", "B", 9), middle(180, 55, "BỘ TÀI CHÍNH", "B", 9),
    ]  # fmt: skip
    page = [*issuers, *head("X", number="Số: 02/2013/TTLT-BLĐTBXH-BTC")[1:], *title("THÔNG TƯ LIÊN TỊCH", "A"), *body()]
    facts = read(page)
    assert values(facts, "issuer", "parent") == ("BỘ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI - BỘ TÀI CHÍNH", None)


# --- party, youth union, front --------------------------------------------------------------------------------------


def test_party_notice_and_conclusion(read):
    page = [
        *head("TỈNH ỦY LÂM ĐỒNG", "*", number="Số 107-KL/TU", state="ĐẢNG CỘNG SẢN VIỆT NAM", motto=""),
        *title("KẾT LUẬN", "của Ban Thường vụ Tỉnh ủy về cải cách hành chính"),
        *body(),
        *end(
            "T/M BAN THƯỜNG VỤ",
            "PHÓ BÍ THƯ",
            name="Bùi Thắng",
            recipients=["- Các huyện ủy,", "- Lưu Văn phòng Tỉnh ủy."],
        ),
    ]
    facts = read(page)
    assert values(facts, "type", "symbol", "issuer") == ("KẾT LUẬN", "107-KL/TU", "TỈNH ỦY LÂM ĐỒNG")
    assert facts["signer"].value == {
        "name": "Bùi Thắng",
        "title": "T/M BAN THƯỜNG VỤ / PHÓ BÍ THƯ",
        "authority": ["TM"],
    }


@pytest.mark.parametrize(
    "right", ["ĐOÀN TNCS HỒ CHÍ MINH", "ĐOÀN THANH NIÊN CỘNG SẢN HỒ CHÍ MINH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
)
def test_youth_union(read, right):
    page = [
        *head("BCH ĐOÀN TỈNH LÂM ĐỒNG", "***", number="Số: 123-KH/TĐTN-PT", state=right, motto=""),
        *title("KẾ HOẠCH", "Tháng Thanh niên"),
        *body(),
        *end("TM. BAN THƯỜNG VỤ TỈNH ĐOÀN", "PHÓ BÍ THƯ", name="Trần Thị Chúc Quỳnh"),
    ]
    facts = read(page)
    assert values(facts, "type", "symbol", "issued_on") == ("KH", "123-KH/TĐTN-PT", "2026-01-16")
    assert facts["issuer"].value == "BCH ĐOÀN TỈNH LÂM ĐỒNG"


@pytest.mark.parametrize(
    ("lines", "issuer", "parent"),
    [
        (["TỈNH ĐOÀN LÂM ĐỒNG"], "TỈNH ĐOÀN LÂM ĐỒNG", None),
        (["MẶT TRẬN TỔ QUỐC VIỆT NAM", "TỈNH LÂM ĐỒNG"], "MẶT TRẬN TỔ QUỐC VIỆT NAM TỈNH LÂM ĐỒNG", None),
        (["ỦY BAN MTTQ VIỆT NAM", "TỈNH LÂM ĐỒNG"], "ỦY BAN MTTQ VIỆT NAM TỈNH LÂM ĐỒNG", None),
        (["UBND TỈNH A", "SỞ NỘI VỤ", "CHI CỤC VĂN THƯ"], "CHI CỤC VĂN THƯ", "SỞ NỘI VỤ"),
        (["TỔNG CỤC THUẾ", "CỤC THUẾ TỈNH A", "CHI CỤC THUẾ KHU VỰC B"], "CHI CỤC THUẾ KHU VỰC B", "CỤC THUẾ TỈNH A"),
        (["UBND ĐẶC KHU PHÚ QUÝ", "PHÒNG KINH TẾ"], "PHÒNG KINH TẾ", "UBND ĐẶC KHU PHÚ QUÝ"),
        (["UBND THÀNH PHỐ ĐÀ LẠT", "PHÒNG NỘI VỤ"], "PHÒNG NỘI VỤ", "UBND THÀNH PHỐ ĐÀ LẠT"),
        (["UBND XÃ HÀM THẮNG", "VĂN PHÒNG HĐND VÀ UBND"], "VĂN PHÒNG HĐND VÀ UBND", "UBND XÃ HÀM THẮNG"),
        (["HỘI ĐỒNG NHÂN DÂN", "PHƯỜNG XUÂN HƯƠNG"], "HỘI ĐỒNG NHÂN DÂN PHƯỜNG XUÂN HƯƠNG", None),
        (["ĐẢNG ỦY XÃ A", "BAN XÂY DỰNG ĐẢNG"], "BAN XÂY DỰNG ĐẢNG", "ĐẢNG ỦY XÃ A"),
        (["LIÊN ĐOÀN LAO ĐỘNG", "TỈNH LÂM ĐỒNG"], "LIÊN ĐOÀN LAO ĐỘNG TỈNH LÂM ĐỒNG", None),
    ],
)  # fmt: skip
@pytest.mark.parametrize("bold", [True, False])
def test_issuers_of_every_kind(read, lines, issuer, parent, bold):
    puts = (
        head(*lines)
        if bold
        else [middle(LEFT, 55 + 16 * i, t) for i, t in enumerate(lines)] + head(*lines)[len(lines) :]
    )
    if bold and parent is None:
        puts = [middle(LEFT, 55 + 16 * i, t, "B") for i, t in enumerate(lines)] + head(*lines)[len(lines) :]
    facts = read([*puts, *title("BÁO CÁO", "Kết quả"), *body()])
    assert values(facts, "issuer", "parent") == (issuer, parent)


# --- other heads ----------------------------------------------------------------------------------------------------


def test_a_notice_of_conclusions_in_one_title_line(read):
    page = [*head(number="Số: 7/TB-SNV"), *title("THÔNG BÁO KẾT LUẬN", "của Giám đốc Sở tại cuộc họp"), *body()]
    assert values(read(page), "type", "symbol") == ("TB", "7/TB-SNV")


def test_a_telegram_has_its_number_under_the_title(read):
    page = [
        *head("ỦY BAN NHÂN DÂN", "TỈNH LÂM ĐỒNG", number=""),
        middle(MIDDLE, 150, "CÔNG ĐIỆN", "B", 14),
        middle(MIDDLE, 168, "Số: 05/CĐ-UBND", "B", 13),
        middle(MIDDLE, 186, "Về việc ứng phó mưa lũ", "B", 14),
        *body(),
        *end("CHỦ TỊCH"),
    ]
    got = values(read(page), "type", "symbol", "number", "sign", "issued_on", "subject")
    assert got == ("CĐ", "05/CĐ-UBND", "05", "CĐ-UBND", "2026-01-16", "ứng phó mưa lũ")


def test_a_law(read):
    page = [
        *head("QUỐC HỘI", number="Luật số: 72/2025/QH15", date="Hà Nội, ngày 16 tháng 6 năm 2025"),
        *title("LUẬT", "TỔ CHỨC CHÍNH QUYỀN ĐỊA PHƯƠNG"),
        *body(),
    ]
    assert values(read(page), "type", "symbol", "issuer") == ("LUẬT", "72/2025/QH15", "QUỐC HỘI")


def test_a_contract_has_its_number_under_the_title(read):
    page = [
        middle(MIDDLE, 50, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "B"),
        middle(MIDDLE, 66, "Độc lập - Tự do - Hạnh phúc", "B"),
        middle(MIDDLE, 100, "HỢP ĐỒNG", "B", 14),
        middle(MIDDLE, 118, "Số: 12/HĐ-SNV"),
        *body(),
    ]
    assert values(read(page), "type", "symbol", "issuer") == ("HĐ", "12/HĐ-SNV", None)


def test_a_bilingual_head(read):
    page = [
        *head(
            "BỘ NGOẠI GIAO", "MINISTRY OF FOREIGN AFFAIRS",
            number="Số/No: 45/BC-BNG", motto="Độc lập - Tự do - Hạnh phúc",
        ),
        middle(RIGHT, 88, "Independence - Freedom - Happiness", "I", 10),
        *title("BÁO CÁO", "Kết quả hợp tác"),
        *body(),
    ]  # fmt: skip
    got = values(read(page), "issuer", "parent", "symbol", "issued_on")
    assert got == ("BỘ NGOẠI GIAO", None, "45/BC-BNG", "2026-01-16")


def test_a_long_about_line(read):
    lines = ["V/v báo cáo tình hình thực hiện", "Nghị quyết số 76/NQ-CP ngày 15/7/2021", "của Chính phủ"]
    page = [
        *head(number="Số: 963/SNV-CCHC"),
        *[middle(LEFT, 122 + 14 * i, text, size=12) for i, text in enumerate(lines)],
        middle(MIDDLE, 200, "Kính gửi: Ủy ban nhân dân tỉnh."),
        *body(),
    ]
    facts = read(page)
    assert facts["type"].value == "CV"
    assert facts["subject"].value == " ".join(lines).removeprefix("V/v ")
    assert facts["issued_on"].value == "2026-01-16"


def test_the_authority_may_stand_before_the_type(read):
    page = [
        *head("ỦY BAN NHÂN DÂN", "TỈNH LÂM ĐỒNG", number="Số: 12/QĐ-UBND"),
        middle(MIDDLE, 140, "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG", "B", 14),
        *title("QUYẾT ĐỊNH", "Về việc khen thưởng", y=165),
        Put(120, 240, "Căn cứ Luật Thi đua, khen thưởng;", "I"),
        *body(),
    ]
    assert values(read(page), "type", "subject", "issuer") == ("QĐ", "khen thưởng", "ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG")


ANNEX = [
    middle(MIDDLE, 60, "PHỤ LỤC", "B"),
    middle(MIDDLE, 78, "DANH MỤC NHIỆM VỤ NĂM 2026", "B"),
    middle(MIDDLE, 96, "(Kèm theo Tờ trình số 45/TTr-SNV ngày 16/01/2026 của Sở Nội vụ)", "I"),
    *body(130, 12),
]


def test_an_annex_bound_in_front_of_its_document(read):
    facts = read(ANNEX, [*head(), *title("TỜ TRÌNH", "A"), *body(), *end()])
    assert values(facts, "type", "symbol", "issued_on") == ("TTr", "45/TTr-SNV", "2026-01-16")
    assert facts["symbol"].place.page == 2


def test_a_form_in_an_annex_is_not_the_document(read):
    form = [
        *head("TÊN CƠ QUAN", number="Số:     /BC-...", date="..., ngày ... tháng ... năm ..."),
        *title("BÁO CÁO", "A"),
        *body(),
    ]
    other = [*head(number="Số: 46/TTr-SNV"), *title("TỜ TRÌNH", "A"), *body(), *end()]
    for page in (form, other):
        assert values(read(ANNEX, page), "type", "symbol") == ("PHỤ LỤC", None)


def test_a_head_in_scattered_boxes(read):
    page = [
        middle(LEFT, 57, "UBND TỈNH LÂM ĐỒNG"),
        middle(LEFT, 71, "SỞ NỘI VỤ", "B"),
        Put(110, 105, "Số:"),
        Put(140, 103, "45/TTr-SNV"),
        middle(RIGHT, 55, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "B"),
        Put(300, 106, "Lâm Đồng,", "I"),
        Put(375, 104, "ngày 16", "I"),
        Put(435, 105, "tháng 01 năm 2026", "I"),
        *title("TỜ TRÌNH", "A"),
        *body(),
    ]
    got = values(read(page), "symbol", "issued_on", "place", "issuer")
    assert got == ("45/TTr-SNV", "2026-01-16", "Lâm Đồng", "SỞ NỘI VỤ")


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("PGS.TS. Nguyễn Văn Minh", "Nguyễn Văn Minh"),
        ("PGS, TS Nguyễn Văn Minh", "Nguyễn Văn Minh"),
        ("TS Trần Thị Bình", "Trần Thị Bình"),
        ("BS.CKII. Lê Văn Hùng", "Lê Văn Hùng"),
        ("ThS. BS. Lê Văn Hùng", "Lê Văn Hùng"),
        ("BS CKI Lê Văn Hùng", "Lê Văn Hùng"),
        ("Thượng tá Phạm Văn Sơn", "Phạm Văn Sơn"),
        ("Tiến sĩ Phạm Văn Sơn", "Phạm Văn Sơn"),
    ],
)
def test_degrees_and_ranks_are_no_part_of_a_name(read, printed, name):
    facts = read([*head(), *title("TỜ TRÌNH", "A"), *body(), *end(name=printed)])
    assert facts["signer"].value["name"] == name


# --- Word -----------------------------------------------------------------------------------------------------------


def test_minutes_in_word(tmp_path):
    cells = [
        [
            paragraph("UBND TỈNH A") + paragraph(run("ĐOÀN KIỂM TRA", "<w:b/>")) + paragraph("Số: 04/BB-ĐKT"),
            paragraph("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") + paragraph("Độc lập - Tự do - Hạnh phúc"),
        ]
    ]
    centre = '<w:jc w:val="center"/>'
    text = (
        table(cells, [4000, 5400])
        + paragraph("BIÊN BẢN", centre)
        + paragraph("Kiểm tra công tác cải cách hành chính", centre)
        + paragraph("Thực hiện Quyết định số 1602/QĐ-UBND ngày 03 tháng 9 năm 2025 của Chủ tịch UBND tỉnh,")
        + paragraph("Hôm nay, hồi 08 giờ 00 phút ngày 14 tháng 10 năm 2025, tại trụ sở Sở Xây dựng, Đoàn kiểm tra họp.")
    )
    with WordDocument(make_docx(tmp_path / "a.docx", text), DOCX) as document:
        facts = READER.read(document, READER.provides, {})
    assert values(facts, "type", "symbol", "issued_on") == ("BB", "04/BB-ĐKT", "2025-10-14")
    assert facts["subject"].value == "Kiểm tra công tác cải cách hành chính"


# --- titles that name their issuer ----------------------------------------------------------------------------------


def test_a_gazette_title_stands_for_the_letterhead(read):
    page = [
        *title(
            "QUYẾT ĐỊNH",
            "CỦA BỘ TRƯỞNG BỘ TÀI CHÍNH SỐ 1141-TC/QĐ/CĐKT",
            "NGÀY 01 THÁNG 11 NĂM 1995 VỀ VIỆC BAN HÀNH",
            "CHẾ ĐỘ KẾ TOÁN DOANH NGHIỆP",
            y=60,
        ),
        *body(160),
    ]
    got = values(read(page), "type", "symbol", "issued_on", "issuer", "subject")
    assert got == (
        "QĐ",
        "1141-TC/QĐ/CĐKT",
        "1995-11-01",
        "BỘ TRƯỞNG BỘ TÀI CHÍNH",
        "BAN HÀNH CHẾ ĐỘ KẾ TOÁN DOANH NGHIỆP",
    )


@pytest.mark.parametrize(
    "kind", [["CHỈ THỊ", "CỦA ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG"], ["CHỈ THỊ CỦA ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG"]]
)
def test_an_issuer_under_the_type_is_no_part_of_the_subject(read, kind):
    page = [
        *head("ỦY BAN NHÂN DÂN", "TỈNH LÂM ĐỒNG", number="Số: 16/2005/CT-UB"),
        *title(*kind, "Về tổ chức thực hiện Luật Đất đai"),
        *body(),
    ]
    assert read(page)["subject"].value == "Về tổ chức thực hiện Luật Đất đai"


def test_a_subject_that_begins_with_of_stays_whole(read):
    page = [*head(number="Số: 7/TB-SNV"), *title("THÔNG BÁO", "CỦA BAN CHỈ ĐẠO VỀ CẢI CÁCH", "HÀNH CHÍNH"), *body()]
    assert read(page)["subject"].value == "CỦA BAN CHỈ ĐẠO VỀ CẢI CÁCH HÀNH CHÍNH"


def test_a_letterhead_without_a_number_names_its_issuer_in_full(read):
    page = [
        *head("ỦY BAN NHÂN DÂN", "TỈNH CÀ MAU", number="", date=""),
        *title("QUY ĐỊNH", "Về tổ chức của Đội kiểm tra"),
        *body(),
    ]
    assert values(read(page), "issuer", "type") == ("ỦY BAN NHÂN DÂN TỈNH CÀ MAU", "QyĐ")
