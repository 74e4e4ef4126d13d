# SPDX-License-Identifier: Apache-2.0
"""The signatures of Office files (DOCX, XLSX, PPTX): digests of parts and relationships, then the signature value.

ISO/IEC 29500-2, clause 10 (digital signatures); Office adds properties of its own ([MS-OFFCRYPTO] 2.5.2).
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import datetime as dt
import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, unquote

from parcheck_plugins.signatures import xmldsig
from parcheck_plugins.signatures.entry import Entry, entry
from parcheck_plugins.signatures.package import Parts, resolve
from parcheck_plugins.signatures.xmldsig import DS, OPC, PACKAGE, Unsupported

if TYPE_CHECKING:
    from pathlib import Path

    from lxml import etree

MAX_SIGNATURES: Final = 50
MAX_REFERENCES: Final = 5_000
_ORIGIN: Final = "/digital-signature/origin"
_SIGNATURE: Final = "/digital-signature/signature"
_OBJECT: Final = "http://www.w3.org/2000/09/xmldsig#Object"
_XADES: Final = "{http://uri.etsi.org/01903/v1.3.2#}"
_UNSIGNABLE: Final = ("[content_types].xml", "_xmlsignatures/")
_SELDOM_SIGNED: Final = ("docprops/", "customxml/", "[trash]/", "_xmlsignatures/")
"""Office leaves properties and data sources out; that such a part is unsigned says nothing about the text."""


@dataclass(slots=True)
class _Signed:
    """What the manifest of one signature covers."""

    whole: bool = True
    """Every digest is right."""
    known: bool = True
    """Every digest could be computed."""
    parts: set[str] = field(default_factory=set)
    relationships: dict[str, set[str]] = field(default_factory=dict)
    """Relationship part to the ids covered."""
    changed: list[str] = field(default_factory=list)


def verify(path: Path) -> list[Entry]:
    """Return an entry for each signature of the package, in order of claimed signing time."""
    try:
        parts = Parts(path)
    except Unsupported:
        return []
    try:
        names = _signature_parts(parts)
        entries = [_one(parts, name) for name in names[:MAX_SIGNATURES]]
    finally:
        parts.close()
    return sorted(entries, key=lambda e: e["signed_at"] or "")


def _signature_parts(parts: Parts) -> list[str]:
    try:
        origins = parts.targets("", _ORIGIN)
        return list(dict.fromkeys(n for o in origins for n in parts.targets(o, _SIGNATURE) if parts.has(n)))
    except Unsupported:
        return sorted(n for n in parts.names if n.lower().startswith("_xmlsignatures/") and n.lower().endswith(".xml"))


def _one(parts: Parts, name: str) -> Entry:
    found = entry("ooxml")
    try:
        root = parts.xml(name)
        info = root.find(DS + "SignedInfo")
        if root.tag != DS + "Signature" or info is None:
            return found
        identified = _identified(root)
        time = _time(root)
        found["signed_at"], found["signed_at_source"] = time, "claimed" if time else None
        found["timestamped"] = None if root.find(f".//{_XADES}SignatureTimeStamp") is not None else False
        found["digest"] = xmldsig.signature_digest(xmldsig.algorithm(info.find(DS + "SignatureMethod")))
        signed = _Signed()
        _check_info(parts, info, identified, signed)
        _fill(parts, found, signed)
    except Unsupported:
        pass
    else:
        _check_value(root, info, found)
    return found


def _identified(root: etree._Element) -> dict[str, etree._Element]:
    """Return the elements by id. An id that stands twice could mean either: such a file is not judged."""
    found: dict[str, etree._Element] = {}
    for element in root.iter():
        name = element.get("Id") if isinstance(element.tag, str) else None
        if name is not None:
            if name in found:
                raise Unsupported(name)
            found[name] = element
    return found


def _check_info(parts: Parts, info: etree._Element, identified: dict[str, etree._Element], signed: _Signed) -> None:
    """Check the references of `SignedInfo`, and follow those that are to manifests: only these are signed."""
    for reference in info.findall(DS + "Reference")[:MAX_REFERENCES]:
        uri = reference.get("URI") or ""
        target = identified.get(uri[1:]) if uri.startswith("#") else None
        if target is None:
            raise Unsupported(uri)
        if not xmldsig.matches(reference, xmldsig.digest_of(reference, xmldsig.transformed(target, reference))):
            signed.whole = False
        for manifest in target.iter(DS + "Manifest"):
            for entry_ in manifest.findall(DS + "Reference")[:MAX_REFERENCES]:
                _check_part(parts, entry_, signed)


def _check_part(parts: Parts, reference: etree._Element, signed: _Signed) -> None:
    uri, _, query = (reference.get("URI") or "").partition("?")
    name = unquote(uri).lstrip("/")
    declared = dict(parse_qsl(query.replace("+", "%2B"))).get("ContentType")
    transforms = reference.findall(f"{DS}Transforms/{DS}Transform")
    selected: set[str] = set()
    try:
        if not parts.has(name):
            right = False
        elif not transforms:
            method = xmldsig.digest_name(xmldsig.algorithm(reference.find(DS + "DigestMethod")))
            right = xmldsig.matches(reference, parts.digest(name, method))
        elif xmldsig.algorithm(transforms[0]) == xmldsig.RELATIONSHIPS:
            data, selected = xmldsig.relationships(parts.xml(name), transforms[0])
            right = xmldsig.matches(reference, xmldsig.digest_of(reference, data))
        else:
            data = xmldsig.transformed(parts.xml(name), reference)
            right = xmldsig.matches(reference, xmldsig.digest_of(reference, data))
        if right and declared is not None:
            right = (parts.content_type(name) or "").lower() == declared.lower()
    except Unsupported:
        signed.known = False
        return
    if not right:
        signed.whole = False
        signed.changed.append(name)
    if transforms and xmldsig.algorithm(transforms[0]) == xmldsig.RELATIONSHIPS:
        signed.relationships.setdefault(name.lower(), set()).update(selected)
    else:
        signed.parts.add(name.lower())


def _fill(parts: Parts, found: Entry, signed: _Signed) -> None:
    if not signed.whole:
        found["intact"], found["broken"] = False, "bytes"
    elif signed.known and (signed.parts or signed.relationships):
        found["intact"] = True
    found["changed_parts"] = signed.changed
    unsigned = []
    content = []
    for name in sorted(parts.names):
        lower = name.lower()
        if lower in signed.parts or lower.startswith(_UNSIGNABLE):
            continue
        if lower.endswith(".rels"):
            for identifier, target in _unsigned_relationships(parts, name, signed):
                if target.lower().startswith(_UNSIGNABLE):
                    continue
                unsigned.append(f"{name}#{identifier}")
                if not target.lower().startswith(_SELDOM_SIGNED) and not lower.startswith(_SELDOM_SIGNED):
                    content.append(name)
        else:
            unsigned.append(name)
            if not lower.startswith(_SELDOM_SIGNED):
                content.append(name)
    found["unsigned_parts"] = unsigned
    found["covers_file"] = not content


def _unsigned_relationships(parts: Parts, name: str, signed: _Signed) -> list[tuple[str, str]]:
    covered = signed.relationships.get(name.lower(), set())
    folder = posixpath.dirname(posixpath.dirname(name))
    return [
        (element.get("Id") or "", resolve(folder, element.get("Target") or ""))
        for element in parts.xml(name).iter(PACKAGE + "Relationship")
        if element.get("Id") not in covered
    ]


def _time(root: etree._Element) -> str | None:
    """Return the claimed signing time: Office's own property, or that of XAdES; both stand in the signed part."""
    for text in (root.findtext(f".//{OPC}SignatureTime/{OPC}Value"), root.findtext(f".//{_XADES}SigningTime")):
        try:
            return dt.datetime.fromisoformat((text or "").strip()).isoformat()
        except ValueError:
            continue
    return None


