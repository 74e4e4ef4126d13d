# SPDX-License-Identifier: Apache-2.0
"""The report as pages for a browser: one file per unit, and an index over units.

Each file holds all it needs and asks for nothing; both languages are in it. Units are laid out one at a time.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from parcheck.reporting.summary import summarise
from parcheck.writing import whole
from parcheck_plugins.reports.html.index import file_name, index_view
from parcheck_plugins.reports.html.page import Pages
from parcheck_plugins.reports.html.pictures import Album, cropping_for
from parcheck_plugins.reports.html.unit import UnitTeller

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from parcheck.catalogue import Catalogue
    from parcheck.model import Report

INDEX = "index.html"


def write_html(report: Report, catalogue: Catalogue, language: str, stream: IO[str]) -> None:
    """Write the report as one page: a unit's; of several units an index and each unit below it."""
    pages = Pages(report, catalogue, language)
    many = len(report.submissions) != 1
    with cropping_for(report) as cropping:
        album = Album(cropping)
        if many:
            summary = summarise(report)
            totals = [submission.totals for submission in report.submissions]
            links = [f"#u{unit.number + 1}-top" for unit in summary.units]
            stream.write(pages.head())
            stream.write(pages.index(index_view(summary, totals, links, pages.say)))
        for number, submission in enumerate(report.submissions, 1):
            view = UnitTeller(report, submission, pages.say, album.of(submission), f"u{number}-" if many else "").view()
            if not many:
                stream.write(pages.head(submission.unit or submission.path))
            stream.write(pages.unit(view, top=2 if many else 1))
    stream.write(pages.end())


def write_html_folder(report: Report, catalogue: Catalogue, language: str, folder: Path) -> None:
    """Write an index and a page per unit into a folder; no more than one submission is held at a time.

    Raises:
        OSError: a file cannot be written, or the disk is full.
    """
    pages = Pages(report, catalogue, language)
    totals, links = [], []
    with cropping_for(report) as cropping:
        for number, submission in enumerate(report.submissions):
            name = submission.unit or submission.path
            totals.append(submission.totals)
            links.append(file_name(number, name))
            view = UnitTeller(report, submission, pages.say, Album(cropping).of(submission)).view()
            _write(folder / links[-1], (pages.head(name, back=True), pages.unit(view), pages.end()))
    summary = summarise(report)
    _write(folder / INDEX, (pages.head(), pages.index(index_view(summary, totals, links, pages.say)), pages.end()))


def _write(path: Path, parts: Iterable[str]) -> None:
    with whole(path) as draft, draft.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(parts)
