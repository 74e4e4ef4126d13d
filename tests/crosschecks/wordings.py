# SPDX-License-Identifier: Apache-2.0
"""Texts as generated submissions have them, without the files: for measuring how alike they look."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from samples.make.spec import Grid, Spec, Text

if TYPE_CHECKING:
    from collections.abc import Iterator


def lines(spec: Spec) -> Iterator[str]:
    """Yield the lines of a document as they are printed."""
    yield from spec.unit.parent
    yield from spec.unit.name
    yield "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    yield "Độc lập - Tự do - Hạnh phúc"
    yield f"Số: {spec.number}/{spec.sign}"
    if spec.issued_on:
        day = spec.issued_on
        yield f"{spec.unit.place}, ngày {day.day:02d} tháng {day.month} năm {day.year}"
    yield spec.type
    yield from textwrap.wrap(spec.subject, 90)
    for block in spec.body:
        if isinstance(block, Text):
            yield from textwrap.wrap(block.words.replace("*", ""), 90)
        elif isinstance(block, Grid):
            yield from (" ".join(row).replace("*", "") for row in block.rows)
        else:
            yield from (block.title, block.subject, block.note)
    yield "Nơi nhận:"
    yield from (f"- {recipient}" for recipient in spec.recipients)
    for signer in spec.signers:
        yield from (*signer.authority, signer.name)


def text(spec: Spec) -> str:
    """Return a document's text."""
    return "\n".join(lines(spec))


def renamed(words: str, names: dict[str, str]) -> str:
    """Return a text in which one unit's names stand for another's, in small letters and capitals."""
    for old, new in names.items():
        words = words.replace(old, new).replace(old.upper(), new.upper())
    return words
