# SPDX-License-Identifier: Apache-2.0
"""Workbooks as evidence: letterheads at the top of a sheet, values, hidden sheets, and files that must be refused."""

from __future__ import annotations

import datetime as dt
import zipfile

import pytest
import xlsxwriter
from tests.reading import make_sheets
from tests.reading.make_sheets import make_letterhead_sheet, make_ods, make_xls

from parcheck.errors import UnreadableFile
from parcheck.model import Source, Status
from parcheck.plugins import PluginChoice, Plugins
from parcheck.reading.pipeline import Readers, read_file
from parcheck_plugins import spreadsheet
from parcheck_plugins.spreadsheet import document, limits
from parcheck_plugins.spreadsheet.document import SheetDocument
from parcheck_plugins.spreadsheet.formats import XLSX
from parcheck_plugins.spreadsheet.values import cell_text

XLS = "application/vnd.ms-excel"


@pytest.fixture(scope="module")
def plugins():
    return Plugins(PluginChoice())


@pytest.fixture
def read(plugins):
    readers = Readers(plugins)
    return lambda path, *facts: read_file(path, path.name, set(facts) or None, plugins, readers)


def make_xlsx(path, **sheets):
    """Write plain cells; a sheet whose name ends in "_" is hidden."""
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name.rstrip("_"))
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
            if name.endswith("_"):
                sheet.hide()
    return path


def test_a_letterhead_at_the_top_of_a_sheet_is_read(tmp_path, read):
    reading = read(make_letterhead_sheet(tmp_path / "ke hoach.xlsx"))
    assert reading.status is Status.READ
    facts = reading.facts
    assert facts["type"] == "KH"
    assert facts["symbol"] == "45/KH-SNV"
    assert facts["issued_on"] == "2025-02-12"
    assert facts["place"] == "Lâm Đồng"
    assert facts["issuer"] == "SỞ NỘI VỤ"
    assert facts["parent"] == "ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG"
    assert facts["subject"] == "Kiểm tra công tác cải cách hành chính năm 2025"
    assert facts["signer"] == {
        "name": "Nguyễn Văn An",
        "title": "KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC",
        "authority": ["KT"],
    }
    assert reading.where["symbol"].source is Source.SHEET
    assert reading.where["symbol"].words == "Số: 45/KH-SNV"


def test_rows_are_lines_and_cells_are_parted_by_tabs(tmp_path):
    path = make_letterhead_sheet(tmp_path / "a.xlsx")
    with SheetDocument(path, XLSX) as book:
        rows = book.text(1).split("\n")
    assert rows[2] == "Số: 45/KH-SNV\t\t\tLâm Đồng, ngày 12 tháng 02 năm 2025"
    assert "1\tUBND phường 1\tKiểm tra việc giải quyết thủ tục hành chính\t01/03/2025\t1201\t97,5" in rows


def test_all_sheets_are_read_and_hidden_ones_come_last(tmp_path, read):
    path = make_xlsx(tmp_path / "a.xlsx", Mot=[["một"], ["hai", 2]], An_=[["ẩn"]], Trong=[])
    with SheetDocument(path, XLSX) as book:
        assert book.page_count == 3
        assert [book.text(page) for page in (1, 2, 3)] == ["một\nhai\t2", "", "ẩn"]
        assert [line.page for line in book.lines(3)] == [3]
        assert book.text(4) == ""
        assert book.lines(4) == ()
    assert read(path, "sheets").facts["sheets"] == [
        {"name": "Mot", "hidden": False, "rows": 2, "cells": 3},
        {"name": "Trong", "hidden": False, "rows": 0, "cells": 0},
        {"name": "An", "hidden": True, "rows": 1, "cells": 1},
    ]


def test_lines_keep_columns_and_stay_on_the_page(tmp_path):
    wide = [[f"cột {column} với tên khá dài" for column in range(30)]]
    path = make_xlsx(tmp_path / "a.xlsx", A=[["UBND XÃ A\nVĂN PHÒNG", "", "", "QUỐC HIỆU"], [], *wide])
    with SheetDocument(path, XLSX) as book:
        lines = book.lines(1)
    assert [line.text for line in lines[:3]] == ["UBND XÃ A", "QUỐC HIỆU", "VĂN PHÒNG"]
    assert lines[0].box[1] == lines[1].box[1] < lines[2].box[1]
    assert lines[0].box[2] < lines[1].box[0]
    assert all(0 <= line.box[0] < line.box[2] <= 595 for line in lines)
    assert list(lines) == sorted(lines, key=lambda line: (line.box[1], line.box[0]))


