# SPDX-License-Identifier: Apache-2.0
"""Numbers stated of what is listed right behind them."""

from __future__ import annotations

import pytest

from parcheck_plugins.submissions.citing import find_citations
from parcheck_plugins.submissions.counts import counts_that_differ

ONE, TWO, THREE = (f"Công văn số {n}/UBND-NC ngày 0{n}/3/2025" for n in (5, 6, 7))


def counts(text: str) -> list[tuple[int, int, str]]:
    return [(each.stated, each.listed, each.words) for each in counts_that_differ(text, find_citations(text))]


def meetings(stated: str, listed: int) -> str:
    items = "\n".join(f"({n}) Ngày 0{n}/3/2025: Hội nghị đối thoại." for n in range(1, listed + 1))
    return f"2. Trong năm, tỉnh đã tổ chức {stated} cuộc đối thoại với doanh nghiệp:\n{items}\n3. Nội dung khác."


@pytest.mark.parametrize(
    ("stated", "listed", "differs"), [("09", 9, False), ("09", 8, True), ("9", 9, False), ("7", 9, True)]
)
def test_a_numbered_list_is_counted(stated, listed, differs):
    assert bool(counts(meetings(stated, listed))) is differs


def test_the_number_and_what_was_listed_are_told():
    assert counts(meetings("09", 7)) == [(9, 7, "09 cuộc")]


@pytest.mark.parametrize(
    ("text", "differs"),
    [
        (f"Đã ban hành 02 văn bản ({ONE}; {TWO}).", False),
        (f"Đã ban hành 03 văn bản ({ONE}; {TWO}).", True),
        (f"Đã ban hành 02 công văn chỉ đạo gồm: {ONE}; {TWO}; {THREE}", False),
        (f"Đã ban hành 12 văn bản:\n- {ONE}.\n- {TWO}.", True),
        (f"Đã ban hành 02 văn bản:\n- {ONE}.\n- {TWO}.\nNội dung khác.", False),
        (f"Đã ban hành 03 văn bản:\n- {ONE}; {TWO}.\n- {THREE}.", False),
    ],
)
def test_documents_are_counted_where_they_are_listed(text, differs):
    assert bool(counts(text)) is differs


@pytest.mark.parametrize(
    "text",
    [
        f"Đã ban hành 12 văn bản, trong đó có {ONE}; {TWO}.",
        f"Đã ban hành 12 văn bản (như {ONE}; {TWO}).",
        f"Đã ban hành 12 văn bản ({ONE}; {TWO}…).",
        f"Đã ban hành 12 văn bản (danh mục kèm theo; {ONE}; {TWO}).",
        f"Số văn bản cần xử lý là 01 văn bản theo các Kết luận ({ONE}; {TWO}).",
        f"Đã ban hành 12 văn bản ({ONE}).",
        "04/04 báo cáo (đầy đủ): xem dưới",
        "Một số giải pháp mang lại hiệu quả:\n(1) Mô hình A.\n(2) Mô hình B.",
        "Tổ chức 05 buổi, 03 lớp:\n(1) Buổi một.\n(2) Buổi hai.",
    ],
)
def test_what_is_no_plain_list_is_left_alone(text):
    assert counts(text) == []


def test_a_list_with_paragraphs_between_its_items_is_counted_whole():
    text = "Đã tổ chức 03 hội nghị:\n(1) Hội nghị một.\nThành phần: các sở.\n(2) Hội nghị hai.\n(3) Hội nghị ba."
    assert counts(text) == []
