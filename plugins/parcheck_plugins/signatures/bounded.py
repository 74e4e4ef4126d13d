# SPDX-License-Identifier: Apache-2.0
"""pyHanko's PDF reader with a time limit, and without its re-reading of object streams.

Comparing revisions reads every object of the file. A real criteria set of 21 pages with 6 700 objects in streams took
15 s, nearly all of it spent on reading the streams' tables of contents anew for each object.
"""

from __future__ import annotations

import re
import time
from io import BytesIO
from typing import Any, Final

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader

_MAX_OBJECTS: Final = 1_000_000
"""More than any real document has; pyHanko believes what a damaged file says, and counts for hours."""
_INDEX: Final = re.compile(rb"/Index\s*\[([\s\d+-]*)\]|/Size\s+(\d+)")


class OutOfTime(Exception):
    """The file costs more time than it may."""


def countable(data: bytes) -> bool:
    """Return whether the file's cross-reference tables claim a number of objects that can be read."""
    for index, size in _INDEX.findall(data):
        numbers = [int(size)] if size else [int(word) for word in index.split()[1::2] if word.isdigit()]
        if sum(numbers) > _MAX_OBJECTS:
            return False
    return True


class BoundedReader(PdfFileReader):
    """A reader that stops at a point of `time.monotonic`."""

    def __init__(self, stream: BytesIO, deadline: float) -> None:
        self.deadline = deadline
        self._tables: dict[int, tuple[bytes, dict[int, int]]] = {}
        self._histories: dict[int, BoundedHistory] = {}
        super().__init__(stream, strict=False)

    def check(self) -> None:
        """Raise `OutOfTime` when the time is up."""
        if time.monotonic() > self.deadline:
            raise OutOfTime

    def get_object(self, *args: Any, **options: Any) -> Any:
        """Return an object."""
        self.check()
        return super().get_object(*args, **options)  # type: ignore[no-untyped-call]

    def get_historical_resolver(self, revision: int) -> HistoricalResolver:
        """Return the file as it was at a revision."""
        if revision not in self._histories:
            self._histories[revision] = BoundedHistory(self, revision)
        return self._histories[revision]

    def _get_object_from_stream(self, idnum: int, stmnum: int, idx: int) -> Any:
        try:
            data, table = self._table(stmnum)
            obj = generic.read_object(BytesIO(data[table[idnum] :]), generic.Reference(idnum, 0, self))
        except (PdfError, KeyError, ValueError, TypeError, AttributeError, IndexError):
            return super()._get_object_from_stream(idnum, stmnum, idx)  # type: ignore[no-untyped-call]
        if isinstance(obj, generic.StreamObject | generic.IndirectObject):
            return super()._get_object_from_stream(idnum, stmnum, idx)  # type: ignore[no-untyped-call]
        return obj

    def _table(self, number: int) -> tuple[bytes, dict[int, int]]:
        """Return an object stream's data and where each object begins in it."""
        if number not in self._tables:
            stream: Any = generic.Reference(number, 0, self).get_object()
            data: bytes = stream.data
            first, count = int(stream["/First"]), int(stream["/N"])
            numbers = [int(word) for word in data[:first].split()[: 2 * count]]
            table: dict[int, int] = {}
            for identifier, offset in zip(numbers[::2], numbers[1::2], strict=True):
                table.setdefault(identifier, first + offset)
            self._tables[number] = data, table
        return self._tables[number]


class BoundedHistory(HistoricalResolver):
    """An earlier revision of a file, under the reader's time limit."""

    def __init__(self, reader: BoundedReader, revision: int) -> None:
        self._bounded = reader
        self._outlines: dict[generic.Reference, Any] | None = None
        super().__init__(reader, revision)

    def get_object(self, *args: Any, **options: Any) -> Any:
        """Return an object as it was at the revision."""
        self._bounded.check()
        return super().get_object(*args, **options)

    def __call__(self, ref: generic.Reference) -> Any:
        """Return an object; while references are collected only as much of it as leads to others."""
        if self._outlines is None:
            return self.get_object(ref)
        if ref not in self._outlines:
            self._outlines[ref] = _outline(self.get_object(ref))
        return self._outlines[ref]

    def _load_reverse_xref_cache(self) -> None:
        # Every path to every object is walked: the widths of a font's letters are walked as often as it is used.
        self._outlines = {}
        try:
            super()._load_reverse_xref_cache()  # type: ignore[no-untyped-call]
        finally:
            self._outlines = None


def _outline(item: Any) -> Any:
    """Return dictionaries without what holds no reference, and arrays only where they hold one."""
    if isinstance(item, generic.DictionaryObject):
        kept = {name: inner for name, value in item.items() if (inner := _outline(value)) is not None}
        return generic.DictionaryObject(kept) if kept else None  # type: ignore[no-untyped-call]
    if isinstance(item, generic.ArrayObject):
        inner = [_outline(value) for value in item]
        # Places in an array are part of the path.
        return generic.ArrayObject(inner) if any(value is not None for value in inner) else None
    return item if isinstance(item, generic.IndirectObject) else None
