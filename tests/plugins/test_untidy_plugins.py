# SPDX-License-Identifier: Apache-2.0
"""A plugin that leaves its process otherwise than it was does not disturb the files that come after."""

from __future__ import annotations

import json
import os
import signal
import sys
import time

import filemaking
import pytest
from faulty import disorder

from parcheck.model import Status
from parcheck.plugins import PluginChoice
from parcheck.reading import pool as pool_module
from parcheck.reading import surroundings
from parcheck.reading.pool import Job, Limits, ReaderPool
from parcheck.reading.surroundings import Surroundings

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals, masks and descriptors as POSIX has them")

FACTS = frozenset({"type", "symbol", "subject"})
BETTER_REPLACED = {"stdout", "stderr", "thread", "builtin", "module"}
"""After these ways no process is fit for another file."""


@pytest.fixture
def started(monkeypatch):
    """Return the workers that were started."""
    workers = []
    worker = pool_module.Worker

    def start(setup):
        workers.append(worker(setup))
        return workers[-1]

    monkeypatch.setattr(pool_module, "Worker", start)
    return workers


def read(folder, names, *modules, seconds=10.0):
    """Return the readings of files of these names, one after another in one worker where that goes."""
    for number, name in enumerate(names):
        filemaking.facts_file(folder / name, **{**filemaking.PLAN_FACTS, "symbol": f"{number}/KH-UBND"})
    choice = PluginChoice(extra=(*modules, "faulty.sheet"))
    with ReaderPool(facts=FACTS, choice=choice, limits=Limits(seconds), workers=1) as pool:
        readings = dict(pool.read_many([Job(folder / name, name) for name in names]))
    return [readings[index] for index in range(len(names))]


@pytest.mark.parametrize("way", sorted(disorder.WAYS.keys() - {"everything"}))
def test_nothing_is_lost_not_even_the_file_itself(tmp_path, monkeypatch, started, way):
    # As the command line is used: paths from where one stands.
    monkeypatch.chdir(tmp_path)
    names = ["a.facts", f"untidy-{way}.facts", "m.facts", "z.facts"]
    folder = tmp_path.relative_to(tmp_path)
    untidily = read(folder, names, "faulty.disorder")
    assert len(started) == (2 if way in BETTER_REPLACED else 1)
    assert untidily == read(folder, names)
    assert [reading.status for reading in untidily] == [Status.READ] * 4


def test_who_closes_the_way_of_the_answers_loses_its_file(tmp_path, started):
    names = ["a.facts", "untidy-everything.facts", "z.facts"]
    before, hit, after = read(tmp_path, names, "faulty.disorder")
    assert [problem.code for problem in hit.problems] == ["reader-crashed"]
    assert [before, after] == read(tmp_path, names)[::2]
    assert len(started) == 3


@pytest.mark.parametrize("way", ["exit", "interrupt", "deep", "other"])
def test_who_raises_what_is_no_ordinary_exception_loses_its_own_facts(tmp_path, started, way):
    names = ["a.facts", f"quit-{way}.facts", "z.facts"]
    before, hit, after = read(tmp_path, names, "faulty.quitting")
    assert (hit.status, [problem.code for problem in hit.problems]) == (Status.PARTIAL, ["plugin-failed"])
    assert hit.facts["type"] == "KH"
    assert [before, after] == read(tmp_path, names)[::2]
    assert len(started) == 2


def test_a_spent_worker_ends_at_once_whatever_lives_in_it(tmp_path, started):
    began = time.monotonic()
    read(tmp_path, ["untidy-thread.facts"], "faulty.disorder")
    (worker,) = started
    assert worker._process.returncode == -signal.SIGKILL
    assert time.monotonic() - began < 5


def test_what_many_files_leave_behind_does_not_add_up(tmp_path, started):
    names = [f"untidy-waiting {number}.facts" for number in range(surroundings.MOST_LEFT + 2)]
    for name in names:
        filemaking.facts_file(tmp_path / name, **filemaking.PLAN_FACTS)
    choice = PluginChoice(extra=("faulty.disorder", "faulty.sheet"))
    with ReaderPool(facts=FACTS, choice=choice, workers=1) as pool:
        readings = dict(pool.read_many([Job(tmp_path / name, name) for name in names]))
    assert {reading.facts["type"] for reading in readings.values()} == {"KH"}
    # On a busy machine a thread that waits may look as if it worked, and costs a worker more.
    assert 2 <= len(started) < len(names) // 4


def test_a_worker_that_holds_too_much_memory_is_replaced(tmp_path, started):
    names = ["a.facts", "hoard.facts", "z.facts"]
    readings = read(tmp_path, names, "faulty.hoarding")
    assert [reading.facts["symbol"] for reading in readings] == ["0/KH-UBND", "1/KH-UBND", "2/KH-UBND"]
    assert len(started) == 2


def test_an_answer_without_end_is_not_taken(tmp_path, started):
    """A reading of a hundred megabytes is nobody's letterhead: it would fill the memory of the caller."""
    names = ["a.facts", "endless.facts", "z.facts"]
    before, hit, after = read(tmp_path, names, "faulty.hoarding")
    assert [problem.code for problem in hit.problems] == ["reader-crashed"]
    assert [before, after] == read(tmp_path, names)[::2]


def test_alarms_and_limits_are_put_back():
    around = Surroundings()
    depth = sys.getrecursionlimit()
    signal.setitimer(signal.ITIMER_REAL, 60)
    sys.setrecursionlimit(depth + 1)
    assert around.put_back()
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert sys.getrecursionlimit() == depth


def test_what_is_added_is_not_what_is_changed(monkeypatch):
    around = Surroundings()
    monkeypatch.setattr(json, "of_a_library", 1, raising=False)
    assert around.put_back()
    monkeypatch.setattr(os, "getcwd", lambda: os.curdir)
    assert not around.put_back()
