# SPDX-License-Identifier: Apache-2.0
"""What a unit hands in again from an earlier period: the same file, or the same text with another year on it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from parcheck.model import Certainty, Finding, Severity
from parcheck_plugins.crosschecks.one import printed
from parcheck_plugins.crosschecks.repeated import other_years
from parcheck_plugins.crosschecks.sketching import likeness, near_copies, sketch_of
from parcheck_plugins.unitchecks.bodies import belongs, core
from parcheck_plugins.vocabulary.organisations import organisation_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcheck.model import Evidence, SubmissionResult
    from parcheck.reporting.former import FormerDocument, FormerReport, FormerUnit
    from parcheck_plugins.crosschecks.sketching import Sketch

LASTING: Final = frozenset({"QC", "QyĐ", "NQ", "ĐA", "DA", "CTr", "LUẬT", "NĐ", "TT"})
"""Types that are made to hold for years: handing them in again is right."""
_SPAN: Final = re.compile(r"giai đoạn|(?:19|20)\d{2}\s?-\s?(?:19|20)\d{2}", re.IGNORECASE)


class Earlier:
    """Plans go on and forms are prescribed, so that this is only a reason to look."""

    name = "earlier"
    codes: tuple[str, ...] = ("file-of-earlier-period", "text-of-earlier-period")
    needs = frozenset({"sketch", "type", "issuer", "parent", "subject", "issued_on"})

    def begin(self, former: FormerReport | None) -> EarlierOfRun:
        """Begin a run."""
        return EarlierOfRun(former)


class EarlierOfRun:
    """What was found in one run; nothing else is kept."""

    def __init__(self, former: FormerReport | None) -> None:
        self._former = former
        self._found: list[tuple[int, Finding]] = []

    def look(self, number: int, submission: SubmissionResult) -> None:
        """Hold a unit's own documents against those of its earlier submission, if that is in the report."""
        unit = _same_unit(self._former, submission)
        if self._former is None or unit is None or unit.period == submission.period:
            return
        documents = self._former.documents(unit.number)
        by_digest = {document.sha256: document for document in reversed(documents) if document.sha256}
        texts = [(found, document) for document in documents if (found := sketch_of(document.facts))]
        name = core(submission.unit or submission.path)
        seen: set[str] = set()
        for evidence in submission.documents:
            digest = evidence.reading.sha256
            if evidence.path is None or digest is None or digest in seen or not _own(evidence, name):
                continue
            seen.add(digest)
            finding = _finding(evidence, by_digest.get(digest), texts, unit.period)
            if finding is not None:
                self._found.append((number, finding))

    def findings(self) -> Iterator[tuple[int, Finding]]:
        """Yield what was found."""
        yield from self._found


def _same_unit(former: FormerReport | None, submission: SubmissionResult) -> FormerUnit | None:
    """Return the unit of the earlier report that this is: by its name, else by its folder's; None where unclear."""
    units = former.units if former is not None else ()
    if submission.unit:
        key = organisation_key(submission.unit)
        same = [unit for unit in units if unit.unit and organisation_key(unit.unit) == key]
    else:
        same = [unit for unit in units if unit.path == submission.path]
    return same[0] if len(same) == 1 else None


def _own(evidence: Evidence, unit: list[str]) -> bool:
    """Return whether the unit issued a document, and for one period: what came from above is rightly the same."""
    issuer, parent, subject = (printed(evidence, name) or "" for name in ("issuer", "parent", "subject"))
    lasting = printed(evidence, "type") in LASTING or _SPAN.search(subject)
    return bool(issuer) and not lasting and belongs(issuer, parent, unit)


def _finding(
    evidence: Evidence, same: FormerDocument | None, texts: list[tuple[Sketch, FormerDocument]], period: str
) -> Finding | None:
    place = evidence.reading.where.get("subject")
    if same is not None:
        args = {"other": same.path, "period": period}
        return Finding("file-of-earlier-period", args, Certainty.HINT, Severity.WARNING, evidence.id, place)
    mine = sketch_of(evidence.reading.facts)
    if mine is None:
        return None
    facts = {name: printed(evidence, name) for name in ("type", "subject", "issued_on")}
    alike = [
        (likeness(mine, theirs), document)
        for theirs, document in texts
        if near_copies(mine, theirs) and other_years(facts, document.facts)
    ]
    if not alike:
        return None
    share, document = max(alike, key=lambda pair: (pair[0], pair[1].path))
    text_args = {"other": document.path, "period": period, "percent": round(100 * share)}
    return Finding("text-of-earlier-period", text_args, Certainty.HINT, Severity.WARNING, evidence.id, place)
