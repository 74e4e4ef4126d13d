# SPDX-License-Identifier: Apache-2.0
"""`parcheck sign`, and the signature as `parcheck verify` sees it: intact, by whom, trusted by roots named only."""

from __future__ import annotations

import json
import sys

import pytest

from parcheck.signing_reports import sign, signature_of, verify_signature

from .conftest import PASSWORD

NOT_FOUND = 3
"""The unit's files lie nowhere: only the signature is looked at."""


@pytest.fixture
def report(plain_report):
    return plain_report


@pytest.fixture
def signed(report, signer):
    signature_of(report).write_bytes(sign(report.read_bytes(), signer.pkcs12, PASSWORD))
    return report


def test_signed_on_the_command_line_it_is_verified_offline(report, signer, parcheck_command, monkeypatch):
    monkeypatch.setenv("PARCHECK_PKCS12_PASSWORD", PASSWORD)
    code, out, err = parcheck_command("sign", report, "--pkcs12", signer.pkcs12)
    assert (code, out) == (0, "")
    assert "bao-cao.json.p7s" in err
    assert PASSWORD not in err
    code, out, err = parcheck_command("verify", report, "--trust", signer.root)
    assert (code, err) == (NOT_FOUND, "")
    assert "Chữ ký của Nguyễn Văn An, SỞ NỘI VỤ TỈNH TRƯỜNG GIANG" in " ".join(out.split())
    assert "Chứng thư dẫn tới một chứng thư gốc được tin cậy" in out


def test_nobody_is_trusted_unless_the_user_names_a_root(signed, signer):
    data = signed.read_bytes()
    said = verify_signature(data, signature_of(signed))
    assert (said.intact, said.valid, said.trusted, said.signer) == (True, True, None, "Nguyễn Văn An")
    assert verify_signature(data, signature_of(signed), [signer.root]).trusted is True
    assert verify_signature(data, signature_of(signed), [signer.root.parent]).trusted is True
    assert verify_signature(data, signature_of(signed), [signer.stranger]).trusted is False


def test_one_byte_more_and_it_is_not_what_was_signed(signed, signer, parcheck_command):
    with signed.open("ab") as stream:
        stream.write(b" ")
    code, out, err = parcheck_command("verify", signed, "--trust", signer.root, "--format", "json")
    assert (code, err) == (1, "")
    data = json.loads(out)
    (signature,) = data["signatures"]
    assert (data["holds"], signature["intact"], signature["valid"], signature["trusted"]) == (False, False, True, True)
    # A blank changes nothing that the report says: only the signature tells.
    assert data["sealed"] is True
    assert "KHÔNG còn như lúc ký: đã bị sửa sau khi ký" in " ".join(parcheck_command("verify", signed)[1].split())


def test_signed_then_edited_is_told_by_digest_and_signature(signed, edit, parcheck_command):
    code, out, _ = parcheck_command("verify", edit(signed, lambda data: data["submissions"][0].update(ready=False)))
    assert code == 1
    assert "Báo cáo ĐÃ BỊ SỬA sau khi chương trình ghi ra" in out
    assert "KHÔNG còn như lúc ký" in out
    assert "CÓ KHÁC VỚI BÁO CÁO" in out


def test_who_edits_knowing_how_and_signs_anew_is_told_by_the_first_signature(
    signed, signer, edit, parcheck_command, monkeypatch
):
    monkeypatch.setenv("PARCHECK_PKCS12_PASSWORD", "")
    edit(signed, lambda data: data["submissions"][0].update(ready=False), knowing=True)
    second = signature_of(signed, 2)
    assert parcheck_command("sign", signed, "--pkcs12", signer.without_password, "-o", second)[0] == 0
    code, out, _ = parcheck_command("verify", signed, "--trust", signer.root, "--format", "json")
    data = json.loads(out)
    assert (code, data["sealed"], data["holds"]) == (1, True, False)
    assert [each["intact"] for each in data["signatures"]] == [False, True]


def test_a_signature_made_with_another_key_is_wrong(signed, parcheck_command):
    content = bytearray(signature_of(signed).read_bytes())
    content[-1] ^= 1
    signature_of(signed).write_bytes(bytes(content))
    code, out, _ = parcheck_command("verify", signed)
    assert code == 1
    assert "Chữ ký SAI: không do khóa của chứng thư này tạo ra." in " ".join(out.split())


