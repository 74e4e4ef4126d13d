# SPDX-License-Identifier: Apache-2.0
"""Numbers and signs, dates, types, authority, names: every form met in real files, and what is none."""

from __future__ import annotations

import datetime as dt
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcheck_plugins.letterhead import folding, grammar, people


@pytest.mark.parametrize(
    ("printed", "text", "number", "sign", "kind"),
    [
        ("Số: 45/TTr-SNV", "45/TTr-SNV", "45", "TTr-SNV", "TTr"),
        ("Số: 05/BNV-VP", "05/BNV-VP", "05", "BNV-VP", "CV"),
        ("Số: 30/2020/NĐ-CP", "30/2020/NĐ-CP", "30", "NĐ-CP", "NĐ"),
        ("Số: 01/2020/NQ-HĐTP", "01/2020/NQ-HĐTP", "01", "NQ-HĐTP", "NQ"),
        ("Luật số: 18/2003/QH11".removeprefix("Luật số: "), "18/2003/QH11", "18", "QH11", "LUẬT"),
        ("Số 107-TB/TU", "107-TB/TU", "107", "TB/TU", "TB"),
        ("Số 05-NQ/ĐU", "05-NQ/ĐU", "05", "NQ/ĐU", "NQ"),
        ("963 / SNV - CCHC&VTLT", "963/SNV-CCHC&VTLT", "963", "SNV-CCHC&VTLT", "CV"),
        ("24 /TTr -UBND", "24/TTr-UBND", "24", "TTr-UBND", "TTr"),
        ("S ố : 1 2 / Q Đ - U B N D", "12/QĐ-UBND", "12", "QĐ-UBND", "QĐ"),
        ("03/2010/TTLT-BNV-BTC-BLĐTB&XH", "03/2010/TTLT-BNV-BTC-BLĐTB&XH", "03", "TTLT-BNV-BTC-BLĐTB&XH", None),
        ("1279/1998/QĐ.UBT", "1279/1998/QĐ.UBT", "1279", "QĐ.UBT", "QĐ"),
        ("144/2002/QĐ/BTC", "144/2002/QĐ/BTC", "144", "QĐ/BTC", "QĐ"),
        ("1141-TC/QĐ/CĐKT", "1141-TC/QĐ/CĐKT", "1141", "TC/QĐ/CĐKT", "QĐ"),
        ("15/CTR-UBND", "15/CTR-UBND", "15", "CTR-UBND", "CTr"),
        ("15a/KH-UBND", "15a/KH-UBND", "15a", "KH-UBND", "KH"),
        ("12/QÐ-UBND", "12/QĐ-UBND", "12", "QĐ-UBND", "QĐ"),
    ],
)
def test_symbol_is_read_in_canonical_form(printed, text, number, sign, kind):
    symbol = grammar.parse_symbol(printed)
    assert symbol is not None
    assert (symbol.text, symbol.number, symbol.sign) == (text, number, sign)
    assert kind is None or symbol.type == kind


@pytest.mark.parametrize(
    "printed",
    ["Số:      /BC-SNV", "Số: ..../QĐ-UBND", "ngày 15/7/2025", "30/4/2020", "SỞ NỘI VỤ", "", "V/v góp ý", "12"],
)
def test_no_symbol_is_made_of_blanks_dates_and_words(printed):
    assert grammar.parse_symbol(printed) is None


def test_symbols_in_running_text_carry_the_date_that_follows():
    text = (
        "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020; Quyết định số 45/QĐ-UBND - UBND tỉnh; Kế hoạch "
        "12/KH-UBND ngày 15/7/2025; Nghị quyết 05-NQ/TU ngày 31.02.2023; giai đoạn 2021-2025; ngày 30/4/2020; "
        "12/Nội dung; 12/BCH-TW. 24; 9/QĐ-UBND. Căn cứ 10/2020/QĐ-\nUBND, ngày 1-2-2021"
    )
    found = [(m.symbol.text, m.date) for m in grammar.find_symbols(text)]
    assert found == [
        ("30/2020/NĐ-CP", dt.date(2020, 3, 5)),
        ("45/QĐ-UBND", None),
        ("12/KH-UBND", dt.date(2025, 7, 15)),
        ("05-NQ/TU", None),
        ("12/BCH-TW", None),
        ("9/QĐ-UBND", None),
        ("10/2020/QĐ-UBND", dt.date(2021, 2, 1)),
    ]


