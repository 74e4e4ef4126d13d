# SPDX-License-Identifier: Apache-2.0
"""Two sets compared in words, and what was gathered for the one held against the other."""

from __future__ import annotations

import io
import json
import sys

import caselib
import filemaking
import pytest

from parcheck.checking import Session
from parcheck.cli import run
from parcheck.plugins import PluginChoice, Plugins
from parcheck.rules.difference import compare_packs
from parcheck.rules.difference.against import Fate, hold_against
from parcheck.rules.difference.changes import Effect
from parcheck.rules.difference.refiling import refile, targets
from parcheck.rules.difference.report import Lines, difference_data, write_difference
from parcheck.rules.wording import Wording, conditions
from parcheck.rules.wording.scoring import scoring_lines

SOURCE = {"van-ban": {"page": 1}}
DEFS = {"ky": {"properties": {"draft": {"const": False}}, "required": ["symbol", "signer"]}}


def asks(kind, *words, valid=None):
    match = {"properties": {"type": {"const": kind}}, "required": ["type"]}
    if words:
        match["properties"]["subject"] = {"mentions": [list(words)]}
    return {"match": match, **({"valid": valid} if valid else {})}


PLAN = {"id": "ke-hoach", "name": "Kế hoạch CCHC năm ${year}", **asks("KH", "cải cách hành chính", "CCHC")}
REPORT = {"id": "bao-cao", "name": "Báo cáo CCHC năm ${year}", **asks("BC", valid={"$ref": "#/$defs/ky"})}
SERIES = {
    "id": "dinh-ky",
    "name": "Báo cáo ${each.name}",
    "each": [
        {"id": "q1", "name": "quý I", "han": "${year}-03-25"},
        {"id": "q3", "name": "quý III", "han": "${year}-09-25"},
    ],
    "match": {"properties": {"type": {"const": "BC"}, "subject": {"mentions": ["${each.name}"]}}, "required": ["type"]},
    "valid": {"allOf": [{"$ref": "#/$defs/ky"}, {"properties": {"issued_on": {"notAfter": "${each.han}"}}}]},
}
TIERS = {
    "kind": "tiers",
    "by": "share",
    "measure": "b/a",
    "tiers": [{"from": 0.2, "points": 1}, {"from": 0, "to": 0.2, "points": 0}],
}


def row(code, name, points=1, *evidence, **more):
    return {"code": code, "name": name, "points": points, "source": SOURCE, "evidence": list(evidence), **more}


OLD = [
    row("1.1", "Ban hành kế hoạch cải cách hành chính", 1.5, PLAN),
    row("1.2", "Thực hiện chế độ báo cáo định kỳ", 1, SERIES),
    row("1.3", "Kiểm tra cải cách hành chính tại cơ quan, đơn vị", 1,
        {"id": "ket-luan", "name": "Thông báo kết luận kiểm tra", **asks("TB", "kiểm tra")},
        figures={"a": "số cơ quan", "b": "số cơ quan được kiểm tra"}, scoring=TIERS),
    row("1.4", "Tuyên truyền trên đài truyền thanh", 0.5,
        {"id": "bai", "name": "Chương trình tuyên truyền", **asks("CTr", "tuyên truyền")}),
    row("1.5", "Sự hài lòng của người dân", 2, assessed="survey"),
]  # fmt: skip
NEW = [
    row("1.1", "Ban hành kế hoạch cải cách hành chính", 2,
        {**PLAN, "valid": {"properties": {"issued_on": {"notAfter": "${year}-01-31"}}}}),
    row("1.2", "Thực hiện chế độ báo cáo định kỳ", 1,
        {**SERIES, "each": [
            {"id": "q1", "name": "quý I", "han": "${year}-03-20"},
            {"id": "q3", "name": "quý III", "han": "${year}-09-25"},
            {"id": "nam", "name": "cả năm", "han": "${year}-12-31"},
        ]}),
    row("1.3", "Sáng kiến của đơn vị", 1, {"id": "sang-kien", "name": "Quyết định công nhận sáng kiến", **asks("QĐ")}),
    row("1.4", "Kiểm tra cải cách hành chính tại cơ quan, đơn vị", 1,
        {"id": "ket-luan", "name": "Thông báo kết luận kiểm tra", **asks("TB", "kiểm tra", "thanh tra")},
        figures={"a": "số cơ quan", "b": "số cơ quan được kiểm tra"},
        scoring={**TIERS, "tiers": [{"from": 0.3, "points": 1}, {"from": 0, "to": 0.3, "points": 0}]}),
    row("1.5", "Sự hài lòng của người dân", 2, assessed="survey", note="Theo kết quả khảo sát."),
]  # fmt: skip


