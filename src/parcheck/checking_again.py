# SPDX-License-Identifier: Apache-2.0
"""A report's verdicts derived anew from the files: whatever of them comes out otherwise is named."""

from __future__ import annotations

import contextlib
import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from parcheck.errors import BadSubmission
from parcheck.reporting.as_json import submission_data

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from parcheck.checking import Session
    from parcheck.reporting.reading_back import SaidReport
    from parcheck.verifying import UnitFiles

BY_DECISIONS: Final = frozenset(
    {"decision-applied", "decision-rejected", "decision-orphaned", "decision-expired", "decision-refused"}
)
"""Findings that decisions add to a verdict: a new check goes without decisions."""
_POINTS: Final = ("points", "claimed", "supported", "supported_least")
_PLACED: Final = ("code", "certainty", "severity", "criterion", "requirement", "document", "place", "args")
"""What a finding says beside its sentences."""


@dataclass(frozen=True, slots=True)
class Again:
    """Something in a verdict that comes out otherwise now."""

    unit: str
    kind: str
    """"outcome" of a criterion, "requirement": its outcome, "papers": the documents it counts; "points";
    "finding-gone": in the report only, "finding-new": in the new check only; "fact" of a document, "filed": where it
    counts; "unit": what is said of the unit as a whole."""
    code: str | None
    """Of the criterion; None where it is about none."""
    what: str
    """The requirement's name, the key of the points, the finding's message, the document and its fact."""
    then: str | None
    now: str | None
    """As JSON writes them; None: not there."""


def checked_again(
    report: SaidReport,
    units: Iterable[UnitFiles],
    session: Session,
    rules: str | Path | None = None,
    *,
    workers: int | None = None,
) -> Iterator[Again]:
    """Check anew, with the report's own options, and yield what comes out otherwise.

    Verdicts are compared as derived from the files, before any decision; nothing kept of earlier readings is used.
    Not compared: sentences, and what was found by holding units against each other.

    Args:
        report: the report.
        units: its units, with the places where their files lie.
        session: the plugins.
        rules: the rule set, where it is not found by its id.
        workers: as for `check`.

    Raises:
        BadUsage, BadPack: the rule set cannot be used.
    """
    pack = session.pack(rules or report.pack_id)
    said = report.run.get("options") or {}
    between_units = frozenset(code for check in session.unitchecks for code in check.codes)
    for files in units:
        if files.root is None:
            continue
        now: dict[str, Any] = {"criteria": [], "documents": [], "findings": []}
        with contextlib.suppress(BadSubmission):
            (result,) = session.check(
                files.root,
                pack,
                unit=said.get("unit"),
                year=said.get("year") or files.unit.period or None,
                only=said.get("only") or (),
                workers=workers,
            ).submissions
            now = json.loads(json.dumps(submission_data(result, session.catalogue, "vi"), default=str))
        yield from compared(files.unit.name, files.unit.data, now, BY_DECISIONS | between_units)


def compared(
    unit: str, then: Mapping[str, Any], now: Mapping[str, Any], apart: frozenset[str] = BY_DECISIONS
) -> Iterator[Again]:
    """Yield what differs between a unit's verdict in a report and one of a new check.

    Args:
        unit: its name, to say.
        then: what the report says of it, as JSON data.
        now: the same of a new check, without decisions.
        apart: codes of findings that are not compared.
    """
    return _Comparison(unit, then, now, apart).run()


