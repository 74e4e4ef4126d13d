# SPDX-License-Identifier: Apache-2.0
"""Where the words of a Word file stand: columns side by side, whatever made them columns."""

from __future__ import annotations

import pytest
from tests.reading.make_docx import make_docx, paragraph, run, table

from parcheck_plugins.word.document import WordDocument

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CENTRE = '<w:jc w:val="center"/>'
NATION, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"


def lines_of(path):
    with WordDocument(path, DOCX) as document:
        return {line.text: line for line in document.lines(1)}


def by_table():
    left = paragraph("UBND TỈNH A", CENTRE) + paragraph("SỞ NỘI VỤ", CENTRE)
    right = paragraph(NATION, CENTRE) + paragraph(MOTTO, CENTRE)
    number, date = paragraph("Số: 45/KH-SNV", CENTRE), paragraph("Tỉnh A, ngày 05 tháng 3 năm 2025", CENTRE)
    return table([[left, right], [number, date]], [3600, 5700])


def by_tab_stops():
    stops = '<w:tabs><w:tab w:val="center" w:pos="1500"/><w:tab w:val="center" w:pos="6300"/></w:tabs>'
    tab = "<w:r><w:tab/></w:r>"
    rows = [
        ("UBND TỈNH A", NATION),
        ("SỞ NỘI VỤ", MOTTO),
        ("Số: 45/KH-SNV", "Tỉnh A, ngày 05 tháng 3 năm 2025"),
    ]
    return "".join(paragraph(tab + run(left) + tab + run(right), stops) for left, right in rows)


def by_spaces():
    rows = [
        ("UBND TỈNH A", NATION),
        ("SỞ NỘI VỤ ", MOTTO),
        ("Số: 45/KH-SNV", "Tỉnh A, ngày 05 tháng 3 năm 2025"),
    ]
    small = '<w:sz w:val="22"/>'
    return "".join(paragraph(run(left + " " * 24 + right, small)) for left, right in rows)


@pytest.mark.parametrize("header", [by_table, by_tab_stops, by_spaces])
def test_both_columns_of_a_header_stand_side_by_side(tmp_path, header):
    lines = lines_of(make_docx(tmp_path / "a.docx", header() + paragraph("KẾ HOẠCH", CENTRE)))
    gutter = lines[NATION].box[0]
    for left, right in (("UBND TỈNH A", NATION), ("Số: 45/KH-SNV", "Tỉnh A, ngày 05 tháng 3 năm 2025")):
        assert lines[left].box[2] < gutter <= lines[right].box[2]
        assert abs(lines[left].box[1] - lines[right].box[1]) < 3
    assert lines["SỞ NỘI VỤ"].box[1] > lines["UBND TỈNH A"].box[1]
    assert lines["KẾ HOẠCH"].box[1] > lines["Số: 45/KH-SNV"].box[1]
    # Text from 85 to 538 points: the centred title stands about its middle.
    assert abs((lines["KẾ HOẠCH"].box[0] + lines["KẾ HOẠCH"].box[2]) / 2 - 311.7) < 2


def test_room_left_for_the_number_and_the_date_is_no_column(tmp_path):
    body = paragraph("Số:" + " " * 20 + "/KH-SNV") + paragraph(
        "Tỉnh A, ngày" + " " * 15 + "tháng" + " " * 15 + "năm 2025"
    )
    assert list(lines_of(make_docx(tmp_path / "a.docx", body))) == [
        "Số: /KH-SNV",
        "Tỉnh A, ngày tháng năm 2025",
    ]


def test_line_breaks_make_lines_and_long_paragraphs_stay_one(tmp_path):
    long = "Căn cứ vào kết quả thực hiện nhiệm vụ được giao trong năm " * 6
    body = (
        paragraph("<w:r><w:t>UBND TỈNH A</w:t><w:br/><w:t>SỞ NỘI VỤ</w:t></w:r>") + paragraph(long) + paragraph("hết")
    )
    lines = lines_of(make_docx(tmp_path / "a.docx", body))
    assert list(lines) == ["UBND TỈNH A", "SỞ NỘI VỤ", long.strip(), "hết"]
    # Six times 58 letters fill four lines or more of 12 points.
    assert lines["hết"].box[1] - lines[long.strip()].box[1] > 40
    assert lines[long.strip()].box[2] <= 539


