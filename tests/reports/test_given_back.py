# SPDX-License-Identifier: Apache-2.0
"""The unit's own sheet comes back with the verdict beside each row, and with everything else as it was."""

from __future__ import annotations

import io
import itertools
import logging
import shutil
import zipfile
from dataclasses import replace

import caselib
import docx
import docx.shared
import pytest
import reportmaking as making
import xlsxwriter
from lxml import etree
from tests.submission.make_assessment import HEADINGS, excel, word

from parcheck.errors import BadUsage
from parcheck.reading.grids import Cell, Grid
from parcheck_plugins.reports.given_back.rows import marked
from parcheck_plugins.reports.harmless import MOST_IN_CELL, shown

PLAN = "Kế hoạch số 12/KH-UBND ngày 10/01/2025 của UBND xã An Bình về cải cách hành chính năm 2025"
TITLE = "BẢNG TỰ ĐÁNH GIÁ NĂM 2025 CỦA UBND XÃ AN BÌNH"
ROWS = [
    ["1", "CHỈ ĐẠO, ĐIỀU HÀNH", "2,5", "2,5", ""],
    ["1.1", "Thực hiện kế hoạch CCHC", "1,5", "1,5", PLAN],
    ["1.2", "Thực hiện chế độ báo cáo", "1", "1", ""],
    ["", "Tổng cộng", "2,5", "2,5", ""],
]
HEADS = ["Kết quả kiểm tra", "Điểm có tài liệu chứng minh", "Nội dung cần xử lý hoặc xem lại", "Tệp, trang"]
EMPTY = ["", "", "", ""]


@pytest.fixture
def pack(session, tmp_path):
    def asks(id_, name, type_):
        match = {"properties": {"type": {"const": type_}}, "required": ["type"]}
        return [{"id": id_, "name": name, "match": match, "valid": {"required": ["symbol"]}}]

    more = [{"code": "1.2", "name": "Thực hiện chế độ báo cáo", "points": 1, "evidence": asks("bc", "Báo cáo", "BC")}]
    case = {"rules": {"evidence": asks("kh", "Kế hoạch CCHC", "KH")}, "more": more}
    return session.pack(caselib.write_pack(tmp_path / "rules", *caselib.criteria_of(case)))


@pytest.fixture
def given_back(session, pack):
    """Return a function that checks a submission and gives its one sheet back as bytes."""

    def write(path):
        report = session.check(path, pack, workers=1)
        return making.written(report, session, "sheet-back")

    return write


def test_a_workbook_gets_four_columns(given_back, tmp_path):
    package = given_back(excel(tmp_path / "a.xlsx", [[TITLE], [], HEADINGS, *ROWS]))
    (cells,) = making.sheets(package).values()
    assert cells[2][5:] == HEADS
    assert [row[5] for row in cells[3:]] == ["", "đạt", "thiếu", ""]
    assert "cần “Báo cáo”" in cells[5][7]
    assert "→ " in cells[5][7]
    assert [row[:5] for row in cells[3:6]] == ROWS[:3]


def test_a_word_table_gets_four_columns(given_back, tmp_path):
    package = given_back(word(tmp_path / "a.docx", [HEADINGS, *ROWS], title=[TITLE]))
    making.parts(package)
    (table,) = docx.Document(io.BytesIO(package)).tables
    assert [[cell.text for cell in row.cells][5:6] for row in table.rows] == [
        [HEADS[0]],
        [""],
        ["đạt"],
        ["thiếu"],
        [""],
    ]
    assert {len(row.cells) for row in table.rows} == {9}
    assert "cần “Báo cáo”" in table.rows[3].cells[7].text
    assert [cell.text for cell in table.rows[2].cells][:5] == ROWS[1]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_added_cells_read_as_they_did(session, snapshot, tmp_path, language):
    (submission, _) = making.every_outcome().submissions
    rows = [[c.code, c.name, "1", "1", ""] for c in submission.criteria]
    told = {}
    for make, form in ((excel, "xlsx"), (word, "docx")):
        path = make(tmp_path / f"a.{form}", [HEADINGS, *rows])
        package = making.written(making.report_of(replace(submission, root=path)), session, "sheet-back", language)
        if form == "xlsx":
            (told[form],) = making.sheets(package).values()
        else:
            told[form] = making.words(package)
    assert told == snapshot


