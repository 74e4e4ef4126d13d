# SPDX-License-Identifier: Apache-2.0
"""A plugin that goes wrong in the program itself costs what it would have given, and never looks like a pass."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from parcheck.plugins import PluginChoice, Plugins

PLAN = "1.1/Ke hoach.facts"


def test_the_control_case_is_ready(installed, handed_in, pack_folder, parcheck_command):
    installed("faulty.sheet")
    code, out, err = parcheck_command("check", handed_in(PLAN), "--rules", pack_folder)
    assert (code, err) == (0, "")
    assert "SẴN SÀNG NỘP" in out


@pytest.mark.parametrize(
    ("module", "names", "expected"),
    [
        ("raising", [PLAN], 3),
        ("raising_later", [PLAN], 3),
        ("raising_later", [PLAN, "1.1/raising-close.facts"], 3),
        ("raising_reader", [PLAN, "1.1/raising-open.facts"], 3),
        ("crash", [PLAN, "1.1/crash.facts"], 3),
        ("liar", [PLAN, "1.1/liar-plain.facts"], 3),
        ("liar_in_caller", [PLAN], 3),
        ("unknown_hook", [PLAN], 0),
        ("not_importable", [PLAN], 0),
    ],
)
@pytest.mark.parametrize("format_name", ["text", "json"])
def test_the_run_ends_and_says_what_happened(
    installed, handed_in, pack_folder, parcheck_command, module, names, expected, format_name
):
    installed("faulty.sheet", f"faulty.{module}")
    options = ("--format", format_name, "--depth", "developer", "--workers", "1")
    code, out, err = parcheck_command("check", handed_in(*names), "--rules", pack_folder, *options)
    assert code == expected
    assert "Traceback" not in out + err
    if format_name == "json":
        submission = json.loads(out)["submissions"][0]
        assert submission["criteria"][0]["outcome"] == "satisfied"
        assert {document["path"]: document["facts"].get("symbol") for document in submission["documents"]}[PLAN]
        own = {"plugin-failed", "reader-crashed"} & {finding["code"] for finding in submission["findings"]}
        assert bool(own) is (expected == 3)
    else:
        assert "Kế hoạch CCHC năm 2025: đạt" in out


def test_a_missing_proof_outweighs_a_failure_of_the_program(installed, handed_in, pack_folder, parcheck_command):
    installed("faulty.sheet", "faulty.crash")
    folder = handed_in("1.1/Bao cao.facts", type="BC")
    code, out, _ = parcheck_command("check", folder, "--rules", pack_folder)
    assert code == 1
    handed_in("Ngoai/crash.facts")
    code, out, _ = parcheck_command("check", folder, "--rules", pack_folder, "--depth", "developer")
    assert code == 1
    assert "reader-crashed" in out


def test_a_file_that_crashed_is_not_called_missing(installed, handed_in, pack_folder, parcheck_command):
    installed("faulty.sheet", "faulty.crash")
    code, out, err = parcheck_command("check", handed_in("1.1/crash.facts"), "--rules", pack_folder)
    assert code == 3
    assert "evidence-missing" not in out
    assert "chưa xác định" in out
    assert not err


def test_a_plugin_that_ends_the_program_does_not_end_it(installed, handed_in, pack_folder, parcheck_command):
    installed("faulty.sheet", "faulty.leaving")
    code, out, _ = parcheck_command("check", handed_in(PLAN), "--rules", pack_folder, "--format", "json")
    assert code == 3
    assert json.loads(out)["submissions"][0]["ready"] is True


def test_read_goes_on_past_a_crash(installed, handed_in, parcheck_command):
    installed("faulty.sheet", "faulty.crash")
    folder = handed_in("a.facts", "crash.facts", "z.facts")
    code, out, err = parcheck_command("read", folder, "--format", "jsonl", "--facts", "symbol")
    readings = [json.loads(line) for line in out.splitlines()]
    assert code == 3
    assert [reading["status"] for reading in readings] == ["read", "unreadable", "read"]
    assert readings[1]["problems"][0]["code"] == "reader-crashed"
    assert not err


def test_json_stays_json_when_a_plugin_prints(installed, handed_in, pack_folder, parcheck_command):
    installed("faulty.sheet", "faulty.chatty")
    folder = handed_in(PLAN, "1.1/chatty.facts")
    code, out, err = parcheck_command("check", folder, "--rules", pack_folder, "--format", "json")
    assert code == 0
    assert json.loads(out)["submissions"][0]["ready"] is True
    assert not err


@pytest.mark.parametrize("module", ["raising", "liar_in_caller", "leaving", "not_importable", "unknown_hook"])
@pytest.mark.parametrize(
    "command", [["plugins"], ["explain", "draft"], ["rules", "list"], ["rules", "show", "1.1"]], ids=" ".join
)
def test_other_commands_do_not_mind(installed, parcheck_command, module, command):
    installed(f"faulty.{module}")
    code, out, err = parcheck_command(*command)
    assert (code, err) == (0, "")
    assert out


@pytest.mark.parametrize(("module", "words"), [("not_importable", "khong_co"), ("unknown_hook", "parcheck_fakts")])
def test_what_cannot_be_loaded_is_listed_with_the_reason(installed, parcheck_command, module, words):
    installed(f"faulty.{module}")
    code, out, _ = parcheck_command("plugins")
    assert code == 0
    line = next(line for line in out.splitlines() if line.startswith(module))
    assert words in line
    assert "Lỗi" in line


def test_failed_names_the_plugins_that_could_not_be_loaded():
    plugins = Plugins(PluginChoice(extra=("faulty.not_importable", "faulty.sheet")))
    assert [info.name for info in plugins.failed] == ["faulty.not_importable"]


def test_the_command_itself_survives_everything_at_once(installed, handed_in, pack_folder, tmp_path):
    """The program as users start it, all faulty plugins installed, one file for each to fail with."""
    modules = [
        "sheet", "raising", "raising_later", "raising_reader", "crash", "liar", "liar_in_caller", "chatty", "leaving",
        "unknown_hook", "not_importable",
    ]  # fmt: skip
    installed(*(f"faulty.{module}" for module in modules))
    names = ["crash", "crash-segfault", "liar-nan", "liar-plain", "liar-object", "raising-read", "chatty"]
    folder = handed_in(PLAN, *(f"1.1/{name}.facts" for name in names))
    done = subprocess.run(
        [sys.executable, "-c", "from parcheck.cli import main; main()", "check", folder, "--rules", pack_folder,
         "--depth", "developer"],
        capture_output=True, encoding="utf-8", check=False, timeout=60,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert done.returncode == 3
    assert "Traceback" not in done.stdout + done.stderr
    assert done.stdout.count("Mã: reader-crashed") == 2
    assert done.stderr == ""
