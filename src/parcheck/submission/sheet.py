# SPDX-License-Identifier: Apache-2.0
"""The unit's own self-assessment as values: one row of its table, the documents it cites, what else it says.

A plugin reads the table (it knows formats and the language); nothing here knows which set of criteria it is about.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcheck.model import Reason


@dataclass(frozen=True, slots=True)
class Cited:
    """One document that the self-assessment cites, with what the citation itself says of it."""

    words: str
    """The citation as written."""
    facts: Mapping[str, Any]
    """Only facts that the words state: type, symbol, number, sign, issued_on, issuer, parent, subject."""
    places: Mapping[str, str] = field(default_factory=dict)
    """Fact to the words it stood in."""
    unclear: Mapping[str, Reason] = field(default_factory=dict)
    """Facts that the words state in a way that cannot be decided."""
    mentioned: bool = False
    """True for a document that is only named in passing: inside another one's subject, or as a legal ground."""
    former: bool = False
    """True where the words call the issuer a predecessor: "(trước sáp nhập)"."""


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole that the text states: "42/139 đơn vị, đạt 30,2%"."""

    part: float
    whole: float
    unit: str
    """What is counted; empty where the text does not say."""
    percent: float | None
    """The share as the text states it right behind; None where it states none, or only a bound."""
    decimals: int
    """Decimal places of the stated percent."""
    words: str


@dataclass(frozen=True, slots=True)
class Count:
    """A number that the text states of things that it lists right behind: "12 văn bản (…)", "09 cuộc họp: (1) …"."""

    stated: int
    listed: int
    words: str
    """The number with what is counted, as written."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of the self-assessment as written; which criterion it means is resolved later."""

    code: str
    """What stands in the column of codes; empty where there is none."""
    name: str
    claimed: float | None = None
    said: str = ""
    """All that the unit wrote about the row."""
    cited: tuple[Cited, ...] = ()
    named: tuple[Cited, ...] = ()
    """Documents named without the number that they would need to be found by: no proof, and not missing either."""
    attached: tuple[str, ...] = ()
    """Words that say that something is attached which the row does not cite by number."""
    explanation: str | None = None
    """Sentences that give a reason, apart from those that only state results."""
    shares: tuple[Share, ...] = ()
    counts: tuple[Count, ...] = ()
    """Stated numbers that the list beside them does not bear out."""
    maximum: float | None = None
    """What the row's own column of maxima says; None where there is none, or no plain number in it."""
    sheet: str = ""
    """Path of the file, relative to the submission."""
    has_evidence_column: bool = True
