# SPDX-License-Identifier: Apache-2.0
"""`parcheck sign`: sign a report with the appraiser's own certificate."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from parcheck.cli.options import language_option, whole_file

PASSWORD_VARIABLE = "PARCHECK_PKCS12_PASSWORD"
"""Environment variable: the password of the signer's key, where there is no terminal to ask on."""


@click.command(short_help="Ký số báo cáo bằng chứng thư của người thẩm định.")
@click.argument("report", metavar="BÁO_CÁO", type=click.Path(path_type=Path))
@click.option(
    "--pkcs12", required=True, metavar="TỆP", type=click.Path(path_type=Path), help="Tệp .p12 hoặc .pfx của người ký."
)
@click.option(
    "-o",
    "--output",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Nơi ghi chữ ký; không ghi thì BÁO_CÁO.p7s.",
)
@language_option
def sign(report: Path, pkcs12: Path, target: Path | None, language: str) -> None:
    """Ký BÁO_CÁO (JSON). Chữ ký nằm ở tệp riêng cạnh báo cáo; kiểm tra bằng: parcheck verify BÁO_CÁO.

    Mật khẩu được hỏi trên màn hình, hoặc lấy từ biến môi trường PARCHECK_PKCS12_PASSWORD; không bao giờ ghi trên dòng
    lệnh.
    """
    from parcheck.catalogue import shipped
    from parcheck.errors import BadUsage
    from parcheck.reporting.reading_back import read_report
    from parcheck.signing_reports import sign as signed
    from parcheck.signing_reports import signature_of

    read_report(report)
    place = target or signature_of(report)
    if place.exists():
        raise BadUsage("new-exists", path=str(place))
    signature = signed(report.read_bytes(), pkcs12, _password(pkcs12, language))
    with whole_file(place) as draft:
        draft.write_bytes(signature)
    click.echo(shipped().phrase("written-to", language, path=str(place)), err=True)


def _password(pkcs12: Path, language: str) -> str:
    """Return the password of the signer's key.

    Raises:
        BadUsage: nobody can be asked.
    """
    from parcheck.catalogue import shipped
    from parcheck.errors import BadUsage

    given = os.environ.get(PASSWORD_VARIABLE)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise BadUsage("sign-no-password", variable=PASSWORD_VARIABLE)
    question = shipped().phrase("password-of", language, path=pkcs12.name)
    answer: str = click.prompt(question, hide_input=True, default="", show_default=False, err=True)
    return answer
