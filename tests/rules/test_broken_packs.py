# SPDX-License-Identifier: Apache-2.0
"""A pack broken in many ways: `rules lint` names file, line, what was found and what is allowed, in both languages."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import pytest

PACK = """\
id: bo-mau
title: Bộ tiêu chí mẫu
version: "1"
level: xã
year: 2025
total_points: 3
sources:
  van-ban:
    symbol: 1/QĐ-UBND
    issued_on: "2025-01-15"
    title: Bộ tiêu chí
$defs:
  van-ban:
    required: [symbol]
  ban-hanh:
    $ref: "#/$defs/van-ban"
lock:
  rows: []
fields:
  - linh-vuc-1.yaml
"""
FIELD = """\
code: "1"
name: Chỉ đạo
points: 3
criteria:
  - code: "1.1"
    name: Kế hoạch
    points: 2
    assessed: self
    source:
      van-ban: {page: 1}
    figures:
      a: tổng số
      b: đã làm
    scoring:
      kind: ratio
      of: a
      sum_points: {b: 2}
    evidence:
      - id: ke-hoach
        name: Kế hoạch năm ${year}
        match:
          properties:
            type:
              enum: [KH, QĐ]
            issued_on:
              notAfter: ${year}-12-31
          required: [type]
        valid:
          $ref: "#/$defs/ban-hanh"
      - id: bao-cao
        name: Báo cáo
        match:
          required: [symbol]
  - code: "1.2"
    name: Báo cáo
    points: 1
    source:
      van-ban: {page: 2}
    scoring:
      kind: tiers
      by: count
      measure: số báo cáo
      tiers:
        - {from: 1, points: 1}
        - {from: 0, to: 0, points: 0}
    evidence:
      - id: bao-cao
        name: Báo cáo
        match: {required: [symbol]}