@pytest.mark.parametrize(
    "text", ["số 963/SNV-CCHC. UBND tỉnh", "số 963/SNV-CCHC.\nUBND tỉnh", "(963/SNV-CCHC). UBND", "963/SNV-CCHC; UBND"]
)
def test_a_full_stop_ends_a_sign(text):
    assert [m.symbol.text for m in grammar.find_symbols(text)] == ["963/SNV-CCHC"]


def test_mention_spans_point_at_the_printed_words():
    text = "theo Công văn số 8151/BNV-CCHC ngày 18/9/2025 của Bộ"
    (mention,) = grammar.find_symbols(text)
    assert text[mention.start : mention.end] == "8151/BNV-CCHC"
    assert text[mention.end : mention.date_end] == " ngày 18/9/2025"


@pytest.mark.parametrize("ratio", ["24/7 UBND", "5/5 UBND", "100/100 TTHC", "12/15 Sở", "1/Q", "km/h 12", "2021-NAY"])
def test_ratios_are_no_symbols(ratio):
    assert grammar.find_symbols(ratio) == []


@pytest.mark.parametrize(
    ("printed", "date"),
    [
        ("Lâm Đồng, ngày 05 tháng 3 năm 2020", dt.date(2020, 3, 5)),
        ("n g à y 5 t h á n g 3 n ă m 2 0 2 0", dt.date(2020, 3, 5)),
        ("ngày 20 tháng mười hai năm 2001", dt.date(2001, 12, 20)),
        ("ngày 01 tháng tư năm 2001", dt.date(2001, 4, 1)),
        ("ngày 15/7/2025", dt.date(2025, 7, 15)),
        ("15.07.2025", dt.date(2025, 7, 15)),
        ("ngày 31 tháng 02 năm 2020", None),
        ("ngày     tháng 01 năm 2024", None),
        ("ngày 05 tháng 3", None),
        ("1.234.567", None),
        ("12/2020", None),
    ],
)
def test_dates(printed, date):
    assert grammar.parse_date(printed) == date


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("BÁO  CÁO", "BC"),
        ("TỜ TRÌNH:", "TTr"),
        ("THÔNG TƯ", "TT"),
        ("QUY ĐỊNH", "QyĐ"),
        ("PHỤ LỤC", "PHỤ LỤC"),
        ("LUẬT", "LUẬT"),
    ],
)
def test_type_names(name, code):
    assert grammar.type_named(name) == code


def test_no_type_in_other_words():
    assert grammar.type_named("KÍNH GỬI") is None
    assert grammar.type_named("ỦY BAN NHÂN DÂN") is None


@pytest.mark.parametrize(
    ("line", "split"),
    [
        ("KT. GIÁM ĐỐC", ("KT", "GIÁM ĐỐC")),
        ("KT.GIÁM ĐỐC", ("KT", "GIÁM ĐỐC")),
        ("T/M ĐẢNG ỦY", ("TM", "ĐẢNG ỦY")),
        ("TUQ. CHỦ TỊCH", ("TUQ", "CHỦ TỊCH")),
        ("KT/ bộ trưởng bộ tài chính", ("KT", "bộ trưởng bộ tài chính")),
        ("Q. GIÁM ĐỐC", ("Q", "GIÁM ĐỐC")),
        ("TỔNG GIÁM ĐỐC", None),
        ("Tm đồng", None),
        ("Quản lý", None),
    ],
)
def test_authority(line, split):
    assert grammar.parse_authority(line) == split


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Trần Hữu Tuấn", "Trần Hữu Tuấn"),
        ("TS. Nguyễn Văn Minh", "Nguyễn Văn Minh"),
        ("Đại tướng Tô Lâm", "Tô Lâm"),
        ("VÕ HOÀNG XINH", "VÕ HOÀNG XINH"),
        ("K'Brèo", "K'Brèo"),
        ("Y Thanh Hà Niê Kđăm", "Y Thanh Hà Niê Kđăm"),
        ("Nguyễn Văn A", None),
        ("GIÁM ĐỐC", None),
        ("Phó Giám đốc", None),
        ("Thứ Trưởng", None),
        ("Nơi nhận:", None),
        ("PHÓ CHỦ TỊCH", None),
        ("(Đã ký)", None),
        ("ngày 05 tháng 3", None),
        ("", None),
    ],
)
def test_names(line, name):
    assert people.name_in(line) == name


