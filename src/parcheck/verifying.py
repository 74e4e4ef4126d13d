# SPDX-License-Identifier: Apache-2.0
"""A report held against its inputs: are the files still those that were judged, what was it made with, what rests on
recognised words, and does a new check come out alike."""

from __future__ import annotations

import contextlib
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from parcheck.errors import BadSubmission, ParcheckError
from parcheck.provenance import sha256
from parcheck.submission.opening import opened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from parcheck.checking import Session
    from parcheck.reporting.reading_back import SaidReport, SaidUnit
    from parcheck.signing_reports import ReportSignature

DEEPEST = 4
"""Levels of folders between a folder that the user names and its units."""


@dataclass(frozen=True, slots=True)
class UnitFiles:
    """The files of one unit as the report has them, and as they are now."""

    unit: SaidUnit
    root: Path | None
    """Where the unit's files lie now; None: not found."""
    same: int = 0
    missing: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    """There now and not in the report."""
    unsaid: tuple[str, ...] = ()
    """There, but the report has no digest of them: nobody could read them when they were checked."""

    @property
    def as_reported(self) -> bool:
        """Whether every file is there with the bytes that were judged, and no other."""
        return self.root is not None and not (self.missing or self.changed or self.extra)


@dataclass(frozen=True, slots=True)
class Made:
    """Something that a report was made with, then and now; None: not said, or not there."""

    kind: str
    """"version", "plugin", "readers" or "pack"."""
    name: str
    then: str | None
    now: str | None


@dataclass(frozen=True, slots=True)
class Again:
    """A criterion whose outcome comes out otherwise now."""

    unit: str
    code: str
    then: str | None
    now: str | None


@dataclass(frozen=True, slots=True)
class Verified:
    """What holding a report against its inputs showed."""

    report: SaidReport
    signature: ReportSignature | None
    units: tuple[UnitFiles, ...]
    made: tuple[Made, ...]
    """What the report was made with, and is another now."""
    again: tuple[Again, ...] | None
    """None: not checked again."""

    @property
    def files_found(self) -> bool:
        """Whether the files of every unit were found."""
        return all(unit.root is not None for unit in self.units)

    @property
    def holds(self) -> bool:
        """Whether all that was looked at is as the report says: files, signature, outcomes."""
        good = self.signature is None or (
            self.signature.intact and self.signature.valid and self.signature.trusted is not False
        )
        return good and not self.again and all(unit.as_reported for unit in self.units if unit.root is not None)


def held_against(report: SaidReport, folders: Sequence[Path], session: Session) -> Iterator[UnitFiles]:
    """Yield, unit by unit, which files are as they were judged.

    Args:
        report: the report.
        folders: where the units' files lie: their own folders or ZIPs, or folders above them; without any, beside the
            report and in the current folder.
        session: knows the forms of submissions.
    """
    for unit in report.units:
        root = find_root(report, unit, folders)
        yield UnitFiles(unit, None) if root is None else _held(unit, root, session)


def find_root(report: SaidReport, unit: SaidUnit, folders: Sequence[Path]) -> Path | None:
    """Return where a unit's files lie now; None where that cannot be told."""
    from pathlib import Path

    if len(folders) == len(report.units) == 1 and folders[0].exists() and not _named(folders[0], unit.path):
        # One unit, one path: it is meant even under another name, unless the unit lies below it.
        return next(_below(folders[0], unit.path, DEEPEST), folders[0])
    for folder in folders or (report.file.parent, Path.cwd()):
        if _named(folder, unit.path) and folder.exists():
            return folder
        found = next(_below(folder, unit.path, DEEPEST if folders else 0), None)
        if found is not None:
            return found
    return None


def _named(path: Path, name: str) -> bool:
    return unicodedata.normalize("NFC", path.resolve().name) == unicodedata.normalize("NFC", name)


def _below(folder: Path, name: str, levels: int) -> Iterator[Path]:
    """Yield what bears a name below a folder, the nearest first."""
    try:
        inner = sorted(folder.iterdir()) if folder.is_dir() else []
    except OSError:
        return
    yield from (each for each in inner if _named(each, name))
    if levels:
        for each in inner:
            if each.is_dir():
                yield from _below(each, name, levels - 1)


