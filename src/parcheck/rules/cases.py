# SPDX-License-Identifier: Apache-2.0
"""Cases beside a pack: documents given by their facts go in, outcome and finding codes come out of the very Judge."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parcheck.errors import BadPack, BadUsage, ParcheckError
from parcheck.judging.judge import Judge
from parcheck.model import Outcome, Reading, Reason, Status
from parcheck.reading.contract import fits
from parcheck.rules.requirements import requirements
from parcheck.rules.soundness import fault_at
from parcheck.schema_faults import load_checked, nearest_first, schema
from parcheck.submission import Claim, Handed, Item, UnitName, Upstream
from parcheck.submission.sheet import Cited
from parcheck.yaml_file import line_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from parcheck.catalogue import Catalogue
    from parcheck.judging.vocabulary import Vocabulary
    from parcheck.model import CriterionResult
    from parcheck.rules import Pack
    from parcheck.rules.statics import Path_

FOLDER = "tests"
"""Folder of a pack that holds its cases."""
PDF = "application/pdf"
NOT_FACTS = frozenset({"cited", "file", "filed", "signed", "unknown"})
"""Keys of a document in a case that are no facts."""
SIGNATURE = {"kind": "pdf", "intact": True, "valid": True, "trusted": True, "covers_file": True}
ISSUED = {"draft": False, "signatures": [SIGNATURE], "appendices": {"declared": 0, "found": 0}}
"""What a file of a case is where nothing else is said: issued, signed, whole."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that came out otherwise than a case expects."""

    kind: str
    """"outcome", "requirement", "findings" or "supported"."""
    subject: str
    """The requirement's id; empty for the row itself."""
    wanted: Any
    found: Any


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What came of one case."""

    file: str
    line: int
    name: str
    row: str
    differences: tuple[Difference, ...]

    @property
    def passed(self) -> bool:
        """Whether everything came out as expected."""
        return not self.differences


def case_files(pack: Pack) -> list[Path]:
    """Return the files that hold the cases of a pack, by name."""
    return sorted((pack.path / FOLDER).glob("*.y*ml"))


def run_cases(pack: Pack, vocabulary: Vocabulary, catalogue: Catalogue) -> list[CaseResult]:
    """Run all cases beside a pack.

    Raises:
        BadUsage: there are none.
        BadPack: a file of cases has faults: file, line, what was found, what is allowed.
    """
    files = case_files(pack)
    if not files:
        raise BadUsage("cases-none", id=pack.id, path=str(pack.path / FOLDER))
    judge = Judge(pack, vocabulary, catalogue)
    loaded: list[tuple[Path, Any]] = []
    faults: list[ParcheckError] = []
    for file in files:
        data, found = load_checked(file, schema("cases.schema.json"), "pack")
        if data is not None and not found:
            found = list(_Checking(file, data, pack, vocabulary, catalogue).faults())
            loaded.append((file, data))
        for fault in found:
            fault.details["file"] = f"{FOLDER}/{fault.details['file']}"
        faults += found
    if faults:
        raise BadPack("bad-pack", faults=faults)
    results: list[CaseResult] = []
    for file, data in loaded:
        for index, case in enumerate(data["cases"]):
            differences = tuple(_run(case, data, pack, vocabulary, judge))
            line = line_of(file, ("cases", index))
            results.append(CaseResult(f"{FOLDER}/{file.name}", line, case["name"], case["row"], differences))
    return results


class _Checking:
    """Looks for names in a file of cases that mean nothing: rows, requirements, facts, findings."""

    def __init__(self, file: Path, data: Any, pack: Pack, vocabulary: Vocabulary, catalogue: Catalogue) -> None:
        self.file, self.data, self.pack = file, data, pack
        self.facts = vocabulary.facts
        self.codes = {code for keyword in vocabulary.keywords.values() for code in keyword.codes}
        self.codes |= set(catalogue.findings)
        self.rows = {criterion.code: criterion for criterion in pack.criteria}

    def faults(self) -> Iterator[ParcheckError]:
        yield from self._document(self.data.get("document", {}), ("document",))
        for index, case in enumerate(self.data["cases"]):
            path: Path_ = ("cases", index)
            for number, document in enumerate(case.get("documents", ())):
                yield from self._document(document, (*path, "documents", number))
                filed = document.get("filed")
                if filed is not None and filed not in self.pack.codes():
                    yield self._no_row(filed, (*path, "documents", number, "filed"))
            row = self.rows.get(case["row"])
            if row is None:
                yield self._no_row(case["row"], (*path, "row"))
                continue
            ids = [requirement.id for requirement in requirements(row, self.pack.year)]
            for id_ in case["expect"].get("requirements", {}):
                if id_ not in ids:
                    yield fault_at(
                        "pack-change-unknown-evidence", self.file, (*path, "expect", "requirements", id_),
                        found=id_, code=row.code, allowed=", ".join(nearest_first(id_, ids)) or "–",
                    )  # fmt: skip
            for number, code in enumerate(case["expect"].get("findings", ())):
                if code not in self.codes:
                    known = ", ".join(nearest_first(code, self.codes)[:10])
                    where = (*path, "expect", "findings", number)
                    yield fault_at("pack-unknown-finding", self.file, where, found=code, allowed=known)

    def _no_row(self, code: str, path: Path_) -> ParcheckError:
        known = ", ".join(nearest_first(code, self.rows)[:10])
        return fault_at("pack-change-unknown-row", self.file, path, found=code, allowed=known)

    def _document(self, document: Mapping[str, Any], path: Path_) -> Iterator[ParcheckError]:
        named = [((*path, name), name) for name in document if name not in NOT_FACTS]
        named += [((*path, "unknown", index), name) for index, name in enumerate(document.get("unknown", ()))]
        for where, name in named:
            if name not in self.facts:
                known = ", ".join(nearest_first(name, {*self.facts, *NOT_FACTS}))
                yield fault_at("pack-unknown-fact", self.file, where, fact=name, allowed=known)
            elif len(where) == len(path) + 1 and not fits(name, document[name]):
                found = str(document[name])
                yield fault_at(
                    "pack-value", self.file, where, where=name, found=found, allowed="docs/reference/facts.md"
                )


def _run(
    case: Mapping[str, Any], data: Mapping[str, Any], pack: Pack, vocabulary: Vocabulary, judge: Judge
) -> Iterator[Difference]:
    """Judge one case and yield what came out otherwise."""
    handed, readings = _handed(case, data, pack, vocabulary)
    result = judge.judge(handed, readings)
    (row,) = (criterion for criterion in result.criteria if criterion.code == case["row"])
    expected = case["expect"]
    if row.outcome.value != expected["outcome"]:
        yield Difference("outcome", "", Outcome(expected["outcome"]), row.outcome)
    outcomes = {requirement.id: requirement.outcome for requirement in row.requirements}
    for id_, wanted in expected.get("requirements", {}).items():
        # A row that is not checked as a whole has no requirements to speak of.
        found = outcomes.get(id_, Outcome.NOT_CHECKED)
        if found.value != wanted:
            yield Difference("requirement", id_, Outcome(wanted), found)
    if "findings" in expected:
        codes = _codes(row)
        if codes != set(expected["findings"]):
            yield Difference("findings", "", sorted(set(expected["findings"])), sorted(codes))
    if "supported" in expected and row.supported != expected["supported"]:
        yield Difference("supported", "", float(expected["supported"]), row.supported)


def _codes(row: CriterionResult) -> set[str]:
    found = [*row.findings, *(finding for requirement in row.requirements for finding in requirement.findings)]
    return {finding.code for finding in found}


def _handed(
    case: Mapping[str, Any], data: Mapping[str, Any], pack: Pack, vocabulary: Vocabulary
) -> tuple[Handed, list[Reading]]:
    items: list[Item] = []
    readings: list[Reading] = []
    cited: list[tuple[str, Cited]] = []
    for number, document in enumerate(case.get("documents", ()), start=1):
        code = document.get("filed", case["row"])
        facts = _facts(document)
        if "cited" in document:
            cited.append((code, Cited(document["cited"], facts)))
            continue
        path = f"{code}/{document.get('file', f'{number}.pdf')}"
        items.append(Item(Path(path), path))
        common = _facts(data.get("document", {}))
        unknown = {
            name: Reason("scan")
            for name in (*document.get("unknown", ()), *data.get("document", {}).get("unknown", ()))
        }
        known = {**dict.fromkeys(vocabulary.facts), **ISSUED, **common, **facts}
        known = {name: value for name, value in known.items() if name not in unknown}
        status = Status.PARTIAL if unknown else Status.READ
        readings.append(Reading(path, None, PDF, status, known, unknown))
    claim = Claim(
        claimed=case.get("claimed"),
        figures=case.get("figures", {}),
        explanation=case.get("explanation"),
        not_applicable=case.get("not_applicable", False),
    )
    handed = Handed(
        path=pack.path,
        items=tuple(items),
        unit=data.get("unit"),
        names=tuple(
            UnitName(name["name"], _date(name.get("from")), _date(name.get("to"))) for name in data.get("names", ())
        ),
        parent=data.get("parent"),
        year=data.get("year"),
        upstream={
            key: Upstream(key, value.get("symbol"), _date(value.get("issued_on")))
            for key, value in data.get("upstream", {}).items()
        },
        claims={case["row"]: claim},
        scope=(case["row"],),
        cited=tuple(cited),
    )
    return handed, readings


def _facts(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts that a document of a case states, number and sign taken from its symbol."""
    facts = {name: value for name, value in document.items() if name not in NOT_FACTS}
    if symbol := facts.get("symbol"):
        number, _, sign = symbol.partition("/")
        facts = {"number": number, "sign": sign} | facts
    if "signed" in document:
        facts["signatures"] = [SIGNATURE] if document["signed"] else []
    return facts


def _date(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None
