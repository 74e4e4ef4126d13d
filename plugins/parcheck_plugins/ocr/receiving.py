# SPDX-License-Identifier: Apache-2.0
"""Where "Nơi nhận" stands in the left column of a signature block: seen by its length, so that only it need be read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from parcheck_plugins.letterhead import folding
from parcheck_plugins.ocr import assemble, engine, outline, repair
from parcheck_plugins.ocr.prepare import INK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcheck_plugins.ocr.assemble import Row
    from parcheck_plugins.ocr.engine import Engine
    from parcheck_plugins.ocr.prepare import Grey

_RECEIVES: Final = re.compile(r"^N[O0Q]INHAN")
_WIDE: Final = (0.5, 1.3)
"""Inches: in the sizes 11 to 14 the words are 0.6 to 1 wide."""
_MOST: Final = 3
"""Lines as short that are read: items of the list are below, the end of a paragraph may be above."""
_PAD: Final = 0.8
"""Of the height of a line's middle: marks above, tails below."""


def named(rows: Sequence[Row]) -> Row | None:
    """Return the first row that says "Nơi nhận"."""
    return next((row for row in rows if _RECEIVES.match(folding.key(repair.receivers(row.text)))), None)


def seen(column: Grey, dpi: float, with_: Engine) -> Row | None:
    """Return the row "Nơi nhận" of a column; None where no short line of it reads so."""
    short = [
        line for line in outline.lines(column < INK, dpi) if _WIDE[0] * dpi < line.right - line.left < _WIDE[1] * dpi
    ]
    for line in short[:_MOST]:
        pad = round(_PAD * (line.bottom - line.top))
        top, left = max(0, line.top - pad), max(0, line.left - pad)
        words = with_.words(column[top : line.bottom + pad, left : line.right + pad], engine.LINE, dpi)
        if words and (row := named([assemble.moved(words, left, top)])) is not None:
            return row
    return None
