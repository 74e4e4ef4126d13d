# SPDX-License-Identifier: Apache-2.0
"""A self-assessment as a submission: by itself, or at the top of the folder or ZIP with the files."""

from __future__ import annotations

import dataclasses
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from parcheck.errors import BadSubmission, UnreadableFile
from parcheck.submission import Handed, Item, UnitName
from parcheck.submission.comparing import body_key, folded
from parcheck.submission.folder import from_command_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from parcheck.reading.grids import Tables
    from parcheck_plugins.submissions.assessing import Assessment

CURRENT: Final = (".docx", ".docm", ".dotx", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
OLD_WORD: Final = (".doc", ".rtf", ".odt")
_NAMED: Final = re.compile(r"\b(?:tu (?:danh gia|cham)|cham diem|bang diem|bang cham)\b")


def read_sheet(path: Path, overrides: Mapping[str, str], tables: Callable[[Item], Tables]) -> Handed:
    """Return the submission that one self-assessment makes, without any file.

    Raises:
        BadSubmission: not readable, or none of its tables is a self-assessment.
        BadUsage: a year that is no year.
    """
    try:
        assessment = _assessment(Item(path, path.name), tables)
    except UnreadableFile as error:
        raise _unusable(path, error) from error
    if assessment is None:
        raise BadSubmission("sheet-without-table", path=path.name)
    return _taken(Handed(path=path, items=(), **from_command_line(overrides)), [assessment])


def with_sheets(handed: Handed, tables: Callable[[Item], Tables]) -> Handed:
    """Return a folder's or ZIP's submission; self-assessments at its top are its manifest and no evidence.

    A file there that cannot be read stays among the files: reading will say what is wrong with it.
    """
    assessments: list[Assessment] = []
    items = []
    for item in handed.items:
        assessment = None
        if "/" not in item.path.removeprefix(handed.top) and _may_be_sheet(item.path):
            try:
                assessment = _assessment(item, tables)
            except Exception:  # noqa: BLE001 - a file that cannot be read as a sheet is read as a file
                assessment = None
        if assessment is None:
            items.append(item)
        else:
            assessments.append(assessment)
    if not assessments:
        return handed
    return _taken(dataclasses.replace(handed, items=tuple(items)), assessments)


def named_as_sheet(name: str) -> bool:
    """Tell by its name whether an old Word file may be a self-assessment: to convert every file would take too long."""
    return _NAMED.search(folded(name.replace("_", " "))) is not None


def _assessment(item: Item, tables: Callable[[Item], Tables]) -> Assessment | None:
    # Most folders have no file at their top that may be one.
    from parcheck_plugins.submissions.assessing import assessed

    return assessed(tables(item).grids, item.path)


def _unusable(path: Path, error: UnreadableFile) -> BadSubmission:
    """Return what to do about a self-assessment that cannot be read."""
    old = path.suffix.lower() in OLD_WORD
    if old and error.code in ("reader-missing", "reader-failed", "reader-crashed"):
        return BadSubmission("sheet-old-word", path=path.name)
    if error.code == "reader-missing":
        return BadSubmission("excel-missing", path=path.name)
    return BadSubmission("sheet-unreadable", path=path.name, detail=error.say("vi"))


def _may_be_sheet(path: str) -> bool:
    name = PurePosixPath(path)
    suffix = name.suffix.lower()
    return suffix in CURRENT or (suffix in OLD_WORD and named_as_sheet(name.stem))


def _taken(handed: Handed, assessments: Iterable[Assessment]) -> Handed:
    """Return a submission with what self-assessments say; what is known already wins."""
    rows = tuple(row for assessment in assessments for row in assessment.rows)
    unit = handed.unit or next((each.unit for each in assessments if each.unit), None)
    year = handed.year or next((each.year for each in assessments if each.year), None)
    former = dict.fromkeys(name for each in assessments for name in each.former)
    known = {body_key(name.name) for name in handed.names}
    level = body_key(unit).split()[:5] if unit else []
    # Only bodies of the unit's own level are its predecessors: "UBND tỉnh …" of a province, "UBND xã …" of a commune.
    names = tuple(
        UnitName(name) for name in former if body_key(name).split()[:5] == level and body_key(name) not in known
    )
    return dataclasses.replace(handed, rows=rows, unit=unit, year=year, names=handed.names + names)
