# SPDX-License-Identifier: Apache-2.0
"""Each scoring shape, with values on both sides of every boundary that the official set prints."""

from __future__ import annotations

import datetime as dt
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcheck.checking import load_pack
from parcheck.judging.scoring import Known, Range, contradictions, possible
from parcheck.rules.template import fill


@pytest.fixture(scope="module")
def rows() -> dict[str, object]:
    """The scored rows of the provincial set, by code."""
    return {criterion.code: criterion for criterion in load_pack("par-tinh-2025").criteria}


def points(rows, code: str, **figures: float) -> Range:
    row = rows[code]
    return possible(row.scoring, row.points, Known({name.replace("_", "."): value for name, value in figures.items()}))


@pytest.mark.parametrize(
    ("done", "expected"),
    [(45, 1.5), (36, 1.2), (35.9, 0.0), (0, 0.0)],
)
def test_ratio_with_a_floor_gives_nothing_below_four_fifths(rows, done: float, expected: float) -> None:
    """1.1: (b/a) × 1.5, 0 when b/a < 0.8."""
    assert points(rows, "1.1", a=45, b=done) == Range(pytest.approx(expected), pytest.approx(expected))


@pytest.mark.parametrize(
    ("figures", "expected"),
    [({"a": 12, "b": 9, "c": 2}, 10 / 12), ({"a": 0, "b": 0, "c": 0}, 1.0), ({"a": 4, "b": 0, "c": 4}, 0.5)],
)
def test_weighted_ratio_is_full_when_nothing_had_to_be_done(rows, figures, expected: float) -> None:
    """1.3.2: b/a × 1.00 + c/a × 0.50, full when a = 0."""
    assert points(rows, "1.3.2", **figures).high == pytest.approx(expected)


@pytest.mark.parametrize(
    ("inspected", "expected"),
    [(28, 1.0), (27.9, 0.5), (21, 0.5), (20.9, 0.0), (0, 0.0)],
)
def test_tiers_by_share_change_at_15_and_20_percent(rows, inspected: float, expected: float) -> None:
    """1.3.1: from 20 % 1; from 15 % to below 20 % 0.5; below 15 % 0."""
    assert points(rows, "1.3.1", a=140, b=inspected) == Range(expected, expected)


def test_the_provinces_own_share_earns_the_full_point(rows) -> None:
    """42 of 139 units inspected, 30.2 %: a real claim."""
    assert points(rows, "1.3.1", a=139, b=42) == Range(1.0, 1.0)


@pytest.mark.parametrize(("count", "expected"), [(4, 1.5), (3, 1.5), (2, 1.0), (1, 0.5), (0, 0.0)])
def test_tiers_by_count_include_both_ends(rows, count: int, expected: float) -> None:
    """1.5: three or more new solutions 1.5, two 1.0, one 0.5, none 0."""
    assert points(rows, "1.5", n=count) == Range(expected, expected)


def test_three_weights_by_lateness_and_a_deduction_that_may_apply(rows) -> None:
    """2.3.2: 100 % within 30 days, 75 % to 90 days, 25 % after; 10 % off when the report fails."""
    result = points(rows, "2.3.2", a=4, b1=2, b2=1, b3=1)
    assert result.high == pytest.approx(0.5 + 0.75 / 4 + 0.25 / 4)
    assert result.low == pytest.approx(0.9 * result.high)


def test_target_exceeded_and_target_met_weigh_differently(rows) -> None:
    """8.5: exceeded 1.5, met 1.0 of the points, 0 below 70 %."""
    assert points(rows, "8.5", a=20, b=10, c=10).high == pytest.approx(1.25)
    assert points(rows, "8.5", a=20, b=6, c=7.9).high == 0.0
    assert points(rows, "8.5", a=20, b=6, c=8).high == pytest.approx(0.45 + 0.4)


def test_sum_keeps_open_what_is_not_known(rows) -> None:
    """1.6: parts of 0.25, 0.25 and 0.5; only the last part's figures are given."""
    result = points(rows, "1.6", **{"3_a": 64, "3_b": 61})
    assert result.low == pytest.approx(0.5 * 61 / 64)
    assert result.high == pytest.approx(0.5 + 0.5 * 61 / 64)


