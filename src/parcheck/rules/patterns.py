# SPDX-License-Identifier: Apache-2.0
"""`pattern` in packs: matched in linear time, and refused where other programs would take for ever.

A pack may come from anyone and is held against text that anyone handed in. RE2 matches in time linear in the text, so
no pattern can hang a check; what it cannot match that way (look-around, references to a group) is refused when a pack
is loaded. Editors and portals match the same patterns by backtracking, so patterns that are ambiguous without bound
are refused too: of two ways to read one text, repeated n times, backtracking tries 2^n.
"""

from __future__ import annotations

import functools
import importlib
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

MOST_POSITIONS = 150
"""A longer pattern is not searched for ambiguity; matching it stays linear."""
UNROLLED = 4
"""A repetition of at most so many is written out; of more, it counts as one without end."""
_SLOT = re.compile(r"\$\{[^}]*\}")
_PROBES = "aAzZđĐăÔ0 9_-/.,:;()\n\t"
_INSIDE = {"category_digit": r"\d", "category_space": r"\s", "category_word": r"\w"}


@functools.lru_cache(maxsize=512)
def compiled(pattern: str) -> Any:
    """Return a pattern ready to search with.

    Raises:
        ValueError: it is no regular expression, or one that cannot be matched in linear time; says what is wrong.
    """
    import re2

    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(pattern, options)
    except re2.error as error:
        said = error.args[0] if error.args else ""
        raise ValueError(said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)) from error


def without_slots(pattern: str) -> str:
    """Return a pattern with a year in place of every `${…}`."""
    return _SLOT.sub("2025", pattern)


def ambiguous(pattern: str) -> bool:
    """Return whether backtracking may take time exponential in the text: "(a+)+", "(a|a)*".

    A pattern that repeats what begins with its own mark ("(-[A-Z]+)*") is not. False also where the pattern is too long
    to tell, or no pattern at all.
    """
    parser: Any = importlib.import_module("re._parser")
    try:
        automaton = _Automaton(set(_PROBES) | set(pattern))
        automaton.build(parser.parse(pattern))
    except (_TooLong, re.error, RecursionError, OverflowError):
        return False
    return automaton.ambiguous()


class _TooLong(Exception):
    pass


@dataclass(frozen=True, slots=True)
class _Part:
    """What a piece of a pattern may begin and end with (positions, how often), and whether it may be empty."""

    first: Counter[int] = field(default_factory=Counter)
    last: Counter[int] = field(default_factory=Counter)
    empty: bool = True


class _Automaton:
    """The positions of a pattern and which may follow which (Glushkov), with how many ways there are to get there."""

    def __init__(self, alphabet: set[str]) -> None:
        self.alphabet = alphabet
        self.signs: list[frozenset[str]] = []
        self.follow: list[Counter[int]] = []
        self.ignore_case = False

    def build(self, parsed: Any) -> _Part:
        """Return the part for a parsed pattern; `signs` and `follow` hold its positions."""
        self.ignore_case = self.ignore_case or bool(parsed.state.flags & re.IGNORECASE)
        return self._sequence(parsed)

    def _sequence(self, nodes: Any) -> _Part:
        whole = _Part()
        for name, value in nodes:
            whole = self._joined(whole, self._part(str(name).lower(), value))
        return whole

    def _joined(self, one: _Part, two: _Part) -> _Part:
        self._link(one.last, two.first)
        first = one.first + two.first if one.empty else one.first
        last = one.last + two.last if two.empty else two.last
        return _Part(first, last, one.empty and two.empty)

    def _link(self, last: Counter[int], first: Counter[int]) -> None:
        for before, ways in last.items():
            for after, more in first.items():
                self.follow[before][after] += ways * more

    def _part(self, name: str, value: Any) -> _Part:
        match name:
            case "literal" | "not_literal" | "any" | "in" | "range":
                return self._position(self._fitting(name, value))
            case "branch":
                parts = [self._sequence(branch) for branch in value[1]]
                first = sum((part.first for part in parts), Counter[int]())
                last = sum((part.last for part in parts), Counter[int]())
                return _Part(first, last, any(part.empty for part in parts))
            case "subpattern":
                return self._sequence(value[-1])
            case "max_repeat" | "min_repeat" | "possessive_repeat":
                return self._repeated(*value)
        return _Part()

    def _repeated(self, least: int, most: int, nodes: Any) -> _Part:
        if most <= UNROLLED:
            whole = _Part()
            for number in range(most):
                each = self._sequence(nodes)
                whole = self._joined(whole, each if number < least else _Part(each.first, each.last, True))
            return whole
        each = self._sequence(nodes)
        self._link(each.last, each.first)
        return _Part(each.first, each.last, each.empty or least == 0)

    def _position(self, signs: frozenset[str]) -> _Part:
        if len(self.signs) >= MOST_POSITIONS:
            raise _TooLong
        self.signs.append(signs)
        self.follow.append(Counter())
        here = Counter([len(self.signs) - 1])
        return _Part(here, here, False)

    def _fitting(self, name: str, value: Any) -> frozenset[str]:
        match name:
            case "literal":
                fitting = {chr(value)}
            case "not_literal":
                fitting = self.alphabet - {chr(value)}
            case "range":
                fitting = {sign for sign in self.alphabet if value[0] <= ord(sign) <= value[1]} | {chr(value[0])}
            case "any":
                fitting = self.alphabet - {"\n"}
            case "category":
                kind = str(value).lower()
                inside = re.compile(_INSIDE.get(kind.replace("not_", ""), r"[\s\S]"))
                fitting = {sign for sign in self.alphabet if bool(inside.match(sign)) != ("_not_" in kind)}
            case _:
                inner = [(str(each).lower(), told) for each, told in value]
                parts = [self._fitting(each, told) for each, told in inner if each != "negate"]
                fitting = set().union(*parts)
                if len(parts) < len(inner):
                    fitting = self.alphabet - fitting
        if self.ignore_case:
            fitting = fitting | {sign.lower() for sign in fitting} | {sign.upper() for sign in fitting}
        return frozenset(fitting)

    def ambiguous(self) -> bool:
        """Return whether some position is reached from itself in two ways by one text."""
        return any(self._twice(start) for start in range(len(self.signs)))

    def _twice(self, start: int) -> bool:
        """Search pairs of readings of one text that part after `start`, or run one way twice, and meet there again."""
        seen = {(start, start, False)}
        stack = [(start, start, False)]
        while stack:
            one, two, parted = stack.pop()
            for left, ways in self.follow[one].items():
                for right in self.follow[two]:
                    if not self.signs[left] & self.signs[right]:
                        continue
                    apart = parted or left != right or ways > 1
                    if apart and left == right == start:
                        return True
                    if (left, right, apart) not in seen:
                        seen.add((left, right, apart))
                        stack.append((left, right, apart))
        return False
