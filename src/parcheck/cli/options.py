# SPDX-License-Identifier: Apache-2.0
"""Options that several commands share, and writing to a file without ever leaving half of one."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TextIO, TypeVar

import click

from parcheck.catalogue import LANGUAGES
from parcheck.errors import BadUsage
from parcheck.plugins import PluginChoice, Plugins

_F = TypeVar("_F", bound=Callable[..., Any])
LANGUAGE_VARIABLE = "PARCHECK_LANG"


def language_option(function: _F) -> _F:
    """Add --lang."""
    return click.option(
        "--lang",
        "language",
        type=click.Choice(LANGUAGES),
        default="vi",
        envvar=LANGUAGE_VARIABLE,
        help="Ngôn ngữ của báo cáo (language): vi, en.",
    )(function)


def block_option(function: _F) -> _F:
    """Add --block."""
    return click.option(
        "--block",
        "blocked",
        multiple=True,
        metavar="TÊN",
        help="Tắt một phần mở rộng (xem: parcheck plugins).",
    )(function)


def language_from(arguments: list[str]) -> str:
    """Return the language asked for, also where the rest of the command line cannot be understood."""
    for before, after in zip(["", *arguments], arguments, strict=False):
        value = after if before == "--lang" else after.removeprefix("--lang=") if after.startswith("--lang=") else ""
        if value in LANGUAGES:
            return value
    named = os.environ.get(LANGUAGE_VARIABLE, "")
    return named if named in LANGUAGES else "vi"


def chosen_plugins(blocked: tuple[str, ...]) -> Plugins:
    """Return the plugins, those named left out.

    Raises:
        BadUsage: no plugin of that name.
    """
    plugins = Plugins(PluginChoice.from_environment(blocked))
    known = sorted(info.name for info in plugins)
    for name in blocked:
        if name not in known:
            raise BadUsage("plugin-unknown", plugin=name, known=", ".join(known))
    return plugins


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give the path of a draft beside a file; the file appears when the draft is whole, or not at all.

    Raises:
        BadUsage: the file cannot be written, or the disk is full.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        os.close(handle)
        draft = Path(name)
        try:
            yield draft
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        draft.chmod(0o666 & ~_umask())
        draft.replace(path)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise BadUsage("disk-full", path=str(path)) from error
        raise BadUsage("output-not-writable", path=str(path), detail=error.strerror or "") from error


@contextlib.contextmanager
def output(path: Path | None) -> Iterator[TextIO]:
    """Open what a command writes to: standard output, or a file that appears whole or not at all.

    Raises:
        BadUsage: the file cannot be written, or the disk is full.
    """
    if path is None:
        yield sys.stdout
        return
    with whole_file(path) as draft, draft.open("w", encoding="utf-8", newline="\n") as stream:
        yield stream
        stream.flush()
        os.fsync(stream.fileno())


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
