# SPDX-License-Identifier: Apache-2.0
"""Conversion of TCVN3, VNI and VPS."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reading.legacy_bytes import encode, holds

from parcheck_plugins.legacy_text import Coding, is_syllable, spread, to_unicode
from parcheck_plugins.legacy_text.syllables import _SHAPES, _STOPPED
from parcheck_plugins.legacy_text.tables import TCVN3, VNI, VPS

SHAPES = sorted(_SHAPES)
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")


def _with_tone(shape: str, tone: str) -> str:
    marked = [i for i, c in enumerate(shape) if c in "ăâêôơư"]
    vowels = [i for i, c in enumerate(shape) if c in "aăâeêioôơuưy"]
    if shape.startswith(("gi", "qu")) and len(vowels) > 1:
        vowels = vowels[1:]
    if marked:
        at = marked[-1]
    elif len(vowels) > 1 and (vowels[-1] < len(shape) - 1 or len(vowels) == 3):
        at = vowels[1]
    else:
        at = vowels[0]
    return unicodedata.normalize("NFC", shape[: at + 1] + tone + shape[at + 1 :])


@st.composite
def syllables(draw):
    shape = draw(st.sampled_from(SHAPES))
    word = _with_tone(shape, draw(st.sampled_from(TONES[4:] if shape.endswith(_STOPPED) else TONES)))
    return draw(st.sampled_from([word, word.capitalize(), word.upper()]))


@given(syllables())
def test_the_grammar_takes_every_syllable_and_its_decomposed_form(word):
    assert is_syllable(word)
    assert is_syllable(unicodedata.normalize("NFD", word))


@pytest.mark.parametrize(
    "word", ["hoà", "hòa", "thuý", "thúy", "quý", "khuỷu", "giếng", "gì", "yêu", "nghiêng", "Uỷ", "Ủy", "ước", "ai"]
)
def test_both_places_of_the_tone_are_syllables(word):
    assert is_syllable(word)


@pytest.mark.parametrize(
    "word", ["viöc", "cát̀", "cac", "ngơng", "ợc", "été", "über", "strate", "hôị̂", "kàc", "ảnm", "nghà", "ci", "Ðảng"]
)
def test_other_words_are_none(word):
    assert not is_syllable(word)


@pytest.mark.parametrize("encoding", ["tcvn3", "vni", "vps"])
@given(words=st.lists(syllables(), min_size=1, max_size=6))
def test_what_was_written_is_read(encoding, words):
    text = " ".join(word for word in words if holds(encoding, word) and len(word) > 1)
    assert to_unicode(encode(text, encoding), encoding) == text


@given(words=st.lists(syllables(), min_size=1, max_size=6))
def test_capital_fonts(words):
    text = " ".join(words).lower()
    assert to_unicode(encode(text, "tcvn3"), "tcvn3", capitals=True) == text.upper()


@pytest.mark.parametrize("encoding", ["tcvn3", "vni", "vps"])
@given(text=st.text(max_size=60), capitals=st.booleans(), through=st.booleans())
def test_any_text_is_spread_letter_by_letter(encoding, text, capitals, through):
    assert len(spread(text, Coding(encoding, capitals, through))) == len(text)


def test_tcvn3_is_the_standard_that_iconv_knows(record_property):
    if shutil.which("iconv") is None:
        record_property("untested", "The table of TCVN3 was not held against iconv: it is not installed.")
        pytest.skip("no iconv")
    told = subprocess.run(
        ["iconv", "-f", "TCVN5712-1", "-t", "UTF-8"], input=bytes(TCVN3), capture_output=True, check=True
    ).stdout.decode()
    assert unicodedata.normalize("NFC", told) == "".join(TCVN3.values())


def test_the_tables_hold_each_letter_once():
    letters = {unicodedata.normalize("NFC", v + t) for v in "aăâeêioôơuưy" for t in TONES} | {"đ"}
    marked = {letter for letter in letters if not letter.isascii()}
    assert set(TCVN3.values()) == marked | set("ĂÂÊÔƠƯĐ")
    assert len(TCVN3) == len(set(TCVN3.values())) == 74
    assert marked | {letter.upper() for letter in marked} == set(VNI.values())
    assert marked <= set(VPS.values())
    assert len(VPS) == len(set(VPS.values())) == 120


@pytest.mark.parametrize(
    ("text", "encoding", "meant"),
    [
        ("Céng hßa x· héi chñ nghÜa ViÖt Nam", "tcvn3", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("Uû ban nh©n d©n tØnh §ång Th¸p", "tcvn3", "Uỷ ban nhân dân tỉnh Đồng Tháp"),
        ("Thñ t\u00adíng \u201cvÒ viÖc\u201d \u2013 n¨m 2004", "tcvn3", "Thủ tướng “về việc” – năm 2004"),
        ("Thñ t\u2212íng, H\u2212íng dÉn, \u2212íc ®¹t, t\u2212", "tcvn3", "Thủ tướng, Hướng dẫn, ước đạt, tư"),
        ("n-íc, t- nh©n, 01/2006/TT-NHNN, Q§-TTg, VH-TT", "tcvn3", "nước, tư nhân, 01/2006/TT-NHNN, QĐ-TTg, VH-TT"),
        ("x\u2219 héi, kinh tÕ - x· héi \u2219 mét", "tcvn3", "xã hội, kinh tế - xã hội ∙ một"),
        ("Th«ng t\u00ad sè 5 nh\ufffe\r\nsau", "tcvn3", "Thông tư số 5 như\r\nsau"),
        ("®Çu t\u00ad\u00ad", "tcvn3", "đầu tư"),
        ("\uf0a7iÒu 1. Nh\uf0b5 n\u00adíc", "tcvn3", "Điều 1. Nhà nước"),
        ("B\u03bco c\u03bco \x93n¨m\x94", "tcvn3", "Bào cào “năm”"),
        ("§\u1ea3ng bộ Đảng uỷ", "tcvn3", "§ảng bộ Đảng uỷ"),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "vni", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("UÛY BAN NHAÂN DAÂN TÆNH ÑOÀNG NAI", "vni", "ỦY BAN NHÂN DÂN TỈNH ĐỒNG NAI"),
        ("Aùnh, AÙnh, QUYEÁT ÑÒNH, kyõ, Lyù, thò xaõ", "vni", "Ánh, Ánh, QUYẾT ĐỊNH, kỹ, Lý, thị xã"),
        ("chiùnh saùch, hiønh thöùc", "vni", "chính sách, hình thức"),
        ("Vi\u0152t Nam, nhi\u2039u, \u201cth\u2030\u201d", "vps", "Việt Nam, nhiểu, “thế”"),
        ("KI\u201dM TRA \u201cQUY\u0090T \xf1\xccNH\u201d \u2013 S\u2013", "vps", "KIỂM TRA “QUYẾT ĐỉNH” – SỐ"),
    ],
)  # fmt: skip
def test_strings_of_real_documents(text, encoding, meant):
    assert to_unicode(text, encoding) == meant


def test_text_taken_for_windows_1258():
    through = encode("Nghị quyết về việc ưu đãi", "tcvn3").encode("cp1252").decode("cp1258")
    assert "".join(spread(through, Coding("tcvn3", through_1258=True))) == "Nghị quyết về việc ưu đãi"
