# SPDX-License-Identifier: Apache-2.0
"""Finds LibreOffice and has it convert files to DOCX, through a guard process that outlives no worker."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

SECONDS: Final = 45.0
"""For one conversion: the pipeline gives a file 60 s in all, and the result must still be read."""
_GRACE: Final = 5.0
_SAMPLE: Final = r"{\rtf1\ansi ok}"


@dataclass(frozen=True, slots=True)
class Conversion:
    """What became of one file."""

    result: Path | None
    """The DOCX, in a folder of its own that the caller removes; None when LibreOffice made none."""
    late: bool = False
    """True when it was stopped for taking too long."""
    crashed: bool = False
    """True when LibreOffice itself fell over or could not be started."""
    said: str = ""
    """The last line that LibreOffice printed about it."""


def _usual_places() -> Iterator[Path]:
    if sys.platform == "win32":
        for variable in ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)", "LOCALAPPDATA"):
            root = os.environ.get(variable)
            if root:
                for folder in ("LibreOffice", "Programs/LibreOffice"):
                    yield Path(root, folder, "program", "soffice.com")
    elif sys.platform == "darwin":
        for base in (Path("/Applications"), Path.home() / "Applications"):
            yield base / "LibreOffice.app/Contents/MacOS/soffice"
    else:
        for base in (Path("/usr/lib/libreoffice"), Path("/usr/lib64/libreoffice"), Path("/usr/local/lib/libreoffice")):
            yield base / "program" / "soffice"
        yield from sorted(Path("/opt").glob("libreoffice*/program/soffice"), reverse=True)


def find_program() -> str | None:
    """Return LibreOffice's command, from the search path or where its installers put it; None without it."""
    for name in ("soffice", "libreoffice"):
        found = shutil.which(name)
        if found:
            return found
    return next((str(place) for place in _usual_places() if place.is_file()), None)


class Office:
    """LibreOffice behind its guard process. One per worker; conversions run one after another."""

    def __init__(self, program: str) -> None:
        self._program = program
        self._guard: subprocess.Popen[bytes] | None = None
        self._answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._listener: threading.Thread | None = None
        self._works: bool | None = None

    def convert(self, path: Path, name: str, import_filter: str, seconds: float = SECONDS) -> Conversion:
        """Convert a file to DOCX.

        Args:
            path: the file; it is copied and never written beside.
            name: what the copy is called; its ending must be the format's own.
            import_filter: LibreOffice's name of the format, so that a damaged file is not taken for plain text.
            seconds: after so long the conversion is killed.
        """
        answer = self._ask({"source": str(path.absolute()), "name": name, "filter": import_filter, "seconds": seconds})
        if answer is None:
            return Conversion(None, crashed=True)
        result = answer["result"]
        said = [line for line in answer["said"].splitlines() if line.strip() and not line.startswith("Warning:")]
        status = answer["status"]
        crashed = result is None and not answer["late"] and (status < 0 or status > 128)
        return Conversion(Path(result) if result else None, answer["late"], crashed, said[-1] if said else "")

    def works(self) -> bool:
        """Tell whether it converts a file that is known to be good (it does not where its Writer is not installed)."""
        if self._works is None:
            with tempfile.TemporaryDirectory(prefix="parcheck-") as folder:
                sample = Path(folder, "sample.rtf")
                sample.write_text(_SAMPLE, encoding="ascii")
                made = self.convert(sample, "sample.rtf", "Rich Text Format", 10.0)
            self._works = made.result is not None
            if made.result is not None:
                shutil.rmtree(made.result.parent.parent, ignore_errors=True)
        return self._works

    def close(self) -> None:
        """End the guard; it removes all that was written."""
        guard, self._guard = self._guard, None
        if guard is None:
            return
        with contextlib.suppress(OSError):
            if guard.stdin is not None:
                guard.stdin.close()
        try:
            guard.wait(_GRACE)
        except subprocess.TimeoutExpired:
            guard.kill()
            guard.wait()
        if self._listener is not None:
            self._listener.join(_GRACE)

    def _ask(self, job: dict[str, Any]) -> dict[str, Any] | None:
        """Return the guard's answer, or None when it failed; the next job then gets a new one."""
        if self._guard is None or self._guard.poll() is not None:
            self._guard = self._start()
        if self._guard.stdin is None:  # pragma: no cover - a pipe was asked for
            return None
        try:
            self._guard.stdin.write(json.dumps(job).encode() + b"\n")
            self._guard.stdin.flush()
            line = self._answers.get(timeout=job["seconds"] + _GRACE)
            answer: dict[str, Any] = json.loads(line)
        except (OSError, ValueError, queue.Empty):
            self.close()
            return None
        return answer

    def _start(self) -> subprocess.Popen[bytes]:
        guard = subprocess.Popen(  # noqa: S603
            [sys.executable, "-I", str(Path(__file__).with_name("guard.py")), self._program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # Ctrl-C reaches the whole terminal group; the guard must stay to clean up.
            start_new_session=True,
        )
        answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._answers = answers

        def listen(stream: IO[bytes]) -> None:
            with stream:
                for line in stream:
                    answers.put(line)
            answers.put(b"")

        if guard.stdout is not None:
            self._listener = threading.Thread(target=listen, args=(guard.stdout,), daemon=True)
            self._listener.start()
        return guard


@cache
def installed() -> Office | None:
    """Return this process's LibreOffice, None where there is none. The guard starts with the first conversion."""
    program = find_program()
    return Office(program) if program else None
