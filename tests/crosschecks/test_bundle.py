# SPDX-License-Identifier: Apache-2.0
"""Documents of one submission that speak of each other: replaced, cited with another date, last year's."""

from __future__ import annotations

import pytest

from parcheck.model import Certainty, Evidence, Place, Reading, Severity, Source, Status
from parcheck_plugins.body.pages import Body
from parcheck_plugins.crosschecks.cited_here import CitedHere
from parcheck_plugins.crosschecks.citing import cited_documents, replaced_documents
from parcheck_plugins.crosschecks.repeated import RepeatedText, other_years
from parcheck_plugins.crosschecks.replaced import Replaced
from parcheck_plugins.crosschecks.sketching import sketch

PLAN = {
    "type": "KH", "sign": "KH-UBND", "symbol": "12/KH-UBND", "issued_on": "2025-01-10", "issuer": "UBND XÃ AN BÌNH",
    "subject": "Cải cách hành chính năm 2025", "draft": False,
}  # fmt: skip
PROVINCE = {"symbol": "03/KH-UBND", "issuer": "ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG", "issued_on": "2025-01-06"}


def body(text):
    found = Body(text=text, pages=1)
    found._starts, found._numbers = [0], [1]
    return found


def document(name, where=None, **facts):
    reading = Reading(name, f"sha {name}", "application/pdf", Status.READ, {**PLAN, **facts}, {}, where or {})
    return Evidence(name, f"1.1/{name}.pdf", None, ("1.1",), reading)


# --- what a text says of other documents


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("Điều 2. Quyết định này có hiệu lực kể từ ngày ký và thay thế Quyết định số 12/QĐ-UBND ngày 10/01/2024.",
         ["12/QĐ-UBND"]),
        ("Điều 3. Bãi bỏ Quyết định số 12/QĐ-UBND ngày 10 tháng 01 năm 2024 của UBND xã.", ["12/QĐ-UBND"]),
        ("Kế hoạch này thay thế Kế hoạch số 15/KH-UBND ngày 03/02/2025 của UBND tỉnh.", ["15/KH-UBND"]),
        ("Bãi bỏ các Quyết định số 1/QĐ-UBND ngày 10/01/2024, Quyết định số 2/QĐ-UBND và\nQuyết định số 3/QĐ-UBND.",
         ["1/QĐ-UBND", "2/QĐ-UBND", "3/QĐ-UBND"]),
        ("Nghị định số 73/2019/NĐ-CP ngày 05/9/2019 hết hiệu lực kể từ ngày Nghị định này có hiệu lực.",
         ["73/2019/NĐ-CP"]),
        ("UBND XÃ AN BÌNH\nQUYẾT ĐỊNH\nVề việc bãi bỏ Quyết định số 5/2020/QĐ-UBND ngày 10/02/2020",
         ["5/2020/QĐ-UBND"]),
        ("Đề nghị UBND tỉnh bãi bỏ Quyết định số 12/QĐ-UBND ngày 10/01/2024.", []),
        ("Dự thảo Quyết định này thay thế Quyết định số 12/QĐ-UBND ngày 10/01/2024.", []),
        ("Quyết định này không thay thế Quyết định số 12/QĐ-UBND ngày 10/01/2024.", []),
        ("Điều 2. Quyết định này sửa đổi, bổ sung Quyết định số 12/QĐ-UBND ngày 10/01/2024.", []),
        ("Bãi bỏ khoản 2 Điều 3 Quyết định số 12/QĐ-UBND ngày 10/01/2024.", []),
        ("Điều 58 Nghị định số 129/2025/NĐ-CP ngày 11/6/2025 hết hiệu lực.", []),
        ("Quyết định số 12/QĐ-UBND ngày 10/01/2024 chưa hết hiệu lực.", []),
        ("Thực hiện Nghị định số 118/2025/NĐ-CP ngày 09/6/2025 thay thế Nghị định số 61/2018/NĐ-CP.", []),
        ("Quyết định này thay thế Quyết định số 1/QĐ-UBND về việc thực hiện Luật và Nghị định số 61/2018/NĐ-CP.",
         ["1/QĐ-UBND"]),
    ],
)  # fmt: skip
def test_what_is_declared_void_as_a_whole(text, symbols):
    assert [entry["symbol"] for entry in replaced_documents(body(text))] == symbols


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Thực hiện Kế hoạch số 03/KH-UBND ngày 06/01/2025 của UBND tỉnh Lâm Đồng về cải cách hành chính năm 2025;",
         ("2025-01-06", "UBND tỉnh Lâm Đồng", "về cải cách hành chính năm 2025")),
        ("Kế hoạch số 03/KH-UBND của UBND tỉnh ngày 06/01/2025 về việc triển khai;",
         ("2025-01-06", "UBND tỉnh", "về việc triển khai")),
        ("theo Kế hoạch số 03/KH-UBND của UBND tỉnh.", (None, "UBND tỉnh", None)),
        ("theo Kế hoạch số 03/KH-UBND.", (None, None, None)),
    ],
)  # fmt: skip
def test_who_issued_what_is_cited_and_on_what(text, said):
    (entry,) = cited_documents(body(text))
    assert (entry["issued_on"], entry["by"], entry["about"]) == said


