# SPDX-License-Identifier: Apache-2.0
"""JUnit XML for pipelines: a suite per unit, a case per requirement.

Red where `parcheck check` would not end with 0: a requirement that is missing or invalid is a failure, and what
parcheck could not do itself is an error. What a person must look at, and what is not checked, is skipped: it never
passes, and it breaks no build.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TextIO
from xml.sax.saxutils import escape, quoteattr

from parcheck.model import Outcome
from parcheck.reporting.summary import own_failure
from parcheck_plugins.reports.flat import Flat
from parcheck_plugins.reports.harmless import one_line, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parcheck.catalogue import Catalogue
    from parcheck.model import CriterionResult, Finding, Report, SubmissionResult

_FAILED: Final = frozenset({Outcome.MISSING, Outcome.INVALID})
_NO_TIME: Final = "1970-01-01T00:00:00"


@dataclass(frozen=True, slots=True)
class _Case:
    """One case; `kind` is the element that says why it did not pass."""

    group: str
    name: str
    kind: str | None = None
    type: str = ""
    message: str = ""
    text: str = ""


def write_junit(report: Report, catalogue: Catalogue, language: str, stream: TextIO) -> None:
    """Write the suites one by one."""
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n')
    for number, submission in enumerate(report.submissions):
        _Suite(submission, catalogue, language).write(number, report, stream)
    stream.write("</testsuites>\n")


class _Suite:
    def __init__(self, submission: SubmissionResult, catalogue: Catalogue, language: str) -> None:
        self._submission = submission
        self._flat = Flat(submission, catalogue, language)

    def write(self, number: int, report: Report, stream: TextIO) -> None:
        """Write the element of this unit."""
        cases = list(self._cases())
        count = {kind: sum(case.kind == kind for case in cases) for kind in ("failure", "error", "skipped")}
        stream.write(
            f"<testsuite name={_attribute(self._flat.unit or self._submission.path)} id='{number}'"
            f" package={_attribute(report.pack_id)} hostname='localhost' timestamp='{_timestamp(report)}' time='0'"
            f" tests='{len(cases)}' failures='{count['failure']}' errors='{count['error']}'"
            f" skipped='{count['skipped']}'>\n"
        )
        properties = {
            "rules": f"{report.pack_id} {report.pack_version}",
            "period": self._submission.period,
            "path": self._submission.path,
        }
        lines = [f"<property name='{name}' value={_attribute(value)}/>\n" for name, value in properties.items()]
        stream.write(f"<properties>\n{''.join(lines)}</properties>\n")
        stream.writelines(map(_element, cases))
        stream.write("<system-out/>\n<system-err/>\n</testsuite>\n")

    def _cases(self) -> Iterator[_Case]:
        for criterion in self._submission.criteria:
            yield from self._criterion(criterion)
        # What makes a submission not ready without belonging to a row: a file that nobody can open, say.
        for finding in self._submission.findings:
            if finding.counts or own_failure(finding):
                group = finding.criterion or self._flat.ui("submission-findings")
                yield self._about([finding], group, self._flat.finding(finding).title, Outcome.INVALID, fails=True)

    def _criterion(self, criterion: CriterionResult) -> Iterator[_Case]:
        group = f"{criterion.code} {criterion.name}"
        for requirement in criterion.requirements:
            name = self._flat.teller.requirement(requirement)
            # A document asked for "if any" decides nothing about its row.
            fails = requirement.outcome in _FAILED and not requirement.optional
            yield self._about(requirement.findings, group, name, requirement.outcome, fails=fails)
        if criterion.findings or not criterion.requirements:
            wrong = any(finding.counts for finding in criterion.findings)
            outcome = Outcome.INVALID if wrong else Outcome.SATISFIED
            if not criterion.requirements:
                outcome = criterion.outcome
            name = self._flat.ui("claimed")
            yield self._about(criterion.findings, group, name, outcome, fails=outcome in _FAILED)

    def _about(self, findings: Sequence[Finding], group: str, name: str, outcome: Outcome, *, fails: bool) -> _Case:
        rows = [self._flat.finding(finding) for finding in findings]
        text = "\n".join(f"{row.message}\n→ {row.fix}" for row in rows)
        message = self._flat.term("outcomes", outcome.value)
        if any(map(own_failure, findings)):
            return _Case(group, name, "error", outcome.value, message, text)
        if outcome is Outcome.SATISFIED:
            return _Case(group, name)
        kind = "failure" if fails else "skipped"
        return _Case(group, name, kind, outcome.value, message, text)


def _element(case: _Case) -> str:
    head = f"<testcase classname={_attribute(case.group)} name={_attribute(case.name)} time='0'"
    if case.kind is None:
        return head + "/>\n"
    attributes = f"message={_attribute(case.message)} type='{case.type}'"
    return f"{head}><{case.kind} {attributes}>{escape(shown(case.text))}</{case.kind}></testcase>\n"


def _attribute(text: str) -> str:
    return quoteattr(one_line(text) or "–")


def _timestamp(report: Report) -> str:
    """Return when the run started, in UTC without an offset, as the schema of JUnit wants it."""
    try:
        started = datetime.datetime.fromisoformat(str(report.run.get("started")))
    except ValueError:
        return _NO_TIME
    return started.astimezone(datetime.UTC).replace(tzinfo=None).isoformat(timespec="seconds")
