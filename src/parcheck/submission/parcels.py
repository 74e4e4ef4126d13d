# SPDX-License-Identifier: Apache-2.0
"""ZIP archives among what was handed in: what lies in them is handed in where they lie, or is the whole submission.

Only directories of archives are read here. An archive inside another is unpacked for that, within limits, and removed.
"""

from __future__ import annotations

import contextlib
import dataclasses
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from parcheck.archives.parcel import SUFFIXES, Parcel, Unpacker, begins_as_archive
from parcheck.errors import BadSubmission, UnreadableFile
from parcheck.submission import Handed, Item
from parcheck.submission.filing import code_in
from parcheck.submission.folder import from_command_line, system_file
from parcheck.submission.manifest import NAME, read_manifest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

MAX_NESTED: Final = 3
"""Archives inside each other, the outermost included."""
MAX_ITEMS: Final = 20_000
"""Files of one submission that may come out of archives."""
MAX_INNER: Final = 2 * 1024**3
"""Bytes of archives inside archives that one submission may have unpacked to look into them."""
MAX_MANIFEST: Final = 4 * 1024 * 1024
_ERRORS: Final = {"file-encrypted": "zip-locked", "archive-too-large": "zip-too-large"}


def unpacked(handed: Handed, overrides: Mapping[str, str]) -> Handed:
    """Return a folder's submission with the members of its archives as items, each archive filed like a folder.

    An archive that cannot be looked into, or that holds nothing, stays an item: reading it says why.

    Args:
        handed: the folder.
        overrides: "unit" and "year" from the command line; they win over any file.

    Raises:
        BadSubmission: all lies in one archive, and the `submission.yaml` there is faulty.
    """
    handed = dataclasses.replace(handed, items=_sorted(_Walk().expanded(handed.items)))
    return _packed(handed, overrides, depth=0, told=(handed.path / NAME).is_file())


def read_zip(path: Path, overrides: Mapping[str, str]) -> Handed:
    """Return the submission in a ZIP: the folder that was zipped, with or without that folder's own name on top.

    Args:
        path: the archive.
        overrides: "unit" and "year" from the command line; they win over the file.

    Raises:
        BadSubmission: it cannot be opened, holds no file, or has a faulty `submission.yaml`.
        BadUsage: a year that is no year.
    """
    try:
        with Parcel(path) as parcel:
            names = _files_of(parcel)
    except UnreadableFile as error:
        raise BadSubmission(_ERRORS.get(error.code, "zip-unreadable"), path=path.name, **error.details) from error
    top = _wrapper(names)
    told = top + NAME in names
    known = _manifest(Item(path, path.name, (top + NAME,))) if told else {}
    known |= from_command_line(overrides)
    items = [Item(path, name.removeprefix(top), (name,)) for name in names if name != top + NAME]
    if not items:
        raise BadSubmission("zip-empty", path=path.name)
    walk = _Walk()
    walk.left -= len(items)
    handed = Handed(path=path, items=_sorted(walk.expanded(items)), **known)
    return _packed(handed, overrides, depth=1, told=told)


def wrapper_of(parcel: Parcel) -> str:
    """Return the folders that stand around everything in a ZIP, "ho-so/" say; empty where none does.

    A folder that a criterion may be named by is none, unless what lies in it shows that it is not.
    """
    return _wrapper(_files_of(parcel))


def names_at_top(path: Path) -> frozenset[str]:
    """Return the names of folders, archives and `submission.yaml` at the top of a ZIP, folders around all left out;
    none where it cannot be opened."""
    try:
        with Parcel(path) as parcel:
            names = _files_of(parcel)
    except UnreadableFile:
        return frozenset()
    top = _wrapper(names)
    firsts = (name.removeprefix(top).partition("/") for name in names)
    return frozenset(
        first for first, slash, _ in firsts if slash or first == NAME or PurePosixPath(first).suffix.lower() in SUFFIXES
    )


def _wrapper(names: Sequence[str]) -> str:
    top = ""
    while True:
        inner = [name.removeprefix(top) for name in names]
        firsts = {name.partition("/")[0] for name in inner}
        if len(firsts) != 1 or not all("/" in name for name in inner):
            return top
        first = firsts.pop()
        if _is_of_a_code(first, [name.removeprefix(f"{first}/") for name in inner]):
            return top
        top += f"{first}/"


