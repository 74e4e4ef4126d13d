# SPDX-License-Identifier: Apache-2.0
"""`parcheck explain CODE`: what a finding code means, why it matters, how to mend it."""

from __future__ import annotations

import difflib

import click

from parcheck.cli.options import block_option, chosen_plugins, language_option


@click.command(short_help="Giải thích một mã kết quả.")
@click.argument("code", metavar="[MÃ]", required=False)
@language_option
@block_option
def explain(code: str | None, language: str, blocked: tuple[str, ...]) -> None:
    """Giải thích một MÃ: vì sao cần chú ý, việc cần làm, ví dụ đúng, căn cứ. Không có MÃ: liệt kê tất cả."""
    from parcheck.checking import Session
    from parcheck.errors import BadUsage

    catalogue = Session(chosen_plugins(blocked)).catalogue
    if code is None:
        for each in sorted(catalogue.findings):
            click.echo(f"{each:22} {catalogue.title(each, language)}")
        return
    entry = catalogue.findings.get(code)
    if entry is None:
        near = difflib.get_close_matches(code, catalogue.findings, n=3, cutoff=0.4)
        raise BadUsage("code-not-found", code=code, nearest=", ".join(near or sorted(catalogue.findings)))
    words = entry[language]
    certainty = catalogue.term("certainties", entry["certainty"], language)
    severity = catalogue.term("severities", entry["severity"], language)
    click.echo(f"{code}: {words['title']}")
    click.echo(f"{catalogue.term('ui', 'certainty', language)}: {certainty} · {severity}\n")
    for part, label in (("message", "finding"), ("why", "why"), ("fix", "do-next"), ("example", "example")):
        if words.get(part):
            click.echo(f"{catalogue.term('ui', label, language)}: {words[part]}\n")
    if entry.get("clause"):
        click.echo(f"{catalogue.term('ui', 'clause', language)}: {entry['clause']}")
