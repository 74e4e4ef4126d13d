# SPDX-License-Identifier: Apache-2.0
"""The forms in which a submission comes: a folder, the unit's own self-assessment, or both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcheck.hookspecs import hookimpl
from parcheck.submission.folder import read_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from parcheck.submission import Handed


@hookimpl
def parcheck_submission(path: Path, overrides: Mapping[str, str]) -> Handed | None:
    """Read a folder with one sub-folder per criterion, a self-assessment at its top included, or one by itself."""
    from parcheck_plugins.submissions.forms import read_sheet, with_sheets
    from parcheck_plugins.submissions.grids import SHEETS, WORD

    if path.is_dir():
        return with_sheets(read_folder(path, overrides))
    return read_sheet(path, overrides) if path.suffix.lower() in (*WORD, *SHEETS) else None
