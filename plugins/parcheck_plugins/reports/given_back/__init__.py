# SPDX-License-Identifier: Apache-2.0
"""The unit's own self-assessment given back: its sheet as it was, with the verdict beside each row."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, Final

from parcheck.errors import BadSubmission, BadUsage, ParcheckError, UnreadableFile
from parcheck.reading.pool import ReaderPool
from parcheck.reading.store import store_of
from parcheck.submission.opening import opened
from parcheck.writing import whole
from parcheck_plugins.reports.given_back import excel, word
from parcheck_plugins.reports.given_back.package import refused, signed
from parcheck_plugins.reports.given_back.verdicts import COLUMNS, verdicts
from parcheck_plugins.reports.naming import folder_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from parcheck.catalogue import Catalogue
    from parcheck.model import Report, SubmissionResult
    from parcheck.reading.grids import Tables
    from parcheck.submission import Item

FOLDER: Final = "sheet-back"
_log = logging.getLogger("parcheck")


def write_given_back(report: Report, catalogue: Catalogue, language: str, stream: IO[bytes]) -> None:
    """Write the one self-assessment of a report to a stream.

    Raises:
        BadUsage: there is none, or more than one; or it is of a form that nothing can be added to.
    """
    if len(report.submissions) != 1:
        raise BadUsage("sheet-back-needs-folder", count=len(report.submissions))
    (submission,) = report.submissions
    with _tables(report) as tables:
        sheets = _sheets(submission, tables)
    if len(sheets) > 1:
        raise BadUsage("sheet-back-needs-folder", count=len(sheets))
    if not sheets:
        raise BadUsage("sheet-back-none")
    if problem := _write(submission, sheets[0], catalogue, language, stream):
        raise problem


def write_given_back_folder(report: Report, catalogue: Catalogue, language: str, folder: Path) -> None:
    """Write all self-assessments of a report below a folder, under their own names, a folder per unit.

    One that nothing can be added to is warned of.

    Raises:
        BadUsage: there is none that could be written.
    """
    written = 0
    problem: ParcheckError = BadUsage("sheet-back-none")
    many = len(report.submissions) > 1
    with _tables(report) as tables:
        for number, submission in enumerate(report.submissions, start=1):
            place = folder / FOLDER / folder_of(submission, number) if many else folder / FOLDER
            for sheet in _sheets(submission, tables):
                place.mkdir(parents=True, exist_ok=True)
                try:
                    with whole(place / PurePosixPath(sheet).name) as draft, draft.open("wb") as stream:
                        if found := _write(submission, sheet, catalogue, language, stream):
                            raise found
                except BadUsage as error:
                    problem = error
                    _log.warning("%s", error)
                else:
                    written += 1
    if not written:
        raise problem


@contextmanager
def _tables(report: Report) -> Iterator[Callable[[Item], Tables]]:
    """Give what reads the tables of self-assessments; those that the check read are kept."""
    with store_of(report) as store:
        stores = [] if store is None else [store]
        with ReaderPool(facts=frozenset(), choice=report.plugins, stores=stores, workers=1) as pool:
            yield pool.tables


def _sheets(submission: SubmissionResult, tables: Callable[[Item], Tables]) -> list[str]:
    """Return the paths of the self-assessments that a submission was made from."""
    from parcheck_plugins.submissions import parcheck_submission

    if submission.root is None:
        return []
    try:
        handed = parcheck_submission(submission.root, {}, tables)
    except (BadSubmission, OSError):
        return []
    return list(dict.fromkeys(row.sheet for row in handed.rows)) if handed else []


def _write(
    submission: SubmissionResult, sheet: str, catalogue: Catalogue, language: str, stream: IO[bytes]
) -> BadUsage | None:
    """Write one sheet with the added columns; return why it could not be."""
    told = verdicts(submission, catalogue, language)
    names = {criterion.code: criterion.name for criterion in submission.criteria}
    heads = [catalogue.term("sheet-back", key, language) for key in COLUMNS]
    try:
        with _opened(submission, sheet) as file:
            if code := refused(file):
                return BadUsage(code, path=sheet)
            if signed(file):
                _log.warning("%s", ParcheckError("sheet-back-signed", path=sheet))
            form = excel if file.suffix.lower() == ".xlsx" else word
            if not form.give_back(file, told, names, heads, stream):
                return BadUsage("sheet-back-no-rows", path=sheet)
    except (UnreadableFile, OSError) as error:
        detail = error.say(language) if isinstance(error, UnreadableFile) else str(error)
        return BadUsage("sheet-back-unreadable", path=sheet, detail=detail)
    return None


@contextmanager
def _opened(submission: SubmissionResult, sheet: str) -> Iterator[Path]:
    """Give a self-assessment as a file on disk: the submission itself, or a file at its top."""
    root = submission.root
    assert root is not None  # noqa: S101 - tells the type checker; a submission without root has no sheets
    if root.is_file() and root.name == sheet:
        yield root
        return
    with opened(root, sheet) as file:
        yield file
