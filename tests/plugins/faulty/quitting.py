# SPDX-License-Identifier: Apache-2.0
"""Raises what is no ordinary exception while it reads a file."""

from __future__ import annotations

import sys

import parcheck
from faulty import Reader


def _quit(path):
    if "exit" in path.name:
        sys.exit(0)
    if "interrupt" in path.name:
        raise KeyboardInterrupt
    if "deep" in path.name:
        return _quit(path)
    raise BaseException("neither error nor exit")  # noqa: TRY002 - that is the fault


@parcheck.hookimpl
def parcheck_facts():
    return [Reader("quit", _quit)]
