# SPDX-License-Identifier: Apache-2.0
"""PDF signatures: what is said of honest, changed, rewritten and hostile files."""

from __future__ import annotations

import datetime as dt
import io
import logging
import warnings

import pikepdf
import pytest

from parcheck_plugins.signatures import pdf
from parcheck_plugins.signatures.reader import SignatureReader


@pytest.fixture(scope="session")
def signed_once(sign, plain_pdf, world):
    return sign(plain_pdf, world.person)


@pytest.fixture(scope="session")
def signed_twice(sign, signed_once, world):
    return sign(signed_once, world.agency, "Signature2", stamper=world.stamper, pades=True)


def test_an_honest_signature(read, sign, plain_pdf, world):
    (found,) = read(sign(plain_pdf, world.person))
    assert found["kind"] == "pdf"
    assert (found["intact"], found["valid"], found["covers_file"]) == (True, True, True)
    assert (found["changed_after"], found["later_signed"], found["broken"]) == ("nothing", None, None)
    assert (found["trusted"], found["trust_problem"]) == (None, None)
    assert (found["signer"], found["organisation"]) == ("Nguyễn Văn An", "ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG")
    assert found["units"] == ["SỞ NỘI VỤ", "PHÒNG CẢI CÁCH HÀNH CHÍNH"]
    assert found["issuer"] == "CA thử các cơ quan"
    assert found["certificate"]["valid_to"] == "2025-06-30T00:00:00+00:00"
    assert found["certificate"]["key_usage"] == ["digital_signature", "non_repudiation"]
    assert dt.datetime.fromisoformat(found["signed_at"]) == dt.datetime(2025, 3, 10, 2, tzinfo=dt.UTC)
    assert (found["signed_at_source"], found["timestamped"]) == ("cms", False)
    assert (found["digest"], found["sub_filter"]) == ("sha256", "adbe.pkcs7.detached")
    assert found["unsigned_parts"] is None


def test_person_then_agency(read, signed_twice):
    person, agency = read(signed_twice)
    assert (person["signer"], agency["signer"]) == ("Nguyễn Văn An", "SỞ NỘI VỤ")
    assert person["intact"]
    assert person["valid"]
    assert (person["covers_file"], person["changed_after"], person["later_signed"]) == (False, "form", True)
    assert (agency["covers_file"], agency["changed_after"], agency["later_signed"]) == (True, "nothing", None)
    assert (agency["timestamped"], agency["signed_at_source"]) == (True, "timestamp")
    assert agency["signed_at"] == "2025-03-10T02:01:00+00:00"


def test_a_byte_changed_in_place_is_seen(read, signed_once):
    place = signed_once.index(b"/Producer")
    (found,) = read(signed_once[:place] + b"/Producar" + signed_once[place + 9 :])
    assert (found["intact"], found["valid"], found["broken"]) == (False, True, "bytes")


def test_a_changed_signature_is_seen(read, signed_once):
    # One digit near the end of the CMS, before its padding: the signature value.
    end = signed_once.index(b"00000000>", signed_once.index(b"/Contents <"))
    place = len(signed_once[:end].rstrip(b"0")) - 9
    other = b"1" if signed_once[place : place + 1] != b"1" else b"2"
    (found,) = read(signed_once[:place] + other + signed_once[place + 1 :])
    assert found["valid"] is False


def test_a_file_saved_anew_is_told_apart_from_a_changed_one(read, signed_once):
    """A receiving office stamps and saves: the signature is broken, and nobody changed a byte by stealth."""
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(signed_once)) as document:
        document.add_blank_page()
        document.save(buffer)
    (found,) = read(buffer.getvalue())
    assert (found["intact"], found["broken"]) == (False, "rewritten")
    assert (found["changed_after"], found["covers_file"], found["later_signed"]) == (None, False, None)
    assert found["signer"] == "Nguyễn Văn An"


def test_a_file_that_lost_its_end(read, signed_once):
    (found,) = read(signed_once[:-2])
    assert (found["intact"], found["broken"], found["covers_file"]) == (False, "cut", False)


def test_bytes_behind_the_end_are_not_covered_and_change_nothing(read, signed_once):
    (found,) = read(signed_once + b"\n% junk\n")
    assert (found["intact"], found["valid"], found["broken"]) == (True, True, None)
    assert (found["covers_file"], found["changed_after"], found["later_signed"]) == (False, "nothing", False)


def test_junk_before_the_file(read, signed_once):
    (found,) = read(b"\xef\xbb\xbf<!-- cong -->\r\n" + signed_once)
    assert (found["intact"], found["valid"], found["broken"]) == (True, True, None)
    assert (found["covers_file"], found["changed_after"]) == (False, "nothing")


