# SPDX-License-Identifier: Apache-2.0
"""Reading files through any `concurrent.futures.Executor`: other processes, or other machines.

The executor runs `read_batch`, which reads its files in a child process of its own with the same limits as here, so a
hostile file costs neither this process nor the executor's. Files are read by path where the path shows the same bytes
there; else they are sent along, of an archive the member that is asked for alone.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import logging
import tempfile
import threading
from collections import deque
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from parcheck.archives.parcel import Unpacker, file_name
from parcheck.errors import Cancelled, ParcheckError, UnreadableFile
from parcheck.plugins import PluginChoice
from parcheck.reading.codec import decode, encode
from parcheck.reading.kept import Kept, LastDigest
from parcheck.reading.pipeline import MAX_BYTES, noted
from parcheck.reading.pool import WATCH_SECONDS, Job, Limits, ReaderPool

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from parcheck.model import Finding, Reading
    from parcheck.reading.grids import Tables
    from parcheck.reading.store import ReadingStore
    from parcheck.submission import Item

FILES_PER_TASK: Final = 24
"""A task starts a child process, a quarter of a second: with so many files that is a few percent of its time."""
TASKS_AHEAD: Final = 256
"""Tasks that may be under way: enough for a hundred processors, and few enough for the memory of one."""
BYTES_PER_TASK: Final = 64 * 1024 * 1024
"""Bytes of files from which on a task with files sent along is submitted."""
BYTES_AHEAD: Final = 256 * 1024 * 1024
"""Bytes of files that may be on the way at once, however many processors there are: memory here stays bounded."""

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
        self._stores = stores
        self._kept = Kept(stores, facts)
        self._digests = LastDigest()
        self._unpacker = Unpacker()
        self._here: ReaderPool | None = None
        self._warned = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """End what was started here."""
        self._unpacker.close()
        if self._here is not None:
            self._here.close()

    def tables(self, item: Item) -> Tables:
        """Return the tables of a file, read on this computer; see `ReaderPool.tables`."""
        return self._pool().tables(item)

    def read_many(self, files: Iterable[Job]) -> Iterator[tuple[int, Reading]]:
        """Read files and yield (index, reading) as each is done, in no promised order."""
        traffic = _Traffic()
        chunk: list[_Asked] = []
        try:
            for index, job in enumerate(files):
                asked = _Asked(index, job, *self._kept.look(job))
                if asked.reading is not None:
                    yield index, asked.reading
                    continue
                chunk.append(asked)
                if len(chunk) == FILES_PER_TASK:
                    self._submit(chunk, traffic)
                    chunk = []
                while len(traffic.under_way) >= TASKS_AHEAD:
                    yield from self._gather(traffic)
            if chunk:
                self._submit(chunk, traffic)
            while traffic.under_way:
                yield from self._gather(traffic)
        finally:
            for future in traffic.under_way:
                future.cancel()

    def _submit(self, chunk: list[_Asked], traffic: _Traffic) -> None:
        jobs = [asked.by_path(self._digests) if asked.data is None else asked.with_data() for asked in chunk]
        weight = sum(len(asked.data) for asked in chunk if asked.data is not None)
        try:
            future = self._executor.submit(read_batch, self._setup, jobs)
        except Exception as error:  # noqa: BLE001 - a broken executor costs time, not files
            future = concurrent.futures.Future()
            future.set_exception(error)
        for asked in chunk:
            asked.data = None
        traffic.under_way[future] = chunk, weight
        traffic.weight += weight

    def _gather(self, traffic: _Traffic) -> Iterator[tuple[int, Reading]]:
        """Wait for some task and yield its readings; what it could not find is sent, what it lost is read here."""
        done: set[concurrent.futures.Future[Any]] = set()
        while not done:
            if self._cancel.is_set():
                raise Cancelled("cancelled")
            done, _ = concurrent.futures.wait(traffic.under_way, WATCH_SECONDS, concurrent.futures.FIRST_COMPLETED)
        for future in done:
            chunk, weight = traffic.under_way.pop(future)
            traffic.weight -= weight
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
            lost = []
            for asked, reading in zip(chunk, readings, strict=True):
                if reading is not None:
                    whole = noted(replace(reading, path=asked.job.name), asked.notes)
                    self._kept.keep(asked.key, whole)
                    yield asked.index, whole
                elif asked.sent:
                    lost.append(asked)
                else:
                    traffic.absent.append(asked)
            yield from self._read_here(lost)
        yield from self._send(traffic)

    def _send(self, traffic: _Traffic) -> Iterator[tuple[int, Reading]]:
        """Submit files that were not found, with their bytes, as many as may be on the way; those without are read."""
        portion: list[_Asked] = []
        size = 0
        while traffic.absent and traffic.weight + size < BYTES_AHEAD:
            asked = traffic.absent.popleft()
            asked.sent = True
            asked.load(self._unpacker)
            if asked.data is None:
                yield from self._read_here([asked])
                continue
            portion.append(asked)
            size += len(asked.data)
            if size >= BYTES_PER_TASK or len(portion) == FILES_PER_TASK:
                self._submit(portion, traffic)
                portion, size = [], 0
        if portion:
            self._submit(portion, traffic)

    def _read_here(self, chunk: list[_Asked]) -> Iterator[tuple[int, Reading]]:
        if chunk:
            for place, reading in self._pool().read_many([asked.job for asked in chunk]):
                yield chunk[place].index, reading

    def _pool(self) -> ReaderPool:
        """Return what reads on this computer, and keeps what it read."""
        if self._here is None:
            self._here = ReaderPool(
                facts=self._facts,
                choice=self._choice,
                limits=self._limits,
                stores=self._stores,
                cancel=self._cancel,
            )
        return self._here


class _Asked:
    """One file on its way."""

    def __init__(self, index: int, job: Job, key: str | None, reading: Reading | None) -> None:
        self.index = index
        self.job = job
        self.key = key
        self.reading = reading
        self.sent = False
        self.data: bytes | None = None
        """The bytes to send: of a member of an archive, the member's alone."""
        self.notes: tuple[Finding, ...] = ()
        """What the archive says of the member's name, which whoever is sent the member cannot know."""

    def load(self, unpacker: Unpacker) -> None:
        """Take the file's bytes, unless something ails it: what, its reading here will say."""
        with (
            contextlib.suppress(OSError, UnreadableFile),
            unpacker.unpacked(self.job.file, self.job.member) as (file, notes),
        ):
            if file.stat().st_size <= MAX_BYTES:
                self.data, self.notes = file.read_bytes(), tuple(notes)

    def by_path(self, digests: LastDigest) -> dict[str, Any]:
        """Return the job for one who may find the file at its path."""
        digest = ""
        with contextlib.suppress(OSError):
            digest = digests.of(self.job.file)
        return self._job(str(self.job.file.absolute()), self.job.member, digest, None)

    def with_data(self) -> dict[str, Any]:
        """Return the job with the bytes that were loaded."""
        name = file_name(self.job.member[-1]) if self.job.member else self.job.file.name
        return self._job(name, (), "", self.data)

    def _job(self, file: str, member: tuple[str, ...], digest: str, data: bytes | None) -> dict[str, Any]:
        return {
            "file": file,
            "name": self.job.name,
            "member": member,
            "spared": sorted(self.job.spared),
            "sha256": digest,
            "data": data,
        }


