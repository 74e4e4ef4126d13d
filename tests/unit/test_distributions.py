# SPDX-License-Identifier: Apache-2.0
"""Versions told by the names of folders are those that the metadata tell."""

from __future__ import annotations

import importlib.metadata
import sys

from parcheck.distributions import version_of


def test_every_installed_distribution_has_the_version_of_its_metadata():
    installed = {each.name: importlib.metadata.version(each.name) for each in importlib.metadata.distributions()}
    assert len(installed) > 20
    assert {name: version_of(name) for name in installed} == installed


def test_names_are_one_however_they_are_joined_and_written():
    assert version_of("PDFPlumber") == version_of("pdfplumber") is not None
    assert version_of("python.docx") == version_of("python_docx") == version_of("python-docx") is not None


def test_what_is_not_installed_has_none():
    assert version_of("khong-co-thu-vien-nay") is None


def test_the_first_folder_counts_and_older_kinds_are_known(tmp_path, monkeypatch):
    for folder, name in (("mot", "thu_nghiem-2.0.dist-info"), ("hai", "thu_nghiem-1.0.dist-info")):
        (tmp_path / folder / name).mkdir(parents=True)
        monkeypatch.syspath_prepend(tmp_path / folder)
    egg = tmp_path / "hai" / "cu_ky.egg-info"
    egg.mkdir()
    (egg / "PKG-INFO").write_text("Metadata-Version: 1.0\nName: cu-ky\nVersion: 0.3\n", encoding="utf-8")
    assert sys.path[0] == str(tmp_path / "hai")
    assert version_of("thu-nghiem") == "1.0"
    assert version_of("cu-ky") == "0.3"
