# SPDX-License-Identifier: Apache-2.0
"""Web addresses in a document's text, put together again where a line's end cut them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parcheck_plugins.body.pages import Body

_CHARS: Final = r"[A-Za-z0-9\-._~:/?#@!$&'*+,;=%]"
_ADDRESS: Final = re.compile(
    rf"(?:https?://|(?<![\w@.-])www\.){_CHARS}+"
    rf"|(?<![\w@./-])(?:[a-z0-9-]+\.){{1,5}}(?:gov|edu|org|com|net|info)\.vn\b(?:[/?]{_CHARS}*)?",
    re.IGNORECASE,
)
_WRAP: Final = re.compile(rf"[ \t]*\n[ \t]*({_CHARS}+)")
_OPEN_END: Final = "/-_=?&%#~"
"""An address that a line's end leaves at one of these goes on."""
_LOOKS_LIKE_REST: Final = re.compile(
    r"[\w.~-]*[/?=&%][^\s]*|[\w-]+(?:-[\w-]+){2,}(?:[./].*)?|[\w-]+\.(?:html?|aspx?|jsp|php|pdf|docx?|xlsx?|vn)\b.*",
    re.ASCII,
)
_TRAILING: Final = ".,;:!'*)"
_MAX_JOINS: Final = 4


def find_links(body: Body, targets: Iterable[str]) -> list[tuple[str, int]]:
    """Return the web addresses of a text and the `targets` of its hyperlinks, each once, with positions.

    A target that the text does not show has position -1.
    """
    text = body.text
    found: dict[str, tuple[str, int]] = {}
    if "://" in text or "www." in text or ".vn" in text:
        for match in _ADDRESS.finditer(text):
            address = _whole(text, match).rstrip(_TRAILING)
            found.setdefault(_same(address), (address, match.start()))
    for target in targets:
        if target.casefold().startswith(("http://", "https://")):
            found.setdefault(_same(target), (target, -1))
    return list(found.values())


def _whole(text: str, match: re.Match[str]) -> str:
    address, end = match[0], match.end()
    for _ in range(_MAX_JOINS):
        wrap = _WRAP.match(text, end)
        if wrap is None or address[-1] in ".,;:" or _is_word_after(text, wrap):
            break
        rest = wrap[1]
        if address[-1] not in _OPEN_END and not _LOOKS_LIKE_REST.fullmatch(rest):
            break
        if rest.casefold().startswith(("http:", "https:", "www.", "-")):
            break
        address += rest
        end = wrap.end()
    return address


def _is_word_after(text: str, wrap: re.Match[str]) -> bool:
    """Tell whether the next line begins with a word that no address can hold: a marked letter follows."""
    return wrap.end() < len(text) and text[wrap.end()].isalpha()


def _same(address: str) -> str:
    return re.sub(r"^https?://(?:www\.)?|^www\.", "", address.casefold()).rstrip("/")