def test_looks_come_from_styles_and_runs(tmp_path):
    styles = (
        '<w:styles><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="28"/></w:rPr></w:rPrDefault>'
        "</w:docDefaults>"
        '<w:style w:type="paragraph" w:styleId="Head"><w:pPr><w:jc w:val="right"/></w:pPr><w:rPr><w:b/></w:rPr>'
        '</w:style><w:style w:type="paragraph" w:styleId="Sub"><w:basedOn w:val="Head"/><w:rPr><w:i/></w:rPr>'
        "</w:style></w:styles>"
    )
    body = paragraph("đậm nghiêng", '<w:pStyle w:val="Sub"/>') + paragraph(run("thường", '<w:sz w:val="20"/>'))
    lines = lines_of(make_docx(tmp_path / "a.docx", body, {"styles.xml": styles}))
    styled, plain = lines["đậm nghiêng"], lines["thường"]
    assert (styled.bold, styled.italic, styled.size) == (True, True, 14)
    assert styled.box[2] == pytest.approx(538.6, abs=1)
    assert (plain.bold, plain.italic, plain.size) == (False, False, 10)


def test_a_landscape_section_stays_on_the_page(tmp_path):
    wide = '<w:sectPr><w:pgSz w:w="16838" w:h="11906"/><w:pgMar w:left="1134" w:right="1134"/></w:sectPr>'
    body = table([[paragraph("trái"), paragraph("phải", '<w:jc w:val="right"/>')]], [7000, 7500])
    lines = lines_of(make_docx(tmp_path / "a.docx", body, section=wide))
    assert lines["trái"].box[0] < 60
    assert 500 < lines["phải"].box[2] <= 595


def test_a_text_box_stands_where_it_is_anchored(tmp_path):
    box = (
        "<w:r><w:drawing><wp:anchor>"
        '<wp:positionH relativeFrom="page"><wp:posOffset>5080000</wp:posOffset></wp:positionH>'
        '<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
        '<wp:extent cx="1270000"/><a:graphic><wps:wsp><wps:txbx>'
        f"<w:txbxContent>{paragraph('ĐẾN')}</w:txbxContent>"
        "</wps:txbx></wps:wsp></a:graphic></wp:anchor></w:drawing></w:r>"
    )
    lines = lines_of(make_docx(tmp_path / "a.docx", paragraph("một") + paragraph(run("hai") + box) + paragraph("ba")))
    assert lines["ĐẾN"].box[0] == pytest.approx(405.4, abs=0.5)
    assert lines["ĐẾN"].box[1] == lines["hai"].box[1]
    assert lines["ba"].box[1] == pytest.approx(lines["hai"].box[3])


def test_blanks_before_the_words_take_no_room_of_their_own(tmp_path):
    big = '<w:sz w:val="28"/>'
    tab = f"<w:r><w:rPr>{big}</w:rPr><w:tab/></w:r>"
    padding = run(" " * 48, big) + tab + run(" " * 61, big) + tab * 6
    padded = paragraph(padding + run("TM. ỦY BAN NHÂN DÂN TỈNH", big) + run(" " * 124, big))
    name = paragraph(run(" " * 78, big) + run("Trịnh Minh Thành" + " " * 23, big), '<w:jc w:val="both"/>')
    lines = lines_of(make_docx(tmp_path / "a.docx", padded + name))
    for text in ("TM. ỦY BAN NHÂN DÂN TỈNH", "Trịnh Minh Thành"):
        left, _, right, _ = lines[text].box
        assert 200 < left < right <= 539
        assert right - left == pytest.approx(len(text) * 7.5, rel=0.3)


def test_a_tab_past_the_margin_goes_on_in_the_next_row(tmp_path):
    tab = "<w:r><w:tab/></w:r>"
    body = paragraph(run("trái") + tab * 13 + run("phải")) + paragraph("sau")
    lines = lines_of(make_docx(tmp_path / "a.docx", body))
    assert lines["phải"].box[1] == pytest.approx(lines["trái"].box[3])
    assert lines["sau"].box[1] == pytest.approx(lines["phải"].box[3])


def test_a_tab_stop_of_the_paragraph_s_own_may_stand_past_the_margin(tmp_path):
    stop = '<w:tabs><w:tab w:val="left" w:pos="9400"/></w:tabs>'
    lines = lines_of(make_docx(tmp_path / "a.docx", paragraph(run("trái") + "<w:r><w:tab/></w:r>" + run("phải"), stop)))
    assert lines["phải"].box[1] == lines["trái"].box[1]


def test_a_wrapped_paragraph_is_as_high_as_its_rows(tmp_path):
    prose = "Thực hiện nhiệm vụ được giao, cơ quan báo cáo kết quả như sau đây. " * 4
    lines = lines_of(make_docx(tmp_path / "a.docx", paragraph(run(prose, '<w:sz w:val="28"/>')) + paragraph("sau")))
    line = lines[prose.strip()]
    assert line.box[3] - line.box[1] == pytest.approx(4 * 14 * 1.2, abs=17)
    assert lines["sau"].box[1] == pytest.approx(line.box[3])
