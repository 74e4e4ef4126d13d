# SPDX-License-Identifier: Apache-2.0
"""Seals, ink and stamps on PDF pages and pictures (NĐ 30/2020/NĐ-CP, Phụ lục I.II.7 and 8; domain rule F5).

Seals and ink are known by their colour, so a scan in black and white says nothing of them. On a page of print only
its pictures and signature widgets are looked at: a page without any costs nothing.
"""

from __future__ import annotations

import importlib.util
import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from parcheck.model import Fact, Place, Reason, Source
from parcheck.reading.recognition import COARSE, RECOGNISABLE, Part

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from parcheck.model import Box
    from parcheck.reading.document import Document

_SIGNED_BY: Final = re.compile(
    r"(?:Ký bởi|Người ký|Được ký bởi|Ký số bởi|Digitally signed by|Signature Not Verified|Signature valid)"
    r"|(?:Thời gian ký|Ngày ký|Ký ngày)\s*:?\s*\d|Cơ quan phát hành\s*:"
    r"|\d{2}[./-]\d{2}[./-]\d{4}\s+\d{2}:\d{2}:\d{2}\s*\+0?7",
    re.IGNORECASE,
)
_RECEIVED: Final = re.compile(r"^\W*(?:C[ÔO]NG VĂN|CV|VĂN BẢN)?\s*Đ[ẾỀÉÈEÊ]N\b(?!\s+NĂM|\s+NGÀY\s+\d)")
_NOTED: Final = re.compile(r"Gi[ờơòo]|Ng[àa]y|S[ốôo]\s*:|Chuy[ểê]n|CV", re.IGNORECASE)
_TOP: Final = 0.18
"""Part of the first page over the letterhead, where signing programs put logos and emblems."""
_LOOKED_AT: Final = 6
"""Pages rendered at most, in search of marks."""
_PAGES: Final = 60
"""Pages of print looked through for pictures."""
UNSEEN: Final = Reason("marks-unread")


@dataclass(slots=True)
class _Found:
    seal: Place | None = None
    ink: Place | None = None
    received: Place | None = None
    stamped: Place | None = None
    looked: bool = True
    """False when pixels had to be looked at and could not."""
    colourless: bool = False
    """Whether the pages that were looked at are scans without colour."""
    pages: list[int] = field(default_factory=list)
    """Pages with something on them that may be a seal or a signature."""


class Marks:
    """Reads `marks` {seal, ink, received, digital_stamp} and `scan` {pages, dpi, colour}.

    In `marks` true is seen, false looked for and not seen, null not to be told: ink may be black, and a scan without
    colour shows neither seal nor ink for certain.
    """

    name = "marks"
    version = "1"
    provides = frozenset({"marks", "scan"})
    needs: frozenset[str] = frozenset()

    def read(self, document: Document, asked: AbstractSet[str], known: Mapping[str, Fact]) -> Mapping[str, Fact]:  # noqa: ARG002
        """Return the asked facts of a document whose pages can be rendered; nothing of others."""
        if not hasattr(document, "scan_quality"):
            return {}
        scanned = [page for page in range(1, document.page_count + 1) if _is_scan(document, page)]
        facts: dict[str, Fact] = {}
        if "scan" in asked:
            facts["scan"] = _scan(document, scanned)
        if "marks" in asked:
            facts["marks"] = _marks(document, scanned)
        return facts


def _is_scan(document: Document, page: int) -> bool:
    fault = document.layer_fault(page)
    return fault is not None and fault.code in RECOGNISABLE


def _scan(document: Any, scanned: list[int]) -> Fact:
    """Describe the scan by its coarsest page: that is what a rule on quality asks for."""
    qualities = [(*document.scan_quality(page), page) for page in scanned[:_PAGES]]
    measured = [(dpi, colour, page) for dpi, colour, page in qualities if dpi]
    if not scanned:
        return Fact()
    if not measured:
        return Fact(unknown=UNSEEN)
    dpi, _, page = min(measured)
    channels = any(colour for _, colour, _ in measured)
    colour: bool | None = False
    if channels:
        # Pages without a seal may hold nothing but black: the last one is more likely to show colour.
        looks = [_seen(document, page) for page in dict.fromkeys((measured[0][2], measured[-1][2]))]
        colour = None if None in looks else any(seen.coloured for seen in looks)
    value = {"pages": len(scanned), "dpi": round(dpi), "colour": colour}
    return Fact(value, Place(page=page, source=Source.FILE))


