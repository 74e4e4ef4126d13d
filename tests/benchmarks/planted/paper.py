# SPDX-License-Identifier: Apache-2.0
"""A submission as values: its documents, where they lie, and what `submission.yaml` says."""

from __future__ import annotations

import dataclasses
import functools
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import yaml
from samples.make.pdf import administrative_pdf
from samples.make.word import administrative_docx

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from samples.make.spec import Spec
    from tests.benchmarks.planted.offices import Level, Office

PDF, WORD = ".pdf", ".docx"
COPY = "copy-of-"
"""Role of the Word copy that lies beside an issued document."""


@functools.lru_cache(maxsize=512)
def _made(spec: Spec, suffix: str) -> bytes:
    return administrative_docx(spec) if suffix == WORD else administrative_pdf(spec)


@dataclass(frozen=True, slots=True)
class Paper:
    """One document and where it lies."""

    role: str
    """What it proves: "plan", "year", "q1" …"""
    criteria: tuple[str, ...]
    """Codes that it lies under; the file is copied into each folder."""
    name: str
    """File name without suffix."""
    spec: Spec
    suffix: str = PDF
    raw: bytes | None = None
    """The file itself, where it is not what `spec` describes."""

    @property
    def data(self) -> bytes:
        """The bytes of the file."""
        return _made(self.spec, self.suffix) if self.raw is None else self.raw

    def with_spec(self, **changes: Any) -> Paper:
        """Return the document with another wording, number, date …"""
        return dataclasses.replace(self, spec=dataclasses.replace(self.spec, **changes))


@dataclass(frozen=True, slots=True)
class Case:
    """One submission."""

    seed: int
    level: Level
    office: Office
    above: Office
    papers: tuple[Paper, ...]
    folders: Mapping[str, str]
    """Code to the folder's path."""
    manifest: Mapping[str, Any]
    former: Office | None = None
    """The predecessor, whose documents count until 30 June."""
    decomposed: bool = False
    """Names on the disk in NFD, as a Mac writes them."""
    unit_given: bool = False
    """The unit is named on the command line, not in `submission.yaml`."""

    def paper(self, role: str) -> Paper:
        """Return the document of a role; StopIteration without."""
        return next(paper for paper in self.papers if paper.role == role)

    def has(self, role: str) -> bool:
        """Tell whether there is a document of this role."""
        return any(paper.role == role for paper in self.papers)

    def path(self, paper: Paper, code: str | None = None) -> str:
        """Return where a document lies, under one of its criteria (default: the first)."""
        return f"{self.folders[code or paper.criteria[0]]}/{paper.name}{paper.suffix}"

    def without(self, role: str) -> Case:
        """Return the submission without a document, and without the Word copy that may lie beside it."""
        gone = {role, COPY + role}
        return dataclasses.replace(self, papers=tuple(paper for paper in self.papers if paper.role not in gone))

    def exchanged(self, role: str, paper: Paper) -> Case:
        """Return the submission with another document in the place of one and of its Word copy."""
        kept = (old for old in self.papers if old.role != COPY + role)
        papers = tuple(paper if old.role == role else old for old in kept)
        return dataclasses.replace(self, papers=papers)

    def claiming(self, code: str, **claim: Any) -> Case:
        """Return the submission with another claim for a criterion; a value of None takes a key away."""
        criteria = dict(self.manifest["criteria"])
        changed = {**criteria.get(code, {}), **claim}
        criteria[code] = {key: value for key, value in changed.items() if value is not None}
        return dataclasses.replace(self, manifest={**self.manifest, "criteria": criteria})

    def write(self, folder: Path) -> None:
        """Write the submission into an empty folder."""
        form: Literal["NFD", "NFC"] = "NFD" if self.decomposed else "NFC"
        for paper in self.papers:
            for code in paper.criteria:
                target = folder / unicodedata.normalize(form, self.path(paper, code))
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(paper.data)
        said = {key: value for key, value in self.manifest.items() if not (self.unit_given and key == "unit")}
        text = yaml.safe_dump(said, allow_unicode=True, sort_keys=False)
        (folder / "submission.yaml").write_text(text, encoding="utf-8")
