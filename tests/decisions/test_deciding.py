# SPDX-License-Identifier: Apache-2.0
"""What decisions make of a verdict: outcomes before and after, nothing taken out, the closest decision holds."""

from __future__ import annotations

import copy

import caselib
import pytest

from parcheck.judging.fingerprints import fingerprint
from parcheck.model import Action, DecisionState, Outcome

SAID = {"reason": "Đã xem", "who": "Sở Nội vụ"}


def evidence(id_, type_, **valid):
    match = {"properties": {"type": {"const": type_}}, "required": ["type"]}
    return {"id": id_, "name": id_, "match": match, **({"valid": valid} if valid else {})}


CASE = {
    "rules": {
        "explanation": True,
        "evidence": [
            evidence("ke-hoach", "KH", required=["symbol", "signer"]),
            evidence("bao-cao", "BC"),
        ],
    },
    "more": [{"code": "1.2", "name": "Khảo sát", "points": 1, "assessed": "survey"}],
    "submission": {"unit": "UBND xã An Bình"},
    "documents": [
        {"path": "1.1/a.pdf", "facts": {"type": "KH", "symbol": None, "signer": {"name": "A"}}},
        {"path": "1.1/b.pdf", "facts": {"type": "KH", "symbol": None, "signer": None}},
        {"path": "la.pdf", "facts": {"type": "CV"}, "problems": ["file-encrypted"]},
    ],
}


@pytest.fixture
def decide(tmp_path):
    """Return a function that judges the case with decisions: (verdict, its only self-assessed criterion)."""

    def decided(*entries, **changes):
        case = {**copy.deepcopy(CASE), **changes, "decisions": [{**SAID, **entry} for entry in entries]}
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        result, _ = caselib.run_case(case, folder)
        return result, result.criteria[0]

    return decided


NOTHING = {"symbol": None, "signer": None}


def states(result):
    return [use.state.value for use in result.decisions]


def codes(result):
    return [finding.code for finding in caselib.findings_of(result)]


def test_without_decisions_nothing_is_said_of_any(decide):
    result, criterion = decide()
    assert (criterion.outcome, criterion.decision, result.decisions) == (Outcome.MISSING, None, ())
    assert not result.ready


def test_a_waived_requirement_leaves_the_rest_as_it_is(decide):
    result, criterion = decide({"criterion": "1.1", "requirement": "bao-cao", "decision": "waive"})
    plan, report = criterion.requirements
    assert (report.outcome, report.decision.before, report.decision.after) == (
        Outcome.WAIVED, Outcome.MISSING, Outcome.WAIVED,
    )  # fmt: skip
    assert plan.decision is None
    assert (criterion.outcome, criterion.decision.before) == (Outcome.INVALID, Outcome.MISSING)
    assert [decision.number for decision in criterion.decision.by] == [1]
    assert states(result) == ["applied"]


def test_findings_stay_listed_and_no_longer_count(decide):
    _, before = decide()
    result, criterion = decide({"criterion": "1.1", "decision": "waive"})
    kept = [finding.code for each in criterion.requirements for finding in each.findings]
    assert kept == [finding.code for each in before.requirements for finding in each.findings]
    assert not any(finding.counts for each in criterion.requirements for finding in each.findings)
    assert criterion.outcome is Outcome.WAIVED
    assert criterion.findings[-1].code == "decision-applied"
    assert result.counts["waived"] == 1


def test_one_sound_document_is_enough_when_what_is_said_of_it_is_set_aside(decide):
    """a.pdf lacks only its number; b.pdf lacks a signer too, which nobody decided on."""
    mark = {"criterion": "1.1", "finding": "number-blank", "decision": "accept"}
    _, criterion = decide(mark)
    plan = criterion.requirements[0]
    assert (plan.outcome, plan.decision.before) == (Outcome.SATISFIED, Outcome.INVALID)
    assert [finding.code for finding in plan.findings if finding.counts] == ["signer-unseen"]


