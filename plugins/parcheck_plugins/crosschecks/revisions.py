# SPDX-License-Identifier: Apache-2.0
"""Tracked changes and comments left in a Word file: signs of a text still being worked on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcheck.model import Certainty, Finding, Severity
from parcheck_plugins.crosschecks.one import OneDocument

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcheck.model import Evidence


class RevisionsLeft(OneDocument):
    """Word files whose changes were never accepted, or whose comments were never taken out."""

    name = "revisions"
    codes: tuple[str, ...] = ("revisions-left",)
    needs = frozenset({"revisions"})

    def look(self, evidence: Evidence) -> Iterator[Finding]:
        """Yield a hint with how many there are."""
        found = evidence.reading.facts.get("revisions")
        if found and (found["changes"] or found["comments"]):
            args = {"changes": found["changes"], "comments": found["comments"]}
            yield Finding("revisions-left", args, Certainty.HINT, Severity.WARNING, evidence.id)
