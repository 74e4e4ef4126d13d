# SPDX-License-Identifier: Apache-2.0
"""Says what a file really is, whatever it is called; opens none, but names those that can never be opened."""

from __future__ import annotations

import re
import struct
import zipfile
from typing import TYPE_CHECKING, Final

from parcheck.archives.guard import BROKEN
from parcheck.archives.parcel import Parcel
from parcheck.errors import UnreadableFile
from parcheck.hookspecs import hookimpl

if TYPE_CHECKING:
    from pathlib import Path

    from parcheck.reading.document import Document

_OOXML: Final = "application/vnd.openxmlformats-officedocument."
DOCX: Final = _OOXML + "wordprocessingml.document"
DOCM: Final = "application/vnd.ms-word.document.macroEnabled.12"
XLSX: Final = _OOXML + "spreadsheetml.sheet"
PPTX: Final = _OOXML + "presentationml.presentation"
DOC: Final = "application/msword"
RTF: Final = "application/rtf"
EMPTY: Final = "application/x-empty"
LFS_POINTER: Final = "application/vnd.git-lfs.pointer"
OWNER_FILE: Final = "application/vnd.ms-office.owner-file"
ENCRYPTED_OFFICE: Final = "application/vnd.ms-office.encrypted"
ZIP: Final = "application/zip"
TAR: Final = "application/x-tar"
MAIL: Final = "message/rfc822"
OUTLOOK: Final = "application/vnd.ms-outlook"
LINK: Final = "application/x-ms-shortcut"
WEB_LINK: Final = "application/internet-shortcut"
CONTAINERS: Final = frozenset(
    {ZIP, TAR, MAIL, OUTLOOK, "application/x-7z-compressed", "application/vnd.rar", "application/gzip"}
)
"""What holds documents and is none itself."""

_MAIN_PARTS: Final = {
    _OOXML + "wordprocessingml.document.main+xml": DOCX,
    _OOXML + "wordprocessingml.template.main+xml": _OOXML + "wordprocessingml.template",
    "application/vnd.ms-word.document.macroEnabled.main+xml": DOCM,
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml": (
        "application/vnd.ms-word.template.macroEnabled.12"
    ),
    _OOXML + "spreadsheetml.sheet.main+xml": XLSX,
    _OOXML + "spreadsheetml.template.main+xml": _OOXML + "spreadsheetml.template",
    "application/vnd.ms-excel.sheet.macroEnabled.main+xml": "application/vnd.ms-excel.sheet.macroEnabled.12",
    "application/vnd.ms-excel.sheet.binary.macroEnabled.main": (
        "application/vnd.ms-excel.sheet.binary.macroEnabled.12"
    ),
    _OOXML + "presentationml.presentation.main+xml": PPTX,
    _OOXML + "presentationml.slideshow.main+xml": _OOXML + "presentationml.slideshow",
    "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml": (
        "application/vnd.ms-powerpoint.presentation.macroEnabled.12"
    ),
}
WORD_TYPES: Final = frozenset(kind for part, kind in _MAIN_PARTS.items() if "word" in part)
"""Media types of the ZIP-based Word formats."""
_BY_SUFFIX: Final = {
    ".docx": DOCX,
    ".docm": DOCM,
    ".xlsx": XLSX,
    ".pptx": PPTX,
}

