# SPDX-License-Identifier: Apache-2.0
"""Any executor gives the same bytes; one that fails costs time, not files."""

from __future__ import annotations

import concurrent.futures
import hashlib
import io
import json
import logging
import os
import signal
import socket
import subprocess
import sys
import time

import filemaking
import pytest
from zipmaking import Entry, write_zip

from parcheck.reading import remote
from parcheck.reading.kept import LastDigest
from parcheck.reading.pool import Job
from parcheck.reporting.as_json import write_json
from parcheck.submission.discovery import find_submissions


def units(root):
    return find_submissions(root, {"1.1"})


def as_bytes(session, pack, results):
    stream = io.StringIO()
    report = session.report(session.pack(pack), list(results), "")
    report.run.clear()
    write_json(report, session.catalogue, "vi", stream)
    return stream.getvalue()


@pytest.fixture
def wanted(facts_session, province, pack_folder, monkeypatch):
    """Return (units, the bytes that this computer's own processes give)."""
    monkeypatch.setattr(remote, "FILES_PER_TASK", 4)
    paths = units(province(units=5, files=4))
    return paths, as_bytes(facts_session, pack_folder, facts_session.check_many(paths, pack_folder))


def test_threads_give_the_same_bytes(facts_session, pack_folder, wanted):
    paths, expected = wanted
    with concurrent.futures.ThreadPoolExecutor(2) as executor:
        assert as_bytes(
            facts_session, pack_folder, facts_session.check_many(paths, pack_folder, executor=executor)
        ) == (expected)


def test_processes_give_the_same_bytes(facts_session, pack_folder, wanted):
    paths, expected = wanted
    import multiprocessing

    context = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(2, mp_context=context) as executor:
        results = facts_session.check_many(paths, pack_folder, executor=executor)
        assert as_bytes(facts_session, pack_folder, results) == expected


class Elsewhere(concurrent.futures.Executor):
    """A computer on which the paths lead nowhere."""

    def __init__(self):
        self.sent = []
        self.data = []

    def submit(self, function, setup, jobs):
        future = concurrent.futures.Future()
        self.sent.append([job["data"] is not None for job in jobs])
        self.data += [job["data"] for job in jobs if job["data"] is not None]
        away = [{**job, "file": "/nowhere/" + os.path.basename(job["file"])} for job in jobs]  # noqa: PTH119
        future.set_result(function(setup, away))
        return future


def test_files_that_are_not_there_are_sent_along(facts_session, pack_folder, wanted):
    paths, expected = wanted
    executor = Elsewhere()
    results = facts_session.check_many(paths, pack_folder, executor=executor)
    assert as_bytes(facts_session, pack_folder, results) == expected
    assert executor.sent.count([False] * 4) == 5
    assert executor.sent.count([True] * 4) == 5


@pytest.fixture
def parcel(tmp_path):
    """Return a ZIP of plans, of which one comes twice, one has a name that points outside, and one cannot be read."""
    plan = json.dumps(filemaking.PLAN_FACTS).encode()
    entries = [Entry(f"1.1/{number}.facts", plan + b" " * number, 8) for number in range(6)]
    again = Entry("1.1/0.facts", plan + b"\n", 8)
    outside = Entry("../1.1/outside.facts", plan + b"\t", 8)
    broken = Entry("1.1/broken.facts", plan + b"\r", 8, crc=1)
    bulk = Entry("1.1/bulk.facts", plan[:-1] + b', "padding": "' + b"x" * 20_000 + b'"}')
    return write_zip(tmp_path / "ho-so.zip", *entries, again, outside, broken, bulk)


def test_of_an_archive_the_members_alone_are_sent(facts_session, pack_folder, parcel):
    here = facts_session.check(parcel, pack_folder).submissions
    executor = Elsewhere()
    there = facts_session.check(parcel, pack_folder, executor=executor).submissions
    assert as_bytes(facts_session, pack_folder, there) == as_bytes(facts_session, pack_folder, here)
    codes = {finding.code for finding in here[0].findings}
    assert {"archive-duplicate", "archive-name-unsafe", "file-damaged"} <= codes
    # The one that cannot be unpacked is not sent: what ails it is said by its reading here.
    assert len(executor.data) == 9
    assert all(json.loads(data)["type"] == "KH" for data in executor.data)


def test_an_archive_where_it_is_found_is_neither_sent_nor_digested_for_each_member(
    facts_session, pack_folder, parcel, monkeypatch
):
    made = []
    digest = hashlib.file_digest
    monkeypatch.setattr(hashlib, "file_digest", lambda stream, name: made.append(stream.name) or digest(stream, name))
    here = facts_session.check(parcel, pack_folder).submissions
    executor = Elsewhere()
    monkeypatch.setattr(executor, "submit", concurrent.futures.ThreadPoolExecutor(1).submit)
    made.clear()
    there = facts_session.check(parcel, pack_folder, executor=executor).submissions
    assert there == here
    assert len([name for name in made if str(name) == str(parcel)]) <= 3
    assert not executor.data


