# SPDX-License-Identifier: Apache-2.0
"""A pack built on another: rows changed, removed and added, within what the other's owner has locked.

A locked row, and all below it, stays as it is: any change to what proves a row may make it easier to meet, so none
is let through. A locked severity may only be made stricter. Definitions and sources keep their meaning, so that what
locked rows refer to cannot be changed behind them. Locks add up along the chain; nothing takes one away.
"""

from __future__ import annotations

import copy
import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from parcheck.errors import BadPack, ParcheckError
from parcheck.rules import Origin
from parcheck.rules.soundness import (
    Codes,
    Ground,
    below,
    check_defs,
    check_requirement,
    check_row,
    check_texts,
    fault_at,
)
from parcheck.schema_faults import nearest_first

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from parcheck.judging.vocabulary import Vocabulary
    from parcheck.rules.statics import Path_

STRICTEST = "error"
OF_GROUPS = frozenset({"name", "points", "note", "remove"})
"""What can be changed of a field, or of a criterion that only groups rows."""
OWN_ONLY = frozenset({"extends", "changes", "add", "fields", "lock", "sources", "$defs", "notes", "severities"})
"""Keys of `pack.yaml` that are not simply taken over."""


@dataclass(frozen=True, slots=True)
class Layer:
    """The files of a pack as data; of one that extends another, both merged."""

    file: Path
    """Its `pack.yaml`."""
    data: Mapping[str, Any]
    fields: list[tuple[Path, Any]]
    origins: Mapping[str, Origin]
    digest: str
    extends: tuple[str, ...] = ()

    @property
    def locked_rows(self) -> frozenset[str]:
        """Codes that a pack built on this one must leave alone, with all below them."""
        return frozenset(self.data.get("lock", {}).get("rows", ()))

    @property
    def locked_severities(self) -> frozenset[str]:
        """Finding codes whose severity a pack built on this one may only raise."""
        return frozenset(self.data.get("lock", {}).get("severities", ()))


def origins_of(pack: str, fields: list[tuple[Path, Any]]) -> dict[str, Origin]:
    """Return where each field, group and row of a pack's own files is written."""
    return {row["code"]: Origin(pack, file, path) for file, content in fields for path, row in below(content, ())}


def check_severities(own: Layer, vocabulary: Vocabulary) -> Iterator[ParcheckError]:
    """Yield faults of `severities` and `lock`: codes of findings or rows that there are none of."""
    from parcheck.catalogue import shipped

    codes = {code for keyword in vocabulary.keywords.values() for code in keyword.codes} | set(shipped().findings)
    lock = own.data.get("lock", {})
    named: list[tuple[Path_, str]] = [(("severities", code), code) for code in own.data.get("severities", {})]
    named += [(("lock", "severities", index), code) for index, code in enumerate(lock.get("severities", ()))]
    for path, code in named:
        if code not in codes:
            known = ", ".join(nearest_first(code, codes)[:10])
            yield fault_at("pack-unknown-finding", own.file, path, found=code, allowed=known)
    for index, code in enumerate(lock.get("rows", ())):
        if code not in own.origins:
            yield _no_row(own.file, ("lock", "rows", index), code, own.origins)


def extend(base: Layer, own: Layer, vocabulary: Vocabulary) -> Layer:
    """Return the pack that `own` makes of the pack it extends.

    Raises:
        BadPack: with every fault of `own`, among them each change of what `base` has locked.
    """
    merging = _Merging(base, own, vocabulary)
    merged = merging.run()
    if merging.faults:
        raise BadPack("bad-pack", faults=merging.faults)
    return merged


