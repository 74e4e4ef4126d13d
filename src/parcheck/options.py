# SPDX-License-Identifier: Apache-2.0
"""What a check can be told beside a submission and rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    import datetime
    import threading
    from collections.abc import Callable, Sequence
    from concurrent.futures import Executor
    from pathlib import Path

    from parcheck.batch import Progress
    from parcheck.reading.pool import Limits
    from parcheck.reading.store import ReadingStore


class Options(TypedDict, total=False):
    """What `check` and `check_many` take beside a submission and rules; everything may be left out."""

    unit: str | None
    """Name of the unit; wins over `submission.yaml`."""
    year: int | str | None
    """The year that is assessed; wins over `submission.yaml` and the pack."""
    only: Sequence[str]
    """Codes of fields or criteria to check; the whole set without."""
    workers: int | None
    """Worker processes; one per processor without."""
    limits: Limits | None
    """What one file may cost."""
    executor: Executor | None
    """Reads the files instead of worker processes of this computer; parcheck must be installed where it runs."""
    cache: bool | Path
    """Keep readings and use those kept: in the user's cache folder (True), in a file of your own, or not (False)."""
    progress: Callable[[Progress], None] | None
    """Called after each file and each verdict, in the caller's thread."""
    cancel: threading.Event | None
    """Ends the run when it is set."""
    stores: Sequence[ReadingStore]
    """Open stores to use before the cache; they are not closed."""
    decisions: str | Path | None
    """A file of appraisers' decisions (see docs/how-to/decisions.md), applied to each verdict."""
    before: str | Path | None
    """The JSON report of an earlier period: what a unit hands in again is noted. Not for `check_many`."""
    today: datetime.date | None
    """The day against which the ends of decisions are held; the day of the run without."""
