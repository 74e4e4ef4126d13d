# SPDX-License-Identifier: Apache-2.0
"""The recogniser "tesseract": one part of a page, as lines."""

from __future__ import annotations

import dataclasses
import statistics
from typing import TYPE_CHECKING, Final

import numpy as np

from parcheck.model import Source
from parcheck.reading.document import Line
from parcheck.reading.recognition import Part
from parcheck_plugins.letterhead import folding, grammar, people
from parcheck_plugins.ocr import (
    assemble,
    covered,
    ending,
    engine,
    heading,
    prepare,
    receiving,
    repair,
    seals,
    torn,
    vouching,
)
from parcheck_plugins.ocr.assemble import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcheck.model import Box
    from parcheck.reading.recognition import Raster
    from parcheck_plugins.ocr.engine import Engine
    from parcheck_plugins.ocr.prepare import Colour, Grey

_HEAD: Final = 0.47
"""Share of a page's height that holds letterhead and title."""
_FOOT: Final = 0.3
"""Share of the height above which a signature block rarely begins, where no two columns are seen."""
_TOP: Final = 0.42
_HIGHER: Final = 0.12
"""Share of the height further up where the list of recipients may begin."""
_ITEM: Final = ("-", "–", "+")
_ITEMS: Final = 2
_COARSE: Final = 3
"""One of so many pixels suffices to see columns."""
_LEAD: Final = 0.35
"""Inches above the columns that are read with them: a line of title may reach over the gutter."""
_BODY: Final = 0.75
"""Of the resolution: paragraphs are read as well at 150 pixels per inch as at 200, and faster."""
_ABOVE: Final = 5.5
"""Heights of a line by which the authority may stand above "Nơi nhận"."""
_POOR: Final = 0.6
_KNOWN: Final = 0.9
_UNKNOWN: Final = 0.9
_BEFORE: Final = 2.0
_SURNAME: Final = 3.5
"""Heights of a line in which a first word lost under a seal would stand."""
_LAST: Final = 2.0
"""The same for a last word behind a stroke of the signature."""
_TORN: Final = 0.4
_SCRAWL: Final = 0.45
_AROUND: Final = 0.35
"""Of a line's height: stamped digits are often larger than the print about them."""
_SMALL: Final = 0.7
_TITLE: Final = 6
_MINUTES: Final = "BB"
_NAME: Final = 6
_QUOTES: Final = " '\"“”‘’`´„|-_.,"
_FEW: Final = 5
_TRIAL: Final = 0.5
"""Of the resolution, to see which way round a page reads."""
_ILLEGIBLE: Final = 0.6
"""Mean confidence of words on pages that lie on their side or stand on their head; others have more than 0.8."""


class Tesseract:
    """Reads regions of a page one by one; see `parcheck.reading.recognition.Recogniser`."""

    name = "tesseract"
    version = "3"

    def lines(self, image: Raster, page: int, part: Part, apart: Sequence[Box] = ()) -> Sequence[Line]:
        """Return the lines of one part of a page."""
        colour = prepare.pixels(image)
        if apart:
            colour = _without(colour, apart, image.dpi)
        view = _View(engine.engine(), image.dpi, page)
        lines = view.read(colour, part)
        if not view.is_legible(part) and (turned := view.turned(colour)) is not None:
            return _View(engine.engine(), image.dpi, page).read(turned, part)
        return lines

    def line(self, image: Raster, page: int, box: Box) -> Line | None:
        """Return one printed line with what was stamped into it."""
        return _View(engine.engine(), image.dpi, page).line(prepare.pixels(image), box)

    def ending(self, image: Raster, *, headed: bool) -> float:
        """Return how much the page looks as if it bore the signature block."""
        return ending.promise(prepare.pixels(image), image.dpi, headed=headed)


