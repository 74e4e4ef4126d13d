# SPDX-License-Identifier: Apache-2.0
"""Documents of different units with one text, but for the names, dates and numbers in it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from parcheck.model import Certainty, Finding, Severity
from parcheck_plugins.crosschecks.sketching import likeness, sketch_of
from parcheck_plugins.unitchecks.bodies import Units
from parcheck_plugins.unitchecks.index import near_pairs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcheck.model import Place, SubmissionResult
    from parcheck.reporting.former import FormerReport
    from parcheck_plugins.crosschecks.sketching import Sketch

COMMON: Final = 5
"""Units with one text from which on it is taken for a form that somebody gave to all: then only a note."""


@dataclass(slots=True)
class _Text:
    """One document of one unit."""

    unit: int
    id: str
    path: str
    sha256: str
    issuer: int
    sketch: Sketch
    place: Place | None


class NearCopies:
    """Who copied, or whether a form was prescribed, no program can tell: both sides get the same hint."""

    name = "near-copies"
    codes: tuple[str, ...] = ("text-of-other-unit",)
    needs = frozenset({"sketch", "issuer", "parent", "subject"})

    def begin(self, former: FormerReport | None) -> NearCopiesOfRun:  # noqa: ARG002 - the contract's
        """Begin a run."""
        return NearCopiesOfRun()


class NearCopiesOfRun:
    """What was seen in one run: less than 2 KB per document."""

    def __init__(self) -> None:
        self._units = Units()
        self._texts: list[_Text] = []

    def look(self, number: int, submission: SubmissionResult) -> None:
        """Take in the texts of a unit, each file once."""
        for file in self._units.files(number, submission):
            reading = file.evidence.reading
            if (sketch := sketch_of(reading.facts)) is not None:
                place = reading.where.get("subject")
                self._texts.append(_Text(number, file.evidence.id, file.path, file.sha256, file.issuer, sketch, place))

    def findings(self) -> Iterator[tuple[int, Finding]]:
        """Yield one finding per document whose text another unit has too, naming the most alike."""
        owners = self._units.owners()
        classes: dict[tuple[bytes, bytes], list[_Text]] = defaultdict(list)
        for text in self._texts:
            if text.unit in owners[text.issuer]:
                classes[text.sketch.hashes, text.sketch.figure_hashes].append(text)
        ordered = [sorted(classes[key], key=self._order) for key in sorted(classes)]
        near: dict[int, list[int]] = defaultdict(list)
        for one, other in near_pairs([members[0].sketch for members in ordered]):
            near[one].append(other)
            near[other].append(one)
        for place, members in enumerate(ordered):
            alike = {each: likeness(members[0].sketch, ordered[each][0].sketch) for each in near[place]}
            around = [ordered[each] for each in sorted(alike, key=lambda each: (-alike[each], each))]
            candidates = [members, *around]
            units = {text.unit for group in candidates for text in group}
            for text in members:
                others = (one for group in candidates for one in group if _elsewhere(text, one))
                if (nearest := next(others, None)) is not None:
                    yield text.unit, self._finding(text, nearest, len(units))

    def _order(self, text: _Text) -> tuple[str, str, str]:
        return self._units.name(text.unit), text.path, text.sha256

    def _finding(self, text: _Text, other: _Text, units: int) -> Finding:
        args = {
            "other": other.path,
            "unit": self._units.name(other.unit),
            "percent": round(100 * likeness(text.sketch, other.sketch)),
            "units": units,
        }
        severity = Severity.NOTE if units >= COMMON else Severity.WARNING
        return Finding("text-of-other-unit", args, Certainty.HINT, severity, text.id, text.place)


def _elsewhere(one: _Text, other: _Text) -> bool:
    """Return whether a text is another unit's; the same file in two folders is told of elsewhere."""
    return one.unit != other.unit and one.sha256 != other.sha256
