# SPDX-License-Identifier: Apache-2.0
"""One planted fault of each kind is found, and two good submissions are left alone.

`tests/benchmarks/planted_faults.py` does the same with hundreds.
"""

from __future__ import annotations

import random

import pytest
from tests.benchmarks.planted import packs
from tests.benchmarks.planted.checking import Checker, findings, outcome
from tests.benchmarks.planted.faults import BAD, KINDS
from tests.benchmarks.planted.good import good
from tests.benchmarks.planted.measuring import seen

SEEDS = {"tỉnh": 24, "sở": 22}
"""A province that has a predecessor, and a department with initiatives."""


@pytest.fixture(scope="module")
def checker():
    with Checker() as opened:
        yield opened


@pytest.fixture(scope="module")
def cases():
    return [good(seed) for seed in SEEDS.values()]


@pytest.mark.parametrize("level", SEEDS)
def test_a_good_submission_is_not_accused(checker, level):
    case = good(SEEDS[level])
    assert case.level == level
    result = checker.check(case)
    told = [(finding.code, finding.criterion) for finding in findings(result)]
    assert not [c.code for c in result.criteria if c.outcome in BAD], told


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: f"{kind.number} {kind.words}")
def test_a_planted_fault_is_found(checker, cases, kind):
    for case in cases:
        planted = kind.plant(case, random.Random(kind.words))  # noqa: S311 - test data, not secrets
        if planted is not None:
            result = checker.check(planted.case)
            told = [(finding.code, finding.criterion) for finding in findings(result)]
            assert seen(kind, planted, result), (outcome(result, planted.criterion), told)
            return
    pytest.fail("no submission that this fault can befall")


@pytest.mark.parametrize("words", packs.FAULTS)
def test_a_fault_of_the_set_is_named(checker, words):
    assert packs.found(checker.session, words, 1)
