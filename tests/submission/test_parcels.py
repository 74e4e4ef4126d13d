# SPDX-License-Identifier: Apache-2.0
"""ZIP archives as part of a submission, and as the whole of it: the same report as the folder that was zipped."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
import unicodedata
from pathlib import Path

import caselib
import filemaking
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from zipmaking import LOCKED, Entry, raw_zip, write_zip, zip_folder

from parcheck.archives.names import cleaned
from parcheck.errors import BadSubmission, UnreadableFile
from parcheck.provenance import inputs_of
from parcheck.reporting.as_json import report_data
from parcheck.submission import Item, parcels
from parcheck.submission.opening import find, opened

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def scratch(tmp_path, monkeypatch):
    """Nothing that is unpacked is left behind."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


def paths(handed):
    return [item.path for item in handed.items]


@pytest.fixture
def in_folder(tmp_path, session):
    """Return a function that hands in a folder with one archive, and gives the paths of the items."""

    def hand_in(name, *entries):
        write_zip(tmp_path / "ho-so" / name, *entries)
        return session.handed(tmp_path / "ho-so")

    return hand_in


# --- in a folder --------------------------------------------------------------------------------------------------


def test_members_are_filed_where_the_archive_lies(in_folder):
    handed = in_folder("1.1/Tài liệu.zip", Entry("Kế hoạch.pdf"), Entry("phụ lục/b.pdf"))
    assert paths(handed) == ["1.1/Tài liệu.zip/Kế hoạch.pdf", "1.1/Tài liệu.zip/phụ lục/b.pdf"]
    assert {item.member for item in handed.items} == {("Kế hoạch.pdf",), ("phụ lục/b.pdf",)}
    assert {item.archives for item in handed.items} == {("1.1/Tài liệu.zip",)}


@pytest.mark.parametrize(
    ("archive", "member", "code"),
    [
        ("1.1.zip", "a.facts", "1.1"),
        ("1.1 - Kế hoạch.zip", "a.facts", "1.1"),
        ("Tài liệu.zip", "1.1/a.facts", "1.1"),
        ("1.1.zip", "1.1/a.facts", "1.1"),
        ("1.zip", "1.1. Kế hoạch/a.facts", "1.1"),
        ("Tài liệu.zip", "a.facts", None),
    ],
)
def test_names_of_archives_and_of_folders_in_them_may_be_codes(
    tmp_path, pack_folder, sheet_session, archive, member, code
):
    plan = json.dumps(filemaking.PLAN_FACTS, ensure_ascii=False).encode()
    write_zip(tmp_path / "ho-so" / archive, Entry(member, plan))
    (result,) = sheet_session.check(tmp_path / "ho-so", pack_folder, workers=1).submissions
    (document,) = result.documents
    assert document.criteria == ((code,) if code else ())
    assert document.reading.facts["symbol"] == "12/KH-SNV"
    assert result.ready is (code is not None)


@pytest.fixture
def sheet_session():
    """Everything installed, and a plugin that reads files of facts."""
    from parcheck.checking import Session
    from parcheck.plugins import PluginChoice, Plugins

    return Session(Plugins(PluginChoice(extra=("faulty.sheet",))))


def test_archives_in_archives_are_opened_up_to_a_limit(in_folder):
    data, name = raw_zip(Entry("d.pdf")), "d.pdf"
    for level in "cba":
        data = raw_zip(Entry(f"{level}.zip", data), Entry(f"{level}.pdf"))
        name = f"{level}.zip/{name}"
    handed = in_folder("1.1/z.zip", Entry("y.zip", data))
    assert paths(handed) == ["1.1/z.zip/y.zip/a.pdf", "1.1/z.zip/y.zip/a.zip/b.pdf", "1.1/z.zip/y.zip/a.zip/b.zip"]
    assert handed.items[1].archives == ("1.1/z.zip/y.zip/a.zip", "1.1/z.zip/y.zip", "1.1/z.zip")


