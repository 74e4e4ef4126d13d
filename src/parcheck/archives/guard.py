# SPDX-License-Identifier: Apache-2.0
"""The one way to open a ZIP archive from outside: its directory is measured before anything is unpacked."""

from __future__ import annotations

import copy
import io
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from parcheck.errors import UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

MAX_ENTRIES: Final = 10_000
MAX_RATIO: Final = 200
"""Unpacked to packed, of entries over RATIO_FROM; XML as Office writes it stays under 60."""
RATIO_FROM: Final = 8 * 1024 * 1024
MAX_DIRECTORY: Final = 8 * 1024 * 1024
"""Bytes of the central directory: 10 000 entries with long names and extra fields take 5 MB."""
MAX_TOTAL: Final = 1024 * 1024 * 1024
CHUNK: Final = 1024 * 1024

BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
)
"""What zipfile raises on archives that are cut off, forged or of a kind it does not know."""
_HEADER: Final = struct.Struct("<6xH18xH2x")
"""An entry's local header: flags, and length of the name that follows (APPNOTE 4.3.7)."""
UTF8: Final = 0x800
"""Flag of a name in UTF-8 (APPNOTE 4.4.4, bit 11)."""
LOCKED: Final = 0x1
"""Flag of an encrypted entry (APPNOTE 4.4.4)."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What an archive may hold."""

    entries: int = MAX_ENTRIES
    total: int | None = MAX_TOTAL
    """Bytes of all entries that `counts` names, unpacked, as declared; None for no limit."""
    ratio: int | None = MAX_RATIO
    """None where each entry is held against a ratio when it is unpacked."""
    counts: Callable[[str], bool] = bool
    """Which names count for `total`; without it all."""
    key: Callable[[str], str] = str
    """By what two names are one; without it by every letter."""
    unique: bool = True
    """Refuse two entries of one name: readers disagree on which counts."""
    locked: bool = False
    """Accept encrypted entries."""


class _Measured(io.BufferedReader):
    """A file that, while its central directory is read, gives no more at once than one may have."""

    opening = True

    def read(self, size: int | None = -1, /) -> bytes:
        if self.opening and size is not None and size > MAX_DIRECTORY:
            raise too_large(size, MAX_DIRECTORY)
        return super().read(size)


class Archive(zipfile.ZipFile):
    """A ZIP archive whose central directory was read within `MAX_DIRECTORY`."""

    _stream: _Measured | None = None

    def __init__(self, path: Path) -> None:
        self._stream = _Measured(io.FileIO(path))
        try:
            super().__init__(self._stream)
        except BaseException:
            self._stream.close()
            raise
        self._stream.opening = False

    def as_headed(self, entry: zipfile.ZipInfo) -> zipfile.ZipInfo:
        """Return an entry under the name that stands before its bytes, which zipfile wants to be that of the directory.

        Some Windows tools write backslashes, or the flag for UTF-8, in one of the two only.
        """
        if self._stream is None:  # pragma: no cover - set as soon as there is an archive
            return entry
        self._stream.seek(entry.header_offset)
        header = self._stream.read(_HEADER.size)
        if len(header) < _HEADER.size:
            return entry
        flags, length = _HEADER.unpack(header)
        found = copy.copy(entry)
        found.orig_filename = self._stream.read(length).decode("utf-8" if flags & UTF8 else "cp437")
        return found

    def close(self) -> None:
        """Release the file."""
        super().close()
        if self._stream is not None:
            self._stream.close()


def too_large(size: int, limit: int) -> UnreadableFile:
    """Return the error of something with more bytes than its limit."""
    return UnreadableFile("file-too-large", size=f"{size >> 20} MB", limit=f"{max(1, limit >> 20)} MB")


def inflates(entry: zipfile.ZipInfo, ratio: int = MAX_RATIO, start: int = RATIO_FROM) -> bool:
    """Return whether an entry over `start` bytes grows by more than a ratio when it is unpacked."""
    return entry.file_size > start and entry.file_size > ratio * max(1, entry.compress_size)


def open_archive(path: Path, bounds: Bounds) -> Archive:
    """Open an archive and hold its directory against the bounds. The caller closes it.

    Raises:
        UnreadableFile: `file-damaged`, `file-encrypted` or `file-too-large`.
    """
    try:
        archive = Archive(path)
    except BROKEN as error:
        raise UnreadableFile("file-damaged", detail=str(error)) from error
    try:
        _check(archive.infolist(), bounds)
    except UnreadableFile:
        archive.close()
        raise
    return archive


def _check(entries: Sequence[zipfile.ZipInfo], bounds: Bounds) -> None:
    if len(entries) > bounds.entries:
        raise UnreadableFile("file-too-large", size=f"{len(entries)} ZIP", limit=f"{bounds.entries} ZIP")
    if bounds.unique:
        files = [bounds.key(entry.filename) for entry in entries if not entry.is_dir()]
        if len(set(files)) != len(files):
            raise UnreadableFile("file-damaged", detail="ZIP: two entries of one name")
    total = sum(entry.file_size for entry in entries if bounds.counts(entry.filename))
    if bounds.total is not None and total > bounds.total:
        raise too_large(total, bounds.total)
    for entry in entries:
        if entry.flag_bits & LOCKED and not bounds.locked:
            raise UnreadableFile("file-encrypted")
        if bounds.ratio is not None and inflates(entry, bounds.ratio):
            raise too_large(entry.file_size, bounds.ratio * max(1, entry.compress_size))


def chunks(archive: Archive, entry: zipfile.ZipInfo, limit: int, *, any_name: bool = False) -> Iterator[bytes]:
    """Yield an entry's bytes piece by piece, checksum included.

    Args:
        archive: the archive, opened.
        entry: one of its entries.
        limit: the most bytes that it may have.
        any_name: whether the name before the bytes may differ from that in the directory.

    Raises:
        UnreadableFile: `file-too-large` when it has, or declares, more bytes than the limit; `file-damaged`.
    """
    if entry.file_size > limit:
        raise too_large(entry.file_size, limit)
    size = 0
    try:
        with archive.open(archive.as_headed(entry) if any_name else entry) as stream:
            while chunk := stream.read(CHUNK):
                size += len(chunk)
                if size > limit:
                    raise too_large(size, limit)
                yield chunk
    except BROKEN as error:
        raise UnreadableFile("file-damaged", detail=str(error)) from error
