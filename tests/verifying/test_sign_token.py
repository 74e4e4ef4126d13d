# SPDX-License-Identifier: Apache-2.0
"""`parcheck sign --pkcs11`: the key stays on the token; what is wrong with it is said in a sentence; no PIN is shown.

SoftHSM2 stands for the token. Each command runs in a process of its own, as a driver lives as long as its process.
"""

from __future__ import annotations

import base64
import builtins
import contextlib
import json
import os
import pty
import re
import subprocess
import sys

import pytest
import tokenmaking
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from untested import untested

from parcheck.signing_reports import signature_of, verify_signature

from .conftest import make_certificate

PIN = "123456"
WRONG = "654321"


def _der(key):
    form = serialization.PrivateFormat.TraditionalOpenSSL
    return key.private_bytes(serialization.Encoding.DER, form, serialization.NoEncryption())


@pytest.fixture(scope="session")
def hsm(tmp_path_factory):
    """Make tokens by name, each in a folder of its own, and beside them the root that vouches for their signers; where
    there is nothing to make tokens with, none (see `driver`)."""
    folder = tmp_path_factory.mktemp("tokens")
    if tokenmaking.driver() is None:
        return folder
    root_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    root = make_certificate("Thử RootCA", root_key)
    keys = {
        "rsa": rsa.generate_private_key(public_exponent=65537, key_size=2048),
        "ec": ec.generate_private_key(ec.SECP256R1()),
    }

    def on_token(label, id_, common, kind="rsa", own=True, **named):
        made = make_certificate(common, keys[kind], (root, root_key), **named)
        key = base64.b64encode(_der(keys[kind])).decode() if own else None
        der = made.public_bytes(serialization.Encoding.DER)
        return {"label": label, "id": id_, "kind": kind, "certificate": base64.b64encode(der).decode(), "key": key}

    der = root.public_bytes(serialization.Encoding.DER)
    ca = {"label": "goc", "id": "0", "kind": "rsa", "certificate": base64.b64encode(der).decode(), "key": None}
    an = on_token("ký", "1", "Nguyễn Văn An")
    cipher = on_token("mã hóa", "3", "Nguyễn Văn An", purpose="key_encipherment")
    old = on_token("ký cũ", "4", "Nguyễn Văn An", days=(-300, -10))
    for name, held in {
        "An": (an, ca),
        "elliptic": (on_token("ký", "1", "Trần Thị Bình", "ec"), ca),
        "renewed": (old, an, cipher, ca),
        "two": (an, on_token("ký thay", "2", "Nguyễn Văn An, KT")),
        "expired": (old,),
        "no key": (on_token("ký", "1", "Nguyễn Văn An", own=False), ca),
        "for secrets": (cipher,),
        "blank": (),
    }.items():
        tokenmaking.make_token(folder / name, name, PIN, *held)
    (folder / "none").mkdir()
    pem = folder / "goc.pem"
    pem.write_bytes(root.public_bytes(serialization.Encoding.PEM))
    return folder


@pytest.fixture
def driver(record_property):
    file = tokenmaking.driver()
    if file is None:
        untested(record_property, "Signing with a USB token was not tested: SoftHSM2 is not installed.")
    return file