def test_all_or_nothing_knows_only_its_two_ends(rows) -> None:
    assert points(rows, "1.2") == Range(0.0, 0.5)


def test_unknown_kind_leaves_everything_possible() -> None:
    assert possible({"kind": "something of next year"}, 2.0, Known()) == Range(0, 2.0)


def test_more_done_than_there_was_to_do_is_a_contradiction(rows) -> None:
    assert contradictions(rows["1.1"].scoring, Known({"a": 40, "b": 41})) == [("b", 41, "a", 40)]
    assert contradictions(rows["1.1"].scoring, Known({"a": 40, "b": 40})) == []


def test_figures_of_a_part_are_found_by_its_number(rows) -> None:
    assert contradictions(rows["7.1"].scoring, Known({"2.a": 3, "2.b": 4})) == [("b", 4, "a", 3)]


@given(
    whole=st.integers(min_value=1, max_value=500),
    share=st.floats(min_value=0, max_value=1),
    floor=st.none() | st.floats(min_value=0, max_value=1),
)
def test_a_ratio_never_leaves_its_row(whole: int, share: float, floor: float | None) -> None:
    rule = {"kind": "ratio", "of": "a", "sum_points": {"b": 2.0}, "floor": floor, "floor_on": ["b"]}
    result = possible(rule, 2.0, Known({"a": whole, "b": share * whole}))
    assert 0 <= result.low <= result.high <= 2.0


@pytest.fixture(scope="module")
def commune_rows() -> dict[str, object]:
    """The scored rows of the communes' set for 2026, by code."""
    return {criterion.code: criterion for criterion in load_pack("xa-nq57-2026").criteria}


@pytest.mark.parametrize(
    ("done", "expected"), [(59.99, 0.0), (60, 7.06), (70, 8.24), (84.99, 10.0), (85, 10.0), (100, 10.0)]
)
def test_ratio_to_a_target_is_linear_below_it_and_rounded(commune_rows, done: float, expected: float) -> None:
    """II.6: 85 % earns 10; from 60 % rate / 85 % × 10, two decimals; below 60 % nothing."""
    assert points(commune_rows, "II.6", a=100, b=done) == Range(pytest.approx(expected), pytest.approx(expected))


PLAN = {
    "kind": "lateness",
    "evidence": "ke-hoach",
    "bands": [
        {"within": {"days": 30, "of": "ke-hoach-tinh"}, "points": 3},
        {"within": {"days": 60, "of": "ke-hoach-tinh"}, "points": 1.5},
    ],
    "otherwise": 0,
}


@pytest.mark.parametrize(
    ("issued", "expected"),
    [("2026-02-09", 3), ("2026-02-10", 1.5), ("2026-03-11", 1.5), ("2026-03-12", 0)],
)
def test_lateness_counts_days_from_the_upstream_document(issued: str, expected: float) -> None:
    """I.1: within 30 days of the province's plan 3, within 60 days 1.5, later 0."""
    known = Known(issued={"ke-hoach": dt.date.fromisoformat(issued)}, upstream={"ke-hoach-tinh": dt.date(2026, 1, 10)})
    assert possible(PLAN, 3, known) == Range(expected, expected)


def test_lateness_stays_open_without_the_upstream_date() -> None:
    known = Known(issued={"ke-hoach": dt.date(2026, 12, 31)})
    assert possible(PLAN, 3, known) == Range(0, 3)


@pytest.mark.parametrize(("share", "expected"), [(1.01, 3), (1.0, 1.5), (0.999, 0)])
def test_a_tier_above_a_value_does_not_hold_the_value(share: float, expected: float) -> None:
    """Commune 1.7: target passed 3, met 1.5, missed 0."""
    tiers = [{"from": 1, "to": 1, "points": 1.5}, {"from": 0, "to": 1, "points": 0}, {"above": 1, "points": 3}]
    rule = {"kind": "tiers", "by": "share", "measure": "b/a", "tiers": tiers}
    assert possible(rule, 3, Known({"a": 1000, "b": 1000 * share})) == Range(expected, expected)


