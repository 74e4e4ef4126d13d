# SPDX-License-Identifier: Apache-2.0
"""The HTML report as text: what it says, that strangers' words stay words, and that it asks for nothing."""

from __future__ import annotations

import base64
import hashlib
import re
import time
from dataclasses import replace

import pytest
from hostile import report_saying
from pagechecking import Page

from parcheck.catalogue import shipped
from parcheck.model import (
    Action,
    Decided,
    Decision,
    DecisionState,
    DecisionUse,
    Evidence,
    Finding,
    InputFile,
    Outcome,
    Place,
    Reading,
    Reason,
    Severity,
    Status,
    SubmissionResult,
)
from parcheck_plugins.reports.html import INDEX, write_html_folder
from parcheck_plugins.reports.html import pictures as pictures_module
from parcheck_plugins.reports.html.findings import ALIKE
from parcheck_plugins.reports.html.index import file_name
from parcheck_plugins.reports.html.texts import Speaker

PLAIN = "van ban"
HOSTILE = {
    "script": "<script>alert(1)</script>",
    "attribute": '"><img src=x onerror=alert(1)>',
    "quote": "' onmouseover='alert(1)",
    "closing": "</style></script></title></textarea><svg onload=alert(1)>",
    "comment": "<!-- ]]> --> <![CDATA[",
    "template": "{{ 7 * 7 }} {% for %} {# #}",
    "address": "javascript:alert(1)",
    "entity": "&lt;b&gt; &#x202e; &amp",
    "formula": '=HYPERLINK("http://x")',
    "format": "{file} {0} {",
}
MEASURE = 5 * 1024 * 1024


def test_the_sample_reads_as_it_did(sample, page, snapshot):
    text = page(sample)
    text = re.sub(r"data:image/png;base64,[A-Za-z0-9+/=]+", "data:…", text)
    text = re.sub(r"sha256-[A-Za-z0-9+/=]+", "sha256-…", text)
    text = re.sub(r"<(style|script)>.*?</\1>", r"<\1>…</\1>", text, flags=re.DOTALL)
    assert text == snapshot


def test_the_sample_shows_the_places_with_the_words_marked(sample, page):
    text = page(sample)
    pictures = re.findall(r'<image href="data:image/png;base64,([A-Za-z0-9+/=]+)"', text)
    assert len(pictures) == text.count('<rect class="mark"') >= 2
    assert all(base64.b64decode(each).startswith(b"\x89PNG") for each in pictures)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_both_languages_are_in_the_page_and_one_comes_first(sample, page, language):
    text = page(sample, language)
    assert f'<html lang="{language}" data-lang="{language}"' in text
    assert re.findall(r'value="(\w+)" checked>', text)[0] == language
    words = Page(text).text
    assert "Cần xử lý trước khi nộp" in words
    assert "To deal with before handing in" in words
    title = re.search(r"<title>(.*?)</title>", text)[1]
    assert shipped().term("ui", "report-title", language) in title


def test_a_page_nests_and_leads_nowhere_else(sample, many, faultless, page):
    for report in (sample, many, faultless):
        assert Page(page(report)).faults == []


