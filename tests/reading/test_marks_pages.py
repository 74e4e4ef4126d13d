# SPDX-License-Identifier: Apache-2.0
"""Seals, ink and stamps: seen, looked for and not seen, or not to be told."""

from __future__ import annotations

import dataclasses

import pytest

pytest.importorskip("numpy")

from PIL import Image, ImageDraw
from samples.make import images
from samples.make.pdf import administrative_pdf
from tests.reading import make_scans

from parcheck.plugins import PluginChoice, Plugins
from parcheck.reading.pipeline import Readers, read_file
from parcheck.reading.recognition import Raster
from parcheck_plugins.marks import pixels
from parcheck_plugins.marks.reader import _is_received

DPI = 60


@pytest.fixture(scope="module")
def read():
    # Without OCR: marks are seen in the pixels and the stamps alone.
    plugins = Plugins(PluginChoice(blocked=("ocr",)))
    readers = Readers(plugins)
    return lambda path, facts=frozenset({"marks", "scan"}): read_file(path, path.name, facts, plugins, readers)


def page(draw_on=None):
    picture = Image.new("RGB", (round(8.27 * DPI), round(11.69 * DPI)), (250, 250, 247))
    if draw_on:
        draw_on(picture)
    return picture


def raster(picture):
    return Raster(picture.width, picture.height, picture.tobytes(), DPI)


def put(mask, colour, left, top):
    return lambda picture: picture.paste(Image.new("RGB", mask.size, colour), (left, top), mask)


def seal(millimetres=35):
    return images.seal_mask(make_scans.UNIT, round(millimetres / 25.4 * DPI))


def test_a_round_red_seal_is_seen_where_it_stands():
    seen = pixels.look(raster(page(put(seal(), images.RED, 250, 400))))
    assert seen.seal == pytest.approx((300, 480, 400, 580), abs=8)
    assert seen.ink is None
    assert seen.coloured


def test_blue_strokes_are_ink():
    hand = images.signature_mask("Trần Văn Hùng", 120, 50)
    seen = pixels.look(raster(page(put(hand, images.BLUE, 300, 450))))
    assert seen.ink is not None
    assert seen.seal is None


def test_red_words_and_boxes_are_no_seal():
    def urgent(picture):
        draw = ImageDraw.Draw(picture)
        draw.rectangle((60, 200, 150, 225), outline=images.RED, width=2)
        draw.rectangle((250, 400, 330, 470), outline=images.RED, width=3)

    assert pixels.look(raster(page(urgent))).seal is None


def test_a_black_seal_on_grey_paper_is_no_colour():
    picture = page(put(seal(), (20, 20, 20), 250, 400)).convert("L").convert("RGB")
    seen = pixels.look(raster(picture))
    assert (seen.seal, seen.ink, seen.coloured) == (None, None, False)


def test_skipped_and_chosen_boxes():
    image = raster(page(put(seal(), images.RED, 250, 400)))
    assert pixels.look(image, skip=[(280, 460, 420, 600)]).seal is None
    assert pixels.look(image, only=[(0, 0, 200, 200)]).seal is None
    assert pixels.look(image, only=[(280, 460, 420, 600)]).seal is not None


def test_a_colour_scan_shows_its_seal_and_what_it_is(tmp_path, read):
    facts = read(make_scans.scan(tmp_path)).facts
    assert facts["marks"]["seal"] is True
    assert facts["scan"] == {"pages": 1, "dpi": 150, "colour": True}


def test_a_scan_without_colour_leaves_the_marks_unknown(tmp_path, read):
    path = tmp_path / "grey.png"
    Image.open(make_scans.picture(tmp_path, "a.png", dpi=100)).convert("L").save(path, dpi=(100, 100))
    reading = read(path)
    assert reading.unknown["marks"].code == "marks-unread"
    assert reading.facts["scan"] == {"pages": 1, "dpi": 100, "colour": False}


def test_a_page_of_print_without_pictures_has_no_marks_and_is_no_scan(tmp_path, read):
    path = make_scans.scan(tmp_path, dataclasses.replace(make_scans.PLAN, kind="unsigned"))
    reading = read(path)
    assert reading.facts["scan"] is None
    assert reading.facts["marks"] == {"seal": False, "ink": False, "received": False, "digital_stamp": False}


def test_pictures_in_signature_widgets_count(tmp_path, read):
    path = tmp_path / "signed.pdf"
    path.write_bytes(administrative_pdf(dataclasses.replace(make_scans.PLAN, kind="stamped", digital_stamp=True)))
    marks = read(path).facts["marks"]
    assert marks["seal"] is True
    assert marks["ink"] is True
    assert marks["digital_stamp"] is True


@pytest.mark.parametrize(
    ("text", "received"),
    [
        ("ĐẾN", True),
        ("CV ĐẾN Số: 2352", True),
        ("ĐẾN Giờ: S Ngày: 04/5/2026", True),
        ("CÔNG VĂN ĐẾN", True),
        ("ĐẾN NĂM 2030", False),
        ("Đến ngày 30 tháng 6", False),
        ("CHƯƠNG TRÌNH ĐẾN NĂM 2030", False),
    ],
)
def test_the_stamp_of_the_receiving_office(text, received):
    assert _is_received(text) is received