def _drawn_over(data):
    """Draw a white box on the page in an incremental update."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    box = generic.StreamObject(stream_data=b"q 1 g 60 690 400 30 re f Q")
    contents = page.raw_get("/Contents")
    old = list(contents) if isinstance(contents, generic.ArrayObject) else [contents]
    page[generic.pdf_name("/Contents")] = generic.ArrayObject([*old, writer.add_object(box)])
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_white_box_drawn_after_signing(read, signed_once):
    (found,) = read(_drawn_over(signed_once))
    assert (found["intact"], found["covers_file"]) == (True, False)
    assert (found["changed_after"], found["later_signed"]) == ("other", False)


def test_a_change_that_a_later_signature_covers(read, sign, signed_once, world):
    first, last = read(sign(_drawn_over(signed_once), world.agency, "Signature2"))
    assert (first["changed_after"], first["later_signed"]) == ("other", True)
    assert (last["changed_after"], last["covers_file"]) == ("nothing", True)


def test_a_broken_later_signature_covers_nothing(read, sign, signed_once, world):
    data = sign(_drawn_over(signed_once), world.agency, "Signature2")
    place = data.rindex(b"startxref")
    first, last = read(data[:place] + b"startxreg" + data[place + 9 :])
    assert last["intact"] is False
    assert first["later_signed"] is False


@pytest.mark.parametrize(("digest", "who"), [("sha1", "person"), ("sha256", "weak_usage")])
def test_old_digests_and_keys_for_one_use_are_facts(read, sign, plain_pdf, world, trusting, digest, who):
    (found,) = read(sign(plain_pdf, getattr(world, who), digest=digest))
    assert (found["intact"], found["valid"], found["trusted"]) == (True, True, True)
    assert found["digest"] == digest
    assert "digital_signature" in found["certificate"]["key_usage"]


def test_the_chain_is_held_against_the_roots_given_at_the_signing_time(read, signed_once, trusting):
    (found,) = read(signed_once)
    assert (found["trusted"], found["trust_problem"]) == (True, None)


def test_a_chain_to_another_root(read, sign, plain_pdf, world, trusting):
    (found,) = read(sign(plain_pdf, world.stranger))
    assert (found["intact"], found["valid"], found["trusted"]) == (True, True, False)
    assert found["trust_problem"]
    assert found["certificate"]["self_signed"]


def test_without_the_intermediate_the_chain_is_not_found(read, signed_once, trusting, world):
    (trusting / "both.pem").write_bytes(world.root.pem)
    (found,) = read(signed_once)
    assert found["trusted"] is False


def test_roots_change_the_readers_version(trusting):
    version = SignatureReader().version
    (trusting / "both.pem").unlink()
    assert SignatureReader().version != version


def test_unreadable_roots_give_none(read, signed_once, trusting):
    (trusting / "both.pem").write_bytes(b"\x30\x03abc")
    (trusting / "text.pem").write_bytes(b"-----BEGIN CERTIFICATE-----\nnot base64!\n-----END CERTIFICATE-----\n")
    (found,) = read(signed_once)
    assert found["trusted"] is None


def test_a_file_without_signature(read, plain_pdf):
    assert read(plain_pdf) == []


def test_a_dead_stamp_is_no_signature(read, signed_once):
    """A page cut from a signed file shows its stamp; the form and its signature are gone."""
    buffer = io.BytesIO()
    with warnings.catch_warnings(action="ignore"), pikepdf.open(io.BytesIO(signed_once)) as document:
        del document.Root.AcroForm
        document.save(buffer)
    assert read(buffer.getvalue()) == []


def test_a_locked_file_whose_password_is_empty(read, sign, plain_pdf, world):
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(plain_pdf)) as document:
        document.save(buffer, encryption=pikepdf.Encryption(owner="chu", user="", R=6))
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers

    writer = IncrementalPdfFileWriter(io.BytesIO(buffer.getvalue()))
    writer.encrypt("chu")
    signer = signers.SimpleSigner(signing_cert=world.person.asn1, signing_key=world.person.asn1_key, cert_registry=None)
    metadata = signers.PdfSignatureMetadata(field_name="S", md_algorithm="sha256")
    signed = signers.PdfSigner(metadata, signer, new_field_spec=fields.SigFieldSpec("S")).sign_pdf(writer)
    (found,) = read(signed.getvalue())
    assert (found["intact"], found["valid"], found["covers_file"]) == (True, True, True)


def test_a_clock_called_utc(read, signed_once, monkeypatch):
    """The CMS says 09:00Z, `/M` says 09:00+07:00, as VGCA's program and others write it: `/M` is right."""
    from parcheck_plugins.signatures.entry import claimed_time

    attribute = dt.datetime(2025, 1, 15, 9, 0, 5, tzinfo=dt.UTC)
    claim = dt.datetime(2025, 1, 15, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=7)))
    time, source = claimed_time(attribute, claim)
    assert (time.isoformat(), source) == ("2025-01-15T09:00:05+07:00", "cms")
    assert claimed_time(claim.astimezone(dt.UTC), claim)[0] == claim
    assert claimed_time(None, claim) == (claim, "claimed")
    assert claimed_time(None, None) == (None, None)


