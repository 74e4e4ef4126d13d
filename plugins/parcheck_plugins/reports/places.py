# SPDX-License-Identifier: Apache-2.0
"""Places in a spreadsheet: "$AB$12" and the numbers behind it."""

from __future__ import annotations

import re
from typing import Final

REFERENCE: Final = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
"""A cell: letters of the column, number of the row."""


def number_of(letters: str) -> int:
    """Return the number of a column, from 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def letters_of(number: int) -> str:
    """Return the letters of a column."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
