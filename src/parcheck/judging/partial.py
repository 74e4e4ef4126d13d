# SPDX-License-Identifier: Apache-2.0
"""Which share that a self-assessment states belongs to which part of a row that is scored part by part.

A share belongs to a part when what it counts is what that part is about, and nothing around it speaks for another part.
Whatever is in doubt stays open.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from parcheck.submission.comparing import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from parcheck.submission import Claim
    from parcheck.submission.sheet import Share

_SENTENCE = re.compile(r"[.;]\s+|\n")
_OF_IT = re.compile(r"trong đó|riêng(?!\w)|(?<!\w)gồm(?!\w)", re.IGNORECASE)
"""Words behind which only a part of what was counted before is counted."""
_EMPTY = frozenset(
    folded("tổng số tỷ lệ đã được theo của có và các trong là trên cho đến từ tại về với năm việc thuộc khi").split()
)
"""Words, folded, that tell no part from another."""


def parts_said(parts: Sequence[Mapping[str, Any]], claim: Claim) -> dict[str, float]:
    """Return the figures of the parts that a claim's words state beyond doubt: "2.a", "2.b" for the second part."""
    words = [_words(part) for part in parts]
    shares: dict[int, set[tuple[float, float]]] = {}
    for share, around in _with_sentences(claim):
        if (index := _part_of(share, around, parts, words)) is not None:
            shares.setdefault(index, set()).add((share.part, share.whole))
    figures: dict[str, float] = {}
    for index, stated in shares.items():
        letters = _letters(parts[index])
        if letters is None or len(stated) != 1:
            continue
        done, total = stated.pop()
        figures |= {f"{index + 1}.{letters[0]}": total, f"{index + 1}.{letters[1]}": done}
    return figures


def _with_sentences(claim: Claim) -> Iterator[tuple[Share, str]]:
    """Yield each share that may count something whole, with the sentence in which it stands."""
    sentences = [" ".join(sentence.split()) for sentence in _SENTENCE.split(claim.said)]
    for share in claim.shares:
        around = next((sentence for sentence in sentences if share.words in sentence), None)
        if around is None or share.part > share.whole or not share.unit:
            continue
        if not _OF_IT.search(around[: around.index(share.words)]):
            yield share, around


def _part_of(
    share: Share, around: str, parts: Sequence[Mapping[str, Any]], words: Sequence[frozenset[str]]
) -> int | None:
    """Return the index of the one part that a share can belong to, None where it is in doubt."""
    counted = " ".join(folded(share.unit).split()[:2])
    texts = [f"{folded(str(part['text']))} " for part in parts]
    fitting = [index for index, text in enumerate(texts) if text.startswith(f"{counted} ")]
    fitting = fitting or [index for index, text in enumerate(texts) if f" {counted} " in text]
    if len(fitting) == 1:
        return fitting[0]
    said = set(folded(around).split())
    own = {index: words[index].difference(*(words[other] for other in fitting if other != index)) for index in fitting}
    spoken = [index for index in fitting if own[index] & said]
    return spoken[0] if len(spoken) == 1 and 2 * len(own[spoken[0]] & said) >= len(own[spoken[0]]) else None


def _words(part: Mapping[str, Any]) -> frozenset[str]:
    named = (part.get("figures") or (part.get("scoring") or {}).get("figures") or {}).values()
    return frozenset(folded(" ".join([str(part["text"]), *map(str, named)])).split()) - _EMPTY


def _letters(part: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return (whole, part) of a part that is scored by one part of one whole and has figures of its own."""
    scoring = part.get("scoring") or {}
    figures = part.get("figures") or scoring.get("figures") or {}
    measure = re.fullmatch(r"\s*(\w+)\s*/\s*(\w+)\s*", str(scoring.get("measure", "")))
    letters: tuple[str, str] | None = None
    if scoring.get("kind") == "ratio" and isinstance(scoring.get("of"), str) and len(scoring["sum_points"]) == 1:
        letters = (scoring["of"], next(iter(scoring["sum_points"])))
    elif scoring.get("kind") == "tiers" and measure:
        letters = (measure[2], measure[1])
    return letters if letters and set(letters) == set(figures) else None