@pytest.fixture(scope="module")
def session():
    """Everything that is installed, and what reads files of facts."""
    return Session(Plugins(PluginChoice(extra=("faulty.sheet",))))


@pytest.fixture
def sets(session, tmp_path):
    def write(old=OLD, new=NEW, **changes):
        packs = []
        for name, rows in (("cu", old), ("moi", new)):
            more = {"$defs": DEFS, "id": f"bo-{name}", **(changes if name == "moi" else {})}
            packs.append(session.pack(caselib.write_pack(tmp_path / name, *rows, **more)))
        return packs

    return write


@pytest.fixture
def compared(sets, session):
    def compare(old=OLD, new=NEW, language="vi", **changes):
        return compare_packs(*sets(old, new, **changes), session.catalogue, language)

    return compare


def change_of(difference, kind):
    (found,) = [change for change in difference.changes if change.kind == kind]
    return found


# --- In words ---


def text_of(difference, session, language):
    lines, stream = Lines(), io.StringIO()
    write_difference(difference, session.catalogue, language, lines)
    lines.write(stream)
    return stream.getvalue()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_comparison_as_text(language, compared, session, snapshot):
    assert text_of(compared(language=language), session, language) == snapshot


def test_the_comparison_as_json(compared, snapshot):
    data = difference_data(compared(), "vi")
    assert json.loads(json.dumps(data)) == data
    for side in ("old", "new"):
        del data[side]["digest"]
    assert data == snapshot


def test_the_same_set_is_the_same(compared, session):
    difference = compared(new=OLD, id="bo-cu")
    assert difference.same
    assert "giống nhau" in text_of(difference, session, "vi")


@pytest.mark.parametrize(
    ("before", "after", "effect"),
    [
        ({"notAfter": "2025-06-30"}, {"notAfter": "2025-05-31"}, Effect.WORK),
        ({"notAfter": "2025-06-30"}, {"notAfter": "2025-07-31"}, Effect.RELIEF),
        ({"notBefore": "2025-01-01"}, {"notBefore": "2025-07-01"}, Effect.WORK),
        ({"within": {"days": 30, "of": "tinh"}}, {"within": {"days": 20, "of": "tinh"}}, Effect.WORK),
        ({"within": {"days": 30, "of": "tinh"}}, {"within": {"days": 40, "of": "tinh"}}, Effect.RELIEF),
        ({"within": {"days": 30, "of": "tinh"}}, {"within": {"days": 30, "of": "bo"}}, Effect.LOOK),
        ({}, {"notAfter": "2025-06-30"}, Effect.WORK),
        ({"notAfter": "2025-06-30"}, {}, Effect.RELIEF),
    ],
)
def test_a_window_is_known_to_be_stricter_or_wider(before, after, effect, compared):
    def rows(limits):
        return [row("1.1", "Ban hành kế hoạch", 1, {**PLAN, "valid": {"properties": {"issued_on": limits}}})]

    assert change_of(compared(rows(before), rows(after)), "window").effect is effect


