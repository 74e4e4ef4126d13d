# SPDX-License-Identifier: Apache-2.0
"""Digital signatures in PDF and Office files: separate facts about each, never one verdict.

Verifying needs the extra `signatures` (pyHanko); without it PDF signatures are listed and nothing of them is verified.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcheck.hookspecs import hookimpl

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parcheck.reading.facts import FactReader


@hookimpl
def parcheck_facts() -> Iterable[FactReader]:
    """Offer the signature reader."""
    from parcheck_plugins.signatures.reader import SignatureReader

    return [SignatureReader()]
