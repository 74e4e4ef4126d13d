# SPDX-License-Identifier: Apache-2.0
"""Automatic numbers of a Word file ("1.", "Điều 2.", "-"): printed on paper, absent from the text runs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parcheck_plugins.word.package import W
from parcheck_plugins.word.styles import value

if TYPE_CHECKING:
    from lxml import etree

_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(slots=True)
class _Level:
    start: int = 1
    kind: str = "decimal"
    text: str = ""


def roman(number: int) -> str:
    """Return a number in Roman capitals; "" from 4 000 on."""
    if not 0 < number < 4000:
        return ""
    parts = []
    for size, letters in _ROMAN:
        count, number = divmod(number, size)
        parts.append(letters * count)
    return "".join(parts)


def _letters(number: int) -> str:
    if number < 1:
        return ""
    turns, place = divmod(number - 1, len(_LETTERS))
    return _LETTERS[place] * min(turns + 1, 5)


def _written(number: int, kind: str) -> str:
    if kind in ("upperRoman", "lowerRoman"):
        text = roman(number)
        return text if kind == "upperRoman" else text.lower()
    if kind in ("upperLetter", "lowerLetter"):
        text = _letters(number)
        return text.upper() if kind == "upperLetter" else text
    if kind == "decimalZero":
        return f"{number:02d}"
    return "" if kind == "none" else str(number)


class Numbering:
    """Counts the numbered paragraphs of one story, in reading order."""

    def __init__(self, root: etree._Element | None) -> None:
        self._lists: dict[str, tuple[str, dict[int, _Level]]] = {}
        self._counters: dict[str, dict[int, int]] = {}
        if root is None:
            return
        abstract = {value(element, "abstractNumId") or "": element for element in root.iterfind(W + "abstractNum")}
        for element in root.iterfind(W + "num"):
            target = value(element.find(W + "abstractNumId")) or ""
            levels = _levels(abstract.get(target))
            restarted = False
            for override in element.iterfind(W + "lvlOverride"):
                depth = value(override, "ilvl") or ""
                if not depth.isdecimal():
                    continue
                changed = override.find(W + "lvl")
                if changed is not None:
                    levels[int(depth)] = _level(changed)
                start = value(override.find(W + "startOverride")) or ""
                if start.isdecimal():
                    levels.setdefault(int(depth), _Level()).start = int(start)
                    restarted = True
            identifier = value(element, "numId") or ""
            # Lists of one abstract definition go on counting together unless one of them restarts.
            self._lists[identifier] = (identifier if restarted else "abstract " + target, levels)

    def next(self, numbering: tuple[str, int]) -> str:
        """Count one paragraph of a list and return the text printed before it; "" when none is."""
        if numbering[0] not in self._lists:
            return ""
        key, levels = self._lists[numbering[0]]
        depth = numbering[1]
        level = levels.get(depth)
        if level is None:
            return ""
        counters = self._counters.setdefault(key, {})
        counters[depth] = counters[depth] + 1 if depth in counters else level.start
        for deeper in [d for d in counters if d > depth]:
            del counters[deeper]
        if level.kind == "bullet":
            return "-" if level.text else ""

        def shown(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            other = levels.get(at, _Level())
            return _written(counters.get(at, other.start), other.kind)

        return re.sub(r"%([1-9])", shown, level.text)


def _level(element: etree._Element) -> _Level:
    start = value(element.find(W + "start")) or ""
    return _Level(
        start=int(start) if start.isdecimal() else 1,
        kind=value(element.find(W + "numFmt")) or "decimal",
        text=value(element.find(W + "lvlText")) or "",
    )


def _levels(element: etree._Element | None) -> dict[int, _Level]:
    if element is None:
        return {}
    levels = {}
    for child in element.iterfind(W + "lvl"):
        depth = value(child, "ilvl") or ""
        if depth.isdecimal():
            levels[int(depth)] = _level(child)
    return levels
