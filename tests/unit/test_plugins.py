# SPDX-License-Identifier: Apache-2.0
"""Finding plugins, leaving some out, and asking them in a known order."""

from __future__ import annotations

import json

import pytest

from parcheck.plugins import PluginChoice, Plugins


@pytest.mark.parametrize(
    ("variable", "blocked", "expected"),
    [
        ("", (), ()),
        ("pdf", (), ("pdf",)),
        (" pdf , word,,", ("body",), ("body", "pdf", "word")),
        ("pdf", ("pdf",), ("pdf",)),
    ],
)
def test_the_environment_adds_to_what_is_blocked(monkeypatch, variable, blocked, expected):
    monkeypatch.setenv("PARCHECK_BLOCK", variable)
    assert PluginChoice.from_environment(blocked).blocked == expected
    monkeypatch.delenv("PARCHECK_BLOCK")


def test_a_blocked_plugin_is_listed_and_not_loaded():
    plugins = Plugins(PluginChoice(blocked=("pdf", "faulty.sheet"), extra=("faulty.sheet",)))
    infos = {info.name: info for info in plugins}
    for name in ("pdf", "faulty.sheet"):
        assert infos[name].blocked
        assert infos[name].hooks == ()
    assert "pdf" not in {answer.plugin for answer in plugins.call("parcheck_open", path=None, media_type="")}


def test_third_parties_are_asked_before_what_ships(tmp_path):
    plugins = Plugins(PluginChoice(extra=("faulty.sheet",)))
    file = tmp_path / "a.facts"
    file.write_bytes(b"{}")
    answers = list(plugins.call("parcheck_identify", path=file, head=b"{}"))
    assert answers[0].plugin == "faulty.sheet"
    assert [answer.plugin for answer in answers[1:]] == sorted(answer.plugin for answer in answers[1:])


def test_one_that_fails_does_not_silence_the_others(tmp_path):
    plugins = Plugins(PluginChoice(extra=("faulty.raising", "faulty.sheet")))
    file = tmp_path / "a.facts"
    file.write_bytes(b"{}")
    answers = {answer.plugin: answer for answer in plugins.call("parcheck_identify", path=file, head=b"{}")}
    assert isinstance(answers["faulty.raising"].error, RuntimeError)
    assert answers["faulty.sheet"].value == "application/x-facts"
    values, failed = plugins.collect("parcheck_facts", object)
    assert [answer.plugin for answer in failed] == ["faulty.raising"]
    assert "sheet" in {value.name for value in values}


def test_what_is_of_another_kind_is_a_failure_of_its_plugin():
    plugins = Plugins(PluginChoice(extra=("faulty.liar_in_caller",)))
    values, failed = plugins.collect("parcheck_keywords", dict)
    assert values == []
    assert "faulty.liar_in_caller" in {answer.plugin for answer in failed}


def test_the_list_names_distribution_version_and_hooks(parcheck_command, installed):
    installed("faulty.sheet")
    code, out, err = parcheck_command("plugins", "--format", "json")
    infos = {info["name"]: info for info in json.loads(out)}
    assert (code, err) == (0, "")
    assert infos["sheet"]["distribution"] == "thu-nghiem"
    assert infos["sheet"]["version"] == "1.0"
    assert infos["sheet"]["hooks"] == ["parcheck_facts", "parcheck_identify", "parcheck_open"]
    assert infos["pdf"]["distribution"] == "parcheck"


@pytest.mark.parametrize(("language", "word"), [("vi", "đã tắt"), ("en", "turned off")])
def test_the_list_says_what_is_turned_off(parcheck_command, monkeypatch, language, word):
    monkeypatch.setenv("PARCHECK_BLOCK", "word")
    code, out, _ = parcheck_command("plugins", "--block", "pdf", "--lang", language)
    monkeypatch.delenv("PARCHECK_BLOCK")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines() if word in line] == ["pdf", "word"]


def test_blocking_what_is_not_there_is_an_error_that_names_what_is(parcheck_command):
    code, out, err = parcheck_command("plugins", "--block", "pfd")
    assert (code, out) == (2, "")
    assert "“pfd”" in err
    assert "pdf" in err


def test_a_blocked_reader_makes_its_files_undetermined_and_not_missing(
    parcheck_command, installed, handed_in, pack_folder
):
    installed("faulty.sheet")
    folder = handed_in("1.1/Ke hoach.facts")
    code, out, _ = parcheck_command("check", folder, "--rules", pack_folder, "--block", "sheet", "--format", "json")
    submission = json.loads(out)["submissions"][0]
    assert submission["criteria"][0]["outcome"] == "undetermined"
    assert submission["documents"][0]["status"] == "unreadable"
    assert code == 0
