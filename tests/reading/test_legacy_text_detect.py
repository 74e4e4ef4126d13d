# SPDX-License-Identifier: Apache-2.0
"""Telling text of old fonts from Unicode and from other languages."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reading.legacy_bytes import encode

from parcheck_plugins.legacy_text import (
    Coding,
    codings_of,
    decode,
    detect,
    encoding_of_font,
    is_capital_font,
    looks_legacy,
    reads_well,
    to_unicode,
)

VIETNAMESE = (
    "Căn cứ Luật Tổ chức chính quyền địa phương năm 2025; xét đề nghị của Giám đốc Sở Nội vụ, Ủy ban nhân dân tỉnh "
    "ban hành Kế hoạch cải cách hành chính nhà nước, bảo đảm việc thực hiện nhiệm vụ được giao đúng thời hạn. "
)
PLAIN = VIETNAMESE.replace("Ủy", "Uỷ")
ENGLISH = (
    "The naïve reader® finds a café in § 5 and § 6 of the façade’s resumé; 5 µm ± 2 µm, ½ of Ångström’s work. " * 6
)
FRENCH = (
    "Le comité a été créé à l'été pour étudier où les élèves français ont réussi; ça n'était pas très éloigné du rôle "
    "prévu par l'arrêté général déjà signé, où l'Île-de-France a présenté «un projet» étendu à l'échelle européenne. "
) * 4
GERMAN = (
    "Die Bäume und Häuser über den Straßen gehören zu den schönsten Gebäuden in Österreich, für alle natürlich. " * 6
)
PORTUGUESE = (
    "A situação não é tão fácil; os cidadãos poderão votar amanhã à tarde nas eleições da região e da nação. " * 6
)
FINNISH = "Hän tietää, että päätös on hyvä myös meille; työpäivä päättyy, yö pimenee, äänestys jää väliin täällä. " * 6


@pytest.mark.parametrize("encoding", ["tcvn3", "vni", "vps"])
def test_legacy_text_is_told_and_reads_well(encoding):
    found = detect(encode(PLAIN.lower(), encoding))
    assert found is not None
    assert found.coding == Coding(encoding)
    assert found.score.share == 1
    assert reads_well(to_unicode(encode(PLAIN.lower(), encoding), encoding))


def test_windows_1258_is_seen_through():
    found = detect(encode(PLAIN.lower(), "tcvn3").encode("cp1252").decode("cp1258"))
    assert found is not None
    assert found.coding == Coding("tcvn3", through_1258=True)


OTHERS = [
    VIETNAMESE * 3,
    unicodedata.normalize("NFD", VIETNAMESE * 3),
    VIETNAMESE.upper(),
    ENGLISH,
    FRENCH,
    GERMAN,
    PORTUGUESE,
    FINNISH,
    "Ngày 5 tháng 3 năm 2025, 12 xã.",
    "khoá toàn hoá quê quý thuý khoẻ xoá toà hoà uỷ khuê " * 20,
    "",
]


@pytest.mark.parametrize("text", OTHERS, ids=range(len(OTHERS)))
def test_other_text_stays(text):
    assert detect(text) is None
    assert looks_legacy(text) is None
    fonts = (".VnTime", ".VnTimeH", "VNI-Times", "VPS Times", "Times New Roman", "")
    assert not any(codings_of({font: text}) for font in fonts)


@given(st.text(max_size=200))
def test_any_text_is_judged(text):
    detect(text)
    looks_legacy(text)
    codings_of({".VnTime": text, "": text})


@pytest.mark.parametrize(
    ("name", "encoding", "capitals"),
    [
        (".VnTime", "tcvn3", False),
        (".VnTimeH", "tcvn3", True),
        ("VnTimeHBold", "tcvn3", True),
        ("FBHPFN+VnTimeHBold", "tcvn3", True),
        (".VnTimeH,BoldItalic", "tcvn3", True),
        (".VnArial NarrowH", "tcvn3", True),
        (".VnArialH", "tcvn3", True),
        (".VNTIMEH", "tcvn3", True),
        (".Vn3DH", "tcvn3", True),
        (".VnSouthern", "tcvn3", False),
        ("VNI-Times", "vni", False),
        ("ABCDEF+VNI-Times-Bold", "vni", False),
        ("VNI Helve", "vni", False),
        ("VPS Times", "vps", False),
        ("Times New Roman", None, False),
        ("Verdana", None, False),
        ("VNPT Sans", None, False),
        ("Vni", None, False),
        ("", None, False),
    ],
)
def test_names_of_fonts(name, encoding, capitals):
    assert encoding_of_font(name) == encoding
    assert is_capital_font(name) is capitals


def test_an_old_fonts_name_over_unicode_text_proves_nothing():
    old = encode("quyết định", "tcvn3")
    samples = {".VnTime": VIETNAMESE, ".VnTimeH": old}
    assert codings_of(samples) == {".VnTimeH": Coding("tcvn3", capitals=True)}
    runs = [(".VnTimeH", old), (".VnTime", " không và có")]
    assert "".join(map("".join, decode(runs, codings_of(samples)))) == "QUYẾT ĐỊNH không và có"


def test_unicode_words_between_old_ones_stay():
    codings = {".VnTime": Coding("tcvn3")}
    assert "".join(decode([(".VnTime", "không được")], codings)[0]) == "không được"
    mixed = encode("thực hiện nhiệm vụ", "tcvn3") + " Kế hoạch"
    assert "".join(decode([(".VnTime", mixed)], codings)[0]) == "thực hiện nhiệm vụ Kế hoạch"


def test_a_letter_reaches_over_the_end_of_a_run():
    runs = [("VNI-Times", "Co"), ("VNI-Times", "äng hoøa")]
    assert ["".join(x) for x in decode(runs, {"VNI-Times": Coding("vni")})] == ["Cộ", "ng hòa"]


def test_fonts_without_an_old_name_are_told_by_the_text_or_by_other_pages():
    page = encode(PLAIN.lower(), "vni")
    codings = codings_of({"Arial": page})
    assert codings == {"Arial": Coding("vni")}
    assert codings_of({"Arial": "Noäi vuï"}) == {}
    assert codings_of({"Arial": "Noäi vuï"}, codings) == codings


def test_text_that_lost_a_letter_does_not_read_well():
    lost = encode(PLAIN.lower() * 2, "tcvn3").replace("\u00ad", "")
    assert not reads_well(to_unicode(lost, "tcvn3"))
    assert reads_well(PLAIN)
    assert not reads_well(ENGLISH)


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
def test_doubt(encoding):
    assert looks_legacy(encode(PLAIN.lower(), encoding)) == encoding


def test_text_damaged_on_the_way_is_doubtful():
    damaged = encode(PLAIN.lower(), "tcvn3").replace("é", "?").replace("Ö", "?").replace("µ", "u").replace("©", "c")
    assert looks_legacy(damaged * 2) == "tcvn3"
    assert looks_legacy(encode(PLAIN.lower(), "tcvn3").replace("n", "q").replace("h", "zx") * 2) == "tcvn3"
