# SPDX-License-Identifier: Apache-2.0
"""The page on report formats names what there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import reportmaking as making

from parcheck.catalogue import shipped
from parcheck_plugins.reports.as_csv import COLUMNS

PAGE = (Path(__file__).parents[2] / "docs/reference/reports.md").read_text(encoding="utf-8")


def test_every_format_is_on_the_page_with_its_ending(session):
    listed = dict(re.findall(r"^\| `([a-z-]+)` \| `?([.a-z–]+)`? \|", PAGE, re.MULTILINE))
    endings = {"text": "–", "sheet-back": "–"}
    assert listed == {name: endings.get(name, each.extension) for name, each in making.formats(session).items()}


def test_no_two_formats_take_one_file_name(session):
    endings = [each.extension for each in making.formats(session).values()]
    assert len(set(endings)) == len(endings)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_columns_of_the_csv_are_on_the_page(language):
    rows = re.findall(r"^\| \d+ \| (.+) \| (.+) \|$", PAGE, re.MULTILINE)
    named = [shipped().term("workbook", key, language) for key in COLUMNS]
    assert [row[language == "en"] for row in rows] == named


def test_the_sheets_of_the_workbook_are_on_the_page(session):
    cells = making.sheets(making.written(making.every_outcome(), session, "xlsx"))
    part = PAGE.partition("## xlsx")[2].partition("##")[0]
    assert re.findall(r"^\| ([^|]+?) \| ", part, re.MULTILINE)[1:] == list(cells)
