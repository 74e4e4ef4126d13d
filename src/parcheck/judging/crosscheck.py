# SPDX-License-Identifier: Apache-2.0
"""The contract of a check that holds documents of one submission against each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from parcheck.model import Evidence, Finding


@runtime_checkable
class CrossCheck(Protocol):
    """Looks at all documents of a submission at once. Stateless; runs in the caller's process."""

    name: str
    """Unique, for messages."""
    codes: tuple[str, ...]
    """Finding codes it can raise."""
    needs: frozenset[str]
    """Facts it looks at; they are read even when no rule names them."""

    def check(self, documents: Sequence[Evidence]) -> Iterable[Finding]:
        """Yield what the documents, taken together, show. `Finding.document` names the one it is about."""
        ...
