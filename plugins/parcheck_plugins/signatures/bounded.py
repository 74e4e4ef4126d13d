# SPDX-License-Identifier: Apache-2.0
"""pyHanko's PDF reader with a time limit, without its re-reading of object streams and of signatures digit by digit.

Comparing revisions reads every object of the file. A real criteria set of 21 pages with 6 700 objects in streams took
15 s, nearly all of it spent on reading the streams' tables of contents anew for each object. A signature is one string
of some 30 000 hexadecimal digits: a sixth of the time that a signed document took.
"""

from __future__ import annotations

import binascii
import contextlib
import re
import time
from io import BytesIO
from typing import Any, Final

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader

_MAX_OBJECTS: Final = 1_000_000
"""More than any real document has; pyHanko believes what a damaged file says, and counts for hours."""
_CONTENTS: Final = re.compile(rb"/Contents\s*<([0-9A-Fa-f]{1000,})>")
_ENCRYPTED: Final = re.compile(rb"/Encrypt\b")
_BEHIND: Final = 65_536
"""Bytes behind a signature in which its object ends; of a longer one pyHanko reads every digit."""
_FAULTS: Final = (PdfError, KeyError, ValueError, TypeError, AttributeError, IndexError)
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
        self._outlines: dict[tuple[generic.Reference, Any], Any] = {}
        # To know how to decrypt an object, others have to be read.
        data = stream.getbuffer()
        encrypted = _ENCRYPTED.search(data) is not None
        self._contents = [] if encrypted else [match.span(1) for match in _CONTENTS.finditer(data)]
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

    def _read_object(self, ref: generic.Reference, marker: Any, *args: Any, **options: Any) -> Any:
        if isinstance(marker, int) and not args:
            parts = self._around_signature(marker)
            if parts is not None:
                with contextlib.suppress(*_FAULTS):
                    return self._read_signature(ref, parts, options)
        return super()._read_object(ref, marker, *args, **options)

    def _around_signature(self, begin: int) -> tuple[bytes, bytes] | None:
        """Return the digits of the signature in an object, and the object without them; None when it has none."""
        left, right = next((span for span in self._contents if span[0] > begin), (0, 0))
        if not right:
            return None
        before, behind = self._bytes(begin, left), self._bytes(right, right + _BEHIND).partition(b"endobj")
        # A stream may have its length in another object, for which the whole file is needed.
        if b"endobj" in before or b"stream" in before + behind[0]:
            return None
        return self._bytes(left, right), before + b"".join(behind)

    def _bytes(self, begin: int, end: int) -> bytes:
        self.stream.seek(begin)
        return bytes(self.stream.read(end - begin))

    def _read_signature(self, ref: generic.Reference, parts: tuple[bytes, bytes], options: dict[str, Any]) -> Any:
        digits, rest = parts
        whole, self.stream = self.stream, BytesIO(rest)
        try:
            obj = super()._read_object(ref, 0, **options)
        finally:
            self.stream = whole
        if not isinstance(obj, generic.DictionaryObject) or obj.raw_get("/Contents"):
            raise PdfError("not the signature's own dictionary")
        obj[generic.pdf_name("/Contents")] = generic.pdf_string(binascii.unhexlify(digits + b"0" * (len(digits) % 2)))
        return obj

    def outline(self, ref: generic.Reference, history: BoundedHistory) -> Any:
        """Return as much of an object at a revision as leads to others: of each of its versions made once."""
        self.check()
        key = ref, self.xrefs.get_historical_ref(ref, history.revision)
        if key not in self._outlines:
            self._outlines[key] = _outline(history.get_object(ref))
        return self._outlines[key]

    def _get_object_from_stream(self, idnum: int, stmnum: int, idx: int) -> Any:
        try:
            data, table = self._table(stmnum)
            obj = generic.read_object(BytesIO(data[table[idnum] :]), generic.Reference(idnum, 0, self))
        except _FAULTS:
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
        self._collecting = False
        super().__init__(reader, revision)

    def get_object(self, *args: Any, **options: Any) -> Any:
        """Return an object as it was at the revision."""
        self._bounded.check()
        return super().get_object(*args, **options)

    def __call__(self, ref: generic.Reference) -> Any:
        """Return an object; while references are collected only as much of it as leads to others."""
        return self._bounded.outline(ref, self) if self._collecting else self.get_object(ref)

    def _load_reverse_xref_cache(self) -> None:
        # Every path to every object is walked: the widths of a font's letters are walked as often as it is used.
        self._collecting = True
        try:
            super()._load_reverse_xref_cache()  # type: ignore[no-untyped-call]
        finally:
            self._collecting = False


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
