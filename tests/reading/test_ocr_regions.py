# SPDX-License-Identifier: Apache-2.0
"""Which parts of a scan are recognised: no body under the title, plain signature blocks first, nothing drawn twice."""

from __future__ import annotations

import numpy as np
import pytest

from parcheck.model import Source
from parcheck.reading.document import Document, Line
from parcheck.reading.recognition import COARSE, GLANCE, Part, Raster, RecognisedDocument
from parcheck_plugins.letterhead import scanned
from parcheck_plugins.ocr import assemble, heading, prepare, receiving, torn
from parcheck_plugins.ocr.engine import Word

DPI = 200.0
LEFT, RIGHT, INDENT = 230, 1510, 330


def page(*lines):
    """Return a page with lines of print given as (row, left, right): strokes as thick and dense as letters."""
    grey = np.full((1100, 1654), 255, np.uint8)
    for top, left, right in lines:
        for column in range(left, right - 4, 14):
            grey[top : top + 22, column : column + 6] = 0
        grey[top : top + 22, right - 6 : right] = 0
    return grey


LETTERHEAD = ((165, 300, 640), (165, 760, 1500), (210, 350, 600), (210, 850, 1360), (280, 340, 560), (280, 820, 1420))
TITLE = ((430, 760, 980), (475, 560, 1190), (520, 600, 1150))
JUSTIFIED = ((620, INDENT, RIGHT), (660, LEFT, RIGHT), (700, LEFT, RIGHT), (740, LEFT, 900))
RAGGED = ((620, INDENT, RIGHT - 90), (660, LEFT, 420), (700, INDENT, 1200), (740, INDENT, RIGHT), (780, LEFT, 900))


@pytest.mark.parametrize("body", [JUSTIFIED, RAGGED])
def test_the_body_begins_with_the_first_paragraph(body):
    end = heading.end(page(*LETTERHEAD, *TITLE, *body), DPI)
    assert TITLE[-1][0] + 22 < end < body[0][0]


@pytest.mark.parametrize(
    "lines",
    [
        LETTERHEAD,
        (*LETTERHEAD, *TITLE),
        # A trích yếu of three full lines is centred: it leaves as much on both sides.
        (*LETTERHEAD, (430, 760, 980), (475, 290, 1450), (520, 280, 1460), (565, 290, 1450), (610, 500, 1240)),
        # A first line without a second at the margin may be anything.
        (*LETTERHEAD, *TITLE, (620, INDENT, 1100), (660, INDENT, 1200)),
    ],
)
def test_what_may_be_title_is_not_taken_for_the_body(lines):
    assert heading.end(page(*lines), DPI) is None


def word(text, left, top=280, confidence=0.95, line=0):
    return Word(text, confidence, (left, top, left + 12 * len(text), top + 25), line)


COLUMN = ((100, LEFT, 800), (140, LEFT, 500), (220, LEFT, 395), (260, LEFT, 470), (300, LEFT, 405), (340, LEFT, 390))
"""The end of a paragraph, "Nơi nhận:", and a list of whom it is for, of which three lines are as short."""


class Reader:
    """Reads the n-th picture it is shown as the n-th text."""

    def __init__(self, *texts):
        self.texts, self.shapes = list(texts), []

    def words(self, grey, mode, dpi):
        self.shapes.append(grey.shape)
        return [word(text, 10 + 60 * i, 12) for i, text in enumerate(self.texts.pop(0).split())]


@pytest.mark.parametrize(
    ("texts", "read", "at"),
    [
        (["Nơi nhận:"], 1, 220),
        (["làm việc.", "Nơi nhận:"], 2, 260),
        (["Nol nhận", "không đọc"], 1, 220),
        (["- Như trên;", "- Lưu: VT.", "./."], 3, None),
        (["", "", ""], 3, None),
    ],
)
def test_whom_a_document_is_for_is_found_by_reading_short_lines_only(texts, read, at):
    engine = Reader(*texts)
    found = receiving.seen(page(*COLUMN), DPI, engine)
    assert len(engine.shapes) == read
    assert all(height < 80 and width < 300 for height, width in engine.shapes)
    if at is None:
        assert found is None
    else:
        assert found.box[0] == pytest.approx(LEFT, abs=25), "boxes are those of the column"
        assert found.box[1] == pytest.approx(at, abs=25)


