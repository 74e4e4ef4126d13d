# SPDX-License-Identifier: Apache-2.0
"""A row whose scale another row decides: what of a submission settles that row, and what leaves it open."""

from __future__ import annotations

import caselib
import pytest

PLAN = {
    "id": "ke-hoach",
    "name": "Kế hoạch",
    "match": {"properties": {"type": {"const": "KH"}}, "required": ["type"]},
    "valid": {"required": ["symbol"]},
}
REPORT = {"id": "bao-cao", "name": "Báo cáo", "match": {"properties": {"type": {"const": "BC"}}, "required": ["type"]}}
CHOICE = {"kind": "choice", "options": [{"text": "có", "points": 3}, {"text": "không", "points": 0}]}
CLASSES = {
    "kind": "depends",
    "row": "1.1",
    "cases": [
        {"reached": 3, "scoring": {"kind": "tiers", "by": "share", "measure": "b/a", "tiers": [
            {"from": 1, "to": 1, "points": 5}, {"from": 0, "to": 1, "points": 2}]}},
        {"reached": 0, "scoring": {"kind": "choice", "options": [{"text": "có", "points": 1}]}},
    ],
}  # fmt: skip
FIGURES = {"a": "lớp theo kế hoạch", "b": "lớp đã mở"}
GOOD = {"path": "1.1/kh.pdf", "facts": {"type": "KH", "symbol": "1/KH-UBND"}}
UNNUMBERED = {"path": "1.1/kh.pdf", "facts": {"type": "KH", "symbol": None}}
UNREAD = {"path": "1.1/kh.pdf", "facts": {"symbol": "1/KH-UBND"}, "unknown": {"type": "scan"}}


@pytest.fixture
def supported(tmp_path):
    """Return a function that gives the most points of the depending row."""

    def run(plan, document, figures):
        case = {
            "rules": {"points": 3, "scoring": CHOICE, "evidence": [PLAN]},
            "more": [{"code": "1.2", "points": 5, "scoring": CLASSES, "figures": FIGURES, "evidence": [REPORT]}],
            "submission": {"criteria": {"1.1": plan, "1.2": {"claimed": 1, "figures": figures}}},
            "documents": [{"path": "1.2/bc.pdf", "facts": {"type": "BC"}}, *([document] if document else [])],
        }  # fmt: skip
        return caselib.run_case(case, tmp_path)[0].criteria[1].supported

    return run


@pytest.mark.parametrize(
    ("plan", "document", "figures", "points"),
    [
        ({"claimed": 3}, GOOD, {"a": 4, "b": 4}, 5),
        ({"claimed": 3}, GOOD, {"a": 4, "b": 3}, 2),
        ({"claimed": 0}, None, {"a": 4, "b": 4}, 1),
    ],
)
def test_a_row_that_is_settled_decides_the_scale(supported, plan, document, figures, points):
    assert supported(plan, document, figures) == points


@pytest.mark.parametrize(
    ("plan", "document"),
    [
        ({}, GOOD),
        ({"claimed": 3}, None),
        ({"claimed": 3}, UNNUMBERED),
        ({"claimed": 3}, UNREAD),
        ({"claimed": 1.5}, GOOD),
        ({"not_applicable": True, "explanation": "Không phát sinh."}, None),
    ],
)
def test_a_row_that_is_open_leaves_every_scale_possible(supported, plan, document):
    assert supported(plan, document, {"a": 4, "b": 4}) == 5
