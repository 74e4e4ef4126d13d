# SPDX-License-Identifier: Apache-2.0
"""Another reader of what `pictured` reads, asked after it."""

from __future__ import annotations

import parcheck
from faulty import pictured
from faulty.pictured import parcheck_facts, parcheck_identify

__all__ = ["parcheck_facts", "parcheck_identify", "parcheck_open"]


@parcheck.hookimpl
def parcheck_open(path, media_type):
    return pictured.opened(path, media_type, "pictured_too")
