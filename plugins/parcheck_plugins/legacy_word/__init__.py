# SPDX-License-Identifier: Apache-2.0
"""The format plugin for old Word files: .doc, .rtf, Word 2003 XML and .odt, converted by LibreOffice.

LibreOffice is a program of its own (Debian: `apt install libreoffice-writer-nogui`). Where it is not installed, such
a file is opened all the same, with every fact unknown for the reason `old-word`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from parcheck.errors import UnreadableFile
from parcheck.hookspecs import hookimpl
from parcheck.model import Reason
from parcheck_plugins.legacy_word.formats import DOC, MEDIA_TYPES, ODT, import_filter, is_encrypted_odt, read_head
from parcheck_plugins.legacy_word.office import SECONDS, find_program, installed

if TYPE_CHECKING:
    from parcheck.reading.document import Document

PLUGIN = "legacy_word"


@hookimpl
def parcheck_state() -> str:
    """Name the LibreOffice in use: what it opens, another version may not."""
    program = find_program()
    return f"{program} {Path(program).stat().st_mtime_ns}" if program else ""


@hookimpl
def parcheck_open(path: Path, media_type: str) -> Document | None:
    """Open .doc, .rtf, Word 2003 XML and .odt.

    Raises:
        UnreadableFile: `file-encrypted`; `file-damaged` when LibreOffice cannot load it; `reader-timeout` when it
            takes too long; `reader-failed` when LibreOffice falls over.
    """
    if media_type not in MEDIA_TYPES:
        return None
    from parcheck_plugins.legacy_word.document import ConvertedDocument, UnreadDocument, remove

    head = read_head(path) if media_type == DOC else None
    if (head is not None and head.encrypted) or (media_type.startswith(ODT) and is_encrypted_odt(path)):
        raise UnreadableFile("file-encrypted")
    libreoffice = installed()
    if libreoffice is None:
        return UnreadDocument(media_type, Reason("old-word"))
    ending, filter_name = import_filter(media_type, head)
    made = libreoffice.convert(path, "document" + ending, filter_name)
    if made.result is not None:
        try:
            document = ConvertedDocument(made.result, media_type)
        except BaseException:
            remove(made.result)
            raise
        if document.text(1).strip() or document.picture_count:
            return document
        # LibreOffice opens some broken files as empty ones: silence that proves nothing absent.
        document.close()
        return UnreadDocument(media_type, Reason("old-word"))
    if made.late:
        raise UnreadableFile("reader-timeout", seconds=SECONDS)
    if not libreoffice.works():
        return UnreadDocument(media_type, Reason("old-word"))
    if made.crashed:
        raise UnreadableFile("reader-failed", plugin=PLUGIN)
    raise UnreadableFile("file-damaged", detail=f"LibreOffice: {made.said}")
