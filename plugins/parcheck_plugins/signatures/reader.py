# SPDX-License-Identifier: Apache-2.0
"""The reader of the fact `signatures`."""

from __future__ import annotations

import importlib.metadata
import importlib.util
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from parcheck.model import Fact, Place, Source
from parcheck_plugins.signatures import ranges, trust
from parcheck_plugins.signatures.entry import Entry, entry

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path
    from typing import Any

    from parcheck.reading.document import Document

FACT: Final = "signatures"
PDF: Final = "application/pdf"
_OFFICE: Final = ("application/vnd.openxmlformats-officedocument.", "application/vnd.ms-")
_REVISION: Final = "1"


@lru_cache(maxsize=1)
def _verifier() -> str:
    """Return pyHanko's version, "" when it is not installed."""
    if importlib.util.find_spec("pyhanko") is None:
        return ""
    try:
        return importlib.metadata.version("pyhanko")
    except importlib.metadata.PackageNotFoundError:
        return "?"


class SignatureReader:
    """Lists the digital signatures of PDF and Office files, and verifies them as far as the installation allows."""

    name = "signatures"
    provides = frozenset({FACT})
    needs: frozenset[str] = frozenset()

    def __init__(self) -> None:
        # Facts rest on the verifier and on the trust roots as well: with others they are read anew.
        self.version = "+".join((_REVISION, _verifier(), trust.fingerprint()))

    def read(self, document: Document, asked: AbstractSet[str], known: Mapping[str, Fact]) -> Mapping[str, Fact]:  # noqa: ARG002
        """Return the fact for PDF and Office files: a list, empty when the file has no signature."""
        if FACT not in asked:
            return {}
        path: Path | None = getattr(document, "path", None)
        if document.media_type == PDF:
            entries = _pdf(document, path)
        elif document.media_type.startswith(_OFFICE):
            entries = _office(document, path)
        else:
            entries = None
        if entries is None:
            return {}
        signers = ", ".join(dict.fromkeys(e["signer"] for e in entries if e["signer"]))
        return {FACT: Fact(entries, Place(words=signers or None, source=Source.SIGNATURE))}


def _pdf(document: Any, path: Path | None) -> list[Entry] | None:
    list_signatures = getattr(document, "signatures", None)
    listed: Sequence[Any] = list_signatures() if callable(list_signatures) else ()
    if path is None:
        return [_basic(item) for item in listed] if callable(list_signatures) else None
    data = path.read_bytes()
    if not listed and b"/ByteRange" not in data:
        return []
    if not _verifier():
        start = ranges.origin(data, [item.byte_range for item in listed])
        return [_basic(item, data[start:] if start else data, start) for item in listed if _is_signature(item)]
    from parcheck_plugins.signatures import pdf

    return pdf.verify(data, [pdf.Listed(i.byte_range, i.sub_filter, i.claimed_at) for i in listed])


def _is_signature(item: Any) -> bool:
    return bool(item.sub_filter != "ETSI.RFC3161")


def _basic(item: Any, data: bytes | None = None, start: int = 0) -> Entry:
    """Return what is known of a PDF signature that nothing here can verify."""
    found = entry("pdf", sub_filter=item.sub_filter, signed_at=item.claimed_at)
    found["signed_at_source"] = "claimed" if item.claimed_at else None
    if data is not None:
        covered = ranges.measure(data, item.byte_range)
        found["covers_file"] = covered.whole and not start
        if covered.hole is None:
            found["broken"] = "rewritten"
    return found


def _office(document: Any, path: Path | None) -> list[Entry] | None:
    if getattr(document, "has_signature_part", None) is False:
        return []
    if path is None:
        return None
    from parcheck_plugins.signatures import ooxml

    return ooxml.verify(path)
