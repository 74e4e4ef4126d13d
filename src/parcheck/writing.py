# SPDX-License-Identifier: Apache-2.0
"""Writing files that appear whole or not at all: no half-written report is ever seen under its name."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextlib.contextmanager
def whole(path: Path, *, by: str = "") -> Iterator[Path]:
    """Give the path of a draft beside a file; the file appears when the block ends well, and not at all otherwise.

    What stands in the file is on the disk before it gets its name, so that a power cut leaves the old file or the new.
    A draft that a killed run left is overwritten by the next.

    Args:
        path: the file.
        by: tells drafts of one file apart where several processes write it at once.

    Raises:
        OSError: the file cannot be written, or the disk is full.
    """
    draft = path.with_name(f".{path.name[:60]}{by}.part")
    # Never through a link that somebody else laid there.
    flags = os.O_CREAT | os.O_WRONLY | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)
    os.close(os.open(draft, flags, 0o666))
    try:
        yield draft
        with draft.open("rb+") as stream:
            os.fsync(stream.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