def _check_value(root: etree._Element, info: etree._Element, found: Entry) -> None:
    """Verify the signature value with the certificate in the file, where the verifying libraries are installed."""
    try:
        from asn1crypto import x509  # type: ignore[import-untyped]
        from cryptography.hazmat.primitives.serialization import load_der_public_key

        from parcheck_plugins.signatures.entry import certificate_facts
    except ImportError:
        return
    try:
        data = xmldsig.canonical(info, *_method(info))
        value = _base64(root.findtext(DS + "SignatureValue"))
        method = xmldsig.algorithm(info.find(DS + "SignatureMethod"))
        ders = [_base64(e.text) for e in root.iterfind(f"{DS}KeyInfo/{DS}X509Data/{DS}X509Certificate")]
        for der in ders[:10]:
            certificate = x509.Certificate.load(der)
            holds = xmldsig.signature_holds(load_der_public_key(certificate.public_key.dump()), value, data, method)
            if found["valid"] is None or holds:
                found.update(certificate_facts(certificate))
                found["valid"] = holds
            if holds:
                _check_chain(certificate, found)
                return
    except Exception:  # noqa: BLE001 - broken DER and unknown methods: not verified
        return


def _method(info: etree._Element) -> tuple[str, list[str]]:
    method = info.find(DS + "CanonicalizationMethod")
    listed = None if method is None else method.find("{http://www.w3.org/2001/10/xml-exc-c14n#}InclusiveNamespaces")
    return xmldsig.algorithm(method), ((listed.get("PrefixList") or "").split() if listed is not None else [])


def _base64(text: str | None) -> bytes:
    try:
        return base64.b64decode("".join((text or "").split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise Unsupported from error


def _check_chain(certificate: Any, found: Entry) -> None:
    from parcheck_plugins.signatures import trust

    given = trust.load()
    if not given.roots:
        return
    from pyhanko_certvalidator import CertificateValidator
    from pyhanko_certvalidator.errors import ValidationError

    moment = dt.datetime.fromisoformat(found["signed_at"]) if found["signed_at"] else certificate.not_valid_before
    context = trust.context(given, moment if moment.tzinfo else moment.astimezone())
    try:
        validator = CertificateValidator(certificate, validation_context=context)
        asyncio.run(validator.async_validate_usage(set()))  # type: ignore[no-untyped-call]
    except ValidationError as error:
        found["trusted"], found["trust_problem"] = False, type(error).__name__
    else:
        found["trusted"] = True
