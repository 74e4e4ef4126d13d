# SPDX-License-Identifier: Apache-2.0
"""The words: each code that is raised has them, each word is about a code that is raised, in both languages alike."""

from __future__ import annotations

import string

import catalogue_codes
import pytest

from parcheck.catalogue import LANGUAGES, Catalogue, own_files, shipped
from parcheck.judging.coding import Coder
from parcheck.model import Certainty, Finding, Outcome, Reason, Severity, Source, Status

COMMON = {"file", "where", "words", "requirement", "criterion"}
PARTS = ("title", "message", "why", "fix", "example")
RAISED = catalogue_codes.raised()
MENTIONED = catalogue_codes.mentioned()
BY_KEYWORD = {code for code, entry in shipped().findings.items() if entry.get("raised_by")}
FINDINGS = sorted(shipped().findings.items())
EACH_FINDING = pytest.mark.parametrize(("code", "entry"), FINDINGS, ids=[code for code, _ in FINDINGS])


def variants(entry):
    """Return the keys for messages that hold where an argument is 0 or empty."""
    return [f"message-no-{argument}" for argument in sorted({*entry["args"], *COMMON})]


def placeholders(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("kind", ["findings", "reasons", "errors"])
def test_everything_that_is_raised_has_words(kind, session):
    known = set(getattr(session.catalogue, kind)) | catalogue_codes.NEVER_SHOWN
    assert {code: sorted(places) for code, places in RAISED[kind].items() if code not in known} == {}


@pytest.mark.parametrize("kind", ["findings", "reasons", "errors"])
def test_everything_that_has_words_is_raised(kind):
    raised = set(RAISED[kind]) | MENTIONED | (BY_KEYWORD if kind == "findings" else set())
    assert sorted(set(getattr(shipped(), kind)) - raised) == []


def test_keywords_and_checks_raise_only_what_has_words(session):
    codes = {code for keyword in session.vocabulary.keywords.values() for code in keyword.codes}
    codes |= {code for check in session.crosschecks for code in check.codes}
    assert codes <= set(shipped().findings)


@EACH_FINDING
def test_a_finding_s_entry_is_complete(code, entry):
    assert Certainty(entry["certainty"])
    assert Severity(entry["severity"])
    assert set(entry) <= {"certainty", "severity", "args", "raised_by", "clause", *LANGUAGES}
    for language in LANGUAGES:
        assert set(entry[language]) - set(variants(entry)) == set(PARTS)
        assert all(words.strip() for words in entry[language].values())


@EACH_FINDING
def test_its_placeholders_are_the_same_in_both_languages_and_are_given(code, entry):
    assert set(entry["vi"]) == set(entry["en"])
    for part in entry["vi"]:
        used = [placeholders(entry[language][part]) for language in LANGUAGES]
        assert used[0] == used[1]
        assert used[0] <= set(entry["args"]) | COMMON
    told = set().union(*(placeholders(entry["vi"][part]) for part in PARTS))
    # What a library said stands with the data that a developer sees, not in the sentence.
    assert set(entry["args"]) - {"detail"} <= told


@EACH_FINDING
def test_a_title_is_no_sentence_and_the_rest_are_sentences(code, entry):
    for language in LANGUAGES:
        words = entry[language]
        assert not words["title"].endswith(".")
        assert words["why"].endswith((".", "?"))
        assert words["fix"].endswith(".")
        assert "\n" not in "".join(words.values())


@pytest.mark.parametrize("kind", ["reasons", "errors"])
def test_reasons_and_errors_say_the_same_in_both_languages(kind):
    for code, entry in getattr(shipped(), kind).items():
        used = [placeholders(entry[language]) for language in LANGUAGES]
        assert used[0] == used[1] == set(entry["args"]), code
        for language in LANGUAGES if "fix" in entry else ():
            assert placeholders(entry["fix"][language]) <= set(entry["args"]), code


def test_a_reason_is_a_clause_in_small_letters_with_advice():
    for code, entry in shipped().reasons.items():
        assert not entry["vi"].endswith("."), code
        assert entry["vi"][0].islower(), code
        assert entry["fix"]["vi"].endswith("."), code


def test_terms_have_words_in_both_languages_and_the_same_placeholders():
    for group, terms in shipped().terms.items():
        for key, entry in terms.items():
            if isinstance(entry, dict):
                assert set(entry) == set(LANGUAGES), (group, key)
                assert placeholders(entry["vi"]) == placeholders(entry["en"]), (group, key)


@pytest.mark.parametrize(
    ("group", "members"),
    [
        ("outcomes", Outcome), ("outcome-notes", Outcome), ("severities", Severity), ("severity-notes", Severity),
        ("certainties", Certainty), ("certainty-notes", Certainty), ("statuses", Status), ("sources", Source),
    ],
)  # fmt: skip
def test_every_member_of_an_enumeration_has_a_word(group, members):
    assert set(shipped().terms[group]) == {member.value for member in members}


def test_every_fact_has_a_name(session):
    assert session.vocabulary.facts <= set(shipped().terms["facts"])


def test_the_legal_clauses_name_decree_30():
    for code, entry in shipped().findings.items():
        assert entry["clause"] is None or "Nghị định 30/2020/NĐ-CP" in entry["clause"], code


@EACH_FINDING
def test_a_message_that_lacks_an_argument_is_still_read(code, entry):
    for language in LANGUAGES:
        assert shipped().part(Finding(code), "message", language, file="a.pdf")


@EACH_FINDING
def test_a_message_for_want_of_something_does_not_speak_of_it(code, entry):
    for part in variants(entry):
        assert part.removeprefix("message-no-") not in placeholders(entry["vi"].get(part, ""))


@pytest.mark.parametrize(
    ("code", "args", "vi", "en"),
    [
        (
            "evidence-missing", {"files": 2},
            "Không tìm thấy “Kế hoạch” trong 2 tài liệu của tiêu chí 1.1.",
            "“Kế hoạch” was not found among the documents of criterion 1.1 (looked at: 2).",
        ),
        (
            "evidence-missing", {"files": 0},
            "Chưa có tài liệu nào được nộp cho tiêu chí 1.1; tiêu chí này cần “Kế hoạch”.",
            "Nothing was handed in for criterion 1.1, which asks for “Kế hoạch”.",
        ),
        (
            "revisions-left", {"changes": 4, "comments": 0},
            "a.docx: tệp Word còn 4 chỗ sửa đổi đang theo dõi (Track Changes).",
            "a.docx: the Word file still holds tracked changes (4).",
        ),
        (
            "revisions-left", {"changes": 0, "comments": 2},
            "a.docx: tệp Word còn 2 ghi chú bên lề.",
            "a.docx: the Word file still holds comments (2).",
        ),
        (
            "fact-unknown", {"fact": "", "reason": Reason("file-unreadable")},
            "a.docx: chưa xác định được tài liệu có đúng là “Kế hoạch” (tiêu chí 1.1) hay không, vì chưa đọc được tệp.",
            (
                "a.docx: it could not be decided whether this is “Kế hoạch” (criterion 1.1), "
                "because the file could not be read."
            ),
        ),
    ],
)  # fmt: skip
def test_what_there_is_none_of_is_not_counted(code, args, vi, en):
    common = {"file": "a.docx", "where": "", "words": "", "requirement": "Kế hoạch", "criterion": "1.1"}
    assert shipped().part(Finding(code, args), "message", "vi", **common) == vi
    assert shipped().part(Finding(code, args), "message", "en", **common) == en


# --- telling values -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "name", "vi", "en"),
    [
        ("2025-03-05", "found", "05/03/2025", "5 March 2025"),
        ("KH", "found", "KH", "KH"),
        (1.5, "", "1,5", "1.5"),
        (2.0, "", "2", "2"),
        (3, "", "3", "3"),
        (True, "", "có", "yes"),
        (None, "", "", ""),
        (["a", "b"], "found", "a, b", "a, b"),
        (["a", "b"], "wanted", "a hoặc b", "a or b"),
        (["a", "b", "c"], "wanted", "a, b hoặc c", "a, b or c"),
        ([], "wanted", "", ""),
        ("symbol", "fact", "số, ký hiệu", "the number and sign"),
        ("no-such-fact", "fact", "no-such-fact", "no-such-fact"),
        ("application/pdf", "kind", "tệp PDF", "PDF"),
        ("application/x-new", "actual", "application/x-new", "application/x-new"),
        ({"name": "Nguyễn Văn A", "title": None, "authority": []}, "found", "Nguyễn Văn A", "Nguyễn Văn A"),
        (Reason("scan"), "reason", "trang này là bản quét (scan), không có chữ để máy đọc",
         "this page is a scan without text that a machine can read"),
        ({"type": "KH", "symbol": "12/KH-UBND"}, "what", "Kế hoạch số 12/KH-UBND", "Plan 12/KH-UBND"),
        ({"type": None}, "what", "văn bản chưa rõ loại", "a document of unknown type"),
        ({}, "what", "tài liệu chưa đọc được", "a document that was not read"),
    ],
)  # fmt: skip
def test_values_are_told_as_people_write_them(value, name, vi, en):
    assert shipped().tell(value, "vi", name) == vi
    assert shipped().tell(value, "en", name) == en


