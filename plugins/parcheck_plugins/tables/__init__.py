# SPDX-License-Identifier: Apache-2.0
"""Tables of PDF, Word and Excel files as grids, for those who make a set of criteria out of an official document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from parcheck.errors import UnreadableFile
from parcheck.hookspecs import hookimpl

if TYPE_CHECKING:
    from pathlib import Path

    from parcheck.reading.grids import Tables

_LARGEST: Final = 100 * 1024 * 1024
"""Bytes; the largest decision seen, every page a picture, has a tenth of it."""
_OOXML: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_WORD_MACROS: Final = "application/vnd.ms-word."


@hookimpl
def parcheck_tables(path: Path, media_type: str) -> Tables | None:
    """Read the tables of PDF, Word (old files through LibreOffice) and Excel files."""
    from parcheck_plugins.legacy_word.formats import MEDIA_TYPES as OLD_WORD
    from parcheck_plugins.spreadsheet.formats import MEDIA_TYPES as SHEETS
    from parcheck_plugins.tables import office

    size = path.stat().st_size
    if size > _LARGEST:
        raise UnreadableFile("file-too-large", size=f"{size >> 20} MB", limit=f"{_LARGEST >> 20} MB")
    try:
        if media_type == "application/pdf":
            from parcheck_plugins.tables.pdf import pdf_tables

            return pdf_tables(path)
        if media_type.startswith((_OOXML, _WORD_MACROS)):
            return office.word_tables(path)
        if media_type in OLD_WORD:
            return office.old_word_tables(path, media_type)
        if media_type in SHEETS:
            return office.sheet_tables(path)
    except RecursionError as error:
        raise UnreadableFile("file-damaged", detail=type(error).__name__) from error
    return None
