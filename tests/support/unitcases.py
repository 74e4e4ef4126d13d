# SPDX-License-Identifier: Apache-2.0
"""Units beside the one of an example case: others of the same run, and the unit itself in an earlier period."""

from __future__ import annotations

import contextlib
import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Any

import caselib

from parcheck.judging.coding import Coder
from parcheck.judging.judge import Judge
from parcheck.judging.unitcheck import compare_units
from parcheck.reporting.as_json import write_json
from parcheck.reporting.former import FormerReport
from parcheck.submission import Handed, Item

if TYPE_CHECKING:
    from parcheck.checking import Session
    from parcheck.model import SubmissionResult
    from parcheck.rules import Pack


def compared(
    result: SubmissionResult, case: dict[str, Any], pack: Pack, session: Session, folder: Path
) -> SubmissionResult:
    """Return a verdict with what holding it against `others` and `before` shows."""
    results = [result, *(judged(unit, pack, session) for unit in case.get("others", ()))]
    with contextlib.ExitStack() as stack:
        former = None
        if "before" in case:
            earlier = judged({"folder": result.path, **case["before"]}, pack, session)
            former = stack.enter_context(FormerReport(written(earlier, pack, session, folder / "ky-truoc.json")))
        coder = Coder(session.catalogue, pack.severities)
        found = compare_units(results, session.unitchecks, coder, former, session.failed_unitchecks)
    return found.added(results)[0]


def judged(unit: dict[str, Any], pack: Pack, session: Session) -> SubmissionResult:
    """Return the verdict on a unit given as {folder, submission: {unit, year}, documents}."""
    said = unit.get("submission", {})
    documents = unit.get("documents", ())
    items = tuple(Item(Path(document["path"]), document["path"]) for document in documents)
    handed = Handed(path=Path(unit["folder"]), items=items, unit=said.get("unit"), year=said.get("year"))
    needs = [check.needs for check in (*session.crosschecks, *session.unitchecks)]
    readings = [caselib.reading_of(document, session.facts(pack).union(*needs)) for document in documents]
    result = Judge(pack, session.vocabulary, session.catalogue).judge(handed, readings, session.crosschecks)
    return dataclasses.replace(result, root=None)


def written(result: SubmissionResult, pack: Pack, session: Session, file: Path) -> Path:
    """Write the JSON report on one unit."""
    with file.open("w", encoding="utf-8") as stream:
        write_json(session.report(pack, [result]), session.catalogue, "vi", stream)
    return file
