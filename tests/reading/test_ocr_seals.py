# SPDX-License-Identifier: Apache-2.0
"""Signature blocks under seals: in red and in black, through and solid; what cannot be told is left unknown."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from samples.make import images
from samples.make.spec import Signer
from tests.reading import make_scans
from tests.support.scanmaking import Scanner, pictured, scanned

from parcheck.model import Source
from parcheck.plugins import PluginChoice, Plugins
from parcheck.reading.pipeline import Readers, read_file
from parcheck_plugins.letterhead import folding
from parcheck_plugins.ocr import covered, ending, prepare, seals
from parcheck_plugins.ocr.assemble import Row
from parcheck_plugins.ocr.engine import Word

DPI = 200


@pytest.fixture(scope="module")
def plugins():
    return Plugins(PluginChoice())


@pytest.fixture(scope="module")
def readers(plugins):
    return Readers(plugins)


@pytest.fixture
def read(tmp_path, plugins, readers):
    def run(data, *facts):
        path = tmp_path / "scan.pdf"
        path.write_bytes(data)
        return read_file(path, path.name, frozenset(facts), plugins, readers)

    return run


def signed(name, *authority):
    return dataclasses.replace(make_scans.PLAN, signers=(Signer(authority, name),))


def sheet():
    return np.full((700, 700), 255, np.uint8)


def black_seal(grey, x=350, y=350):
    mask = np.asarray(images.seal_mask(make_scans.UNIT, 260))
    half = mask.shape[0] // 2
    spot = grey[y - half : y + half, x - half : x + half]
    spot[mask > 100] = 0
    return grey


def coloured(grey):
    return np.repeat(grey[..., None], 3, axis=2)


@pytest.mark.parametrize(
    "scanner",
    [
        Scanner(),
        Scanner(solid=True),
        Scanner(dpi=300, black=True, seal=(-66.0, -50.0)),
        Scanner(dpi=200, black=True, seal=(-62.0, -46.0)),
        Scanner(dpi=150, seal=(-60.0, -40.0), angle=0.6),
    ],
    ids=["red", "solid", "black-300", "black-200", "red-150-skewed"],
)
def test_name_and_authority_beside_a_seal_are_read(read, scanner):
    reading = read(scanned(signed("Phạm Ngọc Thưởng", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), scanner), "signer")
    assert reading.facts["signer"]["name"] == "Phạm Ngọc Thưởng"
    assert reading.facts["signer"]["authority"] in (["KT"], [])


@pytest.mark.parametrize("black", [False, True])
@pytest.mark.parametrize("down", [-20.0, -4.0])
def test_name_under_a_solid_seal_is_whole_or_unknown(read, black, down):
    scanner = Scanner(black=black, solid=True, seal=(-45.0, down))
    reading = read(scanned(signed("Trần Lưu Quang", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), scanner), "signer")
    if "signer" in reading.facts:
        assert folding.key(reading.facts["signer"]["name"]) == "TRANLUUQUANG"
    else:
        assert reading.unknown["signer"].code == "low-confidence"


def test_black_seal_is_found_by_its_rings():
    grey = black_seal(sheet())
    views = seals.views(np.zeros_like(grey), grey, DPI)
    assert views is not None
    assert views.covered[350, 350]
    assert not views.covered[40, 40]
    assert (views.free == 255).all()
    bare = views.others[1]
    assert (bare < 128).sum() < (grey < 128).sum()


def test_lines_and_a_rule_are_no_seal():
    grey = sheet()
    for top in range(60, 640, 50):
        grey[top : top + 22 : 3, 60:640] = 0
    grey[340:344] = 0
    assert seals.views(np.zeros_like(grey), grey, DPI) is None


def test_stroke_is_joined_across_a_red_ring():
    grey = sheet()
    grey[300:400, 350:356] = 0
    colour = coloured(grey)
    colour[340:348, 100:600] = images.RED
    hidden = grey.copy()
    hidden[340:348, 100:600] = 255
    views = seals.views(prepare.spread(*prepare.planes(colour)), hidden, DPI)
    assert views is not None
    joined = views.others[1]
    assert (joined[340:348, 350:356] == 0).all()
    assert (joined[340:348, 100:330] == 255).all()


def block_page(seal_from=None):
    """Return a page of 67 pixels an inch: paragraphs, then two columns from row 400 to 520."""
    grey = np.full((780, 550), 255, np.uint8)
    for top in range(60, 380, 16):
        grey[top : top + 8, 60:500] = 0
    for top in range(400, 520, 12):
        grey[top : top + 6, 60:180] = 0
        grey[top : top + 6, 330:450] = 0
    if seal_from is not None:
        grey[440:500, seal_from:330] = 0
    return grey


def test_block_begins_where_the_paragraphs_end():
    found = ending.block(block_page(), 67, headed=False)
    assert 372 <= found.top <= 400
    assert 518 <= found.bottom <= 530, "what is empty below need not be read"
    assert not found.followed


def test_print_below_the_block_is_seen():
    page = block_page()
    page[700:706, 60:500] = 0
    found = ending.block(page, 67, headed=False)
    assert found.followed
    assert found.bottom <= 700


def test_seal_over_the_gutter_does_not_hide_the_block():
    top = ending.block(block_page(seal_from=230), 67, headed=False).top
    assert top <= 440


def test_page_of_paragraphs_has_no_block():
    grey = np.full((780, 550), 255, np.uint8)
    for top in range(60, 720, 16):
        grey[top : top + 8, 60:500] = 0
    assert ending.block(grey, 67, headed=False) is None


class Says:
    """An engine that sees the same words whatever it looks at, more in a wide look."""

    def __init__(self, narrow, wide=None):
        self.narrow, self.wide = narrow, wide or narrow
        self.widths = set()

    def words(self, grey, mode, dpi):
        width = grey.shape[1] / dpi
        self.widths.add(round(width, 2))
        text = self.narrow if len(self.widths) > 2 and width == min(self.widths) else self.wide
        return [Word(token, 0.9, (10 * i, 0, 10 * i + 9, 20), 0) for i, token in enumerate(text.split())]


def under_seal(engine, text="Thanh Trà"):
    grey = sheet()
    views = seals.Views(np.ones_like(grey, dtype=bool), grey, (grey, grey))
    words = [Word(token, 0.9, (300 + 60 * i, 300, 350 + 60 * i, 328), 0) for i, token in enumerate(text.split())]
    return covered.read(Row(tuple(words)), views, DPI, engine)


def test_name_that_all_looks_agree_on_is_read():
    text, confidence = under_seal(Says("Thị Thanh Trà", "Phạm Thị Thanh Trà"))
    assert text == "Phạm Thị Thanh Trà"
    assert confidence == pytest.approx(0.9)


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        ("Thị Thanh Trà", "tam Thị Thanh Trà"),
        ("Tấn Giang", "an Tấn Giang"),
        ("Văn Thọ", "Ý Văn Thọ"),
        ("Hồ TƯỚNG", "Hồ TƯỚNG"),
        ("Lương Tam Quang", "Mai Lương Tam Quang Øu"),
    ],
)
def test_rest_of_a_name_is_not_a_name(narrow, wide):
    assert under_seal(Says(narrow, wide)) is None


def test_rank_may_stand_half_covered_before_a_name():
    assert under_seal(Says("Lương Tam Quang", "Đại tưởug Lương Tam Quang"))[0] == "Lương Tam Quang"


@pytest.mark.parametrize("text", ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "PHÓ CHỦTỊCH"])
def test_whole_title_is_read(text):
    assert under_seal(Says("CHỦ TỊCH", text), "CHỦ TỊCH")[0] == text.replace("CHỦTỊCH", "CHỦ TỊCH")


def test_title_whose_authority_may_be_covered_is_not_told():
    assert under_seal(Says("CHỦ TỊCH"), "CHỦ TỊCH") is None


@pytest.mark.parametrize("colour", [images.BLUE, (10, 10, 10), (200, 30, 30)], ids=["blue", "black", "red"])
def test_digits_stamped_as_pictures_are_read(read, colour):
    reading = read(pictured(make_scans.PLAN, colour), "symbol", "number", "sign", "issued_on", "draft")
    assert reading.facts == {
        "symbol": "45/KH-UBND",
        "number": "45",
        "sign": "KH-UBND",
        "issued_on": "2025-03-17",
        "draft": False,
    }
    assert reading.where["symbol"].source is Source.OCR
    assert reading.where["sign"].source is Source.TEXT


def test_picture_without_digits_leaves_the_number_unknown(read):
    reading = read(pictured(dataclasses.replace(make_scans.PLAN, number="#?")), "symbol", "issued_on", "draft")
    assert reading.unknown["symbol"].code == "stamp-image"
    assert reading.facts["issued_on"] == "2025-03-17"
