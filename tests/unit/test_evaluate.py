# SPDX-License-Identifier: Apache-2.0
"""JSON Schema in three values: agrees with jsonschema where all is known, and never decides what is not."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from parcheck.judging.evaluate import Evaluator, fact_of
from parcheck.judging.vocabulary import Context, Failure, Keyword, Undecided, Vocabulary
from parcheck.model import Place, Reading, Reason, Source, Status

NAMES = ("type", "symbol", "subject")
VALUES = (None, "a", "b", 3, True, ["a"], ["a", "b"], {"a": "a"}, {"a": 1, "b": None})
"""What a fact may turn out to be; None: looked for and not there."""


def is_short(value, longest, _context):
    if len(value) > longest:
        yield Failure("value-differs")


def is_doubtful(_value, _parameter, _context):
    yield Undecided(Reason("no-unit"))


def fails(_value, _parameter, _context):
    raise RuntimeError("a fault of the plugin")


VOCABULARY = Vocabulary(
    {
        keyword.name: keyword
        for keyword in (
            Keyword("short", {"type": "integer"}, ("value-differs",), is_short),
            Keyword("doubtful", {"const": True}, (), is_doubtful),
            Keyword("broken", {"const": True}, (), fails),
            Keyword("whole", {"const": True}, (), is_doubtful, applies_to="document"),
        )
    },
    frozenset(NAMES),
)

LEAVES = st.one_of(
    st.sampled_from(
        [
            True, False, {}, {"type": "string"}, {"type": ["integer", "array"]}, {"const": "a"}, {"enum": ["a", 3]},
            {"minLength": 2}, {"pattern": "^a"}, {"minItems": 2}, {"contains": {"const": "b"}},
            {"items": {"const": "a"}}, {"required": ["a"]}, {"properties": {"a": {"const": "a"}}}, {"minimum": 2},
            {"contains": True},
        ]
    )
)  # fmt: skip


def combined(inner):
    some = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        some.map(lambda branches: {"allOf": branches}),
        some.map(lambda branches: {"anyOf": branches}),
        some.map(lambda branches: {"oneOf": branches}),
        inner.map(lambda one: {"not": one}),
        st.tuples(inner, inner, inner).map(lambda t: dict(zip(("if", "then", "else"), t, strict=True))),
        inner.map(lambda one: {"$ref": "#/$defs/x"} if one is True else one),
    )


OF_VALUES = st.recursive(LEAVES, combined, max_leaves=3)
OF_DOCUMENTS = st.recursive(
    st.one_of(
        st.dictionaries(st.sampled_from(NAMES), OF_VALUES, min_size=1, max_size=2).map(lambda p: {"properties": p}),
        st.lists(st.sampled_from(NAMES), min_size=1, max_size=2, unique=True).map(lambda names: {"required": names}),
        st.tuples(st.sampled_from(NAMES), OF_VALUES).map(
            lambda pair: {"properties": {pair[0]: pair[1]}, "required": [pair[0]]}
        ),
    ),
    combined,
    max_leaves=4,
)
DEFS = {"x": {"properties": {"type": {"const": "a"}}}}
FACTS = st.fixed_dictionaries({name: st.sampled_from(VALUES) for name in NAMES})


def reading(facts, unknown=(), **where):
    return Reading(
        path="a.pdf",
        sha256=None,
        media_type=None,
        status=Status.READ,
        facts={name: value for name, value in facts.items() if name not in unknown},
        unknown={name: Reason("scan") for name in unknown},
        where=where,
    )


def verdict(schema, facts, unknown=(), defs=None, **where):
    evaluator = Evaluator(VOCABULARY, DEFS if defs is None else defs)
    return evaluator.evaluate(schema, Context(reading(facts, unknown, **where), 2025))


def without_absent(value):
    if isinstance(value, dict):
        return {key: without_absent(item) for key, item in value.items() if item is not None}
    return value


def plain(schema, facts):
    root = {**schema, "$defs": DEFS} if isinstance(schema, dict) else schema
    return Draft202012Validator(root).is_valid(without_absent(facts))


@given(OF_DOCUMENTS, FACTS)
@settings(max_examples=300, deadline=None)
def test_where_all_is_known_the_verdict_is_that_of_jsonschema(schema, facts):
    assert verdict(schema, facts).holds is plain(schema, facts)


@given(OF_DOCUMENTS, FACTS, st.sets(st.sampled_from(NAMES), min_size=1))
@settings(max_examples=300, deadline=None)
def test_a_verdict_holds_whatever_an_unknown_fact_turns_out_to_be(schema, facts, unknown):
    """Kleene's logic is sound: a definite verdict agrees with every completion of what is unknown."""
    found = verdict(schema, facts, unknown).holds
    if found is None:
        return
    names = sorted(unknown)
    for values in itertools.product(VALUES, repeat=len(names)):
        assert plain(schema, facts | dict(zip(names, values, strict=True))) is found


