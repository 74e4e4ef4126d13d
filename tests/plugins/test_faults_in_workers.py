# SPDX-License-Identifier: Apache-2.0
"""A plugin that goes wrong with one file costs that file: the others are read as if nothing had happened."""

from __future__ import annotations

import dataclasses
import json
import sys

import filemaking
import pytest

from parcheck.model import Status
from parcheck.plugins import PluginChoice
from parcheck.reading import pool as pool_module
from parcheck.reading.pool import Job, Limits, ReaderPool

FACTS = frozenset({"type", "symbol", "subject"})
BEFORE, AFTER = "a-before", "z-after"
MEMORY = 800_000_000


def read(folder, module, trigger, **limits):
    """Read three files, the middle one of a name that the plugin goes wrong with; return their readings in order."""
    names = [f"{BEFORE}.facts", f"{trigger}.facts", f"{AFTER}.facts"]
    for number, name in enumerate(names):
        filemaking.facts_file(folder / name, **{**filemaking.PLAN_FACTS, "symbol": f"{number}/KH-UBND"})
    choice = PluginChoice(extra=tuple(f"faulty.{name}" for name in (module, "sheet") if name))
    limits = Limits(**{"seconds": 20.0, **limits})
    with ReaderPool(facts=FACTS, choice=choice, limits=limits, workers=1) as pool:
        readings = dict(pool.read_many([Job(folder / name, name) for name in names]))
    return [readings[index] for index in range(len(names))]


@pytest.mark.parametrize(
    ("module", "trigger", "limits", "status", "code"),
    [
        ("crash", "crash", {}, Status.UNREADABLE, "reader-crashed"),
        ("crash", "crash-segfault", {}, Status.UNREADABLE, "reader-crashed"),
        ("hang", "hang", {"seconds": 2.0}, Status.UNREADABLE, "reader-timeout"),
        ("oom", "oom", {"memory": MEMORY}, Status.PARTIAL, "reader-memory"),
        ("raising_reader", "raising-read", {}, Status.PARTIAL, "plugin-failed"),
        ("raising_reader", "raising-open", {}, Status.PARTIAL, "plugin-failed"),
        ("raising_later", "raising-close", {}, Status.PARTIAL, "plugin-failed"),
        ("liar", "liar-nothing", {}, Status.PARTIAL, "plugin-failed"),
        ("liar", "liar-plain", {}, Status.PARTIAL, "plugin-failed"),
        ("liar", "liar-object", {}, Status.PARTIAL, "plugin-failed"),
        ("forking", "fork-orphan", {}, Status.UNREADABLE, "reader-crashed"),
    ],
)
def test_a_fault_costs_its_file_only(tmp_path, module, trigger, limits, status, code):
    before, hit, after = read(tmp_path / "faulty", module, trigger, **limits)
    assert hit.status is status
    assert code in [problem.code for problem in hit.problems]
    assert hit.facts.keys() | hit.unknown.keys() == FACTS
    plain = read(tmp_path / "sound", None, trigger)
    for ours, theirs in ((before, plain[0]), (after, plain[2])):
        same = [problem for problem in ours.problems if problem.code != "plugin-failed"]
        assert dataclasses.replace(ours, problems=tuple(same), status=theirs.status) == theirs


def test_what_is_not_read_is_unknown_and_never_absent(tmp_path):
    _, hit, _ = read(tmp_path, "crash", "crash")
    assert not hit.facts
    assert {reason.code for reason in hit.unknown.values()} == {"file-unreadable"}


@pytest.mark.parametrize("lie", ["liar-name", "liar-nan", "liar-type"])
def test_a_liar_speaks_for_its_own_facts_only(tmp_path, lie):
    before, hit, after = read(tmp_path, "liar", lie)
    assert hit.facts.keys() | hit.unknown.keys() == FACTS
    assert hit.facts["type"] == "KH"
    assert [before.facts["symbol"], after.facts["symbol"]] == ["0/KH-UBND", "2/KH-UBND"]


def test_readings_keep_to_their_file_when_a_plugin_splits_the_worker(tmp_path):
    """Two processes then answer for one file; the second answer must not be taken for the next file's."""
    readings = read(tmp_path, "forking", "fork", seconds=10.0)
    assert [reading.path for reading in readings] == [f"{BEFORE}.facts", "fork.facts", f"{AFTER}.facts"]
    assert [reading.facts.get("symbol") for reading in readings][::2] == ["0/KH-UBND", "2/KH-UBND"]


def test_what_a_plugin_prints_reaches_nobody(tmp_path, capfd):
    readings = read(tmp_path, "chatty", "chatty")
    assert [reading.facts["symbol"] for reading in readings] == ["0/KH-UBND", "1/KH-UBND", "2/KH-UBND"]
    assert capfd.readouterr() == ("", "")


