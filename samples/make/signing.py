# SPDX-License-Identifier: Apache-2.0
"""Signs PDF fields one after the other, each in its own revision, as signing programs do.

The keys are worthless on purpose: each is derived from the words "parcheck sample key" and the holder's name, so
that anyone can make the same signatures again. The issuer's name says that these certificates are a test.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import pikepdf
from asn1crypto import algos, cms, core, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from collections.abc import Sequence

AUTHORITY = "CA thử nghiệm cho tài liệu mẫu (không có giá trị)"
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_RESERVED = 1536
"""Bytes kept for one CMS object."""


@dataclass(frozen=True, slots=True)
class Signing:
    """One signature to be made: the field's name, who holds the key, and when."""

    field: str
    holder: str
    organisation: str
    at: dt.datetime


def key(holder: str) -> ec.EllipticCurvePrivateKey:
    """Return the public-knowledge test key of a holder (P-256)."""
    digest = hashlib.sha512(f"parcheck sample key: {holder}".encode()).digest()
    return ec.derive_private_key(int.from_bytes(digest, "big") % (_ORDER - 1) + 1, ec.SECP256R1())


@cache
def certificate(holder: str, organisation: str) -> x509.Certificate:
    """Return the holder's test certificate; `certificate(AUTHORITY, "")` is the root that signs them."""
    root = holder == AUTHORITY
    names = [x509.NameAttribute(NameOID.COUNTRY_NAME, "VN")]
    if organisation:
        names.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation))
    names.append(x509.NameAttribute(NameOID.COMMON_NAME, holder))
    issuer = x509.Name(
        [x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"), x509.NameAttribute(NameOID.COMMON_NAME, AUTHORITY)]
    )
    serial = int.from_bytes(hashlib.sha256(f"{holder}|{organisation}".encode()).digest()[:8], "big") >> 1
    builder = (
        x509.CertificateBuilder()
        .subject_name(issuer if root else x509.Name(names))
        .issuer_name(issuer)
        .public_key(key(holder).public_key())
        .serial_number(serial)
        .not_valid_before(dt.datetime(2023, 1, 1, tzinfo=dt.UTC))
        .not_valid_after(dt.datetime(2043, 1, 1, tzinfo=dt.UTC))
        .add_extension(x509.BasicConstraints(ca=root, path_length=0 if root else None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key(holder).public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(key(AUTHORITY).public_key()), critical=False)
        .add_extension(
            x509.KeyUsage(
                digital_signature=not root,
                content_commitment=not root,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=root,
                crl_sign=root,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
    )
    return builder.sign(key(AUTHORITY), hashes.SHA256(), ecdsa_deterministic=True)


def sign(pdf: bytes, signings: Sequence[Signing]) -> bytes:
    """Fill the named /Sig fields of an unsigned PDF (classic cross-reference table) in the order given."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        fields = {str(f.T): (f.objgen[0], f.unparse(resolved=True)) for f in opened.Root.AcroForm.Fields}
        root, info = opened.Root.objgen[0], opened.trailer.Info.objgen[0]
        size = int(opened.trailer.Size)
        identity = bytes(opened.trailer.ID[0])
    for signing in signings:
        number, raw = fields[signing.field]
        pdf = _revision(pdf, signing, number, raw, size, f"/Root {root} 0 R /Info {info} 0 R", identity)
        size += 1
    return pdf


def _revision(pdf: bytes, signing: Signing, number: int, raw: bytes, size: int, trailer: str, identity: bytes) -> bytes:
    previous = int(re.findall(rb"startxref\s+(\d+)", pdf)[-1])
    out = io.BytesIO()
    out.write(pdf if pdf.endswith(b"\n") else pdf + b"\n")
    field_at = out.tell()
    out.write(b"%d 0 obj\n%s /V %d 0 R >>\nendobj\n" % (number, raw.rstrip()[:-2].rstrip(), size))
    value_at = out.tell()
    stamp = signing.at.strftime("D:%Y%m%d%H%M%S+07'00'").encode()
    name = pikepdf.String(signing.holder).unparse()
    head = b"%d 0 obj\n<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached" % size
    out.write(head + b" /M (%s) /Name %s /Reason () /Location () /ByteRange " % (stamp, name))
    range_at = out.tell()
    out.write(b" " * 44 + b" /Contents ")
    gap = out.tell()
    out.write(b"<" + b"0" * (2 * _RESERVED) + b">")
    after = out.tell()
    out.write(b" >>\nendobj\n")
    xref_at = out.tell()
    out.write(b"xref\n%d 1\n%010d 00000 n \n%d 1\n%010d 00000 n \n" % (number, field_at, size, value_at))
    second = hashlib.md5(identity + stamp + signing.field.encode(), usedforsecurity=False).hexdigest()
    out.write(f"trailer\n<< /Size {size + 1} {trailer} /Prev {previous}".encode())
    out.write(f" /ID [<{identity.hex()}> <{second}>] >>\nstartxref\n{xref_at}\n%%EOF\n".encode())
    data = bytearray(out.getvalue())
    span = b"[0 %d %d %d]" % (gap, after, len(data) - after)
    data[range_at : range_at + len(span)] = span
    digest = hashlib.sha256(data[:gap] + data[after:]).digest()
    contents = _cms(digest, signing).hex().encode()
    data[gap + 1 : gap + 1 + len(contents)] = contents
    return bytes(data)


def _cms(digest: bytes, signing: Signing) -> bytes:
    leaf = certificate(signing.holder, signing.organisation)
    der = leaf.public_bytes(serialization.Encoding.DER)
    parsed = asn1_x509.Certificate.load(der)
    sha256 = algos.DigestAlgorithm({"algorithm": "sha256"})
    attributes = cms.CMSAttributes(
        [
            {"type": "content_type", "values": ["data"]},
            {"type": "signing_time", "values": [cms.Time({"utc_time": signing.at.astimezone(dt.UTC)})]},
            {"type": "message_digest", "values": [digest]},
            {
                "type": "signing_certificate_v2",
                "values": [
                    tsp.SigningCertificateV2(
                        {"certs": [{"hash_algorithm": sha256, "cert_hash": hashlib.sha256(der).digest()}]}
                    )
                ],
            },
        ]
    )
    signed = key(signing.holder).sign(attributes.dump(), ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
    info = cms.SignerInfo(
        {
            "version": "v1",
            "sid": {"issuer_and_serial_number": {"issuer": parsed.issuer, "serial_number": parsed.serial_number}},
            "digest_algorithm": sha256,
            "signed_attrs": attributes,
            "signature_algorithm": {"algorithm": "sha256_ecdsa"},
            "signature": core.OctetString(signed).native,
        }
    )
    data = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [sha256],
            "encap_content_info": {"content_type": "data"},
            "certificates": [parsed],
            "signer_infos": [info],
        }
    )
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": data}).dump())
