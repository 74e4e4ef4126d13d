# SPDX-License-Identifier: Apache-2.0
"""Asks for more memory than there is."""

from __future__ import annotations

import parcheck
from faulty import Reader


def _hoard(path):
    kept = []
    while True:
        kept.append(bytearray(64 * 1024 * 1024))


@parcheck.hookimpl
def parcheck_facts():
    return [Reader("oom", _hoard)]
