# SPDX-License-Identifier: Apache-2.0
"""Numbers with their unit, as Vietnamese reports print them: "1.234 hồ sơ", "97,5%", "45/45 nhiệm vụ"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from parcheck_plugins.letterhead.folding import clean

if TYPE_CHECKING:
    from parcheck_plugins.body.pages import Body

_NUMBER: Final = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?"
# The look-behind stands after the first digit: a pattern that begins with a digit is searched for much
# faster.
_FIGURE: Final = re.compile(
    r"(?P<value>\d(?<![\w.,/\-–:]\d)(?:\d{0,2}(?:\.\d{3})+(?:,\d+)?|\d*(?:[.,]\d+)?))"
    rf"(?:\s?/\s?(?:tổng(?:\s+số)?\s+)?(?P<of>{_NUMBER}))?"
    r"(?:\s?(?P<percent>%)"
    r"|(?:\s*\([^()\d]{2,40}\))?\s+(?P<unit>[^\W\d_]+(?:[ \n]+[^\W\d_]+){0,2}))"
)
# What stands before a number that counts nothing: "Điều 5 Luật …", "năm 2025 của …", "số 12 ngày …".
_ORDINAL: Final = re.compile(
    r"(?:điều|khoản|điểm|mục|số|phụ lục|biểu|bảng|mẫu|quý|năm|tháng|ngày|thứ|khóa|khoá|kỳ|giai đoạn|trang"
    r"|chương|phần|nhóm|tiêu chí|chỉ số|loại|hạng|cấp độ|mức độ|mức|bước|lần|lớp|tập|quyển|đường|quốc lộ"
    r"|phiên bản|điện thoại|tổ|thông tư|quyết định|nghị định|nghị quyết|kế hoạch|công văn|báo cáo|trước|sau"
    r"|hồi|lúc|đến|từ)\s*(?:số\s*)?[:.]?\s*$",
    re.IGNORECASE,
)
_WEAK_ORDINALS: Final = frozenset({"từ", "đến", "trước", "sau", "số", "nhóm", "lần", "lớp", "mức", "kỳ", "loại"})
"""Words that stand before counts as well ("từ 5 ngày xuống 3 ngày"): a known unit outweighs them."""
_KNOWN: Final = """
nhiệm vụ|văn bản|hồ sơ|bộ hồ sơ|thủ tục|thủ tục hành chính|tthc|chỉ tiêu|tiêu chí|chỉ số|nội dung|xã|
phường|đặc khu|thôn|huyện|tỉnh|lượt|lượt người|người|nghìn người|vạn người|triệu người|cuộc|lớp|tin|bài|
tin bài|cơ quan|đơn vị|địa phương|sáng kiến|mô hình|giải pháp|phiếu|ý kiến|dịch vụ|dịch vụ công|dvc|đồng|
nghìn đồng|triệu đồng|tỷ đồng|tỉ đồng|triệu|tỷ|tỉ|ngày|ngày làm việc|giờ|phút|tháng|năm|tuần|quý|điểm|
công chức|viên chức|cán bộ|biên chế|quyết định|kế hoạch|báo cáo|công văn|nghị quyết|thông báo|chỉ thị|
tờ trình|cơ sở|phòng|tổ chức|doanh nghiệp|hội nghị|lần|đợt|vụ|vụ việc|đơn|đơn thư|trường hợp|tài khoản|
quyển|chương trình|dự án|đề án|đề tài|hệ thống|phần mềm|cơ sở dữ liệu|chữ ký số|chứng thư số|học viên|
học sinh|giáo viên|lao động|đại biểu|trẻ em|hộ|hộ dân|tuổi|ha|km|m2|mm|cm|kg|tấn|trang|cuốn|bản chính|
bản sao|sản phẩm|chi nhánh|trung tâm|sở|ngành|lĩnh vực|quy trình|câu hỏi|kiến nghị|phản ánh|khiếu nại|
tố cáo|vị trí|vị trí việc làm|đầu mối|thành viên|tổ|đội|tổ công nghệ|tổ chức hành chính|hợp đồng|kết quả|
video|clip|buổi|chuyên mục|chuyên đề|pano|băng rôn|tờ rơi|câu lạc bộ
"""
_UNITS: Final = frozenset(_KNOWN.replace("\n", "").split("|"))
_NO_UNITS: Final = """
của và trên trong đã được là so với có tại cho đến từ theo để về do bởi nên thì mà hoặc hay những các này đó
kia không chưa phải sẽ đang cần bằng vào ra lên xuống như khi nếu vì nhưng cũng rất một hai ba bốn năm sáu bảy
tám chín mười trở đạt tăng giảm gồm thuộc ở giữa sau trước dưới ngoài nay còn lại vẫn thực
"""
_STOP: Final = frozenset(_NO_UNITS.split())
_CLOCK: Final = re.compile(r"\s*(?:\d|,?\s*ngày\s+\d|cùng\s+ngày|sáng|chiều|tối|,?\s*thứ)", re.IGNORECASE)
_AROUND: Final = 80
_EDGE: Final = re.compile(r"[;]|\.\s|\n\s*(?=[-+•*]|[a-zđ]\)|\d+\.\s)")
_YEAR_FROM, _YEAR_TO = 1900, 2100


def parse_number(text: str) -> int | float:
    """Read "1.234.567,89" (dots between thousands, a decimal comma); "98.5" can only be a decimal point."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", text):
        text = text.replace(".", "")
    text = text.replace(",", ".")
    return float(text) if "." in text else int(text)


