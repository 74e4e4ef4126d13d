# SPDX-License-Identifier: Apache-2.0
"""The body fact reader: what a document cites, counts, links to and says is attached. Works on any format.

What reads is imported when a document is read: a check whose readings are all in the cache does without.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parcheck.hookspecs import hookimpl
from parcheck.model import Fact, Place, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet

    from parcheck.reading.document import Document
    from parcheck.reading.facts import FactReader
    from parcheck_plugins.body.pages import Body

_WORDS: int = 120


class BodyReader:
    """Provides `references`, `legal_bases`, `links`, `figures`, `appendices` and `text`.

    Lists are empty when nothing was found, and unknown only when no page at all gave text; where some pages
    gave none, what the others say is given and `text.pages_without_text` counts the rest.
    """

    name = "body"
    version = "3"
    provides = frozenset({"references", "legal_bases", "links", "figures", "appendices", "text"})
    whole = frozenset({"references", "legal_bases", "links", "figures", "appendices"})
    needs = frozenset({"symbol"})

    def read(self, document: Document, asked: AbstractSet[str], known: Mapping[str, Fact]) -> Mapping[str, Fact]:
        """Return the facts among `asked`."""
        from parcheck_plugins.body.appendices import count_appendices
        from parcheck_plugins.body.citations import legal_bases, references
        from parcheck_plugins.body.figures import find_figures
        from parcheck_plugins.body.links import find_links
        from parcheck_plugins.body.pages import gather

        body = gather(document, wanted=bool(asked & self.provides - {"text"}))
        facts: dict[str, Fact] = {}
        if "text" in asked:
            facts["text"] = Fact(_text(body, document.encoding))
        nothing = body.nothing_read
        if nothing is not None:
            return facts | {name: Fact(unknown=nothing) for name in asked & self.provides - {"text"}}
        # Nothing that rests on recognised pages may be held against a document: its words may be misread or missed.
        source = Source.OCR if body.recognised else document.source
        if "references" in asked:
            own = known["symbol"].value if "symbol" in known else None
            facts["references"] = _listed(body, references(body, own), source)
        if "legal_bases" in asked:
            facts["legal_bases"] = _listed(body, legal_bases(body), source)
        if "figures" in asked:
            facts["figures"] = _listed(body, find_figures(body), source)
        if "links" in asked:
            found = find_links(body, getattr(document, "hyperlinks", ()))
            facts["links"] = Fact([address for address, _ in found], _place(body, found, source))
        if "appendices" in asked:
            value, at = count_appendices(body)
            place = Place(body.page_at(at), words=_words(body, at), source=source) if at >= 0 else None
            place = place or (Place(source=source) if body.recognised else None)
            facts["appendices"] = Fact(value, place)
        return facts


def _listed(body: Body, found: list[tuple[dict[str, Any], int]], source: Source) -> Fact:
    return Fact([entry for entry, _ in found], _place(body, found, source))


def _place(body: Body, found: list[tuple[Any, int]], source: Source) -> Place | None:
    if not found:
        return Place(source=source) if body.recognised else None
    entry, at = found[0]
    words = entry["words"] if isinstance(entry, dict) else str(entry)
    return Place(body.page_at(at) if at >= 0 else None, words=words, source=source)


def _words(body: Body, at: int) -> str:
    words = " ".join(body.text[at : at + _WORDS].split())
    return words if len(body.text) <= at + _WORDS else words.rpartition(" ")[0]


def _text(body: Body, encoding_read: str) -> dict[str, Any]:
    """Describe the text layer: how the file codes it, converted or not."""
    from parcheck_plugins.body.pages import NO_TEXT

    without = sum(1 for reason in body.reasons if reason.code in NO_TEXT)
    legacy = [reason for reason in body.reasons if reason.code == "legacy-encoding"]
    encoding: str | None = encoding_read
    if len(legacy) * 2 > body.pages - without:
        encoding = legacy[0].args.get("encoding")
    elif any(reason.code == "garbage-text" for reason in body.reasons) and without == body.pages:
        encoding = "garbage"
    elif without == body.pages:
        encoding = None
    if body.recognised:
        source = "ocr" if len(body.recognised) + without == body.pages else "mixed"
        faults = {reason.code for reason in body.faults}
        if source == "ocr":
            encoding = "garbage" if "garbage-text" in faults else None
    else:
        source = "none" if without == body.pages else "text"
    return {
        "source": source,
        "encoding": encoding,
        "pages": body.pages if body.paged else None,
        "pages_without_text": without,
    }


@hookimpl
def parcheck_facts() -> Iterable[FactReader]:
    """Name the body reader."""
    return [BodyReader()]
