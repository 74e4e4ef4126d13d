# SPDX-License-Identifier: Apache-2.0
"""`rules import`: sets of criteria in many layouts come out as they went in; results and scans do not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.benchmarks.importing import Wanted, compare
from tests.rules import importing_layouts as layouts
from tests.rules.importing_layouts import ROMAN, TITLE, Sheet, bullets, comma, dot, options, worded

from parcheck.checking import Session
from parcheck.cli import run
from parcheck.errors import BadUsage
from parcheck.rules.importing import Imported, import_files
from parcheck.rules.lint import lint_pack
from parcheck.rules.rows import pack_rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FIELDS = ("1", "4")
"""Two fields are enough to cross pages, and keep the tests quick."""


@pytest.fixture(scope="module")
def session() -> Session:
    return Session()


@pytest.fixture(scope="module")
def rows(session: Session) -> list[dict[str, Any]]:
    """Rows of a real commune set, two fields of it, numbered anew."""
    wanted = [row for row in pack_rows(session.pack("cap-xa-lam-dong-2025"))["rows"] if row["code"][0] in FIELDS]
    for row in wanted:
        row["code"] = row["code"].replace("4", "2", 1) if row["code"].startswith("4") else row["code"]
        row["name"] = row["name"].upper() if row["level"] == 0 else row["name"]
    return wanted


def lines(row: dict[str, Any]) -> list[str]:
    return [each["name"] for each in row["evidence"]]


def wanted(rows: list[dict[str, Any]], codes: dict[str, str] | None = None, *, points: bool = True) -> list[Wanted]:
    return [
        Wanted((codes or {}).get(r["code"], r["code"]), r["name"], r["points"] if points else None, None, lines(r))
        for r in rows
    ]


def imported(session: Session, folder: Path, *files: Path) -> tuple[Imported, list[dict[str, Any]]]:
    done = import_files(files, folder / "nhap", session)
    return done, pack_rows(session.pack(folder / "nhap"))["rows"]


def right(rows: list[Wanted], found: list[dict[str, Any]]) -> None:
    score = compare(rows, found)
    assert score.wrong == []


HEADING = [["STT", "Lĩnh vực/Tiêu chí/Tiêu chí thành phần", "Điểm tối đa", "Điểm tự chấm", "Tài liệu kiểm chứng"]]
WIDTHS = [6, 40, 8, 8, 38]


def in_rows(rows: list[dict[str, Any]], points: Callable[[float | None], str] = comma) -> Sheet:
    """Ways of scoring in rows of their own, as in 1187/QĐ-BNV."""
    table: list[list[str | None]] = []
    for row in rows:
        table.append([row["code"] + ".", row["name"], points(row["points"]), "", bullets(lines(row))])
        table += [["", line, "", "", ""] for line in (options(row, points) if row["evidence"] else ())]
    total = sum(row["points"] for row in rows if row["level"] == 0)
    table.append(["TỔNG ĐIỂM", None, points(total), "", ""])
    return Sheet(TITLE, HEADING, table, WIDTHS, ["Ghi chú: điểm làm tròn hai số lẻ."])


def in_cells(rows: list[dict[str, Any]]) -> Sheet:
    """Requirement and ways of scoring in the name's cell, as in a province's guide."""
    table: list[list[str | None]] = []
    for row in rows:
        name = row["name"]
        if row["evidence"]:
            name += "\nYêu cầu: Thực hiện đúng quy định. Nếu:\n" + bullets(options(row))
        table.append([row["code"], name, comma(row["points"]), "", bullets(lines(row))])
    return Sheet(TITLE, HEADING, table, WIDTHS)


def full_width(rows: list[dict[str, Any]]) -> Sheet:
    """Fields as one cell over the whole width, points in it."""
    table: list[list[str | None]] = []
    for row in rows:
        if row["level"] == 0:
            table.append([f"{row['code']}. {row['name']} ({worded(row['points'])})", None, None, None])
        else:
            table.append([row["code"], row["name"], dot(row["points"]), bullets(lines(row), "* ")])
    return Sheet(TITLE, [["Mã", "Tiêu chí đánh giá", "Điểm", "Hồ sơ, tài liệu minh chứng"]], table, [6, 45, 8, 40])


def merged(rows: list[dict[str, Any]]) -> Sheet:
    """Code, points and evidence merged over the rows with ways of scoring."""
    table: list[list[str | None]] = []
    for row in rows:
        table.append([row["code"], row["name"], comma(row["points"]), bullets(lines(row))])
        table += [["^", line, "^", "^"] for line in (options(row) if row["evidence"] else ())]
    return Sheet(TITLE, [["STT", "Tiêu chí", "Điểm tối đa", "Tài liệu kiểm chứng"]], table, [6, 45, 8, 40])


def stacked(rows: list[dict[str, Any]]) -> Sheet:
    """The points of every way of scoring under the row's own, in one cell."""
    table: list[list[str | None]] = []
    for row in rows:
        name, points = row["name"], comma(row["points"])
        if row["evidence"]:
            name += "\n" + bullets([line.rpartition(":")[0] for line in options(row)])
            points = "\n".join([points, points, comma(row["points"] / 2), "0"])
        table.append([row["code"], name, points, bullets(lines(row))])
    return Sheet(TITLE, [["STT", "Tiêu chí", "Điểm tối đa", "Tài liệu kiểm chứng"]], table, [6, 45, 8, 40])


