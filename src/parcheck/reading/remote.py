# SPDX-License-Identifier: Apache-2.0
"""Reading files through any `concurrent.futures.Executor`: other processes, or other machines.

The executor runs `read_batch`, which reads its files in a child process of its own with the same limits as here, so a
hostile file costs neither this process nor the executor's. Files are read by path where the path shows the same bytes
there; else they are sent along.
"""

from __future__ import annotations

import concurrent.futures
import hashlib
import logging
import tempfile
import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from parcheck.errors import Cancelled, ParcheckError
from parcheck.plugins import PluginChoice
from parcheck.reading.codec import decode, encode
from parcheck.reading.pool import WATCH_SECONDS, Job, Kept, Limits, ReaderPool

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from parcheck.model import Reading
    from parcheck.reading.store import ReadingStore

FILES_PER_TASK: Final = 24
"""A task starts a child process, a quarter of a second: with so many files that is a few percent of its time."""
TASKS_AHEAD: Final = 256
"""Tasks that may be under way: enough for a hundred processors, and few enough for the memory of one."""
BYTES_PER_TASK: Final = 64 * 1024 * 1024
"""Bytes of files sent along with one task."""

_log = logging.getLogger("parcheck")


class RemoteReader:
    """Reads files through an executor. Takes the place of `ReaderPool`; gives the same readings.

    Args:
        executor: runs the tasks; it is not shut down here.
        facts: fact names to read; None for all that the plugins provide.
        choice: the plugins to use; they must be installed where the executor runs.
        limits: what one file may cost.
        stores: where readings are kept, on this computer.
        cancel: when set, reading ends with `Cancelled`.
    """

    def __init__(
        self,
        executor: concurrent.futures.Executor,
        *,
        facts: AbstractSet[str] | None = None,
        choice: PluginChoice | None = None,
        limits: Limits | None = None,
        stores: Sequence[ReadingStore] = (),
        cancel: threading.Event | None = None,
    ) -> None:
        self._cancel = cancel or threading.Event()
        self._executor = executor
        self._facts = facts
        self._choice = choice or PluginChoice.from_environment()
        self._limits = limits or Limits()
        self._setup = {
            "facts": None if facts is None else sorted(facts),
            "blocked": self._choice.blocked,
            "extra": self._choice.extra,
            "seconds": self._limits.seconds,
            "memory": self._limits.memory,
        }
        self._kept = Kept(stores, facts)
        self._here: ReaderPool | None = None
        self._warned = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """End what was started here."""
        if self._here is not None:
            self._here.close()

    def read_many(self, files: Iterable[Job]) -> Iterator[tuple[int, Reading]]:
        """Read files and yield (index, reading) as each is done, in no promised order."""
        under_way: dict[concurrent.futures.Future[Any], list[_Asked]] = {}
        chunk: list[_Asked] = []
        try:
            for index, job in enumerate(files):
                asked = _Asked(index, job, *self._kept.look(job))
                if asked.reading is not None:
                    yield index, asked.reading
                    continue
                chunk.append(asked)
                if len(chunk) == FILES_PER_TASK:
                    self._submit(chunk, under_way)
                    chunk = []
                while len(under_way) >= TASKS_AHEAD:
                    yield from self._gather(under_way)
            if chunk:
                self._submit(chunk, under_way)
            while under_way:
                yield from self._gather(under_way)
        finally:
            for future in under_way:
                future.cancel()

    def _submit(
        self, chunk: list[_Asked], under_way: dict[concurrent.futures.Future[Any], list[_Asked]], *, send: bool = False
    ) -> None:
        jobs = [asked.as_data(send=send) for asked in chunk]
        try:
            future = self._executor.submit(read_batch, self._setup, jobs)
        except Exception as error:  # noqa: BLE001 - a broken executor costs time, not files
            future = concurrent.futures.Future()
            future.set_exception(error)
        under_way[future] = chunk

    def _gather(self, under_way: dict[concurrent.futures.Future[Any], list[_Asked]]) -> Iterator[tuple[int, Reading]]:
        """Wait for some task and yield its readings; what it could not find is sent, what it lost is read here."""
        done: set[concurrent.futures.Future[Any]] = set()
        while not done:
            if self._cancel.is_set():
                raise Cancelled("cancelled")
            done, _ = concurrent.futures.wait(under_way, WATCH_SECONDS, concurrent.futures.FIRST_COMPLETED)
        for future in done:
            chunk = under_way.pop(future)
            try:
                answers = future.result()
                readings = [None if answer is None else decode(answer) for answer in answers]
                if len(readings) != len(chunk):
                    raise ValueError("not one answer per file")  # noqa: TRY301 - the same as any other failure
            except Exception as error:  # noqa: BLE001 - whatever the executor fails at
                if not self._warned:
                    self._warned = True
                    _log.warning("%s", ParcheckError("executor-failed", detail=f"{type(error).__name__}: {error}"))
                yield from self._read_here(chunk)
                continue
            absent = []
            for asked, reading in zip(chunk, readings, strict=True):
                if reading is None:
                    absent.append(asked)
                else:
                    self._kept.keep(asked.key, reading)
                    yield asked.index, replace(reading, path=asked.job.name)
            for part in _portions(absent):
                if part[0].sent:
                    yield from self._read_here(part)
                else:
                    for asked in part:
                        asked.sent = True
                    self._submit(part, under_way, send=True)

    def _read_here(self, chunk: list[_Asked]) -> Iterator[tuple[int, Reading]]:
        if self._here is None:
            self._here = ReaderPool(facts=self._facts, choice=self._choice, limits=self._limits, cancel=self._cancel)
        for place, reading in self._here.read_many([asked.job for asked in chunk]):
            self._kept.keep(chunk[place].key, reading)
            yield chunk[place].index, reading


