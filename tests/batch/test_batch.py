# SPDX-License-Identifier: Apache-2.0
"""Many submissions in one run: order, isolation of a bad one, progress, cancelling, and what stays on disk."""

from __future__ import annotations

import asyncio
import json
import threading

import pytest

import parcheck
from parcheck.model import Outcome
from parcheck.reporting.summary import summarise
from parcheck.submission.discovery import find_submissions


def units(root):
    return find_submissions(root, {"1.1"})


def test_verdicts_come_in_order_one_per_unit(facts_session, province, pack_folder):
    root = province(units=11, files=2)
    results = list(facts_session.check_many(units(root), pack_folder))
    assert [result.path for result in results] == [f"{n} - Xã {n}" for n in range(1, 12)]
    assert [result.ready for result in results] == [n % 3 != 0 for n in range(1, 12)]
    assert all(len(result.documents) == 2 for result in results)


def test_the_same_verdict_as_a_check_of_the_unit_alone(facts_session, province, pack_folder):
    root = province(units=3)
    for result, path in zip(facts_session.check_many(units(root), pack_folder), units(root), strict=True):
        assert result == facts_session.check(path, pack_folder).submissions[0]


def test_a_unit_that_cannot_be_checked_costs_only_itself(facts_session, province, pack_folder):
    root = province(units=3)
    (root / "2 - Xã 2" / "submission.yaml").write_text("year: năm nay\n", encoding="utf-8")
    (root / "4 - Xã 4").mkdir()
    first, second, third, empty = facts_session.check_many(units(root), pack_folder)
    assert (first.ready, third.criteria[0].outcome) == (True, Outcome.INVALID)
    for unusable in (second, empty):
        assert not unusable.ready
        assert {finding.code for finding in unusable.findings} == {"submission-unusable"}
    told = facts_session.catalogue.part(second.findings[0], "message", "vi")
    assert "submission.yaml" in told
    assert "năm nay" in told


def test_progress_counts_every_file_and_every_unit(facts_session, province, pack_folder):
    seen = []
    root = province(units=3, files=5)
    for _ in facts_session.check_many(units(root), pack_folder, progress=seen.append):
        pass
    assert [p.files_done for p in seen if p.files_done] == sorted(p.files_done for p in seen)
    assert (seen[-1].units_done, seen[-1].units, seen[-1].files_done, seen[-1].files) == (3, 3, 15, 15)


def test_a_run_that_is_told_to_stop_stops_and_keeps_what_it_gave(facts_session, province, pack_folder):
    cancel = threading.Event()
    results = facts_session.check_many(units(province(units=9)), pack_folder, cancel=cancel)
    assert next(results).path == "1 - Xã 1"
    cancel.set()
    with pytest.raises(parcheck.Cancelled):
        list(results)


def test_closing_the_iterator_ends_the_readers(facts_session, province, pack_folder):
    before = threading.active_count()
    results = facts_session.check_many(units(province(units=9)), pack_folder)
    next(results)
    results.close()
    assert threading.active_count() == before


def test_two_threads_at_once_get_each_their_own(facts_session, province, pack_folder):
    paths = units(province(units=4))
    got = {}

    def check(name):
        got[name] = list(facts_session.check_many(paths, pack_folder, workers=1))

    threads = [threading.Thread(target=check, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got["a"] == got["b"]
    assert len(got["a"]) == 4


def test_inside_an_event_loop(facts_session, province, pack_folder):
    """A portal awaits each verdict in a thread; the loop stays free meanwhile."""
    paths = units(province(units=2))
    turns = 0

    async def tick():
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0.01)

    async def serve():
        ticking = asyncio.create_task(tick())
        report = await asyncio.to_thread(facts_session.check, paths[0], pack_folder)
        ticking.cancel()
        return report

    assert asyncio.run(serve()).ready
    assert turns > 3


def test_the_report_of_a_batch_is_loaded_unit_by_unit(facts_session, province, pack_folder, tmp_path):
    paths = units(province(units=4))
    report = facts_session.check_all(paths, pack_folder, tmp_path / "state")
    assert len(report.submissions) == 4
    assert report.submissions[2].path == "3 - Xã 3"
    assert [each.path for each in report.submissions[1:3]] == ["2 - Xã 2", "3 - Xã 3"]
    assert list(report.submissions) == list(facts_session.check_many(paths, pack_folder))
    assert [each.root for each in report.submissions] == paths


def test_the_summary_counts_units_codes_and_criteria(facts_session, province, pack_folder, tmp_path):
    paths = units(province(units=6))
    (paths[0].parent / "7 - Xã 7").mkdir()
    report = facts_session.check_all(units(paths[0].parent), pack_folder, tmp_path / "state")
    summary = summarise(report)
    assert not summary.ready
    assert [unit.path for unit in summary.worst_first][:3] == ["7 - Xã 7", "3 - Xã 3", "6 - Xã 6"]
    assert summary.units[2].outcomes == {"1.1": Outcome.INVALID}
    missing_number = next(code for code in summary.codes if code.code == "number-blank")
    assert (missing_number.units, missing_number.criteria) == (2, (("1.1", missing_number.count),))
    assert summary.criteria == (("1.1", report.submissions[0].criteria[0].name),)


def test_a_changed_file_is_judged_again_and_other_units_are_not(facts_session, province, pack_folder, tmp_path):
    paths = units(province(units=3))
    state = tmp_path / "state"
    facts_session.check_all(paths, pack_folder, state)
    file = paths[0] / "1.1" / "0.facts"
    data = json.loads(file.read_text(encoding="utf-8"))
    for name in ("0", "1", "2", "3"):
        (paths[0] / "1.1" / f"{name}.facts").write_text(json.dumps({**data, "symbol": None}), encoding="utf-8")
    seen = []
    report = facts_session.check_all(paths, pack_folder, state, progress=seen.append)
    assert [each.ready for each in report.submissions] == [False, True, False]
    assert {each.unit for each in seen} == {"1 - Xã 1"}


def test_another_pack_or_option_does_not_go_on_with_old_verdicts(facts_session, province, pack_folder, tmp_path):
    paths = units(province(units=2))
    state = tmp_path / "state"
    facts_session.check_all(paths, pack_folder, state)
    seen = []
    facts_session.check_all(paths, pack_folder, state, year=2024, progress=seen.append)
    assert {each.unit for each in seen} == {"1 - Xã 1", "2 - Xã 2"}
