# SPDX-License-Identifier: Apache-2.0
"""Documents that a cell names without a number: minutes, which often bear none, and names cut short."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from parcheck.submission.sheet import Cited
from parcheck_plugins.letterhead.grammar import OTHER_TYPES, TYPES
from parcheck_plugins.submissions.citing import NORMATIVE
from parcheck_plugins.submissions.dates import FOLLOWING, date_of
from parcheck_plugins.submissions.remarks import without

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcheck_plugins.submissions.citing import Found

UNNUMBERED: Final = frozenset({"BB"})
"""Types that are proof without a number: minutes of an inspection are seldom registered."""
_KINDS: Final = {name.casefold(): code for code, names in TYPES.items() for name in names} | {
    name.casefold(): name for name in OTHER_TYPES.values()
}
_LONG: Final = "|".join(sorted((name for name in _KINDS if " " in name or name == "luật"), key=len, reverse=True))
_NAMED: Final = re.compile(
    rf"(?:^|[\n;:(+•…]|[-–]\s|(?<!\w)(?:có|ban hành|theo|tại|và|các|bằng)(?!\w))\s*(?:\(?\d{{1,2}}[.)]\s*)?"
    rf"(?:(?:đã\s+)?(?:có|ban hành)\s+)?(?:các\s+|\d{{1,3}}\s+)?(?P<name>{_LONG})(?P<rest>(?!\w)[^\n;…]{{3,300}})",
    re.IGNORECASE,
)
_GROUNDS: Final = NORMATIVE | {"QyĐ"}
_BROUGHT: Final = re.compile(r"(?:có|ban hành|các|\d)\s+$", re.IGNORECASE)
"""Before a name in small letters: a document, and no verb ("hướng dẫn", "báo cáo")."""
_SENTENCE_END: Final = re.compile(r"\.(?=\s|$)|:\s|\s*\((?=[^)]*$)")
_DATE: Final = re.compile(r"(?<!\w)ngày(?=\s*\d)", re.IGNORECASE)


def named_documents(text: str, found: Sequence[Found]) -> tuple[tuple[Cited, ...], tuple[Cited, ...]]:
    """Return (documents that are proof without a number, documents that would need one and have none).

    A name that ends in a colon is the label of a list and names no document.
    """
    proof: list[Cited] = []
    vague: list[Cited] = []
    rest = without(text, found, "…")
    for match in _NAMED.finditer(rest):
        kind = _KINDS[" ".join(match["name"].casefold().split())]
        if kind in _GROUNDS or not (
            match["name"][0].isupper() or _BROUGHT.search(match[0][: match.start("name") - match.start()])
        ):
            continue
        words = match["name"] + match["rest"]
        end = _SENTENCE_END.search(words)
        if end:
            words = words[: end.start()]
        # A label: nothing but the list itself follows.
        if (end and end[0].startswith(":")) or words.rstrip().endswith(":") or len(words.split()) < 4:
            continue
        words = " ".join(words.split()).strip(" ,.;–-")
        facts: dict[str, Any] = {"type": kind, "subject": words[len(match["name"]) :].strip(" ,") or words}
        if (day := _DATE.search(words)) and (dated := FOLLOWING.match(words, day.start())) and (date := date_of(dated)):
            facts["issued_on"] = date.isoformat()
        cited = Cited(words, facts, {"subject": words})
        (proof if kind in UNNUMBERED else vague).append(cited)
    return tuple(proof), tuple(vague)
