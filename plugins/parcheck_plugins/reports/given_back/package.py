# SPDX-License-Identifier: Apache-2.0
"""A copy of an Office file with a few of its parts changed, and every other byte as it was.

Nothing is read into a library's own model and written again: pictures, charts, formulas, comments and whatever else
the file holds are copied. Only what signed the original goes, for it does not fit a changed copy.
"""

from __future__ import annotations

import zipfile
from typing import IO, TYPE_CHECKING, Final

from lxml import etree

from parcheck.archives.guard import BROKEN, MAX_ENTRIES, MAX_RATIO, Bounds, open_archive
from parcheck.errors import UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MAX_UNPACKED: Final = 200 * 1024 * 1024
"""Of all parts together; a self-assessment with pictures stays far below."""
_SIGNATURES: Final = "_xmlsignatures/"
_ROOT_LINKS: Final = "_rels/.rels"
_CONTENT: Final = "[Content_Types].xml"
_SIGNED: Final = "digital-signature/origin"
_MACROS: Final = ("vbaproject.bin", "vbadata.xml")
_DOS_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def refused(path: Path) -> str | None:
    """Return why a file cannot be given back with columns added, as a code of the catalogue's errors; else None.

    Raises:
        UnreadableFile: it is no Office file that can be opened.
    """
    suffix = path.suffix.lower()
    if suffix in (".xlsm", ".docm", ".xltm", ".dotm"):
        return "sheet-back-macros"
    if suffix not in (".xlsx", ".docx"):
        return "sheet-back-form"
    with open_archive(path, Bounds(MAX_ENTRIES, MAX_UNPACKED, MAX_RATIO)) as archive:
        names = [name.lower() for name in archive.namelist()]
        if any(name.endswith(_MACROS) for name in names):
            return "sheet-back-macros"
        main = "xl/workbook.xml" if suffix == ".xlsx" else "word/document.xml"
        entry = archive.NameToInfo.get(main)
        if entry is not None and entry.file_size < MAX_UNPACKED and b"purl.oclc.org/ooxml" in archive.read(entry):
            return "sheet-back-strict"
    return None


def signed(path: Path) -> bool:
    """Return whether a file bears digital signatures."""
    with open_archive(path, Bounds(MAX_ENTRIES, MAX_UNPACKED, MAX_RATIO)) as archive:
        return any(name.startswith(_SIGNATURES) for name in archive.namelist())


def write_copy(path: Path, changed: Mapping[str, etree._Element], target: IO[bytes]) -> None:
    """Write a file with some of its XML parts replaced.

    Raises:
        UnreadableFile: a part cannot be unpacked.
    """
    parts = {name: to_bytes(root) for name, root in changed.items()}
    with (
        open_archive(path, Bounds(MAX_ENTRIES, MAX_UNPACKED, MAX_RATIO)) as archive,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy,
    ):
        unsigned = not any(name.startswith(_SIGNATURES) for name in archive.namelist())
        for entry in archive.infolist():
            if entry.filename.startswith(_SIGNATURES) or entry.is_dir():
                continue
            try:
                data = parts.get(entry.filename) or archive.read(entry)
            except BROKEN as error:
                raise UnreadableFile("file-damaged", detail=f"ZIP: {entry.filename}") from error
            if not unsigned and entry.filename in (_ROOT_LINKS, _CONTENT):
                data = _without_signatures(data)
            info = zipfile.ZipInfo(entry.filename, _DOS_EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            copy.writestr(info, data)


def to_bytes(root: etree._Element) -> bytes:
    """Return a part's XML."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _without_signatures(data: bytes) -> bytes:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(data, parser)
    for element in list(root):
        if _SIGNED in (element.get("Type") or "") or (element.get("PartName") or "").startswith(f"/{_SIGNATURES}"):
            root.remove(element)
    return to_bytes(root)
