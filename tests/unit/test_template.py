# SPDX-License-Identifier: Apache-2.0
"""`${…}` in packs: a name, plus or minus a whole number, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcheck.rules.template import BadTemplate, expressions, fill

NAMES = st.from_regex(r"[a-z_][a-z0-9_]{0,6}(\.[a-z0-9_]{1,4})?", fullmatch=True)
PLAIN = st.text().filter(lambda text: "${" not in text)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | PLAIN,
    lambda inner: st.lists(inner) | st.dictionaries(PLAIN, inner),
    max_leaves=12,
)


@given(JSON)
def test_data_without_slots_comes_back_equal(data):
    assert fill(data, {}) == data
    assert list(expressions(data)) == []


@given(PLAIN, NAMES, st.integers(0, 9999), PLAIN)
def test_a_name_becomes_its_value_and_the_rest_stays(before, name, value, after):
    assert fill(before + "${" + name + "}" + after, {name: value}) == f"{before}{value}{after}"


@given(st.integers(0, 9999), st.sampled_from("+-"), st.integers(0, 999), st.text(" ", max_size=2))
def test_whole_numbers_are_added(year, sign, shift, gap):
    expected = year + shift if sign == "+" else year - shift
    assert fill(f"${{{gap}year{gap}{sign}{gap}{shift}{gap}}}", {"year": year}) == str(expected)


@given(st.lists(NAMES, min_size=1, max_size=4), PLAIN)
def test_every_slot_of_any_depth_is_listed_and_filled(names, text):
    slots = ["${" + name + "}" for name in names]
    data = {"a": [slots[0], {"b": text.join(slots[1:])}], "${not a key}": 1}
    assert list(expressions(data)) == names
    filled = fill(data, dict.fromkeys(names, "x"))
    assert filled == {"a": ["x", {"b": text.join("x" for _ in slots[1:])}], "${not a key}": 1}


@given(st.text().filter(lambda text: "}" not in text))
def test_whatever_stands_in_a_slot_is_filled_or_refused(inside):
    """Nothing is ever evaluated: an expression is a known name with a shift, or it is refused."""
    try:
        filled: str | tuple[str, ...] = fill("${" + inside + "}", {"year": 2025})
    except BadTemplate as bad:
        filled = bad.args
    if isinstance(filled, tuple):
        assert filled == (inside, "year")
    else:
        assert inside.strip().startswith("year")
        assert filled.lstrip("-").isdigit()


@pytest.mark.parametrize(
    "inside",
    ["", "yaer", "year + each", "year * 2", "year + 1.5", "Year", "year.real", "__import__('os')", "1 + 1", "year +"],
)
def test_what_is_no_expression_is_refused_with_the_names_that_are_known(inside):
    with pytest.raises(BadTemplate) as caught:
        fill({"a": ["${" + inside + "}"]}, {"year": 2025, "each.name": "quý I"})
    assert caught.value.args == (inside, "each.name, year")


def test_words_cannot_be_shifted():
    with pytest.raises(BadTemplate):
        fill("${each.name + 1}", {"each.name": "quý I"})


def test_tuples_become_lists_and_other_values_stay():
    assert fill(("${year}", 3, None), {"year": 2025}) == ["2025", 3, None]
