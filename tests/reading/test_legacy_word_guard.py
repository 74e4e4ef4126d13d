# SPDX-License-Identifier: Apache-2.0
"""The guard of LibreOffice against programs that hang, fall over or print rubbish; the programs are made up."""

from __future__ import annotations

import os
import sys
import threading
import time
from pathlib import Path

import pytest

from parcheck_plugins.legacy_word.office import Office, find_program

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the made-up programs are shell scripts")

# Finds the last argument (the copy) and where the result goes.
_HEAD = "#!/bin/sh\nfor arg; do copy=$arg; case $prev in --outdir) out=$arg;; esac; prev=$arg; done\nexport copy out\n"
_GOOD = 'mkdir -p "$out" && cp "$copy" "$out/document.docx" && echo converted\n'


@pytest.fixture
def made_up(tmp_path):
    offices = []

    def make(body: str) -> Office:
        program = tmp_path / "soffice"
        program.write_text(_HEAD + body, encoding="ascii")
        program.chmod(0o755)
        offices.append(Office(str(program)))
        return offices[-1]

    yield make
    for office in offices:
        office.close()


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "Báo cáo -- số 1.doc"
    path.write_bytes(b"content")
    return path


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # A process that nobody has waited for yet is dead all the same.
    stat = Path(f"/proc/{pid}/stat")
    return not (stat.exists() and stat.read_text().rpartition(")")[2].split()[0] == "Z")


def wait_for(path: Path) -> str:
    for _ in range(100):
        if path.exists() and path.read_text().strip():
            return path.read_text()
        time.sleep(0.05)
    raise AssertionError(f"never written: {path}")


def gone(*pids: int) -> bool:
    for _ in range(100):
        if not any(alive(pid) for pid in pids):
            return True
        time.sleep(0.05)
    return False


def test_the_result_is_given_and_the_file_is_a_copy_under_a_plain_name(made_up, source):
    office = made_up(_GOOD)
    made = office.convert(source, "document.doc", "MS Word 97")
    assert made.result is not None
    assert made.result.read_bytes() == b"content"
    assert made.result.parent.parent != source.parent
    assert not made.late
    assert not made.crashed


def test_one_guard_serves_many_files(made_up, source):
    office = made_up(_GOOD)
    results = [office.convert(source, "document.doc", "MS Word 97").result for _ in range(3)]
    assert len(set(results)) == 3
    assert len({result.parents[2] for result in results}) == 1


def test_a_program_that_hangs_is_killed_with_its_children(made_up, source, tmp_path):
    pids = tmp_path / "pids"
    office = made_up(f'sleep 60 & echo "$$ $!" > "{pids}"; wait\n')
    began = time.monotonic()
    made = office.convert(source, "document.doc", "MS Word 97", seconds=1.0)
    assert made.late
    assert made.result is None
    assert time.monotonic() - began < 5
    assert gone(*map(int, wait_for(pids).split()))


def test_a_child_left_behind_is_killed_too(made_up, source, tmp_path):
    pids = tmp_path / "pids"
    office = made_up(f'sleep 60 & echo "$!" > "{pids}"\n{_GOOD}')
    assert office.convert(source, "document.doc", "MS Word 97").result is not None
    assert gone(int(wait_for(pids)))


def test_a_program_that_falls_over_is_told_from_one_that_refuses(made_up, source):
    assert made_up("kill -SEGV $$\n").convert(source, "document.doc", "MS Word 97").crashed
    refused = made_up('echo "Error: source file could not be loaded"; exit 0\n').convert(source, "a.doc", "MS Word 97")
    assert refused.result is None
    assert not refused.crashed
    assert refused.said == "Error: source file could not be loaded"


def test_a_program_that_is_not_there_costs_the_file_only(tmp_path, source):
    office = Office(str(tmp_path / "absent"))
    assert office.convert(source, "document.doc", "MS Word 97").crashed
    assert not office.works()
    office.close()


def test_a_file_that_vanished_costs_the_file_only(made_up, source, tmp_path):
    office = made_up(_GOOD)
    assert office.convert(tmp_path / "absent.doc", "document.doc", "MS Word 97").crashed
    assert office.convert(source, "document.doc", "MS Word 97").result is not None


def test_closing_removes_all_that_was_written(made_up, source):
    office = made_up(_GOOD)
    folder = office.convert(source, "document.doc", "MS Word 97").result.parents[2]
    assert folder.is_dir()
    office.close()
    assert not folder.exists()


def test_losing_the_worker_kills_a_running_conversion_and_cleans_up(made_up, source, tmp_path):
    pids = tmp_path / "pids"
    office = made_up(f'echo "$$ $PWD" > "{pids}"; sleep 60\n')
    waiting = threading.Thread(target=office.convert, args=(source, "document.doc", "MS Word 97", 30.0))
    waiting.start()
    pid, folder = wait_for(pids).split()
    office._guard.stdin.close()
    waiting.join(10)
    assert gone(int(pid))
    assert not Path(folder).exists()


def test_no_setting_of_ours_reaches_the_program(made_up, source, tmp_path, monkeypatch):
    seen = tmp_path / "environment"
    with monkeypatch.context() as patch:
        patch.setenv("PYTHONPATH", "/nowhere")
        patch.setenv("DISPLAY", ":0")
        made_up(f'env > "{seen}"\n{_GOOD}').convert(source, "document.doc", "MS Word 97")
    names = {line.partition("=")[0] for line in seen.read_text().splitlines()}
    assert names.isdisjoint({"PYTHONPATH", "DISPLAY"})


def test_libreoffice_is_found_on_the_search_path(tmp_path, monkeypatch):
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\n", encoding="ascii")
    program.chmod(0o755)
    with monkeypatch.context() as patch:
        patch.setenv("PATH", str(tmp_path))
        assert find_program() == str(program)
