# SPDX-License-Identifier: Apache-2.0
"""The child process that parses untrusted files, one after another.

Started as `python -m parcheck.reading.worker`. Jobs come as JSON frames on what was standard input; readings, and
answers to other questions (pieces of pages, `parcheck.reading.cutting`; tables, `parcheck.reading.tabling`), go back as
JSON frames on what was standard output.
File descriptors 0 and 1 themselves are pointed elsewhere, so a plugin, a C library or a program that they start can
neither garble the answers nor eat the jobs. No pickle: a hostile file that takes over the worker can only send JSON.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import shutil
import struct
from pathlib import Path
from typing import IO, Any

FRAME = struct.Struct(">I")
MOST_BYTES = 64 * 1024 * 1024
"""The largest reading of real files has under 1 MB: what is larger would fill the caller's memory."""
TICKET = "ticket"
"""Key of a job, and of its answer, that asks for something else than a reading."""
LAST = "last"
"""Key of an answer after which the worker ends: what the file left behind would disturb the next."""


def write_frame(stream: IO[bytes], data: Any) -> None:
    """Send one JSON value."""
    body = json.dumps(data, ensure_ascii=False).encode("utf-8", "surrogatepass")
    stream.write(FRAME.pack(len(body)) + body)
    stream.flush()


def read_frame(stream: IO[bytes]) -> Any:
    """Return the next JSON value, or None at the end of the stream.

    Raises:
        ValueError: no JSON, or too much of it.
    """
    head = stream.read(FRAME.size)
    if len(head) < FRAME.size:
        return None
    size: int = FRAME.unpack(head)[0]
    if size > MOST_BYTES:
        raise ValueError(size)
    body = stream.read(size)
    return json.loads(body.decode("utf-8", "surrogatepass"))


def main() -> None:
    """Serve until standard input closes."""
    jobs, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    if hasattr(os, "register_at_fork"):
        # A copy of this process must not take jobs, answer them, or keep the caller waiting for the end of the stream.
        os.register_at_fork(after_in_child=lambda: _cut_off(jobs, answers))
    setup = read_frame(jobs)
    if setup is None:
        return
    _limit_memory(setup["memory"])
    # What is imported stays: looking through it for garbage only makes the start, and later each look, slower.
    gc.disable()

    from parcheck.archives.parcel import Unpacker
    from parcheck.plugins import PluginChoice, Plugins
    from parcheck.reading import tabling
    from parcheck.reading.codec import encode
    from parcheck.reading.cutting import Cutter
    from parcheck.reading.pipeline import Readers, read_file
    from parcheck.reading.surroundings import MOST_RESIDENT, Surroundings, resident

    plugins = Plugins(PluginChoice(tuple(setup["blocked"]), tuple(setup["extra"])))
    readers = Readers(plugins)
    asked = readers.provided if setup["facts"] is None else frozenset(setup["facts"])
    gc.freeze()
    gc.enable()
    write_frame(answers, {"ready": True, "facts": sorted(asked)})
    with contextlib.ExitStack() as stack:
        # The caller removes it too; one that was killed cannot.
        stack.callback(shutil.rmtree, setup["scratch"], ignore_errors=True)
        unpacker = stack.enter_context(Unpacker())
        cutter = stack.enter_context(contextlib.closing(Cutter(plugins, unpacker)))
        surroundings = Surroundings()
        while (job := read_frame(jobs)) is not None:
            if "page" in job:
                write_frame(answers, {**cutter.answer(job), TICKET: job[TICKET]})
                continue
            if TICKET in job:
                answer = {**tabling.answer(job, plugins, unpacker), TICKET: job[TICKET]}
            else:
                wanted = asked.difference(job["spared"])
                file = Path(job["path"])
                answer = encode(read_file(file, job["name"], wanted, plugins, readers, job["member"], unpacker))
            fit = surroundings.put_back() and resident() <= MOST_RESIDENT
            write_frame(answers, answer if fit else {**answer, LAST: True})


def _cut_off(*streams: IO[bytes]) -> None:
    """Point streams of a forked process nowhere."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in streams:
        with contextlib.suppress(OSError, ValueError):
            os.dup2(nowhere, stream.fileno(), inheritable=False)
    os.close(nowhere)


def _limit_memory(limit: int | None) -> None:
    """Bound the address space, where the system can (not on Windows)."""
    if not limit:
        return
    try:
        import resource
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    bound = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
    resource.setrlimit(resource.RLIMIT_AS, (bound, hard))


if __name__ == "__main__":
    main()
