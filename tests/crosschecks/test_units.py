# SPDX-License-Identifier: Apache-2.0
"""What holding units against each other says, and above all what it leaves alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parcheck.catalogue import shipped
from parcheck.judging.coding import Coder
from parcheck.judging.unitcheck import compare_units
from parcheck.model import Certainty, Evidence, Finding, Place, Reading, Severity, Source, Status, SubmissionResult
from parcheck_plugins.crosschecks.sketching import sketch
from parcheck_plugins.unitchecks import parcheck_unitchecks
from parcheck_plugins.unitchecks.bodies import belongs, core
from parcheck_plugins.unitchecks.near_copies import COMMON

if TYPE_CHECKING:
    import random

CODER = Coder(shipped())
TEXT = " ".join(f"việc {chr(97 + n % 26)}{chr(97 + n // 26)} giao cho tổ" for n in range(90))
OTHER = " ".join(f"rà soát {chr(97 + n // 26)}{chr(97 + n % 26)} của bộ phận" for n in range(90))


def document(place, issuer, *, text=None, sha256=None, path="1.1/KH.pdf", where=None, **facts):
    known = {"issuer": issuer, "parent": None, "symbol": f"{place}/KH-UBND", "issued_on": "2025-01-10", **facts}
    known["sketch"] = sketch(text) if text else None
    reading = Reading(path, sha256 or f"{issuer} {place}", "application/pdf", Status.READ, known, {}, where or {})
    return Evidence(f"d{place:03}", path, None, ("1.1",), reading)


def unit(name, *documents, path="thu-muc"):
    return SubmissionResult(name, "2025", path, (), documents)


def found(*units, checks=None):
    compared = compare_units(units, parcheck_unitchecks() if checks is None else checks, CODER)
    return {number: list(findings) for number, findings in sorted(compared.findings.items())}


def codes(*units):
    return {number: [finding.code for finding in findings] for number, findings in found(*units).items()}


# --- whose a document is


@pytest.mark.parametrize(
    ("issuer", "parent", "name", "own"),
    [
        ("ỦY BAN NHÂN DÂN XÃ AN BÌNH", "", "UBND xã An Bình", True),
        ("UBND XÃ AN BÌNH", "", "012 - Xã An Bình", True),
        ("ĐẢNG ỦY XÃ AN BÌNH", "", "UBND xã An Bình", True),
        ("TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG", "UBND XÃ AN BÌNH", "UBND xã An Bình", True),
        ("UBND XÃ AN BÌNH", "", "UBND xã An Bình, tỉnh Lâm Đồng", True),
        ("SỞ NỘI VỤ", "UBND TỈNH LÂM ĐỒNG", "Sở Nội vụ tỉnh Lâm Đồng", True),
        ("SỞ NỘI VỤ", "UBND TỈNH LÂM ĐỒNG", "Sở Nội vụ", True),
        ("SỞ NỘI VỤ", "UBND TỈNH LÂM ĐỒNG", "UBND tỉnh Lâm Đồng", True),
        ("CHI CỤC VĂN THƯ", "SỞ NỘI VỤ", "Sở Nội vụ", True),
        ("UBND XÃ AN BÌNH TÂY", "", "UBND xã An Bình", False),
        ("UBND XÃ TÂN AN BÌNH", "", "UBND xã An Bình", False),
        ("UBND TỈNH LÂM ĐỒNG", "", "UBND xã An Bình", False),
        ("UBND TỈNH LÂM ĐỒNG", "", "UBND xã An Bình, tỉnh Lâm Đồng", False),
        ("SỞ NỘI VỤ", "UBND TỈNH QUẢNG NGÃI", "Sở Nội vụ tỉnh Lâm Đồng", False),
        ("SỞ NỘI VỤ", "UBND TỈNH LÂM ĐỒNG", "Sở Tư pháp", False),
        ("ỦY BAN NHÂN DÂN", "", "UBND", False),
        ("UBND XÃ AN BÌNH", "", "ho-so", False),
    ],
)
def test_whose_a_document_is(issuer, parent, name, own):
    assert belongs(issuer, parent, core(name)) is own


# --- files and numbers


def test_another_unit_s_file_is_told_of_where_it_does_not_belong():
    theirs = document(1, "UBND XÃ B B", sha256="x", path="1.2/BC.pdf", where={"issuer": Place(1, words="UBND XÃ B B")})
    both = found(unit("UBND xã A A", theirs), unit("UBND xã B B", document(7, "UBND XÃ B B", sha256="x")))
    ((number, (finding,)),) = both.items()
    assert (number, finding.code, finding.document) == (0, "file-of-other-unit", "d001")
    assert finding.args == {"other": "1.1/KH.pdf", "unit": "UBND xã B B"}
    assert (finding.certainty, finding.severity, finding.place.words) == (
        Certainty.HINT, Severity.WARNING, "UBND XÃ B B",
    )  # fmt: skip


@pytest.mark.parametrize("issuer", ["UBND TỈNH LÂM ĐỒNG", "BỘ NỘI VỤ", None, "UBND XÃ A A"])
def test_what_all_may_hand_in_is_left_alone(issuer):
    one, other = (document(place, issuer, sha256="x", symbol="1/KH-UBND") for place in (1, 2))
    assert codes(unit("UBND xã A A", one), unit("UBND xã A A", other, path="khac")) == {}
    if issuer != "UBND XÃ A A":
        assert codes(unit("UBND xã A A", one), unit("UBND xã B B", other)) == {}


def test_a_file_in_one_unit_twice_is_no_matter_here():
    twice = [document(place, "UBND XÃ B B", sha256="x", path=f"{place}.pdf") for place in (1, 2)]
    assert codes(unit("UBND xã A A", *twice), unit("UBND xã B B")) == {}


def test_one_number_in_two_scans():
    scans = [document(1, "UBND XÃ B B", sha256=name) for name in "xy"]
    assert codes(unit("UBND xã A A", scans[0]), unit("UBND xã B B", scans[1])) == {0: ["number-of-other-unit"]}
    read = document(1, "UBND XÃ B B", sha256="x", where={"symbol": Place(1, source=Source.OCR)})
    assert codes(unit("UBND xã A A", read), unit("UBND xã B B", scans[1])) == {}
    assert codes(unit("UBND xã A A", scans[0]), unit("UBND xã B B", document(2, "UBND XÃ B B"))) == {}


# --- texts


def commune(letter, text=TEXT, **more):
    return unit(f"UBND xã {letter} {letter}", document(1, f"UBND XÃ {letter} {letter}", text=text, **more))


def test_both_sides_of_a_near_copy_get_the_same_hint():
    both = found(commune("A"), commune("B", f"{TEXT} và hết"), commune("C", OTHER))
    assert {number: [f.code for f in findings] for number, findings in both.items()} == {
        0: ["text-of-other-unit"], 1: ["text-of-other-unit"],
    }  # fmt: skip
    (finding,) = both[0]
    assert (finding.args["unit"], finding.args["units"]) == ("UBND xã B B", 2)
    assert (finding.certainty, finding.severity) == (Certainty.HINT, Severity.WARNING)
    assert 90 <= finding.args["percent"] <= 100


def test_a_text_that_many_use_is_only_noted():
    few = found(*(commune(letter) for letter in "ABCDEFGH"[: COMMON - 1]))
    many = found(*(commune(letter) for letter in "ABCDEFGH"[:COMMON]))
    assert {finding.severity for findings in few.values() for finding in findings} == {Severity.WARNING}
    assert {finding.severity for findings in many.values() for finding in findings} == {Severity.NOTE}
    assert len(many) == COMMON


@pytest.mark.parametrize("issuer", ["UBND TỈNH LÂM ĐỒNG", None, "UBND XÃ B B"])
def test_only_texts_of_the_units_themselves_are_compared(issuer):
    assert "text-of-other-unit" not in str(codes(commune("B"), unit("UBND xã A A", document(1, issuer, text=TEXT))))


def test_a_text_twice_in_one_unit_is_no_matter_here():
    twice = [document(place, "UBND XÃ A A", text=TEXT, path=f"{place}.pdf") for place in (1, 2)]
    assert codes(unit("UBND xã A A", *twice), commune("B", OTHER)) == {}


def test_the_most_alike_is_named():
    near, nearer = f"{TEXT} {OTHER[:160]}", f"{TEXT} và hết"
    (finding,) = found(commune("A"), commune("B", near), commune("C", nearer))[0]
    assert (finding.args["unit"], finding.args["units"]) == ("UBND xã C C", 3)


UNITS = [
    *(commune(letter) for letter in "ABC"), commune("D", OTHER), commune("E", f"{OTHER} thôi"),
    unit("UBND xã F F", document(1, "UBND XÃ A A", sha256="x"), document(2, "UBND XÃ E E", sha256="y")),
    unit("UBND xã G G", document(1, "UBND XÃ A A", sha256="x"), document(2, "UBND XÃ E E", sha256="z")),
]  # fmt: skip
BY_UNIT = {UNITS[number].unit: findings for number, findings in found(*UNITS).items()}


@given(st.permutations(UNITS))
@settings(deadline=None, max_examples=30)
def test_the_order_of_the_units_does_not_matter(units):
    assert {units[number].unit: findings for number, findings in found(*units).items()} == BY_UNIT
    assert len(BY_UNIT) == len(UNITS)


@given(st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=20)
def test_the_order_of_the_documents_does_not_matter(rng: random.Random):
    texts = [TEXT, f"{TEXT} và hết", OTHER]
    documents = {
        letter: [document(n, f"UBND XÃ {letter} {letter}", text=text, path=f"{n}.pdf") for n, text in enumerate(texts)]
        for letter in "AB"
    }
    wanted = found(*(unit(f"UBND xã {letter} {letter}", *documents[letter]) for letter in "AB"))
    for each in documents.values():
        rng.shuffle(each)
    again = found(*(unit(f"UBND xã {letter} {letter}", *documents[letter]) for letter in "AB"))
    by_document = {n: sorted(f, key=lambda each: each.document) for n, f in again.items()}
    assert by_document == {n: sorted(f, key=lambda each: each.document) for n, f in wanted.items()}


# --- checks that fail


class Failing:
    """Fails where it is told to."""

    codes = ()
    needs = frozenset()

    def __init__(self, where):
        self.name, self.where = f"failing-{where}", where

    def begin(self, former):
        self._at("begin")
        return self

    def look(self, number, submission):
        self._at("look")

    def findings(self):
        yield 0, Finding("draft")
        self._at("findings")
        if self.where == "number":
            yield 99, Finding("draft")
        if self.where == "value":
            yield 0, "no finding"

    def _at(self, place):
        if self.where == place:
            raise RuntimeError(place)
        if self.where == "exit":
            raise SystemExit


@pytest.mark.parametrize("where", ["begin", "look", "findings", "number", "value", "exit"])
def test_a_check_that_fails_costs_itself_only_and_is_said(where):
    units = commune("A"), commune("B")
    both = found(*units, checks=[Failing(where), *parcheck_unitchecks()])
    for findings in both.values():
        assert [finding.code for finding in findings] == ["text-of-other-unit", "plugin-failed"]
        assert findings[-1].args == {"plugin": f"failing-{where}", "hook": "parcheck_unitchecks"}
    assert len(both) == 2


def test_a_check_in_order_is_heard():
    assert found(commune("A"), checks=[Failing("nowhere")]) == {0: [Finding("draft")]}


def test_no_units_no_findings():
    assert found() == {}
