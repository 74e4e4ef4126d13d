# SPDX-License-Identifier: Apache-2.0
"""The parts of XML-DSig (RFC 3275) and of the OPC relationship transform (ISO/IEC 29500-2, 10.5) that Office uses."""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Sequence

DS: Final = "{http://www.w3.org/2000/09/xmldsig#}"
OPC: Final = "{http://schemas.openxmlformats.org/package/2006/digital-signature}"
PACKAGE: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}"
RELATIONSHIPS: Final = "http://schemas.openxmlformats.org/package/2006/RelationshipTransform"
_MORE: Final = "http://www.w3.org/2001/04/xmldsig-more#"
_DIGESTS: Final = {
    "http://www.w3.org/2000/09/xmldsig#sha1": "sha1",
    "http://www.w3.org/2001/04/xmlenc#sha256": "sha256",
    _MORE + "sha384": "sha384",
    "http://www.w3.org/2001/04/xmlenc#sha512": "sha512",
}
_SIGNATURES: Final = {
    "http://www.w3.org/2000/09/xmldsig#rsa-sha1": ("rsa", "sha1"),
    **{f"{_MORE}{kind}-{name}": (kind, name) for kind in ("rsa", "ecdsa") for name in ("sha256", "sha384", "sha512")},
    _MORE + "ecdsa-sha1": ("ecdsa", "sha1"),
}
_C14N: Final = {
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315": (False, False),
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments": (False, True),
    "http://www.w3.org/2001/10/xml-exc-c14n#": (True, False),
    "http://www.w3.org/2001/10/xml-exc-c14n#WithComments": (True, True),
}
"""Algorithm to (exclusive, with comments)."""
_INCLUSIVE: Final = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"


class Unsupported(Exception):
    """Something that cannot be verified here: nothing is known then, which is not the same as wrong."""


def parse(data: bytes) -> etree._Element:
    """Parse XML without entities, DTD or network.

    Raises:
        Unsupported: not XML, or with a DTD (forbidden in OPC).
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unsupported from error
    if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]
        raise Unsupported
    return root


def algorithm(element: etree._Element | None) -> str:
    """Return an element's `Algorithm`."""
    return "" if element is None else element.get("Algorithm") or ""


def digest_name(uri: str) -> str:
    """Return hashlib's name of a digest method.

    Raises:
        Unsupported: another method.
    """
    if uri not in _DIGESTS:
        raise Unsupported(uri)
    return _DIGESTS[uri]


def signature_digest(uri: str) -> str | None:
    """Return the name of a signature method's digest, None for a method that is not known here."""
    return _SIGNATURES[uri][1] if uri in _SIGNATURES else None


def canonical(element: etree._Element, method: str, prefixes: Sequence[str] = ()) -> bytes:
    """Return an element in canonical form, as the root of a document of its own with the namespaces in scope.

    lxml's canonical form of an element inside its tree carries wrong `xmlns=""`; its plain serialisation does not.

    Raises:
        Unsupported: another method.
    """
    if method not in _C14N:
        raise Unsupported(method)
    exclusive, comments = _C14N[method]
    alone = parse(etree.tostring(element, with_tail=False))
    options: dict[str, Any] = {"inclusive_ns_prefixes": list(prefixes)} if exclusive and prefixes else {}
    data: bytes = etree.tostring(alone, method="c14n", exclusive=exclusive, with_comments=comments, **options)
    return data


def transformed(element: etree._Element, reference: etree._Element) -> bytes:
    """Return an element as a reference's transforms make it; canonical when the reference names none."""
    method, prefixes = _INCLUSIVE, []
    for transform in reference.iterfind(f"{DS}Transforms/{DS}Transform"):
        method = algorithm(transform)
        listed = transform.find("{http://www.w3.org/2001/10/xml-exc-c14n#}InclusiveNamespaces")
        prefixes = (listed.get("PrefixList") or "").split() if listed is not None else []
    return canonical(element, method, prefixes)


def relationships(root: etree._Element, transform: etree._Element) -> tuple[bytes, set[str]]:
    """Return the relationships that a transform selects, in canonical form, and the ids of all that it selects."""
    ids = {e.get("SourceId") for e in transform.iter(OPC + "RelationshipReference")}
    types = {e.get("SourceType") for e in transform.iter(OPC + "RelationshipsGroupReference")}
    chosen = [e for e in root.iter(PACKAGE + "Relationship") if e.get("Id") in ids or e.get("Type") in types]
    made = etree.Element(PACKAGE + "Relationships", nsmap={None: PACKAGE[1:-1]})  # type: ignore[dict-item]
    for element in sorted(chosen, key=lambda e: e.get("Id") or ""):
        copy = etree.SubElement(made, PACKAGE + "Relationship")
        for name, value in element.attrib.items():
            copy.set(name, value)
        copy.set("TargetMode", element.get("TargetMode") or "Internal")
    return canonical(made, _INCLUSIVE), {e.get("Id") or "" for e in chosen}


def matches(reference: etree._Element, digest: bytes) -> bool:
    """Return whether a reference's digest value is this one."""
    try:
        wanted = base64.b64decode("".join((reference.findtext(DS + "DigestValue") or "").split()), validate=True)
    except (binascii.Error, ValueError):
        return False
    return wanted == digest


def digest_of(reference: etree._Element, data: bytes) -> bytes:
    """Return the digest of data with a reference's method."""
    return hashlib.new(digest_name(algorithm(reference.find(DS + "DigestMethod"))), data).digest()


def signature_holds(key: Any, signature: bytes, data: bytes, method: str) -> bool:
    """Return whether a signature value is this key's over the data.

    Args:
        key: a public key of `cryptography`.
        signature: the value; for ECDSA the two numbers side by side.
        data: canonical `SignedInfo`.
        method: the signature method's URI.

    Raises:
        Unsupported: another method.
    """
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

    if method not in _SIGNATURES:
        raise Unsupported(method)
    kind, name = _SIGNATURES[method]
    hash_algorithm = getattr(hashes, name.upper())()
    try:
        if kind == "rsa" and isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, data, padding.PKCS1v15(), hash_algorithm)
        elif kind == "ecdsa" and isinstance(key, ec.EllipticCurvePublicKey) and signature:
            half = len(signature) // 2
            pair = (int.from_bytes(signature[:half], "big"), int.from_bytes(signature[half:], "big"))
            key.verify(encode_dss_signature(*pair), data, ec.ECDSA(hash_algorithm))
        else:
            return False
    except InvalidSignature:
        return False
    except UnsupportedAlgorithm as error:
        raise Unsupported from error
    return True
