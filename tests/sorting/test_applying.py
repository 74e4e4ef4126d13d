# SPDX-License-Identifier: Apache-2.0
"""Copies of a sorted pile: whole or not at all, nothing overwritten, nothing lost, and the result can be checked."""

from __future__ import annotations

import datetime
import errno
import os
import shutil
import unicodedata
from pathlib import Path

import pytest
from zipmaking import Entry, write_zip

from parcheck.errors import BadUsage
from parcheck.model import Reading, Status
from parcheck.sorting import Placement, Sorted, Sureness
from parcheck.sorting.applying import apply, folder_name
from parcheck.submission import Claim, Handed, Item, UnitName, Upstream
from parcheck.submission.filing import filed_under
from parcheck.submission.manifest import read_manifest

SAMPLE = Path(__file__).parents[2] / "samples" / "rules" / "par-so-mau-2025"


@pytest.fixture
def sample(session):
    return session.pack(SAMPLE)


@pytest.fixture
def pile(tmp_path, sample):
    """Return a function: name → (content, codes) of files in a folder → the pile, sorted that way."""

    def make(files, *, sheets=(), **known):
        folder = tmp_path / "dong-tep"
        placements = []
        for name, (content, *codes) in files.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
            os.utime(file, (1_700_000_000, 1_700_000_000))
            item = Item(file, unicodedata.normalize("NFC", name))
            reading = Reading(item.path, None, None, Status.READ)
            placements.append(Placement(item, reading, Sureness.SURE if codes else Sureness.UNSURE, tuple(codes)))
        handed = Handed(folder, tuple(one.item for one in placements), **known)
        return Sorted(sample, handed, tuple(placements), tuple(sheets))

    return make


def tree(folder):
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()
    }


def applied_to(result, target, session):
    return apply(result, target, session.catalogue)


def test_files_lie_under_their_criteria_and_the_rest_in_a_folder_of_its_own(pile, tmp_path, session, sample):
    result = pile({"KH 12.pdf": (b"plan", "1.1"), "BC 312.pdf": (b"report", "1.1", "1.2"), "khac.pdf": (b"?",)})
    before = tree(result.handed.path)
    done = applied_to(result, tmp_path / "xong", session)
    plans = "1.1 - Thực hiện kế hoạch CCHC năm"
    found = tree(tmp_path / "xong")
    assert found.pop("submission.yaml")
    assert found == {f"{plans}/KH 12.pdf": b"plan", f"{plans}/BC 312.pdf": b"report", "chưa xếp/khac.pdf": b"?"}
    assert done.paths["BC 312.pdf"] == f"{plans}/BC 312.pdf"
    assert not done.lost
    assert (tmp_path / "xong" / plans / "KH 12.pdf").stat().st_mtime == 1_700_000_000
    assert tree(result.handed.path) == before
    claims = read_manifest(tmp_path / "xong")["claims"]
    assert {code: claim.files for code, claim in claims.items()} == {"1.2": (f"{plans}/BC 312.pdf",)}
    handed = session.handed(tmp_path / "xong")
    filed = {item.path: filed_under(item.folders, sample.codes())[0] for item in handed.items}
    assert filed == {f"{plans}/KH 12.pdf": "1.1", f"{plans}/BC 312.pdf": "1.1", "chưa xếp/khac.pdf": None}


def test_what_is_known_of_the_unit_and_its_claims_is_kept(pile, tmp_path, session):
    names = (
        UnitName("UBND tỉnh A", datetime.date(2025, 7, 1)),
        UnitName("UBND tỉnh B", None, datetime.date(2025, 6, 30)),
    )
    known = {
        "unit": "UBND tỉnh A",
        "parent": "Chính phủ",
        "level": "tỉnh",
        "year": 2025,
        "names": names,
        "upstream": {"ke-hoach": Upstream("ke-hoach", "03/KH-UBND", datetime.date(2025, 1, 3))},
        "scope": ("1", "2"),
        "claims": {
            "1.1": Claim(claimed=0.0, figures={"a": 0.0, "b": 3.0}),
            "2.2": Claim(explanation="Không phát sinh.", not_applicable=True),
        },
    }
    applied_to(pile({"a.pdf": (b"a", "1.1", "1.2")}, **known), tmp_path / "xong", session)
    read = read_manifest(tmp_path / "xong")
    for name in ("unit", "parent", "level", "year", "names", "upstream", "scope"):
        assert read[name] == known[name], name
    assert read["claims"]["1.1"] == Claim(claimed=0.0, figures={"a": 0.0, "b": 3.0})
    assert read["claims"]["2.2"] == known["claims"]["2.2"]
    assert len(read["claims"]["1.2"].files) == 1


def test_one_name_twice_keeps_both_files(pile, tmp_path, session):
    decomposed = unicodedata.normalize("NFD", "c/Kế hoạch.pdf")
    files = {
        "a/Kế hoạch.pdf": (b"1", "1.1"),
        "b/kế HOẠCH.pdf": (b"2", "1.1"),
        decomposed: (b"3", "1.1"),
        "d/ghi chú": (b"4",),
    }
    applied_to(pile({**files, "e/ghi chú": (b"5",)}), tmp_path / "xong", session)
    found = tree(tmp_path / "xong")
    names = {path.rpartition("/")[2]: data for path, data in found.items() if path != "submission.yaml"}
    assert names == {
        "Kế hoạch.pdf": b"1",
        "kế HOẠCH (2).pdf": b"2",
        "Kế hoạch (3).pdf": b"3",
        "ghi chú": b"4",
        "ghi chú (2)": b"5",
    }


