# SPDX-License-Identifier: Apache-2.0
"""`parcheck rules checklist`: what to hand in, as a list to print."""

from __future__ import annotations

from pathlib import Path

import click

from parcheck.cli.options import block_option, chosen_plugins, language_option


@click.command("checklist", short_help="Tạo danh mục tài liệu cần nộp để in.")
@click.argument("name", metavar="BỘ")
@click.option(
    "-o",
    "--output",
    "target",
    required=True,
    metavar="TỆP",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Tệp .docx hoặc .html.",
)
@click.option("--unit", metavar="TÊN", help="Tên đơn vị, in ở đầu danh mục và ở cột cơ quan ban hành.")
@click.option("--unit-level", "level", metavar="CẤP", help="Cấp của đơn vị, thay cho cấp ghi trong bộ tiêu chí.")
@click.option("--notes/--no-notes", default=False, help="In cả ghi chú của bộ tiêu chí về từng tài liệu.")
@language_option
@block_option
def checklist(
    name: str,
    target: Path,
    unit: str | None,
    level: str | None,
    notes: bool,
    language: str,
    blocked: tuple[str, ...],
) -> None:
    """Tạo danh mục tài liệu cần nộp theo BỘ tiêu chí: tài liệu gì, khi nào, ai ban hành, phải có gì, ô đánh dấu."""
    from parcheck.checking import Session
    from parcheck.cli.options import whole_file
    from parcheck.errors import BadUsage
    from parcheck.rules.checklist import FORMATS, make_checklist
    from parcheck.rules.checklist.page import write_html
    from parcheck.rules.checklist.word import write_docx

    session = Session(chosen_plugins(blocked))
    if target.suffix.lower() not in FORMATS:
        raise BadUsage("sheet-format", found=target.name, allowed=", ".join(FORMATS))
    made = make_checklist(session.pack(name), session.catalogue, language, unit=unit, level=level, notes=notes)
    with whole_file(target) as draft:
        (write_docx if target.suffix.lower() == ".docx" else write_html)(made, draft)
    click.echo(session.catalogue.phrase("written-to", language, path=str(target)), err=True)
