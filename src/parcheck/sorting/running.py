# SPDX-License-Identifier: Apache-2.0
"""Sorting a pile end to end: every file is read, held against the unit's own list, then against every row of a set."""

from __future__ import annotations

import contextlib
import dataclasses
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from parcheck.batch import Progress
from parcheck.errors import BadSubmission
from parcheck.judging.citing import gather, join
from parcheck.judging.coding import Coder
from parcheck.judging.judge import NEVER_PROOF
from parcheck.judging.sheet import settled
from parcheck.judging.vocabulary import Context
from parcheck.model import Evidence
from parcheck.reading.pool import Job, ReaderPool
from parcheck.reading.store import ReadingStore, chosen_file
from parcheck.sorting import Basis, Placement, Sorted, Sureness
from parcheck.sorting.placing import Choice, Placer
from parcheck.submission.comparing import symbol_key
from parcheck.submission.filing import code_in, filed_under

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from parcheck.checking import Session
    from parcheck.model import Reading
    from parcheck.reading.pool import Limits
    from parcheck.rules import Pack
    from parcheck.submission import Handed, Item


def sort(
    folder: str | Path,
    rules: str | Path | Pack,
    *,
    session: Session | None = None,
    unit: str | None = None,
    year: int | str | None = None,
    workers: int | None = None,
    limits: Limits | None = None,
    cache: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> Sorted:
    """Find the criteria that the files of a pile belong to, and how surely. Nothing on disk is touched.

    Args:
        folder: the pile: a folder, with or without sub-folders, or a ZIP of one. A `submission.yaml` and the unit's
            self-assessment at its top are heeded.
        rules: a pack's id ("par-tinh-2025"), its folder, or a loaded `Pack`.
        session: plugins and words; a new one with all plugins that are installed without.
        unit: name of the unit; wins over `submission.yaml`.
        year: the year that is assessed; wins over `submission.yaml` and the pack.
        workers: worker processes; one per processor without.
        limits: what one file may cost.
        cache: use the user's cache of readings.
        progress: called after each file that was read.

    Returns:
        The pile, sorted: of each file the rows it fits, and what decided.

    Raises:
        BadUsage, BadPack, BadSubmission: see `parcheck.errors`. A bad file never raises.
    """
    if session is None:
        from parcheck.checking import Session

        session = Session()
    pack = session.pack(rules) if isinstance(rules, str | Path) else rules
    with contextlib.ExitStack() as stack:
        file = chosen_file(cache)
        stores = [stack.enter_context(ReadingStore(file, session.readers))] if file else []
        pool = ReaderPool(
            facts=session.facts(pack), choice=session.plugins.choice, limits=limits, stores=stores, workers=workers
        )
        stack.enter_context(pool)
        handed = session.handed(Path(folder), unit=unit, year=year, reader=pool)
        if not handed.items:
            raise BadSubmission("folder-empty", path=str(folder))
        readings = _read(pool, handed, progress)
    return place_all(session, pack, handed, readings)


def _read(pool: ReaderPool, handed: Handed, progress: Callable[[Progress], None] | None) -> list[Reading]:
    found: dict[int, Reading] = {}
    jobs = [Job(item.file, item.path, item.member) for item in handed.items]
    for index, reading in pool.read_many(jobs):
        found[index] = reading
        if progress is not None:
            progress(Progress(0, 1, len(found), len(jobs), handed.path.name))
    return [found[index] for index in range(len(handed.items))]


def place_all(session: Session, pack: Pack, handed: Handed, readings: Sequence[Reading]) -> Sorted:
    """Find the criteria that files belong to which were read already.

    Args:
        session: plugins and words.
        pack: the set.
        handed: the pile.
        readings: one per item of `handed`, in the same order.
    """
    coder = Coder(session.catalogue, pack.severities)
    sheets = tuple(dict.fromkeys(row.sheet for row in handed.rows if row.sheet))
    given = handed
    handed, _ = settled(handed, pack, coder)
    year = handed.year or pack.year
    placer = Placer(pack, year, handed.scope, session.vocabulary, coder, session.catalogue)
    told = _cited(session, pack, handed, readings, coder)
    listed = _listed(handed, pack.codes())
    hints = _hints(handed, readings, pack.codes())
    first = _first_copies(handed, readings)
    placements = []
    for item, reading in zip(handed.items, readings, strict=True):
        real = not _nothing(reading)
        if (same := first.get(reading.sha256 or "", item)) is not item:
            placements.append(Placement(item, reading, Sureness.UNSURE, same_as=same.path))
            continue
        said = hints.get(reading.sha256 or item.path, [])
        hinted = frozenset(row.code for code in said for row in pack.under(code))
        others = tuple(other for other in readings if other is not reading)
        context = Context(reading, year, handed.unit_names, handed.parent, handed.upstream, others)
        choice = placer.place(context, PurePosixPath(item.path).stem.replace("_", " "), hinted)
        for basis, codes, sureness in (
            (Basis.SHEET, *told.get(item.path, ((), Sureness.SURE))),
            (Basis.MANIFEST, listed.get(item.path, ()), Sureness.SURE),
        ):
            if codes:
                fits = tuple(fit for fit in choice.fits if fit.code in codes)
                choice = Choice(sureness, codes, basis, fits)
        if not real:
            choice = Choice(Sureness.UNSURE, (), Basis.RULES, ())
        placements.append(
            Placement(item, reading, choice.sureness, choice.codes, choice.basis, choice.fits, next(iter(said), None))
        )
    return Sorted(pack, given, tuple(_with_copies(placements)), sheets)


def _nothing(reading: Reading) -> bool:
    """Tell a file that is no document at all: empty, or one that a program left behind."""
    return any(problem.code in NEVER_PROOF for problem in reading.problems)


def _first_copies(handed: Handed, readings: Sequence[Reading]) -> dict[str, Item]:
    """Return digest → the one of all files of these bytes that stands for them: that with the shortest path."""
    found: dict[str, Item] = {}
    for item, reading in zip(handed.items, readings, strict=True):
        if reading.sha256 and not _nothing(reading):
            found[reading.sha256] = min(
                found.get(reading.sha256, item), item, key=lambda one: (len(one.path), one.path)
            )
    return found


def _cited(
    session: Session, pack: Pack, handed: Handed, readings: Sequence[Reading], coder: Coder
) -> dict[str, tuple[tuple[str, ...], Sureness]]:
    """Return path → (codes under which the self-assessment cites the document, how surely it is the one cited)."""
    citations = gather(handed)
    if not citations:
        return {}
    files = [
        Evidence(f"d{number:03}", item.path, None, (), reading)
        for number, (item, reading) in enumerate(zip(handed.items, readings, strict=True), start=1)
    ]
    found = {}
    for evidence in join(files, citations, session.facts(pack), coder).documents:
        if evidence.path is None or not evidence.criteria:
            continue
        symbol = evidence.reading.facts.get("symbol")
        same = symbol and any(
            one.facts.get("symbol")
            and symbol_key(one.facts["symbol"]) == symbol_key(symbol)
            and set(one.proves) & set(evidence.criteria)
            for one in citations
        )
        found[evidence.path] = (evidence.criteria, Sureness.SURE if same else Sureness.LIKELY)
    return found


def _listed(handed: Handed, codes: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return path → codes whose claims in `submission.yaml` name the file, by its path, an archive's, or by name."""
    found: dict[str, list[str]] = {}
    for code, claim in handed.claims.items():
        for name in claim.files if code in codes else ():
            for item in handed.items:
                if name in (item.path, item.path.rsplit("/", 1)[-1], *item.archives):
                    found.setdefault(item.path, []).append(code)
    return {path: tuple(dict.fromkeys(named)) for path, named in found.items()}


def _hints(handed: Handed, readings: Sequence[Reading], codes: Collection[str]) -> dict[str, list[str]]:
    """Return digest (or path, of a file that was not read) → codes that the names of all its copies speak of."""
    found: dict[str, list[str]] = {}
    for item, reading in zip(handed.items, readings, strict=True):
        if code := _hint(item, codes):
            found.setdefault(reading.sha256 or item.path, []).append(code)
    return found


def _hint(item: Item, codes: Collection[str]) -> str | None:
    """Return the code that the name of a file, else of its folders, begins with ("1.3.1_QĐ 15.pdf").

    A file's name that begins with a plain number counts for nothing: people number their files.
    """
    code = code_in(PurePosixPath(item.path).stem)
    if code and code in codes and "." in code:
        return code
    return filed_under(item.folders, codes)[0]


def _with_copies(placements: Sequence[Placement]) -> Iterator[Placement]:
    """Yield the files; one of the same bytes as another belongs where that belongs, and what its own place says too."""
    by_path: Mapping[str, Placement] = {one.path: one for one in placements if one.same_as is None}
    for one in placements:
        original = by_path.get(one.same_as or "")
        if original is None:
            yield one
        else:
            yield dataclasses.replace(
                one,
                sureness=original.sureness,
                codes=original.codes,
                basis=original.basis,
                fits=original.fits,
                hint=original.hint,
            )
