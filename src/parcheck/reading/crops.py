# SPDX-License-Identifier: Apache-2.0
"""Pieces of pages, for reports that show where something stands.

Files are from anyone, so pages are drawn in a child process with limits; back come pixels, whose number is checked, and
the picture file is made of them here.
"""

from __future__ import annotations

import base64
import binascii
import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self

from parcheck.errors import ParcheckError
from parcheck.plugins import PluginChoice
from parcheck.reading.pool import Limits, Worker
from parcheck.submission.opening import find

if TYPE_CHECKING:
    from pathlib import Path

    from parcheck.model import Box, Reading
    from parcheck.reading.store import ReadingStore
    from parcheck.submission import Item

CHANGED: Final = "changed"
"""The file is gone from where it lay, or its bytes are no longer those that were read."""
FAILED: Final = "failed"
"""The page cannot be drawn: no plugin can, or the file crashed, hung or ate the worker."""
DPI: Final = 120.0
LIMITS: Final = Limits(seconds=15.0)
MOST_PIXELS: Final = 4_000_000
_BESIDE: Final = 14.0
_ABOVE: Final = 34.0
_WIDEST: Final = 360.0
"""Points of the page shown beside a narrow box: enough to know the place again."""
_HIGHEST: Final = 220.0
"""Points of a box that are shown at most; the rest of a long one is cut off."""
_PER_WORKER: Final = 300


@dataclass(frozen=True, slots=True)
class Crop:
    """A piece of a page in sixteen greys."""

    width: int
    height: int
    """Pixels."""
    mark: Box
    """Where the words stand: (left, top, right, bottom) in pixels of the piece."""
    dpi: float
    grey: bytes
    """Four bits a pixel, 0 black, rows from the top, each filled up to a byte."""

    def png(self) -> bytes:
        """Return the piece as a PNG file. The same pixels give the same bytes with one version of zlib."""
        row = (self.width + 1) // 2
        lines = b"".join(b"\0" + self.grey[at : at + row] for at in range(0, row * self.height, row))
        head = struct.pack(">IIBBBBB", self.width, self.height, 4, 0, 0, 0, 0)
        parts = ((b"IHDR", head), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b""))
        return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, body) for name, body in parts)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


class Cropping:
    """Draws pieces of what was handed in. Use as a context manager; no process is started before one is asked for.

    A page that crashes or hangs its worker costs the pieces of that page.

    Args:
        choice: the plugins to use.
        limits: what one piece may cost.
        store: where pieces are kept, so that none is drawn twice; the caller closes it.
    """

    def __init__(
        self, choice: PluginChoice | None = None, limits: Limits = LIMITS, store: ReadingStore | None = None
    ) -> None:
        choice = choice or PluginChoice.from_environment()
        self._setup: dict[str, Any] = {
            "facts": [],
            "blocked": choice.blocked,
            "extra": choice.extra,
            "memory": limits.memory,
        }
        self._limits = limits
        self._store = store
        self._worker: Worker | None = None
        self._broken = False
        self._fatal: set[tuple[str | None, int]] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """End the child process."""
        if self._worker is not None:
            self._worker.close()
            self._worker = None

    def crop(self, root: Path, reading: Reading, page: int, box: Box) -> Crop | str:
        """Return the piece of a page around some words, or why there is none: `CHANGED`, `FAILED`.

        A piece that was kept shows the bytes that were read, whatever has become of the file.

        Args:
            root: the submission, a folder or ZIP; a file that was handed in alone.
            reading: of the file; `reading.path` is relative to `root`.
            page: 1-based.
            box: the words, in points from the top left of the page.
        """
        if reading.media_type is None or (reading.sha256, page) in self._fatal:
            return FAILED
        asked = _asked(reading, page, box)
        kept = self._store.answer(asked) if self._store is not None else None
        if kept is not None and (crop := _crop(kept, box)) is not None:
            return crop
        try:
            item = find(root, reading.path)
        except OSError:
            return CHANGED
        answer = self._drawn(item, asked)
        if answer is None:
            self._fatal.add((reading.sha256, page))
            self.close()
            return FAILED
        if "lack" in answer:
            return CHANGED if answer["lack"] == CHANGED else FAILED
        crop = _crop(answer, box)
        if crop is None:
            return FAILED
        if self._store is not None and reading.sha256 is not None:
            self._store.keep_answer(asked, answer)
        return crop

    def _drawn(self, item: Item, asked: dict[str, Any]) -> dict[str, Any] | None:
        if self._worker is not None and self._worker.served >= _PER_WORKER:
            self.close()
        if self._worker is None:
            if self._broken:
                return None
            try:
                self._worker = Worker(self._setup)
            except (OSError, ParcheckError):
                # A report without pictures is better than none.
                self._broken = True
                return None
        answer, _ = self._worker.ask({**asked, "path": str(item.file), "member": item.member}, self._limits.seconds)
        return answer


def _asked(reading: Reading, page: int, box: Box) -> dict[str, Any]:
    """Return what is asked of a worker, wherever the file lies."""
    beside = max(_BESIDE, (_WIDEST - (box[2] - box[0])) / 2)
    return {
        "media_type": reading.media_type,
        "sha256": reading.sha256,
        "page": page,
        "box": (*box[:3], min(box[3], box[1] + _HIGHEST)),
        "around": (beside, _ABOVE, beside, _ABOVE),
        "dpi": DPI,
    }


def _crop(answer: dict[str, Any], box: Box) -> Crop | None:
    """Return what a worker sent, if it makes sense: it may have been taken over by the file."""
    try:
        left, top, width, height = (int(answer[name]) for name in ("left", "top", "width", "height"))
        dpi = float(answer["dpi"])
        grey = base64.b64decode(answer["grey"], validate=True)
    except (KeyError, TypeError, ValueError, OverflowError, binascii.Error):
        return None
    if not (width > 0 and height > 0 and width * height <= MOST_PIXELS and 1 <= dpi <= 10 * DPI):
        return None
    if len(grey) != (width + 1) // 2 * height:
        return None
    scale = dpi / 72
    mark = (box[0] * scale - left, box[1] * scale - top, box[2] * scale - left, box[3] * scale - top)
    inside = tuple(round(max(0.0, min(at, most)), 1) for at, most in zip(mark, (width, height) * 2, strict=True))
    return Crop(width, height, (inside[0], inside[1], inside[2], inside[3]), dpi, grey)
