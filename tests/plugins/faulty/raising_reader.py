# SPDX-License-Identifier: Apache-2.0
"""Raises while it reads the facts of a file, and while it opens one."""

from __future__ import annotations

import parcheck
from faulty import Reader


def _fail(path):
    raise RuntimeError("fails in read")


@parcheck.hookimpl
def parcheck_open(path, media_type):
    if "raising-open" in path.name:
        raise RuntimeError("fails in open")


@parcheck.hookimpl
def parcheck_facts():
    return [Reader("raising-read", _fail)]
