# SPDX-License-Identifier: Apache-2.0
"""The report on a screen: criterion by criterion, what is missing, what to do next, and one last line.

A unit is told what to mend; an appraiser and a developer also what holds, and what stands behind each verdict.
"""

from __future__ import annotations

import io
import re
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, TextIO

from rich.console import Console
from rich.text import Text

from parcheck.judging.deciding import scope
from parcheck.model import Outcome, Severity, Status
from parcheck.provenance import Ground, basis
from parcheck.reporting import Depth
from parcheck.reporting.screen_behind import Behind
from parcheck.reporting.totals import field_told, totals_told
from parcheck.reporting.wording import Teller, Told, by_id, outcomes_told

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from parcheck.catalogue import Catalogue
    from parcheck.model import CriterionResult, Evidence, Finding, Report, RequirementResult, SubmissionResult

MISSING = "evidence-missing"
PLAIN_WIDTH = 110
_BREAKS = re.compile(r"[\n\t]")
"""Columns where the output is no terminal."""

_SIGNS = {
    Outcome.SATISFIED: ("✓", "green"),
    Outcome.MISSING: ("✗", "red"),
    Outcome.INVALID: ("✗", "red"),
    Outcome.UNDETERMINED: ("?", "yellow"),
    Outcome.EXPLAINED: ("≈", "cyan"),
    Outcome.NOT_APPLICABLE: ("–", "dim"),
    Outcome.WAIVED: ("–", "cyan"),
    Outcome.NOT_CHECKED: ("·", "dim"),
}
_LEVELS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "dim"}


def write_screen(
    report: Report, catalogue: Catalogue, language: str, stream: TextIO, depth: Depth = Depth.UNIT
) -> None:
    """Write the report as text, coloured on a terminal."""
    console = Console(file=stream, highlight=False)
    if console.is_terminal:
        print_report(report, catalogue, language, console, depth)
        return
    plain = io.StringIO()
    flat = Console(file=plain, highlight=False, width=PLAIN_WIDTH, no_color=True)
    print_report(report, catalogue, language, flat, depth)
    stream.writelines(line.rstrip() + "\n" for line in plain.getvalue().splitlines())


def print_report(
    report: Report, catalogue: Catalogue, language: str, console: Console, depth: Depth = Depth.UNIT
) -> None:
    """Print the report on a given console: one unit criterion by criterion, many units in summary."""
    if len(report.submissions) > 1:
        from parcheck.reporting.screen_summary import print_summary
        from parcheck.reporting.summary import summarise

        print_summary(report, summarise(report), catalogue, language, console)
        return
    for submission in report.submissions:
        _Screen(console, catalogue, language, report, submission, depth).print()


def _open(requirement: RequirementResult) -> bool:
    return bool(requirement.findings) and requirement.outcome is not Outcome.SATISFIED


