# SPDX-License-Identifier: Apache-2.0
"""Many submissions in one run: files read as fast as the readers go, verdicts given unit by unit, memory flat."""

from __future__ import annotations

import dataclasses
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from parcheck.errors import BadSubmission, BadUsage
from parcheck.model import Finding, SubmissionResult
from parcheck.reading.pool import Job

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from parcheck.errors import ParcheckError
    from parcheck.model import Reading
    from parcheck.reading.grids import Tables
    from parcheck.submission import Handed, Item


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is."""

    units_done: int
    units: int
    files_done: int
    files: int
    """Files of the units that were opened so far: the last units are opened last."""
    unit: str
    """The unit whose file, or whose verdict, came last."""


class Reader(Protocol):
    """Reads files: processes of this computer (`ReaderPool`) or an executor (`RemoteReader`)."""

    def read_many(self, files: Iterable[Job]) -> Iterator[tuple[int, Reading]]:
        """Yield (index, reading), in any order."""
        ...

    def tables(self, item: Item) -> Tables:
        """Return the tables of one file; raises `UnreadableFile`."""
        ...


@dataclass(slots=True)
class _Unit:
    """One submission on its way."""

    path: Path
    handed: Handed
    readings: dict[int, Reading]
    error: ParcheckError | None = None

    @property
    def whole(self) -> bool:
        return len(self.readings) == len(self.handed.items)


class Batch:
    """Checks submissions one after another with one reader.

    Args:
        open_: gives what was handed in at a path, whose tables the reader reads; may raise `BadSubmission` or
            `BadUsage`.
        judge: gives the verdict from what was handed in and its readings.
        reader: reads the files; while one unit is judged it goes on with the next.
        spared: gives the facts that need not be read of a file.
        progress: called after each file and each verdict.
        alone: whether what `open_` raises ends the run: there is nothing else to check.
    """

    def __init__(
        self,
        open_: Callable[[Path, Reader], Handed],
        judge: Callable[[Handed, list[Reading]], SubmissionResult],
        reader: Reader,
        spared: Callable[[Item, Handed], frozenset[str]],
        progress: Callable[[Progress], None] | None = None,
        *,
        alone: bool = False,
    ) -> None:
        self._open = open_
        self._judge = judge
        self._reader = reader
        self._spared = spared
        self._progress = progress
        self._alone = alone

    def verdicts(self, paths: Sequence[Path]) -> Iterator[SubmissionResult]:
        """Yield the verdict on each path, in their order, as soon as it and all before it are there.

        A path that cannot be checked at all gives a verdict that says why, unless it is `alone`.

        Raises:
            BadSubmission, BadUsage: the only path cannot be checked at all.
            Cancelled: the reader was told to stop. What was yielded stands.
        """
        waiting: deque[_Unit] = deque()
        owners: dict[int, tuple[_Unit, int]] = {}
        units_done = files_done = files_opened = 0

        def jobs() -> Iterator[Job]:
            nonlocal files_opened
            for path in paths:
                unit = self._begin(path)
                first = files_opened
                files_opened += len(unit.handed.items)
                waiting.append(unit)
                for place, item in enumerate(unit.handed.items):
                    owners[first + place] = unit, place
                    yield Job(item.file, item.path, item.member, self._spared(item, unit.handed))

        def tell(unit: _Unit) -> None:
            if self._progress is not None:
                self._progress(Progress(units_done, len(paths), files_done, files_opened, unit.path.name))

        def finished() -> Iterator[SubmissionResult]:
            nonlocal units_done
            while waiting and waiting[0].whole:
                unit = waiting.popleft()
                yield self._verdict(unit)
                units_done += 1
                tell(unit)

        for index, reading in self._reader.read_many(jobs()):
            unit, place = owners.pop(index)
            unit.readings[place] = reading
            files_done += 1
            tell(unit)
            yield from finished()
        yield from finished()

    def _begin(self, path: Path) -> _Unit:
        from parcheck.submission import Handed

        try:
            return _Unit(path, self._open(path, self._reader), {})
        except (BadSubmission, BadUsage) as error:
            if self._alone:
                raise
            return _Unit(path, Handed(path=path, items=()), {}, error)

    def _verdict(self, unit: _Unit) -> SubmissionResult:
        if unit.error is not None:
            return unusable(unit.path, unit.error)
        readings = [unit.readings[index] for index in range(len(unit.handed.items))]
        return dataclasses.replace(self._judge(unit.handed, readings), root=unit.path)


def unusable(path: Path, error: ParcheckError) -> SubmissionResult:
    """Return the verdict on a path that cannot be checked at all: nothing judged, and why."""
    faults = error.faults or (error,)
    findings = tuple(
        Finding("submission-unusable", {"error": {"code": fault.code, "args": fault.details}}) for fault in faults
    )
    return SubmissionResult(None, "", path.name, (), (), findings, root=path)
