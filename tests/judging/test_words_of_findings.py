# SPDX-License-Identifier: Apache-2.0
"""How findings are told where the plain words would mislead: exclusions, parts of a fact, sources, steps, citations."""

from __future__ import annotations

import caselib
import pytest

from parcheck import hookspecs
from parcheck.catalogue import shipped
from parcheck.model import Evidence, Reading, Status
from parcheck.reporting.wording import Teller
from parcheck_plugins.crosschecks.same_documents import SameNumberTwice

MATCH = {"properties": {"type": {"type": "string"}}, "required": ["type"]}


def told(tmp_path, valid, facts, language="vi"):
    """Return the sentences on one document that fails."""
    case = {
        "rules": {"evidence": [{"id": "tai-lieu", "name": "Tài liệu", "match": MATCH, "valid": valid}]},
        "documents": [{"path": "1.1/a.pdf", "facts": facts}],
    }
    result, session = caselib.run_case(case, tmp_path)
    return [(f.code, caselib.told(result, session, f, language)) for f in result.criteria[0].requirements[0].findings]


def test_an_excluded_value_is_not_told_as_what_is_asked_for(tmp_path):
    [(code, sentences)] = told(tmp_path, {"properties": {"type": {"not": {"const": "KH"}}}}, {"type": "KH"})
    assert code == "value-excluded"
    assert "“Kế hoạch”" in sentences.message
    assert "cần" not in sentences.message


def test_an_exclusion_over_a_whole_document_names_the_fact_that_it_is_about(tmp_path):
    rule = {"not": {"properties": {"urgency": {"const": "HỎA TỐC"}}, "required": ["urgency"]}}
    [(code, sentences)] = told(tmp_path, rule, {"type": "KH", "urgency": "HỎA TỐC"})
    assert code == "value-excluded"
    assert "“HỎA TỐC”" in sentences.message
    assert "KH" not in sentences.message


@pytest.mark.parametrize(
    ("signer", "words"),
    [
        (None, "người ký mà"),
        ({"name": "Nguyễn Văn Mẫu"}, "chức vụ của người ký mà"),
        ({"title": "CHỦ TỊCH"}, "họ tên người ký mà"),
    ],
)
def test_only_what_is_missing_of_a_signer_is_called_missing(tmp_path, signer, words):
    rule = {"properties": {"signer": {"required": ["name", "title"]}}, "required": ["signer"]}
    [(code, sentences)] = told(tmp_path, rule, {"type": "KH", "signer": signer})
    assert (code, words in sentences.message) == ("signer-unseen", True)


def test_a_source_is_told_in_the_language_of_the_report(tmp_path):
    result, session = caselib.run_case(
        {"rules": {"evidence": []}, "documents": [{"path": "a.pdf", "facts": {}}]}, tmp_path
    )
    source = "Bảng 2, 1187/QĐ-BNV, trang 4–5, dòng 12; Phụ lục 2, 9/BNV, Điều 3, trang 6"
    assert Teller(result, session.catalogue, "vi").source(source) == source
    english = "Bảng 2, 1187/QĐ-BNV, page 4–5, row 12; Phụ lục 2, 9/BNV, Điều 3, page 6"
    assert Teller(result, session.catalogue, "en").source(source) == english


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("hook", [name for name in vars(hookspecs) if name.startswith("parcheck_")])
def test_a_step_that_failed_has_a_name(hook, language):
    assert shipped().tell(hook, language, "hook") != hook


def test_a_citation_with_the_number_of_another_document_is_named_by_its_words():
    facts = {"symbol": "82/QĐ-BTDT", "issued_on": "2021-04-23", "issuer": "Trung tâm Bảo tồn di tích"}
    one, two = (
        Evidence(f"c{n}", None, f"Quyết định số 82/QĐ-BTDT về {n}", (), Reading(
            "", None, None, Status.PARTIAL, {**facts, "subject": f"nội dung {n}"}))
        for n in ("a", "b")
    )  # fmt: skip
    [finding] = SameNumberTwice().check([one, two])
    assert finding.args["other"] == "Quyết định số 82/QĐ-BTDT về a"
