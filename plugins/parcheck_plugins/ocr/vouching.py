# SPDX-License-Identifier: Apache-2.0
"""Which digits and names of a scan can be vouched for.

Tesseract misreads digits silently, and makes printed digits of handwritten ones, now and then with high confidence.
Looking again at another size tells: print gives the same digits each time, handwriting gives others. In the number and
day of 25 real letterheads one handwritten day came out the same three times and no other handwriting did; every
printed group did.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from parcheck_plugins.letterhead import folding, people
from parcheck_plugins.ocr import engine, prepare

if TYPE_CHECKING:
    from parcheck_plugins.ocr.engine import Engine
    from parcheck_plugins.ocr.prepare import Grey

SIZES: Final = (0.75, 1.35)
"""Of the resolution, for the looks after the first: far enough apart that glyphs fall on other pixels."""
_MARGIN: Final = 8
BLANK: Final = "…"
_NUMBER: Final = re.compile(
    r"^(?P<lead>\W*S\s?[ốôóòồổỗộơoỐÔÓO]?\s*[:.;,]*\s*)(?P<number>[^/]{0,14}?)\s*[_.]*\s*"
    r"(?P<rest>(?:/|(?<=\d)\s?[-–]\s?(?=[^\W\d]))\s*.+)$"
)
_PLAIN_NUMBER: Final = re.compile(r"^[^\w/]*(?P<number>\d[^\s/]{0,12})\s*(?P<rest>/.+)$")
_OPENS: Final = re.compile(r"^\W*S\s?[ốôóo]\s?[:.]\s*\S*[\d/-]", re.IGNORECASE)
_BARE_SIGN: Final = re.compile(r"^[^\w/]*/\s?[A-ZĐ]\S*-\s?[A-ZĐ]\S*$")
_YEAR: Final = re.compile(r"^/\s?(?P<year>\S{4})\s?(?P<sign>[/-].*)$")
_DATE: Final = re.compile(
    r"^\W*(?P<lead>[^\W\d_][^\d,]{1,40}?,?)\s*(?P<named>\bng[àaáả]\S{0,2}?[yýỳvw]?)?\s*(?P<day>\S{0,4}?)\s*"
    r"th[áaảạà]ng\s*(?P<month>\S{0,4}?)[_\s]*n[ăaâ]m\s*(?P<year>\S{0,6}?)[.,;:_]?$",
    re.IGNORECASE,
)
_AFTER_PLACE: Final = re.compile(r",\s*\S{0,4}\s*\S+\s*$")
"""A comma, perhaps a day, and "tháng"."""
_SMALL: Final = 1
"""Words of a place that begin with a small letter, as tesseract now and then reads them."""
_TRAILING: Final = re.compile(r"[\s_.,'‘’|]+")


def looks(
    grey: Grey,
    box: tuple[int, int, int, int],
    dpi: float,
    with_: Engine,
    *,
    before: float = 0.0,
    after: float = 0.0,
) -> list[str]:
    """Return what one line of the picture reads at other sizes, some heights of it more on the left and the right."""
    left, top, right, bottom = box
    begin = max(0, round(left - _MARGIN - before * (bottom - top)))
    end = round(right + _MARGIN + after * (bottom - top))
    crop = grey[max(0, top - _MARGIN) : bottom + _MARGIN, begin:end]
    found = []
    for size in SIZES:
        words = with_.words(prepare.resized(crop, size), engine.LINE, dpi * size)
        found.append(folding.clean(" ".join(word.text for word in words)))
    return found


def is_number(text: str) -> bool:
    """Tell a line "Số: 45/TTr-SNV", however its digits came out."""
    return len(text) < 60 and any(form.match(text) for form in (_NUMBER, _PLAIN_NUMBER, _BARE_SIGN, _OPENS))


def is_date(text: str) -> bool:
    """Tell a line "<Địa danh>, ngày 05 tháng 3 năm 2025", however its digits came out.

    Titles name months and years as well ("Báo cáo tháng 6 năm 2025", "6 tháng đầu năm 2025"), but have neither the
    comma behind the place nor the word "ngày".
    """
    match = _DATE.match(text) if len(text) < 70 else None
    if match is None or not (match["named"] or _AFTER_PLACE.search(text[: match.start("month")])):
        return False
    spelt = match["month"].isalpha() and len(match["month"]) > 2
    small = sum(word[0].islower() for word in match["lead"].split())
    return match["lead"][0].isupper() and not spelt and small <= _SMALL and not folding.key(text).startswith("CANCU")


def number(first: str, others: list[str]) -> tuple[str, str]:
    """Return the line of the number with what can be vouched for, and as it seems to read.

    A line that does not say "Số" lost its beginning, so its digits are no number ("2023/TT-BCA" under a stamp).
    """
    texts = (first, *others)
    matches = [m for text in texts if (m := _NUMBER.match(text))]
    if not matches:
        if _BARE_SIGN.match(first):
            return f"Số: {BLANK}{_sign(first)}", first
        plain = _PLAIN_NUMBER.match(first)
        return (f"{BLANK} {plain['rest']}", first) if plain else (first, first)
    readings = [_digits(m["number"]) for m in matches]
    rest = _agreed([_sign(m["rest"]) for m in matches])
    # A look that lost the stroke between number and sign says the same all the same.
    whole = _compact(f"Số{readings[0]}{rest}")
    alike = all(_NUMBER.match(text) or _compact(text) == whole for text in texts)
    sure = alike and len(matches) > 1 and len(set(readings)) == 1 and readings[0].isdigit()
    guess = next((r for r in readings if r.isdigit()), readings[0])
    year = _YEAR.match(rest)
    if year and not year["year"].isdigit():
        sure = False
    return f"Số: {readings[0] if sure else BLANK}{rest}", f"Số: {guess}{rest}"


def _compact(text: str) -> str:
    return folding.key(text).replace("/", "")


def date(first: str, others: list[str]) -> tuple[str, str]:
    """Return the line of place and date with what can be vouched for, and as it seems to read."""
    match = _DATE.match(first)
    if match is None:
        return first, first
    again = [m for text in others if (m := _DATE.match(text))]
    sure, guess = {}, {}
    for part in ("day", "month", "year"):
        readings = [_digits(m[part]) for m in (match, *again)]
        digits = Counter(r for r in readings if r.isdigit())
        guess[part] = digits.most_common(1)[0][0] if digits else readings[0]
        # Months and years are printed with the form; the day is what is filled in by hand.
        needed = len(others) + 1 if part == "day" else 2
        agreed = len(digits) == 1 and digits[guess[part]] >= min(needed, len(others) + 1)
        sure[part] = guess[part] if agreed and _possible(part, guess[part]) else BLANK
    lead = _agreed([m["lead"].rstrip(" .,") for m in (match, *again)])

    def line(parts: dict[str, str]) -> str:
        return f"{lead}, ngày {parts['day']} tháng {parts['month']} năm {parts['year']}"

    return line(sure), line(guess)


def name(first: str, others: list[str]) -> tuple[str, bool]:
    """Return a name as most looks read it, and whether two of them agree but for the marks and none says another."""
    readings = [first, *others]
    keys = Counter(folding.key(r) for r in readings)
    key, count = keys.most_common(1)[0]
    if count < 2 or any(folding.key(r) != key and people.name_in(r) for r in readings):
        return first, False
    return _agreed([r for r in readings if folding.key(r) == key]), True


def _possible(part: str, digits: str) -> bool:
    value = int(digits)
    if part == "year":
        return 1945 <= value <= 2100
    return 1 <= value <= (31 if part == "day" else 12) and len(digits) <= 2


def _digits(words: str) -> str:
    return _TRAILING.sub("", words)


def _sign(rest: str) -> str:
    """Return the sign without spaces, in one spelling of Đ."""
    return re.sub(r"Đ{2,}", "Đ", re.sub(r"\s+", "", folding.normalise(rest)).rstrip("_.,;:|"))


def _agreed(readings: list[str]) -> str:
    """Return the reading that most looks gave, the first of those that tie."""
    counts = Counter(readings)
    most = max(counts.values())
    return next(r for r in readings if counts[r] == most)
