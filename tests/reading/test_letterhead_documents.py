# SPDX-License-Identifier: Apache-2.0
"""The letterhead reader on whole documents of every form that real files take."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from tests.reading.make_pdf import LEFT, MIDDLE, Put, Stamp, body, end, head, make_pdf, middle, title

from parcheck.model import Fact, Reason, Source
from parcheck_plugins.letterhead.reader import Letterhead
from parcheck_plugins.pdf.document import PdfDocument

READER = Letterhead()


@pytest.fixture
def read(tmp_path):
    def run(*pages, asked=READER.provides, **options):
        path = tmp_path / "a.pdf"
        path.write_bytes(make_pdf(*pages, **options))
        with PdfDocument(path) as document:
            return READER.read(document, frozenset(asked), {})

    return run


def values(facts):
    return {
        name: fact.value for name, fact in facts.items() if fact.unknown is None and fact.value not in (None, False)
    }


PROPOSAL = [*head(), *title("TỜ TRÌNH", "Về việc phê duyệt Đề án", "cải cách hành chính"), *body(), *end()]


def test_an_ordinary_document(read):
    facts = read(PROPOSAL)
    assert values(facts) == {
        "type": "TTr",
        "symbol": "45/TTr-SNV",
        "number": "45",
        "sign": "TTr-SNV",
        "issued_on": "2026-01-16",
        "place": "Lâm Đồng",
        "issuer": "SỞ NỘI VỤ",
        "parent": "UBND TỈNH LÂM ĐỒNG",
        "subject": "phê duyệt Đề án cải cách hành chính",
        "signer": {"name": "Trần Hữu Tuấn", "title": "KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC", "authority": ["KT"]},
        "recipients": ["Như trên", "UBND tỉnh", "Lưu: VT, CCHC"],
    }
    assert facts["draft"] == Fact(False)
    assert facts["copy"] == Fact(None)


def test_only_what_was_asked_is_given(read):
    assert set(read(PROPOSAL, asked={"symbol", "signatures"})) == {"symbol"}


def test_a_fact_says_where_it_stood(read):
    place = read(PROPOSAL)["symbol"].place
    assert (place.page, place.words, place.source) == (1, "Số: 45/TTr-SNV", Source.TEXT)
    left, top, right, bottom = place.box
    assert 100 < left < right < 230
    assert 95 < top < bottom < 130


def test_decomposed_letters_read_the_same(read):
    decomposed = [
        replace(put, x=put.left, centred=False, text=unicodedata.normalize("NFD", put.text)) for put in PROPOSAL
    ]
    assert values(read(decomposed)) == values(read(PROPOSAL))


def test_the_order_in_the_file_does_not_matter(read):
    assert values(read(PROPOSAL[::-1])) == values(read(PROPOSAL))


BLANK = [
    *head(number="Số:        /BC-SNV", date="Lâm Đồng, ngày      tháng 11 năm 2025"),
    *title("BÁO CÁO", "Kết quả cải cách hành chính"),
    *body(),
    *end(),
]
NUMBER, DAY = (125, 105, 160, 121), (365, 105, 395, 121)


def test_number_and_day_stamped_into_the_blanks(read):
    facts = read(BLANK, stamps=[Stamp(NUMBER, "228"), Stamp(DAY, "28")], signed=True)
    assert (facts["symbol"].value, facts["issued_on"].value) == ("228/BC-SNV", "2025-11-28")
    assert facts["symbol"].place.source is facts["issued_on"].place.source is Source.STAMP


def test_blanks_of_a_signed_file_are_unknown(read):
    facts = read(BLANK, signed=True)
    for name in ("symbol", "number", "issued_on", "draft"):
        assert facts[name].unknown == Reason("stamp-image"), name
    assert facts["sign"].value == "BC-SNV"


def test_a_picture_over_the_blank_makes_it_unknown(read):
    assert read(BLANK, stamps=[Stamp(NUMBER)])["symbol"].unknown == Reason("stamp-image")
    assert read(BLANK, pictures=[NUMBER])["symbol"].unknown == Reason("stamp-image")


def test_blanks_without_any_signature_are_absent_and_a_draft(read):
    facts = read(BLANK)
    assert facts["symbol"].value is None
    assert facts["symbol"].unknown is None
    assert facts["issued_on"].unknown is None
    assert facts["draft"].value is True


@pytest.mark.parametrize("dots", ["Số: ......./BC-SNV", "Số: …/BC-SNV", "Số:/BC-SNV"])
def test_dotted_blanks(read, dots):
    facts = read(
        [*head(number=dots, date="Lâm Đồng, ngày ... tháng ... năm 2025"), *title("BÁO CÁO", "Kết quả"), *body()]
    )
    assert facts["symbol"].value is None
    assert facts["sign"].value == "BC-SNV"
    assert facts["issued_on"].value is None


@pytest.mark.parametrize("word", ["DỰ THẢO", "DỰ THẢO LẦN 2", "BẢN NHÁP"])
def test_the_word_draft_at_the_head(read, word):
    assert read([middle(LEFT, 30, word, "B"), *PROPOSAL])["draft"].value is True


def test_the_word_draft_in_the_text_is_no_draft(read):
    letter = [*PROPOSAL, Put(85, 400, "góp ý dự thảo Luật"), Put(85, 420, "Dự thảo")]
    assert read(letter)["draft"].value is False


def test_a_letter_has_its_subject_under_the_number(read):
    letter = [
        *head(number="Số: 963/SNV-CCHC&VTLT"),
        middle(LEFT, 122, "V/v lấy ý kiến góp ý dự thảo", size=12),
        middle(LEFT, 136, "và cử công chức tham gia", size=12),
        middle(MIDDLE, 180, "Kính gửi: Các sở, ban, ngành tỉnh."),
        *body(),
        *end("GIÁM ĐỐC", name="Võ Ngọc Hiệp"),
    ]
    got = values(read(letter))
    assert got["type"] == "CV"
    assert got["symbol"] == "963/SNV-CCHC&VTLT"
    assert got["subject"] == "lấy ý kiến góp ý dự thảo và cử công chức tham gia"
    assert got["signer"] == {"name": "Võ Ngọc Hiệp", "title": "GIÁM ĐỐC", "authority": []}


def test_a_party_document(read):
    got = values(
        read(
            [
                *head(
                    "ĐẢNG BỘ TỈNH LÂM ĐỒNG", "ĐẢNG ỦY SỞ NỘI VỤ", "*",
                    number="Số 05-NQ/ĐU", state="ĐẢNG CỘNG SẢN VIỆT NAM", motto="",
                ),
                *title("NGHỊ QUYẾT", "về công tác cán bộ"),
                *body(),
                *end("T/M ĐẢNG ỦY", "PHÓ BÍ THƯ", recipients=["- Các chi bộ,", "- Lưu Văn phòng."]),
            ]
        )
    )  # fmt: skip
    assert (got["type"], got["symbol"], got["issuer"]) == ("NQ", "05-NQ/ĐU", "ĐẢNG ỦY SỞ NỘI VỤ")
    assert got["parent"] == "ĐẢNG BỘ TỈNH LÂM ĐỒNG"
    assert got["signer"]["authority"] == ["TM"]


@pytest.mark.parametrize(
    ("lines", "issuer", "parent"),
    [
        (["ỦY BAN NHÂN DÂN", "XÃ ĐỨC TRỌNG"], "ỦY BAN NHÂN DÂN XÃ ĐỨC TRỌNG", None),
        (["UBND TỈNH A", "BAN QUẢN LÝ CÁC", "KHU CÔNG NGHIỆP"], "BAN QUẢN LÝ CÁC KHU CÔNG NGHIỆP", "UBND TỈNH A"),
        (["SỞ GIÁO DỤC VÀ ĐÀO TẠO", "TRƯỜNG THPT", "NGUYỄN DU"], "TRƯỜNG THPT NGUYỄN DU", "SỞ GIÁO DỤC VÀ ĐÀO TẠO"),
        (["VĂN PHÒNG UBND TỈNH", "TRUNG TÂM", "HÀNH CHÍNH CÔNG"], "TRUNG TÂM HÀNH CHÍNH CÔNG", "VĂN PHÒNG UBND TỈNH"),
        (["HỘI ĐỒNG THẨM PHÁN", "TÒA ÁN NHÂN DÂN TỐI CAO"], "HỘI ĐỒNG THẨM PHÁN TÒA ÁN NHÂN DÂN TỐI CAO", None),
        (["CHÍNH PHỦ"], "CHÍNH PHỦ", None),
        (["UBND HUYỆN ĐẠ HUOAI", "UBND XÃ MA ĐA GUÔI"], "UBND XÃ MA ĐA GUÔI", "UBND HUYỆN ĐẠ HUOAI"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("plain", [True, False])
def test_issuer_and_the_body_above(read, lines, issuer, parent, plain):
    page = [replace(p, style="R") if plain else p for p in head(*lines)]
    if not plain and issuer == " ".join(lines):
        page = [replace(p, style="B") if p.text in lines else p for p in page]
    got = read([*page, *title("BÁO CÁO", "Kết quả"), *body()])
    assert (got["issuer"].value, got["parent"].value) == (issuer, parent)


def test_issuer_and_state_name_run_together(read):
    page = [
        Put(60, 55, "ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI  CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "B", 11.5),
        *head("X", number="Số: 15/KH-UBND")[2:],
        *title("KẾ HOẠCH", "Thực hiện Nghị quyết số 12/NQ-HĐND"),
    ]
    got = values(read(page))
    assert got["issuer"] == "ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI"
    assert got["subject"] == "Thực hiện Nghị quyết số 12/NQ-HĐND"


def test_a_decision_names_its_authority_after_the_subject(read):
    page = [
        *head("BỘ NỘI VỤ", number="Số: 9/QĐ-BNV"),
        *title("QUYẾT ĐỊNH", "Về việc ban hành Quy chế"),
        middle(MIDDLE, 215, "BỘ TRƯỞNG BỘ NỘI VỤ", "B", 14),
        Put(120, 240, "Căn cứ Luật Tổ chức Chính phủ;", "I"),
        middle(MIDDLE, 270, "QUYẾT ĐỊNH:", "B", 14),
        *body(300),
    ]
    assert values(read(page))["subject"] == "ban hành Quy chế"


def test_minutes_have_two_blocks_and_no_date(read):
    page = [
        *head(number="Số: 12/BB-SNV", date=""),
        *title("BIÊN BẢN", "Họp xét thi đua"),
        *body(),
        middle(160, 560, "THƯ KÝ", "B"),
        middle(160, 650, "Lê Thị Hoa", "B"),
        *end("CHỦ TỌA", name="Trần Văn Bình", recipients=()),
        Put(85, 700, "Nơi nhận:", "B", 12),
        Put(85, 714, "- Lưu: VT."),
    ]
    facts = read(page)
    assert facts["type"].value == "BB"
    assert facts["issued_on"] == Fact(None)
    assert facts["signer"].value["name"] == "Trần Văn Bình"


def test_the_name_may_stand_on_the_next_page(read):
    facts = read(
        [*head(), *title("TỜ TRÌNH", "A"), *body(), *end(name=None, y=780)],
        [middle(430, 80, "Nguyễn Văn Hải", "B", 14)],
    )
    assert facts["signer"].value["name"] == "Nguyễn Văn Hải"


def test_the_block_before_the_appendices_counts(read):
    form = [
        middle(MIDDLE, 40, "PHỤ LỤC", "B"),
        *head("TÊN CƠ QUAN", number="Số: …/BC-…", date="…, ngày … tháng … năm …", y=100),
        *title("BÁO CÁO", "Mẫu", y=200),
        *end("THỦ TRƯỞNG ĐƠN VỊ", name="Lê Văn Tài"),
    ]
    facts = read(PROPOSAL, form)
    assert facts["signer"].value["name"] == "Trần Hữu Tuấn"
    assert facts["signer"].place.page == 1


def test_the_first_of_two_documents_counts(read):
    second = [
        *head("BỘ NỘI VỤ", number="Số: 9/QĐ-BNV"),
        *title("QUYẾT ĐỊNH", "B"),
        *body(),
        *end(name="Phạm Thị Thanh Trà"),
    ]
    assert values(read(PROPOSAL, second)) == values(read(PROPOSAL))


def test_a_cover_stands_before_the_document(read):
    facts = read([middle(MIDDLE, 200, "ĐỀ ÁN", "B", 20), middle(MIDDLE, 240, "Năm 2025")], PROPOSAL)
    assert facts["symbol"].value == "45/TTr-SNV"
    assert facts["symbol"].place.page == 2


def test_a_copy_keeps_the_author_and_says_so(read):
    copier = [
        *head("VĂN PHÒNG UBND TỈNH", number="Số: 3/SY-VP", y=640),
        *end("CHÁNH VĂN PHÒNG", name="Lê Văn Tâm", y=720),
    ]
    facts = read(
        [*head(), *title("KẾ HOẠCH", "A"), *body(220), *end(y=400), middle(MIDDLE, 620, "SAO Y", "B"), *copier]
    )
    assert facts["copy"].value == "SAO Y"
    assert facts["symbol"].value == "45/TTr-SNV"
    assert facts["signer"].value["name"] == "Trần Hữu Tuấn"


def test_a_received_stamp_is_not_the_document_s_own(read):
    received = [Put(30, 20, "CÔNG VĂN ĐẾN"), Put(30, 34, "Số: 2352"), Put(400, 40, "Ngày: 20/3/2018")]
    note = [Put(420, 25, "Ngày ký: 16/01/2026 16:51:10 +07:00", size=9)]
    assert values(read([*received, *note, *PROPOSAL])) == values(read(PROPOSAL))


def test_a_date_in_digits_needs_a_place(read):
    assert read([*head(date="Hà Nội, ngày 15/7/2025"), *title("BÁO CÁO", "A")])["issued_on"].value == "2025-07-15"
    assert read([*head(date="Ngày 15/7/2025"), *title("BÁO CÁO", "A")])["issued_on"].value is None


def test_urgency_and_secrecy(read):
    facts = read([middle(LEFT, 132, "HỎA TỐC", "B"), middle(60, 20, "MẬT", "B"), *PROPOSAL])
    assert facts["urgency"].value == "HỎA TỐC"
    assert facts["secrecy"].value == "MẬT"


def test_an_annex_alone_has_no_letterhead(read):
    annex = [
        middle(MIDDLE, 60, "PHỤ LỤC II", "B"),
        middle(MIDDLE, 78, "DANH MỤC NHIỆM VỤ", "B"),
        middle(MIDDLE, 96, "(Kèm theo Kế hoạch số 12/KH-UBND ngày 15/7/2025 của UBND tỉnh)", "I"),
        *body(130),
    ]
    assert values(read(annex)) == {"type": "PHỤ LỤC", "subject": "DANH MỤC NHIỆM VỤ"}


def test_a_form_inside_a_page_of_text_is_no_letterhead(read):
    page = [*body(60, 8), *head("UBND XÃ A", number="Số: 1/BC-UBND", y=400)]
    assert values(read(page)) == {}


def test_a_document_in_another_language_has_nothing(read):
    page = [Put(85, 60 + 18 * i, "The quick brown fox jumps over the lazy dog and runs") for i in range(12)]
    facts = read(page)
    assert values(facts) == {}
    assert all(fact.unknown is None for fact in facts.values())


def test_an_empty_page_has_nothing(read):
    assert values(read([])) == {}


def test_a_scan_is_unknown_not_absent(read):
    facts = read([], pictures=[(0, 0, 595, 842)])
    assert [fact.unknown for fact in facts.values()] == [Reason("scan")] * len(READER.provides)
