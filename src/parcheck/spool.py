# SPDX-License-Identifier: Apache-2.0
"""Verdicts of a batch on disk, unit by unit: so that memory stays flat, and a killed run goes on where it stopped."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from parcheck.judging.codec import decode_result, encode_result
from parcheck.judging.on_demand import OnDemand
from parcheck.writing import whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from parcheck.model import SubmissionResult

IDENTITY = "run.json"
READINGS = "readings.sqlite"
"""The readings of a run that has not ended, failures included."""


class Spool:
    """The verdicts of one run in a folder.

    Args:
        folder: made when it is not there. What another run left in it is deleted.
        identity: what the verdicts rest on beside the files: pack, readers, options. A run with another identity
            does not go on with these verdicts.
    """

    def __init__(self, folder: Path, identity: Mapping[str, object]) -> None:
        self.folder = folder
        kept = _load(folder / IDENTITY)
        wanted = json.loads(json.dumps(identity))
        if kept != wanted:
            remove(folder)
        folder.mkdir(parents=True, exist_ok=True)
        _save(folder / IDENTITY, wanted)

    def get(self, unit: Path) -> SubmissionResult | None:
        """Return the verdict on a unit if it is there and none of the unit's files has changed since."""
        data = _load(self._file(unit))
        if not isinstance(data, dict) or data.get("files") != state_of(unit):
            return None
        with contextlib.suppress(KeyError, TypeError, ValueError):
            return decode_result(data["result"], unit)
        return None

    def put(self, unit: Path, files: str, result: SubmissionResult) -> None:
        """Keep a verdict; `files` is `state_of(unit)` from before its files were read.

        Raises:
            OSError: the disk is full, or the folder has gone.
        """
        _save(self._file(unit), {"files": files, "result": encode_result(result)})

    def verdicts(self, units: Sequence[Path]) -> Sequence[SubmissionResult]:
        """Return the verdicts on these units as a sequence that loads each when it is asked for."""

        def get(number: int) -> SubmissionResult:
            data = json.loads(self._file(units[number]).read_text(encoding="utf-8"))
            return decode_result(data["result"], units[number])

        return OnDemand(get, range(len(units)))

    def _file(self, unit: Path) -> Path:
        return self.folder / (hashlib.sha256(os.fsencode(unit.absolute())).hexdigest()[:32] + ".json")


def remove(folder: Path) -> None:
    """Delete the verdicts in a folder, and the folder."""
    shutil.rmtree(folder, ignore_errors=True)


def state_of(unit: Path) -> str:
    """Return a digest of the names, sizes and times of all files of a unit."""
    files = [unit]
    if unit.is_dir():
        files = [Path(parent, name) for parent, _, names in os.walk(unit) for name in names]
    found = []
    for file in sorted(files):
        with contextlib.suppress(OSError):
            status = file.stat()
            found.append([str(file), status.st_size, status.st_mtime_ns])
    return hashlib.sha256(os.fsencode(json.dumps(found))).hexdigest()


def _load(file: Path) -> object:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _save(file: Path, data: object) -> None:
    with whole(file) as draft:
        draft.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8", errors="surrogatepass")
