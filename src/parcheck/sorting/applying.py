# SPDX-License-Identifier: Apache-2.0
"""Copies of a sorted pile, one folder per criterion: all of it or nothing, and the pile itself is not touched."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import yaml

from parcheck.errors import BadUsage, ParcheckError
from parcheck.sorting import Applied, Sureness
from parcheck.submission import Claim
from parcheck.submission.filing import filed_under
from parcheck.submission.manifest import NAME
from parcheck.submission.opening import find, opened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcheck.catalogue import Catalogue
    from parcheck.rules import Pack
    from parcheck.sorting import Placement, Sorted
    from parcheck.submission import Handed, Item

LONGEST_FOLDER: Final = 60
"""Signs of a folder's name: paths on Windows are short."""
LONGEST_NAME: Final = 255
"""Bytes of a file's name on most disks."""
_FORBIDDEN: Final = re.compile(r'[\x00-\x1f/\\:*?"<>|]+')


def apply(result: Sorted, target: Path, catalogue: Catalogue, language: str = "vi") -> Applied:
    """Copy a sorted pile into a new folder that can be checked: one folder per criterion, and `submission.yaml`.

    A file that proves several criteria lies under the first and is named for the others; files that nobody can place
    lie in a folder of their own. Of files with the same bytes one is copied.

    Args:
        result: the sorted pile.
        target: the new folder; it must not be there, or be empty.
        catalogue: the words for the folder of files without a place.
        language: of those words.

    Raises:
        BadUsage: the target is taken, or inside the pile, or cannot be written, or the disk is full. Nothing is left
            behind then.
    """
    check_target(result.handed.path, target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name[:40]}.") as place:
            draft = Path(place, "xep")
            draft.mkdir()
            applied = _Copying(result, draft, target, catalogue, language).run()
            with contextlib.suppress(FileNotFoundError):
                target.rmdir()
            draft.replace(target)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise BadUsage("disk-full", path=str(target)) from error
        raise BadUsage("output-not-writable", path=str(target), detail=error.strerror or "") from error
    return applied


def check_target(source: Path, target: Path) -> None:
    """Make sure that a pile can be copied to a target: before the pile is read, since that may take long.

    Raises:
        BadUsage: the target holds something, or lies inside the pile.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise BadUsage("sort-target-taken", path=str(target))
    if target.resolve().is_relative_to(source.resolve()):
        raise BadUsage("sort-target-inside", path=str(target), source=str(source))


class _Copying:
    def __init__(self, result: Sorted, draft: Path, target: Path, catalogue: Catalogue, language: str) -> None:
        self._result, self._draft, self._target = result, draft, target
        self._catalogue, self._language = catalogue, language
        self._taken: set[str] = {NAME}
        self._paths: dict[str, str] = {}
        self._lost: list[tuple[str, str]] = []

    def run(self) -> Applied:
        """Copy everything and write the manifest."""
        for sheet in self._result.sheets:
            self._copy(find(self._result.handed.path, sheet), "")
        for one in self._result.placements:
            if one.same_as is None:
                self._copy(one.item, self._folder(one))
        for one in self._result.placements:
            if one.same_as in self._paths:
                self._paths[one.path] = self._paths[one.same_as]
        data = _manifest(self._result, self._paths)
        head = self._catalogue.term("sorting", "manifest-head", self._language)
        text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=100) if data else ""
        (self._draft / NAME).write_text(f"{head}\n{text}", encoding="utf-8", newline="\n")
        return Applied(self._target, self._paths, tuple(self._lost))

    def _folder(self, one: Placement) -> str:
        if one.sureness is Sureness.UNSURE or not one.codes:
            return self._catalogue.term("sorting", "loose-folder", self._language)
        return folder_name(self._result.pack, one.codes[0])

    def _copy(self, item: Item, folder: str) -> None:
        with contextlib.ExitStack() as stack:
            try:
                file = stack.enter_context(opened(item))
                stream: BinaryIO = stack.enter_context(file.open("rb"))
            except ParcheckError as error:
                self._lost.append((item.path, error.say(self._language)))
                return
            except OSError as error:
                if error.errno == errno.ENOSPC:
                    raise
                self._lost.append((item.path, error.strerror or type(error).__name__))
                return
            path = self._free(folder, item.path.rsplit("/", 1)[-1])
            made = self._draft / path
            made.parent.mkdir(exist_ok=True)
            with made.open("xb") as copy:
                shutil.copyfileobj(stream, copy)
            changed = os.fstat(stream.fileno()) if not item.member else None
            if changed is not None:
                os.utime(made, ns=(changed.st_atime_ns, changed.st_mtime_ns))
            self._paths[item.path] = path

    def _free(self, folder: str, name: str) -> str:
        """Return a path below the target that is not taken: "Tờ trình (2).pdf" where another file has the name."""
        path = next(each for each in _variants(folder, name) if each.casefold() not in self._taken)
        self._taken.add(path.casefold())
        return path


def _variants(folder: str, name: str) -> Iterator[str]:
    before = f"{folder}/" if folder else ""
    stem, dot, suffix = name.rpartition(".")
    if not stem:
        stem, dot, suffix = name, "", ""
    yield before + name
    number = 2
    while True:
        end = f" ({number}){dot}{suffix}"
        kept = stem
        while len(f"{kept}{end}".encode()) > LONGEST_NAME and kept:
            kept = kept[:-1]
        yield f"{before}{kept}{end}"
        number += 1


def folder_name(pack: Pack, code: str) -> str:
    """Return the name of a criterion's folder: its code and the beginning of its name."""
    name = next((row.name for row in pack.criteria if row.code == code), None)
    group = pack.group(code)
    name = name or (group.name if group else "")
    words = _FORBIDDEN.sub(" ", name).split()
    short = ""
    for word in words:
        if len(f"{code} - {short} {word}") > LONGEST_FOLDER:
            break
        short = f"{short} {word}".strip()
    return (f"{_FORBIDDEN.sub(' ', code)} - {short}" if short else _FORBIDDEN.sub(" ", code)).rstrip(" .,;:-–(")


