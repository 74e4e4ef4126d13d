# SPDX-License-Identifier: Apache-2.0
"""From official documents (a decision's annex, a guide, a workbook) to a draft pack for a person to correct.

Tables come from plugins (`parcheck_tables`); here they become rows, a tree, requirements and YAML. Nothing is made up
silently: what was guessed is listed under `unsure`, and results or scans are told from criteria in words.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from parcheck.errors import BadUsage, ParcheckError, UnreadableFile
from parcheck.reading import tabling
from parcheck.rules.importing.drafting import Draft, Source, draft_pack
from parcheck.rules.importing.joining import join
from parcheck.rules.importing.results import of_results, verdict
from parcheck.rules.importing.rows import read_tables
from parcheck.rules.importing.writing import check_free, write_draft
from parcheck.rules.starting import id_from

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from parcheck.checking import Session
    from parcheck.reading.grids import Grid, Tables
    from parcheck.rules.importing.rows import Table

FORMATS: Final = ".pdf, .docx, .doc, .xlsx, .xls, .ods"
_FACTS: Final = frozenset({"type", "symbol", "issued_on", "issuer", "subject"})


@dataclass(frozen=True, slots=True)
class Written:
    """One draft that was written."""

    folder: Path
    draft: Draft


@dataclass(slots=True)
class Imported:
    """What an import gave: drafts, and what was left out, each with the reason."""

    written: list[Written] = field(default_factory=list)
    left_out: list[ParcheckError] = field(default_factory=list)


def import_files(
    files: Sequence[Path], folder: Path, session: Session, *, year: int | None = None, language: str = "vi"
) -> Imported:
    """Make draft packs out of official documents and write them.

    Args:
        files: one set of criteria, with its guide or in parts where it has them.
        folder: where the draft goes; a second set in the same files goes to "<folder>-2".
        session: the plugins that read tables, and the words of parcheck.
        year: the year that is assessed; told from the documents without.
        language: of the comments in the files.

    Raises:
        BadUsage: a file cannot be read, or none holds criteria: `faults` names every reason, with file and page.
    """
    check_free(folder)
    found = Imported()
    tables: list[Table] = []
    read: list[Tables] = []
    for number, path in enumerate(files):
        read.append(_tables(path, session))
        kept, others = read_tables(read[-1].grids, number)
        tables += _criteria(kept, others, path, session, language, found)
        if read[-1].unread:
            found.left_out.append(ParcheckError("import-scan", path=path.name, pages=_ranges(read[-1].unread)))
        elif not any(table.file == number for table in tables) and not any(
            reason.details.get("path") == path.name for reason in found.left_out
        ):
            found.left_out.append(ParcheckError("import-no-table", path=path.name))
    if not tables:
        raise BadUsage("import-nothing", path=", ".join(path.name for path in files), faults=found.left_out)
    sources, lead = _sources(files, session, {table.file for table in tables})
    if lead is not None:
        # It is the decision itself, and its annex is the set: nothing is missing from it.
        found.left_out = [reason for reason in found.left_out if reason.details.get("path") != files[lead].name]
    types = {short: str(words["vi"]) for short, words in session.catalogue.terms["types"].items()}
    now = dt.datetime.now(tz=dt.UTC).year
    sets = join(tables)
    folders = [folder if not n else folder.with_name(f"{folder.name}-{n + 1}") for n in range(len(sets))]
    for each in folders:
        check_free(each)
    for place, single in zip(folders, sets, strict=True):
        draft = draft_pack(single, sources, types, id_from(place.name) or "bo-tieu-chi", year, now)
        names = ", ".join(dict.fromkeys(files[table.file].name for table in single.tables))
        write_draft(draft, place, session.catalogue.phrase("imported-head", language, files=names))
        found.written.append(Written(place, draft))
    return found


def _tables(path: Path, session: Session) -> Tables:
    if not path.exists():
        raise BadUsage("path-not-found", path=str(path))
    try:
        return tabling.read_tables(path, session.plugins)
    except OSError as error:
        raise BadUsage("import-unreadable", path=str(path), detail=error.strerror or "") from error
    except UnreadableFile as error:
        if error.code == "file-type-unknown":
            raise BadUsage("import-format", path=path.name, allowed=FORMATS) from error
        raise BadUsage("import-unreadable", path=path.name, detail=error.say("vi")) from error


def _criteria(
    kept: Sequence[Table], others: Sequence[Grid], path: Path, session: Session, language: str, found: Imported
) -> Iterator[Table]:
    """Yield the tables of criteria; what the others are is said."""

    def where(pages: Sequence[int], sheet: str | None, number: int) -> str:
        if pages:
            return session.catalogue.phrase("import-where-pages", language, pages=_ranges(pages))
        if sheet:
            return session.catalogue.phrase("import-where-sheet", language, sheet=sheet)
        return session.catalogue.phrase("import-where-table", language, number=number)

    results: list[tuple[list[int], str | None]] = []
    for table in kept:
        what = verdict(table)
        if what == "criteria":
            yield table
        elif what != "small":
            results.append((table.pages, table.sheet))
    results += [([grid.page] if grid.page else [], grid.sheet) for grid in others if of_results(grid)]
    for number, (pages, sheet) in enumerate(results, start=1):
        found.left_out.append(ParcheckError("import-results", path=path.name, where=where(pages, sheet, number)))


def _sources(files: Sequence[Path], session: Session, used: set[int]) -> tuple[list[Source], int | None]:
    """Return (what the documents say of themselves, the file that speaks for an annex).

    A decision without a table of its own has the number and date that its annex, in another file, has not.
    """
    from parcheck.reading.pool import ReaderPool

    with ReaderPool(facts=_FACTS, choice=session.plugins.choice, workers=1) as pool:
        facts: list[dict[str, Any]] = [
            {name: value for name, value in pool.read(path).facts.items() if value and name in _FACTS} for path in files
        ]
    lead = next((n for n in range(len(files)) if n not in used and facts[n].get("symbol")), None)
    spoken: int | None = None
    sources = []
    for number, path in enumerate(files):
        own = facts[number]
        if number in used and not own.get("symbol") and lead is not None and spoken is None:
            own, spoken = {**facts[lead], **own}, lead
        sources.append(Source(path.name, own))
    return sources, spoken


def _ranges(pages: Sequence[int]) -> str:
    """Return page numbers as people write them: "1–3, 7"."""
    parts: list[list[int]] = []
    for page in sorted(set(pages)):
        if parts and page == parts[-1][-1] + 1:
            parts[-1].append(page)
        else:
            parts.append([page])
    return ", ".join(f"{part[0]}–{part[-1]}" if len(part) > 1 else str(part[0]) for part in parts)
