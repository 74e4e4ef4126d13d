# SPDX-License-Identifier: Apache-2.0
"""Figures that a self-assessment states for rows scored part by part: taken only where nothing is in doubt."""

from __future__ import annotations

import pytest

from parcheck.checking import load_pack
from parcheck.judging.sheet import figures_said
from parcheck.submission import Claim
from parcheck_plugins.submissions.remarks import shares


@pytest.fixture(scope="module")
def rows():
    return {criterion.code: criterion for criterion in load_pack("par-tinh-2025").criteria}


def said(rows, code: str, text: str) -> dict[str, float]:
    return figures_said(rows[code], Claim(said=text, shares=shares(text)))


def test_each_share_goes_to_the_part_that_counts_it(rows):
    """4.1.2: departments, their divisions, and the divisions of communes."""
    text = (
        "- 15/15 sở, ngành đã hoàn thành việc sắp xếp, đạt 100%.\n"
        "- 98/100 phòng chuyên môn, tổ chức hành chính khác thuộc UBND cấp xã đã hoàn thành, đạt 98%."
    )
    assert said(rows, "4.1.2", text) == {"1.a": 15, "1.b": 15, "3.a": 100, "3.b": 98}


def test_words_around_a_share_tell_parts_apart_that_count_the_same(rows):
    """7.1: tasks of the province's own plan, and tasks given besides."""
    text = (
        "Đã hoàn thành 50/50 nhiệm vụ đề ra theo kế hoạch của tỉnh. Hoàn thành 9/10 nhiệm vụ được giao ngoài kế hoạch."
    )
    found = said(rows, "7.1", text)
    assert (found.get("2.a"), found.get("2.b")) == (10, 9)


@pytest.mark.parametrize(
    "text",
    [
        "45/45 phòng chuyên môn đã hoàn thành việc sắp xếp, đạt 100%.",
        "10/12 phòng chuyên môn thuộc sở, 30/31 phòng chuyên môn thuộc UBND cấp xã.",
        "Tỷ lệ hoàn thành 45/45, đạt 100%.",
        "14/15 sở, ngành. Sau rà soát: 15/15 sở, ngành.",
        "Đã hoàn thành sắp xếp, trong đó 5/5 sở, ngành mới.",
        "16/15 sở, ngành đã hoàn thành.",
    ],
)
def test_what_is_in_doubt_stays_open(rows, text):
    assert said(rows, "4.1.2", text) == {}


def test_a_row_of_one_part_of_one_whole_is_read_as_before(rows):
    assert said(rows, "1.1", "Đã hoàn thành 45/45 nhiệm vụ, đạt 100% kế hoạch.") == {"a": 45, "b": 45}
