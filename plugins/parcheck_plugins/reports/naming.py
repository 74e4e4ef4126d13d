# SPDX-License-Identifier: Apache-2.0
"""Names of folders and files for one unit, safe on every system and different for every unit."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from parcheck_plugins.reports.harmless import one_line

if TYPE_CHECKING:
    from parcheck.model import SubmissionResult

_UNSAFE: Final = re.compile(r'[\\/:*?"<>|\[\]]+')
_LONGEST: Final = 80
"""In letters; a letter of Vietnamese takes three bytes at most, a file name 255."""


def folder_of(submission: SubmissionResult, number: int) -> str:
    """Return a name for a unit's folder or file: its number in the report, and what it handed in was called."""
    name = _UNSAFE.sub(" ", one_line(unicodedata.normalize("NFC", PurePath(submission.path).stem)))
    return f"{number:03} {' '.join(name.split())}"[:_LONGEST].rstrip(" .")
