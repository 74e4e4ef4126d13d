# SPDX-License-Identifier: Apache-2.0
"""`parcheck cache`: the store of earlier readings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from parcheck.cli.options import language_option

if TYPE_CHECKING:
    from pathlib import Path


@click.group(short_help="Xem hoặc xóa kho kết quả đọc sẵn.")
def cache() -> None:
    """Kho kết quả đọc sẵn: tệp chưa thay đổi thì lần sau không phải đọc lại."""


@cache.command("info", short_help="Kho ở đâu, lớn bao nhiêu.")
@language_option
def info(language: str) -> None:
    """Cho biết kho ở đâu, giữ kết quả của bao nhiêu tệp."""
    from parcheck.catalogue import shipped
    from parcheck.cli.options import warnings_shown
    from parcheck.reading.store import ReadingStore, cache_file

    with warnings_shown(language), ReadingStore(cache_file(), "") as store:
        found = store.info()
    size = round(found.bytes / 1024 / 1024, 1)
    line = shipped().phrase("cache-info", language, path=str(found.path), readings=found.readings, size=size)
    click.echo(line)


@cache.command("clear", short_help="Xóa kho.")
@language_option
def clear(language: str) -> None:
    """Xóa kho; lần kiểm tra sau sẽ đọc lại mọi tệp."""
    from parcheck.catalogue import shipped
    from parcheck.errors import BadUsage
    from parcheck.reading.store import cache_file, packs_folder
    from parcheck.reading.store import clear as delete

    file = cache_file()
    try:
        freed = delete(file) + sum(map(_delete, packs_folder().glob("*.json")))
    except OSError as error:
        raise BadUsage("output-not-writable", path=str(file), detail=error.strerror or "") from error
    line = shipped().phrase("cache-cleared", language, path=str(file), size=round(freed / 1024 / 1024, 1))
    click.echo(line)


def _delete(file: Path) -> int:
    size = file.stat().st_size
    file.unlink()
    return size
