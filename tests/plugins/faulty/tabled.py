# SPDX-License-Identifier: Apache-2.0
"""Reads the tables of files named for what it is to do wrong; leaves all others to those who can."""

from __future__ import annotations

import os
import sys
import time

import parcheck


@parcheck.hookimpl
def parcheck_tables(path, media_type):
    match path.stem.rpartition("-")[2]:
        case "crash":
            os._exit(7)
        case "hang":
            while True:
                time.sleep(3600)
        case "oom":
            kept = []
            while True:
                kept.append(bytearray(64 * 1024 * 1024))
        case "quit":
            sys.exit(3)
        case "raise":
            raise LookupError(path.name)
        case "lie":
            return ["no tables"]
        case "flood":
            row = [parcheck.Cell("x" * 1000) for _ in range(1000)]
            return parcheck.Tables([parcheck.Grid([[parcheck.Cell(cell.text) for cell in row] for _ in range(100)])])
    return None