class _Merging:
    def __init__(self, base: Layer, own: Layer, vocabulary: Vocabulary) -> None:
        self.base, self.own, self.vocabulary = base, own, vocabulary
        self.faults: list[ParcheckError] = []
        self.fields = copy.deepcopy(base.fields)
        self.origins = dict(base.origins)
        self.id: str = own.data["id"]
        merged: dict[str, Any] = {**base.data}
        merged |= {key: value for key, value in own.data.items() if key not in OWN_ONLY}
        for key in ("sources", "$defs", "severities"):
            merged[key] = {**base.data.get(key, {}), **own.data.get(key, {})}
        locks = [layer.data.get("lock", {}) for layer in (base, own)]
        merged["lock"] = {
            key: sorted({*locks[0].get(key, ()), *locks[1].get(key, ())}) for key in ("rows", "severities")
        }
        self.data = merged
        self.ground = Ground(merged["$defs"], vocabulary, merged["year"])

    def run(self) -> Layer:
        self._taken()
        self._severities()
        for code, change in self.own.data.get("changes", {}).items():
            self._change(code, change)
        codes = Codes({code: (origin.file, (*origin.path, "code")) for code, origin in self.origins.items()})
        for index, addition in enumerate(self.own.data.get("add", ())):
            self._add(index, addition, codes)
        for file, content in self.own.fields:
            self.fields.append((file, content))
            for path, row in below(content, ()):
                self.faults += check_row(file, path, row, self.ground, codes)
                self.origins.setdefault(row["code"], Origin(self.id, file, path))
        rows = [row for _, content in self.fields for _, row in below(content, ())]
        self.faults += check_defs(self.own.file, self.own.data.get("$defs", {}), rows, self.ground)
        kept = [note for note in self.base.data.get("notes", ()) if note.get("code", "") in {*self.origins, ""}]
        self.data["notes"] = [*kept, *self.own.data.get("notes", ())]
        extends = (self.base.data["id"], *self.base.extends)
        merged = Layer(self.own.file, self.data, self.fields, self.origins, self.own.digest, extends)
        locks = dataclasses.replace(self.own, origins=self.origins)
        self.faults += check_severities(locks, self.vocabulary)
        return merged

    def _fault(self, code_: str, path: Path_, /, **args: Any) -> None:
        self.faults.append(fault_at(code_, self.own.file, path, **args))

    def _taken(self) -> None:
        for key in ("$defs", "sources"):
            theirs = self.base.data.get(key, {})
            for name, value in self.own.data.get(key, {}).items():
                if name in theirs and value != theirs[name]:
                    self._fault("pack-name-taken", (key, name), found=f"{key}: {name}", base=self.base.data["id"])

    def _severities(self) -> None:
        stated = self.base.data.get("severities", {})
        for code, severity in self.own.data.get("severities", {}).items():
            allowed = [STRICTEST, *([stated[code]] if stated.get(code, STRICTEST) != STRICTEST else [])]
            if code in self.base.locked_severities and severity not in allowed:
                self._fault(
                    "pack-lock-severity", ("severities", code),
                    code=code, found=severity, allowed=" | ".join(allowed), base=self.base.data["id"],
                )  # fmt: skip

    def _locked(self, code: str) -> str | None:
        """Return the locked code at or above a code, or below it: a group's points belong to its rows too."""
        for locked in sorted(self.base.locked_rows):
            inside = [row["code"] for _, row in below(self._find(locked)[0] or {"code": locked}, ())]
            around = [row["code"] for _, row in below(self._find(code)[0] or {"code": code}, ())]
            if code in inside or locked in around:
                return locked
        return None

    def _find(self, code: str) -> tuple[dict[str, Any] | None, list[Any] | None]:
        """Return (a row, the list it stands in); the list of a field is None."""
        for _, content in self.fields:
            if content["code"] == code:
                return content, None
            for _, row in below(content, ()):
                for child in row.get("criteria", ()):
                    if child["code"] == code:
                        return child, row["criteria"]
        return None, None

    def _change(self, code: str, change: Mapping[str, Any]) -> None:
        path: Path_ = ("changes", code)
        row, beside = self._find(code)
        if row is None:
            self.faults.append(_no_row(self.own.file, path, code, self.origins))
            return
        if locked := self._locked(code):
            self._fault("pack-lock-row", path, code=code, locked=locked, base=self.base.data["id"])
            return
        if "criteria" in row and (strange := [key for key in change if key not in OF_GROUPS]):
            known = ", ".join(nearest_first(strange[0], OF_GROUPS))
            self._fault("pack-unknown-key", (*path, strange[0]), key=strange[0], allowed=known)
            return
        if change.get("remove"):
            self._remove(row, beside, path)
            return
        row.update({key: value for key, value in change.items() if key != "evidence"})
        self.faults += check_texts(
            self.own.file, (*path, "scoring"), change.get("scoring"), [{"year": self.ground.year}]
        )
        for id_, part in change.get("evidence", {}).items():
            self._requirement(row, id_, part, (*path, "evidence", id_))
        origin = self.origins[code]
        self.origins[code] = dataclasses.replace(
            origin, file=self.own.file, path=path, changed_by=(*origin.changed_by, self.id)
        )

    def _remove(self, row: dict[str, Any], beside: list[Any] | None, path: Path_) -> None:
        if beside is None:
            self.fields = [(file, content) for file, content in self.fields if content is not row]
        elif len(beside) == 1:
            self._fault("pack-group-empty", path, code=row["code"])
            return
        else:
            beside.remove(row)
        for _, gone in below(row, ()):
            del self.origins[gone["code"]]

    def _requirement(self, row: dict[str, Any], id_: str, part: Mapping[str, Any], path: Path_) -> None:
        evidence: list[dict[str, Any]] = row.setdefault("evidence", [])
        index = next((i for i, each in enumerate(evidence) if each["id"] == id_), None)
        if part.get("remove"):
            if index is None:
                known = ", ".join(nearest_first(id_, [each["id"] for each in evidence]))
                self._fault("pack-change-unknown-evidence", path, found=id_, code=row["code"], allowed=known or "–")
            else:
                del evidence[index]
            return
        if index is None and "name" not in part:
            known = ", ".join([*nearest_first(id_, [each["id"] for each in evidence]), "name + match"])
            self._fault("pack-change-unknown-evidence", path, found=id_, code=row["code"], allowed=known)
            return
        before = {"id": id_} if index is None else evidence[index]
        # One of the two says which document is meant; the new one takes the other's place.
        dropped = {"match"} if "any_of" in part else {"any_of"} if "match" in part else set()
        merged = {key: value for key, value in before.items() if key not in dropped} | dict(part)
        if index is None:
            evidence.append(merged)
        else:
            evidence[index] = merged
        self.faults += check_requirement(self.own.file, path, merged, self.ground)

    def _add(self, number: int, addition: Mapping[str, Any], codes: Codes) -> None:
        path: Path_ = ("add", number)
        under = addition["under"]
        row, _ = self._find(under)
        if row is None or "criteria" not in row:
            groups = [
                each["code"] for _, content in self.fields for _, each in below(content, ()) if "criteria" in each
            ]
            known = ", ".join(nearest_first(under, groups))
            self._fault("pack-change-unknown-row", (*path, "under"), found=under, allowed=known)
            return
        if locked := self._locked_above(under):
            self._fault("pack-lock-row", (*path, "under"), code=under, locked=locked, base=self.base.data["id"])
            return
        for index, added in enumerate(addition["criteria"]):
            for inner, each in below(added, (*path, "criteria", index)):
                self.faults += check_row(self.own.file, inner, each, self.ground, codes)
                self.origins.setdefault(each["code"], Origin(self.id, self.own.file, inner))
            row["criteria"].append(copy.deepcopy(added))

    def _locked_above(self, code: str) -> str | None:
        """Return the locked code at or above a code: rows added below it would share its points."""
        for locked in sorted(self.base.locked_rows):
            if code in [row["code"] for _, row in below(self._find(locked)[0] or {"code": locked}, ())]:
                return locked
        return None


def _no_row(file: Path, path: Path_, code: str, known: Mapping[str, Any]) -> ParcheckError:
    allowed = ", ".join(nearest_first(code, known)[:10])
    return fault_at("pack-change-unknown-row", file, path, found=code, allowed=allowed)
