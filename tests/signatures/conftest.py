# SPDX-License-Identifier: Apache-2.0
"""An authority, signers and signed files, all made here: nothing in these tests comes from anywhere else."""

from __future__ import annotations

import datetime as dt
import io
import os
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import pytest
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers, timestamps
from pyhanko_certvalidator.registry import SimpleCertificateStore
from reportlab.pdfgen import canvas

from parcheck_plugins.pdf.document import PdfDocument
from parcheck_plugins.signatures.reader import SignatureReader

SIGNED_AT = dt.datetime(2025, 3, 10, 2, 0, tzinfo=dt.UTC)
_FROM, _TO = dt.datetime(2024, 1, 1, tzinfo=dt.UTC), dt.datetime(2025, 6, 30, tzinfo=dt.UTC)


@dataclass
class Party:
    """A key and its certificate."""

    key: rsa.RSAPrivateKey
    certificate: x509.Certificate

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def asn1(self) -> asn1_x509.Certificate:
        return asn1_x509.Certificate.load(self.der)

    @property
    def asn1_key(self) -> asn1_keys.PrivateKeyInfo:
        encoding, form = serialization.Encoding.DER, serialization.PrivateFormat.PKCS8
        return asn1_keys.PrivateKeyInfo.load(self.key.private_bytes(encoding, form, serialization.NoEncryption()))


def _name(common, organisation=None, units=()):
    parts = [(NameOID.COUNTRY_NAME, "VN")]
    parts += [(NameOID.ORGANIZATION_NAME, organisation)] if organisation else []
    parts += [(NameOID.ORGANIZATIONAL_UNIT_NAME, unit) for unit in units]
    return x509.Name([x509.NameAttribute(*part) for part in [*parts, (NameOID.COMMON_NAME, common)]])


def party(subject, issuer=None, *, authority=False, usage=("content_commitment", "digital_signature"), stamps=False):
    """Make a key and a certificate; `issuer` None makes a root."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    flags = dict.fromkeys(
        (
            "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
            "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
        ),
        False,
    )  # fmt: skip
    flags.update(dict.fromkeys(("key_cert_sign", "crl_sign") if authority else usage, True))
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_FROM)
        .not_valid_after(_TO)
        .add_extension(x509.BasicConstraints(authority, None), critical=True)
        .add_extension(x509.KeyUsage(**flags), critical=True)
    )
    if stamps:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return Party(key, builder.sign(issuer.key if issuer else key, hashes.SHA256()))


@dataclass
class World:
    """Everybody who has a certificate. The chain is root, intermediate, signer, as that of the state's authority."""

    root: Party
    middle: Party
    person: Party
    agency: Party
    weak_usage: Party
    stranger: Party
    stamper: Party


@pytest.fixture(scope="session")
def world():
    root = party(_name("Thử RootCA", "Ban Thử nghiệm"), authority=True)
    middle = party(_name("CA thử các cơ quan", "Ban Thử nghiệm"), root, authority=True)
    province = "ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG"
    return World(
        root=root,
        middle=middle,
        person=party(_name("Nguyễn Văn An", province, ["SỞ NỘI VỤ", "PHÒNG CẢI CÁCH HÀNH CHÍNH"]), middle),
        agency=party(_name("SỞ NỘI VỤ", province), middle),
        weak_usage=party(_name("Trần Thị Bình", province), middle, usage=("digital_signature",)),
        stranger=party(_name("Người lạ"), authority=False),
        stamper=party(_name("Thử TSA"), middle, stamps=True),
    )


@pytest.fixture(scope="session")
def plain_pdf():
    buffer = io.BytesIO()
    page = canvas.Canvas(buffer, invariant=True)
    page.drawString(72, 700, "Ke hoach cai cach hanh chinh nam 2025")
    page.drawString(72, 100, "Ky boi: Nguyen Van An, thoi gian ky: 10.03.2025 09:00:00 +07:00")
    page.save()
    return buffer.getvalue()


class _Frozen(dt.datetime):
    @classmethod
    def now(cls, tz=None):
        return SIGNED_AT.astimezone(tz or dt.timezone(dt.timedelta(hours=7)))


def in_2025(action):
    """Sign on one day of 2025 whenever the tests run: the certificates have expired since, like most real ones."""
    modules = ("pyhanko.sign.signers.pdf_cms", "pyhanko.sign.signers.pdf_signer")
    with mock.patch(modules[0] + ".datetime", _Frozen), mock.patch(modules[1] + ".datetime", _Frozen):
        return action()


@pytest.fixture(scope="session")
def sign():
    """Return what signs a PDF."""
    return _sign


def _sign(data, who, field="Signature1", *, others=(), stamper=None, pades=False, digest="sha256", **options):
    """Sign a PDF as one incremental update."""
    certificates = SimpleCertificateStore()
    certificates.register_multiple([other.asn1 for other in others])
    signer = signers.SimpleSigner(signing_cert=who.asn1, signing_key=who.asn1_key, cert_registry=certificates)
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    metadata = signers.PdfSignatureMetadata(
        field_name=field,
        md_algorithm=digest,
        subfilter=fields.SigSeedSubFilter.PADES if pades else fields.SigSeedSubFilter.ADOBE_PKCS7_DETACHED,
        **options,
    )
    stamps = None
    if stamper:
        stamps = timestamps.DummyTimeStamper(
            tsa_cert=stamper.asn1, tsa_key=stamper.asn1_key, fixed_dt=SIGNED_AT + dt.timedelta(minutes=1)
        )
    signed = signers.PdfSigner(metadata, signer, timestamper=stamps, new_field_spec=fields.SigFieldSpec(field))
    return in_2025(lambda: signed.sign_pdf(writer)).getvalue()


@pytest.fixture(autouse=True)
def _no_roots():
    with mock.patch.dict(os.environ):
        os.environ.pop("PARCHECK_TRUST_ROOTS", None)
        yield


@pytest.fixture
def read(tmp_path):
    """Return what the reader says of a PDF's bytes."""

    def entries(data, name="file.pdf"):
        path = Path(tmp_path) / name
        path.write_bytes(data)
        with PdfDocument(path) as document:
            document.path = path
            return SignatureReader().read(document, {"signatures"}, {})["signatures"].value

    return entries


@pytest.fixture
def trusting(tmp_path, world):
    """Give the authority's certificates as a folder, root and intermediate."""
    folder = tmp_path / "roots"
    folder.mkdir()
    (folder / "both.pem").write_bytes(world.root.pem + world.middle.pem)
    with mock.patch.dict(os.environ, {"PARCHECK_TRUST_ROOTS": str(folder)}):
        yield folder
