# SPDX-License-Identifier: Apache-2.0
"""Photographs and scans saved as JPEG, PNG or TIFF: pages without text, which a recogniser may read."""

from __future__ import annotations

import importlib.util
import math
from typing import TYPE_CHECKING, Any, Final

from parcheck.errors import UnreadableFile
from parcheck.hookspecs import hookimpl
from parcheck.model import Reason, Source
from parcheck.reading.document import Document
from parcheck.reading.recognition import Raster

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from parcheck.reading.document import Line

MEDIA_TYPES: Final = frozenset({"image/jpeg", "image/png", "image/tiff"})
_MOST: Final = 120_000_000
"""Pixels of one frame: an A3 sheet at 600 per inch has 70 million."""
_MOST_FRAMES: Final = 500
_SHEET: Final = 842.0
"""Points of the long side of A4, taken for pictures that do not say how large they are on paper."""
_PRINTED: Final = (80.0, 1200.0)
"""Pixels per inch that scanners set; cameras write 72 or nothing."""
_COLOURLESS: Final = frozenset({"1", "L", "LA", "I", "I;16", "F"})


class PictureDocument(Document):
    """A picture file; each frame of a TIFF is a page.

    Raises:
        UnreadableFile: `file-damaged`, `file-too-large`.
    """

    source = Source.OCR

    def __init__(self, path: Path, media_type: str) -> None:
        self.path = path
        self.media_type = media_type
        self.page_count = 1
        self._picture: Any = None
        if importlib.util.find_spec("PIL") is None:
            return
        from PIL import Image

        # The limit of Pillow warns first and fails at twice the size; ours is checked before anything is decoded.
        Image.MAX_IMAGE_PIXELS = None
        try:
            self._picture = Image.open(path)
            self.page_count = min(_MOST_FRAMES, getattr(self._picture, "n_frames", 1))
        except (OSError, ValueError, SyntaxError, EOFError, ArithmeticError) as error:
            raise UnreadableFile("file-damaged", detail=type(error).__name__) from error
        width, height = self._picture.size
        if width * height > _MOST:
            self._picture.close()
            raise UnreadableFile("file-too-large", size=_megapixels(width * height), limit=_megapixels(_MOST))

    def text(self, page: int) -> str:  # noqa: ARG002 - a picture has none
        """Return "": a picture has no text of its own."""
        return ""

    def lines(self, page: int) -> Sequence[Line]:  # noqa: ARG002 - a picture has none
        """Return nothing: a picture has no text of its own."""
        return []

    def unread(self, page: int) -> Reason | None:  # noqa: ARG002 - the same for every frame
        """Return `picture`."""
        return Reason("picture")

    def image(self, page: int, dpi: float) -> Raster | None:
        """Return the frame upright as its camera says, on white, at about `dpi` pixels per inch of the paper."""
        from PIL import Image, ImageOps

        if self._picture is None or not self._seek(page):
            return None
        own = self._resolution()
        try:
            frame = ImageOps.exif_transpose(self._picture)
            factor = min(1.0, dpi / own) if own > dpi else min(dpi / own, 2.0)
            size = (max(1, round(frame.width * factor)), max(1, round(frame.height * factor)))
            if frame.mode in ("RGBA", "LA", "PA", "P"):
                frame = frame.convert("RGBA")
                paper = Image.new("RGBA", frame.size, "white")
                frame = Image.alpha_composite(paper, frame)
            frame = frame.convert("RGB").resize(size, Image.Resampling.BICUBIC)
        except (OSError, ValueError, SyntaxError, EOFError) as error:
            raise UnreadableFile("file-damaged", detail=type(error).__name__) from error
        return Raster(frame.width, frame.height, frame.tobytes(), own * factor)

    def scan_quality(self, page: int) -> tuple[float | None, bool | None]:
        """Return pixels per inch of paper, and whether the frame has colour channels."""
        if self._picture is None or not self._seek(page):
            return None, None
        return round(self._resolution(), 1), self._picture.mode not in _COLOURLESS

    def _seek(self, page: int) -> bool:
        try:
            self._picture.seek(page - 1)
        except (EOFError, OSError, ValueError):
            return False
        width, height = self._picture.size
        return bool(width * height <= _MOST)

    def _resolution(self) -> float:
        """Return the frame's pixels per inch, as if it showed a sheet of A4 where it does not say."""
        longest = max(self._picture.size)
        stated = self._picture.info.get("dpi")
        try:
            dpi = float(stated[0]) if stated else 0.0
        except (TypeError, ValueError, ZeroDivisionError, IndexError):
            dpi = 0.0
        if math.isfinite(dpi) and _PRINTED[0] <= dpi <= _PRINTED[1] and longest / dpi * 72 < 2 * _SHEET:
            return dpi
        return float(longest * 72 / _SHEET)

    def close(self) -> None:
        """Release the file."""
        if self._picture is not None:
            self._picture.close()


def _megapixels(pixels: int) -> str:
    return f"{pixels / 1_000_000:.0f} Mpx"


@hookimpl
def parcheck_open(path: Path, media_type: str) -> PictureDocument | None:
    """Open a picture."""
    return PictureDocument(path, media_type) if media_type in MEDIA_TYPES else None
