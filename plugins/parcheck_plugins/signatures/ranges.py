# SPDX-License-Identifier: Apache-2.0
"""What a signature's `/ByteRange` says about the bytes of the file, without reading the PDF's structure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEX: Final = re.compile(rb"\s*<([0-9A-Fa-f\s]*)>\s*")
_REVISION: Final = re.compile(rb"startxref|\d\s+obj\b")
_SEQUENCE: Final = b"\x30"


@dataclass(frozen=True, slots=True)
class Covered:
    """A `/ByteRange` held against the file that it stands in.

    Positions are counted from where the file's own counting begins: junk that a mail gateway or portal put before
    `%PDF` after signing is left out.
    """

    usual: bool
    """Two ranges, the first from the start of the file."""
    within: bool
    """No range ends behind the end of the file."""
    hole: bytes | None
    """The DER between the two ranges, padding included; None when something else stands there."""
    end: int
    """Where the last range ends."""
    size: int
    """Length of the file, junk before it left out."""

    @property
    def whole(self) -> bool:
        """Whether everything but the signature itself is covered."""
        return self.usual and self.within and self.hole is not None and self.end == self.size


def measure(data: bytes, numbers: Sequence[int]) -> Covered:
    """Hold a `/ByteRange` against the file's bytes (from `%PDF` on, see `origin`)."""
    values = [int(number) for number in numbers]
    size = len(data)
    if len(values) < 2 or len(values) % 2 or min(values) < 0:
        return Covered(False, False, None, 0, size)
    end = values[-2] + values[-1]
    within = all(start + length <= size for start, length in zip(values[::2], values[1::2], strict=True))
    usual = len(values) == 4 and values[0] == 0 and values[1] <= values[2]
    hole = None
    if usual and values[2] <= size:
        match = _HEX.fullmatch(data, values[1], values[2])
        if match:
            digits = b"".join(match[1].split())
            content = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
            hole = content if content[:1] == _SEQUENCE else None
    return Covered(usual, within, hole, end, size)


def bytes_of(data: bytes, numbers: Sequence[int]) -> bytes:
    """Return the bytes that a `/ByteRange` names."""
    values = [int(number) for number in numbers]
    return b"".join(data[start : start + length] for start, length in zip(values[::2], values[1::2], strict=True))


def origin(data: bytes, ranges: Sequence[Sequence[int]]) -> int:
    """Return where the signatures' counting begins: 0, or at `%PDF` when junk came before it after signing."""
    junk = data.find(b"%PDF-", 0, 65536)
    if junk <= 0 or any(measure(data, numbers).hole for numbers in ranges):
        return 0
    shifted = data[junk:]
    return junk if any(measure(shifted, numbers).hole for numbers in ranges) else 0


def same(hole: bytes, content: bytes) -> bool:
    """Return whether the bytes in the hole are the signature itself; padding does not count."""
    return hole.rstrip(b"\x00") == content.rstrip(b"\x00")


def broken(covered: Covered, content: bytes | None) -> str:
    """Say what kind of break makes a digest differ.

    A program that saves a PDF anew moves everything, the signature too, and does not know that `/ByteRange` must
    follow: what it names is then no longer the signature. Receiving offices do so when they stamp "ĐẾN". Who changes
    bytes in place leaves the structure as it was.

    Returns:
        "rewritten": the range no longer points at its own signature. "cut": it does, but the file ends before the
        range does. "bytes": it does, all bytes are there, and some are not those that were signed.
    """
    if covered.hole is None or (content is not None and not same(covered.hole, content)):
        return "rewritten"
    return "bytes" if covered.within else "cut"


def revised(data: bytes, end: int) -> bool:
    """Return whether more than junk stands behind a position: objects, or another end of file."""
    return _REVISION.search(data, end) is not None
