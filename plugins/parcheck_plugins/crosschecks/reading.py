# SPDX-License-Identifier: Apache-2.0
"""The fact reader of the cross-checks: what a document says that can be held against itself.

It looks at pages with text of their own only. Recognising whole scans for a mere hint would cost a second a page, and a
misread digit would accuse.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parcheck.model import Fact
from parcheck.reading.document import Document
from parcheck_plugins.crosschecks.page_order import printed_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from parcheck.model import Reason
    from parcheck.reading.document import Line
    from parcheck_plugins.body.pages import Body


class SelfReader:
    """Provides what is listed here.

    * `ratios`: list of {part, whole, percent, decimals, counted, words, page};
    * `page_numbers`: per page of the file the number printed on it, or null; null as a whole for formats without pages;
    * `dated_citations`: the entries of `references` that have a date, from pages with text of their own;
    * `cited_documents`: the same with and without date, and what the words behind each say: {by, about};
    * `replaced_documents`: list of {symbol, issued_on, own, words, page} that the text declares replaced or void;
    * `sketch`: {form, parts, text, figures, numbers}, see `sketching`; unknown where most pages have no own text;
    * `revisions`: {changes, comments} of a Word file; null for other formats.
    """

    name = "self"
    version = "2"
    provides = frozenset(
        {
            "ratios",
            "page_numbers",
            "dated_citations",
            "cited_documents",
            "replaced_documents",
            "sketch",
            "revisions",
        }
    )
    needs = frozenset({"issuer", "parent"})

    def read(self, document: Document, asked: AbstractSet[str], known: Mapping[str, Fact]) -> Mapping[str, Fact]:
        """Return the facts among `asked`."""
        facts: dict[str, Fact] = {}
        if "revisions" in asked:
            facts["revisions"] = Fact(_revisions(document))
        if not asked & (self.provides - {"revisions"}):
            return facts
        # Where the cache has all readings, what reads is never imported.
        from parcheck_plugins.body.citations import references
        from parcheck_plugins.body.pages import gather
        from parcheck_plugins.crosschecks.citing import cited_documents, replaced_documents
        from parcheck_plugins.crosschecks.ratios import find_ratios
        from parcheck_plugins.crosschecks.sketching import sketch

        own = _OwnText(document)
        body = gather(own)
        if body.nothing_read is not None:
            unknown = Fact(unknown=body.nothing_read)
            return facts | dict.fromkeys(asked & (self.provides - {"revisions"}), unknown)
        if "ratios" in asked:
            facts["ratios"] = Fact([_paged(body, entry, at) for entry, at in find_ratios(body.text)])
        if "dated_citations" in asked:
            cited = [entry for entry, _ in references(body, None) if entry["issued_on"]]
            facts["dated_citations"] = Fact(cited)
        if "cited_documents" in asked:
            facts["cited_documents"] = Fact(cited_documents(body))
        if "replaced_documents" in asked:
            facts["replaced_documents"] = Fact(replaced_documents(body))
        if "sketch" in asked:
            names = [str(known[name].value) for name in ("issuer", "parent") if name in known and known[name].value]
            half = 2 * len(body.reasons) > body.pages
            facts["sketch"] = Fact(unknown=body.reasons[0]) if half else Fact(sketch(body.text, names))
        if "page_numbers" in asked:
            facts["page_numbers"] = Fact(_page_numbers(own) if document.paged else None)
        return facts


class _OwnText(Document):
    """A document seen without what is recognised from pixels."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.paged, self.wraps, self.page_count = document.paged, document.wraps, document.page_count

    def text(self, page: int) -> str:
        return self._document.text(page)

    def lines(self, page: int) -> Sequence[Line]:
        return self._document.lines(page)

    def unread(self, page: int) -> Reason | None:
        return self._document.layer_fault(page)

    def close(self) -> None:
        """Leave closing to whoever opened the document."""


def _paged(body: Body, entry: dict[str, Any], at: int) -> dict[str, Any]:
    page = body.page_at(at)
    return entry if page is None else {**entry, "page": page}


def _page_numbers(document: _OwnText) -> list[int | None]:
    numbers: list[int | None] = []
    for page in range(1, document.page_count + 1):
        found = printed_number(document.text(page)) if document.unread(page) is None else None
        numbers.append(found[0] if found else None)
    return numbers


def _revisions(document: Document) -> dict[str, int] | None:
    changes, comments = getattr(document, "tracked_changes", None), getattr(document, "comments", None)
    if changes is None and comments is None:
        return None
    return {"changes": changes or 0, "comments": comments or 0}