def test_a_signer_whom_nobody_vouches_for_does_not_hold(signed, signer, parcheck_command):
    assert parcheck_command("verify", signed)[0] == NOT_FOUND
    code, out, err = parcheck_command("verify", signed, "--trust", signer.stranger)
    assert (code, err) == (1, "")
    assert "không dẫn tới chứng thư gốc nào được tin cậy" in out


def test_roots_may_come_from_the_environment(signed, signer, parcheck_command, monkeypatch):
    monkeypatch.setenv("PARCHECK_TRUST_ROOTS", str(signer.root))
    assert "được tin cậy (chưa kiểm tra thu hồi)" in parcheck_command("verify", signed)[1]


def test_a_key_without_a_password_signs_too(report, signer, parcheck_command, monkeypatch):
    monkeypatch.setenv("PARCHECK_PKCS12_PASSWORD", "")
    assert parcheck_command("sign", report, "--pkcs12", signer.without_password)[0] == 0


def test_a_signature_is_never_written_over(signed, signer, parcheck_command, monkeypatch):
    monkeypatch.setenv("PARCHECK_PKCS12_PASSWORD", PASSWORD)
    before = signature_of(signed).read_bytes()
    code, _, err = parcheck_command("sign", signed, "--pkcs12", signer.pkcs12)
    assert code == 2
    assert "đã có sẵn" in err
    assert "-o bao-cao.json.2.p7s" in err
    assert signature_of(signed).read_bytes() == before
    other = signed.with_name("thu-hai.p7s")
    assert parcheck_command("sign", signed, "--pkcs12", signer.pkcs12, "-o", other)[0] == 0
    assert parcheck_command("verify", signed, "--signature", other)[0] == NOT_FOUND


@pytest.mark.parametrize(
    ("file", "password", "said"),
    [
        ("pkcs12", "sai", "mật khẩu sai"),
        ("pkcs12", "", "mật khẩu sai"),
        ("root", PASSWORD, "PKCS#12"),
        ("expired", PASSWORD, "chỉ có hiệu lực"),
    ],
)
def test_what_cannot_sign_is_told_and_leaves_no_file(
    report, signer, parcheck_command, monkeypatch, file, password, said
):
    monkeypatch.setenv("PARCHECK_PKCS12_PASSWORD", password)
    code, _, err = parcheck_command("sign", report, "--pkcs12", getattr(signer, file))
    assert code == 2
    assert said in err
    assert len(err.strip().splitlines()) == 1
    assert not signature_of(report).exists()


def test_without_a_terminal_or_a_variable_nobody_can_be_asked(report, signer, parcheck_command, monkeypatch):
    monkeypatch.delenv("PARCHECK_PKCS12_PASSWORD", raising=False)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)
    code, _, err = parcheck_command("sign", report, "--pkcs12", signer.pkcs12)
    assert code == 2
    assert "PARCHECK_PKCS12_PASSWORD" in err


def test_on_a_terminal_the_password_is_asked_and_not_shown(report, signer, parcheck_command, monkeypatch):
    asked = []
    monkeypatch.delenv("PARCHECK_PKCS12_PASSWORD", raising=False)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("click.termui.hidden_prompt_func", lambda prompt: asked.append(prompt) or PASSWORD)
    code, out, err = parcheck_command("sign", report, "--pkcs12", signer.pkcs12)
    assert code == 0
    assert len(asked) == 1
    assert PASSWORD not in out + err


@pytest.mark.parametrize("content", [b"", b"khong phai chu ky", b"0\x80" + b"\0" * 40])
def test_what_is_no_signature_is_told(report, parcheck_command, content):
    signature_of(report).write_bytes(content)
    code, out, err = parcheck_command("verify", report)
    assert (code, out) == (2, "")
    assert "không phải chữ ký số CMS" in err


def test_a_root_that_is_none_is_told(signed, parcheck_command):
    code, _, err = parcheck_command("verify", signed, "--trust", signed)
    assert code == 2
    assert "không phải chứng thư" in err


def test_only_reports_are_signed(signer, parcheck_command, tmp_path, monkeypatch):
    monkeypatch.setenv("PARCHECK_PKCS12_PASSWORD", PASSWORD)
    other = tmp_path / "khac.json"
    other.write_text("{}", encoding="utf-8")
    code, _, err = parcheck_command("sign", other, "--pkcs12", signer.pkcs12)
    assert code == 2
    assert "không phải báo cáo" in err
