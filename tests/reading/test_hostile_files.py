# SPDX-License-Identifier: Apache-2.0
"""A file that would eat time, memory or disk costs itself: an answer within the limits, and the next file is read."""

from __future__ import annotations

import time

import filemaking
import pytest
from tests.reading import hostile_files as made

from parcheck.model import Status
from parcheck.reading.pool import Limits, ReaderPool

LETTERHEAD = frozenset({"type", "symbol", "issued_on", "issuer", "subject", "signer"})
SECONDS = 4.0
MEMORY = 900_000_000
TOO_LARGE, DAMAGED, KILLED = {"file-too-large"}, {"file-damaged"}, {"reader-crashed", "reader-memory"}

CASES = [
    (made.drawn_again_and_again, ".pdf", Limits(SECONDS, None), {"reader-timeout"}),
    (made.content_of_gigabytes, ".pdf", Limits(30, MEMORY), KILLED),
    (made.picture_of_gigapixels, ".pdf", Limits(30, MEMORY), set()),
    (made.paper_of_kilometres, ".pdf", Limits(30, MEMORY), set()),
    (made.pages_without_end, ".pdf", Limits(30, MEMORY), set()),
    (made.arrays_in_arrays, ".pdf", Limits(30, MEMORY), set()),
    (made.page_tree_of_one_branch, ".pdf", Limits(30, MEMORY), set()),
    (made.tables_in_tables, ".docx", Limits(30, MEMORY), DAMAGED),
    (made.word_of_megabytes, ".docx", Limits(30, MEMORY), TOO_LARGE),
    (made.photograph_of_gigapixels, ".png", Limits(30, MEMORY), TOO_LARGE),
]


@pytest.mark.parametrize(("make", "suffix", "limits", "codes"), CASES, ids=[case[0].__name__ for case in CASES])
def test_an_answer_comes_within_the_limits_and_the_next_file_is_read(tmp_path, make, suffix, limits, codes):
    hostile, good = tmp_path / f"hostile{suffix}", tmp_path / "plan.pdf"
    make(hostile)
    filemaking.make(good, "a plan as PDF")
    assert hostile.stat().st_size < 3 * made.MEGABYTE
    with ReaderPool(facts=LETTERHEAD, limits=limits, workers=1) as pool:
        started = time.monotonic()
        hit = pool.read(hostile, hostile.name)
        seconds = time.monotonic() - started
        after = pool.read(good, good.name)
    assert seconds < limits.seconds + 5
    found = {problem.code for problem in hit.problems}
    if codes:
        assert found & codes
        assert hit.status is Status.UNREADABLE
        assert hit.unknown.keys() == LETTERHEAD
    else:
        # What could be opened holds no letterhead, and nothing is made up.
        assert not found
        assert not [name for name, value in hit.facts.items() if value is not None]
    assert (after.status, after.facts["symbol"]) == (Status.READ, "12/KH-SNV")
