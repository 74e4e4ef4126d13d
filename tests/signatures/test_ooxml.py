# SPDX-License-Identifier: Apache-2.0
"""Office signatures. The signer below writes canonical XML by hand, so that it shares nothing with the verifier."""

from __future__ import annotations

import base64
import hashlib
import io
import zipfile

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from parcheck_plugins.signatures.reader import SignatureReader
from parcheck_plugins.word.document import WordDocument

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_P = "http://schemas.openxmlformats.org/package/2006/relationships"
_DS = "http://www.w3.org/2000/09/xmldsig#"
_OPC = "http://schemas.openxmlformats.org/package/2006/digital-signature"
_C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
_SHA = {"sha1": _DS + "sha1", "sha256": "http://www.w3.org/2001/04/xmlenc#sha256"}
_RSA = {"sha1": _DS + "rsa-sha1", "sha256": "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"}
_MAIN = DOCX + ".main+xml"
_STYLES = DOCX.replace(".document", ".styles+xml")
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_STYLES}"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_P}">'
        f'<Relationship Id="rId1" Type="{_R}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId9" Type="{_P}/digital-signature/origin" Target="_xmlsignatures/origin.sigs"/>'
        "</Relationships>"
    ),
    "word/document.xml": (
        f'<w:document xmlns:w="{W}"><w:body><w:p><w:r>'
        "<w:t>Báo cáo cải cách hành chính</w:t></w:r></w:p></w:body></w:document>"
    ),
    "word/styles.xml": f'<w:styles xmlns:w="{W}"/>',
    "word/_rels/document.xml.rels": (
        f'<?xml version="1.0"?>\n<Relationships xmlns="{_P}" xmlns:unused="urn:x">\n  <!-- a comment -->\n'
        f'  <Relationship Target="styles.xml" Id="rId2" Type="{_R}/styles"></Relationship>\n'
        f'  <Relationship Id="rId10" TargetMode="External" Type="{_R}/hyperlink" Target="https://moha.gov.vn/?a=1&amp;b=2"/>\n'
        "</Relationships>"
    ),
    "docProps/core.xml": '<x xmlns="urn:core"/>',
    "_xmlsignatures/origin.sigs": "",
    "_xmlsignatures/_rels/origin.sigs.rels": (
        f'<Relationships xmlns="{_P}">'
        f'<Relationship Id="rId1" Type="{_P}/digital-signature/signature" Target="sig1.xml"/>'
        "</Relationships>"
    ),
}
# The two selected relationships as ISO/IEC 29500-2 wants them: sorted by id as text, mode written out, nothing between.
_CANONICAL_RELATIONSHIPS = (
    f'<Relationships xmlns="{_P}">'
    f'<Relationship Id="rId10" Target="https://moha.gov.vn/?a=1&amp;b=2" TargetMode="External" Type="{_R}/hyperlink">'
    "</Relationship>"
    f'<Relationship Id="rId2" Target="styles.xml" TargetMode="Internal" Type="{_R}/styles"></Relationship>'
    "</Relationships>"
)
_CANONICAL_ROOT = (
    f'<Relationships xmlns="{_P}"><Relationship Id="rId1" Target="word/document.xml" TargetMode="Internal" '
    f'Type="{_R}/officeDocument"></Relationship></Relationships>'
)


def _digest(text, name):
    return base64.b64encode(hashlib.new(name, text.encode()).digest()).decode()


def _reference(uri, value, name, transforms=""):
    inner = f"<Transforms>{transforms}</Transforms>" if transforms else ""
    return (
        f'<Reference URI="{uri}">{inner}<DigestMethod Algorithm="{_SHA[name]}"></DigestMethod>'
        f"<DigestValue>{value}</DigestValue></Reference>"
    )


def _select(*ids):
    chosen = "".join(
        f'<mdssi:RelationshipReference xmlns:mdssi="{_OPC}" SourceId="{id_}"></mdssi:RelationshipReference>'
        for id_ in ids
    )
    return (
        '<Transform Algorithm="http://schemas.openxmlformats.org/package/2006/RelationshipTransform">'
        f'{chosen}</Transform><Transform Algorithm="{_C14N}"></Transform>'
    )


