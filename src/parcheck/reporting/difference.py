# SPDX-License-Identifier: Apache-2.0
"""What changed between two reports, as text and as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, TextIO

from parcheck.rules.difference.report import Lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parcheck.catalogue import Catalogue
    from parcheck.comparing_reports import OutcomePair, ReportDifference, UnitChange
    from parcheck.reporting.reading_back import SaidDocument, SaidFinding, SaidReport, SaidUnit

SCHEMA: Final = "urn:parcheck:schema:diff:1"
FINDINGS: Final = ("fresh", "fixed", "still", "decided", "unlooked")
"""Kinds of findings, what matters most first."""
SIGNS: Final = {"fresh": "✗ ", "fixed": "✓ ", "still": "• ", "decided": "– ", "unlooked": "? "}


def write_difference_text(difference: ReportDifference, catalogue: Catalogue, language: str, stream: TextIO) -> None:
    """Write a comparison for a person: unit by unit, what is new first; units without a change in one line."""
    _Text(difference, catalogue, language).write(stream)


class _Text:
    def __init__(self, difference: ReportDifference, catalogue: Catalogue, language: str) -> None:
        self._difference, self._catalogue, self._language = difference, catalogue, language
        self._lines = Lines()

    def write(self, stream: TextIO) -> None:
        difference = self._difference
        self._add("title")
        self._add("old", 2, file=difference.old.file.name, date=_day(difference.old))
        self._add("new", 2, file=difference.new.file.name, date=_day(difference.new))
        if difference.other_pack:
            self._add("other-pack", old=_pack(difference.old), new=_pack(difference.new))
        if difference.other_program:
            self._add("other-program")
        for report in difference.edited:
            self._add("edited", 0, "✗ ", file=report.file.name)
        if not difference.units:
            self._add("no-unit-in-both")
        if difference.other_period:
            self._add("other-period")
        changed = [unit for unit in difference.units if not unit.same]
        for unit in changed:
            self._unit(unit)
        self._others("units-added", difference.added)
        self._others("units-removed", difference.removed)
        self._lines.add()
        if not changed and not difference.added and not difference.removed:
            self._add("same")
        elif len(changed) < len(difference.units):
            self._add("units-same", count=len(difference.units) - len(changed))
        counts: dict[str, Any] = {kind: sum(len(getattr(unit, kind)) for unit in difference.units) for kind in FINDINGS}
        counts["fresh"] += sum(finding.open for unit in difference.added for finding in unit.findings)
        self._add("summary", **counts)
        self._lines.write(stream)

    def _phrase(self, key: str, **args: Any) -> str:
        told = {name: self._catalogue.tell(value, self._language) for name, value in args.items()}
        return plain(self._catalogue.term("report-difference", key, self._language).format_map(told))

    def _add(self, key: str, indent: int = 0, sign: str = "", **args: Any) -> None:
        self._lines.add(self._phrase(key, **args), indent, sign)

    def _unit(self, unit: UnitChange) -> None:
        self._lines.add()
        words = {ready: self._phrase("ready" if ready else "not-ready") for ready in (True, False)}
        self._add("unit", unit=unit.new.name, old=words[unit.old.ready], new=words[unit.new.ready])
        if unit.old.unit != unit.new.unit:
            self._add("unit-renamed", 2, name=unit.old.name)
        for kind in FINDINGS:
            self._findings(kind, getattr(unit, kind))
        if unit.outcomes:
            self._add("outcomes", 2, count=len(unit.outcomes))
            for pair in unit.outcomes:
                self._outcome(pair)
        for kind in ("replaced", "moved"):
            if pairs := getattr(unit, kind):
                self._add(kind, 2, count=len(pairs))
                for each in pairs:
                    if each.old.shown == each.new.shown:
                        self._lines.add(plain(each.new.shown), 4, "• ")
                    else:
                        self._add("pair", 4, "• ", old=each.old.shown, new=each.new.shown)
        for kind in ("added", "removed"):
            if documents := getattr(unit, kind):
                self._add(kind, 2, count=len(documents))
                for document in documents:
                    self._lines.add(plain(document.shown), 4, "• ")

    def _findings(self, kind: str, findings: Iterable[SaidFinding]) -> None:
        told = [f"{finding.criterion}: {finding.message}" if finding.criterion else finding.message
                for finding in findings]  # fmt: skip
        if told:
            self._add(kind, 2, count=len(told))
        for message in told:
            self._lines.add(plain(message), 4, SIGNS[kind])

    def _outcome(self, pair: OutcomePair) -> None:
        one = pair.new or pair.old
        words = [
            self._catalogue.term("outcomes", each.outcome, self._language) if each else self._phrase("not-in")
            for each in (pair.old, pair.new)
        ]
        self._add("outcome", 4, "• ", code=one and one.code, name=one and one.name, old=words[0], new=words[1])

    def _others(self, key: str, units: Iterable[SaidUnit]) -> None:
        listed = list(units)
        if listed:
            self._lines.add()
            self._add(key, count=len(listed))
        for unit in listed:
            self._add("unit-open", 2, "• ", unit=unit.name, count=sum(finding.open for finding in unit.findings))


def difference_data(difference: ReportDifference) -> dict[str, Any]:
    """Return a comparison as plain JSON data, in the shape of `diff.schema.json`."""
    return {
        "schema": SCHEMA,
        "old": _report(difference.old),
        "new": _report(difference.new),
        "other_pack": difference.other_pack,
        "other_program": difference.other_program,
        "worse": difference.worse,
        "units": [_unit_data(unit) for unit in difference.units],
        "units_added": [_named(unit) for unit in difference.added],
        "units_removed": [_named(unit) for unit in difference.removed],
    }


def write_difference_json(difference: ReportDifference, stream: TextIO) -> None:
    """Write a comparison as JSON."""
    stream.write(json.dumps(difference_data(difference), ensure_ascii=False, indent=1) + "\n")


def _report(report: SaidReport) -> dict[str, Any]:
    pack = {"id": report.pack_id, "version": report.pack_version, "digest": report.pack_digest}
    return {
        "file": report.file.name,
        "finished": report.run.get("finished"),
        "pack": pack,
        "sealed": report.sealed,
    }


def _named(unit: SaidUnit) -> dict[str, Any]:
    open_ = [_finding(finding) for finding in unit.findings if finding.open]
    return {"unit": unit.unit, "path": unit.path, "ready": unit.ready, "open": open_}


def _unit_data(unit: UnitChange) -> dict[str, Any]:
    return {
        "unit": unit.new.unit,
        "path": unit.new.path,
        "ready": {"old": unit.old.ready, "new": unit.new.ready},
        "findings": {
            "new" if kind == "fresh" else kind: [_finding(each) for each in getattr(unit, kind)] for kind in FINDINGS
        },
        "outcomes": [
            {
                "code": (pair.new or pair.old).code,  # type: ignore[union-attr]
                "old": pair.old.outcome if pair.old else None,
                "new": pair.new.outcome if pair.new else None,
            }
            for pair in unit.outcomes
        ],
        "documents": {
            "replaced": [{"old": _document(each.old), "new": _document(each.new)} for each in unit.replaced],
            "moved": [{"old": _document(each.old), "new": _document(each.new)} for each in unit.moved],
            "added": [_document(each) for each in unit.added],
            "removed": [_document(each) for each in unit.removed],
        },
    }


def _finding(finding: SaidFinding) -> dict[str, Any]:
    return {
        "fingerprint": finding.fingerprint,
        "code": finding.code,
        "severity": finding.severity,
        "criterion": finding.criterion,
        "requirement": finding.requirement,
        "message": finding.message,
    }


def _document(document: SaidDocument) -> dict[str, Any]:
    return {
        "path": document.path,
        "cited": document.cited,
        "sha256": document.sha256,
        "symbol": document.symbol,
        "issued_on": document.issued_on,
    }


def _pack(report: SaidReport) -> str:
    return f"{report.pack_id} {report.pack_version} [{report.pack_digest[:8]}]"


def _day(report: SaidReport) -> str:
    return str(report.run.get("finished", ""))[:10]


def plain(text: str) -> str:
    """Return a text without what would move a terminal's cursor: a report may come from anywhere."""
    return "".join(letter if letter.isprintable() else "\ufffd" if letter not in "\n\t" else " " for letter in text)
