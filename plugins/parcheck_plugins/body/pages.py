# SPDX-License-Identifier: Apache-2.0
"""The whole text of a document as one string that still knows its pages."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from parcheck.model import Reason
from parcheck_plugins.letterhead.folding import normalise

if TYPE_CHECKING:
    from parcheck.reading.document import Document

NO_TEXT: Final = frozenset(
    {
        "scan",
        "picture",
        "garbage-text",
        "page-unread",
        "stamp-image",
        "old-word",
        "no-reader",
        "ocr-missing",
    }
)
"""Reasons that mean that a page gave no text that could be trusted."""

# Shipped documents give normalised text already, and normalising takes longer than all facts together.
_RAW: Final = re.compile(
    "[\x00\x02\t\r\u00a0\u00ad\u00d0\u00f0\u0300-\u036f\u2000-\u2015\u202f\u2060\u2212\ufeff\ufffe]"
)


@dataclass(slots=True)
class Body:
    """The trusted text of all pages, and why the others gave none."""

    text: str = ""
    paged: bool = True
    wraps: bool = True
    pages: int = 0
    reasons: list[Reason] = field(default_factory=list)
    """One per page whose text cannot be trusted."""
    faults: list[Reason] = field(default_factory=list)
    """Why the own text of the recognised pages cannot be trusted."""
    recognised: set[int] = field(default_factory=set)
    """Pages whose text comes from OCR, or would, had it been asked for."""
    _starts: list[int] = field(default_factory=list)
    _numbers: list[int] = field(default_factory=list)

    @property
    def nothing_read(self) -> Reason | None:
        """Why no page at all could be read, or None when one could."""
        return self.reasons[0] if self.reasons and len(self.reasons) == self.pages else None

    def page_at(self, position: int) -> int | None:
        """Return the 1-based page of a position in `text`; None where a format has no pages."""
        if not self.paged or not self._starts:
            return None
        return self._numbers[bisect_right(self._starts, position) - 1]


def gather(document: Document, wanted: bool = True) -> Body:
    """Join the pages of a document, the untrusted ones left out.

    Args:
        document: what to read.
        wanted: False when only the state of the text is asked for: nothing is recognised then.
    """
    body = Body(paged=document.paged, wraps=document.wraps, pages=document.page_count)
    parts: list[str] = []
    at = 0
    for page in range(1, document.page_count + 1):
        reason = document.unread(page)
        if reason is not None:
            body.reasons.append(reason)
            continue
        if document.recognised(page):
            if wanted and not document.may_recognise():
                body.reasons.append(Reason("too-many-pages"))
                continue
            body.recognised.add(page)
            if fault := document.layer_fault(page):
                body.faults.append(fault)
            if not wanted:
                continue
        text = document.text(page) + "\n"
        if _RAW.search(text):
            text = normalise(text)
        body._starts.append(at)
        body._numbers.append(page)
        parts.append(text)
        at += len(text)
    body.text = "".join(parts)
    return body
