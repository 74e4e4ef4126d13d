# SPDX-License-Identifier: Apache-2.0
"""Pieces of a Word line that stand together: how wide they are, and where blanks part them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from parcheck_plugins.word.inline import BREAK, TAB, Inline, Piece

if TYPE_CHECKING:
    from collections.abc import Iterator

LEADING = 1.2
"""Line height to font size."""
COLUMN_GAP = 1.6
"""A gap wider than this many line heights begins another column, as on real letterheads."""
MIN_SPACES = 6
_SPACES = re.compile(rf" {{{MIN_SPACES},}}")
# "Số:        /BC-UBND", "ngày      tháng     năm": room left for the pen, not a gap between columns.
_ROOM_BEFORE = re.compile(r"(?:số|ngày|tháng|năm|lần|hồi|giờ)\s?[:.]?$", re.IGNORECASE)
_ROOM_AFTER = re.compile(r"\s*(?:/|-[A-ZĐ]|tháng\b|năm\b)", re.IGNORECASE)


class _Widths(dict[str, float]):
    """Widths of letters in Times New Roman, roughly, in font sizes; filled as letters come."""

    def __missing__(self, char: str) -> float:
        if char == " ":
            width = 0.25
        elif char in ".,;:'|!()[]ijltrfI":
            width = 0.28
        elif unicodedata.combining(char):
            width = 0.0
        elif char.isupper():
            width = 0.7
        else:
            width = 0.48 if char.isalnum() else 0.5
        self[char] = width
        return width


_WIDTHS: Final = _Widths()


@lru_cache(maxsize=4096)
def text_width(text: str, size: float, bold: bool = False) -> float:
    """Return about how wide a text stands in Times New Roman, in points."""
    return sum(map(_WIDTHS.__getitem__, text)) * size * (1.06 if bold else 1.0)


@dataclass(slots=True)
class Stretch:
    """Pieces between two tabs or breaks."""

    pieces: list[Piece] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its words and blanks."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def width(self) -> float:
        """In points, blanks counted."""
        return sum(text_width(piece.text, piece.look.size, piece.look.bold) for piece in self.pieces)


def printed_lines(inline: Inline) -> Iterator[list[Stretch]]:
    """Yield the lines that breaks make, each as stretches between tabs."""
    line = [Stretch()]
    for piece in inline.pieces:
        if piece.text == BREAK:
            yield line
            line = [Stretch()]
        elif piece.text == TAB:
            line.append(Stretch())
        else:
            line[-1].pieces.append(piece)
    yield line


def ink(stretch: Stretch, size: float) -> float:
    """Return how wide a stretch is without the blanks that only push words to their place."""
    words = trimmed(stretch)
    return max(0.0, words.width - sum(text_width(blank, size) for blank in _SPACES.findall(words.text)))


def join(placed: list[tuple[float, Stretch]], gap: float) -> list[tuple[float, Stretch]]:
    """Join stretches that stand so close that they read as one text."""
    joined = [placed[0]]
    for at, stretch in placed[1:]:
        last_at, last = joined[-1]
        room = at - (last_at + last.width)
        if room <= gap or _is_room(last.text, stretch.text):
            joined[-1] = (last_at, whole([last, stretch]))
        else:
            joined.append((at, stretch))
    return joined


def whole(stretches: list[Stretch]) -> Stretch:
    """Return stretches as one, a blank where a tab was."""
    whole: list[Piece] = []
    for stretch in stretches:
        if whole and stretch.pieces:
            whole.append(Piece(" ", stretch.pieces[0].look))
        whole.extend(stretch.pieces)
    return Stretch(whole)


def trimmed(stretch: Stretch) -> Stretch:
    """Return a stretch without the blanks before and after its words."""
    pieces = list(stretch.pieces)
    while pieces and not pieces[0].text.strip():
        pieces.pop(0)
    while pieces and not pieces[-1].text.strip():
        pieces.pop()
    if pieces:
        pieces[0] = Piece(pieces[0].text.lstrip(), pieces[0].look)
        pieces[-1] = Piece(pieces[-1].text.rstrip(), pieces[-1].look)
    return Stretch(pieces)


def _is_room(before: str, after: str) -> bool:
    return bool(_ROOM_BEFORE.search(before.rstrip()[-8:]) or _ROOM_AFTER.match(after))


def split_by_spaces(stretch: Stretch, size: float) -> Iterator[tuple[float, Stretch]]:
    """Cut where so many blanks stand that another column begins; yields (offset of the words, words)."""
    text = stretch.text
    cuts = [
        match.end()
        for match in _SPACES.finditer(text)
        if text_width(match[0], size) > COLUMN_GAP * size * LEADING
        and text[: match.start()].strip()
        and not _is_room(text[: match.start()], text[match.end() :])
    ]
    offset, start, pieces = 0.0, 0, list(stretch.pieces)
    for cut in [*cuts, len(text)]:
        taken: list[Piece] = []
        need = cut - start
        while pieces and need > 0:
            piece = pieces.pop(0)
            if len(piece.text) > need:
                pieces.insert(0, Piece(piece.text[need:], piece.look))
                piece = Piece(piece.text[:need], piece.look)
            need -= len(piece.text)
            taken.append(piece)
        part = Stretch(taken)
        if part.text.strip():
            lead = part.text[: len(part.text) - len(part.text.lstrip())]
            yield offset + text_width(lead, size), trimmed(part)
        offset += part.width
        start = cut
