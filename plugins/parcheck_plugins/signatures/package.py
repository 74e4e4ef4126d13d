# SPDX-License-Identifier: Apache-2.0
"""The ZIP package of an Office file, read as a verifier must: every part, within limits, without trusting a name."""

from __future__ import annotations

import hashlib
import posixpath
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from parcheck.archives.guard import MAX_ENTRIES, MAX_TOTAL, Bounds, chunks, open_archive
from parcheck.errors import UnreadableFile
from parcheck_plugins.signatures.xmldsig import PACKAGE, Unsupported, parse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lxml import etree

MAX_XML: Final = 16 * 1024 * 1024
MAX_PART: Final = 300 * 1024 * 1024
_TYPES: Final = "[Content_Types].xml"
_CT: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"


class Parts:
    """The parts of a package by name, without the slash in front; names that differ only in case are one (OPC, 6.2.2).

    Raises:
        Unsupported: not a ZIP, too large, encrypted, or with two entries of one name.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._zip = open_archive(path, Bounds(MAX_ENTRIES, total=None, ratio=None, key=str.lower))
        except UnreadableFile as error:
            raise Unsupported from error
        entries = [entry for entry in self._zip.infolist() if not entry.is_dir()]
        self._entries = {entry.filename.lower(): entry for entry in entries}
        self._left = MAX_TOTAL
        self._types: etree._Element | None = None

    @property
    def names(self) -> list[str]:
        """Names of all parts, as written."""
        return [entry.filename for entry in self._entries.values()]

    def close(self) -> None:
        """Release the file."""
        self._zip.close()

    def has(self, name: str) -> bool:
        """Return whether there is such a part."""
        return name.lower() in self._entries

    def read(self, name: str) -> bytes:
        """Return an XML part's bytes."""
        data = bytearray()
        for chunk in self._chunks(name, MAX_XML):
            data += chunk
        return bytes(data)

    def digest(self, name: str, method: str) -> bytes:
        """Return the digest of a part's bytes."""
        made = hashlib.new(method)
        for chunk in self._chunks(name, MAX_PART):
            made.update(chunk)
        return made.digest()

    def _chunks(self, name: str, limit: int) -> Iterator[bytes]:
        entry = self._entries.get(name.lower())
        if entry is None:
            raise Unsupported(name)
        try:
            for chunk in chunks(self._zip, entry, limit):
                self._left -= len(chunk)
                if self._left < 0:
                    raise Unsupported(name)
                yield chunk
        except UnreadableFile as error:
            raise Unsupported(name) from error

    def xml(self, name: str) -> etree._Element:
        """Return the root of an XML part."""
        return parse(self.read(name))

    def targets(self, part: str, kind: str) -> list[str]:
        """Return the parts that a part ("" the package) points at with relationships of one type (its last words)."""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", name + ".rels")
        if not self.has(rels):
            return []
        return [
            resolve(folder, element.get("Target") or "")
            for element in self.xml(rels).iter(PACKAGE + "Relationship")
            if (element.get("Type") or "").endswith(kind) and element.get("TargetMode") != "External"
        ]

    def content_type(self, name: str) -> str | None:
        """Return a part's declared content type."""
        if self._types is None:
            self._types = self.xml(_TYPES)
        root = self._types
        for element in root.iter(_CT + "Override"):
            if (element.get("PartName") or "").lstrip("/").lower() == name.lower():
                return element.get("ContentType")
        suffix = name.rpartition(".")[2].lower()
        for element in root.iter(_CT + "Default"):
            if (element.get("Extension") or "").lower() == suffix:
                return element.get("ContentType")
        return None


def resolve(folder: str, target: str) -> str:
    """Return the part that a relationship's target names, seen from its source's folder."""
    return posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