@pytest.mark.parametrize(("now", "expected"), [(61, 1), (60, 0), (59, 0)])
def test_this_year_beside_last_year(now: float, expected: float) -> None:
    rule = {"kind": "compared", "measure": "b/a", "with": "d/c", "points": {"up": 1, "same": 0, "down": 0}}
    assert possible(rule, 1, Known({"a": 100, "b": now, "c": 50, "d": 30})) == Range(expected, expected)


def test_an_unknown_key_leaves_the_row_open() -> None:
    rule = {"kind": "ratio", "of": "a", "sum_points": {"b": 1}, "cubed": True}
    assert possible(rule, 1, Known({"a": 10, "b": 1})) == Range(0, 1)


def test_a_special_case_may_override_the_result() -> None:
    rule = {"kind": "ratio", "of": "a", "sum_points": {"b": 1}, "special": [{"text": "x", "points": 1}]}
    assert possible(rule, 1, Known({"a": 10, "b": 1})) == Range(pytest.approx(0.1), 1)


@pytest.fixture(scope="module")
def resolution() -> dict[str, object]:
    """The scored rows of the set on Nghị quyết 57, by code."""
    return {criterion.code: criterion for criterion in load_pack("xa-nq57-2026").criteria}


@pytest.mark.parametrize(
    ("days", "taken"), [(0, 0), (1, -1), (2, -1), (2.5, -2), (3, -2), (4, -3), (5, -4), (6, -4), (30, -4)]
)
def test_a_penalty_by_days_grows_from_the_third_day_until_nothing_is_accepted(resolution, days, taken) -> None:
    """V.1: 1 point up to two days late, 1 a day from the third; after 20/12 the system is closed."""
    scoring = fill({**resolution["V.1"].scoring, "special": []}, {"year": 2026})
    assert possible(scoring, 0, Known({"a": days})) == Range(taken, taken)


def test_a_penalty_of_unknown_days_is_between_none_and_all(resolution) -> None:
    scoring = fill(resolution["V.1"].scoring, {"year": 2026})
    assert possible(scoring, 0, Known()) == Range(-4, 0)


def test_an_excuse_that_may_be_granted_keeps_a_penalty_open(resolution) -> None:
    scoring = fill(resolution["V.1"].scoring, {"year": 2026})
    assert possible(scoring, 0, Known({"a": 3})) == Range(-2, 0)


def test_a_penalty_by_days_without_a_last_day_has_no_bound() -> None:
    scoring = {
        "kind": "penalty",
        "by": "days_late",
        "due": "2026-12-15",
        "tiers": [{"from": 1, "points": -1, "per": "day"}],
    }
    assert possible(scoring, 0, Known()) == Range(-math.inf, 0)


@pytest.mark.parametrize(("times", "taken"), [(0, 0), (1, -0.5), (3, -0.5)])
def test_a_flat_penalty_is_taken_once_or_not(resolution, times, taken) -> None:
    """V.3: 0.5 when a report asked for was not made."""
    assert possible(resolution["V.3"].scoring, 0, Known({"a": times})) == Range(taken, taken)


@pytest.mark.parametrize(
    ("reached", "share", "expected"),
    [
        (Range(3, 3), 1.0, Range(5, 5)),
        (Range(3, 3), 0.99, Range(4, 4)),
        (Range(3, 3), 0.85, Range(4, 4)),
        (Range(3, 3), 0.84, Range(3, 3)),
        (Range(3, 3), 0.6, Range(3, 3)),
        (Range(3, 3), 0.59, Range(2, 2)),
        (Range(3, 3), 0.0, Range(0, 0)),
        (Range(0, 0), 1.0, Range(0, 2)),
        (Range(0, 0), 0.0, Range(0, 2)),
        (Range(0, 3), 1.0, Range(0, 5)),
        (Range(1.5, 1.5), 1.0, Range(0, 5)),
        (None, 1.0, Range(0, 5)),
    ],
)
def test_the_scale_is_that_of_the_points_the_other_row_reached(resolution, reached, share, expected) -> None:
    """II.4.2: by share with a plan (II.4.1 gives 3), 2 or 0 without one; half a plan is in neither case."""
    rows = {} if reached is None else {"II.4.1": reached}
    known = Known({"a": 100, "b": 100 * share}, rows=rows)
    assert possible(resolution["II.4.2"].scoring, 5, known) == expected
