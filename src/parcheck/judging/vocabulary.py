# SPDX-License-Identifier: Apache-2.0
"""The contract of a keyword that a plugin adds to the language of the packs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from parcheck.model import Certainty, Fact, Reading, Reason

if TYPE_CHECKING:
    from parcheck.submission import UnitName, Upstream


SILENT = Reason("citation-silent")
"""Why a fact of a cited document is unknown: its citation does not state it, and nothing was seen that could speak."""


@dataclass(frozen=True, slots=True)
class Failure:
    """The value does not satisfy the keyword."""

    code: str
    args: Mapping[str, Any] = field(default_factory=dict)
    certainty: Certainty = Certainty.SURE
    fact: str | None = None
    """The fact it is about, where a keyword at document level looks at several."""


@dataclass(frozen=True, slots=True)
class Undecided:
    """Whether the value satisfies the keyword cannot be known."""

    reason: Reason
    fact: str | None = None


Result: TypeAlias = Failure | Undecided


@dataclass(frozen=True, slots=True)
class Context:
    """What a keyword may look at besides the value: the document and who handed it in."""

    reading: Reading
    year: int
    unit: tuple[UnitName, ...] = ()
    """All names of the submitting unit; empty when it is not known."""
    parent: str | None = None
    upstream: Mapping[str, Upstream] = field(default_factory=dict)
    companions: tuple[Reading, ...] = ()
    """The other documents filed under the same criterion: an appendix may be a file of its own."""

    def fact(self, name: str) -> Fact:
        """Return a fact of the document, three-valued."""
        return self.reading.fact(name)


Check: TypeAlias = Callable[[Any, Any, Context], Iterable[Result]]
"""(value, parameter, context) → what is wrong or undecided; nothing when it holds."""


Clash: TypeAlias = Callable[[Mapping[str, Sequence[Any]]], tuple[Any, Any] | None]
"""(keyword → all its parameters that one value must satisfy) → two that no value can satisfy both, or None."""


@dataclass(frozen=True, slots=True)
class Keyword:
    """A JSON Schema keyword of the packs' language.

    The check is only called with values it `applies_to`; it never sees an unknown or absent fact, unless it stands at
    document level (`applies_to` "document"): then `value` is the mapping of known facts.
    """

    name: str
    parameter: Mapping[str, Any]
    """JSON Schema of what may stand behind the keyword in a pack."""
    codes: tuple[str, ...]
    """Finding codes it can raise."""
    check: Check
    applies_to: str = "string"
    """"string", "number", "object", "array" or "document"."""
    needs: frozenset[str] = frozenset()
    """Facts it looks at through the context."""
    clash: Clash | None = None
    """Tells `rules lint` which parameters exclude each other ("not before" a day behind "not after"); None: none do."""
    doc: str = ""
    """One sentence for the generated reference."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All keywords in use, and the facts that rules may name."""

    keywords: Mapping[str, Keyword] = field(default_factory=dict)
    facts: frozenset[str] = frozenset()