def _held(unit: SaidUnit, root: Path, session: Session) -> UnitFiles:
    known: dict[str, str | None] = {
        document.path: document.sha256 for document in unit.documents.values() if document.path is not None
    }
    single = not root.is_dir()
    inputs = dict(unit.inputs or {})
    missing: list[str] = []
    changed: list[str] = []
    unsaid: list[str] = []
    same = 0
    for path, digest in {**inputs, **known}.items():
        there, now = (True, sha256(root)) if single and path in inputs else _digest(root, path)
        if not there:
            missing.append(path)
        elif digest is None:
            unsaid.append(path)
        elif now != digest:
            changed.append(path)
        else:
            same += 1
    extra = [path for path in _there_now(root, session) if path not in known and path not in inputs]
    return UnitFiles(unit, root, same, tuple(missing), tuple(changed), tuple(extra), tuple(unsaid))


def _digest(root: Path, path: str) -> tuple[bool, str | None]:
    """Return (whether a file is there, the SHA-256 of its bytes, None where they cannot be had)."""
    try:
        with opened(root, path) as file:
            return True, sha256(file)
    except FileNotFoundError:
        return False, None
    except (ParcheckError, OSError):
        return True, None


def _there_now(root: Path, session: Session) -> Iterable[str]:
    """Return the paths of all documents that a check would look at."""
    try:
        return [item.path for item in session.handed(root).items]
    except ParcheckError:
        return ()


def made_otherwise(report: SaidReport, session: Session, rules: str | Path | None = None) -> Iterator[Made]:
    """Yield what the report was made with that is another now. Reports that do not say are not guessed at.

    Args:
        report: the report.
        session: the plugins of now.
        rules: the rule set, where it is not found by its id.
    """
    from parcheck.checking import versions

    run = report.run
    yield from _other(run.get("versions") or {}, versions(), "version")
    if "plugins" in run:
        then = {each["name"]: _version(each) for each in run["plugins"]}
        from parcheck.provenance import plugins_said

        now = {each["name"]: _version(each) for each in plugins_said(session.plugins)}
        yield from _other(then, now, "plugin")
    if "readers" in run and run["readers"] != session.readers:
        yield Made("readers", "", run["readers"][:12], session.readers[:12])
    try:
        digest: str | None = session.pack(rules or report.pack_id).digest
    except ParcheckError:
        digest = None
    if digest != report.pack_digest:
        yield Made("pack", report.pack_id, report.pack_digest[:12], digest and digest[:12])


def _version(plugin: Mapping[str, Any]) -> str:
    said = f"{plugin['distribution'] or '–'} {plugin['version'] or ''}".strip()
    return said if plugin["state"] == "used" else f"{said} ({plugin['state']})"


def _other(then: Mapping[str, str], now: Mapping[str, str], kind: str) -> Iterator[Made]:
    for name in sorted({*then, *now}):
        if then.get(name) != now.get(name):
            yield Made(kind, name, then.get(name), now.get(name))


def checked_again(
    report: SaidReport,
    units: Iterable[UnitFiles],
    session: Session,
    rules: str | Path | None = None,
    *,
    workers: int | None = None,
) -> Iterator[Again]:
    """Check anew, with the report's own options, and yield the criteria whose outcome comes out otherwise.

    Outcomes are compared as derived from the files, before any decision; nothing kept of earlier readings is used.

    Args:
        report: the report.
        units: its units, with the places where their files lie.
        session: the plugins.
        rules: the rule set, where it is not found by its id.
        workers: as for `check`.

    Raises:
        BadUsage, BadPack: the rule set cannot be used.
    """
    pack = session.pack(rules or report.pack_id)
    said = report.run.get("options") or {}
    for files in units:
        if files.root is None:
            continue
        now: dict[str, str] = {}
        with contextlib.suppress(BadSubmission):
            (result,) = session.check(
                files.root,
                pack,
                unit=said.get("unit"),
                year=said.get("year") or files.unit.period or None,
                only=said.get("only") or (),
                workers=workers,
            ).submissions
            now = {criterion.code: criterion.outcome.value for criterion in result.criteria}
        then = {code: criterion.before for code, criterion in files.unit.criteria.items()}
        for code in dict.fromkeys([*then, *now]):
            if then.get(code) != now.get(code):
                yield Again(files.unit.name, code, then.get(code), now.get(code))
