# SPDX-License-Identifier: Apache-2.0
"""Readings kept on disk by content, so that no file is read twice for nothing, and what else was asked of the files:
pieces of pages, tables.

A kept reading counts only for the same bytes under the same name, the same facts, and the same readers: plugins,
their versions and code, and the libraries they rest on. The store is SQLite (WAL): several processes may share it,
and a process that is killed leaves it whole. A store that cannot be used is left alone, with one warning; nothing
depends on it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import sqlite3
import threading
import time
import zlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from parcheck.errors import ParcheckError
from parcheck.reading.codec import decode, encode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from parcheck.model import Reading, Report
    from parcheck.reading.pool import Job

SHAPE: Final = 3
"""Version of the tables and of the JSON in them: another one starts anew."""
CACHE_VARIABLE: Final = "PARCHECK_CACHE"
MOST_BYTES: Final = 2 * 1024**3
"""A store beyond this loses its oldest half: about 500 000 readings with the pieces of their pages."""
TABLES: Final = ("readings", "answers")
WAL_ATTEMPTS: Final = 100
FLEETING_PROBLEMS: Final = frozenset(
    {"reader-crashed", "reader-failed", "reader-memory", "reader-timeout", "plugin-failed", "file-unreachable"}
)
"""Problems that say more of the moment or the computer than of the file."""
FLEETING_REASONS: Final = frozenset({"plugin-failed"})
"""The same of reasons for which facts are unknown."""

_log = logging.getLogger("parcheck")


def cache_file() -> Path:
    """Return the file in the user's cache folder where readings are kept, or in the folder `PARCHECK_CACHE` names."""
    import platformdirs

    folder = os.environ.get(CACHE_VARIABLE) or platformdirs.user_cache_dir("parcheck", appauthor=False)
    return Path(folder) / "readings.sqlite"


def chosen_file(cache: bool | str | Path | None) -> Path | None:
    """Return the file that the option `cache` means: the user's for True, none where nothing is to be kept."""
    return cache_file() if cache is True else Path(cache) if cache else None


def packs_folder() -> Path:
    """Return the folder beside `cache_file` in which packs and the words of plugins are kept."""
    return cache_file().with_name("packs")


@dataclass(frozen=True, slots=True)
class StoreInfo:
    """What `parcheck cache info` tells."""

    path: Path
    readings: int
    bytes: int