# --- replaced


def replacing(**entry):
    return [{"symbol": "12/KH-UBND", "issued_on": "2025-01-10", "own": True, "words": "thay thế …", "page": 2} | entry]


def test_the_document_that_says_it_is_named_with_its_words():
    new = document("new", symbol="20/KH-UBND", issued_on="2025-03-01", replaced_documents=replacing())
    (finding,) = Replaced().check([document("old"), new])
    assert (finding.document, finding.args["other"]) == ("new", "1.1/old.pdf")
    assert (finding.certainty, finding.severity, finding.place.page) == (Certainty.HINT, Severity.WARNING, 2)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({}, {"replaced_documents": replacing(issued_on="2024-01-10")}),
        ({}, {"replaced_documents": replacing(issued_on=None)}),
        ({}, {"replaced_documents": replacing(own=False), "type": "BC"}),
        ({}, {"replaced_documents": replacing(), "draft": True}),
        ({}, {"replaced_documents": replacing(), "issued_on": "2024-12-01"}),
        ({"issued_on": None}, {"replaced_documents": replacing()}),
        ({"where": {"symbol": Place(1, source=Source.OCR)}}, {"replaced_documents": replacing()}),
    ],
)
def test_what_proves_no_replacement(old, new):
    issued = {"symbol": "20/KH-UBND", "issued_on": "2025-03-01"} | new
    assert list(Replaced().check([document("old", **old), document("new", **issued)])) == []


# --- cited documents that are there


def citing(**entry):
    said = {"symbol": "03/KH-UBND", "issued_on": "2025-01-06", "by": "UBND tỉnh Lâm Đồng", "about": None}
    return [{**said, "words": "Kế hoạch số 03/KH-UBND", "page": 1, **entry}]


def said(province, **own):
    documents = [document("province", **{**PROVINCE, **province}), document("own", **own)]
    return [finding.code for finding in CitedHere().check(documents)]


def test_dates_that_differ_within_one_year():
    assert said({}, cited_documents=citing(issued_on="2025-01-08")) == ["cited-date-differs"]
    assert said({}, cited_documents=citing(issued_on="2025-01-08", by="UBND tỉnh")) == ["cited-date-differs"]
    assert said({}, cited_documents=citing(issued_on="2025-01-08", by="Chủ tịch UBND tỉnh")) == ["cited-date-differs"]


@pytest.mark.parametrize(
    "entry",
    [
        {},
        {"issued_on": "2024-01-08"},
        {"issued_on": "2025-01-08", "by": None},
        {"issued_on": "2025-01-08", "by": "UBND"},
        {"issued_on": "2025-01-08", "by": "UBND tỉnh Lâm Bình"},
        {"issued_on": "2025-01-08", "by": "UBND xã An"},
        {"issued_on": "2025-01-08", "page": 4},
    ],
)
def test_citations_that_show_nothing(entry):
    assert said({}, cited_documents=citing(**entry)) == []


