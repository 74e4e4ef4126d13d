# SPDX-License-Identifier: Apache-2.0
"""Each format says what the report says, holds one submission at a time, and lets no text of a document do harm."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
import reportmaking as making
from jsonschema import Draft202012Validator
from lxml import etree

from parcheck.errors import BadUsage
from parcheck.model import SubmissionResult
from parcheck.schema_faults import schema
from parcheck_plugins.reports.harmless import MOST_IN_CELL, cut, guarded, shown
from parcheck_plugins.reports.naming import folder_of
from parcheck_plugins.reports.workbook import book

XSD = etree.XMLSchema(etree.parse(str(Path(__file__).with_name("junit.xsd"))))
TEXTS = pytest.mark.parametrize("text", making.HOSTILE)
NOT_SHOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe]")
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d")


def one(report):
    """Return a report over the first unit only."""
    return making.report_of(next(iter(report.submissions)))


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("name", ["csv", "jsonl", "junit"])
def test_a_text_format_reads_as_it_did(session, snapshot, name, language):
    assert making.written(making.every_outcome(), session, name, language) == snapshot


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_workbook_reads_as_it_did(session, snapshot, language):
    package = making.written(making.every_outcome(), session, "xlsx", language)
    assert making.sheets(package) == snapshot


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_minutes_read_as_they_did(session, snapshot, language):
    package = making.written(one(making.every_outcome()), session, "minutes", language)
    assert making.words(package) == snapshot


@pytest.mark.parametrize("name", ["csv", "jsonl", "junit", "xlsx"])
def test_the_same_report_gives_the_same_bytes(session, name):
    assert making.written(making.every_outcome(), session, name) == making.written(
        making.every_outcome(), session, name
    )


class Counted(SubmissionResult):
    """Counts how many of its kind are alive."""

    alive = most = 0

    def __post_init__(self):
        type(self).alive += 1
        type(self).most = max(self.most, self.alive)

    def __del__(self):
        type(self).alive -= 1


class Spooled(Sequence):
    """Submissions made when they are asked for, as a batch loads them from disk."""

    def __len__(self):
        return 12

    def __getitem__(self, index):
        if index >= len(self):
            raise IndexError(index)
        made = making.every_outcome().submissions[0]
        return Counted(f"UBND xã {index}", "2025", f"xa-{index}", made.criteria, made.documents, made.findings)


@pytest.mark.parametrize("name", ["csv", "jsonl", "junit", "xlsx", "minutes"])
def test_no_format_holds_more_than_one_submission(session, name, tmp_path):
    Counted.alive = Counted.most = 0
    report = making.report_of()
    object.__setattr__(report, "submissions", Spooled())
    each = making.formats(session)[name]
    if each.write_folder:
        each.write_folder(report, session.catalogue, "vi", tmp_path)
        assert len(list(tmp_path.rglob("*.docx"))) == 12
    else:
        assert making.written(report, session, name)
    # While a loop fetches the next one, it still holds the last.
    assert Counted.most <= 2
    assert Counted.alive <= 1


def test_each_line_of_jsonl_is_a_report_by_itself(session):
    lines = making.written(making.every_outcome(), session, "jsonl").splitlines()
    check = Draft202012Validator(schema("report.schema.json"))
    reports = [json.loads(line) for line in lines]
    assert [report["submissions"][0]["unit"] for report in reports] == ["UBND xã An Bình", "UBND xã Bình An"]
    assert [error.message for report in reports for error in check.iter_errors(report)] == []


@TEXTS
def test_jsonl_keeps_every_text_as_it_is(session, text):
    (line,) = making.written(making.hostile(text), session, "jsonl").splitlines()
    assert json.loads(line)["submissions"][0]["unit"] == text


def rows_of(text):
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_the_csv_is_what_excel_opens(session):
    text = making.written(making.every_outcome(), session, "csv")
    assert text.startswith("\ufeffĐơn vị,")
    assert text.endswith("\r\n")
    assert text.count("\r\n") == len(rows_of(text)) == text.count("\n")
    assert {len(row) for row in rows_of(text)} == {17}


@TEXTS
def test_no_cell_of_the_csv_is_a_formula(session, text):
    rows = rows_of(making.written(making.hostile(text), session, "csv"))
    assert len(rows) == 3
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell.startswith(FORMULA)]
    assert not NOT_SHOWN.search("".join(cells))


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", "\r=1", "\n=1", " =1", "\uff1d1"])
def test_what_may_be_a_formula_stands_behind_an_apostrophe(text):
    assert guarded(text).startswith("'")


@TEXTS
def test_the_workbook_holds_no_formula_and_shows_every_text(session, text):
    package = making.written(making.hostile(text), session, "xlsx")
    for name, data in making.parts(package).items():
        if name.startswith("xl/worksheets/sheet"):
            assert not etree.fromstring(data).findall(f".//{making.S}f")
            assert not NOT_SHOWN.search(data.decode())
    cells = [cell for sheet in making.sheets(package).values() for row in sheet for cell in row]
    assert shown(text) in cells


def test_what_looks_like_a_formula_stays_text_when_somebody_edits_it(session):
    found = making.parts(making.written(making.hostile("=1+1"), session, "xlsx"))
    formats = etree.fromstring(found["xl/styles.xml"]).find(f"{making.S}cellXfs")
    cells = [
        cell
        for name, data in found.items()
        if name.startswith("xl/worksheets/sheet")
        for cell in etree.fromstring(data).iter(f"{making.S}c")
        if "".join(cell.itertext()).startswith("=")
    ]
    assert len(cells) > 10
    assert {formats[int(cell.get("s"))].get("quotePrefix") for cell in cells} == {"1"}


@pytest.mark.parametrize("name", ["csv", "xlsx"])
def test_a_long_text_is_whole_and_one_that_no_cell_can_hold_says_that_it_was_cut(session, name):
    def cells(text):
        made = making.written(making.hostile(text), session, name)
        if name == "csv":
            return [cell for row in rows_of(made) for cell in row]
        return [
            cell for sheet in making.sheets(made).values() for row in sheet for cell in row if isinstance(cell, str)
        ]

    assert making.LONG in cells(making.LONG)
    assert "B" * (MOST_IN_CELL - 1) + "…" in cells(making.TOO_LONG)
    assert max(map(len, cells(making.TOO_LONG))) == MOST_IN_CELL


def test_the_minutes_hold_a_long_text_whole(session):
    for text in (making.LONG, making.TOO_LONG):
        assert text in making.words(making.written(making.hostile(text), session, "minutes"))


@pytest.mark.parametrize("text", [*making.HOSTILE, "..", "", "CON", making.LONG])
def test_a_unit_of_any_name_has_a_folder_that_every_system_can_make(text):
    (submission,) = making.hostile(text).submissions
    made = folder_of(submission, 7)
    assert made.startswith("007")
    assert len(made.encode()) <= 255
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f\x7f\u202a-\u202e]', made)
    assert made == made.strip(" .")


def test_a_cut_never_halves_a_sign_outside_the_basic_plane():
    assert cut("😀" * 10, 8) == "😀😀😀…"
    assert cut("😀" * 4, 8) == "😀" * 4


def test_what_cannot_be_seen_is_shown():
    assert shown("a\x00b\u202ec\x7fd\x85e\ud800") == "a␀b[U+202E]c␡d�e�"
    assert shown("Kế hoạch\u200b số\u00a012") == "Kế hoạch số\u00a012"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_junit_file_fits_the_schema_of_junit(session, language):
    XSD.assertValid(etree.fromstring(making.written(making.every_outcome(), session, "junit", language).encode()))


@pytest.mark.parametrize("text", [*making.HOSTILE, making.LONG])
def test_so_it_does_with_hostile_texts(session, text):
    data = making.written(making.hostile(text), session, "junit")
    XSD.assertValid(etree.fromstring(data.encode()))
    assert not NOT_SHOWN.search(data)


def test_a_case_fails_where_the_unit_must_act_and_is_skipped_where_nobody_knows(session):
    suites = etree.fromstring(making.written(making.every_outcome(), session, "junit").encode())
    found = {}
    for case in suites[0].iter("testcase"):
        code = case.get("classname").split()[0]
        found.setdefault(code, []).append(case[0].tag if len(case) else "passed")
    assert found == {
        "1.1": ["passed"], "1.2": ["failure", "passed"], "1.3": ["failure"], "1.4": ["skipped"], "1.5": ["skipped"],
        "1.6": ["skipped"], "1.7": ["skipped"], "1.8": ["skipped"],
    }  # fmt: skip
    assert [suite.get("failures") for suite in suites] == ["2", "0"]


def test_what_parcheck_could_not_do_is_an_error_never_a_pass(session):
    from parcheck.model import Finding, Outcome

    crashed = Finding("reader-crashed", document="d001")
    row = making.row("1.1", "Kế hoạch", Outcome.SATISFIED, ("d001",))
    unit = SubmissionResult("UBND xã", "2025", "xa", (row,), (making.evidence("d001", "1.1/a.pdf"),), (crashed,))
    (suite,) = etree.fromstring(making.written(making.report_of(unit), session, "junit").encode())
    assert (suite.get("errors"), suite.get("failures")) == ("1", "0")


@TEXTS
def test_the_minutes_open_with_hostile_texts(session, text):
    package = making.written(making.hostile(text), session, "minutes")
    making.parts(package)
    told = making.words(package)
    assert not NOT_SHOWN.search(told)
    assert shown(text).split("\n")[0].strip() in told


def test_minutes_of_many_units_need_a_folder(session):
    with pytest.raises(BadUsage) as caught:
        making.written(making.every_outcome(), session, "minutes")
    assert caught.value.code == "minutes-need-folder"


def test_the_minutes_have_what_the_decree_asks_for_and_leave_names_blank(session):
    import docx

    package = making.written(one(making.every_outcome()), session, "minutes")
    document = docx.Document(io.BytesIO(package))
    left, right = document.tables[0].rows[0].cells
    assert right.text.split("\n") == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    assert "/BB-" in left.text
    assert [cell.text.split("\n")[0] for cell in document.tables[-1].rows[0].cells] == [
        "THƯ KÝ",
        "ĐẠI DIỆN ĐƠN VỊ",
        "CHỦ TỌA",
    ]
    section = document.sections[0]
    assert [round(side.mm) for side in (section.page_width, section.page_height)] == [210, 297]
    assert 30 <= round(section.left_margin.mm) <= 35
    assert 15 <= round(section.right_margin.mm) <= 20
    codes = [row.cells[0].text for row in document.tables[1].rows]
    assert codes[2:] == [f"1.{n}" for n in range(1, 9)]


def test_the_workbook_stays_readable_on_screen_and_paper(session):
    found = making.parts(making.written(making.every_outcome(), session, "xlsx"))
    for number in range(1, 7):
        sheet = etree.fromstring(found[f"xl/worksheets/sheet{number}.xml"])
        assert sheet.find(f".//{making.S}pane").get("state") == "frozen"
        setup = sheet.find(f"{making.S}pageSetup")
        assert (setup.get("paperSize"), setup.get("orientation")) == ("9", "landscape")
        assert (sheet.find(f"{making.S}autoFilter") is None) == (number == 6)
    titles = [n.get("name") for n in etree.fromstring(found["xl/workbook.xml"]).iter(f"{making.S}definedName")]
    assert titles.count("_xlnm.Print_Titles") == 6


def test_the_columns_for_decisions_are_empty_and_guide_whoever_fills_them_in(session):
    package = making.written(making.every_outcome(), session, "xlsx")
    heads, *rows = making.sheets(package)["Các nội dung"]
    first = heads.index("Quyết định của người thẩm định")
    assert {cell for row in rows for cell in row[first : first + 5]} == {""}
    assert all(re.fullmatch("f1-[0-9a-f]{16}", row[heads.index("Dấu riêng của nội dung (không sửa)")]) for row in rows)
    sheet = etree.fromstring(making.parts(package)["xl/worksheets/sheet3.xml"])
    rules = {rule.get("sqref"): rule for rule in sheet.iter(f"{making.S}dataValidation")}
    letter = chr(ord("A") + first)
    assert rules[f"{letter}2:{letter}6"][0].text == '"cho miễn,công nhận,không công nhận"'
    assert sorted(rules[place].get("type") for place in rules) == ["list", "textLength", "textLength"]
    formulas = [formula.text for formula in sheet.iter(f"{making.S}formula")]
    assert formulas == [f'AND(${letter}2<>"",${chr(ord(letter) + n)}2="")' for n in (1, 2)]


@TEXTS
def test_the_words_of_a_decision_can_do_no_harm_either(session, text):
    from dataclasses import replace

    from parcheck.model import Action, Decision

    (unit,) = making.hostile(text).submissions
    decided = replace(unit.findings[0], decision=Decision(1, Action.WAIVE, text, text))
    package = making.written(making.report_of(replace(unit, findings=(decided,))), session, "xlsx")
    heads, *rows = making.sheets(package)["Các nội dung"]
    at = heads.index("Lý do quyết định")
    assert rows[-1][at : at + 2] == [shown(text), shown(text)]
    sheet = etree.fromstring(making.parts(package)["xl/worksheets/sheet3.xml"])
    assert not sheet.findall(f".//{making.S}f")


def test_rows_that_are_on_disk_are_forgotten(session):
    """Memory that grows with the rows is what a province would run out of."""
    import tracemalloc

    def cost(rows):
        tracemalloc.reset_peak()
        began, _ = tracemalloc.get_traced_memory()
        with book.Book(io.BytesIO(), session.catalogue, "vi", "", {}) as made:
            table = book.Table(made, "rows", [book.Column("unit", 20), book.Column("criterion", 8)])
            for number in range(rows):
                table.add((f"UBND xã số {number}", number), {})
            table.end()
            return tracemalloc.get_traced_memory()[0] - began

    tracemalloc.start()
    try:
        cost(100)
        few, many = cost(200), cost(4000)
    finally:
        tracemalloc.stop()
    assert many - few < 100_000


def test_days_and_points_are_days_and_points(session):
    import datetime

    cells = making.sheets(making.written(making.every_outcome(), session, "xlsx"))
    register = cells["Tài liệu"]
    column = register[0].index("Ngày ban hành")
    assert register[1][column] == datetime.date(2025, 1, 10)
    assert register[3][column] == "chưa xác định"
    assert cells["Từng tiêu chí"][1][4:8] == [1, 1, 1.5, 1.5]


def test_the_unit_with_most_to_do_stands_first(session):
    report = making.every_outcome()
    turned = making.report_of(*reversed(report.submissions))
    units = [row[1] for row in making.sheets(making.written(turned, session, "xlsx"))["Tổng hợp"][4:]]
    assert units == ["UBND xã An Bình (xa-an-binh)", "UBND xã Bình An (xa-binh-an)"]


def test_a_full_sheet_goes_on_in_the_next(session, monkeypatch):
    monkeypatch.setattr(book, "MAX_ROWS", 4)
    cells = making.sheets(making.written(making.every_outcome(), session, "xlsx"))
    pages = [rows for name, rows in cells.items() if name.startswith("Từng tiêu chí")]
    assert [len(rows) for rows in pages] == [4, 4, 4]
    assert pages[0][0] == pages[1][0]
    assert [row[1] for rows in pages for row in rows[1:]] == [*(f"1.{n}" for n in range(1, 9)), "1.1"]


def test_a_build_is_red_where_the_command_does_not_end_with_0(session):
    from parcheck.cli.exits import Exit, exit_code
    from parcheck.model import Finding, Outcome, Severity
    from parcheck.reporting.summary import summarise

    plan = making.evidence("d001", "1.1/a.pdf")
    rows = {outcome: making.row("1.1", "Kế hoạch", outcome, ("d001",)) for outcome in Outcome}
    units = [SubmissionResult("UBND xã", "2025", "xa", (row,), (plan,)) for row in rows.values()]
    for finding in (
        Finding("reader-crashed", severity=Severity.WARNING, document="d001"),
        Finding("file-encrypted", document="d001"),
        Finding("file-loose", {"what": {}}, severity=Severity.WARNING, document="d001"),
    ):
        units.append(SubmissionResult("UBND xã", "2025", "xa", (rows[Outcome.SATISFIED],), (plan,), (finding,)))
    for unit in units:
        report = making.report_of(unit)
        (suite,) = etree.fromstring(making.written(report, session, "junit").encode())
        red = int(suite.get("failures")) + int(suite.get("errors"))
        assert bool(red) == (exit_code(summarise(report)) is not Exit.READY)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_a_decision_set_aside_is_shown_with_the_outcome_before_and_fails_nothing(session, language):
    from dataclasses import replace

    from parcheck.model import Action, Decided, Decision, Finding, Outcome

    decision = Decision(1, Action.WAIVE, "Đã nộp bản giấy", "Trần Thị Bình", until="2026-12-31")
    missing = Finding("evidence-missing", {"files": 0}, decision=decision)
    waived = replace(
        making.row("1.1", "Kế hoạch", Outcome.WAIVED, (), missing),
        decision=Decided(Outcome.MISSING, Outcome.WAIVED, (decision,)),
    )
    report = making.report_of(SubmissionResult("UBND xã", "2025", "xa", (waived,), ()))
    (suite,) = etree.fromstring(making.written(report, session, "junit", language).encode())
    assert (suite.get("failures"), suite.get("skipped")) == ("0", "1")
    before = session.catalogue.term("outcomes", "missing", language)
    texts = [
        making.written(report, session, "csv", language),
        str(making.sheets(making.written(report, session, "xlsx"))),
    ]
    texts.append(making.words(making.written(report, session, "minutes", language)))
    assert all("Trần Thị Bình" in text and "Đã nộp bản giấy" in text for text in texts)
    assert before in texts[2]


@pytest.mark.parametrize("name", ["csv", "xlsx"])
def test_what_is_about_no_unit_is_said_too(session, name):
    from dataclasses import replace

    from parcheck.model import Finding

    report = replace(making.every_outcome(), findings=(Finding("folder-unknown", {"folder": "Hồ sơ 99"}),))
    made = making.written(report, session, name)
    assert "Hồ sơ 99" in (made if name == "csv" else str(making.sheets(made)["Các nội dung"][-1]))
