# SPDX-License-Identifier: Apache-2.0
"""Workbooks of findings as an office program saves them again once an appraiser has filled rows in."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

import reportmaking as making
import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FINDINGS = "Các nội dung"
DECISION, REASON, WHO = "Quyết định của người thẩm định", "Lý do quyết định", "Người quyết định (họ tên, cơ quan)"
WHEN, UNTIL = "Ngày quyết định (ngày/tháng/năm)", "Có hiệu lực đến hết ngày (ngày/tháng/năm)"
MARK = "Dấu riêng của nội dung (không sửa)"


class Formula(str):
    """A formula; its result is the text after "→", none where there is no arrow."""

    __slots__ = ()


def saved_again(
    package: bytes,
    rows: Mapping[int, Mapping[str, Any]],
    path: Path,
    *,
    sheet: str = FINDINGS,
    above: int = 0,
    turned: bool = False,
    pack: str | None = None,
) -> Path:
    """Write a workbook with cells filled in, texts in a table of their own as Excel and LibreOffice keep them.

    Args:
        package: the workbook that parcheck wrote.
        rows: row of the sheet of findings, from 1, to heading to value.
        path: takes the workbook.
        sheet: name of the sheet of findings.
        above: so many rows were put in above the headings.
        turned: whether the columns were put in the opposite order.
        pack: rule set that the file says it is for.
    """
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        if pack:
            book.set_custom_property("parcheck-pack", pack)
        for name, cells in making.sheets(package).items():
            page = book.add_worksheet(name)
            heads = cells[0]
            for number, line in enumerate(cells, start=1):
                values = dict(enumerate(line))
                if name == sheet:
                    values |= {heads.index(head): value for head, value in rows.get(number, {}).items()}
                for column, value in values.items():
                    at = (number - 1 + (above if name == sheet else 0), len(heads) - column if turned else column)
                    if isinstance(value, Formula):
                        text, _, result = value.partition("→")
                        page.write_formula(*at, text, None, int(result) if result.isdecimal() else result)
                    elif isinstance(value, datetime.date):
                        page.write_datetime(*at, value, day)
                    elif value != "":
                        page.write(*at, value)
    return path


def rows_of(package: bytes, sheet: str = FINDINGS) -> list[dict[str, Any]]:
    """Return the rows of the sheet of findings by heading."""
    heads, *lines = making.sheets(package)[sheet]
    return [dict(zip(heads, line, strict=True)) for line in lines]
