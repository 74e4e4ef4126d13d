# SPDX-License-Identifier: Apache-2.0
"""Which submissions lie below a folder: one, or one per unit."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from parcheck.submission.filing import code_in
from parcheck.submission.folder import SYSTEM_FILES
from parcheck.submission.manifest import NAME
from parcheck.submission.parcels import names_at_top

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

DEEPEST = 4
"""Levels of folders between a root and its units: province, former district, commune, and one to spare."""
ARCHIVE = ".zip"


def find_submissions(root: Path, codes: Collection[str]) -> list[Path]:
    """Return the submissions at a path, in the order of their names.

    A folder is a submission when it holds `submission.yaml` or a folder or ZIP named by a code of the set. Where one
    is found, the folders and ZIPs beside it are submissions as well, whatever is in them: a unit that handed in an
    unsorted pile is a unit too. ZIPs beside each other, or folders with one ZIP each, are submissions when one holds
    `submission.yaml` or two the same code: units answer to the same criteria, parts of one submission to others.
    Where none is found at all, the path itself is the one submission.

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
    if any(_is_submission(each, codes) for each in inner) or _are_packed_units(inner, codes):
        yield from inner
    elif levels:
        for each in inner:
            yield from _below(each, codes, levels - 1)


def _is_submission(folder: Path, codes: Collection[str]) -> bool:
    return folder.is_dir() and any(
        each.name == NAME or (_may_be_unit(each) and code_in(_stem(each)) in codes) for each in _entries(folder)
    )


def _are_packed_units(paths: Iterable[Path], codes: Collection[str]) -> bool:
    seen: set[str] = set()
    for archive in filter(None, map(_archive_of, paths)):
        names = names_at_top(archive)
        found = {code for name in names if (code := code_in(name.removesuffix(ARCHIVE))) and code in codes}
        if NAME in names or found & seen:
            return True
        seen |= found
    return False


def _archive_of(path: Path) -> Path | None:
    """Return a ZIP, or the only ZIP of a folder without folders; else None."""
    if not path.is_dir():
        return path
    inner = [each for each in _entries(path) if _may_be_unit(each)]
    return inner[0] if len(inner) == 1 and not inner[0].is_dir() else None


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
