# SPDX-License-Identifier: Apache-2.0
"""What a cell says besides citing documents: something is attached, a reason, a share of a whole, former names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from parcheck.submission.sheet import Share
from parcheck_plugins.letterhead.folding import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parcheck_plugins.submissions.citing import Found

_ATTACHED: Final = re.compile(
    r"(?:gửi|đính|có|nộp|tải)?\s*kèm(?:\s+theo)?(?!\w)|(?<!\w)phụ lục(?!\w)"
    r"|(?<!\w)(?:file|tệp)\s+(?:scan|đính|ảnh|kèm)",
    re.IGNORECASE,
)
_WITH: Final = re.compile(
    r"(?:ban hành\s+)?kèm\s+theo\s+(?:\w+\s+){0,3}"
    r"(?:…|Quyết định|Kế hoạch|Công văn|Thông tư|Nghị định|Nghị quyết|Báo cáo)(?!\w)"
)
"""What "ban hành kèm theo Quyết định số …" says is attached to another document, not to this paper."""
_REASON: Final = re.compile(
    r"(?<!\w)(?:do đó|do vậy|vì vậy|vì thế|lý do|lí do|nguyên nhân|không phát sinh|chưa phát sinh|không có|chưa có"
    r"|chưa được|chưa đến|chưa ban hành|không ban hành|không tổ chức|không thuộc|không thực hiện|giải trình|giải thể"
    r"|khách quan|chậm nhất|nên không|nên chưa|do (?:chưa|không|trong|việc|mới|sắp xếp|sáp nhập)"
    r"|đang (?:trình|chờ|xây dựng|lấy ý kiến))(?!\w)",
    re.IGNORECASE,
)
_SENTENCE: Final = re.compile(r"(?<=[.;!?])\s+(?=[A-ZĐÀ-Ý(“\"+\-–•\d])|\n")
_NUMBER: Final = r"\d{1,3}(?:\.\d{3})+|\d{1,6}"
_SHARE: Final = re.compile(
    rf"(?<![\d/.,\w])(?P<part>{_NUMBER})\s?/\s?(?:tổng\s+(?:số\s+)?)?(?P<whole>{_NUMBER})(?![\d/\w]|[.,]\d|-)"
    r"(?P<unit>(?:\s+(?!đạt|chiếm|bằng|tỷ lệ|tỉ lệ|tương|đã|được|theo|của|là|và|trong)[^\W\d_]+){0,4})"
    r"(?:\s*[,(:=–-]?\s*(?:(?:đạt|chiếm|bằng|tương ứng|tỷ lệ|tỉ lệ|là|hoàn thành)\s*(?:tỷ lệ|tỉ lệ)?\s*:?\s*)?"
    r"(?P<percent>\d{1,3}(?:[.,]\d+)?)\s?%)?"
)
_DATE_BEFORE: Final = re.compile(
    r"(?:ngày|tháng|quý|từ|đến|số|khoản|điều|điểm|mục|năm|sau|trước)\s*(?:\d[\d/\-]*\s*[-–]\s*)?$", re.IGNORECASE
)
_YEARS: Final = range(1990, 2101)
_FORMER: Final = re.compile(
    r"(?P<level>tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã|phường)\s+"
    r"(?P<name>[A-ZĐÀ-ÖØ-Ý]\S*?(?:\s+[A-ZĐÀ-ÖØ-Ý]\S*?)*)\s*\(?\s*(?:cũ\)|trước (?:khi )?(?:sáp nhập|hợp nhất|sắp xếp))"
)


def attached(text: str, found: Sequence[Found]) -> tuple[str, ...]:
    """Return the words that say that something is attached, citations left out: what it is cannot be seen here."""
    rest = without(text, found, "…")
    rest = _WITH.sub("…", rest)
    return tuple(part for part in _parts(rest) if _ATTACHED.search(part))


def explanation(text: str, found: Sequence[Found]) -> str | None:
    """Return the sentences that give a reason ("… nên không có …"), not those that only state what was done."""
    rest = without(text, found, "…")
    # "do đó" and its like stand in one sentence, the facts they rest on in the one before: both are shown.
    parts = list(_parts(rest))
    kept = [part for part in parts if _REASON.search(part) and len(part.split()) > 3]
    return "\n".join(kept) or None


def without(text: str, found: Sequence[Found], gap: str) -> str:
    """Return a text with citations replaced."""
    out, at = [], 0
    for citation in found:
        if citation.start >= at:
            out += [text[at : citation.start], gap]
        at = max(at, citation.end)
    return "".join([*out, text[at:]])


def _parts(text: str) -> Iterator[str]:
    for part in _SENTENCE.split(text):
        words = clean(part).strip(" ;,-–+•*")
        if any(character.isalpha() for character in words):
            yield words


def shares(text: str) -> tuple[Share, ...]:
    """Return the parts of a whole that a text states, dates and numbers of documents left out."""
    found: dict[tuple[float, float, str], Share] = {}
    for match in _SHARE.finditer(text):
        part, whole = _integer(match["part"]), _integer(match["whole"])
        unit = clean(match["unit"]).casefold()
        if _DATE_BEFORE.search(text, max(0, match.start() - 24), match.start()):
            continue
        if (whole in _YEARS and part <= 12) or not whole or (not unit and match["percent"] is None):
            continue
        percent = match["percent"]
        decimals = len(re.split(r"[.,]", percent)[1]) if percent and re.search(r"[.,]", percent) else 0
        stated = float(percent.replace(",", ".")) if percent else None
        share = Share(part, whole, unit, stated, decimals, clean(match[0]))
        found.setdefault((part, whole, unit), share)
    return tuple(found.values())


def _integer(text: str) -> float:
    return float(text.replace(".", ""))


def former_names(text: str) -> tuple[str, ...]:
    """Return the names of units that a text calls predecessors: "UBND tỉnh Bình Thuận (trước sáp nhập)"."""
    found: dict[str, None] = {}
    for match in _FORMER.finditer(text):
        found[f"UBND {match['level']} {clean(match['name'])}"] = None
    return tuple(found)