@dataclass(slots=True)
class _Traffic:
    """What is on the way in one call of `read_many`."""

    under_way: dict[concurrent.futures.Future[Any], tuple[list[_Asked], int]] = field(default_factory=dict)
    """Tasks: their files, and the bytes that were sent along."""
    absent: deque[_Asked] = field(default_factory=deque)
    """Files that were not found at their path and wait to be sent."""
    weight: int = 0
    """Bytes that are on the way."""


def read_batch(setup: dict[str, Any], jobs: list[dict[str, Any]]) -> list[dict[str, Any] | None]:
    """Read files where the executor runs: what `RemoteReader` submits.

    Args:
        setup: facts, plugins and limits.
        jobs: per file its path, the name to show, its place in an archive, the SHA-256 of what lies at the path, and
            the bytes or None; what comes with its bytes is in no archive any more.

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
        digests = LastDigest()
        for number, job in enumerate(jobs):
            file = _file_of(job, Path(folder, str(number)), digests)
            if file is not None:
                found.append((number, Job(file, job["name"], tuple(job["member"]), frozenset(job["spared"]))))
        for place, reading in pool.read_many([job for _, job in found]):
            answers[found[place][0]] = encode(reading)
    return answers


def _file_of(job: dict[str, Any], folder: Path, digests: LastDigest) -> Path | None:
    """Return where the file's bytes lie here, or None."""
    named = Path(job["file"])
    if job["data"] is not None:
        # The name is part of what is read: it is kept.
        folder.mkdir()
        copy = folder / named.name
        copy.write_bytes(job["data"])
        return copy
    try:
        return named if digests.of(named) == job["sha256"] else None
    except OSError:
        return None