@pytest.mark.parametrize(
    ("before", "after", "effect"),
    [(["KH"], ["KH", "QĐ"], Effect.RELIEF), (["KH", "QĐ"], ["KH"], Effect.WORK), (["KH"], ["QĐ"], Effect.LOOK)],
)
def test_types_that_come_are_relief_and_types_that_go_are_work(before, after, effect, compared):
    def rows(types):
        match = {"properties": {"type": {"enum": types}}, "required": ["type"]}
        return [row("1.1", "Ban hành kế hoạch", 1, {"id": "a", "name": "Kế hoạch", "match": match})]

    assert change_of(compared(rows(before), rows(after)), "types").effect is effect


def test_a_row_that_became_a_group_is_told_as_split(compared):
    parts = [row("1.3.1", "Tỷ lệ được kiểm tra", 0.5, PLAN), row("1.3.2", "Xử lý sau kiểm tra", 0.5, REPORT)]
    group = {"code": "1.3", "name": "Công tác kiểm tra", "points": 1, "source": SOURCE, "criteria": parts}
    difference = compared(new=[*OLD[:2], group, *OLD[3:]])
    assert "1.3.1, 1.3.2" in change_of(difference, "row-removed").text
    assert targets(difference)["1.3"] == ("1.3",)


def test_a_keyword_that_nobody_knows_is_shown_with_its_parameter(session):
    schema = {"properties": {"signer": {"countersigned": ["A", "B"]}}}
    (found,) = conditions(schema, {})
    words = Wording(session.catalogue, "vi", 2025).condition(found)
    assert "countersigned" in words
    assert "“A” hoặc “B”" in words


def test_a_schema_that_refers_to_itself_ends():
    defs = {"a": {"anyOf": [{"$ref": "#/$defs/a"}, {"required": ["type"]}]}}
    assert conditions({"$ref": "#/$defs/a"}, defs)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_scoring_in_words(language, session, snapshot):
    wording = Wording(session.catalogue, language, 2025)
    ratio = {"kind": "ratio", "of": "a", "sum": {"b": 1}, "sum_points": {"b": 1.5}, "floor": 0.8, "floor_on": ["b"],
             "below_floor": 0, "when_zero": "full", "round": 2, "full_at": 0.95}  # fmt: skip
    rules = [
        ratio,
        {**TIERS, "out_of": 34, "by": "rank", "special": [{"text": "không nộp", "points": 0}, {"text": "khác"}]},
        {"kind": "sum", "parts": [{"text": "một", "points": 1, "assessed": "authority", "scoring": ratio}]},
        {"kind": "choice", "options": [{"text": "có", "points": 2, "at_most": True}, {"text": "không", "points": 0}]},
        {"kind": "all_or_nothing", "conditions": ["đủ", "đúng"], "options": [{"text": "đủ cả", "points": 1}]},
        {"kind": "lateness", "evidence": "kh", "otherwise": 0, "conditions": ["tốt"],
         "bands": [{"within": {"days": 30, "of": "tinh"}, "points": 3}, {"notAfter": "2025-12-31", "points": 1}]},
        {"kind": "compared", "measure": "b/a", "with": "d/c", "points": {"up": 1, "same": 0, "down": 0}},
        {"kind": "depends", "row": "1.1", "cases": [{"reached": 3, "text": "có", "scoring": TIERS}]},
        {"kind": "bonus", "form": TIERS},
        {"kind": "penalty", "by": "days_late", "due": "2025-12-15", "closes": "2025-12-20",
         "tiers": [{"from": 1, "to": 2, "points": -1}, {"from": 3, "points": -1, "per": "day"}]},
        {"kind": "penalty", "points": -0.5},
        {"kind": "survey"},
        {"kind": "authority", "by": "Bộ Nội vụ", "form": ratio},
        {"kind": "choice", "options": [], "deductions": [{"text": "muộn", "share_of_achieved": 0.1}],
         "not_applicable": {"when": "không phát sinh", "effect": "reduce_maximum"}},
        {"kind": "xổ số", "vé": 3},
    ]  # fmt: skip
    assert [scoring_lines(rule, wording) for rule in rules] == snapshot
    assert scoring_lines({}, wording) == []


# --- Held against what was gathered ---


