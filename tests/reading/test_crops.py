# SPDX-License-Identifier: Apache-2.0
"""Pieces of pages: the right pixels, and a page that goes wrong costs its own pieces only."""

from __future__ import annotations

import base64
import hashlib
import io
import zipfile

import pytest
from faulty import drawing
from PIL import Image

from parcheck.model import Reading, Status
from parcheck.plugins import PluginChoice
from parcheck.reading import crops
from parcheck.reading.crops import CHANGED, FAILED, Crop, Cropping
from parcheck.reading.pool import Limits
from parcheck.reading.store import ReadingStore

CHOICE = PluginChoice(extra=("faulty.drawing",))
BYTES = b"drawn"


def reading(path="1.1/a.drawn", content=BYTES, media_type=drawing.MEDIA_TYPE):
    return Reading(path, hashlib.sha256(content).hexdigest(), media_type, Status.READ)


@pytest.fixture
def root(tmp_path):
    for name in ("1.1/a.drawn", "1.1/b.drawn"):
        file = tmp_path / "ho-so" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(BYTES)
    return tmp_path / "ho-so"


@pytest.fixture
def cropping():
    with Cropping(CHOICE, Limits(seconds=3.0)) as each:
        yield each


def test_a_piece_shows_the_words_and_some_of_the_page_around_them(root, cropping):
    crop = cropping.crop(root, reading(), drawing.GOOD, drawing.BLACK)
    picture = Image.open(io.BytesIO(crop.png())).convert("L")
    assert picture.size == (crop.width, crop.height)
    left, top, right, bottom = (round(at) for at in crop.mark)
    assert picture.crop((left + 1, top + 1, right - 1, bottom - 1)).getextrema() == (0, 0)
    assert {picture.getpixel((left - 3, top)), picture.getpixel((left, top - 3))} == {255}
    assert right - left == pytest.approx(160 * crop.dpi / 72, abs=2)
    assert top > 30
    assert picture.height - bottom > 30


def test_a_piece_ends_where_the_page_does(root, cropping):
    crop = cropping.crop(root, reading(), drawing.GOOD, (0, 0, 600, 10))
    assert crop.width == round(600 * crop.dpi / 72)
    assert crop.mark[:2] == (0, 0)


@pytest.mark.parametrize("box", [(-500, -500, -400, -400), (9000, 9000, 9100, 9100), (300, 300, 300, 300)])
def test_a_box_outside_the_page_gives_a_small_piece_or_none(box, root, cropping):
    crop = cropping.crop(root, reading(), drawing.GOOD, box)
    assert isinstance(crop, Crop)
    assert crop.width * crop.height < 500_000


@pytest.mark.parametrize("page", [drawing.CRASHES, drawing.HANGS, drawing.LIES, drawing.RAISES, drawing.NOTHING, 7, 0])
def test_a_page_that_goes_wrong_costs_its_own_pieces_only(page, root, cropping):
    assert cropping.crop(root, reading(), page, drawing.BLACK) == FAILED
    assert isinstance(cropping.crop(root, reading(), drawing.GOOD, drawing.BLACK), Crop)
    assert isinstance(cropping.crop(root, reading("1.1/b.drawn"), drawing.GOOD, drawing.BLACK), Crop)


def test_a_page_that_killed_a_worker_is_not_tried_again(root, cropping, monkeypatch):
    assert cropping.crop(root, reading(), drawing.CRASHES, drawing.BLACK) == FAILED
    monkeypatch.setattr(crops, "Worker", None)
    assert cropping.crop(root, reading(), drawing.CRASHES, (0, 0, 10, 10)) == FAILED


def test_a_file_that_is_another_now_is_not_shown(root, cropping):
    assert cropping.crop(root, reading(content=b"other"), drawing.GOOD, drawing.BLACK) == CHANGED
    assert cropping.crop(root, reading("1.1/gone.drawn"), drawing.GOOD, drawing.BLACK) == CHANGED


def test_no_name_leads_out_of_the_submission(root, cropping):
    (root.parent / "outside.drawn").write_bytes(BYTES)
    assert cropping.crop(root, reading("../outside.drawn"), drawing.GOOD, drawing.BLACK) == CHANGED