def proof_within(rows: list[dict[str, Any]]) -> Sheet:
    """Ways of scoring and evidence in one cell, told apart by "TLKC:"."""
    table: list[list[str | None]] = []
    for row in rows:
        cell = "\n".join(["Yêu cầu: đúng quy định.", *options(row), "TLKC:", bullets(lines(row))])
        table.append([row["code"], row["name"], dot(row["points"]), cell if row["evidence"] else ""])
    heading = [["STT", "Tiêu chí", "Điểm tối đa", "Các yêu cầu và tài liệu kiểm chứng"]]
    return Sheet(TITLE, heading, table, [6, 35, 8, 50])


LAYOUTS = {
    "rows": in_rows, "cells": in_cells, "full width": full_width,
    "merged": merged, "stacked": stacked, "proof within": proof_within,
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_office_files(layout: str, form: str, rows: list[dict[str, Any]], session: Session, tmp_path: Path) -> None:
    write = layouts.write_docx if form == "docx" else layouts.write_xlsx
    write(tmp_path / f"bo.{form}", [LAYOUTS[layout](rows)])
    right(wanted(rows), imported(session, tmp_path, tmp_path / f"bo.{form}")[1])


@pytest.mark.parametrize(
    ("layout", "look"),
    [
        ("rows", {}),
        ("cells", {}),
        ("cells", {"repeat": False}),
        ("rows", {"landscape": False, "size": 8}),
        ("cells", {"turned": 90}),
        ("rows", {"turned": 270}),
        ("full width", {"split": False}),
    ],
)
def test_pdf_over_pages(
    layout: str, look: dict[str, Any], rows: list[dict[str, Any]], session: Session, tmp_path: Path
) -> None:
    layouts.write_pdf(tmp_path / "bo.pdf", [LAYOUTS[layout](rows)], **look)
    right(wanted(rows), imported(session, tmp_path, tmp_path / "bo.pdf")[1])


def guide(rows: list[dict[str, Any]], named: Callable[[dict[str, Any]], str]) -> Sheet:
    told = [row for row in rows if row["evidence"]]
    table: list[list[str | None]] = [
        [f"{number}.", named(row), bullets(options(row)), bullets(lines(row))]
        for number, row in enumerate(told, start=1)
    ]
    heading = [["STT", "Tên TC/TCTP", "Cách chấm điểm", "Tài liệu kiểm chứng (TLKC)"]]
    return Sheet(["Phụ lục 2", "HƯỚNG DẪN CHẤM ĐIỂM CÁC TIÊU CHÍ"], heading, table, [5, 20, 40, 30])


def bare(rows: list[dict[str, Any]]) -> Sheet:
    table: list[list[str | None]] = [[row["code"] + ".", row["name"], comma(row["points"]), ""] for row in rows]
    return Sheet(TITLE, [["TT", "Tiêu chí", "Điểm chuẩn", "Ghi chú"]], table, [6, 50, 8, 10])


def test_a_guide_is_joined_by_code_though_names_differ(
    rows: list[dict[str, Any]], session: Session, tmp_path: Path
) -> None:
    layouts.write_docx(tmp_path / "bo.docx", [bare(rows)])
    named = lambda row: f"TC {row['code']} - " + row["name"].replace("cải cách hành chính", "CCHC")  # noqa: E731
    layouts.write_pdf(tmp_path / "huong dan.pdf", [guide(rows, named)])
    done, found = imported(session, tmp_path, tmp_path / "bo.docx", tmp_path / "huong dan.pdf")
    right(wanted(rows), found)
    assert set(done.written[0].draft.pack["sources"]) == {"set", "guide"}


def test_a_guide_without_codes_is_joined_by_name(rows: list[dict[str, Any]], session: Session, tmp_path: Path) -> None:
    layouts.write_docx(tmp_path / "bo.docx", [bare(rows)])
    layouts.write_docx(tmp_path / "hd.docx", [guide(rows, lambda row: str(row["name"]))])
    right(wanted(rows), imported(session, tmp_path, tmp_path / "bo.docx", tmp_path / "hd.docx")[1])


def test_a_guide_alone_gets_parents_marked_unsure(rows: list[dict[str, Any]], session: Session, tmp_path: Path) -> None:
    layouts.write_docx(tmp_path / "hd.docx", [guide(rows, lambda row: f"TCTP {row['code']} - {row['name']}")])
    _, found = imported(session, tmp_path, tmp_path / "hd.docx")
    assert {row["code"] for row in found} == {row["code"] for row in rows}
    assert all(row["points"] is None and "points" in row["unsure"] for row in found)
    assert all("name" in row["unsure"] for row in found if row["level"] == 0)


def test_numbering_that_begins_anew_in_each_field_is_put_behind_the_fields_number(
    rows: list[dict[str, Any]], session: Session, tmp_path: Path
) -> None:
    codes, table = {}, list[list[str | None]]()
    for row in rows:
        field, _, rest = row["code"].partition(".")
        codes[row["code"]] = ".".join(filter(None, [ROMAN[int(field)], rest]))
        table.append([rest or ROMAN[int(field)], row["name"], comma(row["points"]), bullets(lines(row))])
    sheet = Sheet(TITLE, [["TT", "Nội dung tiêu chí", "Thang điểm", "Minh chứng"]], table, [6, 45, 8, 40])
    layouts.write_docx(tmp_path / "bo.docx", [sheet])
    right(wanted(rows, codes), imported(session, tmp_path, tmp_path / "bo.docx")[1])


def test_a_table_for_each_field_with_its_name_above(
    rows: list[dict[str, Any]], session: Session, tmp_path: Path
) -> None:
    sheets: list[Sheet] = []
    for row in rows:
        if row["level"] == 0:
            title = f"{row['code']}. {row['name']} ({worded(row['points'])})"
            sheets.append(
                Sheet([title], [["STT", "Tiêu chí", "Điểm tối đa", "Tài liệu kiểm chứng"]], [], [6, 45, 8, 40])
            )
        else:
            sheets[-1].rows.append([row["code"], row["name"], comma(row["points"]), bullets(lines(row))])
    layouts.write_docx(tmp_path / "bo.docx", sheets)
    layouts.write_xlsx(tmp_path / "bo.xlsx", sheets)
    for name in ("bo.docx", "bo.xlsx"):
        place = tmp_path / name[-4:]
        right(wanted(rows), imported(session, place, tmp_path / name)[1])


def test_a_set_without_points_says_so(rows: list[dict[str, Any]], session: Session, tmp_path: Path) -> None:
    table: list[list[str | None]] = [[row["code"], row["name"], bullets(lines(row))] for row in rows]
    layouts.write_docx(
        tmp_path / "bo.docx", [Sheet(TITLE, [["STT", "Tiêu chí", "Tài liệu kiểm chứng"]], table, [6, 45, 40])]
    )
    _, found = imported(session, tmp_path, tmp_path / "bo.docx")
    right(wanted(rows, points=False), found)
    assert all(row["points"] is None and "points" in row["unsure"] for row in found)


def test_a_set_without_codes_is_numbered_and_says_so(
    rows: list[dict[str, Any]], session: Session, tmp_path: Path
) -> None:
    table: list[list[str | None]] = [[row["name"], comma(row["points"]), bullets(lines(row))] for row in rows]
    heading = [["Lĩnh vực, tiêu chí", "Điểm tối đa", "Tài liệu kiểm chứng"]]
    layouts.write_docx(tmp_path / "bo.docx", [Sheet(TITLE, heading, table, [45, 8, 40])])
    _, found = imported(session, tmp_path, tmp_path / "bo.docx")
    right(wanted(rows), found)
    assert all("code" in row["unsure"] for row in found)


def methods_table() -> list[list[str | None]]:
    return [
        ["I", "CÔNG TÁC CHỈ ĐẠO", "6,0", "", "", "", ""],
        ["1", "Ban hành kế hoạch CCHC", "2,0", "2,0", "", "", "- Kế hoạch CCHC"],
        ["2", "Mức độ hài lòng của người dân", "3,0", "", "3,0", "", ""],
        ["3", "Thực hiện nhiệm vụ được giao", "1,0", "", "", "1,0", ""],
    ]


@pytest.mark.parametrize("cross", [False, True])
def test_methods_told_by_columns(cross: bool, session: Session, tmp_path: Path) -> None:
    table = methods_table()
    for row in table[1:] if cross else ():
        row[3:6] = ["x" if text else "" for text in row[3:6]]
    top = [["STT", "Tiêu chí", "Điểm tối đa", None, None, None, "Tài liệu kiểm chứng"],
           ["^", "^", "Tổng", "Tự chấm", "ĐTXHH", "Thẩm định", "^"]]  # fmt: skip
    flat = [["STT", "Tiêu chí", "Điểm tối đa", "Tự chấm", "Điều tra XHH", "Thẩm định", "Tài liệu kiểm chứng"]]
    layouts.write_docx(tmp_path / "bo.docx", [Sheet(TITLE, flat if cross else top, table, [5, 30, 7, 7, 7, 7, 30])])
    _, found = imported(session, tmp_path, tmp_path / "bo.docx")
    assert {row["code"]: row["assessed"] for row in found} == {
        "I": "mixed", "1": "self", "2": "survey", "3": "authority",
    }  # fmt: skip


def test_methods_told_by_notes_and_by_the_guides_words(session: Session, tmp_path: Path) -> None:
    table: list[list[str | None]] = [
        ["1", "CẢI CÁCH THỂ CHẾ", "5", "", "", ""],
        ["1.1", "Chất lượng văn bản", "2", "", "", "ĐTXHH"],
        ["1.1.1", "Tính hợp lý", "1", "", "", ""],
        ["1.1.2", "Tính khả thi", "1", "", "", ""],
        ["1.2", "Thu ngân sách", "2", "Các địa phương không tự đánh giá nội dung này.", "- Báo cáo", ""],
        ["1.3", "Theo dõi thi hành pháp luật", "1", "- Có: 1\n- Không: 0", "- Báo cáo TDTHPL", ""],
    ]
    heading = [["STT", "Tiêu chí", "Điểm tối đa", "Cách chấm điểm", "Tài liệu kiểm chứng", "Ghi chú"]]
    layouts.write_docx(tmp_path / "bo.docx", [Sheet(TITLE, heading, table, [5, 30, 7, 30, 20, 10])])
    _, found = imported(session, tmp_path, tmp_path / "bo.docx")
    assert {row["code"]: row["assessed"] for row in found if row["code"] not in ("1", "1.1")} == {
        "1.1.1": "survey", "1.1.2": "survey", "1.2": "authority", "1.3": "self",
    }  # fmt: skip


def test_options_stay_scoring_and_letters_that_share_the_points_become_rows(session: Session, tmp_path: Path) -> None:
    table: list[list[str | None]] = [
        ["1", "CHỈ ĐẠO, ĐIỀU HÀNH", "3,0", ""],
        ["1.1", "Kế hoạch CCHC", "2,0", ""],
        ["a)", "Ban hành đúng hạn", "0,5", "- Kế hoạch CCHC"],
        ["b)", "Hoàn thành nhiệm vụ", "1,5", "- Báo cáo CCHC"],
        ["1.2", "Tuyên truyền CCHC", "1,0", "- Kế hoạch tuyên truyền"],
        ["-", "Có thực hiện", "1,0", ""],
        ["-", "Không thực hiện", "0", ""],
    ]
    heading = [["TT", "Tiêu chí", "Điểm", "Tài liệu kiểm chứng"]]
    layouts.write_docx(tmp_path / "bo.docx", [Sheet(TITLE, heading, table, [5, 40, 8, 30])])
    _, found = imported(session, tmp_path, tmp_path / "bo.docx")
    assert [(row["code"], row["points"]) for row in found] == [
        ("1", 3), ("1.1", 2), ("1.1.a", 0.5), ("1.1.b", 1.5), ("1.2", 1),
    ]  # fmt: skip
    criterion = next(c for c in session.pack(tmp_path / "nhap").criteria if c.code == "1.2")
    assert criterion.scoring["kind"] == "choice"


def test_bonus_and_penalty(session: Session, tmp_path: Path) -> None:
    table: list[list[str | None]] = [
        ["I", "CÔNG TÁC CHỈ ĐẠO", "90", ""],
        ["1", "Kế hoạch CCHC", "90", "- Kế hoạch CCHC"],
        ["II", "ĐIỂM THƯỞNG", "10", ""],
        ["1", "Sáng kiến được công nhận", "10", "- Quyết định công nhận sáng kiến"],
        ["III", "ĐIỂM TRỪ", "", ""],
        ["1", "Nộp báo cáo trễ hạn", "-2", ""],
        ["", "Tổng cộng", "90", ""],
    ]
    heading = [["TT", "Tiêu chí", "Điểm tối đa", "Tài liệu kiểm chứng"]]
    layouts.write_docx(tmp_path / "bo.docx", [Sheet(TITLE, heading, table, [5, 40, 8, 30])])
    imported(session, tmp_path, tmp_path / "bo.docx")
    pack = session.pack(tmp_path / "nhap")
    assert {c.code: c.scoring.get("kind") for c in pack.criteria} == {"I.1": None, "II.1": "bonus", "III.1": "penalty"}
    assert (pack.total_points, pack.bonus_points) == (100, 10)
    assert next(c.scoring["points"] for c in pack.criteria if c.penalty) == -2


def test_a_formula_with_its_figures(session: Session, tmp_path: Path) -> None:
    told = (
        "Tính điểm theo công thức: (b/a)*điểm tối đa. Trong đó:\na là tổng số nhiệm vụ\nb là số nhiệm vụ hoàn thành\n"
        "Nếu tỷ lệ b/a <0.8 thì điểm đánh giá là 0."
    )
    table: list[list[str | None]] = [
        ["1", "CHỈ ĐẠO, ĐIỀU HÀNH", "3,5", "", ""],
        ["1.1", "Thực hiện kế hoạch CCHC", "1,5", told, "- Báo cáo CCHC năm"],
        ["1.2", "Kiểm tra", "2,0", "Theo hướng dẫn riêng", "- Báo cáo kiểm tra"],
    ]
    heading = [["TT", "Tiêu chí", "Điểm", "Cách tính điểm", "Tài liệu kiểm chứng"]]
    layouts.write_docx(tmp_path / "bo.docx", [Sheet(TITLE, heading, table, [5, 30, 8, 40, 20])])
    imported(session, tmp_path, tmp_path / "bo.docx")
    first, second = session.pack(tmp_path / "nhap").criteria
    assert first.scoring | {"sum": None} == {
        "kind": "ratio", "of": "a", "sum": None, "sum_points": {"b": 1.5}, "floor": 0.8, "below_floor": 0,
    }  # fmt: skip
    assert first.figures == {"a": "tổng số nhiệm vụ", "b": "số nhiệm vụ hoàn thành"}
    assert not second.scoring
    assert "scoring" in second.unsure


def test_a_draft_loads_lints_and_checks(
    rows: list[dict[str, Any]], session: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    layouts.write_docx(tmp_path / "bo.docx", [in_rows(rows)])
    imported(session, tmp_path, tmp_path / "bo.docx")
    pack = session.pack(tmp_path / "nhap")
    assert lint_pack(pack, session.vocabulary)[0] == []
    assert (pack.year, pack.level, pack.title) == (2026, "xã", TITLE[1])
    assert {"match", "year", "level"} <= set(pack.unsure)
    (tmp_path / "ho so" / "1.1.1").mkdir(parents=True)
    (tmp_path / "ho so" / "1.1.1" / "ghi chu.txt").write_text("Kế hoạch", encoding="utf-8")
    report = session.check(tmp_path / "ho so", pack, cache=False)
    assert len(report.submissions[0].criteria) == len(pack.criteria)
    assert run(["rules", "lint", str(tmp_path / "nhap")]) == 0
    assert "unsure" in capsys.readouterr().out


def test_two_sets_in_one_file_become_two_drafts(rows: list[dict[str, Any]], session: Session, tmp_path: Path) -> None:
    second = bare(rows)
    second.title = ["PHỤ LỤC II", "BỘ TIÊU CHÍ CẤP SỞ"]
    second.rows = [[row[0], f"Nội dung thứ {n} của sở", *row[2:]] for n, row in enumerate(second.rows)]
    layouts.write_docx(tmp_path / "bo.docx", [bare(rows), second])
    done, found = imported(session, tmp_path, tmp_path / "bo.docx")
    assert [each.folder.name for each in done.written] == ["nhap", "nhap-2"]
    assert len(found) == len(session.pack(tmp_path / "nhap-2").groups) + len(session.pack(tmp_path / "nhap-2").criteria)


RANKS = Sheet(
    ["KẾT QUẢ CHỈ SỐ CCHC NĂM 2025"],
    [["STT", "Tên đơn vị", "Điểm đạt được", "Tỷ lệ (%)", "Xếp hạng"]],
    [[str(n), f"UBND xã Số {n}", f"{90 - n},5", f"{90 - n},5", str(n)] for n in range(1, 12)],
    [5, 30, 10, 10, 10],
)


def filled(rows: list[dict[str, Any]]) -> Sheet:
    table: list[list[str | None]] = [
        [
            row["code"],
            row["name"],
            comma(row["points"]),
            comma(row["points"] * 0.9),
            "Kế hoạch số 12/KH-UBND ngày 05/01/2025",
        ]
        for row in rows
    ]
    return Sheet(["BÁO CÁO TỰ ĐÁNH GIÁ"], HEADING, table, WIDTHS)


@pytest.mark.parametrize("form", ["docx", "xlsx", "pdf"])
@pytest.mark.parametrize("what", ["ranks", "filled"])
def test_results_import_as_nothing(
    what: str, form: str, rows: list[dict[str, Any]], session: Session, tmp_path: Path
) -> None:
    sheet = RANKS if what == "ranks" else filled(rows)
    {"docx": layouts.write_docx, "xlsx": layouts.write_xlsx, "pdf": layouts.write_pdf}[form](
        tmp_path / f"ket qua.{form}", [sheet]
    )
    with pytest.raises(BadUsage) as error:
        import_files([tmp_path / f"ket qua.{form}"], tmp_path / "nhap", session)
    assert {fault.code for fault in error.value.faults} == {"import-results"}
    assert f"ket qua.{form}, " in str(error.value)
    assert not (tmp_path / "nhap").exists()


def test_a_table_of_tasks_is_no_set(session: Session, tmp_path: Path) -> None:
    table: list[list[str | None]] = [[str(n), f"Nhiệm vụ {n}", "Sở Nội vụ", "Quý II"] for n in range(1, 9)]
    heading = [["TT", "Nội dung nhiệm vụ", "Đơn vị chủ trì", "Thời gian hoàn thành"]]
    layouts.write_docx(tmp_path / "ke hoach.docx", [Sheet(["KẾ HOẠCH"], heading, table, [5, 40, 20, 20])])
    with pytest.raises(BadUsage) as error:
        import_files([tmp_path / "ke hoach.docx"], tmp_path / "nhap", session)
    assert [fault.code for fault in error.value.faults] == ["import-no-table"]


def test_a_scan_says_which_pages_cannot_be_read(session: Session, tmp_path: Path) -> None:
    from PIL import Image

    pages = [Image.new("RGB", (620, 877), "white") for _ in range(2)]
    pages[0].save(tmp_path / "ban chup.pdf", save_all=True, append_images=pages[1:])
    with pytest.raises(BadUsage) as error:
        import_files([tmp_path / "ban chup.pdf"], tmp_path / "nhap", session)
    (fault,) = error.value.faults
    assert (fault.code, fault.details["pages"]) == ("import-scan", "1–2")


def test_locked_damaged_and_foreign_files_get_a_sentence(session: Session, tmp_path: Path) -> None:
    import pikepdf

    layouts.write_pdf(tmp_path / "tot.pdf", [RANKS])
    with pikepdf.open(tmp_path / "tot.pdf") as pdf:
        pdf.save(tmp_path / "khoa.pdf", encryption=pikepdf.Encryption(user="x", owner="y"))
    (tmp_path / "hong.pdf").write_bytes((tmp_path / "tot.pdf").read_bytes()[:700])
    (tmp_path / "hong.docx").write_bytes(b"PK\x03\x04" + b"x" * 200)
    (tmp_path / "khac.txt").write_text("không phải bảng", encoding="utf-8")
    for name in ("khoa.pdf", "hong.pdf", "hong.docx", "khac.txt", "khong co.pdf"):
        with pytest.raises(BadUsage) as error:
            import_files([tmp_path / name], tmp_path / "nhap", session)
        assert name in str(error.value)


def test_nothing_is_overwritten(rows: list[dict[str, Any]], session: Session, tmp_path: Path) -> None:
    layouts.write_docx(tmp_path / "bo.docx", [bare(rows)])
    (tmp_path / "nhap").mkdir()
    (tmp_path / "nhap" / "cua toi.txt").write_text("x", encoding="utf-8")
    with pytest.raises(BadUsage) as error:
        import_files([tmp_path / "bo.docx"], tmp_path / "nhap", session)
    assert error.value.code == "import-folder-taken"
    assert [file.name for file in (tmp_path / "nhap").iterdir()] == ["cua toi.txt"]


def test_the_same_file_gives_the_same_bytes(rows: list[dict[str, Any]], session: Session, tmp_path: Path) -> None:
    layouts.write_docx(tmp_path / "bo.docx", [in_cells(rows)])
    for place in ("mot", "hai"):
        import_files([tmp_path / "bo.docx"], tmp_path / place / "nhap", session)
    for file in (tmp_path / "mot" / "nhap").iterdir():
        assert file.read_bytes() == (tmp_path / "hai" / "nhap" / file.name).read_bytes()


def test_the_command_line(rows: list[dict[str, Any]], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    layouts.write_docx(tmp_path / "bo.docx", [in_rows(rows)])
    assert run(["rules", "import", str(tmp_path / "bo.docx"), "-o", str(tmp_path / "nhap"), "--year", "2027"]) == 0
    assert str(tmp_path / "nhap") in capsys.readouterr().out
    assert run(["rules", "show", str(tmp_path / "nhap"), "--format", "json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert list(shown) == ["id", "title", "total_points", "rows"]
    assert list(shown["rows"][0]) == ["code", "name", "points", "level", "assessed", "evidence", "unsure"]
    assert [row["level"] for row in shown["rows"][:3]] == [0, 1, 2]
    assert shown["rows"][2]["evidence"][0]["types"] == ["KH"]


def test_show_takes_a_code_or_a_pack(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "show", "1.1", "--rules", "par-tinh-2025"]) == 0
    one = capsys.readouterr().out
    assert "1.1 Thực hiện kế hoạch CCHC" in one
    assert run(["rules", "show", "par-tinh-2025"]) == 0
    assert len(capsys.readouterr().out) > 10 * len(one)
    assert run(["rules", "show", "1.3", "--rules", "par-tinh-2025", "--format", "json"]) == 0
    assert [row["code"] for row in json.loads(capsys.readouterr().out)["rows"]] == ["1.3", "1.3.1", "1.3.2"]
    assert run(["rules", "show"]) == 2
    assert run(["rules", "show", "9.9", "--rules", "par-tinh-2025"]) == 2
