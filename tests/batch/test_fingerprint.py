# SPDX-License-Identifier: Apache-2.0
"""The fingerprint of what reads changes with whatever may change a reading, and with nothing else."""

from __future__ import annotations

import os
import types

import pytest

from parcheck.hookspecs import hookimpl
from parcheck.plugins import PluginChoice, Plugins
from parcheck.reading.fingerprint import fingerprint
from parcheck.reading.pipeline import Readers


def of(*modules, blocked=()):
    plugins = Plugins(PluginChoice(blocked, modules))
    return fingerprint(plugins, Readers(plugins))


def test_the_same_plugins_give_the_same():
    assert of() == of()


def test_another_choice_of_plugins_gives_another():
    assert len({of(), of("faulty.sheet"), of(blocked=("ocr",)), of(blocked=("legacy_word",))}) == 4


def test_another_program_gives_another(monkeypatch):
    before = of()
    monkeypatch.setattr("parcheck_plugins.legacy_word.find_program", lambda: None)
    assert of() != before


def test_a_plugin_that_fails_to_say_lets_nothing_be_kept():
    plugins = Plugins(PluginChoice())
    module = types.ModuleType("stateless")

    @hookimpl
    def parcheck_state():
        raise RuntimeError("?")

    module.parcheck_state = parcheck_state
    plugins._manager.register(module, "stateless")
    readers = Readers(plugins)
    assert fingerprint(plugins, readers) != fingerprint(plugins, readers)


@pytest.mark.parametrize("part", ["size", "time"])
def test_another_version_of_a_plugins_code_gives_another(tmp_path, monkeypatch, part):
    monkeypatch.syspath_prepend(tmp_path)
    name = f"own_reader_{part}"
    code = "import parcheck\n\n\n@parcheck.hookimpl\ndef parcheck_facts():\n    return []\n"
    file = tmp_path / f"{name}.py"
    file.write_text(code, encoding="utf-8")
    before = of(name)
    if part == "size":
        file.write_text(code + "\n# changed\n", encoding="utf-8")
    else:
        os.utime(file, ns=(1, 1))
    assert of(name) != before
