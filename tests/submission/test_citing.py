# SPDX-License-Identifier: Apache-2.0
"""What is read out of a cell of free text: each document with what the words say of it, and no more."""

from __future__ import annotations

import pytest

from parcheck_plugins.letterhead.folding import normalise
from parcheck_plugins.submissions.citing import find_citations, joined_lines
from parcheck_plugins.submissions.naming import named_documents


def cited(text):
    return [found.cited for found in find_citations(joined_lines(normalise(text)))]


def symbols(text):
    return [(one.facts.get("symbol"), one.facts.get("issued_on")) for one in cited(text)]


FULL = "Kế hoạch số 12/KH-UBND ngày 10/01/2025 của UBND tỉnh Trường Giang về cải cách hành chính năm 2025"


def test_a_full_citation_gives_every_fact():
    (one,) = cited(f"- {FULL}.")
    assert one.facts == {
        "number": "12",
        "symbol": "12/KH-UBND",
        "sign": "KH-UBND",
        "type": "KH",
        "issued_on": "2025-01-10",
        "issuer": "UBND tỉnh Trường Giang",
        "subject": "cải cách hành chính năm 2025",
    }
    assert (one.words, one.unclear, one.mentioned, one.former) == (FULL, {}, False, False)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Kế hoạch số 12/KH-UBND ngày 10 tháng 01 năm 2025", "2025-01-10"),
        ("Kế hoạch số 12/KH-UBND, ngày 10-1-2025", "2025-01-10"),
        ("Kế hoạch số 12/KH-UBND (10.01.2025)", "2025-01-10"),
        ("Kế hoạch số 12/KH-UBND ngày10/01/2025", "2025-01-10"),
        ("Kế hoạch số 12/KH-UBND ban hành ngày 10/01/2025", "2025-01-10"),
        ("Kế hoạch số 12/KH-UBND của UBND tỉnh ngày 10/01/2025 về cải cách hành chính", "2025-01-10"),
        ("Kế hoạch số 12/KH-UBND 10/1/2025", "2025-01-10"),
        ("Kế hoạch 12/KH-UBND ngày 10/01/25", "2025-01-10"),
    ],
)
def test_dates_in_every_form(text, date):
    assert symbols(text) == [("12/KH-UBND", date)]


@pytest.mark.parametrize(
    "text",
    [
        "Kế hoạch số 12/KH-UBND ngày     /01/2025",
        "Kế hoạch số 12/KH-UBND tháng 01/2025",
        "Kế hoạch số 12/KH-UBND ngày 31/02/2025",
    ],
)
def test_a_date_left_blank_or_impossible_is_unclear_and_not_absent(text):
    (one,) = cited(text)
    assert "issued_on" not in one.facts
    assert one.unclear["issued_on"].code == "citation-unclear"


def test_a_citation_without_a_date_says_nothing_of_it():
    (one,) = cited("Kế hoạch số 12/KH-UBND của UBND tỉnh về cải cách hành chính")
    assert "issued_on" not in {**one.facts, **one.unclear}


@pytest.mark.parametrize(
    ("text", "symbol", "number"),
    [
        ("Thông báo số 199/TB-STP.ĐKT 556 ngày 25/4/2025 về lịch kiểm tra", "199/TB-STP.ĐKT556", "199"),
        ("Thông báo số 737/STP.ĐKT 557 ngày 09/5/2025", "737/STP.ĐKT557", "737"),
        ("Kết luận kiểm tra số 274/KL-STP ĐKT 557 ngày 29/5/2025", "274/KL-STPĐKT557", "274"),
        ("Kết luận số 31/KL-KTVB&QLXLVPHC ngày 17/10/2025", "31/KL-KTVB&QLXLVPHC", "31"),
        ("Kết luận kiểm tra số 325/KL-STP.ĐKT 556 của Đoàn kiểm tra 556", "325/KL-STP.ĐKT556", "325"),
        ("Quyết định số 05/2024/QĐ-UBND ngày 28/02/2024", "05/2024/QĐ-UBND", "05"),
        ("Thông báo số 107-TB/TU ngày 28/02/2024", "107-TB/TU", "107"),
    ],
)
def test_odd_signs(text, symbol, number):
    (one,) = cited(text)
    assert (one.facts["symbol"], one.facts["number"]) == (symbol, number)


def test_a_year_behind_a_sign_is_no_part_of_it():
    assert symbols("theo Kế hoạch số 12/KH-UBND 2025") == [("12/KH-UBND", None)]


