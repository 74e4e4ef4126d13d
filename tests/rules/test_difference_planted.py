# SPDX-License-Identifier: Apache-2.0
"""Changes planted in a copy of the provinces' set: each is named, and nothing that is not there."""

from __future__ import annotations

import copy
import dataclasses
import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import caselib
import pytest

import parcheck_rules
from parcheck.rules import Criterion, Group
from parcheck.rules.difference import compare_packs
from parcheck.rules.loading import leaves
from parcheck.yaml_file import load_plain

ORIGINAL = Path(parcheck_rules.__file__).parent / "par-tinh-2025"
SEEDS = range(3)
SHARED = None
"""Stands for the code of what belongs to the set as a whole."""


def anything(_):
    return True


@dataclass
class Copy:
    """The set as plain data, to be changed."""

    pack: dict[str, Any]
    fields: dict[str, dict[str, Any]]
    rng: random.Random
    used: set[str] = field(default_factory=set)

    @classmethod
    def fresh(cls, seed):
        data = _originals()
        return cls(copy.deepcopy(data[0]), copy.deepcopy(data[1]), random.Random(seed))  # noqa: S311 - to vary tests, not to keep secrets

    def write(self, folder):
        folder.mkdir()
        for name, content in self.fields.items():
            caselib.write_yaml(folder / name, content)
        caselib.write_yaml(folder / "pack.yaml", self.pack)
        return folder

    def made(self, original):
        """Return the set as it would be loaded; that it could be is tested with all changes together."""
        groups, criteria = [], []
        for content in self.fields.values():
            groups.append(Group(content["code"], content["name"], content["points"], 0))
            groups += [
                Group(row["code"], row["name"], row["points"], 1) for row in content["criteria"] if "criteria" in row
            ]
            for row in content["criteria"]:
                criteria += [_criterion(leaf, content["code"]) for leaf in leaves(row)]
        known = {key: self.pack[key] for key in ("id", "title", "version", "level", "year", "total_points", "sources")}
        return dataclasses.replace(
            original, **known, defs=self.pack["$defs"], groups=tuple(groups), criteria=tuple(criteria)
        )

    def lists(self):
        """Yield every list of rows."""
        stack = [content["criteria"] for content in self.fields.values()]
        while stack:
            rows = stack.pop(0)
            yield rows
            stack += [row["criteria"] for row in rows if "criteria" in row]

    def rows(self):
        return [row for rows in self.lists() for row in rows if "criteria" not in row]

    def pick(self, wanted=anything):
        """Return a row of its own for one change."""
        fitting = [row for row in self.rows() if row["code"] not in self.used and wanted(row)]
        row = self.rng.choice(fitting)
        self.used.add(row["code"])
        return row

    def pick_line(self, wanted=anything, of=lambda row: row.get("assessed") == "self"):
        """Return (row, evidence line) of their own for one change."""

        def lines(row):
            return [line for line in row.get("evidence", ()) if not line.get("other") and wanted(line)]

        row = self.pick(lambda row: of(row) and lines(row))
        return row, self.rng.choice(lines(row))

    def siblings(self, row):
        return next(rows for rows in self.lists() if any(one is row for one in rows))

    def free_code(self, row):
        taken = {each["code"] for rows in self.lists() for each in rows}
        stem = row["code"].rpartition(".")[0]
        return next(code for number in range(60, 99) if (code := f"{stem}.{number}") not in taken)


def _criterion(row, field_code):
    keys = {"code", "name", "points", "assessed", "scoring", "figures", "explanation", "source", "note"}
    given = {key: value for key, value in row.items() if key in keys}
    return Criterion(**{"assessed": "self", **given}, field=field_code, evidence=tuple(row.get("evidence", ())))


def _originals(loaded={}):  # noqa: B006 - read once for all tests
    if not loaded:
        pack = load_plain(ORIGINAL / "pack.yaml")
        loaded["data"] = (pack, {name: load_plain(ORIGINAL / name) for name in pack["fields"]})
    return loaded["data"]


