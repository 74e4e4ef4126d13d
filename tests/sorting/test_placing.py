# SPDX-License-Identifier: Apache-2.0
"""Where documents go, given as facts: what decides, how surely, and what is named where nothing decides."""

from __future__ import annotations

from pathlib import Path

import caselib
import pytest

from parcheck.sorting import Basis, Sureness
from parcheck.sorting.running import place_all
from parcheck.submission import Claim, Handed, Item
from parcheck.submission.sheet import Cited, SheetRow

SAMPLE = Path(__file__).parents[2] / "samples" / "rules" / "par-so-mau-2025"
ROOT = Path("/ho-so")
UNIT = "Sở Nội vụ tỉnh Trường Giang"
SOURCE = {"van-ban": {"page": 1}}


def asks(id_, name, kind=None, *mentions, **more):
    match = {"properties": {"subject": {"mentions": list(mentions)}}, "required": ["subject"]}
    if kind:
        match = {**match, "properties": {**match["properties"], "type": {"const": kind}}}
    return {"id": id_, "name": name, "match": match, **more}


def row(code, name, *evidence, **more):
    return {"code": code, "name": name, "points": 1, "source": SOURCE, "evidence": list(evidence), **more}


@pytest.fixture
def sample(session):
    return session.pack(SAMPLE)


@pytest.fixture
def placed(session):
    """Return a function: pack, documents (path → facts; "?" a fact that cannot be read) → placements by path."""

    def place(pack, documents, **known):
        asked = session.facts(pack)
        readings = []
        for path, facts in documents.items():
            unknown = {name: "scan" for name, value in facts.items() if value == "?"}
            kept = {name: value for name, value in facts.items() if value != "?"}
            kept = {**dict.fromkeys(("type", "subject", "symbol")), **kept} if not unknown else kept
            readings.append(caselib.reading_of({"path": path, "facts": kept, "unknown": unknown}, asked))
        items = tuple(Item(ROOT / path, path) for path in documents)
        handed = Handed(ROOT, items, **{"unit": UNIT, **known})
        return {one.path: one for one in place_all(session, pack, handed, readings).placements}

    return place


def issued(kind, subject, **more):
    return {"type": kind, "subject": subject, "symbol": f"12/{kind}-SNV", "issued_on": "2025-03-01", **more}


def test_one_row_alone_is_sure_and_the_words_that_decided_are_named(sample, placed):
    one = placed(sample, {"a.pdf": issued("KH", "Kiểm tra công tác cải cách hành chính năm 2025")})["a.pdf"]
    assert (one.sureness, one.codes, one.basis) == (Sureness.SURE, ("1.3",), Basis.RULES)
    assert one.fits[0].requirement == "Kế hoạch kiểm tra CCHC năm 2025"
    assert {"KH", "kiểm tra", "cải cách hành chính"} <= set(one.fits[0].words)


def test_rows_that_ask_for_the_same_share_the_document_and_it_stays_sure(sample, placed):
    one = placed(sample, {"a.pdf": issued("BC", "Công tác cải cách hành chính năm 2025 của Sở Nội vụ")})["a.pdf"]
    assert (one.sureness, one.codes) == (Sureness.SURE, ("1.1", "1.2"))


def test_of_several_rows_the_clearly_nearer_is_likely_and_the_others_are_named(sample, placed):
    one = placed(sample, {"a.pdf": issued("BC", "Kết quả tuyên truyền cải cách hành chính năm 2025")})["a.pdf"]
    assert (one.sureness, one.codes) == (Sureness.LIKELY, ("1.4",))
    assert {"1.1", "1.2"} & {fit.code for fit in one.fits[1:]}


def test_another_year_goes_nowhere_and_the_nearest_row_says_why(sample, placed):
    one = placed(sample, {"a.pdf": issued("KH", "Cải cách hành chính năm 2024 của Sở Nội vụ")})["a.pdf"]
    assert (one.sureness, one.codes) == (Sureness.UNSURE, ())
    assert one.fits[0].code == "1.1"
    assert [finding.code for finding in one.fits[0].findings] == ["year-differs"]


def test_what_nobody_asks_for_goes_nowhere(sample, placed):
    one = placed(sample, {"a.pdf": issued("CV", "mời dự lễ khánh thành trụ sở mới")})["a.pdf"]
    assert (one.sureness, one.codes, one.fits) == (Sureness.UNSURE, (), ())


