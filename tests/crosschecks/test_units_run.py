# SPDX-License-Identifier: Apache-2.0
"""Whole runs over units, with files that are really read: what is said, what a killed run says, what an earlier one."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json

import pytest
from samples.make.spec import Signer, Spec, Text, Unit
from samples.make.word import administrative_docx

from parcheck.errors import BadUsage
from parcheck.reporting.as_json import SCHEMA, write_json
from parcheck.reporting.former import FormerReport

TASKS = (
    "Rà soát, cắt giảm thời gian giải quyết của những thủ tục có nhiều hồ sơ, công khai kết quả trả đúng hẹn.",
    "Sắp xếp lại các nhóm việc của từng công chức, gắn đánh giá hằng tháng với sản phẩm cụ thể.",
    "Bố trí kinh phí nâng cấp đường truyền, thay máy quét đã cũ, mở lớp bồi dưỡng kỹ năng số cho cán bộ.",
    "Tổ chức đối thoại với người dân hằng quý, tiếp thu góp ý và trả lời bằng văn bản, niêm yết tại trụ sở.",
    "Giao văn phòng theo dõi, đôn đốc, tổng hợp; các bộ phận chịu trách nhiệm về nội dung được giao.",
    "Siết chặt kỷ luật, kỷ cương; đẩy mạnh giải quyết hồ sơ trên môi trường điện tử, không nhận giấy đã có dữ liệu.",
    "Khảo sát mức độ hài lòng ngay sau khi trả kết quả; nơi nào ít người đến thì chuyển lịch sang nơi khác.",
)


def plan(commune, number="12", year=2025, tasks=TASKS):
    """Return a commune's plan."""
    opening = f"Ủy ban nhân dân xã {commune} ban hành Kế hoạch cải cách hành chính năm {year} trên địa bàn xã:"
    return Spec(
        unit=Unit(name=("ỦY BAN NHÂN DÂN", f"XÃ {commune.upper()}"), place=commune), type="KẾ HOẠCH", sign="KH-UBND",
        number=number, issued_on=dt.date(year, 1, 10), year=year, subject=f"Cải cách hành chính năm {year}",
        body=tuple(Text(words) for words in (opening, *tasks)), signers=(Signer(("CHỦ TỊCH",), "Nguyễn Văn An"),),
        recipients=("Như trên;", "Lưu: VT."), kind="unsigned",
    )  # fmt: skip


@pytest.fixture
def units(tmp_path):
    """Write two communes with one wording, and a third with its own."""
    root = tmp_path / "tinh"
    own = plan("Hòa Lạc", tasks=tuple(f"{words[::-1]}" for words in TASKS))
    for number, (commune, spec) in enumerate(
        {"Phú Long": plan("Phú Long"), "Tân Hải": plan("Tân Hải", "31"), "Hòa Lạc": own}.items(), start=1
    ):
        folder = root / f"{number} - Xã {commune}" / "1.1"
        folder.mkdir(parents=True)
        (folder / "Ke hoach.docx").write_bytes(administrative_docx(spec))
    return sorted(root.iterdir())


def said(report):
    wanted = ("other-unit", "earlier-period")
    return [[f.code for f in each.findings if f.code.endswith(wanted)] for each in report.submissions]


def as_json(report, session, file):
    with file.open("w", encoding="utf-8") as stream:
        write_json(report, session.catalogue, "vi", stream)
    data = json.loads(file.read_text(encoding="utf-8"))
    data.pop("run")
    return data


def test_communes_with_one_wording(session, units, pack_folder, tmp_path):
    report = session.check_all(units, pack_folder, tmp_path / "spool", workers=1)
    assert said(report) == [["text-of-other-unit"], ["text-of-other-unit"], []]
    assert [[result.unit, result.ready] for result in report.submissions[1:]] == [
        [result.unit, result.ready] for result in list(report.submissions)[1:]
    ]
    data = as_json(report, session, tmp_path / "r.json")
    (finding,) = [f for f in data["submissions"][0]["findings"] if f["code"] == "text-of-other-unit"]
    assert finding["document"] == "d001"
    assert "2 - Xã Tân Hải" in finding["message"]


def test_a_run_that_goes_on_says_the_same(session, units, pack_folder, tmp_path):
    whole = session.check_all(units, pack_folder, tmp_path / "one", workers=1)
    session.check_all(units[:2], pack_folder, tmp_path / "two", workers=1)
    resumed = session.check_all(units, pack_folder, tmp_path / "two", workers=1)
    assert as_json(whole, session, tmp_path / "1.json") == as_json(resumed, session, tmp_path / "2.json")


