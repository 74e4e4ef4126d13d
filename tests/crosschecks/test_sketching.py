# SPDX-License-Identifier: Apache-2.0
"""How alike texts are: what must not matter, what must, and how many different documents are taken for copies."""

from __future__ import annotations

import json
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.benchmarks.planted.good import good
from tests.crosschecks.wordings import renamed, text

from parcheck_plugins.crosschecks.masking import NAME, masked
from parcheck_plugins.crosschecks.sketching import likeness, near_copies, sketch, sketch_of
from parcheck_plugins.unitchecks.index import SMALL, near_pairs

WORDS = str.split(
    "rà soát thủ tục công khai kết quả đúng hẹn bộ phận một cửa giải quyết hồ sơ đánh giá hằng tháng sản phẩm kinh phí"
    " nâng cấp đường truyền bồi dưỡng kỹ năng số đối thoại người dân tiếp thu góp ý niêm yết trụ sở theo dõi đôn đốc"
)


def seen(words, *own_names):
    return sketch_of({"sketch": sketch(words, own_names)})


def prose(seed, length=400):
    """Return words in an order of their own."""
    state, words = seed, []
    for _ in range(length):
        state = (state * 1103515245 + 12345) % 2**31
        words.append(WORDS[state // 65536 % len(WORDS)])
    return " ".join(words)


# --- what is left of a text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tại xã Phú Long có", "tại xã Tân Bình Thạnh có"),
        ("tại xã Hà có", "tại phường Đông Hải có"),
        ("do ông Nguyễn Văn An phụ trách", "do ông Trần Thị Bích Ngọc phụ trách"),
        ("theo Kế hoạch số 12/KH-UBND ngày 10/01/2025 về", "theo Kế hoạch số 7/KH-UBND ngày 21 tháng 02 năm 2024 về"),
        ("trong năm 2024 đã", "trong năm 2025 đã"),
        ("trong quý I đã", "trong quý III đã"),
        ("đạt 95,3% hồ sơ", "đạt 80% hồ sơ"),
        ("ở Hòa Bình có", "ở Hoà Bình có"),
    ],
)
def test_names_dates_and_numbers_do_not_matter(one, other):
    assert masked(one).words == masked(other).words


@pytest.mark.parametrize(
    ("one", "other"),
    [("rà soát thủ tục", "cắt giảm thủ tục"), ("Sở Nội vụ", "Sở Tài chính"), ("không đạt", "đạt")],
)
def test_words_matter(one, other):
    assert masked(one).words != masked(other).words


def test_own_names_are_masked_wherever_they_stand():
    assert masked("giao Sở Nội vụ làm", ["SỞ NỘI VỤ"]).words == ("GIAO", NAME, "LAM")


def test_form_is_left_out():
    words = "\n".join(
        [
            "UBND XÃ PHÚ LONG", "Độc lập - Tự do - Hạnh phúc", "Số: 12/KH-UBND", "Phú Long, ngày 01 tháng 3 năm 2025",
            "Căn cứ Luật Tổ chức chính quyền địa phương", "ngày 16 tháng 6 năm 2025;", "rà soát thủ tục", "Nơi nhận:",
            "- Như trên;", "- Lưu: VT.",
        ]
    )  # fmt: skip
    assert masked(words).words == ("RA", "SOAT", "THU", "TUC")


def test_figures_are_the_numbers_that_count_something():
    words = "1. Kết quả\n2.1 Đã xong 46 nhiệm vụ năm 2025, theo Quyết định số 3/QĐ-UBND ngày 1/2/2025,"
    found = masked(f"{words} đạt 95,3% kế hoạch\n2\ntiếp theo\n12\n150\nhồ sơ")
    assert [figure.split()[2] for figure in found.figures] == ["46", "95,3", "150"]


# --- sketches


@given(st.text(max_size=3000), st.lists(st.text(max_size=40), max_size=2))
@settings(deadline=None, max_examples=60)
def test_any_text_has_a_small_sketch(words, names):
    value = sketch(words, names)
    assert len(json.dumps(value)) <= 1000
    assert sketch(words, names) == value


