# SPDX-License-Identifier: Apache-2.0
"""Readings kept by content: when they count, when they do not, and that nothing depends on them."""

from __future__ import annotations

import logging
import sqlite3
import threading

import filemaking
import pytest

from parcheck.model import Finding, Reading, Reason, Status
from parcheck.plugins import PluginChoice
from parcheck.reading.pool import Job, ReaderPool
from parcheck.reading.store import ReadingStore, cache_file, clear

READ = Reading("cũ.facts", "ab", "application/x-facts", Status.READ, {"type": "KH"})


@pytest.fixture
def store(tmp_path):
    with ReadingStore(tmp_path / "kho" / "readings.sqlite", "readers") as opened:
        yield opened


@pytest.fixture
def job(tmp_path):
    return Job(filemaking.facts_file(tmp_path / "a.facts", **filemaking.PLAN_FACTS), "1.1/a.facts")


def test_a_kept_reading_comes_back_under_the_name_that_is_asked(store, job):
    key = store.key(job, "digest", ["type"])
    assert store.get(key, job) is None
    store.put(key, READ)
    kept = store.get(key, job)
    assert (kept.path, kept.facts, kept.sha256) == ("1.1/a.facts", {"type": "KH"}, "ab")


def test_the_folder_does_not_matter_the_name_the_bytes_the_facts_and_the_readers_do(store, job, tmp_path):
    key = store.key(job, "digest", ["type"])
    assert store.key(Job(job.file, "2.1/a.facts"), "digest", {"type"}) == key
    others = [
        store.key(Job(job.file, "1.1/b.facts"), "digest", ["type"]),
        store.key(job, "other digest", ["type"]),
        store.key(job, "digest", ["type", "symbol"]),
        store.key(job, "digest", None),
        store.key(Job(job.file, job.name, ("bên trong.pdf",)), "digest", ["type"]),
        ReadingStore(tmp_path / "other.sqlite", "other readers").key(job, "digest", ["type"]),
    ]
    assert len({key, *others}) == len(others) + 1


@pytest.mark.parametrize("code", ["reader-crashed", "reader-timeout", "file-unreachable", "plugin-failed"])
def test_what_may_come_out_otherwise_tomorrow_is_not_kept(store, job, code, tmp_path):
    failed = Reading("a", None, None, Status.UNREADABLE, problems=(Finding(code),))
    store.put("key", failed)
    assert store.get("key", job) is None
    with ReadingStore(tmp_path / "run.sqlite", "readers", keeps_failures=True) as run:
        run.put("key", failed)
        assert run.get("key", job) == Reading("1.1/a.facts", None, None, Status.UNREADABLE, problems=(Finding(code),))


def test_a_reading_that_a_plugin_failed_at_is_not_kept(store, job):
    store.put("key", Reading("a", None, None, Status.PARTIAL, unknown={"symbol": Reason("plugin-failed")}))
    assert store.get("key", job) is None
    store.put("key", Reading("a", None, None, Status.PARTIAL, unknown={"symbol": Reason("scan")}))
    assert store.get("key", job) is not None


@pytest.mark.parametrize("spoil", ["garbage", "folder"])
def test_a_store_that_cannot_be_used_is_left_alone_with_one_warning(tmp_path, job, caplog, spoil):
    path = tmp_path / "readings.sqlite"
    if spoil == "folder":
        path.mkdir()
    else:
        path.write_bytes(b"not a database at all, " * 100)
    with caplog.at_level(logging.WARNING, "parcheck"), ReadingStore(path, "readers") as store:
        store.put("key", READ)
        assert store.get("key", job) is None
        assert store.info().readings == 0
    assert len(caplog.records) == 1
    assert "parcheck cache clear" in caplog.records[0].getMessage()


def test_a_kept_reading_that_is_garbled_is_read_anew(store, job):
    store.put("key", READ)
    with sqlite3.connect(store.path) as other:
        other.execute("UPDATE readings SET kept = x'00'")
    other.close()
    assert store.get("key", job) is None


def test_a_store_of_an_older_shape_starts_anew(tmp_path, job):
    path = tmp_path / "readings.sqlite"
    with sqlite3.connect(path) as old:
        old.execute("CREATE TABLE readings (something TEXT)")
        old.execute("PRAGMA user_version = 999")
    old.close()
    with ReadingStore(path, "readers") as store:
        store.put("key", READ)
        assert store.get("key", job).facts == {"type": "KH"}


def test_several_stores_write_to_one_file_at_once(tmp_path, job):
    path = tmp_path / "readings.sqlite"

    def write(name):
        with ReadingStore(path, "readers") as store:
            for number in range(50):
                store.put(f"{name}{number}", READ)

    threads = [threading.Thread(target=write, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with ReadingStore(path, "readers") as store:
        assert store.info().readings == 200


def test_clearing_deletes_the_file_and_says_what_it_freed(tmp_path):
    path = tmp_path / "readings.sqlite"
    with ReadingStore(path, "readers") as store:
        store.put("key", READ)
    assert clear(path) > 0
    assert not path.exists()
    assert clear(path) == 0


def test_the_pool_starts_no_worker_for_files_it_knows(store, job, monkeypatch):
    choice = PluginChoice(extra=("faulty.sheet",))
    facts = frozenset({"type"})
    with ReaderPool(facts=facts, choice=choice, stores=[store]) as pool:
        (first,) = pool.read_many([job])
    monkeypatch.setattr("parcheck.reading.pool.Worker", None)
    with ReaderPool(facts=facts, choice=choice, stores=[store]) as pool:
        assert list(pool.read_many([job])) == [first]
    job.file.write_text("{}", encoding="utf-8")
    with ReaderPool(facts=facts, choice=choice, stores=[store]) as pool, pytest.raises(TypeError):
        list(pool.read_many([job]))


def test_the_cache_lies_where_the_environment_says(monkeypatch, tmp_path):
    with monkeypatch.context() as patch:
        patch.setenv("PARCHECK_CACHE", str(tmp_path))
        assert cache_file() == tmp_path / "readings.sqlite"
        patch.delenv("PARCHECK_CACHE")
        assert cache_file().parent.name == "parcheck"
