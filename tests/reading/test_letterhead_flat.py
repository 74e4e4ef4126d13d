# SPDX-License-Identifier: Apache-2.0
"""Old Word files: columns put one below the other, capitals lost with the font, "(Đã ký)" instead of a signature."""

from __future__ import annotations

import pytest
from tests.reading.legacy_bytes import encode
from tests.reading.make_docx import make_docx, paragraph, run, table
from tests.reading.make_pdf import Put, head, make_pdf, middle, title

from parcheck_plugins.letterhead import people
from parcheck_plugins.letterhead.reader import Letterhead
from parcheck_plugins.pdf.document import PdfDocument
from parcheck_plugins.word.document import WordDocument

READER = Letterhead()
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
VNI = '<w:rFonts w:ascii="VNI-Times" w:hAnsi="VNI-Times"/>'
GROUNDS = "Căn cứ Nghị định số 178/CP ngày 28 tháng 10 năm 1994 của Chính phủ về nhiệm vụ, quyền hạn của các bộ;"
BODY = "Các đơn vị thực hiện nhiệm vụ được giao theo quy định của pháp luật và báo cáo kết quả hằng năm."
STACKED = ("Bộ tài chính", "SỐ: 12/2001/QĐ-BTC", "cộng hoà xã hội chủ nghĩa Việt nam", "Độc lập - Tự do - Hạnh phúc")
DATE = "Hà nội, ngày 13 tháng 3 năm 2001"


@pytest.fixture
def read(tmp_path):
    def run_reader(*texts, old=True):
        made = [paragraph(run(encode(x, "vni"), VNI) if old else run(x)) for x in (*texts, *[BODY] * 4)]
        with WordDocument(make_docx(tmp_path / "a.docx", "".join(made)), DOCX) as document:
            assert (document.encoding == "vni") is old
            return READER.read(document, READER.provides, {})

    return run_reader


def values(facts, *names):
    return tuple(facts[name].value for name in names)


# --- columns put one below the other ---------------------------------------------------------------------------------


@pytest.mark.parametrize("old", [True, False])
def test_columns_one_below_the_other(read, old):
    facts = read(*STACKED, DATE, "quyết định", GROUNDS, old=old)
    assert values(facts, "symbol", "number", "issuer", "issued_on", "type", "place") == (
        "12/2001/QĐ-BTC",
        "12",
        "Bộ tài chính",
        "2001-03-13",
        "QĐ",
        "Hà nội",
    )


@pytest.mark.parametrize("old", [True, False])
def test_the_state_first_then_the_number(read, old):
    facts = read(*STACKED[2:], "Số: 7/2001/TT-BTC ------------", DATE, GROUNDS, old=old)
    assert values(facts, "symbol", "type", "issuer") == ("7/2001/TT-BTC", "TT", None)


@pytest.mark.parametrize(
    "line",
    [
        "Số: 12/2001/QĐ-BTC ngày 13 tháng 3 năm 2001 của Bộ Tài chính",
        "Theo Quyết định số: 12/2001/QĐ-BTC",
        "Số:        /QĐ-BTC",
        "số 12/2001/QĐ-BTC",
        "Quyết định số: 12/2001/QĐ-BTC",
        "Số 12",
    ],
)
def test_only_a_line_that_is_wholly_a_number_counts(read, line):
    assert read(*STACKED[2:], line, DATE, GROUNDS)["symbol"].value is None


def test_a_number_with_its_date_in_the_next_line_is_cited(read):
    assert read(*STACKED[2:], "Số: 12/2001/QĐ-BTC", "ngày 13 tháng 3 năm 2001 của Bộ")["symbol"].value is None


def test_a_number_far_below_is_not_the_document_s(read):
    assert read(*STACKED[2:], DATE, *["Kính gửi các đơn vị"] * 9, "Số: 12/2001/QĐ-BTC")["symbol"].value is None


def test_a_number_whose_line_goes_on_as_the_rule_under_the_motto(tmp_path):
    centre, right = '<w:jc w:val="center"/>', '<w:jc w:val="right"/>'
    rows = [[paragraph("BỘ TÀI CHÍNH", centre), paragraph(STACKED[2].upper(), centre)]]
    rows.append([paragraph("", centre), paragraph(STACKED[3], centre)])
    text = table(rows, [3600, 5400]) + paragraph("SỐ: 120 /2002/TT-BTC " + "-" * 60)
    text += paragraph("Hà Nội, ngày 30 tháng 12 năm 2002", right) + paragraph("THÔNG TƯ", centre) + paragraph(GROUNDS)
    with WordDocument(make_docx(tmp_path / "a.docx", text), DOCX) as document:
        facts = READER.read(document, READER.provides, {})
    assert values(facts, "symbol", "issuer", "issued_on", "type") == (
        "120/2002/TT-BTC",
        "BỘ TÀI CHÍNH",
        "2002-12-30",
        "TT",
    )


