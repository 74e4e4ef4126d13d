# SPDX-License-Identifier: Apache-2.0
"""From the letters of a cell to its paragraphs: a line break in a PDF may be the writer's or only the column's end."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from parcheck_plugins.letterhead.folding import normalise

if TYPE_CHECKING:
    from collections.abc import Sequence

_ITEM: Final = re.compile(r"[-–—+•●▪*]\s*\S|\(?(?:\d{1,2}|[a-zđ])[.)]\s|\(\d{1,2}\)|[-–—+•●▪*]$")
_DASHED: Final = re.compile(r"[-–—]\s*(\w)")
_ENDED: Final = re.compile(r"[.;:!?…]\s*$")
_ROOM: Final = 1.5
"""Points; a word that would have fitted with less to spare may not have."""
_FULL: Final = 0.2
"""A last line that leaves no more than this share of the column may go on overleaf."""
_GAP: Final = 1.45
"""Times the usual distance of lines: a paragraph's own."""


@dataclass(slots=True)
class TextLine:
    """One printed line of a cell."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    first: float
    """Width of its first word."""
    space: float
    """Width of a blank."""


def text_lines(letters: Sequence[Any]) -> list[TextLine]:
    """Return the lines of some letters of pdfplumber, from top to bottom; upright or turned, as most of them are."""
    from pdfplumber.utils.text import extract_words

    letters = _upright(letters)
    if not letters:
        return []
    words = extract_words(list(letters), x_tolerance_ratio=0.2, keep_blank_chars=False)
    rows: list[list[Any]] = []
    for word in sorted(words, key=lambda each: ((each["top"] + each["bottom"]) / 2, each["x0"])):
        middle = (word["top"] + word["bottom"]) / 2
        if rows and middle <= max(each["bottom"] for each in rows[-1][:1]) - (word["bottom"] - word["top"]) * 0.15:
            rows[-1].append(word)
        else:
            rows.append([word])
    lines = []
    for row in rows:
        row.sort(key=lambda each: each["x0"])
        text = " ".join(normalise(" ".join(each["text"] for each in row)).split())
        if text:
            height = row[0]["bottom"] - row[0]["top"]
            first = row[0]["x1"] - row[0]["x0"]
            top, bottom = min(each["top"] for each in row), max(each["bottom"] for each in row)
            lines.append(TextLine(text, row[0]["x0"], row[-1]["x1"], top, bottom, first, height * 0.22))
    return lines


def _upright(letters: Sequence[Any]) -> Sequence[Any]:
    turned = [letter for letter in letters if not letter["upright"] and letter["text"].strip()]
    if len(turned) * 2 <= sum(bool(letter["text"].strip()) for letter in letters):
        return [letter for letter in letters if letter["upright"]]
    upwards = sum(letter["matrix"][1] > 0 for letter in turned) * 2 >= len(turned)
    made = []
    for letter in turned:
        x0, top, x1, bottom = letter["x0"], letter["top"], letter["x1"], letter["bottom"]
        box = (-bottom, x0, -top, x1) if upwards else (top, -x1, bottom, -x0)
        made.append({**letter, "x0": box[0], "top": box[1], "x1": box[2], "bottom": box[3], "doctop": box[1],
                     "upright": True})  # fmt: skip
    return made


def paragraphs(lines: Sequence[TextLine], left: float, right: float) -> tuple[list[str], bool]:
    """Return (the paragraphs of a cell, whether the last may go on overleaf).

    Args:
        lines: the printed lines.
        left: where text may begin in this column.
        right: where it must end.
    """
    if not lines:
        return [], False
    gaps = [below.top - above.top for above, below in itertools.pairwise(lines)]
    usual = median(gaps) if len(gaps) > 2 else max((line.bottom - line.top for line in lines), default=0) * 1.25
    found = [lines[0].text]
    for above, below in itertools.pairwise(lines):
        if _breaks(above, below, left, right, usual):
            found.append(below.text)
        else:
            found[-1] += ("" if found[-1].endswith(("-", "/")) and _hyphenated(found[-1]) else " ") + below.text
    last = lines[-1]
    room = right - last.right
    return found, room <= _FULL * (right - left) and not _ENDED.search(last.text)


def _hyphenated(text: str) -> bool:
    """Tell "… TTr-" cut at its line's end from a dash between words."""
    return len(text) > 1 and not text[-2].isspace()


def _breaks(above: TextLine, below: TextLine, left: float, right: float, usual: float) -> bool:
    item = _ITEM.match(below.text)
    ended = _ENDED.search(above.text)
    if usual and below.top - above.top > usual * _GAP:
        return True
    room = right - above.right
    centred = above.left - left > 6 and abs((above.left - left) - room) < 4
    if centred:
        room = (right - left) - (above.right - above.left)
    fits = above.space + below.first <= room - _ROOM
    if item:
        # "từ 80%" / "- dưới 100%": the dash stands between two values, not before an item.
        inner = _DASHED.match(below.text)
        return fits or bool(ended) or inner is None or not (inner[1].islower() or inner[1].isdigit())
    if fits:
        return True
    return bool(ended) and above.text.rstrip().endswith(";") and below.text[:1].isupper()
