# SPDX-License-Identifier: Apache-2.0
"""Self-assessments in old Word formats: what LibreOffice makes of them, and what is said where it is not installed."""

from __future__ import annotations

import caselib
import pytest
from tests.reading.make_sheets import ole_file
from tests.submission.make_assessment import read, tables

from parcheck.errors import BadSubmission
from parcheck.submission.folder import read_folder
from parcheck_plugins import legacy_word
from parcheck_plugins.legacy_word.office import Conversion
from parcheck_plugins.submissions.forms import named_as_sheet, read_sheet, with_sheets

ROW = ["1.1", "Thực hiện kế hoạch CCHC", "1,5", "1,5", "Kế hoạch số 12/KH-UBND ngày 10/01/2025 của UBND tỉnh"]


class Office:
    """Stands in for LibreOffice: gives a DOCX, or fails."""

    def __init__(self, folder, *, late=False, crashed=False, makes=True):
        self.folder, self.late, self.crashed, self.makes = folder, late, crashed, makes
        self.asked = 0

    def convert(self, path, name, import_filter):
        result = None
        self.asked += 1
        if self.makes:
            result = self.folder / "made" / "out" / "sheet.docx"
            result.parent.mkdir(parents=True, exist_ok=True)
            caselib.write_sheet(result, [ROW])
        return Conversion(result, self.late, self.crashed, "said")

    def works(self):
        return True


@pytest.fixture
def office(tmp_path, monkeypatch):
    """Return a function that puts a stand-in, or none, in LibreOffice's place."""

    def use(**how):
        stand_in = None if how.get("none") else Office(tmp_path, **how)
        monkeypatch.setattr(legacy_word, "installed", lambda: stand_in)
        return stand_in

    return use


@pytest.fixture
def doc(tmp_path):
    folder = tmp_path / "ho-so"
    folder.mkdir()
    file = folder / "Bang tu cham.doc"
    file.write_bytes(ole_file("WordDocument", b"\xec\xa5\xc1\x00"))
    return file


def test_an_old_word_sheet_is_read_and_nothing_is_left_behind(office, doc, tmp_path):
    stand_in = office()
    rows = read(doc).rows
    assert [(row.code, row.claimed, row.maximum, len(row.cited)) for row in rows] == [("1.1", 1.5, 1.5, 1)]
    assert stand_in.asked == 1
    assert not (tmp_path / "made").exists()


def test_a_docx_under_an_old_name_needs_no_conversion(office, doc):
    office(none=True)
    caselib.write_sheet(doc, [ROW])
    assert [row.code for row in read(doc).rows] == ["1.1"]


@pytest.mark.parametrize(
    ("how", "code", "words"),
    [
        ({"none": True}, "sheet-old-word", "Lưu thành"),
        ({"makes": False, "crashed": True}, "sheet-old-word", "Lưu thành"),
        ({"makes": False, "late": True}, "sheet-unreadable", "quá lâu"),
        ({"makes": False}, "sheet-unreadable", ".docx"),
    ],
)
def test_where_it_cannot_be_read_a_sentence_says_what_to_do(office, doc, how, code, words):
    office(**how)
    with pytest.raises(BadSubmission) as caught:
        read_sheet(doc, {}, tables)
    assert caught.value.code == code
    assert words in caught.value.say("vi")
    assert "…" not in caught.value.say("en")


def test_what_is_no_word_file_at_all_is_refused(office, doc):
    office()
    doc.write_text("<!DOCTYPE html><html><body>Đăng nhập</body></html>", encoding="utf-8")
    with pytest.raises(BadSubmission) as caught:
        read_sheet(doc, {}, tables)
    assert caught.value.code == "sheet-unreadable"


@pytest.mark.parametrize(
    ("name", "sheet"),
    [
        ("Bang tu cham diem CCHC 2025", True),
        ("bảng_tự_đánh_giá", True),
        ("PL cham diem", True),
        ("Ke hoach CCHC nam 2025", False),
        ("Bao cao danh gia", False),
    ],
)
def test_in_a_folder_only_what_is_named_as_a_sheet_is_converted(office, doc, name, sheet):
    stand_in = office()
    assert named_as_sheet(name) is sheet
    doc.rename(doc.with_name(f"{name}.doc"))
    handed = with_sheets(read_folder(doc.parent, {}), tables)
    assert bool(handed.rows) is sheet
    assert stand_in.asked == int(sheet)