def test_a_column_without_short_lines_is_not_read():
    assert receiving.seen(page(*JUSTIFIED), DPI, Reader()) is None


class Engine:
    """Reads the same words in any picture."""

    def __init__(self, *found):
        self.found, self.asked = list(found), 0

    def words(self, grey, mode, dpi):
        self.asked += 1
        return self.found


def row(*words):
    return assemble.Row(tuple(words))


def test_a_date_torn_by_handwriting_is_read_again_as_one_line():
    parts = [row(word("Huế,", 830), word("ngày", 890), word("04", 950)), row(word("02", 1240), word("năm", 1270),
             word("2025", 1320))]  # fmt: skip
    number = row(word("Số:", 260), word("/KH-UBND", 330))
    whole = [word(text, 20 + 60 * i) for i, text in enumerate(["Huế,", "ngày", "04", "tháng", "02", "năm", "2025"])]
    engine = Engine(*whole)
    found = torn.mended([number, *parts], np.full((1100, 1654), 255, np.uint8), DPI, engine)
    assert [line.text for line in found] == ["Số: /KH-UBND", "Huế, ngày 04 tháng 02 năm 2025"]
    assert found[1].box[0] > 600, "boxes are those of the page"
    assert engine.asked == 1


def test_what_reads_as_no_date_again_is_left_as_it_was():
    part = row(word("02", 1240), word("năm", 1270), word("2025", 1320))
    assert torn.mended([part], np.full((1100, 1654), 255, np.uint8), DPI, Engine(word("mờ", 10))) == [part]


def test_whole_dates_and_titles_are_not_read_again():
    date = row(
        *(word(text, 830 + 60 * i) for i, text in enumerate(["Huế,", "ngày", "04", "tháng", "02", "năm", "2025"]))
    )
    title = row(*(word(text, 500 + 60 * i, 480) for i, text in enumerate(["6", "tháng", "đầu", "năm", "2025"])))
    engine = Engine()
    assert torn.mended([date, title], np.full((1100, 1654), 255, np.uint8), DPI, engine) == [date, title]
    assert engine.asked == 0


def test_a_faint_short_word_between_sure_ones_does_not_part_the_line():
    line = [word("sửa", 100), word("đổi", 150), word("bổ", 200, confidence=0.2), word("sung", 240)]
    assert [r.text for r in assemble.rows(line)] == ["sửa đổi bổ sung"]


@pytest.mark.parametrize(
    "line",
    [
        [word("sửa", 100), word("|l", 150, confidence=0.2), word("đổi", 190)],
        [word("sửa", 100), word("lo", 260, confidence=0.2), word("đổi", 460)],
        [word("sửa", 100, confidence=0.5), word("lo", 150, confidence=0.2), word("đổi", 190)],
    ],
)
def test_dirt_stays_dirt(line):
    assert "l" not in "".join(r.text for r in assemble.rows(line))


@pytest.mark.parametrize("angle", [-3.0, -0.5, 0.75, 2.0])
def test_print_is_level_after_turning(angle):
    level = page(*TITLE, *JUSTIFIED)
    slanted = prepare.rotated(level, -angle)
    assert prepare.skew(slanted) == pytest.approx(angle, abs=0.25)
    back = prepare.rotated(slanted, prepare.skew(slanted))
    assert abs(prepare.skew(back)) <= 0.25
    rows = np.flatnonzero((back < prepare.INK).any(axis=1))
    assert rows[0] == pytest.approx(TITLE[0][0], abs=4)
    assert (prepare.rotated(np.zeros((60, 60), np.uint8), angle, fill=0) == 0).all(), "corners take what is asked"


