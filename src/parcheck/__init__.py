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
    from parcheck.catalogue import Catalogue
    from parcheck.checking import Session, check, check_many, load_pack, read
    from parcheck.errors import BadPack, BadSubmission, BadUsage, Cancelled, ParcheckError, UnreadableFile
    from parcheck.hookspecs import hookimpl
    from parcheck.judging.crosscheck import CrossCheck
    from parcheck.judging.decisions import WrittenDecision, WrittenDecisions
    from parcheck.judging.unitcheck import Comparison, UnitCheck
    from parcheck.judging.vocabulary import Context, Failure, Keyword, Undecided
    from parcheck.model import (
        Action,
        Bonus,
        Certainty,
        CriterionResult,
        Decided,
        Decision,
        DecisionState,
        DecisionUse,
        Evidence,
        Fact,
        Finding,
        InputFile,
        Outcome,
        Place,
        Reading,
        Reason,
        Reduction,
        Report,
        RequirementResult,
        Severity,
        Source,
        Span,
        Status,
        SubmissionResult,
        Sum,
        Totals,
    )
    from parcheck.options import Options
    from parcheck.plugins import Answer, PluginChoice, PluginInfo, Plugins
    from parcheck.reading.crops import Crop, Cropping
    from parcheck.reading.document import Document, Line
    from parcheck.reading.facts import FactReader
    from parcheck.reading.grids import Cell, Grid, Tables
    from parcheck.reading.pool import Limits
    from parcheck.reading.recognition import Part, Raster, Recogniser
    from parcheck.reading.store import ReadingStore
    from parcheck.reporting import Depth, ReportFormat
    from parcheck.rules import Criterion, Group, Origin, Pack
    from parcheck.sorting import Basis, Fit, Placement, Sorted, Sureness
    from parcheck.sorting.running import sort
    from parcheck.submission import Claim, Handed, Item, UnitName, Upstream
    from parcheck.submission.discovery import find_submissions
    from parcheck.submission.sheet import Cited, Count, Share, SheetRow

_HOME = {
    "parcheck.batch": ("Progress",),
    "parcheck.catalogue": ("Catalogue",),
    "parcheck.checking": (
        "Session",
        "check",
        "check_many",
        "load_pack",
        "read",
    ),
    "parcheck.errors": (
        "BadPack",
        "BadSubmission",
        "BadUsage",
        "Cancelled",
        "ParcheckError",
        "UnreadableFile",
    ),
    "parcheck.hookspecs": ("hookimpl",),
    "parcheck.judging.crosscheck": ("CrossCheck",),
    "parcheck.judging.decisions": (
        "WrittenDecision",
        "WrittenDecisions",
    ),
    "parcheck.judging.unitcheck": (
        "Comparison",
        "UnitCheck",
    ),
    "parcheck.judging.vocabulary": (
        "Context",
        "Failure",
        "Keyword",
        "Undecided",
    ),
    "parcheck.model": (
        "Action",
        "Bonus",
        "Certainty",
        "CriterionResult",
        "Decided",
        "Decision",
        "DecisionState",
        "DecisionUse",
        "Evidence",
        "Fact",
        "Finding",
        "InputFile",
        "Outcome",
        "Place",
        "Reading",
        "Reason",
        "Reduction",
        "Report",
        "RequirementResult",
        "Severity",
        "Source",
        "Span",
        "Status",
        "SubmissionResult",
        "Sum",
        "Totals",
    ),
    "parcheck.options": ("Options",),
    "parcheck.plugins": (
        "Answer",
        "PluginChoice",
        "PluginInfo",
        "Plugins",
    ),
    "parcheck.reading.crops": (
        "Crop",
        "Cropping",
    ),
    "parcheck.reading.document": (
        "Document",
        "Line",
    ),
    "parcheck.reading.facts": ("FactReader",),
    "parcheck.reading.grids": (
        "Cell",
        "Grid",
        "Tables",
    ),
    "parcheck.reading.pool": ("Limits",),
    "parcheck.reading.recognition": (
        "Part",
        "Raster",
        "Recogniser",
    ),
    "parcheck.reading.store": ("ReadingStore",),
    "parcheck.reporting": (
        "Depth",
        "ReportFormat",
    ),
    "parcheck.rules": (
        "Criterion",
        "Group",
        "Origin",
        "Pack",
    ),
    "parcheck.sorting": (
        "Basis",
        "Fit",
        "Placement",
        "Sorted",
        "Sureness",
    ),
    "parcheck.sorting.running": ("sort",),
    "parcheck.submission": (
        "Claim",
        "Handed",
        "Item",
        "UnitName",
        "Upstream",
    ),
    "parcheck.submission.discovery": ("find_submissions",),
    "parcheck.submission.sheet": (
        "Cited",
        "Count",
        "Share",
        "SheetRow",
    ),
}
_MODULES = {name: module for module, names in _HOME.items() for name in names}

__all__ = [
    "Action",
    "Answer",
    "BadPack",
    "BadSubmission",
    "BadUsage",
    "Basis",
    "Bonus",
    "Cancelled",
    "Catalogue",
    "Cell",
    "Certainty",
    "Cited",
    "Claim",
    "Comparison",
    "Context",
    "Count",
    "Criterion",
    "CriterionResult",
    "Crop",
    "Cropping",
    "CrossCheck",
    "Decided",
    "Decision",
    "DecisionState",
    "DecisionUse",
    "Depth",
    "Document",
    "Evidence",
    "Fact",
    "FactReader",
    "Failure",
    "Finding",
    "Fit",
    "Grid",
    "Group",
    "Handed",
    "InputFile",
    "Item",
    "Keyword",
    "Limits",
    "Line",
    "Options",
    "Origin",
    "Outcome",
    "Pack",
    "ParcheckError",
    "Part",
    "Place",
    "Placement",
    "PluginChoice",
    "PluginInfo",
    "Plugins",
    "Progress",
    "Raster",
    "Reading",
    "ReadingStore",
    "Reason",
    "Recogniser",
    "Reduction",
    "Report",
    "ReportFormat",
    "RequirementResult",
    "Session",
    "Severity",
    "Share",
    "SheetRow",
    "Sorted",
    "Source",
    "Span",
    "Status",
    "SubmissionResult",
    "Sum",
    "Sureness",
    "Tables",
    "Totals",
    "Undecided",
    "UnitCheck",
    "UnitName",
    "UnreadableFile",
    "Upstream",
    "WrittenDecision",
    "WrittenDecisions",
    "check",
    "check_many",
    "find_submissions",
    "hookimpl",
    "load_pack",
    "read",
    "sort",
]


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(_MODULES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
