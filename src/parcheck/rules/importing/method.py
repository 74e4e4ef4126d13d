# SPDX-License-Identifier: Apache-2.0
"""Who scores a row: the unit itself, a survey, or the appraising body; told by marks, notes and what the guide says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from parcheck.rules.importing.labels import points_in
from parcheck.submission.comparing import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcheck.rules.importing.nodes import Node

_SURVEY: Final = re.compile(
    r"\bd ?t ?xhh\b|dieu tra (?:xa hoi hoc|xhh)|dieu tra khao sat|\bkhao sat\b|\bsipas\b|xa hoi hoc"
)
_SURVEY_MARK: Final = re.compile(
    r"[(\[]\s*(?:ĐT\s*XHH|ĐTXHH|(?:qua |kết quả )?(?:điều tra|khảo sát)[^()]{0,40})\s*[)\]]", re.IGNORECASE
)
_SURVEY_ONLY: Final = re.compile(
    r"^(?:kết quả )?(?:điều tra|khảo sát)(?: xã hội học| XHH| sự hài lòng| mức độ hài lòng)?[^.;]{0,80}[.;]?$"
    r"|^ĐT\s?XHH\.?$",
    re.IGNORECASE,
)
_NOT_SELF: Final = re.compile(
    r"không\s+(?:(?:cần|phải|bắt buộc|yêu cầu|cần phải)\s+)*(?:thực hiện\s+)?(?:tự\s+)(?:đánh giá|chấm)"
    r"|không bắt buộc (?:thực hiện )?(?:tự )?(?:đánh giá|chấm)",
    re.IGNORECASE,
)
_BODY_SCORES: Final = re.compile(
    r"(?:Bộ|Sở|Hội đồng|Văn phòng|UBND tỉnh|Cơ quan|Tổ)[^.;\n]{0,80}(?:sẽ|chủ trì)[^.;\n]{0,120}"
    r"(?:chấm điểm|để đánh giá|tính điểm)",
)
_AUTHORITY: Final = re.compile(r"tham dinh|hoi dong|co quan .*cham|he thong|so noi vu|bo noi vu")
_SELF: Final = re.compile(r"tu (?:cham|danh gia)")
_CROSS: Final = re.compile(r"[xX×✓✔☑]|có", re.IGNORECASE)
_OF: Final = {"claimed": "self", "survey": "survey", "authority": "authority"}


def assess(node: Node) -> bool:
    """Set who scores a node, from its own words; return whether anything said so."""
    said = (
        _by_marks(node)
        or _by_column(node.said.get("method", ()))
        or _by_note(node.said.get("note", ()))
        or _by_name(node)
    )
    if said is None:
        said = _by_guide(node)
    if said is None:
        return False
    node.assessed = said
    return True


def _by_marks(node: Node) -> str | None:
    """Tell by columns for each method: the one with a cross, or with the row's points."""
    shown = {role: text for role, text in node.split.items() if role in _OF and text.strip()}
    crossed = [role for role, text in shown.items() if _CROSS.fullmatch(text.strip())]
    if len(crossed) == 1:
        return _OF[crossed[0]]
    worth = [role for role, text in shown.items() if sum(points_in(text)[:1]) > 0]
    if len(worth) > 1:
        node.unsure.add("assessed")
        return _OF[worth[0]]
    return _OF[worth[0]] if worth else None


def _by_column(lines: Sequence[str]) -> str | None:
    words = folded(" ".join(lines))
    if not words:
        return None
    if _SURVEY.search(words):
        return "survey"
    if _SELF.search(words):
        return "self"
    return "authority" if _AUTHORITY.search(words) else None


def _by_note(lines: Sequence[str]) -> str | None:
    words = folded(" ".join(lines))
    if _SURVEY.search(words):
        return "survey"
    return "authority" if _NOT_SELF.search(" ".join(lines)) else None


def _by_name(node: Node) -> str | None:
    if _SURVEY_MARK.search(node.name):
        node.name = _SURVEY_MARK.sub("", node.name).strip()
        return "survey"
    if any(_SURVEY_MARK.fullmatch(line.strip()) or _SURVEY_ONLY.match(line.strip()) for line in node.lines):
        return "survey"
    if node.evidence and all(_SURVEY_ONLY.match(line.strip(" -+")) for line in node.evidence):
        node.unsure.add("assessed")
        return "survey"
    return None


def _by_guide(node: Node) -> str | None:
    text = "\n".join([*node.lines, *node.evidence])
    if _NOT_SELF.search(text):
        return "authority"
    scored = _BODY_SCORES.search("\n".join(node.lines))
    # A sentence inside a longer rule is about a part of the row.
    if scored and len(node.lines) <= 2:
        node.unsure.add("assessed")
        return "authority"
    basis = [
        line
        for line in node.evidence
        if re.match(r"\W*(?:dựa trên|căn cứ|theo) (?:kết quả|số liệu)", line, re.IGNORECASE)
    ]
    if basis and len(basis) == len(node.evidence):
        node.unsure.add("assessed")
        return "authority"
    return None


def spread(nodes: Sequence[Node], above: str | None = None) -> None:
    """Pass who scores a group on to its rows that say nothing themselves, and settle every row."""
    for node in nodes:
        told = assess(node)
        own = node.assessed if told else above
        if not told and above:
            node.assessed = above
        # Only a survey is said once for a whole group; "không tự đánh giá" in a row is about that row.
        spread(node.children, own if own == "survey" else None)
