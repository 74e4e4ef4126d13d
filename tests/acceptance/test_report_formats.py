# SPDX-License-Identifier: Apache-2.0
"""One snapshot per report format, of one submission with an outcome of each kind."""

from __future__ import annotations

import io
import json
import re

import caselib
import pytest
from jsonschema import Draft202012Validator

from parcheck.judging.fingerprints import all_findings
from parcheck.model import Report, Severity
from parcheck.reporting import Depth, ReportFormat
from parcheck.reporting.as_json import raw_data
from parcheck.reporting.wording import Teller
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


def written(report, session, name, language, depth=None):
    formats = {each.name: each for each in session.plugins.collect("parcheck_reports", ReportFormat)[0]}
    stream = io.StringIO()
    write = formats[name].depths[depth] if depth else formats[name].write
    write(report, session.catalogue, language, stream)
    return stream.getvalue()


@pytest.mark.parametrize(("name", "language"), [("text", "vi"), ("text", "en"), ("json", "vi"), ("json", "en")])
def test_the_report_reads_as_it_did(report, snapshot, name, language):
    assert written(*report, name, language) == snapshot


@pytest.mark.parametrize("depth", [Depth.APPRAISER, Depth.DEVELOPER])
def test_the_text_goes_as_deep_as_it_did(report, snapshot, depth):
    assert written(*report, "text", "vi", depth) == snapshot


def every(report):
    (submission,) = report[0].submissions
    return [*all_findings(submission)], Teller(submission, report[1].catalogue, "vi")


def flowing(text):
    """Return a text without its line breaks, which stand where the screen ends."""
    return " ".join(text.split())


def test_a_unit_reads_what_to_do_right_behind_each_finding(report):
    text = flowing(written(*report, "text", "vi"))
    findings, teller = every(report)
    for finding in findings:
        told = teller.tell(finding, under_document=bool(finding.document and finding.requirement))
        message = f"{told.message} ({teller.certainty(finding) or 'để biết'})"
        if finding.args.get("files") == 0:
            message = f"Chưa có tài liệu nào cho tiêu chí {finding.criterion}."
        _, found, behind = text.partition(flowing(message))
        assert found, finding.code
        wanted = finding.severity is not Severity.NOTE
        assert behind.startswith(f" → Việc cần làm: {told.fix}") is wanted, finding.code


def test_a_unit_reads_no_codes_and_nothing_that_is_in_order(report):
    text = written(*report, "text", "vi", Depth.UNIT)
    assert text == written(*report, "text", "vi")
    assert not any(re.search(rf"\b{finding.code}\b", text) for finding in every(report)[0])
    assert "1.1/Ke hoach.pdf" not in text
    assert "1.1 Thực hiện kế hoạch CCHC" in text


def test_an_appraiser_reads_what_each_finding_rests_on(report):
    text = flowing(written(*report, "text", "vi", Depth.APPRAISER))
    findings, teller = every(report)
    for finding in findings:
        told = teller.tell(finding)
        assert f"Mã: {finding.code} · {teller.fingerprint(finding)}" in text
        assert f"Vì sao cần chú ý: {told.why}" in text
        assert f"Căn cứ: {told.clause}" in text
    assert "1.1/Ke hoach.pdf" in text
    assert "Cách đọc: chữ trong tệp" in text
    assert '"args"' not in text


def test_a_developer_reads_the_data_of_each_finding_and_of_the_run(report):
    text = flowing(written(*report, "text", "en", Depth.DEVELOPER))
    findings, teller = every(report)
    for finding in findings:
        assert flowing(json.dumps(raw_data(finding, teller), ensure_ascii=False)) in text
    assert "SHA-256" in text
    assert '"digest": "' + "0" * 64 in text
    assert '"started": "2026-01-05T01:00:00+00:00"' in text


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