def test_one_submission_has_limits_for_all_its_archives_together(in_folder, monkeypatch):
    inner = raw_zip(Entry("a.pdf"), Entry("b.pdf"))
    monkeypatch.setattr(parcels, "MAX_ITEMS", 5)
    handed = in_folder("1.1/z.zip", Entry("1.zip", inner), Entry("2.zip", inner))
    assert paths(handed) == ["1.1/z.zip/1.zip/a.pdf", "1.1/z.zip/1.zip/b.pdf", "1.1/z.zip/2.zip"]
    monkeypatch.setattr(parcels, "MAX_ITEMS", 6)
    monkeypatch.setattr(parcels, "MAX_INNER", len(inner) + 1)
    assert paths(in_folder("1.1/z.zip", Entry("1.zip", inner), Entry("2.zip", inner)))[2:] == ["1.1/z.zip/2.zip"]


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04", raw_zip(), raw_zip(Entry("[Content_Types].xml")), raw_zip(Entry("a", flags=LOCKED)),
     raw_zip(Entry("Thumbs.db"), Entry("__MACOSX/._a.pdf"), Entry(".git/config"), Entry("1.1/"))],
    ids=["nothing", "broken", "empty", "Office", "locked", "system files"],
)  # fmt: skip
def test_an_archive_that_gives_nothing_stays_itself(tmp_path, session, data):
    folder = tmp_path / "ho-so" / "1.1"
    folder.mkdir(parents=True)
    (folder / "a.zip").write_bytes(data)
    write_zip(folder / "b.zip", Entry("a.zip", data))
    assert paths(session.handed(tmp_path / "ho-so")) == ["1.1/a.zip", "1.1/b.zip/a.zip"]


def test_a_claim_may_name_an_archive_or_a_file_in_one(tmp_path, pack_folder, sheet_session):
    plan = json.dumps(filemaking.PLAN_FACTS).encode()
    folder = tmp_path / "ho-so"
    write_zip(folder / "chung.zip", Entry("a.facts", plan), Entry("b.facts", plan[:-1] + b" }"))
    for listed, expected in (("chung.zip", 2), ("a.facts", 1), ("chung.zip/b.facts", 1)):
        caselib.write_yaml(folder / "submission.yaml", {"criteria": {"1.1": {"files": [listed]}}})
        (result,) = sheet_session.check(folder, pack_folder, workers=1).submissions
        assert sum(bool(document.criteria) for document in result.documents) == expected
        assert not [finding for finding in result.findings if finding.code == "file-not-found"]


# --- as the whole -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("top", ["", "ho-so/", "Hồ sơ/năm 2025/", "1 - Sở Nội vụ/"])
def test_a_zip_is_the_folder_that_was_zipped(tmp_path, session, top):
    folder = tmp_path / "ho-so"
    filemaking.facts_file(folder / "1.1/Kế hoạch.facts")
    write_zip(folder / "1.2/Tài liệu.zip", Entry("b.pdf"))
    (folder / "submission.yaml").write_text("unit: UBND xã A\nyear: 2024\n", encoding="utf-8")
    caselib.write_sheet(folder / "tu-cham.docx", [["1.1", "Kế hoạch", "1,5", "1", "Kế hoạch số 12/KH-UBND"]])
    plain = session.handed(folder)
    zipped = session.handed(zip_folder(folder, tmp_path / "ho-so.zip", top))
    assert paths(zipped) == paths(plain) == ["1.1/Kế hoạch.facts", "1.2/Tài liệu.zip/b.pdf"]
    assert [item.folders for item in zipped.items] == [item.folders for item in plain.items]
    assert (zipped.unit, zipped.year, zipped.rows) == (plain.unit, plain.year, plain.rows)
    assert zipped.rows
    assert session.handed(tmp_path / "ho-so.zip", unit="B", year=2026).year == 2026


