# SPDX-License-Identifier: Apache-2.0
"""Files `*.pictured`: a plan whose number stands on a page that is drawn; each opening is written down by name."""

from __future__ import annotations

import os
from pathlib import Path

import parcheck
from faulty.drawing import BLACK, Drawing
from parcheck.model import Place

LOG = "PICTURED_LOG"
MEDIA_TYPE = "application/x-pictured"
FACTS = {"type": "KH", "symbol": "12/KH-SNV"}


class Pictured(Drawing):
    media_type = MEDIA_TYPE


class Facts:
    name = "pictured"
    version = "1"
    provides = frozenset(FACTS)
    needs = frozenset()

    def read(self, document, asked, known):
        if document.media_type != MEDIA_TYPE:
            return {}
        return {name: parcheck.Fact(FACTS[name], Place(1, BLACK, FACTS[name])) for name in asked}


def opened(path, media_type, by):
    if media_type != MEDIA_TYPE:
        return None
    with Path(os.environ[LOG]).open("a", encoding="utf-8") as log:
        log.write(f"{by}\n")
    return Pictured(path)


@parcheck.hookimpl
def parcheck_identify(path, head):
    return MEDIA_TYPE if path.suffix == ".pictured" else None


@parcheck.hookimpl
def parcheck_open(path, media_type):
    return opened(path, media_type, "pictured")


@parcheck.hookimpl
def parcheck_facts():
    return [Facts()]