def test_lists_share_name_sign_date_and_issuer():
    found = cited("các Thông báo số 325, 326 và 327/TB-UBND ngày 12/5/2025 của UBND tỉnh về kết luận kiểm tra CCHC")
    assert [(one.facts["symbol"], one.facts["type"], one.facts["issued_on"], one.facts["issuer"]) for one in found] == [
        (f"{number}/TB-UBND", "TB", "2025-05-12", "UBND tỉnh") for number in (325, 326, 327)
    ]
    assert {one.facts["subject"] for one in found} == {"kết luận kiểm tra CCHC"}


def test_lists_with_a_sign_each():
    found = cited("các Thông báo số 325/TB-UBND, 326/TB-UBND ngày 12/5/2025 của UBND tỉnh")
    assert [(one.facts["symbol"], one.facts.get("issued_on")) for one in found] == [
        ("325/TB-UBND", "2025-05-12"),
        ("326/TB-UBND", "2025-05-12"),
    ]


def test_two_documents_named_apart_share_an_issuer_but_no_date():
    first, second = cited("Kết luận số 29/KL-CKT và Kết luận số 31/KL-CKT ngày 17/10/2025 của Cục Kiểm tra, Bộ Tư pháp")
    assert "issued_on" not in first.facts
    assert first.facts["issuer"] == second.facts["issuer"] == "Cục Kiểm tra"
    assert second.facts["parent"] == "Bộ Tư pháp"


def test_several_documents_in_one_sentence_each_keep_their_own():
    text = (
        "cụ thể: Báo cáo số 807/BC-SYT ngày 10/11/2025 về công tác pháp chế tại Sở Y tế, Báo cáo số 434/BC-UBND ngày"
        " 29/11/2025 về công tác pháp chế trên địa bàn xã A và Công văn số 30/CV-ĐKT ngày 24/6/2025 về việc đôn đốc."
    )
    assert [one.facts["subject"] for one in cited(text)] == [
        "công tác pháp chế tại Sở Y tế",
        "công tác pháp chế trên địa bàn xã A",
        "đôn đốc",
    ]
    assert not any(one.mentioned for one in cited(text))


def test_a_document_inside_the_title_of_another_is_only_mentioned():
    outer, inner = cited(
        "Báo cáo số 181/BC-SNV ngày 05/11/2025 của Sở Nội vụ về tổng kết thực hiện Quyết định số 787/QĐ-UBND ngày"
        " 21/8/2025 của Chủ tịch UBND tỉnh về thí điểm mô hình"
    )
    assert (outer.mentioned, inner.mentioned) == (False, True)
    assert outer.facts["subject"].startswith("tổng kết thực hiện Quyết định số 787/QĐ-UBND")


def test_a_pair_inside_one_title_is_mentioned_together():
    text = (
        "Quyết định số 9/QĐ-UBND ngày 13/11/2025 về việc bãi bỏ Quyết định số 1/QĐ-UBND và Quyết định số 2/QĐ-UBND;\n"
        "Quyết định số 10/QĐ-UBND ngày 14/11/2025"
    )
    assert [one.mentioned for one in cited(text)] == [False, True, True, False]


def test_a_decree_as_a_ground_is_only_mentioned():
    (one,) = cited("chậm nhất ngày 31/01/2026 (theo quy định tại khoản 1 Điều 43 Nghị định số 79/2025/NĐ-CP)")
    assert one.mentioned


def test_a_plan_that_is_followed_is_proof():
    (one,) = cited(
        "Kiểm tra 100% văn bản theo Kế hoạch số 4155/KH-UBND ngày 26/9/2025 của UBND tỉnh về kiểm tra văn bản"
    )
    assert not one.mentioned


def test_a_document_in_another_sentence_part_is_proof_too():
    text = (
        "tổ chức Cuộc thi tại Kế hoạch số 6983/KH-UBND ngày 12/11/2025 của UBND tỉnh về Cuộc thi ý tưởng; tổ chức Cuộc"
        " thi trực tuyến tại Kế hoạch số 1620/KH-SKHCN ngày 17/10/2025 của Sở Khoa học và Công nghệ đã ban hành"
    )
    first, second = cited(text)
    assert (first.facts["subject"], second.mentioned) == ("Cuộc thi ý tưởng", False)
    assert second.facts["issuer"] == "Sở Khoa học và Công nghệ"


def test_semicolons_inside_a_title_do_not_end_it():
    (one,) = cited("Kế hoạch số 36/KH-STP ngày 05/11/2025 Kiểm tra công tác xây dựng; kiểm tra, xử lý; rà soát văn bản")
    assert one.facts["subject"] == "Kiểm tra công tác xây dựng; kiểm tra, xử lý; rà soát văn bản"


