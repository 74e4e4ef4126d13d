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
    from collections.abc import Iterable, Iterator, Mapping

MAX_NESTED: Final = 3
"""Archives inside each other, the outermost included."""
MAX_ITEMS: Final = 20_000
"""Files of one submission that may come out of archives."""
MAX_INNER: Final = 2 * 1024**3
"""Bytes of archives inside archives that one submission may have unpacked to look into them."""
MAX_MANIFEST: Final = 4 * 1024 * 1024
_ERRORS: Final = {"file-encrypted": "zip-locked", "archive-too-large": "zip-too-large"}


def unpacked(handed: Handed) -> Handed:
    """Return a submission with the members of its archives as items, each archive filed like a folder.

    An archive that cannot be looked into, or that holds nothing, stays an item: reading it says why.
    """
    return dataclasses.replace(handed, items=_sorted(_Walk().expanded(handed.items)))


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
            names, top = _files_of(parcel), wrapper_of(parcel)
    except UnreadableFile as error:
        raise BadSubmission(_ERRORS.get(error.code, "zip-unreadable"), path=path.name, **error.details) from error
    known = _manifest(path, top + NAME) if top + NAME in names else {}
    known |= from_command_line(overrides)
    items = [Item(path, name.removeprefix(top), (name,)) for name in names if name != top + NAME]
    if not items:
        raise BadSubmission("zip-empty", path=path.name)
    walk = _Walk()
    walk.left -= len(items)
    return Handed(path=path, items=_sorted(walk.expanded(items)), **known)


def wrapper_of(parcel: Parcel) -> str:
    """Return the folders that stand around everything in a ZIP, "ho-so/" say; empty where none does.

    A folder that a criterion may be named by is none, unless what lies in it shows that it is not.
    """
    names, top = _files_of(parcel), ""
    while True:
        inner = [name.removeprefix(top) for name in names]
        firsts = {name.partition("/")[0] for name in inner}
        if len(firsts) != 1 or not all("/" in name for name in inner):
            return top
        first = firsts.pop()
        code = code_in(first)
        if code is not None and not _holds_others(code, [name.removeprefix(f"{first}/") for name in inner]):
            return top
        top += f"{first}/"


def _holds_others(code: str, inner: Iterable[str]) -> bool:
    """Return whether a folder that reads like a code holds a whole submission: a manifest, folders of other codes."""
    for name in inner:
        if name == NAME:
            return True
        found = code_in(name.partition("/")[0]) if "/" in name else None
        if found and "." in found and found != code and not found.startswith(f"{code}."):
            return True
    return False


def _manifest(path: Path, name: str) -> dict[str, Any]:
    with Unpacker() as unpacker:
        try:
            with unpacker.unpacked(path, (name,)) as (file, _):
                if file.stat().st_size > MAX_MANIFEST:
                    raise BadSubmission("zip-unreadable", path=path.name, detail=NAME)
                return read_manifest(file.parent)
        except UnreadableFile as error:
            raise BadSubmission("zip-unreadable", path=path.name, detail=f"{NAME}: {error.say('vi')}") from error


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