@given(OF_DOCUMENTS, FACTS, st.sets(st.sampled_from(NAMES), min_size=1))
@settings(max_examples=150, deadline=None)
def test_a_value_read_badly_by_ocr_never_makes_a_rule_fail_by_itself(schema, facts, doubtful):
    place = Place(1, source=Source.OCR, confidence=0.5)
    found = verdict(schema, facts, **dict.fromkeys(doubtful, place))
    assert found.holds in (plain(schema, facts), None)
    if found.holds is False:
        names = sorted(doubtful)
        for values in itertools.product(VALUES, repeat=len(names)):
            assert not plain(schema, facts | dict(zip(names, values, strict=True)))


@pytest.mark.parametrize(
    ("schema", "unknown", "holds"),
    [
        ({"required": ["symbol"]}, ["symbol"], None),
        ({"required": ["symbol", "subject"]}, ["symbol"], False),
        ({"anyOf": [{"required": ["symbol"]}, {"required": ["type"]}]}, ["symbol"], True),
        ({"anyOf": [{"required": ["symbol"]}, {"required": ["subject"]}]}, ["symbol"], None),
        ({"not": {"required": ["symbol"]}}, ["symbol"], None),
        ({"not": {"required": ["symbol", "subject"]}}, ["symbol"], True),
        ({"properties": {"symbol": False}}, ["symbol"], None),
        ({"properties": {"symbol": {"not": {}}}}, ["symbol"], None),
        ({"properties": {"symbol": {}}}, ["symbol"], True),
        ({"oneOf": [{"required": ["type"]}, {"required": ["symbol"]}]}, ["symbol"], None),
        ({"oneOf": [{"required": ["type"]}, {}, {"required": ["symbol"]}]}, ["symbol"], False),
        ({"if": {"required": ["symbol"]}, "then": {"required": ["type"]}}, ["symbol"], True),
        ({"if": {"required": ["symbol"]}, "then": {"required": ["subject"]}}, ["symbol"], None),
        ({"if": {"required": ["symbol"]}, "else": {"required": ["subject"]}}, ["symbol"], None),
        ({"properties": {"type": {"doubtful": True}}}, [], None),
        ({"properties": {"type": {"broken": True}}}, [], None),
        ({"properties": {"symbol": {"doubtful": True}}}, [], True),
        ({"properties": {"type": {"short": 0}}}, [], False),
        ({"properties": {"type": {"short": 1}}}, [], True),
        ({"properties": {"subject": {"short": 1}}}, ["subject"], None),
        ({"whole": True}, [], None),
        (True, ["symbol"], True),
        ({}, ["symbol"], True),
    ],
)
def test_what_cannot_be_known_is_not_decided(schema, unknown, holds):
    facts = {"type": "a", "symbol": None, "subject": None}
    assert verdict(schema, facts, unknown).holds is holds


