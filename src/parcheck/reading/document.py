# SPDX-License-Identifier: Apache-2.0
"""What a format plugin makes of a file: pages of positioned lines, whatever the format."""

from __future__ import annotations

import abc
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from parcheck.model import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from parcheck.model import Box, Reason
    from parcheck.reading.recognition import Part, Raster


@dataclass(frozen=True, slots=True)
class Line:
    """A run of words on one line, cut where a gap shows that another column begins.

    `text` is NFC, without line breaks; "Ð" U+00D0 is "Đ"; line-end U+FFFE and soft hyphens are "-" or gone.
    """

    text: str
    page: int
    """1-based."""
    box: Box
    """Points, origin top left. Word files get a synthetic page 595 points wide that keeps columns and order."""
    source: Source = Source.TEXT
    size: float | None = None
    """Font size in points, where known."""
    bold: bool | None = None
    italic: bool | None = None
    confidence: float | None = None
    """0..1 for words recognised from pixels; None where nothing was guessed."""
    guess: str | None = None
    """The same line with the words that `text` leaves out as "…", as they seem to read; None where it leaves none."""


class Document(abc.ABC):
    """An opened file. Closed by the reading pipeline; use as a context manager elsewhere.

    Lives in the worker process. Methods may raise any exception: the pipeline turns it into a finding.
    """

    path: Path
    media_type: str
    page_count: int
    """Number of pages; 1 for formats without pages."""
    paged: bool = True
    """False where pages are not those a person sees (Word): findings then name no page."""
    source: Source = Source.TEXT
    """How its text is read, for places that no line stands behind."""
    wraps: bool = True
    """Whether a line break inside `text` may fall in the middle of a sentence (PDF); Word and sheets have none such."""

    @abc.abstractmethod
    def text(self, page: int) -> str:
        """Return the page's plain text (NFC), lines separated by "\\n", in no promised order. Cheap."""

    @abc.abstractmethod
    def lines(self, page: int) -> Sequence[Line]:
        """Return the page's lines sorted by top, then left, stamps merged in by position."""

    @property
    def encoding(self) -> str:
        """ "tcvn3", "vni" or "vps" where text read so far was converted from such a font encoding."""
        return "unicode"

    def unread(self, page: int) -> Reason | None:  # noqa: ARG002 - for those that override it
        """Return why this page's text cannot be trusted (scan, garbage layer), or None when it can."""
        return None

    def layer_fault(self, page: int) -> Reason | None:
        """Return why the page's own text cannot be trusted, whether or not it can be recognised from pixels."""
        return self.unread(page)

    def recognised(self, page: int) -> bool:  # noqa: ARG002 - for those that override it
        """Tell whether the page's words were recognised from pixels: then nothing is surely absent."""
        return False

    def may_recognise(self) -> bool:
        """Tell whether another whole page may be recognised within what one file may cost."""
        return False

    def endings(self, first: int) -> Iterable[int]:
        """Return the pages on which to look for the signature block of the document that `first` begins, in order."""
        return list(range(self.page_count, first - 1, -1))

    def text_in(self, page: int, part: Part) -> str:  # noqa: ARG002 - for those that override it
        """Return the text of one part of the page; formats with text of their own give the whole page."""
        return self.text(page)

    def lines_in(self, page: int, part: Part) -> Sequence[Line]:  # noqa: ARG002 - for those that override it
        """Return the lines of one part of the page; formats with text of their own give the whole page."""
        return self.lines(page)

    def image(self, page: int, dpi: float) -> Raster | None:  # noqa: ARG002 - for those that override it
        """Return the page as pixels, or None when this format, or this page, cannot be rendered."""
        return None

    @abc.abstractmethod
    def close(self) -> None:
        """Release the file."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
