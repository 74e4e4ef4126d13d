# SPDX-License-Identifier: Apache-2.0
"""`parcheck check`: hold a unit's evidence against a set of criteria."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from parcheck.cli.options import block_option, chosen_plugins, language_option, output

if TYPE_CHECKING:
    from collections.abc import Callable


@click.command(short_help="Kiểm tra một bộ hồ sơ theo bộ tiêu chí.")
@click.argument("folder", metavar="HỒ_SƠ", type=click.Path(path_type=Path))
@click.option("--rules", "pack", required=True, metavar="BỘ", help="Mã hoặc thư mục của bộ tiêu chí.")
@click.option("--unit", metavar="TÊN", help="Tên đơn vị (thay cho submission.yaml).")
@click.option("--year", metavar="NĂM", help="Năm đánh giá (thay cho submission.yaml).")
@click.option("--only", metavar="MÃ,…", default="", help="Chỉ kiểm tra các lĩnh vực hoặc tiêu chí này.")
@click.option("--format", "format_name", default="text", show_default=True, metavar="DẠNG", help="text, json.")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path, dir_okay=False), help="Ghi ra tệp.")
@click.option("--workers", type=click.IntRange(min=1), metavar="SỐ", help="Số tiến trình đọc tệp.")
@language_option
@block_option
def check(
    folder: Path,
    pack: str,
    unit: str | None,
    year: str | None,
    only: str,
    format_name: str,
    target: Path | None,
    workers: int | None,
    language: str,
    blocked: tuple[str, ...],
) -> int:
    """Kiểm tra HỒ_SƠ: thư mục tài liệu (mỗi tiêu chí một thư mục con, tên là mã tiêu chí) hoặc bảng tự chấm.

    Bảng tự chấm (Word, Excel) đặt ở ngoài cùng thư mục thì được đối chiếu với từng tệp; kiểm tra riêng bảng tự chấm thì
    chỉ xét theo lời ghi trong bảng.

    Mã thoát: 0 sẵn sàng; 1 còn thiếu hoặc chưa đạt; 2 lệnh hoặc bộ tiêu chí sai; 3 chưa kiểm tra được.
    """
    from parcheck.checking import Session
    from parcheck.cli.exits import exit_code
    from parcheck.errors import BadUsage
    from parcheck.reporting import ReportFormat

    session = Session(chosen_plugins(blocked))
    formats = {f.name: f for f in session.plugins.collect("parcheck_reports", ReportFormat)[0]}
    if format_name not in formats:
        raise BadUsage("format-unknown", found=format_name, allowed=", ".join(sorted(formats)))
    report = session.check(
        folder,
        pack,
        unit=unit,
        year=year,
        only=[code.strip() for code in only.split(",") if code.strip()],
        workers=workers,
        progress=_progress(session.catalogue.term("ui", "reading", language)),
    )
    with output(target) as stream:
        formats[format_name].write(report, session.catalogue, language, stream)
    if target is not None:
        click.echo(session.catalogue.phrase("written-to", language, path=str(target)), err=True)
    return exit_code(report)


def _progress(template: str) -> Callable[[int, int], None] | None:
    """Return what shows how far reading is: on a terminal only, on standard error only."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, total: int) -> None:
        click.echo("\r" + template.format(done=done, total=total), err=True, nl=done == total)

    return show
