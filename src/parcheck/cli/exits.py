# SPDX-License-Identifier: Apache-2.0
"""The exit codes of the command line."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcheck.model import Finding, Report

OWN_FAILURES = frozenset({"reader-crashed", "reader-failed", "reader-memory", "reader-timeout", "plugin-failed"})
"""Findings that say that parcheck itself could not do its work."""


class Exit(enum.IntEnum):
    """What the command line tells a script."""

    READY = 0
    """Everything is ready."""
    NOT_READY = 1
    """Something is missing or invalid."""
    USAGE = 2
    """Options, submission or pack cannot be used."""
    NOT_CHECKED = 3
    """Nothing to check, or undecided only because parcheck itself failed."""
    INTERRUPTED = 130


def exit_code(report: Report) -> Exit:
    """Return the exit code that a report deserves. A failure of parcheck never looks like a pass."""
    if not report.ready:
        return Exit.NOT_READY
    if not any(submission.criteria for submission in report.submissions):
        return Exit.NOT_CHECKED
    if any(own_failure(finding) for finding in _findings(report)):
        return Exit.NOT_CHECKED
    return Exit.READY


def own_failure(finding: Finding) -> bool:
    """Return whether a finding says that parcheck, or a plugin of it, could not do its work."""
    reason = finding.args.get("reason")
    return finding.code in OWN_FAILURES or getattr(reason, "code", None) in OWN_FAILURES


def _findings(report: Report) -> Iterator[Finding]:
    for submission in report.submissions:
        yield from submission.findings
        for criterion in submission.criteria:
            yield from criterion.findings
            for requirement in criterion.requirements:
                yield from requirement.findings
