# SPDX-License-Identifier: Apache-2.0
"""A document that does not say what it is proves nothing: whatever lies in a folder is not what its criterion asks."""

from __future__ import annotations

from pathlib import Path

import pytest

from parcheck.judging.judge import Judge
from parcheck.model import Outcome, Reading, Status
from parcheck.submission import Handed, Item, UnitName

SAMPLES = Path(__file__).parents[2] / "samples" / "rules"
PACKS = ["par-tinh-2025", "cap-xa-lam-dong-2025", "xa-nq57-2026", *sorted(SAMPLES.glob("*/"))]
SILENT = {
    "draft": False,
    "text": {"source": "text", "encoding": "unicode", "pages": 1, "pages_without_text": 0},
    "signatures": [{"field": "Signature1"}],
    "marks": {"seal": True, "ink": True},
    "appendices": {"declared": 0, "found": 0},
}
"""A page of print under seal and signature, without letterhead, title or subject; lists of what it names are empty."""

LISTS = ("references", "links", "legal_bases", "recipients", "cited_documents", "ratios")


def reading(session, path):
    facts: dict[str, object] = dict.fromkeys(session.vocabulary.facts) | {name: [] for name in LISTS}
    file = {"name": path.rpartition("/")[2], "bytes": 1, "extension_fits": True}
    return Reading(path, path, "application/pdf", Status.READ, {**facts, **SILENT, "file": file})


@pytest.mark.parametrize("name", PACKS, ids=lambda each: each if isinstance(each, str) else each.name)
def test_no_criterion_is_met_by_what_says_nothing(session, tmp_path, name):
    pack = session.pack(name)
    paths = [f"{criterion.code}/trang.pdf" for criterion in pack.criteria]
    items = tuple(Item(tmp_path / path, path) for path in paths)
    handed = Handed(tmp_path, items, unit="UBND tỉnh A", year=pack.year, names=(UnitName("UBND tỉnh A"),))
    judge = Judge(pack, session.vocabulary, session.catalogue)
    result = judge.judge(handed, [reading(session, path) for path in paths])
    assert [each.code for each in result.criteria if each.outcome is Outcome.SATISFIED] == []
    assert len(result.criteria) == len(paths)