class _Comparison:
    """Holds what a report says of one unit against a new check."""

    def __init__(self, unit: str, then: Mapping[str, Any], now: Mapping[str, Any], apart: frozenset[str]) -> None:
        self._unit, self._then, self._now, self._apart = unit, then, now, apart

    def run(self) -> Iterator[Again]:
        olds, news = ({each["code"]: each for each in data["criteria"]} for data in (self._then, self._now))
        for code in dict.fromkeys([*olds, *news]):
            yield from self._criterion(code, olds.get(code), news.get(code))
        yield from self._findings(None, self._then["findings"], self._now["findings"])
        yield from self._documents()
        yield from self._whole()

    def _criterion(self, code: str, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> Iterator[Again]:
        then, now = (None if each is None else _before(each) for each in (old, new))
        if then != now:
            yield Again(self._unit, "outcome", code, code, then, now)
        if old is None or new is None:
            return
        for key in _POINTS:
            if old.get(key) != new.get(key):
                yield Again(self._unit, "points", code, key, _shown(old.get(key)), _shown(new.get(key)))
        befores, afters = ({each["id"]: each for each in side["requirements"]} for side in (old, new))
        for id_ in dict.fromkeys([*befores, *afters]):
            before, after = befores.get(id_), afters.get(id_)
            name = str((before or after or {}).get("name", id_))
            outcomes = [None if each is None else _before(each) for each in (before, after)]
            papers = [sorted((each or {}).get("documents", ())) for each in (before, after)]
            if outcomes[0] != outcomes[1]:
                yield Again(self._unit, "requirement", code, name, *outcomes)
            elif papers[0] != papers[1]:
                yield Again(self._unit, "papers", code, name, *(", ".join(each) or None for each in papers))
        yield from self._findings(code, _all_findings(old), _all_findings(new))

    def _findings(
        self, code: str | None, olds: Iterable[Mapping[str, Any]], news: Iterable[Mapping[str, Any]]
    ) -> Iterator[Again]:
        marks: list[Counter[str]] = []
        words: dict[str, str] = {}
        for side, whole in ((olds, self._then), (news, self._now)):
            names = {each["id"]: each["path"] or each["cited"] for each in whole["documents"]}
            told = [(_mark(each, names), str(each["message"])) for each in side if each["code"] not in self._apart]
            words |= dict(told)
            marks.append(Counter(mark for mark, _ in told))
        for kind, more, less in (("finding-gone", 0, 1), ("finding-new", 1, 0)):
            for mark in marks[more] - marks[less]:
                yield Again(self._unit, kind, code, words[mark], None, None)

    def _documents(self) -> Iterator[Again]:
        news = {each["id"]: each for each in self._now["documents"]}
        for old in self._then["documents"]:
            new = news.get(old["id"])
            # Files that changed are told as such: what they say now is another matter.
            if new is None or (old["path"], old["sha256"]) != (new["path"], new["sha256"]):
                continue
            shown = old["path"] or f"“{old['cited']}”"
            for name in sorted({*new["facts"], *new["unknown"]}):
                then, now = (_fact(each, name) for each in (old, new))
                if then != now:
                    yield Again(self._unit, "fact", None, f"{shown}: {name}", then, now)
            if sorted(old["criteria"]) != sorted(new["criteria"]):
                places = (", ".join(each["criteria"]) or None for each in (old, new))
                yield Again(self._unit, "filed", None, shown, *places)

    def _whole(self) -> Iterator[Again]:
        keys = ["unit", "period"]
        # Decisions change these two.
        if not any("decision" in each for each in (*self._then["criteria"], *_every(self._then))):
            keys += ["ready", "counts"]
        for key in keys:
            if self._then.get(key) != self._now.get(key):
                yield Again(self._unit, "unit", None, key, _shown(self._then.get(key)), _shown(self._now.get(key)))
        then, now = (
            {name: value for name, value in (each.get("totals") or {}).items() if name != "told"}
            for each in (self._then, self._now)
        )
        for key in dict.fromkeys([*then, *now]):
            if then.get(key) != now.get(key):
                yield Again(self._unit, "points", None, key, _shown(then.get(key)), _shown(now.get(key)))


def _before(each: Mapping[str, Any]) -> str:
    """Return an outcome as it was before decisions."""
    return str(each["decision"]["before"] if "decision" in each else each["outcome"])


def _all_findings(criterion: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [*(f for each in criterion["requirements"] for f in each["findings"]), *criterion["findings"]]


def _every(unit: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [*(f for each in unit["criteria"] for f in _all_findings(each)), *unit["findings"]]


def _mark(finding: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Return what makes a finding this one; of its document, where it lies and not its number."""
    document = names.get(finding["document"] or "")
    return _shown({**{key: finding.get(key) for key in _PLACED}, "document": document}) or ""


def _fact(document: Mapping[str, Any], name: str) -> str | None:
    """Return a fact as JSON; None where it is unknown, whatever the reason."""
    return None if name in document["unknown"] or name not in document["facts"] else _shown(document["facts"][name])


def _shown(value: Any) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
