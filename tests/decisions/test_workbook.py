# SPDX-License-Identifier: Apache-2.0
"""Decisions written into the workbook: read back row by row, and every row that cannot be one told with its place."""

from __future__ import annotations

import datetime
import json
import re
import zipfile

import caselib
import pytest
import reportmaking as making
import workbookfilling as filling
from lxml import etree
from tests.reading.make_sheets import ole_file
from workbookfilling import DECISION, MARK, REASON, UNTIL, WHEN, WHO, Formula

from parcheck.errors import BadUsage
from parcheck.judging.decisions import MOST_FAULTS, WrittenDecisions, load_decisions
from parcheck.model import Finding, Outcome, SubmissionResult

TODAY = datetime.date(2026, 1, 31)
PLAN = "1.1/Ke hoach.facts"
WAIVED = {DECISION: "cho miễn", REASON: "Chờ cấp số", WHO: "Nguyễn Văn An, Sở Nội vụ"}
ACCEPTED = {**WAIVED, DECISION: "công nhận"}
REJECTED = {**WAIVED, DECISION: "không công nhận"}


@pytest.fixture
def pack(session, tmp_path):
    """A set whose rows are those of the report of every outcome."""

    def asks(code):
        return {
            "code": code,
            "name": code,
            "points": 1,
            "evidence": [{"id": "tl", "name": "Tài liệu", "match": {"required": ["type"]}}],
        }

    case = {"rules": {"evidence": asks("1.1")["evidence"]}, "more": [asks(f"1.{n}") for n in range(2, 9)]}
    return session.pack(caselib.write_pack(tmp_path / "bo-mau", *caselib.criteria_of(case)))


@pytest.fixture
def package(session):
    """The workbook of a report whose rows of findings are: 2 and 3 on 1.2, 4 on 1.3, 5 on 1.5, 6 on the unit."""
    return making.written(making.every_outcome(), session, "xlsx")


@pytest.fixture
def load(session, pack, package, tmp_path):
    """Return a function that fills rows in and reads the decisions back: `load({2: {…}})`."""

    def loaded(rows, **options):
        path = filling.saved_again(package, rows, tmp_path / "quyet-dinh.xlsx", **options)
        return load_decisions(path, pack, session.catalogue, TODAY, session.plugins)

    return loaded


def faults(error):
    return [fault.say("vi") for fault in error.value.faults]


def test_a_workbook_that_nobody_has_filled_in_decides_nothing(session, pack, package, tmp_path, load):
    fresh = tmp_path / "moi.xlsx"
    fresh.write_bytes(package)
    assert load_decisions(fresh, pack, session.catalogue, TODAY, session.plugins).entries == ()
    assert load({}).entries == ()


def test_who_decides_may_be_filled_down_beforehand(load):
    assert load({row: {WHO: "Nguyễn Văn An", WHEN: "05/01/2026"} for row in range(2, 7)}).entries == ()


def test_a_row_is_about_its_finding_and_a_rejection_about_what_was_asked_for(load, package):
    mark = filling.rows_of(package)[0][MARK]
    one, other = load({2: {**WAIVED, WHEN: "5/1/2026", UNTIL: "31/12/2026"}, 4: REJECTED}).entries
    assert (one.number, one.unit, one.criterion, one.requirement) == (1, "UBND xã An Bình", "1.2", None)
    assert (one.fingerprint, one.action.value, one.reason, one.who) == (mark, "waive", WAIVED[REASON], WAIVED[WHO])
    assert (one.when, one.until) == ("2026-01-05", "2026-12-31")
    assert (other.number, other.criterion, other.requirement, other.fingerprint) == (2, "1.3", "r", None)
    assert (other.action.value, other.when, other.until) == ("reject", None, None)


@pytest.mark.parametrize("options", [{"above": 3}, {"turned": True}, {"pack": "bo-mau"}])
def test_the_columns_may_stand_anywhere(load, options):
    assert [entry.action.value for entry in load({2: WAIVED}, **options).entries] == ["waive"]


def test_a_workbook_in_english_is_read_as_well(session, pack, tmp_path):
    package = making.written(making.every_outcome(), session, "xlsx", "en")
    said = {"Decision of an appraiser": "accepted", "Reason of the decision": "Seen", "Decided by (name, office)": "A"}
    path = filling.saved_again(package, {2: said}, tmp_path / "a.xlsx", sheet="Findings")
    (entry,) = load_decisions(path, pack, session.catalogue, TODAY, session.plugins).entries
    assert entry.action.value == "accept"
    path = filling.saved_again(package, {2: {**said, "Decision of an appraiser": "perhaps"}}, path, sheet="Findings")
    with pytest.raises(BadUsage) as caught:
        load_decisions(path, pack, session.catalogue, TODAY, session.plugins)
    assert "waived | accepted | not accepted" in caught.value.say("en")


