# SPDX-License-Identifier: Apache-2.0
"""Archives within limits: what is hostile or broken costs itself, and the rest is unpacked all the same."""

from __future__ import annotations

import os
import tempfile
import time
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from zipmaking import LINK, LOCKED, UTF8, Entry, raw_zip, write_zip

from parcheck.archives import guard, parcel
from parcheck.archives.parcel import Parcel, Unpacker, begins_as_archive, file_name
from parcheck.errors import UnreadableFile
from parcheck.reading import pipeline

MB = 1024 * 1024


@pytest.fixture
def made(tmp_path):
    return lambda *entries: write_zip(tmp_path / "a.zip", *entries)


def refused(path, member=()):
    """Return the code of the error that opening an archive, or unpacking a member of it, raises."""
    with pytest.raises(UnreadableFile) as caught:
        content(path, *member) if member else Parcel(path)
    return caught.value


def content(path, *member):
    with Unpacker() as unpacker, unpacker.unpacked(path, member) as (file, notes):
        return file.read_bytes(), [note.code for note in notes]


def names(path):
    with Parcel(path) as opened:
        return list(opened.members)


def test_members_are_unpacked_one_at_a_time_under_their_own_name_and_removed(made):
    path = made(Entry("1.1/Kế hoạch.pdf", b"one"), Entry("1.2/b.pdf", b"two", zipfile.ZIP_DEFLATED))
    with Unpacker() as unpacker:
        for name, data in (("1.1/Kế hoạch.pdf", b"one"), ("1.2/b.pdf", b"two")):
            with unpacker.unpacked(path, (name,)) as (file, notes):
                assert (file.name, file.read_bytes(), notes) == (name.split("/")[1], data, ())
            assert not file.exists()
            assert not file.parent.exists()
    with Unpacker() as unpacker, unpacker.unpacked(path, ()) as (file, notes):
        assert (file, notes) == (path, ())
    assert path.exists()


def test_a_member_of_an_archive_in_an_archive(tmp_path, made, monkeypatch):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    innermost = raw_zip(Entry("c.pdf", b"three"))
    path = made(Entry("in.zip", raw_zip(Entry("x/deep.zip", innermost), Entry("b.pdf", b"two"))))
    with Unpacker() as unpacker:
        for member, data in ((("in.zip", "b.pdf"), b"two"), (("in.zip", "x/deep.zip", "c.pdf"), b"three")):
            for _ in range(2):
                with unpacker.unpacked(path, member) as (file, _notes):
                    assert file.read_bytes() == data
        assert {file.name for file in scratch.rglob("*.*")} == {"in.zip", "deep.zip"}
    assert list(scratch.iterdir()) == []


def test_an_archive_that_changed_is_read_anew(made):
    with Unpacker() as unpacker:
        path = made(Entry("a.pdf", b"old"))
        with unpacker.unpacked(path, ("a.pdf",)) as (file, _):
            assert file.read_bytes() == b"old"
        path = made(Entry("a.pdf", b"much newer"))
        with unpacker.unpacked(path, ("a.pdf",)) as (file, _):
            assert file.read_bytes() == b"much newer"
        assert refused(path, ("gone.pdf",)).code == "file-unreachable"


@pytest.mark.parametrize(
    "name", ["../../ngoài.txt", "/etc/ngoài.txt", "C:\\ngoài.txt", "..\\ngoài.txt", "a/../../b.txt"]
)
def test_what_points_outside_is_read_said_and_written_nowhere_else(tmp_path, made, name):
    path = made(Entry("trong.txt", b"in"), Entry(name, b"out"))
    before = sorted(tmp_path.rglob("*"))
    (shown,) = [each for each in names(path) if each != "trong.txt"]
    assert ".." not in shown.split("/")
    assert content(path, shown) == (b"out", ["archive-name-unsafe"])
    assert content(path, "trong.txt") == (b"in", [])
    assert sorted(tmp_path.rglob("*")) == before


def test_different_files_of_one_name_are_all_read_and_said(made):
    entries = [
        Entry("1.1/a.pdf", b"one"),
        Entry("1.1/a.pdf", b"two"),
        Entry("1.1/a.pdf", b"one"),
        Entry("1.1/a (2).pdf"),
    ]
    path = made(*entries)
    assert names(path) == ["1.1/a.pdf", "1.1/a (3).pdf", "1.1/a (2).pdf"]
    assert content(path, "1.1/a.pdf") == (b"one", [])
    assert content(path, "1.1/a (3).pdf") == (b"two", ["archive-duplicate"])
    assert content(path, "1.1/a (2).pdf") == (b"x", [])