def test_braces_in_what_a_document_says_are_no_placeholders():
    finding = Finding("value-differs", {"fact": "place", "found": "{file} {0} {", "wanted": "}"})
    common = dict.fromkeys(COMMON, "{where}")
    assert "{file} {0} {" in shipped().part(finding, "message", "vi", **common)


def test_what_no_catalogue_explains_is_shown_bare():
    catalogue = shipped()
    assert catalogue.part(Finding("new-code"), "message", "vi") == "new-code"
    assert catalogue.part(Finding("new-code"), "fix", "vi") == ""
    assert catalogue.title("new-code", "vi") == "new-code"
    assert catalogue.reason(Reason("new-reason"), "vi") == "new-reason"
    assert catalogue.reason_fix(Reason("new-reason"), "vi") == ""
    assert catalogue.error("new-error", {"a": 1}, "vi") == "new-error: a=1"


def test_a_plugin_s_catalogue_adds_words(tmp_path):
    file = tmp_path / "words.yaml"
    file.write_text(
        "findings: {too-short: {vi: {title: Quá ngắn}}}\nreasons: {night: {vi: trời tối}}\n", encoding="utf-8"
    )
    catalogue = Catalogue([*own_files(), file])
    assert catalogue.title("too-short", "vi") == "Quá ngắn"
    assert catalogue.reason(Reason("night"), "vi") == "trời tối"
    assert catalogue.title("draft", "vi") == shipped().title("draft", "vi")


@pytest.mark.parametrize(
    ("keyword", "fact", "code"),
    [
        ("required", "symbol", "number-blank"),
        ("required", "recipients", "fact-missing"),
        ("const", "draft", "draft"),
        ("enum", "type", "type-differs"),
        ("enum", "place", "value-differs"),
        ("pattern", "type", "value-differs"),
    ],
)
def test_standard_keywords_raise_the_code_of_their_fact(keyword, fact, code):
    assert Coder(shipped()).code_for(keyword, fact) == code