def test_an_unknown_fact_decides_nothing(sample, placed):
    facts = issued("BC", "?")
    one = placed(sample, {"a.pdf": facts})["a.pdf"]
    assert (one.sureness, one.codes) == (Sureness.UNSURE, ())
    likely = placed(sample, {"a.pdf": issued("?", "Kiểm tra công tác cải cách hành chính năm 2025")})["a.pdf"]
    assert likely.sureness is Sureness.UNSURE
    assert likely.fits[0].code == "1.3"
    assert likely.fits[0].holds is None
    assert likely.fits[0].findings[0].code == "fact-unknown"


def test_equally_near_rows_are_left_to_a_person(tmp_path, session, placed):
    rows = [
        row("1.1", "Cuộc thi sáng tạo", asks("a", "Văn bản về phong trào thi đua", None, "thi đua")),
        row("1.2", "Hội thi sáng tạo", asks("b", "Tài liệu về phong trào thi đua", "BC", "phong trào")),
    ]
    pack = session.pack(caselib.write_pack(tmp_path / "bo", *rows))
    one = placed(pack, {"a.pdf": issued("BC", "Tài liệu, văn bản về phong trào thi đua sáng tạo")})["a.pdf"]
    assert one.sureness is Sureness.UNSURE
    assert {fit.code for fit in one.fits} == {"1.1", "1.2"}
    assert all(fit.holds for fit in one.fits)


def test_a_case_of_a_wider_kind_goes_to_its_own_row_and_proves_the_wider_one_too(tmp_path, session, placed):
    defs = {"bao-cao-cchc": {**asks("", "", "BC", "cải cách hành chính")["match"]}}
    quarterly = {
        "allOf": [{"$ref": "#/$defs/bao-cao-cchc"}],
        "properties": {"subject": {"mentions": ["quý I"]}},
    }
    rows = [
        row(
            "1.1",
            "Công tác tuyên truyền",
            {"id": "a", "name": "Các báo cáo CCHC", "match": {"$ref": "#/$defs/bao-cao-cchc"}},
        ),
        row("1.2", "Chế độ báo cáo", {"id": "b", "name": "Báo cáo CCHC quý I", "match": quarterly}),
    ]
    pack = session.pack(caselib.write_pack(tmp_path / "bo", *rows, **{"$defs": defs}))
    found = placed(
        pack,
        {
            "a.pdf": issued("BC", "Công tác cải cách hành chính quý I năm 2025"),
            "b.pdf": issued("BC", "Công tác cải cách hành chính tháng 8 năm 2025"),
        },
    )
    assert (found["a.pdf"].sureness, found["a.pdf"].codes) == (Sureness.SURE, ("1.2", "1.1"))
    assert found["b.pdf"].codes == ("1.1",)


def test_a_match_without_words_attracts_nothing(tmp_path, session, placed):
    rows = [
        row("1.1", "Tuyên truyền", {"id": "a", "name": "Đường link tin, bài", "kind": "link"}),
        row("1.2", "Kiểm tra", asks("b", "Kế hoạch kiểm tra", "KH", "kiểm tra")),
    ]
    pack = session.pack(caselib.write_pack(tmp_path / "bo", *rows))
    links = {"links": ["https://truonggiang.gov.vn"]}
    found = placed(
        pack, {"a.pdf": issued("KH", "Kế hoạch kiểm tra năm 2025", **links), "b.pdf": issued("CV", "mời họp", **links)}
    )
    assert (found["a.pdf"].sureness, found["a.pdf"].codes) == (Sureness.SURE, ("1.2",))
    assert found["b.pdf"].codes == ()


