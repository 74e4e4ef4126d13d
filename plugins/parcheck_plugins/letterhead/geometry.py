# SPDX-License-Identifier: Apache-2.0
"""Lines taken together: rows, and the place a fact was read from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from parcheck.model import Fact, Place, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from parcheck.model import Box
    from parcheck.reading.document import Line


_LEADING: Final = 1.2
"""Line height to font size in Word."""


@dataclass(frozen=True, slots=True)
class Found:
    """A value and the lines it was read from."""

    value: Any
    lines: tuple[Line, ...]

    def fact(self, paged: bool) -> Fact:
        """Return it as a fact; Word files name no page."""
        return Fact(self.value, place(self.lines, paged))


def place(lines: Sequence[Line], paged: bool = True) -> Place | None:
    """Return where the lines stand: their page, the box around them, their words, the least direct source."""
    if not lines:
        return None
    page = lines[0].page
    here = [line for line in lines if line.page == page]
    sources = {line.source for line in lines}
    source = next((s for s in (Source.OCR, Source.STAMP) if s in sources), lines[0].source)
    words = text_of(lines)
    seen = [line.confidence for line in lines if line.confidence is not None]
    confidence = min(seen, default=None)
    return Place(page if paged else None, around(here) if paged else None, words, source, confidence)


def around(lines: Iterable[Line]) -> Box:
    """Return the smallest box around the lines."""
    boxes = [line.box for line in lines]
    return (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )


def centre(line: Line) -> float:
    """Return the middle of the line from left to right."""
    return (line.box[0] + line.box[2]) / 2


def height(line: Line) -> float:
    """Return how high one row of the line's text is, at least one point.

    A Word line may hold several rows; the box of a PDF line without tall letters is lower than its font.
    """
    high, size = line.box[3] - line.box[1], line.size
    if size and line.source is Source.WORD:
        high = min(high, _LEADING * size)
    elif size and 0.5 * size < high < size and line.source is Source.TEXT:
        high = size
    return max(1.0, high)


def row(lines: Iterable[Line], base: Line) -> list[Line]:
    """Return the lines that stand level with `base`, itself among them, from left to right, each text once per spot.

    Stamps are often set a little high or low: half a line's height is let by.
    """
    found: list[Line] = []
    for line in lines:
        level = min(line.box[3], base.box[3]) - max(line.box[1], base.box[1])
        if level < 0.35 * min(height(line), height(base)):
            continue
        if any(o.text == line.text and abs(o.box[0] - line.box[0]) < 3 for o in found):
            continue
        found.append(line)
    found.sort(key=lambda line: line.box[0])
    return found


def text_of(lines: Iterable[Line]) -> str:
    """Return the lines' words in one line; a stamp set inside a longer line goes between the words where it stands."""
    words: list[str] = []
    outer: Line | None = None
    for line in lines:
        if outer is not None and line.source is Source.STAMP and line.box[2] < outer.box[2] - 4:
            share = (centre(line) - outer.box[0]) / max(1.0, outer.box[2] - outer.box[0])
            at = round(share * len(outer.text))
            spots = [i for i, c in enumerate(outer.text) if c == " "] or [len(outer.text)]
            spot = min(spots, key=lambda i: abs(i - at))
            tail = len(outer.text) - spot
            words[-1] = f"{words[-1][: len(words[-1]) - tail]} {line.text}{words[-1][len(words[-1]) - tail :]}"
            continue
        words.append(line.text)
        if outer is None or line.box[2] > outer.box[2]:
            outer = line
    return " ".join(words)