class _Screen:
    """Prints one submission."""

    def __init__(
        self,
        console: Console,
        catalogue: Catalogue,
        language: str,
        report: Report,
        submission: SubmissionResult,
        depth: Depth,
    ) -> None:
        self.console, self.catalogue, self.language = console, catalogue, language
        self.report, self.submission = report, submission
        self.teller = Teller(submission, catalogue, language)
        self.brief = depth is Depth.UNIT
        self.behind = Behind(submission, self.teller, catalogue, language, depth)
        self._lines: list[Text] = []
        self.advised = ""
        """What to do that was said last, of the same criterion."""
        self.documents: Mapping[str, Evidence] = by_id(submission)

    def ui(self, key: str, **args: object) -> str:
        return self.catalogue.phrase(key, self.language, **args)

    def line(self, text: Text | str, indent: int = 0) -> None:
        """Add a paragraph, which is ours from now on, all its lines indented; wrapped here: boxes took most of a
        report's time."""
        shown = text if isinstance(text, Text) else Text(text)
        width = max(1, self.console.width - indent)
        whole = shown.cell_len <= width and not _BREAKS.search(shown.plain)
        for part in (shown,) if whole else shown.wrap(self.console, width):
            part.pad_left(indent)
            self._lines.append(part)

    def dim(self, lines: Iterable[str], indent: int) -> None:
        for line in lines:
            self.line(Text(line, style="dim"), indent)

    def print(self) -> None:
        """Print head, fields, loose ends and the last line."""
        unit = self.submission.unit or self.ui("unit-unknown")
        self.line(Text(self.ui("report-title"), style="bold"))
        self.line(f"{self.ui('unit')}: {unit} · {self.ui('period')}: {self.submission.period}")
        version = self.ui("version", version=self.report.pack_version)
        self.line(f"{self.ui('rules')}: {self.report.pack_title} ({self.report.pack_id}, {version})")
        for field, criteria in groupby(self.submission.criteria, key=lambda criterion: criterion.field):
            self._lines.append(Text())
            name = dict(self.report.fields).get(field, "")
            self.line(Text(f"{self.ui('field')} {field}. {name}", style="bold underline"))
            self._field_total(field)
            for criterion in criteria:
                self._criterion(criterion)
        self._totals()
        self._rest()
        self._decisions()
        self._last()
        self.console.print(Text("\n").join(self._lines), soft_wrap=True)

    def _field_total(self, field: str) -> None:
        totals = self.submission.totals
        part = next((each for each in totals.fields if each.code == field), None) if totals else None
        if part and (told := field_told(part, self.catalogue, self.language)):
            self.line(Text(told, style="dim"), 1)

    def _totals(self) -> None:
        """Print what claims and evidence come to; of a few rows picked out, that says nothing more than the rows."""
        totals = self.submission.totals
        if totals is None or len(self.submission.criteria) < 2:
            return
        self._lines.append(Text())
        self.line(Text(self.ui("totals"), style="bold underline"))
        for told in totals_told(totals, self.catalogue, self.language):
            self.line(told, 1)
        if totals.source:
            self.line(Text(f"{self.ui('source')}: {self.teller.source(totals.source)}", style="dim"), 1)

    def _criterion(self, criterion: CriterionResult) -> None:
        sign, style = _SIGNS[criterion.outcome]
        outcome = self.catalogue.term("outcomes", criterion.outcome.value, self.language)
        head = Text.assemble((f"{sign} ", style), (f"{criterion.code} {criterion.name}", "bold"))
        points = self.catalogue.tell(float(criterion.points), self.language)
        head.append(f"  [{self.ui('points')}: {points}", "dim")
        if criterion.claimed is not None:
            head.append(
                f" · {self.ui('claimed')}: {self.catalogue.tell(float(criterion.claimed), self.language)}",
                "dim",
            )
        head.append("]  ", "dim").append(outcome, f"bold {style}")
        self.line(head, 1)
        if criterion.assessed != "self":
            self.line(Text(self.ui(f"not-checked-{criterion.assessed}"), style="dim"), 5)
            return
        if criterion.claimed == 0:
            self.line(Text(self.ui("not-checked-zero"), style="dim"), 5)
        self.dim(self.behind.criterion(criterion), 5)
        self.advised = ""
        empty = self._without_files(criterion)
        for requirement in criterion.requirements:
            if not self.brief or requirement.outcome is not Outcome.SATISFIED:
                self._requirement(requirement, brief=empty and self.brief)
        if empty and self.brief:
            self.line(self.ui("no-files", code=criterion.code), 5)
            for requirement in criterion.requirements:
                for finding in requirement.findings:
                    self._advise(finding, self.teller.tell(finding), 5, repeat=False)
        for finding in criterion.findings:
            self._bullet(finding, self.teller.tell(finding), 5)
        self._about(criterion)
        self._sources(criterion)

    def _sources(self, criterion: CriterionResult) -> None:
        """Print where the rules on what is open are written, each source once."""
        shown = [r for r in criterion.requirements if not self.brief or _open(r)]
        sources = (self.teller.source(requirement.source) for requirement in shown)
        self.dim((f"{self.ui('source')}: {source}" for source in dict.fromkeys(filter(None, sources))), 5)

    @staticmethod
    def _without_files(criterion: CriterionResult) -> bool:
        """Return whether all that is to be said is that nothing was handed in for the criterion."""
        findings = [finding for requirement in criterion.requirements for finding in requirement.findings]
        return bool(findings) and all(f.code == MISSING and not f.args.get("files") for f in findings)

    def _requirement(self, requirement: RequirementResult, *, brief: bool) -> None:
        if requirement.outcome is Outcome.NOT_CHECKED and not requirement.findings:
            return
        sign, style = _SIGNS[requirement.outcome]
        outcome = self.catalogue.term("outcomes", requirement.outcome.value, self.language)
        self.line(
            Text.assemble((f"{sign} ", style), self.teller.requirement(requirement), (f": {outcome}", style)),
            5,
        )
        if requirement.outcome is Outcome.SATISFIED:
            for id_ in requirement.documents[: 1 if self.brief else None]:
                self._document(id_)
        if not brief:
            self._findings(requirement)

    def _document(self, id_: str) -> None:
        evidence = self.documents[id_]
        if evidence.path is None:
            told = self.teller.quoted(evidence)
        else:
            told = f"{evidence.path}: {self.teller.document(evidence)}"
        self.line(Text(told, style="dim"), 9)
        self.dim(self.behind.document(evidence), 11)

    def _findings(self, requirement: RequirementResult) -> None:
        """Print findings, those on one document under its name; where none fits, as those that come nearest."""
        near = requirement.outcome is Outcome.MISSING
        for id_, group in groupby(requirement.findings, key=lambda finding: finding.document):
            if id_ is not None:
                if near:
                    self.line(Text(f"{self.ui('nearest')}:", style="dim"), 9)
                    near = False
                self._document(id_)
            said: set[str] = set()
            for finding in group:
                words = self.teller.words(finding.place)
                told = self.teller.tell(finding, under_document=id_ is not None)
                if words in said:
                    told = replace(told, message=told.message.removesuffix(words).rstrip())
                self._bullet(finding, told, 9)
                said.add(words)

    def _bullet(self, finding: Finding, told: Told, indent: int) -> None:
        """Print one finding: what was seen, how sure that is, what to do, and what stands behind it."""
        text = Text("• ", style=_LEVELS[finding.severity]).append(told.message, style="default")
        note = self.catalogue.term("severities", Severity.NOTE.value, self.language)
        text.append(f" ({self.teller.certainty(finding) or note})", "dim")
        self.line(text, indent)
        if finding.decision is not None:
            mark = self.ui("decision-mark", number=finding.decision.number)
            self.line(Text(f"– {mark}", style="cyan"), indent + 2)
        self._advise(finding, told, indent + 2)
        self.dim(self.behind.finding(finding, told), indent + 2)

    def _advise(self, finding: Finding, told: Told, indent: int, *, repeat: bool = True) -> None:
        """Print what to do about a finding; just said of the one before, only that it is the same, or nothing."""
        if finding.severity is Severity.NOTE or finding.decision is not None or not told.fix:
            return
        again = told.fix == self.advised
        if again and not repeat:
            return
        self.advised = told.fix
        fix = f"{self.ui('as-above')}." if again else told.fix
        self.line(Text.assemble((f"→ {self.ui('do-next')}: ", "cyan"), fix), indent)

    def _about(self, criterion: CriterionResult) -> None:
        """Print what is to be said of the documents of a criterion that fit none of its requirements."""
        for finding in self.submission.findings:
            if finding.criterion == criterion.code:
                self._bullet(finding, self.teller.tell(finding), 5)

    def _rest(self) -> None:
        """Print what belongs to no criterion: problems of files, loose files, cross-checks."""
        shown = {criterion.code for criterion in self.submission.criteria}
        rest = [finding for finding in self.submission.findings if finding.criterion not in shown]
        if not rest:
            return
        self._lines.append(Text())
        self.line(Text(self.ui("submission-findings"), style="bold underline"))
        self.advised = ""
        for finding in rest:
            self._bullet(finding, self.teller.tell(finding), 1)

    def _decisions(self) -> None:
        """Print what became of each decision that speaks of this unit."""
        if not self.submission.decisions:
            return
        self._lines.append(Text())
        self.line(Text(self.ui("decisions"), style="bold underline"))
        for use in self.submission.decisions:
            state = self.catalogue.term("decision-states", use.state.value, self.language)
            number, line = use.decision.number, self.teller.decision(use.decision)
            said = self.ui("decision-told", number=number, scope=scope(use.decision), decision=line, state=state)
            self.line(Text(said), 1)

    def _rests_on(self) -> None:
        """Print where words were recognised from pixels: what rests on them may be misread."""
        criteria = self.submission.criteria
        codes = [each.code for each in criteria if Ground.OCR in basis(each, self.submission).grounds]
        if codes:
            self.line(Text(self.ui("rests-on-ocr", codes=codes), style="dim"))

    def _last(self) -> None:
        readings = [evidence.reading for evidence in self.submission.documents if evidence.path is not None]
        count = {status: sum(reading.status is status for reading in readings) for status in Status}
        self._lines.append(Text())
        self.line(
            self.ui(
                "documents-counts",
                files=len(readings),
                read=count[Status.READ],
                partial=count[Status.PARTIAL],
                unreadable=count[Status.UNREADABLE],
            )
        )
        self._rests_on()
        self.dim(self.behind.run(self.report), 0)
        if self.brief:
            self.line(Text(self.ui("depth-note"), style="dim"))
        self.line(Text(self.ui("certainty-note"), style="dim"))
        self.line(Text(self.ui("disclaimer"), style="dim"))
        counts = self.submission.counts
        if not self.submission.ready:
            verdict, style = self.ui("not-ready"), "bold red"
        elif counts[Outcome.UNDETERMINED.value]:
            verdict, style = (
                self.ui("ready-undetermined", count=counts[Outcome.UNDETERMINED.value]),
                "bold yellow",
            )
        else:
            verdict, style = self.ui("ready"), "bold green"
        self.line(Text(f"{verdict} {outcomes_told(counts, self.catalogue, self.language)}", style=style))
