# SPDX-License-Identifier: Apache-2.0
"""Readings as JSON: the form in which they leave the worker process and are kept."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from parcheck.model import Action, Certainty, Decision, Finding, Place, Reading, Reason, Severity, Source, Status

if TYPE_CHECKING:
    from collections.abc import Mapping


def encode(reading: Reading) -> dict[str, Any]:
    """Return a reading as plain JSON data, codes and arguments unrendered."""
    return {
        "path": reading.path,
        "sha256": reading.sha256,
        "media_type": reading.media_type,
        "status": reading.status.value,
        "facts": dict(reading.facts),
        "unknown": {name: encode_reason(reason) for name, reason in reading.unknown.items()},
        "where": {name: encode_place(place) for name, place in reading.where.items()},
        "problems": [encode_finding(problem) for problem in reading.problems],
    }


def decode(data: Mapping[str, Any]) -> Reading:
    """Return the reading that `encode` made this data from."""
    return Reading(
        path=data["path"],
        sha256=data["sha256"],
        media_type=data["media_type"],
        status=Status(data["status"]),
        facts=data["facts"],
        unknown={name: Reason(r["code"], r["args"]) for name, r in data["unknown"].items()},
        where={name: _decode_place(place) for name, place in data["where"].items()},
        problems=tuple(decode_finding(problem) for problem in data["problems"]),
    )


def encode_reason(reason: Reason) -> dict[str, Any]:
    """Return a reason as JSON data."""
    return {"code": reason.code, "args": dict(reason.args)}


def encode_place(place: Place) -> dict[str, Any]:
    """Return a place in the form of the report: page, box, words, from, confidence."""
    return {
        "page": place.page,
        "box": [round(v, 1) for v in place.box] if place.box else None,
        "words": place.words,
        "from": place.source.value,
        "confidence": place.confidence,
    }


def _decode_place(data: Mapping[str, Any]) -> Place:
    box = tuple(data["box"]) if data["box"] else None
    return Place(data["page"], box, data["words"], Source(data["from"]), data["confidence"])


def encode_finding(finding: Finding) -> dict[str, Any]:
    """Return a finding as JSON data; what is None is left out."""
    about = {name: getattr(finding, name) for name in _ABOUT if getattr(finding, name) is not None}
    return {
        "code": finding.code,
        "args": {name: _encode_value(value) for name, value in finding.args.items()},
        "certainty": finding.certainty.value,
        "severity": finding.severity.value,
        "place": encode_place(finding.place) if finding.place else None,
        **about,
        **({"decision": dataclasses.asdict(finding.decision)} if finding.decision else {}),
    }


def decode_finding(data: Mapping[str, Any]) -> Finding:
    """Return the finding that `encode_finding` made this data from."""
    return Finding(
        code=data["code"],
        args={name: _decode_value(value) for name, value in data["args"].items()},
        certainty=Certainty(data["certainty"]),
        severity=Severity(data["severity"]),
        place=_decode_place(data["place"]) if data["place"] else None,
        decision=_decode_decision(data["decision"]) if "decision" in data else None,
        **{name: data[name] for name in _ABOUT if name in data},
    )


def _decode_decision(data: Mapping[str, Any]) -> Decision:
    return Decision(**{**data, "action": Action(data["action"])})


_ABOUT = ("document", "criterion", "requirement", "source")
_REASON = "$reason"
"""Marks an argument that is a `Reason`: it has its own sentence in the catalogue."""


def _encode_value(value: Any) -> Any:
    match value:
        case Reason():
            return {_REASON: encode_reason(value)}
        case dict():
            return {key: _encode_value(each) for key, each in value.items()}
        case list() | tuple():
            return [_encode_value(each) for each in value]
        case _:
            return value


def _decode_value(value: Any) -> Any:
    if isinstance(value, list):
        return [_decode_value(each) for each in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {_REASON}:
        return Reason(value[_REASON]["code"], value[_REASON]["args"])
    return {key: _decode_value(each) for key, each in value.items()}
