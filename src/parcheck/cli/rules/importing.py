# SPDX-License-Identifier: Apache-2.0
"""`parcheck rules import`: an official document becomes a draft pack."""

from __future__ import annotations

from pathlib import Path

import click

from parcheck.cli.options import block_option, chosen_plugins, language_option


@click.command("import", short_help="Tạo bản nháp bộ tiêu chí từ văn bản (PDF, Word, Excel).")
@click.argument("files", metavar="TỆP…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    "folder",
    required=True,
    metavar="THƯ_MỤC",
    type=click.Path(path_type=Path),
    help="Thư mục mới cho bản nháp.",
)
@click.option(
    "--year", type=click.IntRange(2000, 2100), metavar="NĂM", help="Năm đánh giá (thay cho năm trong văn bản)."
)
@language_option
@block_option
def import_(files: tuple[Path, ...], folder: Path, year: int | None, language: str, blocked: tuple[str, ...]) -> None:
    """Tạo bản nháp bộ tiêu chí từ TỆP: phụ lục của quyết định, bản hướng dẫn chấm điểm, bảng tính.

    Đưa cùng lúc bộ tiêu chí và bản hướng dẫn thì hai bên được ghép theo mã. Chỗ nào chưa chắc thì bản nháp ghi ở mục
    unsure; xem lại bằng lệnh: parcheck rules lint THƯ_MỤC.
    """
    from parcheck.checking import Session
    from parcheck.rules.importing import import_files

    session = Session(chosen_plugins(blocked))
    phrase = session.catalogue.phrase
    done = import_files(files, folder, session, year=year, language=language)
    for each in done.written:
        draft = each.draft
        click.echo(
            phrase(
                "imported", language,
                path=str(each.folder), fields=len(draft.fields), rows=draft.rows, criteria=draft.criteria,
                points=float(draft.pack["total_points"]), evidence=draft.evidence,
            )
        )  # fmt: skip
        if draft.doubtful:
            click.echo(phrase("imported-unsure", language, count=draft.doubtful, path=str(each.folder)))
    for reason in done.left_out:
        click.echo(reason.say(language), err=True)
