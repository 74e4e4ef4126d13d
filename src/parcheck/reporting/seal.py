# SPDX-License-Identifier: Apache-2.0
"""The digest that a JSON report bears of its own verdicts: who edits one by hand breaks it.

It covers all but `run`, so that the same input, pack and versions give the same digest. It is no signature: anybody can
compute it anew. What was changed with skill, only a signature or a new check brings to light.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

KEY: Final = "digest"
_APART: Final = ("run", "submissions", KEY)


class Seal:
    """Takes in a report piece by piece: a batch is never in memory as a whole.

    Args:
        head: the report as JSON data, with or without `run` and `submissions`, which are passed over here.
    """

    def __init__(self, head: Mapping[str, Any]) -> None:
        self._hash = hashlib.sha256(_canonical({key: head[key] for key in head if key not in _APART}))

    def add(self, submission: Any) -> None:
        """Take in one submission, as JSON data that was read from its text."""
        self._hash.update(b"\n" + _canonical(submission))

    @property
    def digest(self) -> str:
        """SHA-256, in hexadecimal, of what was taken in."""
        return self._hash.hexdigest()


def seal_of(data: Mapping[str, Any]) -> str:
    """Return the digest of a whole report, as JSON data that was read from its text."""
    seal = Seal(data)
    for submission in data["submissions"]:
        seal.add(submission)
    return seal.digest


def _canonical(data: Any) -> bytes:
    """Return JSON data in one form, whatever its layout and the order of its keys."""
    return json.dumps(data, sort_keys=True, separators=(",", ":")).encode("ascii")
