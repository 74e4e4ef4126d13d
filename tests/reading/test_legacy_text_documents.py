# SPDX-License-Identifier: Apache-2.0
"""PDF and Word files in old fonts are read as if they were Unicode."""

from __future__ import annotations

import pytest
from tests.reading.legacy_bytes import encode, holds
from tests.reading.make_docx import make_docx, paragraph, run, table
from tests.reading.make_pdf import Put, body, end, head, make_pdf, title

from parcheck.model import Reason
from parcheck_plugins.body import BodyReader
from parcheck_plugins.letterhead.reader import Letterhead
from parcheck_plugins.pdf.document import PdfDocument
from parcheck_plugins.sniffing import WORD_TYPES
from parcheck_plugins.word.document import WordDocument

DOCX = min(WORD_TYPES)
FONTS = {
    "tcvn3": {"R": ".VnTime", "B": ".VnTimeH,Bold", "I": "ABCDEF+.VnTime,Italic"},
    "vni": {"R": "VNI-Times", "B": "VNI-Times,Bold", "I": "VNI-Times,Italic"},
    "vps": {"R": "VPSTimes", "B": "VPSTimes,Bold", "I": "VPSTimes,Italic"},
    None: {"R": "AAAAAA+F1", "B": "AAAAAA+F2", "I": "AAAAAA+F3"},
}
PAGE = [*head(), *title("TỜ TRÌNH", "Về việc ban hành Kế hoạch cải cách hành chính"), *body(), *end()]
WANTED = {"symbol", "issued_on", "type", "issuer", "parent", "subject", "place", "signer"}


def _typed(put: Put, encoding: str) -> Put:
    """Type a line in the encoding: capitals of TCVN3 are small letters in an H font."""
    if encoding == "tcvn3":
        if put.text.isupper():
            return Put(put.x, put.y, encode(put.text.lower(), "tcvn3"), "B", put.size, put.centred)
        style = "R" if put.style == "B" else put.style
        return Put(put.x, put.y, encode(put.text.replace("Ủ", "U"), "tcvn3"), style, put.size, put.centred)
    text = put.text if holds(encoding, put.text) else "".join(c if holds(encoding, c) else c.lower() for c in put.text)
    return Put(put.x, put.y, encode(text, encoding), put.style, put.size, put.centred)


@pytest.fixture
def opened(tmp_path):
    documents = []

    def open_(data):
        path = tmp_path / f"{len(documents)}.pdf"
        path.write_bytes(data)
        documents.append(PdfDocument(path))
        return documents[-1]

    yield open_
    for document in documents:
        document.close()


def _facts(document):
    facts = {name: fact.value for name, fact in Letterhead().read(document, WANTED, {}).items()}
    return facts | {"text": BodyReader().read(document, {"text"}, {})["text"].value}


@pytest.mark.parametrize(
    ("encoding", "named"), [("tcvn3", True), ("vni", True), ("vni", False), ("vps", True), ("vps", False)]
)
def test_a_pdf_in_old_fonts_has_the_facts_of_a_unicode_one(opened, encoding, named):
    unicode = _facts(opened(make_pdf(PAGE)))
    document = opened(make_pdf([_typed(put, encoding) for put in PAGE], fonts=FONTS[encoding if named else None]))
    facts = _facts(document)
    assert document.unread(1) is None
    assert document.encoding == encoding
    assert facts.pop("text") == unicode.pop("text") | {"encoding": encoding}
    folded = [{k: str(v).casefold() for k, v in found.items()} for found in (facts, unicode)]
    assert folded[0] == folded[1]


def test_only_the_lines_in_old_fonts_are_converted(opened):
    fonts = {"R": "TimesNewRomanPSMT", "B": ".VnTimeH", "I": "Arial-ItalicMT"}
    page = [
        Put(100, 50, encode("ủy ban nhân dân tỉnh lâm đồng", "tcvn3"), "B"),
        *body(),
        Put(85, 500, "Café ® § 5", "I"),
    ]
    document = opened(make_pdf(page, fonts=fonts))
    texts = [line.text for line in document.lines(1)]
    assert texts[0] == "ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG"
    assert texts[1:-1] == [put.text for put in body()]
    assert texts[-1] == "Café ® § 5"
    assert document.encoding == "tcvn3"


def test_a_short_last_page_is_read_as_the_pages_before(opened):
    pages = [[_typed(put, "vni") for put in PAGE], [Put(100, 100, encode("Nội vụ", "vni"))]]
    document = opened(make_pdf(*pages, fonts=FONTS[None]))
    assert document.text(1)
    assert document.text(2).strip() == "Nội vụ"