def _without(colour: Colour, boxes: Sequence[Box], dpi: float) -> Colour:
    """Return the page with the boxes white."""
    copy = colour.copy()
    scale = dpi / 72
    for left, top, right, bottom in boxes:
        copy[max(0, int(top * scale)) : int(bottom * scale) + 1, max(0, int(left * scale)) : int(right * scale) + 1] = (
            255
        )
    return copy


@dataclasses.dataclass(frozen=True, slots=True)
class _Strip:
    """A part of a page, clean and level, and where it lies."""

    tint: Grey
    """How far each pixel of the strip as scanned is from grey; made level only when it is asked for."""
    angle: float
    grey: Grey
    top: int = 0
    left: int = 0
    within: tuple[int, int] = (0, 0)
    """Row and column of the level strip where this part of it begins."""

    @classmethod
    def of(cls, colour: Colour, top: int) -> _Strip:
        """Return the strip of the pixels that begin at row `top` of their page."""
        grey, tint = prepare.parted(colour)
        angle = prepare.skew(grey)
        return cls(tint, angle, prepare.rotated(grey, angle), top)

    def part(self, top: int, left: int, right: int | None = None) -> _Strip:
        """Return a part of the strip, in its own pixels, down to its end."""
        grey = np.ascontiguousarray(self.grey[top:, left:right])
        within = (self.within[0] + top, self.within[1] + left)
        return _Strip(self.tint, self.angle, grey, self.top + top, self.left + left, within)

    def tints(self) -> Grey:
        """Return how far each pixel of the level strip is from grey."""
        (top, left), (height, width) = self.within, self.grey.shape
        return prepare.rotated(self.tint, self.angle, fill=0)[top : top + height, left : left + width]


