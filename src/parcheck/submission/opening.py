# SPDX-License-Identifier: Apache-2.0
"""The bytes of what was handed in, for those who need them after it was read: pages to show, digests to compare."""

from __future__ import annotations

import contextlib
import unicodedata
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from parcheck.archives.parcel import SUFFIXES, Parcel, Unpacker, begins_as_archive
from parcheck.errors import UnreadableFile
from parcheck.submission import Item
from parcheck.submission.parcels import MAX_NESTED, wrapper_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@contextlib.contextmanager
def opened(handed: Item | Path, path: str | None = None) -> Iterator[Path]:
    """Give a file that was handed in as a file on disk: itself, or a copy of a member of an archive, gone afterwards.

    Args:
        handed: an item of a submission; or the submission itself, a folder or ZIP.
        path: with a submission, the path of the file as the report has it: NFC, forward slashes.

    Raises:
        FileNotFoundError: no such file in the submission.
        UnreadableFile: an archive's member cannot be unpacked, and why.
        OSError: the file cannot be read, or its copy cannot be written.
    """
    item = handed if isinstance(handed, Item) else find(handed, path or "")
    with Unpacker() as unpacker, unpacker.unpacked(item.file, item.member) as (file, _):
        yield file


def find(root: Path, path: str) -> Item:
    """Return the item of a submission by its path in the report, whatever form its names have on disk.

    Args:
        root: the submission: a folder or ZIP.
        path: NFC, forward slashes.

    Raises:
        FileNotFoundError: no such file in the submission.
    """
    parts = path.split("/")
    if not any(part in ("", ".", "..") for part in parts):
        found = _in_folder(root, parts) if root.is_dir() else _in_zip(root, path)
        if found is not None:
            return Item(found[0], path, found[1])
    raise FileNotFoundError(f"{root}: {path}")


_Found = tuple[Path, tuple[str, ...]]


def _in_folder(folder: Path, parts: Sequence[str]) -> _Found | None:
    """Return where a file lies below a folder; archives count as folders."""
    first, rest = parts[0], parts[1:]
    for entry in _named(folder, first):
        if not rest:
            if not entry.is_dir():
                return entry, ()
        elif entry.is_dir():
            if found := _in_folder(entry, rest):
                return found
        elif member := _in_archive(entry, "/".join(rest), MAX_NESTED):
            return entry, member
    return None


def _named(folder: Path, name: str) -> Iterator[Path]:
    """Yield the entries that a name means: the one of just this name first, then those that only NFC makes alike."""
    exact = folder / name
    if exact.exists() or exact.is_symlink():
        yield exact
    with contextlib.suppress(OSError):
        for entry in folder.iterdir():
            if entry.name != name and unicodedata.normalize("NFC", entry.name) == name:
                yield entry


def _in_zip(file: Path, path: str) -> _Found | None:
    try:
        with Parcel(file) as parcel:
            top = wrapper_of(parcel)
    except UnreadableFile:
        return None
    member = _in_archive(file, top + path, MAX_NESTED)
    return (file, member) if member else None


def _in_archive(file: Path, path: str, levels: int) -> tuple[str, ...] | None:
    """Return where a file lies inside an archive, one name per archive."""
    if not levels or not begins_as_archive(file):
        return None
    with contextlib.suppress(UnreadableFile), Unpacker() as unpacker, Parcel(file) as parcel:
        if path in parcel.members:
            return (path,)
        for outer in PurePosixPath(path).parents:
            name = outer.as_posix()
            if outer.suffix.lower() in SUFFIXES and name in parcel.members:
                with unpacker.unpacked(file, (name,)) as (inner, _):
                    found = _in_archive(inner, path.removeprefix(f"{name}/"), levels - 1)
                if found:
                    return (name, *found)
    return None
