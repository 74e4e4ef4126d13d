# SPDX-License-Identifier: Apache-2.0
"""Lines of evidence as requirements: one a line, with the types of document and the words that they seem to ask for."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Any, Final

from parcheck.rules.importing.labels import is_item, without_item
from parcheck.rules.starting import id_from

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_INNER_ITEM: Final = re.compile(r"(?<=[;.:])\s+(?=[-–+•]\s+[^\W\d_])")
_GLUED: Final = re.compile(
    r"(?<=[^\W\d_]|\))\s+(?=(?:Các (?:báo cáo|văn bản|tài liệu|biên bản|thông báo|quyết định|công văn)|Báo cáo|Công văn"
    r"|Biên bản|Thông báo|Danh mục|Danh sách|Bảng|Biểu|Kết quả|TLKC|Tờ trình|Văn bản|Phụ lục|Giải trình|Số liệu|Hồ sơ"
    r"|Tài liệu|Đường (?:link|dẫn)|Hình ảnh|Bản mô tả|Minh chứng)(?!\w))"
)
_BEFORE_HEAD: Final = re.compile(
    r"(?:^|\s)(?:theo|tại|của|và|hoặc|hay|về|trong|các|những|kèm|bằng|nêu|với|từ|thực hiện|ban hành|là|do|có|một|số|tên"
    r"|xây dựng|triển khai|trên|trừ|sau|được|này|thông qua|ngoài|đạt|loại|cùng|vào|cho|nội dung|gồm)$",
    re.IGNORECASE,
)
_LABEL: Final = re.compile(
    r"^(?:tài liệu(?: kiểm chứng| minh chứng)?|TLKC|minh chứng|hồ sơ(?: gồm)?|gồm(?: có)?|bao gồm|các văn bản)\s*"
    r"(?:\(TLKC\))?\s*:?$",
    re.IGNORECASE,
)
_EMPTY: Final = re.compile(r"^[\s\-–+.;,/x]*$|^(?:không|không có|không yêu cầu)\.?$", re.IGNORECASE)
_ENDED: Final = re.compile(r"[.;:!?…]\s*$")
_OPTIONAL: Final = re.compile(r"nếu có", re.IGNORECASE)
_OTHER: Final = re.compile(
    r"^(?:các\s+)?(?:TLKC|tài liệu(?: kiểm chứng)?|văn bản|minh chứng|hồ sơ)\s+(?:có\s+)?(?:liên quan\s+)?khác\b",
    re.IGNORECASE,
)
_PROVIDED: Final = re.compile(
    r"\(?\s*do\s+((?:các\s+)?(?:Bộ|Sở|Văn phòng|UBND|Ủy ban|Cơ quan|Ban|Thanh tra|Kho bạc|Cục)[^();]*?)\s+cung cấp",
    re.IGNORECASE,
)
_LOOKED: Final = r"(?:theo dõi|kiểm tra|đánh giá|thẩm định|tổng hợp|thống kê|giám sát)"
_HELD: Final = re.compile(
    rf"^kết quả\s+{_LOOKED}(?:,?\s*{_LOOKED})*\s+của\s+((?:các\s+)?(?:Bộ|Sở|Văn phòng|UBND tỉnh|Ủy ban nhân dân tỉnh"
    r"|Cơ quan|Hội đồng|Kho bạc|Thanh tra)\b[^;.(]*)",
    re.IGNORECASE,
)
_LINK: Final = re.compile(r"đường\s+(?:link|dẫn)|(?<!\w)link(?!\w)|(?<!\w)URL(?!\w)", re.IGNORECASE)
_FIGURES: Final = re.compile(r"^(?:giải trình|số liệu|thuyết minh|thống kê số|ghi rõ|ghi chú|nêu rõ)", re.IGNORECASE)
_REMARK: Final = re.compile(
    r"^\(?(?:dựa trên|căn cứ|trường hợp|đối với|năm 20\d\d,|lưu ý|ghi chú|không yêu cầu|hội đồng|\*)", re.IGNORECASE
)
_LEAD: Final = re.compile(
    r"^(?:(?:có|các|những|toàn bộ|bản sao|bản|\d{1,2}|văn bản|file|tệp|cung cấp|hệ thống)\s+)*(?:các\s+)?",
    re.IGNORECASE,
)
_JOINT: Final = re.compile(
    r"\s*(?:[,/;+]|\(|(?<!\w)(?:và|hoặc|hay)(?!\w))\s*(?:các\s+|bản sao\s+|có\s+)?", re.IGNORECASE
)
_STOP: Final = frozenset(
    """
    của theo về được trong tại do cho các đã với từ năm hằng hàng có đến khi và hoặc hay là để trên liên
    quan này những kết quả thực hiện công tác tình hình triển khai tổ chức ban hành thể định kỳ báo cáo
    kế hoạch quyết văn bản thông luận biên tổng hợp nội dung đơn vị cơ địa phương tỉnh xã phường cấp
    thẩm quyền việc nhiệm vụ phê duyệt quy thống kê danh mục phụ lục bảng tài liệu kiểm chứng sở bộ ubnd
    nếu khác quý tháng tiêu chí yêu cầu đánh giá ngành đối người đầy đủ minh
    """.split()  # noqa: SIM905 - a list of this length reads better as text
)
"""Syllables of words that stand in any title, and so tell no document from another."""
_ABBREVIATION: Final = re.compile(r"(?<!\w)([A-ZĐ]{3,9})(?!\w)")
_DEFINED: Final = re.compile(r"((?:[^\W\d_]+\s+){1,9}[^\W\d_]+)\s*\(([A-ZĐ]{3,9})\)")
_BODIES: Final = frozenset({"UBND", "HĐND", "TLKC", "BNV", "CQCM", "ĐVHC", "BCĐ", "TCTP"})
_KNOWN: Final = {"CCHC": "cải cách hành chính", "TTHC": "thủ tục hành chính", "VBQPPL": "văn bản quy phạm pháp luật"}
_TERMS: Final = 4
_MAX_ID: Final = 40
MINUTES: Final = "BB"
_PERIOD: Final = re.compile(
    r"quý\s+(?:[IV]{1,3}|\d)(?!\w)|\d{1,2}\s+tháng|(?:báo cáo|cả)\s+năm|hàng quý|hằng quý", re.IGNORECASE
)


def is_vague(entry: Mapping[str, Any]) -> bool:
    """Tell a requirement whose guess says little: any document would do, or a series is taken for one document."""
    return entry.get("match") is True or len(_PERIOD.findall(str(entry["name"]))) > 1


def evidence_lines(paragraphs: Sequence[str]) -> list[str]:
    """Return the single lines of a cell of evidence, as printed but for dashes and numbers in front."""
    pieces: list[str] = []
    bulleted = sum(map(is_item, paragraphs)) * 2 > len(paragraphs)
    for paragraph in paragraphs:
        for piece in _INNER_ITEM.split(paragraph):
            joined = pieces and not is_item(piece) and not _ENDED.search(pieces[-1])
            if joined and piece[:1].islower() and not pieces[-1].endswith(":"):
                pieces[-1] += " " + piece
            else:
                pieces.append(piece)
    lines: list[str] = []
    for piece in pieces:
        for line in [piece] if bulleted and is_item(piece) else _unglued(piece):
            bare = " ".join(without_item(line).split()).rstrip(" ;,")
            bare = bare.rstrip(".") if not bare.endswith("..") else bare
            if not _EMPTY.match(bare) and not _LABEL.match(bare.rstrip(".; ")) and len(bare) > 2:
                lines.append(bare)
    return lines


def _unglued(text: str) -> list[str]:
    """Split "… của tỉnh Báo cáo kết quả …": a document's name in capitals that nothing leads up to begins a line."""
    parts: list[str] = []
    start = 0
    for match in _GLUED.finditer(text):
        before = text[start : match.start()]
        if not _BEFORE_HEAD.search(before) and len(before.split()) > 1 and not before[-1:].isupper():
            parts.append(before)
            start = match.end()
    return [*parts, text[start:]]


