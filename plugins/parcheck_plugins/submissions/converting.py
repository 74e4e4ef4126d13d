# SPDX-License-Identifier: Apache-2.0
"""Self-assessments in old Word formats: LibreOffice makes a DOCX of them, behind its guard, with a limit on time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from parcheck.errors import BadSubmission, UnreadableFile
from parcheck.submission.comparing import folded
from parcheck_plugins.legacy_word.formats import DOC, MEDIA_TYPES, ODT, import_filter, is_encrypted_odt, read_head
from parcheck_plugins.legacy_word.office import SECONDS, installed
from parcheck_plugins.sniffing import parcheck_identify
from parcheck_plugins.tables.office import word_tables

if TYPE_CHECKING:
    from pathlib import Path

    from parcheck.reading.grids import Grid

LEGACY: Final = (".doc", ".rtf", ".odt")
_HEAD_BYTES: Final = 8192
_DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_NAMED: Final = re.compile(r"\b(?:tu (?:danh gia|cham)|cham diem|bang diem|bang cham)\b")


def named_as_sheet(name: str) -> bool:
    """Tell by its name whether an old Word file may be a self-assessment: to convert every file would take too long."""
    return _NAMED.search(folded(name.replace("_", " "))) is not None


def legacy_grids(path: Path) -> list[Grid]:
    """Return the tables of a .doc, .rtf or .odt, in order. A DOCX under such a name is read as what it is.

    Raises:
        BadSubmission: `sheet-old-word` where LibreOffice is not installed.
        UnreadableFile: `file-encrypted`, `file-damaged`, `file-type-unknown`, `reader-timeout`.
    """
    with path.open("rb") as stream:
        media_type = parcheck_identify(path, stream.read(_HEAD_BYTES)) or ""
    if media_type.startswith(_DOCX):
        return word_tables(path).grids
    if media_type not in MEDIA_TYPES:
        raise UnreadableFile("file-type-unknown")
    head = read_head(path) if media_type == DOC else None
    if (head is not None and head.encrypted) or (media_type.startswith(ODT) and is_encrypted_odt(path)):
        raise UnreadableFile("file-encrypted")
    libreoffice = installed()
    if libreoffice is None:
        raise BadSubmission("sheet-old-word", path=path.name)
    ending, filter_name = import_filter(media_type, head)
    try:
        made = libreoffice.convert(path, "sheet" + ending, filter_name)
        if made.result is not None:
            return word_tables(made.result).grids
    finally:
        # Ends the guard, which removes what it wrote: a sheet or two are all that this process converts.
        libreoffice.close()
    if made.late:
        raise UnreadableFile("reader-timeout", seconds=SECONDS)
    if made.crashed:
        raise BadSubmission("sheet-old-word", path=path.name)
    raise UnreadableFile("file-damaged", detail=f"LibreOffice: {made.said}")