@pytest.mark.parametrize(
    "day",
    [
        datetime.date(2026, 12, 31), "31/12/2026", "31-12-2026", " 31.12.2026 ", "2026-12-31",
        "ngày 31 tháng 12 năm 2026", 46387, Formula("=DATE(2026,12,31)→46387"),
    ],
)  # fmt: skip
def test_a_day_is_a_day_or_a_text(load, day):
    assert [entry.until for entry in load({2: {**WAIVED, UNTIL: day}}).entries] == ["2026-12-31"]


def test_days_are_counted_as_the_workbook_says(session, pack, package, tmp_path):
    path = filling.saved_again(package, {2: {**WAIVED, UNTIL: datetime.date(2026, 12, 31)}}, tmp_path / "a.xlsx")
    with zipfile.ZipFile(path) as usual, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as copy:
        for name in usual.namelist():
            copy.writestr(name, usual.read(name).replace(b"<workbookPr ", b'<workbookPr date1904="1" '))
    (entry,) = load_decisions(tmp_path / "b.xlsx", pack, session.catalogue, TODAY, session.plugins).entries
    assert entry.until == "2031-01-01"


@pytest.mark.parametrize(
    ("row", "cells", "said"),
    [
        (2, {DECISION: "có lẽ"}, ["“có lẽ”", "cho miễn | công nhận | không công nhận"]),
        (2, {DECISION: 1}, ["“1”", "cho miễn"]),
        (2, {DECISION: ""}, [f"“{DECISION}” chưa ghi", f"“{REASON}”"]),
        (2, {REASON: ""}, [f"“{REASON}” chưa ghi", f"“{DECISION}”"]),
        (2, {REASON: "  "}, [f"“{REASON}” chưa ghi"]),
        (2, {WHO: ""}, [f"“{WHO}” chưa ghi"]),
        (2, {UNTIL: "cuối năm 2026"}, [f"“{UNTIL}”", "“cuối năm 2026”", "31/12/2026"]),
        (2, {UNTIL: "30/02/2026"}, ["“30/02/2026”"]),
        (2, {UNTIL: "31/12/26"}, ["“31/12/26”"]),
        (2, {UNTIL: 2026}, ["“2026”"]),
        (2, {WHEN: -1}, [f"“{WHEN}”", "“-1”"]),
        (2, {WHEN: "01/02/2026", UNTIL: "31/01/2026"}, ["31/01/2026", "01/02/2026"]),
        (2, {REASON: Formula("=NA()→#N/A")}, [f"“{REASON}”", "#N/A"]),
        (2, {DECISION: Formula("=K99→#REF!")}, [f"“{DECISION}”", "#REF!"]),
        (2, {MARK: ""}, [f"“{MARK}” trống hoặc đã bị sửa"]),
        (2, {MARK: "f1-0123"}, [f"“{MARK}”"]),
        (2, {"Đơn vị": ""}, ["“Đơn vị”"]),
        (6, {DECISION: "không công nhận"}, ["“không công nhận”", "không thuộc tiêu chí nào"]),
    ],
)
def test_a_row_that_cannot_be_a_decision_is_told_with_its_place(load, row, cells, said):
    with pytest.raises(BadUsage) as caught:
        load({row: {**WAIVED, **cells}})
    (told,) = faults(caught)
    assert told.startswith(f"quyet-dinh.xlsx (Các nội dung), dòng {row}: ")
    assert all(part in told for part in said), told
    assert caught.value.faults[0].say("en").startswith(f"quyet-dinh.xlsx (Các nội dung), line {row}: ")


@pytest.mark.parametrize("left", [b"</f>", b"</f><v/>", b"</f><v></v>"])
def test_a_formula_that_was_never_calculated_is_no_empty_cell(session, pack, package, tmp_path, left):
    path = filling.saved_again(package, {2: {**WAIVED, DECISION: Formula('="cho "&"miễn"→x')}}, tmp_path / "a.xlsx")
    with zipfile.ZipFile(path) as usual, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as copy:
        for name in usual.namelist():
            copy.writestr(name, usual.read(name).replace(b' t="str"><f>', b"><f>").replace(b"</f><v>x</v>", left))
    with pytest.raises(BadUsage, match="chưa được tính"):
        load_decisions(tmp_path / "b.xlsx", pack, session.catalogue, TODAY, session.plugins)


