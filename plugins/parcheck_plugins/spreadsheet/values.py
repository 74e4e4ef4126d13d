# SPDX-License-Identifier: Apache-2.0
"""Cell values as a Vietnamese reader writes them."""

from __future__ import annotations

import datetime as dt
from typing import TypeAlias

from parcheck_plugins.letterhead.folding import normalise

Value: TypeAlias = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta
"""What a cell can hold; "" when it is empty."""


def cell_text(value: Value) -> str:
    """Return a cell's value as text: dd/mm/yyyy, a decimal comma, NFC; line breaks inside a cell stay.

    Numbers get no dots between thousands: whether a cell holds an amount, a year or a code stands in its number
    format only, which is not read.
    """
    if isinstance(value, str):
        lines = (" ".join(line.split()) for line in normalise(value).split("\n"))
        return "\n".join(line for line in lines if line)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, dt.datetime):
        date = f"{value:%d/%m}/{value.year:04}"
        return date if value.time() == dt.time() else f"{date} {value:%H:%M}"
    if isinstance(value, dt.date):
        return f"{value:%d/%m}/{value.year:04}"
    if isinstance(value, dt.time):
        return f"{value:%H:%M}" if not value.second else f"{value:%H:%M:%S}"
    minutes = round(value.total_seconds() / 60)
    return f"{minutes // 60}:{minutes % 60:02}"


def _number(value: float) -> str:
    """Return a number as a cell of the format "General" shows it: 11 places at most, so that 0.1 + 0.2 is 0,3."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    text = f"{value:.11g}"
    if "e" in text:
        return text.replace(".", ",").replace("e", "E")
    return text.replace(".", ",")
