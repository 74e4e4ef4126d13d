# SPDX-License-Identifier: Apache-2.0
"""SAO Y, SAO LỤC, TRÍCH SAO: which it is, and where the copier's own block begins (NĐ 30/2020/NĐ-CP, Điều 25-27).

A copy ends with a second letterhead, number and signature, those of who copied. They say nothing of who issued the
document, so everything from there on is left to this module.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from parcheck.model import Source
from parcheck.reading.recognition import Part
from parcheck_plugins.letterhead import issuers
from parcheck_plugins.letterhead.geometry import centre, height

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from parcheck.model import Reason
    from parcheck.reading.document import Document, Line

_KIND: Final = re.compile(r"^\W{0,3}(?:BẢN\s+)?(SAO Y|SAO LỤC|TRÍCH SAO)(?:\s+BẢN CHÍNH)?\s*(?:$|[;:,(.]|\d)")
_ANY: Final = re.compile(r"SAO Y|SAO LỤC|TRÍCH SAO")
_COPY_NUMBER: Final = re.compile(r"\d\s*/\s*(?:SY|SL|TrS|TRS)\b|/\s*(?:SY|SL|TrS|TRS)\s?-")
_NUMBER: Final = re.compile(r"^\W*S[ốôo]\s*[:.]", re.IGNORECASE)
_DATED: Final = re.compile(r"\bngày\b.{0,12}\btháng\b|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}", re.IGNORECASE)
_NEAR: Final = 95.0
"""Points between the words SAO Y and the copier's number and date."""
_TOP: Final = 0.16
"""Part of the first page in which a digital copy's stamp stands (NĐ 30/2020/NĐ-CP, Phụ lục I, phần II)."""


@dataclass(frozen=True, slots=True)
class Copy:
    """What makes a file a copy."""

    kind: str
    """"SAO Y", "SAO LỤC" or "TRÍCH SAO"."""
    line: Line
    page: int
    top: float | None
    """Where the copier's block begins on that page; None for a stamp, which has no block."""


def find(document: Document, pages: Iterable[int]) -> tuple[Copy | None, Reason | None]:
    """Return the first sign of a copy on these pages, and why a page could not be looked at."""
    hidden: Reason | None = None
    for number in dict.fromkeys(pages):
        if reason := document.unread(number):
            hidden = hidden or reason
            continue
        stamped = number == 1 and bool(getattr(document, "signature_count", 0))
        part = Part.HEAD if number == 1 else Part.FOOT
        lines = document.lines_in(number, part) if stamped or _ANY.search(document.text_in(number, part)) else ()
        for line in lines:
            match = _KIND.match(line.text)
            copy = _read(line, match[1], number, lines) if match else None
            if copy is not None:
                return copy, hidden
    return None, hidden


def _read(line: Line, kind: str, page: int, lines: Sequence[Line]) -> Copy | None:
    bottom = max(x.box[3] for x in lines)
    right = max(x.box[2] for x in lines)
    near = [x for x in lines if abs(x.box[1] - line.box[1]) < _NEAR]
    if page == 1 and (line.source is Source.STAMP or (line.box[1] < _TOP * bottom and centre(line) > 0.6 * right)):
        close = [x for x in near if abs(x.box[1] - line.box[1]) < 3 * height(line) and abs(x.box[0] - line.box[0]) < 60]
        if line.source is Source.STAMP or any(_DATED.search(x.text) for x in close):
            return Copy(kind, line, page, None)
    numbered = [x for x in near if _NUMBER.match(x.text)]
    if not (any(_COPY_NUMBER.search(x.text) for x in near) or (numbered and any(_DATED.search(x.text) for x in near))):
        return None
    own = [x.box[1] for x in lines if line.box[1] - 45 < x.box[1] <= line.box[3] and issuers.is_issuer(x.text)]
    return Copy(kind, line, page, min([*own, line.box[1]]) - 3)