def test_ten_thousand_files_of_one_name_take_no_long_time(made):
    path = made(*(Entry("a", str(number).encode()) for number in range(9_999)))
    started = time.monotonic()
    assert len(names(path)) == 9_999
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    "entry",
    [
        Entry("1.1/Kế hoạch.pdf", local="1.1\\Kế hoạch.pdf".encode()),
        Entry("1.1/Kế hoạch.pdf", local_flags=0),
        Entry("1.1/Kế hoạch.pdf", local=b"1.1/K? ho?ch.pdf", local_flags=0),
        Entry("1.1/Kế hoạch.pdf".encode(), local_flags=UTF8),
    ],
)
def test_the_name_in_the_directory_counts(made, entry):
    path = made(Entry("a"), entry, Entry("b"))
    assert content(path, "1.1/Kế hoạch.pdf") == (b"x", [])


@pytest.mark.parametrize(
    ("entry", "code", "args"),
    [
        (Entry("a", flags=UTF8 | LOCKED), "file-encrypted", {}),
        (Entry("a", attributes=LINK, data=b"/etc/passwd"), "file-shortcut", {}),
        (Entry("a", attributes=0o010644 << 16), "file-shortcut", {}),
        (Entry("a", method=9), "archive-method", {"method": "Deflate64"}),
        (Entry("a", method=14), "archive-method", {"method": "LZMA"}),
        (Entry("a", method=77), "archive-method", {"method": "77"}),
        (Entry("a", flags=UTF8 | 0x20), "archive-method", {"method": "0"}),
        (Entry("a", size=301 * MB), "file-too-large", {"size": "301 MB", "limit": "300 MB"}),
        (Entry("a", bytes(33 * MB), 8), "archive-ratio", {"packed": "32 KB", "size": "33 MB"}),
        (Entry("a", b"xyz", size=2), "file-damaged", {"detail": "Bad CRC-32 for file 'a'"}),
        (Entry("a", b"xyz", crc=1), "file-damaged", {"detail": "Bad CRC-32 for file 'a'"}),
        (Entry("a", b"xyz" * 99, 8, packed=3), "file-damaged", None),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_member_that_cannot_be_unpacked_says_why_and_the_others_are_read(made, entry, code, args):
    path = made(Entry("trước", b"before"), entry, Entry("sau", b"after"))
    error = refused(path, ("a",))
    assert error.code == code
    assert args is None or error.details == args
    assert [content(path, name)[0] for name in ("trước", "sau")] == [b"before", b"after"]


def test_what_a_member_really_holds_counts_not_what_it_declares(made, monkeypatch):
    """The declared size is small; more is never written."""
    path = made(Entry("a", bytes(50 * MB), 8, size=1000), Entry("b"))
    assert refused(path, ("a",)).code == "file-damaged"
    monkeypatch.setattr(parcel, "MAX_MEMBER", 10)
    path = made(Entry("a", bytes(11)))
    assert refused(path, ("a",)).code == "file-too-large"


def test_blank_scans_pack_well_and_are_no_bombs(made):
    path = made(Entry("trang.tif", bytes(9 * MB), 8))
    assert len(content(path, "trang.tif")[0]) == 9 * MB


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04", b"PK\x03\x04" + bytes(100), raw_zip(Entry("a"))[:-10], raw_zip(Entry("a", b"x" * 999))[500:],
        raw_zip(Entry(b"\xff\xfe", flags=UTF8)), raw_zip(Entry("a", offset=5)), raw_zip(Entry("a", packed=500)),
    ],
)  # fmt: skip
def test_broken_archives_are_refused(tmp_path, data):
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    assert refused(path).code == "archive-damaged"


def test_entries_that_share_their_bytes_are_refused(made):
    path = made(Entry("a", b"y" * 5000), Entry("b", b"y" * 5000, offset=0), Entry("c", b"y" * 5000, offset=0))
    assert refused(path).details == {"detail": "ZIP: overlapping entries"}


