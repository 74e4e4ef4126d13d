# SPDX-License-Identifier: Apache-2.0
"""Splits the worker in two, both of which go on as if nothing had happened; or leaves a child that never ends."""

from __future__ import annotations

import os
import time

import parcheck
from faulty import Reader


def _fork(path):
    if os.fork() == 0 and "orphan" in path.name:
        time.sleep(3600)
        os._exit(0)
    if "orphan" in path.name:
        os._exit(1)
    return {}


@parcheck.hookimpl
def parcheck_facts():
    return [Reader("fork", _fork)]
