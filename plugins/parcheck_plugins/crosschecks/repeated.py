# SPDX-License-Identifier: Apache-2.0
"""Two documents of two years with one text, in one submission: last year's file, with another number and year on it."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any, Final

from parcheck.model import Certainty, Finding, Severity
from parcheck_plugins.crosschecks.one import printed, printed_date
from parcheck_plugins.crosschecks.sketching import likeness, near_copies, sketch_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from parcheck.model import Evidence

_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_APART: Final = dt.timedelta(days=300)


class RepeatedText:
    """Plans and reports of two years that say the same. It may be meant: the tasks go on, the form is prescribed."""

    name = "repeated-text"
    codes: tuple[str, ...] = ("text-repeated",)
    needs = frozenset({"sketch", "type", "issuer", "subject", "issued_on"})

    def check(self, documents: Sequence[Evidence]) -> Iterator[Finding]:
        """Yield one finding per document whose text one of an earlier year has already, naming the most alike."""
        dated = []
        seen: set[str] = set()
        for evidence in documents:
            digest, day = evidence.reading.sha256, printed_date(evidence)
            found = sketch_of(evidence.reading.facts)
            if evidence.path is None or digest is None or digest in seen or day is None or found is None:
                continue
            seen.add(digest)
            dated.append((day, evidence, found))
        dated.sort(key=lambda entry: (entry[0], entry[1].path or ""))
        for at, (_, evidence, found) in enumerate(dated):
            earlier = [
                (likeness(found, theirs), other)
                for _, other, theirs in dated[:at]
                if near_copies(found, theirs)
                and printed(evidence, "issuer") == printed(other, "issuer")
                and other_years(_read(evidence), _read(other))
            ]
            if earlier:
                alike, other = max(earlier, key=lambda pair: (pair[0], pair[1].path or ""))
                args = {"other": other.path, "percent": round(100 * alike)}
                place = evidence.reading.where.get("subject")
                yield Finding("text-repeated", args, Certainty.HINT, Severity.WARNING, evidence.id, place)


def _read(evidence: Evidence) -> dict[str, Any]:
    return {name: printed(evidence, name) for name in ("type", "subject", "issued_on")}


def other_years(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Return whether two documents are of one type and made for two years, by their titles, else by their dates.

    Args:
        one, other: the facts type, subject and issued_on of each.
    """
    if one.get("type") != other.get("type"):
        return False
    years, theirs = (set(_YEAR.findall(facts.get("subject") or "")) for facts in (one, other))
    if years and theirs:
        return years.isdisjoint(theirs)
    days = [day for facts in (one, other) if (day := _day(facts.get("issued_on")))]
    return len(days) == 2 and abs(days[0] - days[1]) >= _APART


def _day(value: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
