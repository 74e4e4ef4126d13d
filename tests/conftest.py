# SPDX-License-Identifier: Apache-2.0
"""What all tests share: the installed plugins, once, and an environment that no test leaves changed."""

from __future__ import annotations

import os

import caselib
import filemaking
import pytest
import untested

from parcheck.checking import Session
from parcheck.cli import run
from parcheck.plugins import PluginChoice, Plugins


def pytest_terminal_summary(terminalreporter):
    """Say in words, after the figures, what this machine could not test."""
    untested.tell(terminalreporter)


@pytest.fixture(scope="session")
def session():
    """Everything that is installed, nothing blocked."""
    return Session(Plugins(PluginChoice()))


@pytest.fixture(autouse=True)
def _environment_is_left_as_it_was(monkeypatch, tmp_path_factory):
    """Keep a developer's own settings from deciding a test, and a test's from deciding the next."""
    for name in ("PARCHECK_BLOCK", "PARCHECK_LANG", "PARCHECK_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PARCHECK_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))
    before = dict(os.environ)
    yield
    after = dict(os.environ)
    ours = {"PYTEST_CURRENT_TEST"}
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)} - ours
    assert not changed


@pytest.fixture
def pack_folder(tmp_path):
    """Write a pack of one criterion, 1.1, that asks for a plan with a number; return its folder."""
    plan = {
        "id": "ke-hoach",
        "name": "Kế hoạch CCHC năm ${year}",
        "match": {"properties": {"type": {"const": "KH"}}, "required": ["type"]},
        "valid": {"required": ["symbol"]},
    }
    case = {"rules": {"evidence": [plan]}}
    return caselib.write_pack(tmp_path / "bo-mau", *caselib.criteria_of(case))


@pytest.fixture
def handed_in(tmp_path):
    """Return a function that writes files of facts: `handed_in("1.1/a.facts", …)`, each a numbered plan."""

    def write(*paths, **facts):
        for path in paths:
            filemaking.facts_file(tmp_path / "ho-so" / path, **{**filemaking.PLAN_FACTS, **facts})
        return tmp_path / "ho-so"

    return write


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """Return a function that installs plugin modules for this test, as a distribution of their own."""

    def install(*modules):
        monkeypatch.syspath_prepend(filemaking.as_distribution(tmp_path / "site", *modules))

    return install


@pytest.fixture
def parcheck_command(capfd):
    """Return a function that runs the command line in this process: (exit code, standard output, standard error)."""

    def run_command(*arguments):
        capfd.readouterr()
        code = run([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        return code, out, err

    return run_command


@pytest.fixture
def decisions(tmp_path):
    """Return a function that writes a file of decisions, each entry as the inside of a YAML mapping in one line."""

    def write(*entries):
        file = tmp_path / "quyet-dinh.yaml"
        lines = "".join(f"\n  - {{{entry}}}" for entry in entries)
        file.write_text(f"decisions:{lines or ' []'}\n", encoding="utf-8")
        return file

    return write
