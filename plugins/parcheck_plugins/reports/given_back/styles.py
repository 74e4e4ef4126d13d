# SPDX-License-Identifier: Apache-2.0
"""Looks of the added cells of a workbook: font and lines of their neighbour, a colour of their own."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Final

from lxml import etree

from parcheck_plugins.reports.harmless import formula
from parcheck_plugins.reports.workbook.book import OUTCOME_COLOURS

if TYPE_CHECKING:
    from parcheck.model import Outcome
    from parcheck_plugins.word.package import Package

_S: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
HEAD_PAPER: Final = "#DDEBF7"


class Styles:
    """The part that holds a workbook's styles; `root` is None where the file has none."""

    def __init__(self, package: Package) -> None:
        links = package.relationships(package.main).values()
        self.part = next((target for kind, target, outside in links if kind == "styles" and not outside), None)
        self.root = package.xml(self.part) if self.part else None
        formats = self.root.find(f"{_S}cellXfs") if self.root is not None else None
        fills = self.root.find(f"{_S}fills") if self.root is not None else None
        if formats is None or fills is None:
            self.root = None
        self._formats, self._fills = formats, fills
        self._made: dict[tuple[object, ...], int] = {}

    def style(self, neighbour: int, *, head: bool, outcome: Outcome | None, text: str | None) -> int | None:
        """Return the number of the style of an added cell; None where the file has no styles."""
        if self.root is None or self._formats is None:
            return None
        quoted = text is not None and formula(text)
        key = (neighbour, head, outcome, quoted)
        if key not in self._made:
            paper = HEAD_PAPER if head else OUTCOME_COLOURS[outcome][0] if outcome else None
            self._made[key] = self._add(neighbour, paper, head=head, centred=outcome is not None, quoted=quoted)
        return self._made[key]

    def wraps(self, number: str | None) -> bool:
        """Return whether cells of a style break their text into lines."""
        if self._formats is None or not (number or "0").isdecimal() or int(number or 0) >= len(self._formats):
            return False
        alignment = self._formats[int(number or 0)].find(f"{_S}alignment")
        return alignment is not None and alignment.get("wrapText") in ("1", "true")

    def _add(self, neighbour: int, paper: str | None, *, head: bool, centred: bool, quoted: bool) -> int:
        formats = self._formats
        assert formats is not None  # noqa: S101 - tells the type checker; `style` has looked
        made = copy.deepcopy(formats[neighbour]) if neighbour < len(formats) else etree.Element(f"{_S}xf")
        for name in ("numFmtId", "applyNumberFormat", "quotePrefix"):
            made.attrib.pop(name, "")
        made.set("numFmtId", "0")
        if quoted:
            made.set("quotePrefix", "1")
        made.set("fillId", str(self._fill(paper)) if paper else "0")
        made.set("applyFill", "1")
        for old in made.findall(f"{_S}alignment"):
            made.remove(old)
        look = {
            "wrapText": "1",
            "vertical": "center" if head else "top",
            "horizontal": "center" if head or centred else "left",
        }
        made.insert(0, etree.Element(f"{_S}alignment", look))
        made.set("applyAlignment", "1")
        formats.append(made)
        formats.set("count", str(len(formats)))
        return len(formats) - 1

    def _fill(self, paper: str) -> int:
        fills = self._fills
        assert fills is not None  # noqa: S101 - tells the type checker; `style` has looked
        pattern = etree.SubElement(etree.SubElement(fills, f"{_S}fill"), f"{_S}patternFill", patternType="solid")
        etree.SubElement(pattern, f"{_S}fgColor", rgb=f"FF{paper[1:]}")
        etree.SubElement(pattern, f"{_S}bgColor", indexed="64")
        fills.set("count", str(len(fills)))
        return len(fills) - 1
