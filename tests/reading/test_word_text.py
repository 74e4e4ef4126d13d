# SPDX-License-Identifier: Apache-2.0
"""What a Word file says: every word a reader sees, and no word that nobody sees."""

from __future__ import annotations

import pytest
from tests.reading.make_docx import make_docx, paragraph, run, table

from parcheck_plugins.word.document import WordDocument

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


def text_of(path):
    with WordDocument(path, DOCX) as document:
        return document.text(1)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(f'<w:ins w:id="1">{run("45")}</w:ins>', "Số 45 đây", id="tracked insertion"),
        pytest.param(f'<w:moveTo w:id="1">{run("45")}</w:moveTo>', "Số 45 đây", id="moved here"),
        pytest.param(f"<w:sdt><w:sdtContent>{run('45')}</w:sdtContent></w:sdt>", "Số 45 đây", id="control"),
        pytest.param(f"<w:smartTag>{run('45')}</w:smartTag>", "Số 45 đây", id="smart tag"),
        pytest.param(f'<w:fldSimple w:instr="REF a">{run("45")}</w:fldSimple>', "Số 45 đây", id="simple field"),
        pytest.param(FIELD.format(code="REF a", result=run("45")), "Số 45 đây", id="field"),
        pytest.param(FIELD.format(code="PAGE", result=run("45")), "Số đây", id="page number"),
        pytest.param(f"<w:hyperlink>{run('45')}</w:hyperlink>", "Số 45 đây", id="hyperlink"),
        pytest.param(run("45", "<w:vanish/>"), "Số đây", id="hidden"),
        pytest.param('<w:del w:id="1"><w:r><w:delText>45</w:delText></w:r></w:del>', "Số đây", id="deletion"),
        pytest.param(f'<w:moveFrom w:id="1">{run("45")}</w:moveFrom>', "Số đây", id="moved away"),
        pytest.param("<m:oMath><m:r><m:t>45</m:t></m:r></m:oMath>", "Số 45 đây", id="formula"),
        pytest.param(
            f"<mc:AlternateContent><mc:Choice>{run('45')}</mc:Choice><mc:Fallback>{run('46')}</mc:Fallback>"
            "</mc:AlternateContent>",
            "Số 45 đây",
            id="one branch of two",
        ),
        pytest.param('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "Số ☑ đây", id="symbol"),
        pytest.param("<w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t></w:r>", "Số a-b đây", id="fixed hyphen"),
        pytest.param(run("viết hoa", "<w:caps/>"), "Số VIẾT HOA đây", id="capitals by format"),
        pytest.param(run("Ða\u0323i ho\u0323c"), "Số Đại học đây", id="composed, one letter Đ"),
    ],
)
def test_every_word_that_is_seen(tmp_path, content, expected):
    path = make_docx(tmp_path / "a.docx", paragraph(run("Số ") + content + run(" đây")))
    assert text_of(path) == expected


def test_block_controls_tables_and_notes_are_read(tmp_path):
    body = (
        f"<w:sdt><w:sdtContent>{paragraph('trong khung')}</w:sdtContent></w:sdt>"
        + table([[paragraph("ô một"), table([[paragraph("ô lồng")]], [1000]) + paragraph("ô hai")]], [3000, 3000])
        + paragraph("hết")
    )
    notes = (
        '<w:footnotes><w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>'
        f'<w:footnote w:id="1">{paragraph("chú thích")}</w:footnote></w:footnotes>'
    )
    parts = {"footnotes.xml": notes, "footer1.xml": f"<w:ftr>{paragraph('chân trang')}</w:ftr>"}
    lines = text_of(make_docx(tmp_path / "a.docx", body, parts)).split("\n")
    assert lines == ["trong khung", "ô một", "ô lồng", "ô hai", "hết", "chú thích", "chân trang"]


def test_watermark_of_a_draft_is_text(tmp_path):
    header = (
        '<w:hdr><w:p><w:r><w:pict><v:shape style="position:absolute"><v:textpath string="DỰ THẢO"/></v:shape>'
        "</w:pict></w:r></w:p></w:hdr>"
    )
    section = '<w:sectPr><w:headerReference w:type="default" r:id="rId1"/></w:sectPr>'
    path = make_docx(tmp_path / "a.docx", paragraph("Kế hoạch"), {"header1.xml": header}, section)
    assert text_of(path) == "DỰ THẢO\nKế hoạch"


def test_automatic_numbers_are_printed_before_their_paragraphs(tmp_path):
    numbering = (
        '<w:numbering><w:abstractNum w:abstractNumId="7">'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2."/></w:lvl>'
        '</w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
    )

    def item(level, text):
        return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="3"/></w:numPr>')

    body = item(0, "Mục đích") + item(1, "Một") + item(1, "Hai") + item(0, "Yêu cầu") + item(1, "Ba")
    path = make_docx(tmp_path / "a.docx", body, {"numbering.xml": numbering})
    assert text_of(path).split("\n") == ["I. Mục đích", "I.1. Một", "I.2. Hai", "II. Yêu cầu", "II.1. Ba"]


def test_counts_of_changes_comments_and_links(tmp_path):
    body = paragraph(
        f'<w:ins w:id="1">{run("thêm")}</w:ins><w:del w:id="2"><w:r><w:delText>bớt</w:delText></w:r></w:del>'
        f'<w:hyperlink r:id="rId2">{run("tại đây")}</w:hyperlink>'
    )
    parts = {
        "comments.xml": f'<w:comments><w:comment w:id="0">{paragraph("sửa lại")}</w:comment></w:comments>',
        "https://example.gov.vn/a": "",
    }
    with WordDocument(make_docx(tmp_path / "a.docx", body, parts), DOCX) as document:
        assert (document.tracked_changes, document.comments) == (2, 1)
        assert document.hyperlinks == ("https://example.gov.vn/a",)
        assert not document.has_signature_part
        assert "sửa lại" not in document.text(1)


VNI = "Caên cöù Luaät Toå chöùc Chính phuû; xeùt ñeà nghò cuûa Boä tröôûng Boä Taøi chính. "
TCVN3 = "C¨n cø LuËt Tæ chøc ChÝnh phñ; xÐt ®Ò nghÞ cña Bé tr­ëng Bé Tµi chÝnh vÒ viÖc ®¨ng ký. "


@pytest.mark.parametrize(("text", "encoding"), [(VNI, "vni"), (TCVN3, "tcvn3")])
def test_text_of_old_fonts_that_lost_letters_is_unread_not_wrong(tmp_path, text, encoding):
    lost = text.replace("\u00ad", "").replace("u", "").replace("h", "")
    with WordDocument(make_docx(tmp_path / "a.docx", paragraph(lost * 3)), DOCX) as document:
        reason = document.unread(1)
    assert reason is not None
    assert (reason.code, reason.args["encoding"]) == ("legacy-encoding", encoding)


def test_pictures_without_text_are_a_scan(tmp_path):
    drawing = "<w:r><w:drawing><wp:inline><a:graphic><a:blip/></a:graphic></wp:inline></w:drawing></w:r>"
    with WordDocument(make_docx(tmp_path / "a.docx", paragraph(drawing)), DOCX) as document:
        reason = document.unread(1)
        assert document.picture_count == 1
    assert reason is not None
    assert reason.code == "scan"
