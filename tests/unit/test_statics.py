# SPDX-License-Identifier: Apache-2.0
"""Ways to break a rule pack: each is refused, naming file, line, what was found and what is allowed."""

from __future__ import annotations

import re

import pytest

from parcheck.errors import BadPack, BadUsage
from parcheck.rules.lint import lint_pack
from parcheck.rules.loading import find_pack, pack_folders
from parcheck.rules.statics import facts_asked

PART = "linh-vuc-1.yaml"
PACK = """\
id: bo-mau
title: Bộ tiêu chí mẫu
version: "1"
level: xã
year: 2025
total_points: 2
sources:
  van-ban: {symbol: 1/QĐ-UBND, title: Bộ tiêu chí}
$defs:
  van-ban: {required: [symbol], properties: {issued_on: {notAfter: "${year}-12-31"}}}
fields: [linh-vuc-1.yaml]
"""
FIELD = """\
code: "1"
name: Chỉ đạo
points: 2
criteria:
  - code: "1.1"
    name: Kế hoạch
    points: 2
    source: {van-ban: {page: 1}}
    evidence:
      - id: ke-hoach
        name: Kế hoạch năm ${year}
        match: {properties: {type: {enum: [KH, QĐ]}}, required: [type]}
        valid:
          $ref: "#/$defs/van-ban"
          properties:
            subject: {mentions: [cải cách]}
      - id: bao-cao
        name: Báo cáo ${each.name}
        each: [{id: q1, name: quý I}]
        match: true
"""


@pytest.fixture
def load(session, tmp_path):
    """Return a function that loads the pack with one text replaced in pack.yaml or the field's file."""

    def load_with(old="", new="", *, pack=PACK, field=FIELD):
        if old:
            assert (pack + field).count(old) == 1
        (tmp_path / "pack.yaml").write_text(pack.replace(old, new) if old else pack, encoding="utf-8")
        (tmp_path / "linh-vuc-1.yaml").write_text(field.replace(old, new) if old else field, encoding="utf-8")
        return session.pack(tmp_path)

    return load_with


def test_the_pack_itself_is_in_order(load):
    pack = load()
    assert [criterion.code for criterion in pack.criteria] == ["1.1"]
    assert pack.codes() == {"1", "1.1"}
    assert lint_pack(pack) == ([], [])


