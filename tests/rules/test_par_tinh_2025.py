# SPDX-License-Identifier: Apache-2.0
"""The pack of the provincial PAR INDEX 2025 against the official figures, read as plain YAML.

Official figures: Bảng 2 of 1187/QĐ-BNV and Phụ lục 2 of 12094/BNV-CCHC.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from packdata import best
from ruamel.yaml import YAML

import parcheck_rules

PACK = Path(parcheck_rules.__file__).parent / "par-tinh-2025"
DEFS = "#/$defs/"

# 3.2.3: only data that the national portal holds; 7.2.3: the guide's evidence column is empty (row 57).
NOTHING_ASKED = {"3.2.3", "7.2.3"}
FIELD_POINTS = {"1": 9.5, "2": 9, "3": 12, "4": 10.5, "5": 14.5, "6": 12, "7": 16, "8": 16.5}
FIELD_COUNTS = {
    "1": (7, 2),
    "2": (5, 8),
    "3": (5, 12),
    "4": (3, 12),
    "5": (6, 16),
    "6": (3, 14),
    "7": (4, 15),
    "8": (5, 9),
}
KEYS = {
    "code",
    "name",
    "points",
    "assessed",
    "source",
    "figures",
    "scoring",
    "explanation",
    "note",
    "evidence",
    "criteria",
}
EVIDENCE_KEYS = {
    "id", "name", "optional", "provided_by", "other", "kind", "match", "valid", "each", "count", "any_of",
    "note",
}  # fmt: skip
FACTS = {
    "type", "symbol", "number", "sign", "issued_on", "place", "issuer", "parent", "subject", "signer",
    "recipients", "references", "draft", "copy", "signatures", "appendices", "links", "text", "file", "legal_bases",
}  # fmt: skip
VOCABULARY = {
    "mentions", "mentionsNone", "forYear", "organisation", "notBefore", "notAfter", "within", "signedBy",
    "cites", "attached", "signed", "titled",
}  # fmt: skip


@cache
def load(name: str) -> Any:
    reader = YAML(typ="safe", pure=True)
    reader.allow_duplicate_keys = False
    return reader.load((PACK / name).read_text(encoding="utf-8"))


def pack() -> Any:
    return load("pack.yaml")


def fields() -> list[Any]:
    return [load(name) for name in pack()["fields"]]


def rows(node: Any) -> list[Any]:
    if "criteria" not in node:
        return [node]
    return [row for child in node["criteria"] for row in rows(child)]


ROWS = {row["code"]: row for field in fields() for row in rows(field)}


def requirements(row: Any) -> list[tuple[str, Any]]:
    """Every (path, entry) of a row that is judged by schemas, alternatives apart."""
    found = []
    for entry in row.get("evidence", ()):
        if "any_of" in entry:
            found += [(f"{entry['id']}/{choice['id']}", choice) for choice in entry["any_of"]]
        elif "match" in entry:
            found.append((entry["id"], entry))
    return found


def schemas() -> list[tuple[str, Any]]:
    found = [(f"$defs/{name}", schema) for name, schema in pack()["$defs"].items()]
    for code, row in ROWS.items():
        for path, entry in requirements(row):
            found += [(f"{code}/{path}/{key}", entry[key]) for key in ("match", "valid")]
    return found


def walk(node: Any) -> list[Any]:
    """Every mapping inside a schema."""
    found = [node] if isinstance(node, dict) else []
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        found += walk(child)
    return found


# --- The set itself ---


def test_counts_are_those_of_the_decision():
    criteria = [c for field in fields() for c in field["criteria"]]
    assert (len(fields()), len(criteria), len(ROWS)) == (8, 38, 102)
    assert sum(len(c.get("criteria", ())) for c in criteria) == 88
    counts = {f["code"]: (len(f["criteria"]), sum(len(c.get("criteria", ())) for c in f["criteria"])) for f in fields()}
    assert counts == FIELD_COUNTS


def test_points_add_up_at_every_level():
    def check(node: Any) -> None:
        if "criteria" in node:
            assert sum(c["points"] for c in node["criteria"]) == pytest.approx(node["points"]), node["code"]
            for child in node["criteria"]:
                check(child)

    for field in fields():
        check(field)
    assert {f["code"]: f["points"] for f in fields()} == FIELD_POINTS
    assert sum(FIELD_POINTS.values()) == pack()["total_points"] == 100


def test_points_by_who_assesses():
    sums = dict.fromkeys(("self", "authority", "survey"), 0.0)
    for row in ROWS.values():
        sums[row["assessed"]] += row["points"]
    assert sums == {"self": 61.5, "authority": 6.5, "survey": 32}
    assert {c for c, r in ROWS.items() if r["assessed"] == "authority"} == {
        "1.7",
        "7.2.4",
        "7.4.1",
        "7.4.6",
        "8.4",
    }


def test_codes_run_without_gaps():
    def check(node: Any, prefix: str) -> None:
        for n, child in enumerate(node.get("criteria", ()), start=1):
            assert child["code"] == f"{prefix}{n}"
            check(child, f"{child['code']}.")

    assert [f["code"] for f in fields()] == list("12345678")
    for field in fields():
        check(field, f"{field['code']}.")


@pytest.mark.parametrize("code", ROWS)
def test_row_is_complete(code):
    row = ROWS[code]
    assert row.keys() <= KEYS
    assert row["name"]
    assert 1 <= row["source"]["set"]["page"] <= 21
    if row["assessed"] == "survey":
        assert "evidence" not in row
        assert "guide" not in row["source"]
    else:
        assert row["evidence"]
        assert all(1 <= page <= 27 for page in row["source"]["guide"]["pages"])
    if row["assessed"] == "self":
        assert bool(requirements(row)) == (code not in NOTHING_ASKED)


def test_guide_rows_are_exactly_the_rows_without_survey():
    numbers = [r["source"]["guide"]["row"] for r in ROWS.values() if r["assessed"] != "survey"]
    assert numbers == list(range(1, 76))


@pytest.mark.parametrize("code", [c for c, r in ROWS.items() if r["scoring"] != {"kind": "survey"}])
def test_scoring_reaches_exactly_the_points(code):
    row = ROWS[code]
    assert best(row["scoring"]) == pytest.approx(row["points"])
    letters = set(row.get("figures", ()))
    if row["scoring"]["kind"] == "ratio":
        used = set(row["scoring"]["sum_points"]) | ({row["scoring"]["of"]} - {100})
        assert used == letters


def test_notes_name_rows_that_exist():
    codes = {f["code"] for f in fields()} | set(ROWS)
    for note in pack()["notes"]:
        assert note.keys() <= {"code", "kind", "text", "source"}
        assert note.get("code") is None or note["code"] in codes
        assert note["text"]
        assert note["source"]


# --- The rules ---


@pytest.mark.parametrize("code", ROWS)
def test_evidence_is_well_formed(code):
    ids = [entry["id"] for entry in ROWS[code].get("evidence", ())]
    assert len(ids) == len(set(ids))
    for entry in ROWS[code].get("evidence", ()):
        assert entry.keys() <= EVIDENCE_KEYS
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", entry["id"])
        judged = [k for k in ("provided_by", "other", "match", "any_of") if k in entry]
        assert len(judged) == 1, entry["id"]
        assert ("match" in entry) == ("valid" in entry)
        for choice in entry.get("any_of", ()):
            assert {"id", "name", "match", "valid"} <= choice.keys()
        for series in entry.get("each", ()):
            assert {"id", "name"} <= series.keys()


@pytest.mark.parametrize(("where", "schema"), schemas(), ids=lambda v: v if isinstance(v, str) else "")
def test_schema_is_sound(where, schema):
    Draft202012Validator.check_schema(schema)
    for node in walk(schema):
        if isinstance(ref := node.get("$ref"), str):
            assert ref.startswith(DEFS), where
            assert ref.removeprefix(DEFS) in pack()["$defs"], where
        for name in node.get("properties", ()):
            assert name in FACTS, where


def test_every_def_is_used():
    used = {n["$ref"].removeprefix(DEFS) for _, s in schemas() for n in walk(s) if isinstance(n.get("$ref"), str)}
    assert used == set(pack()["$defs"])


def test_only_known_keywords():
    standard = set(Draft202012Validator.META_SCHEMA["properties"]) | {
        "properties", "required", "enum", "const", "not", "anyOf", "allOf", "minItems", "$ref", "description",
    }  # fmt: skip
    for where, schema in schemas():
        names = {id(n["properties"]) for n in walk(schema) if isinstance(n.get("properties"), dict)}
        for node in walk(schema):
            if id(node) not in names:
                assert set(node) <= standard | VOCABULARY, where
