# SPDX-License-Identifier: Apache-2.0
"""`parcheck check`: hold the evidence of one unit, or of many, against a set of criteria."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from parcheck.cli.options import (
    block_option,
    cache_option,
    chosen_plugins,
    decisions_option,
    language_option,
    warnings_shown,
)
from parcheck.cli.reports import at_depth, chosen_formats, is_folder, spare, write_reports
from parcheck.reporting import Depth

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator
    from concurrent.futures import Executor

    from parcheck.options import Options

STATE = ".parcheck"
"""Folder in the reports' folder where a run keeps its verdicts until it has ended."""


@click.command(short_help="Kiểm tra hồ sơ của một hay nhiều đơn vị theo bộ tiêu chí.")
@click.argument("paths", metavar="HỒ_SƠ…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--rules", "pack_name", required=True, metavar="BỘ", help="Mã hoặc thư mục của bộ tiêu chí.")
@click.option("--unit", metavar="TÊN", help="Tên đơn vị (thay cho submission.yaml).")
@click.option("--year", metavar="NĂM", help="Năm đánh giá (thay cho submission.yaml).")
@click.option("--only", metavar="MÃ,…", default="", help="Chỉ kiểm tra các lĩnh vực hoặc tiêu chí này.")
@click.option("--format", "format_names", metavar="DẠNG,…", help="Dạng báo cáo; xem: parcheck check --format ?")
@click.option(
    "--depth",
    type=click.Choice([each.value for each in Depth]),
    default=Depth.UNIT.value,
    help="Dạng text nói kỹ đến đâu: việc cần làm (unit), thêm căn cứ (appraiser), thêm dữ liệu kỹ thuật (developer).",
)
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), help="Ghi ra tệp, hoặc thư mục báo cáo.")
@click.option("--workers", type=click.IntRange(min=1), metavar="SỐ", help="Số tiến trình đọc tệp.")
@click.option("--executor", metavar="dask://MÁY:CỔNG", help="Giao việc đọc tệp cho một cụm máy Dask.")
@click.option(
    "--before",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="BÁO_CÁO",
    help="Báo cáo JSON của kỳ trước: chỉ ra tài liệu được nộp lại.",
)
@decisions_option
@cache_option
@language_option
@block_option
def check(
    paths: tuple[Path, ...],
    pack_name: str,
    unit: str | None,
    year: str | None,
    only: str,
    format_names: str | None,
    depth: str,
    target: Path | None,
    workers: int | None,
    executor: str | None,
    before: Path | None,
    decisions: Path | None,
    today: datetime.date | None,
    cached: bool,
    language: str,
    blocked: tuple[str, ...],
) -> int:
    """Kiểm tra HỒ_SƠ: thư mục tài liệu (mỗi tiêu chí một thư mục con, tên là mã tiêu chí), tệp ZIP của thư mục ấy,
    bảng tự chấm (Word, Excel), hoặc một thư mục chứa hồ sơ của nhiều đơn vị.

    Bảng tự chấm đặt ở ngoài cùng thư mục thì được đối chiếu với từng tệp; kiểm tra riêng bảng tự chấm thì chỉ xét theo
    lời ghi trong bảng. Đang chạy mà bị ngắt thì chạy lại đúng lệnh đó: chương trình làm tiếp từ chỗ dừng.

    Mã thoát: 0 sẵn sàng; 1 còn thiếu hoặc chưa đạt; 2 lệnh hoặc bộ tiêu chí sai; 3 chưa kiểm tra được.
    """
    from parcheck.checking import Session
    from parcheck.cli.exits import exit_code
    from parcheck.cli.progress import shown
    from parcheck.errors import BadUsage
    from parcheck.reading.store import packs_folder
    from parcheck.reporting.summary import summarise
    from parcheck.submission.discovery import find_submissions

    session = Session(chosen_plugins(blocked), packs=packs_folder() if cached else None)
    formats = at_depth(chosen_formats(session, format_names, target), depth)
    spare([decisions, before, *paths], formats, target)
    pack = session.pack(pack_name)
    units = [found for path in paths for found in find_submissions(path, pack.codes())]
    if len(units) > 1 and unit:
        raise BadUsage("unit-of-many", count=len(units))
    options: Options = {
        "unit": unit,
        "year": year,
        "only": [code.strip() for code in only.split(",") if code.strip()],
        "workers": workers,
        "cache": cached,
        "before": before,
        "decisions": decisions,
        "today": today,
    }
    with contextlib.ExitStack() as stack:
        stack.enter_context(warnings_shown(language))
        options["executor"] = stack.enter_context(_executor(executor))
        files = sum(len(names) for each in units for _, _, names in os.walk(each))
        options["progress"] = stack.enter_context(shown(session.catalogue, language, files, len(units)))
        if len(units) == 1 and not is_folder(target):
            report = session.check(units[0], pack, **options)
        else:
            report = session.check_all(units, pack, stack.enter_context(_state(target)), **options)
        write_reports(report, formats, target, session.catalogue, language)
        return exit_code(summarise(report))


@contextlib.contextmanager
def _state(target: Path | None) -> Iterator[Path]:
    """Give the folder for the verdicts of a run; it goes when the reports are written, and stays when they are not.

    Raises:
        BadUsage: it cannot be written, or the disk is full.
    """
    from parcheck.errors import BadUsage
    from parcheck.spool import remove

    folder = target / STATE if is_folder(target) else None
    try:
        with tempfile.TemporaryDirectory(prefix="parcheck-") as place:
            yield folder or Path(place)
            if folder:
                remove(folder)
    except OSError as error:
        where = str(target or tempfile.gettempdir())
        if error.errno == errno.ENOSPC:
            raise BadUsage("disk-full", path=where) from error
        raise BadUsage("output-not-writable", path=where, detail=error.strerror or "") from error


@contextlib.contextmanager
def _executor(address: str | None) -> Iterator[Executor | None]:
    """Give the executor at an address; none for this computer's own processes.

    Raises:
        BadUsage: no such executor, or it does not answer.
    """
    from parcheck.errors import BadUsage

    if address is None:
        yield None
        return
    scheme, _, place = address.partition("://")
    if scheme != "dask" or not place:
        raise BadUsage("executor-unknown", found=address)
    try:
        import distributed
    except ImportError as error:
        raise BadUsage("extra-missing", extra="dask") from error
    try:
        # Without type information: everything it gives is any.
        client: Any = getattr(distributed, "Client")(f"tcp://{place}", timeout=10, set_as_default=False)  # noqa: B009
    except (OSError, ValueError) as error:
        raise BadUsage("executor-silent", address=address) from error
    with client:
        yield client.get_executor(pure=False, retries=3)