@pytest.mark.parametrize(
    ("old", "new", "code", "place", "words"),
    [
        # pack.yaml: its form
        ("version: ", "verison: ", "pack-unknown-key", ("pack.yaml", 3), ["verison", "version"]),
        ("year: 2025", "year: hai", "pack-value", ("pack.yaml", 5), ["year", "hai", "integer"]),
        ("year: 2025", "year: 25", "pack-value", ("pack.yaml", 5), ["25", "≥ 2000"]),
        ("id: bo-mau", "id: Bộ mẫu", "pack-value", ("pack.yaml", 1), ["Bộ mẫu", "a-z 0-9 -"]),
        ("title: Bộ tiêu chí mẫu", "title: [a]", "pack-value", ("pack.yaml", 2), ["title", "string"]),
        ("total_points: 2", "total_points: -2", "pack-value", ("pack.yaml", 6), ["-2", "≥ 0"]),
        ("level: xã\n", "", "pack-value", ("pack.yaml", 1), ["level", "id, title"]),
        ("{symbol: 1/QĐ-UBND, title: Bộ tiêu chí}", "{title: Bộ tiêu chí}", "pack-value", ("pack.yaml", 8), ["symbol"]),
        ("fields: [linh-vuc-1.yaml]", "fields: []", "pack-value", ("pack.yaml", 11), ["fields", " 1 "]),
        ("fields: [linh-vuc-1.yaml]", "fields: [linh-vuc-1.txt]", "pack-value", ("pack.yaml", 11), ["*.yaml"]),
        ("fields: [linh-vuc-1.yaml]", "fields: [linh-vuc-9.yaml]", "pack-file-missing", None, ["linh-vuc-9.yaml"]),
        ("level: xã", "level: xã: B", "pack-yaml", ("pack.yaml", 4), ["mapping values"]),
        ("level: xã", "year: 2025", "pack-yaml", ("pack.yaml", 5), ["year"]),
        # a field's file: its form
        ("    points: 2\n", "    diem: 2\n", "pack-unknown-key", (PART, 7), ["diem", "points"]),
        ('  - code: "1.1"', "  - code: 1.1", "pack-value", (PART, 5), ["code", "1.1", "string"]),
        ('  - code: "1.1"', '  - code: "1 1"', "pack-value", (PART, 5), ["1 1", "1.3.1"]),
        ("    name: Kế hoạch\n", "    name: K\n", "pack-value", (PART, 6), ["K", " 2 "]),
        ("- id: ke-hoach", "- id: Kế hoạch", "pack-value", (PART, 10), ["Kế hoạch", "a-z 0-9 -"]),
        ("match: true", "match: KH", "pack-value", (PART, 20), ["KH", "object", "boolean"]),
        ("match: true", "match: true\n        count: {min: 0}", "pack-value", (PART, 21), ["0", "≥ 1"]),
        ("match: true", "match: true\n        kind: photo", "pack-value", (PART, 21), ["photo", "document"]),
        ("match: true", "match: true\n        any_of: [{id: a, name: Aa, match: true}]", "pack-value",
         (PART, 21), [" 2 "]),
        ("        each: [{id: q1, name: quý I}]", "        each: [{id: q1}]", "pack-value", (PART, 19), ["name"]),
        # what only the whole shows
        ("- id: bao-cao", "- id: ke-hoach", "pack-duplicate-code", (PART, 17), ["ke-hoach"]),
        ('  - code: "1.1"', '  - code: "1"', "pack-duplicate-code", (PART, 5), ["1"]),
        ("match: true", "optional: true", "pack-value", (PART, 17), ["bao-cao", "match | any_of"]),
        ("match: true", "match: true\n        provided_by: Bộ Nội vụ", "pack-value", (PART, 17), ["provided_by"]),
        ("match: true", "match: true\n        other: true", "pack-value", (PART, 17), ["other"]),
        # the rules
        ("mentions:", "mention:", "pack-unknown-keyword", (PART, 16), ["mention", "mentions"]),
        ("{enum: [KH, QĐ]}", "{enmu: [KH]}", "pack-unknown-keyword", (PART, 12), ["enmu"]),
        ("subject:", "sbuject:", "pack-unknown-fact", (PART, 16), ["sbuject", "subject"]),
        ("required: [type]", "required: [tpye]", "pack-unknown-fact", (PART, 12), ["tpye", "type"]),
        ("required: [symbol]", "required: [symbl]", "pack-unknown-fact", ("pack.yaml", 10), ["symbl", "symbol"]),
        ("#/$defs/van-ban", "#/$defs/van-bản", "pack-bad-ref", (PART, 14), ["van-bản", "#/$defs/van-ban"]),
        ("mentions: [cải cách]", "mentions: cải cách", "pack-value", (PART, 16), ["cải cách", "array"]),
        ("mentions: [cải cách]", "mentions: []", "pack-value", (PART, 16), ["[]", " 1 "]),
        ('notAfter: "${year}-12-31"', "notAfter: 31/12/2025", "pack-value", ("pack.yaml", 10),
         ["31/12/2025", "YYYY-MM-DD"]),
        ("{enum: [KH, QĐ]}", "{enum: KH}", "pack-value", (PART, 12), ["enum", "KH", "array"]),
        ("required: [type]", "required: type", "pack-value", (PART, 12), ["required", "type", "array"]),
        ("{enum: [KH, QĐ]}", "{minLength: hai}", "pack-value", (PART, 12), ["minLength", "hai", "integer"]),
        ("{enum: [KH, QĐ]}", "KH", "pack-value", (PART, 12), ["KH", "object", "boolean"]),
        ("{enum: [KH, QĐ]}", "{anyOf: {const: KH}}", "pack-value", (PART, 12), ["anyOf", "array"]),
        ("{enum: [KH, QĐ]}", "{allOf: 5}", "pack-value", (PART, 12), ["allOf", "5", "array"]),
        ("{enum: [KH, QĐ]}", "{oneOf: }", "pack-value", (PART, 12), ["oneOf", "array"]),
        ("{enum: [KH, QĐ]}", "{properties: [title]}", "pack-value", (PART, 12), ["properties", "object"]),
        ("required: [type]", "required: 5", "pack-value", (PART, 12), ["required", "5", "array"]),
        ("required: [type]", "required: [5]", "pack-value", (PART, 12), ["required", "5", "string"]),
        ("{enum: [KH, QĐ]}", "{not: 5}", "pack-value", (PART, 12), ["not", "5", "object", "boolean"]),
        ("{enum: [KH, QĐ]}", "{$ref: 5}", "pack-bad-ref", (PART, 12), ["5", "#/$defs/van-ban"]),
        ("required: [symbol]", "anyOf: 5", "pack-value", ("pack.yaml", 10), ["anyOf", "5", "array"]),
        # templates
        ("Kế hoạch năm ${year}", "Kế hoạch năm ${nam}", "pack-bad-template", (PART, 10), ["${nam}", "year"]),
        ("Báo cáo ${each.name}", "Báo cáo ${each.ten}", "pack-bad-template", (PART, 17), ["${each.ten}", "each.name"]),
        ("Kế hoạch năm ${year}", "Kế hoạch ${each.name}", "pack-bad-template", (PART, 10), ["${each.name}"]),
        ("${year}-12-31", "${year * 2}-12-31", "pack-bad-template", ("pack.yaml", None), ["${year * 2}", "year"]),
    ],
)  # fmt: skip
def test_a_broken_pack_is_refused_by_file_line_found_and_allowed(load, old, new, code, place, words):
    with pytest.raises(BadPack) as caught:
        load(old, new)
    assert code in [fault.code for fault in caught.value.faults]
    fault = next(fault for fault in caught.value.faults if fault.code == code)
    for language, line_word in (("vi", "dòng"), ("en", "line")):
        sentence = fault.say(language)
        if place:
            file, line = place
            assert re.match(rf"{re.escape(file)}, {line_word} {line or '[0-9]+'}: ", sentence)
        assert [word for word in words if word not in sentence] == []
        assert "…" not in sentence.replace("80…", "")


