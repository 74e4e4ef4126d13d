# SPDX-License-Identifier: Apache-2.0
"""The process that keeps LibreOffice: runs one conversion at a time and cleans up, whatever becomes of the worker.

Started as a script of its own (standard library only, nothing of parcheck is imported). Jobs come as JSON lines on
standard input, answers go as JSON lines to standard output. When standard input ends (the worker has finished,
was killed, or lost its terminal), a running conversion is killed with all its children and everything that was
written is removed.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any, Final

MEMORY: Final = 2 * 1024**3
"""Address space of LibreOffice, in bytes; it converts ordinary files within half of that. Not on Windows."""
MAX_WRITTEN: Final = 1024**3
"""Of one file that LibreOffice writes, in bytes; not on Windows."""
_POLL: Final = 0.05
_SETTINGS: Final = (
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableOLEAutomation", "true"),
    ("org.openoffice.Office.Common/Misc", "CrashReport", "false"),
    ("org.openoffice.Office.Recovery/RecoveryInfo", "Enabled", "false"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "2"),
    ("org.openoffice.Inet/Settings", "ooInetProxyType", "2"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("org.openoffice.Inet/Settings", "ooInetFTPProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetFTPProxyPort", "9"),
    ("org.openoffice.Inet/Settings", "ooInetNoProxy", ""),
)
"""No macros, no active content, links never followed; what would still ask the network meets a closed port."""


def write_profile(folder: Path) -> None:
    """Make a LibreOffice profile that runs nothing and asks nobody; an older one is thrown away."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "user").mkdir(parents=True)
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>\n'
        for path, name, value in _SETTINGS
    )
    (folder / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        f'xmlns:xs="http://www.w3.org/2001/XMLSchema">\n{items}</oor:items>\n',
        encoding="utf-8",
    )


def environment(folder: Path) -> dict[str, str]:
    """Return the environment for LibreOffice: no Python of ours, no display, no way out, temporary files here."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("PYTHON") and name not in ("DISPLAY", "WAYLAND_DISPLAY")
    }
    nowhere = "http://127.0.0.1:9"
    proxies = ("http_proxy", "https_proxy", "ftp_proxy", "all_proxy")
    kept |= dict.fromkeys((*proxies, *(name.upper() for name in proxies)), nowhere)
    kept |= {"no_proxy": "", "NO_PROXY": "", "SAL_USE_VCLPLUGIN": "svp"}
    return kept | dict.fromkeys(("TMPDIR", "TMP", "TEMP"), str(folder))


def limit() -> None:
    """Bound memory and written bytes for this process and all it starts, where the system can."""
    try:
        import resource
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, MAX_WRITTEN),
        (resource.RLIMIT_CORE, 0),
    ):
        soft, hard = resource.getrlimit(what)
        known = [value for value in (soft, hard, most) if value != resource.RLIM_INFINITY]
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(what, (min(known), hard))


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a process and all it started."""
    if sys.platform == "win32":
        command = [os.path.join(os.environ.get("SYSTEMROOT", r"C:\Windows"), "System32", "taskkill.exe")]  # noqa: PTH118
        subprocess.run([*command, "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False)  # noqa: S603
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    with contextlib.suppress(OSError):
        process.kill()
    process.wait()


class Keeper:
    """One private folder with one profile, and the conversions made in it, one after another."""

    def __init__(self, program: str, folder: Path) -> None:
        self._program = program
        self._folder = folder
        self._profile = folder / "profile"
        self._count = 0
        self.jobs: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        write_profile(self._profile)

    def serve(self) -> None:
        """Answer jobs until standard input ends."""
        threading.Thread(target=self._listen, daemon=True).start()
        while (line := self.jobs.get()) is not None:
            answer = self.convert(**json.loads(line))
            if answer is None:
                return
            sys.stdout.write(json.dumps(answer) + "\n")
            sys.stdout.flush()

    def _listen(self) -> None:
        for line in sys.stdin:
            self.jobs.put(line)
        self.jobs.put(None)

    def convert(self, source: str, name: str, filter: str, seconds: float) -> dict[str, Any] | None:  # noqa: A002
        """Convert a copy of `source`; None when nobody waits for the answer any more."""
        self._count += 1
        folder = self._folder / str(self._count)
        folder.mkdir()
        copy = folder / name
        said = folder / "said"
        end = time.monotonic() + seconds
        # A copy under a plain name: LibreOffice writes lock files beside what it opens, and names may hold anything.
        shutil.copyfile(source, copy)
        command = [
            self._program,
            f"-env:UserInstallation={self._profile.as_uri()}",
            "--headless",
            "--invisible",
            "--norestore",
            "--nologo",
            "--nodefault",
            "--nolockcheck",
            "--nofirststartwizard",
            f"--infilter={filter}",
            "--convert-to",
            "docx",
            "--outdir",
            str(folder / "out"),
            str(copy),
        ]
        with said.open("wb") as output:
            process = subprocess.Popen(  # noqa: S603
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=environment(self._folder),
                cwd=folder,
                start_new_session=True,
            )
        late = False
        while process.poll() is None and not late:
            with contextlib.suppress(queue.Empty):
                if self.jobs.get(timeout=_POLL) is None:
                    kill(process)
                    return None
            late = time.monotonic() > end
        # Also after an end of its own accord: the launcher may have left the office itself behind.
        kill(process)
        results = sorted((folder / "out").glob("*.docx"))
        done = not late and process.returncode == 0 and bool(results)
        if not done:
            write_profile(self._profile)
        copy.unlink(missing_ok=True)
        return {
            "result": str(results[0]) if done else None,
            "late": late,
            "status": process.returncode,
            "said": said.read_bytes()[-2000:].decode("utf-8", "replace"),
        }


def main() -> None:
    """Serve conversions by the LibreOffice named as the only argument."""
    limit()
    folder = Path(tempfile.mkdtemp(prefix="parcheck-"))
    try:
        Keeper(sys.argv[1], folder).serve()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
