# SPDX-License-Identifier: Apache-2.0
"""Labels of rows ("I", "1.3.1", "TC 1.1 -", "a)", "-") and points ("1,50", "10 điểm"), as tables print them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["upper", "roman", "plain", "dotted", "letter", "dash"]

_ROMAN: Final = re.compile(r"(?=[IVXL])(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_WORD: Final = r"(?:tiêu chí thành phần|tiêu chí|lĩnh vực|chỉ tiêu|nội dung|nhóm|phần|mục|tctp|tc|lv)"
_LEAD: Final = re.compile(rf"{_WORD}\s*(?:số\s*)?(?=[\dIVXLA-H])", re.IGNORECASE)
_NUMBERED: Final = re.compile(rf"{_WORD}\s*(?:số\s*)?\d", re.IGNORECASE)
_CODE: Final = re.compile(r"(?:\d{1,3}|[IVXL]{1,6}|[A-HĐ])(?:\s*[.,]\s*(?:\d{1,3}|[a-zđ](?![\wà-ỹ])))*")
_LETTER: Final = re.compile(r"\(?([a-zđ])\s*[).]?")
_DASH: Final = re.compile(r"[-–—+•●▪*·]+")
_END: Final = re.compile(r"\s*[.):]?\s*[-–—:]?\s*")
_ITEM: Final = re.compile(r"\s*(?:[-–—+•●▪*·]+|\(?\d{1,2}\)|\d{1,2}[.)](?=\s)|[a-zđ]\))\s*")

_NUMBER: Final = r"(\d{1,4}(?:[.,]\d{1,3})?)"
_POINTS: Final = re.compile(rf"(?P<sign>[-–−+]?)\s*{_NUMBER}\s*(?:điểm|đ(?![\wà-ỹ])|/\s*\d+)?", re.IGNORECASE)
_IN_NAME: Final = re.compile(
    rf"\s*[\[(:;,–-]\s*(?:tối đa\s*|điểm\s*(?:tối đa|chuẩn)?\s*:?\s*)?{_NUMBER}\s*(?:điểm|đ)(?![\wà-ỹ])"
    r"\s*[\])]?\s*[.:]?\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Label:
    """A row's own number."""

    kind: Kind
    parts: tuple[str, ...]

    @property
    def code(self) -> str:
        """The label as a code: "1.3.1"; "" for a dash."""
        return "" if self.kind == "dash" else ".".join(self.parts)

    @property
    def rank(self) -> int:
        """How deep such a label stands where no other sign tells: A, I, 1, 1.1, 1.1.1, a), -."""
        base = {"upper": 0, "roman": 1, "plain": 2, "letter": 20, "dash": 30}
        if self.kind != "dotted":
            return base[self.kind]
        first = 2 if self.parts[0].isdecimal() else 1 if _ROMAN.fullmatch(self.parts[0]) else 0
        return first + len(self.parts) - 1


def label_of(text: str) -> Label | None:
    """Return the label that a cell holds, and nothing but a label; None for anything else."""
    text = " ".join(text.split())
    if not text or len(text) > 40:
        return None
    if _DASH.fullmatch(text):
        return Label("dash", ())
    lead = _LEAD.match(text)
    rest = text[lead.end() :] if lead else text
    found = _parse(rest)
    if found is None or _END.sub("", rest[found[1] :], count=1):
        return None
    return found[0]


def leading_label(text: str, *, loose: bool = False) -> tuple[Label, str] | None:
    """Return (label, rest) of a name that begins with its own code: "TC 1.1 - Thực hiện …", "1.3.1. Tỷ lệ …".

    Args:
        text: the name as printed.
        loose: whether "1. Tên", "I. TÊN" and "a) Tên" count too; without, only codes of several parts and those
            behind "Tiêu chí", "Lĩnh vực", … do, since a name may begin with a number of its own.
    """
    text = " ".join(text.split())
    lead = _LEAD.match(text)
    rest = text[lead.end() :] if lead else text
    found = _parse(rest)
    if found is None:
        return None
    label, end = found
    gap = _END.match(rest, end)
    behind = gap.end() if gap else end
    if behind == end and behind < len(rest):
        return None
    if label.kind != "dotted" and not lead and not (loose and re.match(r"\s*[.):]|\s+[-–—]", rest[end:])):
        return None
    if label.kind == "dotted" and not lead and re.match(r"\s*(?:%|điểm|tỷ|triệu|ngày)", rest[end:]):
        return None
    return (label, rest[behind:].strip()) if rest[behind:].strip() else None


def _parse(text: str) -> tuple[Label, int] | None:
    match = _CODE.match(text)
    if match and (match.end() == len(text) or not (text[match.end()].isalnum())):
        parts = tuple(re.split(r"\s*[.,]\s*", match[0]))
        first = parts[0]
        if len(parts) > 1:
            return Label("dotted", parts), match.end()
        if first.isdecimal():
            return Label("plain", parts), match.end()
        kind: Kind = "roman" if _ROMAN.fullmatch(first) else "upper"
        return Label(kind, parts), match.end()
    letter = _LETTER.match(text)
    if letter and (letter.end() == len(text) or text[letter.end() - 1] in ")."):
        return Label("letter", (letter[1],)), letter.end()
    return None


def roman_value(text: str) -> int:
    """Return the number that a Roman numeral means; 0 for anything else."""
    if not text or not _ROMAN.fullmatch(text):
        return 0
    values = [{"I": 1, "V": 5, "X": 10, "L": 50}[letter] for letter in text]
    return sum(-v if v < max(values[i + 1 :], default=0) else v for i, v in enumerate(values))


def without_item(text: str) -> str:
    """Return a line without the dash, bullet or small number that it begins with."""
    return text[match.end() :] if (match := _ITEM.match(text)) else text.strip()


def is_item(text: str) -> bool:
    """Tell whether a line begins with a dash, bullet or small number."""
    return bool(_ITEM.match(text)) and bool(without_item(text))


def points_in(text: str) -> list[float]:
    """Return the points that a cell holds, one for each of its lines; [] when any line says something else."""
    found: list[float] = []
    for line in text.replace("\n\n", "\n").split("\n"):
        line = line.strip().strip("()[]").strip()  # noqa: PLW2901 - the line without its brackets
        if not line:
            continue
        lead = re.sub(r"^(?:tối đa|điểm)\s*:?\s*", "", line, flags=re.IGNORECASE)
        match = _POINTS.fullmatch(lead.strip())
        if match is None:
            return []
        value = float(match[2].replace(",", "."))
        found.append(-value if match["sign"] in ("-", "–", "−") else value)
    return found


def points_behind(name: str) -> tuple[str, float | None]:
    """Return (name, points) of a name with its points behind it: "CẢI CÁCH THỂ CHẾ (9,0 điểm)"."""
    match = _IN_NAME.search(name)
    if match is None or not name[: match.start()].strip():
        return name, None
    return name[: match.start()].strip(), float(match[1].replace(",", "."))


def names_number(text: str) -> bool:
    """Tell a name like "Lĩnh vực 3: …", whose number is its code."""
    return bool(_NUMBERED.match(text.strip()))
