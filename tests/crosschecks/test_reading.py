# SPDX-License-Identifier: Apache-2.0
"""The facts that only cross-checks ask for, read from files."""

from __future__ import annotations

import pytest
from tests.reading.make_docx import make_docx, paragraph, run
from tests.reading.make_pdf import Put, body, head, make_pdf, title

from parcheck.reading.recognition import RecognisedDocument
from parcheck_plugins.crosschecks.reading import SelfReader
from parcheck_plugins.pdf.document import PdfDocument
from parcheck_plugins.word.document import WordDocument

READER = SelfReader()
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def pdf(tmp_path):
    def opened(*pages, **options):
        path = tmp_path / "a.pdf"
        path.write_bytes(make_pdf(*pages, **options))
        document = PdfDocument(path)
        document.path = path
        return document

    return opened


def test_a_report(pdf):
    first = [
        *head(),
        *title("BÁO CÁO", "Kết quả"),
        Put(85, 260, "Thực hiện Quyết định số 1602/QĐ-UBND ngày 03/9/2025 của Ủy ban nhân dân"),
        Put(85, 278, "đã hoàn thành 46/48 nhiệm vụ, đạt 98,53%."),
        *body(300),
    ]
    with pdf(first, [Put(300, 30, "2"), *body(60)]) as document:
        facts = READER.read(document, READER.provides, {})
    (cited,) = facts["dated_citations"].value
    assert (cited["symbol"], cited["issued_on"], cited["page"]) == ("1602/QĐ-UBND", "2025-09-03", 1)
    (ratio,) = facts["ratios"].value
    assert (ratio["part"], ratio["percent"], ratio["page"]) == (46, 98.53, 1)
    assert facts["page_numbers"].value == [None, 2]
    assert facts["revisions"].value is None


class NeverAsked:
    """A recogniser that must not be used."""

    name, version = "never", "1"

    def lines(self, *_args, **_options):
        raise AssertionError

    def ending(self, *_args, **_options):
        raise AssertionError


def test_scans_are_not_recognised_for_a_hint(pdf):
    with pdf([], pictures=[(0, 0, 595, 842)]) as inner:
        facts = READER.read(RecognisedDocument(inner, NeverAsked()), READER.provides, {})
    assert {name for name, fact in facts.items() if fact.unknown} == READER.provides - {"revisions"}


def test_tracked_changes_and_comments(tmp_path):
    inserted = '<w:ins w:id="1" w:author="A">' + run("mới") + "</w:ins>"
    comments = '<w:comments><w:comment w:id="0"><w:p/></w:comment><w:comment w:id="1"><w:p/></w:comment></w:comments>'
    path = make_docx(tmp_path / "a.docx", paragraph(run("Kế hoạch ") + inserted), {"comments.xml": comments})
    with WordDocument(path, DOCX) as document:
        facts = READER.read(document, READER.provides, {})
    assert facts["revisions"].value == {"changes": 1, "comments": 2}
    assert facts["page_numbers"].value is None