@given(
    st.one_of(
        st.none(),
        st.text(),
        st.dictionaries(
            st.sampled_from(["form", "parts", "text", "figures", "numbers"]), st.one_of(st.text(), st.integers())
        ),
    )
)
def test_a_sketch_from_anywhere_never_raises(value):
    sketch_of({"sketch": value})


def test_short_texts_are_not_compared():
    assert seen(prose(1, 60)) is None
    assert seen(prose(1, 400)) is not None
    assert sketch_of({"sketch": {**sketch(prose(1)), "form": 0}}) is None


@given(st.integers(1, 10**6), st.integers(1, 10**6))
@settings(deadline=None, max_examples=30)
def test_likeness_is_mutual_and_whole_with_itself(one, other):
    mine, theirs = seen(prose(one)), seen(prose(other))
    assert likeness(mine, mine) == 1
    assert likeness(mine, theirs) == likeness(theirs, mine)


@pytest.mark.parametrize(("changed", "copies"), [(0, True), (10, True), (200, False), (400, False)])
def test_a_few_changed_words_leave_a_copy(changed, copies):
    one = prose(5, 800)
    other = " ".join([*one.split()[changed:], *prose(77, changed).split()]) if changed else one
    assert near_copies(seen(one), seen(other)) is copies


def test_a_common_form_with_figures_of_its_own_is_no_copy():
    form = " . ".join(f"{part} đạt {{}} việc" for part in (prose(n, 40) for n in range(10)))
    filled = [form.format(*(start + step * 7 for step in range(10))) for start in (11, 300)]
    assert likeness(*map(seen, filled)) == 1
    assert not near_copies(*map(seen, filled))
    assert near_copies(seen(filled[0]), seen(filled[0].replace("rà soát", "Rà soát")))


# --- the index


def test_the_index_finds_what_comparing_each_with_each_finds():
    texts = [prose(seed, 300) for seed in range(1, 20)]
    texts += [f"{words} {prose(seed, 8)}" for seed, words in enumerate(texts)]
    sketches = sorted((seen(words) for words in texts), key=lambda each: each.hashes)
    wanted = {(i, j) for (i, one), (j, other) in combinations(enumerate(sketches), 2) if near_copies(one, other)}
    assert near_pairs(sketches) == wanted
    assert len(wanted) == 19


def test_large_groups_are_still_searched():
    common = prose(3, 60)
    texts = [f"{common} {prose(seed, 400)}" for seed in range(SMALL + 20)]
    sketches = sorted((seen(words) for words in [*texts, f"{texts[7]} và hết"]), key=lambda each: each.hashes)
    assert len(near_pairs(sketches)) == 1


# --- measured on generated submissions


@pytest.fixture(scope="module")
def papers():
    """(seed, document) of forty good submissions."""
    return [(seed, paper) for seed in range(40) for paper in good(seed).papers]


def test_different_documents_of_different_units_are_no_copies(papers):
    found = [(seed, seen(text(paper.spec), " ".join(paper.spec.unit.name))) for seed, paper in papers]
    telling = [(seed, each) for seed, each in found if each is not None]
    assert len(telling) > 250
    wrong = [
        (one[0], other[0])
        for one, other in combinations(telling, 2)
        if one[0] != other[0] and near_copies(one[1], other[1])
    ]
    assert wrong == []


def test_the_same_document_in_another_unit_s_name_is_a_copy(papers):
    communes = [(seed, paper) for seed, paper in papers if seed % 3 == 2 and paper.role == "year"]
    assert len(communes) > 10
    for seed, paper in communes:
        named = good(seed).office.name.removeprefix("UBND ")
        other = renamed(text(paper.spec), {named: "xã Vĩnh Lộc Thượng", paper.spec.unit.place: "Vĩnh Lộc"})
        mine, theirs = seen(text(paper.spec)), seen(other)
        assert mine is None or near_copies(mine, theirs)
