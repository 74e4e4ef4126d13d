# SPDX-License-Identifier: Apache-2.0
"""Names in archives as their authors saw them, whatever tool wrote them."""

from __future__ import annotations

import io
import struct
import unicodedata
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from zipmaking import Entry, raw_zip

from parcheck.archives.names import cleaned, decoded

NAME = "1.1 - Kế hoạch/Quyết định số 5 của Sở Nội vụ.pdf"
WORDS = st.text(alphabet="abcdeghiklmnopqrstuvxyđĐăâêôơưàáảãạếềểễệộợựỳỹÁẾỘƯ 0123456789-_.()", min_size=1, max_size=40)


def entry_of(entry):
    with zipfile.ZipFile(io.BytesIO(raw_zip(entry))) as archive:
        return archive.infolist()[0]


def name_of(raw, **changes):
    return decoded(entry_of(Entry(raw, **changes)))


def as_cp1258(name):
    """Encode as Windows does: letters whole where the page has them, tones behind."""
    out = b""
    for letter in unicodedata.normalize("NFC", name):
        try:
            out += letter.encode("cp1258")
        except UnicodeEncodeError:
            base, mark = unicodedata.normalize("NFD", letter)[:-1], unicodedata.normalize("NFD", letter)[-1]
            if mark not in "\u0300\u0301\u0303\u0309\u0323":
                parts = unicodedata.normalize("NFD", letter)
                tone = next(m for m in parts if m in "\u0300\u0301\u0303\u0309\u0323")
                base, mark = parts.replace(tone, ""), tone
            out += unicodedata.normalize("NFC", base).encode("cp1258") + mark.encode("cp1258")
    return out


@pytest.mark.parametrize(
    "raw",
    [NAME, NAME.encode(), unicodedata.normalize("NFD", NAME), unicodedata.normalize("NFD", NAME).encode(),
     as_cp1258(NAME), NAME.replace("/", "\\").encode()],
    ids=["utf-8", "utf-8 without the flag", "decomposed", "decomposed without the flag", "cp1258", "backslashes"],
)  # fmt: skip
def test_a_vietnamese_name_is_read_whatever_tool_wrote_it(raw):
    assert name_of(raw) == NAME


@pytest.mark.parametrize("name", ["Báo cáo.pdf", "à è ì ò ù.pdf", "Số.pdf", "Đề án.pdf", "VƯỚNG MẮC.doc"])
def test_short_names_in_the_vietnamese_page_are_read(name):
    assert name_of(as_cp1258(name)) == name


@pytest.mark.parametrize("name", ["Dossier à é.pdf", "ô.pdf", "plain.pdf"])
def test_names_in_the_first_page_of_zip_are_read(name):
    assert name_of(name.encode("cp437")) == name


def test_a_name_in_utf_8_beside_the_one_in_a_code_page_counts():
    raw = b"K? ho?ch.pdf"
    data = b"\x01" + struct.pack("<I", zlib.crc32(raw)) + "Kế hoạch.pdf".encode()
    extra = struct.pack("<HH", 0x7075, len(data)) + data
    assert name_of(raw, extra=extra) == "Kế hoạch.pdf"
    stale = b"\x01" + struct.pack("<I", 1) + "Cũ.pdf".encode()
    assert name_of(raw, extra=struct.pack("<HH", 0x7075, len(stale)) + stale) == "K? ho?ch.pdf"


@given(WORDS)
def test_every_vietnamese_name_survives_the_vietnamese_page(name):
    expected = unicodedata.normalize("NFC", name)
    assert name_of(name.encode()) == expected
    raw = as_cp1258(name)
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        assert name_of(raw) == expected


@pytest.mark.parametrize(
    ("written", "path", "strays"),
    [
        ("1.1/a.pdf", "1.1/a.pdf", False),
        ("./1.1//a.pdf", "1.1/a.pdf", False),
        ("../../1.1/a.pdf", "1.1/a.pdf", True),
        ("1.1/../../a.pdf", "1.1/a.pdf", True),
        ("/etc/passwd", "etc/passwd", True),
        ("C:/Ho so/1.1/a.pdf", "Ho so/1.1/a.pdf", True),
        ("c:a.pdf", "a.pdf", True),
        ("./C:.. /D:a.pdf", "a.pdf", True),
        ("//may-chu/chung/a.pdf", "may-chu/chung/a.pdf", True),
        ("1.1/a\u202efdp.exe", "1.1/a_fdp.exe", False),
        ("1.1/a\x1b[31m.pdf", "1.1/a_[31m.pdf", False),
        ("..", "", True),
        ("", "", False),
    ],
)
def test_a_name_stays_where_it_is(written, path, strays):
    assert cleaned(written) == (path, strays)


@given(st.text(max_size=60))
def test_no_name_leads_outside(written):
    path, _ = cleaned(written)
    parts = path.split("/")
    assert path == "" or not any(part.strip(". ") == "" for part in parts)
    assert not path.startswith("/")
    assert not any(unicodedata.category(letter) in ("Cc", "Cs") for letter in path)
    assert cleaned(path) == (path, False)
