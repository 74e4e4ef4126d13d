# SPDX-License-Identifier: Apache-2.0
"""Gives what nobody asked for, in types that nobody expects."""

from __future__ import annotations

import math

import parcheck
from faulty import Reader

_LIES = {
    "liar-nan": {"symbol": parcheck.Fact(math.nan)},
    "liar-type": {"symbol": parcheck.Fact(42)},
    "liar-name": {"no-such-fact": parcheck.Fact("x")},
    "liar-plain": {"symbol": "no fact but a string"},
    "liar-object": {"symbol": parcheck.Fact(object())},
    "liar-nothing": None,
}


def _lie(path):
    return _LIES[path.name.split(".", maxsplit=1)[0]]


@parcheck.hookimpl
def parcheck_facts():
    return [Reader("liar", _lie)]
