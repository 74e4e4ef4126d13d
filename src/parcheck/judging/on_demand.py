# SPDX-License-Identifier: Apache-2.0
"""Verdicts that are made one by one as they are asked for, so that a batch never holds them all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, overload

from parcheck.model import SubmissionResult

if TYPE_CHECKING:
    from collections.abc import Iterator


class OnDemand(Sequence[SubmissionResult]):
    """A sequence of verdicts that keeps none of them.

    Args:
        get: makes the verdict with a number.
        numbers: of the verdicts of the sequence, in their order.
    """

    def __init__(self, get: Callable[[int], SubmissionResult], numbers: range) -> None:
        self._get, self._numbers = get, numbers

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, index: int) -> SubmissionResult: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[SubmissionResult]: ...

    def __getitem__(self, index: int | slice) -> SubmissionResult | Sequence[SubmissionResult]:
        if isinstance(index, slice):
            return OnDemand(self._get, self._numbers[index])
        return self._get(self._numbers[index])

    def __iter__(self) -> Iterator[SubmissionResult]:
        return map(self._get, self._numbers)