@pytest.mark.parametrize(
    ("wanted", "holds"),
    [
        ({"contains": {"doubtful": True}}, None),
        ({"contains": {"broken": True}}, None),
        ({"contains": {"anyOf": [{"doubtful": True}, {"const": "a"}]}}, True),
        ({"contains": {"allOf": [{"doubtful": True}, {"const": "x"}]}}, False),
        ({"contains": {"doubtful": True}, "minContains": 3}, False),
        ({"contains": {"const": "a"}, "maxContains": 0}, False),
        ({"contains": {"doubtful": True}, "maxContains": 1}, None),
        ({"contains": {"const": "z"}, "minContains": 0}, True),
    ],
)
def test_a_list_that_may_hold_what_is_wanted_is_not_said_to_lack_it(wanted, holds):
    assert verdict({"properties": {"type": wanted}}, {"type": ["a", "b"]}).holds is holds


def test_undecided_names_fact_and_reason():
    found = verdict({"properties": {"type": {"doubtful": True}}, "required": ["symbol"]}, {"type": "a"}, ["symbol"])
    assert [(u.fact, u.reason.code) for u in found.undecided] == [("type", "no-unit"), ("symbol", "scan")]


def test_a_keyword_that_fails_names_itself():
    found = verdict({"properties": {"type": {"broken": True}}}, {"type": "a"})
    assert found.undecided == (Undecided(Reason("plugin-failed", {"plugin": "broken"}), "type"),)


@pytest.mark.parametrize(
    ("schema", "facts", "names"),
    [
        ({"required": ["symbol"]}, {}, ["symbol"]),
        ({"properties": {"type": {"const": "a"}}}, {"type": "b"}, ["type"]),
        ({"properties": {"type": {"required": ["a"]}}}, {"type": {}}, ["type"]),
        ({"properties": {"type": {"short": 0}}}, {"type": "b"}, ["type"]),
        ({"$ref": "#/$defs/x", "required": ["symbol"]}, {"type": "b"}, ["symbol", "type"]),
        ({"not": {"required": ["type"]}}, {"type": "b"}, [None]),
        ({"properties": {"type": False}}, {"type": "b"}, ["type"]),
        ({"anyOf": [{"required": ["symbol"]}, False]}, {"type": "b"}, ["symbol"]),
    ],
)
def test_a_failure_names_its_fact(schema, facts, names):
    assert sorted(map(str, (fact_of(error) for error in verdict(schema, facts).failures))) == sorted(map(str, names))


def test_of_several_ways_the_one_that_comes_nearest_is_told():
    near = {"properties": {"type": {"const": "a"}, "symbol": {"const": "z"}}, "required": ["type", "symbol"]}
    far = {"required": ["subject", "type", "symbol"], "properties": {"type": {"const": "q"}, "symbol": {"const": "q"}}}
    found = verdict({"anyOf": [far, near]}, {"type": "a", "symbol": "b"})
    assert [fact_of(error) for error in found.failures] == ["symbol"]


def test_a_null_inside_a_fact_is_absent():
    assert verdict({"properties": {"type": {"required": ["title"]}}}, {"type": {"title": None}}).holds is False


@pytest.mark.parametrize(
    ("name", "confidence", "holds"),
    [("symbol", 0.99, None), ("type", 0.99, False), ("type", 0.89, None), ("type", None, None), ("type", 0.9, False)],
)
def test_digits_read_by_ocr_are_never_believed_and_words_when_they_are_clear(name, confidence, holds):
    place = Place(1, source=Source.OCR, confidence=confidence)
    assert verdict({"properties": {name: {"const": "x"}}}, {name: "y"}, **{name: place}).holds is holds


def test_a_rule_that_fails_on_something_else_too_still_fails():
    place = Place(1, source=Source.OCR, confidence=0.5)
    found = verdict({"properties": {"type": {"const": "x"}}, "required": ["subject"]}, {"type": "y"}, type=place)
    assert [fact_of(error) for error in found.failures] == ["subject"]
    assert [(u.fact, u.reason.code) for u in found.undecided] == [("type", "low-confidence")]


def test_the_instance_is_left_as_it_was():
    facts = {"type": {"a": None}}
    verdict({"properties": {"type": {"required": ["a"]}}}, facts)
    assert facts == {"type": {"a": None}}
