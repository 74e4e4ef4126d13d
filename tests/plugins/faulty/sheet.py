# SPDX-License-Identifier: Apache-2.0
"""A format of its own: a file `*.facts` is JSON, its keys the facts of a document, "?" a fact that cannot be read."""

from __future__ import annotations

import json

import parcheck
from parcheck.model import Place, Reason, Source

MEDIA_TYPE = "application/x-facts"


class FactFile(parcheck.Document):
    media_type = MEDIA_TYPE
    page_count = 1

    def __init__(self, path):
        self.facts = json.loads(path.read_text(encoding="utf-8"))

    def text(self, page):
        return ""

    def lines(self, page):
        return ()

    def unread(self, page):
        return Reason("scan") if "?" in self.facts.values() else None

    def close(self):
        pass


class Facts:
    name = "sheet"
    version = "1"
    provides = frozenset(
        ["type", "symbol", "issued_on", "issuer", "parent", "subject", "signer", "draft", "references", "links", "text"]
    )
    needs = frozenset()

    def read(self, document, asked, known):
        if not isinstance(document, FactFile):
            return {}
        return {name: self._fact(document.facts.get(name)) for name in asked}

    @staticmethod
    def _fact(value):
        if value == "?":
            return parcheck.Fact(unknown=Reason("scan"))
        if value is None:
            return parcheck.Fact()
        return parcheck.Fact(value, Place(1, words=str(value), source=Source.TEXT))


@parcheck.hookimpl
def parcheck_identify(path, head):
    return MEDIA_TYPE if path.suffix == ".facts" else None


@parcheck.hookimpl
def parcheck_open(path, media_type):
    return FactFile(path) if media_type == MEDIA_TYPE else None


@parcheck.hookimpl
def parcheck_facts():
    return [Facts()]