def test_the_policy_lets_in_just_its_own_style_and_script(sample, page):
    text = page(sample)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="(.*?)"', text)[1].replace("&#39;", "'")
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    for tag in ("style", "script"):
        (body,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, flags=re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
        assert not re.search(r"https?:|@import|url\(", body)


def test_no_faults_found_is_said_in_words(faultless, page):
    text = page(faultless)
    words = Page(text).text
    for key in ("html-no-faults", "html-nothing-to-do", "ready", "no-findings"):
        for language in ("vi", "en"):
            assert shipped().term("ui", key, language) in words


def test_every_outcome_stands_in_words_beside_its_colour(sample, page):
    text = page(sample)
    for outcome in Outcome:
        for badge in re.findall(rf'class="badge o-{outcome}">(.*?)</span></span>', text):
            assert shipped().term("outcomes", outcome.value, "vi") in badge


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_what_strangers_write_stays_words(text, page):
    """The same tags with the same attributes come out, whatever names and documents say."""
    harmless, hostile = Page(page(report_saying(PLAIN))), Page(page(report_saying(text)))
    assert hostile.tags == harmless.tags
    assert hostile.faults == []
    assert " ".join(text.split()) in hostile.text


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\x00", "\x1b", "\x85", "\ud800", "\ufffe", "\u061c", "\r"])
def test_signs_that_hide_or_turn_words_round_do_not_get_into_the_page(sign, page):
    text = page(report_saying(f"A{sign}fdp.exe"))
    assert sign not in text
    text.encode("utf-8")
    assert "fdp.exe" in Page(text).text


def test_a_name_in_another_direction_is_kept_apart(page):
    text = page(report_saying("שלום עולם"))
    assert text.count("<bdi>שלום עולם</bdi>") >= 4


def test_ten_thousand_signs_are_folded_and_still_there(page):
    long = "Ủ" * 10_000
    text = page(report_saying(long))
    assert Page(text).faults == []
    assert len(text.encode()) < MEASURE
    folded = re.findall(r'<details class="whole"><summary>.*?</summary><div><bdi>(.*?)</bdi>', text)
    assert long in folded
    outside = re.sub(r'<details class="(?:whole|dev)">.*?</details>', "", text, flags=re.DOTALL)
    assert max(map(len, re.findall("Ủ+", outside))) < 1000


def test_what_a_decision_sets_aside_is_shown_with_it(faultless, page):
    waived = Decision(1, Action.WAIVE, "Năm nay <không> làm", "Sở Nội vụ", "2026-01-01", "2026-12-31")
    (unit,) = faultless.submissions
    (row,) = unit.criteria
    finding = Finding("evidence-missing", {"files": 1}, criterion="1.1", requirement="ke-hoach", decision=waived)
    decided = Decided(Outcome.MISSING, Outcome.WAIVED, (waived,))
    requirement = replace(row.requirements[0], outcome=Outcome.WAIVED, findings=(finding,), decision=decided)
    row = replace(row, outcome=Outcome.WAIVED, requirements=(requirement,), decision=decided)
    unit = replace(unit, criteria=(row,), decisions=(DecisionUse(waived, DecisionState.APPLIED),))
    words = Page(page(replace(faultless, submissions=(unit,)))).text
    assert words.count("Năm nay <không> làm") >= 3
    assert shipped().phrase("html-decided", "vi", before="thiếu", after="được miễn") in words
    assert shipped().part(finding, "fix", "vi", criterion="1.1", requirement="") not in words


# --- pictures ---------------------------------------------------------------------------------------------------------


def test_pictures_that_a_page_has_no_room_for_are_told_of(sample, page, monkeypatch):
    monkeypatch.setattr(pictures_module.Album.__init__, "__defaults__", (7000,))
    text = page(sample)
    assert text.count("<image ") == 1
    assert shipped().term("ui", "html-picture-left-out", "vi") in text


def test_a_submission_that_is_gone_is_told_of(sample, page, tmp_path):
    for root in (None, tmp_path / "gone"):
        (unit,) = sample.submissions
        text = page(replace(sample, submissions=(replace(unit, root=root),)))
        assert "<image " not in text
        assert shipped().term("ui", "html-no-pictures", "vi") in text


def test_a_file_that_is_gone_is_told_of(sample, page, tmp_path):
    (unit,) = sample.submissions
    text = page(replace(sample, submissions=(replace(unit, root=tmp_path),)))
    assert "<image " not in text
    assert shipped().term("ui", "html-picture-changed", "en") in text


# --- many units -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def folder(many, session, tmp_path_factory):
    target = tmp_path_factory.mktemp("reports")
    write_html_folder(many, session.catalogue, "vi", target)
    return target


def test_a_folder_has_an_index_that_leads_to_each_unit(folder, many):
    files = {file.name for file in folder.iterdir()}
    index = (folder / INDEX).read_text(encoding="utf-8")
    linked = set(re.findall(r'<th scope="row"><a href="([^"]+)"', index))
    assert linked == files - {INDEX}
    assert len(linked) == len(many.submissions)
    for name in sorted(files):
        text = (folder / name).read_text(encoding="utf-8")
        assert Page(text).faults == []
        assert ('href="index.html"' in text) is (name != INDEX)


def test_those_with_most_to_do_come_first(folder):
    index = (folder / INDEX).read_text(encoding="utf-8")
    states = re.findall(r'<tr data-state="(\w+)"', index)
    assert states == ["not"] * 8 + ["ready"] * 4


def test_many_units_in_one_page_are_an_index_and_a_part_each(many, page):
    text = page(many)
    assert text.count('<section class="unit"') == len(many.submissions)
    assert Page(text).faults == []


class OneByOne:
    """Submissions that are made when they are asked for, and remembers how many lived at once."""

    def __init__(self, one, count):
        self.one, self.count, self.alive, self.most = one, count, 0, 0

    def __len__(self):
        return self.count

    def __iter__(self):
        for number in range(self.count):
            yield replace(self.one, unit=f"Đơn vị {number}", path=str(number))

    def __getitem__(self, index):
        raise AssertionError("not one by one")


def test_units_are_taken_one_by_one(sample, session, tmp_path):
    (one,) = sample.submissions
    write_html_folder(replace(sample, submissions=OneByOne(one, 3)), session.catalogue, "vi", tmp_path)
    assert len(list(tmp_path.iterdir())) == 4


@pytest.mark.parametrize(
    ("number", "name", "file"),
    [
        (0, "UBND xã Đạ Huoai", "001-ubnd-xa-da-huoai.html"),
        (139, "../../etc/passwd", "140-etc-passwd.html"),
        (1, "CON", "002-con.html"),
        (2, "\u202e\x00", "003-don-vi.html"),
        (3, "x" * 500, f"004-{'x' * 60}.html"),
    ],
)
def test_a_page_s_name_is_one_that_every_system_takes(number, name, file):
    assert file_name(number, name) == file


def test_a_very_large_unit_stays_under_the_measure(sample, page):
    """3 000 documents, each with its own fault: what has no room is counted, never dropped silently."""
    reading = sample.submissions[0].documents[0].reading
    documents = tuple(
        Evidence(f"d{n}", f"1.1/{n}.pdf", None, ("1.1",), replace(reading, path=f"1.1/{n}.pdf")) for n in range(3000)
    )
    findings = tuple(
        Finding(code, {"path": "a", "what": reading.facts}, document=f"d{n}", severity=Severity.WARNING, place=Place(1))
        for n in range(1500)
        for code in ("file-unmatched", "file-loose")
    )
    (unit,) = sample.submissions
    text = page(
        replace(sample, submissions=(replace(unit, documents=(*unit.documents, *documents), findings=findings),))
    )
    assert len(text.encode()) < MEASURE
    assert shipped().phrase("more-like-this", "vi", count=1500 - ALIKE) in text
    assert "tài liệu khác, không liệt kê ở đây" in text


# --- what was handed in ---------------------------------------------------------------------------------------------


def test_what_was_read_beside_the_documents_is_listed_with_its_state(faultless, page):
    (unit,) = faultless.submissions
    names = ("submission.yaml", "Tu cham.xlsx", "Ho so.zip", "Ghi chu.txt")
    inputs = (*(InputFile(name, "0" * 64) for name in names), InputFile("Tu cham 2.docx", None))
    text = Page(page(replace(faultless, submissions=(replace(unit, inputs=inputs),)))).text
    part = text[text.index("Tệp khác đã nhận") :]
    words = [shipped().term("ui", f"html-input-{kind}", "vi") for kind in ("manifest", "sheet", "archive", "other")]
    for name, said in zip(names, words, strict=True):
        assert re.search(rf"{re.escape(name)} .{{0,30}}{re.escape(said)}.{{0,160}}?đã đọc", part), name
    lost = part[part.index("Tu cham 2.docx") :]
    assert lost.index("chưa đọc được") < lost.index(shipped().term("ui", "html-input-not-opened", "vi"))


def test_a_document_that_nobody_could_read_is_no_file_beside_the_documents(faultless, page):
    (unit,) = faultless.submissions
    lost = Evidence("d009", "a.pdf", None, (), Reading("a.pdf", None, None, Status.UNREADABLE))
    inputs = (InputFile("a.pdf", "5" * 64), InputFile("submission.yaml", "6" * 64))
    text = page(replace(faultless, submissions=(replace(unit, documents=(*unit.documents, lost), inputs=inputs),)))
    before, _, beside = text.partition("Tệp khác đã nhận")
    assert 'id="d009"' in before
    assert "5" * 64 in before
    assert "submission.yaml" in beside
    assert "a.pdf" not in beside


def test_without_such_files_the_page_does_not_speak_of_them(faultless, page):
    assert "Tệp khác đã nhận" not in page(faultless)


def test_a_file_that_could_not_be_read_says_why_in_its_row(faultless, page):
    (unit,) = faultless.submissions
    reading = Reading("a.pdf", "0" * 64, None, Status.UNREADABLE, problems=(Finding("file-encrypted"),))
    locked = Evidence("d009", "a.pdf", None, (), reading)
    text = page(replace(faultless, submissions=(replace(unit, documents=(*unit.documents, locked)),)))
    row = text[text.index('id="d009"') :].partition("</tr>")[0]
    assert "Tệp có mật khẩu" in row
    assert "File has a password" in row


# --- what to do -------------------------------------------------------------------------------------------------------


def doing(faultless, page, outcome, *findings):
    """Return what the head of the page says is to be done about its one criterion."""
    (unit,) = faultless.submissions
    (row,) = unit.criteria
    requirement = replace(row.requirements[0], outcome=outcome, documents=(), findings=findings)
    criterion = replace(row, outcome=outcome, requirements=(requirement,))
    text = page(replace(faultless, submissions=(replace(unit, criteria=(criterion,)),)))
    return Page(text[text.index('<li class="task">') :].partition("</ol>")[0]).text


def test_what_to_do_names_the_file(faultless, page):
    told = doing(faultless, page, Outcome.INVALID, Finding("draft", document="d001"))
    assert "Tài liệu có vẻ là bản dự thảo" in told
    assert "(1.1/Ke hoach.pdf)" in told


def test_a_document_that_lies_elsewhere_is_the_first_thing_to_look_at(faultless, page):
    about = {"criterion": "1.1", "requirement": "ke-hoach"}
    missing = Finding("evidence-missing", {"files": 1}, **about)
    path = "1.2/Ke hoach.pdf"
    misfiled = Finding("evidence-misfiled", {"path": path}, severity=Severity.WARNING, document="d001", **about)
    told = doing(faultless, page, Outcome.MISSING, missing, misfiled)
    assert "Thiếu tài liệu kiểm chứng; Tài liệu có thể nằm ở thư mục khác" in told
    assert told.index(f"Mở tệp {path} để xem lại") < told.index("Đưa văn bản đã ban hành vào thư mục 1.1")


def test_what_could_not_be_decided_is_named_and_not_called_sure(faultless, page):
    unknown = Finding("fact-unknown", {"fact": "signer", "reason": Reason("scan")}, severity=Severity.WARNING)
    assert "Chưa xác định được: người ký" in doing(faultless, page, Outcome.UNDETERMINED, unknown)
    (unit,) = faultless.submissions
    text = page(replace(faultless, submissions=(replace(unit, findings=(unknown,)),)))
    item = text[text.index('<li class="finding') :].partition("</li>")[0]
    assert "máy chưa kết luận" in item
    assert shipped().term("certainties", "sure", "vi") not in item.replace("Độ chắc chắn", "")


# --- words ------------------------------------------------------------------------------------------------------------


def test_a_moment_is_told_in_this_computer_s_zone():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "Asia/Ho_Chi_Minh")
        time.tzset()
        said = Speaker(shipped()).moment("2026-01-05T18:30:00+00:00")
    time.tzset()
    assert said.vi == "06/01/2026, 01:30 (UTC+07:00)"
    assert said.en == "6 January 2026, 01:30 (UTC+07:00)"


def test_a_unit_that_was_not_judged_has_a_page(page, faultless):
    finding = Finding("submission-unread", {"detail": "x"})
    text = page(replace(faultless, submissions=(SubmissionResult(None, "", "hu-hong", (), (), (finding,)),)))
    assert Page(text).faults == []
    assert shipped().term("ui", "unit-unknown", "vi") in Page(text).text


def test_a_reading_without_a_digest_has_a_row(page, faultless):
    (unit,) = faultless.submissions
    lost = Evidence("d009", "a.pdf", None, (), Reading("a.pdf", None, None, Status.UNREADABLE))
    text = page(replace(faultless, submissions=(replace(unit, documents=(*unit.documents, lost)),)))
    assert 'id="d009"' in text
