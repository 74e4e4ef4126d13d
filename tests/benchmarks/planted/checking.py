# SPDX-License-Identifier: Apache-2.0
"""Checks submissions as `parcheck check` does, but reads each distinct file only once."""

from __future__ import annotations

import dataclasses
import hashlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from unittest import mock

import yaml

from parcheck.checking import Session
from parcheck.plugins import PluginChoice, Plugins
from parcheck.reading.pool import ReaderPool

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.benchmarks.planted.paper import Case

    from parcheck.model import Finding, Outcome, Reading, SubmissionResult
    from parcheck.reading.grids import Tables
    from parcheck.reading.pool import Job
    from parcheck.rules import Pack
    from parcheck.submission import Item

SAMPLE_PACK = Path(__file__).parents[3] / "samples" / "rules" / "par-so-mau-2025"
SIGNERS = ["GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "CHỦ TỊCH", "PHÓ CHỦ TỊCH"]
"""Who may sign, where the pack for departments and communes is made to ask for it."""


class _OncePool:
    """Stands in for the pool of a check: lives longer than the check, and remembers what it read."""

    def __init__(self, setup: dict[str, Any]) -> None:
        self._pool = ReaderPool(**setup)
        self._read: dict[tuple[str, str], Reading] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        """Stay open for the next check."""

    def close(self) -> None:
        self._pool.close()

    def tables(self, item: Item) -> Tables:
        return self._pool.tables(item)

    def read_many(self, files: Iterable[Job]) -> Iterator[tuple[int, Reading]]:
        keyed = [(job, (hashlib.sha256(job.file.read_bytes()).hexdigest(), job.member, job.file.name)) for job in files]
        new = {key: job for job, key in keyed if key not in self._read}
        for index, reading in self._pool.read_many(list(new.values())):
            self._read[list(new)[index]] = reading
        for index, (job, key) in enumerate(keyed):
            yield index, dataclasses.replace(self._read[key], path=job.name)

    def forget(self) -> None:
        """Drop what was read."""
        self._read = {}


class Checker:
    """Checks cases one after another. Use as a context manager."""

    def __init__(self, workers: int = 1) -> None:
        self.session = Session(Plugins(PluginChoice()))
        self._workers = workers
        self._pools: dict[str, _OncePool] = {}
        self._folder = tempfile.TemporaryDirectory(prefix="planted-")
        self._count = 0
        self._packs: dict[str, Pack] = {"tỉnh": self.session.pack("par-tinh-2025")}
        self._packs["sở"] = self._packs["xã"] = self._strict_pack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        for pool in self._pools.values():
            pool.close()
        self._folder.cleanup()

    def _strict_pack(self) -> Pack:
        """Return the sample pack, which also asks who signed: none of the real sets does."""
        target = Path(self._folder.name, "par-so-mau-2025")
        target.mkdir()
        for file in SAMPLE_PACK.glob("*.yaml"):
            (target / file.name).write_bytes(file.read_bytes())
        own = yaml.safe_load((target / "pack.yaml").read_text(encoding="utf-8"))
        own["$defs"]["cua-so"]["allOf"].append({"properties": {"signer": {"signedBy": {"titles": SIGNERS}}}})
        (target / "pack.yaml").write_text(yaml.safe_dump(own, allow_unicode=True, sort_keys=False), encoding="utf-8")
        return self.session.pack(target)

    def _pool(self, **setup: Any) -> _OncePool:
        """Take the place of the class `ReaderPool`; packs that ask for other facts get another pool."""
        key = repr(sorted(setup["facts"]))
        if key not in self._pools:
            self._pools[key] = _OncePool({**setup, "workers": self._workers})
        return self._pools[key]

    def check(self, case: Case) -> SubmissionResult:
        """Return the verdict on a submission."""
        self._count += 1
        folder = Path(self._folder.name, f"{self._count}")
        folder.mkdir()
        case.write(folder)
        unit = case.office.name if case.unit_given else None
        with mock.patch("parcheck.checking.ReaderPool", self._pool):
            report = self.session.check(folder, self._packs[case.level], unit=unit)
        for file in sorted(folder.rglob("*"), reverse=True):
            file.rmdir() if file.is_dir() else file.unlink()
        folder.rmdir()
        return report.submissions[0]

    def next_case(self) -> None:
        """Say that the next submission shares no file with those before."""
        for pool in self._pools.values():
            pool.forget()


def findings(result: SubmissionResult) -> list[Finding]:
    """Return all findings of a verdict, wherever they stand."""
    found = list(result.findings)
    for criterion in result.criteria:
        found += criterion.findings
        for requirement in criterion.requirements:
            found += requirement.findings
    return found


def outcome(result: SubmissionResult, code: str) -> Outcome | None:
    """Return what became of a criterion."""
    return next((criterion.outcome for criterion in result.criteria if criterion.code == code), None)


def path_of(result: SubmissionResult, finding: Finding) -> str | None:
    """Return the path of the file that a finding is about."""
    return next((each.path for each in result.documents if each.id == finding.document), None)
