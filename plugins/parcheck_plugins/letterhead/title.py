# SPDX-License-Identifier: Apache-2.0
"""Type and trích yếu: centred under the letterhead, or "V/v …" in the left column of an agency's letter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from parcheck.model import Source
from parcheck_plugins.letterhead import folding, grammar, issuers, people
from parcheck_plugins.letterhead.geometry import Found, centre, height, text_of
from parcheck_plugins.letterhead.header import is_draft

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcheck.reading.document import Line
    from parcheck_plugins.letterhead.header import Header

ABOUT: Final = re.compile(r"^\W*(?:V\s?/\s?[vV]|v/v|(?:Về|VỀ|về)\s+việc)\s*[:.]?\s*", re.IGNORECASE)
_STOP: Final = re.compile(
    r"^(?:CANCU|KINHGUI|DIEU1|CHUONGI|PHANI|PHANTHU|KEMTHEO|BANHANHKEMTHEO|DABANHANH|THUCHIENTHEO|XETDENGHI|NOINHAN"
    r"|I[A-Z]?\.|MODAU|TRANG\d)"
)
_ENCLOSED: Final = re.compile(r"^\(.*(?:kèm theo|ban hành|Ban hành)", re.IGNORECASE)
_RULE: Final = re.compile(r"^[\W_]+$")
_NUMBERED: Final = re.compile(r"^(?:[IVX]+|[A-D]|\d+)\s?[.)]\s")
_LEVEL: Final = 12.0
"""Points by which left edges may differ that are meant to be one."""
_CENTRED: Final = 45.0
"""Points by which the middles of heading and trích yếu may differ."""
_ANNEX: Final = re.compile(r"^(?:PHỤ LỤC|Phụ lục|PHỤ BIỂU)(?:\s+(?:SỐ|số)?\s*[\dIVX]+[A-Za-z]?)?\s*[.:]?$")


def read_about(header: Header) -> Found | None:
    """Return the trích yếu of an agency's letter: from "V/v" on, down the left column."""
    taken: list[Line] = []
    for line in header.left:
        if not taken:
            if ABOUT.match(line.text):
                taken.append(line)
            continue
        if _RULE.match(line.text) or folding.key(line.text).startswith("KINHGUI"):
            break
        if line.source is Source.STAMP or line.box[1] - taken[-1].box[3] > 0.8 * height(line):
            break
        taken.append(line)
    subject = ABOUT.sub("", text_of(taken)).strip(" ./*_")
    return Found(subject, tuple(taken)) if subject else None


def read_title(
    lines: Sequence[Line], top: float, middle: float, *, whole_line: bool = False
) -> tuple[Found | None, Found | None]:
    """Return type and trích yếu that stand below `top`, centred about `middle` (points from the left).

    With `whole_line` the type's name must have a line of its own.
    """
    below = [x for x in lines if x.box[1] >= top - 3 and x.source is not Source.STAMP]
    for i, line in enumerate(below[:40]):
        compact = folding.key(line.text)
        if compact.startswith(("KINHGUI", "CANCU")):
            break
        capital = line.text == line.text.upper()
        if not capital or abs(centre(line) - middle) > 90:
            continue
        if code := grammar.type_named(line.text):
            kind = Found(code, (line,))
            below = below[i + 1 :]
            # Telegrams and contracts print their number between the type and the trích yếu.
            if below and below[0].text[:1] in "Ss" and grammar.parse_symbol(below[0].text):
                line, below = below[0], below[1:]  # noqa: PLW2901 - the title goes on below the number
            return kind, subject_under(below, line)
        leading = grammar.type_leading(line.text)
        if whole_line and leading and not leading[1].startswith("VỀ "):
            continue
        if leading and names_author(leading[1]):
            return Found(leading[0], (line,)), subject_under(below[i + 1 :], line)
        if leading and leading[1] and not leading[1].upper().startswith("SỐ"):
            subject = subject_under(below[i + 1 :], line, leading[1])
            return Found(leading[0], (line,)), subject
    return None, None


def read_uncapped(lines: Sequence[Line], header: Header) -> tuple[Found | None, Found | None]:
    """Return type and trích yếu of a text that lost its capitals, as those converted from fonts of capitals do.

    The type is a line of its own ("Thông tư", "quyết định của bộ trưởng …"), agrees with the sign where that names
    one, and begins level with what follows or is centred over it. The trích yếu must be followed by "Căn cứ …".
    """
    below = [x for x in lines if x.box[1] >= header.bottom - 3 and x.source is not Source.STAMP]
    signed = header.parsed.type if header.parsed else None
    for i, line in enumerate(below[:8]):
        if _STOP.match(folding.key(line.text)):
            break
        name, by, author = line.text.partition(" của ")
        code = grammar.type_named(name)
        if code is None or (by and not (people.is_title(author) or issuers.rank(author) is not None)):
            continue
        taken = until_grounds(below[i + 1 :])
        if not taken or code != (signed or code) or (by and not ABOUT.match(taken[0].text)):
            break
        if abs(line.box[0] - taken[0].box[0]) > _LEVEL and abs(centre(line) - centre(taken[0])) > _CENTRED:
            break
        return Found(code, (line,)), _uncapped_subject(taken, author)
    return None, None


def names_author(words: str) -> bool:
    """Tell "CỦA BỘ TRƯỞNG BỘ TÀI CHÍNH" behind a type: who issues it, no part of what it is about."""
    author = words.removeprefix("CỦA ")
    if author == words or author != author.upper() or " VỀ " in author or any(c.isdigit() for c in author):
        return False
    return people.is_title(author) or issuers.rank(author) is not None