def test_all_faults_of_a_pack_are_told_at_once(load):
    with pytest.raises(BadPack) as caught:
        load(field=FIELD.replace("mentions:", "mention:").replace("[type]", "[tpye]").replace("${year}", "${nam}"))
    assert {fault.code for fault in caught.value.faults} == {
        "pack-unknown-keyword", "pack-unknown-fact", "pack-bad-template",
    }  # fmt: skip


def test_faults_in_a_definition_are_told_once_however_often_it_is_used(load):
    field = FIELD.replace("match: true", 'match: {$ref: "#/$defs/van-ban"}')
    with pytest.raises(BadPack) as caught:
        load(pack=PACK.replace("required: [symbol]", "required: [symbl]"), field=field)
    assert len(caught.value.faults) == 1


def test_a_definition_of_a_value_does_not_name_facts(load):
    pack = PACK.replace("fields:", "  ten: {properties: {title: {const: CHỦ TỊCH}}, required: [title]}\nfields:")
    field = FIELD.replace("subject: {mentions: [cải cách]}", 'signer: {$ref: "#/$defs/ten"}')
    assert load(pack=pack, field=field).id == "bo-mau"


def test_definitions_may_refer_to_each_other_in_circles_that_go_deeper(load, session):
    inner = '{properties: {title: {$ref: "#/$defs/vong"}}}'
    pack = PACK.replace("fields:", f"  vong: {{properties: {{signer: {inner}}}, required: [place]}}\nfields:")
    field = FIELD.replace("match: true", 'match: {$ref: "#/$defs/vong"}')
    assert "place" in facts_asked(load(pack=pack, field=field), session.vocabulary)