def _manifest(result: Sorted, paths: dict[str, str]) -> dict[str, Any]:
    """Return what `submission.yaml` says: all that was known before, and what no folder tells of the files."""
    handed, pack = result.handed, result.pack
    listed: dict[str, list[str]] = {}
    for one in result.placements:
        path = paths.get(one.path)
        if one.same_as or path is None or one.sureness is Sureness.UNSURE:
            continue
        filed, _ = filed_under(path.split("/")[:-1], pack.codes())
        for code in one.codes:
            if code != filed:
                listed.setdefault(code, []).append(path)
    data: dict[str, Any] = {
        "unit": handed.unit,
        "parent": handed.parent,
        "level": handed.level,
        "year": handed.year,
        "names": [
            {"name": name.name, "from": _iso(name.since), "to": _iso(name.until)} for name in handed.names if name.name
        ],
        "upstream": {
            key: {"symbol": one.symbol, "issued_on": _iso(one.issued_on)} for key, one in handed.upstream.items()
        },
        "scope": list(handed.scope),
        "criteria": _criteria(handed, pack, listed),
    }
    cleaned: dict[str, Any] = _without_empty(data)
    return cleaned


def _criteria(handed: Handed, pack: Pack, listed: dict[str, list[str]]) -> dict[str, Any]:
    """Return the claims of the pile's own `submission.yaml`; those of a self-assessment lie beside, in its copy."""
    order = {row.code: number for number, row in enumerate(pack.criteria)}
    codes = sorted({*handed.claims, *listed}, key=lambda code: (order.get(code, len(order)), code))
    claims = {code: handed.claims.get(code, Claim()) for code in codes}
    return {
        code: {
            "claimed": claim.claimed,
            "figures": dict(claim.figures),
            "explanation": claim.explanation,
            "not_applicable": claim.not_applicable,
            "files": listed.get(code, []),
        }
        for code, claim in claims.items()
    }


def _iso(day: Any) -> str | None:
    return None if day is None else str(day.isoformat())


def _without_empty(value: Any) -> Any:
    """Drop what is not known; a claim of 0 points is known."""
    if not isinstance(value, dict):
        return [_without_empty(each) for each in value] if isinstance(value, list) else value
    kept = {key: _without_empty(each) for key, each in value.items()}
    return {key: each for key, each in kept.items() if each not in (None, "", [], {}) and each is not False}
