# SPDX-License-Identifier: Apache-2.0
"""Comparing what people typed twice: names of criteria, bodies and titles, numbers of documents."""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType

_SHORT = {
    "ubnd": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan",
    "tp": "thanh pho",
    "cchc": "cai cach hanh chinh",
    "tthc": "thu tuc hanh chinh",
    "vbqppl": "van ban quy pham phap luat",
    "qppl": "quy pham phap luat",
    "cntt": "cong nghe thong tin",
    "dvc": "dich vu cong",
    "cqcm": "co quan chuyen mon",
    "dvhc": "don vi hanh chinh",
    "cbccvc": "can bo cong chuc vien chuc",
    "csdl": "co so du lieu",
}
"""Abbreviations of official writing, folded, with what they stand for."""
_HEAD = "chu tich "


@functools.lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Return the words of a text without marks and punctuation, small, abbreviations written out."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c)).replace(
        "đ", "d"
    )
    words = re.findall(r"[a-z0-9]+", plain)
    return " ".join(_SHORT.get(word, word) for word in words)


def symbol_key(symbol: str) -> str:
    """Return a number and sign for comparing: no blanks, dots, marks or leading zeros ("05/BC-UBND" is "5/…")."""
    plain = unicodedata.normalize("NFKD", symbol.casefold()).replace("đ", "d")
    return re.sub(r"[^a-z0-9/]", "", plain).lstrip("0")


@functools.cache
def _fuzz() -> ModuleType:
    # Forty modules, which most checks of what was read before do not need.
    from rapidfuzz import fuzz

    return fuzz


def similarity(one: str, other: str) -> float:
    """Return how alike two texts are letter by letter, 0..100."""
    return float(_fuzz().ratio(one, other))


def likeness(one: str, other: str) -> float:
    """Return how alike two titles are, 0..100, whatever their order and what one of them adds."""
    return float(_fuzz().token_set_ratio(folded(one), folded(other)))


def closeness(one: str, other: str) -> float:
    """Return how alike two titles are, 0..100, all words of both counting."""
    return float(_fuzz().token_sort_ratio(folded(one), folded(other)))


def body_key(name: str) -> str:
    """Return the name of a body for comparing; its chairman counts as the body."""
    return folded(name).removeprefix("pho ").removeprefix(_HEAD)


def same_body(one: str, other: str) -> bool | None:
    """Return whether two names mean one body; None when one says less than the other and it may be either."""
    first, second = body_key(one), body_key(other)
    if first == second:
        return True
    if first.startswith(second) or second.startswith(first):
        return None
    return False if similarity(first, second) < 85 else None
