# SPDX-License-Identifier: Apache-2.0
"""The JSON report of an earlier period, for checks that hold this period's documents against its documents.

Reports over many units are large: this one is read through once, unit by unit, and what is needed of each document lies
in a temporary database that goes with the object.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self

import ijson

from parcheck.errors import BadUsage
from parcheck.reporting.as_json import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

MARK: Final = SCHEMA.rpartition(":")[0]
KEPT: Final = ("type", "symbol", "issued_on", "issuer", "parent", "subject", "sketch")
"""Facts that are kept of each document."""


@dataclass(frozen=True, slots=True)
class FormerUnit:
    """One unit of the earlier report."""

    number: int
    unit: str | None
    path: str
    period: str


@dataclass(frozen=True, slots=True)
class FormerDocument:
    """One file of the earlier report."""

    path: str
    sha256: str | None
    facts: Mapping[str, Any]
    """Those of `KEPT` that were known."""


class FormerReport:
    """An earlier report. Use as a context manager, or close it.

    Args:
        file: a JSON report of parcheck.

    Raises:
        BadUsage: the file cannot be read, is no report, is one of another schema version, or is damaged.
    """

    def __init__(self, file: Path) -> None:
        self._base = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        try:
            self.units: tuple[FormerUnit, ...] = tuple(self._taken_in(file))
        except BaseException as error:
            self._base.close()
            if isinstance(error, OSError):
                raise BadUsage("report-not-opened", path=str(file), detail=error.strerror or "") from error
            if isinstance(error, ijson.JSONError | UnicodeError):
                raise BadUsage("report-not-json", path=str(file)) from error
            if isinstance(error, KeyError | TypeError | AttributeError | sqlite3.Error):
                raise BadUsage("report-damaged", path=str(file), detail=f"{type(error).__name__}: {error}") from error
            raise

    def _taken_in(self, file: Path) -> Iterator[FormerUnit]:
        base = self._base
        base.execute("PRAGMA synchronous=OFF")
        base.execute("CREATE TABLE documents (unit INTEGER, path TEXT, sha256 TEXT, facts TEXT)")
        with file.open("rb") as stream:
            found = next(ijson.items(stream, "schema"), None)
            if found != SCHEMA:
                raise _other(file, found)
            stream.seek(0)
            base.execute("BEGIN")
            for number, unit in enumerate(ijson.items(stream, "submissions.item", use_float=True)):
                yield FormerUnit(number, unit["unit"], str(unit["path"]), str(unit["period"]))
                base.executemany("INSERT INTO documents VALUES (?, ?, ?, ?)", _rows(number, unit))
            base.execute("COMMIT")
        base.execute("CREATE INDEX of_unit ON documents (unit)")

    def documents(self, unit: int) -> list[FormerDocument]:
        """Return the files of one unit, by its number, in the order of the report."""
        rows = self._base.execute("SELECT path, sha256, facts FROM documents WHERE unit = ? ORDER BY rowid", (unit,))
        return [FormerDocument(path, sha256, json.loads(facts)) for path, sha256, facts in rows]

    def close(self) -> None:
        """Give the space back."""
        self._base.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


def _rows(number: int, unit: Mapping[str, Any]) -> list[tuple[int, str, str | None, str]]:
    rows = []
    for document in unit["documents"]:
        if document["path"] is None:
            continue
        facts = {name: document["facts"][name] for name in KEPT if document["facts"].get(name) is not None}
        rows.append((number, str(document["path"]), document["sha256"], json.dumps(facts)))
    return rows


def _other(file: Path, found: object) -> BadUsage:
    if isinstance(found, str) and found.startswith(MARK):
        return BadUsage("report-other-version", path=str(file), found=found, wanted=SCHEMA)
    return BadUsage("report-none", path=str(file))
