# SPDX-License-Identifier: Apache-2.0
"""The fact reader "marks": what was put on the paper or the page besides print, and how a scan was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcheck.hookspecs import hookimpl

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parcheck.reading.facts import FactReader


@hookimpl
def parcheck_facts() -> Iterable[FactReader]:
    """Offer the reader of marks."""
    from parcheck_plugins.marks.reader import Marks

    return [Marks()]