@pytest.mark.parametrize("around", ["folder", "zip"])
@pytest.mark.parametrize("top", ["", "ho-so/"])
def test_what_was_packed_into_one_archive_is_read_as_if_it_lay_outside(tmp_path, session, around, top):
    folder = tmp_path / "ho-so"
    filemaking.facts_file(folder / "1.1/Kế hoạch.facts")
    (folder / "submission.yaml").write_text("unit: UBND xã A\nyear: 2024\n", encoding="utf-8")
    caselib.write_sheet(folder / "tu-cham.docx", [["1.1", "Kế hoạch", "1,5", "1", "Kế hoạch số 12/KH-UBND"]])
    inner = zip_folder(folder, tmp_path / "001 - Xã A" / "Hồ sơ.zip", top)
    root = inner.parent if around == "folder" else zip_folder(inner.parent, tmp_path / "Xã A.zip", "")
    handed = session.handed(root)
    assert paths(handed) == [f"Hồ sơ.zip/{top}1.1/Kế hoạch.facts"]
    assert handed.top == f"Hồ sơ.zip/{top}"
    assert (handed.unit, handed.year, [row.code for row in handed.rows]) == ("UBND xã A", 2024, ["1.1"])
    assert (session.handed(root, unit="B").unit, session.handed(root, year=2026).year) == ("B", 2026)
    with opened(root, handed.rows[0].sheet) as file:
        assert file.name == "tu-cham.docx"
    inputs = [path for path, _ in inputs_of(handed)]
    assert inputs == (["Hồ sơ.zip"] if around == "folder" else ["Xã A.zip"])


def test_an_archive_with_nothing_but_what_is_said_of_the_unit(tmp_path, session):
    folder = tmp_path / "ho-so"
    folder.mkdir()
    caselib.write_sheet(folder / "tu-cham.docx", [["1.1", "Kế hoạch", "1,5", "1", "Kế hoạch số 12/KH-UBND"]])
    (folder / "submission.yaml").write_text("unit: UBND xã A\n", encoding="utf-8")
    root = zip_folder(folder, tmp_path / "001 - Xã A" / "Hồ sơ.zip", "").parent
    handed = session.handed(root)
    assert (handed.unit, handed.items, [row.code for row in handed.rows]) == ("UBND xã A", (), ["1.1"])
    assert [path for path, _ in inputs_of(handed)] == ["Hồ sơ.zip"]


def test_a_manifest_outside_the_archive_holds(tmp_path, session):
    root = tmp_path / "ho-so"
    write_zip(root / "a.zip", Entry("1.1/a.pdf"), Entry("submission.yaml", b"unit: UBND B"))
    (root / "submission.yaml").write_text("unit: UBND xã A\n", encoding="utf-8")
    handed = session.handed(root)
    assert (handed.unit, paths(handed)) == ("UBND xã A", ["a.zip/1.1/a.pdf", "a.zip/submission.yaml"])


@pytest.mark.parametrize(
    "entries",
    [
        {"1.1.zip": ["a.pdf", "tu-cham.docx"]},
        {"a.zip": ["1.1/a.pdf"], "b.zip": ["1.2/a.pdf"]},
        {"a.zip": ["1.1/a.pdf"], "1.2/b.zip": ["a.pdf"]},
    ],
)
def test_an_archive_beside_others_or_of_a_criterion_is_not_around_all(tmp_path, session, entries):
    for name, inside in entries.items():
        write_zip(tmp_path / "ho-so" / name, *map(Entry, inside))
    assert session.handed(tmp_path / "ho-so").top == ""


def test_a_faulty_manifest_in_the_archive_is_named(tmp_path, session):
    write_zip(tmp_path / "ho-so" / "a.zip", Entry("1.1/a.pdf"), Entry("submission.yaml", b"unti: B"))
    with pytest.raises(BadSubmission) as caught:
        session.handed(tmp_path / "ho-so")
    assert caught.value.code == "bad-manifest"


@pytest.mark.parametrize("name", ["1.1/a.pdf", "1.1 - Kế hoạch/phụ lục/a.pdf", "1.2/3 - quý III/a.pdf", "1/1.1/a.pdf"])
def test_a_folder_that_is_a_criterion_is_no_wrapper(tmp_path, session, name):
    assert paths(session.handed(write_zip(tmp_path / "a.zip", Entry(name)))) == [name]


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        ([], "zip-empty"),
        ([Entry("submission.yaml", b"year: 2025")], "zip-empty"),
        ([Entry("a", flags=LOCKED)], "zip-locked"),
        ([Entry("a"), Entry("b", offset=0)], "zip-unreadable"),
        ([Entry(str(n)) for n in range(10_001)], "zip-too-large"),
        ([Entry("1.1/a.pdf"), Entry("submission.yaml", flags=LOCKED)], "zip-unreadable"),
        ([Entry("1.1/a.pdf"), Entry("submission.yaml", b"#" * (5 << 20))], "zip-unreadable"),
        ([Entry("1.1/a.pdf"), Entry("submission.yaml", b"nam: 2025")], "bad-manifest"),
    ],
)
def test_a_zip_that_cannot_be_checked_is_refused_in_words(tmp_path, session, entries, code):
    with pytest.raises(BadSubmission) as caught:
        session.handed(write_zip(tmp_path / "a.zip", *entries))
    assert caught.value.code == code
    for language in ("vi", "en"):
        assert "…" not in caught.value.say(language)
        assert "a.zip" in caught.value.say(language) or "submission.yaml" in caught.value.say(language)


