# SPDX-License-Identifier: Apache-2.0
"""`parcheck rules list`: the packs that are installed."""

from __future__ import annotations

import click

from parcheck.cli.options import block_option, chosen_plugins, language_option


@click.command("list", short_help="Liệt kê các bộ tiêu chí.")
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
