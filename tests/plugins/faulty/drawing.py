# SPDX-License-Identifier: Apache-2.0
"""Opens files as pages that are drawn: the first well, the others each go wrong in one way."""

from __future__ import annotations

import os
import time

import parcheck
from parcheck.reading.document import Document
from parcheck.reading.recognition import Raster

MEDIA_TYPE = "application/x-drawn"
WIDTH, HEIGHT = 600, 800
"""Points."""
BLACK = (100, 200, 260, 230)
"""The box of the first page that is black."""
GOOD, CRASHES, HANGS, LIES, RAISES, NOTHING = range(1, 7)


def _drawn(dpi):
    scale = dpi / 72
    wide, high = round(WIDTH * scale), round(HEIGHT * scale)
    left, top, right, bottom = (round(at * scale) for at in BLACK)
    white = b"\xff" * wide * 3
    marked = b"\xff" * left * 3 + b"\0" * (right - left) * 3 + b"\xff" * (wide - right) * 3
    return Raster(wide, high, b"".join(marked if top <= row < bottom else white for row in range(high)), dpi)


class Drawing(Document):
    media_type = MEDIA_TYPE
    page_count = 6

    def __init__(self, path):
        self.path = path

    def text(self, page):
        return ""

    def lines(self, page):
        return []

    def image(self, page, dpi):
        match page:
            case 1:
                return _drawn(dpi)
            case 2:
                os.abort()
            case 3:
                time.sleep(600)
            case 4:
                return Raster(10_000, 10_000, b"\0" * 30, dpi)
            case 5:
                raise ValueError(page)
        return None

    def close(self):
        pass


@parcheck.hookimpl
def parcheck_open(path, media_type):
    return Drawing(path) if media_type == MEDIA_TYPE else None
