# SPDX-License-Identifier: Apache-2.0
"""Keywords on what a text says: terms it must or must not have, and the year it is about."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any

from parcheck.judging.vocabulary import Failure, Keyword, Result, Undecided
from parcheck.model import Certainty, Reason, Source
from parcheck_plugins.letterhead import folding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from parcheck.judging.vocabulary import Context

_YEAR = re.compile(r"(?<![\d/.,])((?:19|20)\d{2})(?![\d/]|[.,]\d)")
_RANGE = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*(?:[-–—]|đến(?:\s+năm)?|tới)\s*((?:19|20)\d{2})(?!\d)", re.IGNORECASE)

_TERMS = {
    "type": "array",
    "minItems": 1,
    "items": {
        "oneOf": [
            {"type": "string", "minLength": 1},
            {"type": "array", "minItems": 1, "items": {"type": "string", "minLength": 1}},
        ]
    },
}


_MISREAD = re.compile(r"\d|^quý\b", re.IGNORECASE)
"""Terms that one misread sign makes into another: a year, a quarter, a number of months."""
_QUARTERS = {"1": "i", "2": "ii", "3": "iii", "4": "iv", "một": "i", "hai": "ii", "ba": "iii", "bốn": "iv", "tư": "iv"}
_MONTHS = {"ba": "3", "sáu": "6", "chín": "9"}


@functools.lru_cache(maxsize=16384)
def text_words(text: str) -> tuple[str, ...]:
    """Return the words of a text for finding terms in it; one period is written one way.

    "Quý 3" and "quý ba" give "quý III", "06 tháng" and "sáu tháng" give "6 tháng".
    """
    found = folding.words(text)
    for i, word in enumerate(found):
        if i and found[i - 1] == "quý":
            found[i] = _QUARTERS.get(word, word)
        elif found[i + 1 : i + 2] == ["tháng"] and found[max(0, i - 1) : i] != ["ngày"]:
            found[i] = _MONTHS.get(word, word.lstrip("0") if word.isdigit() else word)
    return tuple(found)


def has_term(words: Sequence[str], term: str) -> bool:
    """Return whether the term's words stand together in the words of a text (`text_words`).

    Case, tone placement and dashes do not count. The day in "ngày 6 tháng 5" is no "6 tháng".
    """
    wanted = text_words(term)
    span = len(wanted)
    counts_months = wanted[1:2] == ("tháng",) and wanted[0].isdigit()
    return any(
        tuple(words[i : i + span]) == wanted and not (counts_months and i and words[i - 1] == "ngày")
        for i in range(len(words) - span + 1)
    )


def years_in(text: str) -> set[int]:
    """Return the years a text names, every year of a range ("2021-2025") included; years inside numbers are not."""
    years = {int(year) for year in _YEAR.findall(text)}
    for first, last in _RANGE.findall(text):
        if 0 <= int(last) - int(first) <= 50:
            years.update(range(int(first), int(last) + 1))
    return years


def nearly_has_term(words: Sequence[str], term: str) -> bool:
    """Return whether a term may stand in words recognised from pixels: marks do not count, nor one letter in five."""
    # Most checks of what was read before need it not at all, and it takes a while.
    from rapidfuzz.distance import Levenshtein

    wanted = [folding.key(word) for word in text_words(term)]
    keys = [folding.key(word) for word in words]
    target = "".join(wanted)
    slips = len(target) // 5
    for span in {max(1, len(wanted) - 1), len(wanted), len(wanted) + 1}:
        for i in range(len(keys) - span + 1):
            if Levenshtein.distance("".join(keys[i : i + span]), target, score_cutoff=slips) <= slips:
                return True
    return False


def _recognised(value: str, context: Context) -> bool:
    """Tell a text that was recognised from pixels, where a letter or digit may be another."""
    reading = context.reading
    return any(place.source is Source.OCR and reading.facts.get(name) == value for name, place in reading.where.items())


def _mentions(value: str, terms: Any, context: Context) -> Iterator[Result]:
    text = text_words(value)
    for term in terms:
        alternatives = [term] if isinstance(term, str) else term
        if any(has_term(text, alternative) for alternative in alternatives):
            continue
        # Looking for what is nearly the term costs most: only where a letter may be misread.
        if _recognised(value, context) and (
            "…" in value or any(nearly_has_term(text, alternative) for alternative in alternatives)
        ):
            yield Undecided(Reason("low-confidence"))
        else:
            yield Failure("subject-off-topic", {"wanted": list(alternatives)}, Certainty.HINT)


def _mentions_none(value: str, terms: Any, context: Context) -> Iterator[Result]:
    text = text_words(value)
    for term in terms:
        found = [t for t in ([term] if isinstance(term, str) else term) if has_term(text, t)]
        if found and _MISREAD.search(found[0]) and _recognised(value, context):
            yield Undecided(Reason("low-confidence"))
        elif found:
            yield Failure("subject-excluded", {"found": found[0]}, Certainty.LIKELY)
            return


def _clash(asked: Mapping[str, Sequence[Any]]) -> tuple[Any, Any] | None:
    excluded = [term for terms in asked.get("mentionsNone", ()) for each in terms for term in _listed(each)]
    for wanted in (_listed(each) for terms in asked.get("mentions", ()) for each in terms):
        if all(any(_holds(term, other) for other in excluded) for term in wanted):
            return f"mentions: {' / '.join(wanted)}", f"mentionsNone: {', '.join(excluded)}"
    return None


@functools.lru_cache(maxsize=4096)
def _holds(term: str, other: str) -> bool:
    return has_term(text_words(term), other)


def _listed(term: Any) -> list[str]:
    return [term] if isinstance(term, str) else list(term)


def _for_year(value: str, wanted: Any, context: Context) -> Iterator[Result]:
    years = years_in(value)
    if years and int(wanted) not in years and _recognised(value, context):
        yield Undecided(Reason("low-confidence"))
    elif years and int(wanted) not in years:
        found = ", ".join(map(str, sorted(years)))
        yield Failure("year-differs", {"found": found, "wanted": str(wanted)}, Certainty.SURE)


KEYWORDS = [
    Keyword(
        "mentions",
        _TERMS,
        ("subject-off-topic",),
        _mentions,
        doc="Every entry occurs in the text as whole words; an entry that is a list names alternatives.",
    ),
    Keyword(
        "mentionsNone",
        _TERMS,
        ("subject-excluded",),
        _mentions_none,
        clash=_clash,
        doc="None of the terms occurs in the text.",
    ),
    Keyword(
        "forYear",
        {"oneOf": [{"type": "integer"}, {"type": "string", "pattern": r"^(\$\{.*\}|\d{4})$"}]},
        ("year-differs",),
        _for_year,
        doc="The text names this year, or a range that holds it, or no year at all.",
    ),
]
