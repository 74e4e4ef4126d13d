# SPDX-License-Identifier: Apache-2.0
"""One file of decisions over many units: each verdict decided, what fits none told once."""

from __future__ import annotations

import json

from jsonschema import Draft202012Validator

from parcheck.reporting.as_json import write_json
from parcheck.schema_faults import schema

WAIVED = 'criterion: "1.1", decision: waive, reason: Chờ cấp số, who: Nguyễn Văn An'


def test_of_many_units_only_the_one_named_is_waived(facts_session, province, pack_folder, decisions, tmp_path):
    units = sorted(province(units=3, files=1).iterdir())
    nothing = "finding: draft, decision: waive, reason: a, who: b"
    file = decisions(f"unit: 3 - Xã 3, {WAIVED}", nothing, f"unit: Xã Ba, {WAIVED}")
    report = facts_session.check_all(units, pack_folder, tmp_path / "spool", decisions=file, workers=1)
    outcomes = [result.criteria[0].outcome.value for result in report.submissions]
    assert outcomes == ["satisfied", "satisfied", "waived"]
    assert [len(result.decisions) for result in report.submissions] == [0, 0, 1]
    assert [(finding.code, finding.args["number"]) for finding in report.findings] == [
        ("decision-orphaned", 2),
        ("decision-orphaned", 3),
    ]


def test_another_file_of_decisions_judges_anew(facts_session, province, pack_folder, decisions, tmp_path):
    units = sorted(province(units=3, files=1).iterdir())
    options = {"workers": 1, "decisions": decisions(WAIVED)}
    report = facts_session.check_all(units, pack_folder, tmp_path / "spool", **options)
    assert report.submissions[2].criteria[0].outcome.value == "waived"
    decisions()
    report = facts_session.check_all(units, pack_folder, tmp_path / "spool", **options)
    assert report.submissions[2].criteria[0].outcome.value == "invalid"
    assert report.run["decisions"]["entries"] == 0


def test_what_fits_no_unit_is_in_the_written_report(facts_session, province, pack_folder, decisions, tmp_path):
    units = sorted(province(units=2, files=1).iterdir())
    file = decisions("finding: draft, decision: waive, reason: a, who: b")
    report = facts_session.check_all(units, pack_folder, tmp_path / "spool", decisions=file, workers=1)
    place = tmp_path / "r.json"
    with place.open("w", encoding="utf-8") as stream:
        write_json(report, facts_session.catalogue, "vi", stream)
    data = json.loads(place.read_text(encoding="utf-8"))
    assert [finding["code"] for finding in data["findings"]] == ["decision-orphaned"]
    assert [error.message for error in Draft202012Validator(schema("report.schema.json")).iter_errors(data)] == []


def test_each_verdict_of_a_stream_is_decided(facts_session, province, pack_folder, decisions):
    units = sorted(province(units=3, files=1).iterdir())
    results = facts_session.check_many(units, pack_folder, decisions=decisions(WAIVED), workers=1)
    assert [[use.state.value for use in result.decisions] for result in results] == [
        ["unneeded"], ["unneeded"], ["applied"],
    ]  # fmt: skip
