# SPDX-License-Identifier: Apache-2.0
"""Pictures as documents: frames as pages, turned as the camera says, bounded, unread without OCR."""

from __future__ import annotations

import pytest

pytest.importorskip("PIL")

from PIL import Image
from tests.reading import make_scans

from parcheck.errors import UnreadableFile
from parcheck.plugins import PluginChoice, Plugins
from parcheck.reading.pipeline import Readers, read_file
from parcheck_plugins import picture
from parcheck_plugins.picture import PictureDocument


@pytest.fixture(scope="module")
def without_ocr():
    plugins = Plugins(PluginChoice(blocked=("ocr",)))
    readers = Readers(plugins)
    return lambda path, facts: read_file(path, path.name, facts, plugins, readers)


@pytest.mark.parametrize(("name", "kind"), [("a.jpg", "image/jpeg"), ("a.png", "image/png"), ("a.tif", "image/tiff")])
def test_pictures_are_opened_and_unread_without_ocr(tmp_path, without_ocr, name, kind):
    path = tmp_path / name
    Image.new("RGB", (300, 400), "white").save(path)
    reading = without_ocr(path, {"symbol", "text"})
    assert reading.media_type == kind
    assert reading.unknown["symbol"].code == "ocr-missing"
    assert reading.facts["text"]["source"] == "none"


def test_frames_are_pages(tmp_path):
    one, two = (make_scans.picture(tmp_path, name, dpi=50) for name in ("1.png", "2.png"))
    document = PictureDocument(make_scans.frames(tmp_path, one, two), "image/tiff")
    assert document.page_count == 2
    assert document.image(2, 60) is not None
    document.close()


def test_a_photograph_is_turned_as_its_camera_says(tmp_path):
    path = tmp_path / "turned.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (400, 200), "white").save(path, exif=exif)
    document = PictureDocument(path, "image/jpeg")
    image = document.image(1, 30)
    assert image.height > image.width
    document.close()


def test_a_photograph_without_resolution_is_taken_for_a_sheet_of_a4(tmp_path):
    path = tmp_path / "phone.jpg"
    Image.new("RGB", (1240, 1754), "white").save(path)
    document = PictureDocument(path, "image/jpeg")
    assert document.scan_quality(1) == (pytest.approx(150, abs=1), True)
    image = document.image(1, 75)
    assert image.dpi == pytest.approx(75)
    assert len(image.pixels) == image.width * image.height * 3
    document.close()


def test_see_through_pictures_stand_on_white(tmp_path):
    path = tmp_path / "clear.png"
    Image.new("RGBA", (100, 100), (0, 0, 0, 0)).save(path)
    document = PictureDocument(path, "image/png")
    assert set(document.image(1, 50).pixels) == {255}
    document.close()


def test_a_picture_too_large_to_decode_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(picture, "_MOST", 1000)
    path = tmp_path / "huge.png"
    path.write_bytes(make_scans.blank_png(100, 100))
    with pytest.raises(UnreadableFile) as caught:
        PictureDocument(path, "image/png")
    assert caught.value.code == "file-too-large"


@pytest.mark.parametrize("keep", [20, 60])
def test_a_damaged_picture_is_a_finding_not_a_crash(tmp_path, without_ocr, keep):
    path = tmp_path / "cut.png"
    path.write_bytes(make_scans.blank_png()[:keep])
    reading = without_ocr(path, {"symbol", "marks"})
    assert "symbol" not in reading.facts or reading.facts["symbol"] is not None
