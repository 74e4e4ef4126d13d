# SPDX-License-Identifier: Apache-2.0
"""Self-assessments are from anyone: a worker reads them, and one that goes wrong costs no more than itself."""

from __future__ import annotations

import json
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.submission.make_assessment import HEADINGS, word

from parcheck.checking import Session
from parcheck.errors import BadSubmission, UnreadableFile
from parcheck.plugins import PluginChoice, Plugins
from parcheck.reading import pool
from parcheck.reading.grids import Cell, Grid, Tables
from parcheck.reading.pool import Limits, ReaderPool
from parcheck.reading.store import ReadingStore
from parcheck.reading.tabling import _encoded, tables_in
from parcheck.submission import Item

ROWS = [HEADINGS, ["1.1", "Kế hoạch CCHC", "1", "1", "Kế hoạch số 12/KH-UBND ngày 10/01/2025 của UBND xã A"]]
FAULTS = {
    "crash": "reader-crashed",
    "hang": "reader-timeout",
    "oom": "reader-memory",
    "flood": "reader-crashed",
}
"""What ends or overfills the worker. Plugins that merely fail leave the sheet to the next one."""
LIMITS = Limits(seconds=3.0, memory=800_000_000)


@pytest.fixture(scope="module")
def faulty():
    return Session(Plugins(PluginChoice(extra=("faulty.tabled", "faulty.sheet"))))


def sheet(folder, fault):
    folder.mkdir(parents=True, exist_ok=True)
    return word(folder / f"bang tu cham-{fault}.docx", ROWS)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_sheet_by_itself_ends_with_what_to_do(tmp_path, faulty, pack_folder, fault):
    path = sheet(tmp_path, fault)
    with pytest.raises(BadSubmission) as caught:
        faulty.check(path, pack_folder, limits=LIMITS)
    assert caught.value.code == "sheet-unreadable"
    for language in ("vi", "en"):
        said = caught.value.say(language)
        assert path.name in said
        assert "{" not in said
        assert "…" not in said


@pytest.mark.parametrize("fault", FAULTS)
def test_the_unit_and_those_after_it_are_checked_without_the_sheet(tmp_path, handed_in, faulty, pack_folder, fault):
    first = handed_in("1.1/a.facts")
    second = shutil.copytree(first, tmp_path / "b")
    path = sheet(first, fault)
    sheet(second, "sound")
    results = list(faulty.check_many([first, second], pack_folder, limits=LIMITS))
    alone, other = (result.criteria[0] for result in results)
    assert alone.outcome is other.outcome
    assert (alone.claimed, other.claimed) == (None, 1.0)
    # It stands among the files, where its own reading tells what it is.
    files = [{document.path for document in result.documents if document.path} for result in results]
    assert files == [{"1.1/a.facts", path.name}, {"1.1/a.facts"}]


@pytest.mark.parametrize("fault", ["quit", "raise", "lie"])
def test_a_plugin_that_fails_leaves_the_sheet_to_the_next(tmp_path, faulty, fault):
    assert [row.code for row in faulty.handed(sheet(tmp_path, fault)).rows] == ["1.1"]


@pytest.mark.parametrize(("fault", "code"), FAULTS.items())
def test_the_pool_says_what_happened_and_goes_on(tmp_path, fault, code):
    bad, good = Item(sheet(tmp_path, fault), "a.docx"), Item(sheet(tmp_path, "sound"), "b.docx")
    with ReaderPool(facts=frozenset(), choice=PluginChoice(extra=("faulty.tabled",)), limits=LIMITS) as reader:
        with pytest.raises(UnreadableFile) as caught:
            reader.tables(bad)
        assert caught.value.code == code
        assert reader.tables(good).grids[0].rows[1][0].text == "1.1"


def test_what_was_read_is_kept_and_needs_no_worker(tmp_path, session, monkeypatch):
    item = Item(sheet(tmp_path, "sound"), "bang.docx")
    with ReadingStore(tmp_path / "kept.sqlite", session.readers) as store:
        with ReaderPool(facts=frozenset(), stores=[store]) as reader:
            read = reader.tables(item)
        monkeypatch.setattr(pool, "Worker", None)
        with ReaderPool(facts=frozenset(), stores=[store]) as reader:
            assert reader.tables(item) == read
            word(item.file, ROWS[:1])
            with pytest.raises(TypeError):
                # Other bytes are read anew, by a worker.
                reader.tables(item)


def test_what_was_kept_and_makes_no_sense_is_read_anew(tmp_path, session):
    item = Item(sheet(tmp_path, "sound"), "bang.docx")
    with ReadingStore(tmp_path / "kept.sqlite", session.readers) as store:
        keep, store.keep_answer = store.keep_answer, lambda asked, answer: keep(asked, {**answer, "grids": [{}]})
        with ReaderPool(facts=frozenset(), stores=[store]) as reader:
            assert reader.tables(item) == reader.tables(item)
            assert reader.tables(item).grids[0].rows[1][0].text == "1.1"


def test_a_sheet_in_a_zip_is_unpacked_by_the_worker(tmp_path, session, handed_in):
    folder = handed_in("1.1/a.facts")
    sheet(folder, "sound")
    archive = shutil.make_archive(str(tmp_path / "ho-so"), "zip", folder)
    handed = session.handed(tmp_path / archive)
    assert [row.code for row in handed.rows] == ["1.1"]
    assert [item.path for item in handed.items] == ["1.1/a.facts"]


CELLS = st.lists(st.builds(Cell, st.text(max_size=5), st.booleans()), min_size=1, max_size=4)


@given(CELLS, st.data())
def test_cells_that_are_one_are_one_again(cells, data):
    rows = data.draw(st.lists(st.lists(st.sampled_from(cells), max_size=4), max_size=4))
    tables = Tables([Grid(rows, ["trên"], 3, "Tờ 1", (0.5, 2.0)), Grid()], ["dưới"], (2, 5))
    again = tables_in(json.loads(json.dumps(_encoded(tables))))
    assert again == tables
    flat, flat_again = ([cell for row in each.grids[0].rows for cell in row] for each in (tables, again))
    assert [[a is b for b in flat] for a in flat] == [[a is b for b in flat_again] for a in flat_again]


@pytest.mark.parametrize(
    "answered",
    [
        {},
        {"grids": 1, "after": [], "unread": []},
        {"grids": [{}], "after": [], "unread": []},
        {"grids": [], "after": [1], "unread": []},
        {"grids": [], "after": [], "unread": ["x"]},
        {"grids": [{"cells": [[1, 0]], "rows": [], "before": [], "page": None, "sheet": None, "columns": []}]},
        {"lack": "file-damaged"},
        {"lack": "file-damaged", "details": {"faults": 1}},
        {"lack": "file-damaged", "details": ["x"]},
    ],
)
def test_an_answer_that_makes_no_sense_is_a_crash(answered):
    with pytest.raises(UnreadableFile) as caught:
        tables_in(answered)
    assert caught.value.code == "reader-crashed"
