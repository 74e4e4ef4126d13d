# SPDX-License-Identifier: Apache-2.0
"""Never comes back."""

from __future__ import annotations

import time

import parcheck
from faulty import Reader


def _wait(path):
    while True:
        time.sleep(3600)


@parcheck.hookimpl
def parcheck_facts():
    return [Reader("hang", _wait)]