_MAGIC: Final = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"II+\x00", "image/tiff"),
    (b"MM\x00+", "image/tiff"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\x1f\x8b", "application/gzip"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", LINK),
    (b"[InternetShortcut]", WEB_LINK),
    (b"\xef\xbb\xbf[InternetShortcut]", WEB_LINK),
    (b"{\\rtf", RTF),
    (b"\xdb\xa5", DOC),
    (b"\x31\xbe\x00\x00", DOC),
    (b"version https://git-lfs.github.com/spec/", LFS_POINTER),
)
_HEIF: Final = {b"heic": "image/heic", b"heix": "image/heic", b"mif1": "image/heif", b"avif": "image/avif"}
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS: Final = (
    ("EncryptedPackage", ENCRYPTED_OFFICE),
    ("WordDocument", DOC),
    ("Workbook", "application/vnd.ms-excel"),
    ("Book", "application/vnd.ms-excel"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
    ("__properties_version1.0", OUTLOOK),
)
_HTML: Final = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta)\b", re.IGNORECASE | re.DOTALL
)
_MHTML: Final = re.compile(rb"(?:[\w-]+:.*\r?\n(?:[ \t].*\r?\n)*)*content-type:\s*multipart/related", re.IGNORECASE)
_HEADERS: Final = re.compile(rb"(?:[!-9;-~]+:.*(?:\r?\n[ \t].*)*\r?\n)*", re.IGNORECASE)
"""Lines of a mail's head, from the first on (RFC 5322, 2.2)."""
_SENT: Final = re.compile(rb"^(?:to|received|return-path|delivered-to|message-id):", re.IGNORECASE | re.MULTILINE)
_WRITTEN: Final = re.compile(rb"^(?:from|subject|date|mime-version):", re.IGNORECASE | re.MULTILINE)
_TAR_MAGIC: Final = (257, b"ustar")
_OPC_ENTRY: Final = "[Content_Types].xml"
_MAX_CONTENT_TYPES: Final = 4 * 1024 * 1024
_LOCK_BYTES: Final = 165
"""Longest owner file that Office leaves beside an open document (162 bytes for Word, 165 for Excel)."""
_MAX_OLE_SECTORS: Final = 4096
_DIRECTORY_ENTRY: Final = 128


def office_type(path: Path, head: bytes) -> str | None:
    """Return the media type of a ZIP-based Office file from its content types; None for anything else.

    A file that begins as a ZIP but cannot be opened as one is taken for what its name says, so that opening
    it can say that it is damaged.
    """
    if not head.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(path) as archive:
            entry = archive.NameToInfo.get(_OPC_ENTRY)
            if entry is None:
                return None
            if entry.flag_bits & 1 or entry.file_size > _MAX_CONTENT_TYPES:
                return _BY_SUFFIX.get(path.suffix.casefold())
            types = archive.read(entry).decode("utf-8", "replace")
    except BROKEN:
        return _BY_SUFFIX.get(path.suffix.casefold())
    for part in re.findall(r"""ContentType\s*=\s*["']([^"']+)["']""", types):
        if part in _MAIN_PARTS:
            return _MAIN_PARTS[part]
    return None


@hookimpl(trylast=True)
def parcheck_identify(path: Path, head: bytes) -> str | None:
    """Name every common format that a unit may hand in, by its bytes."""
    if not head.strip(b"\x00\r\n\t "):
        return EMPTY
    if path.name.startswith("~$") and path.stat().st_size <= _LOCK_BYTES:
        return OWNER_FILE
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return office_type(path, head) or _other_zip(head)
    if head.startswith(_OLE):
        return _ole_type(path)
    for magic, media_type in _MAGIC:
        if head.startswith(magic):
            return media_type
    if head[4:8] == b"ftyp":
        return _HEIF.get(head[8:12], "video/mp4")
    if head.startswith(_TAR_MAGIC[1], _TAR_MAGIC[0]):
        return TAR
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    return _text_type(head)


def _other_zip(head: bytes) -> str:
    # OpenDocument keeps its media type, stored, as the first entry: name at offset 30, content right after
    # it.
    if head[30:38] == b"mimetype":
        length = min(100, int.from_bytes(head[18:22], "little")) or 100
        match = re.match(rb"application/[\w.+-]+?(?=PK[\x01-\x08]|$)", head[38 : 38 + length])
        if match:
            return match[0].decode("ascii")
    return ZIP


