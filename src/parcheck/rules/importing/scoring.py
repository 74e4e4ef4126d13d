# SPDX-License-Identifier: Apache-2.0
"""How a row is scored, guessed from its printed lines: only shapes that leave no doubt; anything else stays open."""

from __future__ import annotations

import re
from typing import Any, Final

from parcheck.rules.importing.labels import without_item

EXACT: Final = 1e-6
_NUMBER: Final = r"(\d{1,3}(?:[.,]\d{1,3})?)"
_OPTION: Final = re.compile(
    r"^(?P<text>.+?)\s*(?::|=|thì\s+(?:điểm\s+(?:đánh giá\s+)?là|đạt|được|chấm)|(?:đạt|được|chấm)(?=\s*\d))\s*:?\s*"
    rf"{_NUMBER}\s*(?:điểm|đ)?\s*[.;,]?$",
    re.IGNORECASE,
)
_RATIO: Final = re.compile(
    rf"\(?\s*([b-z]\d?)\s*/\s*a\s*\)?\s*[*x×]\s*(?:\(?\s*)?(?:{_NUMBER}|(điểm\s+(?:tối đa|chuẩn)))", re.IGNORECASE
)
_FLOOR: Final = re.compile(
    rf"[b-z]\d?\s*/\s*a\s*<\s*{_NUMBER}\s*(%?).*?(?:là|:|đạt|được)\s*0(?![.,]?\d)", re.IGNORECASE
)
_FIGURE: Final = re.compile(r"(?:^|Trong đó\s*:?\s*|[;.]\s+)([a-z]\d?)\s*(?:là|:|=)\s*(?P<said>[^;\n]+)", re.IGNORECASE)
_ZERO: Final = re.compile(r"a\s*=\s*0\s*thì\s*(?:đạt|được)?\s*(?:điểm tối đa|tối đa)", re.IGNORECASE)


def neat(value: float) -> float | int:
    """Return points without a needless ".0"."""
    rounded = round(value, 4)
    return int(rounded) if rounded == int(rounded) else rounded


def figures_in(lines: list[str]) -> dict[str, str]:
    """Return the figures that lines define: "a là tổng số nhiệm vụ" gives {"a": "tổng số nhiệm vụ"}."""
    found: dict[str, str] = {}
    for line in lines:
        for match in _FIGURE.finditer(without_item(line)):
            found.setdefault(match[1].lower(), match["said"].strip().rstrip(".;,"))
    return found


def options_in(lines: list[str]) -> list[tuple[str, float]]:
    """Return (words, points) of the lines that say what gives how many points."""
    found = []
    for line in lines:
        match = _OPTION.match(without_item(line))
        if match:
            found.append((match["text"].strip(), float(match[2].replace(",", "."))))
    return found


def scoring_of(lines: list[str], points: float) -> tuple[dict[str, Any] | None, dict[str, str]]:
    """Return (scoring, figures) where the lines leave no doubt; (None, figures) otherwise.

    Args:
        lines: as printed.
        points: the most that the row gives.
    """
    text = "\n".join(lines)
    figures = figures_in(lines)
    ratios = _RATIO.findall(text)
    options = options_in(
        [line for line in lines if not (_RATIO.search(line) or _FLOOR.search(line) or _ZERO.search(line))]
    )
    if ratios:
        weights = {
            name.lower(): neat(points if whole else float(value.replace(",", "."))) for name, value, whole in ratios
        }
        parts = len(re.findall(r"^\W*\(\d\)", text, re.MULTILINE))
        once = len(weights) == len(ratios) and "a" in figures and set(weights) <= set(figures)
        if not once or parts or abs(max(weights.values()) - points) > EXACT or options:
            return None, {}
        made: dict[str, Any] = {"kind": "ratio", "of": "a", "sum": {}, "sum_points": weights}
        made["sum"] = {name: neat(weight / points) for name, weight in weights.items()}
        floors = _FLOOR.findall(text)
        if len(floors) == 1 and len(weights) == 1:
            floor = float(floors[0][0].replace(",", "."))
            made |= {"floor": floor / 100 if floors[0][1] or floor > 1 else floor, "below_floor": 0}
        elif "<" in text:
            return None, figures
        if _ZERO.search(text):
            made["when_zero"] = "full"
        return made, figures
    if len(options) < 2 or len(options) < len(lines) - 2:
        return None, {}
    values = [value for _, value in options]
    if abs(max(values) - points) <= EXACT and (0 in values or abs(sum(values) - points) > EXACT):
        return {"kind": "choice", "options": [{"text": words, "points": neat(value)} for words, value in options]}, {}
    return None, {}
