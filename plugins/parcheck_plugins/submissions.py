# SPDX-License-Identifier: Apache-2.0
"""The forms in which a submission comes: a folder."""

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
    """Read a folder with one sub-folder per criterion."""
    return read_folder(path, overrides) if path.is_dir() else None