class _View:
    """One page being read."""

    def __init__(self, with_: Engine, dpi: float, page: int) -> None:
        self._engine = with_
        self._dpi = dpi
        self._page = page
        self._heard: list[float] = []

    def _confidence(self) -> float:
        """Return the mean confidence of the longer words read so far; 0 when there are too few to tell."""
        return float(np.mean(self._heard)) if len(self._heard) >= _FEW else 0.0

    def is_legible(self, part: Part) -> bool:
        """Tell whether the page stands upright, as far as what was read of it shows.

        A foot without words is that of a page that ends early, and a block that was read at all was legible.
        """
        if part in (Part.BLOCK, Part.SIGNED) or (len(self._heard) < _FEW and part is Part.FOOT):
            return True
        return self._confidence() > _ILLEGIBLE

    def read(self, colour: Colour, part: Part) -> list[Line]:
        """Return the lines of one part of an upright page."""
        match part:
            case Part.HEAD:
                return self.head(colour)
            case Part.BLOCK | Part.SIGNED:
                return self._columns(colour, self._seen(colour), recipients=part is Part.BLOCK)
            case Part.FOOT:
                return self.foot(colour)
            case _:
                return self.whole(colour)

    def turned(self, colour: Colour) -> Colour | None:
        """Return the page turned the way in which it reads; None when it reads no better in any."""
        best, way = _ILLEGIBLE, None
        for quarters in (1, 3, 2):
            other: Colour = np.rot90(colour, quarters)
            view = _View(self._engine, self._dpi * _TRIAL, self._page)
            view._rows(prepare.level(prepare.clean(prepare.thinned(other, round(1 / _TRIAL)))))
            if view._confidence() > best:
                best, way = view._confidence(), other
        return way

    def _rows(self, grey: Grey, mode: int = engine.COLUMN, scale: float = 1.0) -> list[Row]:
        words = self._engine.words(grey, mode, self._dpi * scale)
        self._heard += [word.confidence for word in words if len(word.text) > 2]
        return assemble.rows(words)

    def head(self, colour: Colour) -> list[Line]:
        """Read the letterhead and title, digits vouched for."""
        grey = prepare.level(prepare.clean(colour[: round(_HEAD * colour.shape[0])]))
        body = heading.end(grey, self._dpi)
        rows = self._rows(grey[:body])
        if body and not _suffices(rows):
            # What looked like a paragraph may belong to the title, and minutes tell their day in their first one.
            rows = self._rows(grey)
        lines = [self._headed(row, grey) for row in torn.mended(rows, grey, self._dpi, self._engine)]
        lines = [line for line in lines if (line.confidence or 0) > _POOR or line.guess]
        return [line for line in lines if not _is_small_print(line, lines)]

    def _headed(self, row: Row, grey: Grey) -> Line:
        text = row.text
        vouch = vouching.number if vouching.is_number(text) else vouching.date if vouching.is_date(text) else None
        if vouch is None:
            return self._repaired(row)
        # The place before a date is short, and its first word easily lost.
        before = _BEFORE if vouch is vouching.date else 0.0
        sure, guess = vouch(text, vouching.looks(grey, row.box, self._dpi, self._engine, before=before))
        return self._line(row, repair.sign(sure), repair.sign(guess) if guess != sure else None)

    def line(self, colour: Colour, box: Box) -> Line | None:
        """Read one line: stamps are often blue, and no seal stands there."""
        left, top, right, bottom = (round(side * self._dpi / 72) for side in box)
        pad = round(_AROUND * (bottom - top))
        begin, across = max(0, top - pad), max(0, left - pad)
        crop = colour[begin : bottom + pad, across : right + pad]
        if not crop.size:
            return None
        grey = prepare.clean(crop, coloured=True)
        words = self._engine.words(grey, engine.LINE, self._dpi)
        if not words:
            return None
        line = self._headed(Row(tuple(sorted(words, key=lambda word: word.box[0]))), grey)
        return dataclasses.replace(line, box=box)

    def foot(self, colour: Colour) -> list[Line]:
        """Read the signature block, and what follows it."""
        found = self._seen(colour)
        if lines := self._columns(colour, found):
            return lines
        height = colour.shape[0]
        begins = [round(_FOOT * height), 0]
        if found is not None:
            begins.insert(0, max(0, found.top - round(_LEAD * self._dpi)))
        for begin in begins:
            strip = _Strip.of(colour[begin : None if begin else round(_TOP * height)], begin)
            rows = self._rows(strip.grey)
            if (block := receiving.named(rows)) is not None:
                return self._block(strip, rows, block)
            lines = lines or [self._named(row, strip, rows) for row in rows]
            # The block may have slipped to the top of a page of its own.
            if begin == 0 or any(repair.is_authority(row.text) for row in rows):
                break
            # Minutes have two columns of titles and names, and nobody who receives them.
            if found is not None and begin == begins[0] and any(people.name_in(row.text) for row in rows):
                break
        return lines

    def _seen(self, colour: Colour) -> ending.Block | None:
        """Return where two columns are seen from afar, None without them."""
        seen = prepare.level(prepare.clean(colour[::_COARSE, ::_COARSE]))
        found = ending.block(seen, self._dpi / _COARSE, headed=self._page == 1)
        return found.enlarged(_COARSE) if found else None

    def _columns(self, colour: Colour, found: ending.Block | None, *, recipients: bool = True) -> list[Line]:
        """Read the two columns that were seen; nothing when the left one does not say who receives."""
        if found is None:
            return []
        top = found.top
        strip, rows = self._west(colour[top : found.bottom], top, whole=recipients)
        if receiving.named(rows) is None and sum(row.text.startswith(_ITEM) for row in rows) >= _ITEMS:
            # A seal beside a long line of the list looked like the end of the paragraphs.
            top = max(0, top - round(_HIGHER * colour.shape[0]))
            strip, rows = self._west(colour[top : found.bottom], top)
        if (block := receiving.named(rows)) is None:
            return []
        above = max(0, round(block.box[1] - _ABOVE * (block.box[3] - block.box[1])))
        lines = [self._line(row, repair.receivers(row.text), top=top) for row in rows if row.box[3] > above]
        lines += self._signed(strip.part(above, _gutter(strip.grey[block.box[1] :])))
        if found.followed:
            below = _Strip.of(colour[found.bottom :], found.bottom)
            rows = self._rows(below.grey)
            lines += [self._named(row, below, rows) for row in rows]
        return lines

    def _west(self, colour: Colour, top: int, *, whole: bool = True) -> tuple[_Strip, list[Row]]:
        """Return a part of the page and the rows of its left column; not `whole`, only as far as "Nơi nhận"."""
        strip = _Strip.of(colour, top)
        column = strip.part(0, 0, _gutter(strip.grey)).grey
        if not whole and (row := receiving.seen(column, self._dpi, self._engine)) is not None:
            return strip, [row]
        return strip, self._rows(column)

    def _block(self, strip: _Strip, rows: Sequence[Row], block: Row) -> list[Line]:
        """Read the two columns apart: small print beside a seal is lost where both are read as one block."""
        size = block.box[3] - block.box[1]
        begin = max(0, round(block.box[1] - _ABOVE * size))
        gutter = _gutter(strip.grey[block.box[1] :])
        west = strip.part(max(0, block.box[1] - size // 2), 0, gutter)
        lines = [self._named(row, strip, rows) for row in rows if row.box[3] <= begin]
        lines += [self._line(row, repair.receivers(row.text), top=west.top) for row in self._rows(west.grey)]
        return lines + self._signed(strip.part(begin, gutter))

    def _signed(self, east: _Strip) -> list[Line]:
        """Read the column of title, seal and name; what begins under the seal only as far as several looks agree."""
        views = seals.views(east.tints(), east.grey, self._dpi)
        if views is None:
            rows = self._rows(east.grey)
            return [self._named(row, east, rows) for row in rows]
        rows = self._rows(views.free)
        middle = covered.axis(rows)
        return [self._beside(row, east, rows, views, middle) for row in rows]

    def _beside(self, row: Row, east: _Strip, rows: Sequence[Row], views: seals.Views, middle: float | None) -> Line:
        line = self._named(row, east, rows)
        if not covered.is_hidden(row, views):
            return line
        blank = self._line(row, vouching.BLANK, row.text, top=east.top, left=east.left)
        if not covered.is_whole(line.text, line.confidence or 0.0):
            reading = covered.read(row, views, self._dpi, self._engine)
            if reading is None:
                return blank if covered.is_fragment(row.text) else line
            whole = self._line(row, reading[0], top=east.top, left=east.left)
            line = dataclasses.replace(whole, confidence=round(reading[1], 2))
            # The row was only the part beside the seal.
            middle = None
        name = people.name_in(line.text)
        return blank if name and covered.may_lack(row, name, line.text, middle) else line

    def _named(self, row: Row, strip: _Strip, rows: Sequence[Row]) -> Line:
        """Make a line of a row of the foot; a name is looked at again and left out when the looks differ."""
        top, left = strip.top, strip.left
        text = repair.rank(row.text.strip(_QUOTES))
        if people.name_in(text) is None or len(row.words) > _NAME:
            return self._repaired(row, top, left)
        looks = vouching.looks(strip.grey, row.box, self._dpi, self._engine, before=_SURNAME, after=_LAST)
        name, sure = vouching.name(text, [repair.rank(look.strip(_QUOTES)) for look in looks])
        known = repair.surname(people.name_in(name) or name)
        if sure and known and not _is_torn(row, rows):
            # Rank and degree stay in front.
            return self._line(row, name[: len(name) - len(known)] + known, top=top, left=left)
        return self._line(row, vouching.BLANK, text, top=top, left=left)

    def _repaired(self, row: Row, top: int = 0, left: int = 0) -> Line:
        """Make a line; nothing but known phrases is surer than tesseract is, other words in capitals less sure."""
        text, known = repair.capitals(row.text)
        line = self._line(row, text, top=top, left=left)
        confidence = line.confidence or 0.0
        if known:
            confidence = max(confidence, _KNOWN)
        elif text == text.upper() and text.count(" ") < _TITLE:
            confidence = round(confidence * _UNKNOWN, 2)
        return dataclasses.replace(line, confidence=confidence)

    def whole(self, colour: Colour) -> list[Line]:
        """Read the page as paragraphs."""
        grey = prepare.resized(prepare.level(prepare.clean(colour)), _BODY)
        rows = self._rows(grey, engine.PAGE, _BODY)
        return [self._in_body(row, grey) for row in rows]

    def _in_body(self, row: Row, grey: Grey) -> Line:
        """Make a line of the body; the document's own number is often written by hand here too."""
        text = row.text
        if not vouching.is_number(text):
            return self._line(row, text, scale=_BODY)
        sure, guess = vouching.number(text, vouching.looks(grey, row.box, self._dpi * _BODY, self._engine))
        return self._line(row, sure, guess if guess != sure else None, scale=_BODY)

    def _line(
        self, row: Row, text: str, guess: str | None = None, *, top: int = 0, left: int = 0, scale: float = 1.0
    ) -> Line:
        points = 72 / (self._dpi * scale)
        x0, y0, x1, y1 = row.box
        box = ((x0 + left) * points, (y0 + top) * points, (x1 + left) * points, (y1 + top) * points)
        confidence = round(min(1.0, max(0.0, row.confidence)), 2)
        return Line(text, self._page, box, Source.OCR, box[3] - box[1], confidence=confidence, guess=guess)


def _suffices(rows: Sequence[Row]) -> bool:
    """Tell whether a title with its trích yếu, or whom a letter is for, was read above the body."""
    for row in rows:
        if folding.key(row.text).startswith("KINHGUI"):
            return True
        if row.text != row.text.upper():
            continue
        kind = grammar.type_named(row.text) or next(iter(grammar.type_leading(row.text) or ()), None)
        if kind is not None and any(other.box[1] >= row.box[3] for other in rows):
            return kind != _MINUTES
    return False


def _is_torn(row: Row, rows: Sequence[Row]) -> bool:
    """Tell a row beside which further words of its line were taken for another one."""
    left, top, right, bottom = row.box
    near = _LAST * (bottom - top)
    return any(
        other is not row
        and min(bottom, other.box[3]) - max(top, other.box[1]) > _TORN * (bottom - top)
        and other.box[0] < right + near
        and other.box[2] > left - near
        and other.confidence > _SCRAWL
        for other in rows
    )


def _is_small_print(line: Line, lines: Sequence[Line]) -> bool:
    """Tell words of a logo or a stamp over the letterhead; what a signing program prints is kept."""
    if grammar.SIGNATURE_NOTE.match(line.text):
        return False
    usual = statistics.median(x.box[3] - x.box[1] for x in lines)
    motto = next((x for x in lines if "CONGHOAXAHOI" in folding.key(x.text)), None)
    above = motto is not None and line.box[3] < motto.box[1]
    return above and line.box[3] - line.box[1] < _SMALL * usual


def _gutter(grey: Grey) -> int:
    """Return where the two columns of a signature block part: the middle of its widest empty strip."""
    width = grey.shape[1]
    begin, end = round(0.3 * width), round(0.6 * width)
    ink = (grey[:, begin:end] < prepare.INK).sum(axis=0, dtype=np.int32)
    empty = np.concatenate(([False], ink <= ink.min() + 2, [False])).astype(np.int8)
    edges = np.flatnonzero(np.diff(empty))
    starts, stops = edges[::2], edges[1::2]
    widest = int(np.argmax(stops - starts))
    middle = (int(starts[widest]) + int(stops[widest])) // 2
    return int(begin + middle)
