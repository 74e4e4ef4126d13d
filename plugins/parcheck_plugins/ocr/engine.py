# SPDX-License-Identifier: Apache-2.0
"""Tesseract, inside this process (tesserocr) or as a program beside it (pytesseract)."""

from __future__ import annotations

import importlib.util
import os
import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcheck_plugins.ocr.prepare import Grey

TESSDATA: Final = Path(__file__).with_name("tessdata")
LANGUAGE: Final = "vie"
_THREADS: Final = "OMP_THREAD_LIMIT"
SETTINGS: Final = {"tessedit_do_invert": "0"}
"""Pages are made black on white before they are read: looking for white on black doubles the work on seals."""
COLUMN, LINE, PAGE = 6, 7, 3
"""Page segmentation modes: one block, which keeps the short lines of letterheads; one line; a page of paragraphs."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word as tesseract saw it."""

    text: str
    confidence: float
    """0..1."""
    box: tuple[int, int, int, int]
    """Left, top, right, bottom in pixels."""
    line: int
    """Words of one line share it."""


class Engine(Protocol):
    """What recognises words in one grey picture."""

    def words(self, grey: Grey, mode: int, dpi: float) -> list[Word]:
        """Return the words in reading order."""
        ...


class InProcess:
    """Tesseract through tesserocr. Starting it takes 30 ms, so one is kept per process."""

    def __init__(self) -> None:
        tesserocr = _single_threaded_import()
        self._levels = tesserocr.RIL
        self._walk = tesserocr.iterate_level
        self._api = tesserocr.PyTessBaseAPI(path=str(TESSDATA), lang=LANGUAGE, oem=tesserocr.OEM.LSTM_ONLY)
        for name, value in SETTINGS.items():
            self._api.SetVariable(name, value)

    def words(self, grey: Grey, mode: int, dpi: float) -> list[Word]:
        """Return the words in reading order."""
        height, width = grey.shape
        self._api.SetPageSegMode(mode)
        self._api.SetImageBytes(grey.tobytes(), width, height, 1, width)
        self._api.SetSourceResolution(round(dpi))
        try:
            self._api.Recognize()
            return list(self._found())
        finally:
            self._api.Clear()

    def _found(self) -> Iterator[Word]:
        found = self._api.GetIterator()
        word, row = self._levels.WORD, self._levels.TEXTLINE
        line = -1
        for item in self._walk(found, word) if found else ():
            if item.IsAtBeginningOf(row):
                line += 1
            try:
                text = item.GetUTF8Text(word)
            except RuntimeError:
                # A block without text.
                continue
            box = item.BoundingBox(word)
            if text.strip() and box:
                yield Word(text.strip(), item.Confidence(word) / 100, box, line)


def _single_threaded_import() -> Any:
    """Import tesserocr with one thread of OpenMP: more fight the other workers, and win nothing on small regions.

    OpenMP reads its environment once, as it is loaded.
    """
    given = os.environ.get(_THREADS)
    os.environ[_THREADS] = given or "1"
    try:
        import tesserocr
    finally:
        if given is None:
            del os.environ[_THREADS]
    return tesserocr


class Beside:
    """Tesseract as a program of its own, through pytesseract; a third slower."""

    def words(self, grey: Grey, mode: int, dpi: float) -> list[Word]:
        """Return the words in reading order."""
        import pytesseract
        from PIL import Image

        settings = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items())
        config = f'--psm {mode} --oem 1 --dpi {round(dpi)} --tessdata-dir "{TESSDATA}" {settings}'
        picture = Image.fromarray(grey)
        table: dict[str, list[Any]] = pytesseract.image_to_data(
            picture, lang=LANGUAGE, config=config, output_type=pytesseract.Output.DICT
        )
        words: list[Word] = []
        lines: dict[tuple[int, int, int], int] = {}
        for i, text in enumerate(table["text"]):
            confidence = float(table["conf"][i])
            if confidence < 0 or not text.strip():
                continue
            line = lines.setdefault((table["block_num"][i], table["par_num"][i], table["line_num"][i]), len(lines))
            left, top = table["left"][i], table["top"][i]
            box = (left, top, left + table["width"][i], top + table["height"][i])
            words.append(Word(text.strip(), confidence / 100, box, line))
        return words


def installed() -> bool:
    """Tell whether this computer has what recognising needs; nothing is loaded."""
    helpers = all(importlib.util.find_spec(name) for name in ("numpy", "PIL"))
    beside = importlib.util.find_spec("pytesseract") is not None and shutil.which("tesseract") is not None
    return helpers and (importlib.util.find_spec("tesserocr") is not None or beside)


@cache
def engine() -> Engine:
    """Return the engine of this process: tesserocr where it can be loaded, else pytesseract."""
    try:
        return InProcess()
    except ImportError:
        return Beside()