def _marks(document: Any, scanned: list[int]) -> Fact:
    found = _Found()
    _stamps(document, found, scanned)
    _pixels(document, found, scanned)
    seen = (found.seal, found.ink, found.stamped, found.received)
    if not any(seen[:3]) and (found.colourless or not found.looked):
        return Fact(unknown=UNSEEN)
    unsure = found.colourless or not found.looked
    value = {
        "seal": True if found.seal else None if unsure else False,
        # Many sign in black, which no colour tells from print.
        "ink": True if found.ink else None if unsure or found.pages else False,
        "received": True if found.received else None if scanned else False,
        "digital_stamp": bool(found.stamped),
    }
    return Fact(value, next((place for place in seen if place), None))


def _stamps(document: Any, found: _Found, scanned: list[int]) -> None:
    """Look for what signing programs and registries print."""
    ends = sorted({1, document.page_count})
    signed = bool(getattr(document, "signature_count", 0))
    for page in sorted({*ends, *range(1, min(document.page_count, _PAGES) + 1)} if signed else ends):
        for stamp in document.stamps(page) if hasattr(document, "stamps") else ():
            if found.stamped is None and _SIGNED_BY.search(stamp.words):
                found.stamped = Place(page, stamp.box, stamp.words or None, Source.STAMP)
    for page in ends:
        if page in scanned and not (document.recognised(page) and page == 1):
            continue
        for line in document.lines_in(page, Part.HEAD):
            place = Place(page, line.box, line.text, line.source, line.confidence)
            if found.stamped is None and _SIGNED_BY.search(line.text):
                found.stamped = place
            if found.received is None and page == 1 and _is_received(line.text):
                found.received = place


def _is_received(text: str) -> bool:
    """Tell the stamp of the receiving office: "ĐẾN" in capitals, alone or with its blanks for number, hour, day."""
    match = _RECEIVED.match(text)
    if not match:
        return False
    rest = text[match.end() :].strip(" .:|_-")
    return len(rest) < 3 or bool(_NOTED.search(rest)) or any(c.isdigit() for c in rest)


def _pixels(document: Any, found: _Found, scanned: list[int]) -> None:
    """Look for seal and ink where they stand: on the page of the signature, or in pictures on a page of print."""
    pages: list[tuple[int, list[Box] | None]] = []
    if 1 in scanned:
        likely = (
            list(islice(document.endings(1), _LOOKED_AT - 1)) if document.recognised(1) else [document.page_count, 1]
        )
        pages = [(page, None) for page in dict.fromkeys((*likely, document.page_count)) if page in scanned]
    elif hasattr(document, "pictures"):
        for page in range(1, min(document.page_count, _PAGES) + 1):
            if page in scanned:
                continue
            boxes = [*document.pictures(page), *(s.box for s in document.stamps(page))]
            if boxes:
                pages.append((page, boxes))
        pages = pages[-_LOOKED_AT:]
    found.pages = [page for page, _ in pages]
    colourless = []
    for page, only in pages[:_LOOKED_AT]:
        seen = _seen(document, page, only)
        if seen is None:
            found.looked = False
            return
        colourless.append(not seen.coloured)
        if seen.seal and found.seal is None:
            found.seal = Place(page, seen.seal, source=Source.OCR)
        if seen.ink and found.ink is None:
            found.ink = Place(page, seen.ink, source=Source.OCR)
        if found.seal and found.ink:
            break
    found.colourless = bool(scanned) and bool(colourless) and all(colourless)


def _seen(document: Any, page: int, only: list[Box] | None = None) -> Any:
    """Return what the pixels of a page show; None without numpy, or when the page cannot be rendered."""
    if importlib.util.find_spec("numpy") is None:
        return None
    from parcheck_plugins.marks import pixels

    image = document.image(page, COARSE)
    if image is None:
        return None
    skip = [s.box for s in document.stamps(page) if s.words] if hasattr(document, "stamps") else []
    if page == 1 and only is None:
        skip.append((0.0, 0.0, image.width * 72 / image.dpi, _TOP * image.height * 72 / image.dpi))
    return pixels.look(image, skip, only)
