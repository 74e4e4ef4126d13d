# SPDX-License-Identifier: Apache-2.0
"""`parcheck read`: show what parcheck sees in files."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from parcheck.cli.exits import Exit
from parcheck.cli.options import block_option, chosen_plugins, language_option, output

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from parcheck.catalogue import Catalogue
    from parcheck.model import Reading


@click.command(short_help="Cho xem chương trình đọc được gì trong tệp.")
@click.argument("files", metavar="TỆP…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--format", "format_name", type=click.Choice(["text", "jsonl"]), default="text", show_default=True)
@click.option("--facts", metavar="TÊN,…", help="Chỉ đọc các nội dung này, ví dụ symbol,issued_on.")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path, dir_okay=False), help="Ghi ra tệp.")
@click.option("--workers", type=click.IntRange(min=1), metavar="SỐ", help="Số tiến trình đọc tệp.")
@click.option("--timeout", type=click.FloatRange(min=0.1), default=60.0, show_default=True, help="Giây cho mỗi tệp.")
@language_option
@block_option
def read(
    files: tuple[Path, ...],
    format_name: str,
    facts: str | None,
    target: Path | None,
    workers: int | None,
    timeout: float,
    language: str,
    blocked: tuple[str, ...],
) -> int:
    """In ra những gì đọc được trong từng TỆP (hoặc mọi tệp trong thư mục), kèm trang và chữ đã đọc."""
    from parcheck.checking import Session
    from parcheck.errors import BadUsage
    from parcheck.reading.pool import Job, Limits, ReaderPool
    from parcheck.reporting.summary import own_failure

    session = Session(chosen_plugins(blocked))
    asked = frozenset(name.strip() for name in facts.split(",") if name.strip()) if facts else None
    unknown = sorted((asked or frozenset()) - session.vocabulary.facts)
    if unknown:
        raise BadUsage("fact-unknown", found=unknown[0], allowed=", ".join(sorted(session.vocabulary.facts)))
    paths = list(_expand(files))
    pool = ReaderPool(
        facts=session.vocabulary.facts if asked is None else asked,
        choice=session.plugins.choice,
        limits=Limits(seconds=timeout),
        workers=workers,
    )
    failed = False
    with pool, output(target) as stream:
        for reading in _in_order(pool.read_many([Job(path, str(path)) for path in paths]), len(paths)):
            failed |= any(own_failure(problem) for problem in reading.problems)
            if format_name == "jsonl":
                _write_line(reading, session.catalogue, language, stream)
            else:
                _write_text(reading, session.catalogue, language, stream)
    return Exit.NOT_CHECKED if failed or not paths else Exit.READY


def _expand(files: Iterable[Path]) -> Iterator[Path]:
    for path in files:
        if path.is_dir():
            for parent, folders, names in os.walk(path):
                folders.sort()
                yield from (Path(parent, name) for name in sorted(names))
        else:
            yield path


def _in_order(results: Iterable[tuple[int, Reading]], count: int) -> Iterator[Reading]:
    """Yield readings in the order of the files, each as soon as all before it are there."""
    waiting: dict[int, Reading] = {}
    following = 0
    for index, reading in results:
        waiting[index] = reading
        while following in waiting and following < count:
            yield waiting.pop(following)
            following += 1


def _write_line(reading: Reading, catalogue: Catalogue, language: str, stream: TextIO) -> None:
    from parcheck.reporting.as_json import reading_data

    stream.write(json.dumps(reading_data(reading, catalogue, language), ensure_ascii=False) + "\n")


def _write_text(reading: Reading, catalogue: Catalogue, language: str, stream: TextIO) -> None:
    status = catalogue.term("statuses", reading.status.value, language)
    kind = catalogue.term("media", reading.media_type or "", language)
    stream.write(f"{reading.path}: {status}{f' ({kind})' if kind else ''}\n")
    for name in (*reading.facts, *reading.unknown):
        label = catalogue.term("facts", name, language)
        if name in reading.unknown:
            shown = catalogue.phrase("because", language, reason=reading.unknown[name])
        else:
            value = reading.facts[name]
            shown = catalogue.tell(value, language) if value is not None else catalogue.term("ui", "none", language)
        place = reading.where.get(name)
        page = catalogue.phrase("where-page", language, page=place.page) if place and place.page else ""
        source = catalogue.term("sources", place.source.value, language) if place else ""
        stream.write(f"  {label} [{name}]: {shown or '–'}{f' ({source}{page})' if source else ''}\n")
    for problem in reading.problems:
        message = catalogue.part(
            problem, "message", language, file=reading.path, where="", words="", requirement="", criterion=""
        )
        stream.write(f"  • {message} ({problem.code})\n")
