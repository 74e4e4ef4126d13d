# SPDX-License-Identifier: Apache-2.0
"""Leaves its process otherwise than it was, one way per file name, and gives what was asked all the same."""

from __future__ import annotations

import builtins
import decimal
import json
import locale
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import parcheck
from faulty import Reader

kept = []
"""What must not be collected when the file is done."""


def _folder(path):
    os.chdir("/")


def _gone(path):
    folder = Path(os.environ["TMPDIR"], "gone")
    folder.mkdir()
    os.chdir(folder)
    folder.rmdir()


def _locale(path):
    names = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False).stdout.split()
    locale.setlocale(locale.LC_ALL, next((n for n in names if n not in ("C", "POSIX")), "C"))


def _variables(path):
    os.environ.clear()
    os.environ["TZ"] = "Asia/Tokyo"


def _mask(path):
    os.umask(0o777)


def _stdout(path):
    sys.stdout.close()
    os.close(1)


def _stderr(path):
    sys.stderr = None
    os.close(2)


def _stdin(path):
    """A program that reads all it is given, and outlives the file."""
    kept.append(subprocess.Popen(["cat"], stdout=subprocess.DEVNULL))
    assert os.read(0, 1) == b""


def _everything(path):
    os.closerange(3, 256)


def _thread(path):
    def work():
        while True:
            json.dumps([*range(100)])

    threading.Thread(target=work).start()


def _waiting(path):
    threading.Thread(target=time.sleep, args=(3600,)).start()


def _handles(path):
    kept.extend(open(path, "rb") for _ in range(40))  # noqa: SIM115, PTH123 - left open on purpose


def _builtin(path):
    def no_open(*arguments, **options):
        raise PermissionError("open")

    builtins.open = no_open


def _module(path):
    json.loads = dict


def _alarm(path):
    signal.setitimer(signal.ITIMER_REAL, 0.3)


def _arithmetic(path):
    decimal.getcontext().prec = 1
    sys.setrecursionlimit(60)


WAYS = {name[1:]: way for name, way in globals().items() if name.startswith("_") and callable(way)}


def _leave(path):
    WAYS[path.stem.partition("-")[2].split()[0]](path)
    return {}


@parcheck.hookimpl
def parcheck_facts():
    return [Reader("untidy", _leave)]
