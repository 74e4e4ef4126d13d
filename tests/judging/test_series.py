# SPDX-License-Identifier: Apache-2.0
"""The entries of a series beside a document that cannot be read: what it may save, and what it cannot."""

from __future__ import annotations

import caselib
import pytest

REPORTS = {
    "id": "bao-cao",
    "name": "Báo cáo ${each.name}",
    "each": [
        {"id": "quy-1", "name": "quý I"},
        {"id": "6-thang", "name": "6 tháng"},
        {"id": "quy-3", "name": "quý III"},
    ],
    "match": {
        "properties": {"type": {"const": "BC"}, "subject": {"mentions": ["${each.name}"]}},
        "required": ["type", "subject"],
    },
    "valid": {"required": ["issued_on"]},
}
PLAN = {
    "id": "ke-hoach",
    "name": "Kế hoạch",
    "match": {
        "properties": {"type": {"const": "KH"}, "subject": {"mentions": ["kế hoạch"]}},
        "required": ["type", "subject"],
    },
}


def report(name: str, subject: str | None, issued_on: str | None = "2025-03-10", type_: str = "BC"):
    facts = {"type": type_, "issued_on": issued_on}
    document = {"path": f"1.1/{name}.pdf", "facts": facts}
    return document | (
        {"unknown": {"subject": "scan"}} if subject is None else {"facts": {**facts, "subject": subject}}
    )


@pytest.fixture
def outcomes(tmp_path):
    """Return a function that gives the outcomes of the requirements by id, and the criterion's."""

    def run(*documents, evidence=(REPORTS,)):
        case = {"rules": {"evidence": list(evidence)}, "documents": list(documents)}
        criterion = caselib.run_case(case, tmp_path)[0].criteria[0]
        return {each.id.partition(".")[2] or each.id: each.outcome.value for each in criterion.requirements}, criterion

    return run


FIRST, HALF, THIRD = (
    report(f"b{n}", f"Báo cáo {name} năm 2025") for n, name in enumerate(("quý I", "6 tháng", "quý III"))
)
UNDATED = report("b1", "Báo cáo 6 tháng năm 2025", issued_on=None)
SCAN = report("quet", None)


def test_a_fault_beside_a_scan_that_another_entry_needs_is_a_fault(outcomes):
    found, criterion = outcomes(FIRST, UNDATED, SCAN)
    assert found == {"quy-1": "satisfied", "6-thang": "invalid", "quy-3": "undetermined"}
    assert criterion.outcome == "invalid"


def test_a_scan_that_no_other_entry_needs_may_be_the_better_copy(outcomes):
    found, criterion = outcomes(FIRST, UNDATED, THIRD, SCAN)
    assert found["6-thang"] == "undetermined"
    assert criterion.outcome == "undetermined"


def test_of_two_scans_one_may_be_the_better_copy(outcomes):
    found, _ = outcomes(FIRST, UNDATED, SCAN, report("quet-2", None))
    assert found == {"quy-1": "satisfied", "6-thang": "undetermined", "quy-3": "undetermined"}


def test_two_scans_that_two_entries_need_save_no_third(outcomes):
    found, _ = outcomes(UNDATED, SCAN, report("quet-2", None))
    assert found == {"quy-1": "undetermined", "6-thang": "invalid", "quy-3": "undetermined"}


def test_a_document_known_for_another_requirement_saves_no_entry(outcomes):
    plan = {"path": "1.1/kh.pdf", "facts": {"type": "KH"}, "unknown": {"subject": "scan"}}
    found, _ = outcomes(FIRST, UNDATED, THIRD, plan, evidence=(REPORTS, PLAN))
    assert (found["6-thang"], found["ke-hoach"]) == ("invalid", "undetermined")


def test_an_unclear_document_that_proves_another_requirement_saves_no_entry(outcomes):
    final = {
        "id": "bao-cao-nam",
        "name": "Báo cáo năm",
        "match": {"properties": {"issued_on": {"notBefore": "2025-12-01"}}, "required": ["issued_on"]},
    }
    last = report("quet", None, issued_on="2025-12-10")
    found, _ = outcomes(FIRST, UNDATED, THIRD, last, evidence=(REPORTS, final))
    assert (found["6-thang"], found["bao-cao-nam"]) == ("invalid", "satisfied")


def test_scans_alone_are_still_undetermined(outcomes):
    found, criterion = outcomes(SCAN)
    assert set(found.values()) == {"undetermined"}
    assert criterion.outcome == "undetermined"


def test_what_proves_another_entry_is_not_named_as_near(outcomes):
    _, criterion = outcomes(FIRST, HALF)
    missing = criterion.requirements[2]
    assert missing.outcome == "missing"
    assert [finding.code for finding in missing.findings] == ["evidence-missing"]


def test_what_proves_nothing_is_named_as_near(outcomes):
    _, criterion = outcomes(FIRST, HALF, report("ke-hoach", "Kế hoạch quý III năm 2025", type_="KH"))
    assert [finding.code for finding in criterion.requirements[2].findings] == ["evidence-missing", "type-differs"]