def test_unicode_pages_are_unicode(opened):
    texts = {line.text for line in opened(make_pdf(PAGE)).lines(1)}
    for fonts in (FONTS["tcvn3"], FONTS["vni"], FONTS[None]):
        document = opened(make_pdf(PAGE, fonts=fonts))
        assert {line.text for line in document.lines(1)} == texts
        assert document.encoding == "unicode"


def test_a_page_that_lost_letters_stays_unread(opened):
    text = encode("trường hợp được hưởng theo quy định của nhà nước về cải cách hành chính", "tcvn3").replace(
        "\u00ad", ""
    )
    page = [Put(85, 100 + 20 * i, text) for i in range(6)]
    document = opened(make_pdf(page, fonts=FONTS["tcvn3"]))
    assert document.unread(1) == Reason("legacy-encoding", {"encoding": "tcvn3"})


VN, VNH = '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>', '<w:rFonts w:ascii=".VnTimeH" w:hAnsi=".VnTimeH"/>'
VNI = '<w:rFonts w:ascii="VNI-Times" w:hAnsi="VNI-Times"/>'


def _letter(encoding, normal, capital):
    def old(text):
        font = capital if text.isupper() else normal
        typed = text.lower() if text.isupper() and encoding == "tcvn3" else text
        return run(encode(typed, encoding), font)

    left = [paragraph(old("UBND TỈNH LÂM ĐỒNG")), paragraph(old("SỞ NỘI VỤ")), paragraph(old("Số: 45/TTr-SNV"))]
    right = [
        paragraph(old("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")),
        paragraph(old("Độc lập - Tự do - Hạnh phúc")),
        paragraph(old("Lâm Đồng, ngày 16 tháng 01 năm 2026")),
    ]
    rest = [old("TỜ TRÌNH"), old("Về việc ban hành Kế hoạch cải cách hành chính")]
    text = old("Thực hiện nhiệm vụ được giao, cơ quan báo cáo kết quả như sau đây. ")
    centre = '<w:jc w:val="center"/>'
    return (
        table([["".join(left), "".join(right)]], [4500, 5500])
        + "".join(paragraph(x, centre) for x in rest)
        + paragraph(text) * 4
    )


@pytest.mark.parametrize(("encoding", "normal", "capital"), [("tcvn3", VN, VNH), ("vni", VNI, VNI), ("vni", "", "")])
def test_a_word_file_in_old_fonts_has_the_facts_of_a_unicode_one(tmp_path, encoding, normal, capital):
    with WordDocument(make_docx(tmp_path / "a.docx", _letter(encoding, normal, capital)), DOCX) as document:
        facts = _facts(document)
        assert document.unread(1) is None
        assert document.encoding == encoding
    assert facts["text"]["encoding"] == encoding
    assert facts["symbol"] == "45/TTr-SNV"
    assert facts["issued_on"] == "2026-01-16"
    assert facts["issuer"] == "SỞ NỘI VỤ"
    assert facts["parent"] == "UBND TỈNH LÂM ĐỒNG"
    assert facts["type"] == "TTr"
    assert facts["place"] == "Lâm Đồng"


def test_what_word_makes_of_the_letters(tmp_path):
    """The soft hyphen is an element, symbols are another, runs cut letters, capitals are a switch, labels are text."""
    filler = paragraph(run(encode("thực hiện nhiệm vụ cải cách hành chính nhà nước ", "tcvn3") * 3, VN))
    split = f"<w:r><w:rPr>{VN}</w:rPr><w:t>Thñ t</w:t><w:softHyphen/><w:t>íng</w:t></w:r>"
    symbol = f'<w:r><w:rPr>{VN}</w:rPr><w:sym w:font=".VnTime" w:char="F0A7"/><w:t>iÒu 1</w:t></w:r>'
    cut = run("Hoø", VNI) + run("a, Co", VNI) + run("äng", VNI + "<w:b/>")
    caps = run("th«ng t\u00ad", VN + "<w:caps/>")
    unicode = '<w:r><w:t>Đề</w:t><w:softHyphen/><w:t xml:space="preserve"> án </w:t></w:r>' + run("không và có")
    text = filler + "".join(map(paragraph, (split, symbol, cut, caps, unicode)))
    with WordDocument(make_docx(tmp_path / "a.docx", text), DOCX) as document:
        assert document.text(1).split("\n")[1:] == [
            "Thủ tướng",
            "Điều 1",
            "Hòa, Cộng",
            "THÔNG TƯ",
            "Đề án không và có",
        ]
        assert document.encoding == "tcvn3"


def test_unicode_text_in_an_old_template_stays(tmp_path):
    text = "Thực hiện nhiệm vụ được giao, không và có, cơ quan báo cáo kết quả như sau đây."
    with WordDocument(make_docx(tmp_path / "a.docx", paragraph(run(text, VN)) * 3), DOCX) as document:
        assert document.text(1).split("\n") == [text] * 3
        assert document.encoding == "unicode"
        assert document.unread(1) is None
