# SPDX-License-Identifier: Apache-2.0
"""What the tests of the shipped packs share: packs read as plain YAML, their scoring worked out a second time, and
their schemas held against facts. The scoring shapes are those of docs/reference/scoring.md."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML

import parcheck_rules
from parcheck.checking import Session
from parcheck.judging.evaluate import Evaluator
from parcheck.judging.vocabulary import Context
from parcheck.model import Reading, Status
from parcheck.plugins import PluginChoice, Plugins
from parcheck.rules.requirements import requirements
from parcheck.rules.template import fill

if TYPE_CHECKING:
    from parcheck.rules import Pack
    from parcheck.submission import UnitName, Upstream

EXACT = 1e-9
FACTS = frozenset(
    {
        "type", "symbol", "issued_on", "issuer", "subject", "signer", "draft", "links", "signatures", "marks",
        "parent",
    }
)  # fmt: skip
PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


# --- Plain YAML ---


@dataclass(frozen=True)
class Plain:
    """A pack as its files state it, nothing checked or filled."""

    pack: Any
    fields: list[Any]
    nodes: dict[str, Any]
    """Fields, groups and scored rows by code."""
    rows: dict[str, Any]
    """Scored rows by code."""


@cache
def plain(id_: str) -> Plain:
    """Return a shipped pack; keys that stand twice in one mapping are refused."""
    folder = Path(parcheck_rules.__file__).parent / id_
    reader = YAML(typ="safe", pure=True)
    reader.allow_duplicate_keys = False
    pack = reader.load((folder / "pack.yaml").read_text(encoding="utf-8"))
    fields = [reader.load((folder / name).read_text(encoding="utf-8")) for name in pack["fields"]]
    nodes = [node for field in fields for node in below(field)]
    assert len({node["code"] for node in nodes}) == len(nodes)
    rows = {node["code"]: node for node in nodes if "criteria" not in node}
    return Plain(pack, fields, {node["code"]: node for node in nodes}, rows)


def below(node: Any) -> list[Any]:
    """Return a field or criterion and all under it, in order."""
    return [node, *(deeper for child in node.get("criteria", ()) for deeper in below(child))]


def judged(row: Any) -> list[tuple[str, Any]]:
    """Return (path, entry) of all that a row judges by schemas, alternatives apart."""
    found: list[tuple[str, Any]] = []
    for entry in row.get("evidence", ()):
        if "any_of" in entry:
            found += [(f"{entry['id']}/{choice['id']}", choice) for choice in entry["any_of"]]
        elif "match" in entry:
            found.append((entry["id"], entry))
    return found


def refs(node: Any) -> set[str]:
    """Return the names of the `$defs` that a schema refers to, at any depth."""
    if isinstance(node, dict):
        own = {node["$ref"].removeprefix("#/$defs/")} if isinstance(node.get("$ref"), str) else set()
        return own.union(*(refs(child) for child in node.values()))
    return set[str]().union(*(refs(child) for child in node)) if isinstance(node, list) else set()


def unused_defs(data: Plain) -> set[str]:
    """Return the `$defs` that no row needs."""
    used: set[str] = set()
    new = refs([entry for row in data.rows.values() for _, entry in judged(row)])
    while new:
        used |= new
        new = set[str]().union(*(refs(data.pack["$defs"][name]) for name in new)) - used
    return set(data.pack["$defs"]) - used


# --- Scoring ---


def best(scoring: Any) -> float:
    """Return the most points that a scoring object can give; parts of a sum must reach theirs."""
    match scoring["kind"]:
        case "ratio":
            return float(max(scoring["sum_points"].values()))
        case "tiers":
            return float(max(tier["points"] for tier in scoring["tiers"]))
        case "choice" | "all_or_nothing":
            return float(max(option["points"] for option in scoring["options"]))
        case "sum":
            for part in scoring["parts"]:
                if part["scoring"]["kind"] != "survey":
                    assert abs(best(part["scoring"]) - part["points"]) < EXACT, part["text"]
            return float(sum(part["points"] for part in scoring["parts"]))
        case "lateness":
            return float(max([band["points"] for band in scoring["bands"]] + [scoring["otherwise"]]))
        case "compared":
            return float(max(scoring["points"].values()))
        case "depends":
            return max(best(case["scoring"]) for case in scoring["cases"])
        case "penalty":
            return 0.0
        case "bonus" | "authority" | "survey":
            return best(scoring["form"])
    raise AssertionError(scoring["kind"])


def objects(scoring: Any) -> list[Any]:
    """Return a scoring object and all inside it."""
    inner = [part["scoring"] for part in scoring.get("parts", ())]
    inner += [case["scoring"] for case in scoring.get("cases", ())]
    inner += [scoring["form"]] if "form" in scoring else []
    return [scoring, *(deeper for child in inner for deeper in objects(child))]


def letters(scoring: Any) -> set[str]:
    """Return the figures of the row that its scoring names."""
    named: set[str] = set()
    for each in objects(scoring):
        if each["kind"] == "ratio":
            named |= set(each["sum_points"]) | ({each["of"]} - {100})
        shares = [each.get(key) for key in ("measure", "with")]
        named |= {letter for share in shares if share and len(share) <= 3 for letter in share.split("/")}
        named |= {each["figure"]} if "figure" in each else set()
    return named


def points_at(tiers: Any, value: float) -> list[float]:
    """Return the points of every tier that a value falls in: just one, if the tiers are sound."""
    both_ends = tiers["by"] in ("count", "rank")
    found = []
    for tier in tiers["tiers"]:
        low, high = tier.get("from", tier.get("above")), tier.get("to")
        over = low is None or value > low or (value == low and "from" in tier)
        under = high is None or value < high or (value == high and (both_ends or tier.get("from") == high))
        if over and under:
            found.append(float(tier["points"]))
    return found


# --- Rules held against facts ---


@cache
def _session() -> Session:
    return Session(Plugins(PluginChoice()))


@cache
def loaded(id_: str) -> Pack:
    """Return a shipped pack through parcheck's own loading."""
    return _session().pack(id_)


@dataclass(frozen=True)
class Bench:
    """Holds one pack's rules against facts, for a unit."""

    pack: str
    unit: tuple[UnitName, ...]
    parent: str | None = None
    upstream: tuple[Upstream, ...] = ()

    def holds(self, path: str, part: str, facts: dict[str, Any], media_type: str = PDF) -> bool | None:
        """Return whether the facts satisfy the "match" or "valid" of "criterion/requirement[/alternative]"."""
        pack = loaded(self.pack)
        code, wanted, *choice = path.split("/")
        criterion = next(c for c in pack.criteria if c.code == code)
        requirement = next(r for r in requirements(criterion, pack.year) if r.id == wanted)
        name = (choice or [requirement.alternatives[0].id])[0]
        schema = getattr(next(a for a in requirement.alternatives if a.id == name), part)
        reading = Reading("a", None, media_type, Status.READ, dict.fromkeys(FACTS) | facts)
        evaluator = Evaluator(_session().vocabulary, fill(pack.defs, {"year": pack.year}))
        context = Context(reading, pack.year, self.unit, self.parent, upstream={one.id: one for one in self.upstream})
        return evaluator.evaluate(schema, context).holds
