# SPDX-License-Identifier: Apache-2.0
"""`parcheck plugins`: which plugins are in use, what they add, and why one is not."""

from __future__ import annotations

import json

import click

from parcheck.cli.options import block_option, chosen_plugins, language_option


@click.command(short_help="Liệt kê các phần mở rộng.")
@click.option("--format", "format_name", type=click.Choice(["text", "json"]), default="text", show_default=True)
@language_option
@block_option
def plugins(format_name: str, language: str, blocked: tuple[str, ...]) -> None:
    """Liệt kê các phần mở rộng: tên, gói, phiên bản, các hook.

    Tắt một phần mở rộng: --block TÊN, hoặc biến môi trường PARCHECK_BLOCK.
    """
    import dataclasses

    from parcheck.catalogue import shipped

    infos = list(chosen_plugins(blocked))
    if format_name == "json":
        click.echo(json.dumps([dataclasses.asdict(info) for info in infos], ensure_ascii=False, indent=1))
        return
    for info in infos:
        state = ""
        if info.blocked:
            state = f"  [{shipped().term('ui', 'plugin-blocked', language)}]"
        elif info.error:
            state = f"  [{shipped().term('ui', 'error', language)}: {info.error}]"
        click.echo(f"{info.name:14} {info.distribution or '–'} {info.version or ''}{state}")
        for hook in info.hooks:
            click.echo(f"{'':15}{hook}")
