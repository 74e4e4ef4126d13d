# SPDX-License-Identifier: Apache-2.0
"""Tables of a file as grids: read by plugins, in a worker process where the file is from anyone.

Out of the worker come texts and where they stand; a merged cell is one cell again for whoever asked.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from parcheck.errors import UnreadableFile
from parcheck.reading.grids import Cell, Grid, Tables
from parcheck.reading.pipeline import HEAD, memory_limit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parcheck.archives.parcel import Unpacker
    from parcheck.plugins import Plugins

LACK: Final = "lack"


def read_tables(path: Path, plugins: Plugins) -> Tables:
    """Return the tables of a file, read in this process.

    Raises:
        UnreadableFile: what the plugin for its format says; `file-type-unknown` where none knows the format or reads
            tables of it; `reader-failed` where one fell over.
        OSError: it cannot be read.
    """
    with path.open("rb") as stream:
        head = stream.read(HEAD)
    sniffed = (answer.value for answer in plugins.call("parcheck_identify", path=path, head=head))
    media_type = next((str(value) for value in sniffed if value), None)
    failure: UnreadableFile | None = None
    for answer in plugins.call("parcheck_tables", path=path, media_type=media_type) if media_type else ():
        if isinstance(answer.value, Tables):
            return answer.value
        if isinstance(answer.error, MemoryError):
            raise answer.error
        if isinstance(answer.error, UnreadableFile):
            failure = failure or answer.error
        elif answer.error is not None or answer.value is not None:
            failure = failure or UnreadableFile("reader-failed", plugin=answer.plugin)
    raise failure or UnreadableFile("file-type-unknown")


def answer(job: Mapping[str, Any], plugins: Plugins, unpacker: Unpacker) -> dict[str, Any]:
    """Return the tables of a file, or why there are none, as plain data.

    Args:
        job: `path`, and `member`: where the file lies inside it, one name per archive.
        plugins: those that read tables.
        unpacker: what unpacks members of archives.
    """
    try:
        with unpacker.unpacked(Path(job["path"]), job["member"]) as (file, _):
            return _encoded(read_tables(file, plugins))
    except UnreadableFile as error:
        return {LACK: error.code, "details": {name: _plain(value) for name, value in error.details.items()}}
    except MemoryError:
        return {LACK: "reader-memory", "details": {"limit": memory_limit()}}
    except OSError as error:
        return {LACK: "file-unreachable", "details": {"detail": error.strerror or type(error).__name__}}


def tables_in(answered: Mapping[str, Any]) -> Tables:
    """Return the tables that `answer` gave as plain data.

    Raises:
        UnreadableFile: there are none, and why; `reader-crashed` where the data makes no sense, for the worker may have
            been taken over by the file.
    """
    try:
        if LACK in answered:
            raise UnreadableFile(str(answered[LACK]), **answered["details"])
        grids = [_grid(each) for each in answered["grids"]]
        return Tables(grids, [_text(line) for line in answered["after"]], tuple(map(int, answered["unread"])))
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise UnreadableFile("reader-crashed") from error


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | float) else str(value)


def _encoded(tables: Tables) -> dict[str, Any]:
    return {
        "grids": [_encoded_grid(grid) for grid in tables.grids],
        "after": tables.after,
        "unread": tables.unread,
    }


def _encoded_grid(grid: Grid) -> dict[str, Any]:
    cells = {id(cell): cell for row in grid.rows for cell in row}
    numbers = {key: number for number, key in enumerate(cells)}
    return {
        "cells": [[cell.text, cell.flows_on] for cell in cells.values()],
        "rows": [[numbers[id(cell)] for cell in row] for row in grid.rows],
        "before": grid.before,
        "page": grid.page,
        "sheet": grid.sheet,
        "columns": grid.columns,
    }


def _grid(data: Mapping[str, Any]) -> Grid:
    cells = dict(enumerate(Cell(_text(text), bool(flows_on)) for text, flows_on in data["cells"]))
    return Grid(
        rows=[[cells[number] for number in row] for row in data["rows"]],
        before=[_text(line) for line in data["before"]],
        page=None if data["page"] is None else int(data["page"]),
        sheet=None if data["sheet"] is None else _text(data["sheet"]),
        columns=tuple(map(float, data["columns"])),
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value
