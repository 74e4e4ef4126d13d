# SPDX-License-Identifier: Apache-2.0
"""A faulty file of decisions: the file, the line, what was found, what is allowed; all faults at once."""

from __future__ import annotations

import datetime

import caselib
import pytest

from parcheck.errors import BadUsage
from parcheck.judging.decisions import load_decisions

TODAY = datetime.date(2026, 1, 31)
GOOD = 'criterion: "1.1", decision: waive, reason: Đã xem, who: Sở Nội vụ'


@pytest.fixture
def pack(session, pack_folder):
    return session.pack(pack_folder)


@pytest.fixture
def load(session, pack, tmp_path):
    def loaded(text):
        file = tmp_path / "quyet-dinh.yaml"
        file.write_text(text, encoding="utf-8")
        return load_decisions(file, pack, session.catalogue, TODAY)

    return loaded


def test_all_keys_are_taken_as_they_stand(load):
    (decision,) = load(
        'pack: bo-mau\ndecisions:\n  - {unit: Xã A, criterion: "1.1", requirement: ke-hoach, finding: draft, '
        "fingerprint: f1-0123456789abcdef, decision: accept, reason: Đã xem, who: Sở Nội vụ, when: 2026-01-05, "
        "until: 2026-12-31}\n"
    ).entries
    assert (decision.number, decision.unit, decision.criterion, decision.requirement) == (1, "Xã A", "1.1", "ke-hoach")
    assert (decision.finding, decision.fingerprint) == ("draft", "f1-0123456789abcdef")
    assert (decision.action.value, decision.reason, decision.who) == ("accept", "Đã xem", "Sở Nội vụ")
    assert (decision.when, decision.until) == ("2026-01-05", "2026-12-31")


def test_a_file_without_decisions_decides_nothing(load):
    assert load("decisions: []\n").entries == ()


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("criterion: 1.1, decision: waive, reason: a, who: b", ["decisions[1].criterion", "dấu nháy kép"]),
        ('criterion: "1.2", decision: waive, reason: a, who: b', ["“1.2”", "1.1"]),
        ("decision: waive, reason: a, who: b", ["criterion | finding | fingerprint"]),
        ("unit: Xã A, decision: waive, reason: a, who: b", ["criterion | finding | fingerprint"]),
        ('criterion: "1.1", decision: forgive, reason: a, who: b', ["forgive", "waive | accept | reject"]),
        ('criterion: "1.1", decision: waive, reason: " ", who: b', ["decisions[1].reason", "text"]),
        ('criterion: "1.1", decision: waive, reason: a', ["decisions[1]", "who"]),
        (f"{GOOD}, until: 31/12/2026", ["31/12/2026", "YYYY-MM-DD"]),
        (f"{GOOD}, until: 2026-02-30", ["2026-02-30", "YYYY-MM-DD"]),
        (f"{GOOD}, when: 2026-02-01, until: 2026-01-31", ["31/01/2026", "01/02/2026"]),
        ("finding: drafft, decision: waive, reason: a, who: b", ["“drafft”", "draft"]),
        ("finding: draft, decision: reject, reason: a, who: b", ["reject", "fingerprint"]),
        ("finding: draft, requirement: ke-hoach, decision: waive, reason: a, who: b", ["requirement ⇒ criterion"]),
        ("fingerprint: abc, decision: waive, reason: a, who: b", ["f1-…"]),
        (f"{GOOD}, expires: 2026-12-31", ["expires", "until"]),
    ],
)
def test_a_fault_is_told_with_its_line(load, entry, said):
    with pytest.raises(BadUsage) as caught:
        load(f"decisions:\n  - {{{entry}}}\n")
    (fault,) = caught.value.faults
    told = fault.say("vi")
    assert told.startswith("quyet-dinh.yaml, dòng 2: ")
    assert all(part in told for part in said), told
    assert fault.say("en").startswith("quyet-dinh.yaml, line 2: ")


def test_every_fault_is_told_at_once(load):
    with pytest.raises(BadUsage) as caught:
        load(
            'decisions:\n  - {criterion: "9", decision: waive, reason: a, who: b}\n'
            "  - {decision: waive, reason: a, who: b}\n"
        )
    assert [fault.details["line"] for fault in caught.value.faults] == [2, 3]


@pytest.mark.parametrize("text", ["", "decisions: [", "decisions:\n\t- a", "- a", "null", "7"])
def test_what_is_no_file_of_decisions_is_told(load, text):
    with pytest.raises(BadUsage) as caught:
        load(text)
    assert caught.value.say("vi").startswith("quyet-dinh.yaml, dòng ")


def test_a_file_for_another_set_is_refused(load):
    with pytest.raises(BadUsage, match="par-tinh-2025"):
        load(f"pack: par-tinh-2025\ndecisions:\n  - {{{GOOD}}}\n")


def test_a_file_that_is_not_there_is_told(session, pack, tmp_path):
    with pytest.raises(BadUsage, match=r"khong-co\.yaml"):
        load_decisions(tmp_path / "khong-co.yaml", pack, session.catalogue, TODAY)


def test_json_is_yaml(load):
    entry = {"criterion": "1.1", "decision": "waive", "reason": "a", "who": "b"}
    assert len(load(caselib.json.dumps({"decisions": [entry]})).entries) == 1


def test_the_last_day_still_counts(load):
    book = load(f"decisions:\n  - {{{GOOD}, until: 2026-01-30}}\n  - {{{GOOD}, until: 2026-01-31}}\n  - {{{GOOD}}}\n")
    assert [book.expired(entry) for entry in book.entries] == [True, False, False]
