# SPDX-License-Identifier: Apache-2.0
"""Reading many files in worker processes with a limit on time and memory each.

A file that crashes, hangs or eats its worker costs that file: the worker is replaced and the rest goes on. A thread
watches each worker; the threads only wait, the parsing is in the children (PDFium must not be used by two threads).
"""

from __future__ import annotations

import contextlib
import itertools
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self

from parcheck.errors import Cancelled, ParcheckError, UnreadableFile
from parcheck.plugins import PluginChoice
from parcheck.reading.codec import decode
from parcheck.reading.kept import Kept
from parcheck.reading.pipeline import unread
from parcheck.reading.tabling import tables_in
from parcheck.reading.worker import LAST, TICKET, read_frame, write_frame

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from parcheck.model import Reading
    from parcheck.reading.grids import Tables
    from parcheck.reading.store import ReadingStore
    from parcheck.submission import Item

FILES_PER_EXTRA_WORKER = 12
"""A worker takes about a quarter of a second to start: fewer files than this are read faster by one."""
START_SECONDS: Final = 60.0
"""A worker that says nothing for so long after its start will not come: the installation is broken."""
WATCH_SECONDS: Final = 0.2
"""How often a thread that waits looks whether it should stop."""
AHEAD: Final = 64
"""Readings that may wait for the caller: a slow caller must not fill the memory."""
FILES_PER_WORKER = 500
"""A worker is replaced after so many files, so that what C libraries leak does not add up."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost."""

    seconds: float = 60.0
    """From handing the file to a worker to its answer."""
    memory: int | None = 2 * 1024**3
    """Address space of a worker, in bytes; None for no limit. Not enforced on Windows."""


@dataclass(frozen=True, slots=True)
class Job:
    """One file to read."""

    file: Path
    """The file on disk: the archive's, for a member of one."""
    name: str
    """The path to show."""
    member: tuple[str, ...] = ()
    """Where it lies inside `file`: one name per archive, outermost first; empty for the file itself."""
    spared: frozenset[str] = frozenset()
    """Facts that are not asked of this file, though they are of others."""


