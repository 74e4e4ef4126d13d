# SPDX-License-Identifier: Apache-2.0
"""The day of a biên bản: its letterhead has none, the body says when people met (NĐ 30/2020/NĐ-CP, Mẫu 1.9)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from parcheck.model import Source
from parcheck_plugins.letterhead import grammar
from parcheck_plugins.letterhead.geometry import Found

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcheck.reading.document import Line

_DAY: Final = r"\d{1,2}\s?(?:[/.-]\s?\d{1,2}\s?[/.-]\s?|\s*tháng\s+(?:\d{1,2}|[^\W\d_]+)\s+năm\s+)\d{4}(?!\d)"
_HELD: Final = re.compile(
    r"\W{0,3}(?:\d{1,2}[.)]\s*|[IVX]{1,4}\.\s*)?"
    r"(?:hôm nay|(?:vào\s+)?(?:hồi|lúc)|thời gian(?:\s+(?:bắt đầu|họp|làm việc|lập biên bản|lập|tổ chức|khai mạc"
    r"|tiến hành|cuộc họp))?\s*:)"
    rf"(?P<between>[^;]{{0,80}}?)\bngày\s+(?P<date>{_DAY})",
    re.IGNORECASE,
)
_CITES: Final = re.compile(r"\bsố\b|\w/[A-ZĐ]|căn cứ|theo|thực hiện|\bngày\s+\d|đến ngày|từ ngày|trước", re.IGNORECASE)
_REACH: Final = 30
"""Lines below the title in which the opening words stand."""


def held_on(lines: Sequence[Line], top: float) -> Found | None:
    """Return the day on which minutes say that people met: "Hôm nay, ngày …", "Vào hồi … ngày …", "Thời gian: …".

    Args:
        lines: the lines of the first page.
        top: where the title ends, in points from the top; what stands above is no body.

    Returns:
        The ISO date and its lines; None when the day is blank, or only another document's date is given.
    """
    below = [x for x in lines if x.box[1] >= top and x.source is not Source.STAMP][:_REACH]
    text, starts = "", []
    for line in below:
        starts.append(len(text))
        text += line.text + " "
    for start in starts:
        match = _HELD.match(text, start)
        if match is None or _CITES.search(match["between"]):
            continue
        date = grammar.parse_date("ngày " + match["date"])
        if date is not None:
            taken = [
                x for x, at in zip(below, starts, strict=True) if match.start() < at + len(x.text) and at < match.end()
            ]
            return Found(date.isoformat(), tuple(taken))
    return None
