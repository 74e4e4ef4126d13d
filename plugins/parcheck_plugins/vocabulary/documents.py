# SPDX-License-Identifier: Apache-2.0
"""Keywords on the document as a whole: signed, by whom, what it cites, whether its appendices are there, whether it
says what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parcheck.judging.vocabulary import Failure, Keyword, Result, Undecided
from parcheck.model import Certainty, Reason
from parcheck_plugins.letterhead import folding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcheck.judging.vocabulary import Context
    from parcheck.model import Reading

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _signed(_value: Any, wanted: Any, context: Context) -> Iterator[Result]:
    """A plain Word file is never a signed original; a PDF without a signature field may bear ink (faults.md F5)."""
    if not wanted:
        return
    signatures = context.fact("signatures")
    if signatures.value:
        return
    if signatures.unknown:
        yield Undecided(signatures.unknown, "signatures")
    elif context.reading.media_type == WORD:
        yield Failure("unsigned", certainty=Certainty.SURE, fact="signatures")
    else:
        marks = context.fact("marks")
        seen = marks.value or {}
        if marks.unknown:
            yield Undecided(Reason("marks-unread"), "marks")
        elif not (seen.get("seal") or seen.get("ink") or seen.get("digital_stamp")):
            yield Failure("unsigned", certainty=Certainty.HINT, fact="signatures")


def _signed_by(value: Any, wanted: Any, _context: Context) -> Iterator[Result]:
    title = folding.words(value.get("title") or "")
    authority = value.get("authority") or []
    titles = wanted.get("titles")
    prefixes = wanted.get("authority")
    if titles and not title:
        yield Undecided(Reason("title-unseen"))
    elif titles and not any(_ends_with(title, folding.words(allowed)) for allowed in titles):
        found = value.get("title") or value.get("name") or ""
        yield Failure("signer-differs", {"found": found, "wanted": ", ".join(titles)}, Certainty.LIKELY)
    if prefixes and not set(authority) & set(prefixes):
        found = ", ".join(authority) or value.get("title") or value.get("name") or ""
        yield Failure("signer-differs", {"found": found, "wanted": ", ".join(prefixes)}, Certainty.LIKELY)


def _ends_with(words: list[str], tail: list[str]) -> bool:
    return words[-len(tail) :] == tail


def _cites(value: Any, wanted: Any, context: Context) -> Iterator[Result]:
    cited = {folding.key(item["symbol"]) for item in value if item.get("symbol")}
    for entry in wanted:
        symbol: str | None = entry
        if "/" not in entry:
            upstream = context.upstream.get(entry)
            symbol = upstream.symbol if upstream else None
        if symbol is None:
            yield Undecided(Reason("no-upstream", {"id": entry}))
        elif folding.key(symbol) not in cited:
            yield Failure("citation-missing", {"wanted": symbol}, Certainty.LIKELY)


def _attached(value: Any, wanted: Any, context: Context) -> Iterator[Result]:
    declared, found = value.get("declared") or 0, value.get("found") or 0
    if not wanted or declared <= found:
        return
    nameless = next((other for other in context.companions if _may_be_appendix(other)), None)
    if nameless is not None:
        # An appendix in a file of its own bears no number (Nghị định 30/2020/NĐ-CP, Phụ lục I mục III).
        yield Undecided(Reason("appendix-elsewhere", {"path": nameless.path}))
    else:
        yield Failure("appendix-missing", {"declared": declared, "found": found}, Certainty.LIKELY)


def _titled(_value: Any, wanted: Any, context: Context) -> Iterator[Result]:
    """A list or picture handed in by itself need not say what it is; only a person can see whether it is the one."""
    kind = context.fact("type")
    if wanted and kind.unknown:
        yield Undecided(kind.unknown, "type")
    elif wanted and kind.value is None:
        yield Undecided(Reason("untitled"))


def _may_be_appendix(other: Reading) -> bool:
    """Tell a file without number from a document of its own whose number is blank: that one has an issuer."""
    facts = other.facts
    return not facts.get("symbol") and not facts.get("draft") and not facts.get("issuer")


KEYWORDS = [
    Keyword(
        "signed",
        {"const": True},
        ("unsigned",),
        _signed,
        applies_to="document",
        needs=frozenset({"signatures", "marks"}),
        doc="The document bears a digital signature, or a hand signature or seal on a scan.",
    ),
    Keyword(
        "signedBy",
        {
            "type": "object",
            "additionalProperties": False,
            "minProperties": 1,
            "properties": {
                "titles": {"type": "array", "minItems": 1, "items": {"type": "string"}},
                "authority": {
                    "type": "array",
                    "minItems": 1,
                    "items": {"enum": ["TM", "KT", "TL", "TUQ", "Q"]},
                },
            },
        },
        ("signer-differs",),
        _signed_by,
        applies_to="object",
        doc="The signer's title is one of these, or the authority signed under is one of these.",
    ),
    Keyword(
        "cites",
        {"type": "array", "minItems": 1, "items": {"type": "string", "minLength": 1}},
        ("citation-missing",),
        _cites,
        applies_to="array",
        needs=frozenset({"references"}),
        doc="The list holds these document numbers; an entry without a slash is the id of an upstream document.",
    ),
    Keyword(
        "attached",
        {"const": True},
        ("appendix-missing",),
        _attached,
        applies_to="object",
        doc="As many appendices are in the file as the document says are attached.",
    ),
    Keyword(
        "titled",
        {"const": True},
        (),
        _titled,
        applies_to="document",
        needs=frozenset({"type"}),
        doc="The document bears the name of its kind; of one that does not, a person must see whether it is the one.",
    ),
]
