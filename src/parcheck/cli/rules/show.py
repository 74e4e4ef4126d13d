# SPDX-License-Identifier: Apache-2.0
"""`parcheck rules show`: what a criterion asks for, and on what ground."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

import click

from parcheck.cli.options import block_option, chosen_plugins, language_option

if TYPE_CHECKING:
    from parcheck.catalogue import Catalogue
    from parcheck.rules import Criterion, Pack


@click.command("show", short_help="Cho xem một tiêu chí đòi tài liệu gì.")
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