def until_grounds(lines: Sequence[Line]) -> list[Line]:
    """Return the lines before "Căn cứ …", none when it does not follow soon."""
    for i, line in enumerate(lines[:8]):
        if folding.key(line.text).startswith("CANCU"):
            return list(lines[:i])
    return []


def _uncapped_subject(taken: list[Line], author: str) -> Found | None:
    """Leave out the authority that the heading named already; any other name of one leaves the end in doubt."""
    if author and len(taken) > 1 and folding.key(taken[-1].text) == folding.key(author):
        taken = taken[:-1]
    doubtful = any(people.is_title(x.text) or issuers.rank(x.text) is not None for x in taken)
    closed = any(_RULE.match(x.text) or _ENCLOSED.match(x.text) for x in taken)
    if doubtful or closed:
        return None
    subject = ABOUT.sub("", text_of(taken)).strip(" ./*_")
    return Found(subject, tuple(taken)) if subject else None


def read_annex_title(lines: Sequence[Line]) -> tuple[Found | None, Found | None]:
    """Return "PHỤ LỤC" and the title under it for a file that begins with one."""
    for i, line in enumerate(lines[:8]):
        if _ANNEX.match(line.text):
            return Found("PHỤ LỤC", (line,)), subject_under(list(lines[i + 1 :]), line)
    return None, None


def read_bare_title(lines: Sequence[Line], middle: float) -> Found | None:
    """Return the title in capitals at the top of a file without letterhead; a line like "Bảng 2" may stand above."""
    for i, line in enumerate(lines[:6]):
        if line.source is Source.STAMP or len(line.text.split()) < 3 or len(line.text) < 15:
            continue
        if line.text != line.text.upper() or not any(c.isalpha() for c in line.text):
            if len(line.text.split()) > 8:
                return None
            continue
        if abs(centre(line) - middle) > 60 or issuers.is_issuer(line.text) or line.text.isascii():
            continue
        return subject_under(lines[i + 1 :], line, line.text)
    return None


def subject_under(below: Sequence[Line], head: Line, begun: str = "") -> Found | None:
    """Take the centred lines under the type while they look like one title."""
    taken: list[Line] = [head] if begun else []
    middle, last = centre(head), head
    step: float | None = None
    for line in below:
        gap = line.box[1] - last.box[3]
        compact = folding.key(line.text)
        if _RULE.match(line.text) or _ENCLOSED.match(line.text):
            break
        if _STOP.match(compact) and not _goes_on(line, taken):
            break
        first = not taken or taken == [head]
        if is_draft(line):
            continue
        if gap < -0.5 * height(line):
            continue
        if first and not begun:
            if gap > 2.0 * height(line) or abs(centre(line) - middle) > 45:
                break
            if _NUMBERED.match(line.text):
                break
        else:
            limit = 0.8 * height(line) if step is None else max(step + 4, 0.35 * height(line))
            if gap > limit or abs(centre(line) - middle) > 16:
                break
            if line.bold is not None and taken[-1].bold is not None and line.bold != taken[-1].bold:
                break
            if _new_voice(line, taken[-1], gap, step) or _is_aside(line, taken):
                break
            if taken[-1] is not head:
                step = max(gap, step or 0.0)
        taken.append(line)
        last = line
        if len(taken) > 12:
            return None
    words = _unquoted(" ".join([begun, *(x.text for x in taken if x is not head)]).strip())
    subject = ABOUT.sub("", words).strip(" ./*_")
    return Found(subject, tuple(taken)) if subject else None


def _unquoted(words: str) -> str:
    """Take the quotation marks off that enclose a whole title."""
    opened = words.startswith(('"', "“"))
    return (
        words[1:].rstrip('"”') if opened and words.count('"') + words.count("“") <= 2 and words[-1] in '"”' else words
    )


def _is_aside(line: Line, taken: Sequence[Line]) -> bool:
    """Tell a remark in brackets under the title, set in letters of its own."""
    last = taken[-1]
    if not line.text.startswith("(") or " ".join(x.text for x in taken).count("(") > last.text.count(")"):
        return False
    if Source.OCR in (line.source, last.source):
        # Of recognised lines only the height of a box is known, which one letter with two marks makes larger.
        return False
    sizes = (line.size, last.size)
    return line.italic != last.italic or (None not in sizes and abs((line.size or 0) - (last.size or 0)) > 0.6)


def _goes_on(line: Line, taken: Sequence[Line]) -> bool:
    """Tell "BAN HÀNH KÈM THEO …" inside a title in capitals from the note "Ban hành kèm theo …" under one."""
    if not taken or not folding.key(line.text).startswith("BANHANHKEMTHEO"):
        return False
    return all(x.text == x.text.upper() for x in (line, taken[-1])) and line.bold == taken[-1].bold


def _new_voice(line: Line, last: Line, gap: float, step: float | None) -> bool:
    """Tell the authority line ("CHỦ TỊCH ỦY BAN NHÂN DÂN …") that follows the trích yếu of a decision."""
    if line.text != line.text.upper():
        return False
    if last.text != last.text.upper():
        return people.is_title(line.text) or issuers.is_issuer(line.text) or gap > (step or 0) + 2
    return (people.is_title(line.text) or issuers.is_issuer(line.text)) and gap > (step or 0) + 3