def _text_type(head: bytes) -> str | None:
    text = head.removeprefix(b"\xef\xbb\xbf")
    if text.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head.decode("utf-16", "ignore").encode("utf-8")
    if b"%PDF-" in text[:1024]:
        return None
    if b"<?mso-application" in text[:1024]:
        return "application/vnd.ms-word2003+xml" if b"Word.Document" in text[:1024] else "application/xml"
    if _HTML.match(text):
        return "text/html"
    if (written := _HEADERS.match(text)) and _SENT.search(written[0]) and _WRITTEN.search(written[0]):
        return MAIL
    if _MHTML.match(text):
        return "multipart/related"
    if text.lstrip().startswith(b"<?xml"):
        return "text/html" if b"<html" in text[:1024].lower() else "application/xml"
    if b"\x00" in text:
        return None
    try:
        # The head may end inside a letter.
        text[:-3].decode("utf-8") if len(text) > 8000 else text.decode("utf-8")
    except UnicodeDecodeError as error:
        if len(text) <= 8000 or error.start < len(text) - 8:
            return None
    return "text/plain"


def _ole_type(path: Path) -> str:
    """Return what an OLE2 container (Office before 2007, and encrypted Office files) holds."""
    try:
        names = _ole_root_names(path)
    except (OSError, struct.error, ValueError, IndexError):
        names = frozenset()
    for name, media_type in _OLE_STREAMS:
        if name in names:
            return media_type
    by_name = {
        ".doc": DOC,
        ".dot": DOC,
        ".xls": "application/vnd.ms-excel",
        ".ppt": "application/vnd.ms-powerpoint",
    }
    return by_name.get(path.suffix.casefold(), "application/x-ole-storage")


def _ole_root_names(path: Path) -> frozenset[str]:
    """Return the names right under the root storage ([MS-CFB] 2.2, 2.3, 2.6), not those of embedded files."""
    with path.open("rb") as file:
        header = file.read(512)
        shift = struct.unpack_from("<H", header, 30)[0]
        if shift not in (9, 12):
            raise ValueError
        size = 1 << shift
        per_sector = size // 4

        def sector(index: int) -> bytes:
            file.seek((index + 1) * size)
            return file.read(size)

        fat_sectors = struct.unpack_from("<109I", header, 76)
        directory = b""
        current = struct.unpack_from("<I", header, 48)[0]
        seen = 0
        while current < 0xFFFFFFFA and seen < _MAX_OLE_SECTORS:
            directory += sector(current)
            seen += 1
            where, offset = divmod(current, per_sector)
            # Directories reach beyond the first 109 FAT sectors only in files of more than 6 MB; what was
            # read does.
            if where >= len(fat_sectors) or fat_sectors[where] >= 0xFFFFFFFA:
                break
            current = struct.unpack_from("<I", sector(fat_sectors[where]), offset * 4)[0]
    entries: list[tuple[str, int, int, int]] = []
    for at in range(0, len(directory) - _DIRECTORY_ENTRY + 1, _DIRECTORY_ENTRY):
        length = min(64, struct.unpack_from("<H", directory, at + 64)[0])
        name = directory[at : at + max(0, length - 2)].decode("utf-16-le", "replace")
        entries.append((name, *struct.unpack_from("<3I", directory, at + 68)))
    found: set[str] = set()
    visited: set[int] = set()
    queue = [entries[0][3]]
    while queue:
        index = queue.pop()
        if index >= len(entries) or index in visited:
            continue
        visited.add(index)
        name, left, right, _ = entries[index]
        found.add(name)
        queue += [left, right]
    return frozenset(found)


_NEVER_OPENED: Final = {
    EMPTY: "file-empty",
    LFS_POINTER: "file-pointer",
    OWNER_FILE: "file-temporary",
    ENCRYPTED_OFFICE: "file-encrypted",
    LINK: "file-shortcut",
    WEB_LINK: "file-shortcut",
}


@hookimpl(trylast=True)
def parcheck_open(path: Path, media_type: str) -> Document | None:
    """Refuse what is no document: an empty file, a pointer, a lock file, a shortcut, a locked Office file; and what
    only holds documents: the members of a ZIP that can be opened are handed in as files of their own."""
    if media_type in _NEVER_OPENED:
        raise UnreadableFile(_NEVER_OPENED[media_type])
    if media_type == ZIP:
        with Parcel(path) as parcel:
            if not parcel.members:
                raise UnreadableFile("archive-empty")
    if media_type in CONTAINERS:
        raise UnreadableFile("archive-unread", kind=media_type)
    return None
