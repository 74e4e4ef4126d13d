# SPDX-License-Identifier: Apache-2.0
"""One example case: a small YAML file with a rule, what was handed in, and what parcheck must say of it.

The keys are those that pack authors and units write themselves:

    about: one sentence
    rules:        keys of a criterion as in a pack (evidence, points, explanation …); its code is "1.1"
    more:         further criteria of the same field, where a case needs two
    submission:   as in submission.yaml
    sheet:        rows of the unit's own self-assessment: [code, name, points, claimed, evidence]
    documents:    documents given as facts: path, facts, unknown, where; `text` gives the fact `sketch`
    others:       further units of the run: folder, submission, documents
    before:       what the unit handed in for an earlier period: submission, documents
    files:        or files made here, by what they are (`FILES` in filemaking.py)
    decisions:    entries of a decisions file, applied as on `today` (2026-01-31 without)
    plugins:      modules to use beside the installed plugins
    limits:       what one file may cost: seconds, memory (MB)
    expect:       outcome of the criterion; in `reject`, the finding with its sentence
"""

from __future__ import annotations

import datetime
import hashlib
import json
from typing import TYPE_CHECKING, Any

import docx
import filemaking
import unitcases

from parcheck.checking import Session
from parcheck.judging.coding import Coder
from parcheck.judging.deciding import Deciding
from parcheck.judging.decisions import load_decisions
from parcheck.judging.judge import Judge
from parcheck.model import Finding, Place, Reading, Reason, Source, Status, SubmissionResult
from parcheck.plugins import PluginChoice, Plugins
from parcheck.reading.pool import Limits
from parcheck.reporting.wording import Teller, Told
from parcheck.rules.statics import facts_asked
from parcheck.yaml_file import load_plain
from parcheck_plugins.crosschecks.sketching import sketch

if TYPE_CHECKING:
    from pathlib import Path

    from parcheck.rules import Pack

CRITERION = {"code": "1.1", "name": "Thực hiện kế hoạch CCHC", "points": 1.5, "assessed": "self"}
PACK = {
    "id": "bo-mau",
    "title": "Bộ tiêu chí mẫu",
    "version": "1",
    "level": "xã",
    "year": 2025,
    "sources": {"van-ban": {"symbol": "1/QĐ-UBND", "title": "Quyết định ban hành bộ tiêu chí mẫu"}},
}
FIELD_NAMES = {"1": "Chỉ đạo, điều hành"}


def load_case(file: Path) -> dict[str, Any]:
    """Return a case's data."""
    case: dict[str, Any] = load_plain(file)
    return case


def write_yaml(file: Path, data: Any) -> None:
    """Write data as YAML (JSON is YAML)."""
    file.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")


def write_pack(folder: Path, *criteria: dict[str, Any], **changes: Any) -> Path:
    """Write a pack with these criteria and return its folder; `changes` are keys of pack.yaml.

    A code's first part is its field's.
    """
    folder.mkdir(parents=True, exist_ok=True)
    points = sum(criterion["points"] for criterion in criteria)
    fields: dict[str, list[dict[str, Any]]] = {}
    for criterion in criteria:
        fields.setdefault(criterion["code"].split(".")[0], []).append(criterion)
    files = {code: f"linh-vuc-{code}.yaml" for code in fields}
    write_yaml(folder / "pack.yaml", {**PACK, "total_points": points, "fields": list(files.values()), **changes})
    for code, rows in fields.items():
        name = FIELD_NAMES.get(code, f"Lĩnh vực {code}")
        total = sum(row["points"] for row in rows)
        write_yaml(folder / files[code], {"code": code, "name": name, "points": total, "criteria": rows})
    return folder


def write_sheet(file: Path, rows: list[list[str]]) -> None:
    """Write a self-assessment as a Word table."""
    headings = ["TT", "Tiêu chí", "Điểm chuẩn", "Điểm tự đánh giá", "Tài liệu kiểm chứng"]
    document = docx.Document()
    table = document.add_table(rows=len(rows) + 1, cols=len(headings))
    for cells, texts in zip(table.rows, [headings, *rows], strict=True):
        for cell, text in zip(cells.cells, texts, strict=True):
            cell.text = text
    document.save(str(file))