def test_without_the_verifier_signatures_are_listed(read, signed_twice, monkeypatch):
    monkeypatch.setattr("parcheck_plugins.signatures.reader._verifier", lambda: "")
    first, last = read(signed_twice)
    assert (first["intact"], first["valid"], first["signer"], first["timestamped"]) == (None,) * 4
    assert (first["covers_file"], last["covers_file"]) == (False, True)
    assert (first["sub_filter"], last["sub_filter"]) == ("adbe.pkcs7.detached", "ETSI.CAdES.detached")
    assert first["signed_at_source"] == "claimed"
    assert first["broken"] is None


def test_without_the_verifier_a_rewritten_file_is_still_told(read, signed_once, monkeypatch):
    monkeypatch.setattr("parcheck_plugins.signatures.reader._verifier", lambda: "")
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(signed_once)) as document:
        document.add_blank_page()
        document.save(buffer)
    (found,) = read(buffer.getvalue())
    assert (found["intact"], found["broken"]) == (None, "rewritten")


def test_when_time_is_up_nothing_is_concluded(read, signed_twice, monkeypatch):
    monkeypatch.setattr(pdf, "SECONDS", -1.0)
    entries = read(signed_twice)
    assert len(entries) == 2
    for found in entries:
        assert (found["intact"], found["valid"], found["changed_after"], found["broken"]) == (None,) * 4


def test_what_pyhanko_cannot_read_is_verified_from_its_bytes(read, signed_once, monkeypatch):
    """PDFium mends more files than pyHanko reads; the bytes and the CMS are all that integrity needs."""

    def refuse(*_args, **_options):
        raise ValueError

    monkeypatch.setattr(pdf, "BoundedReader", refuse)
    (found,) = read(signed_once)
    assert (found["intact"], found["valid"], found["covers_file"]) == (True, True, True)
    assert (found["signer"], found["changed_after"]) == ("Nguyễn Văn An", None)


def test_a_file_that_claims_a_thousand_million_objects(read, sign, plain_pdf, world):
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(plain_pdf)) as document:
        document.save(buffer, object_stream_mode=pikepdf.ObjectStreamMode.generate, linearize=False)
    data = sign(buffer.getvalue(), world.person)
    place = data.rindex(b"/Size ")
    end = data.index(b"\n", place)
    (found,) = read(data[:place] + b"/Size 999999999" + data[end:])
    assert (found["intact"], found["signer"], found["changed_after"]) == (False, "Nguyễn Văn An", None)


def test_a_garbled_cms(read, signed_once):
    place = signed_once.index(b"/Contents <") + len(b"/Contents <")
    (found,) = read(signed_once[:place] + b"41" * 200 + signed_once[place + 400 :])
    assert (found["valid"], found["signer"]) == (None, None)
    assert found["intact"] is None


def test_a_document_time_stamp_is_nobodys_signature(read, signed_once, world):
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers, timestamps

    stamper = timestamps.DummyTimeStamper(tsa_cert=world.stamper.asn1, tsa_key=world.stamper.asn1_key)
    out = signers.PdfTimeStamper(stamper).timestamp_pdf(IncrementalPdfFileWriter(io.BytesIO(signed_once)), "sha256")
    (found,) = read(out.getvalue())
    assert found["signer"] == "Nguyễn Văn An"
    assert (found["changed_after"], found["later_signed"]) == ("lta", True)


def test_nothing_reaches_the_screen(read, signed_once, capfd):
    read(_drawn_over(signed_once))
    read(signed_once[: len(signed_once) // 2])
    assert capfd.readouterr() == ("", "")
    assert logging.getLogger("pyhanko").level == logging.NOTSET


def test_half_a_file_never_raises(read, signed_twice):
    from parcheck.errors import UnreadableFile

    for part in range(1, 12):
        try:
            entries = read(signed_twice[: len(signed_twice) * part // 12])
        except UnreadableFile:
            continue
        assert not any(found["intact"] and found["covers_file"] for found in entries[1:])
