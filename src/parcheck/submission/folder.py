# SPDX-License-Identifier: Apache-2.0
"""A folder as a submission: every file in it, none lost."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parcheck.errors import BadSubmission, BadUsage
from parcheck.submission import Handed, Item
from parcheck.submission.manifest import NAME, read_manifest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SYSTEM_FILES = frozenset({".ds_store", "desktop.ini", "thumbs.db", ".gitattributes", ".gitignore", ".gitkeep"})
"""Files that the system itself lays down; nobody handed them in."""
SYSTEM_FOLDER = "__MACOSX"


def read_folder(folder: Path, overrides: Mapping[str, str]) -> Handed:
    """Return the submission in a folder.

    Args:
        folder: one sub-folder per criterion, named by its code; `submission.yaml` at its top may be left out.
        overrides: "unit" and "year" from the command line; they win over the file.

    Raises:
        BadSubmission: no file in it, or a faulty `submission.yaml`.
        BadUsage: a year that is no year.
    """
    known = read_manifest(folder) | from_command_line(overrides)
    items = tuple(sorted(_files(folder), key=lambda item: item.path))
    if not items:
        raise BadSubmission("folder-empty", path=str(folder))
    return Handed(path=folder, items=items, **known)


def from_command_line(overrides: Mapping[str, str]) -> dict[str, Any]:
    """Return the keyword arguments for `Handed` that the command line gives: they win over any file.

    Raises:
        BadUsage: a year that is no year.
    """
    known: dict[str, Any] = {}
    if unit := overrides.get("unit"):
        known["unit"] = unit
    if year := overrides.get("year"):
        if not year.isdecimal() or not 2000 <= int(year) <= 2100:
            raise BadUsage("year-bad", found=year)
        known["year"] = int(year)
    return known


def system_file(path: str) -> bool:
    """Return whether a path in a submission is the system's own; so is all that lies in a hidden folder."""
    *folders, name = path.split("/")
    return any(map(_hidden, folders)) or name.lower() in SYSTEM_FILES


def _hidden(folder: str) -> bool:
    return folder.startswith(".") or folder == SYSTEM_FOLDER


def _files(folder: Path) -> Iterator[Item]:
    for parent, names, files in os.walk(folder):
        names[:] = sorted(name for name in names if not _hidden(name))
        for name in files:
            file = Path(parent, name)
            path = unicodedata.normalize("NFC", file.relative_to(folder).as_posix())
            if path != NAME and name.lower() not in SYSTEM_FILES:
                yield Item(file, path)
