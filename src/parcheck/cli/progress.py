# SPDX-License-Identifier: Apache-2.0
"""How far a run is: a bar on a terminal, a plain line per unit elsewhere; on standard error only."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from parcheck.batch import Progress
    from parcheck.catalogue import Catalogue


@contextlib.contextmanager
def shown(catalogue: Catalogue, language: str, total: int, units: int) -> Iterator[Callable[[Progress], None] | None]:
    """Give what `Options.progress` takes.

    Args:
        catalogue: the words.
        language: "vi" or "en".
        total: files in all units.
        units: number of units.
    """
    if sys.stderr.isatty():
        with _bar(catalogue, language, total) as tell:
            yield tell
    else:
        yield _lines(catalogue, language) if units > 1 else None


@contextlib.contextmanager
def _bar(catalogue: Catalogue, language: str, total: int) -> Iterator[Callable[[Progress], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    rate = TextColumn("{task.fields[rate]}", markup=False)
    with Bar(
        *columns, rate, TimeElapsedColumn(), TimeRemainingColumn(), console=Console(stderr=True), transient=True
    ) as bar:
        task = bar.add_task(catalogue.phrase("reading", language), total=total, rate="")

        def tell(progress: Progress) -> None:
            units = ""
            if progress.units > 1:
                units = catalogue.phrase("units-done", language, done=progress.units_done, total=progress.units)
            speed = bar.tasks[task].speed
            rate = catalogue.phrase("files-per-second", language, rate=round(speed, 1)) if speed else ""
            description = catalogue.phrase("reading", language) + units
            bar.update(task, completed=progress.files_done, description=description, rate=rate)

        yield tell


def _lines(catalogue: Catalogue, language: str) -> Callable[[Progress], None]:
    said = 0

    def tell(progress: Progress) -> None:
        nonlocal said
        if progress.units_done > said:
            said = progress.units_done
            line = catalogue.phrase("unit-done", language, done=said, total=progress.units, unit=progress.unit)
            sys.stderr.write(line + "\n")
            sys.stderr.flush()

    return tell
