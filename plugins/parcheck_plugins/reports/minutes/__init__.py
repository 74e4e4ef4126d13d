# SPDX-License-Identifier: Apache-2.0
"""Minutes for the council (biên bản) in the form of Nghị định 30/2020/NĐ-CP, one Word file per unit."""

from __future__ import annotations

import gc
from typing import IO, TYPE_CHECKING, Final

from parcheck.errors import BadUsage

if TYPE_CHECKING:
    from pathlib import Path

    from parcheck.catalogue import Catalogue
    from parcheck.model import Report

FOLDER: Final = "minutes"


def write_minutes(report: Report, catalogue: Catalogue, language: str, stream: IO[bytes]) -> None:
    """Write the minutes on the one unit of a report.

    Raises:
        BadUsage: the report has none or several; a council signs for one unit at a time.
    """
    from parcheck_plugins.reports.minutes.document import write_unit

    if len(report.submissions) != 1:
        raise BadUsage("minutes-need-folder", count=len(report.submissions))
    for submission in report.submissions:
        write_unit(submission, report, catalogue, language, stream)


def write_minutes_folder(report: Report, catalogue: Catalogue, language: str, folder: Path) -> None:
    """Write the minutes on each unit below a folder."""
    from parcheck.writing import whole
    from parcheck_plugins.reports.minutes.document import write_unit
    from parcheck_plugins.reports.naming import folder_of

    place = folder / FOLDER
    place.mkdir(parents=True, exist_ok=True)
    for number, submission in enumerate(report.submissions, start=1):
        with whole(place / f"{folder_of(submission, number)}.docx") as draft, draft.open("wb") as stream:
            write_unit(submission, report, catalogue, language, stream)
        # The library's objects point at each other in circles, and the collector does not see how large their XML is.
        gc.collect()
