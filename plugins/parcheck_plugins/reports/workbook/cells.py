# SPDX-License-Identifier: Apache-2.0
"""The filled cells of an XLSX, row by row: what stands in them, and whether a formula put it there.

The sheet of a province's findings unpacks into more than a library should take into memory at once, and no library
tells a formula that was never calculated from an empty cell; so its XML is read as a stream.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from lxml import etree

from parcheck.archives.guard import MAX_ENTRIES, Bounds, chunks, open_archive
from parcheck.errors import UnreadableFile
from parcheck_plugins.reports.places import number_of
from parcheck_plugins.word.package import Package, R

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from parcheck.archives.guard import Archive

MAX_PART: Final = 1024 * 1024 * 1024
"""Bytes of one sheet's XML; 15 000 findings take 40 MB."""
MAX_STRINGS: Final = 256 * 1024 * 1024
"""Bytes of the table of texts, which is held in memory."""
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LETTERS: Final = re.compile(r"[A-Z]{1,3}")
_CUSTOM: Final = "custom-properties"


@dataclass(frozen=True, slots=True)
class Filled:
    """One filled cell."""

    text: str
    """As stored: a number in full, with a dot."""
    number: bool = False
    """Whether it is one; days are."""
    failed: bool = False
    """A formula that has no result, or one that is an error."""


@dataclass(frozen=True, slots=True)
class Workbook:
    """An opened workbook."""

    archive: Archive
    sheets: Mapping[str, str]
    """Name to part, in order."""
    strings: tuple[str, ...]
    properties: Mapping[str, str]
    """Those that people and programs gave the file."""
    since_1904: bool
    """Whether days are counted from 1904."""

    def rows(self, sheet: str) -> Iterator[tuple[int, dict[int, Filled]]]:
        """Yield each row's number and its filled cells by column, both from 1.

        Raises:
            UnreadableFile: the sheet is damaged or too large.
        """
        row_number = 0
        for row in _elements(self.archive, self.sheets[sheet], "row", MAX_PART):
            given = row.get("r") or ""
            row_number = int(given) if given.isdecimal() else row_number + 1
            cells: dict[int, Filled] = {}
            column = 0
            for cell in row:
                place = _LETTERS.match(cell.get("r") or "")
                column = number_of(place[0]) if place else column + 1
                filled = self._filled(cell)
                if filled is not None:
                    cells[column] = filled
            yield row_number, cells

    def _filled(self, cell: etree._Element) -> Filled | None:
        kind = cell.get("t") or "n"
        value = next((each.text or "" for each in cell if _local(each) == "v"), None)
        formula = any(_local(each) == "f" for each in cell)
        if kind == "inlineStr":
            value = "".join(_texts(each) for each in cell if _local(each) == "is")
        elif kind == "s":
            value = self._string(value)
        elif kind == "str" and value is not None:
            value = _plain(value)
        # A result that is an empty text says so ("str"); a number without digits was never worked out.
        if kind == "e" or (formula and (value is None or (kind == "n" and not value.strip()))):
            return Filled(value or "=", failed=True)
        if value is None or not value.strip():
            return None
        return Filled(value, number=kind == "n")

    def _string(self, index: str | None) -> str:
        try:
            return self.strings[int(index or "")]
        except (ValueError, IndexError) as error:
            raise UnreadableFile("file-damaged", detail=f"XML: sharedStrings {index}") from error


@contextmanager
def opened(path: Path) -> Iterator[Workbook]:
    """Give a workbook; nothing of it is in memory but its table of texts.

    Raises:
        UnreadableFile: `file-damaged` (also when it is another kind of file), `file-encrypted`, `file-too-large`.
    """
    package = Package(path)
    try:
        root = package.xml(package.main)
        links = package.relationships(package.main)
        own = [target for kind, target, _ in package.relationships("").values() if kind == _CUSTOM]
        custom = package.xml(own[0]) if own else None
    finally:
        package.close()
    if root is None or _local(root) != "workbook":
        raise UnreadableFile("file-damaged", detail="XML: workbook")
    sheets = {
        each.get("name") or "": links[link][1]
        for each in root.iter("{*}sheet")
        if (link := each.get(f"{R}id") or "") in links
    }
    about = root.find("{*}workbookPr")
    since_1904 = about is not None and about.get("date1904") in ("1", "true")
    texts = next((target for kind, target, outside in links.values() if kind == "sharedStrings" and not outside), None)
    with open_archive(path, Bounds(MAX_ENTRIES)) as archive:
        strings = tuple(_texts(each) for each in _elements(archive, texts, "si", MAX_STRINGS)) if texts else ()
        yield Workbook(archive, sheets, strings, _properties(custom), since_1904)


def _properties(root: etree._Element | None) -> dict[str, str]:
    if root is None:
        return {}
    return {each.get("name") or "": "".join(map(str, each.itertext())) for each in root}


def _elements(archive: Archive, part: str, name: str, limit: int) -> Iterator[etree._Element]:
    """Yield the elements of a name, each gone when the next one is asked for.

    Raises:
        UnreadableFile: there is no such part, it is damaged, or larger than the limit.
    """
    entry = archive.NameToInfo.get(part)
    if entry is None:
        raise UnreadableFile("file-damaged", detail=f"ZIP: {part}")
    parser = etree.XMLPullParser(
        events=("end",), tag=f"{{*}}{name}", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        for chunk in chunks(archive, entry, limit):
            parser.feed(chunk)
            yield from _taken(parser)
        parser.close()
        yield from _taken(parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableFile("file-damaged", detail=f"XML: {part}") from error


def _taken(parser: etree.XMLPullParser) -> Iterator[etree._Element]:
    for _, element in parser.read_events():
        if not isinstance(element, etree._Element):  # pragma: no cover - only "end" is asked for
            continue
        yield element
        parent = element.getparent()
        element.clear()
        while parent is not None and len(parent) > 1:
            del parent[0]


def _texts(element: etree._Element) -> str:
    """Return the text of a rich or plain string, without what only tells how to say it aloud."""
    parts = (each.text or "" for each in element.iter("{*}t") if _local(each.getparent()) != "rPh")
    return _plain("".join(parts))


def _plain(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def _local(element: etree._Element | None) -> str:
    return str(etree.QName(element).localname) if element is not None and isinstance(element.tag, str) else ""