def test_a_name_as_long_as_a_disk_takes_stays_within_it(pile, tmp_path, session):
    name = "a" * 251 + ".pdf"
    applied_to(pile({f"1/{name}": (b"1",), f"2/{name}": (b"2",)}), tmp_path / "xong", session)
    found = tree(tmp_path / "xong")
    del found["submission.yaml"]
    assert list(found.values()) == [b"2", b"1"]
    assert {len(path.rpartition("/")[2]) for path in found} == {255}


def test_files_of_the_same_bytes_are_copied_once(pile, tmp_path, session):
    result = pile({"a.pdf": (b"1", "1.1"), "b.pdf": (b"1", "1.1")})
    first, second = result.placements
    copies = Sorted(
        result.pack,
        result.handed,
        (first, Placement(second.item, second.reading, Sureness.SURE, ("1.1",), same_as="a.pdf")),
    )
    done = applied_to(copies, tmp_path / "xong", session)
    assert len(tree(tmp_path / "xong")) == 2
    assert done.paths["b.pdf"] == done.paths["a.pdf"]


def test_files_inside_archives_are_unpacked(pile, tmp_path, session, sample):
    archive = write_zip(tmp_path / "tai-lieu.zip", Entry("Kế hoạch.pdf", b"plan"))
    item = Item(archive, "tai-lieu.zip/Kế hoạch.pdf", ("Kế hoạch.pdf",))
    one = Placement(item, Reading(item.path, None, None, Status.READ), Sureness.SURE, ("1.1",))
    done = applied_to(Sorted(sample, Handed(tmp_path / "dong-tep", (item,)), (one,)), tmp_path / "xong", session)
    assert (tmp_path / "xong" / done.paths[item.path]).read_bytes() == b"plan"


def test_the_self_assessment_goes_along(pile, tmp_path, session):
    result = pile({"a.pdf": (b"1", "1.1"), "tu-cham.docx": (b"sheet",)}, sheets=["tu-cham.docx"])
    kept = Sorted(result.pack, result.handed, result.placements[:1], result.sheets)
    applied_to(kept, tmp_path / "xong", session)
    assert (tmp_path / "xong" / "tu-cham.docx").read_bytes() == b"sheet"


def test_a_file_that_has_gone_is_told_and_the_rest_is_copied(pile, tmp_path, session):
    result = pile({"a.pdf": (b"1", "1.1"), "b.pdf": (b"2", "1.2")})
    (result.handed.path / "a.pdf").unlink()
    done = applied_to(result, tmp_path / "xong", session)
    assert [path for path, _ in done.lost] == ["a.pdf"]
    assert list(done.paths) == ["b.pdf"]


@pytest.mark.parametrize("what", ["folder", "file"])
def test_a_target_that_is_taken_is_refused_untouched(pile, tmp_path, session, what):
    target = tmp_path / "xong"
    if what == "folder":
        target.mkdir()
        (target / "cua-toi.txt").write_text("giữ", encoding="utf-8")
    else:
        target.write_text("giữ", encoding="utf-8")
    with pytest.raises(BadUsage) as caught:
        applied_to(pile({"a.pdf": (b"1", "1.1")}), target, session)
    assert caught.value.code == "sort-target-taken"
    assert (target / "cua-toi.txt" if what == "folder" else target).read_text(encoding="utf-8") == "giữ"


def test_an_empty_target_is_used(pile, tmp_path, session):
    (tmp_path / "xong").mkdir()
    applied_to(pile({"a.pdf": (b"1", "1.1")}), tmp_path / "xong", session)
    assert len(tree(tmp_path / "xong")) == 2


@pytest.mark.parametrize("inner", ["xong", "x/y", "."])
def test_a_target_inside_the_pile_is_refused(pile, session, inner):
    result = pile({"a.pdf": (b"1", "1.1")})
    with pytest.raises(BadUsage) as caught:
        applied_to(result, result.handed.path / inner, session)
    assert caught.value.code in ("sort-target-inside", "sort-target-taken")
    assert tree(result.handed.path) == {"a.pdf": b"1"}


@pytest.mark.parametrize(("number", "code"), [(errno.ENOSPC, "disk-full"), (errno.EACCES, "output-not-writable")])
def test_a_disk_that_fails_leaves_nothing_behind(pile, tmp_path, session, monkeypatch, number, code):
    result = pile({"a.pdf": (b"1", "1.1"), "b.pdf": (b"2", "1.2")})
    copied = []

    def copy(source, target, *_):
        if copied:
            raise OSError(number, os.strerror(number))
        copied.append(target)
        target.write(source.read())

    monkeypatch.setattr(shutil, "copyfileobj", copy)
    with pytest.raises(BadUsage) as caught:
        applied_to(result, tmp_path / "xong", session)
    assert caught.value.code == code
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dong-tep"]


def test_an_interrupted_copy_leaves_nothing_behind(pile, tmp_path, session, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(shutil, "copyfileobj", interrupted)
    with pytest.raises(KeyboardInterrupt):
        applied_to(pile({"a.pdf": (b"1", "1.1")}), tmp_path / "xong", session)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dong-tep"]


def test_every_folder_name_means_its_own_row(session):
    for name in ("par-tinh-2025", "cap-xa-lam-dong-2025", "xa-nq57-2026"):
        pack = session.pack(name)
        for row in pack.criteria:
            folder = folder_name(pack, row.code)
            assert filed_under([folder], pack.codes()) == (row.code, None), folder
            assert len(folder) <= 60
            assert not set(folder) & set('/\\:*?"<>|')
