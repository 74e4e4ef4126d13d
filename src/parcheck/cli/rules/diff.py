# SPDX-License-Identifier: Apache-2.0
"""`parcheck rules diff`: what a new set changes, and what that costs a unit that prepared for the old one."""

from __future__ import annotations

from pathlib import Path

import click

from parcheck.cli.exits import Exit
from parcheck.cli.options import block_option, cache_option, chosen_plugins, language_option, output


@click.command("diff", short_help="So sánh hai bộ tiêu chí.")
@click.argument("old", metavar="CŨ")
@click.argument("new", metavar="MỚI")
@click.option(
    "--against",
    "submissions",
    multiple=True,
    metavar="HỒ_SƠ",
    type=click.Path(path_type=Path),
    help="Hồ sơ đã gom theo bộ CŨ: tài liệu nào còn dùng được, phải xếp lại, còn thiếu. Dùng được nhiều lần.",
)
@click.argument("more", metavar="[HỒ_SƠ…]", nargs=-1, type=click.Path(path_type=Path))
@click.option("--unit", metavar="TÊN", help="Tên đơn vị (thay cho submission.yaml).")
@click.option("--format", "format_name", default="text", show_default=True, metavar="DẠNG", help="text, json.")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path, dir_okay=False), help="Ghi ra tệp.")
@click.option("--workers", type=click.IntRange(min=1), metavar="SỐ", help="Số tiến trình đọc tệp.")
@cache_option
@language_option
@block_option
def diff(
    old: str,
    new: str,
    submissions: tuple[Path, ...],
    more: tuple[Path, ...],
    unit: str | None,
    format_name: str,
    target: Path | None,
    workers: int | None,
    cached: bool,
    language: str,
    blocked: tuple[str, ...],
) -> int:
    """So sánh bộ tiêu chí CŨ với bộ MỚI: dòng, điểm, cách tính, tài liệu nào đổi và đơn vị phải làm gì.

    Với --against, từng hồ sơ đã gom theo bộ CŨ được đối chiếu với bộ MỚI.

    Mã thoát: 0 so sánh xong (với --against: hồ sơ đủ theo bộ MỚI); 1 hồ sơ còn thiếu hoặc chưa đạt theo bộ MỚI;
    2 lệnh hoặc bộ tiêu chí sai; 3 chưa kiểm tra được hồ sơ.
    """
    from parcheck.checking import Session
    from parcheck.cli.exits import exit_code
    from parcheck.errors import BadUsage
    from parcheck.reporting.summary import summarise
    from parcheck.rules.difference import compare_packs
    from parcheck.rules.difference.against import hold_against
    from parcheck.rules.difference.against_report import against_data, write_against
    from parcheck.rules.difference.report import Lines, difference_data, write_data, write_difference

    if format_name not in ("text", "json"):
        raise BadUsage("format-unknown", found=format_name, allowed="json, text")
    if more and not submissions:
        raise BadUsage("against-missing", path=str(more[0]))
    session = Session(chosen_plugins(blocked))
    difference = compare_packs(session.pack(old), session.pack(new), session.catalogue, language)
    held = [
        hold_against(session, difference, path, language, unit=unit, workers=workers, cached=cached)
        for path in (*submissions, *more)
    ]
    with output(target) as stream:
        if format_name == "json":
            data = difference_data(difference, language)
            write_data({**data, "against": [against_data(one) for one in held]} if held else data, stream)
        else:
            lines = Lines()
            write_difference(difference, session.catalogue, language, lines)
            for one in held:
                write_against(one, session.catalogue, language, lines)
            lines.write(stream)
    if target is not None:
        click.echo(session.catalogue.phrase("written-to", language, path=str(target)), err=True)
    return max((exit_code(summarise(one.report)) for one in held), default=Exit.READY)
