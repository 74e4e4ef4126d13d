# SPDX-License-Identifier: Apache-2.0
"""The exit codes of the command line."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parcheck.reporting.summary import Summary


class Exit(enum.IntEnum):
    """What the command line tells a script."""

    READY = 0
    """Everything is ready."""
    NOT_READY = 1
    """Something is missing or invalid."""
    USAGE = 2
    """Options, submission or pack cannot be used."""
    NOT_CHECKED = 3
    """Nothing to check, or undecided only because parcheck itself failed."""
    INTERRUPTED = 130


def exit_code(summary: Summary) -> Exit:
    """Return the exit code that a report deserves. A failure of parcheck never looks like a pass."""
    if not summary.ready:
        return Exit.NOT_READY
    if not summary.criteria or any(unit.own_failures for unit in summary.units):
        return Exit.NOT_CHECKED
    return Exit.READY
