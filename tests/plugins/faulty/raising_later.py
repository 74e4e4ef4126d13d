# SPDX-License-Identifier: Apache-2.0
"""Raises not in its hooks but in what they gave: generators while they are read, readers, checks, a document."""

from __future__ import annotations

import parcheck
from faulty import Reader


def _broken(values):
    yield from values
    raise RuntimeError("fails while it is read")


def _fail(path):
    raise RuntimeError("fails in read")


class Check:
    name = "raising-check"
    codes = ()
    needs = frozenset()

    def check(self, documents):
        return _broken([])


class CheckAtOnce(Check):
    name = "raising-check-at-once"

    def check(self, documents):
        raise RuntimeError("fails in check")


class Document(parcheck.Document):
    media_type = "application/x-raising"
    page_count = 1

    def __init__(self, path):
        pass

    def text(self, page):
        raise RuntimeError("fails in text")

    def lines(self, page):
        raise RuntimeError("fails in lines")

    def close(self):
        raise RuntimeError("fails in close")


@parcheck.hookimpl
def parcheck_identify(path, head):
    return "application/x-raising" if "raising-close" in path.name else None


@parcheck.hookimpl
def parcheck_open(path, media_type):
    if "raising-open" in path.name:
        raise RuntimeError("fails in open")
    return Document(path) if media_type == "application/x-raising" else None


@parcheck.hookimpl
def parcheck_facts():
    return _broken([Reader("raising-read", _fail, frozenset({"number"}))])


@parcheck.hookimpl
def parcheck_keywords():
    return _broken([])


@parcheck.hookimpl
def parcheck_crosschecks():
    return [Check(), CheckAtOnce()]
