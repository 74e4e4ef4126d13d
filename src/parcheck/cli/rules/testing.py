# SPDX-License-Identifier: Apache-2.0
"""`parcheck rules test`: the cases beside a pack, run through the very Judge."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from parcheck.cli.exits import Exit
from parcheck.cli.options import block_option, chosen_plugins, language_option

if TYPE_CHECKING:
    from parcheck.catalogue import Catalogue
    from parcheck.rules.cases import CaseResult, Difference


@click.command("test", short_help="Chạy các tình huống thử của một bộ tiêu chí.")
@click.argument("name", metavar="BỘ")
@language_option
@block_option
def test(name: str, language: str, blocked: tuple[str, ...]) -> int:
    """Chạy các tình huống thử của BỘ tiêu chí (thư mục tests cạnh pack.yaml): tài liệu cho trước, kết quả phải đúng.

    Mã thoát: 0 mọi tình huống đúng; 1 có tình huống ra kết quả khác; 2 bộ tiêu chí hoặc tệp tình huống sai.
    """
    from parcheck.checking import Session
    from parcheck.rules.cases import run_cases

    session = Session(chosen_plugins(blocked))
    pack = session.pack(name)
    results = run_cases(pack, session.vocabulary, session.catalogue)
    failed = [result for result in results if not result.passed]
    for result in failed:
        _tell(result, session.catalogue, language)
    counts = {"id": pack.id, "count": len(results), "failed": len(failed)}
    click.echo(session.catalogue.term("cases", "failed" if failed else "passed", language).format(**counts))
    return Exit.NOT_READY if failed else Exit.READY


def _tell(result: CaseResult, catalogue: Catalogue, language: str) -> None:
    words = {"file": result.file, "line": result.line, "row": result.row, "name": result.name}
    click.echo(catalogue.term("cases", "case", language).format(**words))
    for difference in result.differences:
        click.echo("  " + _said(difference, catalogue, language))


def _said(difference: Difference, catalogue: Catalogue, language: str) -> str:
    wanted, found = difference.wanted, difference.found
    if difference.kind in ("outcome", "requirement"):
        wanted, found = (
            f"{catalogue.term('outcomes', each.value, language)} ({each.value})" for each in (wanted, found)
        )
    elif difference.kind == "findings":
        wanted, found = (
            "; ".join(f"{catalogue.title(code, language)} ({code})" for code in codes) or "–"
            for codes in (wanted, found)
        )
    else:
        wanted, found = (catalogue.tell(each, language) or "–" for each in (wanted, found))
    template = catalogue.term("cases", f"differs-{difference.kind}", language)
    return template.format(subject=difference.subject, wanted=wanted, found=found)