def test_no_more_bytes_are_on_the_way_than_allowed(facts_session, pack_folder, parcel, monkeypatch):
    monkeypatch.setattr(remote, "BYTES_PER_TASK", 1)
    monkeypatch.setattr(remote, "BYTES_AHEAD", 1)
    expected = as_bytes(facts_session, pack_folder, facts_session.check(parcel, pack_folder).submissions)
    executor = Elsewhere()
    results = facts_session.check(parcel, pack_folder, executor=executor).submissions
    assert as_bytes(facts_session, pack_folder, results) == expected
    assert executor.sent.count([True]) == 9


class Broken(concurrent.futures.Executor):
    """An executor that does what it is told to do wrong."""

    def __init__(self, fault):
        self.fault = fault

    def submit(self, function, setup, jobs):
        if self.fault == "refuses":
            raise RuntimeError("cannot schedule new futures after shutdown")
        future = concurrent.futures.Future()
        if self.fault == "fails":
            future.set_exception(concurrent.futures.process.BrokenProcessPool("a child process terminated"))
        elif self.fault == "nonsense":
            future.set_result([{"path": "x"}] * len(jobs))
        elif self.fault == "too few":
            future.set_result(function(setup, jobs[1:]))
        else:
            future.set_result([None] * len(jobs))
        return future


@pytest.mark.parametrize("fault", ["refuses", "fails", "nonsense", "too few", "never finds a file"])
def test_an_executor_that_fails_costs_no_file(facts_session, pack_folder, wanted, caplog, fault):
    paths, expected = wanted
    with caplog.at_level(logging.WARNING, "parcheck"):
        results = facts_session.check_many(paths, pack_folder, executor=Broken(fault))
        assert as_bytes(facts_session, pack_folder, results) == expected
    said = [record.getMessage() for record in caplog.records]
    assert len(said) == (0 if fault == "never finds a file" else 1)


def test_other_bytes_under_the_same_path_are_not_taken_for_the_file(tmp_path):
    """On another computer the same path may hold another file."""
    file = tmp_path / "a.facts"
    file.write_text("{}", encoding="utf-8")
    asked = remote._Asked(0, Job(file, "a.facts"), None, None)
    data = asked.by_path(LastDigest())
    file.write_text('{"type": "KH"}', encoding="utf-8")
    setup = {"facts": ["type"], "blocked": (), "extra": ("faulty.sheet",), "seconds": 60.0, "memory": None}
    assert remote.read_batch(setup, [data]) == [None]


# --- a real cluster -------------------------------------------------------------------------------------------------


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Cluster:
    """A Dask scheduler and workers as processes of their own."""

    def __init__(self, folder):
        self.address = f"127.0.0.1:{_free_port()}"
        path = os.pathsep.join(filter(None, sys.path))
        self._environment = {**os.environ, "PYTHONPATH": path, "DASK_DISTRIBUTED__WORKER__MEMORY__TERMINATE": "false"}
        self._folder = folder
        host, port = self.address.split(":")
        self.scheduler = self._start("scheduler", "--host", host, "--port", port, "--no-dashboard")
        self.workers = [self._worker(), self._worker()]

    def _start(self, *arguments):
        with (self._folder / "dask.log").open("a") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:]],
                env=self._environment,
                cwd=self._folder,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _worker(self):
        return self._start(
            "worker", f"tcp://{self.address}", "--no-dashboard", "--nworkers", "1", "--nthreads", "1", "--no-nanny",
            "--local-directory", str(self._folder),
        )  # fmt: skip

    def wait(self, workers=2, seconds=60):
        from distributed import Client

        ends = time.monotonic() + seconds
        while True:
            try:
                client = Client(f"tcp://{self.address}", timeout=5, set_as_default=False)
                break
            except OSError:
                if time.monotonic() > ends:
                    raise
        client.wait_for_workers(workers, timeout=seconds)
        return client

    def end(self):
        for process in (*self.workers, self.scheduler):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.fixture
def cluster(tmp_path):
    made = Cluster(tmp_path)
    yield made
    made.end()


@pytest.mark.skipif(sys.platform == "win32", reason="process groups are killed by signal")
@pytest.mark.filterwarnings("default")
def test_a_dask_cluster_that_loses_a_worker_gives_the_same_bytes(facts_session, pack_folder, wanted, cluster):
    paths, expected = wanted
    with cluster.wait() as client:
        executor = client.get_executor(pure=False, retries=3)
        done = []

        def kill_one(progress):
            if progress.files_done >= 4 and not done:
                done.append(progress)
                os.killpg(cluster.workers[0].pid, signal.SIGKILL)

        results = facts_session.check_many(paths, pack_folder, executor=executor, progress=kill_one)
        assert as_bytes(facts_session, pack_folder, results) == expected
        assert done
        assert cluster.workers[0].wait() == -signal.SIGKILL


def test_the_command_line_says_when_a_cluster_does_not_answer(parcheck_command, province, pack_folder):
    code, out, err = parcheck_command(
        "check", province(), "--rules", pack_folder, "--executor", f"dask://127.0.0.1:{_free_port()}"
    )
    assert (code, out) == (2, "")
    assert "dask scheduler" in err
    code, _, err = parcheck_command("check", province(), "--rules", pack_folder, "--executor", "slurm")
    assert code == 2
    assert "slurm" in err
