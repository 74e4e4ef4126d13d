# SPDX-License-Identifier: Apache-2.0
"""Pictures of the places that findings are about, as many as a page may hold."""

from __future__ import annotations

import base64
import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from parcheck.model import Severity
from parcheck.reading.crops import CHANGED, Cropping
from parcheck.reading.store import store_of
from parcheck.reporting.summary import findings_of
from parcheck.reporting.wording import by_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from parcheck.model import Box, Report, SubmissionResult
    from parcheck.reading.crops import Crop

BUDGET: Final = 2_000_000
"""Characters of pictures in one page: a unit's page stays well under 5 MiB."""
MOST: Final = 300
"""Pictures in one unit's part: each takes some 70 ms to draw."""
LEFT_OUT: Final = "left-out"
_ORDER: Final = (Severity.ERROR, Severity.WARNING, Severity.NOTE)
_PAD: Final = 3.0
"""Pixels that a mark stands off the words."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A piece of a page, ready for an `<svg>`."""

    data: str
    """A `data:` address."""
    width: int
    height: int
    """Of the picture, in its own pixels."""
    mark: Box
    """Left, top, width and height of the mark, in the picture's pixels."""
    shown: int
    """Width at which its print is of the size on paper, in CSS pixels."""


def picture_of(crop: Crop) -> Picture:
    """Return a piece of a page with a frame around its words."""
    left, top, right, bottom = crop.mark
    left, top = max(1.0, left - _PAD), max(1.0, top - _PAD)
    right, bottom = min(crop.width - 1.0, right + _PAD), min(crop.height - 1.0, bottom + _PAD)
    data = "data:image/png;base64," + base64.b64encode(crop.png()).decode("ascii")
    mark = (round(left, 1), round(top, 1), round(max(0.0, right - left), 1), round(max(0.0, bottom - top), 1))
    return Picture(data, crop.width, crop.height, mark, round(crop.width * 96 / crop.dpi))


@contextlib.contextmanager
def cropping_for(report: Report) -> Iterator[Cropping]:
    """Give what draws pieces of the pages of a report; those that an earlier report drew are kept with the readings."""
    with store_of(report) as store, Cropping(report.plugins, store=store) as cropping:
        yield cropping


class Album:
    """Draws the pictures of one page of the report, within its budget. One for each file that is written."""

    def __init__(self, cropping: Cropping, budget: int = BUDGET) -> None:
        self._cropping = cropping
        self._left = budget

    def of(self, submission: SubmissionResult) -> Mapping[int, Picture | str]:
        """Return, by `id` of a finding that names a place on a page, its picture or why there is none.

        The gravest findings come first. Empty where the submission is no longer where it lay.
        """
        root = submission.root
        if root is None or not root.exists():
            return {}
        placed = [finding for finding in findings_of(submission) if finding.place and finding.place.box]
        documents = by_id(submission)
        pictures: dict[int, Picture | str] = {}
        seen: dict[tuple[str | None, int | None, Box | None], Picture | str] = {}
        for finding in sorted(placed, key=lambda finding: _ORDER.index(finding.severity)):
            evidence = documents.get(finding.document or "")
            place = finding.place
            if evidence is None or evidence.path is None or place is None or not place.page or not place.box:
                continue
            key = (finding.document, place.page, place.box)
            if key in seen:
                picture = seen[key]
            elif self._left <= 0 or len(seen) >= MOST:
                picture = LEFT_OUT
            else:
                crop = self._cropping.crop(root, evidence.reading, place.page, place.box)
                picture = crop if isinstance(crop, str) else picture_of(crop)
                seen[key] = picture
            pictures[id(finding)] = self._within_budget(picture)
        return pictures

    def _within_budget(self, picture: Picture | str) -> Picture | str:
        if isinstance(picture, str):
            return picture
        if len(picture.data) > self._left:
            self._left = 0
            return LEFT_OUT
        self._left -= len(picture.data)
        return picture


def why_none(lack: str) -> str:
    """Return the key of the sentence that says why there is no picture."""
    return {LEFT_OUT: "html-picture-left-out", CHANGED: "html-picture-changed"}.get(lack, "html-picture-failed")
