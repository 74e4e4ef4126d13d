# SPDX-License-Identifier: Apache-2.0
"""Packs built on packs: rows changed, removed, added; what is locked stays; every row tells where it came from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from parcheck.errors import BadPack
from parcheck.rules.cases import run_cases
from parcheck.rules.lint import lint_pack

BASE = """\
id: goc
title: Bộ gốc
version: "1"
level: xã
year: 2025
total_points: 6
sources:
  van-ban: {symbol: 1/QĐ-UBND, title: Bộ tiêu chí}
$defs:
  co-so: {required: [symbol], signed: true}
notes:
  - {code: "1.2.2", text: Ghi chú của dòng}
  - {text: Ghi chú chung}
severities: {issued-too-late: warning}
lock:
  rows: ["2"]
  severities: [unsigned, issued-too-late]
fields: [mot.yaml, hai.yaml]
"""
ONE = """\
code: "1"
name: Chỉ đạo
points: 4
criteria:
  - code: "1.1"
    name: Kế hoạch
    points: 2
    source: {van-ban: {page: 1}}
    evidence:
      - id: ke-hoach
        name: Kế hoạch
        match: {properties: {type: {const: KH}}, required: [type]}
        valid: {$ref: "#/$defs/co-so"}
      - id: bao-cao
        name: Báo cáo
        any_of:
          - {id: mot, name: Báo cáo, match: {properties: {type: {const: BC}}, required: [type]}}
          - {id: hai, name: Thông báo, match: {properties: {type: {const: TB}}, required: [type]}}
  - code: "1.2"
    name: Kiểm tra
    points: 2
    criteria:
      - code: "1.2.1"
        name: Biên bản
        points: 1
        source: {van-ban: {page: 1}}
        evidence: [{id: bien-ban, name: Biên bản, match: {properties: {type: {const: BB}}, required: [type]}}]
      - code: "1.2.2"
        name: Xử lý
        points: 1
        source: {van-ban: {page: 1}}
        evidence: [{id: xu-ly, name: Văn bản, match: {required: [type]}}]
"""
TWO = """\
code: "2"
name: Thể chế
points: 2
criteria:
  - code: "2.1"
    name: Rà soát
    points: 2
    source: {van-ban: {page: 2}}
    evidence: [{id: ke-hoach, name: Kế hoạch, match: {required: [type]}, valid: {$ref: "#/$defs/co-so"}}]
"""
HEAD = 'id: rieng\ntitle: Bộ riêng\nversion: "1"\nextends: goc\n'


@pytest.fixture
def load(session, tmp_path):
    """Return a function that loads what `text` makes of the base; `base` is the text of its `pack.yaml`."""

    def load_with(text, *, base=BASE, head=HEAD, **files):
        write(tmp_path / "goc", {"pack.yaml": base, "mot.yaml": ONE, "hai.yaml": TWO})
        write(tmp_path / "rieng", {"pack.yaml": head + text, **{f"{name}.yaml": text for name, text in files.items()}})
        return session.pack(tmp_path / "rieng")

    return load_with


def write(folder, files):
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


def row(pack, code):
    return next(criterion for criterion in pack.criteria if criterion.code == code)


def requirement(pack, code, id_):
    return next(each for each in row(pack, code).evidence if each["id"] == id_)


def faults(load, text, **more):
    with pytest.raises(BadPack) as caught:
        load(text, **more)
    return caught.value.faults


# --- what an extension makes ----------------------------------------------------------------------------------------


def test_without_changes_it_is_the_base_under_another_name(load):
    pack = load("")
    assert (pack.id, pack.title, pack.extends) == ("rieng", "Bộ riêng", ("goc",))
    assert (pack.level, pack.year, pack.total_points) == ("xã", 2025, 6)
    assert [criterion.code for criterion in pack.criteria] == ["1.1", "1.2.1", "1.2.2", "2.1"]
    assert {origin.pack for origin in pack.origins.values()} == {"goc"}
    assert lint_pack(pack)[0] == []


def test_what_it_states_at_the_top_wins(load):
    pack = load("year: 2026\nlevel: phường\nsources: {rieng: {symbol: 2/QĐ-UBND, title: Bộ riêng}}\n")
    assert (pack.year, pack.level, set(pack.sources)) == (2026, "phường", {"van-ban", "rieng"})


def test_a_row_is_changed_key_by_key(load):
    pack = load('changes:\n  "1.1": {name: Kế hoạch năm, points: 1.5, note: Theo tỉnh}\n')
    changed = row(pack, "1.1")
    assert (changed.name, changed.points, changed.note) == ("Kế hoạch năm", 1.5, "Theo tỉnh")
    assert [each["id"] for each in changed.evidence] == ["ke-hoach", "bao-cao"]
    assert changed.source == {"van-ban": {"page": 1}}
    assert [fault.code for fault in lint_pack(pack)[0]] == ["pack-sum", "pack-sum"]


def test_requirements_are_changed_added_and_removed_by_id(load):
    text = """\
