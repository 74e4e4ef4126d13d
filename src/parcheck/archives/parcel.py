# SPDX-License-Identifier: Apache-2.0
"""A ZIP archive as a parcel of documents: what lies in it, by the names people see, and one member at a time unpacked.

A member is never written where its name says: it goes into a folder of ours, under the last part of its name.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
import tempfile
import zipfile
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final, Self

from parcheck.archives.guard import LOCKED, Bounds, chunks, inflates, open_archive
from parcheck.archives.names import cleaned, decoded
from parcheck.errors import UnreadableFile
from parcheck.model import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

SUFFIXES: Final = frozenset({".zip", ".zipx", ".rar", ".7z"})
"""Of files that people take for archives; what begins as a ZIP is one, whichever of these it is called."""
MAX_MEMBER: Final = 300 * 1024 * 1024
"""Bytes of a member; the same as of a file outside archives."""
MAX_PARCEL: Final = 16 * 1024**3
"""Bytes of all members together, as declared. They are unpacked one at a time, so this bounds time, not space."""
MAX_RATIO: Final = 200
RATIO_FROM: Final = 32 * 1024 * 1024
"""From here on a member may not grow by more than MAX_RATIO: blank scans without compression of their own may."""

NAMELESS: Final = "_"
"""Name of a member whose own leaves nothing that a file may be called: "..", say."""

_MAGIC: Final = (b"PK\x03\x04", b"PK\x05\x06")
_METHODS: Final = {1: "Shrink", 6: "Implode", 9: "Deflate64", 12: "BZip2", 14: "LZMA", 93: "Zstandard", 95: "XZ",
                   98: "PPMd"}  # fmt: skip
"""Ways of packing by number (APPNOTE 4.4.5); LZMA and BZip2 are left alone for what they may take of memory."""
_READ: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_PATCHED: Final = 0x20
_HEADER: Final = 30
"""Bytes of an entry's local header before its name (APPNOTE 4.3.7)."""
_UNIX: Final = 3
_PACKAGES: Final = frozenset({"[Content_Types].xml", "mimetype"})
"""Top entries of Office and OpenDocument files, which are ZIP archives too."""
_NOT_IN_NAMES: Final = re.compile(r'[<>:"|?*]')
_LONGEST_NAME: Final = 200
"""Bytes of a file name; most systems allow 255."""
_WORDS: Final = {"file-damaged": "archive-damaged", "file-too-large": "archive-too-large"}


def begins_as_archive(path: Path) -> bool:
    """Return whether a file is called an archive and begins as a ZIP."""
    if path.suffix.lower() not in SUFFIXES:
        return False
    try:
        with path.open("rb") as stream:
            return stream.read(4) in _MAGIC
    except OSError:
        return False


@dataclass(frozen=True, slots=True)
class Member:
    """One file in an archive."""

    name: str
    """Its path there: NFC, forward slashes, staying inside, no two alike."""
    entry: zipfile.ZipInfo = field(repr=False, compare=False)
    refused: Finding | None = None
    """Why it cannot be unpacked."""
    notes: tuple[Finding, ...] = ()
    """What is to be said of its name."""


class Parcel:
    """An opened archive of documents. Use as a context manager.

    Raises:
        UnreadableFile: `archive-damaged`, `archive-too-large`; `file-encrypted` when no member opens without password.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._archive = open_archive(path, Bounds(total=MAX_PARCEL, ratio=None, unique=False, locked=True))
        except UnreadableFile as error:
            args: dict[str, Any] = {key: str(value).removesuffix(" ZIP") for key, value in error.details.items()}
            raise UnreadableFile(_WORDS[error.code], **args) from error
        entries = self._archive.infolist()
        if _overlap(entries, self._archive.start_dir):
            self.close()
            raise UnreadableFile("archive-damaged", detail="ZIP: overlapping entries")
        self.package = any(entry.filename in _PACKAGES for entry in entries)
        """Whether it is an Office or OpenDocument file."""
        self.members = {member.name: member for member in _members(entries)}
        locked = [member for member in self.members.values() if member.refused and member.refused.code == _LOCKED]
        if locked and len(locked) == len(self.members):
            self.close()
            raise UnreadableFile(_LOCKED)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Release the file."""
        self._archive.close()

    def unpack(self, name: str, folder: Path) -> Path:
        """Write one member into a folder, under the last part of its name, and return the file.

        Raises:
            UnreadableFile: it cannot be unpacked, and why.
            OSError: it cannot be written.
        """
        member = self.members.get(name)
        if member is None:
            raise UnreadableFile("file-unreachable", detail=f"ZIP: {name}")
        if member.refused:
            raise UnreadableFile(member.refused.code, **member.refused.args)
        target = folder / file_name(name)
        with target.open("wb") as stream:
            for chunk in chunks(self._archive, member.entry, MAX_MEMBER, any_name=True):
                stream.write(chunk)
        return target


