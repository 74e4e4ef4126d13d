# SPDX-License-Identifier: Apache-2.0
"""Which folders are submissions."""

from __future__ import annotations

from zipmaking import Entry, write_zip

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


def zips(root, **inside):
    for name, paths in inside.items():
        file = root / name.replace("__", "/").replace("_", " ")
        file.parent.mkdir(parents=True, exist_ok=True)
        write_zip(file.with_suffix(".zip"), *map(Entry, paths))
    return root


def test_zips_beside_each_other_are_units_when_they_answer_to_the_same_criteria(tmp_path):
    root = zips(tmp_path, Xã_10=["1.1/a.pdf"], Xã_2=["ho-so/1.1 - Kế hoạch/a.pdf", "ho-so/1.2.zip"], Xã_3=["ảnh/a.jpg"])
    assert found(root) == ["Xã 2.zip", "Xã 3.zip", "Xã 10.zip"]


def test_folders_with_one_zip_each_are_units_too(tmp_path):
    root = zips(tmp_path, Xã_1__hồ_sơ=["1.2/a.pdf"], Xã_2__hồ_sơ=["1.2/a.pdf", "tu-cham.docx"], Xã_3__ảnh=["a.jpg"])
    (root / "Xã 1" / "tu-cham.docx").write_bytes(b"PK")
    assert found(root) == ["Xã 1", "Xã 2", "Xã 3"]


def test_a_manifest_in_a_zip_shows_a_unit(tmp_path):
    root = zips(tmp_path, Xã_1=["submission.yaml", "a.pdf"], Xã_2=["b.pdf"])
    assert found(root) == ["Xã 1.zip", "Xã 2.zip"]


def test_parts_of_one_submission_are_no_units(tmp_path):
    assert found(zips(tmp_path, phần_một=["1.1/a.pdf"], phần_hai=["1.2/a.pdf"], khác=["a.pdf"])) == ["."]
    (tmp_path / "hỏng.zip").write_bytes(b"PK\3\4")
    assert found(tmp_path) == ["."]


def test_one_zip_alone_is_the_folders(tmp_path):
    assert found(zips(tmp_path, hồ_sơ=["1.1/a.pdf", "1.2/a.pdf"])) == ["."]
