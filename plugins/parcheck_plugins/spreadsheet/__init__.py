# SPDX-License-Identifier: Apache-2.0
"""The format plugin for spreadsheets as evidence: .xlsx, .xlsm, .xlsb, .xls and .ods (extra `excel`).

Without python-calamine it opens nothing: the pipeline then says `reader-missing`, and every fact is unknown.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from parcheck.hookspecs import hookimpl
from parcheck.model import Fact, Place, Source
from parcheck_plugins.spreadsheet.formats import MEDIA_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet

    from parcheck.reading.document import Document
    from parcheck.reading.facts import FactReader


class SheetReader:
    """Provides `sheets`: list of {name, hidden, rows, cells}; null for a file that is no workbook."""

    name = "spreadsheet"
    version = "1"
    provides = frozenset({"sheets"})
    needs: frozenset[str] = frozenset()

    def read(self, document: Document, asked: AbstractSet[str], known: Mapping[str, Fact]) -> Mapping[str, Fact]:  # noqa: ARG002 - the contract's signature
        """Return the fact when asked."""
        if "sheets" not in asked:
            return {}
        from parcheck_plugins.spreadsheet.document import SheetDocument

        if not isinstance(document, SheetDocument):
            return {"sheets": Fact()}
        sheets = [
            {"name": sheet.name, "hidden": sheet.hidden, "rows": len(sheet.rows), "cells": sheet.cells}
            for sheet in document.sheets
        ]
        words = ", ".join(sheet.name for sheet in document.sheets)
        return {"sheets": Fact(sheets, Place(words=words, source=Source.SHEET))}


@hookimpl
def parcheck_open(path: Path, media_type: str) -> Document | None:
    """Open workbooks, where python-calamine is installed."""
    if media_type not in MEDIA_TYPES or find_spec("python_calamine") is None:
        return None
    from parcheck_plugins.spreadsheet.document import SheetDocument

    return SheetDocument(path, media_type)


@hookimpl
def parcheck_facts() -> Iterable[FactReader]:
    """Name the sheet reader."""
    return [SheetReader()]


@hookimpl
def parcheck_catalogue() -> Iterable[Path]:
    """Name the catalogue of this plugin's reason."""
    return [Path(__file__).with_name("catalogue.yaml")]