def test_too_many_entries_too_much_data_too_long_a_directory(made, monkeypatch):
    path = made(*(Entry(str(number)) for number in range(10_001)))
    error = refused(path)
    assert (error.code, error.details) == ("archive-too-large", {"size": "10001", "limit": "10000"})
    monkeypatch.setattr(parcel, "MAX_PARCEL", 30 * MB)
    assert refused(made(*(Entry(str(n), size=11 * MB) for n in range(3)))).details == {
        "size": "33 MB",
        "limit": "30 MB",
    }
    monkeypatch.setattr(guard, "MAX_DIRECTORY", 1000)
    assert refused(made(*(Entry(str(number)) for number in range(100)))).code == "archive-too-large"


def test_an_archive_whose_members_are_all_locked_is_locked(made):
    assert refused(made(Entry("a", flags=LOCKED), Entry("b", flags=LOCKED))).code == "file-encrypted"


@pytest.mark.parametrize(
    ("name", "data", "is_one"),
    [
        ("a.zip", raw_zip(Entry("a")), True), ("A.ZIP", raw_zip(), True), ("a.rar", raw_zip(Entry("a")), True),
        ("a.zip", b"Rar!\x1a\x07", False), ("a.pdf", raw_zip(Entry("a")), False),
        ("a.docx", raw_zip(Entry("a")), False), ("a.zip", b"", False),
    ],
)  # fmt: skip
def test_an_archive_is_told_by_its_name_and_its_first_bytes(tmp_path, name, data, is_one):
    (tmp_path / name).write_bytes(data)
    assert begins_as_archive(tmp_path / name) is is_one
    assert not begins_as_archive(tmp_path / "nowhere.zip")


def test_office_files_are_told_from_archives(made):
    with Parcel(made(Entry("[Content_Types].xml"), Entry("word/document.xml"))) as opened:
        assert opened.package
    with Parcel(made(Entry("1.1/[Content_Types].xml"))) as opened:
        assert not opened.package


@pytest.mark.parametrize("name", ["a.pdf", "ế" * 90 + ".pdf", "a" * 9000 + ".docx", "a." + "b" * 9000, "…" * 300])
def test_a_name_of_any_length_becomes_one_that_can_be_written(tmp_path, name):
    short = file_name(f"1.1/{name}")
    (tmp_path / short).write_bytes(b"")
    assert short == name or name.startswith(short[:50])
    assert short.endswith((".pdf", ".docx")) == name.endswith((".pdf", ".docx"))


def test_windows_is_given_names_that_it_can_have(monkeypatch):
    monkeypatch.setattr(os, "name", "nt")
    assert [file_name(name) for name in ("a:b?.pdf", "a. ", "...")] == ["a_b_.pdf", "a", "_"]


def test_a_member_may_be_as_large_as_a_file():
    assert parcel.MAX_MEMBER == pipeline.MAX_BYTES


ENTRIES = st.builds(
    Entry,
    name=st.one_of(st.text(max_size=30), st.binary(max_size=30), st.sampled_from(["a.pdf", "1.1/a.pdf", "../a", "x/"])),
    data=st.binary(max_size=200),
    method=st.sampled_from([0, 0, 8, 9, 99]),
    flags=st.sampled_from([None, None, LOCKED, UTF8, 0]),
    size=st.sampled_from([None, None, 0, 5, 2**31]),
    packed=st.sampled_from([None, None, None, 0, 5]),
    attributes=st.sampled_from([0, 0, LINK, 0x10]),
    extra=st.binary(max_size=20),
    offset=st.sampled_from([None, None, None, 0, 7]),
)


@given(st.lists(ENTRIES, max_size=6), st.binary(max_size=10), st.integers(0, 60))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
def test_no_archive_brings_more_than_an_error_that_is_said(tmp_path, entries, before, cut):
    path = tmp_path / "a.zip"
    data = before + raw_zip(*entries)
    path.write_bytes(data[: len(data) - cut])
    try:
        with Parcel(path) as opened:
            found = list(opened.members)
    except UnreadableFile as error:
        assert error.code in ("archive-damaged", "archive-too-large", "file-encrypted")  # noqa: PT017
        return
    assert len(set(found)) == len(found)
    for name in found:
        try:
            content(path, name)
        except UnreadableFile as error:
            assert not error.code.startswith("archive-damaged")  # noqa: PT017
