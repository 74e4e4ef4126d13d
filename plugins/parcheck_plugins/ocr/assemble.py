# SPDX-License-Identifier: Apache-2.0
"""From the words of tesseract to lines that keep columns apart."""

from __future__ import annotations

import dataclasses
import re
import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from parcheck_plugins.letterhead import folding

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parcheck_plugins.ocr.engine import Word

GAP: Final = 1.6
"""Of the line's height: a wider gap begins another column."""
_FILLED_IN: Final = 6.0
"""The same where something is filled in by hand: between "Số:" and the sign, between "ngày" and "tháng"."""
_SPECK: Final = 0.6
"""Confidence below which marks without a letter or digit are dirt."""
_DIRT: Final = 0.35
"""The same for one or two letters, which rules, stamps and specks are often taken for."""
_NEIGHBOURS: Final = 0.7
"""Confidence of the words on both sides of a faint one that make it a word of their line."""
_TALL: Final = 1.4
"""Heights of its neighbours that a word may have."""
_SCRAWL: Final = 0.12
"""Confidence below which any word is a stamp, a seal or a signature."""
_STAMPED: Final = 0.6
_SURE: Final = 0.88
_SURE_WORDS: Final = 4
_ALNUM: Final = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Row:
    """Words of one line and one column."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words with single spaces."""
        return folding.clean(" ".join(word.text for word in self.words))

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, right, bottom in pixels."""
        boxes = [word.box for word in self.words]
        return (
            min(b[0] for b in boxes),
            min(b[1] for b in boxes),
            max(b[2] for b in boxes),
            max(b[3] for b in boxes),
        )

    @property
    def confidence(self) -> float:
        """Mean confidence of the words, by their length."""
        letters = [max(1, len(word.text)) for word in self.words]
        return sum(n * w.confidence for n, w in zip(letters, self.words, strict=True)) / sum(letters)


def moved(words: Iterable[Word], right: int, down: int) -> Row:
    """Return words that were read in a crop as a row of the picture it was cut from."""
    return Row(
        tuple(
            dataclasses.replace(word, box=(x0 + right, y0 + down, x1 + right, y1 + down))
            for word in words
            for x0, y0, x1, y1 in (word.box,)
        )
    )


def rows(words: Iterable[Word]) -> list[Row]:
    """Return the rows, dirt left out, cut where a gap shows another column, from the top."""
    seen: dict[int, list[Word]] = {}
    for word in words:
        seen.setdefault(word.line, []).append(word)
    lines = {number: kept for number, line in seen.items() if (kept := _kept(line))}
    found: list[Row] = []
    for line in lines.values():
        line.sort(key=lambda word: word.box[0])
        height = statistics.median(word.box[3] - word.box[1] for word in line)
        row: list[Word] = []
        for word in line:
            if row and word.box[0] - row[-1].box[2] > (_FILLED_IN if _goes_on(row[-1], word) else GAP) * height:
                found.append(Row(tuple(row)))
                row = []
            row.append(word)
        found.append(Row(tuple(row)))
    found = [_without_scrawl(row) for row in found]
    found = [row for row in found if not _is_noise(row)]
    found.sort(key=lambda row: (row.box[1], row.box[0]))
    return found


def _goes_on(word: Word, following: Word) -> bool:
    """Tell the two sides of a gap that is filled in by hand."""
    return (
        following.text.startswith("/")
        or folding.key(following.text).startswith("THANG")
        or folding.key(word.text) in ("SO", "NGAY")
    )


def _kept(line: list[Word]) -> list[Word]:
    """Return the words of a line without dirt; a faint short word between two sure ones close by is no dirt."""
    line = sorted(line, key=lambda word: word.box[0])
    kept = []
    for before, word, after in zip([None, *line], line, [*line[1:], None], strict=False):
        if not _is_dirt(word) or (before and after and _is_between(before, word, after)):
            kept.append(word)
    return kept


def _is_between(before: Word, word: Word, after: Word) -> bool:
    if not word.text.isalpha() or min(before.confidence, after.confidence) < _NEIGHBOURS:
        return False
    height = min(before.box[3] - before.box[1], after.box[3] - after.box[1])
    near = max(word.box[0] - before.box[2], after.box[0] - word.box[2]) < height
    return near and word.box[3] - word.box[1] < _TALL * height


def _is_dirt(word: Word) -> bool:
    """Tell specks, rules and scrawl from words; digits stay, however faint: they are judged apart."""
    if not _ALNUM.search(word.text):
        return word.confidence < _SPECK or word.text not in ("-", "–", "&")
    if any(c.isdigit() for c in word.text) or folding.key(word.text) == "SO":
        return False
    short = len(word.text.strip(" .,:;'\"|_-")) <= 2
    return word.confidence < (_DIRT if short else _SCRAWL)


def _without_scrawl(row: Row) -> Row:
    """Cut off the part of a row that runs through a stamp in the margin: doubtful words before sure ones."""
    words = row.words
    for at in range(len(words) - _SURE_WORDS, 0, -1):
        left, right = Row(words[:at]), Row(words[at:])
        if left.confidence < _STAMPED and right.confidence > _SURE and words[at - 1].confidence < _STAMPED:
            return right
    return row


def _is_noise(row: Row) -> bool:
    """Tell a row that is nothing but a scrawl."""
    return row.confidence < _DIRT and not any(word.confidence > 0.7 for word in row.words)
