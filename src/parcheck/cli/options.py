# SPDX-License-Identifier: Apache-2.0
"""Options that several commands share, and writing to a file without ever leaving half of one."""

from __future__ import annotations

import contextlib
import datetime
import errno
import logging
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TextIO, TypeVar

import click

from parcheck.catalogue import LANGUAGES
from parcheck.errors import BadUsage, ParcheckError
from parcheck.plugins import PluginChoice, Plugins
from parcheck.writing import whole

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


def cache_option(function: _F) -> _F:
    """Add --no-cache."""
    return click.option(
        "--cache/--no-cache",
        "cached",
        default=True,
        help="Dùng lại kết quả đọc các tệp chưa thay đổi (xem: parcheck cache).",
    )(function)


class _Day(click.ParamType):  # type: ignore[type-arg]
    """A day as an ISO date."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime.date:
        if isinstance(value, datetime.date):
            return value
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            self.fail(value, param, ctx)


def decisions_option(function: _F) -> _F:
    """Add --decisions and --today."""
    today = click.option(
        "--today",
        type=_Day(),
        metavar="NĂM-THÁNG-NGÀY",
        help="Ngày dùng để xét thời hạn của quyết định; không ghi thì là hôm nay.",
    )
    file = click.option(
        "--decisions",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="TỆP",
        help="Tệp quyết định của người thẩm định (miễn, công nhận, không công nhận): YAML, hoặc bảng Excel đã điền.",
    )
    return file(today(function))


@contextlib.contextmanager
def warnings_shown(language: str) -> Iterator[None]:
    """Show what the library warns of, as sentences on standard error, each once."""
    said: set[str] = set()

    class Shown(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            argument = record.args[0] if isinstance(record.args, tuple) and record.args else None
            sentence = argument.say(language) if isinstance(argument, ParcheckError) else record.getMessage()
            if sentence not in said:
                said.add(sentence)
                click.echo(sentence, err=True)

    logger = logging.getLogger("parcheck")
    handler = Shown(logging.WARNING)
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)


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
        with whole(path) as draft:
            yield draft
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
