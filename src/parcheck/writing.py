# SPDX-License-Identifier: Apache-2.0
"""Writing files that appear whole or not at all: no half-written report is ever seen under its name."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Give the path of a draft beside a file; the file appears when the block ends well, and not at all otherwise.

    What stands in the file is on the disk before it gets its name, so that a power cut leaves the old file or the new.

    Raises:
        OSError: the file cannot be written, or the disk is full.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:60]}.")
    os.close(handle)
    draft = Path(name)
    try:
        yield draft
        with draft.open("rb+") as stream:
            os.fsync(stream.fileno())
        draft.chmod(0o666 & ~_umask())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
