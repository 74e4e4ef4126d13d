# SPDX-License-Identifier: Apache-2.0
"""Reports written by the command line, and a signer's own key: all made here."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING
from unittest import mock

import caselib
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from parcheck.model import Report
from parcheck.reporting.as_json import write_json
from parcheck.reporting.seal import KEY, seal_of

if TYPE_CHECKING:
    from pathlib import Path

PASSWORD = "mật khẩu của người ký"


@pytest.fixture(autouse=True)
def _own_environment():
    with mock.patch.dict(os.environ):
        for name in ("PARCHECK_TRUST_ROOTS", "PARCHECK_PKCS12_PASSWORD", "PARCHECK_TOKEN_PIN"):
            os.environ.pop(name, None)
        yield


@pytest.fixture
def write_report(installed, pack_folder, parcheck_command, tmp_path):
    """Return a function that checks a path and gives the report's file."""
    installed("faulty.sheet")

    def write(path, name="bao-cao.json", *arguments, rules=None):
        target = tmp_path / name
        code, _, err = parcheck_command(
            *("check", path, "--rules", rules or pack_folder, "--format", "json", "-o", target),
            *("--no-cache", "--workers", 1, *arguments),
        )
        assert code in (0, 1), err
        return target

    return write


CASE = {
    "rules": {"evidence": [{"id": "kh", "name": "Kế hoạch", "match": {"required": ["type"]}}]},
    "documents": [{"path": "1.1/a.pdf", "facts": {"type": "KH"}}],
}


@pytest.fixture(scope="session")
def report_text(tmp_path_factory):
    """A report on a unit whose files lie nowhere."""
    result, session = caselib.run_case(CASE, tmp_path_factory.mktemp("bao-cao"))
    report = Report("bo-mau", "Bộ mẫu", "1", "0" * 64, (("1", "Chỉ đạo"),), (result,), {"finished": "2026-01-05"})
    stream = io.StringIO()
    write_json(report, session.catalogue, "vi", stream)
    return stream.getvalue()


@pytest.fixture
def plain_report(report_text, tmp_path):
    """A report's file, no file of the unit beside it."""
    file = tmp_path / "bao-cao.json"
    file.write_text(report_text, encoding="utf-8")
    return file


@pytest.fixture
def edit():
    """Return a function that changes a report's data in its file, by hand or `knowing` how to leave no trace."""

    def edited(file, change, *, knowing=False):
        data = json.loads(file.read_text(encoding="utf-8"))
        change(data)
        if knowing:
            data[KEY] = seal_of(data)
        file.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        return file

    return edited


def _name(common):
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "SỞ NỘI VỤ TỈNH TRƯỜNG GIANG"),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def make_certificate(common, key, issuer=None, days=(-10, 300), purpose="digital_signature"):
    """Make a certificate; `issuer` (certificate, key) None makes a root; `days` from now bound it."""
    now = dt.datetime.now(dt.UTC)
    usage = dict.fromkeys(
        (
            "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
            "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
        ),
        False,
    )  # fmt: skip
    usage[purpose if issuer else "key_cert_sign"] = True
    name, by = (_name(common), issuer[1]) if issuer else (_name(common), key)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer[0].subject if issuer else name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + dt.timedelta(days=days[0]))
        .not_valid_after(now + dt.timedelta(days=days[1]))
        .add_extension(x509.BasicConstraints(issuer is None, None), critical=True)
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .sign(by, hashes.SHA256())
    )


@dataclass
class Signer:
    """Files of a signer, and of the authority that vouches for the signer."""

    pkcs12: Path
    without_password: Path
    expired: Path
    root: Path
    stranger: Path


@pytest.fixture(scope="session")
def signer(tmp_path_factory):
    folder = tmp_path_factory.mktemp("signer")
    root_key, key = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
    root = make_certificate("Thử RootCA", root_key)
    own = make_certificate("Nguyễn Văn An", key, (root, root_key))
    past = make_certificate("Nguyễn Văn An", key, (root, root_key), (-300, -10))
    other = make_certificate("Người lạ", key)
    locked = serialization.BestAvailableEncryption(PASSWORD.encode())
    made = Signer(*(folder / name for name in ("an.p12", "an-khong.p12", "an-cu.p12", "goc.pem", "la.der")))
    for file, certificate, form in (
        (made.pkcs12, own, locked),
        (made.without_password, own, serialization.NoEncryption()),
        (made.expired, past, locked),
    ):
        file.write_bytes(pkcs12.serialize_key_and_certificates(b"an", key, certificate, [root], form))
    made.root.write_bytes(root.public_bytes(serialization.Encoding.PEM))
    made.stranger.write_bytes(other.public_bytes(serialization.Encoding.DER))
    return made
