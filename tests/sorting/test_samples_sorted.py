# SPDX-License-Identifier: Apache-2.0
"""The samples, their folders taken away, go back to where they were: the bar of `sort`."""

from __future__ import annotations

import pytest
from tests.benchmarks.sorting import ROOT, SAMPLES, WANTED, Tally, measure, planted, read


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_goes_back(session, name):
    pack = session.pack(SAMPLES[name])
    tally = measure(session, pack, *read(session, pack, ROOT / "samples" / name))
    assert tally.surely_wrong == 0, tally.told
    assert tally.share("wrong") == 0, tally.told
    assert tally.share("right", "shared") >= WANTED, tally.told
    assert tally.total >= 25


def test_good_submissions_made_by_chance_go_back(session):
    total = Tally()
    for tally in planted(session, range(1, 4)):
        total = total.joined(tally)
    assert total.surely_wrong == 0, total.told
    assert total.share("right", "shared") >= 0.9, total.told
    assert total.total >= 20