def test_the_sample_zipped_gives_the_report_of_the_folder(tmp_path, session):
    folder = ROOT / "samples" / "so-noi-vu-truong-giang"
    archive = zip_folder(folder, tmp_path / "so.zip", "Sở Nội vụ/")
    pack = ROOT / "samples" / "rules" / "par-so-mau-2025"
    reports = []
    for path in (folder, archive):
        data = report_data(session.check(path, pack, workers=2), session.catalogue, "vi")
        del data["run"], data["digest"]
        for submission in data["submissions"]:
            for key in ("path", "inputs"):
                submission.pop(key, None)
        reports.append(json.loads(json.dumps(data, ensure_ascii=False)))
    assert reports[0] == reports[1]
    assert reports[0]["submissions"][0]["ready"] is True


# --- bytes again --------------------------------------------------------------------------------------------------


@pytest.fixture
def handed(tmp_path):
    """A folder with plain files, names in both forms, and archives in archives."""
    folder = tmp_path / "ho-so"
    (folder / unicodedata.normalize("NFD", "1.1 - Kế hoạch")).mkdir(parents=True)
    (folder / unicodedata.normalize("NFD", "1.1 - Kế hoạch/Quyết định.pdf")).write_bytes(b"one")
    (folder / "1.1 - Kế hoạch").mkdir(exist_ok=True)
    (folder / "1.1 - Kế hoạch/khác.pdf").write_bytes(b"two")
    inner = raw_zip(Entry(unicodedata.normalize("NFD", "sâu/Báo cáo.pdf"), b"three"))
    name = unicodedata.normalize("NFD", "1.2/Tài liệu.zip")
    write_zip(folder / name, Entry("trong.zip", inner), Entry("b.pdf", b"four"))
    return folder


def test_a_file_is_found_by_its_path_in_the_report(tmp_path, session, handed):
    archive = zip_folder(handed, tmp_path / "ho-so.zip", "Hồ sơ/")
    for root in (handed, archive):
        items = session.handed(root).items
        assert len(items) == 4
        found = {}
        for item in items:
            assert find(root, item.path) == item
            with opened(item) as first, opened(root, item.path) as second:
                assert first.read_bytes() == second.read_bytes()
                assert unicodedata.normalize("NFC", second.name) == item.path.split("/")[-1]
                found[item.path] = second.read_bytes()
            assert second.exists() is (not item.member)
        assert found == {
            "1.1 - Kế hoạch/Quyết định.pdf": b"one",
            "1.1 - Kế hoạch/khác.pdf": b"two",
            "1.2/Tài liệu.zip/trong.zip/sâu/Báo cáo.pdf": b"three",
            "1.2/Tài liệu.zip/b.pdf": b"four",
        }


@pytest.mark.parametrize(
    "path",
    ["", ".", "..", "../ho-so/1.2/a.pdf", "/etc/passwd", "1.2", "1.2/", "1.2//Tài liệu.zip", "1.2/Tài liệu.zip/c.pdf",
     "1.2/Tài liệu.zip/b.pdf/x", "1.2/Tài liệu.zip/trong.zip/khác.pdf", "1.3/a.pdf"],
)  # fmt: skip
def test_what_was_not_handed_in_is_not_found(tmp_path, handed, path):
    for root in (handed, zip_folder(handed, tmp_path / "ho-so.zip")):
        with pytest.raises(FileNotFoundError), opened(root, path):
            pass


