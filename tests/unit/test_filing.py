# SPDX-License-Identifier: Apache-2.0
"""Which criterion a folder's name means."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcheck.submission import Claim, Handed, Item
from parcheck.submission.filing import code_in, filed_under, filed_within

CODES = {"1", "1.1", "1.2", "1.3", "1.3.1", "1.3.2", "2", "2.1", "10", "II", "II.1", "3.1a"}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("1.3.1", "1.3.1"),
        ("1.3.1 - Kiểm tra", "1.3.1"),
        ("1.3.1. Kiểm tra", "1.3.1"),
        ("1.3.1_Kiểm tra", "1.3.1"),
        ("1.3.1–Kiểm tra", "1.3.1"),
        ("1.3.1(bổ sung)", "1.3.1"),
        ("  1.1 ", "1.1"),
        ("Tiêu chí 1.1", "1.1"),
        ("TIÊU CHÍ 1.1: Kế hoạch", "1.1"),
        ("Tiêu chí thành phần 1.3.1", "1.3.1"),
        ("TC 1.1", "1.1"),
        ("tc1.1", "1.1"),
        ("TCTP 1.3.1", "1.3.1"),
        ("Mục 1.1", "1.1"),
        ("Lĩnh vực 1", "1"),
        ("LV1 - Chỉ đạo", "1"),
        ("II.1 Nội dung", "II.1"),
        ("3.1a", "3.1a"),
        ("1.1, 1.2", "1.1"),
        ("2025", None),
        ("Năm 2025", None),
        ("Kế hoạch", None),
        ("12KH-UBND", None),
        ("", None),
        ("1.1Kế hoạch", None),
        ("1.2.", "1.2"),
        ("CCHC", None),
        ("Mục lục", None),
    ],
)
def test_the_code_that_a_name_begins_with(name, code):
    assert code_in(name) == code


@pytest.mark.parametrize(
    ("folders", "filed", "strange"),
    [
        ((), None, None),
        (("1.1",), "1.1", None),
        (("Hồ sơ", "1.1 - Kế hoạch"), "1.1", None),
        (("Lĩnh vực 1", "1.3", "1.3.1"), "1.3.1", None),
        (("1.2", "3 - quý III"), "1.2", None),
        (("1.2", "2.1"), "1.2", None),
        (("1.3", "1.3.9 - Khác"), "1.3", "1.3.9 - Khác"),
        (("1.9 - Cũ",), None, "1.9 - Cũ"),
        (("1.9 - Cũ", "1.1"), "1.1", "1.9 - Cũ"),
        (("9",), None, None),
        (("Năm 2025",), None, None),
        (("10",), "10", None),
        (("1", "10"), "1", None),
    ],
)
def test_the_deepest_folder_that_names_a_code_counts(folders, filed, strange):
    assert filed_under(folders, CODES) == (filed, strange)


@given(st.text(max_size=30))
def test_a_code_found_stands_in_the_name(name):
    code = code_in(name)
    assert code is None or code in name


@given(st.sampled_from(sorted(CODES)), st.sampled_from(["", " ", " - ", ". ", "_", ": "]), st.text(max_size=20))
def test_a_code_is_found_whatever_is_said_behind_it(code, gap, words):
    """Unless the words go on where the code stops: "1.1" and ".2" make "1.1.2"."""
    name = f"{code}{gap or ' '}{words}"
    assert (code_in(name) or "").startswith(code)


def test_checking_one_criterion_leaves_the_files_of_others_alone(facts_handed):
    kept = filed_within(facts_handed, {"1", "1.1"}, {"1", "1.1", "2", "2.1"})
    assert [item.path for item in kept.items] == ["1.1/a.pdf", "1/b.pdf", "2.1/listed.pdf", "loose.pdf"]


@pytest.fixture
def facts_handed():
    paths = ["1.1/a.pdf", "1/b.pdf", "2.1/c.pdf", "2.1/listed.pdf", "loose.pdf"]
    items = tuple(Item(Path(path), path) for path in paths)
    return Handed(path=Path("ho-so"), items=items, claims={"1.1": Claim(files=("listed.pdf",))})