# --- capitals lost ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "subject"),
    [
        (
            (
                "quyết định của bộ trưởng bộ tài chính",
                "Về việc ban hành Chế độ",
                "báo cáo của đơn vị",
                "bộ trưởng bộ tài chính",
            ),
            "ban hành Chế độ báo cáo của đơn vị",
        ),
        (("Quyết định", "Về việc ban hành Chế độ kế toán", "cho các đơn vị"), "ban hành Chế độ kế toán cho các đơn vị"),
        (("Quyết định", "bộ trưởng bộ tài chính"), None),
        # Where the trích yếu ends cannot be told: the last line may be its own or the authority's.
        (("Quyết định", "Về việc bổ nhiệm", "hiệu trưởng trường mầm non"), None),
        (("Quyết định", "Về việc ban hành Chế độ kế toán", "(ban hành kèm theo Thông tư)", "bộ trưởng"), None),
    ],
)
def test_a_trich_yeu_under_a_type_without_capitals(read, lines, subject):
    facts = read(*STACKED, DATE, *lines, GROUNDS)
    assert values(facts, "type", "subject") == ("QĐ", subject)


def test_the_type_without_a_number_needs_a_converted_text(read):
    lines = (*STACKED[2:], DATE, "Thông tư", "Hướng dẫn chế độ kế toán", GROUNDS)
    assert values(read(*lines), "type", "subject") == ("TT", "Hướng dẫn chế độ kế toán")
    assert values(read(*lines, old=False), "type", "subject") == (None, None)


@pytest.mark.parametrize(
    "lines",
    [
        ("Thông tư", GROUNDS),
        ("Thông tư này hướng dẫn chế độ kế toán", "cho các đơn vị", GROUNDS),
        ("quyết định của các đơn vị", "Về việc kế toán", GROUNDS),
        (GROUNDS, "Thông tư", "Hướng dẫn chế độ kế toán", GROUNDS),
        ("Thông tư", "Hướng dẫn chế độ kế toán", BODY),
    ],
)
def test_what_is_no_heading_gives_no_type(read, lines):
    assert values(read(*STACKED[2:], DATE, *lines), "type", "subject") == (None, None)


def test_a_heading_at_odds_with_the_sign_gives_way(read):
    facts = read(*STACKED, DATE, "Thông tư", "Hướng dẫn chế độ kế toán", GROUNDS)
    assert values(facts, "type", "subject") == ("QĐ", None)


# --- "(Đã ký)" -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Lương Thế Hiển đã ký", "Lương Thế Hiển"),
        ("Lương Thế Hiển (Đã ký)", "Lương Thế Hiển"),
        ("(Đã ký) Lương Thế Hiển", "Lương Thế Hiển"),
        ("Đã ký: Lương Thế Hiển", "Lương Thế Hiển"),
        ("(Đã ký)", None),
        ("GIÁM ĐỐC đã ký", None),
        ("Bộ trưởng đã ký", None),
        ("Hai bên đã ký", None),
        ("Hợp đồng đã ký kết", None),
        ("đã ký và đóng dấu", None),
    ],
)
def test_names_beside_the_note_that_somebody_signed(text, name):
    assert people.signed_name_in(text) == name


def _signer(tmp_path, *ending):
    page = [
        *head("BỘ NỘI VỤ", number="Số: 4/2006/TT-BNV", date="Hà Nội, ngày 07 tháng 9 năm 2006"),
        *title("THÔNG TƯ", "Hướng dẫn chế độ báo cáo"),
        Put(85, 240, "Các đơn vị thực hiện nhiệm vụ được giao theo quy định của pháp luật hiện hành."),
        *ending,
    ]
    path = tmp_path / "a.pdf"
    path.write_bytes(make_pdf(page))
    with PdfDocument(path) as document:
        return READER.read(document, READER.provides, {})["signer"].value


def test_a_signer_beside_the_note(tmp_path):
    signer = _signer(
        tmp_path,
        middle(430, 560, "BỘ TRƯỞNG", "B"),
        middle(430, 640, "Lương Thế Hiển đã ký", "B"),
        Put(85, 560, "Nơi nhận:", "B", 12),
        Put(85, 575, "- Như trên;", "R", 11),
    )
    assert signer == {"name": "Lương Thế Hiển", "title": "BỘ TRƯỞNG", "authority": []}


def test_a_title_in_the_middle_over_the_note(tmp_path):
    note, name = middle(390, 578, "(Đã ký)"), middle(400, 620, "Lương Thế Hiển", "B")
    heading = middle(305, 560, "CHỦ TỊCH QUỐC HỘI", "B")
    assert _signer(tmp_path, heading, note, name)["name"] == "Lương Thế Hiển"
    assert _signer(tmp_path, middle(290, 560, "CHỦ TỊCH QUỐC HỘI", "B"), name) is None
