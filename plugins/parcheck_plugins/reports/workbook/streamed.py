# SPDX-License-Identifier: Apache-2.0
"""A worksheet that forgets a row once it is on disk: without it memory grows with every row that has a height."""

from __future__ import annotations

from typing import Any, Final

from xlsxwriter.worksheet import Worksheet

_KEPT: Final = ("row_info", "set_rows", "row_sizes")
"""Where XlsxWriter notes what `set_row` was told, in its releases since 3.2.5: about 150 bytes a row, to the end."""


class StreamedSheet(Worksheet):  # type: ignore[misc] # the library has no types
    """A worksheet of a workbook with constant memory; rows are written from the top down.

    In such a workbook a row goes to disk when the next one begins. What the library keeps of it after that serves to
    place pictures, and these workbooks have none.
    """

    def set_row(self, row: int, *args: Any, **options: Any) -> Any:
        """Set height and look of a row, and forget those of rows before the last one."""
        result = super().set_row(row, *args, **options)
        for name in _KEPT:
            kept = getattr(self, name, {})
            for old in [number for number in kept if number < row - 1]:
                del kept[old]
        return result
