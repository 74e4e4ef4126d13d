# SPDX-License-Identifier: Apache-2.0
"""A folder as a submission, with and without `submission.yaml`."""

from __future__ import annotations

import datetime
import json
import unicodedata

import filemaking
import pytest

from parcheck.errors import BadSubmission, BadUsage
from parcheck.submission import UnitName
from parcheck.submission.folder import read_folder
from parcheck.submission.manifest import read_manifest

FULL = """\
unit: UBND tỉnh Trường Giang
parent: Chính phủ
level: tỉnh
year: 2025
names:
  - {name: UBND tỉnh Trường Giang, from: 2025-07-01}
  - {name: UBND tỉnh Hồng Sơn, to: 2025-06-30}
upstream:
  ke-hoach-tinh: {symbol: 12/KH-UBND, issued_on: 2025-01-10}
  chua-ro: {}
scope: ["1", "2.1"]
criteria:
  "1.1": {claimed: 1.5, figures: {a: 40, b: 38}, explanation: "  vì thế ", not_applicable: true, files: [a.pdf]}
  1.10: {claimed: 0, explanation: "  "}
"""


@pytest.fixture
def folder(tmp_path):
    def make(manifest=None, *names):
        for name in names or ("1.1/a.pdf",):
            file = tmp_path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(b"x")
        if manifest is not None:
            (tmp_path / "submission.yaml").write_text(manifest, encoding="utf-8")
        return tmp_path

    return make


def test_everything_in_submission_yaml_arrives(folder):
    handed = read_folder(folder(FULL), {})
    assert (handed.unit, handed.parent, handed.level, handed.year) == (
        "UBND tỉnh Trường Giang", "Chính phủ", "tỉnh", 2025,
    )  # fmt: skip
    assert handed.names == (
        UnitName("UBND tỉnh Trường Giang", since=datetime.date(2025, 7, 1)),
        UnitName("UBND tỉnh Hồng Sơn", until=datetime.date(2025, 6, 30)),
    )
    assert handed.unit_names == (UnitName("UBND tỉnh Trường Giang"), handed.names[1])
    assert handed.upstream["ke-hoach-tinh"].issued_on == datetime.date(2025, 1, 10)
    assert handed.upstream["chua-ro"].symbol is None
    assert handed.scope == ("1", "2.1")
    claim = handed.claims["1.1"]
    assert (claim.claimed, claim.figures, claim.explanation, claim.not_applicable, claim.files) == (
        1.5, {"a": 40, "b": 38}, "vì thế", True, ("a.pdf",),
    )  # fmt: skip
    assert handed.claims["1.10"].explanation is None


def test_codes_keep_their_last_nought(folder):
    assert set(read_manifest(folder(FULL))["claims"]) == {"1.1", "1.10"}


@pytest.mark.parametrize("manifest", [None, "", "# trống\n", "{}\n"])
def test_everything_may_be_left_out(folder, manifest):
    handed = read_folder(folder(manifest), {})
    assert (handed.unit, handed.year, handed.claims, handed.unit_names) == (None, None, {}, ())
    assert [item.path for item in handed.items] == ["1.1/a.pdf"]


def test_the_plain_name_is_among_the_names(folder):
    handed = read_folder(folder("unit: UBND xã A\nnames: [{name: UBND xã B}]\n"), {})
    assert [name.name for name in handed.unit_names] == ["UBND xã A", "UBND xã B"]


def test_the_command_line_wins(folder):
    handed = read_folder(folder(FULL), {"unit": "Sở Nội vụ", "year": "2026"})
    assert (handed.unit, handed.year) == ("Sở Nội vụ", 2026)


@pytest.mark.parametrize("year", ["hai nghìn", "1999", "2101", "25", "2025.0", "-2025", "２０２５x"])
def test_a_year_that_is_no_year_is_refused_in_words(folder, year):
    with pytest.raises(BadUsage) as caught:
        read_folder(folder(), {"year": year})
    assert caught.value.code == "year-bad"
    assert f"“{year}”" in caught.value.say("vi")
    assert "…" not in caught.value.say("vi") + caught.value.say("en")