def test_the_facts_asked_are_those_named_those_that_keywords_need_and_those_that_name_a_document(load, session):
    field = FIELD.replace("match: true", "match: true\n        count: {min: 2, distinct: [place]}")
    field = field.replace("subject: {mentions: [cải cách]}", "issuer: {organisation: unit}\n          signed: true")
    asked = facts_asked(load(field=field), session.vocabulary)
    assert asked == {
        "type", "symbol", "issued_on", "issuer", "subject", "draft", "text", "file", "parent", "signatures", "marks",
        "place",
    }  # fmt: skip


def test_a_link_asks_for_links(load, session):
    field = FIELD.replace("match: true", "kind: link")
    assert "links" in facts_asked(load(field=field), session.vocabulary)


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ("    points: 2\n", "    points: 1.5\n", "pack-sum", ["1: 2 ≠ 1.5"]),
        ("total_points: 2", "total_points: 3", "pack-sum", ["bo-mau: 3 ≠ 2"]),
        ("    source: {van-ban: {page: 1}}\n", "", "pack-row-without-source", ["1.1"]),
        ("source: {van-ban:", "source: {van-bản:", "pack-source-unknown", ["1.1", "van-bản", "van-ban"]),
    ],
)
def test_what_is_odd_about_a_pack_is_told(load, old, new, code, words):
    faults, _ = lint_pack(load(old, new))
    assert code in [fault.code for fault in faults]
    sentence = next(fault for fault in faults if fault.code == code).say("vi")
    assert [word for word in words if word not in sentence] == []


def test_a_row_that_asks_for_nothing_is_odd(load):
    faults, _ = lint_pack(load(field=FIELD.split("    evidence:", maxsplit=1)[0]))
    assert [fault.code for fault in faults] == ["pack-row-without-evidence"]
    assert lint_pack(load(field=FIELD.split("    evidence:", maxsplit=1)[0] + "    explanation: true\n"))[0] == []
    assert lint_pack(load(field=FIELD.split("    evidence:", maxsplit=1)[0] + "    assessed: survey\n"))[0] == []


def test_a_sum_that_the_official_set_itself_gets_wrong_is_a_note(load):
    pack = PACK.replace("fields:", "notes: [{code: '1', kind: points, text: In sai, source: trang 1}]\nfields:")
    faults, notes = lint_pack(
        load(
            pack=pack.replace("total_points: 2", "total_points: 3"), field=FIELD.replace("points: 2\nc", "points: 3\nc")
        )
    )
    assert [fault.code for fault in faults] == ["pack-sum"]
    assert notes == ["1: In sai (trang 1)"]


def test_a_pack_is_found_by_folder_file_or_id(session, load, tmp_path):
    load()
    assert find_pack(str(tmp_path), session.plugins) == tmp_path
    assert find_pack(str(tmp_path / "pack.yaml"), session.plugins) == tmp_path
    known = [folder.name for folder in pack_folders(session.plugins)]
    assert find_pack(known[0], session.plugins).name == known[0]
    with pytest.raises(BadUsage) as caught:
        find_pack("khong-co", session.plugins)
    assert "khong-co" in caught.value.say("vi")
    assert known[0] in caught.value.say("vi")


def test_the_digest_changes_with_any_file(load):
    first = load().digest
    assert load().digest == first
    assert load("mentions: [cải cách]", "mentions: [hành chính]").digest != first
    assert load("title: Bộ tiêu chí mẫu", "title: Bộ khác").digest != first


def test_every_shipped_pack_loads_and_is_in_order(session):
    folders = pack_folders(session.plugins)
    assert folders
    for folder in folders:
        pack = session.pack(folder)
        assert pack.id == folder.name
        assert [fault.say("vi") for fault in lint_pack(pack)[0]] == []
