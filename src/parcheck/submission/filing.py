# SPDX-License-Identifier: Apache-2.0
"""Which criterion a folder's name means."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from parcheck.submission import Handed, Item

_LEAD = re.compile(r"^(?:tiêu chí thành phần|tiêu chí|lĩnh vực|tctp|tc|mục|lv)[\s.:_-]*", re.IGNORECASE)
_CODE = re.compile(r"^((?:\d{1,3}|[IVXLC]{1,6})(?:\.\d{1,3})*[a-zđ]?)(?=$|[\s,:;_()\[\]–—-]|\.(?!\d))")


def code_in(name: str) -> str | None:
    """Return the code that a folder's name begins with ("1.3.1 - Kiểm tra" → "1.3.1"), or None."""
    match = _CODE.match(_LEAD.sub("", name.strip()))
    return match.group(1) if match else None


def filed_under(folders: Sequence[str], codes: Collection[str]) -> tuple[str | None, str | None]:
    """Return (the code that a file in these folders is filed under, a folder name that reads like an unknown code).

    The deepest folder that names a code counts; below a folder with a code only its own sub-codes count, so that
    "1.2/3 - quý III" stays with 1.2.
    """
    filed: str | None = None
    strange: str | None = None
    for name in folders:
        code = code_in(name)
        if code is None:
            continue
        if filed is None:
            if code in codes:
                filed = code
            elif "." in code:
                strange = strange or name
        elif code in codes and code.startswith(filed + "."):
            filed = code
        elif code.startswith(filed + "."):
            strange = name
    return filed, strange


def filed_within(handed: Handed, wanted: Collection[str], codes: Collection[str]) -> Handed:
    """Return a submission without the files that are filed under other codes than those wanted.

    Args:
        handed: the submission.
        wanted: the codes; files under none of the set's codes stay, and so do files that the unit lists under them.
        codes: all codes of the set.
    """
    listed = {name for code, claim in handed.claims.items() if code in wanted for name in claim.files}

    def stays(item: Item) -> bool:
        code, _ = filed_under(item.folders, codes)
        return code is None or code in wanted or not listed.isdisjoint((item.path, item.path.rsplit("/", 1)[-1]))

    return dataclasses.replace(handed, items=tuple(filter(stays, handed.items)))
