# SPDX-License-Identifier: Apache-2.0
"""A finding's own mark: the same when a check is run again, or a file has moved; another when the file is another."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from parcheck.model import Evidence, Finding, SubmissionResult

PREFIX: Final = "f1-"
"""Version of what goes into a fingerprint; the letter keeps YAML from taking one for a number."""
DIGITS: Final = 16
TELLING: Final = (
    *("fact", "part", "name", "folder", "code", "codes", "row", "symbol"),
    *("named", "cited", "plugin", "hook", "scope", "signer"),
)
"""Arguments that tell two findings of one code on one document apart. Paths, counts, and what was read instead of what
is asked are none of them: they change while the fault stays the same."""


def fingerprint(finding: Finding, documents: Mapping[str, Evidence]) -> str:
    """Return a finding's fingerprint.

    It is made of code, criterion, requirement, the identity of the document (the bytes of a file; number, sign and
    date of a citation) and the arguments that tell which thing is meant: never of ids or paths. The unit is no part of
    it: the same fault in the same file of two units has one fingerprint.

    Args:
        finding: one finding of a verdict.
        documents: the verdict's documents by id.
    """
    document = documents.get(finding.document or "")
    return mark(
        finding.code,
        finding.criterion,
        finding.requirement,
        identity(document) if document is not None else None,
        {name: finding.args[name] for name in TELLING if name in finding.args},
    )


def mark(code: str, criterion: str | None, requirement: str | None, document: str | None, which: Any) -> str:
    """Return the fingerprint of what stands in these words; `which` is JSON data."""
    parts = json.dumps([code, criterion, requirement, document, which], ensure_ascii=False, sort_keys=True, default=str)
    whole = unicodedata.normalize("NFC", parts).encode("utf-8", "surrogatepass")
    return PREFIX + hashlib.sha256(whole).hexdigest()[:DIGITS]


def identity(evidence: Evidence) -> str:
    """Return what makes a document this document, wherever it lies."""
    reading = evidence.reading
    if evidence.path is not None:
        # Without bytes (a file that nobody can open) its own name is all that is left.
        return reading.sha256 or f"name:{folded(evidence.path.rsplit('/', 1)[-1])}"
    symbol, day = reading.facts.get("symbol"), reading.facts.get("issued_on")
    return f"cited:{folded(str(symbol))}:{day or ''}" if symbol else f"words:{folded(evidence.cited or '')}"


def folded(text: str) -> str:
    """Return a text without differences that nobody means: case, runs of blanks, forms of Unicode."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def all_findings(result: SubmissionResult) -> Iterator[Finding]:
    """Yield every finding of a verdict: requirement by requirement, then on claims, then the rest."""
    for criterion in result.criteria:
        for requirement in criterion.requirements:
            yield from requirement.findings
        yield from criterion.findings
    yield from result.findings
