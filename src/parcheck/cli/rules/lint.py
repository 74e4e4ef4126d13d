# SPDX-License-Identifier: Apache-2.0
"""`parcheck rules lint`: what is wrong with a pack."""

from __future__ import annotations

import click

from parcheck.cli.exits import Exit
from parcheck.cli.options import block_option, chosen_plugins, language_option


@click.command("lint", short_help="Kiểm tra một bộ tiêu chí.")
@click.argument("name", metavar="BỘ")
@language_option
@block_option
def lint(name: str, language: str, blocked: tuple[str, ...]) -> int:
    """Kiểm tra BỘ tiêu chí: lỗi viết, tổng điểm, và những điểm chính bộ tiêu chí gốc chưa khớp."""
    from parcheck.checking import Session
    from parcheck.rules.lint import lint_pack, remarks

    session = Session(chosen_plugins(blocked))
    pack = session.pack(name)
    faults, notes = lint_pack(pack, session.vocabulary)
    for fault in faults:
        click.echo(fault.say(language))
    for note in [*(remark.say(language) for remark in remarks(pack)), *notes]:
        click.echo(f"{session.catalogue.term('severities', 'note', language)}: {note}")
    if faults:
        click.echo(session.catalogue.phrase("pack-faults", language, id=pack.id, count=len(faults)))
        return Exit.USAGE
    click.echo(session.catalogue.phrase("pack-in-order", language, id=pack.id))
    return Exit.READY
