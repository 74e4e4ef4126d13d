# SPDX-License-Identifier: Apache-2.0
"""PDF files: what is one, what stands on its pages, what cannot be trusted."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.reading.make_pdf import Put, Stamp, body, head, make_pdf

from parcheck.errors import UnreadableFile
from parcheck.model import Reason, Source
from parcheck_plugins import pdf
from parcheck_plugins.pdf import quality
from parcheck_plugins.pdf.document import PdfDocument

PAGE = [Put(85, 60, "Xin chào Việt Nam"), Put(400, 60, "cột bên phải"), Put(85, 100, "dòng dưới", "B", 14)]


@pytest.fixture
def opened(tmp_path):
    documents = []

    def run(data):
        path = tmp_path / "a.pdf"
        path.write_bytes(data)
        documents.append(PdfDocument(path))
        return documents[-1]

    yield run
    for document in documents:
        document.close()


@pytest.mark.parametrize(
    ("name", "head_bytes", "known"),
    [
        ("a.pdf", b"%PDF-1.7\n", True),
        ("a.bin", b"HTTP/1.1 200 OK\r\n" + b" " * 2000 + b"%PDF-1.4\n", True),
        ("a.pdf", b"1 0 obj << /Type /Catalog >>", True),
        ("a.docx", b"PK\x03\x04 %PDF-1.4", False),
        ("a.txt", b"hello", False),
        ("a.pdf", b"<html>not found</html>", False),
        ("a.pdf", b"", False),
    ],
)
def test_identify(name, head_bytes, known):
    assert (pdf.parcheck_identify(Path(name), head_bytes) == pdf.MEDIA_TYPE) is known


def test_open_leaves_other_formats_alone(tmp_path):
    assert pdf.parcheck_open(tmp_path / "a.docx", "application/zip") is None


def test_columns_are_kept_apart(opened):
    lines = opened(make_pdf(PAGE)).lines(1)
    assert [line.text for line in lines] == ["Xin chào Việt Nam", "cột bên phải", "dòng dưới"]
    assert lines[0].box[2] < lines[1].box[0]
    assert [line.bold for line in lines] == [False, False, True]
    assert lines[2].size == pytest.approx(14)
    assert {line.page for line in lines} == {1}


def test_lines_read_from_the_top_whatever_the_order_in_the_file(opened):
    assert [line.text for line in opened(make_pdf(PAGE[::-1])).lines(1)] == [
        "Xin chào Việt Nam",
        "cột bên phải",
        "dòng dưới",
    ]


def test_junk_before_the_file(opened):
    assert "Xin chào" in opened(b"From: a@b\r\n" * 200 + make_pdf(PAGE)).text(1)


def test_stamped_text_is_merged_by_position(opened):
    document = opened(
        make_pdf([Put(85, 60, "Số:"), Put(150, 60, "/BC-SNV")], stamps=[Stamp((110, 60, 140, 76), "228")])
    )
    level = sorted(document.lines(1), key=lambda line: line.box[0])
    assert [(line.text, line.source) for line in level] == [
        ("Số:", Source.TEXT),
        ("228", Source.STAMP),
        ("/BC-SNV", Source.TEXT),
    ]
    assert "228" not in document.text(1)
    assert [stamp.words for stamp in document.stamps(1)] == ["228"]


def test_a_stamp_cuts_the_line_it_was_set_into(opened):
    document = opened(make_pdf([Put(85, 60, "ngày   tháng 11 năm 2025")], stamps=[Stamp((112, 60, 126, 76), "28", 8)]))
    lines = sorted(document.lines(1), key=lambda line: line.box[0])
    assert [line.text for line in lines] == ["ngày", "28", "tháng 11 năm 2025"]


def test_a_picture_stamp_has_no_words(opened):
    document = opened(make_pdf(PAGE, stamps=[Stamp((300, 300, 380, 380))]))
    (stamp,) = document.stamps(1)
    assert stamp.words == ""
    assert stamp.box == pytest.approx((300, 300, 380, 380), abs=0.1)


def test_a_picture_stamp_shows_when_the_page_is_drawn(opened):
    document = opened(make_pdf([Put(85, 60, "Số: 45/TTr-SNV")], stamps=[Stamp((300, 100, 340, 140))]))
    assert [stamp.words for stamp in document.stamps(1)] == [""]
    for _ in range(2):
        image = document.image(1, 72)
        row, column = 135 * image.height // 842, 304 * image.width // 595
        at = 3 * (row * image.width + column)
        assert tuple(image.pixels[at : at + 3]) == (255, 0, 0)


def test_signatures_are_listed_unverified(opened):
    document = opened(make_pdf(PAGE, signed=True))
    assert document.signature_count == 1
    (signature,) = document.signatures()
    assert signature.sub_filter == "ETSI.CAdES.detached"
    assert signature.claimed_at == "2025-11-28T10:38:25+07:00"
    assert signature.byte_range == (0, 1, 2, 3)
    assert opened(make_pdf(PAGE)).signature_count == 0


def test_pages_beyond_the_open_ones_are_read(opened):
    document = opened(make_pdf(*([Put(85, 60, f"trang {i}")] for i in range(12))))
    assert document.page_count == 12
    assert [document.text(i + 1) for i in range(12)] == [f"trang {i}" for i in range(12)]
    assert [document.lines(i + 1)[0].text for i in reversed(range(12))] == [f"trang {i}" for i in reversed(range(12))]


def test_a_locked_file_says_so(opened):
    with pytest.raises(UnreadableFile) as error:
        opened(make_pdf(PAGE, password="x"))  # noqa: S106
    assert error.value.code == "file-encrypted"


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\n1 0 obj\n<<", b"%PDF"])
def test_a_damaged_file_says_so(opened, data):
    with pytest.raises(UnreadableFile) as error:
        opened(data)
    assert error.value.code == "file-damaged"


def test_an_empty_file_says_so(opened):
    with pytest.raises(UnreadableFile) as error:
        opened(b"")
    assert error.value.code == "file-empty"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.integers(0, 4000), at=st.integers(0, 4000), junk=st.binary(max_size=20))
def test_a_file_that_was_cut_or_overwritten_never_crashes(tmp_path, cut, at, junk):
    data = bytearray(make_pdf(PAGE, stamps=[Stamp((110, 60, 140, 76), "228")], signed=True))
    at %= len(data)
    data[at : at + len(junk)] = junk
    path = tmp_path / "a.pdf"
    path.write_bytes(bytes(data[: max(1, len(data) - cut)]))
    try:
        document = PdfDocument(path)
    except UnreadableFile as error:
        assert error.code in {"file-damaged", "file-encrypted"}  # noqa: PT017
        return
    with document:
        for number in range(1, document.page_count + 1):
            document.text(number)
            document.lines(number)
            document.unread(number)
        document.signatures()


def test_scans_are_seen(opened):
    whole = (0, 0, 595, 842)
    assert opened(make_pdf([], pictures=[whole])).unread(1) == Reason("scan")
    note = [Put(300, 30, "Người ký: Cổng Thông tin điện tử"), Put(300, 45, "Thời gian ký: 26.06.2025 15:19:01 +07:00")]
    assert opened(make_pdf(note, pictures=[whole])).unread(1) == Reason("scan")
    assert opened(make_pdf([])).unread(1) is None
    assert opened(make_pdf([*head(), *body()], pictures=[(300, 600, 400, 700)])).unread(1) is None


VIETNAMESE = (
    "Căn cứ Luật Tổ chức chính quyền địa phương; Ủy ban nhân dân tỉnh ban hành Kế hoạch cải cách hành chính. " * 3
)


TCVN3 = "Uû ban nh©n d©n tØnh b¸o c¸o kÕt qu¶ thùc hiÖn nhiÖm vô n¨m 2005 ®èi víi c¸c ®¬n vÞ. " * 4
VNI = "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, Uyû ban nhaân daân tænh baùo caùo keát quaû. " * 4
BARE = "CONG HOA XA HOI CHU NGHIA VIET NAM Doc lap Tu do Hanh phuc Can cu Nghi dinh so 30 cua Chinh phu " * 3


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (VIETNAMESE, None),
        ("The committee adopted the plan and the budget for the year with all of its parts. " * 4, None),
        ("Le comité a adopté le plan et le budget de l'année dans les délais prévus à cet égard. " * 4, None),
        (TCVN3, "legacy-encoding"),
        (VNI, "legacy-encoding"),
        (BARE, "garbage-text"),
        ("\ue001\ue002\ue003 \ue004\ue005 " * 40 + "abcdefgh" * 12, "garbage-text"),
        ("1 234 567,89  12%" * 20, None),
        ("", None),
    ],
)  # fmt: skip
def test_text_that_lies(text, code):
    assert quality.fault(text) == code


@given(st.text(max_size=400))
def test_the_judgement_takes_any_text(text):
    assert quality.fault(text) in {None, "legacy-encoding", "garbage-text"}
    quality.substance(text)


def test_invisible_text_over_a_scan_is_ocr(opened):
    document = opened(make_pdf([*head(), *body()], pictures=[(0, 0, 595, 842)], hidden=True))
    assert document.unread(1) is None
    assert {line.source for line in document.lines(1)} == {Source.OCR}


def test_tables(opened):
    document = opened(make_pdf(PAGE))
    assert document.tables(1) == []


def test_a_turned_page_is_read_as_it_is_seen(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(make_pdf([Put(85, 60, "đầu trang"), Put(400, 60, "bên phải"), Put(85, 700, "cuối trang")]))
    with pikepdf.open(path, allow_overwriting_input=True) as file:
        page = file.pages[0]
        page.obj.MediaBox = pikepdf.Array([0, 0, 842, 595])
        page.obj.Rotate = 90
        page.contents_add(b"q 0 1 -1 0 842 0 cm", prepend=True)
        page.contents_add(b"Q")
        file.save(path)
    with PdfDocument(path) as document:
        lines = document.lines(1)
    assert [line.text for line in lines] == ["đầu trang", "bên phải", "cuối trang"]
    assert lines[0].box[:2] == pytest.approx((85, 61.5), abs=2)


def test_signatures_are_listed_whether_or_not_stamps_were_read_before() -> None:
    """Merging stamps flattens the page in memory, which takes the signature fields with it."""
    folder = Path(__file__).parents[2] / "samples" / "so-noi-vu-truong-giang" / "1.2 - Báo cáo định kỳ"
    (file,) = folder.glob("BC 41*.pdf")
    with PdfDocument(file) as fresh, PdfDocument(file) as stamped:
        assert stamped.lines(1)
        assert stamped.signatures() == fresh.signatures() != []
