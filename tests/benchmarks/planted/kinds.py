# SPDX-License-Identifier: Apache-2.0
"""What a kind of planted fault is: how it is planted, and by which findings it is seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.benchmarks.planted.paper import Case, Paper

from parcheck.model import Outcome

if TYPE_CHECKING:
    import random

BAD = frozenset({Outcome.MISSING, Outcome.INVALID})
DOUBTFUL = BAD | {Outcome.UNDETERMINED}
SAID = frozenset(Outcome)
"""The fault decides no outcome: it is enough that it is said."""


@dataclass(frozen=True, slots=True)
class Planted:
    """A submission with one fault, and where that must be seen."""

    case: Case
    criterion: str = ""
    """The criterion whose outcome it must change, and that its finding must name where it names one."""
    path: str = ""
    """The file that the finding must be about, where it is about one."""
    suffering: tuple[str, ...] = ()
    """Criteria whose outcome may rightly change."""


Plant = Callable[[Case, "random.Random"], Planted | None]
"""Returns None where the submission has nothing that this fault can befall."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fault, and the findings any of which shows that it was seen."""

    number: str
    words: str
    sight: str
    codes: frozenset[str]
    outcomes: frozenset[Outcome]
    plant: Plant


KINDS: list[Kind] = []
QUARTERS = ("q1", "half", "q3")


def fault(
    number: str, words: str, sight: str, codes: str, outcomes: frozenset[Outcome] = BAD
) -> Callable[[Plant], Plant]:
    """Register what plants a kind of fault.

    Args:
        number: of the project's list of faults ("F3").
        words: what it is, for the table; unlike those of all other kinds.
        sight: "sure" or "likely".
        codes: finding codes, any of which shows that it was seen.
        outcomes: what its criterion may become.
    """

    def register(plant: Plant) -> Plant:
        KINDS.append(Kind(number, words, sight, frozenset(codes.split()), outcomes, plant))
        return plant

    return register


def at(case: Case, paper: Paper, new: Paper | None = None) -> Planted:
    """Return the submission with `new` in the place of `paper`."""
    new = new or paper
    code = paper.criteria[-1]
    # The yearly report proves 1.1 as well, also where it lies under 1.2 alone and is only named for 1.1.
    suffering = ("1.1", "1.2") if paper.role == "year" else new.criteria
    return Planted(case.exchanged(paper.role, new), code, case.path(new, code), suffering)


def pick(case: Case, rng: random.Random, *roles: str) -> Paper | None:
    """Return one of the documents with these roles that the submission has. Not a scan: what is recognised from
    pixels is never held against a unit, so no fault of its words can be found for sure."""
    has = [paper for paper in case.papers if paper.role in roles and paper.spec.kind != "scan"]
    return rng.choice(has) if has else None