def test_a_member_that_cannot_be_unpacked_is_no_file(tmp_path):
    archive = write_zip(tmp_path / "a.zip", Entry("1.1/a.pdf", flags=LOCKED), Entry("1.1/b.pdf"))
    with pytest.raises(UnreadableFile), opened(archive, "1.1/a.pdf"):
        pass
    with pytest.raises(UnreadableFile), opened(Item(archive, "1.1/a.pdf", ("1.1/a.pdf",))):
        pass


# --- what is read -------------------------------------------------------------------------------------------------


def test_the_report_digests_the_member_itself(tmp_path, pack_folder, session):
    plan = filemaking.make(tmp_path / "Kế hoạch.pdf", "a plan as PDF").read_bytes()
    write_zip(tmp_path / "ho-so/1.1/a.zip", Entry("Kế hoạch.pdf", plan), Entry("Khoá.pdf", flags=LOCKED))
    report = session.check(tmp_path / "ho-so", pack_folder, workers=1)
    second, first = report.submissions[0].documents
    assert first.reading.sha256 == hashlib.sha256(plan).hexdigest()
    assert [problem.code for problem in second.reading.problems] == ["file-encrypted"]
    assert second.reading.sha256 is None


def test_a_worker_that_is_killed_leaves_nothing_behind(tmp_path, pack_folder, scratch):
    """The copy that it was reading lies in a folder of its own, which the caller removes."""
    from parcheck.checking import Session
    from parcheck.plugins import PluginChoice, Plugins
    from parcheck.reading.pool import Limits

    session = Session(Plugins(PluginChoice(extra=("faulty.hang", "faulty.sheet"))))
    inner = raw_zip(Entry("hang.facts", b"{}"), Entry("a.facts", json.dumps(filemaking.PLAN_FACTS).encode()))
    write_zip(tmp_path / "ho-so/1.1/a.zip", Entry("b.zip", inner))
    report = session.check(tmp_path / "ho-so", pack_folder, workers=1, limits=Limits(seconds=5.0))
    problems = {each.path: [p.code for p in each.reading.problems] for each in report.submissions[0].documents}
    assert problems == {"1.1/a.zip/b.zip/a.facts": [], "1.1/a.zip/b.zip/hang.facts": ["reader-timeout"]}
    assert list(scratch.iterdir()) == []


def test_a_caller_that_is_killed_leaves_nothing_behind(tmp_path, scratch):
    """Its worker sees that nobody asks any more, and removes what it unpacked."""
    write_zip(tmp_path / "a.zip", Entry("a.pdf"))
    script = (
        "import os; from pathlib import Path; from parcheck.reading.pool import Job, ReaderPool\n"
        f"list(ReaderPool(workers=1).read_many([Job(Path({str(tmp_path / 'a.zip')!r}), 'a', ('a.pdf',))]))\n"
        "os.kill(os.getpid(), 9)"
    )
    environment = {**os.environ, "TMPDIR": str(scratch), "PYTHONPATH": os.pathsep.join(sys.path)}
    assert subprocess.run([sys.executable, "-c", script], env=environment, check=False).returncode == -9
    for _ in range(100):
        if not list(scratch.iterdir()):
            break
        time.sleep(0.1)
    assert list(scratch.iterdir()) == []


PARTS = st.sampled_from(["1.1", "1.1.zip", "Kế hoạch", "a.pdf", "..", "b.zip", "1 - A", "submission.yml", "ho-so"])
NAMES = st.lists(PARTS, min_size=1, max_size=4).map("/".join)


@given(st.lists(NAMES, min_size=1, max_size=8, unique=True), st.sampled_from([0, 8]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
def test_whatever_the_names_every_member_is_an_item_that_can_be_opened(tmp_path, session, names, method):
    inner = raw_zip(Entry("x.pdf", b"inner"))
    contents = {name: inner if name.endswith(".zip") else name.encode() for name in names}
    archive = write_zip(tmp_path / "a.zip", *(Entry(name, data, method) for name, data in contents.items()))
    found = session.handed(archive).items
    assert len({item.path for item in found}) == len(found)
    assert len(found) == len({(cleaned(name)[0], data) for name, data in contents.items()})
    read = []
    for item in found:
        with opened(archive, item.path) as file:
            read.append(file.read_bytes())
    assert set(read) == {b"inner" if data == inner else data for data in contents.values()}