def test_a_formula_whose_result_is_an_empty_text_is_empty(session, pack, package, tmp_path):
    filled = {key: Formula('=IF(1=2,"a","")→x') for key in WAIVED}
    path = filling.saved_again(package, {2: filled}, tmp_path / "a.xlsx")
    with zipfile.ZipFile(path) as usual, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as copy:
        for name in usual.namelist():
            copy.writestr(name, usual.read(name).replace(b"</f><v>x</v>", b"</f><v></v>"))
    assert load_decisions(tmp_path / "b.xlsx", pack, session.catalogue, TODAY, session.plugins).entries == ()


def test_a_formula_with_a_result_says_its_result(load):
    filled = {key: Formula(f'="{text}"→{text}') for key, text in WAIVED.items()}
    assert [entry.reason for entry in load({2: filled}).entries] == [WAIVED[REASON]]


def test_every_fault_is_told_at_once_in_the_order_of_the_rows(load):
    with pytest.raises(BadUsage) as caught:
        load({5: {**WAIVED, WHO: ""}, 2: {**WAIVED, UNTIL: "?"}, 4: {**WAIVED, WHEN: "02/02/2026", UNTIL: "1/2/2026"}})
    assert [re.search(r"dòng (\d+)", told)[1] for told in faults(caught)] == ["2", "4", "5"]


def test_a_column_filled_down_by_mistake_is_told_in_measure(session, pack, tmp_path):
    findings = tuple(Finding("file-loose", {"what": {}, "name": str(n)}) for n in range(MOST_FAULTS + 20))
    unit = SubmissionResult("UBND xã", "2025", "xa", (), (), findings)
    package = making.written(making.report_of(unit), session, "xlsx")
    rows = {row: {REASON: "Đã xem"} for row in range(2, MOST_FAULTS + 22)}
    path = filling.saved_again(package, rows, tmp_path / "a.xlsx")
    with pytest.raises(BadUsage) as caught:
        load_decisions(path, pack, session.catalogue, TODAY, session.plugins)
    assert len(caught.value.faults) == MOST_FAULTS + 1
    assert faults(caught)[-1] == "… và 20 chỗ nữa trong tệp quyết định."


def two_alike(session, *, paths):
    """Return the workbook of two units of one name that handed in one faulty file."""
    late = making.row("1.2", "Báo cáo", Outcome.INVALID, ("d001",), Finding("number-blank", {}, document="d001"))
    evidence = making.evidence("d001", "1.2/Bao cao.pdf", type="BC")
    units = [SubmissionResult("UBND xã Tân Lập", "2025", path, (late,), (evidence,)) for path in paths]
    return making.written(making.report_of(*units), session, "xlsx")


def test_units_of_one_name_are_told_apart_by_what_they_handed_in(session, pack, tmp_path):
    package = two_alike(session, paths=("huyen-a/tan-lap", "huyen-b/tan-lap"))
    path = filling.saved_again(package, {2: WAIVED, 3: ACCEPTED}, tmp_path / "a.xlsx")
    entries = load_decisions(path, pack, session.catalogue, TODAY, session.plugins).entries
    assert [(entry.unit, entry.action.value) for entry in entries] == [
        ("huyen-a/tan-lap", "waive"),
        ("huyen-b/tan-lap", "accept"),
    ]


def test_two_rows_on_one_matter_must_agree(session, pack, tmp_path):
    package = two_alike(session, paths=("tan-lap", "tan-lap"))
    path = filling.saved_again(package, {2: WAIVED, 3: WAIVED}, tmp_path / "a.xlsx")
    assert len(load_decisions(path, pack, session.catalogue, TODAY, session.plugins).entries) == 1
    path = filling.saved_again(package, {2: WAIVED, 3: ACCEPTED}, tmp_path / "a.xlsx")
    with pytest.raises(BadUsage) as caught:
        load_decisions(path, pack, session.catalogue, TODAY, session.plugins)
    assert ["dòng 3" in told and "dòng 2" in told for told in faults(caught)] == [True]


