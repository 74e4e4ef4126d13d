# SPDX-License-Identifier: Apache-2.0
"""Numbers stated of what is listed right behind them: "09 cuộc họp: (1) … (9) …", "12 văn bản (Công văn số …, …)".

Only plain cases are looked at: one number in the words before the list, and a list that is not called a selection.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from parcheck.submission.sheet import Count
from parcheck_plugins.letterhead.folding import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcheck_plugins.submissions.citing import Found

_DOCUMENTS: Final = (
    r"văn bản|quyết định|kế hoạch|báo cáo|thông báo|công văn|nghị quyết|kết luận|chỉ thị|tờ trình|biên bản|chương trình"
)
_EVENTS: Final = r"cuộc|hội nghị|buổi|lớp|đợt|đoàn|mô hình|sáng kiến|giải pháp|phóng sự|bài|chuyên mục|lượt kiểm tra"
_COUNTED: Final = re.compile(
    rf"(?<![\d/.,\-])(?P<number>\d{{1,3}})\s+(?P<noun>(?P<document>{_DOCUMENTS})|{_EVENTS})(?!\w)", re.IGNORECASE
)
_SELECTED: Final = re.compile(
    r"trong đó|tiêu biểu|điển hình|ví dụ|chẳng hạn|một số|nổi bật|như(?!\w)|…|\.\.\.|v\.v|kèm|phụ lục|danh mục"
    r"|khác(?!\w)|còn lại",
    re.IGNORECASE,
)
"""Words that say that the list is not, or may not be, the whole."""
_ITEM: Final = re.compile(r"\s*(?P<open>\(?)(?P<number>\d{1,3})(?P<close>[.)])(?=\s)")
_BULLET: Final = re.compile(r"\s*(?P<bullet>[-–+•*])\s*")
_SENTENCE: Final = re.compile(r"[.;]\s+")
_OPENS: Final = re.compile(
    r"(?:\s+(?!theo|tại|của|do|về|trong|cần|phải|được|đã)[^\W\d_]+){0,3}\s*(?:,?\s*gồm)?\s*(?P<open>[(:])\s*"
)
"""From what is counted to the list that begins in the same line."""


def counts_that_differ(text: str, found: Sequence[Found]) -> tuple[Count, ...]:
    """Return the stated numbers that the lists behind them do not bear out.

    Args:
        text: what a unit wrote about a row, lines joined.
        found: the documents that it cites, with their places in the text.
    """
    cited = [citation.start for citation in found if not citation.cited.mentioned]
    differing: list[Count] = []
    at = 0
    lines = text.split("\n")
    for index, line in enumerate(lines):
        start, at = at, at + len(line) + 1
        if line.rstrip().endswith(":"):
            differing += _of_list_below(line, lines[index + 1 :], at, cited)
        else:
            differing += _of_list_inside(line, start, cited)
    return tuple(differing)


def _of_list_below(line: str, below: Sequence[str], at: int, cited: Sequence[int]) -> list[Count]:
    sentence = _SENTENCE.split(_ITEM.sub("", line))[-1]
    stated = list(_COUNTED.finditer(sentence))
    if len(stated) != 1 or _SELECTED.search(sentence) or not below:
        return []
    items = _numbered(below) if _ITEM.match(below[0]) else _bulleted(below) if stated[0]["document"] else []
    if len(items) < 2 or any(_SELECTED.match(clean(item)) for item in items):
        return []
    end = at + len("\n".join(below[: below.index(items[-1]) + 1]))
    documents = sum(at <= place < end for place in cited)
    return _differing(stated[0], {len(items), documents} if stated[0]["document"] else {len(items)}, len(items))


def _numbered(lines: Sequence[str]) -> list[str]:
    """Return the items of a list "(1) … (2) …"; lines between them belong to the item before."""
    items: list[str] = []
    style: tuple[str, str] | None = None
    for line in lines:
        match = _ITEM.match(line)
        if match is None or (style and style != (match["open"], match["close"])):
            continue
        style = (match["open"], match["close"])
        if int(match["number"]) == 1 and items:
            break
        if int(match["number"]) != len(items) + 1:
            return []
        items.append(line)
    return items


def _bulleted(lines: Sequence[str]) -> list[str]:
    items: list[str] = []
    for line in lines:
        match = _BULLET.match(line)
        if match is None or (items and match["bullet"] != items[0].strip()[0]):
            break
        items.append(line)
    return items


def _of_list_inside(line: str, start: int, cited: Sequence[int]) -> list[Count]:
    differing: list[Count] = []
    for match in _COUNTED.finditer(line):
        opens = _OPENS.match(line, match.end())
        if not match["document"] or opens is None:
            continue
        end = _closing(line, opens.end()) if opens["open"] == "(" else len(line)
        inside = line[opens.end() : end]
        listed = sum(start + opens.end() <= place < start + end for place in cited)
        if listed >= 2 and not _SELECTED.search(inside) and (opens["open"] == "(" or not _SENTENCE.search(inside)):
            differing += _differing(match, {listed}, listed)
    return differing


def _closing(line: str, at: int) -> int:
    depth = 1
    for place in range(at, len(line)):
        depth += (line[place] == "(") - (line[place] == ")")
        if depth == 0:
            return place
    return len(line)


def _differing(match: re.Match[str], fitting: set[int], listed: int) -> list[Count]:
    stated = int(match["number"])
    return [] if stated in fitting else [Count(stated, listed, clean(match[0]))]
