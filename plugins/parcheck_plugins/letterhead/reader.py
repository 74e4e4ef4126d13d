# SPDX-License-Identifier: Apache-2.0
"""The fact reader "letterhead": what a document says of itself at its head and its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from parcheck.model import Fact
    from parcheck.reading.document import Document

HEAD: Final = frozenset(
    {
        "type",
        "symbol",
        "number",
        "sign",
        "issued_on",
        "place",
        "issuer",
        "parent",
        "subject",
        "urgency",
        "secrecy",
    }
)
END: Final = frozenset({"signer", "recipients"})


class Letterhead:
    """Reads head and end of a Vietnamese administrative document (NĐ 30/2020/NĐ-CP; party and older forms too)."""

    name = "letterhead"
    version = "4"
    provides = HEAD | END | {"draft", "copy"}
    needs: frozenset[str] = frozenset()

    def read(self, document: Document, asked: AbstractSet[str], known: Mapping[str, Fact]) -> Mapping[str, Fact]:  # noqa: ARG002
        """Return the asked facts; see `FactReader`."""
        wanted = self.provides & asked
        if not wanted:
            return {}
        # Where the cache has all readings, what reads is never imported.
        from parcheck_plugins.letterhead.reading import read

        return read(document, wanted)