def document(type_, subject, **facts):
    number = f"{len(subject)}/{type_}-UBND"
    plain = {"symbol": number, "issued_on": "2025-03-22", "signer": {"name": "Nguyễn Văn Mẫu"}}
    return {"type": type_, "subject": subject, **plain, **facts}


@pytest.fixture
def gathered(tmp_path):
    """Write a submission filed by the codes of the old set."""
    files = {
        "1.1/KH.facts": document("KH", "Cải cách hành chính năm 2025", issued_on="2025-02-10"),
        "1.2/Q1.facts": document("BC", "Báo cáo quý I năm 2025"),
        "1.3 - Kiểm tra/TB.facts": document("TB", "Kết luận kiểm tra"),
        "1.4/CTr.facts": document("CTr", "Tuyên truyền năm 2025"),
    }
    for path, facts in files.items():
        filemaking.facts_file(tmp_path / "ho-so" / path, **{**filemaking.PLAN_FACTS, **facts})
    claims = {"1.3": {"claimed": 1.5, "figures": {"a": 10, "b": 4}}}
    caselib.write_yaml(tmp_path / "ho-so" / "submission.yaml", {"unit": "UBND xã A", "year": 2025, "criteria": claims})
    return tmp_path / "ho-so"


def fates(held):
    return {(entry.fate, entry.code, entry.requirement): entry for entry in held.entries}


def test_each_requirement_and_document_has_its_fate(compared, gathered, session):
    held = hold_against(session, compared(), gathered, workers=1)
    found = fates(held)
    assert set(found) == {
        (Fate.WORK, "1.1", "ke-hoach"),  # issued after the new deadline
        (Fate.WORK, "1.2", "dinh-ky.q1"),  # issued after the new deadline of that period
        (Fate.OPEN, "1.2", "dinh-ky.q3"),  # was not there before either
        (Fate.WORK, "1.2", "dinh-ky.nam"),  # a new period
        (Fate.WORK, "1.3", "sang-kien"),  # a new row
        (Fate.REFILE, "1.4", "ket-luan"),  # the row's code is another
        (Fate.DROPPED, None, "bai"),  # the row is gone
    }
    assert found[Fate.WORK, "1.1", "ke-hoach"].had == ("1.1/KH.facts",)
    assert "31/01/2025" in " ".join(found[Fate.WORK, "1.1", "ke-hoach"].why)
    refiled = found[Fate.REFILE, "1.4", "ket-luan"]
    assert (refiled.documents, refiled.old_code, refiled.filed) == (("1.3 - Kiểm tra/TB.facts",), "1.3", ("1.3",))
    assert found[Fate.DROPPED, None, "bai"].documents == ("1.4/CTr.facts",)
    assert found[Fate.WORK, "1.3", "sang-kien"].had == ()
    assert held.above == (("1.4", 1.5, 1),)
    assert not held.report.ready


def test_nothing_changes_for_a_submission_when_nothing_changed(compared, gathered, session):
    held = hold_against(session, compared(new=OLD, id="bo-cu"), gathered, workers=1)
    assert {fate for fate, _, _ in fates(held)} == {Fate.HOLDS, Fate.OPEN}
    assert [entry.code for entry in held.of(Fate.HOLDS)] == ["1.1", "1.2", "1.3", "1.4"]


def test_a_new_row_proved_by_what_lies_elsewhere_is_refiled(compared, gathered, session):
    new = [*OLD, row("1.6", "Kế hoạch tuyên truyền riêng", 1, OLD[3]["evidence"][0])]
    held = hold_against(session, compared(new=new), gathered, workers=1)
    entry = fates(held)[Fate.REFILE, "1.6", "bai"]
    assert (entry.documents, entry.filed, entry.old_code) == (("1.4/CTr.facts",), ("1.4",), None)


def test_next_year_asks_for_documents_of_that_year(compared, gathered, session):
    of_year = {"properties": {"issued_on": {"notBefore": "${year}-01-01"}}}
    rows = [row("1.1", "Ban hành kế hoạch", 1, {**PLAN, "valid": of_year})]
    held = hold_against(session, compared(rows, rows, year=2026), gathered, workers=1)
    assert fates(held)[Fate.WORK, "1.1", "ke-hoach"].had == ("1.1/KH.facts",)


