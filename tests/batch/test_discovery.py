# SPDX-License-Identifier: Apache-2.0
"""Which folders are submissions."""

from __future__ import annotations

from parcheck.submission.discovery import find_submissions, natural

CODES = {"1", "1.1", "1.2"}


def folders(root, *paths):
    for path in paths:
        (root / path).mkdir(parents=True)
    return root


def found(root):
    return [path.relative_to(root).as_posix() for path in find_submissions(root, CODES)]


def test_a_folder_with_folders_named_by_codes_is_one_submission(tmp_path):
    assert found(folders(tmp_path, "1.1 - Kế hoạch", "khác")) == ["."]


def test_a_folder_with_a_manifest_is_one_submission(tmp_path):
    (folders(tmp_path, "anh") / "submission.yaml").write_text("unit: A\n", encoding="utf-8")
    assert found(tmp_path) == ["."]


def test_units_beside_each_other_in_the_order_people_sort_them(tmp_path):
    root = folders(tmp_path, "10 Xã B/1.1", "2 Xã A/1.2", "Xã C chưa sắp xếp/ảnh", ".git/1.1", "__MACOSX/1.1")
    assert found(root) == ["2 Xã A", "10 Xã B", "Xã C chưa sắp xếp"]


def test_units_below_former_districts(tmp_path):
    root = folders(tmp_path, "Huyện A/Xã 1/1.1", "Huyện A/Xã 2/1.1", "Huyện B/Xã 3/1.1")
    assert found(root) == ["Huyện A/Xã 1", "Huyện A/Xã 2", "Huyện B/Xã 3"]


def test_zips_are_units_and_zips_named_by_a_code_are_evidence(tmp_path):
    root = folders(tmp_path, "Xã 1/1.1")
    (root / "Xã 2.zip").write_bytes(b"PK")
    assert found(root) == ["Xã 1", "Xã 2.zip"]
    (root / "1.2.zip").write_bytes(b"PK")
    assert found(root) == ["."]


def test_what_looks_like_nothing_is_taken_as_it_is(tmp_path):
    root = folders(tmp_path, "a/b/c")
    assert found(root) == ["."]
    file = root / "tu-cham.docx"
    file.write_bytes(b"PK")
    assert find_submissions(file, CODES) == [file]
    assert find_submissions(root / "không có", CODES) == [root / "không có"]


def test_natural_order_is_total_for_any_name():
    names = ["Xã 10", "Xã 2", "xã 2", "", "2", "a", "Xã ²"]
    assert sorted(names, key=natural)[:3] == ["", "2", "a"]
    assert sorted(["Xã 10", "Xã 2"], key=natural) == ["Xã 2", "Xã 10"]
