# SPDX-License-Identifier: Apache-2.0
"""What old Word files are opened as: converted to DOCX, or unread with the reason."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from parcheck.reading.document import Document, Line
from parcheck_plugins.word.document import WordDocument

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from parcheck.model import Reason


class ConvertedDocument(WordDocument):
    """A file that LibreOffice converted; reads like any Word document.

    Args:
        result: the DOCX made of it, in a folder that is removed on closing.
        media_type: of the file that was handed in.
    """

    def __init__(self, result: Path, media_type: str) -> None:
        self._result = result
        super().__init__(result, media_type)

    @property
    def docx(self) -> Path:
        """The DOCX, there until the document is closed."""
        return self._result

    def close(self) -> None:
        """Release and remove the DOCX."""
        super().close()
        remove(self._result)


class UnreadDocument(Document):
    """A file that cannot be read here: nothing in it is known, so nothing in it is absent.

    Args:
        media_type: of the file.
        reason: why every fact is unknown.
    """

    page_count = 1
    paged = False

    def __init__(self, media_type: str, reason: Reason) -> None:
        self.media_type = media_type
        self._reason = reason

    def text(self, page: int) -> str:  # noqa: ARG002 - the contract's signature
        """Return no text."""
        return ""

    def lines(self, page: int) -> Sequence[Line]:  # noqa: ARG002 - the contract's signature
        """Return no lines."""
        return ()

    def unread(self, page: int) -> Reason | None:  # noqa: ARG002 - the contract's signature
        """Return why."""
        return self._reason

    def close(self) -> None:
        """Nothing to release."""


def remove(result: Path) -> None:
    """Remove what LibreOffice made."""
    # The guard makes one folder per conversion, and "out" in it.
    shutil.rmtree(result.parent.parent, ignore_errors=True)
