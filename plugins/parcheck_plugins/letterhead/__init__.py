# SPDX-License-Identifier: Apache-2.0
"""The letterhead and signature block of Vietnamese documents, on any format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcheck.hookspecs import hookimpl

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parcheck.reading.facts import FactReader


@hookimpl
def parcheck_facts() -> Iterable[FactReader]:
    """Offer the letterhead reader."""
    from parcheck_plugins.letterhead.reader import Letterhead

    return [Letterhead()]
