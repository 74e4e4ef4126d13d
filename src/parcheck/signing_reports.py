# SPDX-License-Identifier: Apache-2.0
"""A report signed with the appraiser's own certificate, and its signature verified: CMS beside the file, offline."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from parcheck.errors import BadUsage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from asn1crypto import x509  # type: ignore[import-untyped]

# What the library logs on standard error is told to the user in sentences here.
logging.getLogger("pyhanko").addHandler(logging.NullHandler())

ENDING: Final = ".p7s"
DIGEST: Final = "sha256"
USAGE: Final = frozenset({"digital_signature", "non_repudiation"})
"""Certificates of public bodies carry one of the two."""
_MOST: Final = 99
"""Signatures of one report that are looked for."""
_SUFFIXES: Final = (".pem", ".crt", ".cer", ".der")


@dataclass(frozen=True, slots=True)
class ReportSignature:
    """What a signature says of a report; what could not be told is None."""

    file: Path
    intact: bool
    """The report has the bytes that were signed."""
    valid: bool
    """The signature is by the key of the certificate."""
    trusted: bool | None
    """The certificate leads to a root that the user named; None where none was named, or the signature is not valid."""
    signer: str
    organisation: str | None
    issuer: str | None
    signed_at: str | None
    """ISO time by the signer's own clock."""

    @property
    def good(self) -> bool:
        """Whether the report is what was signed, and the signature is by the key of the certificate."""
        return self.intact and self.valid


def signature_of(report: Path, number: int = 1) -> Path:
    """Return where the signature of a report lies; with a number from 2, that of another person who signed it too."""
    return report.with_name(f"{report.name}{'' if number == 1 else f'.{number}'}{ENDING}")


def signatures_of(report: Path) -> list[Path]:
    """Return the signatures beside a report, the first one first."""
    return [file for number in range(1, _MOST + 1) if (file := signature_of(report, number)).exists()]


def sign(data: bytes, pkcs12: Path, password: str) -> bytes:
    """Return a detached CMS signature (DER) over a report's bytes.

    Args:
        data: the report.
        pkcs12: the signer's key and certificate (.p12, .pfx).
        password: of that file; empty where it has none.

    Raises:
        BadUsage: the extra is not installed, the file cannot be opened with this password, or its certificate is not
            valid today.
    """
    signers = library("pyhanko.sign.signers")
    try:
        content = pkcs12.read_bytes()
    except OSError as error:
        raise BadUsage("sign-not-opened", path=str(pkcs12), detail=error.strerror or "") from error
    try:
        # Without a password the library wants none, not an empty one.
        signer = signers.SimpleSigner.load_pkcs12_data(content, other_certs=(), passphrase=password.encode() or None)
    except Exception as error:
        # The library raises whatever broken DER makes its parser raise.
        raise BadUsage("sign-not-unlocked", path=str(pkcs12)) from error
    if signer is None or signer.signing_cert is None:
        raise BadUsage("sign-not-unlocked", path=str(pkcs12))
    certificate = signer.signing_cert
    if not is_valid(certificate):
        first, last = (
            moment.date().isoformat() for moment in (certificate.not_valid_before, certificate.not_valid_after)
        )
        raise BadUsage("sign-expired", path=str(pkcs12), first=first, last=last)
    return cms_over(data, signer, dt.datetime.now(dt.UTC))


def is_valid(certificate: x509.Certificate) -> bool:
    """Return whether a certificate is valid today."""
    now = dt.datetime.now(dt.UTC)
    return bool(certificate.not_valid_before <= now <= certificate.not_valid_after)


def cms_over(data: bytes, signer: Any, moment: dt.datetime) -> bytes:
    """Return the detached CMS signature (DER) of the library's signer over some bytes."""
    attributes = library("pyhanko.sign.signers.pdf_cms").PdfCMSSignedAttributes(signing_time=moment)
    signed = asyncio.run(signer.async_sign_general_data(data, DIGEST, detached=True, signed_attr_settings=attributes))
    der: bytes = signed.dump()
    return der


