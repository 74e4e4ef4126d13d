# SPDX-License-Identifier: Apache-2.0
"""Scans read by OCR: what is printed is read, what is covered or written by hand is unknown, never guessed."""

from __future__ import annotations

import dataclasses

import pytest
from tests.reading import make_scans

from parcheck.model import Source, Status
from parcheck.plugins import PluginChoice, Plugins
from parcheck.reading.pipeline import Readers, read_file

HEAD = frozenset({"type", "symbol", "issued_on", "place", "issuer", "subject"})
END = frozenset({"signer", "recipients"})


@pytest.fixture(scope="module")
def plugins():
    return Plugins(PluginChoice())


@pytest.fixture(scope="module")
def readers(plugins):
    return Readers(plugins)


@pytest.fixture
def read(plugins, readers):
    return lambda path, facts: read_file(path, path.name, facts, plugins, readers)


def test_scanned_letterhead_is_read_with_confidence(tmp_path, read):
    reading = read(make_scans.scan(tmp_path), HEAD)
    assert reading.facts == {
        "type": "KH",
        "symbol": "45/KH-UBND",
        "issued_on": "2025-03-17",
        "place": "Quảng Ngãi",
        "issuer": "ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI",
        "subject": "Cải cách hành chính nhà nước năm 2025",
    }
    assert {place.source for place in reading.where.values()} == {Source.OCR}
    assert all(0.6 < place.confidence <= 1 for place in reading.where.values())
    assert reading.status is Status.READ


def test_number_in_the_file_name_makes_the_number_surer(tmp_path, read):
    plain = read(make_scans.scan(tmp_path, name="a.pdf"), {"symbol"})
    named = read(make_scans.scan(tmp_path, name="45-KH-UBND.pdf"), {"symbol"})
    assert named.facts == plain.facts
    assert named.where["symbol"].confidence > plain.where["symbol"].confidence


def test_file_name_with_another_number_leaves_the_number_unknown(tmp_path, read):
    reading = read(make_scans.scan(tmp_path, name="46-KH-UBND.pdf"), {"symbol", "type"})
    assert reading.unknown["symbol"].code == "low-confidence"
    assert reading.facts == {"type": "KH"}


def test_scribbled_number_is_unknown_and_the_rest_is_read(tmp_path, read):
    reading = read(make_scans.picture(tmp_path, "a.png", scribble=True), {"symbol", "number", "sign", "type", "draft"})
    assert reading.unknown["symbol"].code in ("handwritten", "low-confidence")
    assert "number" in reading.unknown
    assert reading.facts["type"] == "KH"
    assert reading.facts.get("draft") is not True


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_turned_page_is_read_upright(tmp_path, read, turn):
    reading = read(make_scans.picture(tmp_path, "turned.png", turn=turn), {"symbol", "issued_on", "type"})
    assert reading.facts == {"symbol": "45/KH-UBND", "issued_on": "2025-03-17", "type": "KH"}


def test_name_half_under_a_seal_is_never_given_without_its_surname(tmp_path, read):
    reading = read(make_scans.scan(tmp_path), END)
    signer = reading.facts.get("signer")
    assert signer is None or signer["name"] == "Trần Văn Hùng"
    assert signer is not None or "signer" in reading.unknown
    assert "Như trên" in reading.facts["recipients"]


def test_body_is_recognised_only_when_asked_for(tmp_path, plugins, readers, monkeypatch):
    from parcheck.reading.recognition import Part
    from parcheck_plugins.ocr.recogniser import Tesseract

    parts = []
    lines = Tesseract.lines

    def spy(self, image, page, part, apart=()):
        parts.append(part)
        return lines(self, image, page, part, apart)

    monkeypatch.setattr(Tesseract, "lines", spy)
    path = make_scans.scan(tmp_path)
    head = read_file(path, path.name, {"symbol", "text"}, plugins, readers)
    assert parts == [Part.HEAD]
    assert head.facts["text"] == {"source": "ocr", "encoding": None, "pages": 1, "pages_without_text": 0}
    body = read_file(path, path.name, {"references"}, plugins, readers)
    assert Part.WHOLE in parts
    assert [item["symbol"] for item in body.facts["references"]] == ["76/NQ-CP"]
    assert body.where["references"].source is Source.OCR


def test_nothing_missed_in_a_scan_is_called_absent(tmp_path, read):
    blank = dataclasses.replace(make_scans.PLAN, sign="", number="", issued_on=None, signers=(), recipients=())
    reading = read(make_scans.scan(tmp_path, blank), HEAD | END)
    assert not [name for name, value in reading.facts.items() if value is None]


def test_without_a_recogniser_the_reason_says_what_to_install(tmp_path):
    plugins = Plugins(PluginChoice(blocked=("ocr",)))
    path = make_scans.scan(tmp_path)
    reading = read_file(path, path.name, HEAD | END, plugins, Readers(plugins))
    assert {reason.code for reason in reading.unknown.values()} == {"ocr-missing"}
    assert not reading.facts
