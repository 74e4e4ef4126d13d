# SPDX-License-Identifier: Apache-2.0
"""`parcheck verify`: hold a report against the files it speaks of, and verify its signature."""

from __future__ import annotations

from pathlib import Path

import click

from parcheck.cli.exits import Exit
from parcheck.cli.options import block_option, chosen_plugins, language_option, output


@click.command(short_help="Đối chiếu báo cáo với tệp và kiểm tra chữ ký của báo cáo.")
@click.argument("report", metavar="BÁO_CÁO", type=click.Path(path_type=Path))
@click.argument("folders", metavar="[HỒ_SƠ…]", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option("--again", is_flag=True, help="Kiểm tra lại từ đầu theo cùng bộ tiêu chí và so sánh kết quả.")
@click.option("--rules", "pack_name", metavar="BỘ", help="Bộ tiêu chí, nếu không tìm được theo mã ghi trong báo cáo.")
@click.option("--workers", type=click.IntRange(min=1), metavar="SỐ", help="Với --again: số tiến trình đọc tệp.")
@click.option(
    "--signature",
    "signatures",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="TỆP",
    help="Chữ ký của báo cáo; không ghi thì tìm BÁO_CÁO.p7s, BÁO_CÁO.2.p7s, ….",
)
@click.option(
    "--trust",
    "roots",
    multiple=True,
    envvar="PARCHECK_TRUST_ROOTS",
    type=click.Path(path_type=Path, exists=True),
    metavar="TỆP",
    help="Chứng thư gốc được tin cậy (PEM, DER hoặc thư mục). Không ghi thì không kết luận về độ tin cậy.",
)
@click.option("--format", "format_name", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("-o", "--output", "target", type=click.Path(path_type=Path, dir_okay=False), help="Ghi ra tệp.")
@language_option
@block_option
def verify(
    report: Path,
    folders: tuple[Path, ...],
    again: bool,
    pack_name: str | None,
    workers: int | None,
    signatures: tuple[Path, ...],
    roots: tuple[Path, ...],
    format_name: str,
    target: Path | None,
    language: str,
    blocked: tuple[str, ...],
) -> int:
    """Đối chiếu BÁO_CÁO (JSON) với tệp trong HỒ_SƠ: báo cáo có bị sửa tay không; tệp nào còn nguyên, đã đổi, mất,
    chuyển chỗ, thêm; báo cáo làm bằng phiên bản nào; kết quả nào dựa vào chữ nhận dạng từ ảnh; ai ký báo cáo, và chữ
    ký có còn đúng không.

    Báo cáo chưa ký thì người biết cách vẫn sửa được mà không lộ: thêm --again để chấm lại từ đầu và so từng kết quả.
    Không ghi HỒ_SƠ thì tìm cạnh báo cáo và trong thư mục hiện tại. Mọi việc làm trên máy này, không cần mạng.

    Mã thoát: 0 phần đã đối chiếu đúng như báo cáo; 1 có khác; 2 lệnh hoặc báo cáo sai; 3 không tìm thấy hồ sơ để đối
    chiếu.
    """
    from parcheck.checking import Session
    from parcheck.checking_again import checked_again
    from parcheck.reporting.reading_back import read_report
    from parcheck.reporting.verification import write_verification_json, write_verification_text
    from parcheck.signing_reports import signatures_of, verify_signature
    from parcheck.verifying import Verified, held_against, made_otherwise

    said = read_report(report)
    session = Session(chosen_plugins(blocked))
    signed = tuple(verify_signature(report.read_bytes(), file, roots) for file in signatures or signatures_of(report))
    units = tuple(held_against(said, folders, session))
    verified = Verified(
        said,
        signed,
        units,
        tuple(made_otherwise(said, session, pack_name)),
        tuple(checked_again(said, units, session, pack_name, workers=workers)) if again else None,
    )
    with output(target) as stream:
        if format_name == "json":
            write_verification_json(verified, stream)
        else:
            write_verification_text(verified, session.catalogue, language, stream)
    if not verified.holds:
        return Exit.NOT_READY
    return Exit.READY if verified.files_found else Exit.NOT_CHECKED
