# SPDX-License-Identifier: Apache-2.0
"""Names of public bodies in running text: where "của Sở Nội vụ về việc …" ends, who "đã có Báo cáo số …"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_HEADS: Final = (
    r"UBND|Ủy ban|Uỷ ban|HĐND|Hội đồng|UBMTTQ|MTTQ|Mặt trận|Sở|Bộ|Cục|Chi cục|Tổng cục|Vụ|Ban|Văn phòng|VP|Phòng"
    r"|Trung tâm|TTXT|Đoàn|Tổ|Đội|Thanh tra|Công an|Chính phủ|Thủ tướng|Chủ tịch|Phó Chủ tịch|Giám đốc|Bộ trưởng"
    r"|Quốc hội|Ủy viên|Tỉnh ủy|Tỉnh uỷ|Thành ủy|Thành uỷ|Đảng ủy|Đảng uỷ|Huyện ủy|Viện|Trường|Tòa án|Toà án"
    r"|Kho bạc|Bảo hiểm|BHXH|Báo|Đài|Liên đoàn|Liên minh|Hội|Chi nhánh|Ngân hàng|Bệnh viện|Quỹ|Hạt|Trạm|Thuế|Hải quan"
)
# "Bộ" and "Hội nghị" begin other words too: what follows decides.
_NOT_A_BODY: Final = r"(?!\s+(?:nghị|thi|thảo|tiêu|chỉ\s+số|thủ tục|máy|phận|phim|ảnh|cáo|biểu|chức|luật)\b)"
HEAD: Final = re.compile(rf"(?:{_HEADS})(?!\w){_NOT_A_BODY}")
_ANY_HEAD: Final = re.compile(rf"(?:{_HEADS})(?!\w){_NOT_A_BODY}", re.IGNORECASE)
_SHORT_HEADS: Final = frozenset({"sở", "phòng", "vụ", "ban", "cục", "bộ", "trung tâm", "đoàn", "chi cục", "viện", "tổ"})

_STOPS: Final = re.compile(
    r"(?:về|v/v|vv|ban hành|ngày|trong|tại|năm|để|đã|đang|sẽ|có|là|gửi|trình|nêu|giao|cho|theo|với|nhằm|được|bằng|kèm"
    r"|từ|khi|sau|trước|trên|nhưng|nên|thì|đối với|gồm|bao gồm|đạt|cụ thể|liên quan)(?!\w)",
    re.IGNORECASE,
)
"""Words that end a body's name wherever they stand."""
_LATE_STOPS: Final = re.compile(
    r"(?:công bố|phê duyệt|quy định|triển khai|hướng dẫn|đề nghị|thành lập|bãi bỏ|sửa đổi|thực hiện|yêu cầu|tổng hợp"
    r"|tổ chức|tổng kết|kiện toàn|giao|kết luận|quyết định|kế hoạch|báo cáo|thông báo|công văn|nghị quyết|chỉ thị"
    r"|tờ trình|quy chế|đánh giá|phân công|bổ sung|thông qua|đôn đốc|chỉ đạo|cung cấp|xác nhận|công nhận|phối hợp"
    r"|kiểm tra|rà soát|giải quyết|điều chỉnh|phát động)(?!\w)",
    re.IGNORECASE,
)
"""Words that end a name, but for its second part: "Sở Kế hoạch và Đầu tư", "Đoàn kiểm tra 557"."""
_TOKEN: Final = re.compile(r"\s*(?:([,\-–&])\s*)?([^\s,;:()\[\]“”\"\n./]+(?:\.(?=\w)[^\s,;:()\[\]“”\"\n./]+)*)")
_COMMA_INSIDE: Final = re.compile(r"\s*,\s*[^\W\d_]+(?:\s[^\W\d_]+){0,3}\s+và\s+[^\W\d_]+")
_PARENT: Final = re.compile(r"\s*,\s*(?=(?:Bộ|UBND|Ủy ban|Uỷ ban|Chính phủ|Văn phòng)(?!\w))")
_DOCUMENT: Final = re.compile(
    r"(?:Quyết định|Kế hoạch|Báo cáo|Thông báo|Công văn|Kết luận|Tờ trình|Nghị quyết)\s+(?:số|\d)"
)
MAX_WORDS: Final = 22


@dataclass(frozen=True, slots=True)
class Body:
    """A body's name in a text."""

    name: str
    end: int
    """Where the name ends in the text."""
    parent: str | None = None


def body_at(text: str, start: int, *, any_case: bool = False) -> Body | None:
    """Return the body whose name begins at `start`, or None when none does.

    The name ends where a verb, a preposition, a document or punctuation begins; a comma belongs to it inside names
    like "Sở Văn hóa, Thể thao và Du lịch", and before a higher body ("Cục …, Bộ Tư pháp") it gives the parent.
    """
    head = (_ANY_HEAD if any_case else HEAD).match(text, start)
    if head is None:
        return None
    end, words, seen_and = head.end(), 0, False
    early = head[0].casefold() in _SHORT_HEADS
    parent = None
    while words < MAX_WORDS:
        token = _TOKEN.match(text, end)
        if token is None or "\n" in token[0]:
            break
        joint = token[1]
        if joint == ",":
            above = _PARENT.match(text, end)
            inner = None if seen_and or words > 4 else _COMMA_INSIDE.match(text, end)
            if above and (upper := body_at(text, above.end())):
                parent, end_all = upper.name, upper.end
                return Body(_clean(text[start:end]), end_all, parent)
            if not inner or _DOCUMENT.match(text, token.start(2)):
                break
        if _STOPS.match(text, token.start(2)):
            break
        late = _LATE_STOPS.match(text, token.start(2))
        if late and not (early and words == 0):
            break
        if _DOCUMENT.match(text, token.start(2)):
            break
        if token[2].casefold() == "và":
            following = _TOKEN.match(text, token.end())
            if following is None or _DOCUMENT.match(text, following.start(2)) or following[2][0].isdigit():
                break
            if _STOPS.match(text, following.start(2)):
                break
            seen_and = True
        words += 1
        end = token.end()
        if late and early and words == 1:
            # "Đoàn kiểm tra": the word has two syllables, both belong to the name.
            end = max(end, late.end())
    return Body(_clean(text[start:end]), end, parent)


_HAS: Final = re.compile(
    r"\s+(?:(?:đã|cũng|tiếp tục|kịp thời|vừa|mới|sẽ|còn|liên tục|chủ động)\s+)*(?:có|ban hành|gửi|trình|ký)"
    r"(?:\s+ban hành)?\s+(?:các\s+)?$",
    re.IGNORECASE,
)


def body_before(text: str, start: int, end: int) -> str | None:
    """Return the body that "… đã có Báo cáo số …" names in `text[start:end]`, or None."""
    verb = _HAS.search(text, start, end)
    if verb is None:
        return None
    found = None
    for head in HEAD.finditer(text, start, verb.start()):
        body = body_at(text, head.start())
        if body and abs(body.end - verb.start()) <= 1:
            found = found or body
    return found.name if found else None


def _clean(text: str) -> str:
    return " ".join(text.split()).strip(" ,-–")
