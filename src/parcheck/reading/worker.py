# SPDX-License-Identifier: Apache-2.0
"""The child process that parses untrusted files, one after another.

Started as `python -m parcheck.reading.worker`. Jobs come as JSON frames on standard input; readings, and pieces of
pages for those who show them (`parcheck.reading.crops`), go back as JSON frames on what was standard output; file
descriptor 1 itself is pointed elsewhere, so a plugin or C library that prints cannot garble the answers. No pickle: a
hostile file that takes over the worker can only send JSON.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import struct
import sys
from pathlib import Path
from typing import IO, Any

FRAME = struct.Struct(">I")


def write_frame(stream: IO[bytes], data: Any) -> None:
    """Send one JSON value."""
    body = json.dumps(data, ensure_ascii=False).encode("utf-8", "surrogatepass")
    stream.write(FRAME.pack(len(body)) + body)
    stream.flush()


def read_frame(stream: IO[bytes]) -> Any:
    """Return the next JSON value, or None at the end of the stream."""
    head = stream.read(FRAME.size)
    if len(head) < FRAME.size:
        return None
    body = stream.read(FRAME.unpack(head)[0])
    return json.loads(body.decode("utf-8", "surrogatepass"))


def main() -> None:
    """Serve until standard input closes."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    jobs = sys.stdin.buffer
    sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115 - lives as long as the process
    setup = read_frame(jobs)
    if setup is None:
        return
    _limit_memory(setup["memory"])

    from parcheck.archives.parcel import Unpacker
    from parcheck.plugins import PluginChoice, Plugins
    from parcheck.reading.codec import encode
    from parcheck.reading.cutting import Cutter
    from parcheck.reading.pipeline import Readers, read_file

    plugins = Plugins(PluginChoice(tuple(setup["blocked"]), tuple(setup["extra"])))
    readers = Readers(plugins)
    asked = readers.provided if setup["facts"] is None else frozenset(setup["facts"])
    write_frame(answers, {"ready": True})
    with contextlib.ExitStack() as stack:
        # The caller removes it too; one that was killed cannot.
        stack.callback(shutil.rmtree, setup["scratch"], ignore_errors=True)
        unpacker = stack.enter_context(Unpacker())
        cutter = stack.enter_context(contextlib.closing(Cutter(plugins, unpacker)))
        while (job := read_frame(jobs)) is not None:
            if "ticket" in job:
                write_frame(answers, cutter.answer(job))
                continue
            wanted = asked.difference(job["spared"])
            reading = read_file(Path(job["path"]), job["name"], wanted, plugins, readers, job["member"], unpacker)
            write_frame(answers, encode(reading))


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