def test_what_is_left_open_stays_open(decide):
    _, criterion = decide({"criterion": "1.1", "finding": "signer-unseen", "decision": "accept"})
    plan = criterion.requirements[0]
    assert (plan.outcome, plan.decision) == (Outcome.INVALID, None)
    assert [finding.decision.number for finding in plan.findings if finding.decision] == [1]


def test_an_error_set_aside_leaves_what_nobody_could_read(decide):
    documents = [{"path": "1.1/a.pdf", "facts": {"type": "KH", "symbol": None}, "unknown": {"signer": "scan"}}]
    _, criterion = decide({"criterion": "1.1", "finding": "number-blank", "decision": "waive"}, documents=documents)
    plan = criterion.requirements[0]
    assert (plan.outcome, plan.decision.before) == (Outcome.UNDETERMINED, Outcome.INVALID)


def test_a_finding_is_known_by_its_fingerprint_alone(decide):
    result, criterion = decide()
    documents = {evidence.id: evidence for evidence in result.documents}
    (missing,) = [f for f in criterion.requirements[1].findings if f.code == "evidence-missing"]
    entry = {"fingerprint": fingerprint(missing, documents), "decision": "waive"}
    result, criterion = decide(entry)
    assert criterion.requirements[1].outcome is Outcome.WAIVED
    assert criterion.requirements[0].outcome is Outcome.INVALID
    assert states(result) == ["applied"]


def test_a_file_nobody_can_open_no_longer_keeps_a_unit_from_being_ready(decide):
    result, _ = decide({"criterion": "1.1", "decision": "accept"})
    assert not result.ready
    result, _ = decide({"criterion": "1.1", "decision": "accept"}, {"finding": "file-encrypted", "decision": "waive"})
    assert result.ready
    assert "file-encrypted" in codes(result)


def test_a_rejected_requirement_is_an_error_with_its_reason(decide):
    documents = [{"path": "1.1/a.pdf", "facts": {"type": "BC"}}]
    _, criterion = decide({"criterion": "1.1", "requirement": "bao-cao", "decision": "reject"}, documents=documents)
    report = criterion.requirements[1]
    assert (report.outcome, report.decision.before) == (Outcome.INVALID, Outcome.SATISFIED)
    assert [(f.code, f.counts, f.args["reason"]) for f in report.findings] == [("decision-rejected", True, "Đã xem")]


@pytest.mark.parametrize(
    ("entry", "documents"),
    [
        ({"criterion": "1.1", "requirement": "bao-cao", "decision": "waive"}, [("BC", {})]),
        ({"criterion": "1.1", "requirement": "bao-cao", "decision": "accept"}, [("BC", {})]),
        ({"criterion": "1.1", "requirement": "ke-hoach", "decision": "reject"}, [("KH", NOTHING)]),
        ({"criterion": "1.2", "decision": "waive"}, []),
        ({"criterion": "1.2", "decision": "reject"}, []),
    ],
)  # fmt: skip
def test_what_came_out_so_by_itself_needs_no_decision(decide, entry, documents):
    given = [{"path": f"1.1/{type_}.pdf", "facts": {"type": type_, **facts}} for type_, facts in documents]
    result, _ = decide(entry, documents=given or CASE["documents"])
    assert states(result) == ["unneeded"]
    assert all(each.decision is None for criterion in result.criteria for each in (criterion, *criterion.requirements))


def test_of_two_decisions_on_one_thing_the_later_holds(decide):
    first = {"criterion": "1.1", "decision": "waive"}
    result, criterion = decide(first, {**first, "decision": "reject", "reason": "Xem lại"})
    assert (criterion.outcome, criterion.decision.before) == (Outcome.INVALID, Outcome.MISSING)
    assert states(result) == ["overruled", "applied"]


def test_a_code_above_a_row_means_the_rows_below_it(decide):
    result, criterion = decide({"criterion": "1", "decision": "waive"})
    assert criterion.outcome is Outcome.WAIVED
    assert result.criteria[1].outcome is Outcome.NOT_CHECKED
    assert states(result) == ["applied"]


