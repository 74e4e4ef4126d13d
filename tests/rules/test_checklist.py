# SPDX-License-Identifier: Apache-2.0
"""The list of what to hand in: every document asked, by when, by whom; nothing that a pack says can break the page."""

from __future__ import annotations

import html.parser
import re
import zipfile

import caselib
import docx
import pytest
from packdata import loaded

from parcheck.cli import run
from parcheck.rules.checklist import make_checklist
from parcheck.rules.checklist.page import write_html
from parcheck.rules.checklist.word import write_docx
from parcheck.rules.requirements import requirements

HOSTILE = '<script>alert("1")</script> & “A” <b>\x07'
ISSUED = {
    "properties": {"draft": {"const": False}, "signer": {"required": ["name"]}},
    "required": ["symbol", "issued_on", "signer"],
    "signed": True,
}
ROWS = [
    {
        "code": "1.1",
        "name": "Thực hiện kế hoạch",
        "points": 1.5,
        "figures": {"a": "nhiệm vụ đề ra", "b": "nhiệm vụ đã hoàn thành"},
        "scoring": {"kind": "ratio", "of": "a", "sum": {"b": 1}, "sum_points": {"b": 1.5}},
        "explanation": True,
        "source": {"van-ban": {"page": 3, "row": 7}},
        "evidence": [
            {
                "id": "ke-hoach",
                "name": "Kế hoạch CCHC năm ${year}",
                "match": {
                    "properties": {
                        "type": {"enum": ["KH", "QĐ"]},
                        "subject": {"mentions": [["cải cách hành chính", "CCHC"]], "mentionsNone": ["kiểm tra"]},
                    },
                    "required": ["type", "subject"],
                },
                "valid": {
                    "allOf": [
                        {"$ref": "#/$defs/ban-hanh"},
                        {"properties": {"issuer": {"organisation": "unit"}}, "required": ["issuer"]},
                        {"properties": {"issued_on": {"notBefore": "${year}-01-01", "notAfter": "${year}-03-31"}}},
                    ]
                },
                "note": "Lời của người soạn bộ quy tắc.",
            },
            {
                "id": "dinh-ky",
                "name": "Báo cáo ${each.name}",
                "each": [
                    {"id": "q1", "name": "quý I", "han": "${year}-03-25"},
                    {"id": "q3", "name": "quý III", "han": "${year}-09-25"},
                ],
                "match": {"properties": {"type": {"const": "BC"}}, "required": ["type"]},
                "valid": {"properties": {"issued_on": {"notAfter": "${each.han}"}}},
                "count": {"min": 2, "distinct": ["issuer"]},
            },
            {
                "id": "bien-ban",
                "name": "Biên bản hoặc thông báo",
                "optional": True,
                "any_of": [
                    {"id": "bb", "name": "Biên bản", "match": {"properties": {"type": {"const": "BB"}}}},
                    {
                        "id": "tb",
                        "name": "Thông báo",
                        "match": {"properties": {"type": {"const": "TB"}}},
                        "valid": {"$ref": "#/$defs/ban-hanh"},
                    },
                ],
            },
            {"id": "so-lieu", "name": "Số liệu của kho bạc", "provided_by": "Kho bạc Nhà nước"},
            {"id": "khac", "name": "TLKC khác (nếu có)", "optional": True, "other": True},
        ],
    },
    {"code": "1.2", "name": "Sự hài lòng", "points": 2, "assessed": "survey", "source": {"van-ban": {"page": 4}}},
    {"code": "1.3", "name": "Nhiệm vụ được giao", "points": 1, "assessed": "authority", "source": {"van-ban": {}}},
]


@pytest.fixture
def pack(session, tmp_path):
    return session.pack(caselib.write_pack(tmp_path / "bo-mau", *ROWS, **{"$defs": {"ban-hanh": ISSUED}}))


