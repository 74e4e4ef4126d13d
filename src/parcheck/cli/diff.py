# SPDX-License-Identifier: Apache-2.0
"""`parcheck diff`: what changed between two checks of the same units."""

from __future__ import annotations

from pathlib import Path

import click

from parcheck.cli.exits import Exit
from parcheck.cli.options import language_option, output


@click.command(short_help="So sánh hai lần kiểm tra của cùng các đơn vị.")
@click.argument("old", metavar="TRƯỚC", type=click.Path(path_type=Path))
@click.argument("new", metavar="SAU", type=click.Path(path_type=Path))
@click.option("--format", "format_name", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("-o", "--output", "target", type=click.Path(path_type=Path, dir_okay=False), help="Ghi ra tệp.")
@language_option
def diff(old: Path, new: Path, format_name: str, target: Path | None, language: str) -> int:
    """So sánh hai báo cáo JSON (parcheck check … --format json): nội dung đã xử lý, mới xuất hiện, vẫn còn; kết quả
    và tài liệu nào thay đổi.

    Mã thoát: 0 không có gì mới phải xử lý hoặc xem lại; 1 có, hoặc báo cáo đã bị sửa tay; 2 lệnh hoặc báo cáo sai.
    """
    from parcheck.catalogue import shipped
    from parcheck.comparing_reports import compare_reports
    from parcheck.reporting.difference import write_difference_json, write_difference_text
    from parcheck.reporting.reading_back import read_report

    difference = compare_reports(read_report(old), read_report(new))
    with output(target) as stream:
        if format_name == "json":
            write_difference_json(difference, stream)
        else:
            write_difference_text(difference, shipped(), language, stream)
    return Exit.NOT_READY if difference.worse or difference.edited else Exit.READY