@pytest.mark.parametrize(
    ("manifest", "line", "code", "words"),
    [
        ("unit: UBND xã A\nnam: 2025\n", 2, "submission-key-unknown", ["nam", "year", "unit", "criteria"]),
        ("year: 25\n", 1, "submission-value", ["year", "25", "≥ 2000"]),
        ("year: 3000\n", 1, "submission-value", ["3000", "≤ 2100"]),
        ("unit: UBND\nyear: '2025'\n", 2, "submission-value", ['"2025"', "integer"]),
        ("year: hai\n", 1, "submission-value", ["hai", "integer"]),
        ("unit: A\n", 1, "submission-value", ['"A"', " 2 "]),
        ("unit: [A, B]\n", 1, "submission-value", ['["A", "B"]', "string"]),
        ("- a\n", 1, "submission-value", ['["a"]', "object"]),
        ("chỉ một dòng\n", 1, "submission-value", ["chỉ một dòng", "object"]),
        ("names: {name: A}\n", 1, "submission-value", ["names", "array"]),
        ("names:\n  - {from: 2025-01-01}\n", 2, "submission-value", ["names[1]", "{from}", "{name}"]),
        ("names:\n  - {name: AB, form: 2025-01-01}\n", 2, "submission-key-unknown", ["form", "from"]),
        ("names:\n  - {name: AB, from: 01/07/2025}\n", 2, "submission-value", ["01/07/2025", "YYYY-MM-DD"]),
        ("names:\n  - {name: AB, from: 2025-02-30}\n", 2, "submission-value", ["2025-02-30", "YYYY-MM-DD"]),
        ("names:\n  - {name: AB, to: 2025-13-01}\n", 2, "submission-value", ["2025-13-01", "YYYY-MM-DD"]),
        ("upstream: {a: {date: 2025-01-01}}\n", 1, "submission-key-unknown", ["date", "issued_on, symbol"]),
        ("upstream:\n  a: {issued_on: 10.01.2025}\n", 2, "submission-value", ["10.01.2025", "YYYY-MM-DD"]),
        ("upstream: [a]\n", 1, "submission-value", ["upstream", "object"]),
        ("scope: 1\n", 1, "submission-value", ["scope", "1", "array"]),
        ("scope: [1]\n", 1, "submission-value", ["scope[1]", "string"]),
        ("criteria:\n  '1.1': 1.5\n", 2, "submission-value", ["criteria.1.1", "1.5", "object"]),
        ("criteria:\n  '1.1':\n    claimed: 1,5\n", 3, "submission-value", ["1,5", "number"]),
        ("criteria:\n  '1.1':\n    claimed: -1\n", 3, "submission-value", ["-1", "≥ 0"]),
        ("criteria:\n  '1.1':\n    point: 1\n", 3, "submission-key-unknown", ["point", "claimed"]),
        ("criteria:\n  '1.1':\n    figures: {a: 40%}\n", 3, "submission-value", ["40%", "number"]),
        ("criteria:\n  '1.1':\n    explanation: 5\n", 3, "submission-value", ["5", "string"]),
        ("criteria:\n  '1.1':\n    not_applicable: có\n", 3, "submission-value", ["có", "boolean"]),
        ("criteria:\n  '1.1':\n    files: a.pdf\n", 3, "submission-value", ["a.pdf", "array"]),
        ("criteria:\n  '1.1':\n    files: ['']\n", 3, "submission-value", ["files[1]", " 1 "]),
        ("unit: A B\nunit: C D\n", 2, "submission-yaml", ["unit"]),
        ("unit: A: B\n", 1, "submission-yaml", ["mapping values"]),
        ("unit: [A\n", 2, "submission-yaml", ["expected"]),
        ("unit: &a [*a]\n", 1, "submission-yaml", ["200000"]),
    ],
)  # fmt: skip
def test_a_bad_manifest_is_told_by_file_line_found_and_allowed(folder, manifest, line, code, words):
    with pytest.raises(BadSubmission) as caught:
        read_folder(folder(manifest), {})
    fault = caught.value.faults[0]
    assert fault.code == code
    for language in ("vi", "en"):
        sentence = fault.say(language)
        assert sentence.startswith("submission.yaml, dòng " if language == "vi" else "submission.yaml, line ")
        assert f" {line}: " in sentence
        assert [word for word in words if word not in sentence] == []
        assert "…" not in sentence


def test_all_faults_are_told_at_once(folder):
    with pytest.raises(BadSubmission) as caught:
        read_folder(folder("yaer: 1\nyear: x\nscope: 1\n"), {})
    assert len(caught.value.faults) == 3
    assert len(str(caught.value).splitlines()) == 3


def test_a_manifest_that_is_no_text(folder, tmp_path):
    path = folder()
    (tmp_path / "submission.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadSubmission, match=r"submission\.yaml, dòng 1"):
        read_folder(path, {})


def test_an_empty_folder_is_no_submission(tmp_path):
    (tmp_path / "submission.yaml").write_text("year: 2025\n", encoding="utf-8")
    (tmp_path / "1.1").mkdir()
    with pytest.raises(BadSubmission, match="không có tệp nào"):
        read_folder(tmp_path, {})


def test_no_file_is_lost_and_the_system_s_own_are_left_out(folder):
    names = [
        "loose.pdf", "1.1/b.pdf", "1.1/a/c/d.pdf", "1.1/Thumbs.db", "1.1/desktop.ini", ".DS_Store",
        "__MACOSX/1.1/._b.pdf", ".git/config", "1.1/~$b.docx", "1.1/.an.pdf", "1.1/submission.yaml", "1.1/không đuôi",
    ]  # fmt: skip
    assert [item.path for item in read_folder(folder(None, *names), {}).items] == [
        "1.1/.an.pdf", "1.1/a/c/d.pdf", "1.1/b.pdf", "1.1/không đuôi", "1.1/submission.yaml", "1.1/~$b.docx",
        "loose.pdf",
    ]  # fmt: skip


def test_paths_are_composed_letters_and_forward_slashes(folder):
    name = unicodedata.normalize("NFD", "1.1 - Kế hoạch/Quyết định.pdf")
    item = read_folder(folder(None, name), {}).items[0]
    assert item.path == "1.1 - Kế hoạch/Quyết định.pdf"
    assert item.folders == ("1.1 - Kế hoạch",)
    assert item.file.read_bytes() == b"x"


def test_a_name_is_in_force_on_its_first_and_last_day():
    name = UnitName("A", datetime.date(2025, 1, 1), datetime.date(2025, 6, 30))
    days = [
        datetime.date(2024, 12, 31),
        datetime.date(2025, 1, 1),
        datetime.date(2025, 6, 30),
        datetime.date(2025, 7, 1),
    ]
    assert [name.valid_on(day) for day in days] == [False, True, True, False]
    assert name.valid_on(None)
    assert UnitName("A").valid_on(days[0])


def test_session_tells_what_is_no_submission(session, tmp_path):
    with pytest.raises(BadSubmission) as caught:
        session.handed(tmp_path / "nowhere")
    assert caught.value.code == "path-not-found"
    file = filemaking.facts_file(tmp_path / "a.facts", type="KH")
    with pytest.raises(BadSubmission) as caught:
        session.handed(file)
    assert caught.value.code == "path-not-folder"
    assert json.dumps(str(file))[1:-1] in caught.value.say("vi")
