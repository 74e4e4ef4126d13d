# SPDX-License-Identifier: Apache-2.0
"""Which unit of a run issued a document, by the names on its letterhead.

What no unit of the run issued (a decision of the province that many communes hand in) is no unit's own: it is left out
of all that follows. So is a document whose issuer is not known.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from parcheck_plugins.vocabulary.organisations import organisation_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from parcheck.model import Evidence, SubmissionResult

_COUNCILS: Final = (["ủy", "ban", "nhân", "dân"], ["hội", "đồng", "nhân", "dân"])
_ENDING: Final = re.compile(r"\.[A-Za-z0-9]{2,5}$")
_LEAST: Final = 2
"""Words that a unit's name must have besides "Ủy ban nhân dân", to be told from others."""


class IssuedFile(NamedTuple):
    """A file of a unit."""

    evidence: Evidence
    path: str
    sha256: str
    issuer: int
    """Its issuer's number, see `Units.issuer`."""


class Units:
    """The units of a run and the issuers on their documents, met one after another."""

    def __init__(self) -> None:
        self._names: dict[int, str] = {}
        self._cores: dict[int, list[str]] = {}
        self._issuers: dict[tuple[str, str], int] = {}

    def meet(self, number: int, submission: SubmissionResult) -> None:
        """Take in a unit."""
        self._names[number] = submission.unit or submission.path
        self._cores[number] = core(submission.unit or _ENDING.sub("", submission.path))

    def files(self, number: int, submission: SubmissionResult) -> Iterator[IssuedFile]:
        """Take in a unit, and yield its files whose issuer is known, each once however often it was handed in."""
        self.meet(number, submission)
        digests: set[str] = set()
        for evidence in submission.documents:
            path, digest = evidence.path, evidence.reading.sha256
            if path is None or digest is None or digest in digests:
                continue
            digests.add(digest)
            issuer = self.issuer(evidence.reading.facts)
            if issuer is not None:
                yield IssuedFile(evidence, path, digest, issuer)

    def issuer(self, facts: Mapping[str, object]) -> int | None:
        """Return a number for the issuer of a document; None where it is not known."""
        issuer, parent = facts.get("issuer"), facts.get("parent")
        if not isinstance(issuer, str) or not issuer:
            return None
        key = (issuer, parent if isinstance(parent, str) else "")
        return self._issuers.setdefault(key, len(self._issuers))

    def name(self, number: int) -> str:
        """Return how a unit is called to a person."""
        return self._names[number]

    def owners(self) -> list[frozenset[int]]:
        """Return the units that each issuer belongs to, by the issuer's number, once all units were met."""
        return [
            frozenset(number for number, words in self._cores.items() if belongs(issuer, parent, words))
            for issuer, parent in self._issuers
        ]


def core(name: str) -> list[str]:
    """Return the words that tell a body from others of its kind: "012 - UBND xã An Bình" is xã, an, bình."""
    words = organisation_words(name)
    while words and words[0].isdigit():
        words = words[1:]
    for council in _COUNCILS:
        if words[: len(council)] == council:
            return words[len(council) :]
    return words


def belongs(issuer: str, parent: str, unit: list[str]) -> bool:
    """Return whether an issuer is a unit or a part of it.

    Args:
        issuer: as printed.
        parent: the body printed above it; may be empty.
        unit: `core` of the unit's name.
    """
    if len(unit) < _LEAST:
        return False
    own, above = core(issuer), core(parent)
    if any(_ends(words, unit) for words in (own, above, own + above)):
        return True
    # "SỞ NỘI VỤ" on the letterhead, "Sở Nội vụ tỉnh Lâm Đồng" as the unit.
    return len(own) > _LEAST and unit[: len(own)] == own and (not above or _ends(unit, above[-_LEAST:]))


def _ends(words: list[str], end: Iterable[str]) -> bool:
    end = list(end)
    return len(end) <= len(words) and words[len(words) - len(end) :] == end
