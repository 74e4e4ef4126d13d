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
    from parcheck.checking import check, load_pack, read
    from parcheck.errors import BadPack, BadSubmission, BadUsage, ParcheckError, UnreadableFile
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
    from parcheck.reading.document import Document, Line
    from parcheck.reading.pool import Limits
    from parcheck.reporting import ReportFormat
    from parcheck.rules import Pack

_HOME = {
    "parcheck.checking": ("check", "load_pack", "read"),
    "parcheck.errors": ("BadPack", "BadSubmission", "BadUsage", "ParcheckError", "UnreadableFile"),
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
    "parcheck.reading.document": ("Document", "Line"),
    "parcheck.reading.pool": ("Limits",),
    "parcheck.reporting": ("ReportFormat",),
    "parcheck.rules": ("Pack",),
}
_MODULES = {name: module for module, names in _HOME.items() for name in names}

__all__ = [
    "BadPack",
    "BadSubmission",
    "BadUsage",
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
    "Outcome",
    "Pack",
    "ParcheckError",
    "Place",
    "Reading",
    "Reason",
    "Report",
    "ReportFormat",
    "RequirementResult",
    "Severity",
    "Source",
    "Status",
    "SubmissionResult",
    "Undecided",
    "UnreadableFile",
    "check",
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