def test_a_plugin_that_fails_in_every_hook_costs_only_what_it_would_have_given(tmp_path):
    for reading in read(tmp_path, "raising", "raising"):
        assert reading.facts["type"] == "KH"
        assert {problem.code for problem in reading.problems} == {"plugin-failed"}
        assert {problem.args["plugin"] for problem in reading.problems} == {"faulty.raising"}


def test_a_generator_that_raises_gives_what_it_gave_before(tmp_path):
    for reading in read(tmp_path, "raising_later", "x"):
        assert reading.facts["symbol"]
        assert [(p.code, p.args["plugin"]) for p in reading.problems] == [("plugin-failed", "faulty.raising_later")]


def test_a_worker_that_answers_nonsense_is_taken_for_crashed(tmp_path, monkeypatch):
    """A hostile file may take over the worker: what it then sends is JSON at best."""
    worker = tmp_path / "worker.py"
    frame = "import sys; from parcheck.reading.worker import read_frame, write_frame\n"
    frame += "read_frame(sys.stdin.buffer); write_frame(sys.stdout.buffer, {'ready': True})\n"
    frame += "while (job := read_frame(sys.stdin.buffer)):\n"
    frame += "    write_frame(sys.stdout.buffer, {'path': job['name'], 'facts': 'none'})\n"
    worker.write_text(frame, encoding="utf-8")
    start = pool_module.subprocess.Popen

    def popen(command, **options):
        return start([sys.executable, str(worker)], **options)

    monkeypatch.setattr(pool_module.subprocess, "Popen", popen)
    with ReaderPool(facts=FACTS, workers=1) as pool:
        readings = dict(pool.read_many([Job(worker, "một.pdf"), Job(worker, "hai.pdf")]))
    for index, name in enumerate(["một.pdf", "hai.pdf"]):
        assert readings[index].path == name
        assert [problem.code for problem in readings[index].problems] == ["reader-crashed"]


def test_a_late_answer_does_not_leave_a_dead_worker_behind(tmp_path, monkeypatch):
    """The clock may run out just when the answer comes: the worker is dead then and must not get the next file."""
    read_frame = pool_module.read_frame
    killed = []

    def slow_frame(stream):
        answer = read_frame(stream)
        while answer is not None and answer.get("path") == "a.facts" and not killed[-1:]:
            pass
        return answer

    class Timer(pool_module.threading.Timer):
        def __init__(self, seconds, function):
            def stop():
                function()
                killed.append(True)

            super().__init__(seconds, stop)

    monkeypatch.setattr(pool_module.threading, "Timer", Timer)
    monkeypatch.setattr(pool_module, "read_frame", slow_frame)
    files = [filemaking.facts_file(tmp_path / name, **filemaking.PLAN_FACTS) for name in ("a.facts", "b.facts")]
    choice = PluginChoice(extra=("faulty.sheet",))
    with ReaderPool(facts=FACTS, choice=choice, limits=Limits(seconds=6.0), workers=1) as pool:
        readings = dict(pool.read_many([Job(file, file.name) for file in files]))
    assert readings[1].facts["type"] == "KH"


def test_many_files_and_workers_give_each_file_its_own_answer(tmp_path):
    files = []
    for number in range(30):
        name = "crash.facts" if number == 13 else f"{number}.facts"
        file = filemaking.facts_file(tmp_path / name, **{**filemaking.PLAN_FACTS, "symbol": f"{number}/KH-UBND"})
        files.append(Job(file, name))
    choice = PluginChoice(extra=("faulty.crash", "faulty.sheet"))
    with ReaderPool(facts=FACTS, choice=choice, workers=2) as pool:
        readings = dict(pool.read_many(files))
    symbols = [readings[number].facts.get("symbol") for number in range(30)]
    assert symbols == [None if number == 13 else f"{number}/KH-UBND" for number in range(30)]


def test_the_worker_is_given_its_job_as_json(tmp_path):
    """No pickle crosses the border: what the parent sends can be sent by any program."""
    with ReaderPool(facts=FACTS, choice=PluginChoice(("pdf",), ("faulty.sheet",)), workers=1) as pool:
        assert json.loads(json.dumps(pool._setup)) == {
            "facts": sorted(FACTS),
            "blocked": ["pdf"],
            "extra": ["faulty.sheet"],
            "memory": Limits().memory,
        }


def test_of_a_file_that_crashed_everything_is_unknown_also_where_nothing_in_particular_was_asked(tmp_path):
    file = filemaking.facts_file(tmp_path / "crash.facts", **filemaking.PLAN_FACTS)
    with ReaderPool(choice=PluginChoice(extra=("faulty.crash", "faulty.sheet")), workers=1) as pool:
        reading = pool.read(file)
    assert not reading.facts
    assert {"type", "symbol", "signatures", "file"} <= reading.unknown.keys()
