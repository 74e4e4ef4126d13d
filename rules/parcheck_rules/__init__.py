# SPDX-License-Identifier: Apache-2.0
"""The rule packs that ship with parcheck: each sub-folder with a `pack.yaml` is one pack, data only."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from parcheck.hookspecs import hookimpl

if TYPE_CHECKING:
    from collections.abc import Iterable


@hookimpl
def parcheck_packs() -> Iterable[Path]:
    """Name this folder."""
    return [Path(__file__).parent]