@pytest.mark.parametrize(
    "path", ["1.1_KH 12.pdf", "1.1 - Kế hoạch/KH 12.pdf", "Lĩnh vực 1/1.1/KH 12.pdf"], ids=["name", "folder", "deep"]
)
def test_a_code_in_a_name_tells_between_rows_that_fit(tmp_path, session, placed, path):
    rows = [
        row("1.1", "Hội thi", asks("a", "Kế hoạch chung", "KH", "kế hoạch")),
        row("1.2", "Thi đua", asks("b", "Kế hoạch riêng", "KH", "kế hoạch", ["năm"])),
    ]
    pack = session.pack(caselib.write_pack(tmp_path / "bo", *rows))
    facts = issued("KH", "Kế hoạch chung, riêng năm 2025")
    plain = placed(pack, {"KH 12.pdf": facts})["KH 12.pdf"]
    hinted = placed(pack, {path: facts})[path]
    assert plain.codes[:1] != ("1.1",)
    assert (hinted.codes[0], hinted.basis, hinted.hint) == ("1.1", Basis.CODE, "1.1")
    assert hinted.sureness is Sureness.LIKELY


def test_a_code_that_the_content_does_not_bear_out_is_not_followed(sample, placed):
    path = "1.5 - Sáng kiến/KH 31.pdf"
    one = placed(sample, {path: issued("KH", "Chuyển đổi số năm 2025 của Sở Nội vụ")})[path]
    assert (one.codes, one.basis, one.hint) == (("5.1",), Basis.RULES, "1.5")
    path = "1.5/mời họp.pdf"
    one = placed(sample, {path: issued("CV", "mời dự lễ khánh thành trụ sở mới")})[path]
    assert one.codes == ()
    assert one.fits[0].code == "1.5"


def test_a_number_before_a_files_name_is_no_code(sample, placed):
    one = placed(sample, {"5. KH.pdf": issued("KH", "Kiểm tra cải cách hành chính năm 2025")})["5. KH.pdf"]
    assert one.hint is None


def test_what_the_self_assessment_cites_by_number_wins(sample, placed):
    cited = Cited("Kế hoạch số 12/KH-SNV", {"symbol": "12/KH-SNV", "number": "12", "sign": "KH-SNV", "type": "KH"})
    sheet = SheetRow("4.2", "Thi đua trong CCHC", claimed=1, cited=(cited,), sheet="tu-cham.docx")
    facts = issued("KH", "Kiểm tra công tác cải cách hành chính năm 2025", issuer="SỞ NỘI VỤ")
    one = placed(sample, {"a.pdf": facts}, rows=(sheet,))["a.pdf"]
    assert (one.sureness, one.codes, one.basis) == (Sureness.SURE, ("4.2",), Basis.SHEET)


def test_what_submission_yaml_names_wins(sample, placed):
    facts = issued("KH", "Kiểm tra công tác cải cách hành chính năm 2025")
    claims = {"1.1": Claim(files=("a.pdf",)), "9.9": Claim(files=("a.pdf",))}
    one = placed(sample, {"a.pdf": facts}, claims=claims)["a.pdf"]
    assert (one.sureness, one.codes, one.basis) == (Sureness.SURE, ("1.1",), Basis.MANIFEST)


def test_only_rows_within_the_scope_are_considered(sample, placed):
    facts = issued("KH", "Kiểm tra công tác cải cách hành chính năm 2025")
    assert placed(sample, {"a.pdf": facts}, scope=("2",))["a.pdf"].codes == ()


def test_files_of_the_same_bytes_go_together_and_the_hints_of_all_count(session, sample, placed):
    asked = session.facts(sample)
    facts = issued("KH", "Kiểm tra công tác cải cách hành chính năm 2025")
    readings = [
        caselib.reading_of({"path": path, "facts": facts, "bytes": "same"}, asked) for path in ("1.3/KH.pdf", "b.pdf")
    ]
    items = (Item(ROOT / "1.3/KH.pdf", "1.3/KH.pdf"), Item(ROOT / "b.pdf", "b.pdf"))
    first, second = place_all(session, sample, Handed(ROOT, items, unit=UNIT), readings).placements
    assert (first.same_as, second.same_as) == ("b.pdf", None)
    assert first.codes == second.codes == ("1.3",)
    assert second.hint == "1.3"


def test_a_file_that_is_no_document_goes_nowhere(session, sample):
    asked = session.facts(sample)
    document = {"path": "1.1/~$KH.docx", "facts": {}, "problems": ["file-temporary"]}
    item = Item(ROOT / "1.1/~$KH.docx", "1.1/~$KH.docx")
    (one,) = place_all(session, sample, Handed(ROOT, (item,)), [caselib.reading_of(document, asked)]).placements
    assert (one.sureness, one.codes, one.fits) == (Sureness.UNSURE, (), ())
