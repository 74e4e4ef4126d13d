# SPDX-License-Identifier: Apache-2.0
"""`rules new`: a pack to start from that has no fault, checks, and overwrites nothing."""

from __future__ import annotations

import pytest

from parcheck.rules.starting import id_from


def test_a_new_pack_has_no_fault_its_cases_hold_and_it_checks(tmp_path, parcheck_command, installed, handed_in):
    installed("faulty.sheet")
    folder = tmp_path / "bo-cua-xa"
    code, out, err = parcheck_command("rules", "new", folder, "--year", "2026", "--title", 'Bộ "của" xã: 2026')
    assert code == 0
    assert [line.rsplit("/", 1)[-1] for line in out.splitlines()] == [
        "pack.yaml", "linh-vuc-1.yaml", "tinh-huong.yaml", "rules.schema.json",
    ]  # fmt: skip
    assert "parcheck rules lint" in err
    assert parcheck_command("rules", "lint", folder) == (0, "Bộ tiêu chí bo-cua-xa: không thấy lỗi.\n", "")
    assert parcheck_command("rules", "test", folder) == (0, "Bộ tiêu chí bo-cua-xa: 4 tình huống, đều đúng.\n", "")
    code, out, _ = parcheck_command("check", handed_in("1.1/a.facts"), "--rules", folder)
    assert code == 1
    assert 'Bộ "của" xã: 2026' in out


def test_id_title_and_year_are_those_asked_for(tmp_path, session, parcheck_command):
    parcheck_command("rules", "new", tmp_path / "x", "--id", "xa-2027", "--title", "Bộ xã", "--year", "2027")
    pack = session.pack(tmp_path / "x")
    assert (pack.id, pack.title, pack.year, pack.version) == ("xa-2027", "Bộ xã", 2027, "2027.1")


@pytest.mark.parametrize("name", ["pack.yaml", "linh-vuc-1.yaml", "tests/tinh-huong.yaml", "rules.schema.json"])
def test_nothing_is_overwritten_and_nothing_is_half_written(tmp_path, parcheck_command, name):
    file = tmp_path / "bo" / name
    file.parent.mkdir(parents=True)
    file.write_text("của tôi", encoding="utf-8")
    code, out, err = parcheck_command("rules", "new", tmp_path / "bo")
    assert (code, out) == (2, "")
    assert str(file) in err
    assert file.read_text(encoding="utf-8") == "của tôi"
    assert [each for each in (tmp_path / "bo").rglob("*") if each.is_file()] == [file]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--id", "Bộ xã"], "a-z 0-9 -"),
        (["--title", "x"], "≥ 3"),
        (["--year", "26"], "2000"),
    ],
)
def test_what_cannot_be_used_is_refused(tmp_path, parcheck_command, arguments, words):
    code, _, err = parcheck_command("rules", "new", tmp_path / "bo", *arguments)
    assert code == 2
    assert words in err
    assert not (tmp_path / "bo").exists()


def test_a_folder_that_cannot_be_made_is_told(tmp_path, parcheck_command):
    (tmp_path / "tep").write_text("", encoding="utf-8")
    code, _, err = parcheck_command("rules", "new", tmp_path / "tep" / "bo")
    assert code == 2
    assert "Chưa ghi được" in err


@pytest.mark.parametrize(
    ("name", "id_"),
    [("Bộ tiêu chí Xã 2026", "bo-tieu-chi-xa-2026"), ("Đặc khu", "dac-khu"), ("a__b", "a-b"), ("…", "")],
)
def test_ids_are_made_of_names(name, id_):
    assert id_from(name) == id_