def _is_of_a_code(name: str, inner: Iterable[str]) -> bool:
    """Return whether a folder or archive is a criterion's by its name and by what lies in it."""
    code = code_in(name)
    return code is not None and not _holds_others(code, inner)


def _packed(handed: Handed, overrides: Mapping[str, str], *, depth: int, told: bool) -> Handed:
    """Return a submission of which all but loose files lies in one archive, with what that archive says of the unit.

    Args:
        handed: with the members of archives as items.
        overrides: from the command line.
        depth: how many archives the submission itself is.
        told: whether it has a `submission.yaml` outside that archive, which then holds.
    """
    top = _archive_around(handed.items, depth)
    handed = dataclasses.replace(handed, top=top)
    inside = next((item for item in handed.items if top and item.path == top + NAME), None)
    if told or inside is None or len(handed.items) == 1:
        return handed
    known = _manifest(inside) | from_command_line(overrides)
    return dataclasses.replace(handed, items=tuple(item for item in handed.items if item is not inside), **known)


def _archive_around(items: Iterable[Item], depth: int) -> str:
    """Return the path of the one archive in which all folders lie, with the folders around everything there."""
    packed: dict[str, list[str]] = {}
    for item in items:
        first, slash, rest = item.path.partition("/")
        if slash and len(item.member) > depth and PurePosixPath(first).suffix.lower() in SUFFIXES:
            packed.setdefault(first, []).append(rest)
        elif slash:
            return ""
    if len(packed) != 1:
        return ""
    ((archive, names),) = packed.items()
    return "" if _is_of_a_code(archive, names) else f"{archive}/{_wrapper(names)}"


def _holds_others(code: str, inner: Iterable[str]) -> bool:
    """Return whether a folder that reads like a code holds a whole submission: a manifest, folders of other codes."""
    for name in inner:
        if name == NAME:
            return True
        found = code_in(name.partition("/")[0]) if "/" in name else None
        if found and "." in found and found != code and not found.startswith(f"{code}."):
            return True
    return False


def _manifest(item: Item) -> dict[str, Any]:
    with Unpacker() as unpacker:
        try:
            with unpacker.unpacked(item.file, item.member) as (file, _):
                if file.stat().st_size > MAX_MANIFEST:
                    raise BadSubmission("zip-unreadable", path=item.file.name, detail=NAME)
                return read_manifest(file.parent)
        except UnreadableFile as error:
            detail = f"{NAME}: {error.say('vi')}"
            raise BadSubmission("zip-unreadable", path=item.file.name, detail=detail) from error


def _files_of(parcel: Parcel) -> list[str]:
    return [name for name in parcel.members if not system_file(name)]


def _sorted(items: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(sorted(items, key=lambda item: item.path))


class _Walk:
    """Goes through the archives of one submission, within limits for all of them together."""

    def __init__(self) -> None:
        self.left = MAX_ITEMS
        self._bytes = MAX_INNER

    def expanded(self, items: Iterable[Item]) -> Iterator[Item]:
        """Yield items, archives replaced by what lies in them."""
        for item in items:
            if PurePosixPath(item.path).suffix.lower() not in SUFFIXES:
                yield item
            elif not item.member:
                yield from self._inside(item, item.file)
            else:
                yield from self._inner(item)

    def _inner(self, item: Item) -> Iterator[Item]:
        """Yield what lies in an archive that is itself a member."""
        if len(item.member) >= MAX_NESTED:
            yield item
            return
        with contextlib.ExitStack() as stack:
            unpacker = stack.enter_context(Unpacker())
            try:
                file, _ = stack.enter_context(unpacker.unpacked(item.file, item.member))
            except (UnreadableFile, OSError):
                yield item
                return
            self._bytes -= file.stat().st_size
            yield from self._inside(item, file) if self._bytes > 0 else (item,)

    def _inside(self, item: Item, file: Path) -> Iterator[Item]:
        """Yield the members of the archive `item`, whose bytes lie in `file`; itself where it cannot be opened."""
        names: list[str] = []
        if begins_as_archive(file):
            with contextlib.suppress(UnreadableFile), Parcel(file) as parcel:
                names = [] if parcel.package else _files_of(parcel)
        if not names or len(names) > self.left:
            yield item
            return
        self.left -= len(names)
        yield from self.expanded(Item(item.file, f"{item.path}/{name}", (*item.member, name)) for name in names)