class Guesser:
    """Makes requirements out of lines.

    Args:
        types: abbreviation of a document type to its name, in the order in which names are tried.
        texts: all texts of the set, for the abbreviations that it defines itself.
    """

    def __init__(self, types: Mapping[str, str], texts: Iterable[str]) -> None:
        self.types = {name.casefold(): short for short, name in types.items()}
        names = "|".join(sorted(map(re.escape, self.types), key=len, reverse=True))
        self._type = re.compile(rf"(?:{names})(?!\w)", re.IGNORECASE)
        self.meanings = dict(_KNOWN)
        for text in texts:
            for words, short in _DEFINED.findall(text):
                tail = words.split()[-len(short) :]
                if "".join(word[0] for word in tail).upper() == short:
                    self.meanings.setdefault(short, " ".join(tail).lower())

    def types_in(self, line: str) -> list[str]:
        """Return the types of document that a line asks for: its head, and those joined to it by "và", "/", …"""
        found: list[str] = []
        for part in map(str.strip, line.split(";")):
            at = _LEAD.match(part)
            position = at.end() if at else 0
            while match := self._type.match(part, position):
                short = self.types[match[0].casefold()]
                if short not in found:
                    found.append(short)
                position = next(
                    (
                        joint.end()
                        for joint in _JOINT.finditer(part, match.end())
                        if self._type.match(part, joint.end())
                    ),
                    len(part),
                )
                if position >= len(part):
                    break
        return found

    def terms(self, line: str, types: Sequence[str]) -> list[str]:
        """Return words of which a proof's subject should hold one, the widest guess: abbreviations and word pairs."""
        terms: list[str] = []
        for short in _ABBREVIATION.findall(line):
            if short in _BODIES:
                continue
            terms += [meaning] if (meaning := self.meanings.get(short)) else []
            terms.append(short)
        if not terms:
            match = self._type.search(line) if types else None
            rest = re.split(r"[(;.]", line[match.end() :] if match else line)[0]
            words = re.findall(r"[^\W\d_]+", rest)
            for first, second in itertools.pairwise(words):
                pair = f"{first} {second}".lower()
                if first.lower() not in _STOP and second.lower() not in _STOP and pair not in terms:
                    terms.append(pair)
        return list(dict.fromkeys(terms))[:_TERMS]

    def requirement(self, line: str, taken: set[str]) -> dict[str, Any]:
        """Return one line as an evidence entry of a pack, its id not among those taken."""
        made: dict[str, Any] = {"id": _id(line, taken), "name": line.replace("${", "$ {")}
        provided = _PROVIDED.search(line) or _HELD.match(line)
        if _OTHER.match(line):
            return made | {"optional": True, "other": True}
        if provided:
            return made | {"provided_by": " ".join(provided[1].split()).strip(" ,.")}
        optional = {"optional": True} if _OPTIONAL.search(line) else {}
        if _REMARK.match(line):
            return made | {"optional": True, "kind": "figures"}
        if _FIGURES.match(line):
            return made | {"optional": True, "kind": "figures"}
        if _LINK.search(line):
            return made | optional | {"kind": "link"}
        types = self.types_in(line)
        if not types:
            # Nothing tells such a document from another one: any that is no draft may be it.
            return made | optional | {"match": True, "valid": {"$ref": "#/$defs/khong-du-thao"}}
        properties: dict[str, Any] = {"type": {"enum": types}}
        if terms := self.terms(line, types):
            properties["subject"] = {"mentions": [terms]}
        match = {"properties": properties, "required": list(properties)}
        valid = "#/$defs/khong-du-thao" if MINUTES in types else "#/$defs/van-ban"
        return made | optional | {"match": match, "valid": {"$ref": valid}}


def _id(line: str, taken: set[str]) -> str:
    base = id_from(" ".join(line.split()[:6]))[:_MAX_ID].strip("-") or "tai-lieu"
    made, number = base, 2
    while made in taken:
        made, number = f"{base}-{number}", number + 1
    taken.add(made)
    return made
