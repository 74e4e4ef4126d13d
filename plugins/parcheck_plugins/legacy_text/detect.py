# SPDX-License-Identifier: Apache-2.0
"""Whether text is in TCVN3, VNI or VPS: by the name of its font, and by how Vietnamese it reads when converted."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from parcheck_plugins.legacy_text.convert import Coding, spread
from parcheck_plugins.legacy_text.syllables import Score, score
from parcheck_plugins.legacy_text.tables import BYTES, VIETNAMESE_BYTES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ENCODINGS: Final = ("tcvn3", "vni", "vps")
_SUBSET: Final = re.compile(r"^[A-Z]{6}\+")
_STYLE: Final = re.compile(r"(?:[\s,_-]*(?:Bold|Italic|Oblique|Regular|Normal|BoldItalic|MT))+$", re.IGNORECASE)
_NAMES: Final = (
    ("vni", re.compile(r"VNI[\s_-]?[A-Za-z]")),
    ("vps", re.compile(r"VPS[\s_-]?[A-Za-z]")),
    ("tcvn3", re.compile(r"\.VN", re.IGNORECASE)),
    ("tcvn3", re.compile(r"Vn[A-Z][a-z]")),
)
_CAPITALS: Final = re.compile(r"(?:[a-z]|3D|TIME|ARIAL)H$")
# Signs that no language writes inside words, marks that no Unicode Vietnamese has after a vowel, symbol bytes.
_SUSPECT: Final = re.compile(
    "[^\\W\\d_][§¨©ª«¬\u00ad®¯µ¶·¸¹»¼½¾\u2219]|[¨©ª«¬\u00ad®µ¶·¸¹»¼½¾§\u2219][^\\W\\d_]"
    "|[aeouyôöAEOUYÔÖ][øûïåäüëùõØÛÏÅÄÜËÙÕ]|[a-z][\u0152\u0160\u0161\u0153\u2020\u2021\u2030\u2039\u02c6]|[\uf021-\uf0ff]"
)
# Of those signs, the ones that no language writes between two letters: Catalan has "l·l".
_INSIDE: Final = re.compile("[^\\W\\d_][§¨©«¬®¯¶¸¹»¼½¾](?=[^\\W\\d_])")
_OWN: Final = re.compile("[\u1ea0-\u1ef9]")
_ONLY_1258: Final = frozenset(VIETNAMESE_BYTES) - frozenset(BYTES)
_SAMPLE: Final = 20_000
_FEW: Final = 8
"""Marked words below which only a font's name can tell."""
_GOOD: Final = 0.8
"""Share of syllables among the marked words from which text reads as Vietnamese. Measured: 0.99 in Unicode and
converted text, below 0.3 in either read wrongly; names, abbreviations and words run together make the rest."""
_DOUBTFUL: Final = 0.6
"""The same from which text is at least not what it says; English and French with many signs stay below 0.5."""
_BETTER: Final = 0.3
_DENSE: Final = 0.3
"""Share of marked words in Vietnamese text; 0.7 to 0.8 in real documents, below 0.25 in French."""
_LOST_U: Final = re.compile(r"(?<!ư)[ơớờởỡợ](?:c|ng)\b", re.IGNORECASE)
"""The rest of "ước", "ương" and the like, no rhymes of their own, once TCVN3's soft hyphen is gone."""


def encoding_of_font(name: str) -> str | None:
    """Return "tcvn3", "vni" or "vps" when the font's name is of that family, else None.

    A name proves nothing of a text: Unicode text often carries the font of an old template.
    """
    bare = _SUBSET.sub("", name.strip())
    return next((encoding for encoding, pattern in _NAMES if pattern.match(bare)), None)


def is_capital_font(name: str) -> bool:
    """Tell a font that draws capitals from small letters: ".VnTimeH", ".VnArialH,Bold"."""
    bare = _STYLE.sub("", _SUBSET.sub("", name.strip()))
    return encoding_of_font(bare) == "tcvn3" and bool(_CAPITALS.search(bare))


def suspect(text: str) -> bool:
    """Tell cheaply whether the text may hold words of a legacy encoding; most Unicode text is ruled out."""
    return any(count >= 2 for count, _ in enumerate(_SUSPECT.finditer(text[:_SAMPLE])))


@dataclass(frozen=True, slots=True)
class Detection:
    """A coding that makes a text read as Vietnamese, and how well."""

    coding: Coding
    score: Score


def detect(text: str) -> Detection | None:
    """Return the coding in which the text reads as Vietnamese, or None for Unicode, other languages and doubt.

    Judged from the first 20 000 characters; asks for eight words with marks at least.
    """
    return _detect(text, _GOOD)


