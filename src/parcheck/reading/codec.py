# SPDX-License-Identifier: Apache-2.0
"""Readings as JSON: the form in which they leave the worker process and are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parcheck.model import Certainty, Finding, Place, Reading, Reason, Severity, Source, Status

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
        "problems": [_encode_problem(problem) for problem in reading.problems],
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
        problems=tuple(_decode_problem(problem) for problem in data["problems"]),
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


def _encode_problem(problem: Finding) -> dict[str, Any]:
    return {
        "code": problem.code,
        "args": dict(problem.args),
        "certainty": problem.certainty.value,
        "severity": problem.severity.value,
        "place": encode_place(problem.place) if problem.place else None,
    }


def _decode_problem(data: Mapping[str, Any]) -> Finding:
    return Finding(
        code=data["code"],
        args=data["args"],
        certainty=Certainty(data["certainty"]),
        severity=Severity(data["severity"]),
        place=_decode_place(data["place"]) if data["place"] else None,
    )