def test_folding_makes_spellings_equal():
    assert folding.words("Hoà thuỷ Uỷ khoẻ qúy") == folding.words("Hòa thủy Ủy khỏe quý")
    assert folding.words("Hòa") != folding.words("Hóa") != folding.words("Hoa")
    assert folding.key("CỘNG  HOÀ Xà HỘI") == "CONGHOAXAHOI"
    assert folding.clean("Ðề\u00a0án  2021 \u2013 2025") == "Đề án 2021 - 2025"
    assert folding.clean("QĐ\u00adUBND") == "QĐ-UBND"
    assert folding.normalise("2021 \ufffe2025") == "2021 -\n2025"


@given(st.text())
def test_folding_takes_any_text(text):
    clean = folding.clean(text)
    assert clean == folding.clean(clean)
    assert unicodedata.is_normalized("NFC", clean)
    assert folding.key(text).isascii()
    assert all(word for word in folding.words(text))


@given(st.text(alphabet="oaăâeêiuyưôơòóỏõọàáảãạủũúùụỷýỳỹỵhtqng", min_size=1, max_size=8))
def test_tone_placement_is_stable(word):
    once = folding.words(word)
    assert folding.words(" ".join(once)) == once


@given(
    st.integers(1, 99999),
    st.sampled_from(["KH", "BC", "QĐ", "TTr", "CTr", "TB"]),
    st.sampled_from(["UBND", "SNV", "BCĐ389"]),
)
def test_a_symbol_reads_back(number, kind, issuer):
    printed = f"{number:02}/{kind}-{issuer}"
    symbol = grammar.parse_symbol("Số: " + printed)
    assert symbol is not None
    assert (symbol.text, symbol.type) == (printed, kind)
    assert [m.symbol for m in grammar.find_symbols(f"theo văn bản số {printed} của tỉnh.")] == [symbol]


@given(st.dates(dt.date(1950, 1, 1), dt.date(2100, 12, 31)))
def test_a_date_reads_back(date):
    assert grammar.parse_date(f"Hà Nội, ngày {date.day:02} tháng {date.month} năm {date.year}") == date
    assert grammar.parse_date(f"ngày {date.day}/{date.month}/{date.year}") == date


@given(st.text(alphabet="0123456789/-. SốsoQĐTTrUBNDabc\n ", max_size=60))
def test_the_grammar_takes_any_text(text):
    for mention in grammar.find_symbols(text):
        assert text[mention.start : mention.end].startswith(mention.symbol.number)
        assert mention.end <= mention.date_end <= len(text)
    grammar.parse_symbol(text)
    grammar.parse_date(text)
    grammar.parse_authority(text)
    people.name_in(text)


@pytest.mark.parametrize("text", ["1/" + "A-" * 5000, "12/" + "A" * 20000, "1/A " * 5000, "ngày " * 4000, "9" * 20000])
def test_hostile_text_takes_no_time(text):
    started = time.process_time()
    grammar.find_symbols(text)
    grammar.parse_symbol(text)
    grammar.parse_date(text)
    assert time.process_time() - started < 1
