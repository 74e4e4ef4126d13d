# SPDX-License-Identifier: Apache-2.0
"""The contract of a fact reader: which facts it provides, which it needs, and how it reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from parcheck.model import Fact
    from parcheck.reading.document import Document


@runtime_checkable
class FactReader(Protocol):
    """Reads some facts of an opened document. Stateless; lives in the worker process.

    A reader may also have `whole: frozenset[str]`, those of its facts for which it reads every page: they are asked
    only of files that are filed where a rule names them.
    """

    name: str
    """Unique, for messages and the cache: "letterhead"."""
    version: str
    """Changes whenever the reader may give another value for the same file."""
    provides: frozenset[str]
    """Fact names it can give."""
    needs: frozenset[str]
    """Fact names it must be given first; they are read even when nobody asked for them."""

    def read(self, document: Document, asked: AbstractSet[str], known: Mapping[str, Fact]) -> Mapping[str, Fact]:
        """Return the facts among `asked` that this reader can speak of.

        A fact left out was not looked for (the reader does not apply to this format). `Fact(None)` says that it was
        looked for and is not there; `Fact(unknown=Reason(...))` that it cannot be read, and why.
        """
        ...
