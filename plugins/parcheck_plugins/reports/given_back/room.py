# SPDX-License-Identifier: Apache-2.0
"""Room on the page for columns added to a table of a Word file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lxml import etree

from parcheck_plugins.word.package import W

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTHS: Final = (1250, 1250, 4000, 2600)
"""Of the added columns where there is just enough room, in twentieths of a point as all widths here."""
NARROWEST: Final = 0.7
"""Share of `WIDTHS` below which a word such as "chứng" no longer fits a line of its column."""
WIDEST: Final = 1.4
_A4: Final = (16838, 11906)
_A3: Final = (23811, 16838)


def make_room(table: etree._Element) -> tuple[int, ...]:
    """Widen the page of the section that a table stands in, where the table would not fit; return the new widths.

    The unit's own columns become narrower only where A3 across is not enough for added columns of the least width.
    """
    section = _section(table)
    size = section.find(W + "pgSz") if section is not None else None
    if section is None or size is None:
        return WIDTHS
    margins = section.find(W + "pgMar")
    sides = sum(whole(margins.get(W + name)) for name in ("left", "right")) if margins is not None else 0
    own = sum(whole(column.get(W + "w")) for column in table.findall(f"{W}tblGrid/{W}gridCol"))
    for wide, high in (_A4, _A3):
        if whole(size.get(W + "w")) >= own + sum(WIDTHS) + sides:
            break
        if wide > whole(size.get(W + "w")):
            size.attrib.update({W + "w": str(wide), W + "h": str(high), W + "orient": "landscape"})
    left = whole(size.get(W + "w")) - sides - own
    least = int(NARROWEST * sum(WIDTHS))
    if left < least and own:
        _narrow(table, max(0.0, own + left - least) / own)
        left = least
    return _shared(left)


def _shared(left: int) -> tuple[int, ...]:
    share = min(WIDEST, max(NARROWEST, left / sum(WIDTHS)))
    return tuple(int(width * share) for width in WIDTHS)


def _narrow(table: etree._Element, share: float) -> None:
    """Make all columns of a table narrower; what is measured in shares of the table or not at all follows by itself."""
    measured: Sequence[str] = (f"{W}tblGrid/{W}gridCol", f"{W}tr//{W}tcPr/{W}tcW", f"{W}tblPr/{W}tblW")
    for path in measured:
        for element in table.findall(path):
            if element.get(W + "type", "dxa") == "dxa":
                element.set(W + "w", str(int(whole(element.get(W + "w")) * share)))


def _section(table: etree._Element) -> etree._Element | None:
    """Return the properties of the section that a table stands in: the next ones behind it."""
    found = table.xpath("following::*[local-name()='sectPr'][1]")
    return found[0] if isinstance(found, list) and found and isinstance(found[0], etree._Element) else None


def whole(text: str | None) -> int:
    """Return a number that a file states; 0 for what is none."""
    try:
        return int(float(text or 0))
    except ValueError:
        return 0
