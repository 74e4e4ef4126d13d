# SPDX-License-Identifier: Apache-2.0
"""Reading many files in worker processes with a limit on time and memory each.

A file that crashes, hangs or eats its worker costs that file: the worker is replaced and the rest goes on. A thread
watches each worker; the threads only wait, the parsing is in the children (PDFium must not be used by two threads).
"""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from parcheck.plugins import PluginChoice
from parcheck.reading.codec import decode
from parcheck.reading.pipeline import unread
from parcheck.reading.worker import read_frame, write_frame

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from parcheck.model import Reading

FILES_PER_EXTRA_WORKER = 12
"""A worker takes about a quarter of a second to start: fewer files than this are read faster by one."""
FILES_PER_WORKER = 500
"""A worker is replaced after so many files, so that what C libraries leak does not add up."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost."""

    seconds: float = 60.0
    """From handing the file to a worker to its answer."""
    memory: int | None = 2 * 1024**3
    """Address space of a worker, in bytes; None for no limit. Not enforced on Windows."""


class _Worker:
    """One child process."""

    def __init__(self, setup: dict[str, Any]) -> None:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
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
        self.served = 0
        write_frame(self._in, setup)

    def read(self, path: Path, name: str, seconds: float) -> tuple[Reading | None, bool]:
        """Return (the reading or None when the worker died, whether it was killed for taking too long)."""
        late = threading.Event()

        def stop() -> None:
            late.set()
            self.kill()

        timer = threading.Timer(seconds, stop)
        timer.start()
        try:
            write_frame(self._in, {"path": str(path), "name": name})
            answer = read_frame(self._out)
            while answer is not None and answer["path"] != name:
                # A plugin that forks leaves two processes that answer: this one belongs to the file before.
                answer = read_frame(self._out)
            reading = decode(answer) if answer is not None else None
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            # Dead, or taken over by a hostile file and talking nonsense.
            reading = None
        finally:
            timer.cancel()
        self.served += 1
        return reading, late.is_set()

    def kill(self) -> None:
        """End the process at once, with what its plugins started."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if hasattr(os, "killpg"):
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()

    def close(self) -> None:
        """End the process; it is killed when it does not end by itself at once."""
        for stream in (self._in, self._out):
            with contextlib.suppress(OSError):
                stream.close()
        try:
            self._process.wait(0.5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self.kill()


class ReaderPool:
    """Reads files in worker processes. Use as a context manager.

    Args:
        facts: fact names to read; None for all that the plugins provide.
        choice: the plugins to use.
        limits: what one file may cost.
        workers: at most so many processes; default: one per processor.
    """

    def __init__(
        self,
        *,
        facts: AbstractSet[str] | None = None,
        choice: PluginChoice | None = None,
        limits: Limits | None = None,
        workers: int | None = None,
    ) -> None:
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
        self._idle: list[_Worker] = []
        self._busy: set[_Worker] = set()
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
        return self._one(path, name or str(path))

    def read_many(self, files: Iterable[tuple[Path, str]]) -> Iterator[tuple[int, Reading]]:
        """Read (path, name) pairs and yield (index, reading) as each is done, in no promised order."""
        jobs = list(enumerate(files))
        todo: queue.SimpleQueue[tuple[int, tuple[Path, str]]] = queue.SimpleQueue()
        done: queue.SimpleQueue[tuple[int, Reading | BaseException]] = queue.SimpleQueue()
        for job in jobs:
            todo.put(job)
        stopped = threading.Event()

        def serve() -> None:
            while not stopped.is_set():
                try:
                    index, (path, name) = todo.get_nowait()
                except queue.Empty:
                    return
                try:
                    done.put((index, self._one(path, name)))
                except BaseException as error:  # noqa: BLE001 - handed to the caller's thread
                    done.put((index, error))

        count = min(self._most, 1 + len(jobs) // FILES_PER_EXTRA_WORKER)
        threads = [threading.Thread(target=serve, daemon=True) for _ in range(count)]
        for thread in threads:
            thread.start()
        try:
            for _ in jobs:
                index, result = done.get()
                if isinstance(result, BaseException):
                    raise result
                yield index, result
        finally:
            stopped.set()
            with self._lock:
                for worker in self._busy:
                    worker.kill()
            for thread in threads:
                thread.join()

    def _one(self, path: Path, name: str) -> Reading:
        with self._lock:
            worker = self._idle.pop() if self._idle else _Worker(self._setup)
            self._busy.add(worker)
        reading, late = worker.read(path, name, self._limits.seconds)
        reusable = reading is not None and not late and worker.served < FILES_PER_WORKER
        with self._lock:
            self._busy.discard(worker)
            if reusable:
                self._idle.append(worker)
        if not reusable:
            worker.close()
        if reading is not None:
            return reading
        asked = self._facts or ()
        if late:
            return unread(name, "reader-timeout", asked, seconds=self._limits.seconds)
        return unread(name, "reader-crashed", asked)
