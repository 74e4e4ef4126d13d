# SPDX-License-Identifier: Apache-2.0
"""The main job end to end: submission → reading → judging → report."""

from __future__ import annotations

import contextlib
import datetime
import functools
import platform
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from parcheck.errors import BadSubmission, BadUsage
from parcheck.judging.crosscheck import CrossCheck
from parcheck.judging.judge import Judge
from parcheck.judging.vocabulary import Keyword, Vocabulary
from parcheck.model import Reading, Report
from parcheck.plugins import Plugins
from parcheck.reading.pipeline import Readers
from parcheck.reading.pool import Limits, ReaderPool
from parcheck.rules.loading import find_pack
from parcheck.rules.loading import load_pack as _load_pack
from parcheck.rules.statics import facts_asked

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from parcheck.catalogue import Catalogue
    from parcheck.rules import Pack
    from parcheck.submission import Handed

    Progress = Callable[[int, int], None]


class Session:
    """One choice of plugins, with what is built from them once: vocabulary, catalogue, packs.

    Holds no state that changes; may be used from several threads.
    """

    def __init__(self, plugins: Plugins | None = None) -> None:
        self.plugins = plugins or Plugins()
        keywords, _ = self.plugins.collect("parcheck_keywords", Keyword)
        readers = Readers(self.plugins)
        self.vocabulary = Vocabulary({keyword.name: keyword for keyword in keywords}, readers.provided | CONTRACT)
        self.crosschecks: list[CrossCheck]
        self.crosschecks, self.failed_checks = self.plugins.collect("parcheck_crosschecks", CrossCheck)

    @functools.cached_property
    def catalogue(self) -> Catalogue:
        """The words of parcheck and of all plugins."""
        from parcheck.catalogue import Catalogue, own_files

        files, _ = self.plugins.collect("parcheck_catalogue", Path)
        catalogue = Catalogue(own_files())
        for file in files:
            # A plugin's faulty catalogue costs its own words: its codes are then shown bare.
            with contextlib.suppress(Exception):
                catalogue.add(file)
        return catalogue

    def pack(self, name: str | Path) -> Pack:
        """Load a pack by id or path.

        Raises:
            BadUsage: no such pack.
            BadPack: it has faults; all of them are named.
        """
        return _load_pack(find_pack(str(name), self.plugins), self.vocabulary)

    def handed(self, path: Path, *, unit: str | None = None, year: int | str | None = None) -> Handed:
        """Return what was handed in at a path, nothing opened yet.

        Raises:
            BadSubmission: nothing there, or no plugin knows the form.
            BadUsage: a year that is no year.
        """
        if not path.exists():
            raise BadSubmission("path-not-found", path=str(path))
        overrides = {"unit": unit, "year": None if year is None else str(year)}
        given = {key: value for key, value in overrides.items() if value}
        failure: BaseException | None = None
        for answer in self.plugins.call("parcheck_submission", path=path, overrides=given):
            if isinstance(answer.error, BadSubmission | BadUsage):
                raise answer.error
            if answer.value is not None:
                handed: Handed = answer.value
                return handed
            failure = failure or answer.error
        if failure:
            raise failure
        raise BadSubmission("path-not-folder", path=str(path))

    def check(
        self,
        path: str | Path,
        rules: str | Path | Pack,
        *,
        unit: str | None = None,
        year: int | str | None = None,
        only: Sequence[str] = (),
        workers: int | None = None,
        limits: Limits | None = None,
        progress: Progress | None = None,
    ) -> Report:
        """Check one submission; see `parcheck.check`."""
        import dataclasses

        started = _now()
        pack = self.pack(rules) if isinstance(rules, str | Path) else rules
        handed = self.handed(Path(path), unit=unit, year=year)
        if only:
            unknown = [code for code in only if code not in pack.codes()]
            if unknown:
                raise BadUsage("code-not-found", code=unknown[0], nearest=", ".join(sorted(pack.codes())))
            handed = dataclasses.replace(handed, scope=tuple(only))
        asked = facts_asked(pack, self.vocabulary).union(*(check.needs for check in self.crosschecks))
        files = [(item.file, item.path) for item in handed.items]
        readings: dict[int, Reading] = {}
        with ReaderPool(facts=asked, choice=self.plugins.choice, limits=limits, workers=workers) as pool:
            for index, reading in pool.read_many(files):
                readings[index] = reading
                if progress:
                    progress(len(readings), len(files))
        judge = Judge(pack, self.vocabulary, self.catalogue)
        ordered = [readings[index] for index in range(len(files))]
        result = judge.judge(handed, ordered, self.crosschecks, self.failed_checks)
        run = {"tool": "parcheck", "versions": versions(), "started": started, "finished": _now()}
        fields = tuple((group.code, group.name) for group in pack.groups if group.level == 0)
        return Report(pack.id, pack.title, pack.version, pack.digest, fields, (result,), run)


CONTRACT = frozenset(
    [
        "type",
        "symbol",
        "number",
        "sign",
        "issued_on",
        "place",
        "issuer",
        "parent",
        "subject",
        "signer",
        "recipients",
        "legal_bases",
        "references",
        "draft",
        "copy",
        "urgency",
        "secrecy",
        "signatures",
        "marks",
        "scan",
        "text",
        "appendices",
        "links",
        "figures",
        "file",
    ]
)
"""Facts that a pack may name whether or not a plugin that reads them is installed (then they are unknown)."""


def versions() -> dict[str, str]:
    """Return the versions that a verdict rests on."""
    return {
        "parcheck": version("parcheck"),
        "python": platform.python_version(),
        "pypdfium2": version("pypdfium2"),
    }


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


def check(
    folder: str | Path,
    rules: str | Path | Pack,
    *,
    unit: str | None = None,
    year: int | str | None = None,
    only: Sequence[str] = (),
    workers: int | None = None,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> Report:
    """Check a unit's evidence against a set of criteria.

    Args:
        folder: the submission: one sub-folder per criterion, named by its code.
        rules: a pack's id ("par-tinh-2025"), its folder, or a loaded `Pack`.
        unit: name of the unit; wins over `submission.yaml`.
        year: the year that is assessed; wins over `submission.yaml` and the pack.
        only: codes of fields or criteria to check; the whole set without.
        workers: worker processes; one per processor without.
        limits: what one file may cost.
        progress: called with (files read, files in all) after each file.

    Returns:
        The report; `report.ready` is True when nothing is missing or invalid.

    Raises:
        BadUsage, BadPack, BadSubmission: see `parcheck.errors`. A bad file never raises.
    """
    return Session().check(
        folder, rules, unit=unit, year=year, only=only, workers=workers, limits=limits, progress=progress
    )


def read(path: str | Path, *, facts: Collection[str] | None = None, limits: Limits | None = None) -> Reading:
    """Read one file in a worker process and return what it says.

    Args:
        path: the file.
        facts: names of the facts to read; all that the plugins provide without.
        limits: what it may cost.

    Returns:
        A reading, whatever happens to the file: see its status, unknown facts and problems.
    """
    with ReaderPool(facts=None if facts is None else frozenset(facts), limits=limits, workers=1) as pool:
        return pool.read(Path(path))


def load_pack(name: str | Path) -> Pack:
    """Load a rule pack by id or folder.

    Raises:
        BadUsage: no such pack.
        BadPack: it has faults; `faults` names each with file and line.
    """
    return Session().pack(name)
