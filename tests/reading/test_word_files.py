# SPDX-License-Identifier: Apache-2.0
"""What a file really is, and Word files that must be refused."""

from __future__ import annotations

import struct
import zipfile

import pytest
from tests.reading.make_docx import make_docx, paragraph

from parcheck.errors import UnreadableFile
from parcheck_plugins import sniffing, word
from parcheck_plugins.word import package

DOCX = sniffing.DOCX


def identify(path):
    with path.open("rb") as file:
        head = file.read(8192)
    return word.parcheck_identify(path, head) or sniffing.parcheck_identify(path, head)


def ole(*names):
    """Return an OLE2 file of one FAT sector and one directory whose root holds streams of these names."""
    header = bytearray(512)
    header[:8] = bytes.fromhex("d0cf11e0a1b11ae1")
    struct.pack_into("<H", header, 30, 9)
    struct.pack_into("<I", header, 48, 1)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    fat = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *[0xFFFFFFFF] * 126)
    directory = b""
    for index, name in enumerate(("Root Entry", *names)):
        entry = bytearray(128)
        raw = name.encode("utf-16-le") + b"\0\0"
        entry[: len(raw)] = raw
        right = index + 1 if 0 < index < len(names) else 0xFFFFFFFF
        struct.pack_into("<H", entry, 64, len(raw))
        struct.pack_into("<3I", entry, 68, 0xFFFFFFFF, right, 1 if index == 0 else 0xFFFFFFFF)
        directory += entry
    return bytes(header) + fat + directory.ljust(512, b"\0")


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("a.docx", b"", "application/x-empty"),
        ("a.doc", ole("1Table", "WordDocument"), "application/msword"),
        ("a.doc", ole("Workbook"), "application/vnd.ms-excel"),
        ("a.docx", ole("EncryptionInfo", "EncryptedPackage"), "application/vnd.ms-office.encrypted"),
        ("a.doc", b"{\\rtf1\\ansi", "application/rtf"),
        ("a.doc", b"\xef\xbb\xbf<!DOCTYPE html><html>", "text/html"),
        ("a.doc", "\ufeff<html>".encode("utf-16-le"), "text/html"),
        (
            "a.doc",
            b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n",
            "multipart/related",
        ),
        ("a.pdf", b"version https://git-lfs.github.com/spec/v1\noid", "application/vnd.git-lfs.pointer"),
        ("~$a.docx", b"\x05admin".ljust(162, b"\0"), "application/vnd.ms-office.owner-file"),
        ("a.pdf", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("a.pdf", b"\x89PNG\r\n\x1a\n", "image/png"),
        ("a.docx", b"II*\0", "image/tiff"),
        ("a.docx", b"PK\x03\x04 cut off", DOCX),
        ("a.txt", "Kế hoạch".encode(), "text/plain"),
        ("a.txt", b"To: all\nall of us\n", "text/plain"),
        ("a.txt", "Kính gửi: Sở Nội vụ\nFrom: X\nTo: Y\n".encode(), "text/plain"),
        ("a.eml", b"Received: by a;\r\n\tSun\r\nFrom: b@c.vn\r\nContent-Type: text/plain\r\n\r\nx", "message/rfc822"),
        ("a.eml", b"MIME-Version: 1.0\nTo: b@c.vn\nContent-Type: multipart/related\n\n", "message/rfc822"),
        ("a.mht", b"From: <Saved by Blink>\r\nContent-Type: multipart/related\r\n", "multipart/related"),
        ("a.msg", ole("__nameid_version1.0", "__properties_version1.0"), "application/vnd.ms-outlook"),
        ("a.zip", b"Rar!\x1a\x07\x01\x00", "application/vnd.rar"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
        ("a.tar", b"Ke hoach.pdf".ljust(257, b"\0") + b"ustar\0", "application/x-tar"),
        ("a.url", b"[InternetShortcut]\r\nURL=https://a.vn\r\n", "application/internet-shortcut"),
        ("a.lnk", b"L\0\0\0\x01\x14\x02\0\0\0\0\0", "application/x-ms-shortcut"),
        ("a.bin", b"\x01\x02\xfe\xff\x00", None),
    ],
)
def test_the_bytes_say_what_a_file_is(tmp_path, name, data, media_type):
    path = tmp_path / name
    path.write_bytes(data)
    assert identify(path) == media_type