def criteria_of(case: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the criteria that a case states, complete."""
    source = {"van-ban": {"page": 1, "row": 1}}
    return [{**CRITERION, "source": source, **body} for body in (case.get("rules") or {}, *case.get("more", ()))]


def reading_of(document: dict[str, Any], asked: frozenset[str]) -> Reading:
    """Return a document given as facts; asked facts that it does not name are unknown, as in a real reading."""
    facts = dict(document.get("facts") or {})
    if "text" in document:
        facts["sketch"] = sketch(document["text"], [facts.get("issuer") or ""])
    unknown = {name: _reason(value) for name, value in (document.get("unknown") or {}).items()}
    unknown |= {name: Reason("not-provided") for name in sorted(asked) if name not in facts and name not in unknown}
    where = {
        name: Place(
            page=place.get("page"),
            words=place.get("words"),
            source=Source(place.get("from", "text")),
            confidence=place.get("confidence"),
        )
        for name, place in (document.get("where") or {}).items()
    }
    return Reading(
        path=document["path"],
        sha256=hashlib.sha256(document.get("bytes", document["path"]).encode()).hexdigest(),
        media_type=document.get("media_type", "application/pdf"),
        status=Status.PARTIAL if unknown else Status.READ,
        facts=facts,
        unknown=unknown,
        where=where,
        problems=tuple(Finding(code) for code in document.get("problems", ())),
    )


def _reason(value: str | dict[str, Any]) -> Reason:
    return Reason(value) if isinstance(value, str) else Reason(value["code"], value.get("args", {}))


def run_case(case: dict[str, Any], folder: Path) -> tuple[SubmissionResult, Session]:
    """Judge a case with the code that judges real submissions.

    Args:
        case: see above.
        folder: an empty folder to work in.
    """
    session = Session(Plugins(PluginChoice(extra=tuple(case.get("plugins", ())))))
    pack = session.pack(write_pack(folder / "rules", *criteria_of(case), **case.get("pack", {})))
    handed_in = folder / "ho-so"
    handed_in.mkdir()
    if case.get("submission"):
        write_yaml(handed_in / "submission.yaml", case["submission"])
    if "sheet" in case:
        write_sheet(handed_in / "tu-cham.docx", case["sheet"])
    for file in case.get("files", ()):
        filemaking.make(handed_in / file["path"], file["is"])
    if "files" in case:
        limits = Limits(**{"seconds": 20.0, **case.get("limits", {})})
        (result,) = session.check_many([handed_in], pack, workers=1, limits=limits)
        return result, session
    asked = facts_asked(pack, session.vocabulary).union(*(check.needs for check in session.crosschecks))
    for document in case.get("documents", ()):
        file = handed_in / document["path"]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("not opened", encoding="utf-8")
    handed = session.handed(handed_in)
    by_path = {document["path"]: reading_of(document, asked) for document in case.get("documents", ())}
    readings = [by_path[item.path] for item in handed.items]
    judge = Judge(pack, session.vocabulary, session.catalogue)
    result = judge.judge(handed, readings, session.crosschecks, session.failed_checks)
    if "decisions" in case:
        result = decided(result, case, pack, session, folder)
    if "others" in case or "before" in case:
        result = unitcases.compared(result, case, pack, session, folder)
    return result, session


def decided(
    result: SubmissionResult, case: dict[str, Any], pack: Pack, session: Session, folder: Path
) -> SubmissionResult:
    """Return a verdict with the case's decisions applied."""
    file = folder / "quyet-dinh.yaml"
    write_yaml(file, {"decisions": case["decisions"]})
    today = datetime.date.fromisoformat(case.get("today", "2026-01-31"))
    book = load_decisions(file, pack, session.catalogue, today)
    return Deciding(book, pack, Coder(session.catalogue, pack.severities), alone=True).apply(result)


def findings_of(result: SubmissionResult) -> list[Finding]:
    """Return every finding of a submission."""
    inner = [f for criterion in result.criteria for requirement in criterion.requirements for f in requirement.findings]
    rows = [finding for criterion in result.criteria for finding in criterion.findings]
    return [*inner, *rows, *result.findings]


def told(result: SubmissionResult, session: Session, finding: Finding, language: str = "vi") -> Told:
    """Return a finding in words."""
    return Teller(result, session.catalogue, language).tell(finding)
