# SPDX-License-Identifier: Apache-2.0
"""The signatures of a PDF, verified with pyHanko: each against its own bytes, then what was added after it."""

from __future__ import annotations

import contextlib
import logging
import time
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from pyhanko.pdf_utils import generic
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, DiffResult, ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from parcheck_plugins.signatures import cms, ranges
from parcheck_plugins.signatures.bounded import BoundedReader, OutOfTime, countable
from parcheck_plugins.signatures.entry import Entry, entry, pdf_date

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

SECONDS: Final = 8.0
"""For one file. What is not known by then stays unknown."""
MAX_SIGNATURES: Final = 100
TIMESTAMP_FILTER: Final = "ETSI.RFC3161"
"""A document time stamp is nobody's signature: it gives no entry, but counts as covering what stands before it."""
_CHANGES: Final = {
    ModificationLevel.NONE: "nothing",
    ModificationLevel.LTA_UPDATES: "lta",
    ModificationLevel.FORM_FILLING: "form",
    ModificationLevel.ANNOTATIONS: "annotations",
    ModificationLevel.OTHER: "other",
}
_LOGGERS: Final = ("pyhanko", "pyhanko_certvalidator")


@dataclass(slots=True)
class _Seen:
    """A signature on its way to an entry."""

    numbers: tuple[int, ...]
    covered: ranges.Covered
    entry: Entry
    embedded: EmbeddedPdfSignature | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """What another reader of the file says of a signature; used where pyHanko cannot read the file."""

    numbers: tuple[int, ...]
    sub_filter: str | None
    claimed_at: str | None


def verify(data: bytes, listed: Sequence[Listed]) -> list[Entry]:
    """Return an entry for each signature, in order of signing.

    Args:
        data: the file.
        listed: signatures that another reader of the file found.
    """
    deadline = time.monotonic() + SECONDS
    with _quiet():
        start = ranges.origin(data, [item.numbers for item in listed])
        view = data[start:] if start else data
        seen = list(_read(view, deadline))
        known = {item.numbers for item in seen}
        seen += [_unread(view, item) for item in listed if item.numbers not in known]
        seen.sort(key=lambda item: item.covered.end)
        for item in seen:
            _check(view, item, deadline)
        _look_behind(view, seen, deadline)
    for item in seen:
        # Junk before the file is as little covered as junk behind it.
        item.entry["covers_file"] = item.covered.whole and not start
    return [item.entry for item in seen if item.entry["sub_filter"] != TIMESTAMP_FILTER]


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep pyHanko's warnings, which are about files and not about parcheck, off the user's screen."""
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def _read(view: bytes, deadline: float) -> Iterator[_Seen]:
    """Yield the signatures that pyHanko finds in the form."""
    if not countable(view):
        return
    try:
        reader = BoundedReader(BytesIO(view), deadline)
        if reader.encrypted:
            reader.decrypt(b"")
        fields = enumerate_sig_fields(reader, filled_status=True)
        for _ in range(MAX_SIGNATURES):
            name, _, field = next(fields)
            with contextlib.suppress(Exception):
                yield _embedded(view, reader, field, name)
    except StopIteration:
        return
    except Exception:  # noqa: BLE001 - a file that pyHanko cannot read still has what PDFium listed
        return


def _embedded(view: bytes, reader: BoundedReader, field: Any, name: str) -> _Seen:
    value = field.get_object()["/V"]
    numbers = tuple(int(number) for number in value["/ByteRange"])
    covered = ranges.measure(view, numbers)
    claim = pdf_date(_text(value, "/M"))
    found = entry("pdf", sub_filter=(_text(value, "/SubFilter") or "").lstrip("/") or None)
    _claim(found, claim)
    try:
        embedded = EmbeddedPdfSignature(reader, field, name)
    except OutOfTime:
        raise
    except Exception:  # noqa: BLE001 - a CMS that cannot be parsed: the field is there all the same
        return _Seen(numbers, covered, found)
    return _Seen(numbers, covered, found, embedded)


def _text(value: Any, key: str) -> str | None:
    item = value.get(key)
    return str(item) if isinstance(item, str | generic.TextStringObject) else None


def _unread(view: bytes, item: Listed) -> _Seen:
    found = entry("pdf", sub_filter=item.sub_filter)
    found["signed_at"], found["signed_at_source"] = item.claimed_at, "claimed" if item.claimed_at else None
    return _Seen(item.numbers, ranges.measure(view, item.numbers), found)


def _claim(found: Entry, claim: dt.datetime | None) -> None:
    if claim is not None:
        found["signed_at"], found["signed_at_source"] = claim.isoformat(), "claimed"


def _check(view: bytes, item: _Seen, deadline: float) -> None:
    """Fill in what the signature itself tells."""
    content = item.embedded.pkcs7_content if item.embedded is not None else item.covered.hole
    found = item.entry
    if content is not None and time.monotonic() < deadline:
        claim = pdf_date(_text(item.embedded.sig_object, "/M")) if item.embedded is not None else None
        found.update(cms.describe(content, claim))
        if item.numbers and len(item.numbers) % 2 == 0 and min(item.numbers) >= 0:
            found.update(cms.verify(content, ranges.bytes_of(view, item.numbers), claim))
    if found["intact"] is False or (found["intact"] is None and item.covered.hole is None):
        found["broken"] = ranges.broken(item.covered, content)


def _look_behind(view: bytes, seen: Sequence[_Seen], deadline: float) -> None:
    """Fill in what was added to the file after each signature, and whether a later one covers it."""
    sound = [item.covered.end for item in seen if item.entry["intact"] and item.entry["valid"]]
    reach = max(sound, default=0)
    for item in seen:
        found = item.entry
        if found["intact"] is None or found["broken"] in ("rewritten", "cut"):
            continue
        found["changed_after"] = _changes(item, deadline)
        if not item.covered.whole:
            found["later_signed"] = item.covered.end < reach and not ranges.revised(view, reach)


def _changes(item: _Seen, deadline: float) -> str | None:
    if item.embedded is None or time.monotonic() > deadline:
        return None
    try:
        item.embedded.compute_integrity_info(skip_diff=True)  # type: ignore[no-untyped-call]
        result = item.embedded.evaluate_modifications(DEFAULT_DIFF_POLICY)
    except Exception:  # noqa: BLE001 - time is up, or a structure that cannot be compared: not known
        return None
    return _CHANGES[result.modification_level] if isinstance(result, DiffResult) else "other"
