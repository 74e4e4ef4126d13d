# SPDX-License-Identifier: Apache-2.0
"""What is left of a document's words when all is taken out by which two honest copies of one text differ.

Out go the letterhead, the "Căn cứ" items, the list of recipients and headings in capitals: they are alike, or differ,
for reasons of form. In the rest, names (of places, people, the unit itself), numbers and dates become one same word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from parcheck_plugins.letterhead.folding import key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_Token: TypeAlias = tuple[str, str, bool]
"""Kind (word, name, number: a figure, out: a date, a year, a document's number), folded word, whether capitalised."""

NAME: Final = "§"
NUMBER: Final = "#"

_LETTERHEAD: Final = re.compile(r"Độc\s+lập\s*-\s*Tự\s+do|^\s*Số\s*:|,\s*ngày\s.{0,24}\btháng\s.{0,24}\bnăm\b")
_BASIS: Final = re.compile(r"^\W*(?:Căn cứ|Theo đề nghị|Xét đề nghị|Xét Tờ trình)\b", re.IGNORECASE)
_BASIS_ENDS: Final = re.compile(r"[;.:]\s*$")
_RECIPIENTS: Final = re.compile(r"^\W*Nơi nhận\b", re.IGNORECASE)
_RECIPIENT: Final = re.compile(r"^\s*[-–+•*]|;\s*$|\bLưu\b")
_BASIS_LINES: Final = 8
_RECIPIENT_LINES: Final = 20
_CELL: Final = re.compile(r"[\d.,%/() |+-]*\d[\d.,%/() |+-]*")
_PAGE: Final = re.compile(r"-? ?\d{1,3} ?-?")
_SMALL: Final = re.compile(r"[a-zà-öø-ỹ]")

# "12/KH-UBND", "61/2018/NĐ-CP"; "15/7/2021", "ngày 02 tháng 9 năm 2025"; then words, then numbers with their marks.
_TOKEN: Final = re.compile(
    r"(?P<out>\d+/(?:\d{4}/)?[A-ZĐ][A-ZĐa-zđ0-9Ư]*(?:[-/][A-ZĐƯ0-9a-z]+)*"
    r"|(?:ngày\s+)?\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}|\d{1,2}/\d{4}"
    r"|(?:ngày\s+)?\d{1,2}\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?|tháng\s+\d{1,2}\b|năm\s+\d{4}\b"
    r"|(?:quý|Quý)\s+(?:[IV]{1,3}|\d)\b)"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<number>\d+(?:[.,]\d+)*)(?P<after>\s?%|[.)](?=\s))?"
)
_UNIT_WORDS: Final = frozenset({"XA", "PHUONG", "TRAN", "KHU", "HUYEN", "QUAN", "TINH", "PHO", "TP"})
"""Last word of a kind of place; capitalised words behind it are its name, be it one word or four."""
_ALIKE: Final = {"PHUONG": "XA"}
"""A ward's copy of a commune's plan says "phường" wherever that says "xã"."""
_LONGEST_NAME: Final = 6
_LEVELS: Final = re.compile(r"\d{1,2}(?:\.\d{1,2})+")
_INDENT: Final = 12
_YEARS: Final = range(1945, 2100)


@dataclass(frozen=True, slots=True)
class Masked:
    """A text as the words that tell it from others."""

    words: tuple[str, ...]
    """Folded words, names and numbers masked."""
    figures: tuple[str, ...]
    """Every number that is no date, year, numbering or document's number, with the two words around it."""


def masked(text: str, own_names: Iterable[str] = ()) -> Masked:
    """Return a text masked.

    Args:
        text: as `gather` gives it: normalised, with its lines.
        own_names: names of the issuing body and of the one above it.
    """
    own = [_words(name) for name in own_names]
    tokens = _with_names(_without(list(_tokens(" \n".join(_lines(text)))), own))
    words: list[str] = []
    numbers: list[tuple[int, str]] = []
    for kind, folded in tokens:
        if kind == "number":
            numbers.append((len(words), folded))
        mask = {"number": NUMBER, "out": NUMBER, "name": NAME}.get(kind, folded)
        if mask in (NUMBER, NAME) and words and words[-1] == mask:
            continue
        words.append(mask)
    figures = [" ".join((*words[max(0, at - 2) : at], value, *words[at + 1 : at + 3])) for at, value in numbers]
    return Masked(tuple(words), (*figures, *_cells(text)))


def _cells(text: str) -> Iterator[str]:
    """Yield the numbers of table cells that stand on lines without a letter; one alone is a page's number."""
    before = ""
    run = 0
    for line in text.split("\n"):
        cell = " ".join(line.split())
        if not _CELL.fullmatch(cell):
            before, run = "", 0
            continue
        run += 1
        if run > 1 or not _PAGE.fullmatch(cell):
            yield f"| {before} {cell}"
        before = cell


def _words(name: str) -> list[str]:
    return [word for kind, word, _ in _tokens(name) if kind == "word"]


def _lines(text: str) -> Iterator[str]:
    """Yield the lines that carry what a document says."""
    basis = recipients = 0
    for line in text.split("\n"):
        if recipients:
            recipients -= 1
            if _RECIPIENT.search(line) or not line.strip():
                continue
        if basis:
            basis = 0 if _BASIS_ENDS.search(line) else basis - 1
            continue
        if _BASIS.search(line):
            basis = 0 if _BASIS_ENDS.search(line) else _BASIS_LINES
            continue
        if _RECIPIENTS.search(line):
            recipients = _RECIPIENT_LINES
            continue
        if _SMALL.search(line) and not _LETTERHEAD.search(line):
            yield line


def _tokens(text: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text):
        if word := match["word"]:
            folded = key(word)
            yield "word", _ALIKE.get(folded, folded), word[0].isupper()
        elif match["number"]:
            yield _number(match), match["number"], False
        else:
            yield "out", NUMBER, False


def _without(tokens: list[_Token], names: list[list[str]]) -> list[_Token]:
    """Mask every mention of the given names."""
    folded = [word for _, word, _ in tokens]
    for name in sorted((name for name in names if len(name) > 1), key=len, reverse=True):
        kept: list[_Token] = []
        at = 0
        while at < len(tokens):
            if folded[at] == name[0] and folded[at : at + len(name)] == name:
                kept.append(("name", NAME, False))
                at += len(name)
            else:
                kept.append(tokens[at])
                at += 1
        tokens = kept
        folded = [word for _, word, _ in tokens]
    return tokens


def _with_names(tokens: Iterable[_Token]) -> Iterator[tuple[str, str]]:
    """Yield (kind, word), runs of capitalised words masked: they are names when long or behind a kind of place."""
    run: list[str] = []
    place = False
    for kind, word, capital in tokens:
        if capital and len(run) < _LONGEST_NAME:
            run.append(word)
            continue
        if run:
            yield ("name", NAME) if len(run) > 1 or place else ("word", run[0])
        place = kind == "word" and word in _UNIT_WORDS
        run = [word] if capital else []
        if not capital:
            yield kind, word
    if run:
        yield ("name", NAME) if len(run) > 1 or place else ("word", run[0])


def _number(match: re.Match[str]) -> str:
    """Return whether a number is a figure or one that says nothing (a year, the number of a heading)."""
    value = match["number"]
    if value.isdigit() and len(value) == 4 and int(value) in _YEARS:
        return "out"
    before = match.string[max(0, match.start() - _INDENT) : match.start()].rstrip(" ")
    begins_line = not before or before.endswith("\n")
    numbering = begins_line and ((match["after"] or " ") in ".)" or _LEVELS.fullmatch(value) is not None)
    return "out" if numbering else "number"
