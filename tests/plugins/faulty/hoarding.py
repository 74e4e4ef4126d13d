# SPDX-License-Identifier: Apache-2.0
"""Keeps much memory when a file is done; or gives a fact that is larger than any document."""

from __future__ import annotations

import parcheck
from faulty import Reader

KEPT = 500 * 1024 * 1024
LONG = 70 * 1024 * 1024
kept = []


def _hoard(path):
    kept.append(b"\1" * KEPT)
    return {}


def _endless(path):
    return {"subject": parcheck.Fact("a" * LONG)}


@parcheck.hookimpl
def parcheck_facts():
    return [Reader("hoard", _hoard), Reader("endless", _endless, frozenset({"subject"}))]
