# SPDX-License-Identifier: Apache-2.0
"""The command line as scripts and people use it: exit codes, sentences, files that appear whole or not at all."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from parcheck.cli import run

PLAN = "1.1/Ke hoach.facts"
PROGRAM = [sys.executable, "-c", "from parcheck.cli import main; main()"]
# A shell that runs tests in the background has its children ignore interrupts; a user's shell does not.
HEEDING = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
INTERRUPTIBLE = [sys.executable, "-c", f"{HEEDING}; from parcheck.cli import main; main()"]


@pytest.fixture
def ready(installed, handed_in, pack_folder):
    """Return the arguments of a check that ends in 0."""
    installed("faulty.sheet")
    return ["check", handed_in(PLAN), "--rules", pack_folder]


def umask():
    """Return what the process takes from the rights of new files."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def sentence(text):
    """Return an error after seeing that it is one line, no trace, nothing left to fill in."""
    assert text.endswith("\n")
    assert len(text.strip().splitlines()) == 1
    assert "Traceback" not in text
    assert "…" not in text
    return text


# --- exit codes -----------------------------------------------------------------------------------------------------


def test_0_everything_is_ready(ready, parcheck_command):
    code, out, err = parcheck_command(*ready)
    assert (code, err) == (0, "")
    assert "SẴN SÀNG NỘP: " in out
    assert "CHƯA SẴN" not in out


@pytest.mark.parametrize("facts", [{"type": "BC"}, {"symbol": None}])
def test_1_something_is_missing_or_invalid(ready, handed_in, parcheck_command, facts):
    handed_in(PLAN, **facts)
    code, out, err = parcheck_command(*ready)
    assert (code, err) == (1, "")
    assert "CHƯA SẴN SÀNG NỘP" in out


def test_0_where_only_a_person_can_tell(ready, handed_in, parcheck_command):
    handed_in(PLAN, symbol="?")
    code, out, _ = parcheck_command(*ready)
    assert code == 0
    assert "còn 1 tiêu chí cần một người xem" in out


def test_3_nothing_to_check(ready, parcheck_command, tmp_path):
    (tmp_path / "ho-so" / "submission.yaml").write_text("scope: ['9']\n", encoding="utf-8")
    code, out, _ = parcheck_command(*ready)
    assert code == 3
    assert "Không tìm thấy mã tiêu chí 9 trong bộ tiêu chí" in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["check", "{tmp}/khong-co", "--rules", "{pack}"], ["khong-co", "Không tìm thấy"]),
        (["check", "{pack}/pack.yaml", "--rules", "{pack}"], ["pack.yaml", "không phải"]),
        (["check", "{empty}", "--rules", "{pack}"], ["không có tệp nào"]),
        (["check", "{folder}", "--rules", "khong-co"], ["khong-co", "par-tinh-2025"]),
        (["check", "{folder}", "--rules", "{empty}"], ["Không tìm thấy bộ tiêu chí"]),
        (["check", "{folder}", "--rules", "{pack}", "--year", "hai"], ["“hai”", "bốn chữ số"]),
        (["check", "{folder}", "--rules", "{pack}", "--format", "pdf"], ["“pdf”", "json", "text"]),
        (["check", "{folder}", "--rules", "{pack}", "--only", "9.9"], ["“9.9”", "1.1"]),
        (["check", "{folder}", "--rules", "{pack}", "-o", "{tmp}/khong-co/a.json"], ["Chưa ghi được", "a.json"]),
        (["check", "{folder}", "--rules", "{pack}", "--workers", "0"], ["--workers"]),
        (["check", "{folder}", "--rules", "{pack}", "--workers", "hai"], ["--workers"]),
        (["check", "{folder}", "--rules", "{pack}", "--lang", "fr"], ["--lang", "vi | en"]),
        (["check", "{folder}", "--ruels", "{pack}"], ["--ruels", "--rules"]),
        (["check", "{folder}"], ["--rules", "Còn thiếu"]),
        (["check"], ["Còn thiếu"]),
        (["chek", "{folder}"], ["chek"]),
        (["read"], ["Còn thiếu"]),
        (["read", "{folder}", "--facts", "sybmol"], ["“sybmol”", "symbol"]),
        (["read", "{folder}", "--timeout", "0"], ["--timeout"]),
        (["explain", "drfat"], ["“drfat”", "draft"]),
        (["rules", "show", "9.9.9", "--rules", "{pack}"], ["“9.9.9”"]),
        (["rules", "lint", "khong-co"], ["khong-co"]),
        (["rules", "xoa"], ["xoa"]),
    ],
    ids=lambda value: " ".join(value[:2]) if isinstance(value, list) else None,
)
def test_2_what_cannot_be_used_is_told_in_one_sentence(
    parcheck_command, handed_in, pack_folder, tmp_path, arguments, words
):
    (tmp_path / "rong").mkdir()
    folder = handed_in("1.1/a.txt")
    names = {"tmp": tmp_path, "pack": pack_folder, "empty": tmp_path / "rong", "folder": folder}
    code, out, err = parcheck_command(*(argument.format(**names) for argument in arguments))
    assert code == 2
    assert out == ""
    assert [word for word in words if word not in sentence(err)] == []


