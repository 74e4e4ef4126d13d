# SPDX-License-Identifier: Apache-2.0
"""Files that are in every real folder and are no documents: lock files, old Word files."""

from __future__ import annotations

import struct

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def lock_file(user: str) -> bytes:
    """Return what Word leaves as ~$name.docx while a file is open: the user's name twice, 162 bytes."""
    narrow = user.encode("ascii", "replace")
    wide = f"{user:<52}".encode("utf-16-le")
    return (bytes([len(narrow)]) + narrow).ljust(55, b" ") + struct.pack("<H", len(user)) + wide + b" "


def old_word(text: str) -> bytes:
    """Return a minimal OLE2 container with a "WordDocument" stream: known as old Word, which cannot open it."""
    words = text.encode("utf-16-le")
    start = 0x400
    head = struct.pack("<HHHHHH", 0xA5EC, 0x00C1, 0, 0x042A, 0, 0x1000)
    fib = head + b"\0" * 12 + struct.pack("<LL", start, start + len(words))
    stream = (fib.ljust(start, b"\0") + words).ljust(4096, b"\0")
    stream = stream.ljust(-(-len(stream) // 512) * 512, b"\0")
    count = len(stream) // 512
    fat = [_FAT, _END, *range(3, 2 + count), _END]
    fat += [_FREE] * (128 - len(fat))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack("<LLLLLLLLL", 0, 1, 1, 0, 4096, _END, 0, _END, 0) + struct.pack("<L", 0)
    header += struct.pack("<L", _FREE) * 108
    directory = _entry("Root Entry", 5, 1, _END, 0) + _entry("WordDocument", 2, _FREE, 2, len(stream))
    directory += _entry("", 0, _FREE, 0, 0) * 2
    return header + struct.pack("<128L", *fat) + directory + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    wide = name.encode("utf-16-le") + (b"\0\0" if name else b"")
    return (
        wide.ljust(64, b"\0")
        + struct.pack("<HBB", len(wide), kind, 1)
        + struct.pack("<LLL", _FREE, _FREE, child)
        + b"\0" * 36
        + struct.pack("<LQ", start, size)
    )