def test_a_number_of_two_days_is_left_alone():
    two = [document(name, **{**PROVINCE, "issued_on": day}) for name, day in (("a", "2025-01-06"), ("b", "2025-02-06"))]
    assert list(CitedHere().check([*two, document("own", cited_documents=citing(issued_on="2025-01-08"))])) == []


@pytest.mark.parametrize(
    ("province", "entry", "codes"),
    [
        ({"issued_on": "2025-03-01"}, {"issued_on": None}, ["cites-younger"]),
        ({"issued_on": "2025-01-06"}, {"issued_on": None}, []),
        ({"issued_on": "2026-03-01"}, {"issued_on": None}, []),
        ({"issued_on": "2025-03-01"}, {"issued_on": None, "about": "về cải cách hành chính năm 2024"}, []),
    ],
)
def test_a_cited_document_of_a_later_day(province, entry, codes):
    assert said(province, cited_documents=citing(**entry)) == codes


OLD = {"symbol": "08/KH-UBND", "issued_on": "2024-01-18", "about": "về cải cách hành chính năm 2024"}


@pytest.mark.parametrize(
    ("province", "entries", "codes"),
    [
        ({}, citing(**OLD), ["cites-outdated"]),
        ({}, citing(**{**OLD, "about": "về CCHC năm 2024"}), ["cites-outdated"]),
        ({}, citing(**OLD) + citing(), []),
        ({}, citing(**{**OLD, "about": "về kiểm tra văn bản năm 2024"}), []),
        ({}, citing(**{**OLD, "about": "về cải cách hành chính giai đoạn 2021-2030"}), []),
        ({"issued_on": "2025-03-01"}, citing(**OLD), []),
        ({"subject": "Cải cách hành chính năm 2026"}, citing(**OLD), []),
        ({}, citing(**{**OLD, "by": "UBND tỉnh Bình Thuận"}), []),
        ({}, citing(**{**OLD, "by": "UBND xã An Bình"}), []),
    ],
)
def test_last_year_s_document_from_above(province, entries, codes):
    assert said(province, cited_documents=entries) == codes


# --- the same text in two years


@pytest.mark.parametrize(
    ("one", "other", "two_years"),
    [
        ({"subject": "năm 2024"}, {"subject": "năm 2025"}, True),
        ({"subject": "năm 2025"}, {"subject": "năm 2025"}, False),
        ({"subject": "năm 2024 và 2025"}, {"subject": "năm 2025"}, False),
        ({"issued_on": "2024-01-10"}, {"issued_on": "2025-01-12"}, True),
        ({"issued_on": "2024-12-28"}, {"issued_on": "2025-01-12"}, False),
        ({"issued_on": None}, {"issued_on": "2025-01-12"}, False),
        ({"subject": "năm 2024", "type": "KH"}, {"subject": "năm 2025", "type": "BC"}, False),
    ],
)
def test_made_for_two_years(one, other, two_years):
    assert other_years(one, other) is two_years


def test_the_later_of_two_documents_with_one_text_is_named():
    words = " ".join(f"việc {chr(97 + n % 26)}{chr(97 + n // 26)} giao cho tổ" for n in range(90))
    old = document("old", subject="Cải cách năm 2024", issued_on="2024-01-10", sketch=sketch(words))
    new = document("new", subject="Cải cách năm 2025", sketch=sketch(words))
    (finding,) = RepeatedText().check([new, old])
    assert (finding.document, finding.args) == ("new", {"other": "1.1/old.pdf", "percent": 100})
    draft = document("copy", subject="Cải cách năm 2025", sketch=sketch(words))
    assert [found.document for found in RepeatedText().check([new, draft])] == []
    assert list(RepeatedText().check([new, document("other", issuer="UBND XÃ KHÁC", sketch=sketch(words))])) == []
