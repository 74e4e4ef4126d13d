# SPDX-License-Identifier: Apache-2.0
"""Pages that are only pictures, read through a recogniser (OCR) as if they had text.

The core knows no OCR program: a plugin gives a `Recogniser`, and a document whose pages cannot be trusted as text is
wrapped in a `RecognisedDocument`. Nothing is recognised before it is asked for, and only the part asked for: a
letterhead costs the same in a scan of one page and of forty.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol, runtime_checkable

from parcheck.model import Reason
from parcheck.reading.document import Document

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parcheck.model import Box
    from parcheck.reading.document import Line

RECOGNISABLE: Final = frozenset({"scan", "picture", "garbage-text"})
"""Reasons of `Document.unread` that a recogniser can help with: what a person sees on the page is whole."""
MISSING: Final = Reason("ocr-missing")
SCALE: Final = 200
"""Pixels per inch at which pages are recognised: at 300, ten of 270 groups of digits were misread, at 200 one."""
COARSE: Final = 60
"""Pixels per inch at which seals and signatures are looked for; kept of pages that were drawn anyway."""
GLANCE: Final = 40
"""Pixels per inch at which the page of the signature is looked for."""
MOST_PAGES: Final = 20
"""Whole pages recognised per document: about a second each, and a file has a minute."""
MOST_GLANCES: Final = 80
MOST_COARSE: Final = 4
PROMISING: Final = 0.4
"""`Recogniser.ending` from which a page is read before those that follow it."""


class Part(enum.Enum):
    """A part of a page that is worth reading without the rest."""

    HEAD = "head"
    """The upper part, where a letterhead and the title stand."""
    SIGNED = "signed"
    """Who signed, where the signature block is plain to see; no lines where it is not, which costs little."""
    BLOCK = "block"
    """The same with all recipients."""
    FOOT = "foot"
    """Where the signature block stands, on a page that has one, however hard to find."""
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Raster:
    """A page as pixels."""

    width: int
    height: int
    pixels: bytes | memoryview
    """Three bytes a pixel (red, green, blue), row by row from the top left; nobody may write to it."""
    dpi: float
    """Pixels per inch of the page as a person sees it."""

    def thinned(self, step: int) -> Raster | None:
        """Return the page at a fraction of its resolution: one pixel of `step` × `step`, for a mean loses thin ink.

        None where numpy is not installed: then it is cheaper to draw the page again.
        """
        try:
            import numpy as np
        except ImportError:
            return None
        pixels = np.frombuffer(self.pixels, dtype="V3").reshape(self.height, self.width)
        height, width = self.height // step * step, self.width // step * step
        chosen = pixels[step // 2 : height : step, step // 2 : width : step]
        return Raster(chosen.shape[1], chosen.shape[0], chosen.tobytes(), self.dpi / step)


@runtime_checkable
class Recogniser(Protocol):
    """Turns pixels into lines. Lives in the worker process; keeps no state that depends on the document."""

    name: str
    """Unique, for messages: "tesseract"."""
    version: str
    """Changes whenever other lines may come out for the same page."""

    def lines(self, image: Raster, page: int, part: Part, apart: Sequence[Box] = ()) -> Sequence[Line]:
        """Return the lines of one part of a page, sorted by top, then left.

        Args:
            image: the whole page, whatever the part.
            page: its number, 1-based, for `Line.page`.
            part: what is wanted; more may be returned.
            apart: boxes in points whose words are known already and must not be read again.

        Returns:
            Lines with `Source.OCR` and a confidence of 0..1. Words that cannot be vouched for (handwritten digits
            above all) stand as "…" in `Line.text`, and as they seem to read in `Line.guess`.
        """
        ...

    def line(self, image: Raster, page: int, box: Box) -> Line | None:
        """Return one printed line of a page with what was stamped into it, coloured ink included.

        Args:
            image: the whole page.
            page: its number, 1-based.
            box: where the line stands, in points.

        Returns:
            The line as `lines` would give it, None when nothing is read there.
        """
        ...

    def ending(self, image: Raster, *, headed: bool) -> float:
        """Return how much a page at low resolution looks as if it bore the signature block: 0 (not) to 1.

        With `headed` the page begins with the letterhead, which does not count.
        """
        ...


class RecognisedDocument(Document):
    """A document whose untrusted pages are read by a recogniser; everything else is the inner document's.

    Args:
        inner: what a format plugin opened. Its own attributes and methods stay reachable through this object.
        recogniser: None when none is installed; the pages are then unread for the reason `ocr-missing`.
    """

    def __init__(self, inner: Document, recogniser: Recogniser | None) -> None:
        self._inner = inner
        self._recogniser = recogniser
        self.path = inner.path
        self.media_type = inner.media_type
        self.page_count = inner.page_count
        self.paged = inner.paged
        self.wraps = inner.wraps
        self.source = inner.source
        self._parts: dict[tuple[int, Part], list[Line]] = {}
        self._rendered: tuple[int, Raster] | None = None
        self._coarse: dict[int, Raster] = {}
        self._promise: dict[int, float] = {}
        self._whole = 0

    def __getattr__(self, name: str) -> Any:
        """Hand on what only the format knows (signatures, stamps, pictures …)."""
        return getattr(self._inner, name)

    def layer_fault(self, page: int) -> Reason | None:
        """Return why the page's own text cannot be trusted."""
        return self._inner.unread(page)

    def recognised(self, page: int) -> bool:
        """Tell whether the page's words come from a recogniser."""
        reason = self._inner.unread(page)
        return reason is not None and reason.code in RECOGNISABLE and self._recogniser is not None

    @property
    def encoding(self) -> str:
        """Return the inner document's."""
        return self._inner.encoding

    def unread(self, page: int) -> Reason | None:
        """Return why neither the page's text nor its picture can be read."""
        reason = self._inner.unread(page)
        if reason is None or reason.code not in RECOGNISABLE:
            return reason
        return MISSING if self._recogniser is None else None

    def image(self, page: int, dpi: float) -> Raster | None:
        """Return the page as pixels, a little finer than asked where it was drawn before: drawing a scan is dear."""
        if self._rendered is not None and self._rendered[0] == page and self._rendered[1].dpi >= 2 * dpi:
            thinned = self._rendered[1].thinned(int(self._rendered[1].dpi // dpi))
            return thinned or self._inner.image(page, dpi)
        kept = self._coarse.get(page)
        if kept is not None and dpi <= kept.dpi < 2 * dpi:
            return kept
        return self._inner.image(page, dpi)

    def text(self, page: int) -> str:
        """Return the page's text, recognised where it has none of its own."""
        return self.text_in(page, Part.WHOLE)

    def lines(self, page: int) -> Sequence[Line]:
        """Return the page's lines, recognised where it has no text of its own."""
        return self.lines_in(page, Part.WHOLE)

    def text_in(self, page: int, part: Part) -> str:
        """Return the text of one part of the page, more where it comes at no cost."""
        if not self.recognised(page):
            return self._inner.text(page)
        return "\n".join(line.text for line in self.lines_in(page, part))

    def lines_in(self, page: int, part: Part) -> Sequence[Line]:
        """Return the lines of one part of the page, more where they come at no cost."""
        if self._recogniser is None or not self.recognised(page):
            return self._inner.lines(page)
        key = (page, part)
        if part is Part.SIGNED and (page, Part.BLOCK) in self._parts:
            key = (page, Part.BLOCK)
        if key not in self._parts:
            self._parts[key] = self._recognise(self._recogniser, page, part)
        return self._parts[key]

    def line_at(self, page: int, box: Box) -> Line | None:
        """Return what the page shows at a line of its text, pictures put over it included.

        Args:
            page: 1-based; its own text may be sound but for what a picture adds.
            box: of the line, in points.
        """
        raster = self._render(page) if self._recogniser is not None else None
        return self._recogniser.line(raster, page, box) if self._recogniser and raster else None

    def _recognise(self, recogniser: Recogniser, page: int, part: Part) -> list[Line]:
        if part is Part.WHOLE:
            self._whole += 1
        raster = self._render(page)
        if raster is None:
            return []
        stamped = list(self._stamped(page))
        found = recogniser.lines(raster, page, part, [line.box for line in stamped])
        return sorted((*found, *stamped), key=lambda line: (line.box[1], line.box[0]))

    def _stamped(self, page: int) -> Sequence[Line]:
        """Return the lines that a signing program stamped on the page as text: they need no recognising."""
        from parcheck.model import Source

        return [line for line in self._inner.lines(page) if line.source is Source.STAMP]

    def _render(self, page: int) -> Raster | None:
        if self._rendered is None or self._rendered[0] != page:
            raster = self._inner.image(page, SCALE)
            if raster is None:
                return None
            if self._rendered is not None and len(self._coarse) < MOST_COARSE:
                before, fine = self._rendered
                if (coarse := fine.thinned(max(1, int(fine.dpi // COARSE)))) is not None:
                    self._coarse[before] = coarse
            self._rendered = (page, raster)
        return self._rendered[1]

    def may_recognise(self) -> bool:
        """Tell whether another whole page may be recognised within what one file may cost."""
        return self._whole < MOST_PAGES

    def endings(self, first: int) -> Iterator[int]:
        """Yield the pages on which to look for the signature block, in that order.

        Args:
            first: the page that begins the document with its letterhead.

        The block stands before any appendix, so the first page that looks like it comes first. Pages are looked at as
        they are asked for: drawing all of a long scan costs more than reading its block.
        """
        if self._recogniser is None:
            return
        pages = range(first, min(self.page_count, first + MOST_GLANCES - 1) + 1)
        if len(pages) == 1:
            yield first
            return
        others: list[int] = []
        for page in pages:
            if page == pages[-1] and len(others) == len(pages) - 1:
                # Where no page looked like it the last one is the likeliest; reading it tells more than a glance.
                yield page
            elif self._glance(self._recogniser, page, headed=page == first) >= PROMISING:
                yield page
            else:
                others.append(page)
        yield from sorted(others, key=lambda page: (-self._promise[page], -page))

    def _glance(self, recogniser: Recogniser, page: int, *, headed: bool) -> float:
        if page not in self._promise:
            raster = self.image(page, GLANCE)
            self._promise[page] = recogniser.ending(raster, headed=headed) if raster else 0.0
        return self._promise[page]

    def close(self) -> None:
        """Release the file."""
        self._rendered = None
        self._coarse.clear()
        self._inner.close()


def through(document: Document, recognisers: Sequence[Recogniser]) -> Document:
    """Return the document, wrapped when its pages can be rendered and one of them cannot be trusted as text."""
    if type(document).image is Document.image:
        return document
    return RecognisedDocument(document, recognisers[0] if recognisers else None)
