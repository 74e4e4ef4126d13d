# SPDX-License-Identifier: Apache-2.0
"""`parcheck rules schema`: the JSON Schema for those who write packs in an editor."""

from __future__ import annotations

import json
from pathlib import Path

import click

from parcheck.cli.options import block_option, chosen_plugins, language_option, output


@click.command("schema", short_help="In JSON Schema cho trình soạn thảo.")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path, dir_okay=False), help="Ghi ra tệp.")
@language_option
@block_option
def schema(target: Path | None, language: str, blocked: tuple[str, ...]) -> None:
    """In JSON Schema của pack.yaml, tệp lĩnh vực và tệp tình huống, gồm cả từ khóa của các phần mở rộng đã cài.

    Trong trình soạn thảo, dòng đầu của tệp YAML: # yaml-language-server: $schema=rules.schema.json
    """
    from parcheck.checking import Session
    from parcheck.rules.editor_schema import editor_schema

    session = Session(chosen_plugins(blocked))
    with output(target) as stream:
        stream.write(json.dumps(editor_schema(session.vocabulary), ensure_ascii=False, indent=2) + "\n")
    if target is not None:
        click.echo(session.catalogue.phrase("file-written", language, path=str(target)), err=True)
