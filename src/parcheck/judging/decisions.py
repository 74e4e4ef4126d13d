# SPDX-License-Identifier: Apache-2.0
"""A file of decisions: what appraisers waived, accepted or rejected, as values; every fault in it with its line."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from parcheck.errors import BadUsage, ParcheckError
from parcheck.model import Action, Decision
from parcheck.schema_faults import dotted, load_checked, nearest_first, schema
from parcheck.yaml_file import line_of

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator
    from pathlib import Path

    from parcheck.catalogue import Catalogue
    from parcheck.rules import Pack

NEAREST = 10
"""At most so many allowed codes are named in a fault."""


@dataclass(frozen=True, slots=True)
class DecisionBook:
    """The decisions of one file, held against one day."""

    entries: tuple[Decision, ...]
    digest: str
    """SHA-256 of the file."""
    today: str
    """ISO date against which `Decision.until` is held."""

    def expired(self, decision: Decision) -> bool:
        """Return whether the last day of a decision is past."""
        return decision.until is not None and decision.until < self.today

    @property
    def run(self) -> dict[str, Any]:
        """What a report says of it in `run`."""
        return {"digest": self.digest, "entries": len(self.entries), "today": self.today}


def load_decisions(file: Path, pack: Pack, catalogue: Catalogue, today: datetime.date) -> DecisionBook:
    """Return the decisions in a YAML file.

    Args:
        file: see `decisions.schema.json`.
        pack: the rule set; codes that it lacks are faults.
        catalogue: findings' codes that are in neither it nor a plugin are faults.
        today: the day against which `until` is held.

    Raises:
        BadUsage: with every fault found: file, line, what was found, what is allowed.
    """
    data, faults = load_checked(file, schema("decisions.schema.json"), "pack")
    if data is not None and faults:
        bare = list(_bare_codes(file, data))
        places = {fault.details["where"] for fault in bare}
        faults = [*bare, *(fault for fault in faults if fault.details.get("where") not in places)]
    elif data is not None:
        faults = list(_faults(file, data, pack, catalogue))
    if faults:
        raise BadUsage("bad-decisions", faults=faults)
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    entries = tuple(_decision(number, entry) for number, entry in enumerate(data["decisions"], start=1))
    return DecisionBook(entries, digest, today.isoformat())


def _decision(number: int, entry: dict[str, Any]) -> Decision:
    named = {key: value for key, value in entry.items() if key != "decision"}
    return Decision(number=number, action=Action(entry["decision"]), **named)


def _bare_codes(file: Path, data: Any) -> Iterator[ParcheckError]:
    """Yield codes that YAML takes for numbers: 1.10 and 1.1 would be one."""
    entries = data.get("decisions") if isinstance(data, dict) else None
    for index, entry in enumerate(entries if isinstance(entries, list) else ()):
        code = entry.get("criterion") if isinstance(entry, dict) else None
        if isinstance(code, int | float) and not isinstance(code, bool):
            path: list[str | int] = ["decisions", index, "criterion"]
            yield _fault("decision-code-bare", file, path, where=dotted(path), found=str(code))


def _faults(file: Path, data: dict[str, Any], pack: Pack, catalogue: Catalogue) -> Iterator[ParcheckError]:
    """Yield what a schema cannot say: codes there are none of, entries that name nothing, days in the wrong order."""
    if data.get("pack", pack.id) != pack.id:
        yield _fault("decisions-other-pack", file, ["pack"], found=data["pack"], wanted=pack.id)
        return
    for index, entry in enumerate(data["decisions"]):
        path: list[str | int] = ["decisions", index]
        where = dotted(path)
        if not {"criterion", "finding", "fingerprint"} & entry.keys():
            allowed = "criterion | finding | fingerprint"
            yield _fault("decision-names-nothing", file, path, where=where, allowed=allowed)
        code = entry.get("criterion")
        if code is not None and code not in pack.codes():
            known = ", ".join(nearest_first(code, pack.codes())[:NEAREST])
            yield _fault("decision-criterion-unknown", file, [*path, "criterion"], found=code, allowed=known)
        finding = entry.get("finding")
        if finding is not None and finding not in catalogue.findings:
            known = ", ".join(nearest_first(finding, catalogue.findings)[:NEAREST])
            yield _fault("pack-unknown-finding", file, [*path, "finding"], found=finding, allowed=known)
        if entry["decision"] == Action.REJECT and {"finding", "fingerprint"} & entry.keys():
            yield _fault("decision-reject-scope", file, [*path, "decision"], where=where)
        if "when" in entry and entry.get("until", entry["when"]) < entry["when"]:
            yield _fault("decision-days", file, [*path, "until"], found=entry["until"], wanted=entry["when"])


def _fault(code: str, file: Path, path: list[str | int], **args: Any) -> ParcheckError:
    return ParcheckError(code, file=file.name, line=line_of(file, path), **args)