changes:
  "1.1":
    evidence:
      ke-hoach: {valid: {required: [symbol, issued_on]}}
      bao-cao: {remove: true}
      quyet-dinh: {name: Quyết định, match: {properties: {type: {const: QĐ}}, required: [type]}}
"""
    pack = load(text)
    assert [each["id"] for each in row(pack, "1.1").evidence] == ["ke-hoach", "quyet-dinh"]
    plan = requirement(pack, "1.1", "ke-hoach")
    assert plan["valid"] == {"required": ["symbol", "issued_on"]}
    assert plan["match"] == {"properties": {"type": {"const": "KH"}}, "required": ["type"]}


def test_a_new_match_takes_the_place_of_alternatives(load):
    pack = load('changes:\n  "1.1":\n    evidence:\n      bao-cao: {match: {required: [symbol]}}\n')
    assert "any_of" not in requirement(pack, "1.1", "bao-cao")


def test_rows_groups_and_fields_are_removed_with_their_notes(load):
    pack = load('changes:\n  "1.2.2": {remove: true}\n')
    assert [criterion.code for criterion in pack.criteria] == ["1.1", "1.2.1", "2.1"]
    assert [note["text"] for note in pack.notes] == ["Ghi chú chung"]
    assert load('changes:\n  "1.2": {remove: true}\n').codes() == {"1", "1.1", "2", "2.1"}
    base = BASE.replace('rows: ["2"]', "rows: []")
    assert load('changes:\n  "2": {remove: true}\n', base=base).codes() == {"1", "1.1", "1.2", "1.2.1", "1.2.2"}


def test_rows_and_fields_are_added(load):
    added = '{code: "1.2.3", name: Phúc tra, points: 1, source: {van-ban: {page: 1}}, explanation: true}'
    field = TWO.replace('"2', '"3').replace("name: Thể chế", "name: Riêng")
    text = f'total_points: 9\nadd:\n  - under: "1.2"\n    criteria: [{added}]\n'
    text += 'changes: {"1.2": {points: 3}, "1": {points: 5}}\nfields: [ba.yaml]\n'
    pack = load(text, ba=field)
    assert [criterion.code for criterion in pack.criteria] == ["1.1", "1.2.1", "1.2.2", "1.2.3", "2.1", "3.1"]
    assert {code: origin.pack for code, origin in pack.origins.items() if origin.pack == "rieng"} == {
        "1.2.3": "rieng", "3": "rieng", "3.1": "rieng",
    }  # fmt: skip
    assert lint_pack(pack)[0] == []


def test_a_removed_row_may_come_back_as_another(load):
    added = '{code: "1.2.2", name: Phúc tra, points: 1, source: {van-ban: {page: 1}}, explanation: true}'
    pack = load(f'changes: {{"1.2.2": {{remove: true}}}}\nadd: [{{under: "1.2", criteria: [{added}]}}]\n')
    assert (row(pack, "1.2.2").name, pack.origins["1.2.2"].pack) == ("Phúc tra", "rieng")


def test_every_row_tells_which_pack_it_came_from_and_who_changed_it(load, session, tmp_path, parcheck_command):
    load('changes:\n  "1.1": {points: 2}\n')
    code, out, _ = parcheck_command("rules", "show", "1.1", "--rules", tmp_path / "rieng")
    assert code == 0
    assert "Thuộc bộ: goc; sửa bởi: rieng" in out
    _, out, _ = parcheck_command("rules", "show", "2.1", "--rules", tmp_path / "rieng", "--lang", "en")
    assert "From the set: goc; changed by: –" in out
    origin = session.pack(tmp_path / "rieng").origins["1.1"]
    assert (origin.file, origin.path) == ((tmp_path / "rieng" / "pack.yaml"), ("changes", "1.1"))


def test_the_digest_covers_the_files_of_the_whole_chain(load, session, tmp_path):
    first = load("").digest
    assert load("").digest == first
    write(tmp_path / "goc", {"hai.yaml": TWO.replace("Rà soát", "Rà soát, hệ thống hóa")})
    assert session.pack(tmp_path / "rieng").digest != first
    assert session.pack(tmp_path / "goc").digest != session.pack(tmp_path / "rieng").digest


def test_a_chain_of_three_keeps_the_locks_of_all(load, session, tmp_path):
    load('lock: {rows: ["1.1"]}\nchanges: {"1.2.1": {name: Biên bản kiểm tra}}\n')
    third = 'id: xa\ntitle: Bộ của xã\nversion: "1"\nextends: rieng\n'
    write(tmp_path / "xa", {"pack.yaml": third + 'changes: {"1.2.1": {note: Của xã}}\n'})
    pack = session.pack(tmp_path / "xa")
    assert pack.extends == ("rieng", "goc")
    assert (row(pack, "1.2.1").name, row(pack, "1.2.1").note) == ("Biên bản kiểm tra", "Của xã")
    assert pack.origins["1.2.1"].changed_by == ("rieng", "xa")
    for code in ("1.1", "2.1"):
        write(tmp_path / "xa", {"pack.yaml": third + f'changes: {{"{code}": {{note: Của xã}}}}\n'})
        with pytest.raises(BadPack) as caught:
            session.pack(tmp_path / "xa")
        assert [fault.code for fault in caught.value.faults] == ["pack-lock-row"]


def test_the_example_of_the_how_to_loads(session, tmp_path):
    page = (Path(__file__).parents[2] / "docs" / "how-to" / "write-pack.md").read_text(encoding="utf-8")
    (example,) = (block for block in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL) if "extends:" in block)
    write(tmp_path / "tinh-x-2025", {"pack.yaml": example})
    pack = session.pack(tmp_path / "tinh-x-2025")
    assert (pack.origins["1.8"].pack, pack.origins["1.1"].changed_by) == ("tinh-x-2025", ("tinh-x-2025",))
    assert "1.7" not in pack.codes()


def test_an_installed_pack_is_found_by_its_id(session, tmp_path):
    write(tmp_path / "rieng", {"pack.yaml": HEAD.replace("goc", "xa-nq57-2026")})
    pack = session.pack(tmp_path / "rieng")
    assert pack.codes() == session.pack("xa-nq57-2026").codes()
    assert pack.bonus_points == 15
    assert lint_pack(pack, session.vocabulary)[0] == []


# --- locks ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('changes:\n  "2.1": {points: 1}\n', 6, ["2.1", "goc"]),
        ('changes:\n  "2.1": {remove: true}\n', 6, ["2.1"]),
        ('changes:\n  "2": {name: Tên khác}\n', 6, ["2"]),
        ('changes:\n  "2.1":\n    evidence: {ke-hoach: {valid: true}}\n', 6, ["2.1"]),
        ('changes:\n  "2.1":\n    evidence: {them: {name: Thêm, match: true}}\n', 6, ["2.1"]),
        ('add:\n  - under: "2"\n    criteria: [{code: "2.2", name: Thêm, points: 1}]\n', 6, ["2"]),
    ],
)  # fmt: skip
def test_a_locked_row_stays_as_it_is(load, text, line, words):
    (fault,) = faults(load, text)
    assert fault.code == "pack-lock-row"
    for language in ("vi", "en"):
        said = fault.say(language)
        assert said.startswith(f"pack.yaml, {'dòng' if language == 'vi' else 'line'} {line}: ")
        assert [word for word in words if word not in said] == []


def test_a_group_around_a_locked_row_stays_too(load):
    base = BASE.replace('rows: ["2"]', 'rows: ["1.2.1"]')
    (fault,) = faults(load, 'changes:\n  "1.2": {remove: true}\n', base=base)
    assert fault.code == "pack-lock-row"
    assert load('changes:\n  "1.2.2": {note: Tự do}\n', base=base).id == "rieng"


def test_a_locked_severity_is_only_made_stricter(load):
    assert load("severities: {issued-too-late: error}\n").severities == {"issued-too-late": "error"}
    assert load("severities: {issued-too-late: warning, unsigned: error}\n").severities["unsigned"] == "error"
    assert load("severities: {draft: warning}\n").severities["draft"] == "warning"
    (fault,) = faults(load, "severities: {unsigned: warning}\n")
    assert fault.code == "pack-lock-severity"
    assert "pack.yaml, dòng 5: " in fault.say("vi")
    assert "Được ghi: error." in fault.say("vi")
    assert "milder than goc has locked" in fault.say("en")


def test_an_extension_cannot_take_a_lock_away(load, session, tmp_path):
    pack = load("lock: {rows: [], severities: []}\n")
    write(
        tmp_path / "xa",
        {"pack.yaml": HEAD.replace("rieng", "xa").replace("goc", "rieng") + "severities: {unsigned: warning}\n"},
    )
    assert pack.id == "rieng"
    with pytest.raises(BadPack) as caught:
        session.pack(tmp_path / "xa")
    assert [fault.code for fault in caught.value.faults] == ["pack-lock-severity"]


@pytest.mark.parametrize("text", ["$defs: {co-so: true}\n", "sources: {van-ban: {symbol: 9/QĐ, title: Khác}}\n"])
def test_what_locked_rows_refer_to_keeps_its_meaning(load, text):
    (fault,) = faults(load, text)
    assert fault.code == "pack-name-taken"
    assert "pack.yaml, dòng 5: " in fault.say("vi")


def test_the_same_definition_once_more_is_no_change(load):
    assert load("$defs: {co-so: {required: [symbol], signed: true}}\n").id == "rieng"


# --- faults ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code", "line", "words"),
    [
        ('changes:\n  "1.3": {points: 1}\n', "pack-change-unknown-row", 6, ["1.3", "1.2"]),
        ('changes:\n  "1.1": {}\n', "pack-value", 6, [" 1 "]),
        ('changes:\n  "1.1": {point: 1}\n', "pack-unknown-key", 6, ["point", "points, "]),
        ('changes:\n  "1.2": {scoring: {kind: survey}}\n', "pack-unknown-key", 6, ["scoring", "name", "points"]),
        ('changes:\n  "1.1":\n    evidence:\n      kehoach: {valid: true}\n', "pack-change-unknown-evidence", 8,
         ["kehoach", "ke-hoach, bao-cao"]),
        ('changes:\n  "1.1":\n    evidence:\n      kehoach: {remove: true}\n', "pack-change-unknown-evidence", 8,
         ["kehoach", "ke-hoach"]),
        ('changes:\n  "1.1":\n    evidence:\n      ke-hoach:\n        valid: {sgned: true}\n',
         "pack-unknown-keyword", 9, ["sgned", "signed, "]),
        ('changes:\n  "1.1":\n    evidence:\n      moi: {name: Mới}\n', "pack-value", 8, ["match | any_of"]),
        ('changes:\n  "1.1":\n    scoring: {kind: ratio, of: a}\n', "pack-value", 7, ["sum_points"]),
        ('changes: {"1.2.1": {remove: true}, "1.2.2": {remove: true}}\n', "pack-group-empty", 5, ["1.2.2"]),
        ('add: [{under: "1.1", criteria: [{code: "1.1.1", name: Thêm, points: 1}]}]\n', "pack-change-unknown-row", 5,
         ["1.1", "1.2"]),
        ('add: [{under: "1.2", criteria: [{code: "1.1", name: Thêm, points: 1}]}]\n', "pack-duplicate-code", 5,
         ["1.1", "mot.yaml:5"]),
        (('$defs: {moi: {required: [simbol]}}\n'
         'changes: {"1.1": {evidence: {ke-hoach: {valid: {$ref: "#/$defs/moi"}}}}}\n'),
         "pack-unknown-fact", 5, ["simbol", "symbol, "]),
        ('$defs: {moi: {$ref: "#/$defs/moi"}}\n', "pack-ref-circular", 5, ["moi → moi"]),
        ("fields: [ba.yaml]\n", "pack-file-missing", 5, ["ba.yaml", "–"]),
        ("severities: {unsigned: note}\n", "pack-value", 5, ["note", "error | warning"]),
    ],
)  # fmt: skip
def test_faults_of_an_extension_have_their_line(load, text, code, line, words):
    found = {fault.code: fault for fault in faults(load, text)}
    assert code in found
    for language in ("vi", "en"):
        said = found[code].say(language)
        assert said.startswith(f"pack.yaml, {'dòng' if language == 'vi' else 'line'} {line}: ")
        assert [word for word in words if word not in said] == []


@pytest.mark.parametrize(("target", "chain"), [("rieng", "rieng → rieng"), ("goc", "rieng → goc → rieng")])
def test_circles_are_refused(load, target, chain):
    base = BASE.replace("title:", "extends: rieng\ntitle:", 1)
    (fault,) = faults(load, "", base=base, head=HEAD.replace("extends: goc", f"extends: {target}"))
    assert fault.code == "pack-extends-circular"
    assert chain in fault.say("vi")
    assert "pack.yaml, dòng " in fault.say("vi")


def test_faults_of_the_base_name_the_base(load):
    (fault,) = faults(load, "", base=BASE.replace("required: [symbol]", "required: [simbol]"))
    assert fault.say("vi").startswith("goc/pack.yaml, dòng 10: ")


# --- judged ---------------------------------------------------------------------------------------------------------


CASES = """\
cases:
  - name: Kế hoạch không ghi ngày
    row: "1.1"
    documents: [{{type: KH, symbol: 1/KH-UBND}}, {{type: BC}}]
    expect: {{outcome: {outcome}, findings: [date-blank]}}
"""


@pytest.mark.parametrize(
    ("severities", "outcome"), [("", "invalid"), ("severities: {date-blank: warning}\n", "undetermined")]
)
def test_severities_decide_the_outcome(load, session, tmp_path, severities, outcome):
    change = 'changes: {"1.1": {evidence: {ke-hoach: {valid: {required: [symbol, issued_on]}}}}}\n'
    pack = load(change + severities)
    write(tmp_path / "rieng" / "tests", {"a.yaml": CASES.format(outcome=outcome)})
    results = run_cases(pack, session.vocabulary, session.catalogue)
    assert [result.differences for result in results] == [()]