@pytest.mark.parametrize("unit", ["UBND xã An Bình", "ubnd  XÃ AN BÌNH", "ho-so"])
def test_a_unit_is_known_by_its_name_or_its_folder(decide, unit):
    result, _ = decide({"unit": unit, "criterion": "1.1", "decision": "waive"})
    assert states(result) == ["applied"]


def test_a_decision_on_another_unit_is_none_of_this_one_s_business(decide):
    result, criterion = decide({"unit": "UBND xã Khác", "criterion": "1.1", "decision": "waive"})
    assert (criterion.outcome, result.decisions) == (Outcome.MISSING, ())
    assert not {code for code in codes(result) if code.startswith("decision-")}


def test_what_has_expired_and_fits_nothing_is_only_orphaned(decide):
    result, _ = decide({"finding": "draft", "decision": "waive", "until": "2020-01-01"})
    assert states(result) == ["orphaned"]
    assert codes(result).count("decision-orphaned") == 1
    assert "decision-expired" not in codes(result)


def test_a_decision_on_a_row_that_was_not_looked_at_is_not_called_orphaned(decide):
    """The row 1.1 is left out by `scope`, as by --only."""
    scope = {"submission": {"scope": ["1.2"]}}
    result, _ = decide({"criterion": "1.1", "decision": "waive"}, {"finding": "draft", "decision": "waive"}, **scope)
    assert result.decisions == ()
    assert not {code for code in codes(result) if code.startswith("decision-")}


# --- locks ------------------------------------------------------------------------------------------------------------

LOCKED_ROW = {"pack": {"lock": {"rows": ["1"]}}}
LOCKED_MISSING = {"pack": {"lock": {"severities": ["evidence-missing"]}}}
LOCKED_CODE = {"pack": {"lock": {"severities": ["number-blank"]}}}


@pytest.mark.parametrize(
    ("entry", "lock"),
    [
        ({"criterion": "1.1", "decision": "waive"}, LOCKED_ROW),
        ({"criterion": "1.1", "requirement": "ke-hoach", "decision": "waive"}, LOCKED_ROW),
        ({"finding": "number-blank", "decision": "waive"}, LOCKED_ROW),
        ({"finding": "number-blank", "decision": "waive"}, LOCKED_CODE),
        ({"criterion": "1.1", "requirement": "ke-hoach", "decision": "waive"}, LOCKED_CODE),
        ({"criterion": "1.1", "decision": "waive"}, LOCKED_CODE),
        ({"criterion": "1.1", "requirement": "bao-cao", "decision": "accept"}, LOCKED_ROW),
        ({"finding": "evidence-missing", "decision": "accept"}, LOCKED_ROW),
        ({"finding": "evidence-missing", "decision": "accept"}, LOCKED_MISSING),
        ({"criterion": "1.1", "requirement": "bao-cao", "decision": "accept"}, LOCKED_MISSING),
    ],
)
def test_what_is_locked_is_not_waived(decide, entry, lock):
    result, criterion = decide(entry, **lock)
    assert criterion.outcome is Outcome.MISSING
    assert states(result) == ["refused"]
    assert codes(result).count("decision-refused") == 1
    assert not any(finding.decision for finding in caselib.findings_of(result))


@pytest.mark.parametrize(
    ("entry", "lock"),
    [
        ({"criterion": "1.1", "requirement": "ke-hoach", "decision": "accept"}, LOCKED_ROW),
        ({"criterion": "1.1", "requirement": "ke-hoach", "decision": "accept"}, LOCKED_CODE),
        ({"criterion": "1.1", "requirement": "bao-cao", "decision": "waive"}, LOCKED_CODE),
        ({"finding": "signer-unseen", "decision": "waive"}, LOCKED_CODE),
    ],
)
def test_a_lock_forbids_no_more_than_waiving(decide, entry, lock):
    result, _ = decide(entry, **lock)
    assert states(result) == ["applied"]


def test_every_action_and_state_has_a_word(session):
    assert set(session.catalogue.terms["actions"]) == {action.value for action in Action}
    assert set(session.catalogue.terms["decision-states"]) == {state.value for state in DecisionState}