def plain_document(line):
    """Tell a line that asks for one document, described in the line itself."""
    return isinstance(line.get("match"), dict) and "each" not in line and line.get("kind", "document") == "document"


# --- Changes. Each returns what must be named: (kind, code, evidence) ---


def row_removed(work):
    row = work.pick(lambda row: len(work.siblings(row)) > 1)
    work.siblings(row).remove(row)
    return {("row-removed", row["code"], None)}


def row_added(work):
    beside = work.pick()
    code = work.free_code(beside)
    new = {
        "code": code,
        "name": "Bố trí kinh phí cho lưu trữ tài liệu giấy của hợp tác xã nông nghiệp",
        "points": 0.75,
        "source": beside["source"],
        "evidence": [{"id": "quyet-dinh", "name": "Quyết định phân bổ kinh phí lưu trữ", "match": True}],
    }
    work.siblings(beside).append(new)
    work.used.add(code)
    return {("row-added", code, None)}


def row_renumbered(work):
    row = work.pick()
    row["code"] = work.free_code(row)
    work.used.add(row["code"])
    return {("renumbered", row["code"], None)}


def row_renamed(work):
    row = work.pick(lambda row: row.get("evidence"))
    row["name"] = f"Mức độ hoàn thành: {row['name'].lower()} theo quy định mới"
    return {("renamed", row["code"], None)}


def row_renamed_and_renumbered(work):
    row = work.pick(lambda row: row.get("evidence") and row.get("assessed") == "self")
    row["name"] = f"Kết quả {row['name'][0].lower()}{row['name'][1:]} trong năm"
    row["code"] = work.free_code(row)
    work.used.add(row["code"])
    return {("renamed", row["code"], None), ("renumbered", row["code"], None)}


def row_moved_to_another_field(work):
    row = work.pick(lambda row: row.get("evidence") and len(work.siblings(row)) > 1)
    work.siblings(row).remove(row)
    own = row["code"].split(".")[0]
    target = work.rng.choice([content for content in work.fields.values() if content["code"] != own])
    number = next(
        n for n in range(60, 99) if all(each["code"] != f"{target['code']}.{n}" for each in target["criteria"])
    )
    row["code"] = f"{target['code']}.{number}"
    work.used.add(row["code"])
    target["criteria"].append(row)
    return {("renumbered", row["code"], None), ("moved", row["code"], None)}


def points(work):
    row = work.pick()
    row["points"] += 0.25
    return {("points", row["code"], None)}


def assessed(work):
    row = work.pick(lambda row: row.get("assessed") == "self")
    row["assessed"] = "authority"
    return {("assessed", row["code"], None)}


def scoring_value(work):
    row = work.pick(lambda row: row["scoring"]["kind"] in ("tiers", "choice", "all_or_nothing"))
    parts = row["scoring"].get("tiers") or row["scoring"]["options"]
    parts[0]["points"] += 0.05
    return {("scoring", row["code"], None)}


def scoring_bound(work):
    row = work.pick(lambda row: row["scoring"]["kind"] == "ratio")
    row["scoring"]["floor"] = 0.66
    return {("scoring", row["code"], None)}


def scoring_shape(work):
    row = work.pick(lambda row: row["scoring"]["kind"] not in ("choice", "survey"))
    row["scoring"] = {
        "kind": "choice",
        "options": [{"text": "có", "points": row["points"]}, {"text": "không", "points": 0}],
    }
    return {("scoring", row["code"], None)}


def figures_meaning(work):
    row = work.pick(lambda row: row.get("figures"))
    letter = work.rng.choice(list(row["figures"]))
    row["figures"][letter] += ", tính đến ngày 30/11"
    return {("figures", row["code"], None)}


def figures_letter(work):
    row = work.pick(lambda row: row.get("figures") is None)
    row["figures"] = {"a": "số cuộc họp đã tổ chức"}
    return {("figures", row["code"], None)}


def explanation(work):
    row = work.pick()
    row["explanation"] = not row.get("explanation", False)
    return {("explanation", row["code"], None)}