def signature(
    party, *, name="sha256", parts=PARTS, id_="idPackageObject", listed=None, time="2025-03-10T09:00:00+07:00"
):
    """Return a signature part, every element already in canonical form."""
    everything = (
        _reference(f"/word/document.xml?ContentType={_MAIN}", _digest(parts["word/document.xml"], name), name)
        + _reference(f"/word/styles.xml?ContentType={_STYLES}", _digest(parts["word/styles.xml"], name), name)
        + _reference(
            "/word/_rels/document.xml.rels?ContentType=application/vnd.openxmlformats-package.relationships+xml",
            _digest(_CANONICAL_RELATIONSHIPS, name),
            name,
            _select("rId2", "rId10"),
        )
        + _reference(
            "/_rels/.rels?ContentType=application/vnd.openxmlformats-package.relationships+xml",
            _digest(_CANONICAL_ROOT, name),
            name,
            _select("rId1"),
        )
    )
    listed = everything if listed is None else listed
    stamp = (
        '<SignatureProperties><SignatureProperty Id="idTime" Target="#idPackageSignature">'
        f'<mdssi:SignatureTime xmlns:mdssi="{_OPC}"><mdssi:Format>YYYY-MM-DDThh:mm:ssTZD</mdssi:Format>'
        f"<mdssi:Value>{time}</mdssi:Value></mdssi:SignatureTime></SignatureProperty></SignatureProperties>"
    )
    inner = f"<Manifest>{listed}</Manifest>{stamp}</Object>"
    package = f'<Object xmlns="{_DS}" Id="{id_}">{inner}'
    info = (
        f'<SignedInfo xmlns="{_DS}"><CanonicalizationMethod Algorithm="{_C14N}"></CanonicalizationMethod>'
        f'<SignatureMethod Algorithm="{_RSA[name]}"></SignatureMethod>'
        + _reference(f"#{id_}", _digest(package, name), name)
        + "</SignedInfo>"
    )
    method = {"sha1": hashes.SHA1(), "sha256": hashes.SHA256()}[name]  # noqa: S303
    value = base64.b64encode(party.key.sign(info.encode(), padding.PKCS1v15(), method)).decode()
    certificate = base64.b64encode(party.der).decode()
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Signature xmlns="{_DS}" Id="idPackageSignature">'
        f'{info.replace(f""" xmlns="{_DS}" """.strip(), "", 1).replace("<SignedInfo >", "<SignedInfo>")}'
        f"<SignatureValue>{value}</SignatureValue><KeyInfo><X509Data><X509Certificate>{certificate}"
        f'</X509Certificate></X509Data></KeyInfo><Object Id="{id_}">{inner}</Signature>'
    )