def find_figures(body: Body) -> list[tuple[dict[str, Any], int]]:
    """Return the numbers that count or measure something, each with its position.

    Dates, numbers of documents and of their parts, years and page numbers are left out; so is a number
    without a unit (a bare cell of a table): nobody could say what it counts.
    """
    text = body.text
    line_breaks_wrap = body.wraps
    found: list[tuple[dict[str, Any], int]] = []
    for match in _FIGURE.finditer(text):
        unit = "%" if match["percent"] else _unit(match["unit"])
        if unit is None:
            continue
        raw, of = match["value"], match["of"]
        if unit != "%" and (not _counts(text, match, unit) or _is_label(text, match, unit, line_breaks_wrap)):
            continue
        value = parse_number(raw)
        if unit == "%" and isinstance(value, int) and "." in raw:
            # "98.567%" is no share of any hundred: the dot is a decimal point after all.
            value = float(raw)
        entry: dict[str, Any] = {"value": value, "unit": unit}
        if of is not None:
            entry["of"] = parse_number(of)
        entry["words"] = _around(text, match.start(), match.end(), line_breaks_wrap)
        page = body.page_at(match.start())
        if page is not None:
            entry["page"] = page
        found.append((entry, match.start()))
    return found


def _unit(words: str) -> str | None:
    """Return the unit that begins the words after a number: the longest known one, else two plain words."""
    parts = words.split()
    lowered = [part.casefold() for part in parts]
    for length in range(len(parts), 0, -1):
        if " ".join(lowered[:length]) in _UNITS:
            return " ".join(parts[:length])
    if parts[0] != lowered[0] or lowered[0] in _STOP:
        return None
    taken = parts[:1] if len(parts) < 2 or lowered[1] in _STOP or parts[1] != lowered[1] else parts[:2]
    return " ".join(taken)


def _counts(text: str, match: re.Match[str], unit: str) -> bool:
    known = unit.casefold() in _UNITS
    raw, of = match["value"], match["of"]
    before = text[max(0, match.start() - 14) : match.start()]
    ordinal = _ORDINAL.search(before)
    if ordinal:
        word = ordinal[0].strip(" \n:.").casefold()
        if not (known and (word in _WEAK_ORDINALS or of is not None)):
            return False
    if of is not None:
        # "15/7 năm 2025", "24/7 giờ", "ngày 30/6 …"
        return known and unit.casefold() not in ("năm", "tháng", "ngày")
    if unit.casefold() in ("giờ", "phút") and _CLOCK.match(text, match.start("unit") + len(unit)):
        return False
    # "ngày 05 tháng 3 năm 2020"
    if unit.casefold() in ("tháng", "năm") and re.match(r"\s*\d", text[match.start("unit") + len(unit) :]):
        return False
    if len(raw) == 4 and raw.isdigit() and _YEAR_FROM <= int(raw) <= _YEAR_TO:
        return known and unit.casefold() not in ("năm", "tháng", "quý", "tỉnh", "báo cáo", "kế hoạch")
    return known or not re.search(r"\n[ \t]*$", before)


def _is_label(text: str, match: re.Match[str], unit: str, line_breaks_wrap: bool) -> bool:
    """Tell a row's or page's own number from a count: it begins a line, a name or the next line follows."""
    gap = text[match.end("value") : match.start("unit")]
    if "\n" in gap and not line_breaks_wrap:
        return True
    begins = not text[text.rfind("\n", 0, match.start()) + 1 : match.start()].strip()
    return begins and ("\n" in gap or not (unit[0].islower() or unit.isupper()))


def _around(text: str, start: int, end: int, line_breaks_wrap: bool) -> str:
    """Return the words around a figure, cut at the ends of its sentence or paragraph."""
    left = text[max(0, start - _AROUND) : start]
    right = text[end : end + _AROUND]
    if not line_breaks_wrap:
        left, right = left.rpartition("\n")[2], right.partition("\n")[0]
    edges = list(_EDGE.finditer(left))
    if edges:
        left = left[edges[-1].end() :]
    elif start > _AROUND and " " in left:
        left = left.partition(" ")[2]
    edge = _EDGE.search(right)
    if edge:
        right = right[: edge.start()]
    elif end + _AROUND < len(text) and " " in right and len(right) == _AROUND:
        right = right.rpartition(" ")[0]
    return clean(left + text[start:end] + right)
