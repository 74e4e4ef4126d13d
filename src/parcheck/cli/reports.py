# SPDX-License-Identifier: Apache-2.0
"""Which formats a report is written in, and where: the screen, a file, a folder of files."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, TypeGuard

import click

from parcheck.cli.options import whole_file
from parcheck.errors import BadUsage
from parcheck.reporting import Depth, ReportFormat

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from parcheck.catalogue import Catalogue
    from parcheck.checking import Session
    from parcheck.model import Report

SCREEN = "text"
IN_FOLDER = ("html", "xlsx", "json")
"""What a folder of reports holds when nothing is said."""
STEM = "report"


def is_folder(target: Path | None) -> TypeGuard[Path]:
    """Return whether the output is a folder: one that is there, or a name without an ending."""
    return target is not None and (target.is_dir() or not target.suffix)


def chosen_formats(session: Session, names: str | None, target: Path | None) -> list[ReportFormat]:
    """Return the formats asked for.

    Without a name: by the ending of the output file, all common ones for a folder, and text for the screen.

    Raises:
        BadUsage: no such format, several for one file, or one that cannot be shown on the screen.
    """
    known = {each.name: each for each in session.plugins.collect("parcheck_reports", ReportFormat)[0]}
    allowed = ", ".join(sorted(known))
    if names:
        asked = list(dict.fromkeys(name.strip() for name in names.split(",") if name.strip()))
    elif is_folder(target):
        asked = [name for name in IN_FOLDER if name in known]
    else:
        ending = target.suffix.lower() if target else ""
        asked = [next((name for name, each in known.items() if ending and each.extension == ending), SCREEN)]
    for name in asked:
        if name not in known:
            raise BadUsage("format-unknown", found=name, allowed=allowed)
    chosen = [known[name] for name in asked]
    if not is_folder(target) and len(chosen) != 1:
        raise BadUsage("formats-need-folder", formats=names or "")
    if target is None and chosen[0].binary:
        raise BadUsage("format-needs-file", format=chosen[0].name, extension=chosen[0].extension)
    return chosen


def spare(inputs: Sequence[Path | None], formats: Sequence[ReportFormat], target: Path | None) -> None:
    """Refuse to write over a file that the run reads: what an appraiser wrote there would be lost.

    Raises:
        BadUsage: a report would have the name of an input.
    """
    if target is None:
        return
    written = [target / (STEM + each.extension) for each in formats] if is_folder(target) else [target]
    for path in inputs:
        if path is not None and any(path.resolve() == each.resolve() for each in written):
            raise BadUsage("output-is-input", path=str(path))


def at_depth(formats: Sequence[ReportFormat], depth: str) -> list[ReportFormat]:
    """Return the formats, those that say more or less made to say so much."""
    return [replace(each, write=each.depths.get(Depth(depth), each.write)) for each in formats]


def write_reports(
    report: Report, formats: Sequence[ReportFormat], target: Path | None, catalogue: Catalogue, language: str
) -> None:
    """Write a report in all formats asked for; each file appears whole or not at all.

    Raises:
        BadUsage: a file cannot be written, or the disk is full.
    """
    if target is None:
        formats[0].write(report, catalogue, language, sys.stdout)
        return
    if is_folder(target):
        target.mkdir(parents=True, exist_ok=True)
    for each in formats:
        if is_folder(target) and each.write_folder is not None:
            each.write_folder(report, catalogue, language, target)
        else:
            path = target / (STEM + each.extension) if is_folder(target) else target
            _write_file(each, report, catalogue, language, path)
    click.echo(catalogue.phrase("written-to", language, path=str(target)), err=True)


def _write_file(each: ReportFormat, report: Report, catalogue: Catalogue, language: str, path: Path) -> None:
    with whole_file(path) as draft:
        if each.binary:
            with draft.open("wb") as stream:
                each.write(report, catalogue, language, stream)
        else:
            with draft.open("w", encoding="utf-8", newline="\n") as text:
                each.write(report, catalogue, language, text)
