# SPDX-License-Identifier: Apache-2.0
"""Ratios worked out anew: "61/64 kiến nghị, đạt 95,31%"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from parcheck.model import Certainty, Finding, Place, Severity, Source
from parcheck_plugins.body.figures import parse_number
from parcheck_plugins.crosschecks.one import OneDocument
from parcheck_plugins.letterhead.folding import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcheck.model import Evidence

_NUMBER: Final = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
_RATIO: Final = re.compile(
    rf"(?<![\w/.,-])(?P<part>{_NUMBER})\s?/\s?(?:tổng(?:\s+số)?\s+)?(?P<whole>{_NUMBER})(?![\d/])"
    r"(?P<unit>[^\d;:%.()=]{0,60}?)"
    r"(?:,?\s*(?:đạt|chiếm|bằng|=)\s*(?:(?:tỷ|tỉ)\s+lệ\s*:?\s*)?|,\s*(?:tỷ|tỉ)\s+lệ\s*:?\s*"
    r"|\s*\(\s*(?:(?:đạt|chiếm|bằng|tỷ lệ|tỉ lệ)\s*)?)"
    r"(?P<percent>\d{1,4}(?:[.,]\d{1,4})?)\s?%"
)
# Words that make the percentage another quantity's.
_OTHER: Final = re.compile(
    r"chỉ tiêu|mục tiêu|kế hoạch|tăng|giảm|so với|vượt|trong đó|còn lại|tối thiểu|tối đa|điểm|xếp|hạng|\bngày\b|\bnăm\b"
    r"|tháng|\bvà\b.*\bvà\b",
    re.IGNORECASE,
)
_BEFORE: Final = re.compile(r"(?:ngày|tháng|số|điều|khoản|hạng|thứ|kỳ|quý|mức)\s*$", re.IGNORECASE)
_COUNTED: Final = re.compile(
    r"^\s*(?:nhiệm vụ|đơn vị|cơ quan|hồ sơ|xã|phường|sở|thủ tục|TTHC|văn bản|kiến nghị|phòng|công chức)\b",
    re.IGNORECASE,
)
"""What is counted out of a whole: more than the whole is a slip. Targets may well be passed (money, hectares)."""


def find_ratios(text: str) -> list[tuple[dict[str, Any], int]]:
    """Return the ratios that a text states with their percentage, and where each begins.

    Each has part, whole, percent, decimals (of the percentage as printed), counted and words.
    """
    found: list[tuple[dict[str, Any], int]] = []
    for match in _RATIO.finditer(text):
        if _OTHER.search(match["unit"]) or _BEFORE.search(text[max(0, match.start() - 12) : match.start()]):
            continue
        percent = match["percent"].replace(".", ",")
        entry = {
            "part": parse_number(match["part"]),
            "whole": parse_number(match["whole"]),
            "percent": parse_number(percent),
            "decimals": len(percent.partition(",")[2]),
            "counted": bool(_COUNTED.match(match["unit"])),
            "words": clean(match[0]),
        }
        found.append((entry, match.start()))
    return found


class RatiosCompute(OneDocument):
    """Percentages that do not follow from their two numbers, and parts that are more than the whole."""

    name = "ratios"
    codes: tuple[str, ...] = ("ratio-differs", "ratio-above-whole")
    needs = frozenset({"ratios"})

    def look(self, evidence: Evidence) -> Iterator[Finding]:
        """Yield one finding per wrong ratio, the same words once."""
        said: set[str] = set()
        for entry in evidence.reading.facts.get("ratios") or ():
            if not entry["whole"] or entry["words"] in said:
                continue
            said.add(entry["words"])
            value = 100 * entry["part"] / entry["whole"]
            place = Place(entry.get("page"), words=entry["words"], source=Source.TEXT)
            # Rounded or cut off, both are in use: one unit of the last digit printed.
            if abs(value - entry["percent"]) > 10.0 ** -entry["decimals"] + 1e-9:
                args = {"percent": entry["percent"], "value": round(value, 2)}
                yield Finding("ratio-differs", args, Certainty.LIKELY, Severity.WARNING, evidence.id, place)
            elif entry["part"] > entry["whole"] and entry["counted"]:
                args = {"percent": entry["percent"]}
                yield Finding("ratio-above-whole", args, Certainty.HINT, Severity.WARNING, evidence.id, place)
