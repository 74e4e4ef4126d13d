# SPDX-License-Identifier: Apache-2.0
"""The Word format plugin: DOCX and DOCM files as one synthetic page of positioned lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcheck.hookspecs import hookimpl
from parcheck_plugins.sniffing import WORD_TYPES, office_type

if TYPE_CHECKING:
    from pathlib import Path

    from parcheck.reading.document import Document


@hookimpl
def parcheck_identify(path: Path, head: bytes) -> str | None:
    """Recognise Word's ZIP packages by their content types."""
    found = office_type(path, head)
    return found if found in WORD_TYPES else None


@hookimpl
def parcheck_open(path: Path, media_type: str) -> Document | None:
    """Open DOCX and DOCM."""
    from parcheck_plugins.word.document import WordDocument

    return WordDocument(path, media_type) if media_type in WORD_TYPES else None
