# SPDX-License-Identifier: Apache-2.0
"""Cutting a piece out of a page, in the worker process: what comes out are pixels and nothing else."""

from __future__ import annotations

import base64
import contextlib
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from parcheck.reading.document import Document

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcheck.archives.parcel import Unpacker
    from parcheck.model import Box
    from parcheck.plugins import Plugins
    from parcheck.reading.recognition import Raster

_GREEN: Final = slice(1, None, 3)
"""Of the three colours, the one in which black, blue and red ink are all dark."""
_HIGH: Final = bytes(value & 0xF0 for value in range(256))
_LOW: Final = bytes(value >> 4 for value in range(256))
_BLANK: Final = b"\xff"


class Cutter:
    """Cuts pieces out of files, one after another; keeps the file and the page of the last one open. Close it.

    Args:
        plugins: those that open files.
        unpacker: what unpacks members of archives.
    """

    def __init__(self, plugins: Plugins, unpacker: Unpacker) -> None:
        self._plugins = plugins
        self._unpacker = unpacker
        self._open = contextlib.ExitStack()
        self._key: tuple[Any, ...] | None = None
        self._document: Document | None = None
        self._page: tuple[int, Raster | None] | None = None

    def close(self) -> None:
        """Release the file that was kept open."""
        self._key = self._document = self._page = None
        self._open.close()

    def answer(self, job: Mapping[str, Any]) -> dict[str, Any]:
        """Return one piece as plain data.

        Args:
            job: `path`, `member`, `media_type`, `sha256` or None, `page` (1-based), `box` and `around` in points,
                `dpi`.

        Returns:
            Either `lack` ("changed": not the bytes that were read; "failed") or `left`, `top`, `width`,
            `height` in pixels of the page, the `dpi` they were drawn at, and `grey`: base64 of four bits a pixel.
        """
        try:
            document = self._opened(job)
            if document is None:
                return {"lack": "changed"}
            raster = self._drawn(document, job["page"], job["dpi"])
            return cut(raster, job["box"], job["around"]) if raster else {"lack": "failed"}
        except Exception:  # noqa: BLE001 - a format plugin, on a file from anyone
            return {"lack": "failed"}

    def _opened(self, job: Mapping[str, Any]) -> Document | None:
        """Return the file, opened; None when its bytes are not those that were read."""
        key = (job["path"], tuple(job["member"]), job["media_type"], job["sha256"])
        if self._key == key:
            return self._document
        self.close()
        file, _ = self._open.enter_context(self._unpacker.unpacked(Path(job["path"]), job["member"]))
        with file.open("rb") as stream:
            same = job["sha256"] in (None, hashlib.file_digest(stream, "sha256").hexdigest())
        if same:
            self._document = self._by_plugin(file, job["media_type"])
        self._key = key
        return self._document

    def _by_plugin(self, file: Path, media_type: str) -> Document:
        for answer in self._plugins.call("parcheck_open", path=file, media_type=media_type):
            if isinstance(answer.value, Document):
                self._open.callback(answer.value.close)
                return answer.value
        raise LookupError(media_type)

    def _drawn(self, document: Document, page: int, dpi: float) -> Raster | None:
        if self._page is None or self._page[0] != page:
            self._page = page, document.image(page, dpi) if 1 <= page <= document.page_count else None
        return self._page[1]


def cut(raster: Raster, box: Box, around: Box) -> dict[str, Any]:
    """Return the piece of a page around a box, as plain data.

    Args:
        raster: the page.
        box: what it is about, in points.
        around: how much of the page to show beyond its left, top, right and bottom, in points.
    """
    scale = raster.dpi / 72
    left = _within((box[0] - around[0]) * scale, raster.width - 1)
    top = _within((box[1] - around[1]) * scale, raster.height - 1)
    right = max(left + 1, _within((box[2] + around[2]) * scale, raster.width))
    bottom = max(top + 1, _within((box[3] + around[3]) * scale, raster.height))
    rows = []
    for row in range(top, bottom):
        start = row * raster.width
        rows.append(_packed(bytes(raster.pixels[(start + left) * 3 : (start + right) * 3])[_GREEN]))
    return {
        "left": left,
        "top": top,
        "width": right - left,
        "height": bottom - top,
        "dpi": raster.dpi,
        "grey": base64.b64encode(b"".join(rows)).decode("ascii"),
    }


def _within(value: float, most: int) -> int:
    return max(0, min(most, round(value)))


def _packed(row: bytes) -> bytes:
    """Return a row of grey values, eight bits each, as four bits each."""
    even, odd = row[::2].translate(_HIGH), row[1::2].translate(_LOW)
    both = zip(even, odd if len(even) == len(odd) else odd + _BLANK.translate(_LOW), strict=True)
    return bytes(high | low for high, low in both)
