# SPDX-License-Identifier: Apache-2.0
"""Which files are converted, and what can be told of them before: version and password of a .doc, of an .odt."""

from __future__ import annotations

import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

DOC: Final = "application/msword"
RTF: Final = "application/rtf"
WORD_XML: Final = "application/vnd.ms-word2003+xml"
ODT: Final = "application/vnd.oasis.opendocument.text"

_FORMATS: Final = {
    RTF: (".rtf", "Rich Text Format"),
    "text/rtf": (".rtf", "Rich Text Format"),
    WORD_XML: (".xml", "MS Word 2003 XML"),
    ODT: (".odt", "writer8"),
    ODT + "-template": (".ott", "writer8_template"),
}
MEDIA_TYPES: Final = frozenset({DOC, *_FORMATS})
"""What this plugin opens."""

_SECTOR: Final = 512
_MINI_SECTOR: Final = 64
_CHUNK: Final = 1 << 20
_IDENTITIES: Final = (b"\xec\xa5", b"\xdc\xa5", b"\xdb\xa5")
_ENCRYPTED: Final = 0x0100
_WORD_97: Final = 0x00BE
_OLDEST, _NEWEST = 0x0020, 0x0120
_MAX_MANIFEST: Final = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of a .doc's main stream: [MS-DOC] 2.5.2, FibBase."""

    version: int
    """nFib: 0x00C1 is Word 97 and later, smaller ones are Word 6 and 95."""
    encrypted: bool


def read_head(path: Path) -> Head | None:
    """Return what a .doc says of itself; None when no main stream is found.

    The main stream begins with its identity ([MS-DOC] 2.5.2 wIdent) where a stream can begin: at a sector, or in a
    small file at a sector of the mini stream ([MS-CFB] 2.4). The first one counts: embedded documents come behind.
    """
    return _scan(path, _SECTOR) or _scan(path, _MINI_SECTOR)


def _scan(path: Path, step: int) -> Head | None:
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            for at in range(0, len(chunk) - 12, step):
                if chunk[at : at + 2] in _IDENTITIES:
                    version, flags = struct.unpack_from("<H6xH", chunk, at + 2)
                    if _OLDEST <= version <= _NEWEST:
                        return Head(version, bool(flags & _ENCRYPTED))
    return None


def import_filter(media_type: str, head: Head | None) -> tuple[str, str]:
    """Return (file ending, LibreOffice's filter) for a media type of `MEDIA_TYPES`.

    The filter is named rather than left to LibreOffice: it takes a broken file for plain text and returns rubbish.
    """
    if media_type != DOC:
        return _FORMATS[media_type]
    return ".doc", "MS Word 97" if head is None or head.version >= _WORD_97 else "MS WinWord 6.0"


def is_encrypted_odt(path: Path) -> bool:
    """Tell whether an OpenDocument file is encrypted (ODF 1.2 part 3, 3.4: `manifest:encryption-data`)."""
    try:
        with zipfile.ZipFile(path) as archive:
            entry = archive.NameToInfo.get("META-INF/manifest.xml")
            if entry is None or entry.file_size > _MAX_MANIFEST:
                return False
            return b"encryption-data" in archive.read(entry)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, NotImplementedError, RuntimeError):
        return False
