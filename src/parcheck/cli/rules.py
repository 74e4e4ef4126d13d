# SPDX-License-Identifier: Apache-2.0
"""`parcheck rules`: list packs, show what a criterion asks for, check a pack."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from parcheck.cli.exits import Exit
from parcheck.cli.options import block_option, chosen_plugins, language_option

if TYPE_CHECKING:
    from parcheck.catalogue import Catalogue
    from parcheck.rules import Criterion, Pack


@click.group(short_help="Xem và kiểm tra các bộ tiêu chí.")
def rules() -> None:
    """Xem và kiểm tra các bộ tiêu chí."""


@rules.command("list", short_help="Liệt kê các bộ tiêu chí.")
@language_option
@block_option
def list_(language: str, blocked: tuple[str, ...]) -> None:
    """Liệt kê các bộ tiêu chí đã cài."""
    from parcheck.checking import Session
    from parcheck.errors import BadPack
    from parcheck.rules.loading import pack_folders

    session = Session(chosen_plugins(blocked))
    for folder in pack_folders(session.plugins):
        try:
            pack = session.pack(folder)
        except BadPack as error:
            count = session.catalogue.phrase("pack-faults", language, id=folder.name, count=len(error.faults))
            click.echo(f"{folder.name:24} {count}")
            continue
        points = session.catalogue.tell(float(pack.total_points), language)
        click.echo(f"{pack.id:24} {pack.title} ({pack.version}; {len(pack.criteria)}; {points})")


@rules.command("show", short_help="Cho xem một tiêu chí đòi tài liệu gì.")
@click.argument("code", metavar="MÃ")
@click.option("--rules", "name", default=None, metavar="BỘ", help="Mã hoặc thư mục của bộ tiêu chí.")
@language_option
@block_option
def show(code: str, name: str | None, language: str, blocked: tuple[str, ...]) -> None:
    """Cho xem MÃ tiêu chí (hoặc lĩnh vực): tài liệu được yêu cầu, nguồn, cách xét."""
    from parcheck.checking import Session
    from parcheck.errors import BadUsage
    from parcheck.rules.loading import pack_folders

    session = Session(chosen_plugins(blocked))
    names = [name] if name else [str(folder) for folder in pack_folders(session.plugins)]
    codes: list[str] = []
    for each in names:
        pack = session.pack(each)
        codes += sorted(pack.codes())
        criteria = list(pack.under(code))
        if criteria:
            click.echo(f"{pack.title} ({pack.id})")
            for criterion in criteria:
                _show(criterion, pack, session.catalogue, language)
            return
    near = difflib.get_close_matches(code, codes, n=5, cutoff=0.3)
    raise BadUsage("code-not-found", code=code, nearest=", ".join(near or codes[:20]))


def _show(criterion: Criterion, pack: Pack, catalogue: Catalogue, language: str) -> None:
    from parcheck.rules.requirements import requirements

    points = catalogue.tell(float(criterion.points), language)
    assessed = catalogue.term("assessed", criterion.assessed, language)
    click.echo(f"\n{criterion.code} {criterion.name}")
    click.echo(f"  {catalogue.term('ui', 'points', language)}: {points} · {assessed}")
    if criterion.source:
        click.echo(f"  {catalogue.term('ui', 'source', language)}: {pack.cite(criterion)}")
    if criterion.note:
        click.echo(f"  {criterion.note}")
    for requirement in requirements(criterion, pack.year):
        mark = f" ({catalogue.term('ui', 'optional', language)})" if requirement.optional else ""
        held = f" [{requirement.provided_by}]" if requirement.provided_by else ""
        click.echo(f"  - {requirement.name}{mark}{held}")
        if len(requirement.alternatives) > 1:
            for alternative in requirement.alternatives:
                click.echo(f"      {catalogue.term('ui', 'or', language)}: {alternative.name}")
    for evidence in criterion.evidence:
        if evidence.get("note"):
            click.echo(f"    ({evidence['id']}) {evidence['note']}")
    for note in pack.notes:
        if note.get("code") == criterion.code:
            click.echo(f"  ! {note['text']}")


@rules.command("lint", short_help="Kiểm tra một bộ tiêu chí.")
@click.argument("name", metavar="BỘ")
@language_option
@block_option
def lint(name: str, language: str, blocked: tuple[str, ...]) -> int:
    """Kiểm tra BỘ tiêu chí: lỗi viết, tổng điểm, và những điểm chính bộ tiêu chí gốc chưa khớp."""
    from parcheck.checking import Session
    from parcheck.rules.lint import lint_pack

    session = Session(chosen_plugins(blocked))
    pack = session.pack(name)
    faults, notes = lint_pack(pack)
    for fault in faults:
        click.echo(fault.say(language))
    for note in notes:
        click.echo(f"{session.catalogue.term('severities', 'note', language)}: {note}")
    if faults:
        click.echo(session.catalogue.phrase("pack-faults", language, id=pack.id, count=len(faults)))
        return Exit.USAGE
    click.echo(session.catalogue.phrase("pack-in-order", language, id=pack.id))
    return Exit.READY


@rules.command("sheet", short_help="Tạo bảng tự chấm trống.")
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
