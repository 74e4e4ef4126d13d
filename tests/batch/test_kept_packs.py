# SPDX-License-Identifier: Apache-2.0
"""A pack that was found in order is not checked again, until anything about it changes."""

from __future__ import annotations

import pytest

import parcheck
from parcheck.catalogue import kept
from parcheck.reading.store import packs_folder
from parcheck.rules import loading


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "kept"


def test_a_kept_pack_is_the_pack(pack_folder, folder, monkeypatch):
    fresh = parcheck.Session().pack(pack_folder)
    kept = parcheck.Session(packs=folder)
    assert kept.pack(pack_folder) == fresh
    monkeypatch.setattr(loading, "_read", None)
    assert kept.pack(pack_folder) == fresh


def test_the_shipped_packs_come_back_the_same(folder):
    session, kept = parcheck.Session(), parcheck.Session(packs=folder)
    for name in ("par-tinh-2025", "xa-nq57-2026"):
        assert kept.pack(name) == session.pack(name) == kept.pack(name)


def test_a_changed_pack_is_checked_again(pack_folder, folder):
    session = parcheck.Session(packs=folder)
    session.pack(pack_folder)
    file = pack_folder / "linh-vuc-1.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace('"points": 1.5', '"points": "many"'), encoding="utf-8")
    with pytest.raises(parcheck.BadPack):
        session.pack(pack_folder)


@pytest.mark.parametrize("spoil", ["garbled", "not a folder"])
def test_a_store_that_cannot_be_used_changes_nothing(pack_folder, folder, spoil):
    session = parcheck.Session(packs=folder)
    if spoil == "garbled":
        wanted = session.pack(pack_folder)
        for file in folder.iterdir():
            file.write_text("{", encoding="utf-8")
    else:
        wanted = parcheck.Session().pack(pack_folder)
        folder.write_text("a file", encoding="utf-8")
    assert session.pack(pack_folder) == wanted


def test_the_words_of_the_catalogue_come_back_the_same(folder, monkeypatch):
    fresh = parcheck.Session().catalogue
    assert parcheck.Session(packs=folder).catalogue._sections == fresh._sections
    monkeypatch.setattr(kept.yaml_file, "load_plain", None)
    assert parcheck.Session(packs=folder).catalogue._sections == fresh._sections


def test_changed_words_are_read_anew_and_garbled_ones_too(tmp_path, folder):
    file = tmp_path / "words.yaml"
    file.write_text("terms: {a: b}", encoding="utf-8")
    words = kept.KeptWords(folder)
    assert words.load(file) == words.load(file) == {"terms": {"a": "b"}}
    file.write_text("terms: {a: c}", encoding="utf-8")
    assert words.load(file) == {"terms": {"a": "c"}}
    for garbled in ("{", "[]"):
        for stored in folder.iterdir():
            stored.write_text(garbled, encoding="utf-8")
        assert words.load(file) == {"terms": {"a": "c"}}


def test_clearing_the_cache_takes_packs_and_words_along(parcheck_command, pack_folder, handed_in, installed):
    installed("faulty.sheet")
    parcheck_command("check", handed_in("1.1/a.facts"), "--rules", pack_folder)
    assert [*packs_folder().glob("*.json")]
    code, out, _ = parcheck_command("cache", "clear")
    assert code == 0
    assert str(packs_folder().parent) in out
    assert not [*packs_folder().glob("*.json")]
