# SPDX-License-Identifier: Apache-2.0
"""What a workbook may cost, told from its archive before anything is unpacked into memory."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Final

from parcheck.archives.guard import MAX_ENTRIES, Bounds, chunks, open_archive
from parcheck_plugins.word.package import Package, R

if TYPE_CHECKING:
    from pathlib import Path

    from parcheck.archives.guard import Archive

MAX_SHEETS: Final = 100
MAX_ROWS: Final = 20_000
"""Of one sheet; what a person can be asked to look through ends long before."""
MAX_CELLS: Final = 400_000
"""Of one workbook, filled ones only."""
MAX_TEXT_BYTES: Final = 160 * 1024 * 1024
"""Of all XML or binary sheet parts together, unpacked."""
MAX_AREA: Final = 12_000_000
"""Cells of the rectangle around a sheet's filled cells: python-calamine takes about 32 bytes for each, empty or
not."""

_S: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
# A cell that holds something is no empty element; `<c r="XFD1048576" s="1"/>` only has a look.
_FILLED: Final = re.compile(rb'<(?:\w+:)?c\b[^<>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^<>]*(?<!/)>')
_LONGEST_TAG: Final = 400


def check_archive(path: Path) -> None:
    """Refuse a ZIP-based workbook that would unpack into more than a workbook can need.

    Raises:
        UnreadableFile: `file-damaged`, `file-encrypted`, `file-too-large`.
    """
    open_archive(path, Bounds(MAX_ENTRIES, MAX_TEXT_BYTES, counts=_is_text)).close()


def _is_text(name: str) -> bool:
    """Tell the parts that a reader takes into memory; pictures it leaves alone."""
    return name.lower().endswith((".xml", ".bin", ".rels", ".vml"))


def wide_sheets(path: Path) -> frozenset[str]:
    """Return the names of an XLSX's sheets whose filled cells lie too far apart to be held in memory."""
    package = Package(path)
    try:
        workbook = package.xml(package.main)
        if workbook is None:
            return frozenset()
        relations = package.relationships(package.main)
        targets = {
            sheet.get("name") or "": relations[identifier][1]
            for sheet in workbook.iter(_S + "sheet")
            if (identifier := sheet.get(R + "id") or "") in relations
        }
    finally:
        package.close()
    with open_archive(path, Bounds(MAX_ENTRIES)) as archive:
        return frozenset(name for name, part in targets.items() if _area(archive, part) > MAX_AREA)


def _area(archive: Archive, part: str) -> int:
    entry = archive.NameToInfo.get(part)
    if entry is None:
        return 0
    rows: list[int] = []
    columns: set[bytes] = set()
    tail = b""
    for chunk in chunks(archive, entry, sys.maxsize):
        window = tail + chunk
        found = _FILLED.findall(window)
        if found:
            columns.update({column for column, _ in found})
            numbers = [int(row) for _, row in found]
            rows += (min(numbers), max(numbers))
        tail = window[-_LONGEST_TAG:]
    if not rows:
        return 0
    positions = [_column(letters) for letters in columns]
    return (max(rows) - min(rows) + 1) * (max(positions) - min(positions) + 1)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
