# SPDX-License-Identifier: Apache-2.0
"""The keywords that rule packs use beside those of JSON Schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcheck.hookspecs import hookimpl

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parcheck.judging.vocabulary import Keyword


@hookimpl
def parcheck_keywords() -> Iterable[Keyword]:
    """Name the shipped keywords."""
    from parcheck_plugins.vocabulary import dates, documents, organisations, wording

    return [*wording.KEYWORDS, *dates.KEYWORDS, *organisations.KEYWORDS, *documents.KEYWORDS]
