# SPDX-License-Identifier: Apache-2.0
"""From a failed rule to a finding: which code it has, which words were read, how surely."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from parcheck.judging.evaluate import fact_of
from parcheck.model import Certainty, Finding, Severity

if TYPE_CHECKING:
    from jsonschema import ValidationError

    from parcheck.catalogue import Catalogue
    from parcheck.judging.vocabulary import Undecided
    from parcheck.model import Place, Reading

ANY = "*"
DESCRIBING = ("type", "symbol", "issued_on", "issuer", "subject", "draft")
"""Facts by which a document is named to a person."""


def describing(reading: Reading) -> dict[str, Any]:
    """Return the facts by which a document is named to a person, null where they are not known."""
    return {name: reading.facts.get(name) for name in DESCRIBING}


class Coder:
    """Turns errors into findings by what the catalogue says of each keyword and fact."""

    def __init__(self, catalogue: Catalogue, severities: Mapping[str, str] | None = None) -> None:
        """Take the words, and what a pack states of codes otherwise than the catalogue."""
        self._catalogue = catalogue
        self._severities = severities or {}
        self._by_keyword: dict[tuple[str, str], str] = {}
        for code, entry in catalogue.findings.items():
            for raised in entry.get("raised_by") or ():
                self._by_keyword[raised["keyword"], raised["fact"]] = code

    def code_for(self, keyword: str, fact: str) -> str:
        """Return the finding code of a standard JSON Schema keyword that failed on a fact."""
        for key in ((keyword, fact), (keyword, ANY), (ANY, fact), (ANY, ANY)):
            if key in self._by_keyword:
                return self._by_keyword[key]
        return "value-differs"

    def severity(self, code: str) -> Severity:
        """Return the severity that the pack states for a code, else the usual one."""
        if code in self._severities:
            return Severity(self._severities[code])
        entry = self._catalogue.findings.get(code)
        return Severity(entry["severity"]) if entry else Severity.ERROR

    def certainty(self, code: str) -> Certainty:
        """Return the usual certainty of a code."""
        entry = self._catalogue.findings.get(code)
        return Certainty(entry["certainty"]) if entry else Certainty.LIKELY

    def say(self, code_: str, /, *, document: str | None = None, criterion: str | None = None, **args: Any) -> Finding:
        """Return a finding of the core with the certainty and severity that the catalogue states."""
        return Finding(code_, args, self.certainty(code_), self.severity(code_), document=document, criterion=criterion)

    def usual(self, finding: Finding) -> Finding:
        """Return a reader's finding with the certainty and severity that the catalogue states."""
        return dataclasses.replace(
            finding, certainty=self.certainty(finding.code), severity=self.severity(finding.code)
        )

    def finding(self, error: ValidationError, reading: Reading, document: str) -> Finding:
        """Return the finding of a definite failure. One that is only a hint decides nothing: a warning."""
        failure = getattr(error, "failure", None)
        fact = fact_of(error) or ""
        if failure is not None:
            code, args, certainty = failure.code, dict(failure.args), failure.certainty
        else:
            fact, found = _seen(error, fact)
            code = self.code_for(str(error.validator), fact)
            args = {"fact": self._part(error, fact), "found": found, "wanted": _wanted(error)}
            certainty = self.certainty(code)
        severity = Severity.WARNING if certainty is Certainty.HINT else self.severity(code)
        return Finding(code, args, certainty, severity, document, reading.where.get(fact))

    def _part(self, error: ValidationError, fact: str) -> str:
        """Return what is missing inside a fact ("signer.title") where there is a word for it, else the fact."""
        part = f"{fact}.{getattr(error, 'missing', '')}"
        return part if error.absolute_path and part in self._catalogue.terms.get("facts", {}) else fact

    def undecided(self, undecided: Undecided, document: str, place: Place | None = None) -> Finding:
        """Return the finding that says what a person must look at, where, and why parcheck cannot tell."""
        args = {"fact": undecided.fact or "", "reason": undecided.reason}
        return Finding("fact-unknown", args, self.certainty("fact-unknown"), Severity.WARNING, document, place)


def _seen(error: ValidationError, fact: str) -> tuple[str, Any]:
    """Return (the fact that failed, its value); of a `not` over a whole document, those of the fact it names first."""
    if error.validator == "required":
        return fact, ""
    schema, document = error.validator_value, error.instance
    if error.validator == "not" and not fact and isinstance(schema, Mapping) and isinstance(document, Mapping):
        named = [*schema.get("properties", ()), *schema.get("required", ())]
        return (named[0], document.get(named[0], "")) if named else ("", "")
    return fact, error.instance


def _wanted(error: ValidationError) -> Any:
    return "" if error.validator in ("required", "not") else error.validator_value
