# SPDX-License-Identifier: Apache-2.0
"""Keywords on dates: bounds, and days counted from another body's document."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from parcheck.judging.vocabulary import Failure, Keyword, Result, Undecided
from parcheck.model import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from parcheck.judging.vocabulary import Context

_DATE = {
    "type": "string",
    "pattern": r"^(\$\{[^}]*\}|\d{4}-\d{2}-\d{2}|(\$\{[^}]*\}|\d{4})-(\$\{[^}]*\}|\d{2}-\d{2}))$",
    "description": "YYYY-MM-DD | ${year}-MM-DD",
}


def _not_before(value: str, limit: Any, _context: Context) -> Iterator[Result]:
    if value < limit:
        yield Failure("issued-too-early", {"found": value, "limit": limit})


def _not_after(value: str, limit: Any, _context: Context) -> Iterator[Result]:
    if value > limit:
        yield Failure("issued-too-late", {"found": value, "limit": limit})


def _clash(asked: Mapping[str, Sequence[Any]]) -> tuple[Any, Any] | None:
    first, last = max(asked.get("notBefore", ("",))), min(asked.get("notAfter", ("9999",)))
    return (f"notBefore: {first}", f"notAfter: {last}") if first > last else None


def _within(value: str, window: Any, context: Context) -> Iterator[Result]:
    upstream = context.upstream.get(window["of"])
    if upstream is None or upstream.issued_on is None:
        yield Undecided(Reason("no-upstream", {"id": window["of"]}))
        return
    limit = upstream.issued_on + datetime.timedelta(days=window["days"])
    if datetime.date.fromisoformat(value) > limit:
        yield Failure(
            "deadline-passed",
            {
                "found": value,
                "days": window["days"],
                "upstream": upstream.symbol or upstream.id,
                "limit": limit.isoformat(),
            },
        )


KEYWORDS = [
    Keyword("notBefore", _DATE, ("issued-too-early",), _not_before, doc="The date is this day or later."),
    Keyword("notAfter", _DATE, ("issued-too-late",), _not_after, clash=_clash, doc="The date is this day or earlier."),
    Keyword(
        "within",
        {
            "type": "object",
            "additionalProperties": False,
            "required": ["days", "of"],
            "properties": {"days": {"type": "integer", "minimum": 0}, "of": {"type": "string"}},
        },
        ("deadline-passed",),
        _within,
        doc="The date is at most so many days after the upstream document that `submission.yaml` names.",
    ),
]
