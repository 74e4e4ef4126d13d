# SPDX-License-Identifier: Apache-2.0
"""Terms in titles: one period however an office writes it, a date is no period, recognised words may be misread."""

from __future__ import annotations

import pytest

from parcheck.judging.vocabulary import Context, Failure, Undecided
from parcheck.model import Place, Reading, Source, Status
from parcheck_plugins.vocabulary import parcheck_keywords
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


KEYWORDS = {keyword.name: keyword for keyword in parcheck_keywords()}


def held(keyword, parameter, title, source):
    """Return what a keyword says of a title that was read from a text layer, or recognised from pixels."""
    where = {"subject": Place(1, words=title, source=source, confidence=0.96)}
    reading = Reading("a.pdf", None, None, Status.READ, {"subject": title}, {}, where)
    return [type(result) for result in KEYWORDS[keyword].check(title, parameter, Context(reading, 2025))]


@pytest.mark.parametrize(
    ("keyword", "parameter", "title"),
    [
        ("mentions", ["kiểm tra"], "Kiếm tra công tác CCHC năm 2025"),
        ("mentions", ["cải cách hành chính"], "Công tác cài cách hành chinh năm 2025"),
        ("mentions", [["6 tháng", "quý II"]], "Công tác CCHC ó tháng đầu năm 2025"),
        ("mentions", ["kiểm tra"], "Kế hoạch … công tác CCHC năm 2025"),
        ("mentionsNone", ["năm 2024"], "Công tác CCHC năm 2024"),
        ("mentionsNone", ["quý I"], "Công tác CCHC quý I năm 2025"),
        ("forYear", 2025, "Công tác CCHC năm 2026"),
    ],
)
def test_a_misread_letter_or_digit_accuses_nobody(keyword, parameter, title):
    assert held(keyword, parameter, title, Source.OCR) == [Undecided]
    assert held(keyword, parameter, title, Source.TEXT) == [Failure]


@pytest.mark.parametrize(
    ("keyword", "parameter", "title"),
    [
        ("mentions", ["kiểm tra"], "Công tác tuyên truyền CCHC năm 2025"),
        ("mentionsNone", ["kiểm tra"], "Kiểm tra công tác CCHC năm 2025"),
    ],
)
def test_what_is_plainly_another_title_is_so_in_a_scan_too(keyword, parameter, title):
    assert held(keyword, parameter, title, Source.OCR) == [Failure]


@pytest.mark.parametrize(
    ("facts", "result"),
    [({}, Undecided), ({"issuer": "SỞ NỘI VỤ"}, Failure), ({"draft": True}, Failure), ({"symbol": "1/BC-A"}, Failure)],
)
def test_only_a_file_that_is_no_document_of_its_own_may_be_the_appendix(facts, result):
    reading = Reading("a.pdf", None, None, Status.READ)
    context = Context(reading, 2025, companions=(Reading("b.pdf", None, None, Status.READ, facts),))
    assert [type(each) for each in KEYWORDS["attached"].check({"declared": 1, "found": 0}, True, context)] == [result]
