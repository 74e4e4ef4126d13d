# SPDX-License-Identifier: Apache-2.0
"""Plugins that do wrong on purpose, each in one way, and only with files whose name asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from parcheck.model import Fact


class Reader:
    """A fact reader that does `work` with files whose name holds `trigger`."""

    version = "1"

    def __init__(
        self,
        trigger: str,
        work: Callable[[Path], Mapping[str, Fact]],
        provides: frozenset[str] = frozenset({"symbol"}),
        needs: frozenset[str] = frozenset(),
    ) -> None:
        self.name = trigger
        self.provides = provides
        self.needs = needs
        self._work = work

    def read(self, document, asked, known):
        return self._work(document.path) if self.name in document.path.name else {}
