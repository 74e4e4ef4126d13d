# SPDX-License-Identifier: Apache-2.0
"""`parcheck rules sheet`: an empty self-assessment for a unit to fill."""

from __future__ import annotations

from pathlib import Path

import click

from parcheck.cli.options import block_option, chosen_plugins, language_option


@click.command("sheet", short_help="Tạo bảng tự chấm trống.")
@click.argument("name", metavar="BỘ")
@click.option(
    "-o",
    "--output",
    "target",
    required=True,
    metavar="TỆP",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Tệp .docx hoặc .xlsx.",
)
@language_option
@block_option
def sheet(name: str, target: Path, language: str, blocked: tuple[str, ...]) -> None:
    """Tạo bảng tự chấm trống của BỘ tiêu chí để đơn vị điền; lệnh check đọc lại được bảng này."""
    from parcheck.checking import Session
    from parcheck.cli.options import whole_file
    from parcheck.errors import BadUsage
    from parcheck.rules.sheet import FORMATS, write_sheet

    session = Session(chosen_plugins(blocked))
    if target.suffix.lower() not in FORMATS:
        raise BadUsage("sheet-format", found=target.name, allowed=", ".join(FORMATS))
    pack = session.pack(name)
    with whole_file(target) as draft:
        write_sheet(pack, draft, target.suffix.lower(), session.catalogue, language)
    click.echo(session.catalogue.phrase("written-to", language, path=str(target)), err=True)
