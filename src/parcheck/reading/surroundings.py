# SPDX-License-Identifier: Apache-2.0
"""What one file's readers may leave behind for the next: put back where it can be, told where only a new worker helps.

Plugins are trusted to mean well, not to be tidy. What is looked at here is what untidy code is known to leave: another
working directory, locale or arithmetic, changed variables and builtins, closed or redirected standard streams, alarms,
threads, processes and open files. A plugin that means harm can do more; it is still in a process that has no more than
files to read and nothing but JSON to send.
"""

from __future__ import annotations

import builtins
import contextlib
import decimal
import io
import json
import locale
import os
import re
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Final

MOST_LEFT: Final = 32
"""Threads, open files or processes that may stay, of each: a helper that serves many files is one of them."""
MOST_RESIDENT: Final = 450 * 1024 * 1024
"""Bytes of memory that a worker may still hold when a file is done; two of them stay under a gibibyte."""
_GUARDED: Final = (builtins, io, json, os, re)
"""Modules whose functions every reader uses."""
_STANDARD: Final = (0, 1, 2)
_COUNTED: Final = 16
"""Files after which open files and processes are counted: too slow for after each."""
_REST: Final = 0.02
"""Seconds in which a thread shows whether it waits or works."""
_LOOKS: Final = 3
_WORKS: Final = 0.25
"""Share of that time from which it works."""


class Surroundings:
    """What a worker's process was like before its first file."""

    def __init__(self) -> None:
        self._folder = _folder()
        self._locale = locale.setlocale(locale.LC_ALL)
        self._variables = dict(os.environ)
        self._mask = _mask()
        self._depth = sys.getrecursionlimit()
        self._decimals = decimal.getcontext().copy()
        self._functions = [dict(vars(module)) for module in _GUARDED]
        self._streams = (sys.stdin, sys.stdout, sys.stderr)
        self._described = [_described(number) for number in _STANDARD]
        self._open = _count("/dev/fd")
        self._waiting = {*threading.enumerate()}
        self._forked = False
        self._served = 0
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_parent=self._note_fork)

    def _note_fork(self) -> None:
        self._forked = True

    def put_back(self) -> bool:
        """Put back what was changed and return whether the process is fit for the next file."""
        if self._folder is not None and _folder() != self._folder:
            with contextlib.suppress(OSError):
                os.chdir(self._folder)
        with contextlib.suppress(locale.Error):
            if locale.setlocale(locale.LC_ALL) != self._locale:
                locale.setlocale(locale.LC_ALL, self._locale)
        if dict(os.environ) != self._variables:
            os.environ.clear()
            os.environ.update(self._variables)
        os.umask(self._mask)
        sys.setrecursionlimit(self._depth)
        decimal.setcontext(self._decimals.copy())
        if hasattr(signal, "setitimer"):
            # An alarm that rings later would end the worker at another file.
            signal.setitimer(signal.ITIMER_REAL, 0)
        return (
            self._functions_are_whole()
            and self._streams_are_whole()
            and self._little_is_left()
            and _folder() == self._folder
        )

    def _functions_are_whole(self) -> bool:
        for before, module in zip(self._functions, _GUARDED, strict=True):
            now = vars(module)
            # Names may be added: some libraries do when they are first used.
            if now != before and any(now.get(name) is not value for name, value in before.items()):
                return False
        return True

    def _streams_are_whole(self) -> bool:
        now = (sys.stdin, sys.stdout, sys.stderr)
        return (
            all(one is other for one, other in zip(now, self._streams, strict=True))
            and not any(stream.closed for stream in now if stream is not None)
            and [_described(number) for number in _STANDARD] == self._described
        )

    def _little_is_left(self) -> bool:
        if self._forked and _has_children():
            # A copy of this very process: nobody knows what it is up to.
            return False
        self._forked = False
        added = {*threading.enumerate()} - self._waiting
        if added and _at_work():
            return False
        self._waiting |= added
        self._waiting = {thread for thread in self._waiting if thread.is_alive()}
        if len(self._waiting) > MOST_LEFT:
            return False
        self._served += 1
        if self._served % _COUNTED:
            return True
        return _children() <= MOST_LEFT and _count("/dev/fd") - self._open <= MOST_LEFT


def resident() -> int:
    """Return the bytes of memory that this process holds now; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, LookupError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _folder() -> str | None:
    try:
        return os.getcwd()  # noqa: PTH109 - compared as the system gives it
    except OSError:
        return None


def _mask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _described(number: int) -> tuple[int, int, int] | None:
    """Return what a file descriptor leads to, or None when it is closed."""
    try:
        status = os.fstat(number)
    except OSError:
        return None
    return status.st_dev, status.st_ino, status.st_rdev


def _count(folder: str) -> int:
    try:
        return len(os.listdir(folder))  # noqa: PTH208 - counted, not used
    except OSError:
        return 0


def _at_work() -> bool:
    """Return whether the other threads of this process work or wait; one that only begins or ends seldom works on."""
    return all(_worked() for _ in range(_LOOKS))


def _worked() -> bool:
    started, began = time.process_time(), time.monotonic()
    time.sleep(_REST)
    # On a busy machine the rest lasts longer than it should.
    return time.process_time() - started > _WORKS * (time.monotonic() - began)


def _has_children() -> bool:
    if not hasattr(os, "waitid"):
        return True
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return False
    return True


def _children() -> int:
    """Return how many processes this one has started and not seen end, where the system says so."""
    found = 0
    for file in Path("/proc/self/task").glob("*/children"):
        with contextlib.suppress(OSError):
            found += len(file.read_text(encoding="ascii").split())
    return found
