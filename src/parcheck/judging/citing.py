# SPDX-License-Identifier: Apache-2.0
"""Citations of the self-assessment as evidence: each found among the files, or standing for a document unseen."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from parcheck.judging.coding import describing
from parcheck.judging.vocabulary import SILENT
from parcheck.model import Certainty, Evidence, Place, Reading, Reason, Severity, Source, Status
from parcheck.submission.comparing import body_key, folded, likeness, same_body, symbol_key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from parcheck.judging.coding import Coder
    from parcheck.model import Finding
    from parcheck.submission import Handed
    from parcheck.submission.sheet import Cited

_Step: TypeAlias = Callable[[dict[str, Any], Evidence], bool]
SAME_TITLE = 90.0
"""Likeness of two titles from which on they may be one document's."""
WHOLE_TITLE = 20
"""A title shorter than this, folded, tells no document from another."""


@dataclass(slots=True)
class Citation:
    """One cited document, gathered from all the places that cite it."""

    words: str
    facts: dict[str, Any]
    places: dict[str, str]
    unclear: dict[str, Reason]
    proves: dict[str, None] = field(default_factory=dict)
    """Codes under which it is cited as proof."""
    mentioned: dict[str, None] = field(default_factory=dict)
    """Codes under which it is only named in passing."""

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes under which it stands."""
        return tuple(dict.fromkeys([*self.proves, *self.mentioned]))


def gather(handed: Handed) -> list[Citation]:
    """Return each cited document once, with all that its citations say of it."""
    gathered: list[Citation] = []
    for code, cited in handed.cited:
        facts = _completed(cited, handed.unit)
        one = next((other for other in gathered if _same(other, facts, code)), None)
        if one is None:
            one = Citation(cited.words, {}, {}, dict(cited.unclear))
            gathered.append(one)
        for name, value in facts.items():
            # A citation as proof tells more surely than one in passing; of equals, the fuller one.
            fuller = len(str(value)) > len(str(one.facts.get(name) or ""))
            if name not in one.facts or (fuller and not (cited.mentioned and one.proves)):
                one.facts[name] = value
                one.places[name] = cited.places.get(name, cited.words)
        one.unclear = {name: reason for name, reason in one.unclear.items() if name not in one.facts}
        (one.mentioned if cited.mentioned else one.proves).setdefault(code)
    return gathered


def _completed(cited: Cited, unit: str | None) -> dict[str, Any]:
    """Return a citation's facts; in a unit's own paper "UBND tỉnh" is the unit itself."""
    facts = dict(cited.facts)
    issuer = facts.get("issuer")
    if issuer and unit and not cited.former:
        own, named = body_key(unit), body_key(issuer)
        if named != own and own.startswith(named + " ") and len(named.split()) > 1:
            facts["issuer"] = unit if folded(issuer) == named else f"Chủ tịch {unit}"
    return facts


def _same(one: Citation, facts: dict[str, Any], code: str) -> bool:
    """Tell two citations of one document: same number and sign, and nothing that speaks against it."""
    if "symbol" not in facts or "symbol" not in one.facts:
        return False
    if symbol_key(one.facts["symbol"]) != symbol_key(facts["symbol"]):
        return False
    dates = (one.facts.get("issued_on"), facts.get("issued_on"))
    known, other = one.facts.get("issuer"), facts.get("issuer")
    differ = bool(known and other) and same_body(str(known), str(other)) is False
    if all(dates):
        return dates[0] == dates[1] and not differ
    # Without a date a sign that many bodies share ("12/BC-UBND") tells a document only within one row.
    telling = not facts["sign"].upper().endswith(("-UBND", "-HĐND", "-BCĐ"))
    return not differ and (telling or (known and other) or code in one.codes)


def as_evidence(citation: Citation, number: int, asked: Collection[str]) -> Evidence:
    """Return a cited document that no file was found for: what its citation does not say is unknown."""
    return Evidence(
        f"c{number:03}",
        None,
        citation.words,
        tuple(citation.proves),
        _reading(citation, asked),
        tuple(code for code in citation.mentioned if code not in citation.proves),
    )


def as_named(cited: Cited, asked: Collection[str]) -> Evidence:
    """Return a document named without a number as evidence to hold against a rule; it is no document of the report."""
    citation = Citation(cited.words, dict(cited.facts), dict(cited.places), dict(cited.unclear))
    return Evidence("", None, cited.words, (), _reading(citation, asked))


def _reading(citation: Citation, asked: Collection[str]) -> Reading:
    known = {name: value for name, value in citation.facts.items() if name not in citation.unclear}
    unknown = {name: SILENT for name in sorted(asked) if name not in known} | citation.unclear
    where = {name: Place(words=citation.places.get(name, citation.words), source=Source.CITATION) for name in known}
    return Reading("", None, None, Status.PARTIAL, known, unknown, where)


@dataclass(frozen=True, slots=True)
class Joined:
    """Files and citations, held against each other."""

    documents: tuple[Evidence, ...]
    """All of them; a citation whose file was found is that file."""
    standing: tuple[Evidence, ...]
    """Those that can prove something: without files the citations, beside files only the files."""
    perhaps: tuple[Evidence, ...]
    """Citations beside files whose file may be one that could not be read."""
    findings: tuple[Finding, ...]
    """What sets citations and files apart."""


def join(files: Sequence[Evidence], citations: Iterable[Citation], asked: Collection[str], coder: Coder) -> Joined:
    """Hold citations against files.

    A citation whose file is found adds the file to its criteria; from then on the file's own facts count.
    """
    documents = {evidence.id: evidence for evidence in files}
    findings: list[Finding] = []
    unseen: list[Evidence] = []
    taken: dict[str, Citation] = {}
    for number, citation in enumerate(citations, start=1):
        free = [evidence for evidence in documents.values() if evidence.id not in taken]
        evidence = _file_of(citation, free, _STEPS) or _file_of(citation, tuple(documents.values()), _STEPS[:2])
        if evidence is None:
            unseen.append(as_evidence(citation, number, asked))
            continue
        taken.setdefault(evidence.id, citation)
        codes = tuple(dict.fromkeys([*evidence.criteria, *citation.proves]))
        mentioned = tuple(code for code in (*evidence.mentioned, *citation.mentioned) if code not in codes)
        documents[evidence.id] = dataclasses.replace(evidence, criteria=codes, mentioned=mentioned)
        findings += _differences(citation, evidence, coder)
    everything = (*documents.values(), *unseen)
    if not files:
        return Joined(everything, everything, (), ())
    perhaps: list[Evidence] = []
    left = [file for file in files if file.id not in taken]
    flat = not any(file.criteria for file in files)
    for evidence in unseen:
        possible = _may_be_unread(evidence, left, flat=flat)
        if possible:
            perhaps.append(evidence)
        if evidence.criteria:
            findings.append(_not_attached(evidence, coder, possible=possible))
    cited_under = {code for evidence in unseen for code in evidence.criteria}
    cited_under |= {code for citation in taken.values() for code in citation.proves}
    findings += [_not_cited(file, coder) for file in left if cited_under.intersection(file.criteria)]
    return Joined(everything, tuple(documents.values()), tuple(perhaps), tuple(findings))


def _may_be_unread(evidence: Evidence, left: Iterable[Evidence], *, flat: bool) -> bool:
    """Tell whether a file whose number could not be read may be the document cited.

    It lies under the citation's criterion, or all files lie in one heap (`flat`); nothing known of it says otherwise.
    """
    cited = evidence.reading.facts
    return any(
        file.reading.fact("symbol").unknown
        and not (file.reading.media_type or "").startswith("text/")
        and (set(file.criteria) & set(evidence.criteria) or (flat and not file.criteria))
        and all(_agrees(cited, file, name) for name in ("type", "issued_on"))
        for file in left
    )


def _not_attached(evidence: Evidence, coder: Coder, *, possible: bool) -> Finding:
    finding = coder.say(
        "cited-not-attached", cited=evidence.cited, document=evidence.id, criterion=evidence.criteria[0]
    )
    if possible:
        return dataclasses.replace(finding, certainty=Certainty.HINT, severity=Severity.NOTE)
    return finding


def _not_cited(file: Evidence, coder: Coder) -> Finding:
    what = describing(file.reading)
    return coder.say("attached-not-cited", what=what, document=file.id, criterion=file.criteria[0])


def _file_of(citation: Citation, files: Sequence[Evidence], steps: Sequence[_Step]) -> Evidence | None:
    """Return the file that a citation means: by number and sign and date, then by the file's name, then by all but
    one of number, date and title; among several, one filed under the citation's criteria."""
    for step in steps:
        fitting = [evidence for evidence in files if step(citation.facts, evidence)]
        near = [evidence for evidence in fitting if set(evidence.criteria) & set(citation.codes)]
        if fitting:
            return (near or fitting)[0]
    return None


