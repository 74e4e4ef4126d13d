# SPDX-License-Identifier: Apache-2.0
"""Files of facts (see `sheet`), each opening written down in the file that COUNTED_LOG names, and a little slow."""

from __future__ import annotations

import os
import time
from pathlib import Path

import parcheck
from faulty.sheet import MEDIA_TYPE, FactFile, Facts

LOG = "COUNTED_LOG"
SECONDS = 0.01


@parcheck.hookimpl
def parcheck_identify(path, head):
    return MEDIA_TYPE if path.suffix == ".facts" else None


@parcheck.hookimpl
def parcheck_open(path, media_type):
    if media_type != MEDIA_TYPE:
        return None
    time.sleep(SECONDS)
    with Path(os.environ[LOG]).open("a", encoding="utf-8") as log:
        log.write(f"{path}\n")
    return FactFile(path)


@parcheck.hookimpl
def parcheck_facts():
    return [Facts()]