class Unpacker:
    """Unpacks members for as long as they are looked at; keeps the archive of the last one open. Close it."""

    def __init__(self) -> None:
        self._key: tuple[Any, ...] | None = None
        self._open = contextlib.ExitStack()
        self._parcel: Parcel | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Release the archive that was kept open."""
        self._key = self._parcel = None
        self._open.close()

    @contextlib.contextmanager
    def unpacked(self, file: Path, member: Sequence[str]) -> Iterator[tuple[Path, tuple[Finding, ...]]]:
        """Give (a file, what is to be said of its name); a member's copy is gone afterwards.

        Args:
            file: a file on disk.
            member: where the wanted one lies inside it, one name per archive; empty for the file itself.

        Raises:
            UnreadableFile: it cannot be unpacked, and why.
            OSError: the archive cannot be read, or the copy cannot be written.
        """
        if not member:
            yield file, ()
            return
        parcel = self._opened(file, tuple(member[:-1]))
        with _folder() as folder:
            copy = parcel.unpack(member[-1], Path(folder))
            yield copy, parcel.members[member[-1]].notes

    def _opened(self, file: Path, inner: tuple[str, ...]) -> Parcel:
        """Return the archive that lies in `file` under these names, one within the other."""
        about = file.stat()
        key = (file, inner, about.st_mtime_ns, about.st_size)
        if self._parcel is None or self._key != key:
            self.close()
            path = file
            for name in inner:
                folder = Path(self._open.enter_context(_folder()))
                with Parcel(path) as outer:
                    path = outer.unpack(name, folder)
            self._parcel = self._open.enter_context(Parcel(path))
            self._key = key
        return self._parcel


def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="parcheck-", ignore_cleanup_errors=True)


_LOCKED: Final = "file-encrypted"


def _overlap(entries: Iterable[zipfile.ZipInfo], end: int) -> bool:
    """Return whether two entries share bytes, as in archives that claim more than they hold."""
    for entry in sorted(entries, key=lambda entry: entry.header_offset, reverse=True):
        size = _HEADER + len(entry.orig_filename) + entry.compress_size
        if entry.header_offset < 0 or entry.header_offset + size > end:
            return True
        end = entry.header_offset
    return False


def _members(entries: Iterable[zipfile.ZipInfo]) -> Iterator[Member]:
    named = [(entry, decoded(entry)) for entry in entries]
    files = [(entry, written, cleaned(written)) for entry, written in named if not written.endswith("/")]
    taken = {name or NAMELESS for _, _, (name, _) in files}
    contents: dict[str, set[tuple[int, int]]] = {}
    last: dict[str, int] = {}
    for entry, written, (clean, strays) in files:
        name = clean or NAMELESS
        same = contents.setdefault(name, set())
        content = (entry.CRC, entry.file_size)
        if content in same:
            continue
        notes = [Finding("archive-name-unsafe", {"name": _shown(written)})] if strays else []
        path = name
        if same:
            notes.append(Finding("archive-duplicate", {"name": name}))
            while path in taken:
                last[name] = last.get(name, 1) + 1
                path = _numbered(name, last[name])
            taken.add(path)
        same.add(content)
        yield Member(path, entry, _refused(entry), tuple(notes))


def _numbered(name: str, number: int) -> str:
    """Return a name with a number behind it: "Ke hoach (2).pdf"."""
    path = PurePosixPath(name)
    return path.with_name(f"{path.stem} ({number}){path.suffix}").as_posix()


def _refused(entry: zipfile.ZipInfo) -> Finding | None:
    kind = stat.S_IFMT(entry.external_attr >> 16) if entry.create_system == _UNIX else 0
    if kind not in (0, stat.S_IFREG):
        return Finding("file-shortcut")
    if entry.flag_bits & LOCKED:
        return Finding(_LOCKED)
    if entry.compress_type not in _READ or entry.flag_bits & _PATCHED:
        return Finding("archive-method", {"method": _METHODS.get(entry.compress_type, str(entry.compress_type))})
    if entry.file_size > MAX_MEMBER:
        return Finding("file-too-large", {"size": _megabytes(entry.file_size), "limit": _megabytes(MAX_MEMBER)})
    if inflates(entry, MAX_RATIO, RATIO_FROM):
        packed = f"{max(1, entry.compress_size >> 10)} KB"
        return Finding("archive-ratio", {"packed": packed, "size": _megabytes(entry.file_size)})
    return None


def _shown(name: str) -> str:
    """Return a name as it may be shown: one line, nothing that turns or hides letters."""
    return "".join(letter if letter.isprintable() else "_" for letter in name)


def file_name(path: str) -> str:
    """Return the last part of a member's path as a name that a file here may have."""
    name = path.rsplit("/", 1)[-1]
    if os.name == "nt":
        name = _NOT_IN_NAMES.sub("_", name).rstrip(". ") or "_"
    if len(name.encode()) > _LONGEST_NAME:
        stem, suffix = os.path.splitext(name)  # noqa: PTH122 - no path of this system
        suffix = suffix if len(suffix.encode()) <= _LONGEST_NAME // 2 else ""
        name = stem.encode()[: _LONGEST_NAME - len(suffix.encode())].decode("utf-8", "ignore") + suffix
    return name


def _megabytes(size: int) -> str:
    return f"{size >> 20} MB"
