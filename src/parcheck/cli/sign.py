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
PIN_VARIABLE = "PARCHECK_TOKEN_PIN"
"""Environment variable: the PIN of the signer's token, where there is no terminal to ask on."""


@click.command(short_help="Ký số báo cáo bằng chứng thư của người thẩm định.")
@click.argument("report", metavar="BÁO_CÁO", type=click.Path(path_type=Path))
@click.option("--pkcs12", metavar="TỆP", type=click.Path(path_type=Path), help="Tệp .p12 hoặc .pfx của người ký.")
@click.option(
    "--pkcs11",
    "driver",
    metavar="TỆP",
    type=click.Path(path_type=Path),
    help="USB token: thư viện PKCS#11 do nhà cung cấp token cài trên máy (.dll, .so, .dylib).",
)
@click.option("--token", "label", metavar="NHÃN", help="Tên của token, nếu đang cắm nhiều token.")
@click.option("--slot", type=int, metavar="SỐ", help="Số khe cắm, nếu các token trùng tên.")
@click.option(
    "--certificate", metavar="SỐ|NHÃN", help="Số sê-ri hoặc nhãn của chứng thư, nếu token có nhiều chứng thư."
)
@click.option(
    "--pin-file",
    metavar="TỆP",
    type=click.Path(path_type=Path),
    help="Tệp chứa mã PIN của token (dòng đầu), nếu không có màn hình để hỏi.",
)
@click.option(
    "-o",
    "--output",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Nơi ghi chữ ký; không ghi thì BÁO_CÁO.p7s.",
)
@language_option
def sign(
    report: Path,
    pkcs12: Path | None,
    driver: Path | None,
    label: str | None,
    slot: int | None,
    certificate: str | None,
    pin_file: Path | None,
    target: Path | None,
    language: str,
) -> None:
    """Ký BÁO_CÁO (JSON). Chữ ký nằm ở tệp riêng cạnh báo cáo; kiểm tra bằng: parcheck verify BÁO_CÁO.

    Khóa để ký nằm trong tệp (--pkcs12) hoặc trong USB token (--pkcs11). Mật khẩu, mã PIN được hỏi trên màn hình, hoặc
    lấy từ biến môi trường PARCHECK_PKCS12_PASSWORD, PARCHECK_TOKEN_PIN; không bao giờ ghi trên dòng lệnh.
    """
    from parcheck.catalogue import shipped
    from parcheck.errors import BadUsage
    from parcheck.reporting.reading_back import read_report
    from parcheck.signing_reports import sign as signed
    from parcheck.signing_reports import signature_of

    if (pkcs12 is None) == (driver is None):
        raise BadUsage("sign-one-key")
    read_report(report)
    place = target or signature_of(report)
    if place.exists():
        raise BadUsage("sign-exists", path=str(place), other=signature_of(report, 2).name)
    if pkcs12 is not None:
        signature = signed(report.read_bytes(), pkcs12, _password(pkcs12, language))
    elif driver is not None:
        from parcheck.signing_tokens import find_token, sign_with_token

        token = find_token(driver, label, slot)
        signature = sign_with_token(report.read_bytes(), token, _pin(token.label, pin_file, language), certificate)
    with whole_file(place) as draft:
        draft.write_bytes(signature)
    click.echo(shipped().phrase("written-to", language, path=str(place)), err=True)


def _password(pkcs12: Path, language: str) -> str:
    """Return the password of the signer's key.

    Raises:
        BadUsage: nobody can be asked.
    """
    given = os.environ.get(PASSWORD_VARIABLE)
    return given if given is not None else _asked("password-of", pkcs12.name, PASSWORD_VARIABLE, language)


def _pin(token: str, file: Path | None, language: str) -> str:
    """Return the PIN of the signer's token.

    Raises:
        BadUsage: nobody can be asked, or the file cannot be read.
    """
    from parcheck.errors import BadUsage

    if file is None:
        given = os.environ.get(PIN_VARIABLE)
        return given if given is not None else _asked("pin-of", token, PIN_VARIABLE, language)
    try:
        return file.read_text(encoding="utf-8").partition("\n")[0].rstrip("\r")
    except (OSError, UnicodeError) as error:
        detail = getattr(error, "strerror", None) or type(error).__name__
        raise BadUsage("sign-not-opened", path=str(file), detail=detail) from error


def _asked(question: str, what: str, variable: str, language: str) -> str:
    """Return a secret that is asked for on the terminal and not shown.

    Raises:
        BadUsage: there is no terminal.
    """
    from parcheck.catalogue import shipped
    from parcheck.errors import BadUsage

    if not sys.stdin.isatty():
        raise BadUsage("sign-no-password", variable=variable)
    told = shipped().phrase(question, language, path=what)
    answer: str = click.prompt(told, hide_input=True, default="", show_default=False, err=True)
    return answer
