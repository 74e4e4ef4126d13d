# SPDX-License-Identifier: Apache-2.0
"""One snapshot per report format, of one submission with an outcome of each kind."""

from __future__ import annotations

import io
import json

import caselib
import pytest
from jsonschema import Draft202012Validator

from parcheck.model import Report
from parcheck.reporting import ReportFormat
from parcheck.schema_faults import schema


def evidence(id_, name, type_, **valid):
    match = {"properties": {"type": {"const": type_}}, "required": ["type"]}
    return {"id": id_, "name": name, "match": match, **({"valid": valid} if valid else {})}


CASE = {
    "rules": {"evidence": [evidence("ke-hoach", "Kế hoạch CCHC năm ${year}", "KH", required=["symbol"])]},
    "more": [
        {
            "code": "1.2",
            "name": "Thực hiện chế độ báo cáo",
            "points": 1,
            "evidence": [
                {
                    **evidence("bao-cao", "Báo cáo CCHC năm ${year}", "BC"),
                    "valid": {"properties": {"issued_on": {"notAfter": "${year}-12-15"}}, "required": ["symbol"]},
                }
            ],
        },
        {"code": "1.3", "name": "Kiểm tra", "points": 1, "evidence": [evidence("tb", "Kết luận kiểm tra", "TB")]},
        {
            "code": "1.4", "name": "Tuyên truyền", "points": 1, "explanation": True,
            "evidence": [evidence("tt", "Kế hoạch tuyên truyền", "PA")],
        },
        {
            "code": "1.5", "name": "Sáng kiến", "points": 1,
            "evidence": [evidence("qd", "Quyết định công nhận", "QĐ", required=["signer"])],
        },
        {"code": "1.6", "name": "Đối thoại", "points": 1, "evidence": [evidence("dt", "Thông báo đối thoại", "GM")]},
        {"code": "1.7", "name": "Sự hài lòng của người dân", "points": 1, "assessed": "survey"},
    ],
    "submission": {
        "unit": "UBND xã An Bình",
        "year": 2025,
        "criteria": {
            "1.1": {"claimed": 1.5},
            "1.4": {"claimed": 1, "explanation": "Lồng ghép trong kế hoạch công tác năm."},
            "1.6": {"not_applicable": True, "explanation": "Trong năm không phát sinh."},
        },
    },
    "documents": [
        {
            "path": "1.1/Ke hoach.pdf",
            "facts": {
                "type": "KH", "symbol": "12/KH-UBND", "issued_on": "2025-01-10", "issuer": "UBND XÃ AN BÌNH",
                "subject": "Cải cách hành chính năm 2025",
            },
        },
        {
            "path": "1.2/Bao cao.pdf",
            "facts": {"type": "BC", "symbol": None, "issued_on": "2025-12-20", "subject": "Kết quả CCHC năm 2025"},
            "where": {"issued_on": {"page": 1, "words": "An Bình, ngày 20 tháng 12 năm 2025"}},
        },
        {"path": "1.5/Quyet dinh.pdf", "facts": {"type": "QĐ", "symbol": "7/QĐ-UBND"}, "unknown": {"signer": "scan"}},
        {"path": "1.3/Cong van.pdf", "facts": {"type": "CV", "symbol": "9/UBND-VP", "subject": "mời họp"}},
        {"path": "Ghi chu.docx", "facts": {"type": None}},
    ],
}  # fmt: skip


@pytest.fixture
def report(tmp_path):
    result, session = caselib.run_case(CASE, tmp_path)
    run = {
        "tool": "parcheck",
        "versions": {},
        "started": "2026-01-05T01:00:00+00:00",
        "finished": "2026-01-05T01:00:09+00:00",
    }
    fields = (("1", "Chỉ đạo, điều hành"),)
    return Report("bo-mau", "Bộ tiêu chí mẫu", "1", "0" * 64, fields, (result,), run), session


def written(report, session, name, language):
    formats = {each.name: each for each in session.plugins.collect("parcheck_reports", ReportFormat)[0]}
    stream = io.StringIO()
    formats[name].write(report, session.catalogue, language, stream)
    return stream.getvalue()


@pytest.mark.parametrize(("name", "language"), [("text", "vi"), ("text", "en"), ("json", "vi"), ("json", "en")])
def test_the_report_reads_as_it_did(report, snapshot, name, language):
    assert written(*report, name, language) == snapshot


def test_every_outcome_that_a_unit_can_bring_about_is_in_it(report):
    counts = report[0].submissions[0].counts
    assert {outcome for outcome, count in counts.items() if count} == {
        "satisfied", "invalid", "missing", "explained", "undetermined", "not_applicable", "not_checked",
    }  # fmt: skip


def test_the_json_fits_its_published_schema(report):
    data = json.loads(written(*report, "json", "vi"))
    errors = [error.message for error in Draft202012Validator(schema("report.schema.json")).iter_errors(data)]
    assert errors == []


def test_every_format_of_the_command_is_written_in_both_languages(report):
    formats = report[1].plugins.collect("parcheck_reports", ReportFormat)[0]
    assert {each.name for each in formats} >= {"text", "json"}
    # Those that are no text are opened as what they are in tests/reports.
    for each in (each for each in formats if not each.binary):
        texts = {language: written(*report, each.name, language) for language in ("vi", "en")}
        assert texts["vi"] != texts["en"]
        assert all(text.endswith("\n") for text in texts.values())


def test_the_languages_say_the_same_findings(report):
    told = {}
    for language in ("vi", "en"):
        data = json.loads(written(*report, "json", language))["submissions"][0]
        findings = [f for c in data["criteria"] for r in c["requirements"] for f in r["findings"]] + data["findings"]
        told[language] = [(f["code"], f["document"], f["severity"], bool(f["fix"])) for f in findings]
    assert told["vi"] == told["en"]
    assert told["vi"]
