# SPDX-License-Identifier: Apache-2.0
"""YAML as plain data: scalars of YAML 1.2, no key twice, nothing that grows or runs."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parcheck.yaml_file import YamlFault, line_of, load_plain


@pytest.fixture
def load(tmp_path):
    def load_text(text, encoding="utf-8"):
        file = tmp_path / "a.yaml"
        file.write_bytes(text.encode(encoding))
        return load_plain(file)

    return load_text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"), ("yes", "yes"), ("on", "on"), ("off", "off"), ("y", "y"),
        ("true", True), ("True", True), ("TRUE", True), ("false", False), ("tRUE", "tRUE"),
        ("null", None), ("~", None), ("", None), ("Null", None), ("none", "none"),
        ("1", 1), ("-1", -1), ("+7", 7), ("007", 7), ("1:30", "1:30"), ("1_000", "1_000"), ("0x1F", "0x1F"),
        ("1.5", 1.5), (".5", 0.5), ("5.", 5.0), ("1e3", 1000.0), ("-1.5E-3", -0.0015), ("1.3.1", "1.3.1"),
        ("2025-01-02", "2025-01-02"), ("2025-01-02 10:00:00", "2025-01-02 10:00:00"),
        ('"1"', "1"), ("'true'", "true"), ("|-\n 1", "1"), (">-\n 2025-01-02", "2025-01-02"),
        ("=", "="), ("<<", "<<"), ("1,5", "1,5"), ("12/KH-UBND", "12/KH-UBND"), ("Kế hoạch", "Kế hoạch"),
        ("!!python/object/apply:os.system [ls]", ["ls"]),
    ],
)  # fmt: skip
def test_scalars_are_what_people_wrote(load, text, value):
    loaded = load(f"key: {text}\n")["key"]
    assert loaded == value
    assert type(loaded) is type(value)


def test_keys_stay_text(load):
    assert load("1.10: a\n1.1: b\ntrue: c\n2025-01-01: d\n~: e\n") == {
        "1.10": "a", "1.1": "b", "true": "c", "2025-01-01": "d", "~": "e",
    }  # fmt: skip


def test_an_empty_file_is_nothing(load):
    assert load("") is None
    assert load("# chỉ có ghi chú\n") is None


def test_a_byte_order_mark_is_no_part_of_the_first_key(load):
    assert load("unit: UBND xã A\n", "utf-8-sig") == {"unit": "UBND xã A"}


@pytest.mark.parametrize(
    ("text", "line", "detail"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "“a”"),
        ("x:\n  - {k: 1, k: 2}\n", 2, "“k”"),
        ("a: 1\n[1, 2]: b\n", 2, "sequence"),
        ("? {a: 1}\n: b\n", 1, "mapping"),
        ("a: 1\n b: 2\n", 2, "mapping values"),
        ("a: [1, 2\nb: 3\n", 2, "expected"),
        ("a: *nowhere\n", 1, "undefined alias"),
        ("a: 1\n\tb: 2\n", 2, "tab"),
        ('a: "open\n', 2, "unexpected end"),
        ("a: 1\n---\nb: 2\n", 2, "another document"),
    ],
)
def test_faults_have_their_line(load, text, line, detail):
    with pytest.raises(YamlFault) as caught:
        load(text)
    assert caught.value.line == line
    assert detail in caught.value.detail


@pytest.mark.parametrize("data", [b"a: \xff\xfe\n", b"\xff\xfea\x00", b"a: \x00\n", b"\x89PNG\r\n\x1a\n\x00\x00"])
def test_what_is_no_text_is_a_fault(tmp_path, data):
    file = tmp_path / "a.yaml"
    file.write_bytes(data)
    with pytest.raises(YamlFault) as caught:
        load_plain(file)
    assert caught.value.line == 1


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [x,x,x,x,x,x,x,x,x]\n"
        + "".join(f"{n}: &{n} [{','.join(['*' + p] * 9)}]\n" for p, n in zip("abcdefghi", "bcdefghij", strict=True)),
        "a: &a [*a]\n",
        "a: &a {b: *a}\n",
        "a: " + "[" * 900 + "]" * 900 + "\n",
        "a: " + "{b: " * 900 + "1" + "}" * 900 + "\n",
        "a: " + "[" * 20_000 + "\n",
    ],
    ids=["bomb", "self-list", "self-map", "deep-list", "deep-map", "endless"],
)
def test_what_would_grow_or_never_end_is_a_fault(load, text):
    before = time.monotonic()
    with pytest.raises(YamlFault):
        load(text)
    assert time.monotonic() - before < 5


@pytest.mark.parametrize("text", ["9" * 5000, "1e999", "-1e999", "٣", "１２"])
def test_what_no_program_takes_for_a_number_stays_text(load, text):
    assert load(f"a: {text}\n") == {"a": text}


def test_an_alias_that_is_used_a_few_times_is_data(load):
    assert load("a: &names [x, y]\nb: *names\nc: [*names, *names]\n")["c"] == [["x", "y"], ["x", "y"]]


LINES = """\
unit: UBND xã A
criteria:
  "1.1": {claimed: 1}
  "1.2":
    files:
      - a.pdf
      - b.pdf
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (["unit"], 1),
        (["criteria"], 2),
        (["criteria", "1.1"], 3),
        (["criteria", "1.1", "claimed"], 3),
        (["criteria", "1.2", "files", 1], 7),
        (["criteria", "1.2", "files", 9], 5),
        (["criteria", "9.9"], 2),
        (["unit", "x"], 1),
        ([], 1),
        (["nothing"], 1),
    ],
)
def test_lines_are_those_of_the_value_or_its_nearest_parent(tmp_path, path, line):
    file = tmp_path / "a.yaml"
    file.write_text(LINES, encoding="utf-8")
    assert line_of(file, path) == line


@given(st.binary(max_size=200) | st.text(alphabet="a:-[]{}&*!|>'\"#\n \t?,1.", max_size=60).map(str.encode))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
def test_any_bytes_give_data_or_a_fault(tmp_path, data):
    file = tmp_path / "a.yaml"
    file.write_bytes(data)
    line, detail = 1, "read"
    try:
        load_plain(file)
    except YamlFault as fault:
        line, detail = fault.line, fault.detail
    assert line >= 1
    assert detail
