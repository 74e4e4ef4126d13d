# SPDX-License-Identifier: Apache-2.0
"""The forms in which a submission comes: a folder, a ZIP of one, the unit's own self-assessment, or both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcheck.archives.parcel import begins_as_archive
from parcheck.hookspecs import hookimpl
from parcheck.submission.folder import read_folder
from parcheck.submission.parcels import read_zip, unpacked

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from parcheck.reading.grids import Tables
    from parcheck.submission import Handed, Item


@hookimpl
def parcheck_submission(path: Path, overrides: Mapping[str, str], tables: Callable[[Item], Tables]) -> Handed | None:
    """Read a folder with one sub-folder per criterion, or a ZIP of one, self-assessments at its top included; or one
    such self-assessment by itself."""
    from parcheck_plugins.submissions.forms import CURRENT, OLD_WORD, read_sheet, with_sheets

    if path.is_dir():
        return with_sheets(unpacked(read_folder(path, overrides), overrides), tables)
    if begins_as_archive(path):
        return with_sheets(read_zip(path, overrides), tables)
    return read_sheet(path, overrides, tables) if path.suffix.lower() in (*CURRENT, *OLD_WORD) else None