def verify_signature(data: bytes, file: Path, roots: Sequence[Path] = ()) -> ReportSignature:
    """Return what a detached CMS signature says of a report's bytes. Nothing is fetched, no revocation is checked.

    Args:
        data: the report.
        file: the signature.
        roots: PEM or DER files, or folders of them, whose certificates the user trusts; without any, nobody's trust is
            stated.

    Raises:
        BadUsage: the extra is not installed, or a file cannot be used.
    """
    general = library("pyhanko.sign.general")
    cms = library("asn1crypto.cms")
    trusted = list(_certificates(roots))
    try:
        content = file.read_bytes()
    except OSError as error:
        raise BadUsage("signature-not-opened", path=str(file), detail=error.strerror or "") from error
    try:
        signed = cms.ContentInfo.load(content)["content"]
        certificate = general.extract_certificate_info(signed).signer_cert
        moment = _moment(signed)
        status = _status(data, signed, trusted, moment or certificate.not_valid_before)
    except Exception as error:
        # As above: broken DER raises anything.
        raise BadUsage("signature-unreadable", path=str(file)) from error
    subject, issuer = _names(certificate.subject), _names(certificate.issuer)
    return ReportSignature(
        file=file,
        intact=bool(status.intact),
        valid=bool(status.valid),
        trusted=_trusted(status) if trusted and status.valid else None,
        signer=subject.get("common_name") or certificate.subject.human_friendly,
        organisation=subject.get("organization_name"),
        issuer=issuer.get("common_name") or issuer.get("organization_name"),
        signed_at=moment.isoformat() if moment else None,
    )


def _status(data: bytes, signed: Any, trusted: list[x509.Certificate], moment: dt.datetime) -> Any:
    validator = library("pyhanko_certvalidator")
    settings = library("pyhanko.sign.validation.settings")
    generic = library("pyhanko.sign.validation.generic_cms")
    context = validator.ValidationContext(
        trust_roots=[each for each in trusted if each.self_issued],
        other_certs=[each for each in trusted if not each.self_issued],
        moment=moment,
        allow_fetching=False,
        revocation_mode="soft-fail",
    )
    usage = settings.KeyUsageConstraints(key_usage=set(USAGE), match_all_key_usages=False)
    return asyncio.run(
        generic.async_validate_detached_cms(data, signed, signer_validation_context=context, key_usage_settings=usage)
    )


def _trusted(status: Any) -> bool:
    """Return whether the chain leads to a root, whether or not the report is still as it was signed."""
    return bool(status.trusted) if status.intact else status.trust_problem_indic is None


def _moment(signed: Any) -> dt.datetime | None:
    """Return the signing time by the signer's own clock."""
    info = library("pyhanko.sign.general").extract_signer_info(signed)
    moment: dt.datetime | None = library("pyhanko.sign.validation.generic_cms").extract_self_reported_ts(info)
    return moment


def _names(name: x509.Name) -> dict[str, str]:
    return {str(pair["type"].native): str(pair["value"].native) for relative in name.chosen for pair in relative}


def _certificates(roots: Iterable[Path]) -> Iterator[x509.Certificate]:
    """Yield the certificates in files and folders.

    Raises:
        BadUsage: a file cannot be read, or holds none.
    """
    pem, x509_ = library("asn1crypto.pem"), library("asn1crypto.x509")
    for root in roots:
        files = sorted(p for p in root.iterdir() if p.suffix.lower() in _SUFFIXES) if root.is_dir() else [root]
        for file in files:
            try:
                data = file.read_bytes()
                ders = [der for _, _, der in pem.unarmor(data, multiple=True)] if pem.detect(data) else [data]
                for der in ders:
                    certificate = x509_.Certificate.load(der, strict=True)
                    # The parser is lazy: this raises now instead of in the middle of a chain.
                    certificate.subject.native  # noqa: B018
                    yield certificate
            except (OSError, ValueError, TypeError, KeyError) as error:
                raise BadUsage("root-unreadable", path=str(file)) from error


def library(name: str, extra: str = "signatures") -> Any:
    """Return a module of an extra.

    Raises:
        BadUsage: it is not installed.
    """
    import importlib

    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise BadUsage("extra-missing", extra=extra) from error
