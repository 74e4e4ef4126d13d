# SPDX-License-Identifier: Apache-2.0
"""What the facts of the contract look like, so that a reader's slip never reaches a rule."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

TEXTS = "type symbol number sign place issuer parent subject copy urgency secrecy"
LISTS = "recipients legal_bases references signatures links figures sheets"
OBJECTS = "signer marks scan text appendices file"


def _date(value: Any) -> bool:
    try:
        return isinstance(value, str) and len(value) == 10 and bool(dt.date.fromisoformat(value))
    except ValueError:
        return False


_SHAPES: Mapping[str, Callable[[Any], bool]] = {
    **dict.fromkeys(TEXTS.split(), lambda value: isinstance(value, str)),
    **dict.fromkeys(LISTS.split(), lambda value: isinstance(value, list)),
    **dict.fromkeys(OBJECTS.split(), lambda value: isinstance(value, dict)),
    "draft": lambda value: isinstance(value, bool),
    "issued_on": _date,
}


def fits(name: str, value: Any) -> bool:
    """Return whether a value may stand for a fact: of the contract's shape, and plain JSON without NaN."""
    if value is None:
        return True
    shape = _SHAPES.get(name)
    if shape is not None and not shape(value):
        return False
    try:
        json.dumps(value, allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        return False
    return True


CONTRACT = frozenset(
    [
        "type",
        "symbol",
        "number",
        "sign",
        "issued_on",
        "place",
        "issuer",
        "parent",
        "subject",
        "signer",
        "recipients",
        "legal_bases",
        "references",
        "draft",
        "copy",
        "urgency",
        "secrecy",
        "signatures",
        "marks",
        "scan",
        "text",
        "appendices",
        "links",
        "figures",
        "file",
    ]
)
"""Facts that a pack may name whether or not a plugin that reads them is installed (then they are unknown)."""
