# SPDX-License-Identifier: Apache-2.0
"""Titles and names that begin under a seal, read from several views of the page.

No single view can be trusted there: rims and emblems read as letters, and what they cover is left out without a word.
A line counts when several looks say the same, when it is whole (a name begins with a surname, a title with its
authority or with "PHÓ", "THỨ"), and when a wider look shows no further letters in front of it.
"""

from __future__ import annotations

import dataclasses
import re
import statistics
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from parcheck_plugins.letterhead import folding, grammar, people
from parcheck_plugins.ocr import engine, prepare, repair

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from parcheck_plugins.ocr.assemble import Row
    from parcheck_plugins.ocr.engine import Engine
    from parcheck_plugins.ocr.seals import Views

_SIZES: Final = (1.0, 0.75, 1.35)
_NARROW: Final = 1.5
_WIDE: Final = (5.0, 3.0)
"""Heights of a line that a look takes in on the left of what is surely print."""
_AGREE: Final = 2
_ENOUGH: Final = 3
"""Sure looks that all say one thing; more are not taken then."""
_MOST: Final = 0.7
"""Of the looks that saw a whole title or name."""
_PAD: Final = 0.27
_MARGIN: Final = 0.4
_AFTER: Final = 2.5
"""The same on the right, where a signature may have kept a last word from being seen."""
_LINE: Final = (0.07, 0.32)
"""Inches: heights of what can be a line of title or name."""
_SURE: Final = 0.6
_WHOLE: Final = 0.85
_WORDS: Final = 3
_OFF: Final = 0.8
"""Heights of a line by which a whole name may stand off the middle of its title; a lost word moves it by more."""
_TOUCHED: Final = 0.01
_QUOTES: Final = " '\"“”‘’`´„|-_.,~—–°*=¬:;<>\\/[](){}"
_LETTERS: Final = re.compile(r"[^\W\d_]{2}|\d{2}")
_GRADES: Final = frozenset({"DAI", "THUONG", "TRUNG", "THIEU"})
_TAILS: Final = frozenset(
    short for short in people.SURNAMES if any(name != short and name.endswith(short) for name in people.SURNAMES)
)
_DEPUTY: Final = re.compile(r"^(?:PHO|THUTRUONG)")


def is_hidden(row: Row, views: Views) -> bool:
    """Tell whether the row, or what may stand before it, lies under the seal."""
    left, top, right, bottom = row.box
    begin = max(0, round(left - _WIDE[-1] * _height(row)))
    spot = views.covered[max(0, top) : bottom, begin:right]
    return bool(spot.sum() > _TOUCHED * spot.size)


def is_whole(text: str, confidence: float) -> bool:
    """Tell a line of which a seal beside it has taken nothing: a name with its surname, a title as `stands` says."""
    if confidence < _WHOLE:
        return False
    name = people.name_in(text)
    return stands(text) or (name is not None and repair.surname(name) == name)


def axis(rows: Iterable[Row]) -> float | None:
    """Return the pixel column about which title and name are centred, None where no whole title tells."""
    told = [_middle(row) for row in rows if stands(row.text)]
    return statistics.median(told) if told else None


def may_lack(row: Row, name: str, line: str, middle: float | None) -> bool:
    """Tell whether a first word of a name may lie under a seal that hides it wholly: "Lưu Quang" is a name as well.

    Args:
        row: the name's row.
        name: the name.
        line: the whole line; a rank before the name shows that nothing is missing.
        middle: where it should be centred (`axis`).
    """
    if line.strip(_QUOTES) != name:
        return False
    if middle is None:
        return name.count(" ") < _WORDS - 1
    return abs(_middle(row) - middle) > _OFF * _height(row)


def _middle(row: Row) -> float:
    return (row.box[0] + row.box[2]) / 2


def is_fragment(text: str) -> bool:
    """Tell what may be the rest of a title or name."""
    return text == text.upper() or people.name_in(text) is not None


def stands(text: str) -> bool:
    """Tell a title that nothing can stand before: it opens with its authority, or is a deputy's."""
    fixed, known = repair.capitals(text)
    return known and (grammar.parse_authority(fixed) is not None or bool(_DEPUTY.match(folding.key(fixed))))


