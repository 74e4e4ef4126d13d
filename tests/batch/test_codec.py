# SPDX-License-Identifier: Apache-2.0
"""A verdict that went to disk and back is the same verdict, whatever fields it has."""

from __future__ import annotations

import json
import typing
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from parcheck import model
from parcheck.judging.codec import decode_result, encode_result
from parcheck.model import Decision, Evidence, Finding, Place, Reading, Reason, Source, SubmissionResult

TEXT = st.text(max_size=6)
NUMBER = st.floats(allow_nan=False, allow_infinity=False, width=32)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | NUMBER | TEXT,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXT, inner, max_size=2),
    max_leaves=4,
)
REASON = st.builds(Reason, TEXT, st.dictionaries(TEXT, PLAIN, max_size=2))
BOX = st.tuples(*[st.integers(0, 800).map(float)] * 4)
PLACE = st.builds(
    Place, st.none() | st.integers(1), st.none() | BOX, st.none() | TEXT, st.sampled_from(Source), st.none() | NUMBER
)
DECISION = st.builds(
    Decision, st.integers(1), st.sampled_from(model.Action), TEXT, TEXT, *[st.none() | TEXT for _ in range(7)]
)
FINDING = st.builds(
    Finding,
    TEXT,
    args=st.dictionaries(TEXT, PLAIN | REASON, max_size=2),
    place=st.none() | PLACE,
    decision=st.none() | DECISION,
)
PROBLEM = st.builds(Finding, st.just("file-empty"), st.dictionaries(TEXT, PLAIN, max_size=2))
READING = st.builds(
    Reading,
    TEXT,
    st.none() | TEXT,
    st.none() | TEXT,
    st.sampled_from(model.Status),
    facts=st.dictionaries(TEXT, PLAIN, max_size=2),
    unknown=st.dictionaries(TEXT, REASON, max_size=2),
    where=st.dictionaries(TEXT, PLACE, max_size=2),
    problems=st.lists(PROBLEM, max_size=2).map(tuple),
)


def _strategy(kind):
    """Build any type that the model's verdicts are made of."""
    special = {Finding: FINDING, Reading: READING, Path: st.none(), str: TEXT, float: NUMBER}
    if kind in special:
        return special[kind]
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, __import__("types").UnionType):
        return st.one_of(*(st.none() if each is type(None) else _strategy(each) for each in inner))
    if origin is tuple and inner[1:] == (...,):
        return st.lists(_strategy(inner[0]), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*(_strategy(each) for each in inner))
    if origin in (Mapping, dict):
        return st.dictionaries(TEXT, PLAIN, max_size=2)
    if hasattr(kind, "__dataclass_fields__"):
        hints = typing.get_type_hints(kind, {**vars(model), "Mapping": Mapping, "Sequence": Sequence, "Path": Path})
        return st.builds(kind, **{name: _strategy(hint) for name, hint in hints.items()})
    return PLAIN if kind is Any else st.from_type(kind)


@settings(max_examples=150, deadline=None)
@given(_strategy(SubmissionResult))
def test_there_and_back(result):
    data = json.loads(json.dumps(encode_result(result)))
    assert decode_result(data) == result


def test_every_field_of_a_verdict_is_kept_but_its_place_on_this_computer():
    evidence = Evidence("d001", "1.1/a.pdf", None, ("1.1",), Reading("a.pdf", "ab", None, model.Status.READ))
    result = SubmissionResult("A", "2025", "xa-a", (), (evidence,), root=Path("/tmp/xa-a"))  # noqa: S108
    data = encode_result(result)
    assert data["root"] is None
    assert decode_result(data, Path("/tmp/xa-a")).root == Path("/tmp/xa-a")  # noqa: S108
