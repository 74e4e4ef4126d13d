# SPDX-License-Identifier: Apache-2.0
"""A report signed with the key on a USB token or smart card, through the driver that its maker ships (PKCS#11)."""

from __future__ import annotations

import contextlib
import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from parcheck.errors import BadUsage
from parcheck.signing_reports import USAGE, cms_over, is_valid, library

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from asn1crypto import x509  # type: ignore[import-untyped]

EXTRA: Final = "token"
_RAW: Final = {"rsa": ("RSA_PKCS", "SHA256_RSA_PKCS"), "ec": ("ECDSA", "ECDSA_SHA256")}
"""By kind of key, how a token signs a digest, and how it makes the digest as well: some can do only the first."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token that is plugged in, before anyone has given its PIN."""

    driver: Path
    label: str
    slot: int
    handle: Any
    """The library's own object."""


def find_token(driver: Path, label: str | None = None, slot: int | None = None) -> Token:
    """Return the token to sign with. No PIN is needed for this, and none is tried.

    Args:
        driver: the token's PKCS#11 library. It is loaded into this process: name only one that you trust.
        label: of the token, where several are plugged in.
        slot: number of the slot that it is in, where labels are alike.

    Raises:
        BadUsage: the extra is not installed, the driver cannot be loaded, no token is plugged in, none is the one that
            is named, or it cannot be told which is meant.
    """
    pkcs11 = library("pkcs11", EXTRA)
    library("pyhanko.sign.pkcs11", EXTRA)
    try:
        loaded = pkcs11.lib(str(driver.resolve()))
    except (RuntimeError, OSError) as error:
        raise BadUsage("sign-driver", path=str(driver), detail=_detail(error)) from error
    with _told(driver):
        slots = loaded.get_slots(token_present=True)
        there = [
            Token(driver, token.label.strip("\0 "), slot_.slot_id, token)
            for slot_ in slots
            for token in _token_in(slot_)
            if pkcs11.TokenFlag.TOKEN_INITIALIZED in token.flags
        ]
    if not there:
        raise BadUsage("sign-token-none", path=str(driver))
    fitting = [each for each in there if label in (None, each.label) and slot in (None, each.slot)]
    found = ", ".join(f"{each.label} (slot {each.slot})" for each in there)
    if not fitting:
        named = label if slot is None else f"{label or ''} (slot {slot})".strip()
        raise BadUsage("sign-token-other", wanted=named or "", found=found)
    if len(fitting) > 1:
        raise BadUsage("sign-token-several", found=found)
    return fitting[0]


def sign_with_token(data: bytes, token: Token, pin: str, certificate: str | None = None) -> bytes:
    """Return a detached CMS signature (DER) over a report's bytes. The key never leaves the token.

    Args:
        data: the report.
        token: where the key is.
        pin: of the token's owner. It is tried once: tokens lock themselves after a few wrong ones.
        certificate: label or serial number (hexadecimal) of the signer's certificate, where the token has several.

    Raises:
        BadUsage: the PIN is wrong or locked, the token has no certificate to sign with, or several, or one that is
            not valid today; or the token fails.
    """
    pkcs11 = library("pkcs11", EXTRA)
    with _told(token.driver), token.handle.open(user_pin=pin) as session:
        held = list(_held(session, pkcs11))
        chosen = _chosen(held, token, certificate)
        signer = library("pyhanko.sign.pkcs11", EXTRA).PKCS11Signer(
            session,
            signing_cert=chosen.certificate,
            ca_chain=[each.certificate for each in held if each.certificate.ca],
            key_id=chosen.key_id or None,
            key_label=None if chosen.key_id else chosen.label,
            use_raw_mechanism=_raw(token, chosen.certificate),
        )
        return cms_over(data, signer, dt.datetime.now(dt.UTC))


@dataclass(frozen=True, slots=True)
class _Held:
    """A certificate on a token."""

    certificate: x509.Certificate
    label: str
    key_id: bytes
    signs: bool
    """Whether the token has its key, and it is a key for signatures."""

    @property
    def serial(self) -> str:
        return f"{self.certificate.serial_number:x}"

    @property
    def shown(self) -> str:
        until = self.certificate.not_valid_after.date().isoformat()
        return f"{self.certificate.subject.native.get('common_name') or self.label} ({self.serial}, → {until})"