def test_a_unit_checked_alone_is_compared_with_nothing(session, units, pack_folder):
    assert said(session.check(units[0], pack_folder, workers=1)) == [[]]
    assert [result.findings for result in session.check_many(units[:1], pack_folder, workers=1)] == [()]


def test_a_decision_reaches_what_comparing_found(session, units, pack_folder, decisions, tmp_path):
    file = decisions("finding: text-of-other-unit, decision: accept, reason: Dùng chung mẫu, who: Nguyễn Văn An")
    report = session.check_all(units, pack_folder, tmp_path / "spool", decisions=file, workers=1)
    decided = [f.decision and f.decision.reason for each in report.submissions for f in each.findings]
    assert decided == ["Dùng chung mẫu", "Dùng chung mẫu"]
    assert report.findings == ()


# --- an earlier report


@pytest.fixture
def earlier(session, units, pack_folder, tmp_path):
    """Write last year's report on the first two units: one handed in the same file, the other the same wording."""
    (units[1] / "1.1" / "Ke hoach.docx").write_bytes(administrative_docx(plan("Tân Hải", "8", 2024)))
    report = session.check_all(units[:2], pack_folder, tmp_path / "spool-2024", workers=1, year=2024)
    file = tmp_path / "2024.json"
    as_json(report, session, file)
    (units[1] / "1.1" / "Ke hoach.docx").write_bytes(administrative_docx(plan("Tân Hải", "31")))
    return file


def test_what_was_handed_in_before(session, units, earlier, pack_folder, tmp_path):
    report = session.check_all(units, pack_folder, tmp_path / "spool", before=earlier, workers=1)
    assert [set(codes) - {"text-of-other-unit"} for codes in said(report)] == [
        {"file-of-earlier-period"}, {"text-of-earlier-period"}, set(),
    ]  # fmt: skip
    (alone,) = said(session.check(units[1], pack_folder, before=earlier, workers=1))
    assert alone == ["text-of-earlier-period"]


def test_the_same_period_is_no_earlier_one(session, units, earlier, pack_folder):
    (alone,) = said(session.check(units[0], pack_folder, before=earlier, workers=1, year=2024))
    assert alone == []


def test_the_command(units, earlier, pack_folder, parcheck_command, tmp_path):
    out = tmp_path / "out"
    code, _, err = parcheck_command(
        "check", *units, "--rules", pack_folder, "--before", earlier, "-o", out, "--format", "json", "--workers", 1
    )
    assert (code, "Traceback" in err) == (0, False)
    data = json.loads((out / "report.json").read_text(encoding="utf-8"))
    assert [unit["findings"][-1]["code"] for unit in data["submissions"][:2]] == [
        "file-of-earlier-period", "text-of-earlier-period",
    ]  # fmt: skip
    code, shown, _ = parcheck_command("check", *units, "--rules", pack_folder, "--workers", 1)
    assert code == 0
    assert "text-of-other-unit" in shown


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "report-not-opened"),
        ("", "report-not-json"),
        ("[", "report-not-json"),
        ("[]", "report-none"),
        ("{}", "report-none"),
        ('{"schema": "urn:parcheck:schema:report:0", "submissions": []}', "report-other-version"),
        (f'{{"schema": "{SCHEMA}", "submissions": [{{}}]}}', "report-damaged"),
        (f'{{"schema": "{SCHEMA}", "submissions": [1]}}', "report-damaged"),
        (f'{{"schema": "{SCHEMA}", "submissions": [', "report-not-json"),
    ],
)
def test_what_is_no_report_is_refused_before_anything_is_read(
    content, code, units, pack_folder, session, tmp_path, parcheck_command
):
    file = tmp_path / "cu.json"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    with pytest.raises(BadUsage) as error:
        session.check_all(units, pack_folder, tmp_path / "spool", before=file, progress=pytest.fail)
    assert error.value.code == code
    assert parcheck_command("check", units[0], "--rules", pack_folder, "--before", file)[0] == 2


def test_an_earlier_report_gives_its_documents_back(session, units, pack_folder, tmp_path):
    report = session.check_all(units, pack_folder, tmp_path / "spool", workers=1)
    cited = dataclasses.replace(report.submissions[0].documents[0], path=None, cited="12/KH-UBND")
    first = dataclasses.replace(report.submissions[0], documents=(*report.submissions[0].documents, cited))
    as_json(dataclasses.replace(report, submissions=(first, *report.submissions[1:])), session, tmp_path / "r.json")
    with FormerReport(tmp_path / "r.json") as former:
        assert [each.path for each in former.units] == [unit.name for unit in units]
        for number, result in enumerate(report.submissions):
            documents = former.documents(number)
            assert [each.sha256 for each in documents] == [each.reading.sha256 for each in result.documents]
            assert documents[0].facts["sketch"] == result.documents[0].reading.facts["sketch"]
