# SPDX-License-Identifier: Apache-2.0
"""Reports made of values, without any file: one with every outcome, one whose every text is hostile."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import Any

from lxml import etree

from parcheck.model import (
    Certainty,
    CriterionResult,
    Evidence,
    Finding,
    Outcome,
    Place,
    Reading,
    Reason,
    Report,
    RequirementResult,
    Severity,
    Source,
    Span,
    Status,
    SubmissionResult,
    Sum,
    Totals,
)
from parcheck.reporting import ReportFormat

RUN = {
    "tool": "parcheck",
    "versions": {"parcheck": "0.1.0"},
    "started": "2026-01-05T01:00:00+00:00",
    "finished": "2026-01-05T01:00:09+00:00",
}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def report_of(*submissions: SubmissionResult) -> Report:
    """Return a report over submissions."""
    return Report("bo-mau", "Bộ tiêu chí mẫu", "1", "0" * 64, (("1", "Chỉ đạo, điều hành"),), submissions, RUN)


def every_outcome() -> Report:
    """Return a report over two units: one with each outcome, one that is ready."""
    plan = evidence(
        "d001",
        "1.1/Ke hoach.pdf",
        type="KH",
        symbol="12/KH-UBND",
        issued_on="2025-01-10",
        issuer="UBND XÃ AN BÌNH",
        subject="Cải cách hành chính năm 2025",
        signer={"name": "Nguyễn Văn An", "title": "CHỦ TỊCH", "authority": ["TM"]},
        signatures=[
            {"signer": "Nguyễn Văn An", "signed_at": "2025-01-10T08:00:00+07:00", "intact": True},
            {"signer": "UBND xã An Bình", "signed_at": None, "intact": None},
            {"signer": "UBND xã An Bình", "signed_at": None, "intact": None},
        ],
    )
    late = evidence("d002", "1.2/Bao cao.pdf", type="BC", symbol=None, issued_on="2025-12-20")
    scan = evidence("d003", "1.5/Quyet dinh.pdf", unknown={"symbol": "scan", "issued_on": "scan"}, type="QĐ")
    cited = Evidence(
        "c001", None, "Báo cáo số 3/BC-UBND ngày 05/6/2025", ("1.4",), Reading("", None, None, Status.PARTIAL)
    )
    place = Place(1, words="An Bình, ngày 20 tháng 12 năm 2025", source=Source.TEXT)
    too_late = Finding(
        "issued-too-late", {"found": "2025-12-20", "limit": "2025-12-15"}, document="d002", place=place,
        source="1/QĐ-UBND, trang 1, dòng 1",
    )  # fmt: skip
    unread = Finding(
        "fact-unknown", {"fact": "signer", "reason": Reason("scan")}, Certainty.SURE, Severity.WARNING, "d003"
    )
    missing = Finding("evidence-missing", {"files": 0})
    above = Finding("claim-above-evidence", {"claimed": 1.0, "supported": 0.5}, Certainty.LIKELY, Severity.WARNING)
    loose = Finding("file-loose", {"what": {"type": None}}, Certainty.SURE, Severity.NOTE, "d003")
    criteria = (
        row("1.1", "Thực hiện kế hoạch CCHC", Outcome.SATISFIED, ("d001",), points=(1.5, 1.5)),
        row("1.2", "Thực hiện chế độ báo cáo", Outcome.INVALID, ("d002",), too_late, claim=(above,), points=(0.0, 0.5)),
        row("1.3", "Kiểm tra", Outcome.MISSING, (), missing),
        row("1.4", "Tuyên truyền", Outcome.EXPLAINED, ("c001",)),
        row("1.5", "Sáng kiến", Outcome.UNDETERMINED, ("d003",), unread),
        row("1.6", "Đối thoại", Outcome.NOT_APPLICABLE),
        row("1.7", "Sự hài lòng của người dân", Outcome.NOT_CHECKED, assessed="survey"),
        row("1.8", "Thi đua", Outcome.WAIVED),
    )
    whole = Sum("", 8.0, by_others=1.0, claimed=6.5, supported=Span(1.5, 3.0), unsupported=1.0)
    one = SubmissionResult(
        "UBND xã An Bình", "2025", "xa-an-binh", criteria, (plan, late, scan, cited), (loose,), Totals(whole, ())
    )
    other = SubmissionResult(
        "UBND xã Bình An", "2025", "xa-binh-an", (row("1.1", "Thực hiện kế hoạch CCHC", Outcome.SATISFIED, ("d001",)),),
        (plan,),
    )  # fmt: skip
    return report_of(one, other)


def evidence(id_: str, path: str, *, unknown: dict[str, str] | None = None, **facts: Any) -> Evidence:
    """Return a file with facts."""
    why = {name: Reason(code) for name, code in (unknown or {}).items()}
    status = Status.PARTIAL if why else Status.READ
    return Evidence(
        id_,
        path,
        None,
        (path.split("/", maxsplit=1)[0],),
        Reading(path, "0" * 64, "application/pdf", status, facts, why),
    )


def row(
    code: str,
    name: str,
    outcome: Outcome,
    documents: tuple[str, ...] = (),
    *findings: Finding,
    claim: tuple[Finding, ...] = (),
    points: tuple[float, float] | None = None,
    assessed: str = "self",
) -> CriterionResult:
    """Return a scored row with one requirement of the same outcome; without one where nobody checks it."""
    findings = tuple(replace(each, criterion=code, requirement="r") for each in findings)
    claim = tuple(replace(each, criterion=code) for each in claim)
    requirement = RequirementResult("r", f"Tài liệu của {name}", outcome, documents=documents, findings=findings)
    asked = (requirement,) if assessed == "self" else ()
    least, most = points or (0.0, None)
    return CriterionResult(code, name, "1", 1.0, assessed, 1.0, most, outcome, asked, claim, least)


HOSTILE = (
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "\uff1d1+1",
    "<script>alert(1)</script>&amp;&#0;]]>\"'",
    "a\u202egpj.exe\u202c \u2066b\u2069",
    "a\x00b\x1b[31m\x7f\x85\ufffe\ud800c",
    "_x0041_ _x000D_",
    "1\n2\r\n3",
    "{file} {0} %s",
)
LONG = "A" * 10_000
TOO_LONG = "B" * 40_000


def hostile(text: str, name: str | None = None) -> Report:
    """Return a report in which a text stands wherever a file, a document or a unit can put one.

    The row's name is the text too, unless one is given.
    """
    document = Evidence(
        "d001", f"1.1/{text}", None, ("1.1",),
        Reading(f"1.1/{text}", None, None, Status.READ, {
            "type": text, "symbol": text, "issued_on": text, "issuer": text, "subject": text,
            "signer": {"name": text, "title": text},
            "signatures": [{"signer": text, "signed_at": text, "intact": None}],
        }),
    )  # fmt: skip
    cited = Evidence("c001", None, text, ("1.1",), Reading("", None, None, Status.PARTIAL))
    place = Place(1, words=text)
    finding = Finding("issued-too-late", {"found": text, "limit": text}, document="d001", place=place, source=text)
    criteria = (
        row("1.1", text if name is None else name, Outcome.INVALID, ("d001",), finding),
        row("1.2", "Báo cáo", Outcome.SATISFIED, ("c001",)),
    )
    unknown = Finding("file-loose", {"what": {"subject": text}}, Certainty.SURE, Severity.WARNING, "d001", place)
    return report_of(SubmissionResult(text, "2025", text, criteria, (document, cited), (unknown,)))


def formats(session: Any) -> dict[str, ReportFormat]:
    """Return the installed formats by name."""
    return {each.name: each for each in session.plugins.collect("parcheck_reports", ReportFormat)[0]}


def written(report: Report, session: Any, name: str, language: str = "vi") -> Any:
    """Return what a format writes: bytes of a binary one, else text that UTF-8 can hold."""
    each = formats(session)[name]
    if each.binary:
        raw = io.BytesIO()
        each.write(report, session.catalogue, language, raw)
        return raw.getvalue()
    text = io.StringIO(newline="\n")
    each.write(report, session.catalogue, language, text)
    text.getvalue().encode()
    return text.getvalue()


def parts(package: bytes) -> dict[str, bytes]:
    """Return the parts of an Office file; each XML one is parsed, so that a broken one fails."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    for name, data in found.items():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(data)
    return found


def words(package: bytes, part: str = "word/document.xml") -> str:
    """Return the text of a Word file, a line per paragraph."""
    root = etree.fromstring(parts(package)[part])
    return "\n".join("".join(t.text or "" for t in p.iter(W + "t")) for p in root.iter(W + "p"))


def sheets(package: bytes) -> dict[str, list[list[Any]]]:
    """Return the cells of a workbook by sheet."""
    from python_calamine import CalamineWorkbook

    workbook = CalamineWorkbook.from_filelike(io.BytesIO(package))
    return {name: workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names}


def column(reference: str) -> int:
    """Return the number, from 1, of the column of a cell's reference."""
    number = 0
    for letter in reference.rstrip("0123456789"):
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
