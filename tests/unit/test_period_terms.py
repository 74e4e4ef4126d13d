# SPDX-License-Identifier: Apache-2.0
"""One period is one term, however an office writes it, and a date is no period."""

from __future__ import annotations

import pytest

from parcheck_plugins.vocabulary.wording import has_term, text_words


@pytest.mark.parametrize(
    ("title", "term"),
    [
        ("Công tác CCHC sáu tháng đầu năm 2025", "6 tháng"),
        ("Công tác CCHC 06 tháng đầu năm 2025", "6 tháng"),
        ("Công tác CCHC 6 tháng đầu năm 2025", "06 tháng"),
        ("Công tác CCHC chín tháng đầu năm 2025", "9 tháng"),
        ("Công tác CCHC quý 3/2025", "quý III"),
        ("Công tác CCHC Quý III năm 2025", "quý 3"),
        ("Công tác CCHC quý ba năm 2025", "quý III"),
    ],
)
def test_a_period_is_known_in_any_writing(title, term):
    assert has_term(text_words(title), term)


@pytest.mark.parametrize(
    ("title", "term"),
    [
        ("Công tác CCHC quý IV năm 2025", "quý I"),
        ("Công tác CCHC quý 1 năm 2025", "quý III"),
        ("Số liệu từ ngày 06 tháng 7 năm 2025", "06 tháng"),
        ("Số liệu đến ngày 6 tháng 12 năm 2025", "6 tháng"),
        ("Chương trình 36 tháng", "6 tháng"),
        ("Công tác tháng 6 năm 2025", "6 tháng"),
    ],
)
def test_another_period_or_a_date_is_not_it(title, term):
    assert not has_term(text_words(title), term)