def evidence_added(work):
    row = work.pick(lambda row: row.get("evidence"))
    row["evidence"].insert(0, {"id": "so-tay", "name": "Sổ tay nghiệp vụ in màu", "match": {"required": ["type"]}})
    return {("evidence-added", row["code"], "so-tay")}


def evidence_removed(work):
    row, line = work.pick_line()
    row["evidence"].remove(line)
    return {("evidence-removed", row["code"], line["id"])}


def evidence_renamed(work):
    row, line = work.pick_line()
    line["name"] += " đã được phê duyệt"
    return {("evidence-renamed", row["code"], line["id"])}


def types_narrowed(work):
    row, line = work.pick_line(plain_document)
    line["match"].setdefault("allOf", []).append({"properties": {"type": {"enum": ["TTr", "PA"]}}})
    return {("types", row["code"], line["id"])}


def types_changed(work):
    def typed(line):
        return plain_document(line) and "enum" in (line["match"].get("properties") or {}).get("type", {})

    row, line = work.pick_line(typed, of=anything)
    line["match"]["properties"]["type"]["enum"].append("GM")
    return {("types", row["code"], line["id"])}


def words_changed(work):
    def worded(line):
        subject = (line["match"].get("properties") or {}).get("subject", {}) if plain_document(line) else {}
        return any(isinstance(entry, list) for entry in subject.get("mentions", ()))

    row, line = work.pick_line(worded)
    entries = [each for each in line["match"]["properties"]["subject"]["mentions"] if isinstance(each, list)]
    work.rng.choice(entries).append("nội dung hoàn toàn khác")
    return {("subject", row["code"], line["id"])}


def words_barred(work):
    row, line = work.pick_line(plain_document)
    line["match"].setdefault("allOf", []).append({"properties": {"subject": {"mentionsNone": ["sơ kết, tổng kết"]}}})
    return {("subject", row["code"], line["id"])}


def deadline_set(work):
    row, line = work.pick_line(plain_document)
    line["valid"] = {"allOf": [line.get("valid", True), {"properties": {"issued_on": {"notAfter": "${year}-11-30"}}}]}
    return {("window", row["code"], line["id"])}


def issuer_asked(work):
    row, line = work.pick_line(plain_document)
    line["valid"] = {"allOf": [line.get("valid", True), {"properties": {"issuer": {"organisation": "Bộ Tài chính"}}}]}
    return {("issuer", row["code"], line["id"])}


def signer_asked(work):
    row, line = work.pick_line(plain_document)
    by = {"properties": {"signer": {"signedBy": {"titles": ["Chánh Thanh tra"]}}}}
    line["valid"] = {"allOf": [line.get("valid", True), by]}
    return {("signature", row["code"], line["id"])}


def appendices_asked(work):
    row, line = work.pick_line(plain_document)
    line["valid"] = {"allOf": [line.get("valid", True), {"properties": {"appendices": {"attached": True}}}]}
    return {("form", row["code"], line["id"])}


def became_a_series(work):
    row, line = work.pick_line(plain_document)
    line["each"] = [{"id": "dot-1", "name": "đợt 1"}, {"id": "dot-2", "name": "đợt 2"}]
    return {("series", row["code"], line["id"])}


def series_shortened(work):
    row, line = work.pick_line(lambda line: len(line.get("each", ())) > 1)
    line["each"].remove(work.rng.choice(line["each"]))
    return {("series", row["code"], line["id"])}


def count_raised(work):
    row, line = work.pick_line(plain_document)
    line["count"] = {"min": 3, "distinct": ["issuer"]}
    return {("count", row["code"], line["id"])}


def optional(work):
    row, line = work.pick_line()
    line["optional"] = not line.get("optional", False)
    return {("optional", row["code"], line["id"])}


def provided_by(work):
    row, line = work.pick_line(lambda line: not line.get("provided_by") and not line.get("optional"))
    kept = {key: line[key] for key in ("id", "name", "note") if key in line} | {"provided_by": "Kho bạc Nhà nước"}
    line.clear()
    line.update(kept)
    return {("provided-by", row["code"], line["id"])}


