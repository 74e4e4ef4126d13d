# SPDX-License-Identifier: Apache-2.0
"""Printed page numbers against the pages of the file (NĐ 30/2020/NĐ-CP, Phụ lục I.I.7).

Numbers stand at the top, none on the first page; annexes are numbered apart, so a count that begins anew is in order.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from parcheck.model import Certainty, Finding, Place, Severity, Source
from parcheck_plugins.crosschecks.one import OneDocument

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parcheck.model import Evidence

_PRINTED: Final = re.compile(r"^\W{0,3}(?:trang\s+)?(\d{1,3})(?:\s*/\s*(\d{1,3}))?\W{0,3}$", re.IGNORECASE)
_EDGE: Final = 2
"""Lines at either end of a page among which its number stands."""
_RUN: Final = 3
"""Pages that must be numbered one after another before anything is made of a gap."""


def printed_number(text: str) -> tuple[int, int | None] | None:
    """Return the number that a page's text bears on a line of its own at one end, and the total if given ("2/5")."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    for line in (*lines[:_EDGE], *lines[-_EDGE:]):
        if match := _PRINTED.match(line):
            return int(match[1]), int(match[2]) if match[2] else None
    return None


def gap(numbers: Sequence[int | None]) -> tuple[int, int, int] | None:
    """Return the first break in a run of page numbers: (page of the file, number there, number expected), or None.

    Runs on both sides must be long enough to be page numbers at all, and a count that begins anew is no break.
    """
    numbered = [(page, number) for page, number in enumerate(numbers, 1) if number is not None]
    offsets = [number - page for page, number in numbered]
    for i in range(1, len(numbered)):
        before, after = offsets[:i], offsets[i:]
        if len(before) < _RUN - 1 or len(after) < _RUN - 1:
            continue
        if len(set(before[-(_RUN - 1) :])) > 1 or len(set(after[: _RUN - 1])) > 1 or after[0] <= before[-1]:
            continue
        consecutive = numbered[i][0] == numbered[i - 1][0] + 1
        # Only a number too high on the very next page: pages without a number in between may be annexes.
        if consecutive and numbered[i][1] > numbered[i - 1][1] + 1:
            return numbered[i][0], numbered[i][1], numbered[i - 1][1] + 1
    return None


class PageOrder(OneDocument):
    """Pages that seem to be missing, from the numbers printed on the others."""

    name = "page-order"
    codes: tuple[str, ...] = ("pages-missing",)
    needs = frozenset({"page_numbers"})

    def look(self, evidence: Evidence) -> Iterator[Finding]:
        """Yield a hint at the first gap."""
        found = evidence.reading.facts.get("page_numbers")
        broken = gap(found) if found else None
        if broken is not None:
            page, number, expected = broken
            args = {"found": number, "expected": expected}
            place = Place(page, words=str(number), source=Source.TEXT)
            yield Finding("pages-missing", args, Certainty.HINT, Severity.WARNING, evidence.id, place)
