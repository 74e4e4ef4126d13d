# SPDX-License-Identifier: Apache-2.0
"""Makes self-assessments in code: Word through python-docx, workbooks through XlsxWriter; and reads them in this
process."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import docx
import xlsxwriter

from parcheck.plugins import PluginChoice, Plugins
from parcheck.reading.tabling import read_tables
from parcheck.submission import Item
from parcheck_plugins.submissions.assessing import assessed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from parcheck.reading.grids import Tables
    from parcheck_plugins.submissions.assessing import Assessment

HEADINGS = [
    "TT",
    "Lĩnh vực/Tiêu chí/Tiêu chí thành phần",
    "Điểm chuẩn",
    "Điểm tự đánh giá",
    "Tài liệu kiểm chứng\n(Số, ký hiệu và ngày ban hành của văn bản)",
]


def word(path: Path, *tables: Sequence[Sequence[str]], title: Sequence[str] = (), merge: Sequence[tuple] = ()) -> Path:
    """Write tables of texts; `merge` names cells of the first one to merge: ((row, column), (row, column))."""
    document = docx.Document()
    for line in title:
        document.add_paragraph(line)
    made = []
    for rows in tables:
        table = document.add_table(rows=len(rows), cols=max(map(len, rows)))
        for cells, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(cells.cells, texts, strict=False):
                cell.text = text
        document.add_paragraph("")
        made.append(table)
    for first, last in merge:
        corner = made[0].cell(*first)
        text = corner.text
        merged = corner.merge(made[0].cell(*last))
        for extra in merged.paragraphs[1:]:
            extra._p.getparent().remove(extra._p)
        merged.paragraphs[0].text = ""
        merged.text = text
    document.save(str(path))
    return path


def excel(path: Path, rows: Sequence[Sequence[object]], merge: Sequence[tuple] = ()) -> Path:
    """Write one sheet; numbers stay numbers. `merge`: (row, column, row, column, text)."""
    workbook = xlsxwriter.Workbook(str(path))
    sheet = workbook.add_worksheet("Tự chấm")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(number, column, value)
    for top, left, bottom, right, text in merge:
        sheet.merge_range(top, left, bottom, right, text)
    workbook.close()
    return path


@functools.cache
def _plugins() -> Plugins:
    return Plugins(PluginChoice())


def tables(item: Item) -> Tables:
    """Return the tables of a file, read in this process."""
    return read_tables(item.file, _plugins())


def read(path: Path) -> Assessment | None:
    """Return what a self-assessment says, None where it is none."""
    return assessed(tables(Item(path, path.name)).grids, path.name)
