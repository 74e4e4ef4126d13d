# SPDX-License-Identifier: Apache-2.0
"""A JSON report read back from its file: what comparing and verifying need of it, nothing rendered anew."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from parcheck.errors import BadUsage
from parcheck.judging.fingerprints import TELLING, folded, mark
from parcheck.reporting.as_json import SCHEMA
from parcheck.reporting.seal import KEY, seal_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

MARK: Final = "urn:parcheck:schema:report:"
"""What the schema of every report begins with, whatever its version."""


@dataclass(frozen=True, slots=True)
class SaidDocument:
    """One document of a report."""

    id: str
    path: str | None
    cited: str | None
    sha256: str | None
    symbol: str | None
    issued_on: str | None

    @property
    def name(self) -> str:
        """The file's own name, without its folders; the citation's words where there is no file."""
        return self.path.rsplit("/", 1)[-1] if self.path is not None else self.cited or ""

    @property
    def shown(self) -> str:
        """What a person knows it by."""
        return self.path if self.path is not None else f"“{self.cited or ''}”"

    @property
    def identity(self) -> str:
        """What makes it this document, wherever it lies; as `parcheck.judging.fingerprints.identity`."""
        if self.path is not None:
            return self.sha256 or f"name:{folded(self.name)}"
        if self.symbol:
            return f"cited:{folded(self.symbol)}:{self.issued_on or ''}"
        return f"words:{folded(self.cited or '')}"


@dataclass(frozen=True, slots=True)
class SaidFinding:
    """One finding of a report, in the words of the report."""

    fingerprint: str
    alike: str
    """The same without the document: to know it again on a document that took the place of another."""
    code: str
    severity: str
    criterion: str | None
    requirement: str | None
    document: str | None
    message: str
    decided: bool

    @property
    def open(self) -> bool:
        """Whether something is left to do or to look at."""
        return self.severity != "note" and not self.decided


@dataclass(frozen=True, slots=True)
class SaidCriterion:
    """One scored row of a report."""

    code: str
    name: str
    outcome: str
    before: str
    """The outcome as derived, before any decision."""
    grounds: tuple[str, ...]
    ocr: tuple[str, ...]
    """Ids of the documents of which words were recognised from pixels."""


@dataclass(frozen=True, slots=True)
class SaidUnit:
    """One unit of a report."""

    unit: str | None
    path: str
    period: str
    ready: bool
    criteria: Mapping[str, SaidCriterion]
    documents: Mapping[str, SaidDocument]
    findings: tuple[SaidFinding, ...]
    inputs: Mapping[str, str | None] | None
    """SHA-256 by path of what was read beside the documents; None in reports that do not say."""
    data: Mapping[str, Any] = field(repr=False, compare=False)
    """All that the report says of it."""

    @property
    def paths(self) -> frozenset[str]:
        """Paths of all files that the report names."""
        documents = {each.path for each in self.documents.values() if each.path is not None}
        return frozenset(documents.union(self.inputs or ()))

    @property
    def name(self) -> str:
        """The unit's name; the folder's where it is not known."""
        return self.unit or self.path


@dataclass(frozen=True, slots=True)
class SaidReport:
    """A report."""

    file: Path
    run: Mapping[str, Any]
    pack_id: str
    pack_title: str
    pack_version: str
    pack_digest: str
    units: tuple[SaidUnit, ...]
    sealed: bool | None
    """Whether it says what it said when it was written, by its own digest; None: it bears none."""


def read_report(file: Path) -> SaidReport:
    """Return what a JSON report says.

    Raises:
        BadUsage: the file cannot be read, is no report, is one of another schema version, or is damaged.
    """
    try:
        data = json.loads(file.read_bytes())
    except OSError as error:
        raise BadUsage("report-not-opened", path=str(file), detail=error.strerror or "") from error
    except (ValueError, RecursionError) as error:
        raise BadUsage("report-not-json", path=str(file)) from error
    found = data.get("schema") if isinstance(data, dict) else None
    if found != SCHEMA:
        if isinstance(found, str) and found.startswith(MARK):
            raise BadUsage("report-other-version", path=str(file), found=found, wanted=SCHEMA)
        raise BadUsage("report-none", path=str(file))
    try:
        return _report(file, data)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise BadUsage("report-damaged", path=str(file), detail=f"{type(error).__name__}: {error}") from error


def _report(file: Path, data: dict[str, Any]) -> SaidReport:
    pack, run = data["pack"], data["run"]
    return SaidReport(
        file=file,
        run=_run(run),
        pack_id=str(pack["id"]),
        pack_title=str(pack["title"]),
        pack_version=str(pack["version"]),
        pack_digest=str(pack["digest"]),
        units=tuple(_unit(unit) for unit in data["submissions"]),
        sealed=data[KEY] == seal_of(data) if KEY in data else None,
    )


def _run(run: dict[str, Any]) -> dict[str, Any]:
    """Return what a report says of its run, each part of the kind that it must be."""
    for value in {**run.get("versions", {})}.values():
        _text(value)
    for each in run.get("plugins", ()):
        _text(each["name"])
        _text(each["state"])
        for key in ("distribution", "version"):
            _text(each[key] or "")
    _text(run.get("readers", ""))
    _text(run.get("finished", ""))
    options = run.get("options", {})
    for value in (*(options.get(key) or "" for key in ("unit", "year")), *(options.get("only") or ())):
        _text(value)
    return {**run}


def _unit(data: dict[str, Any]) -> SaidUnit:
    documents = {each["id"]: _document(each) for each in data["documents"]}
    inputs = data.get("inputs")
    return SaidUnit(
        unit=data["unit"],
        path=_text(data["path"]),
        period=_text(data["period"]),
        ready=bool(data["ready"]),
        criteria={each["code"]: _criterion(each) for each in data["criteria"]},
        documents=documents,
        findings=tuple(_finding(each, documents) for each in _findings(data)),
        inputs=None if inputs is None else {each["path"]: each["sha256"] for each in inputs},
        data=data,
    )


def _findings(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for criterion in data["criteria"]:
        for requirement in criterion["requirements"]:
            yield from requirement["findings"]
        yield from criterion["findings"]
    yield from data["findings"]


def _document(data: dict[str, Any]) -> SaidDocument:
    facts = data["facts"]
    path = data["path"]
    return SaidDocument(
        id=_text(data["id"]),
        path=None if path is None else _text(path),
        cited=data["cited"],
        sha256=data["sha256"],
        symbol=facts.get("symbol"),
        issued_on=facts.get("issued_on"),
    )


def _criterion(data: dict[str, Any]) -> SaidCriterion:
    basis = data.get("basis") or {}
    outcome = _text(data["outcome"])
    return SaidCriterion(
        code=_text(data["code"]),
        name=_text(data["name"]),
        outcome=outcome,
        before=data["decision"]["before"] if "decision" in data else outcome,
        grounds=tuple(basis.get("from", ())),
        ocr=tuple(basis.get("ocr", ())),
    )


def _finding(data: dict[str, Any], documents: Mapping[str, SaidDocument]) -> SaidFinding:
    code, criterion, requirement = _text(data["code"]), data["criterion"], data["requirement"]
    which = {name: data["args"][name] for name in TELLING if name in data["args"]}
    document = documents.get(data["document"] or "")
    own = mark(code, criterion, requirement, document.identity if document else None, which)
    return SaidFinding(
        # Reports from before fingerprints were written hold all that they are made of.
        fingerprint=data.get("fingerprint", own),
        alike=mark(code, criterion, requirement, None, which),
        code=code,
        severity=_text(data["severity"]),
        criterion=criterion,
        requirement=requirement,
        document=data["document"],
        message=_text(data["message"]),
        decided="decision" in data,
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r:.40}")
    return value
