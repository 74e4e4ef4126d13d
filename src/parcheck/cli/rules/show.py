# SPDX-License-Identifier: Apache-2.0
"""`parcheck rules show`: what a criterion asks for, and on what ground."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from parcheck.cli.options import block_option, chosen_plugins, language_option

if TYPE_CHECKING:
    from parcheck.catalogue import Catalogue
    from parcheck.checking import Session
    from parcheck.rules import Criterion, Pack


@click.command("show", short_help="Cho xem một tiêu chí đòi tài liệu gì, hoặc cả bộ tiêu chí.")
@click.argument("wanted", metavar="MÃ|BỘ", required=False)
@click.option("--rules", "name", default=None, metavar="BỘ", help="Mã hoặc thư mục của bộ tiêu chí.")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="text, json.",
)
@language_option
@block_option
def show(wanted: str | None, name: str | None, format_name: str, language: str, blocked: tuple[str, ...]) -> None:
    """Cho xem MÃ tiêu chí (hoặc lĩnh vực): tài liệu được yêu cầu, nguồn, cách xét; hoặc cả BỘ tiêu chí.

    Ví dụ: parcheck rules show 1.1 --rules par-tinh-2025; parcheck rules show par-tinh-2025 --format json.
    """
    import json

    from parcheck.checking import Session
    from parcheck.errors import BadUsage
    from parcheck.rules.rows import pack_rows

    session = Session(chosen_plugins(blocked))
    name, code = _meant(session, wanted, name)
    if format_name == "json":
        if name is None:
            raise BadUsage("argument-missing", argument="--rules")
        click.echo(json.dumps(pack_rows(session.pack(name), code), ensure_ascii=False, indent=2))
        return
    _show_text(session, name, code, language)


def _meant(session: Session, wanted: str | None, name: str | None) -> tuple[str | None, str | None]:
    """Return (pack, code) as the command line means them: the argument is a pack where none is named otherwise."""
    from parcheck.errors import BadUsage
    from parcheck.rules.loading import PACK_FILE, pack_folders

    if wanted is None or name is not None:
        if wanted is None and name is None:
            raise BadUsage("argument-missing", argument="MÃ|BỘ")
        return name, wanted
    folder = Path(wanted)
    known = {each.name for each in pack_folders(session.plugins)}
    if wanted in known or folder.is_dir() or (folder.name == PACK_FILE and folder.is_file()):
        return wanted, None
    return None, wanted


def _show_text(session: Session, name: str | None, code: str | None, language: str) -> None:
    from parcheck.errors import BadUsage
    from parcheck.rules.loading import pack_folders

    names = [name] if name else [str(folder) for folder in pack_folders(session.plugins)]
    codes: list[str] = []
    for each in names:
        pack = session.pack(each)
        codes += sorted(pack.codes())
        criteria = list(pack.criteria if code is None else pack.under(code))
        if criteria:
            click.echo(f"{pack.title} ({pack.id})")
            for criterion in criteria:
                _show(criterion, pack, session.catalogue, language)
            return
    near = difflib.get_close_matches(code or "", codes, n=5, cutoff=0.3)
    raise BadUsage("code-not-found", code=code, nearest=", ".join(near or codes[:20]))


def _show(criterion: Criterion, pack: Pack, catalogue: Catalogue, language: str) -> None:
    from parcheck.rules.requirements import requirements

    points = catalogue.tell(float(criterion.points), language)
    assessed = catalogue.term("assessed", criterion.assessed, language)
    click.echo(f"\n{criterion.code} {criterion.name}")
    click.echo(f"  {catalogue.term('ui', 'points', language)}: {points} · {assessed}")
    if criterion.source:
        click.echo(f"  {catalogue.term('ui', 'source', language)}: {pack.cite(criterion)}")
    origin = pack.origins.get(criterion.code)
    if origin is not None and pack.extends:
        changed = ", ".join(origin.changed_by) or "–"
        click.echo(f"  {catalogue.phrase('row-from', language, pack=origin.pack, changed=changed)}")
    if criterion.unsure:
        click.echo(f"  {catalogue.term('ui', 'unsure', language)}: {', '.join(criterion.unsure)}")
    for line in (criterion.note or "").splitlines():
        click.echo(f"  {line}")
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
