# SPDX-License-Identifier: Apache-2.0
"""The values that describe one administrative document, whatever file format it is written to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    import datetime as dt

Kind: TypeAlias = Literal["stamped", "annotated", "printed", "unsigned", "scan"]
"""How number, date and signatures stand on a PDF.

stamped: page text has blanks; number, day and month are signature widgets, signed like the hand and the seal.
annotated: the same, but number, day and month are /Stamp annotations; two signatures (person, agency).
printed: number and date are page text; two signatures (person, agency).
unsigned: as exported from the word processor: no mark, no signature, whatever number and date are given.
scan: a picture of the printed and signed paper, without text layer.
"""


@dataclass(frozen=True, slots=True)
class Unit:
    """A body that issues documents."""

    name: tuple[str, ...]
    """Lines of the left header, bold."""
    parent: tuple[str, ...] = ()
    """Lines above it, not bold."""
    place: str = "Trường Giang"
    seal: tuple[str, ...] = ()
    """Lines inside the seal."""
    seal_rim: str = ""
    """Words along the lower rim of the seal."""
    common_name: str = ""
    """Name in the agency's test certificate."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: the printed lines above the signature, and the name below it."""

    authority: tuple[str, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Text:
    """One paragraph. `words` may hold **bold** and *italic*."""

    words: str
    style: Literal["body", "basis", "heading", "subheading", "centre", "enacting"] = "body"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; the first row is its heading."""

    widths: tuple[float, ...]
    """Relative column widths."""
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Annex:
    """Begins an appendix on a new page (or sheet, when it lies across)."""

    title: str
    subject: str
    note: str
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Deletion:
    """For Word: a tracked change inside the paragraph that follows."""

    old: str
    new: str
    author: str
    on: dt.date


Block: TypeAlias = Text | Grid | Annex


@dataclass(frozen=True, slots=True)
class Spec:
    """One document. Only `unit` is needed; what is None or empty is left out, as on a draft."""

    unit: Unit
    type: str = ""
    """Printed name in capitals ("KẾ HOẠCH"); empty for a công văn."""
    sign: str = ""
    """What stands behind the number: "KH-UBND"."""
    number: str = ""
    """Empty: the place of the number stays blank."""
    year: int = 2025
    month: int | None = None
    """Printed when the day is not known: drafts often have the month already."""
    issued_on: dt.date | None = None
    subject: str = ""
    to: tuple[str, ...] = ()
    body: tuple[Block, ...] = ()
    signers: tuple[Signer, ...] = ()
    """One, or two for minutes (left, right)."""
    recipients: tuple[str, ...] = ()
    kind: Kind = "stamped"
    dated: bool = True
    """False for minutes: their letterhead has no place and date."""
    signed_at: dt.datetime | None = None
    """When the person signed; the agency follows 25 minutes later. Default: the day of issue."""
    digital_stamp: bool = False
    """Prints "Người ký … Thời gian ký …" in the top right corner, as the registry does for separate annexes."""
    tabs: bool = False
    """Word only: letterhead set with tabs instead of a table."""
    decomposed: bool = False
    """Word only: text in NFD."""
    changes: tuple[Deletion, ...] = field(default=())
    """Word only: tracked changes; `old` must occur in the body."""


def day_month(date: dt.date) -> tuple[str, str]:
    """Return day and month as printed: day below 10 and months 1, 2 take a 0 (NĐ 30/2020, Phụ lục I.II.4)."""
    return f"{date.day:02d}", f"{date.month:02d}" if date.month < 3 else str(date.month)
