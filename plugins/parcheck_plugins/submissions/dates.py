# SPDX-License-Identifier: Apache-2.0
"""Dates as people write them behind a citation: "ngày 15/7/2025", "(15-7-2025)", "ngày 15 tháng 7 năm 2025"."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

_NUMERIC: Final = (
    r"(?P<d{0}>\d{{1,2}})\s?(?P<s{0}>[/.\-])\s?(?P<m{0}>\d{{1,2}})\s?(?P=s{0})\s?(?P<y{0}>\d{{4}}|\d{{2}})(?![\d/])"
)
_LONG: Final = (
    r"(?P<d2>\d{1,2})\s*tháng\s*(?P<m2>\d{1,2}|[^\W\d_]+(?:\s+(?:một|hai))?)\s*,?\s*năm\s*(?P<y2>\d{4})(?!\d)"
)
FOLLOWING: Final = re.compile(
    r"[\s,\-]*\(?\s*(?:(?:được\s+)?(?:ban hành|ký)\s+)?"
    rf"(?:ngày\s*(?:{_LONG}|{_NUMERIC.format(1)})|{_NUMERIC.format(3)})\s*\)?",
    re.IGNORECASE,
)
"""A date right behind what it dates."""
INCOMPLETE: Final = re.compile(
    r"[\s,]*\(?\s*(?:ban hành\s+)?(?:ngày[\s.…]*\d{0,2}\s*(?:[/.-]|tháng)[\s.…]*\d{0,2}(?:\s*(?:[/.-]|năm)\s*\d{0,4})?"
    r"|tháng\s*\d{1,2}\s*(?:/|năm)\s*\d{4})",
    re.IGNORECASE,
)
"""A date with a part left out or left blank."""
_MONTHS: Final = {
    "giêng": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
    "mười": 10, "mười một": 11, "mười hai": 12, "chạp": 12,
}  # fmt: skip


def date_of(match: re.Match[str]) -> dt.date | None:
    """Return the date that `FOLLOWING` matched; None for one that no calendar has."""
    groups = match.groupdict()
    day = groups["d1"] or groups["d2"] or groups["d3"]
    month = groups["m1"] or groups["m2"] or groups["m3"]
    year = groups["y1"] or groups["y2"] or groups["y3"]
    named = _MONTHS.get(" ".join(month.casefold().split()), None) if not month.isdecimal() else int(month)
    try:
        found = dt.date(int(year) + (2000 if len(year) == 2 else 0), named or 0, int(day))
    except ValueError:
        return None
    return found if 1945 <= found.year <= 2100 else None