def rich_workbook(path):
    """Write a sheet with what a library that reads and writes workbooks would lose or change."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Tự chấm")
        bold = book.add_format({"bold": True, "bg_color": "#FFFF00", "border": 1, "text_wrap": True})
        sheet.merge_range("A1:E1", TITLE, bold)
        sheet.write_row("A3", HEADINGS, bold)
        for number, row in enumerate(ROWS[:3], start=3):
            sheet.write_row(number, 0, row)
        sheet.write_rich_string("E6", "Báo cáo ", bold, "quan trọng")
        sheet.write_formula("D7", "=SUM(D5:D6)", None, 2.5)
        sheet.write_comment("B5", "Xem lại")
        sheet.conditional_format("D4:D6", {"type": "cell", "criteria": ">", "value": 1, "format": bold})
        sheet.data_validation("D4:D6", {"validate": "decimal", "criteria": ">=", "value": 0})
        sheet.set_column("B:B", 40)
        sheet.set_column("E:XFD", 25)
        sheet.freeze_panes(3, 0)
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "='Tự chấm'!$D$4:$D$6"})
        sheet.insert_chart("A20", chart)
        book.add_worksheet("Ghi chú").write("A1", "=không phải công thức")
    return path


def test_all_else_in_a_workbook_stays(given_back, tmp_path):
    path = rich_workbook(tmp_path / "a.xlsx")
    raw = path.read_bytes()
    before, after = making.parts(raw), making.parts(given_back(path))
    assert path.read_bytes() == raw
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"xl/worksheets/sheet1.xml", "xl/styles.xml"}
    assert before.keys() == after.keys()
    old, new = (etree.fromstring(found["xl/worksheets/sheet1.xml"]) for found in (before, after))
    kept = {cell.get("r"): etree.tostring(cell) for cell in new.iter(f"{making.S}c")}
    for cell in old.iter(f"{making.S}c"):
        assert kept[cell.get("r")] == etree.tostring(cell)
    for tag in ("mergeCells", "conditionalFormatting", "dataValidations", "drawing", "legacyDrawing", "sheetViews"):
        assert etree.tostring(new.find(making.S + tag)) == etree.tostring(old.find(making.S + tag))
    old, new = (etree.fromstring(found["xl/styles.xml"]) for found in (before, after))
    for tag in ("fonts", "borders", "cellStyleXfs", "dxfs"):
        assert etree.tostring(new.find(making.S + tag)) == etree.tostring(old.find(making.S + tag))
    pairs = zip(old.find(making.S + "cellXfs"), new.find(making.S + "cellXfs"), strict=False)
    assert all(etree.tostring(one) == etree.tostring(other) for one, other in pairs)


ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetProtection", "autoFilter",
    "mergeCells", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
    "headerFooter", "drawing", "legacyDrawing", "tableParts",
)  # fmt: skip


def test_the_sheet_s_xml_is_in_the_order_that_excel_insists_on(given_back, tmp_path):
    for path in (rich_workbook(tmp_path / "a.xlsx"), merged_workbook(tmp_path / "b.xlsx")):
        root = etree.fromstring(making.parts(given_back(path))["xl/worksheets/sheet1.xml"])
        places = [ORDER.index(etree.QName(child).localname) for child in root]
        assert places == sorted(places)
        for row in root.iter(f"{making.S}row"):
            columns = [making.column(cell.get("r")) for cell in row]
            assert columns == sorted(set(columns))
        spans = [(int(col.get("min")), int(col.get("max"))) for col in root.iter(f"{making.S}col")]
        assert all(one[1] < other[0] for one, other in itertools.pairwise(spans))
        assert all(low <= high <= 16_384 for low, high in spans)


@pytest.mark.parametrize(
    ("area", "widened"),
    [
        ("'Tự chấm'!$A$1:$E$6", "'Tự chấm'!$A$1:$I$6"),
        ("'Tự chấm'!$A:$D", "'Tự chấm'!$A:$I"),
        ("'Tự chấm'!$A$1:$E$2,'Tự chấm'!$B$4:$C$6", "'Tự chấm'!$A$1:$I$2,'Tự chấm'!$B$4:$I$6"),
        ("'Tự chấm'!$1:$6", "'Tự chấm'!$1:$6"),
        ("'Tự chấm'!$A$1:$K$6", "'Tự chấm'!$A$1:$K$6"),
        ("'Tự chấm'!$K$1:$L$6", "'Tự chấm'!$K$1:$L$6"),
        ("#REF!", "#REF!"),
    ],
)
def test_a_print_area_takes_the_added_columns_in(given_back, tmp_path, area, widened):
    usual, path = excel(tmp_path / "a.xlsx", [HEADINGS, *ROWS]), tmp_path / "b.xlsx"
    own = f'<definedName name="_xlnm.Print_Area" localSheetId="0">{area}</definedName>'
    other = "<definedName name=\"Vùng\">'Tự chấm'!$A$1:$E$6</definedName>"
    with zipfile.ZipFile(usual) as package, zipfile.ZipFile(path, "w") as copy:
        for name in package.namelist():
            data = package.read(name)
            if name == "xl/workbook.xml":
                data = data.replace(b"<calcPr", f"<definedNames>{own}{other}</definedNames><calcPr".encode())
            copy.writestr(name, data)
    root = etree.fromstring(making.parts(given_back(path))["xl/workbook.xml"])
    assert [name.text for name in root.iter(f"{making.S}definedName")] == [widened, "'Tự chấm'!$A$1:$E$6"]


def test_a_heading_is_high_enough_for_what_was_added(given_back, tmp_path):
    root = etree.fromstring(
        making.parts(given_back(excel(tmp_path / "a.xlsx", [HEADINGS, *ROWS])))["xl/worksheets/sheet1.xml"]
    )
    assert float(root.find(f".//{making.S}row").get("ht")) >= 2 * 15


def merged_workbook(path):
    rows = [
        HEADINGS,
        ["1.1", "Thực hiện kế hoạch CCHC", 1.5, 1.5, PLAN],
        [None, None, None, None, "Công văn số 5/UBND"],
    ]
    merge = [(1, column, 2, column, rows[1][column]) for column in range(4)]
    return excel(path, rows, merge=merge)


def test_added_cells_are_merged_where_the_row_is(given_back, tmp_path):
    root = etree.fromstring(making.parts(given_back(merged_workbook(tmp_path / "a.xlsx")))["xl/worksheets/sheet1.xml"])
    merges = {merge.get("ref") for merge in root.iter(f"{making.S}mergeCell")}
    assert {"A2:A3", "D2:D3", "F2:F3", "G2:G3", "H2:H3", "I2:I3"} <= merges


def test_two_heading_rows_and_two_sheets(given_back, tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name, row in (("Phần 1", ROWS[1]), ("Phần 2", ROWS[2])):
            sheet = book.add_worksheet(name)
            for column in (0, 1, 4):
                sheet.merge_range(0, column, 1, column, HEADINGS[column])
            sheet.merge_range(0, 2, 0, 3, "Điểm")
            sheet.write_row(1, 2, HEADINGS[2:4])
            sheet.write_row(2, 0, row)
    cells = making.sheets(given_back(path))
    assert [rows[0][5] for rows in cells.values()] == [HEADS[0], HEADS[0]]
    assert [rows[2][5] for rows in cells.values()] == ["đạt", "thiếu"]


def test_tables_of_word_that_go_on(given_back, tmp_path):
    package = given_back(word(tmp_path / "a.docx", [HEADINGS, *ROWS[:2]], ROWS[2:3], [["Nơi nhận", "Chủ tịch"]]))
    tables = docx.Document(io.BytesIO(package)).tables
    assert [[row.cells[5].text for row in table.rows] for table in tables[:2]] == [[HEADS[0], "", "đạt"], ["thiếu"]]
    assert [cell.text for cell in tables[2].rows[0].cells] == ["Nơi nhận", "Chủ tịch"]


def test_merged_cells_of_word_stay_merged_and_in_line(given_back, tmp_path):
    rows = [HEADINGS, ROWS[1], ["", "", "", "", "Công văn số 5/UBND ngày 02/02/2025"], ROWS[2]]
    merge = [((1, column), (2, column)) for column in range(4)]
    package = given_back(word(tmp_path / "a.docx", rows, merge=merge))
    (table,) = docx.Document(io.BytesIO(package)).tables
    assert [row.cells[5].text for row in table.rows] == [HEADS[0], "đạt", "đạt", "thiếu"]
    assert table.rows[1].cells[5]._tc is table.rows[2].cells[5]._tc


def test_the_page_of_word_is_widened_and_nothing_squeezed(given_back, tmp_path):
    path = word(tmp_path / "a.docx", [HEADINGS, *ROWS])
    old, new = docx.Document(str(path)), docx.Document(io.BytesIO(given_back(path)))
    assert new.sections[0].page_width > old.sections[0].page_width
    assert [c.width for c in new.tables[0].columns][:5] == [c.width for c in old.tables[0].columns]


def test_a_sheet_at_the_top_of_a_folder_is_the_one_given_back(session, pack, tmp_path):
    folder = tmp_path / "ho-so"
    (folder / "1.1").mkdir(parents=True)
    caselib.filemaking.facts_file(folder / "1.1/Ke hoach.facts", **caselib.filemaking.PLAN_FACTS)
    excel(folder / "tu-cham.xlsx", [HEADINGS, *ROWS])
    report = session.check(folder, pack, workers=1)
    place = tmp_path / "ra"
    making.formats(session)["sheet-back"].write_folder(report, session.catalogue, "vi", place)
    (cells,) = making.sheets((place / "sheet-back/tu-cham.xlsx").read_bytes()).values()
    assert cells[0][5:] == HEADS
    assert sorted(file.name for file in place.rglob("*") if file.is_file()) == ["tu-cham.xlsx"]


def test_each_unit_has_a_folder_of_its_own(session, pack, tmp_path):
    paths = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        paths.append(excel(tmp_path / name / "tu-cham.xlsx", [HEADINGS, *ROWS]))
    report = making.report_of(*(session.check(path, pack, workers=1).submissions[0] for path in paths))
    making.formats(session)["sheet-back"].write_folder(report, session.catalogue, "vi", tmp_path)
    names = sorted(file.relative_to(tmp_path).as_posix() for file in (tmp_path / "sheet-back").rglob("*.xlsx"))
    assert names == ["sheet-back/001 tu-cham/tu-cham.xlsx", "sheet-back/002 tu-cham/tu-cham.xlsx"]


def test_a_sheet_with_macros_is_refused_in_a_sentence(given_back, tmp_path):
    plain = excel(tmp_path / "a.xlsx", [HEADINGS, *ROWS])
    with zipfile.ZipFile(plain, "a") as package:
        package.writestr("xl/vbaProject.bin", b"macro")
    with pytest.raises(BadUsage) as caught:
        given_back(plain)
    assert caught.value.code == "sheet-back-macros"
    assert "macro" in caught.value.say("vi")
    shutil.copy(plain, tmp_path / "b.xlsm")
    with pytest.raises(BadUsage, match="macro"):
        given_back(tmp_path / "b.xlsm")


def test_strict_open_xml_is_refused_in_a_sentence(given_back, tmp_path):
    usual, strict = excel(tmp_path / "a.xlsx", [HEADINGS, *ROWS]), tmp_path / "b.xlsx"
    with zipfile.ZipFile(usual) as package, zipfile.ZipFile(strict, "w") as copy:
        for name in package.namelist():
            data = package.read(name)
            if name == "xl/workbook.xml":
                data = data.replace(b"<sheets>", b"<!-- http://purl.oclc.org/ooxml/spreadsheetml/main --><sheets>")
            copy.writestr(name, data)
    with pytest.raises(BadUsage) as caught:
        given_back(strict)
    assert caught.value.code == "sheet-back-strict"


def test_a_folder_without_a_sheet_has_none_to_give_back(session, pack, handed_in, tmp_path):
    from parcheck.model import SubmissionResult

    report = making.report_of(SubmissionResult("UBND xã", "2025", "xa", (), (), root=handed_in("1.1/a.facts")))
    with pytest.raises(BadUsage) as caught:
        making.formats(session)["sheet-back"].write_folder(report, session.catalogue, "vi", tmp_path)
    assert caught.value.code == "sheet-back-none"
    assert not list(tmp_path.glob("sheet-back/**/*.*"))


def test_what_cannot_be_given_back_is_warned_of_and_the_rest_written(session, pack, tmp_path, caplog):
    good, bad = (excel(tmp_path / f"{name}.xlsx", [HEADINGS, *ROWS]) for name in ("a", "b"))
    results = [session.check(path, pack, workers=1).submissions[0] for path in (good, bad)]
    bad.unlink()
    excel(bad, [HEADINGS, ["9.9", "Không có trong bộ tiêu chí này", "1", "1", ""]])
    with caplog.at_level(logging.WARNING, "parcheck"):
        making.formats(session)["sheet-back"].write_folder(
            making.report_of(*results), session.catalogue, "vi", tmp_path
        )
    assert [path.name for path in (tmp_path / "sheet-back").rglob("*.xlsx")] == ["a.xlsx"]
    assert [record.args[0].code for record in caplog.records] == ["sheet-back-no-rows"]


def test_a_signed_sheet_comes_back_without_its_signature_and_says_so(given_back, tmp_path, caplog):
    usual, signed = excel(tmp_path / "a.xlsx", [HEADINGS, *ROWS]), tmp_path / "b.xlsx"
    origin = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin"
    with zipfile.ZipFile(usual) as package, zipfile.ZipFile(signed, "w") as copy:
        for name in package.namelist():
            data = package.read(name)
            if name == "_rels/.rels":
                link = f'<Relationship Id="rIdS" Type="{origin}" Target="_xmlsignatures/origin.sigs"/></Relationships>'
                data = data.replace(b"</Relationships>", link.encode())
            copy.writestr(name, data)
        copy.writestr("_xmlsignatures/origin.sigs", b"")
    with caplog.at_level(logging.WARNING, "parcheck"):
        found = making.parts(given_back(signed))
    assert not [name for name in found if name.startswith("_xmlsignatures")]
    assert b"digital-signature" not in found["_rels/.rels"]
    assert [record.args[0].code for record in caplog.records] == ["sheet-back-signed"]


@pytest.mark.parametrize("text", making.HOSTILE)
@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_hostile_texts_come_out_as_text(session, tmp_path, text, form):
    make = excel if form == "xlsx" else word
    path = make(tmp_path / f"a.{form}", [HEADINGS, *ROWS])
    (submission,) = making.hostile(text, ROWS[1][1]).submissions
    package = making.written(making.report_of(replace(submission, root=path)), session, "sheet-back")
    found = making.parts(package)
    assert not etree.fromstring(found.get("xl/worksheets/sheet1.xml", b"<none/>")).findall(f".//{making.S}f")
    if form == "xlsx":
        (cells,) = making.sheets(package).values()
        told = cells[2][7:]
    else:
        told = [cell.text for cell in docx.Document(io.BytesIO(package)).tables[0].rows[2].cells][7:]
    assert told[1] == f"1.1/{shown(text)}, trang 1"
    assert f"1.1/{shown(text)}" in told[0]


def test_a_group_whose_name_is_like_its_row_s_is_not_taken_for_it():
    heading = [Cell(text) for text in HEADINGS]
    rows = [
        ["1.3", "Kiểm tra công tác CCHC"],
        ["1.3.1", "Kiểm tra công tác CCHC của đơn vị"],
        ["", "Đối thoại với người dân"],
        ["1.5.", "Sáng kiến"],
    ]
    grid = Grid([heading, *[[Cell(text) for text in [*row, "1", "1", ""]] for row in rows]])
    names = {"1.3.1": "Kiểm tra công tác CCHC", "1.4": "Đối thoại với người dân", "1.5": "Sáng kiến"}
    (table,) = marked([grid], names)
    assert table.codes == {2: "1.3.1", 3: "1.4", 4: "1.5"}
    assert table.heading == (0, 1)


def test_a_table_that_begins_anywhere_in_the_sheet(given_back, tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([HEADINGS, *ROWS[:3]]):
            sheet.write_row(number + 6, 2, row)
        sheet.write("J8", "Ghi chú của đơn vị")
    root = etree.fromstring(making.parts(given_back(path))["xl/worksheets/sheet1.xml"])
    texts = {cell.get("r"): "".join(cell.itertext()) for cell in root.iter(f"{making.S}c")}
    assert [texts[f"K{number}"] for number in (7, 9, 10)] == [HEADS[0], "đạt", "thiếu"]
    assert "K8" not in texts


def test_the_original_in_a_zip_is_given_back_too(given_back, tmp_path):
    with zipfile.ZipFile(tmp_path / "ho-so.zip", "w") as archive:
        archive.write(excel(tmp_path / "tu-cham.xlsx", [HEADINGS, *ROWS]), "ho-so/tu-cham.xlsx")
        archive.writestr("ho-so/1.1/ghi chu.txt", "…")
    (cells,) = making.sheets(given_back(tmp_path / "ho-so.zip")).values()
    assert cells[0][5:] == HEADS


@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_a_long_text_is_whole_and_no_cell_of_a_workbook_is_too_long(session, tmp_path, form):
    make = excel if form == "xlsx" else word
    path = make(tmp_path / f"a.{form}", [HEADINGS, *ROWS])

    def told(text):
        (submission,) = making.hostile(text, ROWS[1][1]).submissions
        package = making.written(making.report_of(replace(submission, root=path)), session, "sheet-back")
        if form == "docx":
            return [cell.text for cell in docx.Document(io.BytesIO(package)).tables[0].rows[2].cells][5:]
        (cells,) = making.sheets(package).values()
        return cells[2][5:]

    assert told(making.LONG)[3] == f"1.1/{making.LONG}, trang 1"
    if form == "xlsx":
        assert [len(text) for text in told(making.TOO_LONG)[2:]] == [MOST_IN_CELL, MOST_IN_CELL]
        assert told(making.TOO_LONG)[3].endswith("B…")
    else:
        assert told(making.TOO_LONG)[3] == f"1.1/{making.TOO_LONG}, trang 1"


@pytest.mark.parametrize(
    "name", ["Tự chấm's & <b>", "=cmd|'A0", "_x0041_ năm 2025", "Bảng tự chấm của đơn vị, lần ba", "\u202egpj \u200btự"]
)
def test_a_sheet_may_have_any_name(given_back, tmp_path, name):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet(name)
        for number, row in enumerate([HEADINGS, *ROWS]):
            sheet.write_row(number, 0, row)
        sheet.print_area(0, 0, 4, 4)
    package = given_back(path)
    (cells,) = making.sheets(package).values()
    assert [row[5] for row in cells] == [HEADS[0], "", "đạt", "thiếu", ""]
    root = etree.fromstring(making.parts(package)["xl/workbook.xml"])
    assert root.find(f".//{making.S}definedName").text.endswith("!$A$1:$I$5")


def wide_word(path, columns, page):
    """Write a table of so many wide columns beside the usual ones, on a page of so many millimetres."""
    word(path, [[*HEADINGS, *[f"Cột {n}" for n in range(columns)]], [*ROWS[1], *[""] * columns]])
    document = docx.Document(str(path))
    section = document.sections[0]
    section.page_width, section.page_height = (docx.shared.Mm(side) for side in page)
    section.left_margin = section.right_margin = docx.shared.Mm(20)
    for column in document.tables[0].columns:
        for cell in (column, *column.cells):
            cell.width = docx.shared.Mm(30)
    document.save(str(path))
    return path


@pytest.mark.parametrize(
    ("columns", "page", "kept"), [(0, (210, 297), True), (3, (297, 210), True), (9, (420, 297), False)]
)
def test_the_added_columns_never_stand_beyond_the_page(given_back, tmp_path, columns, page, kept):
    document = docx.Document(io.BytesIO(given_back(wide_word(tmp_path / "a.docx", columns, page))))
    section, (table,) = document.sections[0], document.tables
    room = section.page_width - section.left_margin - section.right_margin
    assert sum(column.width for column in table.columns) <= room
    for row in table.rows:
        assert [cell.width for cell in row.cells] == [column.width for column in table.columns]
    assert (abs(table.columns[0].width - docx.shared.Mm(30)) < 1000) is kept
    assert all(column.width > docx.shared.Mm(13) for column in table.columns)


def test_a_file_named_like_a_formula_stays_text_when_somebody_edits_the_cell(session, tmp_path):
    path = excel(tmp_path / "a.xlsx", [HEADINGS, *ROWS])
    (submission,) = making.hostile("a", ROWS[1][1]).submissions
    document = replace(submission.documents[0], path="=1+1.pdf")
    submission = replace(submission, root=path, documents=(document, *submission.documents[1:]))
    found = making.parts(making.written(making.report_of(submission), session, "sheet-back"))
    formats = etree.fromstring(found["xl/styles.xml"]).find(f"{making.S}cellXfs")
    cells = etree.fromstring(found["xl/worksheets/sheet1.xml"]).iter(f"{making.S}c")
    quoted = {"".join(cell.itertext()): formats[int(cell.get("s") or 0)].get("quotePrefix") for cell in cells}
    assert quoted["=1+1.pdf, trang 1"] == "1"
    assert quoted[HEADS[3]] is None