def alternative_added(work):
    row, line = work.pick_line(lambda line: "any_of" in line)
    line["any_of"].append(
        {"id": "ban-do", "name": "Bản đồ số hóa", "match": {"properties": {"type": {"enum": ["BẢN ĐỒ"]}}}}
    )
    return {("alternatives", row["code"], line["id"])}


def alternative_removed(work):
    row, line = work.pick_line(lambda line: len(line.get("any_of", ())) > 2)
    line["any_of"].pop()
    return {("alternatives", row["code"], line["id"])}


def total(work):
    work.pack["total_points"] += 2
    return {("total-points", SHARED, None)}


def level(work):
    work.pack["level"] = "sở"
    return {("level", SHARED, None)}


def definition(work):
    """A definition that the lines share: told once, not line by line."""
    signed = work.pack["$defs"]["van-ban"]
    signed["required"] = [*signed["required"], "recipients"]
    return {("form", SHARED, None)}


def field_renamed(work):
    content = work.rng.choice([each for each in work.fields.values() if each["code"] not in work.used])
    content["name"] = f"{content['name']} giai đoạn mới"
    work.used.add(content["code"])
    return {("group-renamed", content["code"], None)}


def field_points(work):
    content = work.rng.choice([each for each in work.fields.values() if each["code"] not in work.used])
    content["points"] += 1
    work.used.add(content["code"])
    return {("group-points", content["code"], None)}


CHANGES = [
    row_removed, row_added, row_renumbered, row_renamed, row_renamed_and_renumbered, row_moved_to_another_field,
    points, assessed, scoring_value, scoring_bound, scoring_shape, figures_meaning, figures_letter, explanation,
    evidence_added, evidence_removed, evidence_renamed, types_narrowed, types_changed, words_changed, words_barred,
    deadline_set, issuer_asked, signer_asked, appendices_asked, became_a_series, count_raised, optional, provided_by,
    alternative_added, alternative_removed, series_shortened, total, level, definition, field_renamed, field_points,
]  # fmt: skip


# --- Changes of words only ---


def note_only(work):
    row = work.pick()
    row["note"] = "Ghi chú viết lại."
    return {("note", row["code"], None)}


def source_only(work):
    row = work.pick()
    row["source"] = {**row["source"], "guide": {"pages": [99]}}
    return {("source", row["code"], None)}


def evidence_note_only(work):
    row, line = work.pick_line()
    line["note"] = "Ghi chú viết lại."
    return {("evidence-note", row["code"], line["id"])}


def evidence_id_only(work):
    row, line = work.pick_line(of=lambda row: row.get("assessed") == "self" and row["scoring"]["kind"] != "lateness")
    line["id"] += "-moi"
    return {("evidence-id", row["code"], line["id"])}


def version_only(work):
    work.pack["version"] = "2025.9"
    return {("version", SHARED, None)}


def definition_written_out(work):
    """What a definition says stands in the line itself: nothing else is asked."""

    def refers(line):
        return isinstance(line.get("match"), dict) and set(line["match"]) == {"$ref"}

    _, line = work.pick_line(refers)
    line["match"] = copy.deepcopy(work.pack["$defs"][line["match"]["$ref"].rsplit("/", 1)[-1]])
    return set()


def order_turned(work):
    """The order of words, types and conditions means nothing."""
    _, line = work.pick_line(plain_document)
    for key in ("required", "allOf"):
        if key in line["match"]:
            line["match"][key].reverse()
    for value in (line["match"].get("properties") or {}).values():
        for entry in value.get("mentions", ()):
            if isinstance(entry, list):
                entry.reverse()
    return set()


def weights_as_printed(work):
    row = work.pick(lambda row: row["scoring"].get("sum"))
    row["scoring"]["sum"] = {letter: round(weight / 3, 2) for letter, weight in row["scoring"]["sum"].items()}
    return set()


