# SPDX-License-Identifier: Apache-2.0
"""Terms and arguments: each term that is asked for is there, each that is there is asked for, none lacks a value."""

from __future__ import annotations

import re
import string
from pathlib import Path

import catalogue_calls
import pytest
import yaml

from parcheck.catalogue import LANGUAGES, shipped

TERMS = shipped().terms
OPEN = {"types", "facts", "media", "unsaid", "asks"}
"""Groups that are asked for what a file or a rule set says: a key that is not there is shown as it is, or in general
words."""
MADE_OF_A_KEY = {("changes", "total-points")}
"""Asked for by the name of a key of the pack, with dashes."""
CALLS = catalogue_calls.calls()
COMMON = {"file", "where", "words", "requirement", "criterion"}
"""What every message of a finding is given."""
ROOT = Path(__file__).parents[2]


def placeholders(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_term_that_is_asked_for_is_there():
    missing = {
        (call.place, call.group, key)
        for call in CALLS
        if call.group not in OPEN
        for key in call.keys
        if key not in TERMS.get(call.group, {})
    }
    assert missing == set()


def test_a_key_that_is_put_together_can_be_there():
    lost = [
        (call.place, call.group, call.pattern)
        for call in CALLS
        if call.pattern is not None
        and call.group not in OPEN
        and not any(re.fullmatch(call.pattern, key) for key in TERMS.get(call.group, {}))
    ]
    assert lost == []


def test_every_term_is_asked_for():
    strings, everywhere = catalogue_calls.words()
    # A pattern without two letters of its own would match anything.
    put_together = [call for call in CALLS if call.pattern and re.search("[a-z]{2}", call.pattern)]
    unused = set()
    for group, terms in TERMS.items():
        patterns = [*everywhere, *(re.compile(call.pattern) for call in put_together if call.group == group)]
        used = [key for key in terms if key in strings or any(each.fullmatch(key) for each in patterns)]
        unused |= {(group, key) for key in set(terms) - set(used) if group not in OPEN}
    assert unused == MADE_OF_A_KEY


def test_every_group_is_asked_for():
    strings, _ = catalogue_calls.words()
    assert set(TERMS) - strings == set()


def test_every_term_is_in_both_languages():
    for group, terms in TERMS.items():
        for key, entry in terms.items():
            assert isinstance(entry, dict), (group, key)
            assert set(entry) == set(LANGUAGES), (group, key)
            assert all(isinstance(words, str) and words.strip() for words in entry.values()), (group, key)


def test_a_term_is_given_all_that_it_says():
    lacking = {
        (call.place, key, name)
        for call in CALLS
        if call.given is not None
        for key in call.keys
        for name in placeholders(str(TERMS.get(call.group, {}).get(key, {}).get("vi", ""))) - call.given
    }
    assert lacking == set()


@pytest.mark.parametrize("kind", ["errors", "findings", "reasons"])
def test_what_is_raised_is_given_all_that_it_says(kind):
    entries = getattr(shipped(), kind)
    lacking = {
        (each.place, each.code, name)
        for each in catalogue_calls.raises()
        if each.kind == kind and each.code in entries
        for name in set(entries[each.code]["args"]) - each.given - (COMMON if kind == "findings" else set())
    }
    assert lacking == set()


@pytest.mark.parametrize("file", sorted((ROOT / "plugins").rglob("catalogue.yaml")), ids=lambda file: file.parent.name)
def test_the_catalogue_of_a_shipped_plugin_is_complete_too(file):
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert set(data) <= {"reasons", "errors", "findings", "terms"}
    for section in ("reasons", "errors"):
        for code, entry in data.get(section, {}).items():
            for words in (entry, entry.get("fix", entry)):
                assert placeholders(words["vi"]) == placeholders(words["en"]), code
            assert placeholders(entry["vi"]) == set(entry["args"]), code
    assert "findings" not in data
    assert "terms" not in data
