# SPDX-License-Identifier: Apache-2.0
"""ZIP archives byte by byte: also those that no honest program writes."""

from __future__ import annotations

import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

UTF8, LOCKED = 0x800, 0x1
LINK = 0o120777 << 16
UNIX = 3


@dataclass(frozen=True)
class Entry:
    """One entry; what is None is as an honest program would write it."""

    name: str | bytes
    data: bytes = b"x"
    method: int = zipfile.ZIP_STORED
    flags: int | None = None
    """Without: UTF-8 for names given as text, nothing for bytes."""
    size: int | None = None
    packed: int | None = None
    crc: int | None = None
    attributes: int = 0
    extra: bytes = b""
    offset: int | None = None
    """Where the directory says that it lies."""
    local: bytes | None = None
    """The name before its bytes, where it is another."""
    local_flags: int | None = None

    @property
    def raw_name(self) -> bytes:
        return self.name if isinstance(self.name, bytes) else self.name.encode()


def raw_zip(*entries: Entry) -> bytes:
    """Return an archive of these entries, in their order."""
    body, directory = b"", b""
    for entry in entries:
        packed = entry.data
        if entry.method == zipfile.ZIP_DEFLATED:
            packer = zlib.compressobj(9, zlib.DEFLATED, -15)
            packed = packer.compress(entry.data) + packer.flush()
        flags = (UTF8 if isinstance(entry.name, str) else 0) if entry.flags is None else entry.flags
        crc = zlib.crc32(entry.data) if entry.crc is None else entry.crc
        sizes = (
            len(packed) if entry.packed is None else entry.packed,
            len(entry.data) if entry.size is None else entry.size,
        )
        name = entry.raw_name
        common = _common(entry, name, flags, crc, sizes)
        offset = len(body) if entry.offset is None else entry.offset
        local = name if entry.local is None else entry.local
        local_flags = flags if entry.local_flags is None else entry.local_flags
        body += b"PK\x03\x04" + _common(entry, local, local_flags, crc, sizes) + local + entry.extra + packed
        made_by = struct.pack("<H", UNIX << 8 | 20)
        ending = struct.pack("<HHHII", 0, 0, 0, entry.attributes, offset)
        directory += b"PK\x01\x02" + made_by + common + ending + name + entry.extra
    count = len(entries)
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, len(directory), len(body), 0)
    return body + directory + end


def _common(entry: Entry, name: bytes, flags: int, crc: int, sizes: tuple[int, int]) -> bytes:
    return struct.pack("<HHHHHIIIHH", 20, flags, entry.method, 0, 33, crc, *sizes, len(name), len(entry.extra))


def write_zip(path: Path, *entries: Entry) -> Path:
    """Write an archive of these entries, folders included."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw_zip(*entries))
    return path


def zip_folder(folder: Path, path: Path, top: str = "") -> Path:
    """Zip all files below a folder as people do; `top` stands before every name ("ho-so/")."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, top + file.relative_to(folder).as_posix())
    return path
