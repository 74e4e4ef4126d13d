# SPDX-License-Identifier: Apache-2.0
"""parcheck: does the evidence a public body hands in prove what it claims?

    import parcheck

    report = parcheck.check("samples/tinh-truong-giang", rules="par-tinh-2025")
    print(report.ready)

Everything public is here; modules below this one may change. Names are loaded when first used, so that importing
parcheck costs a portal next to nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from parcheck.batch import Progress
    from parcheck.checking import Session, check, check_many, load_pack, read
    from parcheck.errors import BadPack, BadSubmission, BadUsage, Cancelled, ParcheckError, UnreadableFile
    from parcheck.hookspecs import hookimpl
    from parcheck.judging.vocabulary import Context, Failure, Keyword, Undecided
    from parcheck.model import (
        Certainty,
        CriterionResult,
        Evidence,
        Fact,
        Finding,
        Outcome,
        Place,
        Reading,
        Reason,
        Report,
        RequirementResult,
        Severity,
        Source,
        Status,
        SubmissionResult,
    )
    from parcheck.options import Options
    from parcheck.reading.document import Document, Line
    from parcheck.reading.pool import Limits
    from parcheck.reporting import ReportFormat
    from parcheck.rules import Pack
    from parcheck.submission.discovery import find_submissions

_HOME = {
    "parcheck.batch": ("Progress",),
    "parcheck.checking": ("Session", "check", "check_many", "load_pack", "read"),
    "parcheck.errors": ("BadPack", "BadSubmission", "BadUsage", "Cancelled", "ParcheckError", "UnreadableFile"),
    "parcheck.hookspecs": ("hookimpl",),
    "parcheck.judging.vocabulary": ("Context", "Failure", "Keyword", "Undecided"),
    "parcheck.model": (
        "Certainty",
        "CriterionResult",
        "Evidence",
        "Fact",
        "Finding",
        "Outcome",
        "Place",
        "Reading",
        "Reason",
        "Report",
        "RequirementResult",
        "Severity",
        "Source",
        "Status",
        "SubmissionResult",
    ),
    "parcheck.options": ("Options",),
    "parcheck.reading.document": ("Document", "Line"),
    "parcheck.reading.pool": ("Limits",),
    "parcheck.reporting": ("ReportFormat",),
    "parcheck.rules": ("Pack",),
    "parcheck.submission.discovery": ("find_submissions",),
}
_MODULES = {name: module for module, names in _HOME.items() for name in names}

__all__ = [
    "BadPack",
    "BadSubmission",
    "BadUsage",
    "Cancelled",
    "Certainty",
    "Context",
    "CriterionResult",
    "Document",
    "Evidence",
    "Fact",
    "Failure",
    "Finding",
    "Keyword",
    "Limits",
    "Line",
    "Options",
    "Outcome",
    "Pack",
    "ParcheckError",
    "Place",
    "Progress",
    "Reading",
    "Reason",
    "Report",
    "ReportFormat",
    "RequirementResult",
    "Session",
    "Severity",
    "Source",
    "Status",
    "SubmissionResult",
    "Undecided",
    "UnreadableFile",
    "check",
    "check_many",
    "find_submissions",
    "hookimpl",
    "load_pack",
    "read",
]


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(_MODULES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
