# SPDX-License-Identifier: Apache-2.0
"""The main job end to end: submission → reading → judging → report."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import functools
import platform
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from parcheck.batch import Batch
from parcheck.distributions import version_of
from parcheck.errors import BadSubmission, BadUsage
from parcheck.judging.asking import Asking
from parcheck.judging.coding import Coder
from parcheck.judging.crosscheck import CrossCheck
from parcheck.judging.judge import Judge
from parcheck.judging.unitcheck import UnitCheck, compare_units
from parcheck.judging.vocabulary import Keyword, Vocabulary
from parcheck.model import Report
from parcheck.plugins import Plugins
from parcheck.provenance import pack_said, plugins_said, with_inputs
from parcheck.reading.contract import CONTRACT
from parcheck.reading.pipeline import Readers
from parcheck.reading.pool import Limits, ReaderPool
from parcheck.reading.store import ReadingStore, chosen_file
from parcheck.rules.loading import find_pack, pack_folders
from parcheck.rules.loading import load_pack as _load_pack
from parcheck.rules.statics import facts_asked
from parcheck.submission.filing import filed_within

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from parcheck.batch import Reader
    from parcheck.catalogue import Catalogue
    from parcheck.judging.deciding import Deciding
    from parcheck.model import Reading, SubmissionResult
    from parcheck.options import Options
    from parcheck.plugins import PluginChoice
    from parcheck.reading.remote import RemoteReader
    from parcheck.reporting.former import FormerReport
    from parcheck.rules import Pack
    from parcheck.submission import Handed


class _Common(TypedDict):
    facts: frozenset[str]
    choice: PluginChoice
    limits: Limits | None
    stores: Sequence[ReadingStore]
    cancel: threading.Event | None


class Session:
    """One choice of plugins, with what is built from them once: vocabulary, catalogue, packs.

    Holds no state that changes; may be used from several threads.

    Args:
        plugins: the plugins to use; all that are installed without.
        packs: a folder in which packs that were found in order, and the words of plugins, are kept, so that they load
            faster the next time.
    """

    def __init__(self, plugins: Plugins | None = None, *, packs: Path | None = None) -> None:
        self.plugins = plugins or Plugins()
        self._kept_packs = packs
        keywords, _ = self.plugins.collect("parcheck_keywords", Keyword)
        self._readers = Readers(self.plugins)
        self.vocabulary = Vocabulary({keyword.name: keyword for keyword in keywords}, self._readers.provided | CONTRACT)
        self.crosschecks: list[CrossCheck]
        self.crosschecks, self.failed_checks = self.plugins.collect("parcheck_crosschecks", CrossCheck)
        self.unitchecks: list[UnitCheck]
        self.unitchecks, self.failed_unitchecks = self.plugins.collect("parcheck_unitchecks", UnitCheck)

    @functools.cached_property
    def catalogue(self) -> Catalogue:
        """The words of parcheck and of all plugins."""
        from parcheck.catalogue import Catalogue, own_files

        files, _ = self.plugins.collect("parcheck_catalogue", Path)
        if self._kept_packs is None:
            catalogue = Catalogue(own_files())
        else:
            from parcheck.catalogue.kept import KeptWords

            catalogue = Catalogue(own_files(), KeptWords(self._kept_packs).load)
        for file in files:
            # A plugin's faulty catalogue costs its own words: its codes are then shown bare.
            with contextlib.suppress(Exception):
                catalogue.add(file)
        return catalogue

    def packs(self) -> tuple[str, ...]:
        """Return the ids of the packs that the plugins bring, for somebody to choose from."""
        return tuple(folder.name for folder in pack_folders(self.plugins))

    def pack(self, name: str | Path) -> Pack:
        """Load a pack by id or path.

        Raises:
            BadUsage: no such pack.
            BadPack: it has faults; all of them are named.
        """
        installed = {folder.name: folder for folder in pack_folders(self.plugins)}
        kept = None
        if self._kept_packs is not None:
            from parcheck.reading.fingerprint import PACK_CORE, PACK_HOOKS, fingerprint
            from parcheck.rules.kept import KeptPacks

            checkers = fingerprint(self.plugins, self._readers, PACK_HOOKS, PACK_CORE)
            kept = KeptPacks(self._kept_packs, checkers)
        return _load_pack(find_pack(str(name), self.plugins), self.vocabulary, installed, kept)

    def handed(
        self, path: Path, *, unit: str | None = None, year: int | str | None = None, reader: Reader | None = None
    ) -> Handed:
        """Return what was handed in at a path, nothing opened yet but the unit's own self-assessment.

        Args:
            path: what the user named.
            unit: name of the unit; wins over the submission's own.
            year: the year that is assessed; wins likewise.
            reader: reads the tables of self-assessments; without, a worker process is started where there are any.

        Raises:
            BadSubmission: nothing there, or no plugin knows the form.
            BadUsage: a year that is no year.
        """
        if not path.exists():
            raise BadSubmission("path-not-found", path=str(path))
        overrides = {"unit": unit, "year": None if year is None else str(year)}
        given = {key: value for key, value in overrides.items() if value}
        failure: BaseException | None = None
        with contextlib.ExitStack() as stack:
            if reader is None:
                reader = stack.enter_context(ReaderPool(facts=frozenset(), choice=self.plugins.choice, workers=1))
            for answer in self.plugins.call("parcheck_submission", path=path, overrides=given, tables=reader.tables):
                if isinstance(answer.error, BadSubmission | BadUsage):
                    raise answer.error
                if answer.value is not None:
                    handed: Handed = answer.value
                    return handed
                failure = failure or answer.error
        if failure:
            raise failure
        raise BadSubmission("path-not-folder", path=str(path))

    def check(self, path: str | Path, rules: str | Path | Pack, **options: Unpack[Options]) -> Report:
        """Check one submission; see `parcheck.check`."""
        started = _now()
        pack = self._pack(rules, options)
        deciding = self._deciding(pack, options, units=1)
        with self._former(options) as former:
            compared = former is not None
            opened = functools.partial(self._opened, pack, options)
            with self._batch(pack, options, opened, compared=compared, alone=True) as batch:
                (result,) = batch.verdicts([Path(path)])
            results = self._compared(pack, (result,), former, deciding) if compared else self._decided(result, deciding)
        return self._reported(pack, results, started, options, deciding)

    def check_many(
        self, paths: Iterable[str | Path], rules: str | Path | Pack, **options: Unpack[Options]
    ) -> Iterator[SubmissionResult]:
        """Check many submissions; see `parcheck.check_many`."""
        pack = self._pack(rules, options)
        units = [Path(path) for path in paths]
        deciding = self._deciding(pack, options, len(units))
        with self._batch(pack, options, functools.partial(self._opened, pack, options)) as batch:
            for result in batch.verdicts(units):
                yield from self._decided(result, deciding)

    def check_all(
        self, paths: Sequence[Path], rules: str | Path | Pack, spool: Path, **options: Unpack[Options]
    ) -> Report:
        """Check many submissions and keep the verdicts in a folder, so that a run that is killed can go on.

        Called again with the same folder, rules and options, it judges only units whose verdict is not there or whose
        files have changed since, and reads no file twice. The caller deletes the folder when the report is written.

        Args:
            paths: submissions, as for `check_many`.
            rules: as for `check`.
            spool: the folder; made when it is not there.
            options: as for `check`.

        Returns:
            The report; its submissions are loaded from the folder as they are asked for.

        Raises:
            BadUsage, BadPack: see `parcheck.errors`.
            Cancelled: `cancel` was set.
            OSError: the folder cannot be written, or the disk is full.
        """
        from parcheck.spool import READINGS, Spool, state_of

        started = _now()
        pack = self._pack(rules, options)
        chosen: dict[str, Any] = {name: options.get(name) for name in ("unit", "year", "only")}
        deciding = self._deciding(pack, options, len(paths))
        if deciding is not None:
            chosen["decisions"] = deciding.identity
        chosen["facts"] = sorted(self.facts(pack).union(*(check.needs for check in self.unitchecks)))
        kept = Spool(spool, {"pack": pack.digest, "readers": self.readers, "versions": versions(), **chosen})
        open_paths = [path for path in paths if kept.get(path) is None]
        states: dict[Path, str] = {}

        def opened(path: Path, reader: Reader) -> Handed:
            # What the verdict rests on is noted before the files are read.
            states[path] = state_of(path)
            return self._opened(pack, options, path, reader)

        with self._former(options) as former:
            with ReadingStore(kept.folder / READINGS, self.readers, keeps_failures=True) as readings:
                options["stores"] = [readings, *options.get("stores", ())]
                with self._batch(pack, options, opened, compared=True) as batch:
                    for path, result in zip(open_paths, batch.verdicts(open_paths), strict=True):
                        kept.put(path, states.pop(path), result)
            results = self._compared(pack, kept.verdicts(paths), former, deciding)
        return self._reported(pack, results, started, options, deciding)

    def report(self, pack: Pack, results: Sequence[SubmissionResult], started: str | None = None) -> Report:
        """Return verdicts as a report, with what they rest on."""
        run = {
            "tool": "parcheck",
            "versions": versions(),
            "started": started or _now(),
            "finished": _now(),
            "plugins": plugins_said(self.plugins),
            "readers": self.readers,
            "pack": pack_said(pack),
        }
        fields = tuple((group.code, group.name) for group in pack.groups if group.level == 0)
        choice = self.plugins.choice
        return Report(pack.id, pack.title, pack.version, pack.digest, fields, results, run, plugins=choice)

    def _reported(
        self,
        pack: Pack,
        results: Sequence[SubmissionResult],
        started: str,
        options: Options,
        deciding: Deciding | None,
    ) -> Report:
        """Return verdicts as a report that also says with which options and decisions they were made."""
        report = dataclasses.replace(self.report(pack, results, started), cache=chosen_file(options.get("cache")))
        only = list(options.get("only") or ())
        year = options.get("year")
        run = {**report.run, "options": {"unit": options.get("unit"), "year": year and str(year), "only": only}}
        if deciding is None:
            return dataclasses.replace(report, run=run)
        unmatched = () if deciding.alone else deciding.unmatched(results)
        return dataclasses.replace(report, run={**run, "decisions": deciding.run}, findings=unmatched)

    def _deciding(self, pack: Pack, options: Options, units: int) -> Deciding | None:
        """Return what applies the decisions of a run; None without any.

        Raises:
            BadUsage: the file cannot be used; all faults are named.
        """
        from parcheck.judging.deciding import Deciding
        from parcheck.judging.decisions import load_decisions

        file = options.get("decisions")
        if file is None:
            return None
        today = options.get("today") or datetime.datetime.now(datetime.UTC).astimezone().date()
        book = load_decisions(Path(file), pack, self.catalogue, today, self.plugins)
        return Deciding(book, pack, Coder(self.catalogue, pack.severities), alone=units == 1)

    def facts(self, pack: Pack) -> frozenset[str]:
        """Return the facts that checking against a pack reads."""
        return facts_asked(pack, self.vocabulary).union(*(check.needs for check in self.crosschecks))

    @staticmethod
    def _former(options: Options) -> contextlib.AbstractContextManager[FormerReport | None]:
        """Return the report of an earlier period, if one is named.

        Raises:
            BadUsage: it cannot be used.
        """
        if (file := options.get("before")) is None:
            return contextlib.nullcontext()
        from parcheck.reporting.former import FormerReport

        return FormerReport(Path(file))

    def _compared(
        self, pack: Pack, results: Sequence[SubmissionResult], former: FormerReport | None, deciding: Deciding | None
    ) -> Sequence[SubmissionResult]:
        """Return verdicts with what holding the units against each other showed, and with decisions on all of it."""
        coder = Coder(self.catalogue, pack.severities)
        compared = compare_units(results, self.unitchecks, coder, former, self.failed_unitchecks)
        return compared.added(results, deciding.apply if deciding is not None else None)

    @staticmethod
    def _decided(result: SubmissionResult, deciding: Deciding | None) -> Sequence[SubmissionResult]:
        return (deciding.apply(result) if deciding is not None else result,)

    @functools.cached_property
    def readers(self) -> str:
        """Fingerprint of what reads: readings by others do not count."""
        from parcheck.reading.fingerprint import fingerprint

        return fingerprint(self.plugins, self._readers)

    def _pack(self, rules: str | Path | Pack, options: Options) -> Pack:
        pack = self.pack(rules) if isinstance(rules, str | Path) else rules
        unknown = [code for code in options.get("only") or () if code not in pack.codes()]
        if unknown:
            raise BadUsage("code-not-found", code=unknown[0], nearest=", ".join(sorted(pack.codes())))
        return pack

    def _opened(self, pack: Pack, options: Options, path: Path, reader: Reader) -> Handed:
        handed = self.handed(path, unit=options.get("unit"), year=options.get("year"), reader=reader)
        only = options.get("only")
        if not only:
            return handed
        # Files of other criteria are not asked about: they are neither read nor reported.
        wanted = frozenset[str]().union(*(pack.above(row) for code in only for row in pack.under(code)))
        return dataclasses.replace(filed_within(handed, wanted, pack.codes()), scope=tuple(only))

    @contextlib.contextmanager
    def _batch(
        self,
        pack: Pack,
        options: Options,
        open_: Callable[[Path, Reader], Handed],
        *,
        compared: bool = False,
        alone: bool = False,
    ) -> Iterator[Batch]:
        judge = Judge(pack, self.vocabulary, self.catalogue)

        def verdict(handed: Handed, readings: list[Reading]) -> SubmissionResult:
            result = judge.judge(handed, readings, self.crosschecks, self.failed_checks)
            return with_inputs(result, handed)

        by_units = frozenset[str]().union(*(check.needs for check in self.unitchecks if compared))
        asked = self.facts(pack) | by_units
        always = by_units.union(*(check.needs for check in self.crosschecks))
        asking = Asking(pack, self.vocabulary, self._readers.whole, always)
        with contextlib.ExitStack() as stack:
            stores = [*options.get("stores", ())]
            if file := chosen_file(options.get("cache")):
                stores.append(stack.enter_context(ReadingStore(file, self.readers)))
            reader: ReaderPool | RemoteReader
            executor = options.get("executor")
            common: _Common = {
                "facts": asked,
                "choice": self.plugins.choice,
                "limits": options.get("limits"),
                "stores": stores,
                "cancel": options.get("cancel"),
            }
            if executor is None:
                reader = stack.enter_context(ReaderPool(workers=options.get("workers"), **common))
            else:
                from parcheck.reading.remote import RemoteReader

                reader = stack.enter_context(RemoteReader(executor, **common))
            yield Batch(
                open_,
                verdict,
                reader,
                asking.spared,
                options.get("progress"),
                alone=alone,
            )


def versions() -> dict[str, str]:
    """Return the versions that a verdict rests on."""
    return {
        "parcheck": version_of("parcheck") or "",
        "python": platform.python_version(),
        "pypdfium2": version_of("pypdfium2") or "",
    }


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


def check(folder: str | Path, rules: str | Path | Pack, **options: Unpack[Options]) -> Report:
    """Check a unit's evidence against a set of criteria.

    Args:
        folder: the submission: a folder with one sub-folder per criterion, named by its code; a ZIP of one; or the
            unit's self-assessment.
        rules: a pack's id ("par-tinh-2025"), its folder, or a loaded `Pack`.
        options: see `parcheck.Options`; all may be left out.

    Returns:
        The report; `report.ready` is True when nothing is missing or invalid.

    Raises:
        BadUsage, BadPack, BadSubmission: see `parcheck.errors`. A bad file never raises.
        Cancelled: `cancel` was set.
    """
    return Session().check(folder, rules, **options)


def check_many(
    paths: Iterable[str | Path], rules: str | Path | Pack, **options: Unpack[Options]
) -> Iterator[SubmissionResult]:
    """Check many submissions and yield each verdict as soon as it, and all before it, are there.

    While one verdict is looked at, the next files are read. Memory does not grow with the number of submissions.
    Closing the iterator ends the work. Safe to use from several threads, each with its own call.

    Args:
        paths: submissions, as for `check`; `parcheck.find_submissions` finds those below a folder.
        rules: as for `check`.
        options: see `parcheck.Options`; all may be left out.

    Yields:
        One verdict per path, in their order; of a path that cannot be checked, one with findings that say why.

    Raises:
        BadUsage, BadPack: when the first verdict is asked for.
        Cancelled: `cancel` was set; what was yielded stands.
    """
    yield from Session().check_many(paths, rules, **options)


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
