# SPDX-License-Identifier: Apache-2.0
"""A pack that was found in order is not checked again, until anything about it changes."""

from __future__ import annotations

import pytest

import parcheck
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