WORDS = [
    note_only, source_only, evidence_note_only, evidence_id_only, version_only, definition_written_out, order_turned,
    weights_as_printed,
]  # fmt: skip


@pytest.fixture(scope="module")
def original(session):
    return session.pack(ORIGINAL)


def named(changes):
    return {(change.kind, change.code, change.evidence) for change in changes}


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_change_is_named_and_nothing_else(change, session, original):
    for seed in SEEDS:
        work = Copy.fresh(seed)
        expected = change(work)
        found = compare_packs(original, work.made(original), session.catalogue)
        assert named(found.changes) == expected, seed
        assert found.wording == ()
        assert all(each.text for each in found.changes)


@pytest.mark.parametrize("change", WORDS, ids=lambda change: change.__name__)
def test_other_words_are_told_apart_from_other_rules(change, session, original):
    for seed in SEEDS:
        work = Copy.fresh(seed)
        expected = change(work)
        found = compare_packs(original, work.made(original), session.catalogue)
        assert found.changes == ()
        assert named(found.wording) == expected, seed


@pytest.mark.parametrize("seed", range(2))
def test_all_changes_together_are_named_and_nothing_else(seed, session, original, tmp_path):
    work = Copy.fresh(seed)
    kinds = [*CHANGES, *WORDS]
    # Rows that fit these are few: they are chosen before others take them.
    rare = [
        series_shortened, types_changed, alternative_removed, alternative_added, scoring_bound, weights_as_printed,
        words_changed,
    ]  # fmt: skip
    expected = {}
    for change in sorted(kinds, key=lambda each: each not in rare):
        expected[change] = change(work)
    found = compare_packs(original, session.pack(work.write(tmp_path / "bo-moi")), session.catalogue)
    assert named(found.changes) == set().union(*(expected[change] for change in CHANGES))
    assert named(found.wording) == set().union(*(expected[change] for change in WORDS))


def test_the_same_set_has_no_changes(session, original, tmp_path):
    same = session.pack(Copy.fresh(0).write(tmp_path / "bo-moi"))
    found = compare_packs(original, same, session.catalogue)
    assert found.same
    assert all(old.code == new.code for old, new in found.pairs.rows)


def test_a_field_that_is_renumbered_takes_its_rows_along(session, original):
    work = Copy.fresh(0)
    content = work.fields["linh-vuc-3.yaml"]
    content["code"] = "9"
    rows = list(content["criteria"])
    moved = {("group-renumbered", "9", None)}
    for row in rows:
        row["code"] = "9" + row["code"][1:]
        kind = "group-renumbered" if "criteria" in row else "renumbered"
        moved.add((kind, row["code"], None))
        rows += row.get("criteria", [])
    found = compare_packs(original, work.made(original), session.catalogue)
    assert named(found.changes) == moved
    assert found.pairs.codes()["3.2.1"] == "9.2.1"


def test_a_gap_that_closes_moves_the_rows_behind_it(session, original):
    """The row of the old code 1.6 is the new 1.5, whatever the old 1.5 was."""
    work = Copy.fresh(0)
    rows = work.fields["linh-vuc-1.yaml"]["criteria"]
    gone = next(row for row in rows if row["code"] == "1.5")
    rows.remove(gone)
    for row in rows:
        if row["code"] in ("1.6", "1.7"):
            row["code"] = f"1.{int(row['code'][-1]) - 1}"
    found = compare_packs(original, work.made(original), session.catalogue)
    assert named(found.changes) == {
        ("row-removed", "1.5", None),
        ("renumbered", "1.5", None),
        ("renumbered", "1.6", None),
    }
    assert [found.pairs.codes()[code] for code in ("1.5", "1.6", "1.7")] == [None, "1.5", "1.6"]


def test_next_year_asks_the_same_of_another_year(session, original):
    work = Copy.fresh(0)
    work.pack["year"] = 2026
    found = compare_packs(original, work.made(original), session.catalogue)
    assert named(found.changes) == {("year", SHARED, None)}
