# SPDX-License-Identifier: Apache-2.0
"""The ZIP package of a Word file: limits first, then its XML parts.

Nothing is unpacked before the directory of the archive was held against the limits (`parcheck.archives.guard`), and
XML is parsed without entities, DTD or network.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from lxml import etree

from parcheck.archives.guard import BROKEN, MAX_ENTRIES, MAX_RATIO, MAX_TOTAL, Bounds, open_archive, too_large
from parcheck.errors import UnreadableFile

if TYPE_CHECKING:
    from pathlib import Path

MAX_XML_BYTES = 48 * 1024 * 1024
"""Of one XML part, unpacked; a report of 1 000 pages stays under 30 MB."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# "Strict" files (ISO 29500-1) differ from what everybody writes only in these names.
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)


class Package:
    """An opened package.

    Raises:
        UnreadableFile: `file-damaged`, `file-encrypted` or `file-too-large`.
    """

    def __init__(self, path: Path) -> None:
        self._zip = open_archive(path, Bounds(MAX_ENTRIES, MAX_TOTAL, MAX_RATIO))
        try:
            self.main = self._main()
        except UnreadableFile:
            self._zip.close()
            raise

    @property
    def names(self) -> frozenset[str]:
        """Names of all entries."""
        return frozenset(self._zip.namelist())

    def _main(self) -> str:
        for kind, target, _ in self.relationships("").values():
            if kind == "officeDocument" and target in self._zip.NameToInfo:
                return target
        if "word/document.xml" in self._zip.NameToInfo:
            return "word/document.xml"
        raise UnreadableFile("file-damaged", detail="OPC: no main part")

    def read(self, name: str) -> bytes | None:
        """Return an XML part's bytes, None when there is no such part or its packing is broken."""
        entry = self._zip.NameToInfo.get(name)
        if entry is None:
            return None
        if entry.file_size > MAX_XML_BYTES:
            raise too_large(entry.file_size, MAX_XML_BYTES)
        try:
            return self._zip.read(entry)
        except BROKEN:
            return None

    def xml(self, name: str) -> etree._Element | None:
        """Return the root of an XML part; None when it is absent, broken, or has a DTD (forbidden in OPC)."""
        data = self.read(name)
        if data is None:
            return None
        if b"http://purl.oclc.org/ooxml/" in data:
            for strict, usual in _STRICT:
                data = data.replace(strict, usual)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError):
            return None
        return None if root.getroottree().docinfo.doctype else root  # type: ignore[union-attr]

    def relationships(self, part: str) -> dict[str, tuple[str, str, bool]]:
        """Return a part's relationships by id: last word of the type, target (part name or URL), is external.

        The package's own are asked for with "".
        """
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", name + ".rels"))
        found: dict[str, tuple[str, str, bool]] = {}
        if root is None:
            return found
        for element in root.iter(_RELATIONSHIP):
            kind = (element.get("Type") or "").rsplit("/", 1)[-1]
            target = element.get("Target") or ""
            external = element.get("TargetMode") == "External"
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[element.get("Id") or ""] = (kind, target, external)
        return found

    def close(self) -> None:
        """Release the file."""
        self._zip.close()
