# SPDX-License-Identifier: Apache-2.0
"""A document of one unit that another unit hands in: the same file, or the same number, date and issuer."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parcheck.model import Certainty, Finding, Severity
from parcheck_plugins.crosschecks.one import printed
from parcheck_plugins.letterhead import folding
from parcheck_plugins.unitchecks.bodies import Units
from parcheck_plugins.vocabulary.organisations import organisation_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from parcheck.model import Evidence, Place, SubmissionResult
    from parcheck.reporting.former import FormerReport


@dataclass(slots=True)
class _Seen:
    """One document of one unit."""

    unit: int
    id: str
    path: str
    sha256: str
    issuer: int
    number: str
    """Number and sign, day and issuer on one key; empty where one of them was not read for sure."""
    symbol: str
    place: Place | None


class SharedFiles:
    """Handing in what another unit issued may be right (joint work), or a mix-up of folders: a hint."""

    name = "shared-files"
    codes: tuple[str, ...] = ("file-of-other-unit", "number-of-other-unit")
    needs = frozenset({"issuer", "parent", "symbol", "issued_on"})

    def begin(self, former: FormerReport | None) -> SharedFilesOfRun:  # noqa: ARG002 - the contract's
        """Begin a run."""
        return SharedFilesOfRun()


class SharedFilesOfRun:
    """What was seen in one run."""

    def __init__(self) -> None:
        self._units = Units()
        self._seen: list[_Seen] = []

    def look(self, number: int, submission: SubmissionResult) -> None:
        """Take in the files of a unit, each once."""
        for file in self._units.files(number, submission):
            evidence = file.evidence
            place = evidence.reading.where.get("issuer")
            symbol = printed(evidence, "symbol") or ""
            self._seen.append(
                _Seen(number, evidence.id, file.path, file.sha256, file.issuer, _number(evidence), symbol, place)
            )

    def findings(self) -> Iterator[tuple[int, Finding]]:
        """Yield one finding per document that another unit of the run issued and a further unit has too."""
        owners = self._units.owners()
        said: set[tuple[int, str]] = set()
        for code, groups in (("file", self._groups("sha256")), ("number", self._groups("number"))):
            for group in groups:
                for seen in group:
                    others = [other for other in group if other.unit != seen.unit]
                    theirs = owners[seen.issuer]
                    if not others or not theirs or seen.unit in theirs or (seen.unit, seen.id) in said:
                        continue
                    said.add((seen.unit, seen.id))
                    other = min(others, key=lambda each: (each.unit not in theirs, *self._order(each)))
                    yield seen.unit, self._finding(code, seen, other)

    def _groups(self, by: str) -> Iterable[list[_Seen]]:
        groups: dict[str, list[_Seen]] = defaultdict(list)
        for seen in self._seen:
            if key := getattr(seen, by):
                groups[key].append(seen)
        return (group for group in groups.values() if len(group) > 1)

    def _order(self, seen: _Seen) -> tuple[str, str]:
        return self._units.name(seen.unit), seen.path

    def _finding(self, code: str, seen: _Seen, other: _Seen) -> Finding:
        args = {"other": other.path, "unit": self._units.name(other.unit)}
        if code == "file":
            return Finding("file-of-other-unit", args, Certainty.HINT, Severity.WARNING, seen.id, seen.place)
        args["symbol"] = seen.symbol
        return Finding("number-of-other-unit", args, Certainty.HINT, Severity.WARNING, seen.id, seen.place)


def _number(evidence: Evidence) -> str:
    symbol, day, issuer = (printed(evidence, name) for name in ("symbol", "issued_on", "issuer"))
    if not symbol or not day or not issuer:
        return ""
    parent = printed(evidence, "parent") or ""
    return "|".join((folding.key(symbol), day, organisation_key(issuer), organisation_key(parent)))