def test_a_self_assessment_is_refiled_by_the_rows_it_bears(compared, session, tmp_path):
    sheet = tmp_path / "tu-cham.docx"
    rows = [
        [each["code"], each["name"], str(each["points"]), "1", ""] for each in OLD if each.get("assessed") != "survey"
    ]
    rows[2][4] = "Thông báo số 12/TB-UBND ngày 05/5/2025 của UBND xã A về kết luận kiểm tra"
    caselib.write_sheet(sheet, rows)
    difference = compared()
    moved = refile(session.handed(sheet), difference, session).handed
    assert [code for code, _ in moved.cited] == ["1.4"]
    assert moved.claims["1.4"].claimed == 1
    assert moved.rows == ()
    held = hold_against(session, difference, sheet, workers=1)
    entry = fates(held)[Fate.REFILE, "1.4", "ket-luan"]
    assert entry.documents
    assert "12/TB-UBND" in entry.documents[0]


def test_files_named_in_the_manifest_go_along(compared, session, gathered):
    claims = {"1.3": {"files": ["TB.facts"]}, "1.4": {"files": ["1.1/KH.facts"]}}
    caselib.write_yaml(gathered / "submission.yaml", {"criteria": claims})
    refiled = refile(session.handed(gathered), compared(), session)
    (path,) = refiled.handed.claims["1.4"].files
    assert refiled.paths[path] == "1.3 - Kiểm tra/TB.facts"
    assert path.startswith("1.4/")
    assert set(refiled.paths.values()) == {item.path for item in session.handed(gathered).items}


# --- The command ---


@pytest.fixture
def reads_facts(session, monkeypatch):
    """Let the command read files of facts too."""
    monkeypatch.setattr(sys.modules["parcheck.cli.rules.diff"], "chosen_plugins", lambda _blocked: session.plugins)


@pytest.mark.usefixtures("reads_facts")
def test_the_command_tells_both(sets, gathered, capsys):
    old, new = sets()
    assert run(["rules", "diff", str(old.path), str(new.path)]) == 0
    assert "1.3 → 1.4" in capsys.readouterr().out
    arguments = ["rules", "diff", str(old.path), str(new.path), "--format", "json", "--workers", "1", "--no-cache"]
    assert run([*arguments, "--against", str(gathered)]) == 1
    (held,) = json.loads(capsys.readouterr().out)["against"]
    assert held["unit"] == "UBND xã A"
    assert held["counts"] == {"holds": 0, "refile": 1, "work": 4, "look": 0, "open": 1, "dropped": 1}
    assert held["claims_above"] == [{"code": "1.4", "claimed": 1.5, "maximum": 1}]


@pytest.mark.usefixtures("reads_facts")
def test_several_submissions_are_told_one_by_one(sets, gathered, capsys, snapshot):
    old, new = sets()
    arguments = ["rules", "diff", str(old.path), str(new.path), "--workers", "1", "--no-cache"]
    assert run([*arguments, "--against", str(gathered), str(gathered)]) == 1
    out = capsys.readouterr().out
    first, second = out.split("HỒ SƠ ĐÃ GOM: ")[1:]
    assert first.strip() == second.strip()
    assert first.strip() == snapshot


@pytest.mark.parametrize(
    ("more", "words"),
    [(["--format", "xml"], "xml"), (["ho-so"], "--against"), (["--against", "khong-co"], "khong-co")],
)
def test_what_cannot_be_used_is_named(more, words, sets, capsys):
    old, new = sets()
    assert run(["rules", "diff", str(old.path), str(new.path), *more]) == 2
    assert words in capsys.readouterr().err


def test_an_unknown_set_is_named(capsys):
    assert run(["rules", "diff", "par-tinh-2025", "khong-co"]) == 2
    assert "khong-co" in capsys.readouterr().err