def _facts(evidence: Evidence, name: str) -> Any:
    return evidence.reading.facts.get(name)


def _agrees(facts: Mapping[str, Any], evidence: Evidence, name: str) -> bool:
    """Tell that a fact is the same on both sides, or not known on one."""
    return not facts.get(name) or not _facts(evidence, name) or facts[name] == _facts(evidence, name)


def _title_alike(facts: dict[str, Any], evidence: Evidence) -> bool | None:
    one, other = facts.get("subject"), _facts(evidence, "subject")
    if not one or not other or min(len(folded(one)), len(folded(other))) < WHOLE_TITLE:
        return None
    return likeness(one, other) >= SAME_TITLE


def _by_symbol(facts: dict[str, Any], evidence: Evidence) -> bool:
    symbol = _facts(evidence, "symbol")
    if not symbol or not facts.get("symbol") or symbol_key(symbol) != symbol_key(facts["symbol"]):
        return False
    if _agrees(facts, evidence, "issued_on"):
        cited, issuer = facts.get("issuer"), _facts(evidence, "issuer")
        # Number, sign and date are one document's but for bodies that share a sign ("12/BC-UBND" of two communes).
        if not cited or not issuer or same_body(cited, issuer) is not False:
            return True
        return _title_alike(facts, evidence) is not False
    return _title_alike(facts, evidence) is not False and facts["issued_on"][:4] == _facts(evidence, "issued_on")[:4]