def drawn(root, store, reading_=None, page=drawing.GOOD, box=drawing.BLACK):
    """Return what one cropping of its own gives, and whether it started a worker."""
    with Cropping(CHOICE, Limits(seconds=3.0), store) as cropping:
        return cropping.crop(root, reading_ or reading(), page, box), cropping._worker is not None


def test_a_piece_that_was_kept_is_the_same_and_nothing_is_opened_for_it(root, tmp_path):
    with ReadingStore(tmp_path / "readings.sqlite", "readers") as store:
        first, drew = drawn(root, store)
        assert drew
        assert drawn(root, store) == (first, False)
        assert drawn(root, store, reading("1.1/b.drawn")) == (first, False)
        (root / "1.1" / "a.drawn").write_bytes(b"other")
        # The piece shows the bytes that were read; of others there is none.
        assert drawn(root, store) == (first, False)
        assert drawn(root, store, reading(content=b"other"))[1]


def test_a_piece_counts_for_the_same_place_and_the_same_readers_only(root, tmp_path):
    with ReadingStore(tmp_path / "readings.sqlite", "readers") as store:
        drawn(root, store)
        assert drawn(root, store, box=(0, 0, 10, 10))[1]
        assert drawn(root, store, page=drawing.CRASHES) == (FAILED, False)
    with ReadingStore(tmp_path / "readings.sqlite", "other readers") as store:
        assert drawn(root, store)[1]


@pytest.mark.parametrize("page", [drawing.CRASHES, drawing.HANGS, drawing.LIES, drawing.NOTHING])
def test_a_page_that_went_wrong_is_tried_anew_the_next_time(page, root, tmp_path):
    with ReadingStore(tmp_path / "readings.sqlite", "readers") as store:
        drawn(root, store, page=page)
        assert store._run("SELECT count(*) FROM answers", ()) == [(0,)]


@pytest.mark.parametrize("kept", ["x'00'", "'text'", "x'789c8b0e0100010e00aa'"])
def test_a_kept_piece_that_is_garbled_is_drawn_anew(kept, root, tmp_path):
    with ReadingStore(tmp_path / "readings.sqlite", "readers") as store:
        first, _ = drawn(root, store)
        store._run(f"UPDATE answers SET kept = {kept}", ())  # noqa: S608 - the words above
        assert drawn(root, store) == (first, True)


def test_a_kept_piece_is_believed_no_more_than_a_worker(root, tmp_path):
    with ReadingStore(tmp_path / "readings.sqlite", "readers") as store:
        first, _ = drawn(root, store)
        keep, store.keep_answer = store.keep_answer, lambda asked, answer: keep(asked, {**answer, "width": 10**9})
        store._run("DELETE FROM answers", ())
        drawn(root, store)
        assert drawn(root, store) == (first, True)


def test_a_format_that_nobody_opens_has_no_pictures(root, cropping):
    assert cropping.crop(root, reading(media_type="application/x-new"), 1, drawing.BLACK) == FAILED
    assert cropping.crop(root, reading(media_type=None), 1, drawing.BLACK) == FAILED


def test_a_file_in_an_archive_is_shown_like_any_other(tmp_path, cropping):
    with zipfile.ZipFile(tmp_path / "ho-so.zip", "w") as archive:
        archive.writestr("1.1/a.drawn", BYTES)
    assert isinstance(cropping.crop(tmp_path / "ho-so.zip", reading(), drawing.GOOD, drawing.BLACK), Crop)


@pytest.mark.parametrize(
    "change",
    [
        {"width": -5}, {"width": 10**9}, {"height": "many"}, {"grey": "§"}, {"grey": ""}, {"dpi": 0},
        {"dpi": float("nan")}, {"left": None}, {"top": float("inf")},
    ],
)  # fmt: skip
def test_what_a_worker_says_is_not_believed(change):
    """It may have been taken over by the file that it draws."""
    sound = {"left": 0, "top": 0, "width": 4, "height": 2, "dpi": 120.0, "grey": base64.b64encode(b"\xf0" * 4).decode()}
    assert isinstance(crops._crop(sound, (0, 0, 1, 1)), Crop)
    assert crops._crop({**sound, **change}, (0, 0, 1, 1)) is None
