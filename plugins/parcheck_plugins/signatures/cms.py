# SPDX-License-Identifier: Apache-2.0
"""A CMS signature over bytes, verified with pyHanko: integrity, chain, signer and time as separate facts."""

from __future__ import annotations

import asyncio
import dataclasses
import hashlib
from typing import TYPE_CHECKING, Any

from asn1crypto import cms, core, tsp  # type: ignore[import-untyped]
from pyhanko.sign.general import extract_certificate_info, extract_signer_info
from pyhanko.sign.validation.generic_cms import (
    async_validate_cms_signature,
    async_validate_detached_cms,
    extract_self_reported_ts,
)
from pyhanko.sign.validation.settings import KeyUsageConstraints

from parcheck_plugins.signatures import trust
from parcheck_plugins.signatures.entry import Entry, certificate_facts, claimed_time

if TYPE_CHECKING:
    import datetime as dt

    from asn1crypto import x509

_USAGE = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)
"""Many certificates of public bodies carry one of the two; which one is a fact, not a failure."""


def describe(content: bytes, claim: dt.datetime | None) -> Entry:
    """Return what a CMS says of signer and time, unverified; empty when it cannot be parsed."""
    try:
        data, certificate = _parse(content)
        info = extract_signer_info(data)
        time, source = claimed_time(_attribute_time(info), claim)
        # RFC 5652: the digest algorithm named here is the one used over the document.
        digest = str(info["digest_algorithm"]["algorithm"].native)
        return {
            **certificate_facts(certificate),
            "digest": digest,
            "signed_at": time.isoformat() if time else None,
            "signed_at_source": source,
            "timestamped": None if _has_token(info) else False,
        }
    except Exception:  # noqa: BLE001 - asn1crypto raises whatever broken DER makes its natives raise
        return {}


def verify(content: bytes, covered: bytes, claim: dt.datetime | None) -> Entry:
    """Verify a CMS against the bytes that it signs.

    Args:
        content: the DER; padding behind it does no harm.
        covered: the signed bytes.
        claim: the signing time that stands beside the signature, used where the CMS holds none.

    Returns:
        `intact`, `valid`, `trusted`, `trust_problem`, `timestamped`, and the signing time where a time stamp proves
        it; empty when the CMS cannot be parsed.
    """
    given = trust.load()
    try:
        data, certificate = _parse(content)
        info = extract_signer_info(data)
        moment = claimed_time(_attribute_time(info), claim)[0]
        if moment is not None and moment.tzinfo is None:
            moment = moment.astimezone()
        # Nothing says when it was signed: the chain is held against a moment at which the certificate was valid.
        moment = moment or certificate.not_valid_before
        status = _status(data, covered, given, moment)
        token: Any = getattr(status, "timestamp_validity", None)
        stamped = bool(token is not None and token.intact and token.valid)
        if stamped and given.roots and token.timestamp != moment:
            status = _status(data, covered, given, token.timestamp)
    except Exception:  # noqa: BLE001 - see above; what cannot be verified stays unknown
        return {}
    found: Entry = {
        "intact": bool(status.intact),
        "valid": bool(status.valid),
        "timestamped": (stamped or None) if token is not None else False,
    }
    if stamped:
        found["signed_at"], found["signed_at_source"] = token.timestamp.isoformat(), "timestamp"
    if given.roots and status.valid:
        problem = status.trust_problem_indic
        found["trusted"] = bool(status.trusted) if status.intact else problem is None
        found["trust_problem"] = problem.name if problem is not None else None
    return found


def _parse(content: bytes) -> tuple[cms.SignedData, x509.Certificate]:
    data = cms.ContentInfo.load(content)["content"]
    return data, extract_certificate_info(data).signer_cert


def _status(data: cms.SignedData, covered: bytes, given: trust.Roots, moment: dt.datetime) -> Any:
    context, stamps = trust.context(given, moment), trust.context(given, moment)
    inner = data["encap_content_info"]["content"]
    if isinstance(inner, core.Void) or inner.native is None:
        return asyncio.run(async_validate_detached_cms(covered, data, context, stamps, key_usage_settings=_USAGE))
    status = asyncio.run(async_validate_cms_signature(data, validation_context=context, key_usage_settings=_USAGE))
    if isinstance(inner.parsed, tsp.TSTInfo):
        # A document time stamp signs a digest of the document among other things (RFC 3161).
        imprint = inner.parsed["message_imprint"]
        signed, method = imprint["hashed_message"].native, imprint["hash_algorithm"]["algorithm"].native
    else:
        # adbe.pkcs7.sha1: the CMS signs the SHA-1 digest of the document (ISO 32000-1, 12.8.3.3).
        signed, method = inner.native, "sha1"
    if signed != hashlib.new(method, covered, usedforsecurity=False).digest():
        return dataclasses.replace(status, intact=False)
    return status


def _attribute_time(info: cms.SignerInfo) -> dt.datetime | None:
    time: dt.datetime | None = extract_self_reported_ts(info)
    return time


def _has_token(info: cms.SignerInfo) -> bool:
    attributes = info["unsigned_attrs"]
    if isinstance(attributes, core.Void):
        return False
    return any(attribute["type"].native == "signature_time_stamp_token" for attribute in attributes)
