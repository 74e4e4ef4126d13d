# SPDX-License-Identifier: Apache-2.0
"""Whether the units of a run hand in each other's documents, or their own of an earlier year.

Nothing here decides an outcome, and nobody is said to have copied: forms are prescribed, work is done jointly, plans go
on. Both sides are named, so that a person can lay the two side by side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcheck.hookspecs import hookimpl

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parcheck.judging.unitcheck import UnitCheck


@hookimpl
def parcheck_unitchecks() -> Iterable[UnitCheck]:
    """Name the shipped checks."""
    from parcheck_plugins.unitchecks import earlier, near_copies, shared_files

    return [shared_files.SharedFiles(), near_copies.NearCopies(), earlier.Earlier()]