class Scan(Document):
    """A document of pictures that counts how often pages are drawn."""

    media_type, paged, source, wraps = "application/pdf", True, Source.TEXT, False

    def __init__(self, tmp_path, pages):
        self.path, self.page_count = tmp_path / "scan.pdf", pages
        self.drawn = []

    def unread(self, page):
        from parcheck.model import Reason

        return Reason("scan")

    def lines(self, page):
        return []

    def text(self, page):
        return ""

    def image(self, page, dpi):
        self.drawn.append((page, dpi))
        side = round(8 * dpi)
        return Raster(side, side, bytes(3 * side * side), dpi)

    def close(self):
        pass


class Recogniser:
    """Finds "Nơi nhận" in the parts it is told to."""

    name, version = "fake", "1"

    def __init__(self, where, promise=()):
        self.where, self.promise, self.asked = where, dict(promise), []

    def lines(self, image, page, part, apart=()):
        self.asked.append((page, part))
        if (page, part) not in self.where:
            return []
        return [Line("Nơi nhận:", page, (60, 300, 120, 312), Source.OCR, 12, confidence=0.9),
                Line("CHỦ TỊCH", page, (350, 300, 420, 312), Source.OCR, 12, confidence=0.9),
                Line("Trần Văn Hùng", page, (350, 380, 450, 392), Source.OCR, 12, confidence=0.9)]  # fmt: skip

    def line(self, image, page, box):
        return None

    def ending(self, image, *, headed):
        return self.promise.get(round(image.dpi), 0.0)


def test_a_plain_block_on_a_later_page_spares_the_search_on_earlier_ones(tmp_path):
    recogniser = Recogniser({(2, Part.BLOCK)}, {GLANCE: 0.9})
    view = scanned.feet(RecognisedDocument(Scan(tmp_path, 2), recogniser), 1)
    assert next(line.text for line in view.lines(2)) == "Nơi nhận:"
    assert {part for _, part in recogniser.asked} == {Part.BLOCK}
    view = scanned.feet(RecognisedDocument(Scan(tmp_path, 2), Recogniser({(2, Part.SIGNED)})), 1, Part.SIGNED)
    assert next(line.text for line in view.lines(2)) == "Nơi nhận:"


def test_who_signed_is_not_read_again_where_the_whole_block_was(tmp_path):
    recogniser = Recogniser({(1, Part.BLOCK)})
    document = RecognisedDocument(Scan(tmp_path, 1), recogniser)
    assert document.lines_in(1, Part.BLOCK) == document.lines_in(1, Part.SIGNED)
    assert recogniser.asked == [(1, Part.BLOCK)]


def test_every_page_is_searched_where_no_block_is_plain(tmp_path):
    recogniser = Recogniser({(1, Part.FOOT)}, {GLANCE: 0.9})
    view = scanned.feet(RecognisedDocument(Scan(tmp_path, 2), recogniser), 1)
    assert next(line.text for line in view.lines(1)) == "Nơi nhận:"
    assert recogniser.asked[:2] == [(1, Part.BLOCK), (2, Part.BLOCK)]


def test_the_last_page_is_not_glanced_at_where_no_other_looked_like_the_end(tmp_path):
    scan = Scan(tmp_path, 2)
    document = RecognisedDocument(scan, Recogniser(set()))
    assert list(document.endings(1)) == [2, 1]
    assert scan.drawn == [(1, GLANCE)]


def test_pages_that_were_drawn_are_not_drawn_again_coarser(tmp_path):
    scan = Scan(tmp_path, 3)
    document = RecognisedDocument(scan, Recogniser(set()))
    document.lines_in(1, Part.HEAD)
    assert document.image(1, COARSE).dpi == pytest.approx(66.7, abs=0.1)
    document.lines_in(2, Part.FOOT)
    assert document.image(1, COARSE).width == 533
    assert [drawn for drawn, _ in scan.drawn] == [1, 2]
    assert document.image(1, 150).dpi == 150, "finer pictures are drawn as asked"
