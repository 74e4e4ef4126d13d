# SPDX-License-Identifier: Apache-2.0
"""Reads scans and pictures with tesseract: `pip install parcheck[ocr]`, the Vietnamese data is in the package."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from parcheck.hookspecs import hookimpl

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parcheck.reading.recognition import Recogniser


@hookimpl
def parcheck_recognisers() -> Iterable[Recogniser]:
    """Offer tesseract where this computer has it."""
    from parcheck_plugins.ocr.engine import installed

    if not installed():
        return []
    from parcheck_plugins.ocr.recogniser import Tesseract

    return [Tesseract()]


@hookimpl
def parcheck_state() -> str:
    """Name the tesseract that is called where it is no library."""
    return shutil.which("tesseract") or ""