def test_2_a_broken_pack_tells_every_fault_on_a_line_of_its_own(parcheck_command, handed_in, pack_folder):
    field = pack_folder / "linh-vuc-1.yaml"
    field.write_text(
        field.read_text(encoding="utf-8").replace("symbol", "sybmol").replace("required", "requierd", 1), "utf-8"
    )
    code, _, err = parcheck_command("check", handed_in(PLAN), "--rules", pack_folder)
    assert code == 2
    assert len(err.splitlines()) == 2
    assert all(line.startswith("linh-vuc-1.yaml, dòng ") for line in err.splitlines())


def test_2_a_broken_manifest_tells_file_and_line(ready, parcheck_command, tmp_path):
    (tmp_path / "ho-so" / "submission.yaml").write_text("unit: UBND xã A\nyaer: 2025\n", encoding="utf-8")
    code, _, err = parcheck_command(*ready)
    assert code == 2
    assert sentence(err).startswith("submission.yaml, dòng 2: ")


@pytest.mark.parametrize("when", [KeyboardInterrupt(), SystemExit(130)])
def test_130_stopped_by_the_user(ready, parcheck_command, monkeypatch, when):
    def stop(*_args, **_options):
        raise when

    monkeypatch.setattr("parcheck.checking.Session.check", stop)
    if isinstance(when, SystemExit):
        with pytest.raises(SystemExit):
            parcheck_command(*ready)
        return
    code, out, err = parcheck_command(*ready)
    assert (code, out) == (130, "")
    assert "Đã dừng theo yêu cầu" in sentence(err)


def test_an_interrupt_ends_a_run_at_once_and_leaves_no_file(installed, handed_in, pack_folder, tmp_path):
    installed("faulty.sheet", "faulty.hang")
    folder = handed_in(PLAN, "1.1/hang.facts")
    target = tmp_path / "report.json"
    process = subprocess.Popen(
        [*INTERRUPTIBLE, "check", folder, "--rules", pack_folder, "--format", "json", "-o", target],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    time.sleep(3)
    before = time.monotonic()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert time.monotonic() - before < 5
    assert process.returncode == 130
    assert out == ""
    assert "Đã dừng theo yêu cầu" in sentence(err)
    assert not list(tmp_path.glob("*report.json*"))


def test_3_a_fault_of_the_program_is_one_sentence_and_a_trace_only_on_demand(ready, parcheck_command, monkeypatch):
    def fail(*_args, **_options):
        raise ZeroDivisionError("chia cho không")

    monkeypatch.setattr("parcheck.checking.Session.check", fail)
    code, out, err = parcheck_command(*ready)
    assert (code, out) == (3, "")
    assert "chia cho không" in sentence(err)
    assert "PARCHECK_DEBUG" in err
    monkeypatch.setenv("PARCHECK_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        parcheck_command(*ready)
    monkeypatch.delenv("PARCHECK_DEBUG")


# --- language -----------------------------------------------------------------------------------------------------


def test_vietnamese_unless_asked_otherwise(ready, parcheck_command, monkeypatch):
    assert "Kết quả kiểm tra" in parcheck_command(*ready)[1]
    assert "Check of the evidence" in parcheck_command(*ready, "--lang", "en")[1]
    monkeypatch.setenv("PARCHECK_LANG", "en")
    assert "Check of the evidence" in parcheck_command(*ready)[1]
    assert "Kết quả kiểm tra" in parcheck_command(*ready, "--lang", "vi")[1]
    monkeypatch.delenv("PARCHECK_LANG")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--lang", "en", "check", "x"], "no option “--lang”"),
        (["check", "khong-co", "--rules", "par-tinh-2025", "--lang", "en"], "was not found"),
        (["check", "khong-co", "--rules", "par-tinh-2025", "--lang=en"], "was not found"),
        (["explain", "drfat", "--lang", "en"], "was not found"),
        (["check", "--lang", "en"], "is missing"),
    ],
)
def test_errors_too_are_in_the_language_asked_for(parcheck_command, arguments, words):
    code, _, err = parcheck_command(*arguments)
    assert code == 2
    assert words in sentence(err)
    assert "Không" not in err