def looks_legacy(text: str) -> str | None:
    """Return the encoding that the text is in for all one can tell, though it may not read well in it; else None."""
    found = _detect(text, _DOUBTFUL)
    if found:
        return found.coding.encoding
    inside = len(_INSIDE.findall(text))
    return "tcvn3" if inside >= _FEW and inside >= 0.05 * len(text.split()) else None


def _detect(text: str, least: float) -> Detection | None:
    sample = text[:_SAMPLE]
    if not suspect(sample):
        return None
    before = score(sample)
    if before.share >= 1 - _BETTER and before.marked >= _FEW:
        return None
    found = max((_try(sample, coding) for coding in _codings(sample, ENCODINGS)), key=lambda d: d.score.valid)
    after = found.score
    own = len(_OWN.findall(sample))
    enough = after.marked >= _FEW and after.marked >= _DENSE * after.words and own < _BETTER * after.marked
    better = after.share >= least and after.share >= before.share + _BETTER and after.valid > before.valid
    return found if enough and better else None


def reads_well(text: str) -> bool:
    """Tell whether converted text is Vietnamese through and through: syllables, and none of them short of "ư"."""
    found = score(text)
    return found.share >= _GOOD and len(_LOST_U.findall(text)) < max(2, 0.01 * found.marked)


def codings_of(samples: Mapping[str, str], known: Mapping[str, Coding] | None = None) -> dict[str, Coding]:
    """Say which fonts of a document hold legacy text, and in which coding.

    Args:
        samples: font name to the text set in it, "" for text without a font.
        known: codings of fonts that other text of the document told; they hold where this text is too short to tell.

    Returns:
        Codings of the fonts whose text must be converted: those named so, where converting makes the text more
        Vietnamese; and, where the text itself tells (`detect`), those with other names.
    """
    known = known or {}
    texts = {font: text[:_SAMPLE] for font, text in samples.items() if not text.isascii() or font in known}
    plain = [font for font in texts if not encoding_of_font(font)]
    if len(plain) == len(texts) and not any(suspect(texts[f]) or f in known for f in plain):
        return {}
    found: dict[str, Coding] = {}
    for encoding in ENCODINGS:
        fonts = [font for font in samples if encoding_of_font(font) == encoding]
        undecided: list[str] = []
        for font in fonts:
            text = texts.get(font, "")
            if coding := _named(text, encoding):
                found[font] = replace(coding, capitals=is_capital_font(font))
            elif (read := score(text)).marked < _FEW and read.valid == 0:
                undecided.append(font)
        pooled = _named("\n".join(texts.get(font, "") for font in fonts), encoding) if undecided else None
        if pooled:
            found |= {font: replace(pooled, capitals=is_capital_font(font)) for font in undecided}
    found |= {font: told.coding for font in plain if (told := detect(texts[font]))}
    rest = [font for font in plain if font not in found]
    pooled_plain = "\n".join(texts[font] for font in plain)
    if rest and (told := detect(pooled_plain)):
        found |= dict.fromkeys(rest, told.coding)
    elif score(pooled_plain).marked < _FEW:
        found |= {font: known[font] for font in rest if font in known}
    return found


def decode(runs: Sequence[tuple[str, str]], codings: Mapping[str, Coding]) -> list[list[str]]:
    """Return runs of (font, text), each spread over its characters (see `spread`).

    A letter may reach from one run into the next. Neighbours that are Unicode for all their font's name stay.
    """
    out: list[list[str]] = []
    start = 0
    while start < len(runs):
        coding = codings.get(runs[start][0])
        end = start + 1
        while end < len(runs) and codings.get(runs[end][0]) == coding:
            end += 1
        text = "".join(run for _, run in runs[start:end])
        letters = spread(text, coding) if coding else list(text)
        if coding and _OWN.search(text) and score(text).valid >= score("".join(letters)).valid:
            letters = list(text)
        at = 0
        for _, run in runs[start:end]:
            out.append(letters[at : at + len(run)])
            at += len(run)
        start = end
    return out


def _codings(text: str, encodings: Sequence[str]) -> list[Coding]:
    codings = [Coding(encoding) for encoding in encodings]
    if _ONLY_1258.intersection(text):
        codings += [replace(coding, through_1258=True) for coding in codings]
    return codings


def _try(text: str, coding: Coding) -> Detection:
    return Detection(coding, score("".join(spread(text, coding))))


def _named(text: str, encoding: str) -> Coding | None:
    """Return the coding of text whose font is named for the encoding; None when nothing shows that it is so coded."""
    if text.isascii():
        return None
    before = score(text)
    found = max((_try(text, coding) for coding in _codings(text, [encoding])), key=lambda d: d.score.valid)
    after = found.score
    gained = after.valid - before.valid
    return found.coding if gained > 0.15 * after.marked and (after.share >= _DOUBTFUL or after.marked < _FEW) else None