def _held(session: Any, pkcs11: Any) -> Iterator[_Held]:
    """Yield the certificates of a token, each once."""
    attribute, kinds = pkcs11.Attribute, pkcs11.ObjectClass
    keys = {
        (bytes(_had(key, attribute.ID) or b""), _had(key, attribute.LABEL) or "")
        for key in session.get_objects({attribute.CLASS: kinds.PRIVATE_KEY})
    }
    seen: set[bytes] = set()
    x509_ = library("asn1crypto.x509", EXTRA)
    for each in session.get_objects({attribute.CLASS: kinds.CERTIFICATE}):
        der = _had(each, attribute.VALUE)
        if not der or der in seen:
            continue
        seen.add(der)
        try:
            certificate = x509_.Certificate.load(der, strict=True)
            usage = certificate.key_usage_value
            usable = usage is None or bool(USAGE & usage.native)
        except (ValueError, TypeError, KeyError):
            # Another kind of certificate than X.509, or a broken one: nobody signs with it.
            continue
        key_id, label = bytes(_had(each, attribute.ID) or b""), _had(each, attribute.LABEL) or ""
        own = any(key_id == id_ if key_id else label == name for id_, name in keys)
        yield _Held(certificate, label, key_id, own and usable)


def _had(each: Any, attribute: Any) -> Any:
    """Return an attribute of an object on a token; None where it has none."""
    try:
        return each[attribute]
    except Exception:  # noqa: BLE001 - the library's own error classes, by driver
        return None


def _chosen(held: Sequence[_Held], token: Token, wanted: str | None) -> _Held:
    """Return the certificate to sign with: the only one, or the only one of them that is valid today."""
    named = [each for each in held if wanted is None or wanted == each.label or _number(wanted) == each.serial]
    signing = [each for each in named if each.signs]
    if not signing:
        code = "sign-token-no-certificate" if wanted is None else "sign-token-certificate-other"
        found = ", ".join(each.shown for each in held if each.signs) or "–"
        raise BadUsage(code, token=token.label, wanted=wanted or "", found=found)
    valid = [each for each in signing if is_valid(each.certificate)]
    if len(valid) > 1:
        raise BadUsage("sign-token-certificates", token=token.label, found=", ".join(each.shown for each in valid))
    if not valid:
        last = max(signing, key=lambda each: each.certificate.not_valid_after).certificate
        first, until = (moment.date().isoformat() for moment in (last.not_valid_before, last.not_valid_after))
        raise BadUsage("sign-expired", path=token.label, first=first, last=until)
    return valid[0]


def _number(text: str) -> str:
    """Return a serial number as certificates are listed here, however a program shows it."""
    return "".join(letter for letter in text.lower() if letter not in " :-").lstrip("0")


def _raw(token: Token, certificate: x509.Certificate) -> bool:
    """Return whether the digest must be made here, because the token cannot."""
    raw, whole = _RAW.get(certificate.public_key.algorithm, ("", ""))
    can = {getattr(each, "name", "") for each in token.handle.slot.get_mechanisms()}
    return whole not in can and raw in can


def _token_in(slot: Any) -> Iterator[Any]:
    """Yield the token in a slot; none where the driver says that it cannot be read."""
    with contextlib.suppress(library("pkcs11", EXTRA).PKCS11Error):
        yield slot.get_token()


@contextlib.contextmanager
def _told(driver: Path) -> Iterator[None]:
    """Turn what a driver reports into sentences."""
    kinds = library("pkcs11.exceptions", EXTRA)
    try:
        yield
    except (kinds.PinIncorrect, kinds.PinInvalid, kinds.PinLenRange) as error:
        raise BadUsage("sign-pin-wrong") from error
    except (kinds.PinLocked, kinds.PinExpired) as error:
        raise BadUsage("sign-pin-locked") from error
    except (kinds.TokenNotPresent, kinds.DeviceRemoved) as error:
        raise BadUsage("sign-token-none", path=str(driver)) from error
    except (kinds.PKCS11Error, NotImplementedError) as error:
        raise BadUsage("sign-token-failed", path=str(driver), detail=_detail(error)) from error


def _detail(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__
