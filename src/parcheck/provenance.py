# SPDX-License-Identifier: Apache-2.0
"""What a verdict rests on: plugins and their versions, the bytes that were read, what was recognised from pixels."""

from __future__ import annotations

import contextlib
import dataclasses
import enum
import hashlib
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from parcheck.model import InputFile, Outcome, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from parcheck.model import CriterionResult, Evidence, SubmissionResult
    from parcheck.plugins import Plugins
    from parcheck.rules import Pack
    from parcheck.submission import Handed


UNCLEAR: Final = frozenset({"low-confidence", "handwritten"})
"""Reasons for which a fact is unknown although its words were recognised."""


class Ground(enum.StrEnum):
    """What a verdict on a criterion was made from."""

    BYTES = "bytes"
    """The files' own text and data, or that there is no such file: comes out again from the same bytes."""
    OCR = "ocr"
    """Words recognised from pixels: may be misread, and comes out again only with the same recogniser."""
    CITATION = "citation"
    """What the unit's own paper says of documents that nobody saw."""
    DECISION = "decision"
    """What an appraiser decided."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What the verdict on one criterion rests on."""

    grounds: tuple[Ground, ...]
    """Empty where nothing was judged."""
    ocr: tuple[str, ...]
    """Ids of the documents of which words were recognised from pixels."""


def basis(criterion: CriterionResult, result: SubmissionResult) -> Basis:
    """Return what the verdict on a criterion rests on: the documents held against it, or all that are filed under it
    where something was not found among them."""
    if criterion.outcome in (Outcome.NOT_CHECKED, Outcome.NOT_APPLICABLE) and criterion.decision is None:
        return Basis((), ())
    named: set[str] = set()
    missing = False
    for requirement in criterion.requirements:
        before = requirement.decision.before if requirement.decision else requirement.outcome
        if before is Outcome.NOT_CHECKED:
            continue
        missing |= before in (Outcome.MISSING, Outcome.EXPLAINED)
        named |= {*requirement.documents, *(f.document for f in requirement.findings if f.document)}
    used = [each for each in result.documents if each.id in named or (missing and _filed(each, criterion))]
    ocr = tuple(evidence.id for evidence in used if recognised(evidence))
    grounds = {
        Ground.BYTES: any(evidence.path is not None for evidence in used) or missing or not used,
        Ground.OCR: bool(ocr),
        Ground.CITATION: any(evidence.path is None for evidence in used),
        Ground.DECISION: criterion.decision is not None,
    }
    return Basis(tuple(ground for ground, there in grounds.items() if there), ocr)


def recognised(evidence: Evidence) -> bool:
    """Return whether words were recognised from a document's pixels, or looked for there and not read clearly enough.
    A box without words, a seal's, is no word: the same code sees it again in the same bytes."""
    reading = evidence.reading
    text = reading.facts.get("text")
    return (
        any(place.source is Source.OCR and (place.words or place.box is None) for place in reading.where.values())
        or any(reason.code in UNCLEAR for reason in reading.unknown.values())
        or (isinstance(text, dict) and text.get("source") in ("ocr", "mixed"))
    )


def _filed(evidence: Evidence, criterion: CriterionResult) -> bool:
    parts = criterion.code.split(".")
    above = {criterion.field, *(".".join(parts[:count]) for count in range(1, len(parts) + 1))}
    return bool(above.intersection(evidence.criteria))


def plugins_said(plugins: Plugins) -> list[dict[str, Any]]:
    """Return the plugins of a run with their versions, those left out included, as a report says them."""
    return [
        {
            "name": info.name,
            "distribution": info.distribution,
            "version": info.version,
            "state": "blocked" if info.blocked else "failed" if info.error else "used",
        }
        for info in sorted(plugins, key=lambda info: info.name)
    ]


def pack_said(pack: Pack) -> dict[str, Any]:
    """Return which rules a run went by; the digest covers the packs that it is built on."""
    return {"id": pack.id, "version": pack.version, "digest": pack.digest, "extends": list(pack.extends)}


def with_inputs(result: SubmissionResult, handed: Handed) -> SubmissionResult:
    """Return a verdict with what was read beside its documents: `submission.yaml`, self-assessments, the ZIP itself;
    and the digests of documents that nobody could read, whose readings have none."""
    unread = {each.path for each in result.documents if each.reading.sha256 is None}
    files = [(item.path, item.file) for item in handed.items if item.path in unread and not item.member]
    inputs = (InputFile(path, sha256(file)) for path, file in (*inputs_of(handed), *files))
    return dataclasses.replace(result, inputs=tuple(inputs))


def inputs_of(handed: Handed) -> Iterator[tuple[str, Path]]:
    """Yield (path as a report says it, file) of what is read beside the documents."""
    root = handed.path
    if not root.is_dir():
        yield _told(root.name), root
        return
    # What the archive around everything says of the unit is read beside its documents.
    around = {item.file for item in handed.items if handed.top and item.path.startswith(handed.top)}
    documents = {item.file for item in handed.items} - around
    for file in sorted(files_below(root)):
        if file not in documents:
            yield _told(file.relative_to(root).as_posix()), file


def files_below(folder: Path) -> Iterable[Path]:
    """Yield the files of a submission's folder, those left out that the system laid down."""
    from parcheck.submission.folder import system_file

    for file in folder.rglob("*"):
        if file.is_file() and not system_file(file.relative_to(folder).as_posix()):
            yield file


def sha256(file: Path) -> str | None:
    """Return the SHA-256 of a file; None where it cannot be read."""
    with contextlib.suppress(OSError), file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
    return None


def _told(path: str) -> str:
    return unicodedata.normalize("NFC", path)