def _by_number(facts: dict[str, Any], evidence: Evidence) -> bool:
    """A citation that gives a number without its sign: the same number and type, and no other date."""
    symbol = _facts(evidence, "symbol")
    kind = facts.get("type")
    if not symbol or not kind or facts.get("symbol") or not facts.get("number") or kind != _facts(evidence, "type"):
        return False
    return symbol_key(symbol).partition("/")[0] == facts["number"].lstrip("0") and _agrees(facts, evidence, "issued_on")


def _by_file_name(facts: dict[str, Any], evidence: Evidence) -> bool:
    """A file whose own number could not be read, named by it: "329-BC-UBND.pdf"."""
    if _facts(evidence, "symbol") or not facts.get("symbol") or not evidence.path:
        return False
    name = f" {folded(evidence.path.rsplit('/', 1)[-1].replace('_', ' '))} "
    number = facts["number"].lstrip("0")
    wanted = folded(facts["symbol"].partition("/")[2])
    return any(f" {zero}{number} {wanted} " in name for zero in ("", "0", "00"))


def _by_near_symbol(facts: dict[str, Any], evidence: Evidence) -> bool:
    """Another number, but the same sign, date and title: one of the two numbers is mistyped."""
    symbol, date = _facts(evidence, "symbol"), _facts(evidence, "issued_on")
    if not symbol or not date or facts.get("issued_on") != date or not facts.get("sign"):
        return False
    same_sign = symbol_key("1/" + facts["sign"]) == symbol_key("1/" + str(symbol).partition("/")[2])
    return same_sign and _title_alike(facts, evidence) is True


def _by_title(facts: dict[str, Any], evidence: Evidence) -> bool:
    """A file whose number could not be read, of the same type, title, and date where it is known."""
    if _facts(evidence, "symbol"):
        return False
    same_kind = facts.get("type") and facts["type"] == _facts(evidence, "type")
    if not same_kind or not _agrees(facts, evidence, "issued_on") or _title_alike(facts, evidence) is not True:
        return False
    if facts.get("issued_on") and _facts(evidence, "issued_on"):
        return True
    # Reports of one series differ in nothing but "quý I", "quý III".
    return _numerals(facts["subject"]) == _numerals(_facts(evidence, "subject"))


def _numerals(title: str) -> frozenset[str]:
    return frozenset(re.findall(r"\b(?:\d+|[ivx]+)\b", folded(title)))


def _differences(citation: Citation, evidence: Evidence, coder: Coder) -> Iterator[Finding]:
    """Yield what the citation states otherwise than the document itself."""
    for name in ("symbol", "issued_on", "issuer"):
        cited, actual = citation.facts.get(name), _facts(evidence, name)
        place = evidence.reading.where.get(name)
        if not cited or not actual or (name == "symbol" and symbol_key(cited) == symbol_key(actual)):
            continue
        if cited == actual or (name == "issuer" and same_body(cited, actual) is not False):
            continue
        finding = coder.say(
            "citation-differs", fact=name, cited=cited, found=actual, document=evidence.id, criterion=citation.codes[0]
        )
        if place is not None and place.source is Source.OCR:
            finding = dataclasses.replace(finding, certainty=Certainty.HINT)
        yield dataclasses.replace(finding, place=place)


_STEPS: tuple[_Step, ...] = (_by_symbol, _by_number, _by_file_name, _by_near_symbol, _by_title)