"""
PART = "linh-vuc-1.yaml"


@dataclass
class Break:
    """One way to break the pack, and what must be said of it."""

    name: str
    old: str
    new: str
    file: str
    line: int
    found: list[str]
    allowed: list[str]
    raw: dict[str, bytes] = field(default_factory=dict)
    """Files written as they are."""


def inside(name, old, new, line, found, allowed, file=PART):
    return Break(name, old, new, file, line, found, allowed)


def top(name, old, new, line, found, allowed):
    return Break(name, old, new, "pack.yaml", line, found, allowed)


def raw(name, file, data, line, found, allowed):
    return Break(name, "", "", file, line, found, allowed, {file: data})


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{n}: &{n} [{','.join(['*' + p] * 9)}]\n" for p, n in zip("abcdefghi", "bcdefghij", strict=True)
)
BREAKS = [
    # YAML
    inside("syntax", "name: Chỉ đạo", "name: Chỉ: đạo", 2, ["name: Chỉ: đạo"], [("dấu hai chấm", "colons")]),
    inside("tab", "    name: Kế hoạch\n", "\tname: Kế hoạch\n", 6, ["name: Kế hoạch"], [("dấu cách", "spaces")]),
    inside("key twice", "    points: 2\n", "    points: 2\n    points: 2\n", 8, ["points"], [("dòng 7", "line 7")]),
    inside("open quote", "name: Chỉ đạo", 'name: "Chỉ đạo', 5, ['- code: "1.1"'], [("dấu nháy", "quotes")]),
    inside("slot in braces", "van-ban: {page: 1}", "van-ban: {clause: ${year}}", 10, ["{clause: ${year}}"],
           [("dấu nháy kép", "double quotes")]),
    raw("empty field", PART, b"", 1, [("chưa ghi gì", "empty")], ["code, name, points, criteria"]),
    raw("empty pack", "pack.yaml", b"# ghi ch\xc3\xba\n", 1, [("chưa ghi gì", "empty")], ["id, title, version"]),
    raw("not UTF-8", PART, FIELD.encode("utf-16"), 1, ["0xFF"], ["UTF-8"]),
    raw("old code page", PART, FIELD.encode().replace("Kế".encode(), b"K\xea", 1), 6, ["0xEA"], ["UTF-8"]),
    raw("binary", "pack.yaml", b"\x89PNG\r\n\x1a\n\x00\x00", 1, ["0x89"], ["UTF-8"]),
    raw("anchors bomb", PART, BOMB.encode(), 6, ["> 200000"], [("200000 giá trị", "200000 values")]),
    raw("endless nesting", PART, b"code: " + b"[" * 200 + b"]" * 200, 1, ["> 100"], [("100 cấp", "100 levels")]),
    raw("too big a file", PART, b"# \n" * 1_500_000, 1, ["4.5 MB"], ["4 MB"]),
    raw("a list for a pack", "pack.yaml", b"- id: a\n", 1, ['[{"id": "a"}]'], ["object"]),
    # keys and values
    top("unknown key", "version:", "verison:", 3, ["verison"], ["version, "]),
    inside("unknown key of a row", "    assessed:", "    asessed:", 8, ["asessed"], ["assessed, "]),
    top("missing key", "level: xã\n", "", 1, ["id, title"], ["level"]),
    inside("missing name", "        name: Kế hoạch năm ${year}\n", "", 19, ["{id, match"], ["{id, name}"]),
    top("wrong type", "year: 2025", "year: hai nghìn", 5, ["hai nghìn"], ["integer"]),
    top("bad id", "id: bo-mau", "id: Bộ mẫu", 1, ["Bộ mẫu"], ["a-z 0-9 -"]),
    inside("code without quotes", 'code: "1.1"', "code: 1.1", 5, ["1.1"], ["string"]),
    inside("bad code", 'code: "1.1"', 'code: "1,1"', 5, ["1,1"], ["1.3.1"]),
    inside("code twice", 'code: "1.2"', 'code: "1.1"', 34, ["1.1"], ["linh-vuc-1.yaml:5"]),
    inside("bad points", "    points: 2\n", "    points: hai\n", 7, ["hai"], ["number"]),
    inside("negative points", "    points: 2\n", "    points: -2\n", 7, ["-2"], ["≥ 0"]),
    inside("sum", "    points: 1\n", "    points: 2\n", 3, ["3 ≠ 4"], [("văn bản gốc", "official text")]),
    top("total", "total_points: 3", "total_points: 5", 6, ["5 ≠ 3"], [("văn bản gốc", "official text")]),
    top("day of a source", '"2025-01-15"', '"2025-02-30"', 10, ["2025-02-30"], ["YYYY-MM-DD"]),
    inside("no such day", "${year}-12-31", "${year}-11-31", 26, ["2025-11-31"], [("ngày có thật", "a real day")]),
    inside("day the other way", "${year}-12-31", "31/12/2025", 26, ["31/12/2025"], ["YYYY-MM-DD"]),
    inside("unknown assessed", "assessed: self", "assessed: slef", 8, ["slef"], ["self | survey | authority"]),
    top("missing field file", "- linh-vuc-1.yaml", "- linh-vuc-01.yaml", 20, ["linh-vuc-01.yaml"], ["linh-vuc-1.yaml"]),
    inside("source not declared", "van-ban: {page: 1}", "van-bn: {page: 1}", 10, ["van-bn"], ["van-ban"]),
    inside("row without source", "    source:\n      van-ban: {page: 2}\n", "", 34, ["1.2"], ["van-ban"]),
    # rules
    inside("unknown fact", "issued_on:", "isued_on:", 25, ["isued_on"], ["issued_on, "]),
    inside("unknown required fact", "required: [type]", "required: [tpye]", 27, ["tpye"], ["type, "]),
    inside("unknown keyword", "notAfter:", "notAftr:", 26, ["notAftr"], ["notAfter, "]),
    inside("wrong parameter", "enum: [KH, QĐ]", "enum: KH", 24, ["KH"], ["array"]),
    inside("wrong keyword parameter", "notAfter: ${year}-12-31", "mentions: cải cách", 26, ["cải cách"], ["array"]),
    inside("keyword out of place", "required: [type]", "minProperties: 2", 27, ["minProperties"], ["required"]),
    inside("bad pattern", "notAfter: ${year}-12-31", 'pattern: "(2025"', 26, ["(2025"],
           [("biểu thức chính quy", "regular expression")]),
    inside("look-around", "notAfter: ${year}-12-31", 'pattern: "(?=2)2025"', 26, ["(?=2)2025"], ["look-around (?=…)"]),
    inside("slow pattern", "notAfter: ${year}-12-31", 'pattern: "^([0-9-]+)+$"', 26, ["^([0-9-]+)+$"], ["([A-Z]+-)*"]),
    inside("bad reference", "#/$defs/ban-hanh", "#/$defs/banhanh", 29, ["banhanh"], ["#/$defs/ban-hanh, "]),
    top("reference in a circle", "    required: [symbol]", '    allOf: [{$ref: "#/$defs/ban-hanh"}]', 13,
        ["van-ban → ban-hanh → van-ban"], [("không dùng lại nó", "do not use it in turn")]),
    inside("unknown placeholder", "Kế hoạch năm ${year}", "Kế hoạch năm ${nam}", 19, ["${nam}"], ["year"]),
    inside("evidence without id", "      - id: ke-hoach\n        name: Kế hoạch năm", "      - name: Kế hoạch năm", 19,
           ["{name, match"], ["{id, name}"]),
    inside("evidence id twice", "      - id: bao-cao\n        name: Báo cáo\n        match:\n          required",
           "      - id: ke-hoach\n        name: Báo cáo\n        match:\n          required", 30, ["ke-hoach"],
           ["linh-vuc-1.yaml:19"]),
    inside("evidence without match", "        match: {required: [symbol]}", "        note: chưa rõ", 47, ["bao-cao"],
           ["match | any_of"]),
    inside("never matches", "enum: [KH, QĐ]", "enum: [KH, QĐ]\n              const: BC", 19, ["KH | QĐ", "BC"],
           [("không loại trừ nhau", "do not exclude each other")]),
    inside("window that ends before it begins", "notAfter: ${year}-12-31",
           "notAfter: ${year}-03-31\n              notBefore: ${year}-06-01", 19, ["2025-06-01", "2025-03-31"],
           [("không loại trừ nhau", "do not exclude each other")]),
    # scoring
    inside("scoring without its key", "      sum_points: {b: 2}\n", "", 14, ["{kind, of}"], ["{of, sum_points}"]),
    inside("scoring of the wrong shape", "sum_points: {b: 2}", "sum_points: 2", 17, ["2"], ["object"]),
    inside("unknown kind of scoring", "kind: ratio", "kind: rato", 15, ["rato"], ["ratio, "]),
    inside("unknown key of scoring", "of: a", "of: a\n      flor: 0.8", 17, ["flor"], ["floor"]),
    inside("figure not declared", "sum_points: {b: 2}", "sum_points: {c: 2}", 17, ["“c”"], ["a, b"]),
    inside("points of scoring", "sum_points: {b: 2}", "sum_points: {b: 1}", 14,
           [("nhiều nhất 1 điểm", "at most 1 points")], [("Cần: 2", "Allowed: 2")]),
    # extends and lock
    top("extends unknown", "version:", "extends: par-tinh-2205\nversion:", 3, ["par-tinh-2205"], ["par-tinh-2025, "]),
    top("changes without extends", "lock:", 'changes: {"1.1": {points: 1}}\nlock:', 1, ["changes"],
        ["changes ⇒ extends"]),
    top("lock of no row", "rows: []", 'rows: ["1.3"]', 18, ["1.3"], ["1.1"]),
    top("severity of no finding", "lock:", "severities: {unsigend: error}\nlock:", 17, ["unsigend"], ["unsigned, "]),
]  # fmt: skip


@pytest.fixture
def lint(tmp_path, parcheck_command):
    """Return a function that writes the pack with one break and lints it in a language."""

    def lint_broken(broken, language):
        texts = {"pack.yaml": PACK, PART: FIELD}
        if broken.old:
            assert texts[broken.file].count(broken.old) == 1, "the break must fit in one place"
            texts[broken.file] = texts[broken.file].replace(broken.old, broken.new)
        folder = tmp_path / "bo-mau"
        folder.mkdir(exist_ok=True)
        for name, text in texts.items():
            (folder / name).write_bytes(broken.raw.get(name, text.encode()))
        code, out, err = parcheck_command("rules", "lint", folder, "--lang", language)
        return code, (out + err).splitlines()

    return lint_broken


def word(expected, language):
    return expected if isinstance(expected, str) else expected[language == "en"]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("broken", BREAKS, ids=[each.name for each in BREAKS])
def test_a_broken_pack_is_told_by_file_line_found_and_allowed(lint, broken, language):
    before = time.monotonic()
    code, lines = lint(broken, language)
    assert code == 2
    assert time.monotonic() - before < 10
    start = f"{broken.file}, {'dòng' if language == 'vi' else 'line'} {broken.line}: "
    said = [line.removeprefix(start) for line in lines if line.startswith(start)]
    wanted = [word(each, language) for each in (*broken.found, *broken.allowed)]
    fitting = [line for line in said if all(each in line for each in wanted)]
    assert fitting, (start, wanted, lines)
    assert "Traceback" not in "".join(lines)
    assert not any(line.rstrip().endswith(": .") or "“”" in line for line in lines), "something is left unsaid"


def test_there_are_more_than_thirty_ways():
    assert len({broken.name for broken in BREAKS}) == len(BREAKS) > 30


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8"])
def test_byte_order_marks_and_line_ends_of_windows_are_no_fault(tmp_path, parcheck_command, encoding):
    for name, text in {"pack.yaml": PACK, PART: FIELD}.items():
        (tmp_path / name).write_bytes(text.replace("\n", "\r\n").encode(encoding))
    code, out, err = parcheck_command("rules", "lint", tmp_path)
    assert (code, err) == (0, "")
    assert "không thấy lỗi" in out


def test_line_ends_of_windows_do_not_move_lines(tmp_path, parcheck_command):
    (tmp_path / "pack.yaml").write_bytes(PACK.replace("\n", "\r\n").encode())
    (tmp_path / PART).write_bytes(FIELD.replace("issued_on:", "isued_on:").replace("\n", "\r\n").encode())
    code, _, err = parcheck_command("rules", "lint", tmp_path)
    assert code == 2
    assert err.startswith("linh-vuc-1.yaml, dòng 25: ")


def test_all_faults_of_one_file_are_told_at_once(tmp_path, parcheck_command):
    (tmp_path / "pack.yaml").write_text(PACK, encoding="utf-8")
    broken = FIELD.replace("notAfter:", "notAftr:").replace("required: [type]", "required: [tpye]")
    (tmp_path / PART).write_text(broken.replace("${year}-", "${nam}-"), encoding="utf-8")
    _, _, err = parcheck_command("rules", "lint", tmp_path)
    assert {line.split(":")[0] for line in err.splitlines()} == {
        "linh-vuc-1.yaml, dòng 26", "linh-vuc-1.yaml, dòng 27", "linh-vuc-1.yaml, dòng 19",
    }  # fmt: skip