def test_a_merged_title_stands_in_the_middle_of_its_cells(tmp_path):
    with SheetDocument(make_letterhead_sheet(tmp_path / "a.xlsx"), XLSX) as book:
        title = next(line for line in book.lines(1) if line.text == "KẾ HOẠCH")
        left = min(line.box[0] for line in book.lines(1))
        right = max(line.box[2] for line in book.lines(1))
    assert abs((title.box[0] + title.box[2]) / 2 - (left + right) / 2) < 5


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2025, "2025"),
        (2025.0, "2025"),
        (1234567, "1234567"),
        (97.5, "97,5"),
        (0.1 + 0.2, "0,3"),
        (-0.25, "-0,25"),
        (1e20, "1E+20"),
        (True, "TRUE"),
        ("  Hòa\u0300 \u00a0 bình ", "Hòà bình"),
        ("Ðà Nẵng\r\ndòng hai", "Đà Nẵng\ndòng hai"),
        (dt.date(2025, 7, 1), "01/07/2025"),
        (make_sheets.dt(2025, 7, 1), "01/07/2025"),
        (make_sheets.dt(2025, 7, 1, 8, 30), "01/07/2025 08:30"),
        (dt.time(8, 5), "08:05"),
        (dt.timedelta(hours=26, minutes=30), "26:30"),
    ],
)
def test_values_are_written_as_a_vietnamese_reader_does(value, text):
    assert cell_text(value) == text


def test_old_and_open_formats_read_the_same(tmp_path, read):
    rows = [["Chỉ tiêu", "Số"], ["Nhiệm vụ hoàn thành", 45.5]]
    want = "Chỉ tiêu\tSố\nNhiệm vụ hoàn thành\t45,5"
    xls, ods = make_xls(tmp_path / "a.xls", "Biểu", rows), make_ods(tmp_path / "a.ods", {"Biểu": rows})
    for path, media_type in ((xls, XLS), (ods, make_sheets.ODS)):
        with SheetDocument(path, media_type) as book:
            assert book.text(1) == want
        reading = read(path, "sheets", "symbol")
        assert reading.media_type == media_type
        assert reading.status is Status.READ
        assert reading.facts["sheets"][0]["name"] == "Biểu"


def test_a_table_row_is_no_figure_of_the_next_row(tmp_path, read):
    path = make_xlsx(tmp_path / "a.xlsx", A=[["Đề ra", 40], ["Nhiệm vụ hoàn thành", 38]])
    assert read(path, "figures").facts["figures"] == []


TCVN3 = (
    "Uû ban nh©n d©n tØnh L©m §ång b¸o c¸o kÕt qu¶ thùc hiÖn c¶i c¸ch hµnh chÝnh n¨m 2005 vµ ph\u00ad¬ng h\u00adíng"
    " nhiÖm vô n¨m 2006 cña c¸c së ban ngµnh thuéc tØnh"
)


def test_text_in_an_old_font_is_converted(tmp_path, read):
    path = make_xls(tmp_path / "a.xls", "A", [["STT", 1.5], [TCVN3, 2025]])
    with SheetDocument(path, XLS) as book:
        assert book.unread(1) is None
        assert book.text(1).startswith("STT\t1,5\nUỷ ban nhân dân tỉnh Lâm Đồng báo cáo kết quả")
        assert "phương hướng nhiệm vụ" in book.text(1)
    assert read(path, "text").facts["text"]["encoding"] == "tcvn3"


def test_what_may_be_an_old_font_is_unknown_not_absent(tmp_path, read):
    garbled = TCVN3.replace("n", "q").replace("h", "zx")
    reading = read(make_xls(tmp_path / "a.xls", "A", [[garbled]]), "symbol")
    assert reading.unknown["symbol"].code == "legacy-encoding"


# --- limits -----------------------------------------------------------------------------------------------------------


def test_a_sheet_cut_at_the_limit_is_unknown(tmp_path, read, monkeypatch):
    monkeypatch.setattr(document, "MAX_ROWS", 3)
    reading = read(make_xlsx(tmp_path / "a.xlsx", A=[["x"]] * 4, B=[["y"]] * 3), "symbol", "text")
    assert reading.unknown["symbol"].code == "sheet-too-large"
    with SheetDocument(tmp_path / "a.xlsx", XLSX) as book:
        assert [book.unread(page) is None for page in (1, 2)] == [False, True]