def test_zip_packages_are_told_apart_by_their_content_types(tmp_path):
    assert identify(make_docx(tmp_path / "a.xlsx", paragraph("x"))) == DOCX
    plain = tmp_path / "b.docx"
    with zipfile.ZipFile(plain, "w") as archive:
        archive.writestr("Kế hoạch.pdf", "")
    assert identify(plain) == "application/zip"
    sheet = tmp_path / "c.docx"
    with zipfile.ZipFile(sheet, "w") as archive:
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
        archive.writestr("[Content_Types].xml", f'<Types><Override ContentType="{kind}"/></Types>')
    assert identify(sheet) == sniffing.XLSX


@pytest.mark.parametrize(
    ("media_type", "code"),
    [
        (sniffing.EMPTY, "file-empty"),
        (sniffing.LFS_POINTER, "file-pointer"),
        (sniffing.OWNER_FILE, "file-temporary"),
        (sniffing.ENCRYPTED_OFFICE, "file-encrypted"),
        (sniffing.LINK, "file-shortcut"),
        (sniffing.WEB_LINK, "file-shortcut"),
        (sniffing.MAIL, "archive-unread"),
        (sniffing.OUTLOOK, "archive-unread"),
        (sniffing.TAR, "archive-unread"),
        ("application/vnd.rar", "archive-unread"),
        ("application/x-7z-compressed", "archive-unread"),
        ("application/gzip", "archive-unread"),
    ],
)
def test_files_without_a_document_are_refused(tmp_path, media_type, code):
    with pytest.raises(UnreadableFile) as caught:
        sniffing.parcheck_open(tmp_path / "a", media_type)
    assert caught.value.code == code


def refused(path):
    with pytest.raises(UnreadableFile) as caught:
        word.parcheck_open(path, DOCX)
    return caught.value.code


def test_formats_of_others_are_left_to_others(tmp_path):
    assert word.parcheck_open(tmp_path / "a.doc", "application/msword") is None
    assert sniffing.parcheck_open(tmp_path / "a.pdf", "application/pdf") is None


def test_damaged_files_are_refused(tmp_path):
    cut = tmp_path / "a.docx"
    whole = make_docx(tmp_path / "b.docx", paragraph("x" * 5000)).read_bytes()
    cut.write_bytes(whole[: len(whole) // 2])
    assert refused(cut) == "file-damaged"
    assert refused(make_docx(tmp_path / "c.docx", "<w:p><w:r>")) == "file-damaged"
    assert refused(make_docx(tmp_path / "d.docx", "", section="<!-- -->\x01")) == "file-damaged"


def test_a_dtd_is_refused(tmp_path):
    path = tmp_path / "a.docx"
    make_docx(path, "")
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/document.xml"] = b'<!DOCTYPE x [<!ENTITY e "a">]>' + parts["word/document.xml"]
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    assert refused(path) == "file-damaged"


def test_bombs_are_refused_before_they_are_unpacked(tmp_path, monkeypatch):
    bomb = make_docx(tmp_path / "a.docx", paragraph("x" * (9 * 1024 * 1024)))
    assert refused(bomb) == "file-too-large"
    many = make_docx(tmp_path / "b.docx", paragraph("x"))
    monkeypatch.setattr(package, "MAX_ENTRIES", 3)
    assert refused(many) == "file-too-large"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_are_refused(tmp_path):
    path = make_docx(tmp_path / "a.docx", paragraph("x"))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("word/document.xml", "<other/>")
    assert refused(path) == "file-damaged"
