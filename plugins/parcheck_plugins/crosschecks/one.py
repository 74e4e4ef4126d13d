# SPDX-License-Identifier: Apache-2.0
"""What checks that look at one document at a time share."""

from __future__ import annotations

import abc
import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from parcheck.model import Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parcheck.model import Evidence, Finding

VIETNAM: Final = dt.timezone(dt.timedelta(hours=7))


class OneDocument(abc.ABC):
    """A cross-check that holds each document against itself; a file handed in twice is looked at once."""

    def check(self, documents: Sequence[Evidence]) -> Iterator[Finding]:
        """Yield what each document shows."""
        seen: set[str] = set()
        for evidence in documents:
            digest = evidence.reading.sha256
            if evidence.path is None or digest is None or digest in seen:
                continue
            seen.add(digest)
            yield from self.look(evidence)

    @abc.abstractmethod
    def look(self, evidence: Evidence) -> Iterator[Finding]:
        """Yield what one document shows."""


def printed(evidence: Evidence, name: str) -> Any:
    """Return a fact's value; None where it is unknown, absent, or was recognised from pixels and may be misread."""
    place = evidence.reading.where.get(name)
    if place is not None and place.source is Source.OCR:
        return None
    return evidence.reading.facts.get(name)


def printed_date(evidence: Evidence) -> dt.date | None:
    """Return the date of issue as printed."""
    value = printed(evidence, "issued_on")
    try:
        return dt.date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def day_signed(signature: dict[str, Any]) -> dt.date | None:
    """Return the day, in Vietnam, on which a signature says that it was made."""
    try:
        moment = dt.datetime.fromisoformat(signature.get("signed_at") or "")
    except ValueError:
        return None
    return (moment.astimezone(VIETNAM) if moment.tzinfo else moment).date()