@pytest.fixture
def hostile(session, tmp_path):
    row = {**ROWS[0], "name": HOSTILE, "note": HOSTILE, "figures": {"a": HOSTILE, "b": "b"}}
    row["evidence"] = [{"id": "a", "name": HOSTILE, "note": HOSTILE, "match": {"required": ["type"]}}]
    folder = caselib.write_pack(tmp_path / "bo-xau", row, {**ROWS[1], "name": HOSTILE}, title=HOSTILE)
    return session.pack(folder)


class Page(html.parser.HTMLParser):
    """The tags and the text of a page."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.text, self.attributes = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [value for _, value in attrs if value]

    def handle_data(self, data):
        self.text.append(data)


def html_of(checklist, tmp_path):
    write_html(checklist, tmp_path / "a.html")
    return (tmp_path / "a.html").read_text(encoding="utf-8")


def docx_text(path):
    """Return what a Word file says, table by table, each cell once."""
    document = docx.Document(str(path))
    lines = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        for row in table.rows:
            cells = {id(cell._tc): cell.text for cell in row.cells}
            lines.append(" | ".join(cells.values()))
    return lines


# --- What it says ---


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_list_as_text(language, pack, session, tmp_path, snapshot):
    write_docx(make_checklist(pack, session.catalogue, language), tmp_path / "a.docx")
    assert docx_text(tmp_path / "a.docx") == snapshot


def test_both_formats_say_the_same(pack, session, tmp_path):
    checklist = make_checklist(pack, session.catalogue, unit="UBND xã An Bình", notes=True)
    write_docx(checklist, tmp_path / "a.docx")
    page = " ".join("".join(Page(html_of(checklist, tmp_path)).text).split())
    for line in docx_text(tmp_path / "a.docx"):
        for cell in line.replace("\n", " | ").split(" | "):
            if cell not in ("☐", ""):
                assert " ".join(cell.split()) in page


def test_a_document_has_its_window_its_issuer_and_its_title(pack, session):
    (row,) = make_checklist(pack, session.catalogue, unit="UBND xã An Bình").sections[0].rows
    plan = row.documents[0]
    assert plan.name == "Kế hoạch CCHC năm 2025 (*)"
    assert plan.when == ("từ 01/01/2025", "chậm nhất 31/03/2025")
    assert plan.who == ("UBND xã An Bình",)
    assert plan.what == ("Kế hoạch hoặc Quyết định", "trích yếu có “cải cách hành chính” hoặc “CCHC”")
    assert row.heading == "1.1 Thực hiện kế hoạch – 1,5 điểm"
    assert dict(row.facts)["Nguồn:"] == "1/QĐ-UBND, trang 3, dòng 7"


def test_each_period_has_its_own_box_and_due_date(pack, session):
    (row,) = make_checklist(pack, session.catalogue).sections[0].rows
    periods = [one for one in row.documents if one.name.startswith("Báo cáo")]
    assert [(one.name, one.when) for one in periods] == [
        ("Báo cáo quý I", ("chậm nhất 25/03/2025",)),
        ("Báo cáo quý III", ("chậm nhất 25/09/2025",)),
    ]
    assert all("ít nhất 2 tài liệu" in one.what[0] for one in periods)


def test_ways_to_prove_it_stand_under_one_box(pack, session):
    (row,) = make_checklist(pack, session.catalogue).sections[0].rows
    either = next(one for one in row.documents if one.ways)
    assert either.optional
    assert either.ways == ("a) Biên bản", "b) Thông báo (*)")
    assert either.what == ("a) Biên bản", "b) Thông báo")


def test_what_others_provide_has_no_box_and_rows_of_others_stand_apart(pack, session):
    section = make_checklist(pack, session.catalogue).sections[0]
    held = [one for one in section.rows[0].documents if not one.asked]
    assert ["Kho bạc Nhà nước" in one.name for one in held] == [True]
    assert [row.code for row in section.rows] == ["1.1"]
    assert section.apart == (
        "1.2 Sự hài lòng (2 điểm, điều tra xã hội học)",
        "1.3 Nhiệm vụ được giao (1 điểm, cơ quan thẩm định chấm)",
    )


def test_remarks_on_documents_are_printed_when_asked_for(pack, session):
    for notes in (False, True):
        (row,) = make_checklist(pack, session.catalogue, notes=notes).sections[0].rows
        assert (row.documents[0].note is not None) is notes


@pytest.mark.parametrize("id_", ["par-tinh-2025", "cap-xa-lam-dong-2025", "xa-nq57-2026"])
def test_every_document_of_a_real_set_is_listed(id_, session):
    pack = loaded(id_)
    checklist = make_checklist(pack, session.catalogue)
    listed = [one for section in checklist.sections for row in section.rows for one in row.documents if one.asked]
    asked = [
        one
        for row in pack.criteria
        if row.assessed == "self"
        for one in requirements(row, pack.year)
        if not one.other and not one.provided_by
    ]
    assert len(listed) == len(asked)
    assert all(one.name in box.name for one, box in zip(asked, listed, strict=True))
    apart = [row for section in checklist.sections for row in section.apart]
    assert len(apart) == sum(row.assessed != "self" for row in pack.criteria)
    told = [words for one in listed for words in (*one.when, *one.who, *one.what)]
    assert not [words for words in told if "{" in words or "$" in words or " = " in words]


# --- What a pack or a user writes stays text ---


def test_what_a_pack_says_is_escaped(hostile, session, tmp_path):
    text = html_of(make_checklist(hostile, session.catalogue, unit=HOSTILE, level=HOSTILE, notes=True), tmp_path)
    page = Page(text)
    assert "script" not in page.tags
    assert 'alert("1")' in "".join(page.text)
    assert text.count("&lt;script&gt;") >= 6
    assert not re.search(r"(?:src|href|url|@import)\s*[=(]", text)


def test_word_takes_what_xml_cannot_hold(hostile, session, tmp_path):
    write_docx(make_checklist(hostile, session.catalogue, unit=HOSTILE, notes=True), tmp_path / "a.docx")
    assert any('<script>alert("1")</script>' in line for line in docx_text(tmp_path / "a.docx"))


def test_the_page_is_for_a4_and_repeats_its_headings(pack, session, tmp_path):
    text = html_of(make_checklist(pack, session.catalogue), tmp_path)
    assert "size: A4 landscape" in text
    assert "table-header-group" in text
    assert '<html lang="vi">' in text
    assert Page(text).tags.count("input") == 4
    write_docx(make_checklist(pack, session.catalogue), tmp_path / "a.docx")
    with zipfile.ZipFile(tmp_path / "a.docx") as package:
        body = package.read("word/document.xml").decode()
        foot = "".join(package.read(name).decode() for name in package.namelist() if "footer" in name)
    assert body.count("<w:tblHeader/>") == 1
    assert 'w:orient="landscape"' in body
    assert "NUMPAGES" in foot


# --- The command ---


@pytest.mark.parametrize("suffix", [".docx", ".html", ".HTML"])
def test_the_command_writes_the_file(suffix, pack, tmp_path, capsys):
    target = tmp_path / f"danh-muc{suffix}"
    assert (
        run(["rules", "checklist", str(pack.path), "-o", str(target), "--unit", "UBND xã A", "--unit-level", "phường"])
        == 0
    )
    assert str(target) in capsys.readouterr().err
    content = target.read_bytes() if suffix == ".docx" else target.read_text(encoding="utf-8")
    assert content[:2] == b"PK" if suffix == ".docx" else "UBND xã A · Cấp: phường" in content
    assert [file.name for file in tmp_path.glob(".danh-muc*")] == []


def test_a_format_that_is_not_written_is_named(pack, tmp_path, capsys):
    assert run(["rules", "checklist", str(pack.path), "-o", str(tmp_path / "a.pdf")]) == 2
    assert ".docx, .html" in capsys.readouterr().err
    assert not (tmp_path / "a.pdf").exists()
