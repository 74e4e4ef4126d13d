# SPDX-License-Identifier: Apache-2.0
"""Which submissions lie below a folder: one, or one per unit."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from parcheck.submission.filing import code_in
from parcheck.submission.folder import SYSTEM_FILES
from parcheck.submission.manifest import NAME

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

DEEPEST = 4
"""Levels of folders between a root and its units: province, former district, commune, and one to spare."""
ARCHIVE = ".zip"


def find_submissions(root: Path, codes: Collection[str]) -> list[Path]:
    """Return the submissions at a path, in the order of their names.

    A folder is a submission when it holds `submission.yaml` or a folder or ZIP named by a code of the set. Where one
    is found, the folders and ZIPs beside it are submissions as well, whatever is in them: a unit that handed in an
    unsorted pile is a unit too. Where none is found at all, the path itself is the one submission.

    Args:
        root: what the user named: a folder, a ZIP, a self-assessment.
        codes: the codes of the set.
    """
    return list(_below(root, codes, DEEPEST)) or [root]


def _below(folder: Path, codes: Collection[str], levels: int) -> Iterator[Path]:
    if not folder.is_dir():
        return
    if _is_submission(folder, codes):
        yield folder
        return
    inner = sorted((each for each in _entries(folder) if _may_be_unit(each)), key=lambda each: natural(each.name))
    if any(_is_submission(each, codes) for each in inner):
        yield from inner
    elif levels:
        for each in inner:
            yield from _below(each, codes, levels - 1)


def _is_submission(folder: Path, codes: Collection[str]) -> bool:
    return folder.is_dir() and any(
        each.name == NAME or (_may_be_unit(each) and code_in(_stem(each)) in codes) for each in _entries(folder)
    )


def _may_be_unit(path: Path) -> bool:
    return path.is_dir() or path.suffix.lower() == ARCHIVE


def _stem(path: Path) -> str:
    return unicodedata.normalize("NFC", path.name.removesuffix(path.suffix) if path.is_file() else path.name)


def _entries(folder: Path) -> list[Path]:
    try:
        found = list(folder.iterdir())
    except OSError:
        return []
    return [
        each
        for each in found
        if not each.name.startswith(".") and each.name != "__MACOSX" and each.name.lower() not in SYSTEM_FILES
    ]


def natural(name: str) -> list[tuple[int, int, str]]:
    """Return a key that sorts names as people do: "2 - Xã B" before "10 - Xã A"."""
    parts = re.split(r"(\d+)", unicodedata.normalize("NFC", name).casefold())
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part]
