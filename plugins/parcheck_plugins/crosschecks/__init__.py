# SPDX-License-Identifier: Apache-2.0
"""Whether the documents of a submission agree with each other, and each with itself.

Nothing here decides an outcome: these are reasons for a person to look. A check that cannot be sure stays silent, above
all where a value was read by OCR.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcheck.hookspecs import hookimpl

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parcheck.judging.crosscheck import CrossCheck
    from parcheck.reading.facts import FactReader


@hookimpl
def parcheck_crosschecks() -> Iterable[CrossCheck]:
    """Name the shipped checks."""
    from parcheck_plugins.crosschecks import (
        authority,
        cited_dates,
        cited_here,
        own_sign,
        page_order,
        ratios,
        repeated,
        replaced,
        revisions,
        same_documents,
        signature_state,
        signing_time,
    )

    return [
        same_documents.SameFileTwice(),
        same_documents.SameNumberTwice(),
        signing_time.SignedLater(),
        cited_dates.CitesLater(),
        own_sign.SignDiffers(),
        authority.AuthorityChain(),
        signature_state.SignatureState(),
        ratios.RatiosCompute(),
        page_order.PageOrder(),
        revisions.RevisionsLeft(),
        replaced.Replaced(),
        cited_here.CitedHere(),
        repeated.RepeatedText(),
    ]


@hookimpl
def parcheck_facts() -> Iterable[FactReader]:
    """Offer the reader of what only these checks ask for."""
    from parcheck_plugins.crosschecks.reading import SelfReader

    return [SelfReader()]