class ReadingStore:
    """Readings by content. May be used from several threads, and by several processes at once.

    Args:
        path: the database file; its folder is made.
        readers: fingerprint of what reads (see `parcheck.reading.fingerprint`).
        keeps_failures: also keep readings that failed for reasons of the moment: for resuming one run, where no file
            is to be tried twice.
    """

    def __init__(self, path: Path, readers: str, *, keeps_failures: bool = False) -> None:
        self.path = path
        self._readers = readers
        self._keeps_failures = keeps_failures
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = _open(path)
        except (OSError, sqlite3.Error) as error:
            self._give_up(error)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; an overgrown one loses its oldest half."""
        with self._lock:
            connection, self._connection = self._connection, None
        if connection is None:
            return
        with contextlib.suppress(sqlite3.Error):
            if _size(self.path) > MOST_BYTES:
                for table in TABLES:
                    connection.execute(
                        f"DELETE FROM {table} WHERE made <= (SELECT made FROM {table} ORDER BY made LIMIT 1 "  # noqa: S608 - our own names
                        f"OFFSET (SELECT count(*) / 2 FROM {table}))"
                    )
                connection.execute("VACUUM")
            connection.close()

    def get(self, key: str, job: Job) -> Reading | None:
        """Return the kept reading under the name that the job shows, or None."""
        kept = self._get("readings", key)
        if kept is None:
            return None
        try:
            return replace(decode(kept), path=job.name)
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            self._give_up(error)
            return None

    def put(self, key: str, reading: Reading) -> None:
        """Keep a reading, unless it may come out otherwise tomorrow."""
        if self._keeps_failures or not fleeting(reading):
            self._put("readings", key, encode(reading))

    def answer(self, asked: Mapping[str, Any]) -> dict[str, Any] | None:
        """Return what was kept as the answer to the same question, or None.

        Args:
            asked: all that the answer rests on beside the readers, the digest of the file's bytes above all; JSON.
        """
        kept = self._get("answers", self._digest(asked))
        return kept if isinstance(kept, dict) else None

    def keep_answer(self, asked: Mapping[str, Any], answer: Mapping[str, Any]) -> None:
        """Keep the answer to a question; `asked` as for `answer`."""
        self._put("answers", self._digest(asked), answer)

    def key(self, job: Job, digest: str, facts: Iterable[str] | None) -> str:
        """Return the key of a file's reading: its bytes, its name, what is asked, who reads."""
        asked = None if facts is None else sorted(facts)
        return self._digest(digest, job.name.rsplit("/", 1)[-1], list(job.member), asked)

    def info(self) -> StoreInfo:
        """Return how much is kept."""
        rows = self._run("SELECT count(*) FROM readings", ())
        return StoreInfo(self.path, rows[0][0] if rows else 0, _size(self.path))

    def _digest(self, *parts: Any) -> str:
        return hashlib.sha256(json.dumps([*parts, self._readers]).encode()).hexdigest()

    def _get(self, table: str, key: str) -> Any:
        row = self._run(f"SELECT kept FROM {table} WHERE key = ?", (key,))  # noqa: S608 - our own names
        if not row:
            return None
        try:
            return json.loads(zlib.decompress(row[0][0]))
        except (zlib.error, ValueError, TypeError) as error:
            self._give_up(error)
            return None

    def _put(self, table: str, key: str, value: Any) -> None:
        data = zlib.compress(json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass"), 1)
        self._run(f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?)", (key, time.time(), data))  # noqa: S608 - our own names

    def _run(self, statement: str, values: tuple[object, ...]) -> list[tuple[Any, ...]] | None:
        with self._lock:
            if self._connection is None:
                return None
            try:
                return self._connection.execute(statement, values).fetchall()
            except sqlite3.Error as error:
                self._give_up(error)
                return None

    def _give_up(self, error: Exception) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(sqlite3.Error):
                connection.close()
        _log.warning("%s", ParcheckError("cache-unusable", path=str(self.path), detail=str(error)))


@contextlib.contextmanager
def store_of(report: Report) -> Iterator[ReadingStore | None]:
    """Give the store that holds the readings of a report, for what else is asked of its files; None where nothing was
    kept."""
    if report.cache is None:
        yield None
    else:
        with ReadingStore(report.cache, report.run["readers"]) as store:
            yield store


def fleeting(reading: Reading) -> bool:
    """Return whether a reading may come out otherwise for the same bytes: a crash, a time-out."""
    return any(problem.code in FLEETING_PROBLEMS for problem in reading.problems) or any(
        reason.code in FLEETING_REASONS for reason in reading.unknown.values()
    )


def clear(path: Path) -> int:
    """Delete a store and return the bytes that were freed.

    Raises:
        OSError: it cannot be deleted.
    """
    freed = _size(path)
    for file in _files(path):
        file.unlink(missing_ok=True)
    return freed


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=20, isolation_level=None, check_same_thread=False)
    try:
        _turn_to_wal(connection)
        connection.execute("PRAGMA synchronous = NORMAL")
        if _shape(connection) != SHAPE:
            connection.execute("BEGIN IMMEDIATE")
            # Another process may have been faster.
            if _shape(connection) != SHAPE:
                for table in TABLES:
                    connection.execute(f"DROP TABLE IF EXISTS {table}")
                    connection.execute(
                        f"CREATE TABLE {table} (key TEXT PRIMARY KEY, made REAL, kept BLOB) WITHOUT ROWID"
                    )
                connection.execute(f"PRAGMA user_version = {SHAPE}")
            connection.execute("COMMIT")
    except BaseException:
        connection.close()
        raise
    return connection


def _turn_to_wal(connection: sqlite3.Connection) -> None:
    """Turn the file to WAL; SQLite does not wait for this lock by itself."""
    for attempt in range(WAL_ATTEMPTS):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if attempt == WAL_ATTEMPTS - 1:
                raise
            time.sleep(0.05)
        else:
            return


def _shape(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _files(path: Path) -> list[Path]:
    return [path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")]


def _size(path: Path) -> int:
    return sum(file.stat().st_size for file in _files(path) if file.exists())
