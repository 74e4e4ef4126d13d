# SPDX-License-Identifier: Apache-2.0
"""The report's own way of laying out JSON gives the bytes of the standard library's."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcheck.reporting.layout import laid_out

LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.tuples(inner, inner), max_leaves=30
)


@given(VALUES)
def test_the_bytes_are_those_of_the_standard_library(value):
    assert laid_out(value) == json.dumps(value, ensure_ascii=False, indent=1)
    inside = json.dumps([value], ensure_ascii=False, indent=1)
    assert f"[\n {laid_out(value, ' ')}\n]" == inside


def test_what_json_does_not_have_is_refused():
    with pytest.raises(TypeError):
        laid_out({"a": object()})
