# SPDX-License-Identifier: Apache-2.0
"""A file of decisions: what appraisers waived, accepted or rejected, as values; every fault in it with its line.

YAML is read here; whatever else appraisers write in is read by plugins (`parcheck_decisions`), and held here against
the same schema and the same rule set.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from parcheck.errors import BadUsage, ParcheckError
from parcheck.model import Action, Decision
from parcheck.schema_faults import allowed, dotted, load_checked, nearest_first, schema, shown
from parcheck.yaml_file import line_of

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from parcheck.catalogue import Catalogue
    from parcheck.plugins import Plugins
    from parcheck.rules import Pack

NEAREST = 10
"""At most so many allowed codes are named in a fault."""
MOST_FAULTS = 100
"""At most so many faults of one file are told: a column filled down by mistake has thousands."""


@dataclass(frozen=True, slots=True)
class WrittenDecision:
    """One decision as a plugin found it in a file."""

    entry: Mapping[str, Any]
    """As an entry of `decisions.schema.json`: days are ISO dates, `decision` is waive, accept or reject."""
    place: str
    """File, and what holds the decision in it (the sheet), as a fault names it."""
    line: int
    """Line or row, from 1."""


@dataclass(frozen=True, slots=True)
class WrittenDecisions:
    """What a plugin found in a file of decisions (`parcheck_decisions`)."""

    entries: Sequence[WrittenDecision]
    """In the order of the file."""
    pack: str | None = None
    """Id of the rule set that the file is for, where it says so."""
    faults: Sequence[ParcheckError] = ()
    """What cannot be read as a decision, each with `file` and `line`."""


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


def load_decisions(
    file: Path, pack: Pack, catalogue: Catalogue, today: datetime.date, plugins: Plugins | None = None
) -> DecisionBook:
    """Return the decisions in a file.

    Args:
        file: YAML (see `decisions.schema.json`), or what a plugin reads decisions from.
        pack: the rule set; codes that it lacks are faults.
        catalogue: findings' codes that are in neither it nor a plugin are faults.
        today: the day against which `until` is held.
        plugins: are asked first; without them the file is YAML.

    Raises:
        BadUsage: with every fault found: file, line, what was found, what is allowed.
    """
    written = _written(file, catalogue, plugins) if plugins is not None else None
    if written is None:
        data, faults = load_checked(file, schema("decisions.schema.json"), "pack")
        if data is not None and faults:
            bare = list(_bare_codes(file, data))
            places = {fault.details["where"] for fault in bare}
            faults = [*bare, *(fault for fault in faults if fault.details.get("where") not in places)]
        elif data is not None:
            faults = list(_faults(data, pack, catalogue, lambda path: _line(file, path)))
    else:
        data, faults = _checked(written, pack, catalogue)
    if len(faults) > MOST_FAULTS:
        more = ParcheckError("decisions-more-faults", count=len(faults) - MOST_FAULTS)
        faults = [*faults[:MOST_FAULTS], more]
    if faults:
        raise BadUsage("bad-decisions", faults=faults)
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    entries = tuple(_decision(number, entry) for number, entry in enumerate(data["decisions"], start=1))
    return DecisionBook(entries, digest, today.isoformat())


def _written(file: Path, catalogue: Catalogue, plugins: Plugins) -> WrittenDecisions | None:
    """Return what a plugin found in a file; None where none knows its form.

    Raises:
        BadUsage: a plugin knows the form and cannot use the file, or failed.
    """
    failure: BaseException | None = None
    for answer in plugins.call("parcheck_decisions", path=file, catalogue=catalogue):
        if isinstance(answer.error, BadUsage):
            raise answer.error
        if isinstance(answer.value, WrittenDecisions):
            return answer.value
        failure = failure or answer.error
    if failure is not None:
        raise BadUsage("decisions-unreadable", path=file.name, detail=f"{type(failure).__name__}: {failure}")
    return None


def _checked(written: WrittenDecisions, pack: Pack, catalogue: Catalogue) -> tuple[dict[str, Any], list[ParcheckError]]:
    """Return what a plugin found as data of the schema, and all faults in the order of the file."""
    from jsonschema import Draft202012Validator

    def place(path: list[str | int]) -> dict[str, Any]:
        if len(path) < 2 or not isinstance(path[1], int):
            return {}
        each = written.entries[path[1]]
        return {"file": each.place, "line": each.line}

    data: dict[str, Any] = {"decisions": [_known_rows(dict(each.entry), pack) for each in written.entries]}
    if written.pack is not None:
        data["pack"] = written.pack
    checker = Draft202012Validator.FORMAT_CHECKER
    validator = Draft202012Validator(schema("decisions.schema.json"), format_checker=checker)
    faults = [
        _fault("pack-value", place, list(error.absolute_path), where=dotted(list(error.absolute_path)),
               found=shown(error), allowed=allowed(error))
        for error in validator.iter_errors(data)
    ]  # fmt: skip
    faults = [*written.faults, *(faults or _faults(data, pack, catalogue, place))]
    return data, sorted(faults, key=lambda fault: (str(fault.details.get("file", "")), fault.details.get("line", 0)))


def _known_rows(entry: dict[str, Any], pack: Pack) -> dict[str, Any]:
    """Leave out a code that is no row of the set where a fingerprint says what is meant: it is a folder's name."""
    if "fingerprint" in entry and entry.get("criterion") not in pack.codes():
        entry.pop("criterion", None)
        entry.pop("requirement", None)
    return entry


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
            yield ParcheckError("decision-code-bare", **_line(file, path), where=dotted(path), found=str(code))


def _faults(
    data: dict[str, Any], pack: Pack, catalogue: Catalogue, place: Callable[[list[str | int]], dict[str, Any]]
) -> Iterator[ParcheckError]:
    """Yield what a schema cannot say: codes there are none of, entries that name nothing, days in the wrong order.

    `place` gives the file and line of a fault's path.
    """
    if data.get("pack", pack.id) != pack.id:
        yield _fault("decisions-other-pack", place, ["pack"], found=data["pack"], wanted=pack.id)
        return
    for index, entry in enumerate(data["decisions"]):
        path: list[str | int] = ["decisions", index]
        where = dotted(path)
        if not {"criterion", "finding", "fingerprint"} & entry.keys():
            keys = "criterion | finding | fingerprint"
            yield _fault("decision-names-nothing", place, path, where=where, allowed=keys)
        code = entry.get("criterion")
        if code is not None and code not in pack.codes():
            known = ", ".join(nearest_first(code, pack.codes())[:NEAREST])
            yield _fault("decision-criterion-unknown", place, [*path, "criterion"], found=code, allowed=known)
        finding = entry.get("finding")
        if finding is not None and finding not in catalogue.findings:
            known = ", ".join(nearest_first(finding, catalogue.findings)[:NEAREST])
            yield _fault("pack-unknown-finding", place, [*path, "finding"], found=finding, allowed=known)
        if entry["decision"] == Action.REJECT and {"finding", "fingerprint"} & entry.keys():
            yield _fault("decision-reject-scope", place, [*path, "decision"], where=where)
        if "when" in entry and entry.get("until", entry["when"]) < entry["when"]:
            yield _fault("decision-days", place, [*path, "until"], found=entry["until"], wanted=entry["when"])


def _fault(
    code: str, place: Callable[[list[str | int]], dict[str, Any]], path: list[str | int], **args: Any
) -> ParcheckError:
    return ParcheckError(code, **place(path), **args)


def _line(file: Path, path: list[str | int]) -> dict[str, Any]:
    """Return where a value of a YAML file stands."""
    return {"file": file.name, "line": line_of(file, path)}
