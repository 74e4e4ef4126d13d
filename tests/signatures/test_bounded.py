# SPDX-License-Identifier: Apache-2.0
"""The reader that skips a signature's digits gives the same objects as pyHanko's own."""

from __future__ import annotations

import time
from io import BytesIO

import pikepdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

from parcheck_plugins.signatures.bounded import BoundedReader

DIGITS = "0A1bcF" * 400
OBJECTS = {
    "a signature": f"<< /Type /Sig /Contents <{DIGITS}> /ByteRange [0 1 2 3] /Name (A) >>",
    "an odd number of digits": f"<< /Contents <{DIGITS}7> /M (D:2025) >>",
    "a comment in UTF-16": f"<< /Subtype /Text /Contents <FEFF{'00410042' * 200}> >>",
    "few digits": "<< /Contents <0A1B> /M (x) >>",
    "digits and blanks": f"<< /Contents <{DIGITS} 0A\n1B> >>",
    "the end of an object in a string": f"<< /Reason (endobj) /Contents <{DIGITS}> >>",
    "the end of an object in a string behind": f"<< /Contents <{DIGITS}> /Reason (endobj) /Name (B) >>",
    "digits in a string": f"<< /Reason (/Contents <{DIGITS}>) /Contents (short) >>",
    "two such strings": f"<< /Other << /Contents <{DIGITS}> >> /Contents <{DIGITS[::-1]}> >>",
    "digits further in": f"<< /Other << /Contents <{DIGITS}> >> >>",
    "an array": f"[ << /Contents <{DIGITS}> >> ]",
    "a long rest": f"<< /Contents <{DIGITS}> /Rest ({'x' * 70_000}) /Name (C) >>",
    "a stream whose length is elsewhere": (
        f"<< /Contents <{DIGITS}> /Length 3 0 R >>\nstream\nabcdefghij\nendstream"
    ),
    "a number": "17",
}  # fmt: skip


PAGES = "<< /Type /Pages /Kids [] /Count 0 >>"


def pdf(body: str) -> bytes:
    """Return a file of four objects, of which the second is in question."""
    written = b"%PDF-1.7\n"
    offsets = []
    for number, content in enumerate(("<< /Type /Catalog /Pages 4 0 R /Tested 2 0 R >>", body, "10", PAGES), 1):
        offsets.append(len(written))
        written += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    end = f"xref\n0 5\n0000000000 65535 f \n{table}trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n{len(written)}\n%%EOF"
    return written + end.encode("latin-1")


@pytest.mark.parametrize("body", OBJECTS.values(), ids=OBJECTS.keys())
def test_an_object_is_the_same_as_pyhanko_reads_it(body):
    data = pdf(body)
    ours = BoundedReader(BytesIO(data), time.monotonic() + 60)
    theirs = PdfFileReader(BytesIO(data), strict=False)
    assert plain(ours.root["/Tested"]) == plain(theirs.root["/Tested"])
    # What is read afterwards comes from the whole file again.
    assert ours.get_object(generic.Reference(3, 0, ours)) == 10


def test_a_locked_file_is_read_as_pyhanko_reads_it():
    locked = BytesIO()
    with pikepdf.open(BytesIO(pdf(OBJECTS["a comment in UTF-16"]))) as file:
        file.save(locked, encryption=pikepdf.Encryption(owner="owner", user="", R=6), static_id=True)
    readers = BoundedReader(locked, time.monotonic() + 60), PdfFileReader(BytesIO(locked.getvalue()), strict=False)
    for reader in readers:
        reader.decrypt(b"")
    ours, theirs = (plain(reader.root["/Tested"]) for reader in readers)
    assert ours == theirs
    assert ours["/Contents"][1].startswith("AB")


@pytest.mark.parametrize("name", ["a signature", "an odd number of digits", "a comment in UTF-16", "digits further in"])
def test_a_signature_is_read_without_its_digits(name, monkeypatch):
    """The rest of a file with a long string of digits is read by pyHanko, the digits are not."""
    seen = []
    original = generic.read_hex_string_from_stream

    def counted(stream):
        value = original(stream)
        seen.append(len(value))
        return value

    monkeypatch.setattr(generic, "read_hex_string_from_stream", counted)
    reader = BoundedReader(BytesIO(pdf(OBJECTS[name])), time.monotonic() + 60)
    assert reader.root["/Tested"] is not None
    assert max(seen) > 500 if name == "digits further in" else max(seen) == 0


def plain(value):
    """Return a PDF object with the types of what is in it, without what it belongs to."""
    if isinstance(value, generic.StreamObject):
        return "stream", {key: plain(value.raw_get(key)) for key in value}, value.encoded_data
    if isinstance(value, generic.DictionaryObject):
        return {key: plain(value.raw_get(key)) for key in value}
    if isinstance(value, generic.ArrayObject):
        return [plain(value.raw_get(at)) for at in range(len(value))]
    return type(value).__name__, value
