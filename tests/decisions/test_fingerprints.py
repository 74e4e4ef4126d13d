# SPDX-License-Identifier: Apache-2.0
"""A fingerprint outlives a new run, a moved file and a renumbered document, and tells what is not the same apart."""

from __future__ import annotations

import dataclasses

from hypothesis import given
from hypothesis import strategies as st

from parcheck.judging.fingerprints import fingerprint
from parcheck.model import Evidence, Finding, Place, Reading, Severity, Status

FOUND = Finding("issued-too-late", {"found": "2026-01-05", "limit": "2025-12-31"}, document="d001", criterion="1.1",
                requirement="ke-hoach")  # fmt: skip


def a_file(path="1.1/a.pdf", sha256="ab" * 32, id_="d001"):
    return {id_: Evidence(id_, path, None, ("1.1",), Reading(path, sha256, None, Status.READ))}


def a_citation(cited="Kế hoạch số 12/KH-UBND ngày 10/01/2025", id_="d001", **facts):
    return {id_: Evidence(id_, None, cited, ("1.1",), Reading(cited, None, None, Status.PARTIAL, facts))}


def marked(documents, finding=FOUND, **changes):
    return fingerprint(dataclasses.replace(finding, **changes), documents)


def test_its_form_is_one_that_yaml_takes_for_a_word():
    assert marked(a_file()) == "f1-" + marked(a_file())[3:]
    assert len(marked(a_file())) == 19
    assert marked(a_file()) == "f1-ab8457263b823562", "another fingerprint orphans every decision that names one"


def test_a_file_may_move_and_be_renumbered():
    assert marked(a_file()) == marked(a_file("1.2/sâu/b.pdf"))
    assert marked(a_file()) == marked(a_file(id_="d077"), document="d077")


def test_other_bytes_are_another_document():
    assert marked(a_file()) != marked(a_file(sha256="cd" * 32))


def test_what_is_read_instead_may_change():
    same = {"args": {"found": "2026-02-07", "limit": "2025-12-31"}, "severity": Severity.NOTE, "place": Place(2)}
    assert marked(a_file()) == marked(a_file(), **same)


def test_what_it_is_about_may_not():
    changes = [{"code": "draft"}, {"criterion": "1.2"}, {"requirement": "bao-cao"}, {"document": None}]
    changes += [{"args": {"fact": fact}} for fact in ("place", "signer")]
    marks = {marked(a_file(), **change) for change in changes}
    assert len(marks | {marked(a_file())}) == len(changes) + 1


def test_a_citation_is_its_number_and_day_however_it_is_worded():
    facts = {"symbol": "12/KH-UBND", "issued_on": "2025-01-10"}
    assert marked(a_citation(**facts)) == marked(a_citation("KH 12 của UBND tỉnh", **facts))
    assert marked(a_citation(**facts)) != marked(a_citation(**{**facts, "issued_on": "2025-01-11"}))
    assert marked(a_citation(**facts)) != marked(a_citation(**{**facts, "symbol": "13/KH-UBND"}))


def test_a_citation_without_a_number_is_its_words():
    assert marked(a_citation("Kế hoạch  năm 2025")) == marked(a_citation("kế hoạch năm 2025"))
    assert marked(a_citation("Kế hoạch năm 2025")) != marked(a_citation("Kế hoạch năm 2024"))


def test_a_file_that_nobody_can_open_is_its_own_name():
    assert marked(a_file(sha256=None)) == marked(a_file("9/A.pdf", sha256=None))
    assert marked(a_file(sha256=None)) != marked(a_file("1.1/b.pdf", sha256=None))


@given(st.text(), st.none() | st.text(), st.dictionaries(st.sampled_from(["fact", "name", "row"]), st.text()))
def test_any_words_give_one(code, criterion, args):
    finding = Finding(code, args, criterion=criterion)
    assert fingerprint(finding, {}) == fingerprint(dataclasses.replace(finding), {})
    assert fingerprint(finding, {}) != fingerprint(dataclasses.replace(finding, code=code + "x"), {})
