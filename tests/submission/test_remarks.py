# SPDX-License-Identifier: Apache-2.0
"""What a cell says besides citing: attachments, reasons, shares, former names."""

from __future__ import annotations

import pytest

from parcheck_plugins.submissions.citing import find_citations
from parcheck_plugins.submissions.remarks import attached, explanation, former_names, shares


@pytest.mark.parametrize(
    "text",
    [
        "(Phụ lục tổng hợp các sáng kiến kèm theo).",
        "Danh mục văn bản đã kiểm tra gửi kèm",
        "Các báo cáo khắc phục đính kèm.",
        "Xem Phụ lục 02.",
        "Có file đính kèm",
    ],
)
def test_something_is_said_to_be_attached(text):
    assert attached(text, []) == (text.strip(),) or attached(text, [])[0] in text


@pytest.mark.parametrize(
    "text",
    [
        "Kế hoạch số 12/KH-UBND ngày 10/01/2025 của UBND tỉnh về CCHC năm 2025.",
        "Quy chế ban hành kèm theo Quyết định số 12/QĐ-UBND ngày 10/01/2025.",
        "Đã hoàn thành 45/45 nhiệm vụ.",
    ],
)
def test_nothing_is_said_to_be_attached(text):
    assert attached(text, find_citations(text)) == ()


def test_a_reason_is_an_explanation_and_a_result_is_none():
    text = "Đã tổ chức 02 hội nghị tập huấn cho công chức.\nTrong năm không phát sinh văn bản phải xử lý."
    assert explanation(text, []) == "Trong năm không phát sinh văn bản phải xử lý."


@pytest.mark.parametrize(
    ("text", "part", "whole", "unit", "percent"),
    [
        ("(42/139 đơn vị, đạt 30,2%)", 42, 139, "đơn vị", 30.2),
        ("hoàn thành 45/45 nhiệm vụ, đạt 100% kế hoạch", 45, 45, "nhiệm vụ", 100),
        ("giải quyết 1.250/1.300 hồ sơ (tỷ lệ 96,2%)", 1250, 1300, "hồ sơ", 96.2),
        ("có 165/165 kiến nghị đã được trả lời", 165, 165, "kiến nghị", None),
        ("09/10 xã, chiếm tỷ lệ: 90 %", 9, 10, "xã", 90),
        ("đạt 42/139 (30,2%)", 42, 139, "", 30.2),
    ],
)
def test_shares(text, part, whole, unit, percent):
    (share,) = shares(text)
    assert (share.part, share.whole, share.unit, share.percent) == (part, whole, unit, percent)


@pytest.mark.parametrize(
    "text",
    [
        "định kỳ tháng 11/2025",
        "ngày 30/6 hằng năm",
        "từ ngày 01/01/2025 đến ngày 31/12/2025",
        "Thông báo số 12/TB-UBND",
        "quý 4/2025 đạt 100%",
        "giai đoạn 2021-2025",
        "trực 24/7",
    ],
)
def test_what_is_no_share(text):
    assert shares(text) == ()


def test_a_bound_is_no_stated_share():
    (share,) = shares("42/139 đơn vị, đạt trên 30%")
    assert share.percent is None


def test_former_names():
    text = (
        "của UBND tỉnh Núi Xanh (trước sáp nhập); 06 Nghị quyết của tỉnh Sông Dài trước sáp nhập; tỉnh A trước và sau"
    )
    assert former_names(text) == ("UBND tỉnh Núi Xanh", "UBND tỉnh Sông Dài")
