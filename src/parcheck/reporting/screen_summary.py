# SPDX-License-Identifier: Apache-2.0
"""Many units on a screen: those with most to do first, then what went wrong most and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from parcheck.model import Outcome

if TYPE_CHECKING:
    from rich.console import Console

    from parcheck.catalogue import Catalogue
    from parcheck.model import Report
    from parcheck.reporting.summary import Summary

SHOWN = (Outcome.MISSING, Outcome.INVALID, Outcome.UNDETERMINED, Outcome.SATISFIED)
MOST_CODES = 20
MOST_CRITERIA = 5


def print_summary(report: Report, summary: Summary, catalogue: Catalogue, language: str, console: Console) -> None:
    """Print the summary of a report over many units."""

    def ui(key: str, **args: object) -> str:
        return catalogue.phrase(key, language, **args)

    console.print(Text(ui("report-title"), style="bold"))
    version = ui("version", version=report.pack_version)
    console.print(Text(f"{ui('rules')}: {report.pack_title} ({report.pack_id}, {version})"))
    ready = sum(unit.ready for unit in summary.units)
    console.print(Text(ui("units-summary", ready=ready, total=len(summary.units)), style="bold"))
    console.print()
    console.print(Text(ui("units-worst"), style="bold underline"))
    units = Table(box=box.SIMPLE_HEAD, padding=(0, 1))
    units.add_column(ui("unit"), overflow="fold")
    for outcome in SHOWN:
        units.add_column(catalogue.term("outcomes", outcome.value, language), justify="right")
    units.add_column(ui("documents"), justify="right")
    for unit in summary.worst_first:
        counts = [str(unit.counts[outcome.value]) for outcome in SHOWN]
        units.add_row(Text(unit.name), *counts, str(unit.documents), style="" if unit.faults else "dim")
    console.print(units)
    console.print(Text(ui("codes-most"), style="bold underline"))
    codes = Table(box=box.SIMPLE_HEAD, padding=(0, 1))
    codes.add_column(ui("finding"), overflow="fold")
    codes.add_column(ui("severity"))
    codes.add_column(ui("units-having"), justify="right")
    codes.add_column(ui("times"), justify="right")
    codes.add_column(ui("where-most"), overflow="fold")
    for code in summary.codes[:MOST_CODES]:
        where = ", ".join(f"{criterion} ({count})" for criterion, count in code.criteria[:MOST_CRITERIA])
        codes.add_row(
            Text(f"{catalogue.title(code.code, language)} ({code.code})"),
            catalogue.term("severities", code.severity.value, language),
            str(code.units),
            str(code.count),
            where,
        )
    console.print(codes)
    for finding in report.findings:
        said = catalogue.part(finding, "message", language)
        console.print(Padding(Text(f"• {said}", style="yellow"), 0, expand=False))
    for key in ("details-in-folder", "disclaimer"):
        console.print(Padding(Text(ui(key), style="dim"), 0, expand=False))