@pytest.mark.parametrize(
    ("behind", "issuer"),
    [
        ("của Sở Văn hóa, Thể thao và Du lịch về kết quả", "Sở Văn hóa, Thể thao và Du lịch"),
        ("của Sở Kế hoạch và Đầu tư về kết quả", "Sở Kế hoạch và Đầu tư"),
        ("của Sở Nông nghiệp và Môi trường thông báo kết quả", "Sở Nông nghiệp và Môi trường"),
        ("của Đoàn kiểm tra liên ngành 500 về kết quả", "Đoàn kiểm tra liên ngành 500"),
        ("của Chủ tịch UBND tỉnh phê duyệt kết quả", "Chủ tịch UBND tỉnh"),
        ("của Ban Tổ chức Tỉnh ủy về kết quả", "Ban Tổ chức Tỉnh ủy"),
        ("của UBND tỉnh Kết luận của đồng chí Chủ tịch", "UBND tỉnh"),
        ("của Văn phòng UBND tỉnh V/v kết quả", "Văn phòng UBND tỉnh"),
    ],
)
def test_where_the_issuer_ends(behind, issuer):
    (one,) = cited(f"Thông báo số 5/TB-ABC ngày 10/02/2025 {behind}")
    assert one.facts["issuer"] == issuer
    assert one.facts["subject"]


def test_the_body_that_has_a_document_is_its_issuer():
    (one,) = cited("+ UBND xã Trường Xuân đã có Báo cáo số 207/BC-UBND ngày 24/6/2025 về việc khắc phục tồn tại.")
    assert one.facts["issuer"] == "UBND xã Trường Xuân"


def test_a_predecessor_is_told_by_the_remark():
    (one,) = cited(
        "Quyết định số 52/QĐ-UBND ngày 09/01/2025 của Chủ tịch UBND tỉnh Núi Xanh (trước sáp nhập) công bố danh mục văn"
        " bản hết hiệu lực trong năm 2024"
    )
    assert one.former
    assert one.facts["issuer"] == "Chủ tịch UBND tỉnh Núi Xanh"
    assert one.facts["subject"].startswith("công bố danh mục văn bản hết hiệu lực")


def test_name_and_sign_that_disagree_leave_the_type_open():
    (one,) = cited("Sở Y tế đã có Báo cáo số 1911/SYT-TTr ngày 16/6/2025 về việc thực hiện kết luận kiểm tra")
    assert "type" not in one.facts
    assert one.unclear["type"].code == "citation-unclear"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Văn bản số 1208/SNV-CCHC ngày 28/10/2025", "CV"),
        ("KH số 12/KH-UBND ngày 10/01/2025", "KH"),
        ("12/KH-UBND ngày 10/01/2025", "KH"),
        ("Thông báo kết luận số 12/TB-UBND ngày 10/01/2025", "TB"),
        ("Kết luận số 257", "KẾT LUẬN"),
    ],
)
def test_types_by_name_or_sign(text, kind):
    (one,) = cited(text)
    assert one.facts["type"] == kind


def test_a_title_that_a_manual_break_parts_is_read_whole():
    (one,) = cited("Kế hoạch số 12/KH-UBND ngày 10/01/2025 của UBND tỉnh\nvề cải cách hành chính\nnăm 2025;")
    assert one.facts["subject"] == "cải cách hành chính năm 2025"


def test_a_long_remark_is_no_part_of_the_title():
    (one,) = cited(
        "Thông báo số 81/TB-SNV ngày 25/11/2025 của Sở Nội vụ về kết quả kiểm tra (Gồm các Sở: Tài chính, Y tế)"
    )
    assert one.facts["subject"] == "kết quả kiểm tra"


@pytest.mark.parametrize(
    "text",
    [
        "Đã hoàn thành 45/45 nhiệm vụ, đạt 100%",
        "đạt 42/139 đơn vị",
        "Đề án số 06 của Chính phủ",
        "tháng 11/2025",
        "Tổ 12/KP3",
    ],
)
def test_what_is_no_citation(text):
    assert cited(text) == []


def named(text):
    clean = joined_lines(normalise(text))
    proof, vague = named_documents(clean, find_citations(clean))
    return [one.words for one in proof], [one.words for one in vague]


def test_minutes_need_no_number_to_be_proof():
    proof, vague = named(
        "- Biên bản kiểm tra công tác CCHC ngày 12/5/2025 tại Sở Y tế;\n- Biên bản kiểm tra CCHC tại xã A."
    )
    assert len(proof) == 2
    assert vague == []


def test_a_plan_without_a_number_is_named_and_no_proof():
    assert named("- Kế hoạch cải cách hành chính năm 2025 của tỉnh.") == (
        [],
        ["Kế hoạch cải cách hành chính năm 2025 của tỉnh"],
    )


def test_the_label_of_a_list_names_nothing():
    assert named("Các Thông báo kết quả kiểm tra:\n(1) Thông báo số 27/TB-SNV ngày 12/9/2025") == ([], [])
