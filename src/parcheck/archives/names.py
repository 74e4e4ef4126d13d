# SPDX-License-Identifier: Apache-2.0
"""The names in a ZIP archive as their author saw them: whatever code page a Windows tool wrote them in."""

from __future__ import annotations

import re
import struct
import unicodedata
import zlib
from typing import TYPE_CHECKING, Final

from parcheck.archives.guard import UTF8

if TYPE_CHECKING:
    import zipfile

_UNICODE_PATH: Final = 0x7075
"""Extra field with the name in UTF-8 beside one in a code page (APPNOTE 4.6.9)."""
_CODE_PAGES: Final = ("cp1258", "cp437")
"""What Windows takes for names without that flag: the Vietnamese code page, and the one ZIP began with."""
_MARKS: Final = "\u0300\u0301\u0303\u0309\u0323"
"""Grave, acute, tilde, hook above, dot below: the tones."""
_VIETNAMESE: Final = frozenset(
    letter
    for base in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
    for letter in (base, *(unicodedata.normalize("NFC", base + mark) for mark in _MARKS))
) | frozenset("đĐ")
_UNSHOWN: Final = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, and those that turn the direction of writing: they make a name look like another."""
_DRIVE: Final = re.compile(r"[A-Za-z]:")


def decoded(entry: zipfile.ZipInfo) -> str:
    """Return an entry's name as its author saw it, NFC, with forward slashes; nothing else is cleaned."""
    if entry.flag_bits & UTF8:
        name = entry.orig_filename
    else:
        raw = entry.orig_filename.encode("cp437", "replace")
        name = _unicode_path(entry.extra, raw) or _guessed(raw)
    return unicodedata.normalize("NFC", name.partition("\0")[0]).replace("\\", "/")


def cleaned(name: str) -> tuple[str, bool]:
    """Return (a name as a relative path that stays where it is, whether it pointed elsewhere before).

    Args:
        name: as `decoded` gives it.

    Returns:
        An empty path where nothing is left of the name.
    """
    strays = name.startswith("/")
    kept: list[str] = []
    for part in name.split("/"):
        rest = part
        while not kept and _DRIVE.match(rest):
            rest, strays = rest[2:], True
        if rest.strip(". "):
            kept.append(_UNSHOWN.sub("_", rest))
        elif ".." in rest:
            # Windows drops what blanks and dots stand behind.
            strays = True
    return "/".join(kept), strays


def _guessed(raw: bytes) -> str:
    """Return a name of unknown code page: UTF-8 where it is that, else the page that gives Vietnamese words."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    readings = [unicodedata.normalize("NFC", raw.decode(page, "replace")) for page in _CODE_PAGES]
    return max(readings, key=_likeness)


def _likeness(name: str) -> int:
    """Return how many letters beyond ASCII are Vietnamese, less those that are not."""
    beyond = [letter for letter in name if not letter.isascii()]
    return sum(1 if letter in _VIETNAMESE else -1 for letter in beyond)


def _unicode_path(extra: bytes, raw: bytes) -> str | None:
    """Return the name in UTF-8 that an archive gives beside `raw`; None without one, or where it is another's."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        data = extra[at + 4 : at + 4 + length]
        at += 4 + length
        if kind == _UNICODE_PATH and len(data) > 5 and data[0] == 1:
            if struct.unpack_from("<I", data, 1)[0] != zlib.crc32(raw):
                return None
            try:
                return data[5:].decode("utf-8")
            except UnicodeDecodeError:
                return None
    return None
