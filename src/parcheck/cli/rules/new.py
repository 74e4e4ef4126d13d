# SPDX-License-Identifier: Apache-2.0
"""`parcheck rules new`: a pack to start from."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from parcheck.cli.options import block_option, chosen_plugins, language_option


@click.command("new", short_help="Tạo một bộ tiêu chí mới để bắt đầu viết.")
@click.argument("folder", metavar="THƯ_MỤC", type=click.Path(path_type=Path, file_okay=False))
@click.option("--id", "id_", metavar="MÃ", help="Mã của bộ tiêu chí: a-z, 0-9, gạch nối; mặc định theo tên thư mục.")
@click.option("--title", metavar="TÊN", help="Tên của bộ tiêu chí.")
@click.option("--year", type=click.IntRange(2000, 2100), metavar="NĂM", help="Năm đánh giá; mặc định là năm nay.")
@language_option
@block_option
def new(
    folder: Path, id_: str | None, title: str | None, year: int | None, language: str, blocked: tuple[str, ...]
) -> None:
    """Tạo trong THƯ_MỤC một bộ tiêu chí nhỏ, có chú thích, không lỗi, để sửa thành bộ tiêu chí của mình.

    Không ghi đè tệp nào đã có.
    """
    from parcheck.checking import Session
    from parcheck.errors import BadUsage
    from parcheck.rules.starting import id_from, new_pack

    session = Session(chosen_plugins(blocked))
    named = id_from(folder.resolve().name) if id_ is None else id_
    if not named or named != id_from(named):
        raise BadUsage("option-value", option="--id", allowed="a-z 0-9 -")
    # A title has three signs at least (pack.schema.json).
    told = title if title is not None else session.catalogue.term("ui", "new-title", language)
    if len(told) < 3:
        raise BadUsage("option-value", option="--title", allowed="≥ 3")
    year = year or datetime.datetime.now(datetime.UTC).year
    files = new_pack(folder, named, told, year, session.vocabulary)
    for file in files:
        click.echo(str(file))
    click.echo(session.catalogue.phrase("new-next", language, folder=str(folder)), err=True)
