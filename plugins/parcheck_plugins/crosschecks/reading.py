# SPDX-License-Identifier: Apache-2.0
"""The fact reader of the cross-checks: what a document says that can be held against itself.

It looks at pages with text of their own only. Recognising whole scans for a mere hint would cost a second a page, and a
misread digit would accuse.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parcheck.model import Fact
from parcheck.reading.document import Document
from parcheck_plugins.body.citations import references
from parcheck_plugins.body.pages import Body, gather
from parcheck_plugins.crosschecks.page_order import printed_number
from parcheck_plugins.crosschecks.ratios import find_ratios

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from parcheck.model import Reason
    from parcheck.reading.document import Line


class SelfReader:
    """Provides `ratios`, `page_numbers`, `dated_citations` and `revisions`.

    * `ratios`: list of {part, whole, percent, decimals, counted, words, page};
    * `page_numbers`: per page of the file the number printed on it, or null; null as a whole for formats without pages;
    * `dated_citations`: the entries of `references` that have a date, from pages with text of their own;
    * `revisions`: {changes, comments} of a Word file; null for other formats.
    """

    name = "self"
    version = "1"
    provides = frozenset({"ratios", "page_numbers", "dated_citations", "revisions"})
    needs: frozenset[str] = frozenset()

    def read(self, document: Document, asked: AbstractSet[str], known: Mapping[str, Fact]) -> Mapping[str, Fact]:  # noqa: ARG002
        """Return the facts among `asked`."""
        facts: dict[str, Fact] = {}
        if "revisions" in asked:
            facts["revisions"] = Fact(_revisions(document))
        if not asked & (self.provides - {"revisions"}):
            return facts
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
