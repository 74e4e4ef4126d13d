# SPDX-License-Identifier: Apache-2.0
"""What was read before of a file's bytes, for those who read: readings and tables, in one store or several."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from parcheck.errors import UnreadableFile
from parcheck.reading.tabling import tables_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from parcheck.model import Reading
    from parcheck.reading.grids import Tables
    from parcheck.reading.pool import Job
    from parcheck.reading.store import ReadingStore
    from parcheck.submission import Item


class LastDigest:
    """The SHA-256 of files; that of an archive with many members is made once. May be used from several threads."""

    def __init__(self) -> None:
        self._last: tuple[tuple[Path, int, int], str] | None = None

    def of(self, file: Path) -> str:
        """Return the digest of a file.

        Raises:
            OSError: it cannot be read.
        """
        status = file.stat()
        mark = (file, status.st_size, status.st_mtime_ns)
        last = self._last
        if last is None or last[0] != mark:
            with file.open("rb") as stream:
                self._last = last = mark, hashlib.file_digest(stream, "sha256").hexdigest()
        return last[1]


class Kept:
    """The readings of some facts, and tables, in some stores; the first that has one is believed."""

    def __init__(self, stores: Sequence[ReadingStore], facts: AbstractSet[str] | None) -> None:
        self._stores = stores
        self._facts = facts
        self._digests = LastDigest()

    def look(self, job: Job) -> tuple[str | None, Reading | None]:
        """Return (the key to keep the reading under, the reading if one is kept)."""
        if (digest := self._digest(job.file)) is None:
            return None, None
        key = self._stores[0].key(job, digest, None if self._facts is None else self._facts - job.spared)
        for store in self._stores:
            if (reading := store.get(key, job)) is not None:
                return key, reading
        return key, None

    def keep(self, key: str | None, reading: Reading) -> None:
        """Keep a reading in all stores."""
        for store in self._stores:
            if key is not None:
                store.put(key, reading)

    def look_for_tables(self, item: Item) -> tuple[Mapping[str, Any] | None, Tables | None]:
        """Return (the question to keep the tables under, the tables if they are kept)."""
        if (digest := self._digest(item.file)) is None:
            return None, None
        name = item.path.rsplit("/", 1)[-1]
        asked = {"tables": digest, "name": name, "member": item.member}
        for store in self._stores:
            kept = store.answer(asked)
            if kept is not None:
                try:
                    return asked, tables_in(kept)
                except UnreadableFile:
                    # Garbled: they are read anew.
                    continue
        return asked, None

    def keep_tables(self, asked: Mapping[str, Any] | None, answered: Mapping[str, Any]) -> None:
        """Keep tables as they came from a worker in all stores."""
        for store in self._stores:
            if asked is not None:
                store.keep_answer(asked, answered)

    def _digest(self, file: Path) -> str | None:
        """Return the digest that something may be kept under; None where nothing is to be."""
        if not self._stores:
            return None
        try:
            return self._digests.of(file)
        except OSError:
            # Whatever ails the file, its reading will say.
            return None
