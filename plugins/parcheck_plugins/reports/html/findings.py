# SPDX-License-Identifier: Apache-2.0
"""Findings as a page shows them: what was seen, how sure that is, where, what to do, and what is behind it."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from parcheck.model import Severity
from parcheck.reporting.as_json import raw_data
from parcheck.reporting.wording import UNKNOWN, by_id
from parcheck_plugins.reports.html.pictures import Picture, why_none
from parcheck_plugins.reports.html.texts import Said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from parcheck.model import Decision, Finding, SubmissionResult
    from parcheck.reporting.wording import Teller
    from parcheck_plugins.reports.html.texts import Speaker

ALIKE: Final = 40
"""Findings with one code that a list shows; how many more there are is said."""
ROOM: Final = 800
"""Findings that a unit's page shows at all: some 2 KB each."""
MISFILED: Final = "evidence-misfiled"
NOTHING: Final = Said("", "")


@dataclass(frozen=True, slots=True)
class Held:
    """A document that was held against a requirement."""

    anchor: str
    path: str
    """Empty for a citation."""
    told: Said


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding; or, with `more`, how many alike are not shown."""

    code: str
    severity: str
    grade: Said
    title: Said
    anchor: str = ""
    message: Said = NOTHING
    certainty: Said = NOTHING
    certainty_note: Said = NOTHING
    words: Said = NOTHING
    """The words that were read."""
    place: Said = NOTHING
    """Which page they are on."""
    read_from: Said = NOTHING
    picture: Picture | None = None
    no_picture: Said = NOTHING
    why: Said = NOTHING
    fix: Said = NOTHING
    example: Said = NOTHING
    source: Said = NOTHING
    clause: str = ""
    fingerprint: str = ""
    decision: Said = NOTHING
    """By which it no longer counts."""
    raw: str = ""
    """Everything as data, for a developer."""
    more: Said = NOTHING


class FindingTeller:
    """Makes the views of one submission's findings, in the order of the page.

    Args:
        submission: the unit's verdict.
        speaker: the words.
        tellers: by language, what puts its findings into words.
        pictures: by `id` of a finding, its picture or why there is none.
        prefix: what anchors begin with.
    """

    def __init__(
        self,
        submission: SubmissionResult,
        speaker: Speaker,
        tellers: Mapping[str, Teller],
        pictures: Mapping[int, Picture | str],
        prefix: str,
    ) -> None:
        self._say, self._tellers, self._pictures, self._prefix = speaker, tellers, pictures, prefix
        self._documents = by_id(submission)
        self._shown = 0

    def held(self, id_: str) -> Held:
        """Return a document with what it is."""
        evidence = self._documents[id_]
        anchor = f"{self._prefix}{id_}"
        if evidence.path is None:
            return Held(anchor, "", self._say.both(lambda language: self._tellers[language].quoted(evidence)))
        return Held(anchor, evidence.path, self._say.both(lambda language: self._tellers[language].document(evidence)))

    def grouped(self, findings: Sequence[Finding]) -> list[tuple[Held | None, list[FindingView]]]:
        """Return findings in their order, those on one document under it."""
        return [
            (None if id_ is None else self.held(id_), self.views(group, under_document=id_ is not None))
            for id_, group in groupby(findings, key=lambda finding: finding.document)
        ]

    def views(self, findings: Iterable[Finding], *, under_document: bool = False) -> list[FindingView]:
        """Return findings as they are shown; of very many alike the first, and how many more there are."""
        views: list[FindingView] = []
        seen: Counter[str] = Counter()
        over: Counter[str] = Counter()
        last: dict[str, Finding] = {}
        for finding in findings:
            seen[finding.code] += 1
            if seen[finding.code] > ALIKE or self._shown >= ROOM:
                over[finding.code] += 1
                last[finding.code] = finding
            else:
                self._shown += 1
                views.append(self._view(finding, under_document=under_document))
        for code, finding in last.items():
            views.append(self._rest(finding, over[code]))
        return views

    def fix(self, finding: Finding) -> Said:
        """Return what to do about a finding."""
        return self._say.both(lambda language: self._tellers[language].tell(finding).fix)

    def decision(self, decision: Decision) -> Said:
        """Return who decided what, why and until when."""
        return self._say.both(lambda language: self._tellers[language].decision(decision))

    def title(self, finding: Finding) -> Said:
        """Return a finding's short name; of what could not be decided, with what that is."""
        title = self._say.both(lambda language: self._say.catalogue.title(finding.code, language))
        fact = finding.args.get("fact") if finding.code == UNKNOWN else None
        return self._say.ui("title-about", title=title, fact=self._say.term("facts", str(fact))) if fact else title

    def _rest(self, finding: Finding, count: int) -> FindingView:
        grade = self._say.term("severities", finding.severity.value)
        more = self._say.ui("more-like-this", count=count)
        return FindingView(finding.code, finding.severity.value, grade, self.title(finding), more=more)

    def _view(self, finding: Finding, *, under_document: bool) -> FindingView:
        told = {
            language: teller.tell(finding, under_document=under_document) for language, teller in self._tellers.items()
        }
        words = self._say.both(lambda language: self._tellers[language].words(finding.place))
        picture = self._pictures.get(id(finding))
        place = finding.place
        return FindingView(
            anchor=f"{self._prefix}f{self._shown}",
            code=finding.code,
            severity=finding.severity.value,
            grade=self._say.term("severities", finding.severity.value),
            title=Said(told["vi"].title, told["en"].title),
            message=self._say.both(
                lambda language: told[language].message.removesuffix(getattr(words, language)).rstrip()
            ),
            certainty=self._say.both(lambda language: self._tellers[language].certainty(finding)),
            certainty_note=NOTHING
            if finding.code == UNKNOWN
            else self._say.term("certainty-notes", finding.certainty.value),
            words=words,
            place=self._say.ui("html-on-page", page=place.page) if place and place.page else NOTHING,
            read_from=self._say.term("sources", place.source.value) if place and place.words else NOTHING,
            picture=picture if isinstance(picture, Picture) else None,
            no_picture=self._say.ui(why_none(picture)) if isinstance(picture, str) else NOTHING,
            why=Said(told["vi"].why, told["en"].why),
            fix=NOTHING if finding.decision else Said(told["vi"].fix, told["en"].fix),
            example=Said(told["vi"].example, told["en"].example),
            source=self._say.both(lambda language: self._tellers[language].source(finding.source)),
            clause=told["vi"].clause,
            fingerprint=self._tellers["vi"].fingerprint(finding),
            decision=self.decision(finding.decision) if finding.decision else NOTHING,
            raw=json.dumps(raw_data(finding, self._tellers["vi"]), ensure_ascii=False, indent=1),
        )


def advice(findings: Iterable[Finding], teller: FindingTeller) -> Iterator[Said]:
    """Yield what to do, each advice once: a look where it may lie, then on what is grave, else on what to look at."""
    found = list(findings)
    elsewhere = [finding for finding in found if finding.code == MISFILED and finding.decision is None]
    yield from dict.fromkeys(teller.fix(finding) for finding in elsewhere)
    found = [finding for finding in found if finding not in elsewhere]
    for severity in (Severity.ERROR, Severity.WARNING):
        standing = [finding for finding in found if finding.severity is severity and finding.decision is None]
        fixes = [teller.fix(finding) for finding in standing]
        if fixes:
            yield from dict.fromkeys(filter(None, fixes))
            return
