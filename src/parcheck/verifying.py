# SPDX-License-Identifier: Apache-2.0
"""A report held against its inputs: are the files still those that were judged, what was it made with, what rests on
recognised words; `parcheck.checking_again` tells whether a new check comes out alike."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from parcheck.errors import ParcheckError
from parcheck.provenance import files_below, inputs_of, sha256
from parcheck.signing_reports import signatures_of
from parcheck.submission.opening import opened

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from parcheck.checking import Session
    from parcheck.checking_again import Again
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
    moved: tuple[tuple[str, str], ...] = ()
    """(then, now): the bytes that were judged, elsewhere. Where a file lies is part of what is judged."""
    unsaid: tuple[str, ...] = ()
    """There, but the report has no digest of them: nobody could read them when they were checked."""

    @property
    def as_reported(self) -> bool:
        """Whether every file is there with the bytes that were judged, and no other."""
        return self.root is not None and not (self.missing or self.changed or self.extra or self.moved)


@dataclass(frozen=True, slots=True)
class Made:
    """Something that a report was made with, then and now; None: not said, or not there."""

    kind: str
    """"version", "plugin", "readers", "pack"; or "unsaid", where the report does not say what it was made with."""
    name: str
    then: str | None
    now: str | None


@dataclass(frozen=True, slots=True)
class Verified:
    """What holding a report against its inputs showed."""

    report: SaidReport
    signatures: tuple[ReportSignature, ...]
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
        """Whether all that was looked at is as the report says: its own digest, files, signatures, a new check."""
        return (
            self.report.sealed is not False
            and all(each.good and each.trusted is not False for each in self.signatures)
            and not self.again
            and all(unit.as_reported for unit in self.units if unit.root is not None)
        )

    @property
    def vouched(self) -> str | None:
        """What shows that the verdicts were not changed since, by somebody who knows how: "again", a new check;
        "signature", of somebody whom the user trusts; None: nothing."""
        if self.again is not None and not self.again and self.files_found:
            return "again"
        if any(each.good and each.trusted for each in self.signatures):
            return "signature"
        return None


def held_against(report: SaidReport, folders: Sequence[Path], session: Session) -> Iterator[UnitFiles]:
    """Yield, unit by unit, which files are as they were judged.

    Args:
        report: the report.
        folders: where the units' files lie: their own folders or ZIPs, or folders above them; without any, beside the
            report and in the current folder.
        session: knows the forms of submissions.
    """
    own = {file.resolve() for file in (report.file, *signatures_of(report.file))}
    taken: set[Path] = set()
    for unit in report.units:
        held: UnitFiles | None = None
        for root in places(report, unit, folders):
            if root.resolve() in taken:
                continue
            here = _held(unit, root, session, own)
            # Two units may have folders of one name: what fits best is meant.
            held = here if held is None or _fit(here) > _fit(held) else held
            if held.as_reported:
                break
        if held is not None and held.root is not None:
            taken.add(held.root.resolve())
        yield held or UnitFiles(unit, None)


def _fit(held: UnitFiles) -> tuple[int, int]:
    return held.same, -len((*held.missing, *held.changed, *held.extra, *held.moved))


def places(report: SaidReport, unit: SaidUnit, folders: Sequence[Path]) -> Iterator[Path]:
    """Yield where a unit's files may lie now, the likeliest place first."""
    from pathlib import Path

    if len(folders) == len(report.units) == 1 and folders[0].exists() and not _named(folders[0], unit.path):
        # One unit, one path: it is meant even under another name, unless the unit lies below it.
        yield next(_below(folders[0], unit.path, DEEPEST), folders[0])
        return
    for folder in folders or (report.file.parent, Path.cwd()):
        if _named(folder, unit.path) and folder.exists():
            yield folder
        yield from _below(folder, unit.path, DEEPEST if folders else 0)


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


def _held(unit: SaidUnit, root: Path, session: Session, own: Collection[Path]) -> UnitFiles:
    """Return how a unit's files are now; `own` are files of the report itself, which may lie among them."""
    known: dict[str, str | None] = {
        document.path: document.sha256 for document in unit.documents.values() if document.path is not None
    }
    single = not root.is_dir()
    inputs = dict(unit.inputs or {})
    missing: list[str] = []
    changed: list[str] = []
    unsaid: list[str] = []
    same = 0
    for path in dict.fromkeys([*inputs, *known]):
        digest = known.get(path) or inputs.get(path)
        there, now = (True, sha256(root)) if single and path in inputs else _digest(root, path)
        if not there:
            missing.append(path)
        elif digest is None:
            unsaid.append(path)
        elif now != digest:
            changed.append(path)
        else:
            same += 1
    # Of a part of the set, archives of other rows were noted as files, and nobody looked into them.
    extra = [
        path
        for path in _there_now(root, session, unit, own)
        if path not in known and inputs.keys().isdisjoint((path, *map(str, PurePosixPath(path).parents)))
    ]
    moved = list(_moved({path: known.get(path) or inputs.get(path) for path in missing}, extra, root))
    then, now_at = {path for path, _ in moved}, {path for _, path in moved}
    return UnitFiles(
        unit,
        root,
        same,
        tuple(path for path in missing if path not in then),
        tuple(changed),
        tuple(path for path in extra if path not in now_at),
        tuple(moved),
        tuple(unsaid),
    )


def _moved(gone: Mapping[str, str | None], extra: Iterable[str], root: Path) -> Iterator[tuple[str, str]]:
    """Yield (path then, path now) of files that are no longer where they were but elsewhere, each once."""
    if not gone:
        return
    left = dict(gone)
    for path in extra:
        _, digest = _digest(root, path)
        then = next((each for each, said in left.items() if said is not None and said == digest), None)
        if then is not None:
            del left[then]
            yield then, path


def _digest(root: Path, path: str) -> tuple[bool, str | None]:
    """Return (whether a file is there, the SHA-256 of its bytes, None where they cannot be had)."""
    try:
        with opened(root, path) as file:
            return True, sha256(file)
    except FileNotFoundError:
        return False, None
    except (ParcheckError, OSError):
        return True, None


def _there_now(root: Path, session: Session, unit: SaidUnit, own: Collection[Path]) -> Iterator[str]:
    """Yield the paths of all that a check would look at: documents, and what is read beside them."""
    try:
        handed = session.handed(root)
    except ParcheckError:
        # It could not be checked as it is now: then every file is one that is there, archives as they are.
        archives = {str(parent) for path in unit.paths for parent in PurePosixPath(path).parents}
        files = sorted(files_below(root)) if root.is_dir() else ()
        named = (unicodedata.normalize("NFC", file.relative_to(root).as_posix()) for file in files)
        yield from (path for path in named if path not in archives)
        return
    yield from (item.path for item in handed.items if item.file.resolve() not in own)
    if unit.inputs is not None and root.is_dir():
        yield from (path for path, file in inputs_of(handed) if file.resolve() not in own)


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
    if "plugins" not in run or "readers" not in run:
        yield Made("unsaid", "", None, None)
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