# --- output ---------------------------------------------------------------------------------------------------------


def test_a_report_goes_to_a_file_whole(ready, parcheck_command, tmp_path):
    target = tmp_path / "report.json"
    target.write_text("alt", encoding="utf-8")
    code, out, err = parcheck_command(*ready, "--format", "json", "-o", target)
    assert (code, out) == (0, "")
    assert str(target) in err
    assert json.loads(target.read_text(encoding="utf-8"))["submissions"][0]["ready"] is True
    assert [file.name for file in tmp_path.glob("*report*")] == ["report.json"]
    assert target.stat().st_mode & 0o777 == 0o666 & ~umask()


def test_a_report_that_fails_half_way_leaves_the_old_file_and_no_other(ready, parcheck_command, tmp_path, monkeypatch):
    target = tmp_path / "report.json"
    target.write_text("old", encoding="utf-8")

    def half(_report, _catalogue, _language, stream):
        stream.write("{half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("parcheck.reporting.as_json.write_json", half)
    code, out, err = parcheck_command(*ready, "--format", "json", "-o", target)
    assert (code, out) == (2, "")
    assert "Ổ đĩa đã đầy" in sentence(err)
    assert target.read_text(encoding="utf-8") == "old"
    assert [file.name for file in tmp_path.glob("*report*")] == ["report.json"]


def test_a_folder_gets_a_file_per_format(ready, parcheck_command, tmp_path):
    code, out, err = parcheck_command(*ready, "-o", tmp_path / "ket-qua", "--format", "json,text")
    assert (code, out) == (0, "")
    assert str(tmp_path / "ket-qua") in err
    assert sorted(file.name for file in (tmp_path / "ket-qua").iterdir()) == ["report.json", "report.txt"]


def test_several_formats_need_a_folder_and_say_so(ready, parcheck_command, tmp_path):
    code, out, err = parcheck_command(*ready, "-o", tmp_path / "a.json", "--format", "json,text")
    assert (code, out) == (2, "")
    assert "json,text" in sentence(err)


@pytest.mark.parametrize("format_name", ["text", "json"])
def test_a_reader_that_goes_away_is_no_error(installed, handed_in, pack_folder, format_name):
    """`parcheck … | head -1`."""
    installed("faulty.sheet")
    folder = handed_in(PLAN, *(f"Khac/{'x' * 80} {number}.facts" for number in range(500)))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen(
        [*PROGRAM, "check", folder, "--rules", pack_folder, "--format", format_name],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment,
    )  # fmt: skip
    process.stdout.readline()
    process.stdout.close()
    error = process.stderr.read()
    process.stderr.close()
    assert process.wait(30) in (0, 1, 2)
    assert error == b""


def test_text_holds_no_escapes_and_no_trailing_blanks_where_it_is_no_terminal(ready, parcheck_command):
    out = parcheck_command(*ready)[1]
    assert "\x1b" not in out
    assert all(line == line.rstrip() for line in out.splitlines())


def test_the_text_says_as_much_as_is_asked(ready, parcheck_command):
    code, brief, _ = parcheck_command(*ready)
    assert (code, "Tình trạng đọc" in brief, "SHA-256" in brief) == (0, False, False)
    code, more, _ = parcheck_command(*ready, "--depth", "appraiser")
    assert (code, "Tình trạng đọc" in more, "SHA-256" in more) == (0, True, False)
    code, most, _ = parcheck_command(*ready, "--depth", "developer")
    assert (code, "Tình trạng đọc" in most, "SHA-256" in most) == (0, True, True)
    code, _, err = parcheck_command(*ready, "--depth", "chief")
    assert code == 2
    assert "unit | appraiser | developer" in sentence(err)


# --- the other commands ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments", [["--help"], ["check", "--help"], ["read", "-h"], ["rules", "--help"], ["--version"]]
)
def test_help_is_no_error(parcheck_command, arguments):
    code, out, err = parcheck_command(*arguments)
    assert (code, err) == (0, "")
    assert out


@pytest.mark.parametrize("language", ["vi", "en"])
def test_explain_explains_every_code(session, parcheck_command, language):
    listed = parcheck_command("explain", "--lang", language)[1]
    for code, entry in session.catalogue.findings.items():
        assert code in listed
        assert entry[language]["title"] in listed
    out = parcheck_command("explain", "draft", "--lang", language)[1]
    words = session.catalogue.findings["draft"][language]
    assert all(words[part] in out for part in ("title", "why", "fix", "example"))


