# SPDX-License-Identifier: Apache-2.0
"""What stands behind a verdict, in lines for a screen: for an appraiser its grounds, for a developer the data."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from parcheck.provenance import Ground, basis
from parcheck.reporting import Depth
from parcheck.reporting.as_json import head_data, raw_data

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcheck.catalogue import Catalogue
    from parcheck.model import CriterionResult, Evidence, Finding, Report, SubmissionResult
    from parcheck.reporting.wording import Teller, Told


NOT_PROVIDED: Final = "not-provided"
"""Why a fact is not known that files of this kind never tell: that says nothing about the document."""


class Behind:
    """Says what stands behind the verdict on one submission.

    Args:
        submission: the unit's verdict.
        teller: puts its findings into words.
        catalogue: the words.
        language: "vi" or "en".
        depth: for whom; a unit is told nothing here.
    """

    def __init__(
        self, submission: SubmissionResult, teller: Teller, catalogue: Catalogue, language: str, depth: Depth
    ) -> None:
        self._submission, self._teller, self._catalogue, self._language = submission, teller, catalogue, language
        self._deep = depth is not Depth.UNIT
        self._deepest = depth is Depth.DEVELOPER

    def criterion(self, criterion: CriterionResult) -> Iterator[str]:
        """Yield what the verdict on a scored row comes to and rests on."""
        if not self._deep or criterion.assessed != "self":
            return
        if criterion.claimed is not None:
            yield f"{self._ui('supported')}: {self._supported(criterion)}"
        if Ground.OCR in basis(criterion, self._submission).grounds:
            yield self._ui("rests-on-ocr", codes=[criterion.code])

    def finding(self, finding: Finding, told: Told) -> Iterator[str]:
        """Yield what a finding rests on."""
        if not self._deep:
            return
        place = finding.place
        parts = [
            ("source", self._teller.source(finding.source)),
            ("clause", told.clause),
            ("why", told.why),
            (
                "read-from",
                self._catalogue.term("sources", place.source.value, self._language) if place and place.words else None,
            ),
            ("code", f"{finding.code} · {self._teller.fingerprint(finding)}"),
        ]
        yield from (f"{self._ui(key)}: {said}" for key, said in parts if said)
        if self._deepest:
            yield json.dumps(raw_data(finding, self._teller), ensure_ascii=False)

    def document(self, evidence: Evidence) -> Iterator[str]:
        """Yield what is known of a document's file, and why something in it is not known."""
        if not self._deep or evidence.path is None:
            return
        reading = evidence.reading
        yield f"{self._ui('status')}: {self._catalogue.term('statuses', reading.status.value, self._language)}"
        why: dict[str, list[str]] = {}
        for fact, reason in sorted(reading.unknown.items()):
            if self._deepest or reason.code != NOT_PROVIDED:
                told = self._ui("because", reason=self._catalogue.reason(reason, self._language))
                name = fact if self._deepest else self._catalogue.term("facts", fact, self._language)
                why.setdefault(told, []).append(name)
        yield from (f"{', '.join(facts)}: {told}" for told, facts in why.items())
        if self._deepest:
            yield f"{evidence.id} · {reading.media_type} · SHA-256 {reading.sha256}"
            for fact, place in sorted(reading.where.items()):
                yield json.dumps({fact: reading.facts.get(fact), "page": place.page, "box": place.box}, default=str,
                                 ensure_ascii=False)  # fmt: skip

    def run(self, report: Report) -> Iterator[str]:
        """Yield what the run was made with, and what was read beside the documents."""
        if not self._deepest:
            return
        for each in self._submission.inputs:
            yield f"{each.path} · SHA-256 {each.sha256}"
        head = head_data(report)
        head["pack"].pop("fields")
        yield from (f"{key}: {json.dumps(value, ensure_ascii=False, default=str)}" for key, value in head.items())

    def _supported(self, criterion: CriterionResult) -> str:
        if criterion.supported is None:
            return self._ui("supported-unknown")
        least, most = (
            self._catalogue.tell(float(points), self._language)
            for points in (criterion.supported_least, criterion.supported)
        )
        return most if criterion.supported_least >= criterion.supported else f"{least} – {most}"

    def _ui(self, key: str, **args: object) -> str:
        return self._catalogue.phrase(key, self._language, **args)