def test_cells_are_limited_over_all_sheets(tmp_path, monkeypatch):
    monkeypatch.setattr(document, "MAX_CELLS", 3)
    with SheetDocument(make_xlsx(tmp_path / "a.xlsx", A=[["x"]] * 3, B=[["y"]]), XLSX) as book:
        assert [book.unread(page) is None for page in (1, 2)] == [True, False]
        assert book.text(2) == ""


def test_a_cell_at_the_far_corner_does_not_eat_the_memory(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Xa")
        sheet.write(0, 0, "gần")
        sheet.write(1_048_575, 16_383, "xa")
        blank = book.add_worksheet("Trắng")
        blank.write(0, 0, "gần")
        blank.write_blank(1_048_575, 16_383, None, book.add_format({"bold": True}))
    with SheetDocument(path, XLSX) as opened:
        assert opened.unread(1).code == "sheet-too-large"
        assert opened.unread(2) is None
        assert opened.text(2) == "gần"


def rewrite(path, change):
    """Write the archive's parts anew: `change` gets and returns (name, data) pairs."""
    with zipfile.ZipFile(path) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in change(parts):
            archive.writestr(name, data)
    return path


def refused(path, media_type=XLSX):
    with pytest.raises(UnreadableFile) as error:
        SheetDocument(path, media_type)
    return error.value.code


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path, monkeypatch):
    path = rewrite(
        make_xlsx(tmp_path / "a.xlsx", A=[["x"]]), lambda parts: [*parts, ("xl/x.xml", bytes(20 * 1024 * 1024))]
    )
    assert refused(path) == "file-too-large"
    small = make_xlsx(tmp_path / "b.xlsx", A=[["x"]])
    monkeypatch.setattr(limits, "MAX_TEXT_BYTES", 100)
    assert refused(small) == "file-too-large"
    monkeypatch.setattr(limits, "MAX_ENTRIES", 2)
    assert refused(small) == "file-too-large"


def test_repeated_cells_of_opendocument_are_refused(tmp_path):
    path = make_ods(tmp_path / "a.ods", {"A": [["x"]]})
    repeat = b'<table:table-row table:number-rows-repeated="1048576">'
    rewrite(path, lambda parts: [(n, d.replace(b"<table:table-row>", repeat)) for n, d in parts])
    cell = b'<table:table-cell table:number-columns-repeated="16384" '
    rewrite(path, lambda parts: [(n, d.replace(b"<table:table-cell ", cell)) for n, d in parts])
    assert refused(path, make_sheets.ODS) == "file-too-large"


def test_damaged_workbooks_are_refused(tmp_path):
    half = make_xlsx(tmp_path / "a.xlsx", A=[["x"] * 50] * 50)
    half.write_bytes(half.read_bytes()[:3000])
    assert refused(half) == "file-damaged"
    broken = rewrite(
        make_xlsx(tmp_path / "b.xlsx", A=[["x"]]), lambda parts: [p for p in parts if p[0] != "xl/workbook.xml"]
    )
    assert refused(broken) == "file-damaged"
    xls = tmp_path / "a.xls"
    xls.write_bytes(make_sheets.ole_file("Workbook", b"\x09\x08\x10\x00" + bytes(range(256)) * 20))
    assert refused(xls, XLS) == "file-damaged"


def test_a_password_is_named(tmp_path, read):
    xls = make_xls(tmp_path / "a.xls", "A", [["x"]], locked=True)
    ods = make_ods(tmp_path / "a.ods", {"A": [["x"]]}, encrypted=True)
    for path in (xls, ods):
        assert [problem.code for problem in read(path, "symbol").problems] == ["file-encrypted"]


def test_without_its_library_the_kind_is_named(tmp_path, read, monkeypatch):
    monkeypatch.setattr(spreadsheet, "find_spec", lambda _name: None)
    reading = read(make_letterhead_sheet(tmp_path / "a.xlsx"), "symbol", "sheets")
    assert [problem.code for problem in reading.problems] == ["reader-missing"]
    assert {reason.code for reason in reading.unknown.values()} == {"no-reader"}


def test_other_files_hold_no_sheets(tmp_path):
    assert spreadsheet.parcheck_open(tmp_path / "a.pdf", "application/pdf") is None
    reader = next(iter(spreadsheet.parcheck_facts()))
    assert reader.read(object(), frozenset({"sheets"}), {})["sheets"].value is None
    assert reader.read(object(), frozenset({"symbol"}), {}) == {}