def test_rules_are_listed_shown_and_linted(parcheck_command, pack_folder):
    assert "par-tinh-2025" in parcheck_command("rules", "list")[1]
    code, out, _ = parcheck_command("rules", "show", "1.1", "--rules", pack_folder)
    assert code == 0
    assert "Kế hoạch CCHC năm 2025" in out
    code, out, _ = parcheck_command("rules", "lint", pack_folder)
    assert code == 0
    assert "không thấy lỗi" in out


def test_lint_of_a_pack_that_does_not_add_up_is_2(parcheck_command, pack_folder):
    file = pack_folder / "pack.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace('"total_points": 1.5', '"total_points": 9'), "utf-8")
    code, out, _ = parcheck_command("rules", "lint", pack_folder)
    assert code == 2
    assert "9 ≠ 1.5" in out


def test_read_prints_one_object_per_file_in_order(installed, handed_in, parcheck_command):
    installed("faulty.sheet")
    folder = handed_in("b.facts", "a.facts", "c/d.facts")
    code, out, _ = parcheck_command("read", folder, "--format", "jsonl", "--workers", "2")
    readings = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [os.path.relpath(reading["path"], folder) for reading in readings] == ["a.facts", "b.facts", "c/d.facts"]
    for reading in readings:
        assert set(reading) == {"path", "sha256", "media_type", "status", "facts", "unknown", "where", "problems"}
        assert set(reading["where"]["symbol"]) == {"page", "box", "words", "from", "confidence"}


def test_read_reads_only_what_is_asked(installed, handed_in, parcheck_command):
    installed("faulty.sheet")
    folder = handed_in("a.facts")
    reading = json.loads(parcheck_command("read", folder, "--format", "jsonl", "--facts", "symbol, issued_on")[1])
    assert set(reading["facts"]) | set(reading["unknown"]) == {"symbol", "issued_on"}


def test_read_of_a_file_that_is_not_there_says_so(parcheck_command, tmp_path):
    _code, out, err = parcheck_command("read", tmp_path / "khong-co.pdf")
    assert "Traceback" not in out + err
    assert "file-unreachable" in out


def test_read_of_an_empty_folder_is_3(parcheck_command, tmp_path):
    assert parcheck_command("read", tmp_path)[0] == 3


def test_names_that_are_no_text_do_not_stop_a_run(installed, handed_in, pack_folder, parcheck_command):
    installed("faulty.sheet")
    folder = handed_in(PLAN)
    Path(os.fsdecode(os.fsencode(folder) + b"/1.1/t\xe9p.facts")).write_bytes(b"{}")
    code, out, err = parcheck_command("check", folder, "--rules", pack_folder, "--format", "json")
    assert code == 0
    assert "Traceback" not in out + err
    assert len(json.loads(out)["submissions"][0]["documents"]) == 2


# --- the same on every run ------------------------------------------------------------------------------------------


def test_two_runs_and_any_number_of_workers_give_the_same_bytes(
    installed, handed_in, pack_folder, parcheck_command, monkeypatch
):
    installed("faulty.sheet")
    monkeypatch.setattr("parcheck.reading.pool.FILES_PER_EXTRA_WORKER", 2)
    folder = handed_in(PLAN, *(f"1.1/{number}.facts" for number in range(9)), symbol="?")
    handed_in("1.1/khong so.facts", symbol=None)
    reports = []
    for workers in ("1", "2", "1"):
        out = parcheck_command("check", folder, "--rules", pack_folder, "--format", "json", "--workers", workers)[1]
        report = json.loads(out)
        assert set(report.pop("run")) == {
            "tool", "versions", "started", "finished", "plugins", "readers", "pack", "options",
        }  # fmt: skip
        reports.append(json.dumps(report, ensure_ascii=False))
    assert reports[0] == reports[1] == reports[2]


def test_the_order_in_which_a_disk_lists_files_does_not_matter(
    installed, handed_in, pack_folder, parcheck_command, monkeypatch
):
    installed("faulty.sheet")
    folder = handed_in(*(f"1.1/{number}.facts" for number in range(5)), "1.1/sub/a.facts", "z.facts")
    arguments = ["check", folder, "--rules", pack_folder, "--format", "text"]
    first = parcheck_command(*arguments)[1]
    walk = os.walk

    def backwards(*args, **options):
        for parent, folders, files in walk(*args, **options):
            yield parent, folders, files[::-1]

    monkeypatch.setattr("parcheck.submission.folder.os.walk", backwards)
    assert parcheck_command(*arguments)[1] == first


def test_run_gives_the_exit_code_without_ending_the_process():
    assert run(["--version"]) == 0