class _Asked:
    """One file on its way."""

    def __init__(self, index: int, job: Job, key: str | None, reading: Reading | None) -> None:
        self.index = index
        self.job = job
        self.key = key
        self.reading = reading
        self.sent = False

    def as_data(self, *, send: bool) -> dict[str, Any]:
        data: bytes | None = None
        digest = ""
        try:
            with self.job.file.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
                if send:
                    stream.seek(0)
                    data = stream.read()
        except OSError:
            # Whatever ails the file, its reading here will say.
            pass
        file = str(self.job.file.absolute())
        return {
            "file": file,
            "name": self.job.name,
            "member": self.job.member,
            "spared": sorted(self.job.spared),
            "sha256": digest,
            "data": data,
        }


def _portions(asked: list[_Asked]) -> Iterator[list[_Asked]]:
    """Yield files in portions that are not too much to send at once."""
    portion: list[_Asked] = []
    size = 0
    for one in asked:
        try:
            bytes_ = one.job.file.stat().st_size
        except OSError:
            bytes_ = 0
        if portion and size + bytes_ > BYTES_PER_TASK:
            yield portion
            portion, size = [], 0
        portion.append(one)
        size += bytes_
    if portion:
        yield portion


def read_batch(setup: dict[str, Any], jobs: list[dict[str, Any]]) -> list[dict[str, Any] | None]:
    """Read files where the executor runs: what `RemoteReader` submits.

    Args:
        setup: facts, plugins and limits.
        jobs: per file its path, the name to show, its place in an archive, its SHA-256, and its bytes or None.

    Returns:
        Per file its reading as plain data; None where the path does not lead to those bytes here.
    """
    choice = PluginChoice(tuple(setup["blocked"]), tuple(setup["extra"]))
    facts = None if setup["facts"] is None else frozenset(setup["facts"])
    limits = Limits(setup["seconds"], setup["memory"])
    answers: list[dict[str, Any] | None] = [None] * len(jobs)
    with (
        tempfile.TemporaryDirectory(prefix="parcheck-", ignore_cleanup_errors=True) as folder,
        ReaderPool(facts=facts, choice=choice, limits=limits, workers=1) as pool,
    ):
        found = []
        for number, job in enumerate(jobs):
            file = _file_of(job, Path(folder, str(number)))
            if file is not None:
                found.append((number, Job(file, job["name"], tuple(job["member"]), frozenset(job["spared"]))))
        for place, reading in pool.read_many([job for _, job in found]):
            answers[found[place][0]] = encode(reading)
    return answers


def _file_of(job: dict[str, Any], folder: Path) -> Path | None:
    """Return where the file's bytes lie here, or None."""
    named = Path(job["file"])
    if job["data"] is not None:
        # The name is part of what is read: it is kept.
        folder.mkdir()
        copy = folder / named.name
        copy.write_bytes(job["data"])
        return copy
    try:
        with named.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None
    return named if digest == job["sha256"] else None