def read(row: Row, views: Views, dpi: float, with_: Engine) -> tuple[str, float] | None:
    """Return the row as the looks at it agree, and how sure they are; None where only a part of it can be told."""
    worded = any(word.confidence > _SURE and _LETTERS.search(word.text) for word in row.words)
    if not worded or not _LINE[0] * dpi <= _height(row) <= _LINE[1] * dpi:
        return None
    seen: dict[str, list[_Look]] = {}
    for before in (*_WIDE, _NARROW):
        for look in _told(row, views, dpi, with_, before):
            seen.setdefault(folding.key(look.text), []).append(look)
            if _is_settled(seen):
                break
        if not seen or _is_settled(seen):
            # Where no look at the line and what may stand before it saw a title or name, others will not agree on one.
            break
    looks = max(seen.values(), key=len, default=[])
    agreed = sum(look.confidence > _SURE for look in looks) >= _AGREE and any(look.wide for look in looks)
    agreed = agreed and any(look.capital for look in looks)
    if not agreed or len(looks) < _MOST * sum(map(len, seen.values())):
        return None
    text = Counter(look.text for look in looks).most_common(1)[0][0]
    return text, statistics.fmean(look.confidence for look in looks)


@dataclass(frozen=True, slots=True)
class _Look:
    text: str
    confidence: float
    wide: bool
    """Whether it would have shown further letters in front."""
    capital: bool = True
    """Whether it began with a capital, or with what ends no longer family name: "vũ" is "Vũ", "an" may be "Phan"."""


def _is_settled(seen: Mapping[str, Sequence[_Look]]) -> bool:
    """Tell whether the looks so far say one thing so surely that further ones would not change it."""
    if len(seen) > 1:
        return False
    looks = [look for alike in seen.values() for look in alike if look.confidence > _SURE]
    return len(looks) >= _ENOUGH and any(look.wide and look.capital for look in looks)


def _told(row: Row, views: Views, dpi: float, with_: Engine, before: float) -> Iterator[_Look]:
    """Yield the titles and names that the views show at all sizes, some heights before the row taken in."""
    for look in _looks(row, views, dpi, with_, before):
        found, capital = _title(look.text), True
        if found is None and (found := _name(look.text)) is not None:
            first = _tokens(look.text)[-1 - found.count(" ")]
            capital = first[0].isupper() or folding.key(first) not in _TAILS
        if found is not None:
            yield dataclasses.replace(look, text=found, capital=capital)


def _looks(row: Row, views: Views, dpi: float, with_: Engine, before: float) -> Iterator[_Look]:
    height = _height(row)
    sure = _sure(row)
    top = round(statistics.median(box[1] for box in sure) - _PAD * height)
    bottom = round(statistics.median(box[3] for box in sure) + _PAD * height)
    wide = before > _NARROW
    left = max(0, round(row.box[0] - before * height))
    right = round(row.box[2] + (_AFTER if wide else _MARGIN) * height)
    crops = [np.ascontiguousarray(view[max(0, top) : bottom, left:right]) for view in views.others]
    for size in _SIZES:
        for crop in crops:
            words = with_.words(prepare.resized(crop, size), engine.LINE, dpi * size)
            if words:
                text = folding.clean(" ".join(word.text for word in words))
                yield _Look(text, statistics.fmean(word.confidence for word in words), wide)


def _sure(row: Row) -> list[tuple[int, int, int, int]]:
    return [word.box for word in row.words if word.confidence > _SURE] or [word.box for word in row.words]


def _height(row: Row) -> float:
    return float(statistics.median(box[3] - box[1] for box in _sure(row)))


def _tokens(text: str) -> list[str]:
    return [token for token in (word.strip(_QUOTES) for word in text.split()) if token]


def _name(text: str) -> str | None:
    """Return the name that closes the line when nothing but dirt or a rank stands before it."""
    tokens = _tokens(text)
    for at in range(len(tokens)):
        first = tokens[at]
        words = " ".join([first[:1].upper() + first[1:], *tokens[at + 1 :]])
        name = repair.surname(words) if people.name_in(words) == words else None
        if name is None or any(map(_is_shouted, name.split())):
            continue
        before = tokens[:at]
        if not _LETTERS.search(" ".join(before)) or _is_rank(before):
            return name
        return None
    return None


def _is_shouted(word: str) -> bool:
    """Tell a word in capitals, of a title."""
    return len(word) > 1 and word == word.upper()


def _is_rank(tokens: Sequence[str]) -> bool:
    """Tell "Đại tướng" before a name, the second word half under the seal."""
    if len(tokens) != 2 or tokens[1][0].casefold() not in "tuú":
        return False
    end = folding.key(tokens[0])
    return len(end) > 1 and any(grade.endswith(end) for grade in _GRADES)


def _title(text: str) -> str | None:
    """Return the title that the whole line is, authority before it included."""
    tokens = text.split()
    for at in range(len(tokens)):
        line = " ".join(tokens[at:]).strip(_QUOTES)
        if line != line.upper():
            continue
        if stands(line):
            fixed, _ = repair.capitals(line)
            return None if _LETTERS.search(" ".join(tokens[:at])) else fixed
    return None