@pytest.fixture
def token_sign(driver, request, plain_report):
    """Return a function that signs with a token: (exit code, standard error)."""
    folder = request.getfixturevalue("hsm")

    def sign(token, *arguments, pin=PIN, library=driver):
        env = tokenmaking.environment(folder / token)
        env.update({} if pin is None else {"PARCHECK_TOKEN_PIN": pin})
        command = (sys.executable, "-m", "parcheck", "sign", plain_report, "--pkcs11", library, *arguments)
        done = subprocess.run(command, env=env, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
        assert done.stdout == ""
        assert PIN not in done.stderr
        assert WRONG not in done.stderr
        return done.returncode, done.stderr

    return sign


@pytest.fixture
def signed_by(plain_report, driver, hsm):
    """Return a function that tells who signed the report, by the trusted root."""

    def tell():
        said = verify_signature(plain_report.read_bytes(), signature_of(plain_report), [hsm / "goc.pem"])
        assert (said.intact, said.valid, said.trusted) == (True, True, True)
        return said.signer

    return tell


def refused(result, *words):
    """Return whether nothing was signed and one sentence says so in these words."""
    code, err = result
    return code == 2 and all(word in err for word in words) and len(err.strip().splitlines()) == 1


@pytest.mark.parametrize(("token", "name"), [("An", "Nguyễn Văn An"), ("elliptic", "Trần Thị Bình")])
def test_what_a_token_signed_is_verified_and_its_signer_named(
    token, name, token_sign, hsm, plain_report, parcheck_command
):
    code, err = token_sign(token)
    assert (code, "bao-cao.json.p7s" in err) == (0, True)
    code, out, err = parcheck_command("verify", plain_report, "--trust", hsm / "goc.pem")
    assert err == ""
    assert f"Chữ ký của {name}" in " ".join(out.split())
    assert "Chứng thư dẫn tới một chứng thư gốc được tin cậy" in out


def test_the_certificate_that_is_valid_and_for_signatures_is_taken(token_sign, signed_by):
    assert token_sign("renewed")[0] == 0
    assert signed_by() == "Nguyễn Văn An"


def test_of_two_certificates_the_user_names_one_by_serial_number_or_label(token_sign, signed_by, plain_report):
    code, err = token_sign("two")
    assert refused((code, err), "nhiều chứng thư còn hiệu lực", "--certificate")
    serial = re.search(r"An, KT \(([0-9a-f]+),", err)[1]
    assert token_sign("two", "--certificate", serial.upper())[0] == 0
    assert signed_by() == "Nguyễn Văn An, KT"
    signature_of(plain_report).unlink()
    assert token_sign("two", "--certificate", "ký")[0] == 0
    assert signed_by() == "Nguyễn Văn An"
    signature_of(plain_report).unlink()
    assert refused(token_sign("two", "--certificate", "người khác"), "không có chứng thư “người khác”")


@pytest.mark.parametrize(
    ("token", "arguments", "words"),
    [
        ("none", (), ("Không thấy token nào",)),
        ("An", ("--token", "Bình"), ("Không thấy token “Bình”", "Đang cắm: An (slot ")),
        ("An", ("--slot", "77"), ("Không thấy token “(slot 77)”",)),
        ("blank", (), ("Token “blank” không có chứng thư",)),
        ("no key", (), ("không có chứng thư để ký kèm khóa",)),
        ("for secrets", (), ("không có chứng thư để ký kèm khóa",)),
        ("expired", (), ("Chứng thư trong expired chỉ có hiệu lực từ",)),
        ("An", ("--pkcs12", "an.p12"), ("Chọn đúng một nơi có khóa",)),
    ],
)
def test_what_cannot_sign_is_told_in_one_sentence(token, arguments, words, token_sign, plain_report):
    assert refused(token_sign(token, *arguments), *words)
    assert not signature_of(plain_report).exists()


@pytest.mark.parametrize("library", ["khong-co.so", "/etc/hostname"])
def test_a_driver_that_is_none_is_told(library, token_sign, tmp_path):
    assert refused(token_sign("An", library=tmp_path / library), "Không nạp được thư viện của token", "Máy báo:")


def test_several_tokens_are_told_apart_by_label_and_slot(token_sign, hsm, tmp_path, plain_report, signed_by):
    for label in ("Bình", "Chi"):
        if not list((hsm / "several").glob(f"{label}.made")):
            tokenmaking.make_token(hsm / "several", label, PIN)
            (hsm / "several" / f"{label}.made").touch()
    code, err = token_sign("several")
    assert refused((code, err), "nhiều token", "Bình (slot ", "Chi (slot ")
    slot = re.search(r"Chi \(slot (\d+)\)", err)[1]
    assert refused(token_sign("several", "--slot", slot), "Token “Chi” không có chứng thư")
    assert refused(token_sign("several", "--token", "Bình"), "Token “Bình” không có chứng thư")


def test_a_wrong_pin_is_told_and_tried_once(token_sign, plain_report):
    assert refused(token_sign("An", pin=WRONG), "Mã PIN của token sai", "tự khóa")
    assert not signature_of(plain_report).exists()


def test_the_pin_may_lie_in_a_file(token_sign, tmp_path, plain_report):
    file = tmp_path / "pin"
    file.write_text(f"{PIN}\r\n", encoding="utf-8")
    assert token_sign("An", "--pin-file", file, pin=None)[0] == 0
    signature_of(plain_report).unlink()
    assert refused(token_sign("An", "--pin-file", tmp_path / "khong-co", pin=None), "Không mở được tệp khóa")


def test_without_a_terminal_a_variable_or_a_file_nobody_can_be_asked(token_sign):
    assert refused(token_sign("An", pin=None), "PARCHECK_TOKEN_PIN")


def test_on_a_terminal_the_pin_is_asked_and_not_shown(driver, hsm, plain_report, signed_by):
    ours, theirs = pty.openpty()
    command = (sys.executable, "-m", "parcheck", "sign", plain_report, "--pkcs11", driver)
    env = tokenmaking.environment(hsm / "An")
    ends = {"stdin": theirs, "stdout": theirs, "stderr": theirs}
    with subprocess.Popen(command, env=env, start_new_session=True, **ends) as process:
        os.close(theirs)
        shown = b""
        while "Mã PIN của token An".encode() not in shown:
            shown += os.read(ours, 1024)
        os.write(ours, f"{PIN}\n".encode())
        # Linux's way to say that the other end has closed is an error.
        with contextlib.suppress(OSError):
            while more := os.read(ours, 1024):
                shown += more
        assert process.wait() == 0, shown.decode()
    os.close(ours)
    assert PIN not in shown.decode()
    assert signed_by() == "Nguyễn Văn An"


def test_without_the_extra_it_is_told_how_to_install_it(plain_report, parcheck_command, monkeypatch):
    real = builtins.__import__

    def without(name, *arguments, **named):
        if name.split(".")[0] == "pkcs11":
            raise ImportError(name)
        return real(name, *arguments, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    monkeypatch.setitem(sys.modules, "pkcs11", None)
    assert refused(parcheck_command("sign", plain_report, "--pkcs11", "token.so")[::2], 'pip install "parcheck[token]"')


def test_a_report_signed_by_two_names_both(token_sign, plain_report, parcheck_command, hsm):
    assert token_sign("An")[0] == 0
    code, err = token_sign("elliptic")
    second = signature_of(plain_report, 2)
    assert refused((code, err), "Người thứ hai ký thì thêm", second.name)
    assert token_sign("elliptic", "-o", second)[0] == 0
    _, out, _ = parcheck_command("verify", plain_report, "--trust", hsm / "goc.pem", "--format", "json")
    said = json.loads(out)["signatures"]
    assert [(each["signer"], each["trusted"]) for each in said] == [("Nguyễn Văn An", True), ("Trần Thị Bình", True)]
