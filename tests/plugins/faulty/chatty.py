# SPDX-License-Identifier: Apache-2.0
"""Prints wherever it can: Python's streams, the file descriptors, a child's output."""

from __future__ import annotations

import os
import subprocess
import sys

import parcheck
from faulty import Reader

NOISE = "LẮM LỜI"


def _talk(path):
    print(NOISE)  # noqa: T201
    print(NOISE, file=sys.stderr)  # noqa: T201
    os.write(1, NOISE.encode())
    os.write(2, NOISE.encode())
    subprocess.run(["echo", NOISE], check=True)
    return {}


@parcheck.hookimpl
def parcheck_facts():
    return [Reader("chatty", _talk)]