class Worker:
    """One child process."""

    def __init__(self, setup: dict[str, Any]) -> None:
        # What it unpacks lies here: nothing is left behind by one that has to be killed.
        self._scratch = tempfile.TemporaryDirectory(prefix="parcheck-", ignore_cleanup_errors=True)
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        environment |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), self._scratch.name)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "parcheck.reading.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            process_group=0 if hasattr(os, "killpg") else None,
        )
        if self._process.stdin is None or self._process.stdout is None:  # pragma: no cover - pipes were asked for
            raise OSError("no pipes")
        self._in, self._out = self._process.stdin, self._process.stdout
        self._tickets = itertools.count()
        self.served = 0
        self.spent = False
        """Whether it is not fit for another file: dead, late, or by its own last answer."""
        # The time of its start is not the first file's.
        self._timed(START_SECONDS, lambda: write_frame(self._in, {**setup, "scratch": self._scratch.name}))
        ready, _ = self._timed(START_SECONDS, lambda: read_frame(self._out))
        if ready is None:
            self.close()
            raise ParcheckError("worker-not-started")
        self.facts = frozenset(ready.get("facts", ()))
        """What it reads where nothing in particular is asked: all that the plugins provide."""

    def _timed(self, seconds: float, work: Callable[[], Any]) -> tuple[Any, bool]:
        """Return (what work on the pipes gave or None when the process died, whether it was killed for being late)."""
        late = threading.Event()

        def stop() -> None:
            late.set()
            self.kill()

        timer = threading.Timer(seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            answer = work()
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            # Dead, or taken over by a hostile file and talking nonsense.
            answer = None
        finally:
            timer.cancel()
            # When the last file is read, nothing of the pool is left in this process.
            timer.join()
        return answer, late.is_set()

    def read(self, job: Job, seconds: float) -> tuple[Reading | None, bool]:
        """Return (the reading or None when the worker died, whether it was killed for taking too long)."""

        def work() -> Reading | None:
            write_frame(
                self._in,
                {
                    "path": str(job.file),
                    "name": job.name,
                    "member": job.member,
                    "spared": sorted(job.spared),
                },
            )
            answer = read_frame(self._out)
            while answer is not None and answer.get("path") != job.name:
                # A plugin that forks leaves two processes that answer: this one belongs to the file before.
                answer = read_frame(self._out)
            if answer is None:
                return None
            self.spent = bool(answer.get(LAST))
            return decode(answer)

        return self._serve(seconds, work)

    def ask(self, job: dict[str, Any], seconds: float) -> tuple[dict[str, Any] | None, bool]:
        """Return (the answer of `parcheck.reading.cutting` or `.tabling` to a job or None when the worker died, whether
        it was killed for taking too long)."""
        ticket = next(self._tickets)

        def work() -> Any:
            write_frame(self._in, {**job, TICKET: ticket})
            answer = read_frame(self._out)
            while answer is not None and answer.pop(TICKET, None) != ticket:
                # Of a plugin that forks: this one belongs to the question before.
                answer = read_frame(self._out)
            if answer is not None:
                self.spent = bool(answer.pop(LAST, False))
            return answer

        return self._serve(seconds, work)

    def _serve(self, seconds: float, work: Callable[[], Any]) -> tuple[Any, bool]:
        """Return what `_timed` does, for a file."""
        self.served += 1
        answer, late = self._timed(seconds, work)
        self.spent = self.spent or answer is None or late
        return None if late else answer, late

    def kill(self) -> None:
        """End the process at once, with what its plugins started."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if hasattr(os, "killpg"):
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()

    def close(self) -> None:
        """End the process; it is killed when it does not end by itself at once."""
        if self.spent:
            # Threads or processes that somebody left in it would make it stay.
            self.kill()
        for stream in (self._in, self._out):
            with contextlib.suppress(OSError):
                stream.close()
        try:
            self._process.wait(0.5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self.kill()
        self._scratch.cleanup()


class ReaderPool:
    """Reads files in worker processes. Use as a context manager.

    Args:
        facts: fact names to read; None for all that the plugins provide.
        choice: the plugins to use.
        limits: what one file may cost.
        workers: at most so many processes; default: one per processor.
        stores: where readings are kept; the first that has one is believed.
        cancel: when set, reading ends with `Cancelled`.
    """

    def __init__(
        self,
        *,
        facts: AbstractSet[str] | None = None,
        choice: PluginChoice | None = None,
        limits: Limits | None = None,
        workers: int | None = None,
        stores: Sequence[ReadingStore] = (),
        cancel: threading.Event | None = None,
    ) -> None:
        self._cancel = cancel or threading.Event()
        self._limits = limits or Limits()
        choice = choice or PluginChoice.from_environment()
        self._facts = facts
        self._setup = {
            "facts": None if facts is None else sorted(facts),
            "blocked": choice.blocked,
            "extra": choice.extra,
            "memory": self._limits.memory,
        }
        self._most = workers or os.cpu_count() or 1
        self._kept = Kept(stores, facts)
        self._idle: list[Worker] = []
        self._busy: set[Worker] = set()
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """End all workers."""
        with self._lock:
            idle, self._idle = self._idle, []
        for worker in idle:
            worker.close()

    def read(self, path: Path, name: str | None = None) -> Reading:
        """Read one file; `name` is the path to show."""
        return self._one(Job(path, name or str(path)))

    def tables(self, item: Item) -> Tables:
        """Return the tables of a file that was handed in; what was kept of the same bytes is not read again.

        Raises:
            UnreadableFile: there are none, and why: what the plugin for its format says, `reader-timeout`,
                `reader-crashed` …
        """
        asked, kept = self._kept.look_for_tables(item)
        if kept is not None:
            return kept
        job = {"path": str(item.file), "member": item.member}
        with self._worker() as worker:
            answered, late = worker.ask(job, self._limits.seconds)
        if late:
            raise UnreadableFile("reader-timeout", seconds=self._limits.seconds)
        if answered is None:
            raise UnreadableFile("reader-crashed")
        tables = tables_in(answered)
        self._kept.keep_tables(asked, answered)
        return tables

    def read_many(self, files: Iterable[Job]) -> Iterator[tuple[int, Reading]]:
        """Read files and yield (index, reading) as each is done, in no promised order."""
        jobs = enumerate(files)
        done: queue.Queue[tuple[int, Reading] | BaseException | None] = queue.Queue(AHEAD)
        stopped = threading.Event()
        taking = threading.Lock()
        threads: list[threading.Thread] = []
        misses = 0

        def put(answer: tuple[int, Reading] | BaseException | None) -> None:
            while not stopped.is_set():
                with contextlib.suppress(queue.Full):
                    done.put(answer, timeout=WATCH_SECONDS)
                    return

        def serve() -> None:
            nonlocal misses
            while not stopped.is_set():
                try:
                    with taking:
                        index, job = next(jobs)
                    key, reading = self._kept.look(job)
                    if reading is None:
                        with taking:
                            misses += 1
                            if misses > FILES_PER_EXTRA_WORKER * len(threads) and len(threads) < self._most:
                                start()
                        reading = self._one(job)
                        self._kept.keep(key, reading)
                    put((index, reading))
                except StopIteration:
                    break
                except BaseException as error:  # noqa: BLE001 - handed to the caller's thread
                    put(error)
                    break
            put(None)

        def start() -> None:
            thread = threading.Thread(target=serve, daemon=True)
            threads.append(thread)
            thread.start()

        with taking:
            start()
        ended = 0
        try:
            # A thread is only started by one that has not ended.
            while ended < len(threads):
                if self._cancel.is_set():
                    raise Cancelled("cancelled")
                try:
                    answer = done.get(timeout=WATCH_SECONDS)
                except queue.Empty:
                    continue
                if isinstance(answer, BaseException):
                    raise answer
                if answer is None:
                    ended += 1
                else:
                    yield answer
        finally:
            stopped.set()
            for thread in threads:
                while thread.is_alive():
                    # Again and again: a worker may have been starting, and nobody waits for its file any more.
                    with self._lock:
                        for worker in self._busy:
                            worker.kill()
                    thread.join(WATCH_SECONDS)

    @contextlib.contextmanager
    def _worker(self) -> Iterator[Worker]:
        """Lend a worker for one file."""
        with self._lock:
            worker = self._idle.pop() if self._idle else None
        worker = worker or Worker(self._setup)
        with self._lock:
            self._busy.add(worker)
        try:
            yield worker
        finally:
            reusable = not worker.spent and worker.served < FILES_PER_WORKER
            with self._lock:
                self._busy.discard(worker)
                if reusable:
                    self._idle.append(worker)
            if not reusable:
                worker.close()

    def _one(self, job: Job) -> Reading:
        with self._worker() as worker:
            reading, late = worker.read(job, self._limits.seconds)
        if reading is not None:
            return reading
        asked = worker.facts - job.spared
        if late:
            return unread(job.name, "reader-timeout", asked, seconds=self._limits.seconds)
        return unread(job.name, "reader-crashed", asked)
