# SPDX-License-Identifier: Apache-2.0
"""`parcheck sort`: a pile of unsorted files goes to the criteria that each fits."""

from __future__ import annotations

import os
from pathlib import Path

import click

from parcheck.cli.exits import Exit
from parcheck.cli.options import (
    block_option,
    cache_option,
    chosen_plugins,
    language_option,
    output,
    warnings_shown,
)


@click.command(short_help="Xếp các tệp chưa phân loại vào từng tiêu chí.")
@click.argument("folder", metavar="THƯ_MỤC", type=click.Path(path_type=Path))
@click.option("--rules", "pack_name", required=True, metavar="BỘ", help="Mã hoặc thư mục của bộ tiêu chí.")
@click.option("--unit", metavar="TÊN", help="Tên đơn vị (thay cho submission.yaml).")
@click.option("--year", metavar="NĂM", help="Năm đánh giá (thay cho submission.yaml).")
@click.option("--format", "format_name", default="text", show_default=True, metavar="DẠNG", help="text, json.")
@click.option(
    "--apply",
    "target",
    metavar="ĐÍCH",
    type=click.Path(path_type=Path),
    help="Chép các tệp vào thư mục ĐÍCH, mỗi tiêu chí một thư mục con. ĐÍCH phải chưa có hoặc rỗng.",
)
@click.option("-o", "--output", "report", type=click.Path(path_type=Path, dir_okay=False), help="Ghi kết quả ra tệp.")
@click.option("--workers", type=click.IntRange(min=1), metavar="SỐ", help="Số tiến trình đọc tệp.")
@cache_option
@language_option
@block_option
def sort(
    folder: Path,
    pack_name: str,
    unit: str | None,
    year: str | None,
    format_name: str,
    target: Path | None,
    report: Path | None,
    workers: int | None,
    cached: bool,
    language: str,
    blocked: tuple[str, ...],
) -> int:
    """Cho biết mỗi tệp trong THƯ_MỤC (hoặc tệp ZIP) hợp với tiêu chí nào, vì sao và chắc đến đâu.

    Không có --apply thì không ghi gì. Có --apply thì chép sang ĐÍCH và ghi submission.yaml; tệp gốc giữ nguyên, tệp
    chưa rõ nằm trong thư mục "chưa xếp".

    Mã thoát: 0 tệp nào cũng có chỗ; 1 còn tệp cần một người xem; 2 lệnh hoặc bộ tiêu chí sai; 3 có tệp không chép được
    hoặc chương trình không đọc được.
    """
    from parcheck.checking import Session
    from parcheck.cli.progress import shown
    from parcheck.errors import BadUsage
    from parcheck.reporting.summary import own_failure
    from parcheck.sorting import Sureness
    from parcheck.sorting.applying import apply, check_target
    from parcheck.sorting.report import write_json, write_text
    from parcheck.sorting.running import sort as sort_pile

    if format_name not in ("text", "json"):
        raise BadUsage("format-unknown", found=format_name, allowed="json, text")
    if target is not None:
        check_target(folder, target)
    session = Session(chosen_plugins(blocked))
    pack = session.pack(pack_name)
    files = sum(len(names) for _, _, names in os.walk(folder))
    with warnings_shown(language), shown(session.catalogue, language, files, 1) as progress:
        result = sort_pile(
            folder, pack, session=session, unit=unit, year=year, workers=workers, cache=cached, progress=progress
        )
    applied = None if target is None else apply(result, target, session.catalogue, language)
    with output(report) as stream:
        (write_json if format_name == "json" else write_text)(result, applied, session.catalogue, language, stream)
    if report is not None:
        click.echo(session.catalogue.phrase("written-to", language, path=str(report)), err=True)
    if (applied and applied.lost) or any(own_failure(p) for one in result.placements for p in one.reading.problems):
        return Exit.NOT_CHECKED
    return Exit.NOT_READY if result.of(Sureness.UNSURE) else Exit.READY
