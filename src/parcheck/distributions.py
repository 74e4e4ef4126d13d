# SPDX-License-Identifier: Apache-2.0
"""Versions of what is installed, told by the names of its folders.

`importlib.metadata.version` looks through every folder and parses a whole README for each name: with the libraries of a
reading that was a twentieth of a warm check. The folder's name holds both, "pypdfium2-5.0.0.dist-info" (specification
"Recording installed projects", packaging.python.org).
"""

from __future__ import annotations

import contextlib
import functools
import importlib.metadata
import os
import re
import sys
from typing import Final

_ENDING: Final = ".dist-info"
_JOINTS: Final = re.compile(r"[-_.]+")


def version_of(distribution: str) -> str | None:
    """Return the version of an installed distribution, None where it is not installed."""
    found = _recorded(tuple(sys.path)).get(_key(distribution))
    if found is None:
        # In an archive, or of an older kind.
        with contextlib.suppress(importlib.metadata.PackageNotFoundError):
            found = importlib.metadata.version(distribution)
    return found


@functools.cache
def _recorded(folders: tuple[str, ...]) -> dict[str, str]:
    """Return name → version; of two with one name the first counts, as for imports."""
    found: dict[str, str] = {}
    for folder in folders:
        with contextlib.suppress(OSError):
            for entry in os.listdir(folder or "."):  # noqa: PTH208 - names alone: a Path for each takes longer
                if entry.endswith(_ENDING):
                    name, _, version = entry.removesuffix(_ENDING).partition("-")
                    found.setdefault(_key(name), version)
    return found


def _key(name: str) -> str:
    return _JOINTS.sub("-", name).lower()