def package(parts):
    """Zip the parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


@pytest.fixture
def read_docx(tmp_path):
    def entries(data):
        path = tmp_path / "file.docx"
        path.write_bytes(data)
        with WordDocument(path, DOCX) as document:
            document.path = path
            return SignatureReader().read(document, {"signatures"}, {})["signatures"].value

    return entries


@pytest.fixture(params=["sha1", "sha256"])
def signed(request, world):
    return {**PARTS, "_xmlsignatures/sig1.xml": signature(world.person, name=request.param)}


def test_an_honest_signature(read_docx, signed):
    (found,) = read_docx(package(signed))
    assert (found["kind"], found["intact"], found["valid"], found["broken"]) == ("ooxml", True, True, None)
    assert (found["covers_file"], found["changed_after"], found["trusted"]) == (True, None, None)
    assert (found["signer"], found["units"][0]) == ("Nguyễn Văn An", "SỞ NỘI VỤ")
    assert (found["signed_at"], found["signed_at_source"]) == ("2025-03-10T09:00:00+07:00", "claimed")
    assert (found["timestamped"], found["digest"] in ("sha1", "sha256")) == (False, True)
    assert found["unsigned_parts"] == ["docProps/core.xml"]
    assert found["changed_parts"] == []


def test_a_changed_part_is_seen(read_docx, signed):
    signed["word/document.xml"] = signed["word/document.xml"].replace("Báo cáo", "Bao cao")
    (found,) = read_docx(package(signed))
    assert (found["intact"], found["valid"], found["broken"]) == (False, True, "bytes")
    assert found["changed_parts"] == ["word/document.xml"]


def test_a_changed_relationship_is_seen(read_docx, signed):
    name = "word/_rels/document.xml.rels"
    signed[name] = signed[name].replace("styles.xml", "other.xml")
    (found,) = read_docx(package(signed))
    assert found["changed_parts"] == [name]


def test_a_relationship_written_otherwise_is_the_same(read_docx, signed):
    name = "word/_rels/document.xml.rels"
    signed[name] = signed[name].replace("\n", " ").replace("></Relationship>", " TargetMode='Internal'/>")
    (found,) = read_docx(package(signed))
    assert found["intact"] is True


def test_a_changed_content_type_is_seen(read_docx, signed):
    signed["[Content_Types].xml"] = signed["[Content_Types].xml"].replace(_STYLES, "text/html")
    (found,) = read_docx(package(signed))
    assert (found["intact"], found["changed_parts"]) == (False, ["word/styles.xml"])


def test_a_signature_that_signs_no_part_covers_nothing(read_docx, world):
    """Signed in form only: its one reference is right, and no part of the document is behind it."""
    xml = signature(world.person, listed="")
    (found,) = read_docx(package({**PARTS, "_xmlsignatures/sig1.xml": xml}))
    assert (found["intact"], found["valid"], found["covers_file"]) == (None, True, False)
    assert "word/document.xml" in found["unsigned_parts"]


def test_a_removed_part_is_seen(read_docx, signed):
    del signed["word/styles.xml"]
    (found,) = read_docx(package(signed))
    assert (found["intact"], found["changed_parts"]) == (False, ["word/styles.xml"])


def test_an_added_part_is_listed(read_docx, signed):
    signed["word/header1.xml"] = f'<w:hdr xmlns:w="{W}"/>'
    name = "word/_rels/document.xml.rels"
    signed[name] = signed[name].replace(
        "</Relationships>", f'<Relationship Id="rId11" Type="{_R}/header" Target="header1.xml"/></Relationships>'
    )
    (found,) = read_docx(package(signed))
    assert (found["intact"], found["covers_file"]) == (True, False)
    assert {"word/header1.xml", name + "#rId11"} <= set(found["unsigned_parts"])


def test_digests_put_right_do_not_make_the_signature_right(read_docx, signed, world):
    changed = {**PARTS, "word/document.xml": PARTS["word/document.xml"].replace("Báo cáo", "Bao cao")}
    forged = signature(world.person, parts=changed)
    honest = signature(world.person)
    value = honest[honest.index("<SignatureValue>") : honest.index("</SignatureValue>")]
    other = forged[forged.index("<SignatureValue>") : forged.index("</SignatureValue>")]
    (found,) = read_docx(package({**changed, "_xmlsignatures/sig1.xml": forged.replace(other, value)}))
    assert (found["intact"], found["valid"]) == (True, False)


def test_an_object_that_stands_twice_is_not_judged(read_docx, signed):
    xml = signed["_xmlsignatures/sig1.xml"]
    part = xml[xml.rindex("<Object") : xml.index("</Object>") + len("</Object>")]
    signed["_xmlsignatures/sig1.xml"] = xml.replace("</Signature>", part + "</Signature>")
    (found,) = read_docx(package(signed))
    assert (found["intact"], found["valid"]) == (None, None)


def test_a_manifest_that_nothing_signs_covers_nothing(read_docx, world):
    xml = signature(world.person).replace("</Signature>", '<Object Id="other"><Manifest/></Object></Signature>')
    (found,) = read_docx(package({**PARTS, "_xmlsignatures/sig1.xml": xml}))
    assert (found["intact"], found["valid"], found["covers_file"]) == (True, True, True)


def test_the_chain(read_docx, signed, trusting):
    (found,) = read_docx(package(signed))
    assert (found["trusted"], found["trust_problem"]) == (True, None)


def test_another_root(read_docx, world, trusting):
    (found,) = read_docx(package({**PARTS, "_xmlsignatures/sig1.xml": signature(world.stranger)}))
    assert (found["valid"], found["trusted"]) == (True, False)


@pytest.mark.parametrize(
    "xml",
    [
        "",
        "<Signature",
        f'<Signature xmlns="{_DS}"/>',
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
        f'<Signature xmlns="{_DS}"><SignedInfo><Reference URI="#gone"/></SignedInfo></Signature>',
        f'<Signature xmlns="{_DS}"><SignedInfo/><SignatureValue>!</SignatureValue></Signature>',
    ],
)
def test_hostile_signatures_are_not_judged(read_docx, xml):
    (found,) = read_docx(package({**PARTS, "_xmlsignatures/sig1.xml": xml}))
    assert (found["valid"], found["signer"]) == (None, None)
    assert not found["intact"]


def test_a_plain_word_file(read_docx):
    parts = {name: text for name, text in PARTS.items() if "_xmlsig" not in name}
    parts["_rels/.rels"] = parts["_rels/.rels"].replace("digital-signature/origin", "thumbnail")
    assert read_docx(package(parts)) == []