def test_what_is_about_no_unit_cannot_be_decided(session, pack, tmp_path):
    from dataclasses import replace

    report = replace(making.every_outcome(), findings=(Finding("folder-unknown", {"folder": "Hồ sơ 99"}),))
    package = making.written(report, session, "xlsx")
    path = filling.saved_again(package, {7: WAIVED}, tmp_path / "a.xlsx")
    with pytest.raises(BadUsage, match=r"dòng 7: .*không thuộc đơn vị nào"):
        load_decisions(path, pack, session.catalogue, TODAY, session.plugins)


def test_a_workbook_for_another_set_is_refused(load):
    with pytest.raises(BadUsage, match="par-tinh-2025"):
        load({2: WAIVED}, pack="par-tinh-2025")


def test_the_workbook_says_which_set_it_is_for(package):
    custom = etree.fromstring(making.parts(package)["docProps/custom.xml"])
    assert ["".join(each.itertext()) for each in custom] == ["bo-mau"]


def damaged(path, package):
    path.write_bytes(package[: len(package) // 2])


def broken_sheet(path, package):
    with zipfile.ZipFile(path, "w") as copy:
        for name, data in making.parts(package).items():
            copy.writestr(name, data[:-40] if name.endswith("sheet3.xml") else data)


def without_headings(path, package):
    filling.saved_again(package, {1: {MARK: "", REASON: "Ghi chú"}}, path)


def other_workbook(path, package):
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet().write_row(0, 0, ["Mã", "Tiêu chí"])


def page(path, package):
    path.write_text("<html><body>Tệp không tồn tại</body></html>", encoding="utf-8")


def empty(path, package):
    path.touch()


def old_excel(path, package):
    path.write_bytes(ole_file("Workbook", bytes(64)))


def word(path, package):
    import docx

    docx.Document().save(str(path))


@pytest.mark.parametrize(
    ("name", "make", "said"),
    [
        ("a.xlsx", damaged, "Không đọc được tệp quyết định a.xlsx"),
        ("a.xlsx", broken_sheet, "Không đọc được tệp quyết định a.xlsx"),
        ("a.xlsx", without_headings, f"còn thiếu: “{REASON}”, “{MARK}”"),
        ("a.xlsx", other_workbook, "không có trang tính nào đủ các cột"),
        ("a.xlsx", page, "a.xlsx không phải tệp quyết định đọc được"),
        ("a.xlsx", empty, "a.xlsx không phải tệp quyết định đọc được"),
        ("a.xls", old_excel, "a.xls không phải tệp quyết định đọc được"),
        ("a.docx", word, "a.docx không phải tệp quyết định đọc được"),
        ("~$a.xlsx", damaged, "Đóng Excel"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_in_a_sentence(session, pack, package, tmp_path, name, make, said):
    make(tmp_path / name, package)
    with pytest.raises(BadUsage) as caught:
        load_decisions(tmp_path / name, pack, session.catalogue, TODAY, session.plugins)
    assert said in caught.value.say("vi")
    assert not caught.value.faults


def test_a_workbook_with_a_password_is_told(session, pack, tmp_path):
    (tmp_path / "a.xlsx").write_bytes(ole_file("EncryptedPackage", bytes(64)))
    with pytest.raises(BadUsage, match="có mật khẩu"):
        load_decisions(tmp_path / "a.xlsx", pack, session.catalogue, TODAY, session.plugins)


def test_an_archive_that_unpacks_without_end_is_not_unpacked(session, pack, package, tmp_path):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as copy:
        for name, data in making.parts(package).items():
            copy.writestr(name, data.replace(b"</sheetData>", b" " * 300_000_000 + b"</sheetData>")
                          if name.endswith("sheet3.xml") else data)  # fmt: skip
    with pytest.raises(BadUsage, match="Không đọc được"):
        load_decisions(tmp_path / "a.xlsx", pack, session.catalogue, TODAY, session.plugins)


def test_entities_are_not_expanded(session, pack, package, tmp_path):
    dtd = b'<!DOCTYPE worksheet [<!ENTITY a "cho"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet'
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as copy:
        for name, data in making.parts(package).items():
            made = data.replace(b"<worksheet", dtd, 1).replace(b"UBND", b"&b;UBND")
            copy.writestr(name, made if name.endswith("sheet3.xml") else data)
    assert load_decisions(tmp_path / "a.xlsx", pack, session.catalogue, TODAY, session.plugins).entries == ()


class Answering:
    """Plugins of which one answers as it is told."""

    def __init__(self, value=None, error=None):
        self.value, self.error = value, error

    def call(self, hook, **arguments):
        from parcheck.plugins import Answer

        assert hook == "parcheck_decisions"
        yield Answer("mine", self.value, self.error)


def test_a_plugin_that_fails_ends_the_run_for_decisions_would_be_lost(session, pack, tmp_path):
    with pytest.raises(BadUsage) as caught:
        load_decisions(tmp_path / "a.yaml", pack, session.catalogue, TODAY, Answering(error=RuntimeError("ôi")))
    assert caught.value.code == "decisions-unreadable"


def test_what_a_plugin_makes_up_is_held_against_the_schema(session, pack, tmp_path):
    from parcheck.judging.decisions import WrittenDecision

    bad = WrittenDecision({"decision": "forgive", "reason": "a", "who": "b", "until": "mai"}, "a.minutes", 3)
    with pytest.raises(BadUsage) as caught:
        load_decisions(tmp_path / "a.minutes", pack, session.catalogue, TODAY, Answering(WrittenDecisions((bad,))))
    assert len(faults(caught)) == 2
    assert all(told.startswith("a.minutes, dòng 3: ") for told in faults(caught))


def test_filled_in_checked_again_and_worked_on(installed, handed_in, pack_folder, parcheck_command, tmp_path):
    """The way of an appraiser: check, fill in, check with the workbook, go on in the one that this writes."""
    installed("faulty.sheet")
    arguments = ["check", handed_in(PLAN, symbol=None), "--rules", pack_folder, "--today", "2026-01-31"]
    first, second, again = (tmp_path / name for name in ("mot.xlsx", "hai.xlsx", "ba.xlsx"))
    assert parcheck_command(*arguments, "-o", first)[0] == 1
    (fault, *_) = rows = filling.rows_of(first.read_bytes())
    assert fault["Mã nội dung"] == "number-blank"
    assert {row[DECISION] for row in rows} == {""}
    filled = {2: {**WAIVED, WHEN: "05/01/2026", UNTIL: datetime.date(2026, 12, 31)}}
    decided = filling.saved_again(first.read_bytes(), filled, tmp_path / "da-ghi.xlsx", pack="bo-mau")
    code, out, err = parcheck_command(*arguments, "--decisions", decided, "--format", "json")
    assert (code, err) == (0, "")
    (unit,) = json.loads(out)["submissions"]
    assert unit["criteria"][0]["outcome"] == "waived"
    assert [(use["state"], use["who"]) for use in unit["decisions"]] == [("applied", WAIVED[WHO])]
    # What was decided stands in the next workbook, which is as good as the first.
    assert parcheck_command(*arguments, "--decisions", decided, "-o", second)[0] == 0
    (row, *_) = filling.rows_of(second.read_bytes())
    assert [row[head] for head in (DECISION, REASON, WHO, WHEN, UNTIL)] == [
        "cho miễn", "Chờ cấp số", WAIVED[WHO], "05/01/2026", "31/12/2026",
    ]  # fmt: skip
    assert parcheck_command(*arguments, "--decisions", second, "-o", again)[0] == 0
    assert filling.rows_of(again.read_bytes()) == filling.rows_of(second.read_bytes())


def test_a_rejection_stands_in_the_next_workbook_as_well(session, pack, tmp_path):
    args = {
        "action": "reject",
        "reason": "Không có chữ ký",
        "who": "Nguyễn Văn An",
        "when": None,
        "until": "2026-12-31",
    }
    told = Finding("decision-rejected", {**args, "before": "satisfied", "after": "invalid"})
    unit = SubmissionResult("UBND xã", "2025", "xa", (making.row("1.3", "Kiểm tra", Outcome.INVALID, (), told),), ())
    package = making.written(making.report_of(unit), session, "xlsx")
    (row,) = filling.rows_of(package)
    assert [row[head] for head in (DECISION, REASON, WHEN, UNTIL)] == [
        "không công nhận", "Không có chữ ký", "", "31/12/2026",
    ]  # fmt: skip
    (tmp_path / "a.xlsx").write_bytes(package)
    (entry,) = load_decisions(tmp_path / "a.xlsx", pack, session.catalogue, TODAY, session.plugins).entries
    assert (entry.action.value, entry.criterion, entry.requirement) == ("reject", "1.3", "r")
    assert (entry.reason, entry.who, entry.until) == ("Không có chữ ký", "Nguyễn Văn An", "2026-12-31")
